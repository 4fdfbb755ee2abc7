"""How fast the desk answers on a large record: python -m bench.desk_pages [RECORD] [--incidents 100000] [--readers 50]

Without RECORD one is made (bench/desk_record.py); an empty database at postgresql://... becomes one. The desk runs as `dateline
serve` runs it, in a process of its own; one client asks for each page again and again, each time another one of its kind, so
that nothing is remembered from the time before. Times are the server's own, from the first byte asked to the last answered on
loopback. Then READERS ask at once while `dateline run` writes to the record: every answer must be 200.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from bench.desk_copies import BASE, make_many
from bench.desk_record import make_record
from dateline.store import open_record
from dateline.store.filters import ALL

ROOT = Path(__file__).parents[1]
PROGRAM = [sys.executable, "-c", "from dateline.cli import main; main()"]
TIMES = 40
MEDIAN_MS, P95_MS = 150, 400      # issue 5: overview, incident, group and search pages
MAP_MS, MAP_BYTES = 1_000, 2_000_000


def pages_of(record: str | Path, seed: int = 1) -> dict[str, Iterator[str]]:
    """For each kind of page the addresses that are asked for, one after another, without end."""
    draw = random.Random(seed)
    with open_record(record, create=False) as store:
        facets = store.lists.facets(ALL)
        countries = [str(one.value) for one in facets["country"] if one.value]
        groups = [str(one.value) for one in facets["group"] if one.value]
        ids = [one.id for one in store.lists.page(ALL, "newest", None, 1000).rows]
        biggest = [one.id for one in store.lists.page(ALL, "killed", None, 20).rows]
        after = store.lists.page(ALL, "newest", None, 1000).after
    words = ("killed", "shelling", "market", "police", "bridge", "school", "marigold", "convoy")

    def one_of(values: Sequence[str]) -> Iterator[str]:
        return (draw.choice(values) for _ in itertools.count())

    def days() -> Iterator[tuple[int, int]]:
        return ((draw.randrange(2014, 2024), draw.randrange(1, 13)) for _ in itertools.count())

    return {
        "overview": itertools.repeat("/"),
        "overview, filtered": (f"/?country={country}&since={year}-{month:02}-01"
                               for country, (year, month) in zip(one_of(countries), days(), strict=False)),
        "overview, words": (f"/?text={w}&since={y}-01-01" for w, (y, _) in zip(one_of(words), days(), strict=False)),
        "overview, second page": itertools.repeat(f"/?after={after}"),
        "review": itertools.repeat("/review"),
        "incident": (f"/incidents/{one}" for one in one_of(ids)),
        "incident, most told": (f"/incidents/{one}" for one in one_of(biggest)),
        "group": (f"/groups/{one}" for one in one_of(groups)),
        "groups": itertools.repeat("/groups"),
        "country": (f"/countries/{one}" for one in one_of(countries)),
        "search": (f"/search?text={one}" for one in one_of(words)),
        "API incidents": (f"/api/v1/incidents?country={one}" for one in one_of(countries)),
        "map data, all": itertools.repeat("/data/points?nature=all"),
        "map data, filtered": (f"/data/points?country={one}" for one in one_of(countries)),
        "timeline data": (f"/data/days?country={one}" for one in one_of(countries)),
    }


def is_empty(record: str) -> bool:
    """Whether there is nothing at the path, or in the database."""
    if "://" not in record:
        return not Path(record).exists()
    with open_record(record) as store:
        return store.lists.count(ALL).total == 0


def _make(record: str, incidents: int) -> None:
    """Many on a server are copies of fewer: see desk_copies.py."""
    if "://" in record and incidents > BASE and incidents % BASE == 0:
        make_many(record, incidents, 4 * incidents)
    else:
        make_record(record, incidents=incidents, figures=4 * incidents)


def measured(client: httpx.Client, addresses: Iterator[str], times: int) -> tuple[list[float], int]:
    """Milliseconds of each answer, and the largest in bytes. Raises HTTPStatusError for any that is not 200."""
    took, size = [], 0
    for address in itertools.islice(addresses, times):
        began = time.perf_counter()
        answer = client.get(address)
        took.append((time.perf_counter() - began) * 1000)
        answer.raise_for_status()
        size = max(size, len(answer.content))
    return took, size


def register_of(record: str | Path, path: Path) -> Path:
    """A register that knows the made armed groups: the desk has pages of known groups alone."""
    with open_record(record, create=False) as store:
        ids = [str(one.value) for one in store.lists.facets(ALL)["group"] if one.value]
    path.write_text("".join(f'[[group]]\nid = "{one}"\nname = "{one}"\ntypes = [{{ type = 3 }}]\n' for one in ids), "utf-8")
    return path


@contextmanager
def desk_on(record: str | Path, groups: Path) -> Iterator[tuple[str, int]]:
    """A desk in a process of its own; its address and the id of the process."""
    process = subprocess.Popen([*PROGRAM, "serve", "--port", "0", "--record", str(record)], stderr=subprocess.PIPE, text=True,
                               env=os.environ | {"DATELINE_OFFLINE": "1", "DATELINE_GROUPS_FILE": str(groups)})
    assert process.stderr is not None
    try:
        yield next(found.group().rstrip("/") for line in process.stderr if (found := re.search(r"http://\S+", line))), process.pid
    finally:
        process.terminate()
        process.wait(20)


def readers_at_once(address: str, record: str | Path, readers: int, each: int = 20) -> Counter[int]:
    """What `readers` are answered while a run writes: status -> how often."""
    kinds = [kind for kind in pages_of(record) if kind != "map data, all"]
    answered: Counter[int] = Counter()
    lock = threading.Lock()

    def read(seed: int) -> None:
        pages, draw = pages_of(record, seed), random.Random(seed)
        with httpx.Client(base_url=address, timeout=120) as client:
            for _ in range(each):
                status = client.get(next(pages[draw.choice(kinds)])).status_code
                with lock:
                    answered[status] += 1

    run = subprocess.Popen([*PROGRAM, "run", str(ROOT / "demo/reports"), "--record", str(record), "--offline"],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if run.wait(300):
        answered[-1] += 1         # the run itself failed
    return answered


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.desk_pages", description="Times the pages of the desk.")
    parser.add_argument("record", nargs="?", help="a path, or postgresql://...; made where nothing is in it")
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--p95", type=float, default=P95_MS, help="milliseconds within which 95 of 100 answers of a page come")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        record = args.record or str(Path(folder) / "made.db")
        if is_empty(record):
            _make(record, args.incidents)
        missed = 0
        groups = register_of(record, Path(folder) / "groups.toml")
        with desk_on(record, groups) as (address, _), httpx.Client(base_url=address, timeout=120) as client:
            print(f"{'page':24} {'median':>8} {'p95':>8} {'first':>8} {'kB':>8}")
            for name, addresses in pages_of(record).items():
                took, size = measured(client, addresses, args.times)
                rest = sorted(took[1:]) or took
                median, p95 = statistics.median(rest), rest[min(len(rest) * 95 // 100, len(rest) - 1)]
                on_map = name.startswith("map")
                late = (p95 > MAP_MS or size > MAP_BYTES) if on_map else (median > MEDIAN_MS or p95 > args.p95)
                missed += late
                print(f"{name:24} {median:8.1f} {p95:8.1f} {took[0]:8.1f} {size / 1000:8.1f}{'  missed' if late else ''}")
            if args.readers:
                answered = readers_at_once(address, record, args.readers)
                told = ", ".join(f"{count} answered {status}" for status, count in sorted(answered.items()))
                print(f"{args.readers} readers at once while a run writes: {told}")
                missed += set(answered) != {200}
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
