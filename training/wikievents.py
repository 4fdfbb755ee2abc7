"""WikiEvents' train part as examples: attackers, victims, weapons, places and triggers of attacks, deaths and injuries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from training.examples import SETS, Entity, Example, lines_of

VIOLENT = {"Conflict.Attack", "Life.Die", "Life.Injure"}
OF_ROLE = {"Attacker": "attacker", "Killer": "attacker", "Injurer": "attacker", "Victim": "victim", "Instrument": "weapon",
           "ExplosiveDevice": "weapon", "Place": "place"}
TOLD = frozenset({"attacker", "trigger"})
PRONOUNS = {"he", "she", "they", "him", "her", "them", "his", "their", "who", "it", "i", "we", "us", "you", "that", "which",
            "himself", "themselves", "whom", "its", "me", "our", "my", "those", "others"}
LONGEST = 900                     # words of a document; what is longer is cut there


def wikievents_examples() -> list[Example]:
    """The 206 documents of train, words joined by spaces, in lower case."""
    return [_example(row) for row in lines_of(SETS / "wikievents/train.jsonl.gz")]


def _example(row: Mapping[str, Any]) -> Example:
    starts, at = [], 0
    tokens = [token.lower() for token in row["tokens"][:LONGEST]]
    for token in tokens:
        starts.append(at)
        at += len(token) + 1
    entities = tuple(_entities(row["events"], tokens, starts))
    return Example(row["id"], "wikievents", " ".join(tokens), entities, TOLD, {}, bool(entities))


def _entities(events: list[Mapping[str, Any]], tokens: list[str], starts: list[int]) -> Iterator[Entity]:
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for event in events:
        if event["type"] not in VIOLENT:
            continue
        spans = [("trigger", event["trigger"]["span"])]
        spans += [(OF_ROLE[arg["role"]], arg["span"]) for arg in event["args"] if arg["role"] in OF_ROLE and arg["span"]]
        for role, (first, end) in spans:
            if end > len(tokens) or end <= first or (end - first == 1 and tokens[first] in PRONOUNS):
                continue
            words = tuple(tokens[first:end])
            # the set's places are first occurrences of the words and not those that were marked, so any of them may tell it
            size = end - first
            spans_of = tuple((starts[i], starts[i + size - 1] + len(tokens[i + size - 1]))
                             for i in range(len(tokens) - size + 1) if tuple(tokens[i:i + size]) == words)
            if (role, words) not in seen:
                seen.add((role, words))
                yield Entity(role, spans_of, False, frozenset())
