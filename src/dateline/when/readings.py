"""What a time expression means before it is tied to a day: a Reading, and the words and numbers that readings share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from dateline.numbers import read_number, tokens_of
from dateline.when import calendar
from dateline.when.calendar import Days

Anchored = Callable[[date], Days | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """One expression: either fixed days, or days counted from an anchor, or a value without days."""

    type: Literal["DATE", "TIME", "DURATION", "SET"] = "DATE"
    fixed: tuple[Days, ...] = ()          # absolute; several where the words fit several ("03/04/2018")
    past: Anchored | None = None          # from the anchor; the default reading
    future: Anchored | None = None        # where the sentence looks ahead
    told: bool = False                    # the anchor is the day told just before, where there is one
    value: str | None = None              # where it does not follow from the days
    suffix: str = ""                      # "TNI", "T12:50"
    time_of_day: str | None = None
    weekday: int | None = None            # said beside a date without a year
    needs_told: bool = False              # means nothing without a day told before ("that night")


PARTS_OF_DAY = {                          # words -> (TimeOfDay, TIMEX3's code)
    "dawn": ("dawn", "TMO"), "daybreak": ("dawn", "TMO"), "sunrise": ("dawn", "TMO"), "early hours": ("night", "TNI"),
    "small hours": ("night", "TNI"), "wee hours": ("night", "TNI"), "morning": ("morning", "TMO"),
    "noon": ("midday", "T12:00"),
    "midday": ("midday", "TMI"), "lunchtime": ("midday", "TMI"), "afternoon": ("afternoon", "TAF"),
    "dusk": ("evening", "TEV"), "sunset": ("evening", "TEV"), "evening": ("evening", "TEV"),
    "nightfall": ("evening", "TEV"), "night": ("night", "TNI"), "midnight": ("night", "T24:00"),
    "overnight": ("night", "TNI"), "tonight": ("night", "TNI"),
    "early": ("morning", ""), "late": ("night", ""), "": (None, ""),
}
UNIT_CODES = {"second": "S", "minute": "M", "hour": "H", "day": "D", "night": "D", "week": "W", "fortnight": "W",
              "month": "M", "year": "Y", "decade": "DE", "century": "CE"}
DAYS_IN = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3652}


def part_of_day(words: str | None, reading: Reading) -> Reading:
    """`reading` with the part of day that `words` names; a part of the day makes it a TIME."""
    said, code = PARTS_OF_DAY.get((words or "").lower(), (None, ""))
    if said is None:
        return reading
    return replace(reading, type="TIME" if code else reading.type, suffix=code, time_of_day=said)


def number_of(words: str) -> int | None:
    """The number that `words` say, None where they give none ("several")."""
    words = words.strip().lower()
    if words in {"a", "an", "one", "the", ""}:
        return 1
    if words in {"a couple of", "couple of"}:
        return 2
    tokens = tokens_of(words)
    number = read_number(tokens, 0) if tokens else None
    return number.value if number is not None and number.value <= 100_000 else None


def duration_value(words: str, unit: str) -> str:
    """TIMEX3's value of a duration: "P3D", "PT30M", "PXM" for "several months"."""
    unit = singular(unit)
    number = number_of(words)
    if number is not None and unit == "fortnight":
        number *= 2
    count = "X" if number is None else str(number)
    return f"P{'T' if unit in {'second', 'minute', 'hour'} else ''}{count}{UNIT_CODES[unit]}"


def singular(unit: str) -> str:
    unit = unit.lower().rstrip("'\u2019")
    unit = unit[:-2] if unit.endswith(("'s", "\u2019s")) else unit
    if unit == "centuries":
        return "century"
    return unit[:-1] if unit.endswith("s") else unit


def moved(number: int, unit: str, direction: int) -> Anchored | None:
    """From an anchor to what lies `number` units before (-1) or after it, no finer than the unit; None for hours.

    "Two weeks ago" is a day within three of that day two weeks back: people round.
    """
    unit, amount = singular(unit), direction * number
    if unit in {"day", "night"}:
        return lambda day: _at(calendar.shift(day, amount))
    if unit in {"week", "fortnight"}:
        weeks = amount * (2 if unit == "fortnight" else 1)
        return lambda day: _around(calendar.shift(day, 7 * weeks))
    if unit == "month":
        return lambda day: calendar.month_of(day.year, day.month + amount)
    if unit in {"year", "decade"}:
        years = amount * (10 if unit == "decade" else 1)
        return lambda day: calendar.year_of(day.year + years)
    return None


def stretch(number: int, unit: str, direction: int) -> Anchored | None:
    """From an anchor to all days of the `number` units before it ("the past two weeks") or after it."""
    per_unit = DAYS_IN.get(singular(unit))
    days = number * per_unit if per_unit else (number + 23) // 24 if singular(unit) == "hour" else None
    if days is None:
        return None

    def meant(day: date) -> Days | None:
        other = calendar.shift(day, direction * days)
        return None if other is None else Days(min(day, other), max(day, other), "days")
    return meant


def _at(day: date | None) -> Days | None:
    return None if day is None else calendar.one_day(day)


def _around(day: date | None) -> Days | None:
    earliest, latest = (calendar.shift(day, -3), calendar.shift(day, 3)) if day else (None, None)
    return Days(earliest, latest, "week") if earliest and latest else None
