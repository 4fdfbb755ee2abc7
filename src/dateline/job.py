"""The run: sources are read, extracted and reconciled into the record.

It may be killed at any moment and started again with the same command: a report is kept as "pending" before its page or
file counts as read, extraction and reconciling take up what an earlier run left, and everything is written once only.
A run that was killed and started again holds the same incidents under the same numbers as one that was not, because
reconciling starts whenever RECONCILE_EVERY reports wait for it, whichever run kept them.

Two runs at once on one record are safe. They may extract the same report twice; what the second one writes is then the
same, and changes nothing.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

from dateline.errors import DatelineError, DeadlyReport, ExtractError, ReadError
from dateline.extract import Extraction, Failed
from dateline.job_sources import Source, files_of, how_it_is_read, is_record
from dateline.records import Report
from dateline.settings import Settings
from dateline.store import seen
from dateline.store.keeping import FAILED, LANGUAGE, MOST_DEATHS, PENDING

if TYPE_CHECKING:
    from dateline.extract.extractor import Extractor
    from dateline.extract.pool import Inline
    from dateline.read.apart import Apart
    from dateline.reconcile.plan import Plan
    from dateline.reconcile.sources import SourceRegister
    from dateline.records.incident import TollRule
    from dateline.store import Store

KEEP_AT_ONCE = 32                 # reports: so many are read again after a kill at most
LOOK_UP_AT_ONCE = 100             # files of a folder
KEEP_WITHIN_S = 1.0               # a report waits for the next ones only if it came so soon after others were kept
EXTRACT_AT_ONCE = 32              # reports at most, whatever the extractor would take; so many are parsed again after a kill
RECONCILE_EVERY = 200             # reports with accounts that are not reconciled yet: bounds the time under the lock

Stage = Literal["read", "extract", "reconcile"]
Progress = Callable[[Stage, int], None]
"""Told the stage and how many reports (read, extracted) or accounts (reconciled) it has dealt with in this run."""


class Read(Protocol):
    def __call__(self, source: str, *, settings: Settings, on_problem: Callable[[ReadError], None],
                 fetcher: Any, names: Mapping[str, str]) -> Iterator[Report]: ...


class PlanChanges(Protocol):
    def __call__(self, *args: Any, **kwargs: Any) -> Plan: ...


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did. Counts are of reports; copies and versions are among the new ones."""

    read: int                     # also those of sources that have not changed since they were read last
    new: int
    known: int                    # kept before
    copies: int
    versions: int
    extracted: int                # in this run, of new reports and of those that an earlier run left
    not_extracted: Mapping[str, int]   # language in English -> new reports in it, which extraction does not read
    failed: int                   # could not be extracted; the next run tries again
    incidents_new: tuple[str, ...]     # ids
    incidents_changed: tuple[str, ...]
    incidents_removed: tuple[str, ...]
    problems: int                 # sources, and records of them, that could not be read

    @property
    def changed_anything(self) -> bool:
        return bool(self.new or self.extracted or self.incidents_new or self.incidents_changed
                    or self.incidents_removed)


def run(sources: Sequence[str], store: Store, settings: Settings, *, on_problem: Callable[[DatelineError], None],
        progress: Progress | None = None, names: Mapping[str, str] | None = None, read: Read | None = None,
        extract_all: Any = None, extractor: Extractor | None = None, plan_changes: PlanChanges | None = None) -> RunSummary:
    """Read `sources` into `store`, extract what is new and reconcile it. on_problem to plan_changes: as for `job_for`.

    Raises StoreError when the record cannot be written; what was kept until then stays. Raises SettingsError, before anything is
    read, as `job_for` does.
    """
    from dateline.read.apart import Apart

    with closing(Apart(settings)) as apart, closing(job_for(
            store, settings, on_problem=on_problem, progress=progress, names=names, read=read or _default_read(apart),
            extract_all=extract_all, extractor=extractor, plan_changes=plan_changes)) as job:
        job.take_up_what_is_left()
        fetcher = _fetcher(settings, store, job.keep_arrived) if any("://" in source for source in sources) else None
        try:
            for source in sources:
                job.read_source(source, fetcher)
        finally:
            if fetcher is not None:
                fetcher.close()
        job.finish()
        return job.summary()


