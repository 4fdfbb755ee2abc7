"""Which of the places of one name a text means: countries and provinces first, then the rest in their light."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from dateline.where.gazetteer import Gazetteer
from dateline.where.place import Place, distance_km
from dateline.where.reasons import (
    HOLDS,
    INSIDE,
    LIGHT_REASONS,
    NO_VOTES,
    PLACE_REASONS,
    Light,
    Name,
    Settled,
    Unit,
    Votes,
    district_of,
    no_neighbours,
    unit_of,
    within,
)

ROUNDS = 3  # each in the light of the one before
SURE = 0.02  # probability below which a candidate tells the others nothing
NEAR_SURE = 0.3  # probability from which a candidate lends its point to what lies near
DOUBT = 1.0  # above 1, what is likely counts for less in the light of others
FILED = 0.3  # a vote of the dateline's place: agencies file from the capital
# points; with less between the first two: not known. On half of LGL and GeoVirus, 3 and 1 % of what is answered, its right
# place being in the gazetteer, is wrong then
CLEAR = 1.5
POINTS: Mapping[str, float] = {
    **{name: points for name, _, points in PLACE_REASONS},
    **{name: points for name, _, points in LIGHT_REASONS},
    "inside": INSIDE,
    "holds": HOLDS,
}


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole report says about where it is."""

    votes: Counter[str]  # countries
    filed: str | None = None  # country of the dateline: weak, agencies file from the capital

    def share(self, country: str | None) -> float:
        total = sum(self.votes.values())
        return self.votes[country] / total if country and total else 0.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its points, and why it has them: (reason, answer, points)."""

    place: Place
    points: float
    why: tuple[tuple[str, float, float], ...]


Neighbours = Callable[[str], frozenset[str]]
Ranking = tuple[Ranked, ...]  # the best first; empty: no candidate


@dataclass(frozen=True, slots=True)
class Chosen:
    place: Place | None  # None: more than one fits
    runners_up: tuple[Place, ...]
    reason: str | None


@dataclass
class Sense:
    """All mentions of one name with one kind of noun: one place throughout a text."""

    name: Name
    count: int = 0
    outers: set[int] = field(default_factory=set)  # senses in which it is told to lie
    inners: set[int] = field(default_factory=set)
    own: list[list[float]] = field(default_factory=list)  # per candidate the answers that no light changes
    lit: list[list[float]] = field(default_factory=list)  # and those of the last round
    points: list[float] = field(default_factory=list)
    likely: list[tuple[float, Place]] = field(default_factory=list)  # probability and candidate, the likeliest first

    @property
    def votes(self) -> float:
        return 1.0 + math.log(self.count)


def rank(
    names: Sequence[Name],
    neighbours: Neighbours = no_neighbours,
    active: Mapping[str, float] | None = None,
    points: Mapping[str, float] = POINTS,
) -> list[Ranking]:
    """For each name its candidates, best first.

    neighbours: the countries that border on one, as `Gazetteer.neighbours`.
    active: countries that speak for themselves besides names, with votes: where the groups named are active.
    """
    senses, of_name = senses_of(names)
    filed = next((n for n in names if n.filed and n.candidates), None)
    weigh(senses, filed, neighbours, active or {}, points)
    rankings = [_ranking(sense, points) for sense in senses]
    return [rankings[at] for at in of_name]


def senses_of(names: Sequence[Name]) -> tuple[list[Sense], list[int]]:
    """The senses of the names, and for each name the number of its sense."""
    numbers: dict[tuple[str, frozenset[str], bool, bool], int] = {}
    senses: list[Sense] = []
    of_name = []
    for name in names:
        number = numbers.setdefault((name.key, name.kinds, name.adjective, name.abroad), len(senses))
        if number == len(senses):
            senses.append(Sense(name))
        senses[number].count += 1
        of_name.append(number)
    for name, number in zip(names, of_name, strict=True):
        if name.outer is not None and of_name[name.outer] != number:
            senses[number].outers.add(of_name[name.outer])
            senses[of_name[name.outer]].inners.add(number)
    return senses, of_name


def weigh(
    senses: list[Sense],
    filed: Name | None,
    neighbours: Neighbours,
    active: Mapping[str, float],
    points: Mapping[str, float],
) -> None:
    """Give each sense the points and likelihood of its candidates, round by round."""
    own_points = [points[name] for name, _, _ in PLACE_REASONS]
    lit_points = [*(points[name] for name, _, _ in LIGHT_REASONS), points["inside"], points["holds"]]
    base = []
    for sense in senses:
        sense.own = [[question(p, sense.name) for _, question, _ in PLACE_REASONS] for p in sense.name.candidates]
        base.append([sum(a * w for a, w in zip(answers, own_points, strict=True)) for answers in sense.own])
        sense.lit = [[0.0] * len(lit_points) for _ in sense.name.candidates]
        _settle(sense, base[-1])
    for _ in range(ROUNDS):
        light = light_of(senses, filed, neighbours, active)
        for sense, own in zip(senses, base, strict=True):
            if len(own) > 1:
                sense.lit = [_lit(senses, sense, place, light) for place in sense.name.candidates]
        for sense, own in zip(senses, base, strict=True):
            if len(own) > 1:
                lit = [sum(a * w for a, w in zip(answers, lit_points, strict=True)) for answers in sense.lit]
                _settle(sense, [a + b for a, b in zip(own, lit, strict=True)])


def _lit(senses: list[Sense], sense: Sense, place: Place, light: Light) -> list[float]:
    answers = [question(place, sense.name, light) for _, question, _ in LIGHT_REASONS]
    inside = max(
        (
            min(1.0, sum(p * within(place, outer) for p, outer in senses[at].likely if outer.kind != "city"))
            for at in sense.outers
        ),
        default=0.0,
    )
    holds = 0.0
    if sense.inners and place.kind in ("country", "admin1", "admin2", "admin3", "region"):
        holds = max(max((within(p, place) for p in senses[at].name.candidates), default=0.0) for at in sense.inners)
    return [*answers, inside, holds]


def _settle(sense: Sense, points: list[float]) -> None:
    sense.points = points
    if not points:
        return
    best = max(points)
    weights = [math.exp(max((p - best) / DOUBT, -50.0)) for p in points]
    total = sum(weights)
    likely = [(w / total, p) for w, p in zip(weights, sense.name.candidates, strict=True) if w / total > SURE]
    sense.likely = sorted(likely, key=lambda entry: -entry[0])


def light_of(senses: Sequence[Sense], filed: Name | None, neighbours: Neighbours, active: Mapping[str, float]) -> Light:
    """What the senses, as far as they are settled, say together."""
    own: dict[str, Votes] = {}
    named: defaultdict[str, set[str]] = defaultdict(set)
    named_units: defaultdict[Unit, set[str]] = defaultdict(set)
    points = []
    for sense in senses:
        key = sense.name.key
        if sense.name.abroad:
            continue
        own[key] = _votes(sense, own.get(key, NO_VOTES))
        for likely, place in sense.likely:
            if likely > 0.5 and place.country:
                if place.kind == "country":
                    named[place.country].add(key)
                elif place.kind == "admin1" and (unit := unit_of(place)) is not None:
                    named_units[unit].add(key)
            if likely > NEAR_SURE and place.kind in ("city", "admin2", "admin3", "site", "airport"):
                points.append(Settled(key, place, likely))
    countries = _added([active, *(votes.countries for votes in own.values())])
    first = filed.candidates[0] if filed is not None else None
    return Light(
        countries,
        _added([votes.units for votes in own.values()]),
        own,
        sum(countries.values()),
        {code: frozenset(keys) for code, keys in named.items()},
        {unit: frozenset(keys) for unit, keys in named_units.items()},
        tuple(points),
        first.country if first else None,
        neighbours,
    )


def _votes(sense: Sense, before: Votes) -> Votes:
    """`before`, the votes of the other senses of this name, with those of `sense`."""
    countries, units, total = dict(before.countries), dict(before.units), before.total
    for likely, place in sense.likely:
        votes = likely * sense.votes * (FILED if sense.name.filed and sense.count == 1 else 1.0)
        if place.country:
            countries[place.country] = countries.get(place.country, 0.0) + votes
            total += votes
        for unit in (unit_of(place), district_of(place)):
            if unit is not None:
                units[unit] = units.get(unit, 0.0) + votes
    return Votes(countries, units, total)


K = TypeVar("K")


def _added(parts: Iterable[Mapping[K, float]]) -> dict[K, float]:
    total: dict[K, float] = {}
    for part in parts:
        for key, votes in part.items():
            total[key] = total.get(key, 0.0) + votes
    return total


def _ranking(sense: Sense, points: Mapping[str, float]) -> Ranking:
    names = [*(n for n, _, _ in PLACE_REASONS), *(n for n, _, _ in LIGHT_REASONS), "inside", "holds"]
    ranked = []
    for place, total, own, lit in zip(sense.name.candidates, sense.points, sense.own, sense.lit, strict=True):
        why = tuple((n, a, round(a * points[n], 2)) for n, a in zip(names, [*own, *lit], strict=True) if a)
        ranked.append(Ranked(place, total, why))
    return tuple(sorted(ranked, key=lambda r: -r.points))


def choose(ranking: Ranking, gazetteer: Gazetteer) -> Chosen:
    """The candidate with the most points, or none when the first two are too near to tell."""
    if not ranking:
        return Chosen(None, (), "not in the gazetteer")
    best = ranking[0]
    rivals = [r.place for r in ranking[1:] if best.points - r.points < CLEAR and not _same_ground(r.place, best.place)]
    if rivals:
        fitting = [best.place, *rivals[:3]]
        told_apart = ", ".join(_told_apart(p, fitting, gazetteer) for p in fitting)
        return Chosen(None, tuple(fitting), f"{len(fitting)} places fit: {told_apart}")
    return Chosen(best.place, tuple(r.place for r in ranking[1:4]), None)


def _same_ground(a: Place, b: Place) -> bool:
    """A town and its province, two entries of one town or river: taking one for the other is no error of place."""
    if a.country != b.country or a.kind != b.kind:
        return a.country == b.country
    if a.kind == "region" and distance_km(a.lat, a.lon, b.lat, b.lon) < max(a.radius_km, b.radius_km):
        return True
    return abs(a.lat - b.lat) < 0.4 and abs(a.lon - b.lon) < 0.4


def _told_apart(place: Place, others: Sequence[Place], gazetteer: Gazetteer) -> str:
    if place.country is None or len({p.country for p in others}) == 1:
        return place.admin1 or place.name
    country = gazetteer.country(place.country)
    return country.name if country else place.country


def label(place: Place) -> str:
    """As `Where.runners_up` has it: "Tripoli, LB (geonames:266826)"."""
    return f"{place.name}, {place.country} ({place.id})" if place.country else f"{place.name} ({place.id})"
