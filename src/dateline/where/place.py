"""Place: an entry of the gazetteer; and the geometry of points."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from dateline.where.names import fold

KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the gazetteer. WGS84 degrees; radius_km: how far from the point the place itself reaches.

    adm1, adm2, adm3: codes of the units around it (for a unit: with its own), GeoNames' or, where only OCHA has the unit, its
    P-code; they tell units of one name apart, which the names cannot. source: who gives the point, and after "+" who else
    lists the place.
    """

    id: str  # "geonames:1138958", "iata:KBL", "iso:AF", "dateline:town-sy-baghuz", "ocha:ML0101", "person:kwatai-ng-1"
    name: str
    kind: str  # as Where.kind
    country: str | None  # ISO 3166 alpha-2; None: seas and regions of several countries
    admin1: str | None  # names
    admin2: str | None
    lat: float
    lon: float
    radius_km: float
    population: int  # 0: not known
    admin3: str | None = None
    adm1: str | None = None  # codes
    adm2: str | None = None
    adm3: str | None = None
    feature: str | None = None  # GeoNames feature code where known: "PPLC", "CMPRF", "STM"
    zone: str | None = None  # IANA name; of a country: only where it has one zone
    source: str = ""

    @property
    def hand_listed(self) -> bool:
        """Whether the project's own lists name it: war made it known."""
        return "hand" in self.source


def hand_lists(name: str) -> dict[str, Any]:
    """The list `name` of the data folder together with its parts: "places.toml" with every "places_*.toml", as one.

    A part adds sections and entries; one that an earlier part has stays as it is.
    """
    whole: dict[str, Any] = {}
    for part in list_parts(name):
        _add_part(whole, one_list(part))
    return whole


def one_list(name: str) -> dict[str, Any]:
    """The file `name` of the data folder alone, without its parts: its word lists and names of countries stand in it."""
    return tomllib.loads(resources.files("dateline.data").joinpath(name).read_text(encoding="utf-8"))


def list_parts(name: str) -> list[str]:
    """Names of the files that make up the list `name`, the list itself first."""
    stem = name.removesuffix(".toml")
    names = [item.name for item in resources.files("dateline.data").iterdir()]
    return [name, *sorted(n for n in names if n.startswith(f"{stem}_") and n.endswith(".toml"))]


def _add_part(whole: dict[str, Any], part: dict[str, Any]) -> None:
    for key, value in part.items():
        known = whole.setdefault(key, value)
        if known is not value and isinstance(known, dict):
            _add_part(known, value)


def plain(name: str) -> str:
    """`name` as English print has it: "Kābul" -> "Kabul", while "Chocó" keeps its accent."""
    kept = "".join(c if c < "Ā" or not c.isalpha() else fold(c) for c in name if c not in "ʻʼ‘’")
    return kept[:1].upper() + kept[1:]


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Middle of the box around `points`. Nearer to a province's own middle than the mean, that its capital pulls."""
    lats, lons = [p[0] for p in points], [p[1] for p in points]
    west, east = min(lons), max(lons)
    if east - west > 180:  # across the date line: Chukotka, Fiji
        lons = [lon % 360 for lon in lons]
        west, east = min(lons), max(lons)
    lon = (west + east) / 2
    return (min(lats) + max(lats)) / 2, lon - 360 if lon > 180 else lon


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance between two points in degrees, on a sphere of 6,371 km."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, h)))
