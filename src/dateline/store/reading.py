"""What each part of `store.lists` needs: a way to read, a memory of what takes long, and how many incidents a filter has."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import sqlalchemy as sa

from dateline.store import counted, search
from dateline.store.columns import Columns
from dateline.store.counted_words import COMMON, MOST_COMMON
from dateline.store.dialect import how_many
from dateline.store.filters import IncidentFilter, conditions
from dateline.store.held_columns import HeldColumns, is_large
from dateline.store.incident_rows import NO_DAY
from dateline.store.remembered import ANSWERS, state_of
from dateline.store.schema import incident, report

T = TypeVar("T")

# at least, best and most; where a best or most is not told, the least or the best
KILLED = (incident.c.killed_low, sa.func.coalesce(incident.c.killed_best, incident.c.killed_low),
          sa.func.coalesce(incident.c.killed_high, incident.c.killed_best, incident.c.killed_low))
FEW = 3_000                       # incidents that are faster found and then put in order than met on a walk in that order


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the incidents of a filter: all, those that no map can show, those that no timeline can show; what tells them."""

    total: int
    unplaced: int
    undated: int
    accounts: int
    figures: int


class Shown(NamedTuple):
    """Columns in memory, and the places of the incidents of a filter in them."""

    columns: Columns
    at: counted.Places


def extraction_of(connection: sa.Connection) -> tuple[tuple[str, int], ...]:
    """How far extraction has come: it changes what is counted of reports, and no incident."""
    query = sa.select(report.c.extracted, sa.func.count()).group_by(report.c.extracted)
    return tuple((row[0], row[1]) for row in connection.execute(query))


class Reading:
    """One open record. `reading`: gives a connection on which everything is read at one moment.

    settled: whether what is read is committed; what is being written may yet be taken back, and is not remembered. columns: where
    those of incidents are held in memory; None: the database counts.
    """

    def __init__(self, reading: Callable[[], AbstractContextManager[sa.Connection]], identity: Callable[[], Hashable], *,
                 settled: bool = True, columns: HeldColumns | None = None) -> None:
        self._read, self._identity, self._settled = reading, identity, settled
        self._columns = columns if settled else None

    def _shown(self, connection: sa.Connection, wanted: IncidentFilter) -> Shown | None:
        """The incidents of `wanted` in columns held in memory; None where they are not."""
        if self._columns is None or (columns := self._columns.of(connection, self._identity())) is None:
            return None
        return Shown(columns, self._columns.shown(columns, wanted, connection))

    def hold(self) -> None:
        """Read the columns of a large record now, where they are to be held in memory."""
        if self._columns is not None:
            with self._read() as connection:
                self._columns.of(connection, self._identity())

    def find_common_words(self) -> None:
        """Find the reports of the words that most hold, where columns are held in memory: minutes for a million incidents.

        Each is read by itself: a snapshot that is held for long keeps a server from tidying up.
        """
        if self._columns is None:
            return
        with self._read() as connection:
            terms = search.common_terms(connection, COMMON)[:MOST_COMMON]
        for term in terms:
            with self._read() as connection:
                self._columns.find_word(term, connection)

    def is_large(self) -> bool:
        with self._read() as connection:
            return is_large(connection)

    def _remembered(self, connection: sa.Connection, asked: Hashable, work: Callable[[], T]) -> T:
        """What `work` gives for `asked` while the record is as `connection` sees it."""
        return ANSWERS.answer((state_of(connection, self._identity()), asked), work) if self._settled else work()

    def _kept(self, shown: Shown, asked: Hashable, work: Callable[[], T]) -> T:
        """The same of what is counted in memory: of a whole large record that takes a tenth of a second too."""
        return ANSWERS.answer((self._identity(), "in memory", shown.columns.change, asked), work)

    def _count(self, connection: sa.Connection, wanted: IncidentFilter) -> Counts:
        if (shown := self._shown(connection, wanted)) is not None:
            return Counts(*counted.counts(*shown))

        def summed() -> Counts:
            query = sa.select(
                sa.func.count(), how_many(incident.c.lat.is_(None)), how_many(incident.c.day == NO_DAY),
                how_many(incident.c.accounts), how_many(incident.c.figures)).where(*conditions(wanted))
            return Counts(*connection.execute(query).one())
        return self._remembered(connection, ("count", wanted), summed)
