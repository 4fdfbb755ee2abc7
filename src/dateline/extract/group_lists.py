"""Two public lists of armed groups as a user downloads them: UCDP's Actor Dataset (CSV), the UN's consolidated list (XML)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from dateline.errors import ReadError
from dateline.where.names import fold

NO_VALUE = frozenset({"", "na", "n/a", "none", "-99", "null"})
REBELS, INFORMAL, COMMUNAL = "1", "2", "3"         # UCDP's Org; 4 is a government
TYPES = {REBELS: 2, INFORMAL: 3, COMMUNAL: 4}      # ACLED's
COLUMNS = ("actorid", "namedata", "org")           # without these it is no actor file
ONE_NAME = ("namedata", "nameorigfulleng", "nameorig", "nameorigfull")
LATER_NAMES = ("newname", "newnamefulleng", "newnamefullmothertongue")  # with commas between
COUNTRIES = {                                      # UCDP's and the UN's names that ISO's list does not have
    "dr congo": "CD", "congo": "CG", "ivory coast": "CI", "russia": "RU", "turkey": "TR", "turkiye": "TR", "bolivia": "BO",
    "venezuela": "VE", "tanzania": "TZ", "syria": "SY", "iran": "IR", "yemen": "YE", "myanmar": "MM", "north korea": "KP",
    "south korea": "KR", "laos": "LA", "vietnam": "VN", "moldova": "MD", "palestine": "PS", "united states": "US",
    "macedonia": "MK", "swaziland": "SZ", "cape verde": "CV", "brunei": "BN", "serbia": "RS", "kosovo": "XK",
}  # fmt: skip
NOT_SHORT = frozenset({"ngo", "ltd", "car"})              # in brackets, but no abbreviation of the name; nor "(KENYA)"
LEFT_OUT = frozenset({"DPRK", "Iraq"})             # regimes of the UN's list that hold ministries, banks and companies
MARK = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListedGroup:
    """One group as a list has it. ref: "ucdp:234", "un:QDe.115"; type: ACLED's, None where the list does not tell."""

    ref: str
    names: tuple[str, ...]        # the list's own first; single spaces; each once
    countries: tuple[str, ...]    # alpha-2
    type: int | None
    split_from: tuple[str, ...] = ()  # refs


@dataclass(frozen=True, slots=True)
class GroupList:
    """What a file holds. title: what it is, in words; left_out: entries that are no armed group (governments; persons; the
    ministries, banks and companies of the DPRK and Iraq)."""

    title: str
    groups: tuple[ListedGroup, ...]
    left_out: int


def read_list(path: Path) -> GroupList:
    """The groups of a UCDP actor file (CSV) or a UN consolidated list (XML); which of them it is, its content tells.

    Raises ReadError for a file that cannot be read, or that is neither.
    """
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise ReadError(str(path), f"cannot be read ({problem.strerror})") from problem
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ReadError(str(path), "is no UTF-8 text", where=f"byte {problem.start}",
                        todo="save it as UTF-8, or download the CSV or XML anew") from problem
    return _un(text, str(path)) if text.lstrip()[:1] == "<" else _ucdp(text, str(path))


def _ucdp(text: str, source: str) -> GroupList:
    rows = csv.reader(io.StringIO(text), delimiter=";" if text.partition("\n")[0].count(";") > 2 else ",")
    try:
        head = [re.sub(r"[^a-z]", "", name.lower()) for name in next(rows, [])]
        if missing := [name for name in COLUMNS if name not in head]:
            raise ReadError(source, f"is neither a UN consolidated list (XML) nor a UCDP actor file: no column {missing[0]!r}",
                            todo="give the CSV of the UCDP Actor Dataset, with its first line")
        found, left_out = [], 0
        for cells in rows:
            if not cells:
                continue
            if len(cells) != len(head):
                raise ReadError(source, f"has {len(cells)} values, not {len(head)}", where=f"line {rows.line_num}",
                                todo="save the file anew as CSV, with quotes around values that hold a comma")
            row = {name: value.strip() for name, value in zip(head, cells, strict=True)}
            if row["org"] not in TYPES:
                left_out += 1
                continue
            names = names_of([*(row.get(key, "") for key in ONE_NAME),
                              *(name for key in LATER_NAMES for name in row.get(key, "").split(","))])
            if not row["actorid"].isdigit() or not names:
                raise ReadError(source, "has no actor id, or no name", where=f"line {rows.line_num}")
            # a group of no conflict with a state, but of fights with other groups, is no rebel group
            kind = 3 if row["org"] == REBELS and not row.get("conflictid", "1") else TYPES[row["org"]]
            previous = re.findall(r"\d+", row.get("actoridprev", "")) if row.get("splinter") == "1" else []
            found.append(ListedGroup(f"ucdp:{row['actorid']}", names, countries_of(row.get("location", "").split(",")),
                                     kind, tuple(f"ucdp:{one}" for one in previous)))
    except csv.Error as problem:
        raise ReadError(source, f"is no CSV ({problem})", where=f"line {rows.line_num}") from problem
    return GroupList("UCDP actor file", tuple(found), left_out)


