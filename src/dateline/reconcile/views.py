"""An incident seen under other rules: tolls and who did it are computed again from what is held; the record stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from dateline.reconcile.attribution import attribution
from dateline.reconcile.tolls import toll
from dateline.records import Incident, Report
from dateline.records.incident import AttributionRule, TollRule, Tolls


@dataclass(frozen=True, slots=True)
class View:
    """The rules under which incidents are shown."""

    toll: TollRule = "reliable"
    attribution: AttributionRule = "stated or claimed"

    def is_of(self, incident: Incident) -> bool:
        """Whether `incident` is held under these rules already."""
        held = incident.attribution
        return incident.toll.killed.rule == self.toll and held is not None and held.rule == self.attribution


def seen_under(view: View, incident: Incident, reports: Mapping[str, Report]) -> Incident:
    """`incident` with its tolls and who did it by the rules of `view`, from the standing of its figures as it is held.

    reports: those of its accounts by id; they tell when counts without a time of their own were made.
    """
    accounts = [joined.account for joined in incident.accounts]
    tolls = Tolls(toll(accounts, "killed", view.toll, reports), toll(accounts, "injured", view.toll, reports))
    return replace(incident, toll=tolls, attribution=attribution(accounts, reports, view.attribution))


def view_of(incidents: Iterable[Incident], view: View, report: Callable[[str], Report | None]) -> Iterable[Incident]:
    """Each of `incidents` under `view`. report: looks a kept report up by its id; asked only where the rules differ."""
    for incident in incidents:
        if view.is_of(incident):
            yield incident
            continue
        found = {one: report(one) for one in dict.fromkeys(joined.report.id for joined in incident.accounts)}
        yield seen_under(view, incident, {one: held for one, held in found.items() if held is not None})
