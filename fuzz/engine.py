"""The process in which atheris fuzzes one reader: python -m fuzz.engine NAME ... (started by fuzz.running).

Errors do not end it: each is kept once, by where it came from, and the fuzzing goes on. A crash of C code, memory without end and
a loop without end do; libFuzzer then leaves the input.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import logging
import random
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fuzz.swelling import changed

if TYPE_CHECKING:
    from fuzz.targets import Target

HANGS = 20                        # times its limit: an input that takes so long ends the process
OURS = 0.5                        # share of the changes that are swelling.py's; the rest are libFuzzer's


def main(argv: Sequence[str]) -> None:
    args = _parser().parse_args(argv)
    import atheris

    packages = args.followed.split(",")
    with atheris.instrument_imports(include=packages, enable_loader_override=False):
        from fuzz.trying import try_one, where_of

        target = _target(args.name)
        for seed in target.seeds() or [None]:             # loads what the reader imports when it first needs it
            try:
                target.read(seed.read_bytes() if seed is not None else b"")
            except Exception:     # told below, where the same seed is an input
                continue
    logging.disable(logging.CRITICAL)
    found: dict[str, str] = {}

    def one_input(raw: bytes) -> None:
        try:
            try_one(target, raw)
        except Exception as error:
            where = where_of(error)
            if where not in found:
                found[where] = _kept(Path(args.found), raw, where, error)

    tokens = target.tokens()

    def mutated(raw: bytes, most: int, seed: int) -> bytes:
        dice = random.Random(seed)
        return changed(raw, most, tokens, dice) if dice.random() < OURS else atheris.Mutate(raw, most)

    hangs_s = int(HANGS * target.limit_s(target.most)) + 5
    options = [f"-max_len={target.most}", f"-timeout={hangs_s}", f"-rss_limit_mb={target.memory_mb}",
               f"-artifact_prefix={args.found}/", f"-seed={args.seed}", "-print_final_stats=1", "-reload=0", "-verbosity=1",
               f"-max_total_time={args.seconds}" if args.seconds else f"-runs={args.runs}"]
    atheris.Setup(["fuzz", *options, *args.folders], one_input, custom_mutator=mutated)
    atheris.Fuzz()


def _target(name: str) -> Target:
    """One of ours, or "module:NAME" for another."""
    from fuzz.targets import TARGETS

    module, _, attribute = name.partition(":")
    return getattr(importlib.import_module(module), attribute) if attribute else TARGETS[name]


def _kept(folder: Path, raw: bytes, where: str, error: Exception) -> str:
    """Write an input down that broke the reader, beside what it said; the file's name."""
    name = f"{type(error).__name__.lower()}-{hashlib.sha256(raw).hexdigest()[:12]}"
    (folder / name).write_bytes(raw)
    told = {"where": where, "said": str(error)[:500], "trace": "".join(traceback.format_exception(error))[-4000:]}
    (folder / f"{name}.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
    return name


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m fuzz.engine")
    parser.add_argument("name")
    parser.add_argument("--followed", required=True, help="packages whose code is to be reached, with commas")
    parser.add_argument("--found", required=True, help="folder for inputs that break the reader")
    parser.add_argument("--seconds", type=int, default=0)
    parser.add_argument("--runs", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("folders", nargs="+", help="what inputs are kept in that reach further, then folders of seeds")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
