"""From data to the packaged model, in one command: `python -m training.reader --encoder FOLDER --out FOLDER`.

Takes about an hour on two cores and goes on where it was cut off. docs/training.md says how to set it up.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from bench.scores import Tally
from dateline.extract.reader.session import Session
from training.batches import Plan
from training.choose import by_package, by_torch, chosen, told
from training.ecbplus import ecbplus_examples
from training.examples import SEED
from training.fit import learn, weights
from training.gvc import gvc_examples
from training.labels import Labelled, labelled
from training.muc4 import held_out_of, muc4_examples
from training.net import Reader, encoder_from
from training.own import own_examples
from training.pack import DATA, pack_reader, write_thresholds
from training.wikievents import wikievents_examples


@dataclass(frozen=True, slots=True)
class Sets:
    """learned: trained on; held_out: to choose by; modern: each fifth of our own reports, measured and not chosen by."""

    learned: list[Labelled]
    held_out: list[Labelled]
    modern: list[Labelled]


def sets(tokenizer: Tokenizer, with_own: bool = False) -> Sets:
    """with_own: learn from four fifths of our own reports too."""
    muc4, held_out = held_out_of(muc4_examples())
    own, modern = own_examples()
    learned = [*muc4, *wikievents_examples(), *gvc_examples(), *ecbplus_examples(), *(own if with_own else ())]
    return Sets(*([one for example in examples if (one := labelled(example, tokenizer)).rows]
                  for examples in (learned, held_out, modern)))


def train(encoder: Path, out: Path, plan: Plan, data: Sets) -> None:
    """Leave the weights after each epoch in `out`."""
    torch.manual_seed(SEED)
    pieces = sum(len(row.ids) for one in data.learned for row in one.rows)
    print(f"{len(data.learned)} reports to learn from, {pieces} word pieces", flush=True)

    def after(reader: Reader, epoch: int) -> None:
        print(f"  held out after {epoch}: {told(chosen(by_torch(reader), data.held_out)[1])}", flush=True)

    learn(Reader(encoder_from(encoder)), data.learned, plan, out, after)


def best_of(reader: Reader, out: Path, epochs: int, data: Sequence[Labelled]) -> tuple[int, ...]:
    """Load into `reader` the weights after the epoch, or the mean of those after two in a row, that does best on `data`."""
    candidates = [(epoch,) for epoch in range(1, epochs + 1)] + [(epoch, epoch + 1) for epoch in range(1, epochs)]
    scores: dict[tuple[int, ...], float] = {}
    for candidate in candidates:
        reader.load_state_dict(weights(out, *candidate))
        scores[candidate] = sum(chosen(by_torch(reader), data)[1].values(), Tally()).f1
    best = max(candidates, key=lambda one: scores[one])
    reader.load_state_dict(weights(out, *best))
    return best


def tokenizer_of(encoder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--encoder", type=Path, required=True, help="folder with config.json, model.safetensors, tokenizer.json")
    asked.add_argument("--out", type=Path, required=True, help="folder for checkpoints; training goes on from the last")
    asked.add_argument("--epochs", type=int, default=Plan().epochs)
    asked.add_argument("--package", type=Path, default=DATA)
    asked.add_argument("--own", action="store_true", help="learn from our own reports too; the card says what came of it")
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    data = sets(tokenizer_of(given.encoder), given.own)
    train(given.encoder, given.out, Plan(epochs=given.epochs), data)
    reader = Reader(encoder_from(given.encoder, attention="eager"))
    best = best_of(reader, given.out, given.epochs, data.held_out)
    pack_reader(reader, given.encoder, given.package)
    score = by_package(Session(given.package))
    least, tallies = chosen(score, data.held_out)
    modern = told(chosen(score, data.modern)[1])
    write_thresholds(given.package, least, {"epochs": str(best), "held out": told(tallies), "our own": modern})


if __name__ == "__main__":
    main()