def job_for(store: Store, settings: Settings, *, on_problem: Callable[[DatelineError], None], progress: Progress | None = None,
            names: Mapping[str, str] | None = None, read: Read | None = None, extract_all: Any = None,
            extractor: Extractor | None = None, plan_changes: PlanChanges | None = None) -> Job:
    """A run that has not begun; to be closed at its end.

    on_problem: told each ReadError and ExtractError; the run goes on. names: for JSON, our name -> the name there.
    read, extract_all (or an extractor), plan_changes: other ways to do these steps; by default dateline's own, extraction as the
    settings say.
    Raises SettingsError for a file of one's own sources that cannot be read, and as `extractor_of` does.
    """
    from dateline.extract.extractor import Given
    from dateline.queries import sources_in_force

    given = extractor or (Given(extract_all) if extract_all else None)
    return Job(store, settings, on_problem, progress or _silent, names or {}, read or _default_read(),
               _batches(settings, given), plan_changes, sources_in_force(settings))


@dataclass
class Job:
    """One run: what it was given, and what it has counted so far."""

    store: Store
    settings: Settings
    on_problem: Callable[[DatelineError], None]
    progress: Progress
    names: Mapping[str, str]
    read: Read
    batches: Inline
    plan_changes: PlanChanges | None
    sources: SourceRegister       # who the speakers are
    counts: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    arrived: list[Report] = field(default_factory=list)         # read and not kept yet
    read_whole: list[seen.Seen] = field(default_factory=list)   # files that count as read once these are kept
    kept_at: float = 0.0                                        # when some were kept last, by time.monotonic()
    pending: list[Report] = field(default_factory=list)         # kept and waiting for a full batch
    unreconciled: set[str] = field(default_factory=set)         # reports with accounts that wait
    outcome: dict[str, str] = field(default_factory=dict)       # incident -> "new", "changed", "removed"

    def take_up_what_is_left(self) -> None:
        """Extract what an earlier run left, and count what it left unreconciled."""
        self.unreconciled = set(self.store.unreconciled_reports())
        self._reconcile_if_due()
        left = self.store.to_extract(self.batches.extractor.version)
        usual = self.batches
        if left:                          # one of them may have ended the run that left it
            self.batches = _apart(self.settings, usual)
        try:
            for report_id in left:
                report = self.store.report(report_id)
                if report is not None:
                    self._await_extraction(report)
            if self.batches is not usual:
                self._extract_all_pending()
        finally:
            if self.batches is not usual:
                self.batches.close()
                self.batches = usual

    def read_source(self, source: str, fetcher: Any) -> None:
        how = how_it_is_read(self.settings, self.names)
        for one, key, held in self._as_seen(files_of(source)):
            if one.is_file and is_record(one.name, self.store.name):
                continue
            now = _fingerprint(one, how, held)
            if held is not None and now is not None and seen.is_same(held.fingerprint, now):
                self.counts["read"] += held.reports
                self.counts["known"] += held.reports
                continue
            reports, problems = self.counts["read"], self.counts["problems"]
            self._read(one.name, fetcher)
            if now is not None and self.counts["problems"] == problems:    # with a problem it is to be told again
                self.read_whole.append(seen.Seen(key, now, self.counts["read"] - reports))
            if self._is_time_to_keep():
                self.keep_arrived()
        self.keep_arrived()

    def _as_seen(self, files: Iterator[Source]) -> Iterator[tuple[Source, str, seen.Seen | None]]:
        """Each with its key, and how it was when it was read last."""
        while some := list(islice(files, LOOK_UP_AT_ONCE)):
            keys = [seen.key_of(one.name) for one in some]
            held = self.store.seen_among([key for one, key in zip(some, keys, strict=True) if one.is_file])
            yield from ((one, key, held.get(key)) for one, key in zip(some, keys, strict=True))

    def _read(self, source: str, fetcher: Any) -> None:
        def note(problem: ReadError) -> None:
            self.counts["problems"] += 1
            self.on_problem(problem)

        try:
            for report in self.read(source, settings=self.settings, on_problem=note, fetcher=fetcher,
                                    names=self.names):
                self.counts["read"] += 1
                self._take_in(report)
                self.progress("read", self.counts["read"])
        except ReadError as problem:
            note(problem)

    def _take_in(self, report: Report) -> None:
        self.arrived.append(report)
        if self._is_time_to_keep():
            self.keep_arrived()

    def _is_time_to_keep(self) -> bool:
        return max(len(self.arrived), len(self.read_whole)) >= KEEP_AT_ONCE or time.monotonic() - self.kept_at >= KEEP_WITHIN_S

    def keep_arrived(self) -> None:
        """Keep what was read: what it comes from may count as read from now on."""
        some, self.arrived = self.arrived, []
        whole, self.read_whole = self.read_whole, []
        if not some and not whole:
            return
        with self.store.writing():        # of two runs that keep two copies at once the second sees the first's
            known = self.store.known_report_ids([report.id for report in some])
            new = [kept for report in some if report.id not in known and (kept := self._keep(report)) is not None]
            self.store.keep_seen(*whole)
        self.counts["known"] += len(some) - len(new)
        for report in new:
            self.counts["new"] += 1
            self.counts["copies"] += report.copy_of is not None
            self.counts["versions"] += report.version_of is not None
            if _is_read(report):
                self._await_extraction(report)
            else:
                self.languages[report.language or ""] += 1
        self.kept_at = time.monotonic()   # extraction took its time

    def _keep(self, report: Report) -> Report | None:
        """The report as it is kept: with what it repeats or replaces. None where it was kept already."""
        report, is_new = keep_report(self.store, report)
        return report if is_new else None

    def _await_extraction(self, report: Report) -> None:
        self.pending.append(report)
        if len(self.pending) >= min(EXTRACT_AT_ONCE, self.batches.extractor.at_once):
            self._extract_pending()

    def _extract_pending(self) -> None:
        given, self.pending = self.pending, []
        for outcomes in self.batches.give(given):
            self._keep_outcomes(outcomes)

    def _keep_outcomes(self, outcomes: Sequence[tuple[Report, Extraction | Failed]]) -> None:
        told = [(report, outcome) for report, outcome in outcomes if not isinstance(outcome, Failed)]
        self.store.keep_extracted(told, self.batches.extractor.version)
        for report, extraction in told:
            self.counts["extracted"] += 1
            self.progress("extract", self.counts["extracted"])
            if extraction.accounts:
                self.unreconciled.add(report.id)
        for report, outcome in outcomes:
            if isinstance(outcome, Failed):
                self.counts["failed"] += 1
                self.on_problem(self._keep_failed(report, outcome.error))
        self._reconcile_if_due()

    def _keep_failed(self, report: Report, error: ExtractError) -> ExtractError:
        """Keep that a report could not be extracted; the error as it is to be told."""
        version = self.batches.extractor.version
        if not isinstance(error, DeadlyReport):
            self.store.keep(report, None, extracted=FAILED, extractor=version)
            return error
        if self.store.note_death(report.id, version) < MOST_DEATHS:
            return error
        return DeadlyReport(error.report, error.source, f"{error.what}, {MOST_DEATHS} times",
                            todo="it is kept and set aside: another version of dateline tries it again")

    def _reconcile_if_due(self) -> None:
        if len(self.unreconciled) >= RECONCILE_EVERY:
            self._reconcile()

    def _reconcile(self) -> None:
        plan_changes = self.plan_changes or _default_plan_changes()
        with self.store.reconciling() as reconciling:
            ids = reconciling.unreconciled()
            if ids:
                applied = reconciling.reconcile(ids, cast("TollRule", self.settings.toll_rule), datetime.now(UTC),
                                                sources=self.sources, plan_changes=plan_changes)
        self.unreconciled.clear()
        if ids:                           # told only now that it is committed
            self._note_outcome(applied.new, applied.changed, applied.removed)
            self.counts["reconciled"] += len(ids)
            self.progress("reconcile", self.counts["reconciled"])

    def _note_outcome(self, new: Sequence[str], changed: Sequence[str], removed: Sequence[str]) -> None:
        self.outcome.update(dict.fromkeys(new, "new"))
        for incident in changed:
            self.outcome.setdefault(incident, "changed")
        for incident in removed:
            if self.outcome.get(incident) == "new":
                del self.outcome[incident]        # made and merged away in the same run: nobody has seen it
            else:
                self.outcome[incident] = "removed"

    def finish(self) -> None:
        """Extract and reconcile what is left of this run."""
        self._extract_all_pending()
        self._reconcile()

    def _extract_all_pending(self) -> None:
        self._extract_pending()
        for outcomes in self.batches.rest():
            self._keep_outcomes(outcomes)

    def close(self) -> None:
        """End the processes that read, if there are any."""
        self.batches.close()

    def summary(self) -> RunSummary:
        def having(what: str) -> tuple[str, ...]:
            return tuple(incident for incident, outcome in self.outcome.items() if outcome == what)

        count = self.counts
        return RunSummary(
            read=count["read"], new=count["new"], known=count["known"], copies=count["copies"],
            versions=count["versions"], extracted=count["extracted"],
            not_extracted={_language_name(code): number for code, number in self.languages.most_common()},
            failed=count["failed"], incidents_new=having("new"), incidents_changed=having("changed"),
            incidents_removed=having("removed"), problems=count["problems"])


