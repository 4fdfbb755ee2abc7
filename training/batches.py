"""Examples in batches, long with long, and each batch as tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.labels import Labelled

NEAR = 64                         # examples among which those of like length are put together


@dataclass(frozen=True, slots=True)
class Plan:
    epochs: int = 6
    rate: float = 8e-5            # of the encoder
    head_rate: float = 1e-3
    pieces: int = 3_000           # word pieces a step
    quiet: float = 0.5            # share of reports without an incident that an epoch takes


def batches(data: Sequence[Labelled], plan: Plan, chance: random.Random) -> Iterator[list[Labelled]]:
    """All of `data` once, long with long, in random order; of MUC-4's quiet reports a share."""
    taken = [one for one in data if one.example.relevant is not False or chance.random() < plan.quiet]
    chance.shuffle(taken)
    groups: list[list[Labelled]] = []
    for begin in range(0, len(taken), NEAR):
        near = sorted(taken[begin:begin + NEAR], key=lambda one: max(map(len, (row.ids for row in one.rows)), default=0))
        group: list[Labelled] = []
        used = longest = 0
        for one in near:
            longest_here = max(longest, *(len(row.ids) for row in one.rows))
            if group and (used + len(one.rows)) * longest_here > plan.pieces:
                groups.append(group)
                group, used, longest_here = [], 0, max(len(row.ids) for row in one.rows)
            group.append(one)
            used, longest = used + len(one.rows), longest_here
        groups.append(group)
    chance.shuffle(groups)
    yield from groups


@dataclass(frozen=True, slots=True)
class Packed:
    """A batch as tensors. of: for each span which example; offset: of each example the number of its first span."""

    ids: Tensor
    mask: Tensor
    row: Tensor
    first: Tensor
    last: Tensor
    width: Tensor
    offset: list[int]
    sentence_row: Tensor
    member: Tensor
    row_example: list[int]


def pack(batch: Sequence[Labelled]) -> Packed:
    rows = [row for one in batch for row in one.rows]
    longest = max(len(row.ids) for row in rows)
    ids, mask = torch.zeros(len(rows), longest, dtype=torch.long), torch.zeros(len(rows), longest, dtype=torch.long)
    for number, row in enumerate(rows):
        ids[number, :len(row.ids)] = torch.from_numpy(row.ids)
        mask[number, :len(row.ids)] = 1
    spans = [np.full(len(row.first), number) for number, row in enumerate(rows)]
    counts = [sum(len(row.first) for row in one.rows) for one in batch]
    sentence_row = [number for number, row in enumerate(rows) for _ in row.sentences]
    member = torch.zeros(len(sentence_row), longest)
    at = 0
    for row in rows:
        for begin, end in row.sentences.tolist():
            member[at, begin:end] = 1
            at += 1
    first, last, width = (torch.from_numpy(np.concatenate([getattr(row, name) for row in rows]))
                          for name in ("first", "last", "width"))
    return Packed(ids, mask, torch.from_numpy(np.concatenate(spans)), first, last, width, [0, *np.cumsum(counts).tolist()],
                  torch.tensor(sentence_row), member, [number for number, one in enumerate(batch) for _ in one.rows])
