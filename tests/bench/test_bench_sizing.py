"""sizing: memory is that of all processes, and figures are of a core and of a report."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.memory import Peak, tree_mb
from bench.sizing import SORTS, WARM_UP, Ran, Sizes, figures_of

HOLDS_20_MB = "held = bytearray(20 * 2**20); print('ready', flush=True); input()"
STARTS_ONE = f"import subprocess, sys; held = bytearray(10 * 2**20); subprocess.run([sys.executable, '-c', {HOLDS_20_MB!r}])"


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="this system does not tell what processes share")
def test_the_memory_of_a_process_is_that_of_what_it_started_too() -> None:
    process = subprocess.Popen([sys.executable, "-c", STARTS_ONE], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    with Peak(process.pid) as peak:
        process.stdout.readline()
        held, deadline = tree_mb(process.pid), time.monotonic() + 20
        while peak.mb < 30 and time.monotonic() < deadline:
            time.sleep(0.05)
        process.communicate(b"\n")
    assert held > 30
    assert peak.mb > 30
    assert tree_mb(process.pid) == 0.0
    assert tree_mb(os.getpid()) > 5


def test_what_it_takes_to_begin_is_no_part_of_a_day_and_an_empty_record_none_of_a_report() -> None:
    count, begun, empty = 108, 10.0, 100_000
    record = Path("unused.db")
    quiet, busy = Ran(begun - 2.0, 300.0, record, 0), Ran(begun + 20.0, 400.0, record, 200)
    sizes = Sizes(empty, empty + count * 8_000 + 200 * 15_000, empty + SORTS["quiet"] * count * 8_000)
    on_server = Sizes(9_000_000, 9_000_000 + count * 10_000 + 200 * 30_000, 9_000_000 + SORTS["quiet"] * count * 10_000)
    runs = {("busy", 1): busy, ("quiet", 1): quiet, ("busy", 2): Ran(0.0, 700.0, record, 0)}
    figures = figures_of(count, {"busy": begun, "quiet": begun - 4.0}, runs, {"": sizes, "postgres.": on_server},
                         {"watch": 500.0, "serve": 130.0})
    assert figures["reports_a_day.busy"] == (count - WARM_UP) / 20 * 86400
    assert figures["reports_a_day.quiet"] == pytest.approx((SORTS["quiet"] * count - WARM_UP) / 2 * 86400, abs=500)
    assert (figures["kb.report"], figures["kb.incident"]) == (8.0, 15.0)
    assert (figures["kb.postgres.report"], figures["kb.postgres.incident"]) == (10.0, 30.0)
    assert (figures["mb.run.jobs1"], figures["mb.run.jobs2"]) == (400, 700)
