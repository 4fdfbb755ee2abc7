"""From a place to the record's Where, and what Wheres say of each other."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from dateline.records import Evidence, Where
from dateline.where.mention import PlaceMention
from dateline.where.names import fold
from dateline.where.place import Place, distance_km

PRECISION = {"city": 1, "airport": 1, "site": 1, "admin3": 3, "admin2": 3, "admin1": 4, "region": 5, "country": 6, "sea": 7}
WIDE_KM = 400.0  # a region wider than this ("Africa") says no more than a country does
NEAR_KM = 15.0  # "near Gao": doubt added to the town's own reach
PART = 0.5  # of a town's radius, up to which a place in it is a quarter
KM_PER_DEGREE = 111.2
BEARINGS = {
    "north": (1, 0),
    "south": (-1, 0),
    "east": (0, 1),
    "west": (0, -1),
    "northeast": (0.7, 0.7),
    "northwest": (0.7, -0.7),
    "southeast": (-0.7, 0.7),
    "southwest": (-0.7, -0.7),
    "central": (0, 0),
}


def bearing(word: str) -> tuple[float, float] | None:
    """Unit steps north and east of "northern", "south-eastern", "west"; None: no direction."""
    return BEARINGS.get(word.lower().replace("-", "").removesuffix("ern"))


def where_of(
    place: Place,
    text: str,
    evidence: Evidence,
    runners_up: tuple[str, ...] = (),
    *,
    precision: int | None = None,
    radius_km: float | None = None,
) -> Where:
    """The Where of a place of the gazetteer; precision and radius as its kind gives them unless given."""
    usual = PRECISION[place.kind]
    if place.kind == "region" and place.radius_km > WIDE_KM:
        usual = 6
    return Where(
        text=text,
        name=place.name,
        kind=place.kind,
        country=place.country,
        admin1=place.admin1,
        admin2=place.admin2 or (place.name if place.kind == "admin2" else None),
        lat=place.lat,
        lon=place.lon,
        radius_km=radius_km if radius_km is not None else place.radius_km,
        gazetteer_id=place.id,
        precision=precision or usual,
        runners_up=runners_up,
        evidence=evidence,
        admin3=place.admin3,
    )


def moved(
    where: Where,
    km: float,
    direction: tuple[float, float],
    *,
    kind: str,
    precision: int,
    radius_km: float,
    text: str,
    evidence: Evidence,
    name: str | None = None,
) -> Where:
    """`where` with its point `km` away in `direction` (steps north and east)."""
    lat = (where.lat or 0.0) + direction[0] * km / KM_PER_DEGREE
    lon = (where.lon or 0.0) + direction[1] * km / (KM_PER_DEGREE * max(math.cos(math.radians(lat)), 0.05))
    return Where(
        text=text,
        name=name or where.name,
        kind=kind,
        country=where.country,
        admin1=where.admin1,
        admin2=where.admin2,
        lat=round(lat, 4),
        lon=round(lon, 4),
        radius_km=round(radius_km, 1),
        gazetteer_id=where.gazetteer_id,
        precision=precision,
        runners_up=where.runners_up,
        evidence=evidence,
        admin3=where.admin3,
    )


def unplaced(
    text: str | None, reason: str, evidence: Evidence, runners_up: tuple[str, ...] = (), country: str | None = None
) -> Where:
    return Where(
        text=text,
        name=None,
        kind=None,
        country=country,
        admin1=None,
        admin2=None,
        lat=None,
        lon=None,
        radius_km=None,
        gazetteer_id=None,
        precision=None,
        runners_up=runners_up,
        evidence=evidence,
        unplaced=reason,
    )


def finest(places: Sequence[PlaceMention]) -> Where | None:
    """The finest place that `places`, named together for one thing, give: "Sidarat Square", "Kabul", "Afghanistan".

    A place in another country than most of them is passed over. Unplaced only when none is placed; None for no mention.
    """
    placed = [p for p in places if p.where.unplaced is None]
    if not placed:
        return places[0].where if places else None
    countries = Counter(p.where.country for p in placed if p.where.country)
    most = max(countries.values(), default=0)
    home = {code for code, count in countries.items() if count == most}
    fitting = [p for p in placed if p.where.country in home or p.where.country is None] or placed
    own_ground = {"site": 0, "airport": 0}
    best = min(
        fitting, key=lambda p: (p.adjective, p.where.precision or 9, own_ground.get(p.where.kind or "", 1), p.start)
    )
    parts = [p for p in fitting if _is_part(p, best)]  # "in Bogota, in the suburb of Quirigua"
    return min(parts, key=lambda p: p.where.radius_km or 0.0).where if parts else best.where


def is_unlisted(where: Where) -> bool:
    """Whether it names in `text` a place that the gazetteer lacks, and stands in the unit around it."""
    if where.text is None or where.name is None or where.unplaced is not None:
        return False
    text = fold(where.text)
    words = set(text.split())
    around = (fold(known) for known in (where.name, where.admin1, where.admin2) if known)
    told = any(known in text or set(known.split()) <= words for known in around)
    return not told and ((where.precision or 9) > 1 or where.kind == "site")


def _is_part(place: PlaceMention, of: PlaceMention) -> bool:
    """Whether `place` is a quarter of the town `of`, told as exactly."""
    small = (place.where.radius_km or 0.0) < PART * (of.where.radius_km or 0.0)
    as_exact = not place.adjective and place.where.precision == of.where.precision == 1
    return as_exact and of.where.kind == "city" and small and contains(of.where, place.where)


def contains(outer: Where, inner: Where) -> bool:
    """Whether `inner` lies in `outer`, as far as units and points tell; False where one has no point."""
    if outer.lat is None or outer.lon is None or inner.lat is None or inner.lon is None:
        return False
    if outer.country and inner.country and outer.country != inner.country:
        return False
    if outer.kind == "country":
        return inner.country == outer.country
    if (outer.precision or 9) > (inner.precision or 9) and outer.kind == "admin1" and inner.admin1 and outer.admin1:
        if fold(outer.admin1) == fold(inner.admin1):
            return True
        if inner.kind == "admin1" or fold(inner.name or "") not in fold(outer.name or ""):
            return False  # Beni is not in Ituri, however near; Kyiv, a unit of its own, is in its oblast to most who say so
    if (inner.radius_km or 0.0) > 1.5 * (outer.radius_km or 0.0) + 5:
        return False  # a province is not in its town
    return distance_km(outer.lat, outer.lon, inner.lat, inner.lon) <= (outer.radius_km or 0.0) + 2.0
