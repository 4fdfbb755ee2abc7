"""What is wrong with a feed, from what is kept of it. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dateline.publish.safe import plain
from dateline.records.watching import Trouble, TroubleKind, WatchedFeed
from dateline.watching.pace import FEWEST_FAILURES, is_silent, unusual_silence_s
from dateline.watching.shape import has_changed

LONGEST_PROBLEM = 300             # characters
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60))


def with_troubles(feed: WatchedFeed, at: datetime) -> WatchedFeed:
    """`feed` with what is wrong with it now. What was wrong before keeps its time, and that it was told."""
    before = {one.kind: one for one in feed.troubles}
    found = tuple(
        replace(before[kind], why=why) if kind in before else Trouble(kind, at, why) for kind, why in _wrong_with(feed).items())
    return replace(feed, troubles=found)


def new_troubles(before: WatchedFeed, after: WatchedFeed) -> tuple[Trouble, ...]:
    known = {one.kind for one in before.troubles}
    return tuple(one for one in after.troubles if one.kind not in known)


def over(before: WatchedFeed, after: WatchedFeed) -> tuple[TroubleKind, ...]:
    """What was wrong and no longer is."""
    held = {one.kind for one in after.troubles}
    return tuple(one.kind for one in before.troubles if one.kind not in held)


def _wrong_with(feed: WatchedFeed) -> dict[TroubleKind, str]:
    found: dict[TroubleKind, str] = {}
    because = f"; the last asking failed: {plain(feed.problem)[:LONGEST_PROBLEM]}" if feed.problem else ""
    if is_silent(feed.pace):
        found["silent"] = (f"nothing new for {span_words(feed.pace.quiet_s)}, where it was never quiet for more than "
                           f"{span_words(max(feed.pace.silences))}{because}")
    elif feed.pace.failures >= FEWEST_FAILURES and unusual_silence_s(feed.pace) is None:
        found["unreachable"] = f"{feed.pace.failures} failures in a row{because}"
    if has_changed(feed.shape):
        found["changed shape"] = f"{feed.shape.why} ({feed.shape.odd} in a row)"
    return found


def span_words(seconds: float | None) -> str:
    """ "2 days", "3 hours", "40 minutes": in the largest unit that it has twice, else the smallest."""
    if seconds is None:
        return "not known yet"
    for name, long in _UNITS:
        if seconds >= 2 * long or long == 60:
            count = max(1, round(seconds / long))
            return f"{count:,} {name}{'s' if count != 1 else ''}"
    raise AssertionError("minutes come last")
