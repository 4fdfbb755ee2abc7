"""Single reports, what tells the same story, and what the record as a whole was made of. Part of `store.lists`.

What is handed out holds names of persons: who shows it passes it through publish/withhold.py first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from dateline.records import Account, ReportRef
from dateline.records.codec import from_line
from dateline.store import keeping, rows
from dateline.store.decisions import overrides_of
from dateline.store.dialect import chunks, how_many
from dateline.store.listed import moment
from dateline.store.reading import Reading, extraction_of
from dateline.store.schema import account, decision, figure, group_statement, incident, membership, report

REF = tuple(report.c[name] for name in (
    "outlet", "agency", "title", "source", "published_at", "written_earliest", "written_latest", "copy_of", "version_of",
    "update_kind"))


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a report. extracted: as `ListedReport` has it; extractor: the version that did it."""

    kept_at: datetime | None
    extracted: str
    extractor: str | None


@dataclass(frozen=True, slots=True)
class Extractor:
    """A version of extraction, and the reports that it read. version None: an older record did not note it."""

    version: str | None
    reports: int
    first: datetime | None        # when the first and the last of them were kept
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Made:
    """How much there is at each step, from reports to incidents. Of values with counts, most first."""

    reports: int
    copies: int
    versions: int
    first_written: date | None
    last_written: date | None
    last_kept: datetime | None
    extracted: Mapping[str, int]
    extractors: Sequence[Extractor]
    accounts: int
    notices: int                  # accounts that are in no incident
    figures: int
    statements: int
    decisions: int
    statuses: Mapping[str, int]   # of incidents
    reviews: Mapping[str, int]
    natures: Mapping[str, int]
    shelters: int
    changed_at: datetime | None


class ReportLists(Reading):
    """Reports by their ids, and what the record was made of."""

    def kept(self, report_id: str) -> Kept | None:
        query = sa.select(report.c.kept_at, report.c.extracted, report.c.extractor).where(report.c.id == report_id)
        with self._read() as connection:
            row = connection.execute(query).one_or_none()
        return Kept(moment(row.kept_at), row.extracted, row.extractor) if row else None

    def extractors(self, ids: Collection[str]) -> dict[str, str | None]:
        """Report -> the version that extracted it; None: nothing did, or an older record did not note it."""
        query = sa.select(report.c.id, report.c.extractor)
        with self._read() as connection:
            return {row.id: row.extractor for some in chunks(sorted(ids))
                    for row in connection.execute(query.where(report.c.id.in_(some)))}

    def set_by_hand(self, account_ids: Collection[str]) -> frozenset[str]:
        """The fields that persons set for the incident of these accounts as a whole."""
        with self._read() as connection:
            return frozenset(field for one in overrides_of(connection, account_ids) for field in one.fields)

    def refs(self, ids: Collection[str]) -> dict[str, ReportRef]:
        """What incidents tell of the reports that are kept under these ids."""
        query = sa.select(report.c.id.label("report_id"), *REF)
        with self._read() as connection:
            return {row["report_id"]: rows.report_ref(row) for some in chunks(sorted(ids))
                    for row in connection.execute(query.where(report.c.id.in_(some))).mappings()}

    def retold(self, one: ReportRef) -> list[ReportRef]:
        """The other reports of its story: what it is a copy or version of, and their copies and versions."""
        first = [name for name in (one.id, one.copy_of, one.version_of) if name]
        query = sa.select(report.c.id.label("report_id"), *REF).where(report.c.id != one.id, sa.or_(
            report.c.id.in_(first), report.c.copy_of.in_(first), report.c.version_of.in_(first)))
        with self._read() as connection:
            found = connection.execute(query.order_by(report.c.written_latest.nulls_first(), report.c.seq)).mappings()
            return [rows.report_ref(row) for row in found]

    def spellings(self) -> tuple[list[str], list[str]]:
        """Names of outlets and agencies as printed, and of speakers as written, each once."""
        with self._read() as connection:
            houses = {name for column in (report.c.outlet, report.c.agency)
                      for name in connection.execute(sa.select(column).distinct()).scalars() if name}
            speakers = set(connection.execute(sa.select(figure.c.speaker).distinct()).scalars()) - {None}
        return sorted(houses), sorted(map(str, speakers))

    def accounts_from(self, *, outlets: Collection[str] = (), speakers: Collection[str] = ()) -> list[str]:
        """Ids of the accounts of reports of `outlets` (agencies too), and of those with a figure of `speakers`, in the order in
        which they were kept."""
        found: dict[str, tuple[int, int]] = {}
        query = sa.select(account.c.id, report.c.seq, account.c.position).join_from(account, report)
        with self._read() as connection:
            for some in chunks(sorted(outlets)):
                theirs = sa.or_(report.c.outlet.in_(some), report.c.agency.in_(some))
                found |= {row.id: (row.seq, row.position) for row in connection.execute(query.where(theirs))}
            for some in chunks(sorted(speakers)):
                told = sa.select(figure.c.account_id).where(figure.c.speaker.in_(some))
                found |= {row.id: (row.seq, row.position) for row in connection.execute(query.where(account.c.id.in_(told)))}
        return sorted(found, key=lambda name: found[name])

    def citing(self, speakers: Collection[str], most: int) -> dict[str, list[Account]]:
        """Speaker as written -> up to `most` accounts with a figure that it gives, those written last first."""
        told = sa.select(figure.c.speaker, figure.c.account_id, sa.func.row_number().over(
            partition_by=figure.c.speaker, order_by=figure.c.written.desc().nulls_last()).label("place"))
        found: dict[str, list[Account]] = {}
        with self._read() as connection:
            for some in chunks(sorted(speakers)):
                last = told.where(figure.c.speaker.in_(some)).subquery()
                query = sa.select(last.c.speaker, account.c.body).join_from(last, account, last.c.account_id == account.c.id)
                for row in connection.execute(query.where(last.c.place <= most)):
                    found.setdefault(row.speaker, []).append(from_line(Account, row.body))
        return found

    def made(self) -> Made:
        """How much of each the record holds, and what read it."""
        with self._read() as connection:
            return self._remembered(connection, ("made", extraction_of(connection)), lambda: _made(connection))


