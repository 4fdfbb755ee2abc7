"""Write src/dateline/data/country_points.csv: the middle of each country, from Natural Earth's first-order units (public domain).

For maintainers; the file comes as make_admin1_points.py says:

    $ .venv/bin/python tools/make_country_points.py package/data/states/admin1.json src/dateline/data/country_points.csv

One country a line: ISO 3166 alpha-2, latitude and longitude of the centroid by area, as UCDP writes it. Parts
that lie far off the rest (Alaska, French Guiana, Svalbard) are left out: nobody means them by the country's name.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from dateline.where.place import distance_km
from dateline.where.polygons import area_km2, centre

FAR_KM = 500.0  # of open sea or other countries between a part and the nearest other one


class Part(NamedTuple):
    """One polygon."""

    lat: float
    lon: float
    area_km2: float

    def gap_km(self, other: Part) -> float:
        between = distance_km(self.lat, self.lon, other.lat, other.lon)
        return between - math.sqrt(self.area_km2 / math.pi) - math.sqrt(other.area_km2 / math.pi)


def mainland(parts: list[Part]) -> list[Part]:
    """Of the groups of parts that hang together over no more than FAR_KM at a step, the one with the most land."""
    waiting, groups = list(parts), []
    while waiting:
        group = [waiting.pop()]
        for part in group:  # grows while it is walked
            near = [other for other in waiting if part.gap_km(other) <= FAR_KM]
            group += near
            waiting = [other for other in waiting if other not in near]
        groups.append(group)
    return max(groups, key=lambda group: sum(part.area_km2 for part in group))


def centroid(parts: list[Part]) -> tuple[float, float]:
    """Middle of the parts on the sphere, by area: the sum of their directions, so that 180 degrees is no border."""
    x = y = z = 0.0
    for lat, lon, area in parts:
        a, b = math.radians(lat), math.radians(lon)
        x, y, z = x + area * math.cos(a) * math.cos(b), y + area * math.cos(a) * math.sin(b), z + area * math.sin(a)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def main(source: Path, target: Path) -> None:
    countries: dict[str, list[Part]] = defaultdict(list)
    for feature in json.loads(source.read_text(encoding="utf-8"))["features"]:
        code, shape = str(feature["properties"].get("iso_a2") or ""), feature["geometry"]
        if len(code) != 2 or not code.isalpha():
            continue
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        for rings in polygons:
            if (area := area_km2(rings)) > 0:
                lon, lat = centre(rings[0])
                countries[code].append(Part(lat, lon, area))
    lines = [f"{code},{lat:.2f},{lon:.2f}" for code in sorted(countries) for lat, lon in [centroid(mainland(countries[code]))]]
    target.write_text("\n".join(["country,lat,lon", *lines]) + "\n", encoding="utf-8")
    print(f"{target}: {len(lines):,} countries, {target.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
