"""Areas and label points of GeoJSON polygons, in degrees, flattened at their own latitude. Good enough to label a district."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dateline.where.place import KM_PER_DEGREE

Ring = Sequence[Sequence[float]]  # longitude first, as GeoJSON has it; the last point repeats the first
SCANS = (0.5, 0.35, 0.65, 0.2, 0.8)  # of the box's height: where a point inside is sought


@dataclass(frozen=True, slots=True)
class Label:
    """Where to write a shape's name. area_km2: of the whole shape."""

    lat: float
    lon: float
    area_km2: float

    @property
    def radius_km(self) -> float:
        """Of the disc of that area."""
        return math.sqrt(self.area_km2 / math.pi)


def label(geometry: dict[str, Any] | None) -> Label | None:
    """A point inside the largest polygon of a GeoJSON geometry: its centre, else the middle of a wide place. None: no area.

    Raises ValueError for coordinates that are no degrees, and for what is no geometry.
    """
    polygons = [rings for rings in _polygons(geometry) if rings and len(rings[0]) > 3]
    if not polygons:
        return _point(geometry)
    areas = [area_km2(rings) for rings in polygons]
    rings = polygons[areas.index(max(areas))]
    if max(areas) <= 0:
        return None
    lon, lat = centre(rings[0])
    if not _inside(lon, lat, rings):
        lon, lat = _spot_inside(rings) or (rings[0][0][0], rings[0][0][1])
    return Label(lat, lon, sum(areas))


def area_km2(rings: Sequence[Ring]) -> float:
    """Of one polygon: its outer ring less its holes."""
    return max(_area(rings[0]) - sum(map(_area, rings[1:])), 0.0)


def _polygons(geometry: dict[str, Any] | None) -> list[list[Ring]]:
    if geometry is None:
        return []
    try:
        kind = geometry["type"]
        if kind == "GeometryCollection":
            return [rings for inner in geometry["geometries"] for rings in _polygons(inner)]
        found = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}.get(kind, [])
        for rings in found:
            for ring in rings:
                for point in ring:
                    lon, lat = point[0], point[1]
                    if not (-180.001 <= lon <= 180.001 and -90.001 <= lat <= 90.001):
                        raise ValueError("coordinates that are no degrees; export it as WGS 84 (EPSG:4326)")
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise ValueError("a shape that is no GeoJSON geometry") from None
    return list(found)


def _point(geometry: dict[str, Any] | None) -> Label | None:
    if geometry is None or geometry.get("type") != "Point":
        return None
    try:
        lon, lat = float(geometry["coordinates"][0]), float(geometry["coordinates"][1])
    except (KeyError, TypeError, ValueError, IndexError):
        raise ValueError("a point without coordinates") from None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError("coordinates that are no degrees; export it as WGS 84 (EPSG:4326)")
    return Label(lat, lon, 0.0)


def _area(ring: Ring) -> float:
    flat = math.cos(math.radians(sum(p[1] for p in ring) / len(ring)))
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2 * flat * KM_PER_DEGREE**2


def centre(ring: Ring) -> tuple[float, float]:
    """Centre of mass, reckoned from the ring's first point so that small shapes lose no digits."""
    x0, y0 = ring[0][0], ring[0][1]
    total = east = north = 0.0
    for a, b in zip(ring, (*ring[1:], ring[0]), strict=True):
        ax, ay, bx, by = a[0] - x0, a[1] - y0, b[0] - x0, b[1] - y0
        cross = ax * by - bx * ay
        total += cross
        east += (ax + bx) * cross
        north += (ay + by) * cross
    return (x0 + east / (3 * total), y0 + north / (3 * total)) if total else (x0, y0)


def _crossings(lat: float, rings: Sequence[Ring]) -> list[float]:
    """Longitudes at which the parallel `lat` enters and leaves the polygon, west to east."""
    found = []
    for ring in rings:
        for a, b in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (a[1] > lat) != (b[1] > lat):
                found.append(a[0] + (lat - a[1]) * (b[0] - a[0]) / (b[1] - a[1]))
    return sorted(found)


def _inside(lon: float, lat: float, rings: Sequence[Ring]) -> bool:
    return sum(crossing > lon for crossing in _crossings(lat, rings)) % 2 == 1


def _spot_inside(rings: Sequence[Ring]) -> tuple[float, float] | None:
    """The middle of the widest stretch of some parallels that lies in the polygon."""
    south, north = min(p[1] for p in rings[0]), max(p[1] for p in rings[0])
    best: tuple[float, float, float] | None = None
    for share in SCANS:
        lat = south + share * (north - south)
        found = _crossings(lat, rings)
        for west, east in zip(found[::2], found[1::2], strict=False):
            if best is None or east - west > best[0]:
                best = (east - west, (west + east) / 2, lat)
    return best[1:] if best else None
