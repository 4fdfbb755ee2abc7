"""The watcher of the soak, in a process of its own, to be killed: python -m bench.soak_worker LIST RECORD SPEED BEGAN OFF REAL

It is `dateline watch` but for three things: its clock runs SPEED times as fast (BEGAN: when it began, by this machine; OFF: hours
by which the clock on the wall is wrong), names stand for this machine, and without REAL extraction is left out.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from dateline.extract import Extraction, Failed
from dateline.logs import set_up
from dateline.read.fetch import Fetcher
from dateline.records import Report
from dateline.settings import Settings
from dateline.store import open_record
from dateline.watching.clock import FastClock
from dateline.watching.watcher import Watcher

START = datetime(2024, 3, 1, tzinfo=UTC)
TIMEOUT_S = 1.0


def nothing_told(reports: Iterable[Report]) -> Iterator[tuple[Report, Extraction | Failed]]:
    """Extraction that finds nothing."""
    return ((one, Extraction((), ())) for one in reports)


def main(listed: str, record: str, speed: str, began: str, off: str, real: str) -> None:
    set_up("json")
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    gone_s = (time.time() - float(began)) * float(speed)
    clock = FastClock(float(speed), START + timedelta(seconds=gone_s, hours=float(off)))
    settings = Settings(fetch_delay_s=0.0, fetch_timeout_s=TIMEOUT_S, fetch_robots=False, watch_least_minutes=5.0,
                        watch_most_minutes=30.0)
    here: dict[str, Any] = {"allow": lambda address: True, "resolve": lambda host, port: ["127.0.0.1"]}
    with open_record(record) as store:
        Watcher(store, settings, [listed], clock=clock, stop=stop, make_fetcher=partial(Fetcher, **here),
                extract_all=None if real == "real" else nothing_told).watch()


if __name__ == "__main__":
    main(*sys.argv[1:])
