"""Add units of administration with P-codes: one that the gazetteer has gains name, code and point, another becomes a place."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from dateline.errors import ReadError
from dateline.where.added import adding, sort_in
from dateline.where.boundary_files import Level, Row, read_rows
from dateline.where.filling import ONE_SPELLING
from dateline.where.gazetteer import Gazetteer
from dateline.where.loading import Loaded, file_key
from dateline.where.names import bare, fold, usable
from dateline.where.place import Place, distance_km
from dateline.where.polygons import Label
from dateline.where.schema import ALTERNATE, DERIVED, INSERT_PLACE, OWN, Entry, number_of, unit_code
from dateline.where.spelling import skeleton

SOURCE = "ocha"
CORNERS = 1.2  # a unit reaches beyond the disc of its area
LEAST_KM = {1: 15.0, 2: 5.0, 3: 2.0}
SAME_KM = {1: 150.0, 2: 60.0, 3: 30.0}  # a unit of its name this near is that unit; and within its own radius
MOST_TOLD = 5  # bad rows that are named one by one


Key = tuple[int, str]  # a unit of one file: its order, and its country with its P-code, or with the names above it


@dataclass(slots=True)
class Found:
    """One unit as the rows of a file tell it."""

    key: Key
    cc: str
    level: Level
    parent: Key | None
    own: Label | None = None
    parts: list[Label] = field(default_factory=list)  # of the units in it, for one whose own shape the file does not have

    @property
    def order(self) -> int:
        return self.key[0]

    def point(self) -> Label | None:
        if self.own is not None:
            return self.own
        weights = [part.area_km2 or 1.0 for part in self.parts]
        if not weights:
            return None
        total = sum(weights)
        lat = sum(w * p.lat for w, p in zip(weights, self.parts, strict=True)) / total
        lon = sum(w * p.lon for w, p in zip(weights, self.parts, strict=True)) / total
        return Label(lat, lon, sum(part.area_km2 for part in self.parts))


def add_boundaries(path: Path, gazetteer: Gazetteer, added: Path, *, on_problem: Callable[[ReadError], None]) -> Loaded:
    """Add the units of `path` (see boundary_files) to the file `added`, in one transaction.

    on_problem: told of rows that are passed over. Raises ReadError where the file is none, StoreError for what the disk refuses.
    """
    key = file_key(path)
    with adding(added) as db:
        row = db.execute("select rows, kept, bad from loading where file = ? and done", (key,)).fetchone()
        if row:
            return Loaded(path.name, row[0], row[1], row[2], known=True)
        bad: list[str] = []
        units = gather(read_rows(path, bad.append), bad)
        rows = len(units) + len(bad)
        kept = _add_all(db, units.values(), gazetteer, bad)
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        values = (key, path.name, "COD-AB", now, -1, rows, kept, len(bad), 0)
        db.execute("insert or replace into loading values (?,?,?,?,?,?,?,?,?)", values)
        db.commit()
        sort_in(db)
    for what in bad[:MOST_TOLD]:
        on_problem(ReadError(str(path), what))
    if len(bad) > MOST_TOLD:
        on_problem(ReadError(str(path), f"{len(bad) - MOST_TOLD:,} more rows were passed over for such reasons"))
    return Loaded(path.name, rows, kept, len(bad))


def gather(rows: Iterable[Row], bad: list[str]) -> dict[Key, Found]:
    """The units of all rows, those of the first order first; each once, however many rows tell it."""
    units: dict[Key, Found] = {}
    countries: dict[str, str | None] = {}
    for row in rows:
        told = row.country or (row.levels[0].pcode if 0 in row.levels else None) or ""
        cc = _country(told, row, countries)
        if cc is None:
            bad.append(f"{row.levels[row.deepest].names[0]}: of no country that is known ({told or 'none given'})")
            continue
        parent: Key | None = None
        for order in sorted(n for n in row.levels if n):
            level = row.levels[order]
            key = (order, f"{cc}/{level.pcode or ('' if parent is None else parent[1]) + '/' + fold(level.names[0])}")
            unit = units.setdefault(key, Found(key, cc, level, parent))
            if order == row.deepest and row.point is not None:
                unit.own = unit.own or row.point
            elif row.point is not None:
                unit.parts.append(row.point)
            parent = key
    return dict(sorted(units.items(), key=lambda item: item[0][0]))


def _country(told: str, row: Row, known: dict[str, str | None]) -> str | None:
    """ISO 3166 alpha-2 of a row, by its country's code or name, or the letters before its P-code."""
    codes = [told, *(level.pcode or "" for n, level in row.levels.items() if n)]
    names = row.levels[0].names if 0 in row.levels else ()
    ask = "|".join([codes[0], *names, *(code.rstrip("0123456789")[:3] for code in codes[1:])])
    if ask not in known:
        known[ask] = _look_up(codes, names)
    return known[ask]


def _look_up(codes: Iterable[str], names: Iterable[str]) -> str | None:
    import pycountry

    for code in codes:
        letters = code.rstrip("0123456789").upper()
        for given in filter(None, dict.fromkeys((letters, letters[:3], letters[:2]))):
            found = pycountry.countries.get(alpha_2=given) or pycountry.countries.get(alpha_3=given)
            if found is not None:
                return str(found.alpha_2)
    found = next(filter(None, (pycountry.countries.get(name=name) for name in names)), None)
    return str(found.alpha_2) if found is not None else None


