"""What a reader is trained on: texts with the spans that play a part in violence, one shape for all sets."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SETS = Path("../shared/bench")
SEED = 20261127

# What a span may be scored for, in the order of the model's outputs. The first five are MUC-4's roles, the others hold for all.
ROLES = ("person", "organisation", "target", "victim_name", "weapon", "victim", "attacker", "place", "time", "speaker", "trigger")
KINDS = ("attack", "bombing", "kidnapping", "arson", "robbery", "clash", "other")
# How an incident is told, where it is not news of what was done: two of its status, two of its `told_as`.
MANNERS = ("attempted", "threatened", "background", "legal")


@dataclass(frozen=True, slots=True)
class Entity:
    """One filler of a role. occurrences: character spans in the text, end excluded.

    sure: each occurrence tells the role; else at least one does, and the others are neither right nor wrong.
    incidents: numbers within the example.
    """

    role: str
    occurrences: tuple[tuple[int, int], ...]
    sure: bool
    incidents: frozenset[int]


@dataclass(frozen=True, slots=True)
class Example:
    """One report. told: the roles of which all fillers are given, so that any other span is none of that role.

    kinds: of its incidents, by number. relevant: whether it tells violence at all; None: not known. manners: how each incident is
    told, of those in manners_told, which the set tells.
    """

    id: str
    origin: str                   # "muc4", "wikievents", "gvc", "ecbplus", "own"
    text: str
    entities: tuple[Entity, ...]
    told: frozenset[str]
    kinds: Mapping[int, str]
    relevant: bool | None
    manners: Mapping[int, frozenset[str]] = field(default_factory=dict)
    manners_told: frozenset[str] = frozenset()


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def occurrences_of(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where `words` stand in `text` as whole words, white space aside; both in lower case."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    return tuple(found.span() for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)) if pattern else ()


def entity_of(text: str, role: str, strings: Iterable[str], incidents: Iterable[int], sure: bool = False) -> Entity | None:
    """The filler that any of `strings` names; None where none of them stands in the text."""
    found = sorted({span for words in strings for span in occurrences_of(text, words)})
    return Entity(role, tuple(found), sure, frozenset(incidents)) if found else None
