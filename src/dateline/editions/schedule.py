"""When an edition's issue is due, and what it tells of. Pure: the time is passed in.

An edition's hour, on the clock of its zone, is the moment at which its issue falls due, each day or on its weekday. Where clocks
go forward over that hour, it falls due when they have; where they go back, the first of the two counts. An issue tells what the
record kept since the one before, so that one which was missed for days is caught up by a single one that reaches back so far.

It is named for the day that it mostly tells of: composed before noon for the day before ("this morning's briefing tells of
yesterday"), from noon on for the day itself. A weekly one is named for the last of its seven days by the same rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateline.records.briefing import Frequency, Window
from dateline.records.mailing import Edition, Standing

NOON = 12
DAYS: Mapping[Frequency, int] = {"daily": 1, "weekly": 7}
TRY_AGAIN = timedelta(minutes=10)             # after making an issue went wrong
# a zone that leaves out a day of the calendar (Samoa in 2011) moves what was due on it by up to a day
LEFT_OUT = 1


@dataclass(frozen=True, slots=True)
class Due:
    """An issue to be made. window.last: the day that it is of."""

    edition: Edition
    frequency: Frequency
    window: Window


def due(editions: Iterable[Edition], standings: Mapping[tuple[str, Frequency], Standing], at: datetime) -> list[Due]:
    """The issues that are to be made at `at`: one at most of an edition and frequency, however many were missed.

    standings: as `store.editions.standings()` gives them; an edition that is in none is not due. A clock that was put back makes
    none anew: nothing is due until it has passed where the last issue came to.
    """
    found = []
    for edition in editions:
        for frequency in dict.fromkeys(edition.frequencies):
            standing = standings.get((edition.slug, frequency))
            if not edition.retired and standing is not None:
                window = _due_window(edition, frequency, standing, at)
                found += [Due(edition, frequency, window)] if window is not None else []
    return found


def next_hour(edition: Edition, frequency: Frequency, after: datetime) -> datetime:
    """When its next issue falls due (UTC), later than `after`."""
    here = after.astimezone(ZoneInfo(edition.zone)).date()
    ahead = (here + timedelta(days=days) for days in range(-LEFT_OUT, DAYS[frequency] + 2))
    return min(hour for day in ahead if (hour := _hour_on(edition, frequency, day)) is not None and hour > after)


def hour_at_or_after(zone: str, hour: int, at: datetime) -> datetime:
    """The next moment (UTC) at which it is `hour` o'clock in `zone`; `at` itself where it is just that."""
    here = at.astimezone(ZoneInfo(zone)).date()
    ahead = (_moment(zone, here + timedelta(days=days), hour) for days in range(-LEFT_OUT, 3))
    return min(moment for moment in ahead if moment >= at)


def day_named(hour: int, composed_on: date) -> date:
    """The day that an issue is of, which is composed at `hour` o'clock on the day `composed_on`."""
    return composed_on - timedelta(days=1) if hour < NOON else composed_on


def is_ahead(standing: Standing, at: datetime) -> bool:
    """Whether the last issue was made at a time that is still to come, so that the clock was wrong then or is now."""
    return standing.kept_until is not None and standing.kept_until > at + timedelta(hours=1)


def _due_window(edition: Edition, frequency: Frequency, standing: Standing, at: datetime) -> Window | None:
    since, until = standing.since, standing.kept_until
    hour, composed_on = _last_hour(edition, frequency, at)
    day = day_named(edition.hour, composed_on)
    if standing.failed_at is not None and timedelta(0) <= at - standing.failed_at < TRY_AGAIN:
        return None
    if hour <= since or (until is not None and hour <= until) or (standing.day is not None and day <= standing.day):
        return None
    goes_on = until is not None and until >= since
    begin = at - timedelta(days=DAYS[frequency])
    if until is not None:             # of one that was resumed: not the months for which it was retired
        begin = until if goes_on else max(until, begin)
    first = day - timedelta(days=DAYS[frequency] - 1)
    if goes_on and standing.day is not None:
        first = min(first, standing.day + timedelta(days=1))
    return Window(first, day, edition.zone, begin, at)


def _last_hour(edition: Edition, frequency: Frequency, at: datetime) -> tuple[datetime, date]:
    """The latest moment not after `at` at which its hour came, and the day of the calendar whose hour that was."""
    here = at.astimezone(ZoneInfo(edition.zone)).date()
    back = (here - timedelta(days=days) for days in range(-1, DAYS[frequency] + 1 + LEFT_OUT))
    return max((hour, day) for day in back if (hour := _hour_on(edition, frequency, day)) is not None and hour <= at)


def _hour_on(edition: Edition, frequency: Frequency, day: date) -> datetime | None:
    if frequency == "weekly" and day.weekday() != edition.weekday:
        return None
    return _moment(edition.zone, day, edition.hour)


def _moment(zone: str, day: date, hour: int) -> datetime:
    # of an hour that comes twice fold 0 is the first; one that is left out is read on the clock from before the gap, which
    # makes it a moment after it
    return datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC)


def window_of_days(frequency: Frequency, day: date, zone: str) -> Window:
    """By the reports' own days: `day`, or the seven days up to it."""
    return Window(day - timedelta(days=DAYS[frequency] - 1), day, zone)
