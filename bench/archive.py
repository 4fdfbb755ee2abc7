"""archive: a made archive read by `dateline backfill` on one machine and on a Ray cluster of two workers, undisturbed and killed.

- `--limit` pages (made_archive.py), in 20 files from 20,000 pages on; the full size is 200,000 (`make check-large`).
- `growth`: own time of all processes for all pages, over ten times that for a tenth of them.
- `--keep DIR`: each stage's tables stay there, and a bench that was broken off goes on with the stage that it was at (of the same
  version alone).
- `same.*`: 100 where the tables, to the byte, are those of the undisturbed local run: with another number of workers (from 20,000
  pages on: of a tenth), on Ray, and with ten kills at moments drawn by chance (of the program, the process with the models, a
  file's process, a Ray worker).
- `lost`: pages that the manifest does not account for, read or left out with a reason; `doubled`: reports that are there twice.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from bench.core import Bench, BenchError, Request, Result
from bench.made_archive import Archive
from bench.stages import Stages, stages_in
from dateline.extract import VERSION

PAGES = 2_000
LARGE, FILES, SMALL_FILES = 20_000, 20, 10
KILLS = 10
JOBS = 2
TIMEOUT_S = 12 * 3600.0
FLOORS: Mapping[str, Mapping[str, float]] = {"floors": {
    "growth": 1.05, "same.local_one_job": 100, "same.local_kills": 100, "same.ray": 100, "same.ray_kills": 100, "lost": 0,
    "doubled": 0}}
_VICTIMS = ("dateline.backfill.nursery", "ray::FileReader")


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of wall clock, and of all processes alone, which other work on the machine does not lengthen."""

    wall: float
    own: float


def run(request: Request) -> Result:
    pages = request.limit or PAGES
    with stages_in(request.keep) as stages:
        return Result(pages, _figures(stages, pages), FLOORS)


def _figures(stages: Stages, pages: int) -> dict[str, float | int | None]:
    made = f"{pages} pages, {VERSION}"
    if stages.once("made", lambda: made) != made:
        raise BenchError(f"archive: {stages.folder} is of {stages.done['made']}, not of {made}; give another folder")
    folder, files = stages.folder, FILES if pages >= LARGE else SMALL_FILES
    archive = _made(stages, "archive", Archive(pages, files, 8))
    tenth = _undisturbed(stages, "of-tenth", _made(stages, "tenth", Archive(pages // 10, max(1, files // 10), 8)))
    whole = _undisturbed(stages, "local", archive)
    held = digests(folder / "local")
    figures: dict[str, float | int | None] = {
        "pages_per_s": round(pages / whole.wall, 1), "own_s.tenth": round(tenth.own, 1), "own_s.whole": round(whole.own, 1),
        "growth": round(whole.own / (10 * tenth.own), 3)}
    # one worker reads as slowly as it can: at full size a tenth says the same
    one, beside = ("archive", held) if pages < LARGE else ("tenth", digests(folder / "of-tenth"))
    _undisturbed(stages, "one", folder / one, "--jobs", "1")
    figures["same.local_one_job"] = _same(beside, folder / "one")
    figures["kills.local"] = _killed(stages, "local-kills", archive, whole.wall)
    figures["same.local_kills"] = _same(held, folder / "local-kills")
    if find_spec("ray") is not None:
        ray = _undisturbed(stages, "ray", archive, "--engine", "ray")
        figures |= {"pages_per_s.ray": round(pages / ray.wall, 1), "same.ray": _same(held, folder / "ray")}
        figures["kills.ray"] = _killed(stages, "ray-kills", archive, ray.wall, "--engine", "ray")
        figures["same.ray_kills"] = _same(held, folder / "ray-kills")
    return figures | {"lost": pages - _accounted(folder / "local"), "doubled": _doubled(folder / "local")}


def digests(out: Path) -> dict[str, str]:
    """Each table's part, and the manifest, with a hash of its bytes."""
    return {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in (*out.glob("*/month=*/*.parquet"), out / "manifest.jsonl")}


def _command(archive: Path, out: Path, options: tuple[str, ...]) -> list[str]:
    jobs = () if "--jobs" in options else ("--jobs", str(JOBS))
    return [sys.executable, "-c", "from dateline.cli import main; main()", "backfill", str(archive), "--out", str(out), *jobs,
            *options]


def _made(stages: Stages, name: str, archive: Archive) -> Path:
    folder = stages.folder / name

    def make() -> int:
        shutil.rmtree(folder, ignore_errors=True)
        return len(archive.write(folder))

    stages.once(name, make)
    return folder


def _undisturbed(stages: Stages, name: str, archive: Path, *options: str) -> Took:
    """The job in one go: what one that was broken off has left goes first, or its time would be missing."""
    out = stages.folder / name

    def run_it() -> list[float]:
        shutil.rmtree(out, ignore_errors=True)
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        done = subprocess.run(_command(archive, out, options), capture_output=True, text=True, timeout=TIMEOUT_S)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode not in (0, 3):     # 3: broken records were left out, and named
            raise BenchError(f"archive: the job ended with {done.returncode}: {done.stderr.strip().splitlines()[-1:]}")
        return [time.monotonic() - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime]

    return Took(*stages.once(name, run_it))


def _killed(stages: Stages, name: str, archive: Path, wall_s: float, *options: str) -> int:
    """Run the job, kill something of it KILLS times, and run the same command until it ends; how many kills hit."""
    dice, so_far = random.Random(f"8-{name}"), f"{name}.so_far"

    def run_it() -> int:
        kills, until = int(stages.done.get(so_far, 0)), time.monotonic() + TIMEOUT_S
        while time.monotonic() < until:
            program = subprocess.Popen(_command(archive, stages.folder / name, options), stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            while kills < KILLS:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    program.wait(dice.uniform(0.5, 1.5) * wall_s / KILLS)
                if program.poll() is not None:
                    break
                os.kill(dice.choice([program.pid, *_workers(program.pid)]), signal.SIGKILL)
                kills += 1
                stages.note(so_far, kills)
            if program.wait() in (0, 3):
                return kills
        raise BenchError("archive: the killed job did not come to an end")

    return int(stages.once(name, run_it))


def _workers(program: int) -> list[int]:
    """The processes that read, of all those below `program`."""
    below: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            below.setdefault(parent, []).append(int(path.name))
    found, left = list[int](), [program]
    while left:
        children = below.get(left.pop(), [])
        left += children
        found += [pid for pid in children if any(name in _words(pid) for name in _VICTIMS)]
    return sorted(found)


def _words(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def _same(held: Mapping[str, str], out: Path) -> int:
    """100 where the tables in `out` are those of `held`."""
    return 100 * (digests(out) == held)


def _accounted(out: Path) -> int:
    """Records that the manifest tells of."""
    lines = [json.loads(line) for line in (out / "manifest.jsonl").read_text(encoding="utf-8").splitlines()[1:]]
    return sum(line["read"]["reports"] + line["read"]["troubles"] + sum(line["read"]["passed"].values()) for line in lines)


def _doubled(out: Path) -> int:
    import pyarrow.parquet as pq

    parts = (pq.read_table(path, columns=["id"]) for path in out.glob("reports/*/*.parquet"))
    ids = Counter(name for part in parts for name in part["id"].to_pylist())
    return sum(count - 1 for count in ids.values())


BENCHES = {"archive": Bench("archive", Path("made"), "made pages", run)}
