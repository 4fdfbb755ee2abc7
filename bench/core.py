"""What every bench is: a name, a data file, a run that gives figures, and how to load the data."""

from __future__ import annotations

import gzip
import importlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SHARED = Path("../shared")        # the bench runs from the project's root
Figures = Mapping[str, float | int | None]

# One line a bench, in the order of the results table: its name and the module whose BENCHES holds it.
MODULES: Mapping[str, str] = {
    "seed": "bench.seed",
    "demo-facts": "bench.demo_facts",
    "datelines": "bench.datelines",
    "recase": "bench.recase",
    "muc4-roles": "bench.muc4_roles",
    "muc4-templates": "bench.muc4_templates",
    "muc4-slots": "bench.muc4_slots",
    "muc4-when-where": "bench.muc4_when_where",
    "gvc-tolls": "bench.tolls",
    "gva-tolls": "bench.tolls",
    "gvc-grouping": "bench.grouping",
    "gva-grouping": "bench.grouping",
    "wikievents": "bench.wikievents",
    "ecbplus": "bench.ecbplus",
    "syria-grouping": "bench.syria",
    "syria-figures": "bench.syria",
    "geo": "bench.geo",
    "geo-raw": "bench.geo_raw",
    "conflict-places": "bench.conflict_places",
    "group-names": "bench.group_names",
    "timex": "bench.timex",
    "wikiwars": "bench.timex",
    "group-statements": "bench.group_statements",
    "scale": "bench.scale",
    "gate": "bench.gate",
    "polnear": "bench.polnear",
    "re3d": "bench.re3d",
    "speed": "bench.speed",
    "archive": "bench.archive",
    "soak": "bench.soak",
    "sizing": "bench.sizing",
    "desk-million": "bench.desk_million",
}


class BenchError(Exception):
    """A bench that cannot run: missing data, or data of another form. Its message is one line."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a run is asked for. limit: the first so many items; texts: another file of texts, for labels keyed by id.

    keep: a folder for what a bench of hours has done so far.
    """

    data: Path
    limit: int | None = None
    texts: Path | None = None
    keep: Path | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found. published: figures by system or reference line; errors: what was wrong, a line each."""

    n: int
    figures: Figures
    published: Mapping[str, Figures] = field(default_factory=dict)
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bench:
    """One data set and its measure. items: what n counts."""

    name: str
    data: Path
    items: str
    run: Callable[[Request], Result]


def bench_named(name: str) -> Bench:
    """The bench called `name`; its module is loaded only now, so that one broken bench does not stop the others.

    Raises BenchError for a name that is none.
    """
    if name not in MODULES:
        raise BenchError(f"{name}: no such bench; there are {', '.join(MODULES)}")
    benches: Mapping[str, Bench] = importlib.import_module(MODULES[name]).BENCHES
    return benches[name]


def load_lines(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of a .jsonl or .jsonl.gz file, in its order.

    Raises BenchError when the file is missing or a line is no JSON object.
    """
    need(path)
    opener = gzip.open if path.suffix == ".gz" else open
    rows = []
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    rows.append(_object(line, path, number))
    except (OSError, EOFError, UnicodeDecodeError) as problem:
        raise BenchError(f"{path}: cannot be read ({problem})") from problem
    return rows


def need(path: Path) -> Path:
    """`path`, if it is there. Raises BenchError otherwise."""
    if not path.exists():
        raise BenchError(f"{path}: no such file or folder; run from the project's root, or give another with --data")
    return path


def percent(part: float, whole: float) -> float:
    """A share as 0-100 with two decimals; 0 of 0 is 0."""
    return round(100 * part / whole, 2) if whole else 0.0


def shorten(text: str, width: int) -> str:
    """`text` on one line of at most `width` characters."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"


def _object(line: str, path: Path, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as problem:
        raise BenchError(f"{path}: line {number} is no JSON ({problem})") from problem
    if not isinstance(row, dict):
        raise BenchError(f"{path}: line {number} is JSON, but no object")
    return row
