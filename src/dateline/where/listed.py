"""Places of our own lists (data/places*.toml) for the build: those that the packages lack, and news names of those they have."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from dateline.where.filling import Filling, Spot
from dateline.where.names import fold
from dateline.where.nearest import Around, around
from dateline.where.place import distance_km
from dateline.where.schema import OWN, Entry, number_of

KINDS = {  # section of places.toml -> kind of place, GeoNames class and code
    "admin1": ("admin1", "A", "ADM1"),
    "admin2": ("admin2", "A", "ADM2"),
    "town": ("city", "P", "PPL"),
    "region": ("region", "L", "RGN"),
    "river": ("region", "H", "STM"),
    "road": ("region", "R", "RD"),
    "mountain": ("region", "T", "MTS"),
    "forest": ("region", "V", "FRST"),
    "lake": ("region", "H", "LK"),
    "island": ("region", "T", "ISL"),
    "camp": ("site", "S", "CMPRF"),
    "base": ("site", "S", "INSM"),
    "site": ("site", "S", None),
    "airport": ("airport", "S", "AIRP"),
    "sea": ("sea", "H", "SEA"),
    "crossing": ("site", "S", "PSTB"),
}
SAME_KM = {"city": 30.0, "admin2": 60.0}  # an entry of our lists this near to a place of its name and kind is that place
REACH = 1.5  # and within so many radii: a district that stands at its province's point may lie anywhere in it


def hand_keys(hand: Mapping[str, Any]) -> frozenset[str]:
    """Every folded name of our lists."""
    return frozenset(fold(n) for section, _, name, values in _entries(hand) for n in (name, *values[3:]))


def _entries(hand: Mapping[str, Any]) -> Iterator[tuple[str, str, str, list[Any]]]:
    for section in KINDS:
        for country, entries in hand.get(section, {}).items():
            for name, values in entries.items():
                yield section, country, name, values


def add_hand_places(filling: Filling, hand: Mapping[str, Any], units: set[tuple[str, str]]) -> None:
    """Add the lists. units: (country, name) of the first-order units that are in already, at our points."""
    filling.flush()
    for section, country, name, values in _entries(hand):
        lat, lon, radius, *aliases = values
        kind, fclass, fcode = KINDS[section]
        if section == "admin1" and (country, name) in units:
            continue
        code = None if country == "XX" else country
        same = _same(filling, (name, *aliases), kind, code, lat, lon)
        if same is not None:
            filling.name(same, [(n, OWN) for n in (name, *aliases)])
            _listed_too(filling.db, same, name, lat, lon, float(radius))
            continue
        near = around(filling.db, code, lat, lon) if kind in ("city", "site", "airport", "admin2") else Around()
        place_id = f"dateline:{section}-{country}-{fold(name).replace(' ', '-')}".lower()
        entry = Entry(
            number_of(place_id), place_id, name, kind, fclass, fcode, code, near.adm1, None, None, lat, lon, float(radius), 0,
            near.zone, "hand",
        )  # fmt: skip
        filling.add(entry, [(alias, OWN) for alias in aliases])


def _same(
    filling: Filling, names: tuple[str, ...], kind: str, country: str | None, lat: float, lon: float
) -> Spot | None:
    """The place of the packages that an entry of our lists is: called so, of its kind and country, and near."""
    if kind not in SAME_KM:
        return None
    for name in names:
        near = [
            (distance_km(spot.lat, spot.lon, lat, lon), spot)
            for spot in filling.spots.get(fold(name), ())
            if spot.kind == kind and spot.cc == country
        ]
        within = [pair for pair in near if pair[0] < max(SAME_KM[kind], REACH * pair[1].radius_km)]
        if within:
            return min(within, key=lambda pair: (-pair[1].pop, pair[0]))[1]
    return None


def _listed_too(db: sqlite3.Connection, same: Spot, name: str, lat: float, lon: float, radius: float) -> None:
    """Mark that our lists name a place too. A town keeps GeoNames' point, which is surveyed; a unit takes ours and our name."""
    if same.kind == "city":
        db.execute("update place set source = source || '+hand' where id = ? and instr(source, 'hand') = 0", (same.id,))
        return
    db.execute(
        "update place set name = ?, lat = ?, lon = ?, radius_km = ?, source = 'hand+geonames' where id = ?",
        (name, lat, lon, radius, same.id),
    )
    db.execute("update unit set name = ? where place_id = ?", (name, same.id))
