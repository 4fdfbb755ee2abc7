"""Dates and places as MUC-4's templates write them, read from a key and told from our record; and how near two are.

Source: spec/template-doc-part1.v7, 7.3 and 7.4; the rule of halves is the contract's (../shared/bench/README.md).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import pycountry

from dateline.records import When, Where

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
CENTURY = 1900                    # all of MUC-4 is of 1980-1992
_DAY = re.compile(r"(\d{1,2}) ([A-Z]{3}) (\d\d)")
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_LOCAL_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_UNIT = re.compile(r"^(?P<name>.*?)\s*\((?P<kinds>[^()]*)\)$")

# Countries that the set list calls otherwise than pycountry does (spec/set-list-foreign-nation.v5), and of then.
COUNTRIES = {
    "US": "UNITED STATES", "GB": "UNITED KINGDOM", "RU": "USSR", "DE": "WEST GERMANY", "VE": "VENEZUELA", "BO": "BOLIVIA",
    "CN": "PEOPLES REP OF CHINA", "TW": "REPUBLIC OF CHINA", "KR": "REPUBLIC OF KOREA", "ZA": "REPUBLIC OF SOUTH AFRICA",
    "IR": "IRAN", "SY": "SYRIA", "VN": "VIETNAM", "VA": "VATICAN CITY", "KP": "DEMOCRATIC PEOPLES REP OF KOREA",
    "CZ": "CZECHOSLOVAKIA", "TR": "TURKEY"}
# Kinds of the set list that are areas; all else (city, town, neighborhood, school, farm ...) is a spot.
AREAS = frozenset({
    "DEPARTMENT", "PROVINCE", "STATE", "COUNTY", "OFFICIAL REGION", "REGION", "COMMISSARIAT", "INTENDANCY", "AREA", "ZONE",
    "TERRITORY", "NATIONAL TERRITORY", "FEDERAL DISTRICT", "CONSTITUTIONAL PROVINCE", "VALLEY", "RIVER", "JUNGLE", "GULF",
    "BORDER REGION", "BORDER AREA", "MILITARY ZONE", "MOUNTAINS", "MOUNTAIN RANGE"})
EITHER = frozenset({"MUNICIPALITY", "DISTRICT", "JURISDICTION", "CANTON", "METROPOLITAN DISTRICT"})
# What a name is called by, which is no part of it.
_NOUNS = re.compile(
    r"\b(?:THE|A|OF|IN|AT|NEAR|OUTSIDE|AROUND|CITY|TOWN|VILLAGE|HAMLET|CANTON|PORT|MUNICIPALITY|NEIGHBORHOOD|NEIGHBOURHOOD|SUBURB|"
    r"DISTRICT|DEPARTMENT|PROVINCE|STATE|REGION|COUNTY|JURISDICTION|FARM|AREA|SECTOR|ZONE|CAPITAL|DOWNTOWN|CENTRAL|"
    r"(?:NORTH|SOUTH)(?:EAST|WEST)?(?:ERN)?|(?:EAST|WEST)(?:ERN)?)\b")


# The set list has no streets and no buildings but schools, jails and airports (its head; template-doc-part1.v7, 5.0).
_TOO_FINE = re.compile(
    r"\b(?:STREETS?|AVENUE|BOULEVARD|HIGHWAY|ROAD|BRIDGE|HOTEL|HEADQUARTERS|CHURCH|CATHEDRAL|SQUARE|PLAZA|PARK|RESTAURANT|MONASTERY|"
    r"HOSPITAL|CLINIC|BANK|EMBASSY|CONSULATE|STORE|STADIUM|FACTORY|PLANT|PALACE|BUILDING|MALL|THEATER|MARKET|CLUB|STATION)$")
_DISTRICT = re.compile(r"(?<=.) D ?C$")            # "Washington D.C." is Washington; "Bogota, D.C." Bogotá
_POINTS = re.compile(r"\bcapital\b|\bthis (?:city|town)\b", re.IGNORECASE)     # "the Salvadoran capital" names no spot in it


@dataclass(frozen=True, slots=True)
class Days:
    """The days on or between which it was, ends included. earliest None: "on or before"."""

    earliest: date | None
    latest: date


@dataclass(frozen=True, slots=True)
class Unit:
    """One part of a location below its country: a place, or two that it lies between. Each is a set of spellings."""

    spots: tuple[frozenset[str], ...]
    kinds: frozenset[str]         # "area", "spot"


@dataclass(frozen=True, slots=True)
class Location:
    """country: alpha-2, or the set list's name where pycountry has none; units from the widest to the finest."""

    country: str
    units: tuple[Unit, ...]


