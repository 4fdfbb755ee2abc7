"""Writing one report with what was extracted from it; called inside a write transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa

from dateline.reconcile.by_hand import attached
from dateline.reconcile.candidates import word_keys
from dateline.records import Account, GroupStatement, Report, to_line
from dateline.records.codec import from_line
from dateline.records.incident import Change
from dateline.store import rows
from dateline.store.decisions import anchor_of, follow_decisions, hang_on
from dateline.store.dialect import chunks, insert_new, upsert
from dateline.store.near import keys_of
from dateline.store.schema import (
    account,
    account_key,
    account_word,
    actor,
    figure,
    group_statement,
    history,
    incident,
    membership,
    report,
    sketch,
)

PENDING, DONE, FAILED = "pending", "done", "failed"
LANGUAGE = "language:"            # and its code: extraction does not read it
STILL_TO_EXTRACT = (PENDING, FAILED)


class Extracted(Protocol):
    """What extraction gives, as far as the store needs it."""

    @property
    def accounts(self) -> Sequence[Account]: ...

    @property
    def group_statements(self) -> Sequence[GroupStatement]: ...


def keep_report(connection: sa.Connection, one: Report, *, extracted: str, extractor: str | None, hashes: Collection[int],
                kept_at: datetime) -> bool:
    """Keep `one` unless it is kept; whether it was new."""
    seq = connection.execute(sa.select(report.c.seq).where(report.c.id == one.id)).scalar()
    if seq is not None:
        return False
    row = rows.report_row(one, extracted=extracted, extractor=extractor, kept_at=kept_at)
    seq = connection.execute(sa.insert(report).returning(report.c.seq), [row]).scalar_one()
    insert_new(connection, sketch, [{"hash": signed(value), "report_seq": seq} for value in sorted(hashes)])
    return True


def mark(connection: sa.Connection, report_id: str, extracted: str, extractor: str | None) -> None:
    """Say how far extraction of a kept report has come. What is done stays done."""
    if extracted == PENDING:
        return                    # another run is at it, or has failed at it: either is known
    query = sa.update(report).where(report.c.id == report_id).values(extracted=extracted, extractor=extractor)
    connection.execute(query if extracted == DONE else query.where(report.c.extracted.in_(STILL_TO_EXTRACT)))


def replace_extraction(connection: sa.Connection, of: Report, extraction: Extracted, now: datetime) -> None:
    """Make the accounts and statements of a report those of `extraction`; what is the same is not touched.

    An account that tells the sentences of one that is gone takes its place in that one's incident, which keeps its id so.
    """
    bodies: dict[str, str] = dict(connection.execute(
        sa.select(account.c.id, sa.func.coalesce(account.c.extracted, account.c.body)).where(
            account.c.report_id == of.id)).all())
    given = {one.id: one for one in extraction.accounts}
    gone = [from_line(Account, body) for name, body in sorted(bodies.items()) if name not in given]
    changed = [(one, position) for position, one in enumerate(extraction.accounts) if bodies.get(one.id) != to_line(one)]
    forget_accounts(connection, [one.id for one, _ in changed if one.id in bodies])
    add_accounts(connection, changed, of)
    _hand_down(connection, gone, [one for one in extraction.accounts if one.id not in bodies])
    _drop_accounts(connection, [one.id for one in gone], now)
    _replace_statements(connection, of.id, extraction.group_statements)
    if hang_on(connection, [of.id]):
        follow_decisions(connection)


def write_account(connection: sa.Connection, one: Account, position: int, of: Report) -> None:
    """Write anew an account of the report `of` that is kept. position: in its report, from 0."""
    forget_accounts(connection, [one.id])
    add_accounts(connection, [(one, position)], of)


def forget_accounts(connection: sa.Connection, ids: Sequence[str]) -> None:
    """Delete all that the accounts are looked up by."""
    for table in (account_key, account_word, figure, actor) if ids else ():
        connection.execute(sa.delete(table).where(table.c.account_id.in_(ids)))


def add_accounts(connection: sa.Connection, told: Sequence[tuple[Account, int]], of: Report) -> None:
    """Write accounts of the report `of` with all that they are looked up by; they wait to be reconciled then.

    told: each with its position in the report, from 0.
    """
    accounts = [one for one, _ in told]
    upsert(connection, account, [rows.account_row(one, position) for one, position in told])
    add_words(connection, accounts, of)
    insert_new(connection, account_key, [{"key": key, "account_id": one.id} for one in accounts for key in sorted(keys_of(one))])
    insert_new(connection, figure, [row for one in accounts for row in rows.figure_rows(one.id, one.figures)])
    insert_new(connection, actor, [row for one in accounts for row in rows.actor_rows(one)])


def add_words(connection: sa.Connection, accounts: Sequence[Account], of: Report) -> None:
    """Write the rare words of accounts by which they are found."""
    insert_new(connection, account_word, [
        {"word": word, "day": keys.day, "account_id": one.id, "weight": weight}
        for one in accounts if (keys := word_keys(one, of)) is not None for word, weight in keys.words.items()])


def _hand_down(connection: sa.Connection, gone: Iterable[Account], new: Sequence[Account]) -> None:
    """Put each of `new` that tells the sentences of one that is gone into that one's incident, until it is reconciled."""
    left = list(new)
    for old in gone:
        heir = attached(anchor_of(old), left)
        if heir is not None:
            left = [one for one in left if one.id != heir]
            connection.execute(sa.update(membership).where(membership.c.account_id == old.id).values(
                account_id=heir, figures=None))


def _replace_statements(connection: sa.Connection, report_id: str, statements: Iterable[GroupStatement]) -> None:
    given = {one.id: rows.statement_row(one) for one in statements}
    bodies: dict[str, str] = dict(connection.execute(
        sa.select(group_statement.c.id, group_statement.c.body).where(group_statement.c.report_id == report_id)).all())
    for some in chunks(sorted(set(bodies) - set(given))):
        connection.execute(sa.delete(group_statement).where(group_statement.c.id.in_(some)))
    upsert(connection, group_statement, [row for name, row in given.items() if bodies.get(name) != row["body"]])


def _drop_accounts(connection: sa.Connection, gone: Sequence[str], now: datetime) -> None:
    """Delete accounts that extraction no longer gives. Their incidents are reconciled anew from what is left."""
    for some in chunks(gone):
        numbers = set(connection.execute(
            sa.select(membership.c.incident_number).where(membership.c.account_id.in_(some))).scalars())
        connection.execute(sa.delete(account).where(account.c.id.in_(some)))
        for number in sorted(numbers):
            left = list(connection.execute(
                sa.select(membership.c.account_id).where(membership.c.incident_number == number)).scalars())
            if left:
                connection.execute(sa.update(account).where(account.c.id.in_(left)).values(reconciled=False))
            else:
                delete_incident(connection, number, Change(now, "removed", "dateline", "no account tells it any more"))


def delete_incident(connection: sa.Connection, number: int, line: Change) -> None:
    """Mark an incident as deleted, with a line of history that says why; its id is not given again."""
    lines = connection.execute(
        sa.select(sa.func.count()).select_from(history).where(history.c.incident_number == number)).scalar_one()
    insert_new(connection, history, [rows.history_row(number, lines, line)])
    connection.execute(sa.update(incident).where(incident.c.number == number).values(deleted_at=rows.instant(line.at)))


def signed(value: int) -> int:
    """A 64-bit hash as the signed number that a column holds."""
    return value - (1 << 64) if value >= 1 << 63 else value

