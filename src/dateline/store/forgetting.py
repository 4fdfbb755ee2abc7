"""Taking a report, or a person, out of every table. Called inside a write transaction; `Store.forgetting` makes one.

Decisions, comments and histories are otherwise never changed: here they are, because they hold words of what is forgotten.
What depends on accounts is worked out anew by reconciling, which the caller does before `settle`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dateline.records import Account, Incident, Report, to_line
from dateline.records.briefing import Briefing
from dateline.records.codec import from_line
from dateline.records.decision import Anchor, Decision
from dateline.records.team import Comment
from dateline.store import rows
from dateline.store.decisions import follow_decisions, reports_of
from dateline.store.dialect import chunks
from dateline.store.keeping import Told, drop_accounts, write_account
from dateline.store.listed import moment
from dateline.store.reconciling import Reconciling
from dateline.store.schema import (
    account,
    account_link,
    decided,
    decision,
    decision_report,
    former,
    group_statement,
    history,
    incident,
    incident_body,
    judgement,
    membership,
    report,
    source_seen,
)
from dateline.store.schema_mailing import call, issue, mail, notice
from dateline.store.schema_team import comment, comment_report
from dateline.store.sweeping import AT_ONCE, Blank, sweep


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken out. since: when the first of the reports that held it was kept. incidents: numbers of those touched."""

    reports: tuple[str, ...]
    since: datetime | None
    accounts: int
    incidents: frozenset[int]
    places: dict[str, int]        # table -> rows in which something was blanked


