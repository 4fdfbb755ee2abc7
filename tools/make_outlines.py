"""Write the outlines of the world that the desk's map draws, from the npm package world-atlas (Natural Earth, public domain).

For maintainers. Nothing of this runs when dateline does:

    $ npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    $ .venv/bin/python tools/make_outlines.py package src/dateline/desk/static/outlines

Three files: countries-110m.json and countries-50m.json, GeoJSON of the countries with `id` (ISO 3166-1 numeric) and `name`, cut
at the antimeridian (drawn raw, Fiji and Russia lay lines across the map), with the borders between two countries as one feature
of lines (`name` "borders"), so that coasts are not drawn as borders; and labels.json, [[name, lon, lat, size], ...], a point
inside the largest part of each country and the square root of its area in degrees: larger ones go first where labels would meet.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import antimeridian
from shapely.geometry import LineString, MultiPolygon, Polygon, shape

DIGITS = {"110m": 2, "50m": 3}    # of a degree: 1 km and 100 m, below what the drawings show
COARSER = 0.02                    # degrees by which a line of 50m may be straightened: halves the file, a pixel at zoom 5
SHORT = 12                        # points of a line that is left as it is: small islands and states
SOUTHERN = -75.0                  # only Antarctica goes beyond
LEAST_POINTS = 4                  # of a ring: fewer enclose nothing (50m has such a ring in North Korea)

Point = tuple[float, float]


def main(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for scale, digits in DIGITS.items():
        topology = json.loads((source / f"countries-{scale}.json").read_text(encoding="utf-8"))
        arcs = [list(_decoded(arc, topology["transform"])) for arc in topology["arcs"]]
        if scale == "50m":            # arc by arc, so that neighbours keep one line
            arcs = [arc if len(arc) <= SHORT else list(LineString(arc).simplify(COARSER, preserve_topology=False).coords)
                    for arc in arcs]
        countries = topology["objects"]["countries"]["geometries"]
        features = [_country(one, arcs, digits) for one in countries]
        features.append({"type": "Feature", "properties": {"name": "borders"}, "geometry": {
            "type": "MultiLineString", "coordinates": [_rounded(line, digits) for line in _borders(countries, arcs)]}})
        _write(target / f"countries-{scale}.json", {"type": "FeatureCollection", "features": features})
        if scale == "50m":
            _write(target / "labels.json", sorted((_label(one) for one in features[:-1]), key=lambda label: -label[3]))


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    """TopoJSON's steps of a grid -> degrees."""
    (scale_x, scale_y), (from_x, from_y) = transform["scale"], transform["translate"]
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        yield x * scale_x + from_x, y * scale_y + from_y


def _line(indices: Iterable[int], arcs: list[list[Point]]) -> list[Point]:
    """Arcs put together; ~i is arc i backwards, and each begins where the one before ended."""
    line: list[Point] = []
    for index in indices:
        points = arcs[index] if index >= 0 else arcs[~index][::-1]
        line += points[1:] if line else points
    return line


def _parts(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a country, each a list of rings, each a list of arcs."""
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]


def _country(geometry: dict[str, Any], arcs: list[list[Point]], digits: int) -> dict[str, Any]:
    polygons = [rings for part in _parts(geometry) for rings in _cut([_line(indices, arcs) for indices in part])]
    rounded = [[short for ring in part if len(short := _rounded(ring, digits)) >= LEAST_POINTS] for part in polygons]
    return {"type": "Feature", "id": int(geometry.get("id", 0)), "properties": {"name": geometry["properties"]["name"]},
            "geometry": {"type": "MultiPolygon", "coordinates": [rings for rings in rounded if rings]}}


def _cut(rings: list[list[Point]]) -> list[list[list[Point]]]:
    """A polygon -> polygons that stay on one side of the antimeridian; none where it encloses nothing."""
    rings = [ring for ring in rings if len(ring) >= LEAST_POINTS and Polygon(ring).area > 0]
    if not rings:
        return []
    if min(y for _, y in rings[0]) < SOUTHERN:
        return [[_down_to_the_pole(ring) for ring in rings]]
    fixed = antimeridian.fix_geojson({"type": "Polygon", "coordinates": [[list(point) for point in ring] for ring in rings]},
                                     fix_winding=True, great_circle=False)
    return fixed["coordinates"] if fixed["type"] == "MultiPolygon" else [fixed["coordinates"]]


def _down_to_the_pole(ring: list[Point]) -> list[Point]:
    """Antarctica, which goes around the pole: closed along a flat map's lower edge, where it leaps to the other side."""
    closed: list[Point] = []
    for point in ring:
        if closed and abs(point[0] - closed[-1][0]) > 180:
            closed += [(closed[-1][0], -90.0), (point[0], -90.0)]
        closed.append(point)
    return closed


def _borders(countries: list[dict[str, Any]], arcs: list[list[Point]]) -> Iterator[list[Point]]:
    """The arcs that two countries share."""
    used = Counter(max(index, ~index) for one in countries for part in _parts(one) for ring in part for index in ring)
    return (arcs[index] for index, times in sorted(used.items()) if times > 1)


def _rounded(line: Iterable[Iterable[float]], digits: int) -> list[list[float]]:
    """`line` without the points that rounding laid onto the one before."""
    short: list[list[float]] = []
    for point in ([round(number, digits) for number in point] for point in line):
        if not short or point != short[-1]:
            short.append(point)
    return short


def _label(feature: dict[str, Any]) -> list[Any]:
    country = shape(feature["geometry"]).buffer(0)
    largest = max(country.geoms, key=lambda part: part.area) if isinstance(country, MultiPolygon) else country
    point = largest.representative_point()
    return [feature["properties"]["name"], round(point.x, 2), round(point.y, 2), round(largest.area ** 0.5, 2)]


def _write(path: Path, held: Any) -> None:
    path.write_text(json.dumps(held, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{path}: {path.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
