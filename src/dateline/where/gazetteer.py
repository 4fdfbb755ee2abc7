"""The gazetteer: names to places, read from two SQLite files of one schema.

One is built at first use from the installed packages and our own tables and lists, and again when one of them changes. It lies in
the user's cache folder; its name carries a hash of what it was built from, so an old file is never read and two versions may lie
side by side. The other, in the data folder, holds what a person added (added.py). A look-up asks both; what was added wins.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from dateline.where.added import added_path, open_added
from dateline.where.build import build
from dateline.where.names import fold
from dateline.where.nearest import Around, around
from dateline.where.place import Place, distance_km, list_parts
from dateline.where.schema import number_of
from dateline.where.sources import PACKAGES, SourceTold, told_sources
from dateline.where.spelling import like_enough, skeleton

__all__ = ["Gazetteer", "Named", "Place", "distance_km", "load_gazetteer"]

FORMAT = 9  # raise when the builder changes what it writes
TABLES = ("admin_units.tsv.xz", "city_units.tsv.xz", "admin1_points.csv", "country_points.csv")
HAND_LISTS = ("places.toml", "demonyms.toml")
AIRPORT_REACH_KM = 70.0  # the airports that news call "the Baku airport" lie within it
TOWN_DEGREES = 0.3  # no town reaches farther from its middle
OUTSKIRTS_KM = 2.0  # a town's size is reckoned from its people
COLUMNS = (
    "place.id, place.ref, place.name, place.kind, place.cc, place.adm1, place.adm2, place.adm3, place.lat, place.lon, "
    "place.radius_km, place.pop, place.fcode, place.zone, place.source"
)
MAX_NAME = 120  # characters; no place name is longer
MOST_NAMESAKES = 150  # those of our lists, then the most populous; a dozen names have more
MOST_SPELLINGS = 12
Row = tuple[Any, ...]
Named = tuple[Place, float]  # a place and the weight of the name that led to it: 1.0 its own, less for others


class Gazetteer:
    """Read-only look-ups. Names are folded: case, accents, hyphens and apostrophes do not matter."""

    def __init__(self, path: Path, added: Path | None = None) -> None:
        """path: the built file. added: what a person added; a file that is not there holds nothing."""
        self.path = path
        self._added = open_added(added) if added is not None else None
        self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self.named = lru_cache(maxsize=32768)(self._named)
        self.by_key = lru_cache(maxsize=32768)(self._by_key)
        self.longest_from = lru_cache(maxsize=32768)(self._longest_from)
        self.demonym = lru_cache(maxsize=32768)(self._demonym)
        self.airport_near = lru_cache(maxsize=4096)(self._airport_near)
        self.neighbours = lru_cache(maxsize=512)(self._neighbours)
        self.country = lru_cache(maxsize=512)(self._country)
        self.zone_at = lru_cache(maxsize=8192)(self._zone_at)
        self._unit_name = lru_cache(maxsize=16384)(self._name_of_unit)

    def sources(self) -> list[SourceTold]:
        """What the gazetteer is made of, with versions, licences and counts."""
        return told_sources(self._db, self._added)

    def lookup(self, name: str) -> tuple[Place, ...]:
        """Every place called `name`, the most populous first; empty when there is none."""
        return self.by_key(fold(name)) if len(name) <= MAX_NAME else ()

    def lookup_named(self, name: str) -> tuple[Named, ...]:
        """As `lookup`, each with the weight of that name for it: 1.0 its own, less for an alternate."""
        return self.named(fold(name)) if len(name) <= MAX_NAME else ()

    def get(self, place_id: str) -> Place | None:
        for db in self._both():
            for question, value in (("id = ?", number_of(place_id)), ("ref = ?", place_id)):
                row = db.execute(f"select {COLUMNS} from place where {question}", (value,)).fetchone()
                if row is not None:
                    return self._place(row)
        return None

    def capital(self, code: str) -> Place | None:
        """The city in which the country of alpha-2 `code` is governed."""
        row = self._db.execute("select key from capital where country = ?", (code,)).fetchone()
        cities = [p for p in self.by_key(row[0]) if p.country == code and p.kind == "city"] if row else []
        return cities[0] if cities else None

    def abbreviation(self, short: str) -> tuple[Place, ...]:
        """What "Ind." or "IN" after a comma means."""
        rows = self._db.execute("select place_id from abbreviation where key = ?", (fold(short),)).fetchall()
        found = self._rows_of([key for (key,) in rows])
        return tuple(self._place(found[key]) for (key,) in rows if key in found)

    def similar(self, name: str, countries: Iterable[str]) -> tuple[Place, ...]:
        """Places of `countries` (alpha-2) whose names are other spellings of `name`, the likest first.

        "Al Hawl" for "Al-Hol", "Hudaydah" for "Hodeidah". Those of exactly that name are among them; ask `lookup` first.
        """
        key = fold(name)
        if not 2 < len(key) <= MAX_NAME:
            return ()
        found: dict[str, tuple[float, float, Place]] = {}
        for code in dict.fromkeys(countries):
            for other, like in self._spellings(key, code):
                for place, weight in self.named(other):
                    rank = (like, weight, place)
                    if place.country == code and place.kind != "country" and rank[:2] > found.get(place.id, (0.0, 0.0))[:2]:
                        found[place.id] = rank
        ranked = sorted(found.values(), key=lambda r: (-round(r[0], 2), -r[1], -r[2].population, r[2].id))
        return tuple(place for _, _, place in ranked[:MOST_SPELLINGS])

    def words_of_known(self, population: int) -> set[str]:
        """Folded words of the names of countries, provinces and cities with at least `population` inhabitants."""
        rows = self._db.execute(
            "select distinct key from name join place on place.id = place_id "
            "where kind in ('country', 'admin1') or (kind = 'city' and pop >= ?)",
            (population,),
        )
        return {word for (key,) in rows for word in key.split(" ")}

    def _by_key(self, key: str) -> tuple[Place, ...]:
        return tuple(place for place, _ in self.named(key))

    def _named(self, key: str) -> tuple[Named, ...]:
        """The places of the folded name `key` with the weight of that name for each, the most populous first."""
        query = (
            f"select weight, place_id, {COLUMNS} from name left join place on place.id = place_id where key = ? "
            "order by instr(source, 'hand') > 0 desc, pop desc, place_id limit ?"
        )
        rows = self._db.execute(query, (key, MOST_NAMESAKES)).fetchall()
        if self._added is not None:
            rows = self._with_added(rows, self._added.execute(query, (key, MOST_NAMESAKES)).fetchall())
        rows.sort(key=lambda row: (-row[13], row[1]))
        return tuple((self._place(row[2:]), row[0]) for row in rows)

    def _with_added(self, built: list[Row], added: list[Row]) -> list[Row]:
        """Both files' rows for one name: a place that is in both as it was added, with the better weight.

        A row of `added` may have no place: a file's name for a unit of which the built file has the better point.
        """
        if not added and not self._replaced([row[1] for row in built]):
            return built
        weights: dict[int, float] = {}
        for weight, place_id, *_ in (*built, *added):
            weights[place_id] = max(weight, weights.get(place_id, 0.0))
        rows = [(weights[place_id], place_id, *row) for place_id, row in self._rows_of(weights).items()]
        return sorted(rows, key=lambda row: (-("hand" in row[16]), -row[13], row[1]))[:MOST_NAMESAKES]

    def _replaced(self, ids: list[int]) -> bool:
        """Whether one of the places `ids` was added."""
        if self._added is None or not ids:
            return False
        query = f"select 1 from place where id in ({','.join('?' * len(ids))}) limit 1"
        return self._added.execute(query, ids).fetchone() is not None

    def _rows_of(self, ids: Iterable[int]) -> dict[int, Row]:
        """The rows of the places `ids`, as they were added where they were."""
        wanted, found = list(ids), dict[int, Row]()
        for db in reversed(self._both()):
            query = f"select {COLUMNS} from place where id in ({','.join('?' * len(wanted))})"
            found.update((row[0], row) for row in db.execute(query, wanted))
        return found

    def _both(self) -> list[sqlite3.Connection]:
        """What was added, where something was; then what was built."""
        return [self._added, self._db] if self._added is not None else [self._db]

    def _place(self, row: Row) -> Place:
        key, ref, name, kind, cc, adm1, adm2, adm3, lat, lon, radius, pop, fcode, zone, source = row
        first = self._unit_name(f"{cc}.{adm1}") if adm1 else None
        second = self._unit_name(f"{cc}.{adm1}.{adm2}") if adm2 else None
        third = self._unit_name(f"{cc}.{adm1}.{adm2}.{adm3}") if adm3 else None
        if kind == "admin1":
            first, second, third = name, None, None
        elif kind == "admin2":
            second, third = name, None
        elif kind == "admin3":
            third = name
        return Place(
            ref or f"geonames:{key}", name, kind, cc, first, second, lat, lon, radius, pop, third, adm1, adm2, adm3,
            fcode, zone, source,
        )  # fmt: skip

    def _name_of_unit(self, code: str) -> str | None:
        for db in reversed(self._both()):
            row = db.execute("select name from unit where code = ?", (code,)).fetchone()
            if row:
                return str(row[0])
        return None

    def _country(self, code: str) -> Place | None:
        return self.get(f"iso:{code}")

    def _spellings(self, key: str, country: str) -> list[tuple[str, float]]:
        """Names in `country` that share the skeleton of `key` and sound like it, with how much."""
        bones = skeleton(key, country)
        if bones is None:
            return []
        query = "select place_key from skeleton where cc = ? and key = ?"
        others = {other for db in self._both() for (other,) in db.execute(query, (country, bones))}
        likes = ((other, like_enough(key, other, bones, country)) for other in sorted(others))
        return [(other, like) for other, like in likes if like is not None]

    def _longest_from(self, word: str) -> int:
        """How many words the longest name has that begins with the folded `word`; 0: no name does."""
        longest = 0
        for db in self._both():
            row = db.execute("select longest from first_word where word = ?", (word,)).fetchone()
            known = row or db.execute("select 1 from name where key = ? limit 1", (word,)).fetchone() or (0,)
            longest = max(longest, known[0])
        return longest

    def _demonym(self, key: str) -> str | None:
        """Alpha-2 code of the country whose people the folded `key` names."""
        for form in (key, key[:-1] if key.endswith("s") else key):
            row = self._db.execute("select country from demonym where key = ?", (form,)).fetchone()
            if row:
                return str(row[0])
        return None

    def _neighbours(self, country: str) -> frozenset[str]:
        return frozenset(row[0] for row in self._db.execute("select other from neighbour where country = ?", (country,)))

    def _zone_at(self, lat: float, lon: float, country: str) -> str | None:
        """IANA zone at a point of `country`: its only one, or that of the nearest town; None where no town is near."""
        place = self.country(country)
        return place.zone if place is not None and place.zone else self.around(lat, lon, country).zone

    def town_at(self, lat: float, lon: float, country: str) -> Place | None:
        """The largest town of `country` in which the point lies, as far as its size tells: the city of a square or an airport."""
        rows = self._db.execute(
            f"select {COLUMNS} from place where cc = ? and kind = 'city' and lat between ? and ? and lon between ? and ? "
            "order by pop desc limit 40",
            (country, lat - TOWN_DEGREES, lat + TOWN_DEGREES, lon - 2 * TOWN_DEGREES, lon + 2 * TOWN_DEGREES),
        )
        towns = (self._place(row) for row in rows)
        return next((t for t in towns if distance_km(lat, lon, t.lat, t.lon) <= t.radius_km + OUTSKIRTS_KM), None)

    def country_at(self, lat: float, lon: float) -> str | None:
        """Alpha-2 code of the country of the nearest town, where one is within some 100 km; for one question, not for many."""
        rows = self._db.execute(
            "select lat, lon, cc from place where kind = 'city' and lat between ? and ? and lon between ? and ?",
            (lat - 1, lat + 1, lon - 1.5, lon + 1.5),
        )
        return min(((distance_km(lat, lon, row[0], row[1]), row[2]) for row in rows), default=(0.0, None))[1]

    def around(self, lat: float, lon: float, country: str | None) -> Around:
        """What the nearest town of the built file tells of a point of `country`: its first-order unit and its zone."""
        return around(self._db, country, lat, lon)

    def _airport_near(self, city: Place) -> Place | None:
        """The airport meant by "the `city` airport": of that city by name, international, and near."""
        rows = self._db.execute(
            f"select airport.city, rank, {COLUMNS} from airport join place on place.id = place_id "
            "where airport.country = ? and airport.lat between ? and ?",
            (city.country, city.lat - 0.8, city.lat + 0.8),
        )
        names = {fold(city.name)}
        best: tuple[float, Place] | None = None
        for town, rank, *fields in rows:
            airport = self._place(tuple(fields))
            away = distance_km(city.lat, city.lon, airport.lat, airport.lon)
            if away > AIRPORT_REACH_KM:
                continue
            points = rank + 2.0 * (town in names) - away / 20
            if best is None or points > best[0]:
                best = (points, airport)
        return best[1] if best else None


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of this installation, built first when the cache has none for these sources (about 20 s).

    What is added later is not seen by this process.
    """
    return Gazetteer(built_file(), added_path())


