"""How likely a report tells an incident in an account, and no violence in passing: a weighted sum over what the model scored.

The weights are learned (`python -m training.incident`), few, and in log-odds, so that the sum can be read: `points_of` gives
its terms.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dateline.extract.document import Document
from dateline.extract.reader.step import Reading
from dateline.records import Account, Actor, Target, Weapon

LEAST = 0.01                      # a probability nearer to 0 or 1 is taken for this, and so is what was not scored
SUFFERING = frozenset({"victim", "intended target"})


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign speaks for, in log-odds; `start` of an account without signs. reader: the checksum of the model that scored
    what they were learned from, its first 16 digits."""

    start: float
    signs: Mapping[str, float]
    reader: str


def likely_of(account: Account, document: Document) -> float | None:
    """The probability that its report tells an incident here; None where the model was not asked."""
    points = points_of(account, document)
    return round(1 / (1 + math.exp(-sum(points.values()))), 3) if points else None


def points_of(account: Account, document: Document, weights: Weights | None = None) -> Mapping[str, float]:
    """By how much each sign speaks for an incident, in log-odds, "start" first; empty where the model was not asked."""
    if document.reading is None:
        return {}
    weights = weights or load_weights()
    signs = signs_of(account, document, document.reading).items()
    return {"start": weights.start, **{name: weights.signs[name] * value for name, value in signs if name in weights.signs}}


def signs_of(account: Account, document: Document, reading: Reading) -> Mapping[str, float]:
    """What the weights are for: scores as log-odds, of the report, the account's sentences and its parties; how it is told."""
    tokens = document.tables.tokens
    sentences = {tokens.sentence_of[tokens.at(span.start)] for span in account.evidence}
    attackers = (one for one in account.actors if one.role == "attacker")
    victims = [one for one in account.actors if one.role in SUFFERING]
    return {
        "report of attacks": _odds(float(read.relevant[0]) for read in reading.reads),
        "report of violence": _odds(float(read.relevant[1]) for read in reading.reads),
        "sentence": _odds(reading.told[number]["told"] for number in sentences if number in reading.told),
        "attacker": _of_parties(attackers), "victim": _of_parties(victims),
        "victim by name": _of_parties(one for one in victims if one.person),
        "target": _of_parties(account.targets), "weapon": _of_parties(account.weapons),
        f"told as {account.told_as}": 1.0,
    }


@cache
def load_weights() -> Weights:
    """The packaged weights, read once a process."""
    held = json.loads(resources.files("dateline").joinpath("data", "reader", "incident.json").read_text(encoding="utf-8"))
    return Weights(held["start"], held["signs"], held["reader"])


def _of_parties(parties: Iterable[Actor | Target | Weapon]) -> float:
    return _odds(one.likely for one in parties if one.likely is not None)


def _odds(scores: Iterable[float]) -> float:
    """The highest of them in log-odds."""
    best = min(max(max(scores, default=LEAST), LEAST), 1 - LEAST)
    return math.log(best / (1 - best))
