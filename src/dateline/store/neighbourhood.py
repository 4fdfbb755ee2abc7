"""Which held accounts have to be looked at beside new ones: found by keys, so that no table is read through.

Every account stands under some keys and looks under others; two accounts are neighbours when one finds the other:

- They share a country (or one of them names none), and a day on which one may have been lies within NEAR_DAYS of a
  day of the other, in whole weeks. Where only a few days are possible, each counts for itself.
- An account that says too little about its day (a window of more than WIDE_DAYS, or open) would find everything in
  its country. It needs a tie besides: the same gazetteer place, or a known armed group in the same kind of incident.

Then the accounts of the reports that theirs repeat or replace come along, and all accounts of each incident touched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import TypeVar

import sqlalchemy as sa

from dateline.records import Account, Report
from dateline.records.codec import from_line
from dateline.records.incident import Change, Review
from dateline.store import rows
from dateline.store.dialect import ROWS_AT_ONCE
from dateline.store.schema import account, account_key, history, incident, judgement, membership, report

NEAR_DAYS = 7                     # "on Tuesday" put into the wrong week is the commonest slip of a date
WIDE_DAYS = 62                    # two months: nine weeks of keys
BUCKET_DAYS = 7
T = TypeVar("T")
_ANY, _NONE = "*", "-"            # countries in keys: every account's, and of those that name none


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided of two accounts: one incident (`same`), or two."""

    account_a: str
    account_b: str
    same: bool
    who: str
    at: str
    why: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """All that reconciling `new` can touch. Mappings are by id."""

    new: tuple[Account, ...]      # in the order in which their reports were kept
    held: tuple[Account, ...]     # reconciled before; as extracted
    reports: Mapping[str, Report]
    incident_of: Mapping[str, str]                  # account -> incident
    incidents: Mapping[str, tuple[str, ...]]        # incident -> accounts
    histories: Mapping[str, tuple[Change, ...]]     # of those incidents
    reviews: Mapping[str, Review]
    judgements: tuple[Judgement, ...]

    @property
    def accounts(self) -> tuple[Account, ...]:
        return self.new + self.held


def keys_of(one: Account) -> set[str]:
    """What `one` is found under."""
    ties = _ties(one)
    keys = {f"tie {tie}" for tie in ties}
    if is_wide(one):
        return keys | {f"wide {tie}" for tie in ties}
    countries = (one.where.country or _NONE, _ANY)
    return keys | {f"day {country} {bucket}" for country in countries for bucket in _buckets(one, timedelta())}


def keys_sought(one: Account) -> set[str]:
    """What `one` looks under for its neighbours."""
    ties = _ties(one)
    if is_wide(one):
        return {f"tie {tie}" for tie in ties}
    countries = (one.where.country, _NONE) if one.where.country else (_ANY,)
    near = {f"day {country} {bucket}" for country in countries for bucket in _buckets(one, timedelta(NEAR_DAYS))}
    return near | {f"wide {tie}" for tie in ties}


def is_wide(one: Account) -> bool:
    """Whether `one` says too little about its day for that alone to find others."""
    return any(last is None or first is None or last - first > timedelta(WIDE_DAYS) for first, last in _windows(one))


def may_touch(a: Account, b: Account) -> bool:
    """Whether some day of `a` may lie within NEAR_DAYS of one of `b`, in one country as far as both name theirs."""
    if a.where.country and b.where.country and a.where.country != b.where.country:
        return False
    return any(_starts_by(first_a, last_b) and _starts_by(first_b, last_a)
               for first_a, last_a in _windows(a) for first_b, last_b in _windows(b))


def neighbourhood(connection: sa.Connection, new_ids: Sequence[str]) -> Neighbourhood:
    """The neighbourhood of the accounts `new_ids`, as it is held now."""
    new = {one.id: one for one in _accounts(connection, new_ids)}
    ids = set(new) | {one.id for one in _near(connection, list(new.values()))}
    ids |= _of_related_reports(connection, {one.report for one in new.values()})
    incident_of = dict(_memberships(connection, membership.c.account_id, ids))
    members = dict(_memberships(connection, membership.c.incident_number, set(incident_of.values())))
    ids |= set(members)
    accounts = list(_accounts(connection, ids))
    by_incident: dict[str, list[str]] = {}
    for one in accounts:
        if one.id in members:
            by_incident.setdefault(rows.incident_id(members[one.id]), []).append(one.id)
    numbers = sorted(set(members.values()))
    return Neighbourhood(
        new=tuple(one for one in accounts if one.id in new),
        held=tuple(one for one in accounts if one.id not in new),
        reports=_reports(connection, {one.report for one in accounts}),
        incident_of={one: rows.incident_id(number) for one, number in members.items()},
        incidents={one: tuple(ids) for one, ids in by_incident.items()},
        histories=histories(connection, numbers),
        reviews=_reviews(connection, numbers),
        judgements=tuple(_judgements(connection, ids)),
    )


def histories(connection: sa.Connection, numbers: Sequence[int]) -> dict[str, tuple[Change, ...]]:
    """The history of each of the incidents `numbers`, oldest line first."""
    found: dict[str, tuple[Change, ...]] = {rows.incident_id(number): () for number in numbers}
    for some in chunks(numbers):
        query = sa.select(history).where(history.c.incident_number.in_(some))
        for row in connection.execute(query.order_by(history.c.incident_number, history.c.position)).mappings():
            found[rows.incident_id(row["incident_number"])] += (rows.change_from(row),)
    return found