def _made(connection: sa.Connection) -> Made:
    def counted(column: sa.Column[Any], *where: sa.ColumnElement[bool]) -> dict[str, int]:
        query = sa.select(column, sa.func.count()).where(*where).group_by(column)
        query = query.order_by(sa.func.count().desc(), column.nulls_first())
        return {row[0]: row[1] for row in connection.execute(query)}

    def size(of: sa.Column[Any]) -> int:
        return int(connection.execute(sa.select(sa.func.count(of))).scalar_one())

    held = incident.c.deleted_at.is_(None)
    reports = connection.execute(sa.select(
        sa.func.count().label("reports"), sa.func.count(report.c.copy_of).label("copies"),
        sa.func.count(report.c.version_of).label("versions"), sa.func.min(report.c.written_latest).label("first"),
        sa.func.max(report.c.written_latest).label("last"), sa.func.max(report.c.kept_at).label("kept"))).one()
    extractors = connection.execute(sa.select(
        report.c.extractor, sa.func.count(), sa.func.min(report.c.kept_at), sa.func.max(report.c.kept_at)).where(
            report.c.extracted == keeping.DONE).group_by(report.c.extractor).order_by(sa.func.count().desc()))
    accounts = size(account.c.id)
    changed, shelters = connection.execute(sa.select(
        sa.func.max(incident.c.changed_at), how_many(incident.c.shelter)).where(held)).one()
    return Made(
        reports.reports, reports.copies, reports.versions, reports.first, reports.last, moment(reports.kept),
        counted(report.c.extracted),
        [Extractor(row[0], row[1], moment(row[2]), moment(row[3])) for row in extractors], accounts,
        accounts - size(membership.c.account_id), size(figure.c.id), size(group_statement.c.id), size(decision.c.id),
        counted(incident.c.status, held), counted(incident.c.review, held), counted(incident.c.nature, held), shelters,
        moment(changed))