class Forgetting:
    """Made by `Store.forgetting()`; of use inside that block only."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self.reconciling = Reconciling(connection)

    def report_called(self, name: str) -> Report | None:
        """The report of that id, or the one that was read from that path or address."""
        query = sa.select(report).where(sa.or_(report.c.id == name, report.c.source == name)).order_by(report.c.seq)
        row = self._connection.execute(query).mappings().first()
        return rows.report_from(row) if row is not None else None

    def copies_of(self, report_id: str) -> list[str]:
        """The other reports that repeat its text or are a version of it, or that it repeats: they tell what it tells."""
        row = self._connection.execute(sa.select(report.c.copy_of, report.c.version_of).where(report.c.id == report_id)).one()
        first = [name for name in (report_id, row.copy_of, row.version_of) if name]
        query = sa.select(report.c.id).where(report.c.id != report_id, sa.or_(
            report.c.id.in_(first), report.c.copy_of.in_(first), report.c.version_of.in_(first))).order_by(report.c.seq)
        return list(self._connection.execute(query).scalars())

    def take_report(self, one: Report, now: datetime, blank: Blank) -> Taken:
        """Delete a report with all that was read in it. blank: blanks its own words, wherever they were repeated."""
        row = self._connection.execute(sa.select(report.c.seq, report.c.kept_at).where(report.c.id == one.id)).one()
        ids = list(self._connection.execute(sa.select(account.c.id).where(account.c.report_id == one.id)).scalars())
        touched = self._incidents_of(ids)
        others = self._without_report(decision, decision_report, Decision, one.id)
        self._without_report(comment, comment_report, Comment, one.id)
        self._told_by_others(one.id)
        drop_accounts(self._connection, ids, now)
        for column in (decided.c.account_id, former.c.account_id, judgement.c.account_a, judgement.c.account_b):
            for some in chunks(ids):
                self._connection.execute(sa.delete(column.table).where(column.in_(some)))
        self._connection.execute(sa.delete(source_seen).where(source_seen.c.source == one.source))
        self._connection.execute(sa.delete(report).where(report.c.seq == row.seq))
        follow_decisions(self._connection, others)
        return Taken((one.id,), moment(row.kept_at), len(ids), frozenset(touched), self.sweep(blank))

    def take_person(self, blank: Blank, around: Callable[[Sequence[Account]], Blank], holds: Callable[[str], bool]) -> Taken:
        """Blank a name everywhere, and single words of it in the reports that hold the whole.

        blank: blanks the whole name alone. around: given the accounts of a report that holds it, and of its incidents, what
        blanks single words too. holds: whether words hold the name.
        """
        places: dict[str, int] = {}
        seqs = self._reports_with(holds)
        ids: list[str] = []
        for seq in seqs:
            name, source = self._connection.execute(sa.select(report.c.id, report.c.source).where(report.c.seq == seq)).one()
            told = list(self._connection.execute(sa.select(account.c.id).where(account.c.report_id == name)).scalars())
            parts = around(self._beside(name, told))
            for column, where in ((report.c.seq, seq), (account.c.report_id, name), (group_statement.c.report_id, name)):
                for name_of, count in sweep(self._connection, parts, column.table, column == where).items():
                    places[name_of] = places.get(name_of, 0) + count
            self._connection.execute(sa.delete(source_seen).where(source_seen.c.source == source))
            ids += told
        touched = self._incidents_of(ids)
        for name, count in self.sweep(blank).items():
            places[name] = places.get(name, 0) + count
        self._index_anew(ids)
        since = self._connection.execute(sa.select(sa.func.min(report.c.kept_at)).where(report.c.seq.in_(seqs))).scalar()
        names = self._connection.execute(sa.select(report.c.id).where(report.c.seq.in_(seqs)).order_by(report.c.seq)).scalars()
        return Taken(tuple(names), moment(since), len(ids), frozenset(touched), places)

    def sweep(self, blank: Blank) -> dict[str, int]:
        """Blank words in every column that may hold some; table -> rows that held some."""
        return sweep(self._connection, blank)

    def settle(self, touched: Collection[int], blank: Blank | None = None) -> list[str]:
        """After reconciling: leave nothing in incidents that are held no more but their ids and what became of them, and take
        them out of what was told of them. Their ids."""
        query = sa.select(incident.c.number).where(incident.c.deleted_at.is_not(None))
        gone = [number for some in chunks(sorted(touched)) for number in self._connection.execute(
            query.where(incident.c.number.in_(some))).scalars()]
        for number in gone:
            self._bare(number)
        ids = [rows.incident_id(number) for number in gone]
        self._untold(set(ids))
        if blank is not None:
            self.sweep(blank)
        return ids

    # Parts of it

    def _incidents_of(self, account_ids: Sequence[str]) -> set[int]:
        """Numbers of the incidents that hold the accounts, or held them last."""
        return {number for some in chunks(account_ids) for table in (membership, former) for number in self._connection.execute(
            sa.select(table.c.incident_number).where(table.c.account_id.in_(some))).scalars()}

    def _beside(self, report_id: str, account_ids: Sequence[str]) -> list[Account]:
        """The accounts of a report, and those of its incidents."""
        own = sa.select(account.c.body).where(account.c.report_id == report_id)
        found = list(self._connection.execute(own).scalars())
        query = sa.select(account.c.body).join(membership, membership.c.account_id == account.c.id)
        for some in chunks(sorted(self._incidents_of(account_ids))):
            found += self._connection.execute(query.where(membership.c.incident_number.in_(some))).scalars()
        return [from_line(Account, body) for body in dict.fromkeys(found)]

    def _without_report(self, table: sa.Table, hanging: sa.Table, kind: type[Any], report_id: str) -> set[str]:
        """Take the report's accounts out of decisions, or comments, that hang on it; what hangs on nothing else is deleted. The
        other reports that these hang on."""
        key = hanging.c[f"{table.name}_id"]
        ids = list(self._connection.execute(sa.select(key).where(hanging.c.report_id == report_id)).scalars())
        others: set[str] = set()
        for number in ids:
            body = self._connection.execute(sa.select(table.c.body).where(table.c.id == number)).scalar_one()
            one = from_line(kind, body)
            left = replace(one, accounts=_elsewhere(one.accounts, report_id))
            if isinstance(left, Decision):
                left = replace(left, others=_elsewhere(left.others, report_id), evidence=())
                others |= reports_of(left)
            if not left.accounts or (isinstance(left, Decision) and left.what == "enter"):
                self._connection.execute(sa.delete(table).where(table.c.id == number))
                continue
            self._connection.execute(sa.update(table).where(table.c.id == number).values(body=to_line(left)))
        self._connection.execute(sa.delete(hanging).where(hanging.c.report_id == report_id))
        return others

    def _told_by_others(self, report_id: str) -> None:
        """Copies of it have another original, the first kept of them; its later versions are versions of nothing. What they tell
        is reconciled anew: a story more may be told by an outlet of its own now."""
        copies = list(self._connection.execute(sa.select(report.c.id).where(report.c.copy_of == report_id).order_by(
            report.c.seq)).scalars())
        versions = list(self._connection.execute(sa.select(report.c.id).where(report.c.version_of == report_id)).scalars())
        for name in (*copies, *versions):
            kept = self._connection.execute(sa.select(report).where(report.c.id == name)).mappings().one()
            copy_of = kept["copy_of"] if name in versions else None if name == copies[0] else copies[0]
            changed = replace(rows.report_from(kept), copy_of=copy_of,
                              version_of=None if name in versions else kept["version_of"])
            self._connection.execute(sa.update(report).where(report.c.id == name).values(
                copy_of=changed.copy_of, version_of=changed.version_of, body=to_line(replace(changed, text=""))))
        for some in chunks([*copies, *versions]):
            self._connection.execute(sa.update(account).where(account.c.report_id.in_(some)).values(reconciled=False))

    def _reports_with(self, holds: Callable[[str], bool]) -> list[int]:
        query = sa.select(report.c.seq, report.c.title, report.c.text, report.c.source, report.c.body).order_by(report.c.seq)
        found, after = [], 0
        while some := self._connection.execute(query.where(report.c.seq > after).limit(AT_ONCE)).all():
            found += [row.seq for row in some if any(holds(words) for words in (row.title or "", row.text, row.source, row.body))]
            after = some[-1].seq
        return found

    def _index_anew(self, account_ids: Sequence[str]) -> None:
        """Words and keys by which accounts are found, made of what they say now; what was judged of them is judged again."""
        for some in chunks(account_ids):
            query = sa.select(account.c.id.label("account_id"), account.c.position, account.c.body.label("account_body"), report)
            for row in self._connection.execute(query.join_from(account, report).where(account.c.id.in_(some))).mappings().all():
                write_account(self._connection, Told(rows.account_from(row["account_body"]), row["position"],
                                                     rows.report_from(row)))
            for column in (account_link.c.account_a, account_link.c.account_b):
                self._connection.execute(sa.delete(account_link).where(column.in_(some)))

    def _bare(self, number: int) -> None:
        body = self._connection.execute(sa.select(incident_body.c.body).where(
            incident_body.c.incident_number == number)).scalar()
        if body is None:
            return
        held = from_line(Incident, body)
        bare = replace(held, headline=held.kind, when=replace(held.when, text=None, timex=None, evidence=()),
                       where=replace(held.where, text=None, name=None, admin2=None, admin3=None, lat=None, lon=None,
                                     gazetteer_id=None, runners_up=(), evidence=(), unplaced="forgotten"),
                       actors=(), targets=(), weapons=(), affected=(), responsibility=(), disagreements=(), attribution=None,
                       review=replace(held.review, reason=None),
                       toll=replace(held.toll, killed=replace(held.toll.killed, by_side=(), by_actor=()),
                                    injured=replace(held.toll.injured, by_side=(), by_actor=())))
        self._connection.execute(sa.update(incident_body).where(incident_body.c.incident_number == number).values(
            body=to_line(bare)))
        self._connection.execute(sa.update(incident).where(incident.c.number == number).values(
            headline=bare.headline, place=None))
        machine = history.c.who == "dateline"
        self._connection.execute(sa.update(history).where(history.c.incident_number == number, ~machine).values(
            what="forgotten", why=""))

    def _untold(self, ids: Collection[str]) -> None:
        """Take incidents out of issues, alerts and calls: what was sent is with those who got it."""
        if not ids:
            return
        for row in self._connection.execute(sa.select(issue.c.id, issue.c.briefing)).all():
            told = from_line(Briefing, row.briefing)
            left = tuple(item for item in told.items if item.incident not in ids)
            if left != told.items:
                self._connection.execute(sa.update(issue).where(issue.c.id == row.id).values(briefing=to_line(
                    replace(told, items=left, left_out=told.left_out + len(told.items) - len(left)))))
        for some in chunks(sorted(ids)):
            self._connection.execute(sa.delete(notice).where(notice.c.incident.in_(some)))
            for number in some:
                for table in (mail, call):
                    self._connection.execute(sa.delete(table).where(
                        table.c.key.like(f"alert:%:{number}:%"), table.c.state != "claimed"))


def _elsewhere(anchors: Sequence[Anchor], report_id: str) -> tuple[Anchor, ...]:
    return tuple(one for one in anchors if one.report != report_id)

