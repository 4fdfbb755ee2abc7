"""What a reader, an edition or a watch covers: whether an incident is among it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.publish.export.countries import country_of
from dateline.records import Incident
from dateline.records.briefing import Coverage

IN_TOLLS = frozenset({"incident", "part", "increment", "one_site"})     # scopes of figures that count this incident's dead


@dataclass(frozen=True, slots=True)
class Told:
    """What a coverage asks of an incident. most_killed: the most that anybody says, or the toll allows; 0: nobody says any."""

    region: str | None            # ACLED's
    country: str | None           # ISO 3166 alpha-2
    groups: frozenset[str]        # ids: those that act or suffer, and those that are said to have done it
    kind: str
    affected: frozenset[str]
    most_killed: int


def told_of(incident: Incident) -> Told:
    """incident: as it may be shown."""
    country = country_of(incident.where.country)
    groups = {actor.group for actor in incident.actors} | {one.group for one in incident.responsibility}
    return Told(country.acled_region if country else None, incident.where.country, frozenset(one for one in groups if one),
                incident.kind, frozenset(one.kind for one in incident.affected), most_killed(incident))


def most_killed(incident: Incident) -> int:
    """The most dead that a standing figure says or the toll allows. An open top ("at least 63") counts as what it begins with."""
    toll = incident.toll.killed
    said = [number for number in (toll.low, toll.best, toll.high) if number is not None]
    for joined in incident.accounts:
        for one in joined.account.figures:
            if one.effect == "killed" and one.standing == "stands" and one.scope in IN_TOLLS:
                said += [number for number in (one.low, one.high, one.value) if number is not None]
    return max(said, default=0)


def fits(coverage: Coverage, told: Told) -> bool:
    """Values of one field are alternatives; all fields that say anything must fit."""
    return fits_place(coverage, told) and fits_apart_from_place(coverage, told)


def fits_place(coverage: Coverage, told: Told) -> bool:
    return ((not coverage.regions or told.region in coverage.regions)
            and (not coverage.countries or told.country in coverage.countries))


def fits_apart_from_place(coverage: Coverage, told: Told) -> bool:
    return ((not coverage.groups or not told.groups.isdisjoint(coverage.groups))
            and (not coverage.kinds or told.kind in coverage.kinds)
            and (not coverage.affected or not told.affected.isdisjoint(coverage.affected))
            and told.most_killed >= coverage.killed)
