"""Queries on what people leave beside incidents: locks, comments, blind codings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from dateline.reconcile.by_hand import named
from dateline.records import to_line
from dateline.records.codec import from_line
from dateline.records.team import Coding, Comment, Lock
from dateline.store import rows
from dateline.store.decisions import accounts_by_report, attach_in
from dateline.store.dialect import chunks, insert_new, upsert
from dateline.store.rows import instant
from dateline.store.schema import account, membership
from dateline.store.schema_team import coding, comment, comment_report, incident_lock
from dateline.store.team_people import key_of

# Locks


def lock_of(connection: sa.Connection, incident: str, at: datetime) -> Lock | None:
    row = connection.execute(sa.select(incident_lock).where(
        incident_lock.c.incident == incident, incident_lock.c.until > instant(at))).one_or_none()
    return Lock(row.incident, row.who, datetime.fromisoformat(row.since), datetime.fromisoformat(row.until)) if row else None


def keep_lock(connection: sa.Connection, one: Lock, at: datetime) -> None:
    """Locks that have expired go."""
    connection.execute(sa.delete(incident_lock).where(incident_lock.c.until <= instant(at)))
    upsert(connection, incident_lock, [{"incident": one.incident, "who": one.who, "since": instant(one.since),
                                        "until": instant(one.until)}])


def drop_lock(connection: sa.Connection, incident: str, who: str) -> None:
    """Nothing is done where another person holds it."""
    held = connection.execute(sa.select(incident_lock.c.who).where(incident_lock.c.incident == incident)).scalar()
    if held is not None and key_of(held) == key_of(who):
        connection.execute(sa.delete(incident_lock).where(incident_lock.c.incident == incident))


# Comments


def add_comment(connection: sa.Connection, one: Comment) -> Comment:
    """Keep `one` under the next number."""
    number = connection.execute(sa.insert(comment).returning(comment.c.id), [
        {"at": instant(one.at), "incident": one.incident, "body": ""}]).scalar_one()
    kept = replace(one, id=number)
    connection.execute(sa.update(comment).where(comment.c.id == number).values(body=to_line(kept)))
    insert_new(connection, comment_report, [{"comment_id": number, "report_id": name}
                                            for name in sorted({anchor.report for anchor in one.accounts})])
    return kept


def resolve_comment(connection: sa.Connection, number: int, who: str | None, at: datetime | None) -> bool:
    """Mark a comment as resolved, or (None) as open again; whether there is one."""
    given = {"resolved_at": instant(at) if at else None, "resolved_by": who}
    return connection.execute(sa.update(comment).where(comment.c.id == number).values(given)).rowcount > 0


def find_comment(connection: sa.Connection, number: int) -> Comment | None:
    row = connection.execute(sa.select(comment).where(comment.c.id == number)).one_or_none()
    return _comment(row) if row else None


def comments_of(connection: sa.Connection, incident: str) -> list[Comment]:
    """The comments of an incident, oldest first.

    A comment goes with the incident that has most of the accounts it hangs on; where none of them is told any more it stays
    with the id under which it was written.
    """
    number = rows.number_in(incident)
    reports = sa.select(account.c.report_id).join_from(membership, account).where(membership.c.incident_number == number)
    ids = sa.select(comment_report.c.comment_id).where(comment_report.c.report_id.in_(reports))
    query = sa.select(comment).where(sa.or_(comment.c.incident == incident, comment.c.id.in_(ids))).order_by(comment.c.id)
    found = [_comment(row) for row in connection.execute(query)]
    home = _homes(connection, found)
    return [one for one in found if home[one.id] == incident]


def _homes(connection: sa.Connection, found: Sequence[Comment]) -> dict[int, str]:
    """For each comment the incident that it belongs to now."""
    attach = attach_in(accounts_by_report(connection, {anchor.report for one in found for anchor in one.accounts}))
    about = {one.id: named(one.accounts, attach) for one in found}
    holder: dict[str, int] = {}
    for some in chunks(sorted({name for names in about.values() for name in names})):
        query = sa.select(membership.c.account_id, membership.c.incident_number).where(membership.c.account_id.in_(some))
        holder |= dict(connection.execute(query).all())
    homes = {}
    for one in found:
        held = Counter(holder[name] for name in about[one.id] if name in holder)
        most = max(held, key=lambda number: held[number], default=None)                     # of equals the first
        homes[one.id] = rows.incident_id(most) if most is not None else one.incident
    return homes


def _comment(row: sa.Row[Any]) -> Comment:
    resolved = datetime.fromisoformat(row.resolved_at) if row.resolved_at else None
    return replace(from_line(Comment, row.body), resolved_at=resolved, resolved_by=row.resolved_by)


# Codings


def keep_coding(connection: sa.Connection, one: Coding) -> None:
    row = {"incident": one.incident, "person": key_of(one.who), "at": instant(one.at), "body": to_line(one)}
    upsert(connection, coding, [row])


def codings_of(connection: sa.Connection, incident: str) -> list[Coding]:
    """In the order in which they came."""
    query = sa.select(coding.c.body).where(coding.c.incident == incident).order_by(coding.c.at, coding.c.person)
    return [from_line(Coding, body) for body in connection.execute(query).scalars()]


def all_codings(connection: sa.Connection) -> list[list[Coding]]:
    """The codings of each incident that has two or more, in the order of their ids as text."""
    query = sa.select(coding.c.incident, coding.c.body).order_by(coding.c.incident, coding.c.at, coding.c.person)
    grouped = groupby(connection.execute(query), key=lambda row: row.incident)
    together = [[from_line(Coding, row.body) for row in some] for _, some in grouped]
    return [codings for codings in together if len(codings) > 1]
