"""What a briefing asks: which incidents reports of some days tell, when reports came, the table of weeks. Part of `store.lists`.

What is handed out holds names of persons: who shows it passes it through publish/withhold.py first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from dateline.records import GroupStatement, Report
from dateline.records.briefing import Window
from dateline.records.codec import from_line
from dateline.store import rows
from dateline.store.dialect import chunks
from dateline.store.listed import moment
from dateline.store.reading import Reading
from dateline.store.schema import (
    decision,
    decision_report,
    group_statement,
    incident,
    membership,
    report,
)

WIDEST_YEARS = 4                  # between the first and the last day on which a report with a dateline may have been written


@dataclass(frozen=True, slots=True)
class Concerned:
    """incidents: numbers of those that reports of a window may tell, or persons decided on in it; reports: ids of those reports.

    More than are told may be among them, never fewer: whose day a report is, its incident has a say in.
    """

    incidents: tuple[int, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldStatement:
    """A statement about an armed group with what says when its report came."""

    statement: GroupStatement
    outlet: str | None            # whose report it is: the outlet, else the agency
    copy_of: str | None
    written_earliest: date | None
    written_latest: date | None
    published_at: datetime | None
    kept_at: datetime | None


@dataclass(frozen=True, slots=True)
class WeekIncident:
    """An incident of the weekly table, read from columns. week: 0 the last one, 1 the one before it. outlets: of its reports."""

    week: int
    country: str | None
    kind: str
    review: str
    groups: tuple[str, ...]
    affected: tuple[str, ...]
    killed: tuple[int | None, int | None, int | None]
    injured: tuple[int | None, int | None, int | None]
    outlets: tuple[str, ...]


class BriefLists(Reading):
    """Queries that `store.lists` has."""

    def concerned(self, window: Window) -> Concerned:
        """The incidents and reports that a briefing of `window` may tell."""
        with self._read() as connection:
            found = connection.execute(sa.select(report.c.seq, report.c.id).where(_may_be_of(window))).all()
            numbers = {number for some in chunks(row.seq for row in found) for number in connection.execute(
                sa.select(membership.c.incident_number).where(membership.c.report_seq.in_(some))).scalars()}
            first, after = instants_of(window)
            by_hand = sa.select(membership.c.incident_number).distinct().select_from(decision).join(
                decision_report, decision_report.c.decision_id == decision.c.id).join(
                report, report.c.id == decision_report.c.report_id).join(
                membership, membership.c.report_seq == report.c.seq).where(
                decision.c.at >= rows.instant(first), decision.c.at < rows.instant(after))
            numbers.update(connection.execute(by_hand).scalars())
        return Concerned(tuple(sorted(numbers)), tuple(row.id for row in found))

    def kept_times(self, ids: Collection[str]) -> dict[str, datetime]:
        """When each of the reports was kept (UTC)."""
        with self._read() as connection:
            found = (row for some in chunks(sorted(ids)) for row in connection.execute(
                sa.select(report.c.id, report.c.kept_at).where(report.c.id.in_(some))))
            return {row.id: datetime.fromisoformat(row.kept_at) for row in found}

    def reports_called(self, ids: Collection[str]) -> dict[str, Report]:
        """Those of the reports that are kept, whole, by id."""
        with self._read() as connection:
            return {row["id"]: rows.report_from(row) for some in chunks(sorted(ids)) for row in connection.execute(
                sa.select(report.c.id, report.c.body, report.c.text).where(report.c.id.in_(some))).mappings()}

    def statements_in(self, reports: Collection[str]) -> list[ToldStatement]:
        """What those of the reports say about armed groups of the register, in the order in which they were kept."""
        with self._read() as connection:
            return [one for some in chunks(sorted(reports)) for one in _statements(
                connection, group_statement.c.report_id.in_(some))]

    def statements_about(self, groups: Collection[str], attributes: Collection[str]) -> Iterator[ToldStatement]:
        """What any report says of these attributes of these groups."""
        with self._read() as connection:
            for some in chunks(sorted(groups)):
                yield from _statements(connection, sa.and_(
                    group_statement.c.group_id.in_(some), group_statement.c.attribute.in_(attributes)))

    def weeks(self, last: date, count: int, natures: Sequence[str]) -> list[WeekIncident]:
        """The incidents of the `count` weeks that end with the day `last`, by their best day, as the record holds them now.

        Left out are those that one side alone tells, that are known from background only, or were rejected, and those that no
        report tells which was written until `last`.
        """
        first = last - timedelta(days=7 * count - 1)
        query = sa.select(incident.c.number, incident.c.day, incident.c.country, incident.c.kind, incident.c.review,
                          incident.c.groups, incident.c.affected, incident.c.killed_low, incident.c.killed_best,
                          incident.c.killed_high, incident.c.injured_low, incident.c.injured_best, incident.c.injured_high)
        query = query.where(incident.c.day.between(first.toordinal(), last.toordinal()), incident.c.deleted_at.is_(None),
                            incident.c.status != "alleged", incident.c.told_as == "news", incident.c.review != "rejected")
        if natures:
            query = query.where(incident.c.nature.in_(natures))
        with self._read() as connection:
            found = connection.execute(query).all()
            outlets: dict[int, set[str]] = {}
            for some in chunks(row.number for row in found):
                outlet = sa.func.coalesce(report.c.outlet, report.c.agency, report.c.source)
                told = sa.select(membership.c.incident_number, outlet, report.c.copy_of).distinct().join_from(
                    membership, report, membership.c.report_seq == report.c.seq).where(
                    membership.c.incident_number.in_(some), report.c.written_latest <= last)
                for number, outlet, copy_of in connection.execute(told):
                    outlets.setdefault(number, set()).update([outlet] if copy_of is None else [])
        return [WeekIncident(
            (last.toordinal() - row.day) // 7, row.country, row.kind, row.review, tuple(row.groups.splitlines()),
            tuple(row.affected.splitlines()), (row.killed_low, row.killed_best, row.killed_high),
            (row.injured_low, row.injured_best, row.injured_high), tuple(sorted(outlets[row.number])))
            for row in found if row.number in outlets]


def instants_of(window: Window) -> tuple[datetime, datetime]:
    """From which instant on, and before which one, what is done belongs to `window`."""
    if window.kept_since is not None and window.kept_until is not None:
        return window.kept_since, window.kept_until
    zone = ZoneInfo(window.zone)
    return (datetime.combine(window.first, time(), zone), datetime.combine(window.last + timedelta(days=1), time(), zone))


def _may_be_of(window: Window) -> sa.ColumnElement[bool]:
    first, after = (rows.instant(at) for at in instants_of(window))
    if window.kept_since is not None:
        return sa.and_(report.c.kept_at >= first, report.c.kept_at < after)
    latest = report.c.written_latest
    return sa.or_(
        latest.between(window.first, window.last),
        sa.and_(report.c.published_at >= first, report.c.published_at < after),
        # a dateline without a year: one of several days
        sa.and_(latest > window.last, latest <= _years_later(window.last), report.c.written_earliest <= window.last,
                report.c.written_earliest < latest))


def _years_later(day: date) -> date:
    return date.fromordinal(min(day.toordinal() + 366 * WIDEST_YEARS, date.max.toordinal()))


def _statements(connection: sa.Connection, wanted: sa.ColumnElement[bool]) -> Iterator[ToldStatement]:
    outlet = sa.func.coalesce(report.c.outlet, report.c.agency).label("outlet")
    query = sa.select(group_statement.c.body, outlet, report.c.copy_of, report.c.written_earliest, report.c.written_latest,
                      report.c.published_at, report.c.kept_at).join_from(group_statement, report).where(
        wanted, group_statement.c.group_id.is_not(None)).order_by(report.c.seq, group_statement.c.id)
    for row in connection.execute(query):
        yield ToldStatement(from_line(GroupStatement, row.body), row.outlet, row.copy_of, row.written_earliest,
                            row.written_latest, moment(row.published_at), moment(row.kept_at))
