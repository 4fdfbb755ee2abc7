"""The archive job: leases files, has an engine read them, moves their tables into place and keeps the ledger.

It may be killed at any moment and started again with the same command. What a file gives depends on the file alone, its tables
are called by it, and they lie in a folder of the attempt's own until this program, which holds the lease, moves them: no file is
lost, none is there twice, and the number of processes, their order and what killed them leave no trace.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dateline.backfill.leases import DONE, QUARANTINED, WAITING, Lease, Ledger
from dateline.backfill.local import Engine
from dateline.backfill.manifest import write_manifest
from dateline.backfill.outcome import Broke, Done, Event, Interrupted, Order, Progress, Stopped
from dateline.backfill.units import Unit, units_of
from dateline.backfill.writing import parquet_library, publish
from dateline.errors import BackfillError, DatelineError, ReadError
from dateline.extract.extractor import extractor_of
from dateline.job_sources import how_it_is_read
from dateline.settings import Settings

LEDGER, ATTEMPTS = "job.sqlite", "attempts"
POLL_S = 1.0
RENEW_S = 20.0
MANIFEST_EVERY_S = 60.0


@dataclass(frozen=True, slots=True)
class SoFar:
    """How far the job is. Pages and seconds are of this run, files and bytes of the whole job."""

    files: int
    files_done: int
    quarantined: int
    bytes: int
    bytes_done: float             # also of files that are being read, as far as they are
    pages: int
    seconds: float
    bytes_before: int             # done by earlier runs

    @property
    def pages_a_second(self) -> float:
        return self.pages / self.seconds if self.seconds else 0.0

    @property
    def remaining_s(self) -> float | None:
        """None while nothing was read yet."""
        did = self.bytes_done - self.bytes_before
        return (self.bytes - self.bytes_done) * self.seconds / did if did > 0 and self.seconds else None


@dataclass(frozen=True, slots=True)
class Summary:
    """How the job stands at the end of a run."""

    so_far: SoFar
    reports: int                  # of all files that are done
    accounts: int
    troubles: int                 # records that could not be read
    problems: int                 # sources that could not be found


def backfill(sources: Sequence[str], folder: Path, settings: Settings, engine: Engine, *,
             on_problem: Callable[[DatelineError], None], progress: Callable[[SoFar], None] | None = None,
             names: Mapping[str, str] | None = None, again: bool = False) -> Summary:
    """Read the files of `sources` into the tables of `folder`, which is made, or was begun by an earlier run.

    on_problem: told what cannot be found, and each file that is quarantined. again: try quarantined files anew.
    Raises BackfillError where the folder holds another job, or nothing can be written any more.
    """
    parquet_library()
    extractor = extractor_of(settings)
    folder.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(folder / LEDGER)
    job = _Job(folder, ledger, engine, dict(names or {}), on_problem, progress or (lambda _: None))
    try:
        how = _how(settings, names or {}, extractor.version)
        ledger.begin(how, f"{extractor.version} with settings {how[:8]}")
        if again:
            ledger.again()
        job.find(sources, settings.offline)
        job.work()
        return job.summary()
    finally:
        engine.close()
        ledger.give_back()
        job.sweep()
        write_manifest(folder, ledger)
        ledger.close()


@dataclass
class _Job:
    """One run of it."""

    folder: Path
    ledger: Ledger
    engine: Engine
    names: dict[str, str]
    on_problem: Callable[[DatelineError], None]
    progress: Callable[[SoFar], None]
    leases: dict[str, Lease] = field(default_factory=dict)          # what is being read now, by key
    running: dict[str, Progress] = field(default_factory=dict)
    problems: int = 0
    pages: int = 0                # of files that this run has finished
    began: float = field(default_factory=time.monotonic)
    bytes_before: int = 0
    renewed: float = field(default_factory=time.monotonic)
    told: float = field(default_factory=time.monotonic)

    def find(self, sources: Sequence[str], offline: bool) -> None:
        units: list[Unit] = []
        for found in units_of(sources, offline=offline):
            if isinstance(found, ReadError):
                self.problems += 1
                self.on_problem(found)
            elif not _is_within(found.name, self.folder):
                units.append(found)
        self.ledger.add(units)
        self.bytes_before = self.ledger.counts().get(DONE, (0, 0))[1]

    def work(self) -> None:
        """Until no file waits: not for another program either."""
        while True:
            while self.engine.free > 0 and (lease := self.ledger.take(time.time())) is not None:
                self._begin(lease)
            if not self.leases:
                if WAITING not in self.ledger.counts():
                    return
                time.sleep(POLL_S)        # what is left has failed a moment ago, or another program is at it
            for event in self.engine.poll(POLL_S):
                self._take(event)
            self._now_and_then()

    def _begin(self, lease: Lease) -> None:
        attempt = self._attempt(lease)
        attempt.mkdir(parents=True)
        self.leases[lease.unit.key] = lease
        self.engine.begin(Order(lease.unit, str(attempt.resolve()), self.names))

    def _take(self, event: Event) -> None:
        if isinstance(event, Progress):
            self.running[event.key] = event
            return
        lease = self.leases.pop(event.key)
        self.running.pop(event.key, None)
        try:
            self._settle(lease, event)
        finally:
            shutil.rmtree(self._attempt(lease), ignore_errors=True)

    def _settle(self, lease: Lease, event: Done | Broke | Interrupted | Stopped) -> None:
        if isinstance(event, Done):
            if not self.ledger.holds(lease):
                return                    # another program took the file over, and moves the same tables
            publish(self._attempt(lease), self.folder, event.read.parts, lease.before.parts if lease.before else ())
            self.ledger.done(lease, event.read, event.took_s, event.peak_mb)
            self.pages += event.read.pages
        elif isinstance(event, Stopped):
            raise BackfillError(f"{self.folder}: {event.reason}; make room, then run the same command again: "
                                "what was read is not read twice")
        elif self.ledger.failed(lease, event.reason, time.time(), by_itself=isinstance(event, Broke)):
            self.on_problem(ReadError(lease.unit.name, f"quarantined: {event.reason}",
                                      todo="mend it, then run the same command with --again"))

    def _now_and_then(self) -> None:
        now = time.monotonic()
        if now - self.renewed > RENEW_S:
            self.renewed = now
            self.ledger.renew(time.time())
        if now - self.told > MANIFEST_EVERY_S:
            self.told = now
            write_manifest(self.folder, self.ledger)
        self.progress(self.so_far())

    def so_far(self) -> SoFar:
        counts = self.ledger.counts()
        done, quarantined = counts.get(DONE, (0, 0)), counts.get(QUARANTINED, (0, 0))
        running = sum(min(one.bytes, self.leases[key].unit.size or 0) for key, one in self.running.items())
        return SoFar(
            files=sum(files for files, _ in counts.values()), files_done=done[0], quarantined=quarantined[0],
            bytes=sum(size for _, size in counts.values()), bytes_done=done[1] + quarantined[1] + running,
            pages=self.pages + sum(one.pages for one in self.running.values()), seconds=time.monotonic() - self.began,
            bytes_before=self.bytes_before)

    def summary(self) -> Summary:
        done = [entry.read for entry in self.ledger.entries() if entry.read is not None]
        return Summary(self.so_far(), sum(one.reports for one in done), sum(one.accounts for one in done),
                       sum(one.troubles for one in done), self.problems)

    def sweep(self) -> None:
        """Take away what attempts left that were killed. A lease is in the ledger before its attempt has a folder."""
        left = list((self.folder / ATTEMPTS).glob("*"))
        tokens = self.ledger.tokens()
        for attempt in left:
            if attempt.suffix[1:] not in tokens:
                shutil.rmtree(attempt, ignore_errors=True)

    def _attempt(self, lease: Lease) -> Path:
        return self.folder / ATTEMPTS / f"{lease.unit.key}.{lease.token}"


def _how(settings: Settings, names: Mapping[str, str], version: str) -> str:
    """What the tables depend on besides the files: this version, its settings, the gazetteer and the register of groups."""
    from dateline.where.gazetteer import fingerprint

    told = [how_it_is_read(settings, names), version, fingerprint()]
    if settings.groups_file:
        told.append(hashlib.sha256(Path(settings.groups_file).read_bytes()).hexdigest())
    return hashlib.sha256(" ".join(told).encode()).hexdigest()[:16]


def _is_within(name: str, folder: Path) -> bool:
    """Whether a file of this machine lies in the job's own folder."""
    return "://" not in name and Path(os.path.abspath(name)).is_relative_to(os.path.abspath(folder))