def _near(connection: sa.Connection, new: Sequence[Account]) -> Iterator[Account]:
    """Accounts that stand under a key which one of `new` looks under, and that may touch it."""
    seekers: dict[str, list[Account]] = {}
    for one in new:
        for key in keys_sought(one):
            seekers.setdefault(key, []).append(one)
    found: dict[str, set[str]] = {}
    for some in chunks(sorted(seekers)):
        query = sa.select(account_key.c.account_id, account_key.c.key).where(account_key.c.key.in_(some))
        for account_id, key in connection.execute(query):
            found.setdefault(account_id, set()).add(key)
    for one in _accounts(connection, found):
        # a day's key is near enough; a tie alone still has to fit in time and place
        if any(key.startswith("day ") or any(may_touch(one, seeker) for seeker in seekers[key])
               for key in found[one.id]):
            yield one


def _of_related_reports(connection: sa.Connection, report_ids: Collection[str]) -> set[str]:
    """Ids of the accounts of the reports that `report_ids` repeat or replace, or that repeat or replace them."""
    stories = set(report_ids)
    for some in chunks(sorted(report_ids)):
        for pair in connection.execute(
                sa.select(report.c.copy_of, report.c.version_of).where(report.c.id.in_(some))):
            stories.update(one for one in pair if one is not None)
    related = set(stories)
    for some in chunks(sorted(stories)):
        for column in (report.c.copy_of, report.c.version_of):
            related.update(connection.execute(sa.select(report.c.id).where(column.in_(some))).scalars())
    return {one for some in chunks(sorted(related))
            for one in connection.execute(sa.select(account.c.id).where(account.c.report_id.in_(some))).scalars()}


def _accounts(connection: sa.Connection, ids: Iterable[str]) -> Iterator[Account]:
    """The accounts `ids` in the order in which their reports were kept."""
    found: list[tuple[int, int, Account]] = []
    for some in chunks(sorted(ids)):
        query = sa.select(report.c.seq, account.c.position, account.c.body).join_from(account, report)
        for seq, position, body in connection.execute(query.where(account.c.id.in_(some))):
            found.append((seq, position, from_line(Account, body)))
    found.sort(key=lambda row: (row[0], row[1], row[2].id))
    return (row[2] for row in found)


def _reports(connection: sa.Connection, ids: Iterable[str]) -> dict[str, Report]:
    return {row["id"]: rows.report_from(row) for some in chunks(sorted(ids))
            for row in connection.execute(sa.select(report).where(report.c.id.in_(some))).mappings()}


def _memberships(connection: sa.Connection, column: sa.Column[str] | sa.Column[int],
                 values: Collection[str] | Collection[int]) -> Iterator[tuple[str, int]]:
    """(account, incident's number) for each membership whose `column` has one of `values`."""
    for some in chunks(values):
        query = sa.select(membership.c.account_id, membership.c.incident_number).where(column.in_(some))
        for account_id, number in connection.execute(query):
            yield account_id, number


def _reviews(connection: sa.Connection, numbers: Sequence[int]) -> dict[str, Review]:
    reviews = {}
    for some in chunks(numbers):
        query = sa.select(incident.c.number, incident.c.body).where(incident.c.number.in_(some))
        for number, body in connection.execute(query):
            reviews[rows.incident_id(number)] = rows.incident_from(body).review
    return reviews


def _judgements(connection: sa.Connection, ids: Collection[str]) -> list[Judgement]:
    found = {}
    for some in chunks(sorted(ids)):
        for row in connection.execute(sa.select(judgement).where(judgement.c.account_a.in_(some))):
            found[row.account_a, row.account_b] = Judgement(
                row.account_a, row.account_b, row.same, row.who, row.at, row.why)
    return [found[pair] for pair in sorted(found) if pair[1] in ids]


def _windows(one: Account) -> list[tuple[date | None, date | None]]:
    """First and last of the days that it may have been, several where only single days are possible."""
    when = one.when
    if when.candidates:
        return [(day, day) for day in when.candidates]
    return [(when.earliest, when.latest)]


def _buckets(one: Account, margin: timedelta) -> set[int]:
    """Numbers of the weeks that hold a possible day, `margin` added at both ends. Empty for an open window."""
    return {
        bucket
        for first, last in _windows(one) if first is not None and last is not None
        for bucket in range((first.toordinal() - margin.days) // BUCKET_DAYS,
                            (last.toordinal() + margin.days) // BUCKET_DAYS + 1)
    }


def _starts_by(first: date | None, last: date | None) -> bool:
    return first is None or last is None or first.toordinal() <= last.toordinal() + NEAR_DAYS


def _ties(one: Account) -> set[str]:
    groups = {actor.group for actor in one.actors if actor.group}
    ties = {f"group {one.kind} {group}" for group in groups}
    if one.where.gazetteer_id and one.where.kind != "country":
        ties.add(f"place {one.where.gazetteer_id}")
    return ties


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """`values` in lists short enough for one IN (...)."""
    pending = iter(values)
    while some := list(islice(pending, ROWS_AT_ONCE)):
        yield some
