"""python -m fuzz NAME | --all | --list  [--minutes M] [--seed N]"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from fuzz.running import Fuzzed, NoEngine, fuzz
from fuzz.targets import TARGETS


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code: 0, 1 where a reader broke, or 2 where none could be fuzzed."""
    args = _parser().parse_args(argv)
    if args.list:
        print("\n".join(TARGETS))
        return 0
    if args.all == bool(args.names) or set(args.names) - set(TARGETS):
        print(f"fuzz: give names, or --all; the names are {', '.join(TARGETS)}", file=sys.stderr)
        return 2
    broken = False
    for name in args.names or TARGETS:
        try:
            done = fuzz(TARGETS[name], seconds=max(1, round(60 * args.minutes)), seed=args.seed)
        except NoEngine as problem:
            print(f"fuzz: {problem}", file=sys.stderr)
            return 2
        print(as_text(name, done), flush=True)
        broken = broken or bool(done.findings) or not done.ran
    return int(broken)


def as_text(name: str, done: Fuzzed) -> str:
    """One line of what was done, and one for each finding."""
    verdict = "NOT RUN TO ITS END" if not done.ran else f"{len(done.findings)} findings" if done.findings else "sound"
    line = f"{name:10} {done.seconds:5.0f} s {done.inputs:>11,} inputs {done.reached:>7,} places  {verdict}"
    return "\n".join([line, *(f"  {one.file}: {one.what}" for one in done.findings)])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--minutes", type=float, default=10.0, help="for each reader")
    parser.add_argument("--seed", type=int, default=1)
    return parser


if __name__ == "__main__":
    sys.exit(main())
