"""How long the desk takes for each list of its API, on a record as it is: `python -m bench.desk_api RECORD [--times N]`.

One client, in this process, over the whole application (routing, withholding, JSON, ETag). Make a record with bench.desk_record.
"""

from __future__ import annotations

import argparse
import statistics
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dateline.settings import load_settings

TIMES = 25
V1 = "/api/v1"
ASKED = {                         # name -> address; {n} is another number at each turn, so that nothing is remembered
    "incidents, 50": "/incidents?most=50&country={country}",
    "incidents, 50 of all": "/incidents?most=50",
    "incidents, by doubt": "/incidents?most=50&order=doubt",
    "incidents, another rule": "/incidents?most=50&rule=lowest",
    "incidents, rare words": "/incidents?most=50&text=bakery",
    "incidents, common word": "/incidents?most=50&text=killed",
    "incident": "/incidents/{n}",
    "history": "/incidents/{n}/history",
    "accounts, 50": "/accounts?most=50",
    "figures, 50": "/figures?most=50&effect=killed",
    "statements, 50": "/statements?most=50",
    "reports, 50": "/reports?most=50",
    "groups": "/groups",
    "sources": "/sources",
    "changes, 100": "/changes?most=100",
    "search": "/search?text=market",
}
COUNTRIES = ("AF", "SY", "ML", "NG", "UA", "YE")


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds. first: of the first time, when nothing is remembered."""

    name: str
    first: float
    median: float
    p95: float
    kilobytes: float


def timed(record: str, times: int = TIMES) -> Iterator[Timed]:
    """The time of each list of ASKED on the record at that path. Raises RuntimeError for an answer that is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")           # starlette has another client in mind
        from fastapi.testclient import TestClient
    from dateline.desk.app import create_app

    with TestClient(create_app(replace(load_settings({}), record=record)), base_url="http://127.0.0.1") as client:
        for name, path in ASKED.items():
            taken, size = [], 0
            for turn in range(times):
                address = V1 + path.format(n=1 + turn * 37, country=COUNTRIES[turn % len(COUNTRIES)])
                begun = time.perf_counter()
                answer = client.get(address)
                taken.append((time.perf_counter() - begun) * 1_000)
                if answer.status_code not in (200, 410):
                    raise RuntimeError(f"{address}: {answer.status_code} {answer.text[:200]}")
                size = max(size, len(answer.content))
            yield Timed(name, taken[0], statistics.median(taken), sorted(taken)[int(len(taken) * 0.95)], size / 1_000)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("record")
    asked.add_argument("--times", type=int, default=TIMES)
    given = asked.parse_args()
    print(f"{'list':<26} {'first':>8} {'median':>8} {'p95':>8}  ms   {'kB':>8}")
    for one in timed(given.record, given.times):
        print(f"{one.name:<26} {one.first:8.1f} {one.median:8.1f} {one.p95:8.1f}      {one.kilobytes:8.1f}")


if __name__ == "__main__":
    main()
