"""The measures, pure: what was predicted and what is right in, shares out. Each is tested on cases scored by hand."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

from bench.core import percent

_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")


@dataclass(frozen=True, slots=True)
class Tally:
    """Right, predicted and gold items, to be added up: micro-averaging."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        return percent(self.right, self.predicted)

    @property
    def recall(self) -> float:
        return percent(self.right, self.gold)

    @property
    def f1(self) -> float:
        """2PR / (P + R), which is twice the right ones over all that were predicted and all that are gold."""
        return percent(2 * self.right, self.predicted + self.gold)


Entity = frozenset[str]           # its mention strings, as `mention` normalises them


def mention(text: str) -> str:
    """`text` as mentions are compared: lower case, no punctuation, no articles (Du, Rush and Cardie 2021)."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_NO_PUNCTUATION)).split())


def entity(*texts: str) -> Entity:
    """An entity of these mention strings; those of nothing but punctuation and articles are left out."""
    return frozenset(filter(None, map(mention, texts)))


@dataclass(frozen=True, slots=True)
class Aligned:
    """The best one-to-one assignment: pairs of places in the two lists."""

    pairs: tuple[tuple[int, int], ...]
    tally: Tally


def ceaf_ree(predicted: Sequence[Entity], gold: Sequence[Entity]) -> Aligned:
    """Align the entities of one role in one report.

    A predicted entity fits a gold one when all its strings are among that one's mentions; each stands for one at most.
    """
    if not predicted or not gold:
        return Aligned((), Tally(0, len(predicted), len(gold)))
    fits = np.array([[bool(p) and p <= g for g in gold] for p in predicted], dtype=float)
    rows, columns = linear_sum_assignment(fits, maximize=True)
    pairs = tuple((int(p), int(g)) for p, g in zip(rows, columns, strict=True) if fits[p, g])
    return Aligned(pairs, Tally(len(pairs), len(predicted), len(gold)))


@dataclass(frozen=True, slots=True)
class Count:
    """The toll of one incident."""

    killed: int
    injured: int


def toll_figures(predicted: Sequence[Count], gold: Sequence[Count]) -> dict[str, float]:
    """Shares of incidents with the exact number (percent), and mean absolute errors (persons)."""
    pairs = list(zip(predicted, gold, strict=True))
    return {
        "killed_exact": percent(sum(p.killed == g.killed for p, g in pairs), len(pairs)),
        "injured_exact": percent(sum(p.injured == g.injured for p, g in pairs), len(pairs)),
        "both_exact": percent(sum(p == g for p, g in pairs), len(pairs)),
        "killed_mae": _mean([abs(p.killed - g.killed) for p, g in pairs]),
        "injured_mae": _mean([abs(p.injured - g.injured) for p, g in pairs]),
    }


@dataclass(frozen=True, slots=True)
class Grouped:
    """Two groupings of the same items, compared. Percent."""

    b3_precision: float
    b3_recall: float
    b3_f1: float
    pairwise_f1: float


def grouping_scores(predicted: Sequence[Hashable], gold: Sequence[Hashable]) -> Grouped:
    """B-cubed (Bagga and Baldwin 1998) and pairwise scores. predicted, gold: for each item the name of its group.

    B-cubed: of each item the share of its predicted group that is of its gold group, and the other way round, averaged over
    items. Pairwise: of the pairs of items put together, those that belong together.
    """
    both = Counter(zip(predicted, gold, strict=True))
    ours, theirs = Counter(predicted), Counter(gold)
    precision = sum(n * n / ours[p] for (p, _), n in both.items())
    recall = sum(n * n / theirs[g] for (_, g), n in both.items())
    total = len(predicted)
    p, r = (value / total if total else 0.0 for value in (precision, recall))
    pairs = Tally(*(sum(n * (n - 1) // 2 for n in sizes.values()) for sizes in (both, ours, theirs)))
    return Grouped(percent(precision, total), percent(recall, total), percent(2 * p * r, p + r), pairs.f1)


@dataclass(frozen=True, slots=True)
class Coreference:
    """Two groupings of the same mentions, compared as the CoNLL shared tasks do. Percent."""

    muc_f1: float
    b3_f1: float
    ceafe_f1: float
    conll_f1: float               # the mean of the three


def coreference_scores(predicted: Sequence[Hashable], gold: Sequence[Hashable]) -> Coreference:
    """MUC (Vilain et al. 1995), B-cubed and CEAF-e (Luo 2005). predicted, gold: for each mention the name of its group."""
    muc, b3, ceafe = muc_f1(predicted, gold), grouping_scores(predicted, gold).b3_f1, ceaf_e_f1(predicted, gold)
    return Coreference(muc, b3, ceafe, round((muc + b3 + ceafe) / 3, 2))


def muc_f1(predicted: Sequence[Hashable], gold: Sequence[Hashable]) -> float:
    """Of the links that hold each group together, those that the other grouping has too: groups of one have none."""
    both, ours, theirs = (len(set(names)) for names in (list(zip(predicted, gold, strict=True)), predicted, gold))
    right = len(gold) - both          # a group of n in p parts keeps n - p links, so all keep mentions - parts
    return Tally(right, len(predicted) - ours, len(gold) - theirs).f1


def ceaf_e_f1(predicted: Sequence[Hashable], gold: Sequence[Hashable]) -> float:
    """Groups are aligned one to one so that the sum of 2 * shared / (size + size) is largest; that sum over the groups."""
    both = Counter(zip(predicted, gold, strict=True))
    ours, theirs = Counter(predicted), Counter(gold)
    row, column = ({name: place for place, name in enumerate(sizes)} for sizes in (ours, theirs))
    fits = np.zeros((len(ours), len(theirs)))
    for (p, g), shared in both.items():
        fits[row[p], column[g]] = 2 * shared / (ours[p] + theirs[g])
    rows, columns = linear_sum_assignment(fits, maximize=True)
    return percent(2 * float(fits[rows, columns].sum()), len(ours) + len(theirs))


def _mean(values: Sequence[int]) -> float:
    return round(sum(values) / len(values), 3) if values else 0.0
