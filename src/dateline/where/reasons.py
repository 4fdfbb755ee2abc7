"""What speaks for a place being the one meant: a table of questions with their points.

The table is the method: a candidate's points are the sum, over the table, of the answer (0 to 1, unless told) times the
points of the line. `python -m bench.fit_places` fits the points; docs/places.md says how to argue with them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dateline.where.names import fold
from dateline.where.place import Place, distance_km

FAMOUS = 2_000_000  # people; "London" is England's in an American paper too
KM_FAR = 100.0  # places of one report lie this near each other, often
KM_LOOK = 500.0  # beyond this, nearness counts for nothing
LANDFORMS = frozenset(["ISL", "LK", "FRST"])  # GeoNames feature codes
CAPITAL = 100_000  # people; a smaller one is known by its country's name
CHIEF_TOWN = 50_000  # people; a town of the province's name, and of this size, is meant before it
UNKNOWN_TOWN = 300  # people, where the gazetteer does not say
HAND_LISTED = 30_000  # people; in our lists because war made it known: as a town of this size


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text and what the words beside it say. outer: the name of the list in which it is told to lie."""

    key: str  # folded
    candidates: tuple[Place, ...]
    kinds: frozenset[str] = frozenset()  # what the noun beside it says that it is: "Kunar province"
    adjective: bool = False  # "Afghan", "Kabul-based": tells the country, names no place of an incident
    outer: int | None = None
    filed: bool = False  # stands in the dateline: agencies file from the capital
    abroad: bool = False  # whose embassy it is: tells that the text is in another country, if anything


@dataclass(frozen=True, slots=True)
class Settled:
    """A place that another name is taken for, as surely as `weight` (0 to 1) says."""

    key: str
    place: Place
    weight: float


Unit = tuple[str, ...]  # country and code of the province, then of the district


@dataclass(frozen=True, slots=True)
class Votes:
    """What one name says of where the text is: its mentions, shared out among what it may mean."""

    countries: Mapping[str, float]
    units: Mapping[Unit, float]
    total: float


NO_VOTES = Votes({}, {}, 0.0)


def no_neighbours(country: str) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True)
class Light:
    """What the names of a text, as far as they are settled, say of where it is. Shares leave out the name asked about."""

    countries: Mapping[str, float]  # alpha-2 -> votes
    units: Mapping[Unit, float]  # province or district -> votes
    of_key: Mapping[str, Votes]  # a key's own votes
    total: float
    named_countries: Mapping[str, frozenset[str]]  # country -> keys that name it or its people
    named_units: Mapping[Unit, frozenset[str]]
    points: tuple[Settled, ...]  # towns and districts
    filed: str | None  # country of the dateline
    neighbours: Callable[[str], frozenset[str]] = no_neighbours  # of a country

    def country_share(self, key: str, country: str) -> float:
        own = self.of_key.get(key, NO_VOTES)
        rest = self.total - own.total
        return (self.countries.get(country, 0.0) - own.countries.get(country, 0.0)) / rest if rest > 0.01 else 0.0

    def unit_share(self, key: str, unit: Unit) -> float:
        own = self.of_key.get(key, NO_VOTES)
        rest = self.total - own.total
        return self.unit_votes(key, unit) / rest if rest > 0.01 else 0.0

    def unit_votes(self, key: str, unit: Unit) -> float:
        return self.units.get(unit, 0.0) - self.of_key.get(key, NO_VOTES).units.get(unit, 0.0)


def unit_of(place: Place) -> Unit | None:
    """The province of a place, by which two places are in one."""
    return (place.country, place.adm1) if place.country and place.adm1 else None


def district_of(place: Place) -> Unit | None:
    return (place.country, place.adm1, place.adm2) if place.country and place.adm1 and place.adm2 else None


# Questions about the place and its name alone.
def people(place: Place, name: Name) -> float:
    """Powers of ten of inhabitants of a town: 5 for 100,000."""
    if place.kind not in ("city", "site", "airport"):
        return 0.0
    known = place.population or UNKNOWN_TOWN
    if place.hand_listed:
        known = max(known, HAND_LISTED)
    return math.log10(known)


def famous(place: Place, name: Name) -> float:
    return float(place.kind == "city" and place.population >= FAMOUS and fold(place.name) == name.key)


def capital(place: Place, name: Name) -> float:
    """Where a country is governed, by a name that is not the country's too: San José, before the other towns of that name."""
    governs = place.kind == "city" and place.feature == "PPLC" and place.population >= CAPITAL
    return float(governs and not any(p.kind == "country" and p.country == place.country for p in name.candidates))


def called_so(place: Place, name: Name) -> float:
    """Called so today, rather than by an alternate name of one register."""
    return float(fold(place.name) == name.key or place.hand_listed or place.kind in ("country", "admin1"))


def of_kind(*kinds: str) -> Callable[[Place, Name], float]:
    def is_of_kind(place: Place, name: Name) -> float:
        return float(place.kind in kinds)

    return is_of_kind


def province(place: Place, name: Name) -> float:
    """1 for a province of 100,000 people, less for a smaller one: San Salvador is seldom the island in the Bahamas."""
    if place.kind != "admin1":
        return 0.0
    return min(max(math.log10(place.population) / 5.0, 0.5), 1.0) if place.population else 1.0


def wide_region(place: Place, name: Name) -> float:
    """A region, a river, a range; not what shares its name with towns more often than it is meant: an island, a lake."""
    return float(place.kind == "region" and place.feature not in LANDFORMS)


def landform(place: Place, name: Name) -> float:
    return float(place.kind == "region" and place.feature in LANDFORMS)


