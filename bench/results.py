"""bench/RESULTS.md: the figures of one `python -m bench --all --write`, beside the published ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from bench.core import Bench, Request, Result

RESULTS = Path("bench/RESULTS.md")

_HEAD = """# What dateline scores

Written by `make bench` (`python -m bench --all --write`) or, one bench alone, by `python -m bench NAME --write`: change
no line by hand. Shares are percentages. What each figure measures: [bench/README.md](README.md). Where a figure stands
under "beside it", it was published by others or is a reference line; where that was on another split, its name says so.
"""


def results_page(done: Sequence[tuple[Bench, Request, Result]], left_out: Sequence[tuple[str, str]]) -> str:
    """The page as Markdown. left_out: name of a bench that could not run, and why."""
    parts = [_HEAD, *(_section(*run) for run in done)]
    if left_out:
        parts.append("## Not run\n\n" + "\n".join(f"- `{name}`: {why}" for name, why in left_out) + "\n")
    return "\n".join(parts)


def with_section(page: str, bench: Bench, request: Request, result: Result, order: Sequence[str]) -> str:
    """`page` with the figures of one bench in the place of its old ones, or added. order: of all benches, by name."""
    head, *sections = re.split(r"(?m)^(?=## )", page)
    held = {section[3:section.index("\n")]: section.rstrip() + "\n" for section in sections}
    held[bench.name] = _section(bench, request, result)
    places = {name: place for place, name in enumerate(order)}
    names = sorted(held, key=lambda name: places.get(name, len(places)))
    return "\n".join([head.rstrip() + "\n", *(held[name] for name in names)])


def _section(bench: Bench, request: Request, result: Result) -> str:
    systems = list(result.published)
    columns = ["figure", "dateline", *systems]
    rows = [columns, ["---", *["---:"] * (len(columns) - 1)]]
    for name, value in result.figures.items():
        beside = [result.published[system].get(name) for system in systems]
        rows.append([f"`{name}`", *("" if of is None else str(of) for of in (value, *beside))])
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    return f"## {bench.name}\n\n{request.data.as_posix()}, {result.n} {bench.items}\n\n{table}\n"
