"""sizing: what a newsroom needs of a machine: reports a day, disk for a report and an incident, memory of each command.

- `reports_a_day.<reports>`: that `dateline run` reads on one core, with incidents (`busy`) and without (`quiet`), by the time
  that its processes have had: other work on the machine does not lengthen it. What it takes to begin is left out.
- `mb.*`: the most memory that the command has with all that it started, what its processes share counted once (PSS).
- `kb.report`: what a report without incidents adds to the record's file, its index of words included; `kb.incident`: what more
  there is for each incident. `kb.postgres.*`: the same of the record copied to PostgreSQL, where one is installed. `--limit`: how
  many reports with incidents; without there are ten times as many.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import httpx

from bench.core import Bench, BenchError, Request, Result
from bench.desk_million import a_server
from bench.desk_pages import PROGRAM, pages_of
from bench.desk_record import make_record
from bench.made_reports import make_reports
from bench.memory import Peak
from bench.soak import listed
from bench.soak_web import Site, Web, serving
from bench.speed import ONE_THREAD
from dateline.store import open_record

REPORTS, WARM_UP, SEED = 60, 8, 20180128
SORTS = {"busy": 1, "quiet": 10}  # of made reports, and how many times the number that is asked for
JOBS = (1, 2)
INCIDENTS = 10_000                # of the record that is served
ASKED = 10                        # pages of each kind
FEEDS = range(50, 58)             # of the made web: with none of its kinds of trouble
WATCHED_S, WATCHED_H = 40.0, 24.0 # of real time, and of the made world meanwhile
DAY_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run came to. seconds: that its processes have had; incidents: in its record, at that path."""

    seconds: float
    mb: float
    record: Path
    incidents: int


class Sizes(NamedTuple):
    """Bytes of a record in which nothing is, of the one with incidents and of the one without."""

    empty: int
    busy: int
    quiet: int


def run(request: Request) -> Result:
    count = request.limit or REPORTS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for sort, times in SORTS.items():
            make_reports(folder / f"warm-{sort}", WARM_UP, SEED + 1, quiet=sort == "quiet")
            make_reports(folder / sort, times * count, SEED, quiet=sort == "quiet")
        _ran(folder, "warm-busy", 1)  # builds the gazetteer where it is not there
        begun = {sort: _ran(folder, f"warm-{sort}", 1).seconds for sort in SORTS}     # without incidents no parser is loaded
        runs = {(sort, jobs): _ran(folder, sort, jobs) for sort, jobs in (("busy", 1), ("quiet", 1), ("busy", 2))}
        open_record(folder / "empty.db").close()
        records = [folder / "empty.db", runs["busy", 1].record, runs["quiet", 1].record]
        sizes = {"": Sizes(*(record.stat().st_size for record in records))}
        with suppress(BenchError), a_server() as server:
            sizes["postgres."] = Sizes(*(_size_on(server, record) for record in records))
        make_record(folder / "desk.db", INCIDENTS, 4 * INCIDENTS)
        desk = folder / "desk.db"
        memory = {"watch": _watched(folder), "serve": _served(desk, 1), "serve.workers2": _served(desk, 2)}
    return Result(count, figures_of(count, begun, runs, sizes, memory))


def figures_of(count: int, begun: Mapping[str, float], runs: Mapping[tuple[str, int], Ran], sizes: Mapping[str, Sizes],
               memory: Mapping[str, float]) -> dict[str, float | int | None]:
    """The figures, from runs over reports by sort and jobs.

    begun: seconds of a run over WARM_UP, by sort; sizes: where -> of records.
    """

    def seconds(sort: str) -> float:
        return max(runs[sort, 1].seconds - begun[sort], 0.01)

    return {
        **{f"reports_a_day.{sort}": int(round((times * count - WARM_UP) / seconds(sort) * DAY_S, -3))
           for sort, times in SORTS.items()},
        **{f"mb.run.jobs{jobs}": round(max(one.mb for (_, of), one in runs.items() if of == jobs)) for jobs in JOBS},
        **{f"mb.{name}": round(mb) for name, mb in memory.items()},
        **{name: kb for where, of in sizes.items() for name, kb in _kb(where, of, count, runs["busy", 1].incidents)},
        "incidents_of_busy": round(runs["busy", 1].incidents / count, 2),
    }


