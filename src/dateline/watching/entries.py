"""Which entries of a feed are to be read, and what becomes of one whose page could not be had. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from dateline.errors import ReadError
from dateline.read.feed import Entry
from dateline.read.refusals import Refused, Unreached
from dateline.records.watching import EntryState, WatchedEntry

MOST_ENTRIES = 1_000              # of one feed that are looked at, the first; feeds of news have 10 to 200
MOST_READS = 4                    # of one entry that keeps changing: some feeds stamp all entries anew each time
LEAST_BETWEEN = timedelta(hours=1)     # two readings of one entry
FIRST_RETRY = timedelta(minutes=5)     # then twice as long each time
LONGEST_RETRY = timedelta(hours=12)
MOST_TRIES = 10                   # over some two days, where the server may come back
MOST_TRIES_MISSING = 5            # where it says that there is no such page: a new one is often linked before it is there
KEPT_FOR = timedelta(days=60)     # after which an entry that the feed has no longer is forgotten
_MAY_PASS = frozenset({408, 425, 429})
_MISSING = frozenset({404})


def key_of(entry: Entry) -> str:
    """What tells an entry from others, in 32 hexadecimal digits: its link, else its words."""
    return hashlib.sha256((entry.link or f"{entry.title}\0{entry.text}").encode("utf-8", "replace")).hexdigest()[:32]


def stamp_of(entry: Entry) -> str:
    """What tells an entry that has changed. Its text does not count: counts of comments stand in it."""
    told = (entry.title, entry.published_at, entry.updated_at)
    return hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()[:16]


def kept_as(entry: Entry, feed: str, at: datetime) -> WatchedEntry:
    """`entry`, not dealt with yet."""
    return WatchedEntry(key_of(entry), feed, "waiting", stamp_of(entry), at, 0, 0, at, entry.link, entry.title, entry.outlet,
                        entry.byline, entry.published_at)


def entry_of(kept: WatchedEntry) -> Entry:
    """An entry that waited, as the feed had it but for its text, which was no article."""
    return Entry(kept.link, kept.title, kept.outlet, kept.byline, kept.published_at, "")


def fresh(entries: Sequence[Entry], known: Iterable[WatchedEntry], feed: str, at: datetime
          ) -> tuple[list[tuple[Entry, WatchedEntry]], list[WatchedEntry]]:
    """(the entries of a feed that are to be read, in its order; those that another feed's reading has dealt with).

    known: what is kept of these entries, of whatever feed.
    """
    ours = {one.key: one for one in known if one.feed == feed}
    done = {one.key for one in known if one.feed != feed and one.state == "done"}
    wanted: list[tuple[Entry, WatchedEntry]] = []
    dealt: list[WatchedEntry] = []
    for entry in entries[:MOST_ENTRIES]:
        new = kept_as(entry, feed, at)
        held = ours.get(new.key)
        if held is None and new.key in done:
            dealt.append(settled(new, "done", at))
        elif held is None:
            wanted.append((entry, new))
        elif held.state != "waiting" and may_be_read_again(held, new.stamp, at):
            wanted.append((entry, replace(new, reads=held.reads)))
    return wanted, dealt


def may_be_read_again(held: WatchedEntry, stamp: str, at: datetime) -> bool:
    """Whether an entry that was dealt with has changed, and is not one that changes all the time."""
    return held.stamp != stamp and held.reads < MOST_READS and abs(at - held.at) >= LEAST_BETWEEN


def is_due(kept: WatchedEntry, at: datetime) -> bool:
    """Also where the clock on the wall was set back far: no wait is so long."""
    return kept.due_at is None or kept.due_at <= at or kept.due_at - at > LONGEST_RETRY


def settled(kept: WatchedEntry, state: EntryState, at: datetime) -> WatchedEntry:
    """An entry that is dealt with, or given up: of it only what tells it again is kept."""
    return WatchedEntry(kept.key, kept.feed, state, kept.stamp, at, kept.tries, kept.reads + 1)


def after_failure(kept: WatchedEntry, problems: Sequence[ReadError], at: datetime) -> WatchedEntry:
    """An entry whose page could not be had: it waits, or is given up."""
    tries = kept.tries + 1
    if tries >= max((tries_of(one) for one in problems), default=1):
        return settled(replace(kept, tries=tries), "given up", at)
    wait = min(LONGEST_RETRY, FIRST_RETRY * 2 ** (tries - 1))
    asked = max((retry_after_s(one, at) or 0.0 for one in problems), default=0.0)
    return replace(kept, state="waiting", tries=tries, due_at=at + max(wait, timedelta(seconds=min(
        asked, LONGEST_RETRY.total_seconds()))))


def tries_of(problem: ReadError) -> int:
    """How many times an entry with that problem is tried."""
    if isinstance(problem, Unreached):
        return MOST_TRIES
    if not isinstance(problem, Refused):
        return 1
    may_pass = problem.status >= 500 or problem.status in _MAY_PASS
    return MOST_TRIES if may_pass else MOST_TRIES_MISSING if problem.status in _MISSING else 1


def retry_after_s(problem: ReadError, at: datetime) -> float | None:
    """The seconds of a Retry-After, which gives them or a date; None where there is none that can be read."""
    words = problem.retry_after.strip() if isinstance(problem, Refused) else ""
    if words.isascii() and words.isdigit():
        return float(words[:9])
    try:
        until = parsedate_to_datetime(words) if words else None
        return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - at).total_seconds()) if until else None
    except (ValueError, OverflowError, TypeError):
        return None