def built_file(*, anew: bool = False) -> Path:
    """The path of the built file, which is built first where the cache has none for these sources; anew: also where it has."""
    path = gazetteer_path()
    if anew or not path.exists():
        print("building the gazetteer, once, about 20 s", file=sys.stderr, flush=True)
        write(path)
    return path


def gazetteer_path() -> Path:
    return cache_folder() / f"gazetteer-{fingerprint()}.sqlite"


def cache_folder() -> Path:
    given = os.environ.get("DATELINE_CACHE")
    if given:
        return Path(given)
    import platformdirs

    return Path(platformdirs.user_cache_dir("dateline"))


def fingerprint() -> str:
    """A hash of all that the gazetteer is made of: format, versions of the packages, our tables and lists."""
    parts = [str(FORMAT), *(f"{name}={metadata.version(name)}" for name in PACKAGES)]
    digest = hashlib.sha256("\n".join(parts).encode())
    for name in (*TABLES, *(part for whole in HAND_LISTS for part in list_parts(whole))):
        digest.update(resources.files("dateline.data").joinpath(name).read_bytes())
    return digest.hexdigest()[:16]


def write(path: Path) -> None:
    """Build into a file beside `path` and rename it: a reader sees no file or a whole one, whoever builds at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path.parent)
    handle, name = tempfile.mkstemp(suffix=".building", dir=path.parent)
    os.close(handle)
    try:
        connection = sqlite3.connect(name)
        try:
            connection.execute("pragma journal_mode = off")
            connection.execute("pragma synchronous = off")
            connection.execute("pragma temp_store = memory")
            with connection:
                build(connection)
            connection.execute("vacuum")  # rows came in no order: half the pages would be half empty
            connection.execute("analyze")
        finally:
            connection.close()
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _sweep(folder: Path) -> None:
    """Take away what builds left that were killed a day ago or earlier, and gazetteers that were built half a year ago."""
    for pattern, days in (("*.building", 1), ("gazetteer-*.sqlite", 180)):
        for old in folder.glob(pattern):
            try:
                if time.time() - old.stat().st_mtime > days * 86_400:
                    old.unlink()
            except OSError:  # another process was quicker, or holds it open
                continue
