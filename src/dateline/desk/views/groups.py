"""An armed group as its page shows it, and the index of groups. Pure: registers, sums and statements -> what templates print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.desk.views.facts import Fact
from dateline.publish.profiles import ToldAttribute, ToldValue
from dateline.publish.safe import plain
from dateline.publish.words import day_words, statement_words
from dateline.records import ArmedGroup, GroupStatement
from dateline.records.group import Attribute
from dateline.store.lists_values import Sum
from dateline.where.names import fold

TYPES = {1: "state forces", 2: "rebel group", 3: "political militia", 4: "identity militia", 5: "rioters", 6: "protesters",
         7: "civilians", 8: "external or other forces"}
HEADS: dict[Attribute, str] = {
    "leader": "Leaders", "commander": "Commanders", "strength": "Strength", "area": "Areas", "ally": "Allies", "rival": "Rivals",
    "parent": "Part of", "split": "Came out of it, or it of them", "loss": "Losses", "funding": "Funding",
    "recruitment": "Recruitment", "aim": "Aims", "capability": "Capabilities", "listing": "Listings and sanctions",
    "alias": "Other names in reports",
}
SENSES = ("presence", "control", "influence", "loss")
Name = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A line of the index. also: the name that was searched for, where it is another than the first."""

    id: str
    name: str
    also: str
    countries: tuple[str, ...]
    incidents: int
    killed: str                   # what the least, best and most told add up to: "63", "63 (60-70)"
    last: str
    statements: int


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an attribute, and who gives it. against: values of the same time that cannot hold beside it. group: id."""

    words: str
    days: str
    by: tuple[str, ...]
    reports: tuple[str, ...]      # ids, newest first
    against: tuple[str, ...]
    group: str | None
    anchor: str


@dataclass(frozen=True, slots=True)
class Section:
    attribute: Attribute
    head: str
    values: tuple[Value, ...]


def index_rows(groups: Mapping[str, ArmedGroup], sums: Sequence[Sum], text: str, country: Name) -> list[GroupRow]:
    """Groups that the record tells of, those with most incidents first; with `text` all of the register with such a name."""
    held = {one.of: one for one in sums}
    nothing = Sum(None, 0, None, 0, 0, 0)
    wanted = fold(text)
    found = []
    for group in groups.values():
        also = _named(group, wanted) if wanted else ""
        if also is None or (not wanted and group.id not in held):
            continue
        found.append(_row(group, held.get(group.id, nothing), also, country))
    if not wanted:                # ids that the register has no more
        found += [GroupRow(one.of, one.of, "", (), one.incidents, killed_words(one), _last(one), one.statements)
                  for one in sums if one.of and one.of not in groups]
    return sorted(found, key=lambda row: (-row.incidents, -row.statements, row.name.casefold()))


def _row(group: ArmedGroup, held: Sum, also: str, country: Name) -> GroupRow:
    return GroupRow(group.id, plain(group.name), plain(also), tuple(country(code) or code for code in group.active_in),
                    held.incidents, killed_words(held), _last(held), held.statements)


def killed_words(held: Sum) -> str:
    """Best figures added up, and in brackets the least and the most where they differ: "1,063 (960-1,400)"."""
    if not held.incidents:
        return ""
    span = f" ({held.killed_low:,}-{held.killed_high:,})" if held.killed_low != held.killed_high else ""
    return f"{held.killed_best:,}{span}"


def _last(held: Sum) -> str:
    return day_words(held.last_day) if held.last_day else ""


def _named(group: ArmedGroup, wanted: str) -> str | None:
    """The name of the group that holds the words; "" for its first name or id, None where none does."""
    if wanted in fold(group.name) or wanted in group.id:
        return ""
    return next((alias.name for alias in group.aliases if wanted in fold(alias.name)), None)


def register_facts(group: ArmedGroup, name: Name, country: Name) -> list[Fact]:
    """What the register says of it."""
    def span(since: str | None, until: str | None) -> str:
        return f" ({since or ''}\u2013{until or ''})" if since or until else ""

    def place(code: str | None) -> str:
        return f" in {country(code)}" if code else ""

    types = "; ".join(f"{TYPES.get(one.type, one.type)}{place(one.country)}{span(one.since, one.until)}" for one in group.types)
    told = [
        ("Type", types), ("Active in", ", ".join(country(code) or code for code in group.active_in)),
        ("Part of", name(group.parent) if group.parent else ""),
        ("Came out of", "; ".join(f"{name(one.group)}{f' ({one.since})' if one.since else ''}" for one in group.split_from)),
        ("Founded", group.founded), ("Dissolved", group.dissolved),
        ("In lists", ", ".join((*group.references, *([f"wikidata:{group.wikidata}"] if group.wikidata else []))))]
    return [Fact("Id", group.id), *(Fact(label, plain(words)) for label, words in told if words)]


def sections_of(attributes: Iterable[ToldAttribute], statements: Iterable[GroupStatement]) -> list[Section]:
    """The attributes in the order of HEADS, values as `attributes_of` has them: contradictions beside each other."""
    held = {said.id: said for said in statements}
    found = {told.attribute: told for told in attributes}
    return [Section(attribute, head, tuple(_value(one, held, attribute, at) for at, one in enumerate(found[attribute].values, 1)))
            for attribute, head in HEADS.items() if attribute in found]


def _value(one: ToldValue, held: Mapping[str, GroupStatement], attribute: Attribute, at: int) -> Value:
    said = held[one.statements[0]]
    days = " to ".join(dict.fromkeys(day for day in (one.earliest, one.latest) if day))
    return Value(plain(one.value), days, tuple(map(plain, one.by)),
                 tuple(dict.fromkeys(held[name].report for name in one.statements)),
                 tuple(map(plain, one.against)), said.value.get("group"), f"{attribute}-{at}")


def strength_points(statements: Iterable[GroupStatement], by: Callable[[GroupStatement], str]) -> list[tuple[Any, ...]]:
    """What static/band.js draws: (day, low, best, high, who says so), in the order of days. What has no day cannot be drawn."""
    found = [(day, value["low"], value["value"], value["high"], f"{statement_words(said)}: {by(said)}")
             for said in statements if said.attribute == "strength"
             and (day := whole_day(said.as_of.latest or said.as_of.earliest))
             for value in [said.value]]
    return sorted(found, key=lambda point: str(point[0]))


def whole_day(partial: str | None) -> str | None:
    """The first day of a partial date: "2018" is 2018-01-01; None for none, or what is no date."""
    if not partial:
        return None
    whole = {4: f"{partial}-01-01", 7: f"{partial}-01"}.get(len(partial), partial[:10])
    try:
        return date.fromisoformat(whole).isoformat()
    except ValueError:
        return None


def area_points(statements: Iterable[GroupStatement], sections: Sequence[Section]) -> Iterator[tuple[Any, ...]]:
    """What static/map.js draws of the areas that reports tell: a point for each value that is placed, with its number in the
    table."""
    areas = next((told for told in sections if told.attribute == "area"), None)
    by_words: dict[str, GroupStatement] = {}
    for said in statements:
        if said.attribute == "area":
            by_words.setdefault(plain(statement_words(said)), said)
    for at, value in enumerate(areas.values if areas else (), 1):
        told = by_words.get(value.words)
        if told is not None and told.value.get("lat") is not None:
            sense = told.value.get("sense")
            yield (at, round(told.value["lon"], 4), round(told.value["lat"], 4), told.value.get("precision"), None,
                   SENSES.index(sense) if sense in SENSES else 0, whole_day(value.days[-10:]) if value.days else None)
