"""Makes what an account is judged by, whether an incident is told there: src/dateline/data/reader/incident.json.

    python -m training.incident      # five to fifteen minutes on one core

1. All reports of MUC-4's train part are read as the product reads them.
2. Of each account that MUC-4 could make a template of, the key says whether it did: it is paired with one of its templates.
3. A logistic regression over the signs of `extract/reader/incident.py` learns it from the reports but the held-out ones.

Told are, on each fifth of the reports held out in turn and on the held-out reports, the area under the curve and what templates
score when those accounts alone are kept that reach a probability; `bench/muc4_roles.py` holds the one that was chosen.
The reader has learned from the same reports, and not from the held-out ones: where both agree, that does not matter.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.muc4_roles import counts, of_likely_parties
from bench.muc4_templates import Template, gold_templates, match, template_of
from bench.reading import articles
from bench.scores import Tally
from dateline.checkup import checksum
from dateline.extract.document import Document
from dateline.extract.pipeline import documents
from dateline.extract.reader.incident import signs_of
from dateline.extract.reader.session import FOLDER
from dateline.extract.reader.step import Reading
from training.examples import SEED, SETS, lines_of
from training.logistic import weights_of
from training.muc4 import held_out_of

OUT = FOLDER / "incident.json"
PENALTY = 3.0                     # on the square of each weight; 1 and 10 do as well
SEEN = 8                          # accounts that must have a sign
PARTS = 5
LEASTS = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)


@dataclass(frozen=True, slots=True)
class Judged:
    """An account: its signs, its template's slots, and how many of these are right in the pair that the key makes; 0: no pair."""

    signs: Mapping[str, float]
    slots: int
    right: int


@dataclass(frozen=True, slots=True)
class Read:
    """A report's accounts that count. gold: the slots of its key."""

    accounts: tuple[Judged, ...]
    gold: int


def read_reports(rows: Sequence[Mapping[str, Any]]) -> Iterator[Read]:
    """Each report as the product reads it, beside its key."""
    told: dict[str, tuple[Judged, ...]] = {}
    gold = {row["docid"]: gold_templates(row["templates"]) for row in rows}
    reports = articles((row["docid"], row["doctext"]) for row in rows)
    for at, (report, document) in enumerate(documents(filter(None, reports))):
        if at % 100 == 0:
            print(f"{at} of {len(rows)} reports read", flush=True)
        if isinstance(document, Document) and document.reading is not None:
            told[report.source] = tuple(_judged(document, document.reading, gold[report.source]))
    for name, templates in gold.items():
        yield Read(told.get(name, ()), sum(one.size for one in templates))


def _judged(document: Document, reading: Reading, gold: Sequence[Template]) -> Iterator[Judged]:
    accounts = [one for each in document.accounts if counts(one := of_likely_parties(each))]
    templates = [template_of(one) for one in accounts]
    right = {i: match([templates[i]], [gold[j]]).tally.right for i, j in match(templates, gold).pairs}
    for at, (one, template) in enumerate(zip(accounts, templates, strict=True)):
        yield Judged(signs_of(one, document, reading), template.size, right.get(at, 0))


# --- learning ---------------------------------------------------------------------------------------------------------

def learn(reports: Sequence[Read]) -> Mapping[str, float]:
    """The weight of each sign, and of "start"."""
    judged = [one for report in reports for one in report.accounts]
    seen = Counter(name for one in judged for name in one.signs)
    names = ["start", *sorted(name for name, count in seen.items() if count >= SEEN)]
    table = np.array([[{"start": 1.0, **one.signs}.get(name, 0.0) for name in names] for one in judged])
    label = np.array([float(one.right > 0) for one in judged])
    found = weights_of(table, label, np.array([0.0, *[PENALTY] * (len(names) - 1)]))
    return dict(zip(names, (round(float(weight), 3) for weight in found), strict=True))


def likely(one: Judged, weights: Mapping[str, float]) -> float:
    """As the product has it."""
    return float(1 / (1 + np.exp(-sum(weights.get(name, 0.0) * value for name, value in {"start": 1.0, **one.signs}.items()))))


# --- what it gives ----------------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class Scored:
    """Reports with the likelihood of each of their accounts, by weights that were not learned from them."""

    reports: Sequence[Read]
    likely: Sequence[Sequence[float]]

    def tally(self, least: float) -> Tally:
        """The templates of the accounts that are so likely at least; pairs stay as they were."""
        kept = [one for report, scores in zip(self.reports, self.likely, strict=True)
                for one, score in zip(report.accounts, scores, strict=True) if score >= least]
        return Tally(sum(one.right for one in kept), sum(one.slots for one in kept), sum(report.gold for report in self.reports))

    def area(self) -> float:
        """The share of pairs of an account with a template and one without in which the first is the likelier."""
        pairs = [(score, one.right > 0) for report, scores in zip(self.reports, self.likely, strict=True)
                 for one, score in zip(report.accounts, scores, strict=True)]
        told = np.array([score for score, is_told in pairs if is_told])
        idle = np.array([score for score, is_told in pairs if not is_told])
        return float(np.mean((told[:, None] > idle) + 0.5 * (told[:, None] == idle)))


def scored(reports: Sequence[Read], weights: Mapping[str, float]) -> Scored:
    return Scored(reports, [[likely(one, weights) for one in report.accounts] for report in reports])


def in_turn(reports: Sequence[Read]) -> Scored:
    """Each fifth of the reports judged by what the others taught."""
    order = list(range(len(reports)))
    random.Random(SEED).shuffle(order)
    found: dict[int, list[float]] = {}
    for part in range(PARTS):
        weights = learn([reports[at] for place, at in enumerate(order) if place % PARTS != part])
        found |= {at: [likely(one, weights) for one in reports[at].accounts]
                  for place, at in enumerate(order) if place % PARTS == part}
    return Scored(reports, [found[at] for at in range(len(reports))])


def pack(weights: Mapping[str, float], out: Path = OUT) -> None:
    signs = {name: weight for name, weight in weights.items() if name != "start"}
    packed = {"start": weights["start"], "signs": signs, "reader": checksum(FOLDER / "reader.onnx")[:16]}
    out.write_text(json.dumps(packed, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    learned, held_out = map(list, map(read_reports, held_out_of(list(lines_of(SETS / "muc4/roles-train.jsonl.gz")))))
    weights = learn(learned)
    for name, part in (("each fifth in turn", in_turn(learned)), ("held out", scored(held_out, weights))):
        print(f"{name}: {sum(len(one.accounts) for one in part.reports)} accounts of {len(part.reports)} reports, "
              f"area {part.area():.3f}")
        for least in LEASTS:
            found = part.tally(least)
            print(f"  from {least:.2f}: F1 {found.f1} (precision {found.precision}, recall {found.recall})")
    pack(weights)
    print(f"{OUT.name}: {weights}")


if __name__ == "__main__":
    main()
