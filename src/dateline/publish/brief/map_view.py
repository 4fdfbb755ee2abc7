"""Which part of the world a map of some points shows. Pure.

Plate carrée, narrowed by the cosine of the latitude in the middle: true enough over the area of a conflict, and nobody measures a
distance on the whole world.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

MARGIN = 0.18                     # of the span of the points, on each side
LEAST_KM = 2_200.0                # across: a reader must know the country from its neighbours
KM_PER_DEGREE = 111.2
WORLD_FROM = 150.0                # degrees between the outermost points from which the whole world is shown
WORLD_LATS = (-56.0, 78.0)


@dataclass(frozen=True, slots=True)
class View:
    """A rectangle of the world on `width` x `height` pixels. lon, lat: in the middle; degree: pixels of one of latitude."""

    lon: float
    lat: float
    degree: float
    narrowing: float              # pixels of a degree of longitude, as a part of `degree`
    width: float
    height: float

    @property
    def lon_span(self) -> float:
        return self.width / (self.degree * self.narrowing)

    @property
    def lat_span(self) -> float:
        return self.height / self.degree

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """The pixel of a point; `lon` may lie beyond 180."""
        wide = self.degree * self.narrowing
        return self.width / 2 + (lon - self.lon) * wide, self.height / 2 - (lat - self.lat) * self.degree

    def near(self, lon: float) -> float:
        """The longitude of the same place that is nearest to the middle: 190 for -170, where 180 is in the middle."""
        return lon + 360.0 * round((self.lon - lon) / 360.0)

    def shows(self, box: tuple[float, float, float, float]) -> bool:
        west, south, east, north = box
        return (east >= self.lon - self.lon_span / 2 and west <= self.lon + self.lon_span / 2
                and north >= self.lat - self.lat_span / 2 and south <= self.lat + self.lat_span / 2)


def view_of(points: Collection[tuple[float, float]], width: float, height: float) -> View:
    """The view that holds all `points` (longitude, latitude) with a margin; the whole world where they lie far apart.

    Raises ValueError where there is no point.
    """
    if not points:
        raise ValueError("a map of no points")
    west, span = span_of([lon for lon, _ in points])
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    if span >= WORLD_FROM:
        return _world(width, height)
    lat = (south + north) / 2
    narrowing = max(math.cos(math.radians(lat)), 0.2)
    wide = max(span * (1 + 2 * MARGIN) * narrowing, LEAST_KM / KM_PER_DEGREE)
    high = max((north - south) * (1 + 2 * MARGIN), LEAST_KM / KM_PER_DEGREE * height / width)
    return View(west + span / 2, lat, min(width / wide, height / high), narrowing, width, height)


def span_of(lons: Collection[float]) -> tuple[float, float]:
    """The shortest span of longitudes that holds all `lons`: its western end, and degrees to the east (0 to 360)."""
    around = sorted({lon % 360.0 for lon in lons})
    gaps = [(after - before, after) for before, after in zip(around, [*around[1:], around[0] + 360.0], strict=True)]
    gap, west = max(gaps)
    west = (west + 180.0) % 360.0 - 180.0
    return west, 360.0 - gap


def _world(width: float, height: float) -> View:
    south, north = WORLD_LATS
    degree = height / (north - south)
    return View(10.0, (south + north) / 2, degree, width / 360.0 / degree, width, height)
