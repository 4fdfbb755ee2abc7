"""One measurement of the scale bench, in a process of its own: python -m bench.scale_worker COUNT FOLDER -> one JSON line."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from bench.scores import grouping_scores
from bench.synthetic import Told, stream
from dateline.extract import Extraction
from dateline.reconcile.copies import sketch_of
from dateline.store import Store, open_record

SEED = 20180127
AT_ONCE = 200          # reports: as `dateline run` does it (job.RECONCILE_EVERY)
ONE_MORE = 100         # reports that come one by one at the end
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def measure(count: int, folder: Path) -> dict[str, float]:
    truth: dict[str, int] = {}
    told = stream(count, SEED)
    with open_record(folder / "made.db") as store:
        keeping = reconciling = 0.0
        while batch := list(islice(told, AT_ONCE)):
            truth |= {account.id: number for one in batch for account, number in zip(one.accounts, one.truth, strict=True)}
            keeping += _timed(lambda given=batch: _keep(store, given))  # type: ignore[misc]
            reconciling += _timed(lambda: _reconcile(store))
        more = sorted(_one_more(store, count, truth))
        scores = grouping_scores(*_pairs(store, truth))
    return {
        "accounts": len(truth), "keep_s": keeping, "reconcile_s": reconciling,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "one_more_p50_ms": 1000 * more[len(more) // 2], "one_more_p95_ms": 1000 * more[int(len(more) * 0.95)],
        "b3_f1": scores.b3_f1, "b3_precision": scores.b3_precision, "b3_recall": scores.b3_recall,
        "file_mb": (folder / "made.db").stat().st_size / 1e6,
    }


def _keep(store: Store, batch: Sequence[Told]) -> None:
    for one in batch:
        sketch = sketch_of(one.report.text)
        store.keep(one.report, Extraction(one.accounts, ()), extracted="done", extractor="made", sketch=sketch)


def _reconcile(store: Store) -> None:
    with store.reconciling() as reconciling:
        reconciling.reconcile(reconciling.unreconciled(), "reliable", NOW)


def _one_more(store: Store, count: int, truth: dict[str, int]) -> Iterator[float]:
    """Seconds for each of some reports that come when all others are held: kept and reconciled."""
    fresh = (one for one in stream(count + 20 * ONE_MORE, SEED + 1) if one.report.copy_of is None)
    for one in islice(fresh, count // 3, count // 3 + ONE_MORE):
        yield _timed(lambda given=one: (_keep(store, [given]), _reconcile(store)))  # type: ignore[misc]


def _timed(work: object) -> float:
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - start


def _pairs(store: Store, truth: dict[str, int]) -> tuple[list[str], list[str]]:
    held = store.incidents_of(list(truth))
    return [held.get(name, name) for name in truth], [str(number) for number in truth.values()]


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), Path(sys.argv[2]))))
