"""Which of the places of one name a report means. The points are the method: what speaks for a place adds up."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.where.gazetteer import Gazetteer
from dateline.where.names import fold
from dateline.where.place import Place

OWN_NAME = 2.5  # called so today, rather than by an alternate name of one register
HAND_LISTED = 4.5  # in our lists because war made it known: as a town of 30,000
PROVINCE = 5.5  # as a town of 300,000: a province is named more often than one
DISTRICT = -0.5  # a district is mostly told with its noun; without it the town of its name is meant
TOWN_FIRST = -3.0  # "Gao" is the town, "Gao region" the province
COUNTRY = 8.0  # "Georgia", "Jordan": the country, unless the report is about another
FAMOUS, MILLIONS = 1.5, 2_000_000  # "London" is England's in an American paper too
VOTES = 5.0  # times the share of the report's country words
NEIGHBOUR = 0.7
INSIDE = 12.0  # "Gao, northern Mali"
RIGHT_KIND, WRONG_KIND = 8.0, -4.0
UNIT_NAMED = 2.5  # its province is named elsewhere in the report
CLEAR = 1.0  # with less between the first two and no word for either: not known. "Tripoli" has 0.8


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole report says about where it is."""

    votes: Counter[str]  # countries
    units: frozenset[str]  # folded names of provinces
    filed: str | None  # country of the dateline: weak, agencies file from the capital

    def share(self, country: str | None) -> float:
        total = sum(self.votes.values())
        return self.votes[country] / total if country and total else 0.0


@dataclass(frozen=True, slots=True)
class Chosen:
    place: Place | None  # None: more than one fits
    runners_up: tuple[Place, ...]
    reason: str | None


def points(
    place: Place, key: str, context: Context, inside: Place | None, kinds: frozenset[str], gazetteer: Gazetteer
) -> float:
    """All that speaks for `place` being meant by the folded name `key`."""
    total = math.log10(place.population + 1) if place.kind == "city" else 0.0
    if place.population >= MILLIONS and place.kind == "city" and fold(place.name) == key:
        total += FAMOUS
    if place.hand_listed:
        total = max(total, HAND_LISTED)
    if place.kind == "country":
        total += COUNTRY
    elif place.kind == "admin1":
        total = PROVINCE
    elif place.kind == "admin2" and not place.hand_listed:
        total += DISTRICT
    elif place.kind in ("sea", "region"):
        total += 2.0
    if place.hand_listed or place.kind in ("country", "admin1") or fold(place.name) == key:
        total += OWN_NAME
    share = context.share(place.country)
    total += VOTES * share
    if not share and place.country and context.votes:
        total += NEIGHBOUR * any(place.country in gazetteer.neighbours(c) for c, _ in context.votes.most_common(2))
    total += 0.8 * (place.country is not None and place.country == context.filed)
    if place.admin1 and place.kind != "admin1" and fold(place.admin1) in context.units - {key}:
        total += UNIT_NAMED
    if inside is not None:
        total += INSIDE * _within(place, inside)
    if kinds:
        total += RIGHT_KIND if place.kind in kinds else WRONG_KIND
    return total


def _within(place: Place, outer: Place) -> float:
    if outer.kind == "country":
        return float(place.country == outer.country and place.kind != "country")
    if outer.country is not None and place.country != outer.country:
        return 0.0
    if outer.kind == "admin1" and place.admin1 and outer.admin1:
        return float(fold(place.admin1) == fold(outer.admin1)) or 0.3
    return 0.5


def choose(
    candidates: Sequence[Place],
    key: str,
    context: Context,
    inside: Place | None,
    kinds: frozenset[str],
    gazetteer: Gazetteer,
) -> Chosen:
    """The candidate with the most points, or none when the first two are too near to tell."""
    if len(candidates) == 1:
        return Chosen(candidates[0], (), None)
    towns = {(p.country, fold(p.admin1 or "")) for p in candidates if p.kind == "city" and fold(p.name) == key}
    scored = sorted(
        (
            (
                points(p, key, context, inside, kinds, gazetteer)
                + TOWN_FIRST * (p.kind == "admin1" and (p.country, fold(p.name)) in towns),
                p,
            )
            for p in candidates
        ),
        key=lambda s: -s[0],
    )
    first, best = scored[0]
    runners = tuple(p for _, p in scored[1:4])
    rivals = [p for score, p in scored[1:] if first - score < CLEAR and not _same_ground(p, best)]
    if rivals and inside is None and not kinds and not context.share(best.country):
        fitting = [best, *rivals[:3]]
        return Chosen(
            None,
            tuple(fitting),
            f"{len(fitting)} places fit: " + ", ".join(_told_apart(p, fitting, gazetteer) for p in fitting),
        )
    return Chosen(best, runners, None)


def _same_ground(a: Place, b: Place) -> bool:
    """A town and its province, or two entries of one town: taking one for the other is no error of place."""
    return a.country == b.country and (a.kind != b.kind or (abs(a.lat - b.lat) < 0.4 and abs(a.lon - b.lon) < 0.4))


def _told_apart(place: Place, others: Sequence[Place], gazetteer: Gazetteer) -> str:
    if place.country is None or len({p.country for p in others}) == 1:
        return place.admin1 or place.name
    country = gazetteer.country(place.country)
    return country.name if country else place.country


def label(place: Place) -> str:
    """As `Where.runners_up` has it: "Tripoli, LB (geonames:266826)"."""
    return f"{place.name}, {place.country} ({place.id})" if place.country else f"{place.name} ({place.id})"
