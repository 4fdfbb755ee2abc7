"""Writing reports, and what was extracted from them; called inside a write transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

import sqlalchemy as sa

from dateline.reconcile.by_hand import attached
from dateline.reconcile.candidates import word_keys
from dateline.records import Account, GroupStatement, Report, to_line
from dateline.records.codec import from_line
from dateline.records.incident import Change
from dateline.store import rows
from dateline.store.decisions import anchor_of, follow_decisions, forget_rulings
from dateline.store.dialect import chunks, insert_new, insert_returning, upsert
from dateline.store.incident_rows import gone
from dateline.store.near import keys_of
from dateline.store.schema import (
    account,
    account_key,
    account_word,
    actor,
    figure,
    former,
    group_statement,
    history,
    incident,
    incident_facet,
    incident_span,
    membership,
    report,
)
from dateline.store.search import keep_words
from dateline.store.sketches import add_sketch

PENDING, DONE, FAILED = "pending", "done", "failed"
ENTERED = "entered"               # a note of a person's: its account was entered by hand, and extraction leaves it alone
LANGUAGE = "language:"            # and its code: extraction does not read it
STILL_TO_EXTRACT = (PENDING, FAILED)
MOST_DEATHS = 3                   # of processes that read one report; after so many it is set aside
_DIED = "; died of it: "          # follows the version that failed at a report, and how many times before it


class Extracted(Protocol):
    """What extraction gives, as far as the store needs it."""

    @property
    def accounts(self) -> Sequence[Account]: ...

    @property
    def group_statements(self) -> Sequence[GroupStatement]: ...


def keep_report(connection: sa.Connection, one: Report, *, extracted: str, extractor: str | None, hashes: Collection[int],
                kept_at: datetime) -> bool:
    """Keep `one` unless it is kept; whether it was new."""
    row = rows.report_row(one, extracted=extracted, extractor=extractor, kept_at=kept_at)
    seq = insert_returning(connection, report.c.seq, row)
    if seq is None:
        return False
    keep_words(connection, [{"seq": seq, "title": one.title, "text": one.text}])
    add_sketch(connection, seq, hashes)
    return True


def rewrite_note(connection: sa.Connection, one: Report) -> None:
    """Write anew a note that is kept: a row of a sheet that has changed. Its text begins with what it was."""
    row = rows.report_row(one, extracted=ENTERED, extractor=None, kept_at=one.fetched.at)
    seqs = connection.execute(sa.update(report).where(report.c.id == one.id, report.c.extracted == ENTERED).values(
        {name: value for name, value in row.items() if name not in ("id", "kept_at")}).returning(report.c.seq)).scalars()
    keep_words(connection, [{"seq": seq, "title": one.title, "text": one.text} for seq in seqs.all()])


def mark(connection: sa.Connection, report_ids: Sequence[str], extracted: str, extractor: str | None) -> None:
    """Say how far extraction of kept reports has come. What is done stays done."""
    if extracted == PENDING:
        return                    # another run is at it, or has failed at it: either is known
    for some in chunks(report_ids):
        query = sa.update(report).where(report.c.id.in_(some)).values(extracted=extracted, extractor=extractor)
        connection.execute(query if extracted == DONE else query.where(report.c.extracted.in_(STILL_TO_EXTRACT)))


def note_death(connection: sa.Connection, report_id: str, extractor: str) -> int:
    """Note that a process died of a kept report; how many have, of this version."""
    held = connection.execute(sa.select(report.c.extractor).where(report.c.id == report_id)).scalar() or ""
    version, _, before = held.partition(_DIED)
    deaths = 1 + (int(before) if version == extractor and before.isdigit() else 0)
    mark(connection, [report_id], FAILED, died_of(extractor, deaths))
    return deaths


def died_of(extractor: str, deaths: int = MOST_DEATHS) -> str:
    """What is kept in the place of the version that extracted a report: that so many processes with this one died of it."""
    return f"{extractor}{_DIED}{deaths}"


def replace_extractions(connection: sa.Connection, told: Sequence[tuple[Report, Extracted]], now: datetime) -> None:
    """Make the accounts and statements of kept reports those extracted; what is the same is not touched.

    An account that tells the sentences of one that is gone takes its place in that one's incident, which keeps its id so.
    """
    held = _bodies(connection, account, sa.func.coalesce(account.c.extracted, account.c.body), told)
    forgotten, written, replaced = [], [], []
    for of, extraction in told:
        bodies = held[of.id]
        given = {one.id for one in extraction.accounts}
        changed = [Told(one, position, of) for position, one in enumerate(extraction.accounts)
                   if bodies.get(one.id) != to_line(one)]
        forgotten += [one.account.id for one in changed if one.account.id in bodies]
        written += changed
        gone = [from_line(Account, body) for name, body in sorted(bodies.items()) if name not in given]
        if gone:
            replaced.append((gone, [one for one in extraction.accounts if one.id not in bodies]))
    forget_accounts(connection, forgotten)
    add_accounts(connection, written)
    for gone, new in replaced:
        _hand_down(connection, gone, new)
        drop_accounts(connection, [one.id for one in gone], now)
    _replace_statements(connection, told)
    follow_decisions(connection, {of.id for of, _ in told})


class Told(NamedTuple):
    """An account, its position in its report, from 0, and the report."""

    account: Account
    position: int
    of: Report


def write_account(connection: sa.Connection, one: Told) -> None:
    """Write anew an account of a report that is kept."""
    forget_accounts(connection, [one.account.id])
    add_accounts(connection, [one])


def forget_accounts(connection: sa.Connection, ids: Sequence[str]) -> None:
    """Delete all that the accounts are looked up by."""
    for some in chunks(ids):
        for table in (account_key, account_word, figure, actor):
            connection.execute(sa.delete(table).where(table.c.account_id.in_(some)))


def add_accounts(connection: sa.Connection, told: Sequence[Told]) -> None:
    """Write accounts of kept reports with all that they are looked up by; they wait to be reconciled then."""
    accounts = [one.account for one in told]
    upsert(connection, account, [rows.account_row(one.account, one.position) for one in told])
    add_words(connection, [(one.account, one.of) for one in told])
    insert_new(connection, account_key, [{"key": key, "account_id": one.id} for one in accounts for key in sorted(keys_of(one))])
    insert_new(connection, figure, [row for one in told for row in rows.figure_rows(
        one.account.id, one.account.figures, one.of.written.latest)])
    insert_new(connection, actor, [row for one in accounts for row in rows.actor_rows(one)])


def add_words(connection: sa.Connection, told: Iterable[tuple[Account, Report]]) -> None:
    """Write the rare words of accounts by which they are found."""
    insert_new(connection, account_word, sorted((
        {"word": key.word, "day": keys.day, "account_id": one.id, "weight": key.weight, "lasting": key.lasting}
        for one, of in told if (keys := word_keys(one, of)) is not None for key in keys.keys),
        key=lambda row: (row["word"], row["day"], row["account_id"])))


def _bodies(connection: sa.Connection, table: sa.Table, body: sa.ColumnElement[str],
            told: Sequence[tuple[Report, Extracted]]) -> dict[str, dict[str, str]]:
    """Report -> id -> body, for the rows of `table` that the reports have."""
    found: dict[str, dict[str, str]] = {of.id: {} for of, _ in told}
    for some in chunks(found):
        query = sa.select(table.c.report_id, table.c.id, body).where(table.c.report_id.in_(some))
        for report_id, name, held in connection.execute(query):
            found[report_id][name] = held
    return found


def _hand_down(connection: sa.Connection, gone: Iterable[Account], new: Sequence[Account]) -> None:
    """Put each of `new` that tells the sentences of one that is gone into that one's incident, until it is reconciled."""
    left = list(new)
    for old in gone:
        heir = attached(anchor_of(old), left)
        if heir is not None:
            left = [one for one in left if one.id != heir]
            connection.execute(sa.update(membership).where(membership.c.account_id == old.id).values(
                account_id=heir, figures=None))


