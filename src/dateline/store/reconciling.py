"""One reconciling: from reading the neighbourhood to writing the plan the write lock is held, so two runs agree."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from dateline.reconcile.clusters import Links
from dateline.reconcile.informed import informed
from dateline.reconcile.plan import IncidentChange, Plan, plan_changes
from dateline.reconcile.reasons import Judgement
from dateline.reconcile.sources import SourceRegister
from dateline.records import Account, Incident
from dateline.records.decision import Decision
from dateline.records.incident import Change, TollRule
from dateline.store import rows
from dateline.store.decisions import accounts_named, add_decision, follow_decisions, reports_of
from dateline.store.dialect import chunks, insert_new, upsert
from dateline.store.incident_rows import body_row, facet_rows, gone, incident_row, settled_figure_rows, span_rows
from dateline.store.keeping import Told, forget_values, next_change, write_account
from dateline.store.neighbourhood import Neighbourhood, neighbourhood
from dateline.store.schema import (
    account,
    account_link,
    figure,
    former,
    history,
    incident,
    incident_body,
    incident_facet,
    incident_span,
    membership,
    report,
)


@dataclass(frozen=True, slots=True)
class Applied:
    """What a plan did: ids of incidents."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """An account, another that tells the same incident or possibly does, and why."""

    account: str
    other: str
    judgement: Judgement


class Reconciling:
    """Made by `Store.reconciling()`; of use inside that block only."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._taken: tuple[str, ...] = ()

    def unreconciled(self) -> list[str]:
        """Ids of the accounts not reconciled yet, in the order in which their reports were kept."""
        query = sa.select(account.c.id).join_from(account, report).where(account.c.reconciled.is_(False))
        return list(self._connection.execute(query.order_by(report.c.seq, account.c.position)).scalars())

    def neighbourhood(self, account_ids: Sequence[str]) -> Neighbourhood:
        """All that reconciling `account_ids` can touch; the new of it count as reconciled when the plan is applied."""
        near = neighbourhood(self._connection, account_ids)
        self._taken = tuple(one.id for one in near.new)
        return near

    def numbering(self) -> Callable[[], str]:
        """Gives a new incident's id at each call; ids of deleted incidents are not given again."""
        highest = self._connection.execute(sa.select(sa.func.max(incident.c.number))).scalar() or 0
        numbers = itertools.count(highest + 1)
        return lambda: rows.incident_id(next(numbers))

    def apply(self, plan: Plan) -> Applied:
        """Write what `plan` says. Nothing is kept of it unless the whole block ends well.

        Raises ValueError when an incident's id is none of ours.
        """
        numbers, change_number = [_number(change) for change in plan.changes], next_change(self._connection)
        for some in chunks(numbers):
            # all leave before any join: an account may go from one incident of the plan to another
            self._connection.execute(sa.delete(membership).where(membership.c.incident_number.in_(some)))
        for number, change in zip(numbers, plan.changes, strict=True):
            if change.kind == "removed":
                self._remove(number, change, change_number)
        self._write({number: change.incident for number, change in zip(numbers, plan.changes, strict=True)
                     if change.kind != "removed" and change.incident is not None}, change_number)
        self._link(plan.links)
        for ids in chunks(self._taken):
            self._connection.execute(sa.update(account).where(account.c.id.in_(ids)).values(reconciled=True))
        return Applied(*(tuple(change.incident_id for change in plan.changes if change.kind == kind)
                         for kind in ("new", "changed", "removed")))

    def reconcile(self, ids: Sequence[str], rule: TollRule, at: datetime, *, sources: SourceRegister | None = None,
                  plan_changes: Callable[..., Plan] = plan_changes) -> Applied:
        """Reconcile the accounts `ids` with all that they touch, and write what changes.

        sources: the register that says of whom the speakers are; by default nothing more than the reports say.
        """
        near = self.neighbourhood(ids)
        new, held = (informed(told, near.reports, sources) if sources is not None else told for told in (near.new, near.held))
        return self.apply(plan_changes(new, held, near.reports, near.incident_of, near.incidents, at,
                                       self.numbering(), rule, near.ruling, near.hand, near.links, near.former))

    def decide(self, given: Sequence[Decision]) -> list[Decision]:
        """Keep decisions of persons and let them count; the accounts that they touch wait to be reconciled."""
        kept = [add_decision(self._connection, one) for one in given]
        follow_decisions(self._connection, {name for one in kept for name in reports_of(one)})
        return kept

    def named(self, given: Sequence[Decision]) -> list[list[str]]:
        """For each of the decisions the ids of the accounts that it is about now."""
        return accounts_named(self._connection, given)

    def reconcile_anew(self, account_ids: Collection[str]) -> None:
        """Let the accounts wait to be reconciled."""
        for some in chunks(sorted(account_ids)):
            self._connection.execute(sa.update(account).where(account.c.id.in_(some)).values(reconciled=False))

    def forget_links(self) -> None:
        """Let every account wait to be reconciled, as if none had been judged: for a new table of reasons."""
        self._connection.execute(sa.delete(account_link))
        self._connection.execute(sa.update(account).values(reconciled=False))

    def replace_account(self, one: Account) -> None:
        """Write an account that is kept already as a person has corrected it. Raises KeyError for one that is not kept."""
        query = sa.select(account.c.position, report).join_from(account, report).where(account.c.id == one.id)
        held = self._connection.execute(query).mappings().first()
        if held is None:
            raise KeyError(one.id)
        write_account(self._connection, Told(one, held["position"], rows.report_from(held)))

    def incidents_of(self, account_ids: Sequence[str]) -> dict[str, set[str]]:
        """Incident -> those of the accounts that it holds."""
        held: dict[str, set[str]] = {}
        for some in chunks(account_ids):
            query = sa.select(membership.c.account_id, membership.c.incident_number).where(membership.c.account_id.in_(some))
            for account_id, number in self._connection.execute(query):
                held.setdefault(rows.incident_id(number), set()).add(account_id)
        return held

    def links_with(self, account_ids: Collection[str]) -> list[Link]:
        """The links of the accounts with others than these, as they were judged."""
        found = []
        for some in chunks(sorted(account_ids)):
            for ours, other in ((account_link.c.account_a, account_link.c.account_b),
                                (account_link.c.account_b, account_link.c.account_a)):
                query = sa.select(ours, other, account_link.c.points, account_link.c.reasons).where(ours.in_(some))
                found += [Link(mine, their, Judgement(points, rows.reasons_from(reasons)))
                          for mine, their, points, reasons in self._connection.execute(query) if their not in account_ids]
        return found

    def add_lines(self, lines: Sequence[tuple[str, Change]]) -> None:
        """Add lines to the histories of held incidents, each to that of the incident named with it."""
        told: dict[int, list[Change]] = {}
        for incident_id, line in lines:
            told.setdefault(rows.number_in(incident_id) or 0, []).append(line)
        counted: dict[int, int] = {}
        for some in chunks(told):
            query = sa.select(history.c.incident_number, sa.func.count()).where(history.c.incident_number.in_(some))
            counted.update(self._connection.execute(query.group_by(history.c.incident_number)).all())
        insert_new(self._connection, history, [rows.history_row(number, counted.get(number, 0) + at, line)
                                               for number, added in told.items() for at, line in enumerate(added)])
        for number, added in told.items():
            self._connection.execute(sa.update(incident).where(incident.c.number == number).values(
                changed_at=rows.instant(added[-1].at), change=next_change(self._connection)))

    def _link(self, links: Links) -> None:
        """Keep the links of the accounts taken; what was judged of them before is out of date."""
        for ids in chunks(self._taken):
            for column in (account_link.c.account_a, account_link.c.account_b):
                self._connection.execute(sa.delete(account_link).where(column.in_(ids)))
        taken = set(self._taken)
        insert_new(self._connection, account_link, [rows.link_row(pair, judgement) for pair, judgement in sorted(links.items())
                                                    if not taken.isdisjoint(pair)])

    def _write(self, incidents: Mapping[int, Incident], change: int) -> None:
        """Write incidents by their numbers: all rows of a table at once, since each statement costs as much as some rows."""
        for some in chunks(incidents):
            self._connection.execute(sa.delete(former).where(former.c.incident_number.in_(some)))
        upsert(self._connection, incident, [incident_row(one, change) for one in incidents.values()])
        upsert(self._connection, incident_body, [body_row(number, one) for number, one in incidents.items()])
        forget_values(self._connection, incidents)
        insert_new(self._connection, incident_facet, [
            row for number, one in incidents.items() for row in facet_rows(number, one)])
        insert_new(self._connection, incident_span, [row for number, one in incidents.items() for row in span_rows(number, one)])
        extracted = self._extracted([joined.account.id for one in incidents.values() for joined in one.accounts])
        upsert(self._connection, membership, [
            rows.membership_row(number, position, joined, *extracted[joined.account.id])
            for number, one in incidents.items() for position, joined in enumerate(one.accounts)])
        upsert(self._connection, figure, [row for one in incidents.values() for row in settled_figure_rows(one.accounts)])
        for number, one in incidents.items():
            self._add_history(number, one)

    def _remove(self, number: int, change: IncidentChange, change_number: int) -> None:
        """Delete it, but keep its row: its id stays listed and its history tells what became of it."""
        lines = change.incident.history if change.incident is not None else ()
        if change.incident is not None:
            self._add_history(number, change.incident)
            insert_new(self._connection, former, [{"incident_number": number, "account_id": joined.account.id}
                                                  for joined in change.incident.accounts])
        at = rows.instant(lines[-1].at if lines else datetime.now(UTC))
        self._connection.execute(sa.update(incident).where(incident.c.number == number).values(**gone(at, change_number)))
        forget_values(self._connection, [number])

    def _add_history(self, number: int, one: Incident) -> None:
        insert_new(self._connection, history,
                   [rows.history_row(number, position, line) for position, line in enumerate(one.history)])

    def _extracted(self, ids: Sequence[str]) -> dict[str, tuple[Account, int]]:
        """The accounts as they are kept, each with the number of its report."""
        query = sa.select(account.c.id, account.c.body, report.c.seq).join_from(account, report)
        return {account_id: (rows.account_from(body), seq) for some in chunks(ids)
                for account_id, body, seq in self._connection.execute(query.where(account.c.id.in_(some)))}


def _number(change: IncidentChange) -> int:
    number = rows.number_in(change.incident_id)
    if number is None:
        raise ValueError(f"{change.incident_id!r} is no incident's id")
    return number

