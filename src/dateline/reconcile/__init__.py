"""Accounts -> incidents: which accounts tell one incident, which figures stand, and what the toll is."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from dateline.reconcile.informed import informed
from dateline.reconcile.plan import IncidentChange, Plan, plan_changes
from dateline.reconcile.sources import SourceRegister, load_sources
from dateline.reconcile.stories import link_copies
from dateline.records import Account, Incident, Report
from dateline.records.incident import TollRule
from dateline.verbs import callable_as

__all__ = ["IncidentChange", "Plan", "incidents_of", "plan_changes"]


class Extracted(Protocol):
    """What `extract` gives, as far as reconciling needs it."""

    @property
    def accounts(self) -> Sequence[Account]: ...


def incidents_of(pairs: Iterable[tuple[Report, Extracted]], *, rule: TollRule = "reliable",
                 sources: SourceRegister | None = None) -> list[Incident]:
    """The incidents that the reports tell, without a record on disk. Ids run from DTL-1, the earliest incident first.

    Copies and versions among the reports are found as well. The answer does not depend on the order of `pairs`; the
    same report given twice counts once. sources: who the speakers are; by default the packaged register.
    """
    given = {report.id: (report, extraction) for report, extraction in pairs}
    linked = link_copies([report for report, _ in sorted(given.values(), key=lambda pair: pair[0].id)])
    reports = {report.id: report for report in linked}
    told = [account for _, extraction in given.values() for account in extraction.accounts]
    accounts = informed(told, reports, sources or load_sources())
    now = max((report.fetched.at for report in linked), default=datetime(1970, 1, 1, tzinfo=UTC))
    numbers = itertools.count(1)
    plan = plan_changes(accounts, (), reports, {}, {}, now, lambda: f"DTL-{next(numbers)}", rule)
    return _renumbered([change.incident for change in plan.changes if change.incident is not None])


def _renumbered(incidents: Sequence[Incident]) -> list[Incident]:
    """The incidents by their day, with ids in that order."""
    def order(incident: Incident) -> tuple[str, str]:
        day = incident.when.best or incident.when.earliest or incident.when.latest
        return (day.isoformat() if day else "9999", incident.accounts[0].account.id)
    ordered = sorted(incidents, key=order)
    new_id = {incident.id: f"DTL-{number}" for number, incident in enumerate(ordered, 1)}
    return [replace(incident, id=new_id[incident.id],
                    related=tuple(replace(link, incident=new_id[link.incident]) for link in incident.related))
            for incident in ordered]


callable_as(__name__, incidents_of)
