"""Decisions of persons in the record: the events, and what follows from them for the accounts that are held now.

What follows (rulings on pairs, overrides, corrected accounts) is worked out anew, for the accounts of the reports concerned, from
the decisions in force whenever one is added or taken back, or a report that one hangs on is extracted anew: nothing else ever
writes it. So a decision costs as much in a record of many.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from dateline.reconcile.by_hand import (
    Attach,
    Override,
    Pairing,
    attached,
    corrected,
    corrections,
    entered_by,
    in_force,
    named,
    override_of,
    rulings,
    taken_back,
)
from dateline.records import Account, Report, to_line
from dateline.records.codec import from_line
from dateline.records.decision import Anchor, Decision
from dateline.store import rows
from dateline.store.dialect import chunks, insert_new
from dateline.store.schema import account, decided, decision, decision_report, judgement, report

_AS_TOLD = sa.func.coalesce(account.c.extracted, account.c.body)       # before persons corrected it


@dataclass(frozen=True, slots=True)
class HeldDecision:
    """undone_by: the event that took it back. accounts: ids of those that it is about now. unattached: how many accounts it
    hangs on whose sentences nobody tells any more."""

    decision: Decision
    undone_by: int | None
    accounts: tuple[str, ...]
    unattached: int


def add_decision(connection: sa.Connection, given: Decision) -> Decision:
    """Keep `given` under the next number. `follow_decisions` makes it count."""
    inserted = connection.execute(sa.insert(decision).returning(decision.c.id), [
        {"at": rows.instant(given.at), "incident": given.incident, "body": ""}]).scalar_one()
    kept = replace(given, id=inserted)
    connection.execute(sa.update(decision).where(decision.c.id == inserted).values(body=to_line(kept)))
    insert_new(connection, decision_report, [{"decision_id": inserted, "report_id": name} for name in sorted(reports_of(kept))])
    return kept


def all_decisions(connection: sa.Connection) -> list[Decision]:
    """Every decision ever made, oldest first."""
    return [from_line(Decision, body) for body in connection.execute(
        sa.select(decision.c.body).order_by(decision.c.id)).scalars()]


def decisions_on(connection: sa.Connection, report_ids: Collection[str]) -> list[Decision]:
    """The decisions that hang on one of the reports, oldest first, and what takes them back, which hangs on the same reports."""
    found: dict[int, str] = {}
    for some in chunks(report_ids):
        hanging = sa.select(decision_report.c.decision_id).where(decision_report.c.report_id.in_(some))
        found.update(connection.execute(sa.select(decision.c.id, decision.c.body).where(decision.c.id.in_(hanging))).all())
    return [from_line(Decision, found[number]) for number in sorted(found)]


def holding(connection: sa.Connection, events: Collection[int]) -> set[int]:
    """Those of the events that nobody has taken back."""
    reports = {one for some in chunks(sorted(events)) for one in connection.execute(
        sa.select(decision_report.c.report_id).where(decision_report.c.decision_id.in_(some))).scalars()}
    given = decisions_on(connection, reports)
    return {one.id for one in given}.intersection(events).difference(taken_back(given))


def held_decisions(connection: sa.Connection) -> list[HeldDecision]:
    """Every decision with whether it holds, and the accounts that it is about now."""
    given = all_decisions(connection)
    attach = attach_in(accounts_by_report(connection, {name for one in given for name in reports_of(one)}))
    undone = taken_back(given)
    return [HeldDecision(one, undone.get(one.id), tuple(named(one.anchors, attach)),
                         sum(attach(anchor) is None for anchor in one.anchors)) for one in given]


def accounts_named(connection: sa.Connection, given: Sequence[Decision]) -> list[list[str]]:
    """For each of the decisions the ids of the accounts that it is about now."""
    attach = attach_in(accounts_by_report(connection, {name for one in given for name in reports_of(one)}))
    return [named(one.anchors, attach) for one in given]


def reports_of(given: Decision) -> set[str]:
    return {anchor.report for anchor in given.anchors}


def follow_decisions(connection: sa.Connection, report_ids: Collection[str]) -> None:
    """Work out what follows from the decisions that hang on these reports, and have the accounts that it changes reconciled anew.

    What follows for accounts of other reports is as it was: no decision hangs on an account of these that is not among those.
    """
    given = decisions_on(connection, report_ids)
    if not given:
        return
    holding = in_force(given)
    entered = {one.report: one for it in holding if (one := entered_by(it)) is not None and one.report in report_ids}
    _enter(connection, report_ids, entered)
    accounts = accounts_by_report(connection, {name for one in given for name in reports_of(one)})
    attach = attach_in(accounts)
    own = [one for name in sorted(report_ids) for one in accounts.get(name, ())]
    ids = {one.id for one in own}
    ruled = {pair: same for pair, same in rulings(holding, attach).items() if not ids.isdisjoint(pair)}
    whole = {one.id: named(one.accounts, attach) for one in holding if override_of(one, ()) is not None}
    touched = _replace_rulings(connection, ids, ruled) | _replace_decided(connection, [one.id for one in given], whole)
    _correct(connection, own, corrections(holding, attach))
    _reconcile_anew(connection, touched)


def forget_rulings(connection: sa.Connection, gone: Collection[str]) -> None:
    """Delete what was ruled on accounts that are told no more; those that it was about beside them are reconciled anew."""
    _reconcile_anew(connection, _replace_rulings(connection, gone, {}))


def overrides_of(connection: sa.Connection, account_ids: Collection[str]) -> tuple[Override, ...]:
    """What persons set for the incidents that had one of `account_ids`, oldest first."""
    ids = {one for some in chunks(sorted(account_ids)) for one in connection.execute(
        sa.select(decided.c.decision_id).where(decided.c.account_id.in_(some))).scalars()}
    found = []
    for some in chunks(sorted(ids)):
        query = sa.select(decision.c.body, decided.c.account_id).join_from(decision, decided).where(decision.c.id.in_(some))
        told = connection.execute(query.order_by(decision.c.id, decided.c.position)).all()
        for body, rows_of in groupby(told, key=lambda row: row.body):
            one = override_of(from_line(Decision, body), [row.account_id for row in rows_of])
            found += [one] if one is not None else []
    return tuple(found)


def attach_in(accounts: dict[str, list[Account]]) -> Attach:
    """What finds the account that an anchor names among `accounts`, by report."""
    return lambda anchor: attached(anchor, accounts.get(anchor.report, []))


def accounts_by_report(connection: sa.Connection, report_ids: Collection[str]) -> dict[str, list[Account]]:
    """The accounts of the reports, as extracted, in the order told."""
    found: dict[str, list[Account]] = {}
    for some in chunks(sorted(report_ids)):
        query = sa.select(account.c.report_id, _AS_TOLD.label("body"))
        query = query.where(account.c.report_id.in_(some)).order_by(account.c.report_id, account.c.position)
        for row in connection.execute(query):
            found.setdefault(row.report_id, []).append(from_line(Account, row.body))
    return found


def entered_from(connection: sa.Connection, beginning: str) -> list[tuple[Report, Account | None]]:
    """The notes whose source begins so, as they were kept, each with the account that was entered; None where that was taken
    back."""
    from dateline.store.keeping import ENTERED

    query = sa.select(report, _AS_TOLD.label("told")).outerjoin_from(report, account).where(
        report.c.extracted == ENTERED, report.c.source.startswith(beginning, autoescape=True)).order_by(report.c.seq)
    return [(rows.report_from(row), from_line(Account, row["told"]) if row["told"] else None)
            for row in connection.execute(query).mappings()]


def _enter(connection: sa.Connection, report_ids: Collection[str], entered: dict[str, Account]) -> None:
    """Make the accounts of notes among the reports those that persons entered last, by report; what was taken back goes."""
    from dateline.store.keeping import ENTERED, Told, add_accounts, drop_accounts, forget_accounts

    held = {row.report_id: row for some in chunks(sorted(report_ids)) for row in connection.execute(
        sa.select(account.c.report_id, account.c.id, _AS_TOLD.label("body")).join_from(account, report).where(
            report.c.extracted == ENTERED, report.c.id.in_(some)))}
    told = {name: to_line(one) for name, one in entered.items()}
    drop_accounts(connection, [row.id for name, row in held.items() if name not in entered or entered[name].id != row.id],
                  datetime.now(UTC))
    changed = sorted(name for name in entered if name not in held or held[name].body != told[name])
    forget_accounts(connection, [entered[name].id for name in changed if name in held])
    for some in chunks(changed):
        add_accounts(connection, [Told(entered[row["id"]], 0, rows.report_from(row)) for row in connection.execute(
            sa.select(report).where(report.c.id.in_(some)).order_by(report.c.seq)).mappings()])


def _replace_rulings(connection: sa.Connection, account_ids: Collection[str], ruled: dict[Pairing, bool]) -> set[str]:
    """Make the rulings on `account_ids` (with any other) those of `ruled`; the accounts for which they are others than before."""
    before: dict[Pairing, bool] = {}
    for some in chunks(sorted(account_ids)):
        for column in (judgement.c.account_a, judgement.c.account_b):
            before.update({(row.account_a, row.account_b): row.same for row in connection.execute(
                sa.select(judgement).where(column.in_(some)))})
            connection.execute(sa.delete(judgement).where(column.in_(some)))
    insert_new(connection, judgement, [{"account_a": a, "account_b": b, "same": same} for (a, b), same in sorted(ruled.items())])
    changed = {pair for pair in before.keys() | ruled.keys() if before.get(pair) != ruled.get(pair)}
    return {name for pair in changed for name in pair}


def _replace_decided(connection: sa.Connection, events: Collection[int], given: dict[int, list[str]]) -> set[str]:
    """Make `given` what the decisions `events` are about now; the accounts that one is about now and was not, or the other way
    round."""
    before: set[tuple[int, str]] = set()
    for some in chunks(sorted(events)):
        before.update((row.decision_id, row.account_id) for row in connection.execute(
            sa.select(decided).where(decided.c.decision_id.in_(some))))
        connection.execute(sa.delete(decided).where(decided.c.decision_id.in_(some)))
    after: list[dict[str, Any]] = [{"decision_id": one, "account_id": name, "position": position}
             for one, names in sorted(given.items()) for position, name in enumerate(names)]
    insert_new(connection, decided, after)
    return {name for _, name in before ^ {(row["decision_id"], row["account_id"]) for row in after}}


def _reconcile_anew(connection: sa.Connection, account_ids: Collection[str]) -> None:
    for some in chunks(sorted(account_ids)):
        connection.execute(sa.update(account).where(account.c.id.in_(some)).values(reconciled=False))


def _correct(connection: sa.Connection, extracted: Sequence[Account], fixes: dict[str, dict[str, object]]) -> None:
    """Write the accounts as corrected, those no longer corrected as extracted."""
    from dateline.store.keeping import Told, write_account

    held = {}
    for some in chunks([one.id for one in extracted]):
        query = sa.select(account.c.id.label("account_id"), account.c.position, account.c.body.label("account_body"),
                          report.c.body, report.c.text)
        held.update({row["account_id"]: row for row in connection.execute(
            query.join_from(account, report).where(account.c.id.in_(some))).mappings()})
    for one in extracted:
        now = corrected(one, fixes[one.id]) if one.id in fixes else one
        row = held[one.id]
        if to_line(now) != row["account_body"]:
            write_account(connection, Told(now, row["position"], rows.report_from(row)))
            original = to_line(one) if now != one else None
            connection.execute(sa.update(account).where(account.c.id == one.id).values(extracted=original))


def anchor_of(one: Account) -> Anchor:
    """How a decision names an account."""
    return Anchor(one.report, one.evidence, one.kind)
