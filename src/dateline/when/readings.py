"""What a time expression means before it is tied to a day: a Reading, and the reaches from an anchor that readings share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from dateline.when import calendar
from dateline.when.calendar import Days

Type = Literal["DATE", "TIME", "DURATION", "SET"]
Reach = Callable[[Days], Days | None]
Anchor = Literal["written", "writer", "told", "after", "that", "quarter"]
Edge = Literal["early", "mid", "late", "earlier", "later"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One expression: either fixed days, or days counted from an anchor, or a value without days.

    anchor, in a report: "written" counts from the day of writing ("last week"); "told" from what was told just before, else from
    the day of writing ("a day earlier"); "after" from what was told alone, else it has no days ("the next day"); "that" likewise,
    else it is left out ("that night"); "quarter" from a quarter that was told, else from the day of writing. In a narrative all
    count from what was told, but "writer" ("today", in a quotation) from nothing.
    """

    type: Type = "DATE"
    fixed: tuple[Days, ...] = ()          # absolute; several where the words fit several ("03/04/2018")
    past: Reach | None = None             # from the anchor; the default reading
    future: Reach | None = None           # where the sentence looks ahead
    anchor: Anchor = "written"
    deictic: bool = False                 # said only by who writes at the time: "yesterday", "on Friday"
    value: str | None = None              # where it does not follow from the days
    suffix: str = ""                      # "TNI", "T12:50"
    time_of_day: str | None = None
    weekday: int | None = None            # said beside a date without a year
    mod: str | None = None
    edge: Edge | None = None              # the part of its days that is meant: "early 1942"
    zone: str | None = None
    leads: bool = True                    # what is told next may be counted from it
    of_month: bool = False                # "the 11th": of the month that was told, where one was
    ahead_only: bool = False              # means nothing where the past is told


PARTS_OF_DAY = {                          # words -> (TimeOfDay, TIMEX3's code)
    "dawn": ("dawn", "TMO"), "daybreak": ("dawn", "TMO"), "sunrise": ("dawn", "TMO"), "early hours": ("night", "TNI"),
    "small hours": ("night", "TNI"), "wee hours": ("night", "TNI"), "morning": ("morning", "TMO"),
    "noon": ("midday", "T12:00"),
    "midday": ("midday", "TMI"), "lunchtime": ("midday", "TMI"), "afternoon": ("afternoon", "TAF"),
    "dusk": ("evening", "TEV"), "sunset": ("evening", "TEV"), "evening": ("evening", "TEV"),
    "nightfall": ("evening", "TEV"), "night": ("night", "TNI"), "midnight": ("night", "T24:00"),
    "overnight": ("night", "TNI"), "tonight": ("night", "TNI"), "daytime": (None, "TDT"),
    "early": ("morning", ""), "late": ("night", ""), "": (None, ""),
}
UNIT_CODES = {"second": "S", "minute": "M", "hour": "H", "day": "D", "night": "D", "week": "W", "fortnight": "W",
              "weekend": "WE", "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE"}
DAYS_IN = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14, "month": 30, "quarter": 91, "year": 365,
           "decade": 3652}
EDGE_MODS = {"early": "START", "earlier": "START", "mid": "MID", "late": "END", "later": "END"}


def part_of_day(words: str | None, reading: Reading) -> Reading:
    """`reading` with the part of day that `words` names; a part of the day makes it a TIME."""
    said, code = PARTS_OF_DAY.get((words or "").lower(), (None, ""))
    if said is None and not code:
        return reading
    return replace(reading, type="TIME" if code else reading.type, suffix=code, time_of_day=said)


def duration_value(number: int | float | None, unit: str) -> str:
    """TIMEX3's value of a duration: "P3D", "PT30M", "PXM" for "several months", "P2.5Y"."""
    if number is not None and unit == "fortnight":
        number *= 2
    if number == 0.5 and unit == "hour":
        number, unit = 30, "minute"
    count = "X" if number is None else f"{number:g}" if number < 1_000_000 else str(int(number))
    return f"P{'T' if unit in {'second', 'minute', 'hour'} else ''}{count}{UNIT_CODES[unit]}"


def singular(unit: str) -> str:
    if unit == "centuries":
        return "century"
    return unit[:-1] if unit.endswith("s") else unit


# ---- reaches

def by_day(reach: Callable[[date], date | None]) -> Reach:
    """From an anchor that is a day, or a few, to one day."""
    def meant(anchor: Days) -> Days | None:
        if anchor.unit not in {"day", "days", "weekend"}:
            return None
        day = reach(anchor.earliest)
        return calendar.one_day(day) if day else None
    return meant