# --- a key's fill -----------------------------------------------------------------------------------------------------

def alternatives(fill: str) -> list[str]:
    """The right answers that a fill names: "(A) / (B)" is two; the slash of "URABA (REGION / CITY)" is within one."""
    parts, depth, begin = [], 0, 0
    for at, character in enumerate(fill):
        depth += (character == "(") - (character == ")")
        if character == "/" and depth == 0:
            parts.append(fill[begin:at])
            begin = at + 1
    parts.append(fill[begin:])
    return [_unwrapped(part.strip().lstrip("?").strip()) for part in parts]


def key_days(fill: str) -> Days | None:
    """ "14 APR 90", "05 JAN 90 - 10 JAN 90" or "- 12 MAY 89"; None for anything else."""
    days = [day for found in _DAY.finditer(fill.upper()) if (day := _day(*found.groups()))]
    if not days:
        return None
    if fill.lstrip().startswith("-"):
        return Days(None, days[-1])
    return Days(min(days), max(days))


def key_location(fill: str) -> Location:
    """ "COLOMBIA: ANTIOQUIA (DEPARTMENT): MEDELLIN (CITY)", with " - " between two places that it lies between."""
    country, *units = (part.strip() for part in fill.split(":"))
    return Location(country_code(country), tuple(_key_unit(unit) for unit in units if unit))


def country_code(name: str) -> str:
    """The alpha-2 code of a country as the set list writes it; the name itself where none is known."""
    wanted = _plain(name)
    listed = next((code for code, said in COUNTRIES.items() if _plain(said) == wanted), None)
    return listed or _codes().get(wanted, wanted)


def nation_name(code: str) -> str:
    """A country as the set list writes it."""
    country = pycountry.countries.get(alpha_2=code)
    return COUNTRIES.get(code) or _plain(getattr(country, "common_name", None) or country.name if country else code)


# --- our record in MUC's form -----------------------------------------------------------------------------------------

def our_days(when: When, written: date | None) -> Days | None:
    """What MUC's rules write for `when`; written: the day of the article.

    A weekday is not counted back: "on or before" the article (7.3, note 1). A night is the day that it began on.
    """
    if when.text and _WEEKDAY.search(when.text) and not re.search(r"\d", when.text) and written:
        return Days(None, written)
    if when.timex and when.timex.type == "TIME" and (said := _LOCAL_DAY.match(when.timex.value or "")):
        day = date(*map(int, said.groups()))
        if (when.earliest or day) <= day <= (when.latest or day):
            return Days(day, day)
    if when.best is not None and when.precision == "day":
        return Days(when.best, when.best)
    latest = max(when.candidates, default=when.latest)
    if latest is None:            # the default of 7.3, note 3
        return Days(None, written) if written else None
    return Days(min(when.candidates, default=when.earliest), latest)


def our_location(where: Where, town: str | None = None) -> Location | None:
    """None where no country is known, as MUC's form always begins with one.

    town: in which a building or airport stands; MUC's form names the town, and of buildings only some.
    """
    if where.country is None:
        return None
    units = []
    own = where.name if where.kind != "country" else None
    for above in (where.admin1, where.admin2):
        same = own is not None and _plain(above or "") == _plain(own) and where.kind in {"admin1", "admin2", "region"}
        if above and not same and (where.precision or 9) < 6:
            units.append(Unit((frozenset({_bare(above)}),), frozenset({"area", "spot"})))
    if own:
        kinds = {"admin1": {"area"}, "region": {"area"}, "sea": {"area"}, "admin2": {"area", "spot"}}
        names = {_bare(own), _bare(town)} if town else {_bare(own)}
        units.append(Unit((frozenset(names),), frozenset(kinds.get(where.kind or "", {"spot"}))))
    if where.text and _unlisted(where) and not _TOO_FINE.search(_plain(where.text)):
        units.append(Unit((frozenset({_bare(where.text)}),), frozenset({"area", "spot"})))
    elif units and where.text and own:
        last = units[-1]
        units[-1] = Unit((last.spots[0] | {_bare(where.text)},), last.kinds)
    return Location(where.country, tuple(units))


