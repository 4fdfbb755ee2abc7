"""The queue of calls of webhooks: a call is made at least once, and is told apart by its key. Functions on a connection."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from dateline.store.dialect import insert_new
from dateline.store.rows import instant
from dateline.store.schema_mailing import call

CallState = Literal["queued", "claimed", "answered", "given up"]


@dataclass(frozen=True, slots=True)
class NewCall:
    """A call to be queued. key: what it is, once for ever; body: what is sent, JSON."""

    watch: int
    key: str
    body: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call as queued. attempts: made so far, one that is in hand included."""

    id: int
    watch: int
    key: str
    state: CallState
    due_at: datetime
    attempts: int
    body: str
    said: str | None              # what came back last, in a line
    created_at: datetime
    changed_at: datetime


def queue(connection: sa.Connection, calls: Iterable[NewCall], at: datetime) -> int:
    now = instant(at)
    return insert_new(connection, call, [
        {"watch_id": one.watch, "key": one.key, "state": "queued", "due_at": now, "attempts": 0, "body": one.body,
         "created_at": now, "changed_at": now} for one in calls])


def claim(connection: sa.Connection, worker: str, at: datetime, lease_s: float, but: Collection[int]) -> Call | None:
    """A worker that died leaves its call claimed: when its lease is over another makes it again."""
    now = instant(at)
    due = sa.or_(sa.and_(call.c.state == "queued", call.c.due_at <= now),
                 sa.and_(call.c.state == "claimed", call.c.lease_until <= now))
    query = sa.select(call.c.id).where(due, call.c.watch_id.not_in(sorted(but))).order_by(call.c.due_at, call.c.id).limit(1)
    number = connection.execute(query).scalar()
    if number is None:
        return None
    connection.execute(sa.update(call).where(call.c.id == number).values(
        state="claimed", worker=worker, lease_until=instant(at + timedelta(seconds=lease_s)), attempts=call.c.attempts + 1,
        changed_at=now))
    return _call(connection.execute(sa.select(call).where(call.c.id == number)).one())


def settle(connection: sa.Connection, one: Call, worker: str, state: CallState, said: str, at: datetime,
           due_at: datetime | None) -> bool:
    values: dict[str, Any] = {"state": state, "said": said, "worker": None, "lease_until": None, "changed_at": instant(at)}
    if due_at is not None:
        values["due_at"] = instant(due_at)
    mine = sa.and_(call.c.id == one.id, call.c.worker == worker, call.c.state == "claimed")
    return connection.execute(sa.update(call).where(mine).values(values)).rowcount > 0


def give_up(connection: sa.Connection, watch: int, said: str, at: datetime) -> int:
    theirs = sa.and_(call.c.watch_id == watch, call.c.state == "queued")
    return connection.execute(sa.update(call).where(theirs).values(
        state="given up", said=said, changed_at=instant(at))).rowcount


def last(connection: sa.Connection, most: int) -> list[Call]:
    query = sa.select(call).order_by(call.c.changed_at.desc(), call.c.id.desc()).limit(most)
    return [_call(row) for row in connection.execute(query)]


def _call(row: sa.Row[Any]) -> Call:
    return Call(row.id, row.watch_id, row.key, row.state, datetime.fromisoformat(row.due_at), row.attempts, row.body, row.said,
                datetime.fromisoformat(row.created_at), datetime.fromisoformat(row.changed_at))
