"""What pages, feeds and the API ask of the record at once: lists, their counts, and what changed. Reached as `store.lists`.

Every question is a query over columns; a whole incident is read only where it is asked for by its number. The other questions
are in lists_map.py (points, days), lists_values.py (facets, groups, countries), lists_sources.py and lists_told.py (reports,
accounts, figures, statements), lists_reports.py (one report, and what the record was made of),
lists_brief.py (what a briefing tells of).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from dateline.records import Incident
from dateline.store import counted
from dateline.store.dialect import chunks, how_many, without_index
from dateline.store.filters import ALL, IncidentFilter, conditions
from dateline.store.incidents import load_incidents
from dateline.store.listed import COLUMNS, Listed, Order, Page, as_cursor, checked_most, key_in, listed, moment
from dateline.store.lists_around import AroundLists
from dateline.store.lists_brief import BriefLists
from dateline.store.lists_map import MapLists
from dateline.store.lists_reports import ReportLists
from dateline.store.lists_sources import SourceLists
from dateline.store.lists_told import ToldLists
from dateline.store.lists_values import ValueLists
from dateline.store.reading import FEW, Counts
from dateline.store.rows import incident_id, instant
from dateline.store.schema import incident


class Key(NamedTuple):
    """What an order goes by: a column that is never null, then the number, both upwards or both downwards."""

    column: sa.ColumnElement[int]
    down: bool


ORDERS: dict[Order, Key] = {
    "day": Key(incident.c.first_day, False),      # by the first day on which it may have begun, those without one last
    "newest": Key(incident.c.day, True),          # by its best day, else its first; those without one last
    "changed": Key(incident.c.change, True),      # what changed last first
    "killed": Key(incident.c.deaths, True),       # most dead first, those without a number last
    "doubt": Key(incident.c.doubt, True),         # what a person should look at first
    "first": Key(incident.c.number, False),       # as they were first held
}


@dataclass(frozen=True, slots=True)
class Changed:
    """An incident that was added, changed or deleted. listed: None where it is held no more."""

    id: str
    at: datetime | None
    listed: Listed | None


@dataclass(frozen=True, slots=True)
class Changes:
    """after: always a cursor, to ask with again later; done: whether it is the newest change of all."""

    rows: tuple[Changed, ...]
    after: str
    done: bool


@dataclass(frozen=True, slots=True)
class News:
    """How many incidents are new since an instant, how many older ones changed, how many were deleted."""

    new: int
    changed: int
    deleted: int


class Lists(MapLists, ValueLists, SourceLists, ToldLists, ReportLists, AroundLists, BriefLists):
    """The lists of one open record."""

    def page(self, wanted: IncidentFilter = ALL, order: Order = "day", after: str | None = None, most: int = 50) -> Page[Listed]:
        """Up to `most` (1,000) incidents of `wanted` in `order`, after the row that the cursor `after` names.

        A row that is added or changed meanwhile leaves the others in their order: none is shown twice or left out.
        Raises CursorError for a cursor that is not of this order.
        """
        most, key = checked_most(most), ORDERS[order]
        place = key_in(after, order, (int, int)) if after is not None else None
        with self._read() as connection:
            if (shown := self._shown(connection, wanted)) is not None:
                numbers = counted.ordered(*shown, order, place, most + 1)
                return _page(_rows_of(connection, numbers), order, most, len(shown.at))
            total = self._count(connection, wanted).total
            walk, way = total > FEW, sa.desc if key.down else sa.asc
            by = key.column if walk else without_index(key.column)
            query = sa.select(*COLUMNS).where(*conditions(wanted, met=walk)).order_by(way(by), way(incident.c.number))
            if place is not None:
                last, row = sa.tuple_(*(sa.bindparam(None, part) for part in place)), sa.tuple_(by, incident.c.number)
                query = query.where(row < last if key.down else row > last)
            return _page(connection.execute(query.limit(most + 1)).all(), order, most, total)

    def count(self, wanted: IncidentFilter = ALL) -> Counts:
        with self._read() as connection:
            return self._count(connection, wanted)

    def listed(self, numbers: Sequence[int]) -> list[Listed]:
        """Those of the incidents that are held, as lists show them, in the order given."""
        with self._read() as connection:
            return [listed(row) for row in _rows_of(connection, numbers)]

    def changes(self, after: str | None = None, most: int = 100) -> Changes:
        """Up to `most` incidents added, changed or deleted since the cursor `after` (None: since ever), in that order.

        An incident that changed several times is told once, at its last change. Raises CursorError.
        """
        most, at = checked_most(most), key_in(after, "changes", (int, int)) if after is not None else (0, 0)
        query = sa.select(*COLUMNS).where(sa.tuple_(incident.c.change, incident.c.number) > sa.tuple_(
            *(sa.bindparam(None, part) for part in at))).order_by(incident.c.change, incident.c.number).limit(most + 1)
        with self._read() as connection:
            found = connection.execute(query).all()
        told = found[:most]
        changed = (Changed(incident_id(row.number), moment(row.changed_at), None if row.deleted_at else listed(row))
                   for row in told)
        last = as_cursor("changes", (told[-1].change, told[-1].number) if told else at)
        return Changes(tuple(changed), last, len(found) <= most)

    def changed_since(self, at: datetime, wanted: IncidentFilter = ALL) -> News:
        """What is new, changed or deleted since `at`; deleted ones are counted whatever they were."""
        since = instant(at)
        held = sa.select(how_many(incident.c.held_at > since), sa.func.count()).where(
            *conditions(wanted), incident.c.changed_at > since)
        gone = sa.select(sa.func.count()).where(incident.c.deleted_at > since)
        with self._read() as connection:
            if (shown := self._shown(connection, replace(wanted, changed_since=at))) is not None:
                new = int((shown.columns["held_at"][shown.at] > counted.instant(at)).sum())
                return News(new, len(shown.at) - new, counted.gone_since(shown.columns, at))
            added, both = connection.execute(held).one()
            return News(added, both - added, connection.execute(gone).scalar_one())

    def incidents(self, numbers: Sequence[int]) -> list[Incident]:
        """Those of the incidents that are held, whole, in the order given."""
        with self._read() as connection:
            return load_incidents(connection, numbers)


def _rows_of(connection: sa.Connection, numbers: Sequence[int]) -> list[sa.Row[Any]]:
    """The rows of those of the incidents that are held, in the order given."""
    found = {row.number: row for some in chunks(numbers) for row in connection.execute(
        sa.select(*COLUMNS).where(incident.c.number.in_(some), incident.c.deleted_at.is_(None)))}
    return [found[number] for number in numbers if number in found]


def _page(found: Sequence[sa.Row[Any]], order: Order, most: int, total: int) -> Page[Listed]:
    """found: the rows of the page, and the first after it where there is one."""
    last = found[most - 1] if len(found) > most else None
    at = None if last is None else as_cursor(order, (getattr(last, str(ORDERS[order].column.key)), last.number))
    return Page(tuple(listed(row) for row in found[:most]), at, total)
