"""What a briefing tells first, and what a short one keeps: a table of reasons with points (docs/briefing-content.md).

Points are no measure of what people suffered. They order a list, and a person may order it otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import log2
from typing import Final

from dateline.records import Incident
from dateline.records.account import AffectedKind
from dateline.records.group import Attribute

DOUBLING_KILLED, DOUBLING_INJURED = 8.0, 2.0      # points for each doubling of those of whom it is said surely
MOST_DOUBLINGS = 12                               # 4,096 people: beyond it all are equally first
PROTECTED: Final[frozenset[AffectedKind]] = frozenset({
    "aid worker", "health", "school", "journalist", "religious site", "displacement site", "peacekeeper", "children"})
OLD_DAYS = 30
LARGE_SHARE = 0.5                                 # a toll that changes by half is news again


@dataclass(frozen=True, slots=True)
class Asked:
    """An incident as it is known at the end of a window. before: as it was known at its beginning; None: new."""

    incident: Incident
    before: Incident | None
    last: date                    # of the window


@dataclass(frozen=True, slots=True)
class Point:
    """One reason that holds, and its points."""

    reason: str
    points: float


def killed(asked: Asked) -> float:
    return DOUBLING_KILLED * _doublings(_surely(asked.incident, "killed"))


def injured(asked: Asked) -> float:
    return DOUBLING_INJURED * _doublings(_surely(asked.incident, "injured"))


def civilians_dead(asked: Asked) -> float:
    parts = [part for part in asked.incident.toll.killed.by_side if part.of == "civilians"]
    return 10.0 if any(part.low or part.best or part.high for part in parts) else 0.0


def protected_people(asked: Asked) -> float:
    return 8.0 if any(one.kind in PROTECTED for one in asked.incident.affected) else 0.0


def origins_of_no_party(asked: Asked) -> float:
    """None: it is what parties say of each other."""
    count = asked.incident.sources.origins_not_party
    return -10.0 if count == 0 and asked.incident.sources.origins else min(4.0 * log2(1 + count), 10.0)


def novelty(asked: Asked) -> float:
    """New incidents before changed ones; of these first those whose toll changed by half."""
    if asked.before is None:
        return 20.0
    old, new = _surely(asked.before, "killed"), _surely(asked.incident, "killed")
    return 12.0 if abs(new - old) > LARGE_SHARE * max(old, 1) else 4.0


def one_side_alone(asked: Asked) -> float:
    return -15.0 if asked.incident.status == "alleged" else 0.0


def did_not_happen(asked: Asked) -> float:
    return -6.0 if asked.incident.status in ("attempted", "foiled") else 0.0


def background(asked: Asked) -> float:
    return -60.0 if asked.incident.told_as != "news" else 0.0


def long_ago(asked: Asked) -> float:
    day = asked.incident.when.best or asked.incident.when.latest
    return -15.0 if day is not None and (asked.last - day).days > OLD_DAYS else 0.0


def unplaced(asked: Asked) -> float:
    return -3.0 if asked.incident.where.country is None else 0.0


REASONS: Final[tuple[Callable[[Asked], float], ...]] = (
    killed, injured, civilians_dead, protected_people, origins_of_no_party, novelty, one_side_alone, did_not_happen, background,
    long_ago, unplaced)

OF_SECTION: Final = {"claims": 0.6, "uncertain": 0.3}      # of the importance of the incident that it is about
# Those that are told at all: what reports say of aims, funds, losses and the like are words that only their text explains.
OF_STATEMENT: Final[dict[Attribute, float]] = {
    "leader": 30.0, "strength": 28.0, "split": 28.0, "parent": 22.0, "ally": 22.0, "rival": 18.0, "commander": 18.0,
    "listing": 18.0, "area": 16.0}


def importance(asked: Asked) -> float:
    return round(sum(one.points for one in points_of(asked)), 2)


def points_of(asked: Asked) -> tuple[Point, ...]:
    """The reasons that hold, with their points."""
    told = ((reason.__name__.replace("_", " "), reason(asked)) for reason in REASONS)
    return tuple(Point(name, points) for name, points in told if points)


def _surely(incident: Incident, effect: str) -> int:
    """How many for all that is known: the best number, else the least. What only moves the top says nothing here."""
    toll = incident.toll.killed if effect == "killed" else incident.toll.injured
    return toll.best if toll.best is not None else toll.low or 0


def _doublings(count: int) -> float:
    return min(log2(1 + max(count, 0)), float(MOST_DOUBLINGS))
