"""One turn of one feed: it is asked, its new entries are read, and what became of each is noted.

A `Turn` stands where `dateline run` has its reader (`job.Job.read`), so that what it yields is kept, extracted and reconciled by
the same code. What it noted is written only after that: a watcher killed in between reads an entry again, and keeps it once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from dateline.errors import ReadError
from dateline.read.apart import Apart
from dateline.read.article import Article
from dateline.read.feed import Entry, articles_of, cut, read_feed
from dateline.read.fetch import Fetcher, NotModified, Page
from dateline.read.refusals import Refused
from dateline.read.report import report_from
from dateline.read.sources import Reader
from dateline.records import Fetched, Report
from dateline.records.watching import WatchedEntry, WatchedFeed
from dateline.settings import Settings
from dateline.store.feeds import Feeds
from dateline.watching.entries import MOST_ENTRIES, after_failure, entry_of, fresh, is_due, key_of, retry_after_s, settled
from dateline.watching.pace import Asked, usual_gap_s
from dateline.watching.shape import PageSeen

MOST_BYTES = 5_000_000            # of a feed; those of news have 10,000 to 500,000

Hold = Callable[[str, float], None]
"""Told a host that asked to be left alone, and for how many seconds."""


@dataclass
class Turn:
    """What is asked, and what came of it.

    gathered: nobody watched before. may_go_on: asked between entries. is_held: whether a host wants to be left alone.
    """

    feed: WatchedFeed
    kept: Feeds
    at: datetime
    gathered: bool
    may_go_on: Callable[[], bool]
    is_held: Callable[[str], bool]
    hold: Hold
    apart: Apart | None = None                                   # where pages are parsed; None: here
    asked: Asked = field(default_factory=Asked)
    title: str | None = None
    problem: str | None = None                                   # why the feed itself could not be read
    new: int = 0                                                 # entries that it did not have before
    reports: int = 0                                             # that were read
    entries: list[WatchedEntry] = field(default_factory=list)    # to be kept
    listed: frozenset[str] | None = None                         # keys of all its entries, where it came
    seen: list[PageSeen] = field(default_factory=list)
    page: Page | None = None                                     # the feed, to be remembered where all of it was noted

    def __call__(self, source: str, *, settings: Settings, on_problem: Callable[[ReadError], None], fetcher: Fetcher,
                 names: Mapping[str, str]) -> Iterator[Report]:
        reader = Reader(settings, fetcher, names, apart=self.apart)
        wanted = [(entry_of(one), one) for one in self.kept.waiting(self.feed.address) if is_due(one, self.at)]
        fetched = Fetched(self.at.replace(microsecond=0), "")
        try:
            page = fetcher.fetch(self.feed.address)
            if isinstance(page, NotModified):
                self.asked = Asked()
            else:
                fetched = page.fetched
                wanted += self._ask(page, reader, on_problem)
        except ReadError as problem:
            self._fail(problem, on_problem)
        for number, (entry, kept) in enumerate(wanted, 1):
            if not self.may_go_on():
                self.page = None      # the rest of its entries is not noted yet
                return
            yield from self._reports_of(entry, kept, number, fetched, reader, on_problem)

    def _ask(self, page: Page, reader: Reader, on_problem: Callable[[ReadError], None]) -> list[tuple[Entry, WatchedEntry]]:
        raw = reader.feed_in(page)
        if len(raw) > MOST_BYTES:
            raise ReadError(self.feed.address, f"longer than {MOST_BYTES:,} bytes, which takes a minute to read; it is left out")
        feed = read_feed(raw, page.url, most=MOST_ENTRIES)
        entries = feed.entries[:-1] if feed.is_cut else feed.entries      # the last one may be cut in its link
        keys = [key_of(one) for one in entries[:MOST_ENTRIES]]
        wanted, dealt = fresh(entries, self.kept.entries(keys), self.feed.address, self.at)
        self.title, self.listed = feed.title, frozenset(keys)
        self.new = sum(kept.reads == 0 for _, kept in wanted) + len(dealt)
        self.entries += dealt
        self.asked = Asked(new=self.new, gathered=self.gathered, ask_after_s=feed.ask_after_s,
                           usual_s=usual_gap_s([one.published_at for one in feed.entries]))
        if not feed.is_cut:
            self.page = page
        elif self.new:                # what it has is read; the rest comes when it is asked again
            on_problem(cut(self.feed.address, len(feed.entries)))
        else:
            self._fail(cut(self.feed.address, len(feed.entries)), on_problem)
        return wanted

    def _fail(self, problem: ReadError, on_problem: Callable[[ReadError], None]) -> None:
        after = retry_after_s(problem, self.at)
        if after and isinstance(problem, Refused):
            self.hold(host(self.feed.address), after)
        self.asked, self.problem = Asked(failed=True, retry_after_s=after), str(problem)
        on_problem(problem)

    def _reports_of(self, entry: Entry, kept: WatchedEntry, number: int, fetched: Fetched, reader: Reader,
                    on_problem: Callable[[ReadError], None]) -> Iterator[Report]:
        if entry.link and self.is_held(host(entry.link)):
            self.entries.append(kept)             # it waits, and no try is counted
            return
        problems: list[ReadError] = []
        read = 0
        for found in articles_of(entry, number, source=self.feed.address, fetched=fetched,
                                 fetch=lambda url: self._article_at(url, reader)):
            try:
                if isinstance(found, ReadError):
                    raise found
                report = report_from(found, most_chars=reader.settings.max_text_chars)
            except ReadError as problem:
                problems.append(problem)
                on_problem(problem)
                continue
            read += 1
            yield report
        self.reports += read
        self.entries.append(settled(kept, "done", self.at) if read or not problems else after_failure(kept, problems, self.at))

    def _article_at(self, url: str, reader: Reader) -> Iterator[Article | ReadError]:
        """As `Reader` reads an entry's page; besides, what the page gave is noted."""
        try:
            page = reader.fetcher.fetch(url)
        except ReadError as problem:
            if isinstance(problem, Refused) and (after := retry_after_s(problem, self.at)):
                self.hold(host(url), after)
            yield problem
            return
        if isinstance(page, NotModified):
            return
        try:
            for found in reader.article_in(page):
                if isinstance(found, Article):
                    self.seen.append(PageSeen(len(found.text), bool(found.title), found.published_at is not None))
                yield found
        except ReadError as problem:
            self.seen.append(PageSeen(0, False, False))
            yield problem
            return
        reader.fetcher.remember(page)


def host(address: str) -> str:
    """Who is to be left alone: "arden-post.example:8080"."""
    return urlsplit(address).netloc.lower()