def days_text(days: Days) -> str:
    """The days as a key writes them."""
    latest = _written(days.latest)
    if days.earliest is None:
        return f"- {latest}"
    return latest if days.earliest == days.latest else f"{_written(days.earliest)} - {latest}"


# --- how near they are ------------------------------------------------------------------------------------------------

def days_score(ours: Days, key: Days) -> float:
    """1 for the same days, one half where the spans overlap, else 0."""
    if ours == key:
        return 1.0
    starts, ends = max(ours.earliest or date.min, key.earliest or date.min), min(ours.latest, key.latest)
    return 0.5 if starts <= ends else 0.0


def location_score(ours: Location, key: Location) -> float:
    """1 for the same place, one half for the same country and one finer part, else 0.

    A unit above the place that only our record names costs nothing: a key names the department of a town where the text
    does, we always. Two places that it lies between are the same where both are; one of them is half.
    """
    if ours.country != key.country:
        return 0.0
    if not key.units or not ours.units:
        return 1.0 if not key.units and not ours.units else 0.0
    met = [any(_same_unit(mine, unit) for mine in ours.units) for unit in key.units]
    if all(met) and _same_unit(ours.units[-1], key.units[-1]):
        return 1.0
    return 0.5 if any(met) or _shares_spot(ours.units[-1], key.units[-1]) else 0.0


def _same_unit(ours: Unit, key: Unit) -> bool:
    if not ours.kinds & key.kinds:
        return False
    return all(any(mine & spot for mine in ours.spots) for spot in key.spots) and len(ours.spots) >= len(key.spots)


def _shares_spot(ours: Unit, key: Unit) -> bool:
    return any(mine & spot for mine in ours.spots for spot in key.spots)


def _key_unit(said: str) -> Unit:
    spots, kinds = [], set()
    for spot in said.split(" - "):
        found = _UNIT.match(spot.strip())
        name, of_kind = (found["name"], found["kinds"]) if found else (spot.strip(), "")
        spots.append(frozenset({_bare(name), _plain(name)}))
        for kind in re.split(r"\s*/\s*| OR ", of_kind.upper()):
            kinds |= {"area"} if kind in AREAS else {"area", "spot"} if kind in EITHER or not kind else {"spot"}
    return Unit(tuple(spots), frozenset(kinds))


def _unlisted(where: Where) -> bool:
    """Whether the text names something finer than the place that it was placed in: "Sidarat Square" in Kabul."""
    words = set(_NOUNS.sub(" ", _plain(where.text or "")).split())
    known = [set(_plain(name).split()) for name in (where.name, where.admin1) if name]
    listed = any(words <= name or _of_name(name) <= words for name in known)
    return bool(words) and not listed and not _POINTS.search(where.text or "")


def _of_name(words: set[str]) -> set[str]:
    """A name's own words, all of them where they are all of the kind that say what it is."""
    return {word for word in words if not _NOUNS.fullmatch(word)} or words


def _unwrapped(fill: str) -> str:
    while fill.startswith("(") and fill.endswith(")") and _closes_at_end(fill):
        fill = fill[1:-1].strip()
    return fill


def _closes_at_end(fill: str) -> bool:
    depth = 0
    for at, character in enumerate(fill):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return at == len(fill) - 1
    return False


def _day(number: str, month: str, year: str) -> date | None:
    try:
        return date(CENTURY + int(year), MONTHS.index(month) + 1, int(number))
    except ValueError:
        return None


def _written(day: date) -> str:
    return f"{day.day:02} {MONTHS[day.month - 1]} {day.year % 100:02}"


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.upper())
    kept = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c) and c not in "'’.")
    return " ".join(kept.split())


def _bare(name: str) -> str:
    """`name` without the words that say what it is; the name itself where nothing else is left."""
    plain = _DISTRICT.sub("", _plain(name))
    return " ".join(_NOUNS.sub(" ", plain).split()) or plain


@cache
def _codes() -> dict[str, str]:
    return {_plain(name): country.alpha_2 for country in pycountry.countries
            for name in _names_of(country)}


def _names_of(country: object) -> Iterable[str]:
    fields: Sequence[str] = ("name", "official_name", "common_name")
    return (name for field in fields if (name := getattr(country, field, None)))
