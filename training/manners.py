"""How well the model tells attempts, threats, what is past and what a court deals with, beside the rules, sentence by sentence.

    python -m training.manners --encoder FOLDER [--package FOLDER]

On the held-out reports of MUC-4 (attempts and threats), and on each fifth of our own. Asked of are the sentences whose incidents
all are told so, or none, and in which the rules see an act.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from bench.reading import read_as_written
from bench.scores import Tally
from dateline.extract.acts import Act
from dateline.extract.plain import plain_sentences
from dateline.extract.reader.session import FOLDER, Session
from training.examples import MANNERS
from training.labels import MANNER, Labelled
from training.reader import sets, tokenizer_of

BY_RULE: Mapping[str, frozenset[str]] = {
    "attempted": frozenset({"attempted", "foiled"}), "threatened": frozenset({"threatened", "planned", "hypothetical"}),
    "background": frozenset({"background", "anniversary"}), "legal": frozenset({"legal"})}
GRID = tuple(k / 20 for k in range(1, 20))


@dataclass(frozen=True, slots=True)
class Asked:
    """One sentence and manner. rule: what the rules say; model: a probability."""

    manner: str
    gold: bool
    rule: bool
    model: float


def asked_of(data: Sequence[Labelled], model: Session) -> Iterator[Asked]:
    documents = read_as_written(((one.example.id, one.example.text, None) for one in data), "acts")
    for one, document in zip(data, documents, strict=True):
        bounds = plain_sentences(one.example.text)
        begins = [start for start, _ in bounds]
        acts: dict[int, list[Act]] = {}
        for act in document.acts:
            acts.setdefault(int(np.searchsorted(begins, document.spacy[act.token].idx, side="right")) - 1, []).append(act)
        numbers = [number for row in one.rows for number in row.given]
        told = np.concatenate([model.read(row).told for row in one.rows])
        for at, number in enumerate(numbers):
            for column, manner in enumerate(MANNERS, MANNER):
                if one.told_weight[at, column] and number in acts:
                    rule = any({act.status, act.told_as} & BY_RULE[manner] for act in acts[number])
                    yield Asked(manner, bool(one.told_in[at, column]), rule, float(told[at, column]))


def tally(told: Sequence[bool], gold: Sequence[bool]) -> Tally:
    right = sum(a and b for a, b in zip(told, gold, strict=True))
    return Tally(right, sum(told), sum(gold))


def _f1_at(asked: Sequence[Asked], least: float) -> float:
    return tally([one.model >= least for one in asked], [one.gold for one in asked]).f1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True, help="folder with tokenizer.json")
    parser.add_argument("--package", type=Path, default=FOLDER)
    given = parser.parse_args()
    data, session = sets(tokenizer_of(given.encoder)), Session(given.package)
    if not session.manners:
        parser.error(f"the model in {given.package} was not taught how incidents are told; train one and name it with --package")
    for name, part in (("held out", data.held_out), ("our own", data.modern)):
        asked = list(asked_of(part, session))
        for manner in MANNERS:
            some = [one for one in asked if one.manner == manner]
            gold = [one.gold for one in some]
            if not any(gold):
                continue
            best = max(GRID, key=partial(_f1_at, some))
            rule, model = [one.rule for one in some], [one.model >= best for one in some]
            either = [a or b for a, b in zip(rule, model, strict=True)]
            print(f"{name}: {manner}: {sum(gold)} of {len(some)} sentences")
            for who, said in (("rules", rule), (f"model from {best}", model), ("either", either)):
                found = tally(said, gold)
                print(f"  {who}: F1 {found.f1} (precision {found.precision}, recall {found.recall})")


if __name__ == "__main__":
    main()