def _replace_statements(connection: sa.Connection, told: Sequence[tuple[Report, Extracted]]) -> None:
    held = _bodies(connection, group_statement, group_statement.c.body, told)
    gone, changed = [], []
    for of, extraction in told:
        given = {one.id: rows.statement_row(one) for one in extraction.group_statements}
        gone += sorted(set(held[of.id]) - set(given))
        changed += [row for name, row in given.items() if held[of.id].get(name) != row["body"]]
    for some in chunks(gone):
        connection.execute(sa.delete(group_statement).where(group_statement.c.id.in_(some)))
    upsert(connection, group_statement, changed)


def drop_accounts(connection: sa.Connection, gone: Sequence[str], now: datetime) -> None:
    """Delete accounts that nobody gives any more. Their incidents are reconciled anew from what is left.

    One that has none left is held no more, and comes back as it was called should its accounts be told again.
    """
    forget_rulings(connection, gone)
    for some in chunks(gone):
        had = connection.execute(sa.select(membership.c.incident_number, membership.c.account_id).where(
            membership.c.account_id.in_(some))).all()
        connection.execute(sa.delete(account).where(account.c.id.in_(some)))
        for number in sorted({row.incident_number for row in had}):
            left = list(connection.execute(
                sa.select(membership.c.account_id).where(membership.c.incident_number == number)).scalars())
            if left:
                connection.execute(sa.update(account).where(account.c.id.in_(left)).values(reconciled=False))
            else:
                delete_incident(connection, number, Change(now, "removed", "dateline", "no account tells it any more"))
                insert_new(connection, former, [{"incident_number": number, "account_id": row.account_id}
                                                for row in had if row.incident_number == number])


def delete_incident(connection: sa.Connection, number: int, line: Change) -> None:
    """Mark an incident as deleted, with a line of history that says why; its id is not given again."""
    lines = connection.execute(
        sa.select(sa.func.count()).select_from(history).where(history.c.incident_number == number)).scalar_one()
    insert_new(connection, history, [rows.history_row(number, lines, line)])
    connection.execute(sa.update(incident).where(incident.c.number == number).values(
        **gone(rows.instant(line.at), next_change(connection))))
    forget_values(connection, [number])


def forget_values(connection: sa.Connection, numbers: Iterable[int]) -> None:
    """Delete all that incidents are found by beside their own rows."""
    for some in chunks(numbers):
        for table in (incident_facet, incident_span):
            connection.execute(sa.delete(table).where(table.c.incident_number.in_(some)))


def next_change(connection: sa.Connection) -> int:
    """The number of the change that is being written. Whoever writes holds the lock, so they come in the order of commits."""
    return (connection.execute(sa.select(sa.func.max(incident.c.change))).scalar() or 0) + 1
