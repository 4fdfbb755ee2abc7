"""What a monitor reads of the desk: requests as they are answered, and the record as it is when it is asked. Prometheus' text.

Names follow Prometheus' conventions: base units, `_total` for what only grows, `_seconds`, `_bytes`. No label holds anything that
a report, a reader or a subscriber wrote: paths are those of routes, states are the record's.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.errors import DatelineError

if TYPE_CHECKING:
    from dateline.store import Store

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
BUCKETS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
OF_ALL = "PROMETHEUS_MULTIPROC_DIR"       # of prometheus_client: a folder in which processes count together
NO_ROUTE = "none"                 # of a request for a page that there is none of


class Metrics:
    """Made once an application. Where several processes answer, what each has counted is added up, whichever is asked."""

    def __init__(self, version: str) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter("dateline_http_requests", "Requests answered.", ("method", "route", "status"),
                                 registry=self._registry)
        self._seconds = Histogram("dateline_http_request_duration_seconds", "From a request to the end of its answer.",
                                  ("route",), buckets=BUCKETS_S, registry=self._registry)
        self._in_memory = Gauge("dateline_desk_in_memory", "1 once what a desk on a large record keeps in memory is there; of "
                                "several processes, in all of them.", registry=self._registry, multiprocess_mode="livemin")
        self._version = version

    def in_memory(self) -> None:
        """What the desk keeps in memory is there."""
        self._in_memory.set(1)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        self._requests.labels(method if method in METHODS else "other", route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self, store: Store) -> bytes:
        """All of it, with the record as it is now. Where the record cannot be read, `dateline_record_up` is 0."""
        record = CollectorRegistry()
        record.register(OfRecord(store, self._version))
        return generate_latest(self._of_all()) + generate_latest(record)

    def _of_all(self) -> CollectorRegistry:
        if OF_ALL not in os.environ:
            return self._registry
        added_up = CollectorRegistry()
        MultiProcessCollector(added_up)  # type: ignore[no-untyped-call]
        return added_up


class OfRecord(Collector):
    """What is asked of the record when a monitor asks."""

    def __init__(self, store: Store, version: str) -> None:
        self._store, self._version = store, version

    def collect(self) -> Iterator[Metric]:
        yield _build(self._version)
        try:
            found = list(_of_record(self._store))
        except DatelineError:
            found = []
        yield _gauge("dateline_record_up", "Whether the record can be read.", float(bool(found)))
        yield from found
        yield from _of_disk(self._store)


def _build(version: str) -> Metric:
    from dateline.extract import VERSION

    return InfoMetricFamily("dateline_build", "What is running.", {"version": version, "extraction": VERSION})


def _of_record(store: Store) -> Iterator[Metric]:
    with store.at_one_moment():
        made, waiting, mails = store.lists.made(), len(store.unreconciled_reports()), store.mails.counts()
        copies = store.upkeep.copies()
    extracted: dict[str, float] = {}
    for state, count in made.extracted.items():
        name = state.partition(":")[0]                    # "language:ar": no label for each language that a feed may hold
        extracted[name] = extracted.get(name, 0) + count
    yield _states("dateline_reports", "Reports by how far extraction has come.", extracted)
    yield _states("dateline_incidents", "Incidents held, by their review.", dict(made.reviews))
    yield _states("dateline_mails", "Mails of the briefing.", dict(mails))
    yield _gauge("dateline_reports_unreconciled", "Reports whose accounts wait to be reconciled.", waiting)
    if made.last_kept is not None:
        yield _gauge("dateline_last_report_kept_timestamp_seconds", "When a report was kept last.", made.last_kept.timestamp())
    if copies:
        yield _gauge("dateline_last_backup_timestamp_seconds", "When a copy of the record was made last.",
                     copies[-1].made_at.timestamp())


def _of_disk(store: Store) -> Iterator[Metric]:
    """Room is told of a file alone: what a server has left it does not say."""
    try:
        size = store.size()
        free = None if "://" in store.name else shutil.disk_usage(Path(store.name).parent).free
    except (OSError, DatelineError):
        return
    yield _gauge("dateline_record_size_bytes", "The record's file and its log; on a server its database.", size)
    if free is not None:
        yield _gauge("dateline_disk_free_bytes", "Room left where the record is.", free)


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value=value)


def _states(name: str, about: str, counts: dict[Any, float]) -> Metric:
    family = GaugeMetricFamily(name, about, labels=("state",))
    for state, count in sorted(counts.items()):
        family.add_metric((str(state),), count)
    return family


class Measured:
    """Counts each request with the route that answered it."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500        # what is raised is answered outside, as a fault

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        finally:
            route = getattr(scope.get("route"), "path", NO_ROUTE)
            self._metrics.count(scope["method"], route, status, time.perf_counter() - started)

