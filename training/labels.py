"""Examples cut into rows, with what each of their spans and sentences should be scored."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from dateline.extract.plain import plain_sentences
from dateline.extract.reader.rows import Row, rows_of
from training.examples import KINDS, MANNERS, ROLES, Entity, Example

MANNER = 1 + len(KINDS)           # column of the first manner
MOST_PAIRS = 60                   # of names in one report


@dataclass(frozen=True, slots=True)
class Labelled:
    """An example ready for training. Span numbers count over all its rows.

    some: for each entity of doubt (role, span numbers): at least one tells it. sure: those that surely do.
    told: which roles' other spans are none. pairs: of entities of `some`, and whether they share an incident.
    names: of each entity of `some` its strings, as span numbers; alike: pairs of names of one role, and whether they are one.
    """

    example: Example
    rows: tuple[Row, ...]
    some: tuple[tuple[int, np.ndarray], ...]
    sure: tuple[tuple[int, np.ndarray], ...]
    told: np.ndarray              # bool (roles,)
    told_in: np.ndarray           # float (sentences, 1 + kinds + manners): label
    told_weight: np.ndarray       # float (sentences, 1 + kinds + manners)
    relevant: float               # 1, 0 or nan
    pairs: np.ndarray             # int64 (pairs, 3): two entities of `some`, 1 where they share an incident
    names: tuple[np.ndarray, ...]
    alike: np.ndarray             # int64 (pairs, 3): two of `names`, 1 where they are one entity


def labelled(example: Example, tokenizer: Tokenizer) -> Labelled:
    """The example with labels for each of its spans and sentences."""
    asked = plain_sentences(example.text)
    rows = tuple(rows_of(example.text, asked, tokenizer))
    at: dict[tuple[int, int], int] = {}
    for row in rows:
        for start, end in zip(row.start.tolist(), row.end.tolist(), strict=True):
            at[start, end] = len(at)
    some, sure, owners, names = [], [], [], []
    for entity in example.entities:
        spans = sorted({at[span] for one in entity.occurrences if (span := _bare(example.text, one)) in at})
        if not spans:
            continue
        role = ROLES.index(entity.role)
        (sure if entity.sure else some).append((role, np.array(spans)))
        if not entity.sure:
            names += [(len(owners), role, spans) for spans in _by_string(example.text, entity, at)]
            owners.append(entity)
    labels, weights = _sentences(example, rows, asked)
    told = np.array([role in example.told for role in ROLES])
    relevant = float("nan") if example.relevant is None else float(example.relevant)
    return Labelled(example, rows, tuple(some), tuple(sure), told, labels, weights, relevant, _pairs(owners, example),
                    tuple(spans for _, _, spans in names), _alike(names, example))


def _by_string(text: str, entity: Entity, at: dict[tuple[int, int], int]) -> list[np.ndarray]:
    """The entity's occurrences that are spans, by their words."""
    found: dict[str, list[int]] = defaultdict(list)
    for one in entity.occurrences:
        span = _bare(text, one)
        if span in at:
            found[" ".join(text[span[0]:span[1]].split())].append(at[span])
    return [np.array(spans) for spans in found.values()]


def _alike(names: Sequence[tuple[int, int, np.ndarray]], example: Example) -> np.ndarray:
    """Pairs of names of one role: whether they name one filler. Of sets whose key merges names only."""
    pairs = [(i, j, int(names[i][0] == names[j][0])) for i in range(len(names)) for j in range(i + 1, len(names))
             if names[i][1] == names[j][1] and example.origin in {"muc4", "own"}]
    return np.array(pairs[:MOST_PAIRS], dtype=np.int64).reshape(-1, 3)


def _bare(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """A span without its article, which the sets give or leave out."""
    start, end = span
    found = re.match(r"(?:the|an?)\s+(?=\w)", text[start:end], re.IGNORECASE)
    return (start + found.end(), end) if found else span


def _sentences(example: Example, rows: Sequence[Row], asked: Sequence[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    total = sum(len(row.sentences) for row in rows)
    labels, weights = np.zeros((2, total, MANNER + len(MANNERS)))
    if example.origin in {"gvc", "ecbplus"}:
        return labels, weights
    weights[:, 0] = 0.3 if example.relevant else 1.0
    begins = np.array([asked[number][0] for row in rows for number in row.given])
    where: dict[int, set[int]] = defaultdict(set)
    for entity in example.entities:
        if entity.role in {"place", "time", "speaker"}:
            continue
        for start, _ in entity.occurrences:
            number = int(np.searchsorted(begins, start, side="right")) - 1
            if entity.role == "organisation" or (entity.role == "attacker" and example.origin == "muc4"):
                if labels[number, 0] == 0:
                    weights[number, 0] = 0.0          # a name alone: it may be told of there or not
                continue
            labels[number, 0], weights[number, 0] = 1.0, 1.0
            if len(entity.occurrences) <= 3 and len({example.kinds.get(number) for number in entity.incidents}) == 1:
                where[number] |= entity.incidents
    for number, incidents in where.items():
        _kinds_of(example, incidents, labels[number], weights[number])
    return labels, weights


def _kinds_of(example: Example, incidents: Set[int], labels: np.ndarray, weights: np.ndarray) -> None:
    """Kinds and manners of the incidents of one sentence, a mark each; a manner that some of them have is neither."""
    kinds = {example.kinds[number] for number in incidents if number in example.kinds}
    if not kinds:
        return
    weights[1:MANNER] = 1.0
    for kind in kinds:
        labels[1 + KINDS.index(kind)] = 1.0
    for at, manner in enumerate(MANNERS, MANNER):
        holds = {manner in example.manners.get(number, ()) for number in incidents}
        if manner in example.manners_told and len(holds) == 1:
            labels[at], weights[at] = float(holds.pop()), 1.0


def _pairs(entities: Sequence[Entity], example: Example) -> np.ndarray:
    pairs = []
    for i, a in enumerate(entities):
        for j in range(i + 1, len(entities)):
            b = entities[j]
            known = len(example.kinds) > 1 and a.incidents and b.incidents   
            same = int(bool(a.incidents & b.incidents)) if known else -1    
            if same >= 0 and a.role != "attacker" and b.role != "attacker":    
                pairs.append((i, j, same))
    return np.array(pairs, dtype=np.int64).reshape(-1, 3)
