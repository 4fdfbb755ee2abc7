"""Columns of incidents that a process keeps in memory for one open record, and keeps up with it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field

import sqlalchemy as sa

from dateline.store.columns import Columns, Mask, brought_up, read_all, reports_between
from dateline.store.counted import Places, shown
from dateline.store.counted_words import Words
from dateline.store.filters import IncidentFilter
from dateline.store.schema import incident

HELD_FROM = 50_000                # incidents: fewer are counted by the database as soon
MOST_SHOWN = 8                    # filters whose incidents are remembered: each 8 MB at most for a million


@dataclass
class HeldColumns:
    """Used by many threads at once."""

    _identity: Hashable = None
    _columns: Columns | None = None
    _words: Words = field(default_factory=Words)
    _shown: OrderedDict[Hashable, Places] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, connection: sa.Connection, identity: Hashable) -> Columns | None:
        """As `connection` sees the record, or a moment newer; None where it holds few incidents. The first time takes seconds:
        others wait for it."""
        newest = connection.execute(sa.select(sa.func.max(incident.c.change))).scalar() or 0
        held = self._columns
        if held is not None and self._identity == identity and held.change >= newest:
            return held
        if not is_large(connection):
            return None
        with self._lock:
            held = self._columns
            if held is None or self._identity != identity:
                last = connection.execute(sa.select(sa.func.max(incident.c.number))).scalar_one()
                held, self._words = read_all(connection, last, newest), Words()
            elif held.change < newest:
                before, held = held, brought_up(held, connection, newest)
                self._words.changed(newest, reports_between(before, held))
            self._columns, self._identity = held, identity
            return held

    def shown(self, columns: Columns, wanted: IncidentFilter, connection: sa.Connection) -> Places:
        """The incidents that `wanted` shows; remembered for a moment, since a page asks for one and the same several times."""
        asked = (id(columns), columns.change, wanted)
        with self._lock:
            if asked in self._shown:
                return self._shown[asked]
        made = shown(columns, wanted, connection, self._words)
        with self._lock:
            self._shown[asked] = made
            while len(self._shown) > MOST_SHOWN:
                self._shown.popitem(last=False)
        return made

    def reports(self, words: str, connection: sa.Connection) -> Mask:
        """For each report, by its number, whether it holds `words`."""
        return self._words.reports(words, connection)

    def find_word(self, term: str, connection: sa.Connection) -> None:
        """Find the reports that hold one of `search.common_terms`, before anybody asks."""
        self._words.find(term, connection)


def is_large(connection: sa.Connection) -> bool:
    """Whether the record holds so many incidents that its columns are worth their room."""
    return (connection.execute(sa.select(sa.func.max(incident.c.number))).scalar() or 0) >= HELD_FROM
