"""Which held accounts have to be looked at beside new ones: found by keys, so that no table is read through.

1. Near: what stands under the keys by which reconciling compares accounts (reconcile/candidates.py: weeks with a country, a
   cell or an armed group; a person's name; the name of a place for what has no day; rare words). These are judged.
2. Of these, what is one incident with a new account; and what the reports tell that theirs repeat or replace.
3. Those that are linked to them as one incident, however far: an incident is put together within such links alone, so that
   these are grouped again as if all had come at once, by their ids, and nothing else can change.
4. Of these, whole, what the new accounts are linked to and the groups that are other than the incidents held: one attack after
   another on one town can be a chain of thousands of accounts, of which a report changes one incident.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from dateline.reconcile.by_hand import Override
from dateline.reconcile.clusters import Links, Pairing, links_of, partition
from dateline.reconcile.plan import Former, makes_incident
from dateline.reconcile.reasons import SAME, Judgement
from dateline.records import Account, Incident, Report
from dateline.store import rows
from dateline.store.decisions import overrides_of
from dateline.store.dialect import chunks
from dateline.store.incidents import load_incident, load_settled
from dateline.store.near import load_accounts, near
from dateline.store.schema import account, account_link, decided, former, judgement, membership, report


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """All that reconciling `new` can touch. Mappings are by id."""

    new: tuple[Account, ...]      # in the order in which their reports were kept
    held: tuple[Account, ...]     # reconciled before; as extracted, or as a person corrected them
    reports: Mapping[str, Report]                   # of all of them, with what these repeat or replace
    incident_of: Mapping[str, str]                  # account -> incident
    incidents: Mapping[str, Incident]               # as held, with all their accounts; without what may be the same
    ruling: Mapping[Pairing, bool]                  # what a person decided on pairs: one incident, or two
    hand: tuple[Override, ...]                      # what persons set for incidents that had one of them, oldest first
    former: Mapping[str, Former]                    # incidents that once had one of them
    links: Links                                    # of the new accounts with what is near, and those of the held ones

    @property
    def accounts(self) -> tuple[Account, ...]:
        return self.new + self.held


def neighbourhood(connection: sa.Connection, new_ids: Sequence[str]) -> Neighbourhood:
    """The neighbourhood of the accounts `new_ids`, as it is held now.

    What repeats or replaces their reports and was kept before them is new again: it is known of what it is a copy only now.
    """
    told_by = {one.report for one in load_accounts(connection, new_ids)}
    new_ids = [*new_ids, *sorted(_told_in(connection, _after(connection, told_by)) - set(new_ids))]
    new = load_accounts(connection, new_ids)
    related = _related_reports(connection, {one.report for one in new})
    made = _links_of_new(connection, new)
    one_incident = {name for pair, judgement in made.items() if judgement.points >= SAME for name in pair}
    beside = {*new_ids, *_told_in(connection, related), *one_incident}
    given = set(new_ids)
    ids = _in_view(connection, given, beside, made)
    members = dict(_memberships(connection, membership.c.account_id, ids))
    numbers = set(members.values())
    accounts = load_accounts(connection, ids)
    return Neighbourhood(
        new=tuple(one for one in accounts if one.id in given),
        held=tuple(one for one in accounts if one.id not in given),
        reports=_reports(connection, {one.report for one in accounts} | related),
        incident_of={one: rows.incident_id(number) for one, number in members.items()},
        incidents={one.id: one for one in load_settled(connection, sorted(numbers))},
        ruling=_ruling(connection, ids),
        hand=overrides_of(connection, ids),
        former=_former(connection, ids),
        links={**_held_links(connection, ids - given), **made},
    )


def _links_of_new(connection: sa.Connection, new: Sequence[Account]) -> Links:
    """The links of `new` with each other and with what is near them. Copies and versions among them are all at hand."""
    makers = [one for one in new if makes_incident(one)]
    beside = [(one, other) for one, other in near(connection, makers) if makes_incident(other)]
    told_by = {one.report for pair in beside for one in pair}
    return links_of(beside, _reports(connection, told_by | _related_reports(connection, told_by)))


def _former(connection: sa.Connection, ids: Collection[str]) -> dict[str, Former]:
    """The incidents that are held no more and once had one of the accounts, by id."""
    numbers = {number for some in chunks(sorted(ids)) for number in connection.execute(
        sa.select(former.c.incident_number).where(former.c.account_id.in_(some))).scalars()}
    had: dict[int, set[str]] = {number: set() for number in numbers}
    for some in chunks(sorted(numbers)):
        for number, name in connection.execute(sa.select(former).where(former.c.incident_number.in_(some))):
            had[number].add(name)
    found = {}
    for number, names in had.items():
        one = load_incident(connection, number, deleted=True)
        if one is not None:
            found[one.id] = Former(one.history, frozenset(names))
    return found


def _held_links(connection: sa.Connection, ids: Collection[str]) -> Links:
    """The links among held accounts as they were judged."""
    query, table = sa.select(account_link), account_link.c
    return {(row.account_a, row.account_b): rows.judgement_from(row) for some in chunks(sorted(ids))
            for row in connection.execute(query.where(table.account_a.in_(some))) if row.account_b in ids}


def _in_view(connection: sa.Connection, new: Collection[str], beside: Collection[str], made: Links) -> set[str]:
    """`beside`, the `new` among them, and what the links `made` put together otherwise: whole groups, and whole incidents.

    Whatever else is linked to them comes out as it is held, whether it is looked at or not: groups that do not meet do not
    change how others are put together.
    """
    linked = _with_linked(connection, beside)
    groups = partition(linked, {**_held_points(connection, linked - set(new)), **made}, _ruling(connection, linked)).groups
    held: dict[int, set[str]] = {}
    for name, number in _memberships(connection, membership.c.account_id, linked):
        held.setdefault(number, set()).add(name)
    as_held = {frozenset(names) for names in held.values()}
    reached = {*beside, *(name for group in groups if frozenset(group) not in as_held for name in group)}
    found: set[str] = set()
    while reached:
        found |= {name for group in groups if not reached.isdisjoint(group) for name in group}
        reached = _decided_with(connection, found) - found
    return found


def _held_points(connection: sa.Connection, ids: Collection[str]) -> Links:
    """The links among `ids` that are held, without the reasons."""
    table = account_link.c
    return {(a, b): Judgement(points, ()) for some in chunks(sorted(ids)) for a, b, points in connection.execute(
        sa.select(table.account_a, table.account_b, table.points).where(table.account_a.in_(some))) if b in ids}


def _with_linked(connection: sa.Connection, ids: Collection[str]) -> set[str]:
    """`ids` with all that is linked to them, or was put together or decided of with them, over any number of steps."""
    found: set[str] = set()
    reached = set(ids)
    while reached:
        found |= reached
        numbers = {number for _, number in _memberships(connection, membership.c.account_id, reached)}
        step = {one for one, _ in _memberships(connection, membership.c.incident_number, numbers)}
        step |= _other_ends(connection, account_link, reached, account_link.c.points >= SAME)
        step |= _other_ends(connection, judgement, reached)
        step |= _decided_with(connection, reached)
        reached = step - found
    return found


def _other_ends(connection: sa.Connection, table: sa.Table, ids: Collection[str], *only: sa.ColumnElement[bool]) -> set[str]:
    ends = (table.c.account_a, table.c.account_b)
    return {one for some in chunks(sorted(ids)) for mine, other in (ends, ends[::-1])
            for one in connection.execute(sa.select(other).where(mine.in_(some), *only)).scalars()}


def _decided_with(connection: sa.Connection, ids: Collection[str]) -> set[str]:
    """The accounts of which one decision on a whole incident was made: it goes with the incident that has most of them."""
    one, other = decided, decided.alias()
    query = sa.select(other.c.account_id).join_from(one, other, one.c.decision_id == other.c.decision_id)
    return {name for some in chunks(sorted(ids))
            for name in connection.execute(query.where(one.c.account_id.in_(some))).scalars()}


def _told_in(connection: sa.Connection, reports: Collection[str]) -> set[str]:
    return {one for some in chunks(sorted(reports))
            for one in connection.execute(sa.select(account.c.id).where(account.c.report_id.in_(some))).scalars()}


def _after(connection: sa.Connection, report_ids: Collection[str]) -> set[str]:
    """Ids of the reports that are copies or later versions of `report_ids`, over any number of steps."""
    found: set[str] = set()
    reached = set(report_ids)
    while reached:
        step = {one for some in chunks(sorted(reached)) for column in (report.c.copy_of, report.c.version_of)
                for one in connection.execute(sa.select(report.c.id).where(column.in_(some))).scalars()}
        reached = step - found
        found |= step
    return found


def _related_reports(connection: sa.Connection, report_ids: Collection[str]) -> set[str]:
    """Ids of the reports that `report_ids` repeat or replace, and of those that repeat or replace one of them all."""
    stories = set(report_ids)
    for some in chunks(sorted(report_ids)):
        for pair in connection.execute(sa.select(report.c.copy_of, report.c.version_of).where(report.c.id.in_(some))):
            stories.update(one for one in pair if one is not None)
    related = set(stories)
    for some in chunks(sorted(stories)):
        for column in (report.c.copy_of, report.c.version_of):
            related.update(connection.execute(sa.select(report.c.id).where(column.in_(some))).scalars())
    return related


def _reports(connection: sa.Connection, ids: Iterable[str]) -> dict[str, Report]:
    return {row["id"]: rows.report_from(row) for some in chunks(sorted(ids))
            for row in connection.execute(sa.select(report).where(report.c.id.in_(some))).mappings()}


def _memberships(connection: sa.Connection, column: sa.ColumnElement[str] | sa.ColumnElement[int],
                 values: Collection[str] | Collection[int]) -> Iterator[tuple[str, int]]:
    """(account, incident's number) for each membership whose `column` has one of `values`."""
    for some in chunks(values):
        query = sa.select(membership.c.account_id, membership.c.incident_number).where(column.in_(some))
        yield from connection.execute(query)


def _ruling(connection: sa.Connection, ids: Collection[str]) -> dict[Pairing, bool]:
    found = {}
    for some in chunks(sorted(ids)):
        for row in connection.execute(sa.select(judgement).where(judgement.c.account_a.in_(some))):
            if row.account_b in ids:
                found[row.account_a, row.account_b] = row.same
    return found