def days_from(days: int) -> Reach:
    """"Yesterday" is days_from(-1)."""
    return by_day(lambda day: calendar.shift(day, days))


def unit_from(unit: str, step: int) -> Reach:
    """The week, month, quarter or year that lies `step` after the anchor's: "last week" is unit_from("week", -1)."""
    if unit in {"day", "night"}:
        return days_from(step)
    if unit in {"week", "fortnight", "weekend"}:
        of = calendar.weekend_of if unit == "weekend" else calendar.week_of
        return lambda anchor: of(anchor.earliest, step) if _fits(anchor, 7) else None
    if unit == "month":
        return lambda anchor: (calendar.month_of(anchor.earliest.year, anchor.earliest.month + step)
                               if _fits(anchor, 31) else None)
    if unit == "quarter":
        return lambda anchor: (calendar.quarter_of(anchor.earliest.year, (anchor.earliest.month + 2) // 3 + step)
                               if _fits(anchor, 92) else None)
    if unit == "year":
        return lambda anchor: _year(anchor, step)
    if unit == "decade":
        return lambda anchor: calendar.decade_of(anchor.earliest.year + 10 * step)
    return lambda anchor: calendar.century_of(anchor.earliest.year + 100 * step)


def _fits(anchor: Days, days: int) -> bool:
    return (anchor.latest - anchor.earliest).days < days


def _year(anchor: Days, step: int) -> Days | None:
    return calendar.year_of(anchor.earliest.year + step) if _fits(anchor, 366) else None


def moved(number: int, unit: str, direction: int) -> Reach | None:
    """From an anchor to what lies `number` units before (-1) or after it, no finer than the unit; None for hours.

    "Two weeks ago" is a day within three of that day two weeks back: people round. A year before a quarter is a quarter.
    """
    amount = direction * number
    if unit in {"day", "night"}:
        return days_from(amount)
    if unit in {"week", "fortnight"}:
        weeks = amount * (2 if unit == "fortnight" else 1)
        return lambda anchor: _around(calendar.shift(anchor.earliest, 7 * weeks)) if _fits(anchor, 7) else None
    if unit in {"month", "quarter"}:
        months = amount * (3 if unit == "quarter" else 1)
        return lambda anchor: (calendar.month_of(anchor.earliest.year, anchor.earliest.month + months)
                               if _fits(anchor, 31) else None)
    if unit in {"year", "decade"}:
        years = amount * (10 if unit == "decade" else 1)

        def meant(anchor: Days) -> Days | None:
            if anchor.unit == "quarter" and abs(years) <= 2:
                return calendar.quarter_of(anchor.earliest.year + years, (anchor.earliest.month + 2) // 3)
            return _year(anchor, years)
        return meant
    if unit == "century":
        return lambda anchor: calendar.century_of(anchor.earliest.year + 100 * amount)
    return None


def stretch(number: int, unit: str, direction: int) -> Reach | None:
    """From an anchor to all days of the `number` units before it ("the past two weeks") or after it."""
    per_unit = DAYS_IN.get(unit)
    days = number * per_unit if per_unit else (number + 23) // 24 if unit == "hour" else None
    if days is None:
        return None

    def meant(anchor: Days) -> Days | None:
        near = anchor.latest if direction < 0 else anchor.earliest
        other = calendar.shift(near, direction * days)
        return None if other is None else Days(min(near, other), max(near, other), "days")
    return meant


def repeating(in_year: Callable[[int], list[Days]], *, reach: int = 1) -> tuple[Reach, Reach]:
    """Of what comes every year or so: the latest that has begun by the anchor's end, and the first that begins after it.

    reach: years that may lie between two; 8 for 29 February.
    """
    def around(anchor: Days) -> list[Days]:
        year = anchor.latest.year
        return [days for y in range(max(year - reach, 1), min(year + reach, 9999) + 1) for days in in_year(y)]

    def past(anchor: Days) -> Days | None:
        return max((days for days in around(anchor) if days.earliest <= anchor.latest), key=lambda d: d.earliest, default=None)

    def future(anchor: Days) -> Days | None:
        return min((days for days in around(anchor) if days.earliest > anchor.latest), key=lambda d: d.earliest, default=None)
    return past, future


def _around(day: date | None) -> Days | None:
    earliest, latest = (calendar.shift(day, -3), calendar.shift(day, 3)) if day else (None, None)
    return Days(earliest, latest, "week") if earliest and latest else None
