"""The engine of one machine: so many files at a time, each in a process of its own, watched and ended at its limits."""

from __future__ import annotations

import errno
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from dateline.backfill import nursery
from dateline.backfill.outcome import Broke, Done, Event, FileRead, Interrupted, Limits, Order, Progress, Stopped
from dateline.errors import BackfillError
from dateline.records.codec import from_line, to_json

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
LOADING_S = 600.0                 # longest wait for the models, on a busy machine
LEAVING_S = 2.0                   # for a nursery that has ended the files' processes
NURSERY = ("-m", "dateline.backfill.nursery")
MOST_STARTS = 10                  # of a nursery that is killed while it loads
_LAST_WORDS = 300                 # characters of a crash that are told


class Engine(Protocol):
    """Reads files. A file that was begun ends in exactly one event that is no Progress."""

    @property
    def free(self) -> int:
        """How many files may be begun now."""

    def begin(self, order: Order) -> None: ...

    def poll(self, timeout_s: float) -> list[Event]:
        """What has happened since, waiting at most so long for the first."""

    def close(self) -> None:
        """End all processes at once."""


@dataclass
class _Running:
    order: Order
    began: float                  # time.monotonic()
    stirred: float                # when it was a page further
    pages: int = -1
    ended_by_us: str | None = None    # the limit that it went over


class LocalEngine:
    """jobs: files at a time. command: the program, for Python, that forks the files' processes."""

    def __init__(self, jobs: int, limits: Limits, command: Sequence[str] = NURSERY) -> None:
        self._jobs, self._limits, self._command = jobs, limits, command
        self._running: dict[str, _Running] = {}
        self._nursery: subprocess.Popen[bytes] | None = None
        self._selector = selectors.DefaultSelector()
        self._rest = b""

    @property
    def free(self) -> int:
        return self._jobs - len(self._running)

    def begin(self, order: Order) -> None:
        if self._nursery is None:
            self._start()
        now = time.monotonic()
        self._running[order.unit.key] = _Running(order, now, now)
        self._ask({"begin": to_json(order), "limits": to_json(self._limits)})

    def poll(self, timeout_s: float) -> list[Event]:
        events: list[Event] = []
        if self._nursery is None:
            return events
        if self._selector.select(timeout_s):
            came = os.read(self._out(), 1 << 16)
            if not came:
                return self._all_interrupted()
            *lines, self._rest = (self._rest + came).split(b"\n")
            events += [event for line in lines if (event := self._event(json.loads(line))) is not None]
        self._end_what_is_over()
        return events

    def close(self) -> None:
        self._stop_nursery()
        self._running = {}

    def _start(self) -> None:
        """Raises BackfillError where the models cannot be loaded. A nursery that is killed meanwhile is begun anew."""
        for _ in range(MOST_STARTS):
            code = self._started()
            if code is None:
                return
            if code >= 0:
                break
        raise BackfillError("the process that reads files could not load its models; what it said stands above")

    def _started(self) -> int | None:
        """Start the nursery; None once it has its models, else what it ended with."""
        self._nursery = subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, *self._command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
            env=os.environ | nursery.ONE_THREAD)
        self._selector.register(self._out(), selectors.EVENT_READ)
        until = time.monotonic() + LOADING_S
        while b"\n" not in self._rest:
            came = os.read(self._out(), 1 << 16) if self._selector.select(max(0.0, until - time.monotonic())) else b""
            if not came:
                return self._stop_nursery()
            self._rest += came
        self._rest = self._rest.partition(b"\n")[2]
        return None

    def _stop_nursery(self) -> int:
        """What it ended with. The files' processes go with it."""
        nursery_, self._nursery, self._rest = self._nursery, None, b""
        if nursery_ is None:
            return 0
        assert nursery_.stdin is not None
        assert nursery_.stdout is not None
        self._selector.unregister(nursery_.stdout.fileno())
        nursery_.stdin.close()            # it ends by itself, and a moment later by us
        with suppress(subprocess.TimeoutExpired):
            nursery_.wait(LEAVING_S)
        nursery_.kill()
        nursery_.stdout.close()
        return nursery_.wait()

    def _ask(self, words: dict[str, Any]) -> None:
        assert self._nursery is not None
        assert self._nursery.stdin is not None
        try:
            self._nursery.stdin.write(json.dumps(words).encode() + b"\n")
        except BrokenPipeError:
            return                        # it is gone: the next poll tells

    def _out(self) -> int:
        assert self._nursery is not None
        assert self._nursery.stdout is not None
        return self._nursery.stdout.fileno()

    def _event(self, told: dict[str, Any]) -> Event | None:
        running = self._running.get(told["key"])
        if running is None:
            return None
        if "ended" not in told:
            if told["pages"] > running.pages:
                running.pages, running.stirred = told["pages"], time.monotonic()
            return Progress(told["key"], told["pages"], told["bytes"])
        del self._running[told["key"]]
        took = time.monotonic() - running.began
        return ended(running.order, told["ended"], running.ended_by_us, took, told["peak_mb"])

    def _end_what_is_over(self) -> None:
        now = time.monotonic()
        for key, running in self._running.items():
            if running.ended_by_us is None:
                if now - running.stirred > self._limits.stalled_s:
                    running.ended_by_us = (f"no further page in {self._limits.stalled_s:,.0f} s, "
                                           f"after {max(running.pages, 0):,} pages")
                elif now - running.began > self._limits.whole_s:
                    running.ended_by_us = f"not read to its end in {self._limits.whole_s:,.0f} s"
                if running.ended_by_us is not None:
                    self._ask({"end": key})

    def _all_interrupted(self) -> list[Event]:
        """The nursery is gone, and with it all files' processes; what one had finished before counts all the same."""
        running, now = list(self._running.values()), time.monotonic()
        self.close()
        return [Done(one.order.unit.key, read, now - one.began, 0.0) if (read := _finished(one.order)) else
                Interrupted(one.order.unit.key, "the process that reads files was killed") for one in running]


