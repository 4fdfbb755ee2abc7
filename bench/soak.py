"""soak: `dateline watch` over 200 feeds with faults, in compressed time, killed now and then: what is kept, and its memory.

    python -m bench soak --limit 30      # minutes: as make check-large has it, five days of the made world, real extraction
    python -m bench soak                 # one minute, half a day, a quarter of the feeds, no extraction

The watcher is a process of its own (soak_worker.py) over real sockets; the web is in this process (soak_web.py). It is killed
with SIGKILL four times in the first third or so, and once started with a clock on the wall that is two days off; its last life,
which memory is measured in, ends with SIGTERM once the web has been calm and all that is due is kept.
"""

from __future__ import annotations

import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.core import Bench, BenchError, Request, Result
from bench.soak_web import Site, Web, serving
from bench.speed import ONE_THREAD
from dateline.records.watching import WatchedFeed
from dateline.store import open_record

FEEDS = 200
SHORT = range(0, FEEDS, 4)        # those of a run that is shorter
FULL = 30                         # minutes, from which on extraction is real and the made world lasts days
LIVES = (0.02, 0.05, 0.08, 0.11)  # shares of the run for which it lives, from its first request on, until it is killed
LONGEST_START_S = 300.0           # on a machine that has other work
OFF_H = (0.0, 0.0, -48.0, 0.0, 0.0)      # how wrong the clock on the wall is in each life
LONGEST_CALM_S = 1800.0
LONGEST_STAND_S = 180.0           # in calm, without a report more: what is missing then is lost, and not only late
_TOKEN = re.compile(r"Quillmark\d{3}x\d{5}")


@dataclass(frozen=True, slots=True)
class Soaked:
    """What a soak came to. kept: token -> reports that have it; memory: (second of the last life, MB)."""

    due: frozenset[str]
    kept: Counter[str]
    memory: Sequence[tuple[float, float]]
    stop_s: float
    calm_s: float
    broken: int                   # readers that broke, and whatever else was an error of ours
    feeds: Sequence[WatchedFeed]
    asked: int
    faults: Counter[str]
    record_mb: float


def run(request: Request) -> Result:
    """A soak of `request.limit` minutes."""
    minutes = request.limit or 1
    with tempfile.TemporaryDirectory() as folder:
        soaked = soak(Path(folder), minutes, real=minutes >= FULL)
    return Result(len(soaked.feeds), figures_of(soaked), errors=tuple(wrong_with(soaked)))


def soak(folder: Path, minutes: float, *, real: bool, feeds: Sequence[int] = ()) -> Soaked:
    """Watch for so many minutes. real: with real extraction, over five days; else half a day. feeds: numbers of sites."""
    hours = 120.0 if real else 12.0
    run_s = 60.0 * minutes
    speed = hours * 3600 / run_s
    began = time.time()
    web = Web({(one := Site(number, hours)).host: one for number in feeds or (range(FEEDS) if real else SHORT)},
              lambda: (time.time() - began) * speed / 3600)
    with serving(web):
        lives = _Lives(folder, listed(folder, web), speed, began, real)
        for share, off in zip(LIVES, OFF_H, strict=False):
            with lives.life(off):
                lives.begin(web)
                lives.until(time.time() + share * run_s)
        with lives.life(OFF_H[-1], kill=False) as watcher:
            lives.begin(web)
            lives.until(began + run_s)
            web.calm = True
            calm = time.time()
            lives.until_all_is_kept(web)
            due, calm_s = frozenset(web.due()), time.time() - calm
            asked_to_stop = time.monotonic()
            watcher.send_signal(signal.SIGTERM)
            code = watcher.wait(60)
            stop_s = time.monotonic() - asked_to_stop
    broken = sum(map(is_of_trouble, lives.log.read_text(encoding="utf-8").splitlines()))
    if code:
        raise BenchError(f"soak: the watcher ended with {code}: {lives.log.read_text()[-500:]}")
    with open_record(lives.record) as store:
        feeds = store.feeds.all()
    return Soaked(due, kept_in(lives.record), lives.memory, stop_s, calm_s, broken, feeds, web.asked, Counter(web.faults),
                  lives.record.stat().st_size / 2**20)


def is_of_trouble(line: str) -> bool:
    """Whether a line of the log tells an error of ours. What is no line of the log Python wrote itself: a thread's last words are
    an error, and what it says of processes that were killed is none."""
    try:
        return bool(json.loads(line)["level"] == "error")
    except json.JSONDecodeError:
        return line.startswith("Traceback ")


