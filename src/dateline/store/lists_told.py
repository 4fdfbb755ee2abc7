"""Reports, accounts, figures and statements one by one, as the API pages through them. Part of `store.lists`.

What is handed out is the record itself, with names of persons in it: who shows it passes it through publish/withhold.py first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from dateline.records import Account, Figure, GroupStatement
from dateline.records.codec import from_line
from dateline.store import rows
from dateline.store.dialect import without_index
from dateline.store.filters import IncidentFilter, conditions
from dateline.store.listed import Page, as_cursor, checked_most, key_in, moment
from dateline.store.reading import FEW, Reading, extraction_of
from dateline.store.schema import account, figure, group_statement, incident, membership, report

WALKED = 1_000                    # incidents whose figures are looked through at a time
LISTED = tuple(column for column in report.c if column.key not in ("text", "body"))


@dataclass(frozen=True, slots=True)
class ListedReport:
    """A report without its text. incidents: ids of those that it tells, in the order of their numbers."""

    id: str
    source: str
    outlet: str | None
    agency: str | None
    title: str | None
    language: str | None
    published_at: datetime | None
    written_earliest: date | None
    written_latest: date | None
    copy_of: str | None
    version_of: str | None
    update_kind: str | None
    extracted: str                # "done", "pending", "failed" or "language:ar"
    extractor: str | None         # the version that extracted it
    kept_at: datetime | None
    incidents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldAccount:
    """An account as it holds, and the incident that holds it; None: a notice, or one that waits to be reconciled."""

    account: Account
    incident: str | None


@dataclass(frozen=True, slots=True)
class HeldFigure:
    """A figure with the account that it stands in, as its incident has settled them."""

    figure: Figure
    account: Account
    incident: str | None


class ToldLists(Reading):
    """What reports tell. wanted None: of all reports, whether they tell an incident or not."""

    def reports_page(self, wanted: IncidentFilter | None = None, *, outlets: Collection[str] = (),
                     languages: Collection[str] = (), extracted: Collection[str] = (), after: str | None = None,
                     most: int = 50) -> Page[ListedReport]:
        """Up to `most` (1,000) reports, what was kept last first. Raises CursorError."""
        most, asked = checked_most(most), _among((report.c.outlet, outlets), (report.c.language, languages),
                                                 (report.c.extracted, extracted))
        seq, told = report.c.seq, sa.select(report.c.seq).where(*asked)
        if wanted is not None and asked:
            told = told.where(seq.in_(sa.select(membership.c.report_seq).where(_of_incidents(wanted))))
        elif wanted is not None:
            seq = membership.c.report_seq
            told = sa.select(seq).where(_of_incidents(wanted, met=self._many(wanted))).distinct()
        below = told if after is None else told.where(seq < key_in(after, "reports", (int,))[0])
        with self._read() as connection:
            question = ("reports", wanted, *map(frozenset, (outlets, languages, extracted)),
                        extraction_of(connection) if extracted else None)
            total = self._remembered(connection, question, lambda: (
                connection.execute(sa.select(sa.func.count()).select_from(told.subquery())).scalar_one()))
            seqs = connection.execute(below.order_by(seq.desc()).limit(most + 1)).scalars().all()
            query = sa.select(*LISTED)
            found = connection.execute(query.where(report.c.seq.in_(seqs[:most])).order_by(report.c.seq.desc())).all()
            incidents = _incidents_told(connection, seqs[:most])
        at = as_cursor("reports", (seqs[most - 1],)) if len(seqs) > most else None
        return Page(tuple(_report(row, incidents.get(row.seq, ())) for row in found), at, total)

    def report(self, report_id: str) -> ListedReport | None:
        query = sa.select(*LISTED).where(report.c.id == report_id)
        with self._read() as connection:
            row = connection.execute(query).one_or_none()
            return _report(row, _incidents_told(connection, [row.seq]).get(row.seq, ())) if row is not None else None

    def incidents_told(self, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The ids of the incidents that each of the reports tells, in the order of their numbers; those that tell none are left
        out."""
        with self._read() as connection:
            query = sa.select(report.c.seq, report.c.id).where(report.c.id.in_(ids))
            names: dict[int, str] = dict(connection.execute(query).all())
            return {names[seq]: told for seq, told in _incidents_told(connection, list(names)).items()}

    def account(self, account_id: str) -> HeldAccount | None:
        with self._read() as connection:
            held = _accounts(connection, [account_id])
        return HeldAccount(*held[account_id]) if held else None

    def accounts_of(self, report_id: str) -> list[HeldAccount]:
        """The accounts of a report, in the order told."""
        query = sa.select(account.c.id).where(account.c.report_id == report_id).order_by(account.c.position)
        with self._read() as connection:
            ids = list(connection.execute(query).scalars())
            held = _accounts(connection, ids)
        return [HeldAccount(*held[name]) for name in ids]

    def accounts_page(self, wanted: IncidentFilter | None = None, after: str | None = None, most: int = 50) -> Page[HeldAccount]:
        """Up to `most` (1,000) accounts: by the numbers of their incidents, without `wanted` by their ids. Raises CursorError."""
        most = checked_most(most)
        if wanted is not None:
            return self._accounts_of(wanted, after, most)
        query = sa.select(account.c.id)
        if after is not None:
            query = query.where(account.c.id > key_in(after, "accounts", (str,))[0])
        with self._read() as connection:
            total = connection.execute(sa.select(sa.func.count()).select_from(account)).scalar_one()
            ids = list(connection.execute(query.order_by(account.c.id).limit(most + 1)).scalars())
            held = _accounts(connection, ids[:most])
        at = as_cursor("accounts", (ids[most - 1],)) if len(ids) > most else None
        return Page(tuple(HeldAccount(*held[name]) for name in ids[:most]), at, total)

    def _accounts_of(self, wanted: IncidentFilter, after: str | None, most: int) -> Page[HeldAccount]:
        order = "accounts of incidents"
        number, name = key_in(after, order, (int, str)) if after is not None else (0, "")
        key = (membership.c.incident_number, membership.c.account_id)
        with self._read() as connection:
            counts = self._count(connection, wanted)
            numbers = _numbers(connection, wanted, number, most + 2, walk=counts.total > FEW)    # that of the cursor too
            found = connection.execute(sa.select(*key).where(
                membership.c.incident_number.in_(numbers), _beyond(key, (number, name))).order_by(*key).limit(most + 1)).all()
            held = _accounts(connection, [row.account_id for row in found[:most]])
        at = as_cursor(order, tuple(found[most - 1])) if len(found) > most else None
        return Page(tuple(HeldAccount(*held[row.account_id]) for row in found[:most]), at, counts.accounts)

    def figures_page(self, wanted: IncidentFilter | None = None, *, effects: Collection[str] = (), sides: Collection[str] = (),
                     standings: Collection[str] = (), speakers: Collection[str] = (), after: str | None = None,
                     most: int = 50) -> Page[HeldFigure]:
        """Up to `most` (1,000) figures: by their incidents, without `wanted` by their accounts' ids. Raises CursorError."""
        most, asked = checked_most(most), _among((figure.c.effect, effects), (figure.c.side, sides),
                                                      (figure.c.standing, standings), (figure.c.speaker, speakers))
        order, start = ("figures", ("", "")) if wanted is None else ("figures of incidents", (0, "", ""))
        place = key_in(after, order, tuple(map(type, start))) if after is not None else start
        with self._read() as connection:
            question = ("figures", wanted, *map(frozenset, (effects, sides, standings, speakers)))
            total = self._remembered(connection, question, lambda: self._count_figures(connection, wanted, asked))
            if wanted is None:
                key: Sequence[sa.ColumnElement[Any]] = (_sorted(figure.c.account_id, total), figure.c.id)
                query = sa.select(*key).where(*asked, _beyond(key, place)).order_by(*key).limit(most + 1)
                found = list(connection.execute(query))
            else:
                found = _figures_of(connection, wanted, asked, place, most + 1, walk=total > FEW)
            held = _accounts(connection, {row[-2] for row in found[:most]})
        at = as_cursor(order, tuple(found[most - 1])) if len(found) > most else None
        return Page(tuple(HeldFigure(_figure(held[name][0], own), *held[name]) for *_, name, own in found[:most]), at, total)

    def _many(self, wanted: IncidentFilter) -> bool:
        with self._read() as connection:
            return self._count(connection, wanted).total > FEW

    def _count_figures(self, connection: sa.Connection, wanted: IncidentFilter | None,
                       asked: Sequence[sa.ColumnElement[bool]]) -> int:
        if wanted is not None and not asked:
            return self._count(connection, wanted).figures
        query = sa.select(sa.func.count()).select_from(figure).where(*asked)
        if wanted is not None:
            query = query.join(membership, membership.c.account_id == figure.c.account_id).where(_of_incidents(wanted, met=True))
        return connection.execute(query).scalar_one()

    def statements_page(self, *, groups: Collection[str] = (), attributes: Collection[str] = (), after: str | None = None,
                        most: int = 50) -> Page[GroupStatement]:
        """Up to `most` (1,000) statements about armed groups, by their ids. Raises CursorError."""
        most, asked = checked_most(most), _among((group_statement.c.group_id, groups),
                                                 (group_statement.c.attribute, attributes))
        query = sa.select(group_statement.c.body, group_statement.c.id).where(*asked)
        if after is not None:
            query = query.where(group_statement.c.id > key_in(after, "statements", (str,))[0])
        with self._read() as connection:
            total = connection.execute(sa.select(sa.func.count()).select_from(group_statement).where(*asked)).scalar_one()
            found = connection.execute(query.order_by(_sorted(group_statement.c.id, total)).limit(most + 1)).all()
        at = as_cursor("statements", (found[most - 1].id,)) if len(found) > most else None
        return Page(tuple(from_line(GroupStatement, row.body) for row in found[:most]), at, total)


