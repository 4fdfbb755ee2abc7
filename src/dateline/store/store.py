"""Store: the one door to the disk. Each public call is one transaction; what it reported is kept.

"Kept" means: the commit has reached the operating system, so it outlives this process however it ends (SIGKILL too);
the last commits may be lost when the machine loses power, and the file is whole even then (WAL, synchronous NORMAL). What must
outlive that too, since the world acts on it, is written with `writing(durable=True)`: that a mail was handed over.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import sqlalchemy as sa

from dateline.errors import DecisionError
from dateline.reconcile.stories import LIKELY_COPY
from dateline.records import Account, GroupStatement, Incident, Report
from dateline.records.codec import from_line
from dateline.store import dialect, erasing, incidents, keeping, rows, search
from dateline.store.decisions import HeldDecision, entered_from, held_decisions, holding
from dateline.store.dialect import Database
from dateline.store.editions import Editions
from dateline.store.feeds import Feeds
from dateline.store.filters import ALL, IncidentFilter
from dateline.store.forgetting import Forgetting
from dateline.store.held_columns import HeldColumns
from dateline.store.lists import Lists
from dateline.store.mails import Mails
from dateline.store.reconciling import Reconciling
from dateline.store.schema import account, former, group_statement, incident, membership, report, source_seen
from dateline.store.seen import Seen
from dateline.store.sketches import signed, sketch_candidates, sketches_of
from dateline.store.subscribers import Subscribers
from dateline.store.team import Team
from dateline.store.upkeep import Upkeep, forgotten_among, is_forgotten
from dateline.store.watches import Watches

if TYPE_CHECKING:
    from dateline.read.fetch import Validators
    from dateline.store.copying import Copied
    from dateline.store.sole_postgres import SoleWatcher

_TEXTS = sa.select(report.c.id, report.c.body, report.c.text).where(report.c.id.in_(sa.bindparam("ids", expanding=True)))
NOTICE_DAYS = 10                  # a correction is not printed longer after the story
MOST_NOTICED = 200                # reports of one outlet or agency that a correction may speak of


class Store:
    """An open record. Made by `open_record`; a context manager; used by one thread at a time."""

    def __init__(self, database: Database) -> None:
        self._database, self.name = database, database.name
        self._writing: sa.Connection | None = None
        self._reading: sa.Connection | None = None        # of `at_one_moment`

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._database.close()

    def beside(self) -> Store:
        """The same record for another thread. It is not closed by itself: it shares what `close` of the first ends."""
        return Store(self._database)

    def hold_columns(self, columns: HeldColumns) -> None:
        """Count the lists of a large record in memory from now on, for all that are `beside` this one too."""
        self._database.columns = columns

    @contextmanager
    def writing(self, *, durable: bool = False) -> Iterator[None]:
        """Everything inside is one transaction that holds the write lock from its start: others wait.

        Inside another `writing` it is a part of that. durable: what was written outlives the machine's loss of power too;
        ask it of the outermost. Raises StoreError, as every call here does for what the disk or another writer refuses.
        """
        with self._write(durable=durable):
            yield

    @property
    def lists(self) -> Lists:
        """What pages, feeds and the API ask at once: pages of rows, counts, points, days."""
        return Lists(self._read, self._database.identity, settled=self._writing is None, columns=self._database.columns)

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """All that is read inside is of one moment, whatever is written meanwhile: a list, its map and its timeline agree."""
        with self._read() as connection:
            before, self._reading = self._reading, connection
            try:
                yield
            finally:
                self._reading = before

    # Reports

    def known_report_ids(self, ids: Collection[str]) -> set[str]:
        """Those of `ids` that are kept, or were forgotten: neither is read again."""
        with self._read() as connection:
            kept = {one for some in dialect.chunks(ids) for one in connection.execute(
                sa.select(report.c.id).where(report.c.id.in_(some))).scalars()}
            return kept | forgotten_among(connection, ids)

    def keep(self, one: Report, extraction: keeping.Extracted | None, *, extracted: str,
             sketch: Collection[int] = (), extractor: str | None = None) -> bool:
        """Keep `one` with what was extracted from it, in one transaction; whether the report was new.

        extracted: "pending", "done", "failed", "entered" (a note of a person's) or "language:" and a code. A report that
        is kept already stays as it is; its accounts become those of `extraction`, and those that changed are reconciled anew.
        extractor: version of what extracted it. One that was forgotten is not kept again, which is no news; raises DecisionError
        where something was extracted from it already: a person entered it.
        """
        with self._write() as connection:
            if is_forgotten(connection, one.id, one.source):
                if extraction is None:
                    return False
                raise DecisionError("this report was forgotten, and is not kept again; dateline forget --allow takes that back")
            now = datetime.now(UTC)           # with the lock: what is kept later is not committed before (Editions.settled_until)
            is_new = keeping.keep_report(connection, one, extracted=extracted, extractor=extractor, hashes=sketch, kept_at=now)
            if extraction is not None:
                keeping.replace_extractions(connection, [(one, extraction)], now)
            if not is_new:
                keeping.mark(connection, [one.id], extracted, extractor)
            return is_new

    def rewrite_note(self, one: Report) -> None:
        """Write anew a note that is kept, whose text goes on from what it was; its account is entered anew by a decision."""
        with self._write() as connection:
            keeping.rewrite_note(connection, one)

    def notes(self, beginning: str) -> list[tuple[Report, Account | None]]:
        """The notes of persons whose source begins so ("sheet:march#"), each with the account that was entered with it.

        The account as it was entered, before anything of it was corrected; None where it was taken back.
        """
        with self._read() as connection:
            return entered_from(connection, beginning)

    def keep_extracted(self, told: Sequence[tuple[Report, keeping.Extracted]], extractor: str | None = None) -> None:
        """Keep what was extracted from reports that are kept, in one transaction: many of them change the same pages."""
        with self._write() as connection:
            keeping.replace_extractions(connection, told, datetime.now(UTC))
            keeping.mark(connection, [one.id for one, _ in told], keeping.DONE, extractor)

    def near_copies(self, one: Report, hashes: Collection[int]) -> list[tuple[Report, frozenset[int]]]:
        """The kept reports that `one` may repeat or replace, with their sketches.

        A report marked as a correction or withdrawal may say little of the story: for it, those that its outlet or
        agency printed in the days before come along.
        """
        ours = frozenset(signed(value) for value in hashes)
        with self._read() as connection:
            sketches = sketch_candidates(connection, ours, 0.0 if one.update_kind else LIKELY_COPY)
            ids = [name for name in sketches if name != one.id]
            if one.update_kind is not None:
                before = connection.execute(_printed_before(one)).scalars().all()
                more = [name for name in before if name != one.id and name not in sketches]
                ids, sketches = [*ids, *more], sketches | sketches_of(connection, more)
            found = {name: rows.report_held(body, text) for some in dialect.chunks(ids)
                     for name, body, text in connection.execute(_TEXTS, {"ids": some})}
            return [(found[name], sketches[name]) for name in ids]

    def report(self, report_id: str) -> Report | None:
        with self._read() as connection:
            row = connection.execute(sa.select(report).where(report.c.id == report_id)).mappings().one_or_none()
            return rows.report_from(row) if row is not None else None

    def reports_called(self, ids: Iterable[str]) -> dict[str, Report]:
        """Those of the reports that are kept, by id, in the order given."""
        ids = list(dict.fromkeys(ids))
        with self._read() as connection:
            found = {row["id"]: rows.report_from(row) for some in dialect.chunks(ids) for row in connection.execute(
                sa.select(report).where(report.c.id.in_(some))).mappings()}
        return {name: found[name] for name in ids if name in found}

    def reports(self, *, extracted: Sequence[str] = ()) -> Iterator[Report]:
        """The kept reports in the order in which they were kept; `extracted`: only those so far extracted."""
        query = sa.select(report).order_by(report.c.seq)
        if extracted:
            query = query.where(report.c.extracted.in_(extracted))
        with self._read() as connection:
            for row in connection.execute(query.execution_options(yield_per=100)).mappings():
                yield rows.report_from(row)

    def note_death(self, report_id: str, extractor: str) -> int:
        """Note that a process died of a kept report; how many have. After `keeping.MOST_DEATHS` it is set aside."""
        with self._write() as connection:
            return keeping.note_death(connection, report_id, extractor)

    def to_extract(self, extractor: str = "") -> list[str]:
        """Ids of the reports that a run left unextracted, or that could not be extracted, as they were kept.

        Those are left out that are set aside: too many processes with this version, `extractor`, have died of them.
        """
        aside = sa.and_(report.c.extracted == keeping.FAILED,
                        sa.func.coalesce(report.c.extractor, "") == keeping.died_of(extractor))
        query = sa.select(report.c.id).where(report.c.extracted.in_(keeping.STILL_TO_EXTRACT), ~aside)
        with self._read() as connection:
            return list(connection.execute(query.order_by(report.c.seq)).scalars())

    def extract_again(self, ids: Collection[str]) -> None:
        """Let the next run extract the kept reports `ids` anew."""
        with self._write() as connection:
            for some in dialect.chunks(ids):
                connection.execute(sa.update(report).where(report.c.id.in_(some), report.c.extracted == keeping.DONE).values(
                    extracted=keeping.PENDING))

    def extracted_by_others(self, version: str | None) -> list[str]:
        """Ids of the reports that were extracted, but not by `version`, as they were kept; None: all that were extracted."""
        query = sa.select(report.c.id).where(report.c.extracted == keeping.DONE).order_by(report.c.seq)
        if version is not None:
            query = query.where(sa.or_(report.c.extractor.is_(None), report.c.extractor != version))
        with self._read() as connection:
            return list(connection.execute(query).scalars())

    def copy_to(self, path: Path) -> None:
        """Write the record as it is at one moment to the new file `path`, a record of its own."""
        with self._database.in_plain_words():
            self._database.copy_to(path)

    def copy_into(self, other: Store) -> Copied:
        """Write all of this record into `other`, in which nothing is; what was written, compared on both sides.

        Raises StoreError where something is in it, and for what one of the databases refuses; `other` is as it was then.
        """
        from dateline.store.copying import copy_record

        return copy_record(self._database, other._database)

    def become(self, other: Store) -> None:
        """Make this record what `other` is, in one transaction: whoever reads it sees the one or the other."""
        with self._database.in_plain_words(), other._database.in_plain_words():
            self._database.become(other._database)

    def size(self) -> int:
        """Bytes on the disk of whoever keeps it."""
        with self._database.in_plain_words():
            return self._database.size()

    def is_empty(self) -> bool:
        """Whether nothing was ever kept in it."""
        from dateline.store.copying import tables_with_rows

        with self._read() as connection:
            return not tables_with_rows(connection)

    def unreconciled_reports(self) -> list[str]:
        """Ids of the reports that have accounts which are not reconciled yet, as they were kept."""
        waiting = sa.select(account.c.report_id).where(account.c.reconciled.is_(False))
        with self._read() as connection:
            return list(connection.execute(
                sa.select(report.c.id).where(report.c.id.in_(waiting)).order_by(report.c.seq)).scalars())

    def extraction_counts(self) -> dict[str, int]:
        """How many reports are "done", "pending", "failed", "entered", "language:ar"."""
        query = sa.select(report.c.extracted, sa.func.count()).group_by(report.c.extracted)
        with self._read() as connection:
            return dict(connection.execute(query).all())

    def accounts_of(self, report_id: str) -> list[Account]:
        """The accounts of a report as they hold (extracted, or corrected by a person), in the order told."""
        query = sa.select(account.c.body).where(account.c.report_id == report_id).order_by(account.c.position)
        with self._read() as connection:
            return [from_line(Account, body) for body in connection.execute(query).scalars()]

    def incidents_of(self, account_ids: Collection[str]) -> dict[str, str]:
        """Account -> id of the incident that holds it; accounts that are in none are left out."""
        with self._read() as connection:
            return {account_id: rows.incident_id(number) for some in dialect.chunks(account_ids)
                    for account_id, number in connection.execute(
                        sa.select(membership.c.account_id, membership.c.incident_number).where(
                            membership.c.account_id.in_(some)))}

    def search(self, words: str, *, most: int = 100) -> list[search.Found]:
        """Reports that hold all of `words`, best first; "a phrase" in its order, `bomb*` as a beginning."""
        with self._read() as connection:
            return search.find(connection, words, most)

    # Incidents and groups

    def incidents(self, wanted: IncidentFilter = ALL) -> Iterator[Incident]:
        """The incidents that `wanted` shows, by their first day; as they are at one moment."""
        with self._read() as connection:
            yield from incidents.find_incidents(connection, wanted)

    def count_without_country(self, wanted: IncidentFilter) -> int:
        """How many incidents the countries of `wanted` leave out because theirs is not known."""
        with self._read() as connection:
            return incidents.count_without_country(connection, wanted)

    def incident(self, incident_id: str, *, deleted: bool = False) -> Incident | None:
        """The incident "DTL-412" ("dtl-412", "412"), or None. deleted: also one held no more; it has no accounts."""
        number = rows.number_in(incident_id)
        if number is None:
            return None
        with self._read() as connection:
            return incidents.load_incident(connection, number, deleted=deleted)

    def incidents_in_order(self, ids: Iterable[str]) -> Iterator[Incident]:
        """Those of the incidents that are held, whole, in the order of `ids`, each once; read many at a time."""
        numbers = rows.numbers_in(ids)
        for at in range(0, len(numbers), incidents.AT_ONCE):
            with self._read() as connection:
                some = incidents.load_incidents(connection, numbers[at:at + incidents.AT_ONCE])
            yield from some

    def incidents_called(self, ids: Collection[str]) -> dict[str, Incident]:
        """Those of the incidents that are held, by id; without their links to what may be the same, so that many are read at
        once."""
        with self._read() as connection:
            return {one.id: one for one in incidents.load_settled(connection, sorted(rows.numbers_in(ids)))}

    def deleted_incidents(self) -> list[str]:
        """Ids of incidents that were merged into others or withdrawn; never given again."""
        query = sa.select(incident.c.number).where(incident.c.deleted_at.is_not(None)).order_by(incident.c.number)
        with self._read() as connection:
            return [rows.incident_id(number) for number in connection.execute(query).scalars()]

    def former_accounts(self, number: int) -> list[Account]:
        """The accounts that an incident, which is held no more, had last, as far as they are told today."""
        query = sa.select(account.c.body).join_from(former, account, former.c.account_id == account.c.id).where(
            former.c.incident_number == number).order_by(account.c.id)
        with self._read() as connection:
            return [from_line(Account, body) for body in connection.execute(query).scalars()]

    def group_statements(self, group_id: str) -> list[GroupStatement]:
        """What reports say about an armed group, newest first: by the day it speaks of, else the day of its report."""
        query = (sa.select(group_statement.c.body, group_statement.c.as_of, report.c.written_latest)
                 .join_from(group_statement, report).where(group_statement.c.group_id == group_id)
                 .order_by(report.c.seq, group_statement.c.id))
        with self._read() as connection:
            found = [(as_of or (written.isoformat() if written else ""), from_line(GroupStatement, body))
                     for body, as_of, written in connection.execute(query)]
        return [one for _, one in sorted(found, key=lambda pair: pair[0], reverse=True)]

    def newest_statements(self, group_id: str, most: int) -> tuple[list[GroupStatement], int]:
        """The newest `most` of each attribute, newest first (those of one day by their ids), and how many there are in all."""
        query = sa.select(group_statement.c.id, group_statement.c.attribute, group_statement.c.as_of, group_statement.c.report_id)
        counted: Counter[str] = Counter()
        chosen = []
        with self._read() as connection:
            found = connection.execute(query.where(group_statement.c.group_id == group_id)).all()
            written = {row.id: row.written_latest for some in dialect.chunks({row.report_id for row in found if not row.as_of})
                       for row in connection.execute(sa.select(report.c.id, report.c.written_latest).where(
                           report.c.id.in_(some), report.c.written_latest.is_not(None)))}
            days = {row.id: row.as_of or str(written.get(row.report_id, "")) for row in found}
            for row in sorted(sorted(found, key=lambda row: row.id), key=lambda row: days[row.id], reverse=True):
                counted[row.attribute] += 1
                if counted[row.attribute] <= most:
                    chosen.append(row.id)
            bodies = {row.id: row.body for some in dialect.chunks(chosen) for row in connection.execute(
                sa.select(group_statement.c.id, group_statement.c.body).where(group_statement.c.id.in_(some)))}
        return [from_line(GroupStatement, bodies[name]) for name in chosen], len(found)

    def decisions(self) -> list[HeldDecision]:
        """What persons decided, oldest first."""
        with self._read() as connection:
            return held_decisions(connection)

    def holding(self, events: Collection[int]) -> set[int]:
        """Those of the events (numbers of decisions) that nobody has taken back."""
        with self._read() as connection:
            return holding(connection, events)

    @contextmanager
    def reconciling(self) -> Iterator[Reconciling]:
        """A transaction that holds the write lock from here to its end; rolled back as a whole on an error."""
        with self._write() as connection:
            yield Reconciling(connection)

    @contextmanager
    def rehearsing(self) -> Iterator[Reconciling]:
        """As `writing` and `reconciling`, but all that is written inside, by calls of this store too, is taken back at the end.

        It holds the write lock while it lasts: read what is needed inside, and do what takes long before.
        """
        with self._write() as connection:
            undone = connection.begin_nested()
            try:
                yield Reconciling(connection)
            finally:
                undone.rollback()

    @property
    def team(self) -> Team:
        """What a desk of several keeps beside the record."""
        return Team(self._read, self._write)

    @property
    def upkeep(self) -> Upkeep:
        """Copies that were made of the record, and tombstones of what was taken out of it."""
        return Upkeep(self._read, self._write)

    @contextmanager
    def forgetting(self, *, rehearse: bool = False) -> Iterator[Forgetting]:
        """A transaction in which reports and persons are taken out of every table; `erase_bytes` afterwards.

        rehearse: all that is written inside is taken back at the end.
        """
        with self._write() as connection:
            undone = connection.begin_nested() if rehearse else None
            try:
                with erasing.overwriting(connection):
                    yield Forgetting(connection)
            finally:
                if undone is not None:
                    undone.rollback()

    def erase_bytes(self) -> None:
        """Leave nothing in the record's files of what was deleted. Raises StoreError where others are reading it meanwhile."""
        with self._database.in_plain_words():
            erasing.erase_bytes(self._database.engine, self.name)

    def sole_watcher(self) -> SoleWatcher | None:
        """The lock of whoever watches feeds into a record on a server; None: a file, which a lock of its machine guards."""
        if self._database.engine.dialect.name == "sqlite":
            return None
        from dateline.store.sole_postgres import SoleWatcher

        return SoleWatcher(self._database.engine, self.name)

    @contextmanager
    def in_plain_words(self) -> Iterator[None]:
        """What the database raises inside becomes a StoreError that says what to do."""
        with self._database.in_plain_words():
            yield

    @property
    def editions(self) -> Editions:
        return Editions(self._read, self._write)

    @property
    def subscribers(self) -> Subscribers:
        return Subscribers(self._read, self._write)

    @property
    def mails(self) -> Mails:
        return Mails(self._read, self._write, partial(self._write, durable=True))

    @property
    def watches(self) -> Watches:
        return Watches(self._read, self._write)

    @property
    def feeds(self) -> Feeds:
        """The feeds that `dateline watch` asks, and how they fare."""
        return Feeds(self._read, self._write)

    # Sources

    def seen(self, source: str) -> Seen | None:
        """How `source` (see `seen.key_of`) was when it was last read to its end."""
        return self.seen_among([source]).get(source)

    def seen_among(self, sources: Collection[str]) -> dict[str, Seen]:
        """The same of several, for those that were."""
        with self._read() as connection:
            return {row.source: Seen(row.source, row.fingerprint, row.reports, row.etag, row.modified)
                    for some in dialect.chunks(sources) for row in connection.execute(
                        sa.select(source_seen).where(source_seen.c.source.in_(some)))}

    def keep_seen(self, *some: Seen) -> None:
        """Keep how sources were when they were read."""
        if len(some) == 1 and self.seen(some[0].source) == some[0]:
            return                        # a page that is asked for again and again: nobody waits for a lock
        with self._write() as connection:
            dialect.upsert(connection, source_seen, [{
                "source": one.source, "fingerprint": one.fingerprint, "reports": one.reports, "etag": one.etag,
                "modified": one.modified} for one in some])

    def fetch_memory(self, before: Callable[[], None]) -> FetchMemory:
        """What a Fetcher keeps between runs, so that a page that has not changed is not sent again.

        before: called before a page counts as read.
        """
        return FetchMemory(self, before)

    # Connections

    @contextmanager
    def _read(self) -> Iterator[sa.Connection]:
        with self._database.in_plain_words():
            held = self._writing or self._reading
            if held is not None:
                yield held
                return
            with self._database.reading() as connection:
                yield connection

    @contextmanager
    def _write(self, *, durable: bool = False) -> Iterator[sa.Connection]:
        if self._writing is not None:
            yield self._writing
            return
        with (_uncollected(), self._database.in_plain_words(), self._database.writing(durable=durable) as connection):
            self._writing = connection
            try:
                yield connection
            finally:
                self._writing = None


class FetchMemory:
    """Validators of pages, as `read.fetch.FetchMemory` asks for them."""

    def __init__(self, store: Store, before: Callable[[], None]) -> None:
        self._store, self._before = store, before

    def get(self, url: str) -> Validators | None:
        from dateline.read.fetch import Validators

        seen = self._store.seen(url)
        return Validators(seen.etag, seen.modified) if seen else None

    def put(self, url: str, validators: Validators) -> None:
        self._before()
        self._store.keep_seen(Seen(url, "", 0, validators.etag, validators.last_modified))


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles: what is written leaves few, and going through all that is loaded takes a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _printed_before(one: Report) -> sa.Select[str]:
    """Ids of the reports that the outlet or agency of `one` printed within NOTICE_DAYS before it, latest first."""
    houses = {house for house in (one.outlet, one.agency) if house}
    query = sa.select(report.c.id).where(sa.or_(report.c.outlet.in_(houses), report.c.agency.in_(houses)))
    if one.written.latest is not None:
        query = query.where(report.c.written_latest <= one.written.latest)
    if one.written.earliest is not None:
        query = query.where(report.c.written_latest >= one.written.earliest - timedelta(days=NOTICE_DAYS))
    return query.order_by(report.c.written_latest.desc().nulls_last(), report.c.seq.desc()).limit(MOST_NOTICED)
