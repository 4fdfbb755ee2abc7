"""Whole incidents, put together from their rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from dateline.reconcile.related import possibly_same
from dateline.records import Incident, Related
from dateline.store import rows
from dateline.store.dialect import chunks
from dateline.store.filters import IncidentFilter, conditions, matching
from dateline.store.incident_rows import incident_from
from dateline.store.schema import account, account_link, history, incident, incident_body, judgement, membership, report

AT_ONCE = 100                     # incidents put together at a time: some MB


def find_incidents(connection: sa.Connection, wanted: IncidentFilter) -> Iterator[Incident]:
    """The incidents that `wanted` shows, by their first day."""
    numbers = list(connection.execute(matching(wanted)).scalars())
    for at in range(0, len(numbers), AT_ONCE):
        yield from load_incidents(connection, numbers[at:at + AT_ONCE])


def count_without_country(connection: sa.Connection, wanted: IncidentFilter) -> int:
    """How many incidents `wanted` leaves out only because nobody knows in which country they were."""
    if not wanted.countries:
        return 0
    query = sa.select(sa.func.count()).select_from(incident).where(
        *conditions(replace(wanted, countries=())), incident.c.country.is_(None))
    return connection.execute(query).scalar_one()


def load_incidents(connection: sa.Connection, numbers: Sequence[int]) -> list[Incident]:
    """Those of the incidents `numbers` that are held and not deleted, in that order, whole."""
    return [one for some in chunks(numbers) for one in _load(connection, some, incident.c.deleted_at.is_(None),
                                                             _possibly_same(connection, some))]


def load_settled(connection: sa.Connection, numbers: Sequence[int]) -> list[Incident]:
    """The same without the links to what may be the same, which reconciling asks of the accounts."""
    return [one for some in chunks(numbers) for one in _load(connection, some, incident.c.deleted_at.is_(None), {})]


def load_incident(connection: sa.Connection, number: int, *, deleted: bool) -> Incident | None:
    """One incident; `deleted`: also one that was merged away or withdrawn (its accounts have gone on)."""
    found = _load(connection, [number], sa.true() if deleted else incident.c.deleted_at.is_(None),
                  _possibly_same(connection, [number]))
    return found[0] if found else None


def _load(connection: sa.Connection, numbers: Sequence[int], condition: sa.ColumnElement[bool],
          possible: Mapping[int, Sequence[Related]]) -> list[Incident]:
    query = sa.select(incident.c.number, incident_body.c.body).join_from(incident, incident_body)
    query = query.where(incident.c.number.in_(numbers), condition)
    bodies: dict[int, str] = dict(connection.execute(query).all())
    joined = _rows_by_number(connection, _joined().where(membership.c.incident_number.in_(bodies)))
    lines = _rows_by_number(connection, sa.select(history).where(history.c.incident_number.in_(bodies)).order_by(
        history.c.incident_number, history.c.position))
    return [
        replace(
            one := incident_from(bodies[number]),
            related=(*one.related, *possible.get(number, ())),
            accounts=tuple(rows.joined_from(row) for row in joined.get(number, ())),
            history=tuple(rows.change_from(row) for row in lines.get(number, ())),
        )
        for number in numbers if number in bodies
    ]


def _possibly_same(connection: sa.Connection, numbers: Collection[int]) -> dict[int, list[Related]]:
    """For each of the incidents its links to those that may be the same: the likeliest of their accounts say so.

    Where a person told two accounts of them apart that is settled.
    """
    apart = _told_apart(connection, numbers)
    best: dict[tuple[int, int], float] = {}
    for ours, theirs, points in _between(connection, _LINKED, numbers):
        if (ours, theirs) not in apart:
            best[ours, theirs] = max(points, best.get((ours, theirs), points))
    found: dict[int, list[Related]] = {}
    for (ours, theirs), points in sorted(best.items()):
        found.setdefault(ours, []).append(possibly_same(rows.incident_id(theirs), points))
    return found


def _told_apart(connection: sa.Connection, numbers: Collection[int]) -> set[tuple[int, int]]:
    return {(ours, theirs) for ours, theirs, same in _between(connection, _JUDGED, numbers) if not same}


def _between(connection: sa.Connection, queries: Sequence[sa.Select[Any]], numbers: Collection[int]
             ) -> Iterator[tuple[int, int, Any]]:
    """(one of `numbers`, another incident, the value over the pairs between them)."""
    for query in queries:
        yield from connection.execute(query, {"numbers": list(numbers)})


def _pairs(table: sa.Table, value: sa.ColumnElement[Any]) -> tuple[sa.Select[Any], ...]:
    """What is asked of a table of pairs of accounts, once for each of its ends: `value` over those between two incidents.

    Made once: to put such a query together takes longer than to answer it.
    """
    ours, theirs = membership.alias(), membership.alias()
    ends = (table.c.account_a, table.c.account_b)
    numbers: sa.BindParameter[Any] = sa.bindparam("numbers", expanding=True)
    return tuple(
        sa.select(ours.c.incident_number, theirs.c.incident_number, value)
        .join_from(ours, table, ours.c.account_id == mine).join(theirs, theirs.c.account_id == other)
        .where(ours.c.incident_number.in_(numbers), theirs.c.incident_number != ours.c.incident_number)
        .group_by(ours.c.incident_number, theirs.c.incident_number)
        for mine, other in (ends, ends[::-1]))


_LINKED = _pairs(account_link, sa.func.max(account_link.c.points))
_JUDGED = _pairs(judgement, sa.func.min(sa.case((judgement.c.same, 1), else_=0)))


def _joined() -> sa.Select[Any]:
    return (
        sa.select(membership.c.incident_number, membership.c.reasons, membership.c.figures,
                  account.c.body.label("account_body"), account.c.report_id, report.c.outlet, report.c.agency,
                  report.c.title, report.c.source, report.c.published_at, report.c.written_earliest,
                  report.c.written_latest, report.c.copy_of, report.c.version_of, report.c.update_kind)
        .join_from(membership, account).join(report)
        .order_by(membership.c.incident_number, membership.c.position)
    )


def _rows_by_number(connection: sa.Connection, query: sa.Select[Any]) -> dict[int, list[sa.RowMapping]]:
    """The rows of `query`, which come in the order of incident_number, by that."""
    found = connection.execute(query).mappings()
    return {number: list(some) for number, some in groupby(found, key=lambda row: int(row["incident_number"]))}
