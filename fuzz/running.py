"""Fuzzing one reader for so long: the process of engine.py is begun again where it dies, and what it found is gathered."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fuzz.targets import Target

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "build" / "fuzz"    # inputs that reach further, for the next run; not in git
MOST_DEATHS = 10                  # of one reader's process; after so many it is mended first
GRACE_S = 120.0                   # for an input at the end that takes long
_DEATHS = {"crash": "it crashed", "timeout": "it did not end", "oom": "it took too much memory", "leak": "it lost memory",
           "slow": "it was slow"}


@dataclass(frozen=True, slots=True)
class Finding:
    """An input that broke a reader. file: where it is kept; what: the error in words, and where it came from."""

    file: Path
    what: str


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """inputs: that were tried. reached: places in the code that they came to, as libFuzzer counts. ran: to its end."""

    inputs: int
    reached: int
    seconds: float
    findings: tuple[Finding, ...]
    ran: bool


class NoEngine(Exception):
    """atheris is not installed."""


def fuzz(target: Target, *, seconds: int = 0, runs: int = 0, seed: int = 1, kept: Path = KEPT, found: Path | None = None,
         name: str = "") -> Fuzzed:
    """Fuzz `target` for so many seconds, or so many inputs.

    kept: folder of what earlier runs kept. found: where inputs that break it are put; by default beside its seeds.
    name: "module:NAME" of a target that is none of ours. Raises NoEngine.
    """
    _check_engine()
    began, inputs, reached, deaths = time.monotonic(), 0, 0, 0
    findings: dict[str, Finding] = {}
    ran = True
    with tempfile.TemporaryDirectory() as scratch:
        while True:
            left = max(1, round(seconds - (time.monotonic() - began))) if seconds else 0
            new = Path(scratch, f"life-{deaths}")
            tried, places, code = _one_life(target, name or target.name, left, runs, seed + deaths, kept, new, scratch)
            inputs, reached = inputs + tried, max(reached, places)
            for finding in _gathered(new, found or _beside_seeds(target)):
                findings.setdefault(finding.what, finding)
            if code == 0:
                break
            deaths += 1
            if deaths > MOST_DEATHS or not findings or runs or time.monotonic() - began >= seconds:
                ran = bool(findings) and deaths <= MOST_DEATHS
                break
    return Fuzzed(inputs, reached, time.monotonic() - began, tuple(findings.values()), ran)


def _one_life(target: Target, name: str, seconds: int, runs: int, seed: int, kept: Path, found: Path, scratch: str
              ) -> tuple[int, int, int]:
    """(inputs tried, places reached, exit code) of one process."""
    found.mkdir()
    seeds, grown = Path(scratch, "seeds"), kept / target.name
    shutil.rmtree(seeds, ignore_errors=True)
    seeds.mkdir()
    grown.mkdir(parents=True, exist_ok=True)
    for seed_file in target.seeds():
        shutil.copy(seed_file, seeds / seed_file.name)
    log = kept / f"{target.name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "fuzz.engine", name, "--followed", ",".join(target.followed), "--found", str(found),
             "--seconds", str(seconds), "--runs", str(runs), "--seed", str(seed), str(grown), str(seeds)],
            cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            env=os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join((str(ROOT), *filter(None, sys.path)))})
        try:
            code = process.wait(seconds + GRACE_S + 20 * target.limit_s(target.most) if seconds else None)
        except subprocess.TimeoutExpired:
            code = 1
        finally:
            process.kill()
            process.wait()
    said = log.read_text(encoding="utf-8", errors="replace")
    tried = re.findall(r"stat::number_of_executed_units:\s*(\d+)", said) or re.findall(r"^#(\d+)\s", said, re.MULTILINE) or ["0"]
    return int(tried[-1]), max(map(int, re.findall(r"cov: (\d+)", said)), default=0), code


def _gathered(new: Path, to: Path) -> Iterator[Finding]:
    """What a life left in its folder, moved to where it is kept."""
    for left in sorted(new.iterdir()):
        if left.suffix == ".json":
            continue
        kind = left.name.partition("-")[0]
        if kind == "slow" and left.name.startswith("slow-unit"):
            continue                  # libFuzzer's own measure
        raw = left.read_bytes()
        what = _DEATHS.get(kind, "")
        with suppress(OSError, ValueError):
            told = json.loads((new / f"{left.name}.json").read_text(encoding="utf-8"))
            what = f"{told['where']}: {told['said']}"
        to.mkdir(parents=True, exist_ok=True)
        file = to / f"found-{kind}-{hashlib.sha256(raw).hexdigest()[:12]}"
        file.write_bytes(raw)
        yield Finding(file, what or kind)


def _beside_seeds(target: Target) -> Path:
    from fuzz.targets import CORPUS

    return CORPUS / target.name


def _check_engine() -> None:
    try:
        import atheris  # noqa: F401
    except ImportError:
        raise NoEngine("atheris is not installed; pip install --require-hashes -r requirements-fuzz.lock") from None