def _among(*asked: tuple[sa.Column[Any], Collection[str]]) -> Sequence[sa.ColumnElement[bool]]:
    return [column.in_(values) for column, values in asked if values]


def _of_incidents(wanted: IncidentFilter, *, met: bool = False) -> sa.ColumnElement[bool]:
    """A membership of one of the incidents: found by these, or, where it is `met` on another way, looked up among them."""
    number = without_index(membership.c.incident_number) if met else membership.c.incident_number
    return number.in_(sa.select(incident.c.number).where(*conditions(wanted)))


def _numbers(connection: sa.Connection, wanted: IncidentFilter, least: int, most: int, *, walk: bool) -> Sequence[int]:
    """The next `most` numbers of incidents of `wanted` from `least`."""
    query = sa.select(incident.c.number).where(incident.c.number >= least, *conditions(wanted, met=walk))
    return connection.execute(query.order_by(incident.c.number).limit(most)).scalars().all()


def _figures_of(connection: sa.Connection, wanted: IncidentFilter, asked: Sequence[sa.ColumnElement[bool]],
                place: Sequence[int | str], most: int, *, walk: bool) -> list[sa.Row[Any]]:
    """The next `most` figures of incidents after `place`: (number, account, figure).

    walk: there are many; then the incidents are gone through by their numbers, some at a time, until the figures are enough.
    """
    key = (membership.c.incident_number, membership.c.account_id, figure.c.id)
    query = sa.select(*key).select_from(membership).join(figure, figure.c.account_id == membership.c.account_id).where(
        *asked, _beyond(key, place)).order_by(*key)
    if not walk:
        return list(connection.execute(query.where(_of_incidents(wanted, met=bool(asked))).limit(most)))
    found: list[sa.Row[Any]] = []
    least = int(place[0])
    while len(found) < most and (numbers := _numbers(connection, wanted, least, WALKED, walk=False)):
        found += connection.execute(query.where(membership.c.incident_number.in_(numbers)).limit(most - len(found)))
        least = numbers[-1] + 1
    return found


