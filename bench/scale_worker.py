"""One measurement of the scale bench, in a process of its own: python -m bench.scale_worker ACCOUNTS RECORD

Made reports, with the accounts that extraction would give, are kept in the new SQLite file RECORD and reconciled as
`dateline run` does it (dateline/job.py): one transaction for KEEP_AT_ONCE reports, one for what these tell, one reconciling for
RECONCILE_EVERY. Which reports repeat others is given. Prints one JSON object.
"""

from __future__ import annotations

import itertools
import json
import statistics
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.memory import peak_mb
from bench.scores import grouping_scores
from bench.synthetic import Told, told
from dateline.job import KEEP_AT_ONCE, RECONCILE_EVERY
from dateline.reconcile.copies import sketch_of
from dateline.store import open_record
from dateline.store.keeping import PENDING
from dateline.store.store import Store

MORE = 200                        # reports that come one by one into the held record


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds of wall clock, and of this process alone, which other work on the machine does not lengthen."""

    wall: float
    own: float

    @classmethod
    def now(cls) -> Clock:
        return cls(time.perf_counter(), time.process_time())

    def since(self, began: Clock) -> Clock:
        return Clock(self.wall - began.wall, self.own - began.own)


def measure(accounts: int, record: Path, more: int = MORE) -> dict[str, float]:
    """Seconds and MB of a record of `accounts`, milliseconds of each of `more` reports, and how right the incidents are.

    The seconds are without those of making the reports.
    """
    truth: dict[str, int] = {}
    reports, took = 0, Clock(0.0, 0.0)
    stream = told()
    with open_record(str(record)) as store:
        while len(truth) < accounts:
            batch = list(itertools.islice(stream, RECONCILE_EVERY))
            began = Clock.now()
            take_in(batch, store)
            lasted = Clock.now().since(began)
            took = Clock(took.wall + lasted.wall, took.own + lasted.own)
            reports += len(batch)
            truth.update(pair for one in batch for pair in one.truth.items())
        peak = peak_mb()
        scores = _scores(store, truth)
        single = [_one_more(one, store) for one in itertools.islice((one for one in stream if one.accounts), more)]
    wall, own = (sorted(1000 * getattr(one, clock) for one in single) for clock in ("wall", "own"))
    late = len(single) * 95 // 100
    return {
        "accounts": len(truth), "reports": reports, "wall_s": took.wall, "own_s": took.own, "peak_mb": peak,
        "record_mb": record.stat().st_size / 1e6, "more_p50_ms": statistics.median(wall), "more_p95_ms": wall[late],
        "more_own_p50_ms": statistics.median(own), "more_own_p95_ms": own[late], **scores,
    }


def take_in(batch: Iterable[Told], store: Store) -> None:
    """Keep some reports, then what they tell, and reconcile all that waits."""
    pending = iter(batch)
    while some := list(itertools.islice(pending, KEEP_AT_ONCE)):
        with store.writing():
            for one in some:
                store.keep(one.report, None, extracted=PENDING, sketch=sketch_of(one.report.text))
        store.keep_extracted([(one.report, one) for one in some])
    with store.reconciling() as reconciling:
        reconciling.reconcile(reconciling.unreconciled(), "reliable", datetime.now(UTC))


def _one_more(one: Told, store: Store) -> Clock:
    """What it takes until a report is kept and reconciled."""
    began = Clock.now()
    take_in([one], store)
    return Clock.now().since(began)


def _scores(store: Store, truth: Mapping[str, int]) -> dict[str, float]:
    """Of the accounts, as they stand in the record's incidents; one that stands in none is a group of its own."""
    names = list(truth)
    held = store.incidents_of(names)
    found: Sequence[str] = [held.get(name, name) for name in names]
    scores = grouping_scores(found, [truth[name] for name in names])
    return {"b3_precision": scores.b3_precision, "b3_recall": scores.b3_recall, "b3_f1": scores.b3_f1,
            "pairwise_f1": scores.pairwise_f1, "incidents": len(set(found)), "true_incidents": len(set(truth.values()))}


def main(accounts: int, record: Path) -> int:
    print(json.dumps(measure(accounts, record)))
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), Path(sys.argv[2])))