def _batches(settings: Settings, given: Extractor | None) -> Inline:
    """Where batches are read: in processes of their own where the settings ask for several, and the extractor reads by itself."""
    from dateline.extract.extractor import BuiltIn, extractor_of
    from dateline.extract.pool import Inline, Pool

    extractor = given or extractor_of(settings)
    return Pool(settings, settings.jobs) if settings.jobs > 1 and isinstance(extractor, BuiltIn) else Inline(extractor)


def _apart(settings: Settings, batches: Inline) -> Inline:
    """`batches`, read in a process of its own, whose death costs one report and not the run."""
    from dateline.extract.extractor import BuiltIn
    from dateline.extract.pool import Inline, Pool

    return Pool(settings, 1) if type(batches) is Inline and isinstance(batches.extractor, BuiltIn) else batches


def keep_report(store: Store, report: Report) -> tuple[Report, bool]:
    """Keep a report, its extraction pending, with what it repeats or replaces of those kept; and whether it was new."""
    from dateline.reconcile.copies import relate, related, sketch_of

    sketch = sketch_of(report.text)
    report = related(report, relate(report, sketch, store.near_copies(report, sketch)))
    state = PENDING if _is_read(report) else f"{LANGUAGE}{report.language}"
    return report, store.keep(report, None, extracted=state, sketch=sketch)


