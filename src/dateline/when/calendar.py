"""Arithmetic of days as reports tell them: weekdays, weeks, months, seasons, the years a bare month-day can have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "days", "weekend", "week", "month", "season", "quarter", "half", "year", "decade", "century"]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")
SEASONS = {"spring": (3, "SP"), "summer": (6, "SU"), "autumn": (9, "FA"), "fall": (9, "FA"), "winter": (12, "WI")}
CENTURY_PIVOT = 40                # a two-digit year up to this is 20.. where the day of writing is unknown


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `earliest` to `latest`, both included, said as a `unit`."""

    earliest: date
    latest: date
    unit: Unit

    @property
    def day(self) -> date | None:
        """The one day it is, or None."""
        return self.earliest if self.earliest == self.latest else None


def one_day(day: date) -> Days:
    return Days(day, day, "day")


def weekday_number(name: str) -> int:
    """0 for "Mon", "monday", "Mondays"; -1 for a word that names no weekday."""
    wanted = name.lower().rstrip(".")[:3]
    return next((number for number, weekday in enumerate(WEEKDAYS) if weekday[:3] == wanted), -1)


def month_number(name: str) -> int:
    """1 for "Jan", "JANUARY"; 0 for a word that names no month."""
    wanted = name.lower().rstrip(".")[:3]
    return next((number for number, month in enumerate(MONTHS, 1) if month[:3] == wanted), 0)


def make_day(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift(day: date, days: int) -> date | None:
    """`day` moved by `days`, or None beyond the calendar's ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def weekday_on_or_before(number: int, day: date) -> date | None:
    """The latest weekday `number` on or before `day`.

    >>> weekday_on_or_before(1, date(2024, 3, 14))      # the Tuesday before a Thursday
    datetime.date(2024, 3, 12)
    """
    return shift(day, -((day.weekday() - number) % 7))


def weekday_after(number: int, day: date) -> date | None:
    """The first weekday `number` after `day`, which is not it."""
    return shift(day, (number - day.weekday() - 1) % 7 + 1)


def month_day_on_or_before(month: int, day_of_month: int, day: date) -> date | None:
    """The latest such day on or before `day`: "August 30" is the nearest one past. 29 February may be 8 years back."""
    for year in range(day.year, max(day.year - 9, 0), -1):
        found = make_day(year, month, day_of_month)
        if found is not None and found <= day:
            return found
    return None


def month_day_after(month: int, day_of_month: int, day: date) -> date | None:
    """The first such day after `day`."""
    for year in range(day.year, min(day.year + 9, 9999)):
        found = make_day(year, month, day_of_month)
        if found is not None and found > day:
            return found
    return None


def day_of_month_on_or_before(day_of_month: int, day: date) -> date | None:
    """The latest "11th" on or before `day`."""
    year, month = day.year, day.month
    for _ in range(4):
        found = make_day(year, month, day_of_month)
        if found is not None and found <= day:
            return found
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    return None


def week_of(day: date, weeks: int = 0) -> Days | None:
    """The week, Monday to Sunday, that lies `weeks` after the one that holds `day`."""
    monday = shift(day, 7 * weeks - day.weekday())
    sunday = shift(monday, 6) if monday else None
    return Days(monday, sunday, "week") if monday and sunday else None


def weekend_of(day: date, weeks: int = 0) -> Days | None:
    """The latest weekend that has begun by `day`, moved by `weeks`."""
    saturday = weekday_on_or_before(5, day)
    saturday = shift(saturday, 7 * weeks) if saturday else None
    sunday = shift(saturday, 1) if saturday else None
    return Days(saturday, sunday, "weekend") if saturday and sunday else None


def month_of(year: int, month: int) -> Days | None:
    """All days of a month; `month` may run past 12 or below 1."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    first = make_day(year, month, 1)
    following = make_day(year + month // 12, month % 12 + 1, 1)
    if first is None or following is None:
        return None
    return Days(first, following - timedelta(days=1), "month")


def year_of(year: int) -> Days | None:
    first, last = make_day(year, 1, 1), make_day(year, 12, 31)
    return Days(first, last, "year") if first and last else None


def season_of(name: str, year: int) -> Days | None:
    """Three months of the north; winter runs into the next year."""
    first = month_of(year, SEASONS[name][0])
    last = month_of(year, SEASONS[name][0] + 2)
    return Days(first.earliest, last.latest, "season") if first and last else None


def quarter_of(year: int, quarter: int) -> Days | None:
    """Three months; `quarter` may run past 4 or below 1."""
    first, last = month_of(year, 3 * quarter - 2), month_of(year, 3 * quarter)
    return Days(first.earliest, last.latest, "quarter") if first and last else None


def half_of(year: int, half: int) -> Days | None:
    first, last = month_of(year, 6 * half - 5), month_of(year, 6 * half)
    return Days(first.earliest, last.latest, "half") if first and last else None


def decade_of(year: int) -> Days | None:
    """The ten years that hold `year`: 1990 to 1999."""
    first, last = make_day(year // 10 * 10, 1, 1), make_day(year // 10 * 10 + 9, 12, 31)
    return Days(first, last, "decade") if first and last else None


def century_of(year: int) -> Days | None:
    """The hundred years that hold `year`, as TIMEX3 counts them: 1900 to 1999 is "19"."""
    first, last = make_day(year // 100 * 100, 1, 1), make_day(year // 100 * 100 + 99, 12, 31)
    return Days(first, last, "century") if first and last else None


def part_of(days: Days, part: str) -> Days:
    """The third of a month or year that "early", "mid" or "late" tells."""
    length = (days.latest - days.earliest).days + 1
    third = {"early": 0, "mid": 1, "late": 2}[part]
    earliest = days.earliest + timedelta(days=length * third // 3)
    latest = days.earliest + timedelta(days=length * (third + 1) // 3 - 1)
    return Days(earliest, latest, days.unit)


def full_year(two_digits: int, anchor: date | None) -> int:
    """1990 for 90: the latest such year that is not after the year of `anchor`, or by the pivot where it is unknown."""
    if anchor is None:
        return two_digits + (2000 if two_digits <= CENTURY_PIVOT else 1900)
    century = anchor.year // 100 * 100
    return century + two_digits if century + two_digits <= anchor.year else century - 100 + two_digits


def narrow_by_weekday(candidates: Iterable[date], weekday: int) -> tuple[date, ...]:
    """Those of `candidates` that fall on `weekday`; all of them where none does, since the weekday is then a slip."""
    held = tuple(candidates)
    return tuple(day for day in held if day.weekday() == weekday) or held


def value_of(days: Days) -> str:
    """TIMEX3's value: "2018-01-27", "2021-W34", "2021-W34-WE", "2021-08", "2018-SU", "2020", "199"."""
    first = days.earliest
    iso_year, iso_week, _ = first.isocalendar()
    if days.unit == "season":
        code = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}[first.month]
        return f"{first.year:04}-{code}"
    return {
        "day": first.isoformat(),
        "days": f"{first.isoformat()}/{days.latest.isoformat()}",
        "weekend": f"{iso_year:04}-W{iso_week:02}-WE",
        "week": f"{iso_year:04}-W{iso_week:02}",
        "month": f"{first.year:04}-{first.month:02}",
        "quarter": f"{first.year:04}-Q{(first.month + 2) // 3}",
        "half": f"{first.year:04}-H{1 if first.month < 7 else 2}",
        "year": f"{first.year:04}" if days.latest.year == first.year else f"{first.year:04}/{days.latest.year:04}",
        "decade": f"{first.year:04}"[:3],
        "century": f"{first.year:04}"[:2],
    }[days.unit]