def _kb(where: str, of: Sizes, count: int, incidents: int) -> Iterator[tuple[str, float]]:
    report = (of.quiet - of.empty) / (SORTS["quiet"] * count)
    yield f"kb.{where}report", round(report / 1000, 1)
    yield f"kb.{where}incident", round((of.busy - of.empty - count * report) / max(incidents, 1) / 1000, 1)


def _size_on(server: Callable[[], str], record: Path) -> int:
    """Bytes of a record once it is copied to a new database."""
    with open_record(record) as held, open_record(server()) as copied:
        held.copy_into(copied)
        return copied.size()


def _ran(folder: Path, sort: str, jobs: int) -> Ran:
    record = folder / f"{sort}{jobs}.db"
    record.unlink(missing_ok=True)
    began = _time_of_children()
    with _started(["run", str(folder / sort), "--offline", "--jobs", str(jobs)], record) as (process, peak):
        said = process.communicate()[1]
    if process.returncode:
        raise BenchError(f"sizing: dateline run ended with {process.returncode}: {said.strip().splitlines()[-1:]}")
    seconds = _time_of_children() - began
    with open_record(record) as store:
        incidents = sum(1 for _ in store.incidents())
    return Ran(seconds, peak.mb, record, incidents)


def _time_of_children() -> float:
    """Seconds of the processor that the processes which were started here, and ended, have had with theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _served(record: Path, workers: int) -> float:
    """MB of the desk with so many processes on a made record, when each of them was asked for each kind of page, likely."""
    with _started(["serve", "--port", "0", "--workers", str(workers)], record) as (process, peak):
        assert process.stderr is not None
        address = next((found.group().rstrip("/") for line in process.stderr if (found := re.search(r"http://\S+", line))), None)
        if address is None:
            raise BenchError("sizing: dateline serve ended by itself")
        for kind, addresses in pages_of(record).items():
            for _ in range(workers * ASKED if kind != "group" else 0):        # pages of known groups alone are there
                httpx.get(f"{address}{next(addresses)}", timeout=120).raise_for_status()      # of whichever takes the connection
    return peak.mb


def _watched(folder: Path) -> float:
    """MB of a watcher of a few feeds, whose stories are read and reconciled: bench/soak_worker.py in place of the command."""
    began = time.time()
    speed = WATCHED_H * 3600 / WATCHED_S
    web = Web({(one := Site(number, WATCHED_H)).host: one for number in FEEDS},
              lambda: (time.time() - began) * speed / 3600, calm=True)
    record = folder / "watched.db"
    with serving(web):
        command = [sys.executable, "-m", "bench.soak_worker", str(listed(folder, web)), str(record), str(speed), str(began), "0",
                   "real"]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=os.environ | ONE_THREAD)
        try:
            with Peak(process.pid) as peak:
                until = began + WATCHED_S
                while process.poll() is None and (time.time() < until or not _has_read(record)):
                    time.sleep(1.0)
        finally:
            process.terminate()
            process.wait(60)
    return peak.mb


def _has_read(record: Path) -> bool:
    if not record.exists():
        return False
    with open_record(record) as store:
        return any(True for _ in store.reports(extracted=("done",)))


@contextmanager
def _started(arguments: list[str], record: Path) -> Iterator[tuple[subprocess.Popen[str], Peak]]:
    """A command of dateline over `record`, and its memory; it is ended with this."""
    process = subprocess.Popen([*PROGRAM, *arguments, "--record", str(record)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               text=True, env=os.environ | ONE_THREAD | {"DATELINE_OFFLINE": "1"})
    try:
        with Peak(process.pid) as peak:
            yield process, peak
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(60)


BENCHES = {"sizing": Bench("sizing", Path("made"), "made reports with incidents", run)}
