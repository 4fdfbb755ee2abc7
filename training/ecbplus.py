"""ECB+'s train part as examples: places and times, in the sentences that were checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from training.examples import SETS, Entity, Example, lines_of

TOLD = frozenset({"place", "time"})


def ecbplus_examples() -> list[Example]:
    """The checked sentences of the 575 documents of train, in lower case."""
    return [_example(row) for row in lines_of(SETS / "ecbplus/train.jsonl.gz")]


def _example(row: Mapping[str, Any]) -> Example:
    checked = set(row["checked_sentences"])
    words: list[str] = []
    starts: dict[int, int] = {}
    at = 0
    for number, (first, end) in zip(row["sentence_numbers"], row["sentences"], strict=True):
        for index in range(first, end) if number in checked else ():
            starts[index] = at
            words.append(row["tokens"][index].lower())
            at += len(words[-1]) + 1
    entities = []
    for mention in row["mentions"]:
        role = "place" if mention["type"].startswith("LOC") else "time" if mention["type"].startswith("TIME") else None
        first, last = min(mention["tokens"]), max(mention["tokens"])
        if role and first in starts and last in starts and last - first + 1 == len(mention["tokens"]):
            entities.append(Entity(role, ((starts[first], starts[last] + len(row["tokens"][last])),), True, frozenset()))
    return Example(row["id"], "ecbplus", " ".join(words), tuple(entities), TOLD, {}, None)
