"""The countries of the world as the desk's map draws them (Natural Earth, public domain), for a picture drawn on the server."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

Ring = tuple[tuple[float, float], ...]
Detail = Literal["110m", "50m"]


@dataclass(frozen=True, slots=True)
class Shape:
    """One polygon of a country: its outer edge and the holes in it, (longitude, latitude) each; west, south, east, north."""

    edge: Ring
    holes: tuple[Ring, ...]
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Outlines:
    """lands: all polygons, none of which crosses the antimeridian; borders: lines between two countries."""

    lands: tuple[Shape, ...]
    borders: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A country's name, a point inside it, and how large it is (square root of its area in degrees)."""

    name: str
    lon: float
    lat: float
    size: float


@cache
def outlines(detail: Detail) -> Outlines:
    lands: list[Shape] = []
    borders: list[Ring] = []
    for feature in _read(f"countries-{detail}.json")["features"]:
        shape = feature["geometry"]
        if shape["type"] == "MultiLineString":
            borders += [_ring(line) for line in shape["coordinates"]]
        else:
            lands += [_shape(polygon) for polygon in shape["coordinates"]]
    return Outlines(tuple(lands), tuple(borders))


@cache
def names() -> tuple[Name, ...]:
    """Countries' names, the larger ones first."""
    return tuple(Name(*row) for row in _read("labels.json"))


def _shape(polygon: list[list[list[float]]]) -> Shape:
    edge, *holes = (_ring(ring) for ring in polygon)
    lons, lats = [lon for lon, _ in edge], [lat for _, lat in edge]
    return Shape(edge, tuple(holes), (min(lons), min(lats), max(lons), max(lats)))


def _ring(points: list[list[float]]) -> Ring:
    return tuple((lon, lat) for lon, lat in points)


def _read(name: str) -> Any:
    return json.loads(resources.files("dateline.desk").joinpath("static", "outlines", name).read_text(encoding="utf-8"))
