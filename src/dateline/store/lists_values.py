"""What values the incidents of a filter have: facets to narrow it by, armed groups, countries. Part of `store.lists`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

import msgspec
import sqlalchemy as sa

from dateline.store import counted
from dateline.store.columns import Columns
from dateline.store.dialect import array_of, how_many, without_index
from dateline.store.filters import ALL, IncidentFilter, conditions
from dateline.store.incident_rows import GROUP, NO_DAY
from dateline.store.reading import KILLED, Reading
from dateline.store.schema import group_statement, incident, incident_facet

Facet = Literal["country", "province", "kind", "group", "affected", "side killed", "precision", "review"]


class Value(NamedTuple):
    """A value and how many incidents have it. of: the country of a province. value None: not known."""

    value: str | int | None
    incidents: int
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """What is held of a group or of a country. of: its id or code; None: incidents whose country is not known."""

    of: str | None
    incidents: int
    last_day: date | None         # best, else first possible
    killed_low: int
    killed_best: int
    killed_high: int
    statements: int = 0           # about a group


class ValueLists(Reading):
    """The values of the incidents of a filter."""

    def facets(self, wanted: IncidentFilter = ALL) -> Mapping[Facet, Sequence[Value]]:
        """For each facet its values with counts, the commonest first. An incident may have several groups, or none."""
        with self._read() as connection:
            if (shown := self._shown(connection, wanted)) is not None:
                return self._kept(shown, ("facets", wanted), lambda: _facets_of(*shown))
            return self._remembered(connection, ("facets", wanted), lambda: _facets(connection, wanted))

    def groups(self, wanted: IncidentFilter = ALL) -> Sequence[Sum]:
        """The armed groups that incidents name or reports make statements about, those with most incidents first."""
        def summed() -> Sequence[Sum]:
            query = _sums(incident_facet.c.value).join_from(incident_facet, incident).where(
                incident_facet.c.facet == GROUP, *conditions(wanted)).group_by(incident_facet.c.value)
            told = sa.select(group_statement.c.group_id, sa.func.count()).where(
                group_statement.c.group_id.is_not(None)).group_by(group_statement.c.group_id)
            statements: dict[str, int] = dict(connection.execute(told).all())
            shown = self._shown(connection, wanted)
            rows = connection.execute(query) if shown is None else counted.sums_of_lines(*shown, "groups")
            found = [_sum(row, statements.pop(row[0], 0)) for row in rows]
            found += [Sum(group, 0, None, 0, 0, 0, count) for group, count in statements.items()]
            return sorted(found, key=lambda one: (-one.incidents, one.of))
        with self._read() as connection:
            return self._remembered(connection, ("groups", wanted), summed)

    def countries(self, wanted: IncidentFilter = ALL) -> Sequence[Sum]:
        """The countries of incidents, those with most first, incidents without one last."""
        def summed() -> Sequence[Sum]:
            country = without_index(incident.c.country)           # see lists_map.py
            query = _sums(country).where(*conditions(wanted)).group_by(country)
            shown = self._shown(connection, wanted)
            rows = connection.execute(query) if shown is None else counted.sums(*shown, "country")
            return sorted(map(_sum, rows), key=lambda one: (one.of is None, -one.incidents, one.of))
        with self._read() as connection:
            return self._remembered(connection, ("countries", wanted), summed)


def _facets(connection: sa.Connection, wanted: IncidentFilter) -> Mapping[Facet, Sequence[Value]]:
    """One walk over the incidents: grouping by each facet in SQL goes through all of them eight times."""
    held = incident.c
    columns = (held.country, held.admin1, held.kind, held.precision, held.review, held.groups, held.affected, held.sides_killed)
    walked = connection.execute(sa.select(*map(array_of, columns)).where(*conditions(wanted))).one()
    country, admin1, kind, precision, review, groups, affected, sides = map(msgspec.json.decode, walked)
    provinces = Counter(zip(country, admin1, strict=True))
    return {
        "country": _commonest(Counter(country)),
        "province": [Value(name, count, of) for (of, name), count in provinces.most_common() if name is not None],
        "kind": _commonest(Counter(kind)), "group": _commonest(_each(groups)), "affected": _commonest(_each(affected)),
        "side killed": _commonest(_each(sides)), "precision": _commonest(Counter(precision)),
        "review": _commonest(Counter(review)),
    }


def _facets_of(columns: Columns, at: counted.Places) -> Mapping[Facet, Sequence[Value]]:
    def values(name: str) -> Counter[str | None]:
        return Counter(counted.values(columns, at, name))

    def each(name: str) -> Counter[str]:
        return Counter(counted.each_line(columns.texts[name], values(name)))

    provinces = sorted(counted.provinces(columns, at).items(), key=lambda one: (-one[1], one[0][1], one[0][0] or ""))
    return {
        "country": _commonest(values("country")), "province": [Value(name, count, of) for (of, name), count in provinces],
        "kind": _commonest(values("kind")), "group": _commonest(each("groups")), "affected": _commonest(each("affected")),
        "side killed": _commonest(each("sides_killed")), "precision": _commonest(Counter(counted.precisions(columns, at))),
        "review": _commonest(values("review")),
    }


def _each(lines: Sequence[str]) -> Counter[str]:
    """How often each value comes up in texts of one a line."""
    found: Counter[str] = Counter()
    for values, count in Counter(lines).items():
        for value in values.splitlines():
            found[value] += count
    return found


def _commonest(counts: Counter[str | None] | Counter[int | None] | Counter[str]) -> list[Value]:
    return sorted((Value(value, count) for value, count in counts.items()),
                  key=lambda one: (-one.incidents, one.value is None, str(one.value)))


def _sums(of: sa.ColumnElement[Any]) -> sa.Select[Any]:
    return sa.select(of, sa.func.count(), sa.func.max(incident.c.day), *map(how_many, KILLED))


def _sum(row: Any, statements: int = 0) -> Sum:
    day = row[2]
    return Sum(row[0], row[1], date.fromordinal(day) if day != NO_DAY else None, row[3], row[4], row[5], statements)
