"""Cells of a sheet -> days, counts, degrees: numbers stored as text, serial dates of spreadsheets, "12+", "n/a". Pure.

A cell that says nothing is None; one that cannot be read raises DecisionError in the words of what it says.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal

from dateline.errors import DecisionError
from dateline.importing.sheets import Cell, cell_words
from dateline.typed import TypedCount, typed_count

DateOrder = Literal["dmy", "mdy"]
EXCEL_EPOCH = date(1899, 12, 30)  # day 0 of serial dates, from March 1900 on
SERIAL_DAYS = range(14_000, 110_000)  # 1938 to 2201: a number that is a year or a count is none
NOTHING = frozenset(
    {
        "",
        "-",
        "--",
        "---",
        "?",
        ".",
        "/",
        "n/a",
        "na",
        "n.a.",
        "n.a",
        "null",
        "nan",
        "none",
        "nil",
        "unknown",
        "unk",
        "not known",
        "not available",
        "not applicable",
        "not specified",
        "unspecified",
        "inconnu",
        "desconocido",
        "#n/a",
        "\u2013",
        "\u2014",
        "(blank)",
        "tbc",
        "tbd",
    }
)
NO_COUNT = NOTHING - {"none", "nil"} | {"-99", "-9"}  # "none" of the dead is a count: 0
DASH = "\u2010\u2011\u2012\u2013\u2014\u2212"
_MONTHS = {name.lower(): number for number in range(1, 13) for name in (calendar.month_name[number], calendar.month_abbr[number])}
_MONTHS |= {
    "sept": 9,
    "janvier": 1,
    "fevrier": 2,
    "f\u00e9vrier": 2,
    "mars": 3,
    "avril": 4,
    "mai": 5,
    "juin": 6,
    "juillet": 7,
    "aout": 8,
    "ao\u00fbt": 8,
    "septembre": 9,
    "octobre": 10,
    "novembre": 11,
    "decembre": 12,
    "d\u00e9cembre": 12,
    "enero": 1,
    "febrero": 2,
    "marzo": 3,
    "abril": 4,
    "mayo": 5,
    "junio": 6,
    "julio": 7,
    "agosto": 8,
    "septiembre": 9,
    "octubre": 10,
    "noviembre": 11,
    "diciembre": 12,
}
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ]\d{1,2}:\d{2}.*)?Z?")
_NUMBERED = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2,4})(?:[T ,]+\d{1,2}:\d{2}.*)?")
_NAMED = (
    re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[-/ ,.]*(?:de )?(?P<m>[^\W\d_]+)\.?[-/ ,.]*(?:de )?(?P<y>\d{2,4})"),
    re.compile(r"(?P<m>[^\W\d_]+)\.?[ ]*(?P<d>\d{1,2})(?:st|nd|rd|th)?[ ,]+(?P<y>\d{4})"),
    re.compile(r"(?P<m>[^\W\d_]+)\.?[-/ ,]*(?P<y>\d{4})"),
)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[ ,]+", re.IGNORECASE)
_FEWER = re.compile(r"<\s*(\d[\d,]*)")
_SIGNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"(\d[\d,]*)\s*\+", r"at least \1"),
        (r"(?:>=|\u2265|=>|min\.?)\s*(\d[\d,]*)", r"at least \1"),
        (r">\s*(\d[\d,]*)", r"more than \1"),
        (r"(?:<=|\u2264|max\.?)\s*(\d[\d,]*)", r"up to \1"),
        (r"(?:~|\u2248|c\.|ca\.?|approx\.?|circa|est\.?)\s*(\d[\d,]*)", r"about \1"),
        (r"(\d[\d,]*)\s*\(?\?\)?", r"about \1"),
        (rf"(\d[\d,]*)\s*[-{DASH}/]\s*(\d[\d,]*)", r"\1 to \2"),
    )
)


def words_of(cell: Cell | None) -> str | None:
    """What a cell of text says; None for nothing: empty, "n/a", "unknown", "-"."""
    words = cell_words(cell).strip() if cell is not None else ""
    return None if words.casefold() in NOTHING else words


def count_of(cell: Cell | None) -> TypedCount | None:
    """People: 12, "12", "12.0", "12+", "10-15", ">20", "~30", "at least 4", "several". Raises DecisionError for other words."""
    if cell is None:
        return None
    words = " ".join(cell_words(cell).split())
    if words.casefold() in NO_COUNT:
        return None
    if words.casefold() in NOTHING:
        return typed_count("0")  # "none": somebody looked, and counts nobody
    if isinstance(cell, bool | date | datetime):
        raise DecisionError(f"{words!r} is no count of people")
    plain = re.sub(r"^(\d+)\.0+$", r"\1", words)
    plain = re.sub(r"^0+(?=\d)", "", plain)
    if match := _FEWER.fullmatch(plain):
        plain = f"up to {max(int(match[1].replace(',', '')) - 1, 0)}"
    for pattern, spoken in _SIGNS:
        if match := pattern.fullmatch(plain):
            plain = match.expand(spoken)
            break
    return typed_count(plain)


def number_of(cell: Cell | None, what: str, most: float) -> float | None:
    """A number between -most and most, as a cell or its text says it ("12,5" too). Raises DecisionError."""
    if cell is None or cell_words(cell).strip().casefold() in NOTHING:
        return None
    words = cell_words(cell).strip().rstrip("\u00b0 ").replace("\u2212", "-")
    south = words[-1:].upper() in ("S", "W") or words[:1].upper() in ("S", "W")
    plain = re.sub(r"[\u00b0\s]", "", words.strip("NSEWnsew "))
    if re.fullmatch(r"-?\d+,\d+", plain):
        plain = plain.replace(",", ".")
    if not re.fullmatch(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", plain):
        raise DecisionError(f"{words!r} is no {what}: write it in degrees, as 34.53")
    value = -float(plain) if south and not plain.startswith("-") else float(plain)
    if not -most <= value <= most:
        raise DecisionError(f"{words!r} is no {what}: it lies between -{most:g} and {most:g}")
    return value


def day_words(cell: Cell | None, order: DateOrder | None) -> str | None:
    """A day, month or year as `typed_when` takes it: "2018-01-27", "2018-01", "2018", "2018-01-27..2018-01-29".

    order: how 03/04/2018 is read in this sheet. Raises DecisionError for what is no date, or may be two.
    """
    if cell is None or isinstance(cell, bool):
        return None
    if isinstance(cell, datetime | date):
        return (cell.date() if isinstance(cell, datetime) else cell).isoformat()
    words = cell_words(cell).strip()
    if words.casefold() in NOTHING:
        return None
    if (serial := _serial(words)) is not None:
        return serial.isoformat()
    first, mark, last = _parted(words)
    told = _one_day(first, order)
    return f"{told}..{_one_day(last, order)}" if mark else told


def date_order(cells: Iterable[Cell | None]) -> DateOrder | None:
    """Whether numbered dates of a column put the day or the month first: as those that can be read one way only say."""
    firsts = [
        (int(match[1]), int(match[2])) for cell in cells if isinstance(cell, str) if (match := _NUMBERED.fullmatch(cell.strip()))
    ]
    if any(a > 12 for a, _ in firsts):
        return "dmy" if not any(b > 12 for _, b in firsts) else None
    return "mdy" if any(b > 12 for _, b in firsts) else None


def _serial(words: str) -> date | None:
    """The day of a spreadsheet's serial number, and of YYYYMMDD."""
    plain = re.sub(r"\.\d+$", "", words)
    if not plain.isdecimal():
        return None
    if len(plain) == 8 and plain[:2] in ("19", "20"):
        return _day(int(plain[:4]), int(plain[4:6]), int(plain[6:]), words)
    return EXCEL_EPOCH + timedelta(days=int(plain)) if len(plain) == 5 and int(plain) in SERIAL_DAYS else None


