"""Editions and their issues. `store.editions`; each call is one transaction.

It keeps and finds; what is due is decided in editions/schedule.py, what an issue tells and to whom in editions/issuing.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dateline.records.briefing import Briefing, Frequency
from dateline.records.codec import from_line, to_line
from dateline.records.mailing import Edition, Edits, Issue, IssueState, MailState, Standing
from dateline.store.dialect import insert_new, upsert
from dateline.store.keeping import PENDING
from dateline.store.rows import instant
from dateline.store.schema import account, report
from dateline.store.schema_mailing import edition, issue, mail
from dateline.store.team import Connecting

LONGEST_WAIT = timedelta(days=1)


class Editions:
    """Made by `Store.editions`."""

    def __init__(self, read: Connecting, write: Connecting) -> None:
        self._read, self._write = read, write

    # Editions

    def all(self) -> list[Edition]:
        """By slug, the retired ones too."""
        with self._read() as connection:
            return [from_line(Edition, body) for body in connection.execute(
                sa.select(edition.c.body).order_by(edition.c.slug)).scalars()]

    def get(self, slug: str) -> Edition | None:
        with self._read() as connection:
            body = connection.execute(sa.select(edition.c.body).where(edition.c.slug == slug)).scalar()
            return from_line(Edition, body) if body is not None else None

    def keep(self, one: Edition, at: datetime) -> None:
        """Keep a new edition, or what was changed in one. The hours of a frequency that it did not have count from `at` on,
        as do those of an edition that was retired until now."""
        with self._write() as connection:
            held = connection.execute(sa.select(edition).where(edition.c.slug == one.slug)).one_or_none()
            since = {} if held is None or from_line(Edition, held.body).retired else _since(held)
            upsert(connection, edition, [{
                "slug": one.slug, "body": to_line(one), "created_at": held.created_at if held is not None else instant(at),
                "failed": held.failed if held is not None else None,
                "since": to_line({name: since.get(name, instant(at)) for name in one.frequencies})}])

    def start_anew(self, at: datetime) -> None:
        """Let the hours of all editions count from `at` on: what was due before is made by nobody but a person."""
        with self._write() as connection:
            for row in connection.execute(sa.select(edition)).all():
                connection.execute(sa.update(edition).where(edition.c.slug == row.slug).values(
                    since=to_line(dict.fromkeys(_since(row), instant(at)))))

    def standings(self) -> dict[tuple[str, Frequency], Standing]:
        """How far each edition has come in each of its frequencies; without reading what its issues say."""
        of = (issue.c.edition, issue.c.frequency)
        newest = sa.select(*of, sa.func.max(issue.c.day), sa.func.max(issue.c.kept_until)).group_by(*of)
        with self._read() as connection:
            come = {(slug, name): (day, until) for slug, name, day, until in connection.execute(newest)}
            return {(row.slug, name): _standing(since, *come.get((row.slug, name), (None, None)), _failed(row).get(name))
                    for row in connection.execute(sa.select(edition)) for name, since in _since(row).items()}

    def keep_failure(self, slug: str, frequency: Frequency, at: datetime, problem: str) -> None:
        """Keep that making an issue went wrong; its next issue makes it forgotten. problem: a line that may be shown."""
        with self._write() as connection:
            held = connection.execute(sa.select(edition).where(edition.c.slug == slug)).one_or_none()
            if held is not None:
                connection.execute(sa.update(edition).where(edition.c.slug == slug).values(
                    failed=to_line(_failed(held) | {frequency: (instant(at), problem)})))

    def settled_until(self, at: datetime) -> datetime:
        """The instant, `at` or before, until which whatever was kept has come to its incidents: an issue can tell it all.

        A run that is going on keeps reports before it has read and reconciled them. One that has been waiting for longer than a
        day is waited for no more: it may never be read.
        """
        waiting = sa.or_(report.c.extracted == PENDING, sa.exists().where(
            account.c.report_id == report.c.id, account.c.reconciled.is_(False)))
        oldest = sa.select(sa.func.min(report.c.kept_at)).where(
            report.c.kept_at < instant(at), report.c.kept_at >= instant(at - LONGEST_WAIT), waiting)
        with self._write() as connection:     # whoever was writing has committed
            found = _time(connection.execute(oldest).scalar())
        return found if found is not None else at

    # Issues

    def add(self, one: Issue) -> Issue | None:
        """Keep a new issue; it as kept, with its number, or None where its edition has one of that day and frequency."""
        until = one.briefing.window.kept_until
        with self._write() as connection:
            is_new = insert_new(connection, issue, [{
                "edition": one.edition, "frequency": one.frequency, "day": one.day, "state": one.state,
                "briefing": to_line(one.briefing), "edits": to_line(one.edits), "composed_at": instant(one.composed_at),
                "kept_until": instant(until) if until else None, "issued_at": instant(one.issued_at) if one.issued_at else None,
                "by": one.by}]) > 0
            if not is_new:
                return None
            number = connection.execute(sa.select(issue.c.id).where(_is(one.edition, one.frequency, one.day))).scalar_one()
            return replace(one, id=number)

    def change(self, number: int, *, was: IssueState, seen: Edits | None = None, **values: Any) -> bool:
        """Set `state`, `edits`, `issued_at` or `by` of an issue that is in the state `was`; whether it was.

        seen: the edits that it has to have as well. So of two editors, or two servers, one alone issues it, and nobody what
        they have not seen.
        """
        columns = {name: to_line(value) if isinstance(value, Edits) else instant(value) if isinstance(value, datetime) else value
                   for name, value in values.items()}
        as_seen = sa.true() if seen is None else issue.c.edits == to_line(seen)
        with self._write() as connection:
            return connection.execute(sa.update(issue).where(issue.c.id == number, issue.c.state == was, as_seen).values(
                columns)).rowcount > 0

    def issue(self, slug: str, frequency: Frequency, day: date) -> Issue | None:
        with self._read() as connection:
            row = connection.execute(sa.select(issue).where(_is(slug, frequency, day))).one_or_none()
            return _issue(row) if row is not None else None

    def issue_by_id(self, number: int) -> Issue | None:
        with self._read() as connection:
            row = connection.execute(sa.select(issue).where(issue.c.id == number)).one_or_none()
            return _issue(row) if row is not None else None

    def issues(self, slug: str | None = None, *, states: Sequence[IssueState] = (), frequency: Frequency | None = None,
               before: int | None = None, most: int = 50) -> list[Issue]:
        """The newest day first. slug None: of all editions; states (): all; before: those that follow the issue of that id."""
        query = sa.select(issue).order_by(issue.c.day.desc(), issue.c.id.desc()).limit(most)
        if slug is not None:
            query = query.where(issue.c.edition == slug)
        if states:
            query = query.where(issue.c.state.in_(states))
        if frequency is not None:
            query = query.where(issue.c.frequency == frequency)
        if before is not None:
            day = sa.select(issue.c.day).where(issue.c.id == before).scalar_subquery()
            query = query.where(sa.or_(issue.c.day < day, sa.and_(issue.c.day == day, issue.c.id < before)))
        with self._read() as connection:
            return [_issue(row) for row in connection.execute(query)]

    def mails_of(self, number: int) -> dict[MailState, int]:
        """How many mails of an issue are in each state; states without any are not there."""
        query = sa.select(mail.c.state, sa.func.count()).where(mail.c.issue_id == number).group_by(mail.c.state)
        with self._read() as connection:
            held: dict[MailState, int] = dict(connection.execute(query).all())
        return held


def _is(slug: str, frequency: Frequency, day: date) -> sa.ColumnElement[bool]:
    return sa.and_(issue.c.edition == slug, issue.c.frequency == frequency, issue.c.day == day)


def _since(row: sa.Row[Any]) -> dict[Frequency, str]:
    """Frequency -> the instant from which on its hours count."""
    if row.since is None:
        return dict.fromkeys(from_line(Edition, row.body).frequencies, row.created_at)
    return from_line(dict[Frequency, str], row.since)


def _failed(row: sa.Row[Any]) -> dict[Frequency, tuple[str, str]]:
    """Frequency -> when making its issue last went wrong, and what it was."""
    return from_line(dict[Frequency, tuple[str, str]], row.failed) if row.failed is not None else {}


def _standing(since: str, day: date | None, until: str | None, failed: tuple[str, str] | None) -> Standing:
    at, problem = failed if failed is not None and failed[0] > (until or since) else (None, None)
    return Standing(datetime.fromisoformat(since), day, _time(until), _time(at), problem)


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _issue(row: sa.Row[Any]) -> Issue:
    return Issue(row.id, row.edition, row.frequency, row.day, row.state, from_line(Briefing, row.briefing),
                 from_line(Edits, row.edits), datetime.fromisoformat(row.composed_at), _time(row.issued_at), row.by)
