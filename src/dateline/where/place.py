"""Place: an entry of the gazetteer; and what gathering the entries needs."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from dateline.where.names import fold

ARABIC = frozenset(
    [
        "AE",
        "BH",
        "DJ",
        "DZ",
        "EG",
        "ER",
        "IL",
        "IQ",
        "IR",
        "JO",
        "KW",
        "LB",
        "LY",
        "MA",
        "MR",
        "OM",
        "PS",
        "QA",
        "SA",
        "SD",
        "SO",
        "SS",
        "SY",
        "TD",
        "TN",
        "YE",
    ]
)
ARTICLES = frozenset(["al", "el", "ad", "ar", "as", "at", "az", "an", "ash", "adh", "ath"])


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the gazetteer. WGS84 degrees; radius_km: how far from the point the place itself reaches."""

    id: str  # "geonames:1138958", "iata:KBL", "iso:AF-KAB", "iso:AF", "dateline:..."
    name: str
    kind: str  # as Where.kind
    country: str | None  # ISO 3166 alpha-2; None: seas and regions of several countries
    admin1: str | None
    admin2: str | None
    lat: float
    lon: float
    radius_km: float
    population: int  # 0: not known


@dataclass
class Gathered:
    """Places while they are gathered, with the folded names that lead to each."""

    places: dict[str, Place] = field(default_factory=dict)
    names: set[tuple[str, str]] = field(default_factory=set)

    def add(self, place: Place, names: Iterable[str]) -> None:
        self.places.setdefault(place.id, place)
        for key in {fold(name) for name in (place.name, *names)}:
            for variant in key_variants(key, place.country):
                self.names.add((variant, place.id))


def key_variants(key: str, country: str | None) -> Iterator[str]:
    """`key`, and where an Arabic name has its article, the ways the article is written."""
    if len(key) < 2:
        return
    yield key
    first, _, rest = key.partition(" ")
    if country in ARABIC and first in ARTICLES and len(rest) > 3:
        yield f"al {rest}"
        yield f"el {rest}"
        if " " not in rest and len(rest) > 4:
            yield rest


def hand_lists(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("dateline.data").joinpath(name).read_text(encoding="utf-8"))


def usable(name: str) -> bool:
    """Whether an alternate name may stand in English text: Latin letters, capitalised, no airport code."""
    return (
        len(name) > 3
        and name[0].isupper()
        and name[0].isascii()
        and not name.isupper()
        and name.isprintable()
        and (max(name) < "ɐ" or fold(name).isascii())
    )


def bare(unit: str) -> str:
    """A unit's name without its place noun: "Gao Region" -> "Gao"."""
    words = unit.split("[")[0].split(",")[0].split()
    nouns = {"province", "region", "state", "district", "governorate", "county", "department", "oblast", "prefecture"}
    while len(words) > 1 and words[-1].lower().strip("'s") in nouns:
        words.pop()
    return " ".join(words)


def plain(name: str) -> str:
    """`name` as English print has it: "Kābul" -> "Kabul", while "Chocó" keeps its accent."""
    kept = "".join(c if c < "Ā" else fold(c) for c in name.replace("-", " ") if c not in "ʻʼ‘’")
    return kept[:1].upper() + kept[1:]


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Middle of the box around `points`. Nearer to a province's own middle than the mean, that its capital pulls."""
    lats, lons = [p[0] for p in points], [p[1] for p in points]
    return (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance between two points in degrees, on a sphere of 6,371 km."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, h)))
