"""Fit the points of `dateline.reconcile.reasons`: python -m bench.fit_pairs

Logistic regression on all pairs of accounts of GVC (train part; what each report is mostly about) and of reader a's half of our
Syria labels, whether reconciling compares them or not: so the points do not hang on what its keys bring together, and "any two"
is as unlikely as it is. Each set weighs the same, and L2 draws towards no points at all. A question that speaks for one incident
gets no points below nothing, one against it none above; LEAST says where a question must have more, because the sets are of
reports whose words decide, and a record holds accounts that have none. What the sets cannot tell is FIXED.
Prints the table, to be put into reasons.py by hand, and what it scores on the pairs.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]

from bench import syria
from bench.core import SHARED, Request, load_lines
from bench.reading import a_report, extracted
from dateline.reconcile.pair import pair_of
from dateline.reconcile.plan import makes_incident
from dateline.reconcile.reasons import REASONS, name_of
from dateline.reconcile.stories import link_copies
from dateline.records import Account, Report

PULL = 0.003                  # of L2
CONFIRMED = 0.6               # points of two bare accounts that agree in place, day and a kind that fits
NAMES = [name_of(question) for question, _ in REASONS]
START = "any two"              # points of every pair
AGAINST = {                   # questions whose yes speaks against one incident; those of the others speak for it
    "one place may hold the other", "another place nearby", "places far apart", "the next day", "days apart", "days told apart",
    "day unknown", "written apart", "another kind", "other groups attacked", "claimed by other groups", "other targets",
    "names other victims", "reports unlike", "one outlet in like words", "apart and in other words", "same report",
}
FIXED = {"same speaker another toll at the same hour", "no words to compare"}
LEAST = {                     # points that a question has at least, for or against
    "one place may hold the other": -1.2, "another place nearby": -0.3, "places far apart": -0.3, "the next day": -1.5,
    "days told apart": -2.0, "day unknown": -1.8, "same kind": 1.0, "kinds that fit": 0.5, "another kind": -1.8,
    "shares a group": 1.2, "other targets": -0.8, "claimed by other groups": -2.0, "shares a target": 1.0,
    "names other victims": -3.5, "apart and in other words": -3.0, "same report": -3.0,
}


@dataclass(frozen=True)
class Labelled:
    """The pairs of one set: strength of each answer (pairs x questions), and whether it is one incident."""

    name: str
    answers: Any
    same: Any


def main() -> None:
    sets = [labelled("gvc", *gvc()), labelled("syria, reader a", *syria_of("a"))]
    for one in sets:
        print(f"{one.name}: {len(one.same)} pairs, {int(one.same.sum())} of one incident")
    points = fit(sets)
    for (question, held), new in zip(REASONS, points, strict=True):
        print(f"    {question.__name__:45} {new:6.1f}   (held {held})")
    for one in sets:
        right = ((one.answers @ points > 0) == one.same).mean()
        print(f"{one.name}: {100 * right:.1f} % of the pairs right")


def fit(sets: Sequence[Labelled]) -> Any:
    """Points for each question, in the order of the table."""
    answers = np.vstack([one.answers for one in sets])
    same = np.concatenate([one.same for one in sets]).astype(float)
    least = min(len(one.same) for one in sets)
    weight = np.concatenate([np.full(len(one.same), least / len(one.same)) for one in sets])
    pull = PULL * np.sqrt(weight.sum()) * np.array([name != START for name in NAMES])

    def loss(points: Any) -> tuple[float, Any]:
        chance = 1 / (1 + np.exp(-answers @ points))
        value = -(weight * np.where(same > 0, np.log(chance + 1e-12), np.log(1 - chance + 1e-12))).sum()
        return value + (pull * points**2).sum(), answers.T @ (weight * (chance - same)) + 2 * pull * points

    held = np.array([points for _, points in REASONS])
    found = minimize(loss, held, jac=True, bounds=list(map(bounds, NAMES, held)), method="L-BFGS-B").x
    return _with_bare(found)


def bounds(name: str, held: float) -> tuple[float | None, float | None]:
    """How few and how many points a question may have."""
    if name in FIXED:
        return (held, held)
    if name == START:
        return (None, None)
    least = LEAST.get(name, 0.0)
    return (None, least) if name in AGAINST else (least, None)


def _with_bare(points: Any) -> Any:
    """The points, with those of two accounts without words set so that place, day and a fitting kind are just enough."""
    agree = sum(points[NAMES.index(name)] for name in (START, "same place", "same day", "kinds that fit"))
    points[NAMES.index("no words to compare")] = CONFIRMED - agree
    return points


def labelled(name: str, accounts: Sequence[Account], reports: Mapping[str, Report], incident: Mapping[str, str]) -> Labelled:
    """incident: what the labels say that an account tells, by its id; pairs of others are left out."""
    told = [one for one in accounts if one.id in incident]
    compared = [pair_of(a, b, reports) for a, b in itertools.combinations(told, 2)]
    answers = np.zeros((len(compared), len(REASONS)))
    for row, pair in enumerate(compared):
        for column, (question, _) in enumerate(REASONS):
            answer = question(pair)
            answers[row, column] = answer.strength if answer is not None else 0.0
    return Labelled(name, answers, np.array([incident[pair.a.id] == incident[pair.b.id] for pair in compared]))


def gvc() -> tuple[list[Account], dict[str, Report], dict[str, str]]:
    rows = load_lines(SHARED / "bench/gvc/train.jsonl.gz")
    reports = [a_report(row["url"] or row["id"], row["text"], title=row["title"], day=row["dct"]) for row in rows]
    told = [(report, found.accounts) for report, found in extracted(reports)]
    incident = {one.id: row["incident_id"] for row, (_, accounts) in zip(rows, told, strict=True) for one in accounts if one.main}
    return (*_held(told), incident)


def syria_of(reader: str) -> tuple[list[Account], dict[str, Report], dict[str, str]]:
    reads = [one for one in syria.read_reports(Request(syria.GOLD)) if one.label["reader"] == reader]
    incident = {account: name for one in reads for account, name in one.stands_for.items()}
    return (*_held([(one.report, one.accounts) for one in reads]), incident)


def _held(told: Sequence[tuple[Report, Sequence[Account]]]) -> tuple[list[Account], dict[str, Report]]:
    linked = link_copies(sorted((report for report, _ in told), key=lambda report: report.id))
    accounts = {one.id: one for one in _all(told) if makes_incident(one)}
    return sorted(accounts.values(), key=lambda one: one.id), {report.id: report for report in linked}


def _all(told: Sequence[tuple[Report, Sequence[Account]]]) -> Iterator[Account]:
    return (one for _, accounts in told for one in accounts)


if __name__ == "__main__":
    main()
