"""The Gun Violence Corpus' train part as examples: who was shot and who shot, where the report names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from training.examples import SETS, Entity, Example, entity_of, lines_of

LONGEST = 3_000                   # characters; what stands below is seldom of the incident


def gvc_examples() -> list[Example]:
    """The 358 reports of train, in lower case."""
    return [_example(row) for row in lines_of(SETS / "gvc/train.jsonl.gz")]


def _example(row: Mapping[str, Any]) -> Example:
    text = row["text"][:LONGEST].lower()
    entities = tuple(_entities(text, row["participants"] or ()))
    return Example(row["id"], "gvc", text, entities, frozenset({"victim_name"}), {1: "attack"}, True)


def _entities(text: str, participants: list[Mapping[str, str]]) -> Iterator[Entity]:
    for one in participants:
        name = " ".join(one.get("Name", "").lower().split())
        if not name:
            continue
        for role in (("victim_name", "victim") if "Victim" in one.get("Type", "") else ("person", "attacker")):
            found = entity_of(text, role, [name, *name.split(" ")[-1:]] if " " in name else [name], (1,))
            if found is not None:
                yield found
