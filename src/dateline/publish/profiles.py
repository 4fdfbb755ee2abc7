"""What the record holds of an armed group, put in order: each attribute over time, incidents by month and place, claims.

Pure: statements and incidents in, small records out. Nothing is chosen: values that differ stand side by side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from dateline.publish.words import statement_words
from dateline.records import GroupStatement, Incident, Where
from dateline.records.account import OWN_STANCES, Stance
from dateline.records.group import Attribute
from dateline.where.names import fold

AT_ONE_TIME_DAYS = 183            # two strengths told half a year apart may both be right; within it they contradict
ATTRIBUTES: tuple[Attribute, ...] = get_args(Attribute)


@dataclass(frozen=True, slots=True)
class ToldValue:
    """One value of an attribute, and everybody who gives it. Days are YYYY-MM-DD; None: of no known day."""

    value: str                    # in words, as the newest statement has it
    earliest: str | None          # the first and the last day as of which it is told, each the latest that is possible
    latest: str | None
    by: tuple[str, ...]           # "Vale Monitor (Hawk Wire)", each once, newest first
    statements: tuple[str, ...]   # ids, newest first
    against: tuple[str, ...]      # other values of the same time that cannot hold beside it


@dataclass(frozen=True, slots=True)
class ToldAttribute:
    attribute: Attribute
    values: tuple[ToldValue, ...]     # newest first


@dataclass(frozen=True, slots=True)
class Month:
    """The incidents that began in one month. killed: the sum of their best tolls; alleged ones count in neither."""

    month: str | None             # YYYY-MM; None: the day is not known so far
    incidents: int
    killed: int
    without_toll: int             # incidents of which no number of dead is told
    alleged: int


@dataclass(frozen=True, slots=True)
class Area:
    """How many incidents, alleged ones aside, were in one province; both None: nowhere that is known."""

    country: str | None           # ISO 3166 alpha-2
    admin1: str | None
    incidents: int
    last: str | None              # the latest day, YYYY-MM-DD, on which one began


@dataclass(frozen=True, slots=True)
class Claim:
    """That the group said it did, or did not do, an incident."""

    incident: str
    headline: str
    day: str | None
    stance: Stance
    by: str | None                # who says so for it, or reports it; None: the report itself
    words: str


def attributes_of(statements: Iterable[GroupStatement], by: Callable[[GroupStatement], str]) -> tuple[ToldAttribute, ...]:
    """Statements of one group, newest first, by attribute and value. by: who makes a statement, in words."""
    told: dict[Attribute, dict[Any, list[GroupStatement]]] = {}
    for said in statements:
        told.setdefault(said.attribute, {}).setdefault(identity(said.attribute, said.value), []).append(said)
    return tuple(ToldAttribute(attribute, _values(list(told[attribute].values()), by))
                 for attribute in ATTRIBUTES if attribute in told)


def identity(attribute: Attribute, value: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes two values of an attribute the same for a profile: the person, the bounds, the place with its sense."""
    match attribute:
        case "leader" | "commander":
            return (*fold(str(value["name"])).split()[-1:], value.get("fate"))
        case "strength":
            return value["low"], value["high"]
        case "area":
            return _place_of(value), value["sense"]
        case "ally" | "rival" | "parent" | "split":
            return (value["group"] or _without_article(str(value["name"])),)
        case "alias":
            return (_without_article(str(value["name"])),)
        case "loss":
            return value["of"], fold(str(value["text"]))
        case _:
            return (fold(str(value["text"])),)


def months_of(incidents: Iterable[Incident]) -> tuple[Month, ...]:
    """In the order of time, those of no known month last."""
    by_month: dict[str | None, list[Incident]] = {}
    for incident in incidents:
        by_month.setdefault(month_of(incident), []).append(incident)
    return tuple(_month(name, by_month[name]) for name in sorted(by_month, key=lambda name: (name is None, name or "")))


def month_of(incident: Incident) -> str | None:
    """YYYY-MM in which it surely began, None where two months are possible."""
    when = incident.when
    first, last = (when.best, when.best) if when.best else (when.earliest, when.latest)
    if first is None or last is None or (first.year, first.month) != (last.year, last.month):
        return None
    return f"{first:%Y-%m}"


