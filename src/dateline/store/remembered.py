"""Counts that take long in a large record, remembered while the record stays as it is."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import sqlalchemy as sa

from dateline.store.schema import incident, report

T = TypeVar("T")

MOST = 512                        # answers, each some kB


class Remembered:
    """The last answers, by what was asked of which state of which record. Used by many threads at once."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, asked: Hashable, work: Callable[[], T]) -> T:
        """What `work` gave for `asked` before, else what it gives now. Two that ask at once may both work."""
        with self._lock:
            if asked in self._held:
                self._held.move_to_end(asked)
                found: T = self._held[asked]
                return found
        made = work()
        with self._lock:
            self._held[asked] = made
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return made

    def forget(self) -> None:
        """Of use where the time of an answer is measured."""
        with self._lock:
            self._held.clear()


ANSWERS = Remembered()


def state_of(connection: sa.Connection, identity: Hashable) -> Hashable:
    """What tells one state of the record from another, as far as incidents and reports go. identity: `Database.identity`.

    Every change of an incident gives its row a new number and a new time; a report that is kept has a new number.
    """
    newest = sa.select(incident.c.change, incident.c.changed_at).order_by(incident.c.change.desc()).limit(1)
    last = connection.execute(newest).one_or_none()
    reports = connection.execute(sa.select(sa.func.max(report.c.seq))).scalar()
    return (identity, tuple(last) if last else None, reports)
