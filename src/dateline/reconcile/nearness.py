"""How near two accounts are in time and space."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dateline.reconcile.words import fold
from dateline.records import Account, When, Where

EARTH_RADIUS_KM = 6371.0
SHARP_DAYS = 2          # a doubt of two days ("overnight", "late on Monday") is still a day told
BOUND_DAYS = 14         # an incident whose day is not told is mostly reported within two weeks
POINT_PRECISION = 3     # where_prec up to here stands for a place, above for an area
SAME_SPOT_KM = 5.0      # two gazetteer points of one town
TOWN_RADIUS_KM = 3.0    # of doubt, where the gazetteer says nothing
APART_KM = 50.0         # beyond both radii: no doubt of a gazetteer explains it


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which an incident may have begun, and up to which it lasted."""

    earliest: date | None
    latest: date | None
    candidates: tuple[date, ...]
    last: date | None             # its last day, where it lasted
    told: bool                    # the report says when; False: bounded by its own day only

    @property
    def is_sharp(self) -> bool:
        """Whether it is one day, a day or two of doubt allowed."""
        return (self.earliest is not None and self.latest is not None and not self.candidates
                and (self.latest - self.earliest).days <= SHARP_DAYS)

    def spans(self) -> tuple[tuple[date, date], ...]:
        """The runs of days it may cover; empty where nothing bounds them. Ends are included."""
        if self.candidates:
            return tuple((day, day) for day in self.candidates)
        if self.latest is None and self.earliest is None:
            return ()
        first = self.earliest or (self.latest or date.max) - timedelta(days=BOUND_DAYS)
        last = max(filter(None, (self.latest, self.last)), default=first + timedelta(days=BOUND_DAYS))
        return ((first, max(first, last)),)


def days_of(when: When) -> Days:
    """The days that `when` allows. One candidate is a day like any other."""
    candidates = when.candidates if len(when.candidates) > 1 else ()
    earliest, latest = when.earliest, when.latest
    if len(when.candidates) == 1:
        earliest = latest = when.candidates[0]
    if earliest is not None and latest is not None and latest < earliest:
        earliest, latest = latest, earliest
    last = when.end if when.end and earliest and when.end >= earliest else None
    return Days(earliest, latest, candidates, last, when.text is not None)


def days_between(a: Days, b: Days) -> int | None:
    """The least number of days between them, 0 where they may be one; None where one has no bounds."""
    gaps = [max((one[0] - other[1]).days, (other[0] - one[1]).days, 0) for one in a.spans() for other in b.spans()]
    return min(gaps, default=None)


PlaceRelation = Literal["same", "inside", "near", "apart", "unknown"]


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    relation: PlaceRelation
    note: str


def compare_places(a: Where, b: Where) -> PlaceAnswer:
    """How two places lie to each other. inside: one is an area that may hold the other; near: two places close by."""
    names = (a.name or a.text or "?", b.name or b.text or "?")
    note = " / ".join(dict.fromkeys(names))
    if a.country and b.country and a.country != b.country:
        return PlaceAnswer("apart", f"{note}: {a.country}, {b.country}")
    if a.gazetteer_id and a.gazetteer_id == b.gazetteer_id:
        return _within_one(a, b, note)
    if not (a.country or a.name or a.text) or not (b.country or b.name or b.text):
        return PlaceAnswer("unknown", note)
    if _is_area(a) or _is_area(b):
        return _area_answer(a, b, note)
    if (km := distance_km(a, b)) is None:
        same = a.name and b.name and fold(a.name) == fold(b.name)
        return PlaceAnswer("same" if same else "unknown", note)
    doubt = (a.radius_km or TOWN_RADIUS_KM) + (b.radius_km or TOWN_RADIUS_KM)
    note = f"{note}: {km:.0f} km"
    if km <= SAME_SPOT_KM or (km <= doubt and _share_name(a, b)):
        return PlaceAnswer("same", note)
    return PlaceAnswer("apart" if km > doubt + APART_KM else "near", note)


def distance_km(a: Where, b: Where) -> float | None:
    """Great-circle distance of the two points, None where one has none."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    north = math.radians(b.lat - a.lat) / 2
    east = math.radians(b.lon - a.lon) / 2
    chord = math.sin(north) ** 2 + math.cos(math.radians(a.lat)) * math.cos(math.radians(b.lat)) * math.sin(east) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


def sure_place(account: Account) -> bool:
    """Whether the account has a point that stands for a place rather than an area."""
    where = account.where
    return where.lat is not None and where.lon is not None and not _is_area(where)


def _is_area(where: Where) -> bool:
    return where.precision is not None and where.precision > POINT_PRECISION


def _within_one(a: Where, b: Where, note: str) -> PlaceAnswer:
    """Both have one gazetteer entry: the same place, or two unnamed spots in one area, which says little."""
    if not _is_area(a):
        return PlaceAnswer("same", note)
    return PlaceAnswer("same" if a.text and b.text and fold(a.text) == fold(b.text)
                       and (a.precision or 0) <= 4 else "inside", note)


def _area_answer(a: Where, b: Where, note: str) -> PlaceAnswer:
    """Whether one area may hold the other place."""
    for finer in ("admin1", "admin2"):
        ours, theirs = getattr(a, finer), getattr(b, finer)
        if ours and theirs and fold(ours) != fold(theirs):
            return PlaceAnswer("near" if finer == "admin2" else "apart", f"{note}: {ours}, {theirs}")
    if a.country and a.country == b.country:
        return PlaceAnswer("inside", note)
    km = distance_km(a, b)
    reach = (a.radius_km or 0.0) + (b.radius_km or 0.0) + APART_KM
    if km is None:
        return PlaceAnswer("unknown", note)
    return PlaceAnswer("inside" if km <= reach else "apart", f"{note}: {km:.0f} km")


def _share_name(a: Where, b: Where) -> bool:
    ours = {fold(name) for name in (a.name, a.admin2) if name}
    theirs = {fold(name) for name in (b.name, b.admin2) if name}
    return bool(ours & theirs)