def areas_of(incidents: Iterable[Incident]) -> tuple[Area, ...]:
    """Most incidents first."""
    counts: Counter[tuple[str | None, str | None]] = Counter()
    last: dict[tuple[str | None, str | None], date] = {}
    for incident in incidents:
        if incident.status == "alleged":
            continue
        place = _area(incident.where)
        counts[place] += 1
        day = incident.when.best or incident.when.latest
        if day is not None and (place not in last or day > last[place]):
            last[place] = day
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0][0] or "~", item[0][1] or "~"))
    return tuple(Area(*place, count, last[place].isoformat() if place in last else None) for place, count in ordered)


def claims_of(group: str, incidents: Iterable[Incident]) -> tuple[Claim, ...]:
    """What the group claims, admits, denies and takes back, in the order of the incidents; not what others blame it for."""
    claims: dict[Claim, None] = {}
    for incident in incidents:
        day = incident.when.best or incident.when.latest
        for said in incident.responsibility:
            if said.group == group and said.stance in OWN_STANCES:
                claim = Claim(incident.id, incident.headline, day.isoformat() if day else None, said.stance, said.speaker,
                              " ".join(said.text.split()))
                claims[claim] = None
    return tuple(claims)


def _values(groups: Sequence[Sequence[GroupStatement]], by: Callable[[GroupStatement], str]) -> tuple[ToldValue, ...]:
    found = []
    for said in groups:
        days = sorted(day for one in said if (day := one.as_of.latest or one.as_of.earliest))
        against = tuple(dict.fromkeys(
            statement_words(other[0]) for other in groups if other is not said and _contradict(said, other)))
        found.append(ToldValue(statement_words(said[0]), days[0] if days else None, days[-1] if days else None,
                               tuple(dict.fromkeys(by(one) for one in said)), tuple(one.id for one in said), against))
    return tuple(_side_by_side(sorted(found, key=lambda value: value.latest or "", reverse=True)))


def _side_by_side(values: Sequence[ToldValue]) -> Iterator[ToldValue]:
    """In their order, but what contradicts a value stands next to it."""
    left = list(values)
    while left:
        first = left.pop(0)
        beside = [value for value in left if first.value in value.against]
        yield from (first, *beside)
        left = [value for value in left if value not in beside]


def _contradict(one: Sequence[GroupStatement], other: Sequence[GroupStatement]) -> bool:
    """Whether two values told of one time cannot both hold: strengths, fates of a person, a place held and lost."""
    attribute, first, second = one[0].attribute, one[0].value, other[0].value
    if attribute == "strength":
        apart = _apart(first, second)
    elif attribute in ("leader", "commander"):
        same = identity(attribute, first)[0] == identity(attribute, second)[0]
        apart = same and None not in (first.get("fate"), second.get("fate"))
    elif attribute == "area":
        apart = _place_of(first) == _place_of(second) and {first["sense"], second["sense"]} == {"loss", "control"}
    else:
        apart = False
    return apart and any(_near(a, b) for a in one for b in other)


def _apart(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether the bounds of two counts leave no number that fits both; an open end leaves all."""
    def above(low: int | None, high: int | None) -> bool:
        return low is not None and high is not None and low > high

    return above(one["low"], other["high"]) or above(other["low"], one["high"])


def _near(one: GroupStatement, other: GroupStatement) -> bool:
    days = [said.as_of.latest or said.as_of.earliest for said in (one, other)]
    if None in days:
        return True               # of one day, for all that is known
    first, second = (date.fromisoformat(str(day)[:10]) for day in days)
    return abs((first - second).days) <= AT_ONE_TIME_DAYS


def _month(name: str | None, incidents: Sequence[Incident]) -> Month:
    told = [incident for incident in incidents if incident.status != "alleged"]
    best = [incident.toll.killed.best for incident in told]
    return Month(name, len(told), sum(count for count in best if count is not None), best.count(None), len(incidents) - len(told))


def _area(where: Where) -> tuple[str | None, str | None]:
    return where.country, where.admin1


def _place_of(value: Mapping[str, Any]) -> tuple[str, str | None]:
    """A place with its kind: "eastern Syria" has the id of the country and is a region."""
    return str(value.get("gazetteer_id") or fold(str(value.get("text") or value.get("name") or ""))), value.get("kind")


def _without_article(name: str) -> str:
    return fold(name).removeprefix("the ")
