"""The tables of a gazetteer file, and an entry as a row of them. One schema for what is built and for what a person added."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

# id: the GeoNames id where there is one, else a number below 0 made from the reference, the same in every build: so a place
# that was added replaces the built one. ref: the reference of places that GeoNames does not have or that go by another.
TABLES = """
create table place (id integer primary key, ref text, name text not null, kind text not null, fclass text, fcode text,
                    cc text, adm1 text, adm2 text, adm3 text, lat real not null, lon real not null, radius_km real not null,
                    pop integer not null, zone text, source text not null,
                    geonameid integer generated always as (case when id > 0 then id end) virtual);
create table name (key text, place_id integer, weight real not null, primary key (key, place_id)) without rowid;
create table skeleton (cc text, key text, place_key text, primary key (cc, key, place_key)) without rowid;
create table unit (code text primary key, place_id integer, name text not null) without rowid;
create table first_word (word text primary key, longest integer) without rowid;
create table meta (source text primary key, title text, version text, licence text, credit text, places integer) without rowid;
"""
BUILT_ONLY = """
create table demonym (key text primary key, country text) without rowid;
create table abbreviation (key text, place_id integer, primary key (key, place_id)) without rowid;
create table neighbour (country text, other text, primary key (country, other)) without rowid;
create table capital (country text primary key, key text) without rowid;
create table airport (place_id integer primary key, city text, country text, lat real, lon real, rank real);
"""
INDEXES = """
create unique index place_ref on place (ref) where ref is not null;
create index place_spot on place (cc, lat) where kind = 'city' and zone is not null and pop >= 5000;
"""
INSERT_PLACE = (
    "insert or replace into place "
    "(id, ref, name, kind, fclass, fcode, cc, adm1, adm2, adm3, lat, lon, radius_km, pop, zone, source) "
    "values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)
OWN, ALTERNATE, DERIVED = 1.0, 0.7, 0.5  # weight of a name: its own, another one, one that we made by leaving a word away


@dataclass(slots=True)
class Entry:
    """A row of the table `place`. radius_km as Place has it."""

    id: int
    ref: str | None
    name: str
    kind: str
    fclass: str | None
    fcode: str | None
    cc: str | None
    adm1: str | None
    adm2: str | None
    adm3: str | None
    lat: float
    lon: float
    radius_km: float
    pop: int
    zone: str | None
    source: str

    def row(self) -> tuple[object, ...]:
        return (
            self.id, self.ref, self.name, self.kind, self.fclass, self.fcode, self.cc, self.adm1, self.adm2, self.adm3,
            round(self.lat, 5), round(self.lon, 5), round(self.radius_km, 1), self.pop, self.zone, self.source,
        )  # fmt: skip


def number_of(place_id: str) -> int:
    """The key of the table for an id of Place: "geonames:1138958" -> 1138958; others a number below 0."""
    source, _, rest = place_id.partition(":")
    if source == "geonames" and rest.isascii() and rest.isdigit() and len(rest) < 16:
        return int(rest)
    return -(int.from_bytes(hashlib.sha256(place_id.encode()).digest()[:6], "big") + 1)


def unit_code(cc: str | None, *codes: str | None) -> str | None:
    """ "ML.04.7670549" of ("ML", "04", "7670549"); None where a code is missing."""
    return ".".join((cc, *codes)) if cc and all(codes) else None  # type: ignore[arg-type]


def add_first_words(db: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Note how many words the longest name has that begins with a word, for words that begin names of several words."""
    longest: dict[str, int] = {}
    for key in keys:
        words = key.count(" ") + 1
        if words > 1:
            first = key[: key.index(" ")]
            if longest.get(first, 0) < words:
                longest[first] = words
    db.executemany(
        "insert into first_word values (?,?) on conflict (word) do update set longest = max(longest, excluded.longest)",
        longest.items(),
    )