def _add_all(db: sqlite3.Connection, units: Iterable[Found], gazetteer: Gazetteer, bad: list[str]) -> int:
    placed: dict[Key, Entry] = {}
    for _, some in groupby(units, key=lambda unit: unit.order):
        level = list(some)
        known = _match(level, placed, gazetteer)
        for unit in level:
            entry = _entry(unit, placed.get(unit.parent) if unit.parent else None, known.get(unit.key), gazetteer)
            if entry is None:
                bad.append(f"{unit.level.names[0]}: no shape, no point, and nothing around it is known")
                continue
            placed[unit.key] = entry
            _write(db, unit, entry, own_name=unit.key not in known)
    return len(placed)


def _match(units: list[Found], placed: dict[Key, Entry], gazetteer: Gazetteer) -> dict[Key, Place]:
    """The known units that `units`, all of one order, are. No known unit is two: one of just that name has it."""
    known: dict[Key, Place] = {}
    taken: set[str] = set()
    for alike in (False, True):
        for unit in units:
            if unit.key in known:
                continue
            place = _same(unit, placed.get(unit.parent) if unit.parent else None, gazetteer, alike=alike)
            if place is not None and place.id not in taken:
                known[unit.key] = place
                taken.add(place.id)
    return known


def _same(unit: Found, parent: Entry | None, gazetteer: Gazetteer, *, alike: bool) -> Place | None:
    """The unit of the gazetteer that `unit` is: of its country and order, in its parent, near. alike: spelled otherwise."""
    names = unit.level.names
    keys = dict.fromkeys(fold(n) for name in names for n in (name, bare(name)))
    candidates = gazetteer.similar(names[0], [unit.cc]) if alike else [p for key in keys for p in gazetteer.by_key(key)]
    point, kind = unit.point(), f"admin{unit.order}"
    fitting = [p for p in candidates if p.country == unit.cc and p.kind == kind and _fits(p, unit, parent, point)]
    return min(fitting, key=lambda p: distance_km(p.lat, p.lon, point.lat, point.lon) if point else 0.0, default=None)


def _fits(place: Place, unit: Found, parent: Entry | None, point: Label | None) -> bool:
    known_parent = parent is not None and parent.source != SOURCE  # else its codes are OCHA's, and cannot be compared
    if parent is not None and known_parent and place.adm1 is not None and place.adm1 != parent.adm1:
        return False
    if point is None:
        return unit.order == 1 or parent is not None
    reach = max(SAME_KM[unit.order], 1.5 * place.radius_km, 1.5 * point.radius_km)
    return distance_km(place.lat, place.lon, point.lat, point.lon) <= reach


def _entry(unit: Found, parent: Entry | None, known: Place | None, gazetteer: Gazetteer) -> Entry | None:
    point, level = unit.point(), unit.level
    if point is not None:
        share = parent.radius_km / 3 if parent else 50.0
        radius = max(point.radius_km * CORNERS, LEAST_KM[unit.order]) if point.area_km2 else (known.radius_km if known else share)
        lat, lon = point.lat, point.lon
    elif known is not None:
        lat, lon, radius = known.lat, known.lon, known.radius_km
    elif parent is not None:
        lat, lon, radius = parent.lat, parent.lon, parent.radius_km
    else:
        return None
    if known is not None:
        source = known.source if known.source.startswith(SOURCE) else f"{SOURCE}+{known.source}"
        ref = None if known.id.startswith("geonames:") else known.id
        return Entry(
            number_of(known.id), ref, known.name, known.kind, "A", known.feature, known.country, known.adm1, known.adm2,
            known.adm3, lat, lon, radius, known.population, known.zone, source,
        )  # fmt: skip
    code = level.pcode or fold(level.names[0]).replace(" ", "-")[:40]
    place_id = f"{SOURCE}:{code}" if level.pcode else f"{SOURCE}:{unit.cc.lower()}-{unit.order}-{code}"
    near = gazetteer.around(lat, lon, unit.cc)
    adm1 = code if unit.order == 1 else parent.adm1 if parent else near.adm1
    adm2 = code if unit.order == 2 else parent.adm2 if parent and unit.order == 3 else None
    return Entry(
        number_of(place_id), place_id, level.names[0], f"admin{unit.order}", "A", f"ADM{unit.order}", unit.cc, adm1, adm2,
        code if unit.order == 3 else None, lat, lon, min(radius, 2000.0), 0, near.zone, SOURCE,
    )  # fmt: skip


def _write(db: sqlite3.Connection, unit: Found, entry: Entry, *, own_name: bool) -> None:
    if not all(map(math.isfinite, (entry.lat, entry.lon, entry.radius_km))):
        return
    db.execute(INSERT_PLACE, entry.row())
    own, *others = unit.level.names
    names = {fold(bare(own)): DERIVED} | {fold(other): ALTERNATE for other in others if usable(other)}
    names |= {fold(own): OWN, fold(entry.name): OWN} | ({fold(unit.level.pcode): OWN} if unit.level.pcode else {})
    db.executemany("insert into staged values (?,?,?)", [(key, entry.id, w) for key, w in names.items() if len(key) > 1])
    code = unit_code(entry.cc, *(entry.adm1, entry.adm2, entry.adm3)[: unit.order])
    if own_name and code is not None:
        db.execute("insert or replace into unit values (?,?,?)", (code, entry.id, entry.name))
    bones = skeleton(fold(own), entry.cc)
    if bones and entry.cc and entry.cc not in ONE_SPELLING:
        db.execute("insert into staged_skeleton values (?,?,?)", (entry.cc, bones, fold(own)))
