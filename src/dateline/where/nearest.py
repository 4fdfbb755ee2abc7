"""The city nearest to a point, for what it tells of the ground around: its units and its zone."""

from __future__ import annotations

import math
import sqlite3
from dataclasses import dataclass

from dateline.where.place import KM_PER_DEGREE, distance_km

UNIT_KM = 50.0  # a city farther away says nothing of the unit
STEPS_KM = (60.0, 300.0, 1500.0)


@dataclass(frozen=True, slots=True)
class Around:
    """What the nearest city tells. None: no city is near enough."""

    adm1: str | None = None
    zone: str | None = None


def around(db: sqlite3.Connection, country: str | None, lat: float, lon: float) -> Around:
    """First-order unit and zone at a point of `country`, by its nearest city over 5,000."""
    if country is None:
        return Around()
    for reach in STEPS_KM:
        degrees = reach / KM_PER_DEGREE
        wide = degrees / max(math.cos(math.radians(lat)), 0.1)
        rows = db.execute(
            "select lat, lon, adm1, zone from place where cc = ? and lat between ? and ? and kind = 'city' "
            "and zone is not null and pop >= 5000 and abs(lon - ?) < ?",
            (country, lat - degrees, lat + degrees, lon, wide),
        ).fetchall()
        if rows:
            away, adm1, zone = min((distance_km(lat, lon, row[0], row[1]), row[2] or "", row[3]) for row in rows)
            return Around((adm1 or None) if away <= UNIT_KM else None, zone)
    return Around()
