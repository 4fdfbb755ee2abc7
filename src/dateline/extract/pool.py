"""Batches of reports through an extractor: here, or in processes of their own. What comes back does not depend on which.

A worker process holds the models; it is started when the first batch comes. One that dies takes its batch with it: the reports of
the batch are then read again, each in a process that may die of it, and the one that kills it is told as failed. Where a limit of
time is given, one that takes longer is ended, which is the same.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from typing import TYPE_CHECKING

from dateline.children import live_as_child
from dateline.errors import DeadlyReport, ExtractError
from dateline.extract import Extraction, Failed
from dateline.extract.extractor import Extractor, extractor_of

if TYPE_CHECKING:
    from dateline.records import Report
    from dateline.settings import Settings

AT_ONCE = 8                       # reports of a batch that one process reads: so that the last batch is read by all of them
AHEAD = 2                         # batches in the hands of each process, so that none waits for the next
OF_ANY_S = 10.0                   # what a report of a batch may take besides the limit of one, where there is one
BEGINS_WITHIN_S = 300.0           # a process, with its models, on a busy machine
Outcome = Extraction | Failed
Pair = tuple["Report", Outcome]
_Part = tuple[Sequence["Report"], Future[list[Outcome]]]
Make = Callable[["Settings"], Extractor]
Prepare = Callable[[Extractor], None]    # both are functions of a module, since they go to another process


def outcomes_of(reports: Sequence[Report], extractor: Extractor) -> list[Pair]:
    """Each report with what it says, or why it could not be read.

    An error that the extractor did not catch ends its batch: the first report that does not come is tried alone, the rest go on.
    """
    pairs: list[Pair] = []
    while len(pairs) < len(reports):
        before = len(pairs)
        with suppress(Exception):
            pairs.extend(extractor(reports[before:]))
        if len(pairs) < len(reports):
            pairs.append(_alone(reports[len(pairs)], extractor))
    return pairs


def _alone(report: Report, extractor: Extractor) -> Pair:
    try:
        return next(iter(extractor([report])))
    except Exception as error:
        return report, _failed(report, error)


def _failed(report: Report, error: Exception) -> Failed:
    return Failed(error if isinstance(error, ExtractError) else ExtractError(
        report.id, report.source, f"{type(error).__name__}: {error}"))


class Inline:
    """Batches are read where they are given."""

    def __init__(self, extractor: Extractor) -> None:
        self.extractor = extractor

    def give(self, reports: Sequence[Report]) -> Iterator[list[Pair]]:
        """Take in a batch; yield the batches that are done, in the order given."""
        if reports:
            yield outcomes_of(reports, self.extractor)

    def rest(self) -> Iterator[list[Pair]]:
        """Yield all that is left."""
        yield from ()

    def close(self) -> None:
        """Nothing is held."""


class Pool(Inline):
    """Batches are read in `jobs` processes at a time, each with an extractor of its own. make: a function of a module."""

    def __init__(self, settings: Settings, jobs: int, make: Make = extractor_of, *, prepare: Prepare | None = None,
                 limit_s: float | None = None) -> None:
        """prepare: called in each process before it reads. limit_s: what one report may take."""
        super().__init__(make(settings))
        self._settings, self._jobs, self._make, self._prepare, self._limit_s = settings, jobs, make, prepare, limit_s
        self._executor: ProcessPoolExecutor | None = None
        self._given: deque[deque[_Part]] = deque()        # batches in hand, in parts; the oldest first

    def give(self, reports: Sequence[Report]) -> Iterator[list[Pair]]:
        if reports:
            parts = (reports[at:at + AT_ONCE] for at in range(0, len(reports), AT_ONCE))
            self._given.append(deque((part, self._submit(part)) for part in parts))
        while len(self._given) > AHEAD * self._jobs or (self._given and all(told.done() for _, told in self._given[0])):
            yield self._oldest()

    def rest(self) -> Iterator[list[Pair]]:
        while self._given:
            yield self._oldest()

    def close(self) -> None:
        """End the processes, whatever they are at."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def _submit(self, reports: Sequence[Report]) -> Future[list[Outcome]]:
        if self._executor is None:
            self._executor = _executor(self._settings, self._jobs, self._make, self._prepare)
        return self._executor.submit(_read, reports)

    def _oldest(self) -> list[Pair]:
        pairs: list[Pair] = []
        while self._given[0]:
            pairs += self._next_part()
        self._given.popleft()
        return pairs

    def _next_part(self) -> list[Pair]:
        """What came of the oldest part of the oldest batch."""
        reports, told = self._given[0].popleft()
        try:
            outcomes = told.result(self._limit_s and self._limit_s + len(reports) * OF_ANY_S)
        except (BrokenProcessPool, TimeoutError):
            # which of the parts in hand killed its process is not known: the oldest is read report by report
            self._kill()
            outcomes = [self._guarded(report) for report in reports]
            self._given = deque(deque((part, self._submit(part)) for part, _ in batch) for batch in self._given)
        return list(zip(reports, outcomes, strict=True))

    def _guarded(self, report: Report) -> Outcome:
        try:
            self._submit([]).result(BEGINS_WITHIN_S)
        except (BrokenProcessPool, TimeoutError):
            self._kill()
            return Failed(ExtractError(report.id, report.source, "no process could be begun that reads it"))
        try:
            return self._submit([report]).result(self._limit_s)[0]
        except BrokenProcessPool:
            what = "the process that read it died (out of memory, or a crash)"
        except TimeoutError:
            what = f"it took longer than {self._limit_s:.0f} s"
        self._kill()
        return Failed(DeadlyReport(report.id, report.source, what))

    def _kill(self) -> None:
        """End the processes at once."""
        for pid in tuple(getattr(self._executor, "_processes", None) or ()):     # before Python 3.14 there is no other way
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.close()


def _executor(settings: Settings, jobs: int, make: Make, prepare: Prepare | None) -> ProcessPoolExecutor:
    # spawned: threads of a library that are there at a fork would be missing in the child
    return ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (settings, make, prepare))


_extractor: Extractor | None = None      # of a worker process


def _begin(settings: Settings, make: Make, prepare: Prepare | None) -> None:
    """A worker: it takes one core."""
    global _extractor
    live_as_child()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    _extractor = make(settings)
    if prepare is not None:
        prepare(_extractor)


def _read(reports: Sequence[Report]) -> list[Outcome]:
    assert _extractor is not None, "a worker begins before it reads"
    return [outcome for _, outcome in outcomes_of(reports, _extractor)]
