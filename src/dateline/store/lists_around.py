"""What else says what of a report may not be shown: the accounts around it. Part of `store.lists`.

A name that one report withholds stands in others too, which do not mark it: those of the same incident, and those of the same
story, of which a copy may have no account of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dateline.records import Account
from dateline.store.dialect import chunks
from dateline.store.reading import Reading
from dateline.store.rows import account_from
from dateline.store.schema import account, membership, report


@dataclass(frozen=True, slots=True)
class Around:
    """own: accounts of the report, in the order told. together: those of each incident that holds one of its story's.

    apart: accounts of other reports of its story that are in no incident.
    """

    own: tuple[Account, ...] = ()
    together: tuple[tuple[Account, ...], ...] = ()
    apart: tuple[Account, ...] = ()

    @property
    def accounts(self) -> tuple[Account, ...]:
        """All of them, each once."""
        return tuple({one.id: one for some in (self.own, *self.together, self.apart) for one in some}.values())


class AroundLists(Reading):
    """Queries that `store.lists` has."""

    def around(self, ids: Collection[str]) -> dict[str, Around]:
        """What stands around each of the reports. They hold names: who shows anything passes it through publish/withhold.py."""
        with self._read() as connection:
            stories = _stories(connection, ids)
            reports = {name for story in stories.values() for name in story}
            rows = [row for some in chunks(sorted(reports)) for row in connection.execute(
                sa.select(account.c.id, account.c.report_id, membership.c.incident_number).outerjoin_from(
                    account, membership).where(account.c.report_id.in_(some)).order_by(account.c.report_id, account.c.position))]
            held = {row.incident_number for row in rows if row.incident_number is not None}
            members: dict[int, list[str]] = {}
            for some in chunks(sorted(held)):
                for number, name in connection.execute(sa.select(membership.c.incident_number, membership.c.account_id).where(
                        membership.c.incident_number.in_(some)).order_by(membership.c.incident_number, membership.c.position)):
                    members.setdefault(number, []).append(name)
            bodies = _bodies(connection, {row.id for row in rows} | {one for some in members.values() for one in some})
        of_report: dict[str, list[Any]] = {}
        for row in rows:
            of_report.setdefault(row.report_id, []).append(row)
        found = {}
        for name, story in stories.items():
            told = [row for one in sorted(story) for row in of_report.get(one, ())]
            incidents = dict.fromkeys(row.incident_number for row in told if row.incident_number is not None)
            found[name] = Around(
                tuple(bodies[row.id] for row in of_report.get(name, ())),
                tuple(tuple(bodies[one] for one in members[number]) for number in incidents),
                tuple(bodies[row.id] for row in told if row.incident_number is None and row.report_id != name))
        return found


def _stories(connection: sa.Connection, ids: Collection[str]) -> Mapping[str, set[str]]:
    """Each report -> the reports of its story, itself too: what it is a copy or version of, and their copies and versions."""
    first: dict[str, set[str]] = {name: {name} for name in ids}
    for some in chunks(sorted(ids)):
        for row in connection.execute(sa.select(report.c.id, report.c.copy_of, report.c.version_of).where(report.c.id.in_(some))):
            first[row.id] |= {one for one in (row.copy_of, row.version_of) if one}
    after: dict[str, set[str]] = {}
    for some in chunks(sorted({one for story in first.values() for one in story})):
        for row in connection.execute(sa.select(report.c.id, report.c.copy_of, report.c.version_of).where(
                sa.or_(report.c.copy_of.in_(some), report.c.version_of.in_(some)))):
            for one in (row.copy_of, row.version_of):
                after.setdefault(one, set()).add(row.id)
    return {name: story.union(*(after.get(one, ()) for one in story)) for name, story in first.items()}


def _bodies(connection: sa.Connection, ids: Collection[str]) -> dict[str, Account]:
    return {row.id: account_from(row.body) for some in chunks(sorted(ids)) for row in connection.execute(
        sa.select(account.c.id, account.c.body).where(account.c.id.in_(some)))}
