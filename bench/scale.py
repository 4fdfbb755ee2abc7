"""scale: made reports with known truth, kept and reconciled into a record as `dateline run` does it, on one core.

Two records, the second of ten times the accounts, each in a process of its own (scale_worker.py); then reports come one by
one into the larger. The stream is of constant density, so that more accounts are more days (synthetic.py). Seconds are of this
machine; `ratio` is what ten times the accounts cost.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bench.core import Bench, BenchError, Request, Result
from bench.speed import ONE_THREAD

ACCOUNTS = 10_000              # of the larger record; --limit gives another number


def run(request: Request) -> Result:
    count = request.limit or ACCOUNTS
    small, large = _measure(count // 10), _measure(count)
    return Result(count, figures_of(small, large))


def figures_of(small: Mapping[str, float], large: Mapping[str, float]) -> dict[str, float]:
    """The figures, from what the worker gave for the smaller record and for the larger."""
    return {
        "reconcile_s": round(large["reconcile_s"], 1), "keep_s": round(large["keep_s"], 1),
        "ms_an_account": round(1000 * large["reconcile_s"] / large["accounts"], 2),
        "ratio": round(large["reconcile_s"] / small["reconcile_s"] * 10 * small["accounts"] / large["accounts"], 2),
        "peak_mb": round(large["peak_mb"]), "file_mb": round(large["file_mb"], 1),
        "one_more_p50_ms": round(large["one_more_p50_ms"], 1), "one_more_p95_ms": round(large["one_more_p95_ms"], 1),
        "b3_f1": large["b3_f1"], "b3_precision": large["b3_precision"], "b3_recall": large["b3_recall"],
        "small.b3_f1": small["b3_f1"],
    }


def _measure(count: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([sys.executable, "-m", "bench.scale_worker", str(count), folder], capture_output=True, text=True,
                              env={**os.environ, **ONE_THREAD}, check=False)
    if done.returncode:
        raise BenchError(f"the record of {count} accounts could not be made: {done.stderr.strip().splitlines()[-1:]}")
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


BENCHES = {"scale": Bench("scale", Path("bench/synthetic.py"), "made accounts", run)}
