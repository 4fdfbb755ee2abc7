"""desk-million: how fast the desk answers one client on a large record on PostgreSQL, of a server of its own.

    python -m bench desk-million --limit 1000000 --write    # as make check-large has it: a quarter of an hour, 15 GB of disk
    python -m bench desk-million                            # 60,000 incidents

The record is made by bench/desk_copies.py; pages are asked for as bench/desk_pages.py asks, each time another one of its kind, of
a desk that has read what it keeps in memory (`warm_s`: from its start until it had). `p95_ms.*`, `median_ms.*`: of pages, map and
timeline; `late`: kinds whose p95 is over 300 ms; `memory_mb`: the most that the desk has taken.
"""

from __future__ import annotations

import importlib
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from bench.core import Bench, BenchError, Request, Result
from bench.desk_copies import BASE, make_many
from bench.desk_pages import desk_on, measured, pages_of, register_of
from bench.memory import peak_mb

INCIDENTS = 60_000                # from 50,000 on a desk counts in memory
P95_MS = 300.0                    # for one client
TIMES = 40
LONGEST_WARM_S = 1800.0
SETTINGS = ("shared_buffers=2GB", "max_wal_size=8GB")     # of a server for such a record


class Served(NamedTuple):
    """A desk that has read what it keeps in memory."""

    address: str
    warm_s: float
    process: int


def run(request: Request) -> Result:
    incidents = request.limit or INCIDENTS
    if incidents % BASE:
        raise BenchError(f"desk-million: --limit {incidents:,} is no whole number of times {BASE:,}")
    with a_server() as new_database, tempfile.TemporaryDirectory() as folder:
        address = new_database()
        make_many(address, incidents, 4 * incidents)
        groups = register_of(address, Path(folder) / "groups.toml")
        with warm_desk(address, groups) as desk, httpx.Client(base_url=desk.address, timeout=120) as client:
            took = {name: measured(client, addresses, TIMES)[0] for name, addresses in pages_of(address).items()}
            mb = peak_mb(desk.process)
    return Result(incidents, figures_of(took, desk.warm_s, mb))


def figures_of(took: dict[str, list[float]], warm_s: float, mb: float) -> dict[str, float | int | None]:
    """took: page -> milliseconds of each answer. 95 of 100 answers came within the p95."""
    medians = {f"median_ms.{_key(name)}": round(statistics.median(all_of)) for name, all_of in took.items()}
    p95 = {f"p95_ms.{_key(name)}": round(sorted(all_of)[min(len(all_of) * 95 // 100, len(all_of) - 1)])
           for name, all_of in took.items()}
    return {**p95, **medians, "late": sum(one > P95_MS for one in p95.values()), "warm_s": round(warm_s), "memory_mb": round(mb)}


def _key(page: str) -> str:
    return re.sub(r"[^a-z]+", "_", page.lower())


@contextmanager
def a_server() -> Iterator[Callable[[], str]]:
    """What makes an empty database, and tells its address, on a server that is gone at the end.

    Raises BenchError where there is no PostgreSQL.
    """
    on_postgres: Any = importlib.import_module("tests.on_postgres")
    before = on_postgres.SETTINGS
    on_postgres.SETTINGS = tuple(one for one in before if not one.startswith(("shared_buffers", "max_wal_size"))) + SETTINGS
    try:
        with on_postgres.server() as one:
            yield lambda: one.url(one.new_database())
    except FileNotFoundError as problem:
        raise BenchError(f"desk-million: {problem}") from None
    finally:
        on_postgres.SETTINGS = before


@contextmanager
def warm_desk(record: str, groups: Path) -> Iterator[Served]:
    """A desk in a process of its own, once it has read what it keeps in memory. Raises BenchError where it takes too long."""
    began = time.monotonic()
    with desk_on(record, groups) as (address, process), httpx.Client(base_url=address, timeout=120) as client:
        while not re.search(r"(?m)^dateline_desk_in_memory 1", client.get("/metrics").raise_for_status().text):
            if time.monotonic() - began > LONGEST_WARM_S:
                raise BenchError("desk-million: the desk has not read what it keeps in memory")
            time.sleep(2.0)
        yield Served(address, time.monotonic() - began, process)


BENCHES = {"desk-million": Bench("desk-million", Path("made"), "incidents", run)}