def _finished(order: Order) -> FileRead | None:
    path = Path(order.folder) / nursery.READ
    return from_line(FileRead, path.read_bytes()) if path.exists() else None


def ended(order: Order, status: int, by_us: str | None, took_s: float, peak_mb: float) -> Event:
    """What became of a file whose process has ended. status: as wait gives it; by_us: the limit for which we ended it."""
    key, folder = order.unit.key, Path(order.folder)
    code = os.waitstatus_to_exitcode(status)
    if code == 0:
        return Done(key, from_line(FileRead, (folder / nursery.READ).read_bytes()), took_s, peak_mb)
    if by_us is not None:
        return Broke(key, by_us)
    if code > 0:
        return _noted(key, folder, code)
    if -code in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        return Interrupted(key, f"its process was killed from outside ({signal.Signals(-code).name})")
    return Broke(key, f"its process crashed ({signal.Signals(-code).name}){_last_words(folder)}")


def _noted(key: str, folder: Path, code: int) -> Event:
    try:
        noted = json.loads((folder / nursery.FAILED).read_bytes())
    except (OSError, ValueError):
        return Stopped(key, "its process could not write; is the disk full?") if code == 4 else Broke(
            key, f"its process ended with {code}{_last_words(folder)}")
    if noted["errno"] in NO_ROOM:
        return Stopped(key, noted["why"])
    if noted["kind"] == "MemoryError":
        return Broke(key, "it took more memory than a file may")
    return Broke(key, noted["why"] if noted["kind"] == "ReadError" else f"{noted['kind']}: {noted['why']}")


def _last_words(folder: Path) -> str:
    """Where it was when it crashed, as far as it could say."""
    try:
        lines = (folder / nursery.LOG).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    where = next((line.strip() for line in lines if line.strip().startswith("File ")), lines[-1].strip() if lines else "")
    return f": {where[:_LAST_WORDS]}" if where else ""
