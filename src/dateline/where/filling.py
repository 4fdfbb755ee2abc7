"""Fill the tables of a gazetteer: rows are staged as they come, names are sorted once at the end."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dateline.where.names import fold, key_variants
from dateline.where.schema import DERIVED, INSERT_PLACE, OWN, Entry, add_first_words
from dateline.where.spelling import skeleton

BATCH = 20_000
# Large countries whose names have one spelling in Latin letters: their names get no transliteration key, which halves the index.
ONE_SPELLING = frozenset([
    "US", "CA", "GB", "IE", "AU", "NZ", "FR", "BE", "NL", "LU", "CH", "LI", "AT", "DE", "DK", "SE", "NO", "FI", "IS", "EE",
    "LV", "LT", "PL", "CZ", "SK", "HU", "RO", "SI", "HR", "IT", "SM", "MT", "ES", "PT", "AD", "MC", "BR", "AR", "CL", "UY",
    "PY", "BO", "PE", "EC", "VE", "CO", "PA", "CR", "NI", "HN", "SV", "GT", "MX", "CU", "DO", "PR", "JM",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a staged place lies: enough to tell whether an entry of our lists is the same place."""

    id: int
    kind: str
    cc: str | None
    lat: float
    lon: float
    radius_km: float
    pop: int


class Filling:
    """A gazetteer being filled. wanted: folded names whose places are asked for while it is filled (`spots`)."""

    def __init__(self, db: sqlite3.Connection, wanted: frozenset[str] = frozenset()) -> None:
        self.db = db
        self.spots: dict[str, list[Spot]] = defaultdict(list)
        self._wanted = wanted
        self._places: list[tuple[object, ...]] = []
        self._names: list[tuple[str, int, float]] = []
        db.execute("create temp table staged (key text, place_id integer, weight real)")

    def add(self, entry: Entry, names: Iterable[tuple[str, float]] = ()) -> None:
        """A place with the names it has beside its own; each with its weight."""
        self._places.append(entry.row())
        spot = Spot(entry.id, entry.kind, entry.cc, entry.lat, entry.lon, entry.radius_km, entry.pop)
        self.name(spot, [(entry.name, OWN), *names])
        if len(self._places) >= BATCH:
            self.flush()

    def name(self, spot: Spot, names: Iterable[tuple[str, float]]) -> None:
        """Further names of a place that is there."""
        weights: dict[str, float] = {}
        for name, weight in names:
            key = fold(name)
            if len(key) < 2:
                continue
            weights[key] = max(weight, weights.get(key, 0.0))
            for variant in key_variants(key, spot.cc):
                weights.setdefault(variant, min(weight, DERIVED))
        for key, weight in weights.items():
            self._names.append((key, spot.id, weight))
            if key in self._wanted:
                self.spots[key].append(spot)

    def flush(self) -> None:
        self.db.executemany(INSERT_PLACE, self._places)
        self.db.executemany("insert into staged values (?,?,?)", self._names)
        self._places.clear()
        self._names.clear()

    def finish(self) -> None:
        """Sort the names into their table and make the keys by which they are found."""
        self.flush()
        self.db.execute("insert into name select key, place_id, max(weight) from staged group by key, place_id")
        self.db.execute("drop table staged")
        add_first_words(self.db, (key for (key,) in self.db.execute("select distinct key from name where instr(key, ' ')")))
        rows = self.db.execute(
            "select distinct place.cc, name.key from name join place on place.id = place_id "
            "where weight > ? and kind in ('city', 'admin1', 'admin2', 'site')",
            (DERIVED,),
        )
        bones = ((cc, skeleton(key, cc), key) for cc, key in rows if cc and cc not in ONE_SPELLING)
        self.db.executemany("insert or ignore into skeleton values (?,?,?)", sorted(row for row in bones if row[1]))
