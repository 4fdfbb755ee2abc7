"""Files in the forms of GeoNames and OCHA, with made-up places in them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def geonames_row(key: int, name: str, **given: Any) -> str:
    """One line of a GeoNames file. given: ascii, alternates, lat, lon, feature ("P.PPL"), cc, adm1, adm2, adm3, pop, zone."""
    fclass, _, fcode = given.get("feature", "P.PPL").partition(".")
    fields = [
        key, name, given.get("ascii", name), given.get("alternates", ""), given.get("lat", 16.5), given.get("lon", -3.5), fclass,
        fcode, given.get("cc", "ML"), "", given.get("adm1", "04"), given.get("adm2", ""), given.get("adm3", ""), "",
        given.get("pop", 0), "", 260, given.get("zone", "Africa/Bamako"), "2021-03-04",
    ]  # fmt: skip
    return "\t".join(map(str, fields))


def geonames_file(path: Path, rows: Iterable[str]) -> Path:
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def square(lat: float, lon: float, degrees: float) -> dict[str, Any]:
    """A square with its south-western corner at a point."""
    ring = [[lon, lat], [lon + degrees, lat], [lon + degrees, lat + degrees], [lon, lat + degrees], [lon, lat]]
    return {"type": "Polygon", "coordinates": [ring]}


def geojson_file(path: Path, shapes: Iterable[tuple[dict[str, Any], dict[str, Any] | None]]) -> Path:
    features = [{"type": "Feature", "properties": columns, "geometry": geometry} for columns, geometry in shapes]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path
