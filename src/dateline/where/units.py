"""Units of administration for the build: who they are (GeoNames), and where (our list, Natural Earth, or their cities).

A unit's point is, in this order: our own list's; Natural Earth's; the middle of the box around its cities; the town of its name;
its parent's point, with the parent's radius.
"""

from __future__ import annotations

import csv
import lzma
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from dateline.where.filling import Filling
from dateline.where.names import bare, fold, usable
from dateline.where.place import distance_km, middle, plain
from dateline.where.schema import ALTERNATE, DERIVED, OWN, Entry, unit_code
from dateline.where.spelling import likeness

CORNERS = 1.2  # a unit reaches beyond the disc of its area
NEAR_KM = 120.0
SOUNDS_ALIKE = 0.8
LEAST_KM, MOST_KM = {"admin1": 15.0, "admin2": 6.0}, {"admin1": 900.0, "admin2": 300.0}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the first or second order as GeoNames lists it."""

    cc: str
    adm1: str
    adm2: str | None
    geonameid: int
    iso: str | None  # ISO 3166-2
    name: str
    aliases: tuple[str, ...]

    @property
    def code(self) -> str:
        return ".".join(part for part in (self.cc, self.adm1, self.adm2) if part)

    @property
    def kind(self) -> str:
        return "admin2" if self.adm2 else "admin1"

    def folded_names(self) -> tuple[str, ...]:
        """Folded names, the surest first."""
        names = [self.name, bare(self.name), *self.aliases, *map(bare, self.aliases)]
        return tuple(dict.fromkeys(filter(None, map(fold, names))))


@dataclass(slots=True)
class Cities:
    """What the cities of one unit tell of it."""

    points: list[tuple[float, float]] = field(default_factory=list)
    pop: int = 0
    largest: int = -1
    zone: str | None = None

    def add(self, lat: float, lon: float, pop: int, zone: str | None) -> None:
        self.points.append((lat, lon))
        self.pop += pop
        if pop > self.largest:
            self.largest, self.zone = pop, zone


@dataclass(frozen=True, slots=True)
class Natural:
    """What Natural Earth says of a first-order unit. radius_km: of the disc of its area."""

    lat: float
    lon: float
    radius_km: float
    name: str  # English

    def is_called(self, unit: Unit, least: float) -> bool:
        """Whether its name is one of the unit's: Natural Earth gives some units the GeoNames id of another."""
        key = fold(bare(self.name))
        own = unit.folded_names()
        inside = any(len(k) > 3 and len(key) > 3 and (k in key or key in k) for k in own)
        return inside or any(likeness(key, k, unit.cc) >= least for k in own)


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a unit lies, and who says so."""

    lat: float
    lon: float
    radius_km: float
    source: str


def read_units() -> list[Unit]:
    """The units of data/admin_units.tsv.xz, those of the first order first."""
    units = []
    for line in _lines("admin_units.tsv.xz"):
        code, geonameid, iso, name, aliases = line.split("\t")
        cc, adm1, *rest = code.split(".")
        adm2 = rest[0] if rest else None
        units.append(Unit(cc, adm1, adm2, int(geonameid), iso or None, name, tuple(filter(None, aliases.split("|")))))
    return sorted(units, key=lambda unit: unit.adm2 is not None)


def units_of_cities() -> dict[int, str]:
    """GeoNames id of a city -> code of its second-order unit, within its first."""
    found = {}
    for line in _lines("city_units.tsv.xz"):
        code, _, steps = line.partition("\t")
        adm2, here = code.rsplit(".", 1)[1], 0
        for step in steps.split(" "):
            here += int(step)
            found[here] = adm2
    return found


def _lines(name: str) -> Iterator[str]:
    packed = resources.files("dateline.data").joinpath(name).read_bytes()
    return iter(lzma.decompress(packed).decode().splitlines())


def natural_earth() -> dict[int, Natural]:
    """Natural Earth's first-order units by GeoNames id."""
    text = resources.files("dateline.data").joinpath("admin1_points.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {int(r["geonameid"]): Natural(float(r["lat"]), float(r["lon"]), float(r["radius_km"]), r["name"]) for r in rows}


def match_lists(
    units: Iterable[Unit], hand: Mapping[str, Any], natural: Mapping[int, Natural]
) -> dict[str, tuple[str, list[Any]]]:
    """Unit code -> name and values of the entry of our lists that is this unit.

    A unit's own name is asked before its aliases, so that of two units the one that is called so gets the entry; at last a name
    that sounds alike, where Natural Earth's point is near. Second-order units are matched where they are added: names repeat
    within a country, and only a point tells them apart.
    """
    firsts = [unit for unit in units if unit.adm2 is None]
    matched: dict[str, tuple[str, list[Any]]] = {}
    taken: set[tuple[str, str]] = set()
    for depth in (1, 2, 99, None):
        for unit in firsts:
            for name, values in hand["admin1"].get(unit.cc, {}).items():
                if unit.code in matched or (unit.cc, name) in taken:
                    continue
                if _called(unit, name, values, depth, natural.get(unit.geonameid)):
                    matched[unit.code] = (name, values)
                    taken.add((unit.cc, name))
    return matched


def _called(unit: Unit, name: str, values: list[Any], depth: int | None, natural: Natural | None) -> bool:
    """Whether an entry of our lists is `unit`, by the first `depth` of its names; None: by a like name and a near point."""
    keys = {fold(n) for full in (name, *values[3:]) for n in (full, bare(full))}
    if depth is not None:
        return not keys.isdisjoint(unit.folded_names()[:depth])
    if natural is None or distance_km(natural.lat, natural.lon, values[0], values[1]) > max(NEAR_KM, natural.radius_km):
        return False
    own = {*unit.folded_names(), fold(bare(natural.name))}
    return any(likeness(a, b, unit.cc) >= SOUNDS_ALIKE for a in keys for b in own)


def add_units(
    filling: Filling,
    units: list[Unit],
    cities: Mapping[str, Cities],
    namesakes: Mapping[tuple[str, str, str], tuple[float, float]],
    listed: Mapping[str, tuple[str, list[Any]]],
    natural: Mapping[int, Natural],
    iso_names: Mapping[str, str],
) -> dict[str, Ground]:
    """Add every unit that can be placed. Returns where each lies, by code.

    cities: by unit code. namesakes: (country, first-order code, folded name) -> the largest city of that name there.
    listed: as `match_lists`. iso_names: ISO 3166-2 code -> name.
    """
    grounds: dict[str, Ground] = {}
    seconds: dict[str, int] = defaultdict(int)
    for unit in units:
        seconds[f"{unit.cc}.{unit.adm1}"] += unit.adm2 is not None
    for unit in units:
        parent = grounds.get(f"{unit.cc}.{unit.adm1}") if unit.adm2 else None
        share = parent.radius_km / math.sqrt(max(seconds[f"{unit.cc}.{unit.adm1}"], 1)) if parent else 0.0
        drawn = natural.get(unit.geonameid) if unit.adm2 is None else None
        ground = _ground(unit, cities.get(unit.code), listed.get(unit.code), drawn, namesakes, parent, share)
        if ground is None:
            continue
        grounds[unit.code] = ground
        entry, names = _entry(unit, ground, cities.get(unit.code), listed.get(unit.code), drawn, iso_names)
        filling.add(entry, names)
        filling.db.execute("insert or ignore into unit values (?,?,?)", (unit.code, entry.id, entry.name))
    return grounds


def _ground(
    unit: Unit,
    cities: Cities | None,
    listed: tuple[str, list[Any]] | None,
    natural: Natural | None,
    namesakes: Mapping[tuple[str, str, str], tuple[float, float]],
    parent: Ground | None,
    share: float,
) -> Ground | None:
    """Where a unit lies. share: the radius of an even share of its parent, in km."""
    if listed is not None:
        lat, lon, radius = listed[1][:3]
        return Ground(lat, lon, float(radius), "hand+geonames")
    least, most = LEAST_KM[unit.kind], MOST_KM[unit.kind]
    if natural is not None and (cities is None or natural.is_called(unit, 0.5)):
        radius = min(max(natural.radius_km * CORNERS, least), most)
        return Ground(natural.lat, natural.lon, radius, "naturalearth+geonames")
    if cities is not None:
        lat, lon = middle(cities.points)
        reach = max(distance_km(lat, lon, *point) for point in cities.points)
        return Ground(lat, lon, min(max(reach, share, least), most), "geonames")
    for key in unit.folded_names():
        town = namesakes.get((unit.cc, unit.adm1, key))
        if town is not None:
            return Ground(*town, min(max(share * CORNERS, 2 * least), most), "geonames")
    return Ground(parent.lat, parent.lon, parent.radius_km, "geonames") if parent else None


def _entry(
    unit: Unit,
    ground: Ground,
    cities: Cities | None,
    listed: tuple[str, list[Any]] | None,
    natural: Natural | None,
    iso_names: Mapping[str, str],
) -> tuple[Entry, list[tuple[str, float]]]:
    county = unit.cc == "US" and unit.adm2 is not None  # "Orange County" is never called "Orange"
    english = natural.name if natural is not None and natural.name and natural.is_called(unit, 0.6) else unit.name
    name = listed[0] if listed else plain(unit.name if county else bare(english))
    names: list[tuple[str, float]] = [(unit.name, OWN), (english, OWN)]
    names += [(alias, OWN) for alias in (listed[1][3:] if listed else ())]
    others = [a for a in (*unit.aliases, iso_names.get(unit.iso or "", "")) if usable(a) and not (county and a in unit.name)]
    names += [(alias, ALTERNATE) for alias in others]
    if not county:
        names += [(bare(other), DERIVED) for other in others if bare(other) != other]
    entry = Entry(
        unit.geonameid, None, name, unit.kind, "A", "ADM2" if unit.adm2 else "ADM1", unit.cc, unit.adm1, unit.adm2, None,
        ground.lat, ground.lon, ground.radius_km, cities.pop if cities else 0, cities.zone if cities else None, ground.source,
    )  # fmt: skip
    return entry, names


def unit_keys(units: Iterable[Unit]) -> dict[tuple[str, str], str]:
    """(country, folded name) -> code of the first-order unit of that name."""
    found: dict[tuple[str, str], str] = {}
    for unit in units:
        if unit.adm2 is None:
            for key in unit.folded_names():
                found.setdefault((unit.cc, key), unit_code(unit.cc, unit.adm1) or "")
    return found
