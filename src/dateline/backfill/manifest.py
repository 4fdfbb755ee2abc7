"""manifest.jsonl of an archive job: what was read, what was skipped and why; which files hold the tables.

The first line is of the job, each further one of a file of the archive, by name. It tells nothing of when something was tried, so
that two jobs over the same archive have the same manifest.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.backfill.leases import DONE, QUARANTINED, Entry, Ledger
from dateline.backfill.outcome import Part
from dateline.errors import BackfillError
from dateline.records import to_json

MANIFEST = "manifest.jsonl"


@dataclass(frozen=True, slots=True)
class Held:
    """What a manifest says of the tables in its folder."""

    read_by: str                  # version of extraction
    files: int
    files_done: int
    parts: tuple[Part, ...]


def write_manifest(folder: Path, ledger: Ledger) -> None:
    """Write it anew beside what is there, then put it in its place."""
    counts = ledger.counts()
    head = {"job": {"read_by": ledger.told(), "files": sum(files for files, _ in counts.values()),
                    "done": counts.get(DONE, (0, 0))[0], "quarantined": counts.get(QUARANTINED, (0, 0))[0]}}
    new = folder / f"{MANIFEST}.{os.getpid()}"
    with new.open("w", encoding="utf-8") as file:
        for line in (head, *map(_line, ledger.entries())):
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    os.replace(new, folder / MANIFEST)


def read_manifest(folder: Path) -> Held:
    """Raises BackfillError where there is none, or it is broken."""
    path = folder / MANIFEST
    try:
        with path.open(encoding="utf-8") as file:
            head = json.loads(file.readline())["job"]
            parts = [Part(**part) for line in file for part in json.loads(line).get("tables", ())]
    except FileNotFoundError:
        raise BackfillError(f"{folder}: no manifest there; `dateline backfill SOURCE --out {folder}` makes the tables") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackfillError(f"{path}: cannot be read ({error}); run the same backfill again, it writes it anew") from None
    return Held(head["read_by"].partition(" with ")[0], head["files"], head["done"], tuple(parts))


def _line(entry: Entry) -> dict[str, Any]:
    line: dict[str, Any] = {"file": entry.unit.name, "key": entry.unit.key, "bytes": entry.unit.size, "state": entry.state}
    if entry.state == QUARANTINED:
        line |= {"failures": entry.failures, "why": entry.reason}
    if entry.read is not None:
        read = to_json(entry.read)
        parts, troubles = read.pop("parts"), read.pop("first_troubles")
        line |= {"read": read, "troubles": troubles, "alike": _alike(troubles), "tables": parts}
    return line


def _alike(troubles: list[dict[str, str]]) -> dict[str, int]:
    """What is wrong -> how often, of the troubles that are told; numbers in it left out, so that the same counts as the same."""
    return dict(sorted(Counter(" ".join("N" if any(c.isdigit() for c in word) else word for word in one["what"].split())
                               for one in troubles).items()))


def iter_parts(held: Held, table: str) -> Iterator[Part]:
    """The parts of a table by month and file."""
    return (part for part in sorted(held.parts, key=lambda part: part.path) if part.path.startswith(f"{table}/"))
