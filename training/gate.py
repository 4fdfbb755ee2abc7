"""Makes what the gate judges a sentence by: src/dateline/data/gate.tsv.gz, the weights of its words, and gate_judge.npz, the
judge of its second look.

    python -m training.gate      # five minutes on one core

1. All sentences of the train sets and of our own that hold a word of violence (gate_data.py) are read by the packaged encoder.
2. A judge over these vectors learns the labels (gate_judge.py), and judges the sentences that nobody read.
3. A logistic regression over the features of `extract/gate_words.py` learns its judgements, and the labels where there are any.

All this is done six times: without each fifth of the reports in turn, to choose on what is held out from what sums on a report
passes (so that a share of RECALL of the violent reports does), and with all.

Features hold no names: a word counts only if it was seen in small letters in mixed-case texts on two incidents, or in our own
sentences.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp  # type: ignore[import-untyped]
from scipy.optimize import minimize  # type: ignore[import-untyped]

from dateline.checkup import checksum
from dateline.extract.gate import LEAST_SHORT, SHORT, START
from dateline.extract.gate_judge import Judge
from dateline.extract.gate_words import cues, features, stem_of
from dateline.extract.reader.session import FOLDER
from training.gate_data import PARTS, Report, Told, own_sentences, reports, set_texts
from training.gate_judge import Array, learn_judge, packed_judge, vectors_of

OUT = Path("src/dateline/data/gate.tsv.gz")
OUT_JUDGE = OUT.with_name("gate_judge.npz")
WORK = Path("training/.gate")     # the vectors, so that they are made once; ignored by git
PENALTY = 5.0
TAUGHT = 0.6                      # weight of a sentence that only the judge labelled
UNKNOWN = 99.0                    # log-odds that no sentence has
SURE = 6.0                        # log-odds beyond which a judgement is not trusted further
SEEN = 3                          # sentences that must have a feature
SMALLEST = 0.03                   # log-odds; a weight nearer to 0 is left out
RECALL_OF_WORDS = 0.997           # of the held-out reports that tell violence in a word of it, by the words alone
RECALL = 0.993                    # of them, by both looks


@dataclass(frozen=True, slots=True)
class Learned:
    """A logistic regression: the place of each feature, its weights, and that of every sentence."""

    place: dict[str, int]
    weights: Any
    start: float

    def judge(self, told: Told) -> float:
        found = (self.place.get(one) for one in features(told.words, told.topic))
        return self.start + float(sum(self.weights[at] for at in found if at is not None))


@dataclass(frozen=True, slots=True)
class Both:
    """What is learned: the weights of the words, and the judge."""

    words: Learned
    judge: Judge


@dataclass(frozen=True, slots=True)
class Held:
    """A report with what was made of its sentences by those who had not learned from it: by the words, and by the judge too."""

    report: Report
    of_words: Array
    of_both: Array

    def best(self, least_of_words: float) -> float:
        """The highest sum of the sentences that the words let pass; far below any threshold where there is none."""
        return float(max(self.of_both[self.of_words >= least_of_words], default=-UNKNOWN))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From what sums on a sentence passes: of the words alone, and of both together."""

    of_words: float
    of_both: float


def held_out(of_reports: Sequence[tuple[Report, Array]], counts: Callable[[str], bool]) -> Iterator[Held]:
    """Every report, judged by what was learned from the other parts."""
    for part in range(PARTS):
        others = [one for one in of_reports if one[0].part != part]
        told = [one for report, _ in others for one in report.told]
        both = learn_both(told, np.concatenate([vectors for _, vectors in others]), counts)
        for report, vectors in of_reports:
            if report.part == part:
                of_words = np.array([both.words.judge(told) for told in report.told], np.float32)
                yield Held(report, of_words, of_words + both.judge.judge(vectors))


def thresholds(held: Sequence[Held]) -> Thresholds:
    """By which shares of RECALL_OF_WORDS and of RECALL of the violent reports pass; those without a word of violence never do."""
    violent = [one for one in held if one.report.violent and one.report.told]
    of_words = float(np.quantile([one.of_words.max() for one in violent], 1 - RECALL_OF_WORDS))
    return Thresholds(of_words, float(np.quantile([one.best(of_words) for one in violent], 1 - RECALL, method="lower")))


def short_ones(held: Sequence[Held], least: Thresholds, lower: float, violent: bool) -> str:
    """How many of our own sentences that stand alone and are short pass where both looks ask for so much less: "47 of 50"."""
    some = [one for one in held if one.report.own and one.report.violent is violent
            and len(one.report.told) == 1 and len(one.report.told[0].words) <= SHORT]
    return f"{sum(one.best(least.of_words + lower) >= least.of_both + 2 * lower for one in some)} of {len(some)}"


def learn(told: Sequence[Told], judged: Sequence[float], counts: Callable[[str], bool]) -> Learned:
    """Fit on what the judge made of each (log-odds), half and half with the label where there is one.

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


def learn_both(told: Sequence[Told], vectors: Array, counts: Callable[[str], bool]) -> Both:
    """vectors: of each sentence."""
    known = np.array([one.label is not None for one in told])
    labels = np.array([one.label for one in told if one.label is not None], np.float32)
    judge = learn_judge(vectors[known], labels, np.ones(len(labels), np.float32))
    return Both(learn(told, judge.judge(vectors).tolist(), counts), judge)


def kept_vectors(told: Sequence[Told], folder: Path) -> Array:
    """The vectors of all sentences, from the folder if they are those of the packaged model and of the same sentences."""
    made_of = np.array([*map(checksum, (FOLDER / "reader.onnx", FOLDER / "first.onnx")), *(" ".join(one.words) for one in told)])
    file = folder / "vectors.npz"
    if file.exists():
        with np.load(file) as held:
            if np.array_equal(held["made_of"], made_of):
                vectors: Array = held["vectors"].astype(np.float32)
                return vectors
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(file, made_of=made_of, vectors=vectors_of([one.words for one in told]).astype(np.float16))
    return kept_vectors(told, folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=WORK, help="folder of the vectors, which are kept between runs")
    given = parser.parse_args()
    every, counts = reports(), may_count()
    told = [one for report in every for one in report.told]
    vectors = kept_vectors(told, given.work)
    ends = np.cumsum([len(report.told) for report in every])
    held = list(held_out(list(zip(every, np.split(vectors, ends[:-1]), strict=True)), counts))
    least = thresholds(held)
    for violent in (True, False):
        passed = [one.best(least.of_words) >= least.of_both for one in held if one.report.violent is violent]
        print(f"held out, {'violent' if violent else 'quiet'}: {sum(passed)} of {len(passed)} pass")
    for short in (0.0, LEAST_SHORT):
        of_violent, of_quiet = (short_ones(held, least, short, violent) for violent in (True, False))
        print(f"held out, our own of one short sentence, at {short}: {of_violent} violent and {of_quiet} quiet pass")
    both = learn_both(told, vectors, counts)
    OUT.write_bytes(packed(both.words, least.of_words))
    OUT_JUDGE.write_bytes(packed_judge(both.judge, least.of_both - least.of_words))
    print(f"{OUT}, {OUT_JUDGE}: {(OUT.stat().st_size + OUT_JUDGE.stat().st_size) / 1000:.0f} KB")


if __name__ == "__main__":
    main()