def _un(text: str, source: str) -> GroupList:
    if mark := MARK.search(text):
        raise ReadError(source, f"declares {mark[0]}, which the UN's list does not", todo="download the XML anew")
    try:
        root = ElementTree.fromstring(text.encode())  # noqa: S314  entities, that could grow or fetch, are refused above
    except ElementTree.ParseError as problem:
        raise ReadError(source, f"is no well-formed XML ({problem})", todo="download the file again") from problem
    if root.tag != "CONSOLIDATED_LIST":
        raise ReadError(source, f"begins with <{root.tag}>, not <CONSOLIDATED_LIST>",
                        todo="give the UN Security Council's consolidated list as XML")
    groups, left_out = [], len(root.findall("INDIVIDUALS/INDIVIDUAL"))
    for number, entity in enumerate(root.iterfind("ENTITIES/ENTITY"), 1):
        if (entity.findtext("UN_LIST_TYPE") or "").strip() in LEFT_OUT:
            left_out += 1
            continue
        reference = (entity.findtext("REFERENCE_NUMBER") or "").strip().rstrip(".")
        names = names_of([entity.findtext("FIRST_NAME") or "",
                          *(alias.text or "" for alias in entity.iterfind("ENTITY_ALIAS/ALIAS_NAME")),
                          entity.findtext("NAME_ORIGINAL_SCRIPT") or ""])
        if not reference or not names:
            raise ReadError(source, "has no reference number, or no name", where=f"entity {number}")
        places = [address.text or "" for address in entity.iterfind("ENTITY_ADDRESS/COUNTRY")]
        groups.append(ListedGroup(f"un:{reference}", names, countries_of(places), None))
    day = str(root.get("dateGenerated", ""))[:10]
    return GroupList("UN consolidated list" + (f" of {day}" if day else ""), tuple(groups), left_out)


def names_of(written: Iterable[str]) -> tuple[str, ...]:
    """Names with single spaces, each once, those in brackets for themselves: "VALE FRONT (VF)" is two.

    >>> names_of(["Vale Front  (VF)", "n/a", "Front (Maoist)"])
    ('Vale Front', 'VF', 'Front (Maoist)')
    """
    return tuple(dict.fromkeys(name for text in written for name in _parts(" ".join(text.split())) if fold(name)))


def _parts(name: str) -> Iterator[str]:
    if name.strip(" .").lower() in NO_VALUE:
        return
    for part in re.split(r"\s+/\s+", name):
        short = re.fullmatch(r"(.+?)\s*\(([A-Z][A-Za-z0-9/-]*[A-Z0-9])\)", part)
        if short and len(short[2]) <= 8 and fold(short[2]) not in NOT_SHORT | country_names():
            yield short[1]
            yield short[2]
        else:
            yield part.strip(' "“”')


@cache
def country_names() -> frozenset[str]:
    import pycountry

    return frozenset([*COUNTRIES, *(fold(country.name) for country in pycountry.countries)])


def countries_of(places: Iterable[str]) -> tuple[str, ...]:
    """Alpha-2 codes of countries as the lists write them: "Yemen (North Yemen)". One that is not known is left out."""
    import pycountry

    codes = []
    for place in places:
        name = re.sub(r"\(.*?\)", "", place).strip()
        code = COUNTRIES.get(fold(name))
        if code is None and name:
            try:
                code = str(pycountry.countries.lookup(name).alpha_2)
            except LookupError:
                continue
        if code:
            codes.append(code)
    return tuple(dict.fromkeys(codes))


def table_of(alias: str | Mapping[str, Any]) -> dict[str, Any]:
    """An alias of the register as a table."""
    return {"name": alias} if isinstance(alias, str) else dict(alias)
