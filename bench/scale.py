"""scale: made accounts with known truth reconciled through the store, on one core: time, memory, and how right they are.

- A number of accounts of one stream (synthetic.py), `whole`, and a tenth of it, each in a process of its own with one thread.
  The longer record is the shorter one going on: what happens in a week and a country stays the same, as it does in the world.
- `ratio` is of the processes' own time, since a busy machine lengthens the wall clock of one and not of the other.
- `more_*`: one more report into the record that is held, from keeping to the written plan.
- `--limit 100000` is the size that the project aims at; the one measured with all benches is what a few minutes allow.
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

ACCOUNTS = 2_000
TIMEOUT_S = 3 * 3600
# Figures of each size, and digits after the point.
EACH = {"wall_s": 1, "own_s": 1, "peak_mb": 0, "record_mb": 1, "b3_precision": 2, "b3_recall": 2, "b3_f1": 2, "pairwise_f1": 2,
        "accounts": 0, "incidents": 0, "true_incidents": 0}
FLOORS: Mapping[str, Mapping[str, float]] = {
    "floors, of 100,000 accounts": {"ratio": 14, "wall_s.whole": 600, "peak_mb.whole": 1000, "more_p95_ms": 100}}


def run(request: Request) -> Result:
    count = request.limit or ACCOUNTS
    with tempfile.TemporaryDirectory() as folder:
        tenth, whole = (_measure(accounts, Path(folder) / f"{accounts}.db") for accounts in (max(1, count // 10), count))
    return Result(round(whole["accounts"]), figures_of(tenth, whole), FLOORS)


def figures_of(tenth: Mapping[str, float], whole: Mapping[str, float]) -> dict[str, float]:
    """The figures, from what the two processes measured."""
    each = {f"{name}.{size}": round(measured[name], digits) for size, measured in (("tenth", tenth), ("whole", whole))
            for name, digits in EACH.items()}
    more = {name: round(whole[name], 1) for name in ("more_p50_ms", "more_p95_ms", "more_own_p50_ms", "more_own_p95_ms")}
    return {"ratio": round(whole["own_s"] / tenth["own_s"], 2), **more, **each}


def _measure(accounts: int, record: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.scale_worker", str(accounts), str(record)]
    try:
        done = subprocess.run(command, env=os.environ | ONE_THREAD, capture_output=True, text=True, timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired as late:
        raise BenchError(f"scale: {accounts} accounts were not reconciled in {TIMEOUT_S} s; try fewer with --limit") from late
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise BenchError(f"scale: reconciling {accounts} accounts ended with {done.returncode}: {said[-1]}")
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


BENCHES = {"scale": Bench("scale", Path("made"), "made accounts", run)}