def noun_fits(place: Place, name: Name) -> float:
    return float(bool(name.kinds) and place.kind in name.kinds)


def noun_forbids(place: Place, name: Name) -> float:
    return float(bool(name.kinds) and place.kind not in name.kinds)


def town_bears_the_name(place: Place, name: Name) -> float:
    """ "Gao" is the town, "Gao region" the province; "Hodeidah" the port, by whichever spelling both are known."""
    return float(
        place.kind in ("admin1", "admin2", "admin3")
        and not name.kinds
        and any(
            p.kind == "city"
            and p.country == place.country
            and _in_or_beside(p, place)
            and (fold(p.name) == name.key or p.population >= CHIEF_TOWN)
            for p in name.candidates
        )
    )


def _in_or_beside(town: Place, unit: Place) -> bool:
    """Moscow is no part of the oblast around it, and yet its chief town."""
    return town.adm1 == unit.adm1 or distance_km(town.lat, town.lon, unit.lat, unit.lon) < unit.radius_km


# Questions about the place in the light of the other names of the text.
def country_of_the_text(place: Place, name: Name, light: Light) -> float:
    """Share of the text's names that lie in the country."""
    return light.country_share(name.key, place.country) if place.country else 0.0


def country_named(place: Place, name: Name, light: Light) -> float:
    return float(place.country is not None and bool(light.named_countries.get(place.country, frozenset()) - {name.key}))


def neighbour_of_the_text(place: Place, name: Name, light: Light) -> float:
    """Share of the text's names that lie in countries that border on it."""
    if not place.country:
        return 0.0
    return min(1.0, sum(light.country_share(name.key, other) for other in light.neighbours(place.country)))


def unit_of_the_text(place: Place, name: Name, light: Light) -> float:
    """Share of the text's names that lie in the province."""
    unit = unit_of(place)
    return light.unit_share(name.key, unit) if unit else 0.0


def district_of_the_text(place: Place, name: Name, light: Light) -> float:
    """How many of the text's names lie in the district, or are its name: one is 0.7, three 1.4."""
    unit = district_of(place)
    return math.log1p(max(light.unit_votes(name.key, unit), 0.0)) if unit else 0.0


def unit_named(place: Place, name: Name, light: Light) -> float:
    unit = unit_of(place)
    return float(unit is not None and place.kind != "admin1" and bool(light.named_units.get(unit, frozenset()) - {name.key}))


def near_others(place: Place, name: Name, light: Light) -> float:
    """How near the other places of the text lie, the surer they are the more: one beside it is 0.7, three 1.4."""
    if place.kind in ("country", "region", "sea"):
        return 0.0
    total = 0.0
    for other in light.points:
        if other.key != name.key and abs(other.place.lat - place.lat) < KM_LOOK / 100:
            away = distance_km(place.lat, place.lon, other.place.lat, other.place.lon)
            if away < KM_LOOK:
                total += other.weight * math.exp(-away / KM_FAR)
    return math.log1p(total)


def filed_there(place: Place, name: Name, light: Light) -> float:
    return float(place.country is not None and place.country == light.filed)


def within(place: Place, outer: Place) -> float:
    """Whether `place` lies in `outer`, as far as units and points tell: 1 by name, less by distance alone."""
    if place.id == outer.id or place.kind == "country":
        return 0.0
    if outer.kind == "country":
        return float(place.country == outer.country)
    if outer.country is not None and place.country is not None and place.country != outer.country:
        return 0.0
    if outer.kind == "admin1":
        if place.kind == "admin1":
            return 0.0
        if place.adm1 and outer.adm1:
            return float(place.adm1 == outer.adm1)
    if outer.kind == "admin3" and place.adm3 and outer.adm3 and district_of(place) == district_of(outer):
        return float(place.adm3 == outer.adm3)
    if outer.kind == "admin2" and place.adm2 and outer.adm2 and unit_of(place) == unit_of(outer):
        return float(place.adm2 == outer.adm2)
    reach = max(outer.radius_km, 10.0)
    return 0.7 if distance_km(place.lat, place.lon, outer.lat, outer.lon) <= 1.5 * reach + 10 else 0.0


PLACE_REASONS: tuple[tuple[str, Callable[[Place, Name], float], float], ...] = (
    ("people", people, 1.2),
    ("famous", famous, 0.1),
    ("capital", capital, 2.0),
    ("called so", called_so, 3.4),
    ("country", of_kind("country"), 9.4),
    ("province", province, 8.8),
    ("district", of_kind("admin2", "admin3"), 2.7),
    ("region", wide_region, 8.0),
    ("landform", landform, 2.0),
    ("sea", of_kind("sea"), 6.0),
    ("site", of_kind("site"), -1.0),
    ("airport", of_kind("airport"), -2.0),
    ("noun fits", noun_fits, 6.0),
    ("noun forbids", noun_forbids, -3.0),
    ("town bears the name", town_bears_the_name, -4.5),
)
LIGHT_REASONS: tuple[tuple[str, Callable[[Place, Name, Light], float], float], ...] = (
    ("country of the text", country_of_the_text, 4.0),
    ("country named", country_named, 0.7),
    ("neighbour of the text", neighbour_of_the_text, 1.5),
    ("province of the text", unit_of_the_text, 3.1),
    ("district of the text", district_of_the_text, 1.4),
    ("province named", unit_named, 1.1),
    ("near others", near_others, 2.8),
    ("filed there", filed_there, 0.8),
)
INSIDE = 8.0  # "Gao, northern Mali": lies in the unit told right after it
HOLDS = 3.5  # "Paris, Georgia": a unit in which a place told right before it lies
