"""Fit the points of `dateline.where.reasons`: python -m bench.fit_places [--rounds N]

Conditional logistic regression: the points under which the right candidates of a name, against its other candidates, are
likeliest, drawn towards the points in force (L2), since the sets are of peace and the product reads of war. Half 0 of LGL and
GeoVirus (`bench.geo.half`); half 1 is shown beside it and never fitted. Prints lines to be put into the table by hand.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]

from bench.core import SHARED, load_lines
from bench.geo import SETS, Row, answers, figures, half, is_right, names_of
from dateline.where.choice import POINTS, rank, senses_of, weigh
from dateline.where.gazetteer import load_gazetteer

PULL = 0.2  # of L2 a mention, towards the points in force
FIXED = frozenset(  # told by words or by policy: the sets, where a town and its province count as one, cannot tell
    ["capital", "town bears the name", "region", "landform", "site", "airport", "filed there", "inside", "noun fits",
     "noun forbids"]
)
DAMPING = 0.6  # of each step: the answers of the light change with the points


@dataclass(frozen=True)
class Case:
    """One gold toponym: its candidates' answers (candidates x reasons) and which of them are right."""

    answers: Any
    right: Any


@dataclass(frozen=True)
class Text:
    set_name: str
    row: Row
    names: Sequence[Any]
    gold: Sequence[int | None]


def read_texts() -> list[Text]:
    rows = [(name, row) for name, file in SETS.items() for row in load_lines(SHARED / "bench/geo" / file)]
    return [Text(name, row, *names_of(row)) for name, row in rows]


def cases_of(texts: Sequence[Text], points: Mapping[str, float]) -> list[Case]:
    """The answers as they are when every text is ranked with `points`; toponyms without a right or a wrong candidate left out."""
    cases = []
    for text in texts:
        senses, of_name = senses_of(text.names)
        weigh(senses, None, load_gazetteer().neighbours, {}, points)
        for toponym, at in zip(text.row["toponyms"], text.gold, strict=True):
            if at is None or toponym["lat"] is None:
                continue
            sense = senses[of_name[at]]
            right = np.array([is_right(toponym, place) for place in sense.name.candidates])
            if right.any() and not right.all():
                rows = [own + lit for own, lit in zip(sense.own, sense.lit, strict=True)]
                cases.append(Case(np.array(rows), right))
    return cases


def fit(cases: Sequence[Case], start: Any) -> Any:
    """The points that make the right candidates likeliest."""
    stacked = np.vstack([case.answers for case in cases])
    right = np.concatenate([case.right for case in cases])
    owner = np.repeat(np.arange(len(cases)), [len(case.right) for case in cases])
    begins = np.concatenate([[0], np.cumsum([len(case.right) for case in cases])[:-1]])

    def loss(points: Any) -> tuple[float, Any]:
        scores = stacked @ points
        scores = scores - np.maximum.reduceat(scores, begins)[owner]
        weights = np.exp(scores)
        all_of, right_of = np.add.reduceat(weights, begins), np.add.reduceat(weights * right, begins)
        likely = weights / all_of[owner]
        likely_if_right = weights * right / np.maximum(right_of, 1e-12)[owner]
        away = points - start
        value = -np.log(np.maximum(right_of, 1e-12) / all_of).mean() + PULL / 2 * (away**2).mean()
        slope = stacked.T @ (likely - likely_if_right) / len(begins) + PULL * away / len(away)
        return float(value), slope

    free = [(value, value) if name in FIXED else (None, None) for name, value in zip(POINTS, start, strict=True)]
    return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=free).x


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.fit_places", description="Fit the points of where/reasons.py.")
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    texts = read_texts()
    tuning = [text for text in texts if half(text.row["doc_id"]) == 0]
    points = dict(POINTS)
    show(texts, points, "in force")
    for number in range(1, args.rounds + 1):
        fitted = fit(cases_of(tuning, points), np.array(list(points.values())))
        points = {name: old + DAMPING * (new - old) for (name, old), new in zip(points.items(), fitted, strict=True)}
        show(texts, points, f"round {number}")
    for name, value in points.items():
        print(f'    "{name}": {value:.2f},   # in force {POINTS[name]:.2f}')
    return 0


def show(texts: Sequence[Text], points: Mapping[str, float], title: str) -> None:
    line = [title]
    for name in SETS:
        for part in (0, 1):
            some = [t for t in texts if t.set_name == name and half(t.row["doc_id"]) == part]
            of = figures(answers_with(some, points))
            line.append(f"{name} half {part}: {of['acc161']} ({of['acc161_not_country']} without countries)")
    print("; ".join(line), flush=True)


def answers_with(texts: Sequence[Text], points: Mapping[str, float]) -> Any:
    rankings = {id(t.row): rank(t.names, load_gazetteer().neighbours, points=points) for t in texts}
    gold = {id(t.row): t.gold for t in texts}
    return answers([t.row for t in texts], lambda row: [rankings[id(row)][at] if at is not None else () for at in gold[id(row)]])


if __name__ == "__main__":
    sys.exit(main())
