"""Watches, what they were told, and the queue of calls of webhooks. `store.watches`; each call is one transaction.

Inside `store.writing()` it is a part of that, so that an alert, what it leaves here and its mails are kept together or not
at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dateline.records import to_line
from dateline.records.codec import from_line
from dateline.records.mailing import Notice, Watch
from dateline.store import watch_calls
from dateline.store.dialect import chunks, upsert
from dateline.store.listed import as_cursor
from dateline.store.rows import incident_id, instant, numbers_in
from dateline.store.schema import former, incident, membership
from dateline.store.schema_mailing import mark, notice, watch
from dateline.store.team import Connecting
from dateline.store.watch_calls import Call, CallState, NewCall

MARK = "alerts"                   # where alerts have come to in the changes of the record
WAITS = "alerts/"                 # what the marks of incidents that wait to be told begin with


@dataclass(frozen=True, slots=True)
class Waiting:
    """An incident that changed and is not told yet. since: when that was noticed first; due: when it is to be told."""

    since: datetime
    due: datetime


class Watches:
    """Made by `Store.watches`."""

    def __init__(self, read: Connecting, write: Connecting) -> None:
        self._read, self._write = read, write

    # Watches

    def all(self) -> list[Watch]:
        """In the order in which they were made, paused ones too."""
        with self._read() as connection:
            return [_watch(row) for row in connection.execute(sa.select(watch).order_by(watch.c.id))]

    def is_anybody_watching(self) -> bool:
        """Whether any watch is not paused."""
        with self._read() as connection:
            bodies = connection.execute(sa.select(watch.c.body).execution_options(yield_per=10)).scalars()
            return any(not from_line(Watch, body).paused for body in bodies)

    def of(self, subscriber: int) -> list[Watch]:
        """Those of a subscriber."""
        query = sa.select(watch).where(watch.c.subscriber_id == subscriber).order_by(watch.c.id)
        with self._read() as connection:
            return [_watch(row) for row in connection.execute(query)]

    def get(self, number: int) -> Watch | None:
        with self._read() as connection:
            row = connection.execute(sa.select(watch).where(watch.c.id == number)).one_or_none()
            return _watch(row) if row else None

    def add(self, one: Watch, at: datetime, *, most: int | None = None) -> Watch | None:
        """Keep `one` under the next number. Where none was watching, alerts begin with what changes from now on.

        most: of its subscriber; None is given where they have so many.
        """
        with self._write() as connection:
            held = sa.select(sa.func.count()).select_from(watch).where(watch.c.subscriber_id == one.subscriber)
            if most is not None and connection.execute(held).scalar_one() >= most:
                return None
            if not self.is_anybody_watching():
                self.start_here()
            number: int = connection.execute(sa.insert(watch).returning(watch.c.id), [
                {"subscriber_id": one.subscriber, "body": "", "created_at": instant(at)}]).scalar_one()
            kept = replace(one, id=number)
            self._keep(connection, kept)
            return kept

    def pause(self, number: int, paused: bool = True) -> Watch | None:
        """Pause a watch, or let it go on: what changed meanwhile is not told. None where there is none."""
        with self._write() as connection:
            held = self.get(number)
            if held is None:
                return None
            if not paused and not self.is_anybody_watching():
                self.start_here()
            kept = replace(held, paused=paused)
            self._keep(connection, kept)
            return kept

    def pause_all(self, subscriber: int) -> int:
        """Pause all watches of a subscriber: they get no more alerts; how many it were."""
        with self._write():
            on = [one for one in self.of(subscriber) if not one.paused]
            for one in on:
                self.pause(one.id)
            return len(on)

    def delete(self, number: int) -> bool:
        """With what it was told, and its calls; whether there was one."""
        with self._write() as connection:
            return connection.execute(sa.delete(watch).where(watch.c.id == number)).rowcount > 0

    @staticmethod
    def _keep(connection: sa.Connection, one: Watch) -> None:
        connection.execute(sa.update(watch).where(watch.c.id == one.id).values(body=to_line(one)))

    # What was told

    def notices(self, incidents: Collection[str]) -> dict[str, dict[int, Notice]]:
        """Incident -> watch -> what it was told of it last."""
        found: dict[str, dict[int, Notice]] = {}
        with self._read() as connection:
            for some in chunks(sorted(incidents)):
                for row in connection.execute(sa.select(notice).where(notice.c.incident.in_(some)).order_by(notice.c.watch_id)):
                    found.setdefault(row.incident, {})[row.watch_id] = _notice(row)
        return found

    def last_notices(self, most: int = 50) -> list[Notice]:
        """What was told last, latest first."""
        query = sa.select(notice).order_by(notice.c.at.desc(), notice.c.watch_id, notice.c.incident).limit(most)
        with self._read() as connection:
            return [_notice(row) for row in connection.execute(query)]

    def note(self, notices: Iterable[Notice]) -> None:
        """Keep what was told; it takes the place of what was told before."""
        with self._write() as connection:
            upsert(connection, notice, [
                {"watch_id": one.watch, "incident": one.incident, "at": instant(one.at), "facts": one.facts,
                 "count": one.count, "message_id": one.message_id} for one in notices])

    # Where alerts have come to

    def mark(self) -> str | None:
        """The cursor of `store.lists.changes` up to which changes were taken up; None: nobody has watched yet."""
        with self._read() as connection:
            return connection.execute(sa.select(mark.c.value).where(mark.c.name == MARK)).scalar()

    def set_mark(self, cursor: str) -> None:
        with self._write() as connection:
            upsert(connection, mark, [{"name": MARK, "value": cursor}])

    def start_here(self) -> None:
        """Tell nothing of what has changed up to now."""
        newest = sa.select(incident.c.change, incident.c.number).order_by(
            incident.c.change.desc(), incident.c.number.desc()).limit(1)
        with self._write() as connection:
            row = connection.execute(newest).one_or_none()
            self.set_mark(as_cursor("changes", tuple(row) if row else (0, 0)))
            connection.execute(sa.delete(mark).where(mark.c.name.startswith(WAITS, autoescape=True)))

    def waiting(self) -> dict[str, Waiting]:
        """The incidents that changed and are not told yet, by id."""
        query = sa.select(mark.c.name, mark.c.value).where(mark.c.name.startswith(WAITS, autoescape=True)).order_by(mark.c.name)
        with self._read() as connection:
            return {name.removeprefix(WAITS): from_line(Waiting, value) for name, value in connection.execute(query)}

    def let_wait(self, some: Mapping[str, Waiting]) -> None:
        with self._write() as connection:
            upsert(connection, mark, [{"name": WAITS + name, "value": to_line(one)} for name, one in some.items()])

    def wait_no_more(self, incidents: Collection[str]) -> None:
        with self._write() as connection:
            for some in chunks(sorted(incidents)):
                connection.execute(sa.delete(mark).where(mark.c.name.in_([WAITS + name for name in some])))

    # What became of incidents

    def heirs(self, gone: Collection[str]) -> dict[str, str]:
        """For incidents that are held no more the one that has most of their accounts now; none where nothing has any."""
        best: dict[int, tuple[int, int]] = {}
        with self._read() as connection:
            for some in chunks(sorted(numbers_in(gone))):
                query = sa.select(former.c.incident_number, membership.c.incident_number, sa.func.count()).join_from(
                    former, membership, former.c.account_id == membership.c.account_id).where(
                    former.c.incident_number.in_(some)).group_by(former.c.incident_number, membership.c.incident_number)
                for old, now, count in connection.execute(query):
                    best[old] = max(best.get(old, (0, 0)), (count, -now))      # of equals the one held first
        return {incident_id(old): incident_id(-now) for old, (_, now) in best.items()}

    def forebears(self, held: Collection[str]) -> set[str]:
        """The incidents, held no more, that had accounts which these have now."""
        found: set[str] = set()
        with self._read() as connection:
            for some in chunks(sorted(numbers_in(held))):
                query = sa.select(former.c.incident_number).distinct().join_from(
                    former, membership, former.c.account_id == membership.c.account_id).where(
                    membership.c.incident_number.in_(some))
                found |= {incident_id(number) for number in connection.execute(query).scalars()}
        return found

    # Calls of webhooks

    def queue_calls(self, calls: Iterable[NewCall], at: datetime) -> int:
        """Those of a key that is queued already are left; how many were new."""
        with self._write() as connection:
            return watch_calls.queue(connection, calls, at)

    def claim_call(self, worker: str, at: datetime, lease_s: float, *, but: Collection[int] = ()) -> Call | None:
        """The call that has been due for longest, in the hands of `worker` for so long; none of the watches `but`."""
        with self._write() as connection:
            return watch_calls.claim(connection, worker, at, lease_s, but)

    def settle_call(self, one: Call, worker: str, state: CallState, said: str, at: datetime, due_at: datetime | None = None
                    ) -> bool:
        """What came of a call in the hands of `worker`. due_at: of one that is queued again. False: it is another's by now."""
        with self._write() as connection:
            return watch_calls.settle(connection, one, worker, state, said, at, due_at)

    def give_up_calls(self, number: int, said: str, at: datetime) -> int:
        """Give up the queued calls of a watch; how many."""
        with self._write() as connection:
            return watch_calls.give_up(connection, number, said, at)

    def last_calls(self, most: int = 50) -> list[Call]:
        """Latest first."""
        with self._read() as connection:
            return watch_calls.last(connection, most)


def _watch(row: sa.Row[Any]) -> Watch:
    return from_line(Watch, row.body)


def _notice(row: sa.Row[Any]) -> Notice:
    return Notice(row.watch_id, row.incident, datetime.fromisoformat(row.at), row.facts, row._mapping["count"], row.message_id)
