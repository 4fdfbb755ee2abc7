"""seed: the project's first report, read by dateline and checked by shared/checks/seed_facts.py."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from bench.core import SHARED, Bench, BenchError, Request, Result, need

CHECKS = SHARED / "checks/seed_facts.py"


def lines_of(source: Path) -> list[str]:
    """One JSON object a report of `source`, as `dateline extract --json` prints it."""
    from bench.reading import extracted
    from dateline.read import read
    from dateline.records import to_line

    return [to_line({"report": report, "accounts": found.accounts, "group_statements": found.group_statements})
            for report, found in extracted(read(str(source)))]


def check(line: str, checks: Path) -> tuple[int, int, tuple[str, ...]]:
    """Facts passed and failed, and the lines of those that failed.

    Raises BenchError when the script ends without its last line.
    """
    done = subprocess.run([sys.executable, str(need(checks))], input=line, capture_output=True, text=True, timeout=120)
    said = done.stdout.strip().splitlines()
    counts = re.fullmatch(r"(\d+) passed, (\d+) failed", said[-1]) if said else None
    if counts is None:
        raise BenchError(f"{checks}: gave no result; {(done.stderr.strip().splitlines() or ['it said nothing'])[-1]}")
    return int(counts[1]), int(counts[2]), tuple(line for line in said[:-1] if not line.startswith("ok "))


def run(request: Request) -> Result:
    lines = lines_of(need(request.data))
    if not lines:
        raise BenchError(f"{request.data}: no report was read")
    passed, failed, wrong = check(lines[0], CHECKS)
    return Result(passed + failed, {"passed": passed, "failed": failed}, errors=wrong)


BENCHES = {"seed": Bench("seed", SHARED / "reports", "facts", run)}
