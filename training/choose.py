"""How well a reader does on reports that it was not trained on, by role; and the thresholds that do best there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import torch

from bench.scores import Entity, Tally, ceaf_ree, entity
from dateline.extract.reader.fillers import Filler, fillers_of
from dateline.extract.reader.session import Read, Session
from training.batches import pack
from training.examples import ROLES
from training.labels import Labelled
from training.net import Reader

GRID = tuple(k / 20 for k in range(2, 17))
SCORED = ROLES[:5]                # MUC-4's


Scorer = Callable[[Labelled], Sequence[Read]]       # the scores of each row of an example


def by_torch(reader: Reader) -> Scorer:
    """While training."""

    @torch.no_grad()
    def score(one: Labelled) -> list[Read]:
        reader.eval()
        packed = pack([one])
        hidden = reader.encode(packed.ids, packed.mask)
        inner = reader.spans(hidden, packed.row, packed.first, packed.last, packed.width)
        roles = torch.sigmoid(reader.role(inner)).numpy()
        cuts = np.cumsum([len(row.first) for row in one.rows])[:-1]
        none = np.zeros((0,), dtype=np.float32)
        return [Read(r, i, none, none) for r, i in zip(np.split(roles, cuts), np.split(inner.numpy(), cuts), strict=True)]

    return score


def by_package(model: Session) -> Scorer:
    """As the product runs it."""
    return lambda one: [model.read(row) for row in one.rows]


def fillers_in(score: Scorer, one: Labelled) -> list[Filler]:
    """All that fills a role with the least probability of the grid, by the code that the product runs."""
    return fillers_of(one.example.text, one.rows, score(one), ROLES, dict.fromkeys(SCORED, GRID[0]))


def tally_of(found: Sequence[Sequence[Filler]], gold: Sequence[Sequence[Entity]], role: str, least: float) -> Tally:
    total = Tally()
    for fillers, entities in zip(found, gold, strict=True):
        said = [entity(one.text) for one in fillers if one.role == role and one.score >= least]
        total += ceaf_ree(said, entities).tally
    return total


def chosen(score: Scorer, data: Sequence[Labelled]) -> tuple[Mapping[str, float], Mapping[str, Tally]]:
    """For each role the threshold with the best F1, and what it gives."""
    found = [fillers_in(score, one) for one in data]
    least: dict[str, float] = {}
    tallies: dict[str, Tally] = {}
    for role in SCORED:
        gold = [_gold(one, role) for one in data]
        by_least = {t: tally_of(found, gold, role, t) for t in GRID}
        least[role] = max(by_least, key=lambda t: by_least[t].f1)
        tallies[role] = by_least[least[role]]
    return least, tallies


def told(tallies: Mapping[str, Tally]) -> str:
    total = sum(tallies.values(), Tally())
    by_role = ", ".join(f"{role} {tally.f1}" for role, tally in tallies.items())
    return f"F1 {total.f1} (precision {total.precision}, recall {total.recall}): {by_role}"


def _gold(one: Labelled, role: str) -> list[Entity]:
    """Mentions that stand for one filler are merged where the key merges them; of our own reports each is one."""
    text = one.example.text
    return [entity(*{" ".join(text[a:b].split()) for a, b in e.occurrences}) for e in one.example.entities if e.role == role]
