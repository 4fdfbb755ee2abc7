"""What tells whether an incident has changed: since somebody read it, and since its facts were reviewed. Pure."""

from __future__ import annotations

import hashlib
from typing import Any

from dateline.records.account import Account, Figure, When, Where
from dateline.records.codec import to_line
from dateline.records.incident import Incident, Toll

DIGITS = 12                       # hexadecimal, of SHA-256: no two revisions of one incident share them by chance


def revision_of(incident: Incident) -> str:
    """The revision of `incident`: "r7-3fa9c1d2e4b5", its lines of history and a hash of what it holds. The letter keeps
    a sheet from reading a date.

    It changes with every change that is kept of the incident: of its facts, accounts and review. It is the same whether names
    are withheld or not and under whatever rule of tolls the incident is shown, so that it can be printed, sent out in a sheet
    and compared when the sheet comes back.
    """
    review = incident.review
    told: list[Any] = [
        incident.id, incident.kind, incident.status, incident.nature, incident.told_as,
        _days(incident.when), _point(incident.where),
        [_told(joined.account) for joined in incident.accounts],
        [review.state, review.who, review.at, review.confidence, review.changed_at],
    ]
    return f"r{len(incident.history)}-{_hash(told)}"


def facts_hash(incident: Incident) -> str:
    """A hash of what the incident is: kind, status, day, place, tolls, who did it, and what is disputed.

    The same while new reports tell the same. It depends on the rule of tolls under which the incident is held.
    """
    attribution = incident.attribution
    return _hash([
        incident.kind, incident.status, incident.nature, _days(incident.when), _point(incident.where), incident.where.name,
        _toll(incident.toll.killed), _toll(incident.toll.injured),
        sorted((one.of, one.stance) for one in attribution.by) if attribution else [],
        sorted((one.field, sorted(held.value for held in one.values)) for one in incident.disagreements),
    ])


def _told(account: Account) -> list[Any]:
    return [
        account.id, account.kind, account.status, account.nature, account.told_as, _days(account.when), _point(account.where),
        [_count(figure) for figure in account.figures],
        [(one.id, one.role, one.group, one.type, one.certainty, one.country) for one in account.actors],
        [(one.stance, one.group) for one in account.responsibility],
    ]


def _count(one: Figure) -> tuple[Any, ...]:
    return (one.id, one.effect, one.side, one.low, one.high, one.value, one.modifier, one.scope, one.standing, one.part_of)


def _days(when: When) -> tuple[Any, ...]:
    return (when.start, when.end, when.ongoing, when.earliest, when.latest, when.candidates, when.best, when.time_of_day)


def _point(where: Where) -> tuple[Any, ...]:
    return (where.gazetteer_id, where.country, where.lat, where.lon, where.precision)


def _toll(toll: Toll) -> list[Any]:
    return [toll.low, toll.best, toll.high, sorted(to_line(one) for one in toll.by_side)]


def _hash(told: list[Any]) -> str:
    return hashlib.sha256(to_line(told).encode()).hexdigest()[:DIGITS]
