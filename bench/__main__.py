"""python -m bench NAME [--data FILE] [--json] [--errors] [--write] | python -m bench --all [--write]"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.core import MODULES, Bench, BenchError, Request, Result, bench_named
from bench.results import RESULTS, results_page, with_section
from tools import package_about

Lookup = Callable[[str], Bench]


def main(argv: Sequence[str] | None = None, lookup: Lookup = bench_named) -> int:
    """The exit code: 0, or 2 when a bench could not run."""
    args = _parser().parse_args(argv)
    if args.all == bool(args.name):
        print("bench: give one NAME, or --all", file=sys.stderr)
        return 2
    if args.all:
        return _run_all(lookup, write=args.write)
    try:
        bench = lookup(args.name)
        request = Request(args.data or bench.data, args.limit, args.texts, args.keep)
        result = bench.run(request)
    except BenchError as problem:
        print(f"bench {args.name}: {problem}", file=sys.stderr)
        return 2
    if args.write:
        page = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else results_page((), ())
        _keep(with_section(page, bench, request, result, list(MODULES)))
    if args.json:
        print(json.dumps(as_object(bench, request, result), ensure_ascii=False))
    else:
        print(as_text(bench, request, result))
    if args.errors:
        # with --json, standard output holds the object and nothing else
        print("\n".join(result.errors or ("nothing was wrong",)), file=sys.stderr if args.json else sys.stdout)
    return 0


def as_object(bench: Bench, request: Request, result: Result) -> dict[str, object]:
    """The object of the contract."""
    return {
        "bench": bench.name, "data": request.data.as_posix(), "n": result.n,
        "figures": dict(result.figures), "published": {name: dict(of) for name, of in result.published.items()},
    }


def as_text(bench: Bench, request: Request, result: Result) -> str:
    """The figures for a person, one a line."""
    lines = [f"{bench.name}   {request.data}   {result.n} {bench.items}"]
    lines += [f"  {name:18} {_number(value):>9}" for name, value in result.figures.items()]
    for system, figures in result.published.items():
        given = ", ".join(f"{name} {_number(value)}" for name, value in figures.items())
        lines.append(f"  beside it: {system}: {given}")
    return "\n".join(lines)


def _run_all(lookup: Lookup, *, write: bool) -> int:
    done: list[tuple[Bench, Request, Result]] = []
    left_out: list[tuple[str, str]] = []
    for name in MODULES:
        try:
            bench = lookup(name)
            request = Request(bench.data)
            done.append((bench, request, bench.run(request)))
        except BenchError as problem:
            left_out.append((name, str(problem)))
            print(f"bench {name}: {problem}", file=sys.stderr)
        else:
            print(as_text(*done[-1]), flush=True)
    if write:
        _keep(results_page(done, left_out))
        print(f"written: {RESULTS}", file=sys.stderr)
    return 2 if left_out else 0


def _keep(page: str) -> None:
    RESULTS.write_text(page, encoding="utf-8")
    if RESULTS.resolve() == package_about.RESULTS:      # the desk shows some of the figures: its copy moves with them
        package_about.main()


def _number(value: float | int | None) -> str:
    return "-" if value is None else str(value)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure dateline on a data set.",
                                     epilog="example: python -m bench gvc-tolls --errors | less")
    parser.add_argument("name", nargs="?", metavar="NAME", help=", ".join(MODULES))
    parser.add_argument("--all", action="store_true", help="run every bench on its own data")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS}: all of it with --all, else the part of NAME")
    parser.add_argument("--data", type=Path, metavar="FILE", help="another file of the same form")
    parser.add_argument("--texts", type=Path, metavar="FILE", help="datelines: the file that holds the labels' texts")
    parser.add_argument("--limit", type=int, metavar="N", help="the first N items only, for a quick look")
    parser.add_argument("--keep", type=Path, metavar="DIR",
                        help="archive: keep what is done there, and go on from it when the bench is run again")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--errors", action="store_true", help="print what was wrong, by kind")
    return parser


if __name__ == "__main__":
    sys.exit(main())
