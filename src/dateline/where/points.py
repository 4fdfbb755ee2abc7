"""Places that a person knows: added to the gazetteer with who said so, when, and why; taken away again by name."""

from __future__ import annotations

import math
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dateline.errors import SettingsError
from dateline.where.added import adding, in_plain_words, open_added, sort_in
from dateline.where.filling import ONE_SPELLING
from dateline.where.gazetteer import Gazetteer
from dateline.where.names import fold
from dateline.where.place import Place, distance_km
from dateline.where.schema import INSERT_PLACE, OWN, Entry, number_of
from dateline.where.spelling import skeleton

SOURCE = "person"
KINDS = {  # what a person may call it: kind of place, GeoNames class and code, radius in km
    "village": ("city", "P", "PPL", 2.0),
    "town": ("city", "P", "PPL", 4.0),
    "city": ("city", "P", "PPL", 8.0),
    "quarter": ("city", "P", "PPLX", 1.0),
    "camp": ("site", "S", "CMPRF", 2.0),
    "base": ("site", "S", "INSM", 3.0),
    "site": ("site", "S", None, 1.0),
    "airport": ("airport", "S", "AIRP", 3.0),
    "district": ("admin2", "A", "ADM2", 20.0),
    "region": ("region", "L", "RGN", 50.0),
    "river": ("region", "H", "STM", 30.0),
    "road": ("region", "R", "RD", 30.0),
    "mountain": ("region", "T", "MT", 10.0),
    "forest": ("region", "V", "FRST", 15.0),
}
NEAR_KM = 100.0  # a place is near another within this, or within the other's own reach and half
SAME_KM = 3.0  # the same name this near is the same place, whose point is corrected
UNIT_KM = 15.0  # a town this near lies in the same district, as a rule
MOST_CHARS = 120


@dataclass(frozen=True, slots=True)
class NewPoint:
    """What a person says of a place. near: a place that the gazetteer knows; country: ISO 3166 alpha-2."""

    name: str
    lat: float
    lon: float
    kind: str = "village"
    near: str | None = None
    country: str | None = None
    aliases: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A place of a person as it is held."""

    place: Place
    who: str
    at: str  # UTC
    note: str | None


def add_point(new: NewPoint, gazetteer: Gazetteer, added: Path, *, who: str, at: datetime) -> str:
    """Add a place, or correct the point of one that a person added before. Returns its id.

    Raises SettingsError for what cannot be: a point out of range or far from `near`, a country that is none.
    """
    _check(new)
    near = _near(new, gazetteer)
    country = new.country.upper() if new.country else near.country if near else gazetteer.country_at(new.lat, new.lon)
    if country is not None and gazetteer.country(country) is None:
        raise SettingsError(f"--country {country!r}: no such country; give its ISO 3166 code, such as NG")
    kind, fclass, fcode, radius = KINDS[new.kind]
    around = gazetteer.around(new.lat, new.lon, country)
    adm1, adm2 = around.adm1, None
    if near is not None and near.country == country and near.kind in ("admin1", "admin2", "city"):
        inside = near.kind != "city" or distance_km(near.lat, near.lon, new.lat, new.lon) <= UNIT_KM
        adm1, adm2 = near.adm1 or adm1, near.adm2 if inside else None
    with adding(added) as db:
        place_id = _id_for(db, new, country)
        entry = Entry(
            number_of(place_id), place_id, _clean(new.name), kind, fclass, fcode, country, adm1, adm2, None, new.lat, new.lon,
            radius, 0, around.zone, SOURCE,
        )  # fmt: skip
        db.execute(INSERT_PLACE, entry.row())
        for name in (new.name, *new.aliases):
            key = fold(name)
            db.execute("insert into staged values (?,?,?)", (key, entry.id, OWN))
            bones = skeleton(key, country)
            if bones and country and country not in ONE_SPELLING:
                db.execute("insert into staged_skeleton values (?,?,?)", (country, bones, key))
        told = at.strftime("%Y-%m-%dT%H:%M:%SZ")
        note = _clean(new.note) if new.note else None
        db.execute("insert or replace into person values (?,?,?,?)", (entry.id, _clean(who), told, note))
        db.commit()
        sort_in(db)
    return place_id


def points_called(name: str, gazetteer: Gazetteer) -> list[Place]:
    """The places of that name that a person added."""
    return [place for place in gazetteer.lookup(name) if place.source == SOURCE]


def remove_point(place: Place, added: Path) -> None:
    """Take away a place that a person added, with its names."""
    key = number_of(place.id)
    with adding(added) as db:
        db.execute("delete from place where id = ?", (key,))
        db.execute("delete from person where place_id = ?", (key,))
        db.execute("delete from name where place_id = ?", (key,))
        db.commit()


def person_of(place: Place, added: Path) -> Known | None:
    """Who added a place, when and why; None where no person did."""
    db = open_added(added) if place.source == SOURCE else None
    if db is None:
        return None
    with in_plain_words(added):
        row = db.execute("select who, at, note from person where place_id = ?", (number_of(place.id),)).fetchone()
        db.close()
    return Known(place, *row) if row else None


def _check(new: NewPoint) -> None:
    if new.kind not in KINDS:
        raise SettingsError(f"--kind {new.kind!r}: must be one of {', '.join(KINDS)}")
    if not (math.isfinite(new.lat) and -90 <= new.lat <= 90):
        raise SettingsError(f"latitude {new.lat:g}: must lie between -90 and 90; the latitude is given first")
    if not (math.isfinite(new.lon) and -180 <= new.lon <= 180):
        raise SettingsError(f"longitude {new.lon:g}: must lie between -180 and 180")
    if abs(new.lat) < 0.001 and abs(new.lon) < 0.001:
        raise SettingsError("0,0 is where no place is; give the point in degrees, latitude first")
    for name in (new.name, *new.aliases):
        if len(name) > MOST_CHARS or not name.isprintable() or len(fold(name)) < 2:
            raise SettingsError(f"{_clean(name)[:MOST_CHARS]!r}: no name of a place; give it as reports print it")


def _near(new: NewPoint, gazetteer: Gazetteer) -> Place | None:
    """The place that `new.near` names, which must be near the point. Of several the nearest is meant."""
    if new.near is None:
        return None
    places = [p for p in gazetteer.lookup(new.near) if new.country is None or p.country == new.country.upper()]
    if not places:
        raise SettingsError(f"--near {_clean(new.near)!r}: the gazetteer knows no such place; leave it out, or name a larger one")
    away, near = min(((distance_km(p.lat, p.lon, new.lat, new.lon), p) for p in places), key=lambda pair: pair[0])
    if away <= max(NEAR_KM, 1.5 * near.radius_km):
        return near
    swapped = abs(new.lon) <= 90 and min(distance_km(p.lat, p.lon, new.lon, new.lat) for p in places) <= NEAR_KM
    todo = "latitude and longitude are the wrong way round" if swapped else "check the point, or leave --near out"
    raise SettingsError(f"the point lies {away:,.0f} km from {near.name}, {near.country}; {todo}")


def _id_for(db: sqlite3.Connection, new: NewPoint, country: str | None) -> str:
    """The id of the person's place of this name here, or the next one that is free: "person:kwatai-ng-1"."""
    stem = f"{SOURCE}:{fold(new.name).replace(' ', '-')}-{(country or 'xx').lower()}"
    number = 1
    while True:
        place_id = f"{stem}-{number}"
        row = db.execute("select lat, lon from place where ref = ?", (place_id,)).fetchone()
        if row is None or distance_km(row[0], row[1], new.lat, new.lon) <= SAME_KM:
            return place_id
        number += 1


def _clean(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
