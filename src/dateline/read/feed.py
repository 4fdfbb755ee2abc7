"""RSS and Atom feeds: each entry's page, or what the feed itself holds of the article when the page cannot be had."""

from __future__ import annotations

import calendar
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from dateline.errors import ReadError
from dateline.read.article import Article, host_of, one_line, said
from dateline.read.page import html_to_text, reads_as_article
from dateline.records import Fetched

ARTICLE_CHARS = 500               # an entry's own text at least this long is an article rather than a teaser
_CLOSING = (b"</rss>", b"</feed>", b"</rdf:rdf>", b":feed>", b":rss>")
_PERIODS_S = {"hourly": 3600.0, "daily": 86_400.0, "weekly": 604_800.0, "monthly": 2_592_000.0, "yearly": 31_536_000.0}

FetchArticles = Callable[[str], Iterator[Article | ReadError]]
"""The articles at an address. Yields nothing when the page is as it was when last read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed."""

    link: str | None
    title: str | None
    outlet: str | None            # the entry's own source where it gives one, as aggregators do; else the feed's title
    byline: str | None
    published_at: datetime | None
    text: str                     # as the feed holds it: the article, a teaser, or ""
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it came. ask_after_s: how long it asks to be left alone, by its ttl or its sy:updatePeriod."""

    title: str | None
    entries: tuple[Entry, ...]    # in its order, each link once
    is_cut: bool                  # it ends before its last tag
    ask_after_s: float | None


def articles_from_feed(
    raw: bytes, *, source: str, fetched: Fetched, address: str | None, fetch: FetchArticles,
) -> Iterator[Article | ReadError]:
    """The article of each entry, or what kept it from being read."""
    try:
        feed = read_feed(raw, address)
    except ReadError as problem:
        yield ReadError(source, problem.what, todo=problem.todo)
        return
    for number, entry in enumerate(feed.entries, 1):
        yield from articles_of(entry, number, source=source, fetched=fetched, fetch=fetch)
    if feed.is_cut:
        yield cut(source, len(feed.entries))


def cut(source: str, entries: int) -> ReadError:
    """Of a feed that ends early, after so many entries."""
    return ReadError(source, f"the feed is cut: it ends early, after entry {entries}", todo="fetch or copy it again")


def articles_of(
    entry: Entry, number: int, *, source: str, fetched: Fetched, fetch: FetchArticles,
) -> Iterator[Article | ReadError]:
    """The articles of the entry `number` of the feed `source`: of its page, else what the feed itself holds of it."""
    problems: list[ReadError] = []
    if entry.link:
        found_any = False
        for found in fetch(entry.link):
            if isinstance(found, ReadError):
                problems.append(found)
            else:
                found_any = True
                yield _completed(found, entry)
        if found_any or not problems:
            yield from problems
            return
    if len(entry.text) >= ARTICLE_CHARS and reads_as_article(entry.text):
        yield Article(entry.link or f"{source}#{number}", fetched, entry.text, entry.title, entry.outlet or host_of(entry.link),
                      entry.byline, entry.published_at)
    elif problems:
        yield from problems
    else:
        yield ReadError(source, "has neither a link nor an article", where=f"entry {number}")


def _completed(article: Article, entry: Entry) -> Article:
    """`article`, read from the entry's page, with what the feed knows and the page does not say outright."""
    host = host_of(article.source)
    published = article.published_at or entry.published_at
    return replace(
        article, title=article.title or entry.title, byline=article.byline or entry.byline, published_at=published,
        outlet=article.outlet if article.outlet and article.outlet != host else entry.outlet or host,
        page_date=None if published else article.page_date,
    )


def read_entries(raw: bytes, address: str | None = None) -> list[Entry]:
    """The entries of a feed. Raises ReadError as `read_feed` does."""
    return list(read_feed(raw, address).entries)


def read_feed(raw: bytes, address: str | None = None, *, most: int | None = None) -> Feed:
    """The feed that `raw` holds; most: of its entries the first. Raises ReadError when it is none that can be read."""
    import feedparser

    if not raw.strip():
        raise ReadError(address or "", "empty: there is nothing to read")
    headers = {"content-location": address or "", "content-type": "application/xml"}
    try:                          # bytes in a file: a string might be taken for an address, and fetched
        feed = feedparser.parse(io.BytesIO(raw), response_headers=headers)
    except Exception as error:    # the parser meets feeds that nobody foresaw
        raise ReadError(address or "", f"the feed cannot be parsed ({one_line(error, 100)})") from None
    if not feed.entries and (feed.bozo or not feed.version):
        why = f" ({one_line(feed.bozo_exception, 100)})" if feed.bozo else ""
        raise ReadError(address or "", f"the feed cannot be parsed{why}", todo="check that it is an RSS or Atom feed")
    title = said(feed.feed.get("title"))
    entries = (_entry(held, title) for held in feed.entries[:most])
    return Feed(title, tuple({entry.link or object(): entry for entry in entries}.values()),
                not any(mark in raw[-2000:].lower() for mark in _CLOSING), _ask_after_s(feed.feed))


def _ask_after_s(feed: Any) -> float | None:
    """ttl counts minutes; sy:updatePeriod is a word, sy:updateFrequency how many times in it. None: neither says anything."""
    minutes = _number(feed.get("ttl"))
    if minutes:
        return minutes * 60
    period_s = _PERIODS_S.get(str(feed.get("sy_updateperiod", "")).strip().lower())
    return period_s / (_number(feed.get("sy_updatefrequency")) or 1.0) if period_s else None


def _number(words: object) -> float:
    """A number above 0 and below a million, else 0."""
    digits = str(words or "").strip()
    return float(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 6 else 0.0


def _entry(held: Any, feed_title: str | None) -> Entry:
    contents = [html_to_text(part.get("value") or "") for part in held.get("content", ())]
    contents.append(html_to_text(held.get("summary") or ""))
    link = "".join(c for c in str(held.get("link") or "") if c.isprintable())      # as browsers do with a line end in an address
    return Entry(
        link=link if link.lower().startswith(("http://", "https://")) else None,
        title=said(html_to_text(held.get("title") or "")), byline=said(held.get("author")),
        outlet=said((held.get("source") or {}).get("title")) or feed_title,
        published_at=_time(held["published_parsed"] if "published_parsed" in held else held.get("updated_parsed")),
        text=max(contents, key=len), updated_at=_time(held["updated_parsed"]) if "updated_parsed" in held else None,
    )


def _time(parsed: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, TypeError, OSError):
        return None
