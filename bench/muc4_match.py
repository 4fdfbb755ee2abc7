"""Which fill of an answer stands for which of the key, and which template for which: what muc4-slots counts. Pure.

- Fills of a slot are aligned one to one so that their score is best. A cross-reference must name a fill that scored, for the one
  that the key's names: else a fill of a set or a number scores nothing, and a description, whose words are scored, half at most.
- Templates are aligned one to one so that the report's score is best, where the incident type is right, or ATTACK stands for
  BOMBING or the other way round. A template or fill that the key calls optional costs nothing where it is missing; one that
  an answer stands for counts as any other. Slots that the key calls inapplicable are left out of a pair.
Source: the contract (../shared/bench/README.md); spec/scoring-guidelines.v7, 3.1.2, 3.2.1 and 3.2.19.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

from bench.core import percent
from bench.muc4_fills import HALF, fill_score
from bench.muc4_key import DESCRIPTION, NAME, NOTHING, REFERENTS, SLOTS, TYPE, Fill, Template

Pairs = tuple[tuple[int, int, float], ...]      # place in the answer, place in the key, score; only what scored
A_LITTLE = 1e-4                                 # of equal alignments the one that asks for fewer optional things


@dataclass(frozen=True, slots=True)
class Counted:
    """Fills of one slot, to be added up: what they scored, how many were possible and how many given."""

    score: float = 0.0
    possible: int = 0
    given: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.score + other.score, self.possible + other.possible, self.given + other.given)

    @property
    def precision(self) -> float:
        return percent(self.score, self.given)

    @property
    def recall(self) -> float:
        return percent(self.score, self.possible)

    @property
    def f(self) -> float:
        """2PR / (P + R), which is twice the score over all fills that were possible and all that were given."""
        return percent(2 * self.score, self.possible + self.given)


@dataclass(frozen=True, slots=True)
class Judged:
    """Two templates, or one that has no other: the pairs of each slot that scored, and the count of each."""

    answer: Template | None
    key: Template | None
    pairs: Mapping[str, Pairs]
    counts: Mapping[str, Counted]

    @property
    def total(self) -> Counted:
        return sum(self.counts.values(), Counted())


def match_report(answers: Sequence[Template], keys: Sequence[Template]) -> tuple[Judged, ...]:
    """The templates of one report, each once: the pairs first, then what is left of the answer, then of the key."""
    judged = {(i, j): judge(a, k) for i, a in enumerate(answers) for j, k in enumerate(keys) if may_pair(a, k)}
    chosen = []
    if judged:
        worth = np.zeros((len(answers), len(keys)))
        for (i, j), pair in judged.items():
            worth[i, j] = pair.total.score - (A_LITTLE * pair.total.possible if keys[j].optional else 0.0)
        rows, columns = linear_sum_assignment(worth, maximize=True)
        chosen = [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if (int(i), int(j)) in judged]
    taken, met = {i for i, _ in chosen}, {j for _, j in chosen}
    return (*(judged[at] for at in chosen),
            *(judge(answer, None) for i, answer in enumerate(answers) if i not in taken),
            *(judge(None, key) for j, key in enumerate(keys) if j not in met))


def may_pair(answer: Template, key: Template) -> bool:
    """Whether the incident types fit, if only by half."""
    return any(fill_score(TYPE, ours, wanted) for ours in answer.fills(TYPE) for wanted in key.fills(TYPE))


def judge(answer: Template | None, key: Template | None) -> Judged:
    """Count the fills of a pair, slot by slot; either may be missing."""
    pairs: dict[str, Pairs] = {}
    counts = {}
    for slot in SLOTS:
        ours, right = (of.fills(slot) if of else () for of in (answer, key))
        if key is not None and slot in key.inapplicable:
            ours = right = ()
        pairs[slot] = _align(_scores(slot, answer, key, ours, right, pairs)) if answer and key else ()
        met = {j for _, j, _ in pairs[slot]}
        free = answer is None and key is not None and key.optional
        possible = sum(j in met or not (fill.optional or free) for j, fill in enumerate(right))
        counts[slot] = Counted(sum(score for *_, score in pairs[slot]), possible, len(ours))
    return Judged(answer, key, pairs, counts)


def _scores(slot: str, answer: Template, key: Template, ours: Sequence[Fill], right: Sequence[Fill],
            pairs: Mapping[str, Pairs]) -> list[list[float]]:
    """For each fill of the answer what it scores for each of the key."""
    table = []
    for fill in ours:
        row = []
        for wanted in right:
            score = fill_score(slot, fill, wanted)
            if score and slot in REFERENTS and not _same_referent(slot, fill, wanted, answer, key, pairs):
                score = min(score, HALF) if slot == DESCRIPTION else 0.0
            row.append(score)
        table.append(row)
    return table


def _same_referent(slot: str, ours: Fill, wanted: Fill, answer: Template, key: Template, pairs: Mapping[str, Pairs]) -> bool:
    """Whether both are said of the same: of nothing, or of fills that stand for each other."""
    named, asked = (set(fill.tags) - {NOTHING} for fill in (ours, wanted))
    if not named or not asked:
        return not named and not asked
    mine, theirs = set(_named(slot, ours.tags, answer)), set(_named(slot, wanted.tags, key))
    return any((of, i) in mine and (of, j) in theirs for of in REFERENTS[slot] for i, j, _ in pairs[of])


def _named(slot: str, tags: Sequence[str], template: Template) -> Iterator[tuple[str, int]]:
    """The fills that a cross-reference names, as slot and place. A person's name and description are one referent."""
    for of in REFERENTS[slot]:
        for place, fill in enumerate(template.fills(of)):
            if set(tags) & set(fill.values) and not (of == DESCRIPTION and fill.tags):
                yield of, place
    if REFERENTS[slot] == (NAME, DESCRIPTION):
        for place, fill in enumerate(template.fills(DESCRIPTION)):
            if set(tags) & set(fill.tags):
                yield DESCRIPTION, place


def _align(scores: Sequence[Sequence[float]]) -> Pairs:
    if not scores or not scores[0]:
        return ()
    rows, columns = linear_sum_assignment(np.array(scores), maximize=True)
    return tuple((int(i), int(j), scores[i][j]) for i, j in zip(rows, columns, strict=True) if scores[i][j])
