"""The days of feasts: fixed dates, Sundays and Mondays of a month, Easter, and the months of the Islamic calendar.

Islamic days follow the civil tabular calendar. A month begins when the new moon is seen, so each is a day or two early or
late in a given country: they come with DOUBT days on either side.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from dateline.when.calendar import Days, one_day, shift

DOUBT = 1                         # days by which the sighting of the moon may differ from the table
_EPOCH = date(622, 7, 19)         # 1 Muharram 1 of the civil table, in the calendar that we use now


def easter_sunday(year: int) -> date:
    """Easter of the western churches (Meeus, Jones, Butcher: the anonymous Gregorian reckoning).

    >>> easter_sunday(2019)
    datetime.date(2019, 4, 21)
    """
    golden, (century, of_century) = year % 19, divmod(year, 100)
    leaps, rest = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * rest + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def islamic_day(year: int, month: int, day: int) -> date:
    """The day of the Islamic civil calendar in ours: 30 and 29 days by turns, 11 leap years in 30.

    >>> islamic_day(1442, 9, 1)                         # Ramadan 2021 began on 13 April
    datetime.date(2021, 4, 13)
    """
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2 + day - 1
    return _EPOCH + timedelta(days=days)


def _islamic(month: int, first: int, last: int) -> Callable[[int], list[Days]]:
    """From one of our years to the spans from the `first` to the `last` of an Islamic month that begin in it."""
    def spans(year: int) -> list[Days]:
        around = (year - 622) * 10_307 // 10_000
        found = []
        for islamic_year in range(max(around - 1, 1), around + 3):
            begins, ends = islamic_day(islamic_year, month, first), islamic_day(islamic_year, month, last)
            earliest, latest = shift(begins, -DOUBT), shift(ends, DOUBT)
            if begins.year == year and earliest and latest:
                found.append(Days(earliest, latest, "days"))
        return found
    return spans


def _fixed(month: int, day: int) -> Callable[[int], list[Days]]:
    return lambda year: [one_day(date(year, month, day))]


def _nth_weekday(month: int, weekday: int, nth: int) -> Callable[[int], list[Days]]:
    """The nth such weekday of a month; -1 is its last."""
    def day(year: int) -> list[Days]:
        if nth < 0:
            last = date(year, month, 31)
            return [one_day(last - timedelta(days=(last.weekday() - weekday) % 7))]
        first = date(year, month, 1)
        return [one_day(first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1)))]
    return day


def _beside_easter(days: int) -> Callable[[int], list[Days]]:
    def day(year: int) -> list[Days]:
        moved = shift(easter_sunday(year), days)
        return [one_day(moved)] if moved else []
    return day


# What the words of a form say -> the spans of that feast that begin in a year. Words are in small letters.
HOLIDAYS: dict[str, Callable[[int], list[Days]]] = {
    "christmas day": _fixed(12, 25), "christmas eve": _fixed(12, 24), "christmas": _fixed(12, 25),
    "boxing day": _fixed(12, 26), "new year day": _fixed(1, 1), "new year eve": _fixed(12, 31),
    "valentine day": _fixed(2, 14), "halloween": _fixed(10, 31), "may day": _fixed(5, 1),
    "independence day": _fixed(7, 4), "bastille day": _fixed(7, 14), "veterans day": _fixed(11, 11),
    "armistice day": _fixed(11, 11), "nowruz": _fixed(3, 21), "christmas night": _fixed(12, 25),
    "memorial day": _nth_weekday(5, 0, -1), "labor day": _nth_weekday(9, 0, 1), "columbus day": _nth_weekday(10, 0, 2),
    "thanksgiving day": _nth_weekday(11, 3, 4), "thanksgiving": _nth_weekday(11, 3, 4),
    "martin luther king day": _nth_weekday(1, 0, 3),
    "easter sunday": _beside_easter(0), "easter day": _beside_easter(0), "easter": _beside_easter(0),
    "easter monday": _beside_easter(1), "good friday": _beside_easter(-2), "palm sunday": _beside_easter(-7),
    "ash wednesday": _beside_easter(-46), "holy saturday": _beside_easter(-1), "pentecost": _beside_easter(49),
    "ramadan": _islamic(9, 1, 30), "muharram": _islamic(1, 1, 30), "eid al fitr": _islamic(10, 1, 1),
    "eid al adha": _islamic(12, 10, 10), "ashura": _islamic(1, 10, 10), "arbaeen": _islamic(2, 20, 20),
}
