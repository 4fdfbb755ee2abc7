"""Where and when: points and cells for a map, bars for a timeline. Part of `store.lists`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa

from dateline.store import counted
from dateline.store.dialect import how_many, rounded, whole_part, without_index
from dateline.store.filters import ALL, IncidentFilter, conditions
from dateline.store.incident_rows import NO_DAY
from dateline.store.reading import KILLED, Reading
from dateline.store.schema import incident

By = Literal["day", "week", "month"]

MOST_POINTS = 20_000              # of one answer: 1 MB of JSON, and what a map still draws smoothly
CELLS_ACROSS = 8                  # of a tile of the map, 256 or 512 pixels wide, at each zoom
DEEPEST_ZOOM = 14
DIGITS: sa.ColumnElement[int] = sa.literal_column("4", sa.Integer)      # of a degree: 11 m
DAYS_BY_DAY, DAYS_BY_WEEK = 120, 730          # the longest spans shown by day and by week


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the map in WGS84 degrees, edges included. west > east: it goes across the antimeridian."""

    west: float
    south: float
    east: float
    north: float


class Point(NamedTuple):
    """An incident on a map, short: an array in JSON. killed None: no number; day None: not known."""

    number: int
    lon: float
    lat: float
    precision: int | None         # UCDP's where_prec 1-7
    killed: int | None            # best
    kind: str
    day: date | None              # best, else the first possible


class Cell(NamedTuple):
    """The incidents of one field of a grid. lon, lat: the middle of their points; killed: best numbers added up."""

    lon: float
    lat: float
    incidents: int
    killed: int


@dataclass(frozen=True, slots=True)
class Points:
    """total: of the points in the box; where they are more than were asked for, `rows` is empty: ask for cells."""

    rows: tuple[Point, ...]
    total: int


class Bar(NamedTuple):
    """The incidents that are counted at a day, in the week from a Monday, or in a month from its first.

    killed_low adds up the least numbers, killed_high the most; where a most is open or not given, the best or the least.
    """

    start: date
    incidents: int
    killed_low: int
    killed_best: int
    killed_high: int


class MapLists(Reading):
    """Where and when the incidents of a filter were. Shelters have no point."""

    def points(self, wanted: IncidentFilter = ALL, box: Box | None = None, most: int = MOST_POINTS) -> Points:
        """The incidents that have a point in `box`, in no order that means anything; none of them where they are over `most`."""
        inside = list(_inside(wanted, box))
        columns: Sequence[sa.ColumnElement[Any]] = (
            incident.c.number, rounded(incident.c.lon, DIGITS), rounded(incident.c.lat, DIGITS), incident.c.precision,
            incident.c.killed_best, incident.c.kind, incident.c.day)
        with self._read() as connection:
            if (shown := self._shown(connection, wanted)) is not None:
                there = counted.inside(*shown, box)
                return Points(tuple(Point(*one) for one in counted.points(shown.columns, there)) if len(there) <= most else (),
                              len(there))
            total = self._remembered(connection, ("points", wanted, box), lambda: connection.execute(
                sa.select(sa.func.count()).select_from(incident).where(*inside)).scalar_one())
            if total > most:
                return Points((), total)
            found = connection.execute(sa.select(*columns).where(*inside)).all()
        days = {day: date.fromordinal(day) if day != NO_DAY else None for day in {row[6] for row in found}}
        return Points(tuple(Point(number, lon, lat, precision, killed, kind, days[day])
                            for number, lon, lat, precision, killed, kind, day in found), total)

    def cells(self, wanted: IncidentFilter = ALL, zoom: int = 2, box: Box | None = None,
              most: int = MOST_POINTS) -> tuple[Cell, ...]:
        """The same by fields of a grid that is fine enough for `zoom` (a web map's, 0-14), coarser where they are over `most`."""
        inside = list(_inside(wanted, box))
        found: Sequence[Any] = ()
        with self._read() as connection:
            shown = self._shown(connection, wanted)
            there = counted.inside(*shown, box) if shown is not None else None
            for level in range(max(0, min(zoom, DEEPEST_ZOOM)), -1, -1):
                step = 360 / 2**level / CELLS_ACROSS
                found = (connection.execute(_by_cell(step, most + 1).where(*inside)).all() if shown is None or there is None
                         else counted.cells(shown.columns, there, step))
                if len(found) <= most:
                    break
        return tuple(Cell(*row) for row in found[:most])

    def days(self, wanted: IncidentFilter = ALL, by: By | None = None) -> tuple[Bar, ...]:
        """The incidents and their dead over time, each at its best day, else at its first possible; the others are `undated`
        in `count`. Without gaps. by None: what fits the span.
        """
        with self._read() as connection:
            shown = self._shown(connection, wanted)
            bars = (self._kept(shown, ("days", wanted), lambda: tuple(Bar(*one) for one in counted.bars(*shown)))
                    if shown is not None else
                    self._remembered(connection, ("days", wanted), lambda: _by_day(connection, wanted)))
        if not bars:
            return ()
        return tuple(_gathered(bars, by or _fitting(bars[0].start, bars[-1].start)))


def _inside(wanted: IncidentFilter, box: Box | None) -> Iterator[sa.ColumnElement[bool]]:
    yield from conditions(wanted)
    yield incident.c.lat.is_not(None)
    if box is None:
        return
    yield incident.c.lat.between(box.south, box.north)
    within = (incident.c.lon >= box.west, incident.c.lon <= box.east)
    yield sa.or_(*within) if box.west > box.east else sa.and_(*within)


def _by_cell(step: float, most: int) -> sa.Select[Any]:
    """step: degrees."""
    column, row = (whole_part((at + 180.0) / step) for at in (incident.c.lon, incident.c.lat))
    middle: Sequence[sa.ColumnElement[Any]] = [rounded(sa.func.avg(at), DIGITS) for at in (incident.c.lon, incident.c.lat)]
    return sa.select(*middle, sa.func.count(), how_many(incident.c.killed_best)).group_by(column, row).limit(most)


def _by_day(connection: sa.Connection, wanted: IncidentFilter) -> tuple[Bar, ...]:
    # no index: in its order each row would be looked up somewhere else
    day = without_index(incident.c.day)
    query = sa.select(day, sa.func.count(), *map(how_many, KILLED)).where(*conditions(wanted)).group_by(day).order_by(day)
    return tuple(Bar(date.fromordinal(row[0]), *row[1:]) for row in connection.execute(query) if row[0] != NO_DAY)


def _fitting(first: date, last: date) -> By:
    span = (last - first).days
    return "day" if span <= DAYS_BY_DAY else "week" if span <= DAYS_BY_WEEK else "month"


def _gathered(bars: tuple[Bar, ...], by: By) -> Iterator[Bar]:
    """Bars of single days -> those of days, weeks or months, empty ones between them too."""
    held: dict[date, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for bar in bars:
        sums = held[_start(bar.start, by)]
        for at, number in enumerate(bar[1:]):
            sums[at] += number
    start, last = min(held), max(held)
    while start <= last:
        yield Bar(start, *held.get(start, (0, 0, 0, 0)))
        if start > last - timedelta(1):
            return                # the last of all days has no next
        start = _next(start, by)


def _start(day: date, by: By) -> date:
    if by == "day":
        return day
    return day.replace(day=1) if by == "month" else day - timedelta(day.weekday())


def _next(start: date, by: By) -> date:
    if by == "month":
        return (start + timedelta(31)).replace(day=1)
    return start + timedelta(1 if by == "day" else 7)
