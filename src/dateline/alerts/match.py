"""Which watches an incident concerns. Pure.

Everything is asked of the incident as it may be shown. A shelter is shown by its district and has no point, so that no watch
around a point can tell where it is, however small its circle; it is found by its country and province alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dateline.publish.brief.coverage import Told, covers_besides, covers_place, told_of
from dateline.publish.withhold import Published
from dateline.records import Incident, Where
from dateline.records.account import INCIDENT_STATUSES
from dateline.records.codes import bounds_of
from dateline.records.mailing import Watch
from dateline.where.names import fold
from dateline.where.place import distance_km

NATURES = frozenset({"political", "unknown"})
COARSEST = 5                      # UCDP's where_prec: "somewhere in the country" and "at sea" lie near everything

Sure = Literal["in", "in or near"]


@dataclass(frozen=True, slots=True)
class Concern:
    """A watch that an incident concerns. sure: "in or near" where its place may also lie outside of the watch's circle."""

    watch: Watch
    sure: Sure = "in"


def concerned(watches: Iterable[Watch], published: Published) -> list[Concern]:
    """Those of `watches` that the incident concerns; paused ones are left out."""
    told, where = told_of(published.incident), published.incident.where
    return [Concern(watch, sure) for watch in watches if not watch.paused and (sure := _fits(watch, told, where))]


def is_news(incident: Incident, at: date, late_days: int) -> bool:
    """Whether alerts tell of the incident at all: news of a political or unknown nature that no editor rejected, of late days.

    One told without any day is left out: archives are full of those.
    """
    last = last_day(incident)
    return (incident.nature in NATURES and incident.told_as == "news" and incident.status in INCIDENT_STATUSES
            and incident.review.state != "rejected" and last is not None and last >= at - timedelta(days=late_days))


def last_day(incident: Incident) -> date | None:
    """The last day on which it may have gone on; where that is open, or it goes on, the last day of its reports."""
    last = bounds_of(incident.when)[1] if not incident.when.ongoing else None
    written = [joined.report.written_latest for joined in incident.accounts if joined.report.written_latest]
    return last or max(written, default=None)


def _fits(watch: Watch, told: Told, where: Where) -> Sure | None:
    if not covers_besides(watch.coverage, told, told.most_killed):
        return None
    asks_place = watch.coverage.countries or watch.coverage.regions
    if asks_place and covers_place(watch.coverage, [told.country]):
        return "in"
    if any(in_province(where, one) for one in watch.provinces):
        return "in"
    if watch.near is not None:
        return nearness(where, *watch.near)
    return None if asks_place or watch.provinces else "in"


def in_province(where: Where, province: str) -> bool:
    """province: "ML:Gao", a country's code before the name, or the name alone."""
    code, colon, name = province.partition(":")
    country, name = (code, name) if colon else (None, province)
    return where.admin1 is not None and fold(where.admin1) == fold(name) and country in (None, where.country)


def nearness(where: Where, lat: float, lon: float, km: float) -> Sure | None:
    """Whether a place lies within `km` of a point (degrees): as a whole, or perhaps, by the radius of doubt around its own."""
    if where.lat is None or where.lon is None or where.precision is None or where.precision > COARSEST:
        return None
    away, doubt = distance_km(lat, lon, where.lat, where.lon), where.radius_km or 0.0
    if away - doubt > km:
        return None
    return "in" if away + doubt <= km else "in or near"
