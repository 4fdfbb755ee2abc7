"""The columns of a row that say where -> a Where: names looked up in the gazetteer, a point taken as the sheet gives it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dateline.errors import DecisionError
from dateline.importing.columns import Profile
from dateline.records import Evidence, Where
from dateline.typed import country_where
from dateline.where.answer import PRECISION, unplaced, where_of
from dateline.where.choice import label, rank
from dateline.where.gazetteer import Gazetteer
from dateline.where.names import fold
from dateline.where.place import Place, distance_km
from dateline.where.reasons import Name

SAME_PLACE_KM = 30.0  # a point of the sheet, and the gazetteer's of that name
RADIUS_KM = {1: 5.0, 2: 25.0, 3: 30.0, 4: 100.0, 5: 100.0, 6: 500.0, 7: 200.0}  # of doubt, by where_prec, where no place gives it
_ACLED = {1: 1, 2: 2, 3: 4}  # geo_precision -> where_prec: 3 is a region, mostly a province
_GTD = {1: 1, 2: 3, 3: 3, 4: 4}  # specificity
_UNITS = ("admin1", "admin2", "admin3", "region")


@dataclass(frozen=True, slots=True)
class Told:
    """What a row says of where it was; None where it says nothing."""

    place: str | None
    admin2: str | None
    admin1: str | None
    country: str | None  # alpha-2
    lat: float | None
    lon: float | None
    precision: int | None  # as its profile codes it


def where_told(told: Told, profile: Profile, evidence: Evidence, gazetteer: Gazetteer) -> tuple[Where, tuple[str, ...]]:
    """The Where, and remarks on what could not be found as it is told.

    A place that the gazetteer lacks stands in the finest unit told around it, at that unit's precision, under its own name.
    """
    precision = _precision(told.precision, profile)
    if told.lat is not None and told.lon is not None:
        return _at_point(told, told.lat, told.lon, precision, evidence, gazetteer), ()
    for name in (told.place, told.admin2, told.admin1):
        found = _best(name, told, gazetteer) if name else None
        if found is None:
            continue
        others = tuple(label(one) for one in _called(name or "", told.country, gazetteer)[:4] if one.id != found.id)[:3]
        where = where_of(
            found,
            told.place or name or "",
            evidence,
            others,
            precision=max(precision or 1, PRECISION[found.kind]) if precision != 2 else 2,
        )
        missed = name != told.place and told.place is not None
        return where, (f"the gazetteer has no {told.place!r} there: it stands in {found.name}",) if missed else ()
    if told.country is not None:
        where = country_where(told.country, evidence, gazetteer)
        remark = (f"the gazetteer has no {told.place!r} there: it stands in {where.name}",) if told.place else ()
        return replace(where, text=told.place), remark
    if told.place:
        return unplaced(told.place, "the gazetteer has no such name", evidence), (f"the gazetteer has no {told.place!r}",)
    return unplaced(None, "the row tells no place", evidence), ()


def country_code(words: str | None, gazetteer: Gazetteer) -> str | None:
    """ISO 3166 alpha-2 of a code (two letters, three, or the number) or name, ACLED's and UCDP's too. Raises DecisionError."""
    return _country_code(words.strip(), gazetteer) if words else None


@lru_cache(maxsize=4096)
def _country_code(words: str, gazetteer: Gazetteer) -> str:
    import pycountry

    plain = re.sub(r"\s*\(.*?\)", "", words).strip() or words  # "Yemen (North Yemen)", "DR Congo (Zaire)"
    named = [place for name in (words, plain) for place in gazetteer.lookup(name) if place.kind == "country" and place.country]
    if named:
        return str(named[0].country)
    try:
        return str(pycountry.countries.lookup(plain.zfill(3) if plain.isdecimal() else plain).alpha_2)
    except LookupError:
        raise DecisionError(f"no country {words!r}; write its name in English, or its code, as AF") from None


def _precision(code: int | None, profile: Profile) -> int | None:
    if code is None:
        return None
    return {"acled": _ACLED, "gtd": _GTD}.get(profile, {n: n for n in range(1, 8)}).get(code)


def _at_point(told: Told, lat: float, lon: float, precision: int | None, evidence: Evidence, gazetteer: Gazetteer) -> Where:
    """The point as the sheet gives it, with what the gazetteer knows of the place of that name there."""
    name = told.place or told.admin2 or told.admin1
    near = (
        [
            one
            for one in _called(name or "", told.country, gazetteer)
            if distance_km(lat, lon, one.lat, one.lon) <= max(SAME_PLACE_KM, one.radius_km)
        ]
        if name
        else []
    )
    known = min(
        near, key=lambda one: (one.kind in _UNITS and bool(told.place), distance_km(lat, lon, one.lat, one.lon)), default=None
    )
    country = told.country or (known.country if known else gazetteer.country_at(lat, lon))
    kind = known.kind if known else "site" if told.place else "admin2" if told.admin2 else "admin1" if told.admin1 else "site"
    coded = precision or PRECISION[kind]
    return Where(
        text=name,
        name=known.name if known else name,
        kind=kind,
        country=country,
        admin1=told.admin1 or (known.admin1 if known else None),
        admin2=told.admin2 or (known.admin2 if known else None),
        lat=round(lat, 6),
        lon=round(lon, 6),
        radius_km=known.radius_km if known and coded == PRECISION[kind] else RADIUS_KM[coded],
        gazetteer_id=known.id if known else None,
        precision=coded,
        runners_up=(),
        evidence=evidence,
        admin3=known.admin3 if known else None,
    )


def _called(name: str, country: str | None, gazetteer: Gazetteer) -> Sequence[Place]:
    return [one for one in gazetteer.lookup(name) if country is None or one.country == country]


def _best(name: str, told: Told, gazetteer: Gazetteer) -> Place | None:
    """The likeliest place of that name in the country told: in the province told, where one of them is; of several countries
    none."""
    found = _called(name, told.country, gazetteer)
    if not found or (len({one.country for one in found}) > 1 and told.country is None and not told.admin1):
        return None
    wanted = {fold(unit) for unit in (told.admin1, told.admin2) if unit}
    inside = [one for one in found if wanted & {fold(unit) for unit in (one.admin1, one.admin2) if unit}]
    if told.admin1 and not inside and len(found) > 1 and told.country is None:
        return None
    return rank([Name(fold(name), tuple(inside or found))])[0][0].place
