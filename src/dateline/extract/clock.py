"""The local time of day at the place, and in UTC."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateline.extract.document import TimeMention
from dateline.records import UtcSpan, When, Where

ZoneAt = Callable[[float, float, str], str | None]     # latitude, longitude, country -> IANA zone

# Hours of the words for parts of the day, generous at both ends; an end before its begin is on the next day.
HOURS = {"dawn": (4, 7), "morning": (5, 12), "midday": (11, 14), "afternoon": (12, 18), "evening": (17, 22), "night": (18, 6)}
EARLY = {"night": (0, 6), "morning": (0, 9)}      # "in the early hours of Tuesday" are Tuesday's first
MOST_DAYS = 2                     # of doubt; over more days an hour says nothing
AREA_PRECISION = 6                # where_prec from which a place is a whole country
_SMALL_HOURS = re.compile(r"\b(?:early hours|small hours|after midnight|early (?:on|this|yesterday|\w+day)|before dawn|"
                          r"pre-?dawn|early morning)\b", re.IGNORECASE)
UTC_NAMES = frozenset({"GMT", "UTC", "Z"})
LOOK_BACK = 25                    # characters before a time in which "in the early hours of" begins
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class _Hours:
    begin: datetime               # local or UTC, both ends alike
    end: datetime


def with_clock(when: When, where: Where, hour: TimeMention | None, text: str, zone_at: ZoneAt) -> When:
    """`when` with the zone of the place, and where a time of day is told, with its span in UTC.

    hour: the words of `text` that tell the time of day. A clock told in GMT is UTC's: the local one and its day follow.
    """
    name = zone_of(where, zone_at)
    zone = _zone(name) if name else None
    if zone is None:
        return when
    when = replace(when, zone=name)
    hours = _hours(when, text[max(hour.start - LOOK_BACK, 0):hour.end]) if hour is not None else None
    if hours is None or hour is None:
        return when
    if _CLOCK.fullmatch(when.time_of_day or "") and hour.zone in UTC_NAMES:
        return _as_local(replace(when, utc=_utc(hours, UTC)), hours, zone)
    return replace(when, utc=_utc(hours, zone))


def zone_of(where: Where, zone_at: ZoneAt) -> str | None:
    """The zone at the place; for a country as a whole only where it has one."""
    if where.country is None or where.lat is None or where.lon is None:
        return None
    if where.precision is None or where.precision >= AREA_PRECISION:
        zones = _zones_of_countries().get(where.country, ())
        return zones[0] if len(zones) == 1 else None
    return zone_at(where.lat, where.lon, where.country)


def _hours(when: When, words: str) -> _Hours | None:
    """The span of hours in which it began; None where no day is told or too many are."""
    first = when.best or when.earliest
    last = when.best or when.latest
    if first is None or last is None or (last - first).days > MOST_DAYS or len(when.candidates) > 1:
        return None
    said = when.time_of_day or ""
    if clock := _CLOCK.fullmatch(said):
        at = time(int(clock[1]), int(clock[2]))
        return _Hours(datetime.combine(first, at), datetime.combine(last, at))
    if said not in HOURS:
        return None
    begin, end = EARLY[said] if said in EARLY and _SMALL_HOURS.search(words) else HOURS[said]
    if end < begin and last == first:
        last = _next(last)
    return _Hours(datetime.combine(first, time(begin)), datetime.combine(last, time(end)))


def _utc(hours: _Hours, zone: tzinfo) -> UtcSpan | None:
    try:
        begin, end = (at.replace(tzinfo=zone).astimezone(UTC) for at in (hours.begin, hours.end))
    except OverflowError:
        return None
    return UtcSpan(*(f"{at:%Y-%m-%dT%H:%M}Z" for at in (begin, end)))


def _as_local(when: When, hours: _Hours, zone: ZoneInfo) -> When:
    """A clock told in GMT, as the clock and the day at the place."""
    try:
        local = hours.begin.replace(tzinfo=UTC).astimezone(zone)
    except OverflowError:
        return when
    moved = (local.date() - hours.begin.date()).days
    if when.best is None or moved == 0:
        return replace(when, time_of_day=f"{local:%H:%M}")
    day = local.date()
    return replace(when, time_of_day=f"{local:%H:%M}", earliest=day, latest=day, best=day,
                   candidates=(day,) if when.candidates else ())


def _next(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


@cache
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


@cache
def _zones_of_countries() -> dict[str, tuple[str, ...]]:
    """IANA's zone.tab: country, point, zone, remark."""
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    zones: dict[str, tuple[str, ...]] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            zones[country] = (*zones.get(country, ()), zone)
    return zones
