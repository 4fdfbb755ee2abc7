"""What an edition, a subscriber or a watch covers: whether an incident, or a statement, is among it. Pure; one place for all."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from dateline.publish.export.counted import LIVE_SCOPES, number_of
from dateline.publish.export.countries import country_of
from dateline.records import Incident
from dateline.records.briefing import Coverage, Item


class Covered(Protocol):
    """What a coverage asks of, but for the place."""

    @property
    def groups(self) -> Collection[str]: ...      # ids: those that act or suffer, and those that are said to have done it
    @property
    def kind(self) -> str | None: ...
    @property
    def affected(self) -> Collection[str]: ...


@dataclass(frozen=True, slots=True)
class Told:
    """An incident as a coverage sees it. most_killed: the most that anybody says, or the toll allows; None: nobody says any."""

    country: str | None           # ISO 3166 alpha-2
    groups: tuple[str, ...]
    kind: str
    affected: tuple[str, ...]
    most_killed: int | None


def told_of(incident: Incident) -> Told:
    """incident: as it may be shown."""
    return Told(incident.where.country, groups_of(incident), incident.kind,
                tuple(sorted({one.kind for one in incident.affected})), most_killed(incident))


def groups_of(incident: Incident) -> tuple[str, ...]:
    held = {actor.group for actor in incident.actors} | {said.group for said in incident.responsibility}
    return tuple(sorted(group for group in held if group))


def most_killed(incident: Incident) -> int | None:
    """The most that anybody says may be dead, what words like "dozens" mean at least included; None: nobody says anything.

    An open top ("at least 63") counts as what it begins with.
    """
    toll = incident.toll.killed
    said: list[Any] = [toll.low, toll.best, toll.high]
    for joined in incident.accounts:
        for figure in joined.account.figures:
            if figure.effect == "killed" and figure.standing == "stands" and figure.scope in LIVE_SCOPES:
                is_word = figure.low is None and figure.high is None
                said += [number_of(figure.words)] if is_word else [figure.low, figure.high, figure.value]
    return max((number for number in said if number is not None), default=None)


def fits(item: Item, coverage: Coverage) -> bool:
    """Whether `coverage` asks for it. A statement about a group is where the group is active; it has no kind and no dead."""
    countries: list[str | None] = [item.country] if item.incident is not None else list(item.group_countries)
    return covers(coverage, item, countries, item.most_killed)


def covers(coverage: Coverage, one: Covered, countries: Collection[str | None], killed: int | None) -> bool:
    """All fields that say anything must fit, each by any of its values. killed: the most that anybody says."""
    return covers_place(coverage, countries) and covers_besides(coverage, one, killed)


def covers_place(coverage: Coverage, countries: Collection[str | None]) -> bool:
    regions = {found.acled_region for code in countries if (found := country_of(code)) is not None}
    return _any(coverage.regions, regions) and _any(coverage.countries, countries)


def covers_besides(coverage: Coverage, one: Covered, killed: int | None) -> bool:
    """All but the place."""
    return (_any(coverage.groups, one.groups) and _any(coverage.kinds, [one.kind]) and _any(coverage.affected, one.affected)
            and (coverage.killed <= 0 or (killed or 0) >= coverage.killed))


def _any(asked: Collection[str], held: Iterable[str | None]) -> bool:
    return not asked or not set(asked).isdisjoint(held)
