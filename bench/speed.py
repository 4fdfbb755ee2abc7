"""speed: reports a second of the whole job, against spaCy's small pipeline alone on the same texts in the same run.

The whole job is what `dateline run` does: read files, extract, reconcile and store into a new SQLite record. Each
measurement is a process of its own with one thread (speed_worker.py), which is warmed up before its clock starts; the
measurements take turns, round by round, so that a busy machine slows both sides.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.core import Bench, BenchError, Request, Result
from bench.made_reports import Made, make_reports

REPORTS, ROUNDS, SEED = 150, 3, 20180127
WARM_UP_REPORTS = 4
BEGINNING = 16                    # reports, with which both processes of two jobs begin
MANY = 5                          # times as many where the start, which is taken off, would be longer than the work
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS",
                            "TORCH_NUM_THREADS", "BLIS_NUM_THREADS"), "1")
STAGES = ("read", "extract", "reconcile")


def run(request: Request) -> Result:
    count = request.limit or REPORTS
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        warm = make_reports(base / "warm", WARM_UP_REPORTS, SEED + 1, quiet=False)
        busy = make_reports(base / "busy", count, SEED, quiet=False)
        quiet = make_reports(base / "quiet", count, SEED, quiet=True)
        many = make_reports(base / "many", MANY * count, SEED + 2, quiet=True)
        begin = make_reports(base / "begin", BEGINNING, SEED + 1, quiet=False)
        begin_quiet = make_reports(base / "begin_quiet", BEGINNING, SEED + 1, quiet=True)
        rounds = [_round(warm, busy, quiet) | {"two_jobs": _measure("two-jobs", begin, busy),
                                               "two_jobs_quiet": _measure("two-jobs", begin_quiet, many)} for _ in range(ROUNDS)]
    return Result(count, figures_of(rounds, count))


def figures_of(rounds: Sequence[dict[str, dict[str, float]]], count: int) -> dict[str, float | None]:
    """The figures of the contract, from what each measurement of each round gave; `count` reports in each."""
    def per_second(name: str, times: int = 1) -> float | None:
        known = [measured[name] for measured in rounds if "seconds" in measured[name]]
        seconds = sum(one["seconds"] for one in known)
        return round(sum(times * count - one.get("fewer", 0) for one in known) / seconds, 2) if seconds > 0 else None

    def least(name: str, digits: int) -> float:
        return round(min(measured["when_where"][name] for measured in rounds), digits)

    job, spacy = per_second("job"), per_second("spacy")
    stages = {stage: 1000 * sum(m["stages"][stage] for m in rounds) / (count * len(rounds)) for stage in STAGES}
    whole = 1000 / job if job else 0.0
    return {
        "reports_per_s": job, "spacy_per_s": spacy, "ratio": _ratio(job, spacy),
        "ratio_two_jobs": _ratio(per_second("two_jobs"), spacy),
        "ratio_quiet": _ratio(per_second("job_quiet"), per_second("spacy_quiet")),
        "ratio_quiet_two_jobs": _ratio(per_second("two_jobs_quiet", MANY), per_second("spacy_quiet")),
        "peak_mb": round(max(measured["job"]["peak_mb"] for measured in rounds)),
        **{f"ms.{stage}": round(ms, 2) for stage, ms in stages.items()},
        # what is left of the whole job: writing the record, and what the command line adds
        "ms.store": round(max(0.0, whole - sum(stages.values())), 2),
        # of 500 words, after the parse; the least of the rounds, since it is a bound on the work and not on the machine
        "ms.when_where": least("ms", 2), "us.lookup": least("lookup_us", 1),
        "gazetteer_file_mb": least("file_mb", 1), "gazetteer_memory_mb": least("memory_mb", 1),
    }


def _ratio(ours: float | None, theirs: float | None) -> float | None:
    return round(ours / theirs, 3) if ours and theirs else None


def _round(warm: Made, busy: Made, quiet: Made) -> dict[str, dict[str, float]]:
    """One turn of every measurement."""
    return {
        "spacy": _measure("spacy", warm, busy), "job": _measure("job", warm, busy),
        "spacy_quiet": _measure("spacy", warm, quiet), "job_quiet": _measure("job", warm, quiet),
        "stages": _measure("stages", warm, busy), "when_where": _measure("when-where", warm, busy),
    }


def _measure(what: str, warm: Made, made: Made) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.speed_worker", what, str(warm.folder), str(made.folder)]
    done = subprocess.run(command, env=os.environ | ONE_THREAD, capture_output=True, text=True, timeout=1800)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise BenchError(f"speed: measuring {what} ended with {done.returncode}: {said[-1]}")
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


BENCHES = {"speed": Bench("speed", Path("made"), "made reports", run)}