def _parted(words: str) -> tuple[str, str, str]:
    """The two ends of a span of days: "2018-01-27..2018-01-29", "27 Jan 2018 to 29 Jan 2018"."""
    for mark in ("..", " to ", f" {DASH[3]} ", " - ", DASH[3], " until "):
        first, found, last = words.partition(mark)
        if found and re.search(r"\d", last):
            return first.strip(), mark, last.strip()
    return words, "", ""


def _one_day(words: str, order: DateOrder | None) -> str:
    plain = _WEEKDAY.sub("", words.strip())
    if match := _ISO.fullmatch(plain):
        year, month, day = (int(part) if part else None for part in match.groups())
        if year is not None and month is None:
            return _year(year, words)
        if year is not None and month is not None and day is None:
            return _month(year, month, words)
        return _day(year or 0, month or 0, day or 0, words).isoformat()
    if match := _NUMBERED.fullmatch(plain):
        a, b, year = (int(part) for part in match.groups())
        if a == b or a > 12 or order == "dmy":
            return _day(_whole(year), b, a, words).isoformat()
        if b > 12 or order == "mdy":
            return _day(_whole(year), a, b, words).isoformat()
        raise DecisionError(f"{words!r} may be two days: say which with --set date_order=dmy, or mdy where the month comes first")
    for pattern in _NAMED:
        match = pattern.fullmatch(plain.lower())
        if match and match["m"] in _MONTHS:
            named, year = _MONTHS[match["m"]], _whole(int(match["y"]))
            if "d" not in match.groupdict():
                return _month(year, named, words)
            return _day(year, named, int(match["d"]), words).isoformat()
    raise DecisionError(f"{words!r} is no date: write 2018-01-27, 2018-01 or 2018")


def _whole(year: int) -> int:
    """The year of two digits: of this century up to 2068, as spreadsheets read it."""
    return year if year > 99 else year + (2000 if year < 69 else 1900)


def _year(year: int, words: str) -> str:
    if not 1900 <= year <= 2200:
        raise DecisionError(f"{words!r} is no date: write 2018-01-27, 2018-01 or 2018")
    return f"{year:04}"


def _month(year: int, month: int, words: str) -> str:
    return _day(year, month, 1, words).isoformat()[:7]


def _day(year: int, month: int, day: int, words: str) -> date:
    try:
        if not 1900 <= year <= 2200:
            raise ValueError
        return date(year, month, day)
    except ValueError:
        raise DecisionError(f"{words!r} is no date of the calendar: write 2018-01-27, 2018-01 or 2018") from None