def _fingerprint(one: Source, how: str, held: seen.Seen | None) -> str | None:
    """What tells whether the file has changed; None for what is no file, or cannot be read (the reader says why)."""
    if not one.is_file:
        return None
    try:
        return seen.fingerprint(Path(one.name), how=how, held=held.fingerprint if held else None)
    except OSError:
        return None


def _language_name(code: str) -> str:
    """The English name of an ISO 639 language: "Arabic" for "ar"."""
    import pycountry

    found = pycountry.languages.get(**{"alpha_2" if len(code) == 2 else "alpha_3": code})
    return str(found.name).partition(" (")[0] if found else code


def _is_read(report: Report) -> bool:
    from dateline.extract import reads

    return reads(report)


def _fetcher(settings: Settings, store: Store, keep_arrived: Callable[[], None]) -> Any:
    """A fetcher that takes a page for read only when its reports are kept."""
    from dateline.read.fetch import Fetcher

    return Fetcher(settings, memory=store.fetch_memory(before=keep_arrived))


def _default_read(apart: Apart | None = None) -> Read:
    from dateline.read import read

    return cast("Read", partial(read, apart=apart))


def _default_plan_changes() -> PlanChanges:
    from dateline.reconcile.plan import plan_changes

    return plan_changes


def _silent(stage: Stage, count: int) -> None:
    """No progress is told."""
