"""GeoJSON (RFC 7946): a feature an incident, a point where there is one, properties flat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from dateline.publish.export.cells import csv_cell, joined
from dateline.publish.export.item import Item, Known, LeftOut
from dateline.publish.export.parts import MAIN, Parts
from dateline.publish.export.shape import Shape, TextOut, Unheld, Writer, json_words
from dateline.publish.export.tables import CLAIMS, FIGURES, INCIDENTS, SOURCES

DIGITS = 5                        # of a degree: a metre
_PROPERTIES = tuple(column for column in INCIDENTS.columns if column.name not in ("lat", "lon"))
_UNHELD = Unheld(tables=(FIGURES, SOURCES, CLAIMS))


class GeojsonWriter(Writer):
    """A FeatureCollection that is written as its features come: its bounding box and what it says of itself stand at the end."""

    def __init__(self, parts: Parts, known: Known) -> None:
        self._out = TextOut(parts.open(MAIN))
        self._out.write('{"type":"FeatureCollection","features":[')
        self._box = Box()
        self.rows = {"incidents": 0}

    def add(self, item: Item) -> Iterator[LeftOut]:
        self._out.write(("," if self.rows["incidents"] else "") + "\n" + json_words(self._feature(item)))
        self.rows["incidents"] += 1
        return _UNHELD.of(item)

    def close(self, told: Mapping[str, Any]) -> None:
        box = self._box.corners()
        members = ({"bbox": box} if box else {}) | {"dateline": dict(told)}
        self._out.write("\n]," + json_words(members)[1:] + "\n")
        self._out.flush()

    def _feature(self, item: Item) -> dict[str, Any]:
        where = item.incident.where
        geometry = None
        if where.lat is not None and where.lon is not None:
            lon, lat = round(turned(where.lon), DIGITS), round(where.lat, DIGITS)
            self._box.take(lon, lat)
            geometry = {"type": "Point", "coordinates": [lon, lat]}
        return {"type": "Feature", "id": item.incident.id, "geometry": geometry,
                "properties": {column.name: _flat(column.of(item, None)) for column in _PROPERTIES}}


def _flat(value: Any) -> Any:
    if isinstance(value, tuple):
        return joined(value)
    return value if isinstance(value, str | bool | int | float) or value is None else csv_cell(value)


def turned(lon: float) -> float:
    """`lon` between -180 and 180 degrees."""
    return (lon + 180.0) % 360.0 - 180.0 if not -180.0 <= lon <= 180.0 else lon


class Box:
    """The bounding box of points that pass by, in constant memory: the narrowest one, across 180 degrees too."""

    def __init__(self) -> None:
        self._south, self._north = 90.0, -90.0
        self._slots: dict[int, tuple[float, float]] = {}        # a degree of longitude -> the first and last point in it

    def take(self, lon: float, lat: float) -> None:
        self._south, self._north = min(self._south, lat), max(self._north, lat)
        slot = int(lon // 1)
        west, east = self._slots.get(slot, (lon, lon))
        self._slots[slot] = (min(west, lon), max(east, lon))

    def corners(self) -> list[float] | None:
        """[west, south, east, north]; west is greater than east where the box crosses 180 degrees (RFC 7946, 5.2)."""
        if not self._slots:
            return None
        spans = [self._slots[slot] for slot in sorted(self._slots)]
        gaps = [(after[0] - before[1], after[0], before[1]) for before, after in pairwise(spans)]
        gaps.append((spans[0][0] + 360.0 - spans[-1][1], spans[0][0], spans[-1][1]))
        widest = max(gap for gap, _, _ in gaps)
        _, west, east = next(one for one in reversed(gaps) if one[0] == widest)
        return [west, self._south, east, self._north]


GEOJSON = Shape("geojson", ".geojson", "application/geo+json", "GeoJSON: a point an incident, for maps", GeojsonWriter)