@dataclass
class _Lives:
    """The watcher's processes, one after another, over one record."""

    folder: Path
    listed: Path
    speed: float
    began: float
    real: bool
    memory: list[tuple[float, float]] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    @property
    def record(self) -> Path:
        return self.folder / "soak.db"

    @property
    def log(self) -> Path:
        return self.folder / "log.jsonl"

    @contextmanager
    def life(self, off: float, *, kill: bool = True) -> Iterator[subprocess.Popen[bytes]]:
        given = (self.listed, self.record, str(self.speed), str(self.began), str(off), "real" if self.real else "made")
        command = [sys.executable, "-m", "bench.soak_worker", *given]
        self.memory.clear()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stderr=log, env=os.environ | ONE_THREAD)
        try:
            yield self.process
        finally:
            if kill or self.process.poll() is None:
                self.process.kill()
            self.process.wait()

    def begin(self, web: Web) -> None:
        """Wait for its first request."""
        asked, end = web.asked, time.time() + LONGEST_START_S
        while web.asked == asked and time.time() < end:
            self.until(time.time() + 0.1)

    def until_all_is_kept(self, web: Web) -> None:
        """Until what is due is kept, or nothing is added to it for so long that it never will be."""
        began = moved = time.time()
        kept = 0
        while web.due() - set(now := kept_in(self.record)):
            if len(now) > kept:
                kept, moved = len(now), time.time()
            if time.time() > min(moved + LONGEST_STAND_S, began + LONGEST_CALM_S):
                return
            self.until(time.time() + 2.0)

    def until(self, end: float) -> None:
        """Let it live until then, and look at its memory each second."""
        assert self.process is not None
        while (left := end - time.time()) > 0:
            if self.process.poll() is not None:
                raise BenchError(f"soak: the watcher ended by itself: {self.log.read_text()[-500:]}")
            self.memory.append((time.time() - self.began, _rss_mb(self.process.pid)))
            time.sleep(min(1.0, left))


def kept_in(record: Path) -> Counter[str]:
    """How many reports of the record have each token."""
    if not record.exists():
        return Counter()
    with open_record(record) as store:
        return Counter(found[0] for one in store.reports() if (found := _TOKEN.findall(one.text)))


def wrong_with(soaked: Soaked) -> Iterator[str]:
    """Each thing that is not as it must be."""
    lost, twice = sorted(soaked.due - set(soaked.kept)), sorted(name for name, count in soaked.kept.items() if count > 1)
    if lost:
        yield f"{len(lost)} reports were due and are not kept: {', '.join(lost[:5])}"
    if twice:
        yield f"{len(twice)} reports are kept more than once: {', '.join(twice[:5])}"
    if soaked.broken:
        yield f"{soaked.broken} lines of the log are errors"


def figures_of(soaked: Soaked) -> dict[str, float | int | None]:
    """growth_mb: between the first and the last sixth of the last life's later two thirds."""
    later = [mb for _, mb in soaked.memory[len(soaked.memory) // 3:]]
    sixth = max(1, len(later) // 6)
    first, last = statistics.median(later[:sixth] or [0.0]), statistics.median(later[-sixth:] or [0.0])
    troubles = Counter(trouble.kind for feed in soaked.feeds for trouble in feed.troubles)
    return {
        "due": len(soaked.due), "kept": len(soaked.kept), "lost": len(soaked.due - set(soaked.kept)),
        "twice": sum(count > 1 for count in soaked.kept.values()), "kills": len(LIVES), "requests": soaked.asked,
        "faults": sum(soaked.faults.values()), "kinds_of_fault": len(soaked.faults), "errors": soaked.broken,
        "memory_mb": round(last), "growth_mb": round(last - first, 1), "record_mb": round(soaked.record_mb, 1),
        "calm_s": round(soaked.calm_s, 1), "stop_s": round(soaked.stop_s, 2), "silent": troubles["silent"],
        "unreachable": troubles["unreachable"], "changed_shape": troubles["changed shape"],
    }


def listed(folder: Path, web: Web) -> Path:
    outlines = "".join(f"<outline text='{site.host}' xmlUrl='http://{site.host}:{web.port}/rss'/>" for site in web.sites.values())
    path = folder / "feeds.opml"
    path.write_text(f"<opml version='2.0'><body>{outlines}</body></opml>", encoding="utf-8")
    return path


def _rss_mb(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0) / 1024


BENCHES = {"soak": Bench("soak", Path("made"), "feeds", run)}
