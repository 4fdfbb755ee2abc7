"""When a feed is asked next. Pure: what came of asking it, and how long that was after the time before, are passed in.

A feed is asked twice as often as it prints, within bounds, and no sooner than it asks to be. One that fails is left alone twice
as long each time. Seconds come from a monotonic clock, so that nothing here changes when somebody sets the clock on the wall.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from statistics import median

from dateline.records.watching import Pace

DAY_S = 86_400.0
OBEYED_S = 3600.0                 # a feed that asks for more is left alone no longer: blogs say "daily" and print hourly
LONGEST_RETRY_AFTER_S = DAY_S     # a server that names the year 3000 is asked again tomorrow
LONGEST_BACK_OFF_S = DAY_S
JITTER = 0.1                      # each wait is longer or shorter by up to so much, so that feeds do not move in step
LEARNS = 0.25                     # weight of the newest gap
DAYS_KEPT = 14                    # of silences: two weekends
FEWEST_DAYS = 3                   # with news, before a silence can be unusual
FEWEST_TURNS = 5
LEAST_SILENCE_S = 6 * 3600.0      # shorter than that nobody needs to know
UNUSUAL = 2.0                     # times the longest silence that is usual
FEWEST_FAILURES = 6               # in a row: some three hours


@dataclass(frozen=True, slots=True)
class Bounds:
    """The shortest and the longest wait of a feed that answers, in seconds."""

    least_s: float = 300.0
    most_s: float = 7200.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking a feed. new: entries that it did not have before; usual_s: between entries, by its own dates.

    gathered: the new ones came while nobody watched, and tell nothing of its rhythm.
    """

    failed: bool = False
    new: int = 0
    gathered: bool = False
    retry_after_s: float | None = None
    ask_after_s: float | None = None
    usual_s: float | None = None


def next_pace(pace: Pace, asked: Asked, after_s: float, chance: float, bounds: Bounds) -> Pace:
    """The rhythm after asking: `wait_s` says when it is asked next.

    after_s: watched since it was asked the time before, by a clock that only goes forward. chance: from 0 to 1, anew each time.
    """
    gone_s = max(0.0, after_s)
    on = replace(pace, quiet_s=pace.quiet_s + gone_s, watched_s=pace.watched_s + gone_s)
    stretch = 1 - JITTER + 2 * JITTER * chance
    if asked.failed:
        failures = pace.failures + 1
        back_off = min(LONGEST_BACK_OFF_S, least_wait_s(on, bounds) * 2.0 ** min(failures - 1, 30))
        wait = max(bounds.least_s, back_off * stretch)
        if asked.retry_after_s is not None:       # never sooner than that, a little later at most
            wait = max(wait, min(asked.retry_after_s, LONGEST_RETRY_AFTER_S) * (1 + JITTER * chance))
        return replace(on, failures=failures, wait_s=wait)
    on = replace(on, failures=0, ask_after_s=asked.ask_after_s or pace.ask_after_s, usual_s=pace.usual_s or asked.usual_s)
    if asked.new:
        on = replace(on, quiet_s=0.0) if asked.gathered else _with_news(on, asked.new)
    return replace(on, wait_s=max(least_wait_s(on, bounds), interval_s(on, bounds) * stretch))


def least_wait_s(pace: Pace, bounds: Bounds) -> float:
    """The shortest wait that is polite."""
    return max(bounds.least_s, min(pace.ask_after_s or 0.0, OBEYED_S))


def interval_s(pace: Pace, bounds: Bounds) -> float:
    """Half the time between two entries; longer while it has been quiet for long, as it is at night."""
    least = least_wait_s(pace, bounds)
    wanted = max((pace.usual_s or 2 * least) / 2, pace.quiet_s / 8)
    return min(max(wanted, least), max(bounds.most_s, least))


def _with_news(pace: Pace, new: int) -> Pace:
    """The rhythm with `new` entries after a quiet of `quiet_s`."""
    gap = pace.quiet_s / new
    usual = gap if pace.usual_s is None else pace.usual_s + LEARNS * (gap - pace.usual_s)
    day = int(pace.watched_s // DAY_S)
    *before, last = pace.silences or (0.0,)
    silences = (*before, max(last, pace.quiet_s)) if day == pace.silence_day else (*pace.silences, pace.quiet_s)[-DAYS_KEPT:]
    return replace(pace, usual_s=max(usual, 1.0), quiet_s=0.0, turns_with_news=pace.turns_with_news + 1, silences=silences,
                   silence_day=day)


def unusual_silence_s(pace: Pace) -> float | None:
    """After what quiet it is silent beyond its own habit; None while its habit is not known."""
    if len(pace.silences) < FEWEST_DAYS or pace.turns_with_news < FEWEST_TURNS:
        return None
    return max(LEAST_SILENCE_S, UNUSUAL * max(pace.silences))


def is_silent(pace: Pace) -> bool:
    usual = unusual_silence_s(pace)
    return usual is not None and pace.quiet_s > usual


def left_s(pace: Pace, since_s: float) -> float:
    """How long to wait after a restart. since_s: by the wall since it was asked, which a set clock may make anything."""
    return min(max(pace.wait_s - since_s, 0.0), pace.wait_s) if since_s >= 0 else pace.wait_s


def watched_since_s(pace: Pace, since_s: float) -> float:
    """How much of the time since it was asked, by the wall, counts as watched: while nobody watched, it was not silent."""
    return min(max(since_s, 0.0), pace.wait_s)


def usual_gap_s(times: Sequence[datetime | None]) -> float | None:
    """Between entries, by the days and hours that a feed prints beside them; None where it has fewer than three."""
    dated = sorted({time for time in times if time is not None})
    return max(1.0, median((b - a).total_seconds() for a, b in pairwise(dated))) if len(dated) >= 3 else None