def _beyond(key: Sequence[sa.ColumnElement[Any]], place: Sequence[int | str]) -> sa.ColumnElement[bool]:
    return sa.tuple_(*key) > sa.tuple_(*map(sa.literal, place))


def _sorted(by: sa.ColumnElement[str], total: int) -> sa.ColumnElement[str]:
    """What to order by: few are found first and sorted then, which an index on `by` must not hinder."""
    return by if total > FEW else without_index(by)


def _incidents_told(connection: sa.Connection, seqs: Sequence[int]) -> dict[int, tuple[str, ...]]:
    query = sa.select(membership.c.report_seq, membership.c.incident_number).distinct().where(membership.c.report_seq.in_(seqs))
    found: dict[int, tuple[str, ...]] = {}
    for seq, number in connection.execute(query.order_by(membership.c.report_seq, membership.c.incident_number)):
        found[seq] = (*found.get(seq, ()), rows.incident_id(number))
    return found


def _report(row: sa.Row[Any], incidents: tuple[str, ...]) -> ListedReport:
    return ListedReport(row.id, row.source, row.outlet, row.agency, row.title, row.language, moment(row.published_at),
                        row.written_earliest, row.written_latest, row.copy_of, row.version_of, row.update_kind, row.extracted,
                        row.extractor, moment(row.kept_at), incidents)


def _accounts(connection: sa.Connection, ids: Collection[str]) -> dict[str, tuple[Account, str | None]]:
    """The accounts with the standing that reconciling gave their figures, each with its incident."""
    query = sa.select(account.c.id, account.c.body.label("account_body"), membership.c.figures, membership.c.incident_number)
    query = query.select_from(account).outerjoin(membership).where(account.c.id.in_(ids))
    return {row["id"]: (rows.settled_account(row), rows.incident_id(row["incident_number"]) if row["incident_number"] else None)
            for row in connection.execute(query).mappings()}


def _figure(of: Account, name: str) -> Figure:
    return next(one for one in of.figures if one.id == name)
