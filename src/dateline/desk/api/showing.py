"""Records as the API may show them: what is withheld is gone, and what a program needs stands beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from dateline.desk.api.records import ShownAccount, ShownFigure, ShownIncident, ShownReport
from dateline.publish.beside import beside_incidents
from dateline.publish.passages import passages_of
from dateline.publish.withhold import (
    Surroundings,
    private_names,
    withhold,
    withhold_account,
    withhold_decided,
    withhold_statement,
)
from dateline.reconcile.merge import report_ref
from dateline.reconcile.views import View, view_of
from dateline.records import Account, GroupStatement, Incident, Report, ReportRef
from dateline.records.revision import revision_of
from dateline.store import Store
from dateline.store.lists_told import HeldAccount, HeldFigure
from dateline.store.rows import numbers_in

T = TypeVar("T")


def as_shown(kind: type[T], record: object, **more: Any) -> T:
    """A record of a type that adds fields to that of `record`."""
    held = {one.name: getattr(record, one.name) for one in fields(record)}  # type: ignore[arg-type]  # a dataclass
    return kind(**{**held, **more})


def shown_incidents(kept: Iterable[Incident], view: View, store: Store) -> Iterator[ShownIncident]:
    """Each of `kept` under `view`."""
    held = list(kept)
    beside = beside_incidents(store, held)
    for one in held:
        [seen] = view_of([one], view, store.report)
        yield _shown(seen, one, beside[one.id])


def shown_as_held(kept: Incident, beside: Surroundings) -> ShownIncident:
    """`kept` under the rules by which it is held."""
    return _shown(kept, kept, beside)


def _shown(seen: Incident, kept: Incident, beside: Surroundings) -> ShownIncident:
    published = withhold(seen, beside)
    withheld = published.withheld + published.passages
    return as_shown(ShownIncident, published.incident, revision=revision_of(kept), withheld=withheld)


class Beside:
    """What stands beside accounts that are shown one by one: those of their report and of their incident, each read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reports: dict[str, Report | None] = {}
        self._of_report: dict[str, Sequence[Account]] = {}
        self._of_incident: dict[str, Sequence[Account]] = {}
        self._own: dict[str, int] = {}

    def load(self, incidents: Iterable[str | None]) -> None:
        """Read the accounts of these incidents at once."""
        asked = [one for one in dict.fromkeys(incidents) if one and one not in self._of_incident]
        for held in self._store.lists.incidents(numbers_in(asked)):
            self._of_incident[held.id] = [joined.account for joined in held.accounts]

    def report(self, name: str) -> Report | None:
        if name not in self._reports:
            self._reports[name] = self._store.report(name)
        return self._reports[name]

    def of_report(self, name: str) -> Sequence[Account]:
        """All accounts that say what of it may not be shown: its own, and those around it."""
        if name not in self._of_report:
            self.load_reports([name])
        return self._of_report[name]

    def load_reports(self, names: Iterable[str]) -> None:
        """Read what stands around these reports at once."""
        asked = [one for one in dict.fromkeys(names) if one not in self._of_report]
        around = self._store.lists.around(asked)
        self._of_report |= {name: one.accounts for name, one in around.items()}
        self._own |= {name: len(one.own) for name, one in around.items()}

    def own(self, name: str) -> int:
        """How many accounts were read from a report."""
        self.of_report(name)
        return self._own[name]

    def of_incident(self, name: str | None) -> Sequence[Account]:
        return self._of_incident.get(name or "", ())

    def account(self, held: HeldAccount | HeldFigure) -> ShownAccount:
        report = self.report(held.account.report)
        shown = withhold_account(held.account, self.of_incident(held.incident), self.of_report(held.account.report))
        return as_shown(ShownAccount, shown, incident=held.incident, outlet=report.outlet if report else None)

    def figure(self, held: HeldFigure) -> ShownFigure:
        account = self.account(held)
        own = next(one for one in account.figures if one.id == held.figure.id)
        return as_shown(ShownFigure, own, account=account.id, report=account.report, incident=account.incident,
                        outlet=account.outlet)

    def ref(self, name: str) -> ReportRef | None:
        """A report as what it says is cited."""
        found = self.report(name)
        return withhold_decided(report_ref(found), self.of_report(name)) if found is not None else None

    def statement(self, said: GroupStatement) -> GroupStatement:
        return withhold_statement(said, self.of_report(said.report))


def names_withheld(accounts: Iterable[Account]) -> int:
    """How many names and passages of `accounts` are left out."""
    held = list(accounts)
    return len(private_names(held)) + len(passages_of(held))


def shown_report(report: Report, beside: Sequence[Account], *, extracted: str, extractor: str | None, accounts: int,
                 with_text: bool) -> ShownReport:
    """beside: its accounts, and those around it. accounts: how many of them are its own."""
    shown = withhold_decided(report, beside)
    return as_shown(ShownReport, shown, text=shown.text if with_text else None, extracted=extracted, extractor=extractor,
                    accounts=accounts)
