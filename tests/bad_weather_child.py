"""Run by tests/test_bad_weather.py on a disk of its own that is too small; prints what happened, a JSON object."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

from dateline.errors import StoreError
from dateline.job import run
from dateline.settings import Settings
from dateline.store import open_record
from dateline.store.backup import back_up, check_backup
from store.made import a_report, extract_all

COUNT = 24


def reports():
    """Of some 70 kB each, no two of which are alike."""
    texts = (" ".join(random.Random(f"{number} {at}").randbytes(600).hex() for at in range(60)) for number in range(COUNT))
    return [a_report(f"2024-03-{number + 1:02} | attack | Arden | {number}\n{text}", source=f"r{number}")
            for number, text in enumerate(texts)]


def do_run(path):
    with open_record(path) as store:
        run(["made"], store, Settings(), on_problem=print, read=lambda source, **_: iter(reports()), extract_all=extract_all)


def sources(path):
    with open_record(path) as store:
        return sorted(one.source for one in store.reports())


def refused(do):
    try:
        do()
    except StoreError as error:
        return str(error).partition(": ")[2]
    return None


def main(disk: Path) -> None:
    record = disk / "d.db"
    told = {"run": refused(lambda: do_run(record))}
    check_backup(record)              # as much as there was room for is whole
    told["kept"] = len(sources(record))
    with open_record(record) as store:
        told["copy"] = refused(lambda: back_up(store, disk / "copy.db"))
    told["left"] = sorted(path.name for path in disk.iterdir() if "copy" in path.name)
    subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
    do_run(record)
    told["afterwards"] = sources(record) == sorted(one.source for one in reports())
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
