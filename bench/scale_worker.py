"""One measurement of the scale bench, in a process of its own: python -m bench.scale_worker ACCOUNTS RECORD

Made reports go through `dateline run` (dateline/job.py): each is kept, compared with what it may copy, and reconciled in the
run's own batches into the new SQLite file RECORD; what the extraction would give comes from the generator. Prints one object.
"""

from __future__ import annotations

import itertools
import json
import resource
import statistics
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.scores import grouping_scores
from bench.synthetic import Told, accounts_told, told
from dateline.errors import DatelineError
from dateline.job import run
from dateline.records import Report
from dateline.settings import Settings, load_settings
from dateline.store import open_record
from dateline.store.store import Store

MORE = 200                        # reports that come one by one into the held record


class Made:
    """A source of made reports, read and extracted as the run asks for it. making_s: what making them took."""

    def __init__(self, stream: Iterable[Told]) -> None:
        self._stream = iter(stream)
        self._waiting: dict[str, Told] = {}
        self.truth: dict[str, int] = {}
        self.reports, self.making_s = 0, 0.0

    def read(self, source: str, **_: Any) -> Iterator[Report]:
        while (one := self._next()) is not None:
            self._waiting[one.report.id] = one
            self.truth.update(one.truth)
            self.reports += 1
            yield one.report

    def extract_all(self, reports: Iterable[Report]) -> Iterator[tuple[Report, Told]]:
        for report in reports:
            yield report, self._waiting.pop(report.id)

    def _next(self) -> Told | None:
        began = time.perf_counter()
        one = next(self._stream, None)
        self.making_s += time.perf_counter() - began
        return one


def measure(accounts: int, record: Path) -> dict[str, float]:
    """Seconds and MB of a record of `accounts`, milliseconds of one more report, and how right the incidents are."""
    settings = load_settings()
    made = Made(accounts_told(accounts))
    with open_record(str(record)) as store:
        began = time.perf_counter()
        _run(made, store, settings)
        seconds = time.perf_counter() - began - made.making_s
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024       # Linux counts kilobytes
        scores = _scores(store, made)
        more = [_one_more(one, store, settings) for one in itertools.islice(told(), made.reports, made.reports + MORE)]
    tenths = statistics.quantiles(more, n=20)
    return {
        "accounts": len(made.truth), "reports": made.reports, "seconds": seconds, "peak_mb": peak, "making_s": made.making_s,
        "record_mb": record.stat().st_size / 1e6, "more_p50_ms": statistics.median(more), "more_p95_ms": tenths[-1],
        **scores,
    }


def _run(made: Made, store: Store, settings: Settings) -> None:
    run(["made"], store, settings, on_problem=_refuse, read=made.read, extract_all=made.extract_all)


def _refuse(problem: DatelineError) -> None:
    raise problem


def _one_more(one: Told, store: Store, settings: Settings) -> float:
    """Milliseconds until the report is kept and reconciled."""
    made = Made([one])
    began = time.perf_counter()
    _run(made, store, settings)
    return 1000 * (time.perf_counter() - began)


def _scores(store: Store, made: Made) -> dict[str, float]:
    """Of the accounts, as they stand in the record's incidents; one that stands in none is a group of its own."""
    names = list(made.truth)
    held = store.incidents_of(names)
    found: Sequence[str] = [held.get(name, name) for name in names]
    scores = grouping_scores(found, [made.truth[name] for name in names])
    return {"b3_precision": scores.b3_precision, "b3_recall": scores.b3_recall, "b3_f1": scores.b3_f1,
            "pairwise_f1": scores.pairwise_f1, "incidents": len(set(found)), "true_incidents": len(set(made.truth.values()))}


def main(accounts: int, record: Path) -> int:
    print(json.dumps(measure(accounts, record)))
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), Path(sys.argv[2])))
