"""What the reader is told that it got wrong, task by task."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, logsigmoid

from training.batches import Packed, pack
from training.labels import Labelled
from training.net import Reader

WEIGHTS = {"roles": 1.0, "sentences": 1.0, "relevant": 0.5, "pairs": 0.5}


def loss_of(reader: Reader, batch: Sequence[Labelled]) -> tuple[Tensor, dict[str, float]]:
    """The sum to be made small, a report, and its parts by task."""
    packed = pack(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = reader.encode(packed.ids, packed.mask)
    hidden = reader.drop(hidden.float())
    inner = reader.spans(hidden, packed.row, packed.first, packed.last, packed.width)
    scores = reader.role(reader.drop(inner))
    roles = _roles_loss(scores, batch, packed)
    sentences = _sentences_loss(reader, hidden, batch, packed)
    relevant = _relevant_loss(reader, hidden, batch, packed)
    pairs = _pairs_loss(reader, inner, scores, batch, packed)
    parts = {"roles": roles, "sentences": sentences, "relevant": relevant, "pairs": pairs}
    total = sum((WEIGHTS[name] * value for name, value in parts.items()), roles.new_zeros(()))
    return total, {name: float(value.detach()) for name, value in parts.items()}


def _roles_loss(scores: Tensor, batch: Sequence[Labelled], packed: Packed) -> Tensor:
    """Per report: each span of a told role that is no filler is none; a filler has one occurrence that tells it at least."""
    counts = torch.zeros_like(scores)
    label = torch.zeros_like(scores)
    found = scores.new_zeros(())
    for one, offset, end in zip(batch, packed.offset, packed.offset[1:], strict=False):
        counts[offset:end] = torch.from_numpy(one.told.astype(np.float32))
        for role, spans in one.some:
            counts[offset + spans, role] = 0.0
        for role, spans in one.sure:
            counts[offset + spans, role] = 1.0
            label[offset + spans, role] = 1.0
        for role, spans in one.some:
            none = logsigmoid(-scores[offset + spans, role]).sum()
            found = found - torch.log(-torch.expm1(none.clamp(max=-1e-6)))
    each = binary_cross_entropy_with_logits(scores, label, reduction="none")
    return ((each * counts).sum() + found) / len(batch)


def _sentences_loss(reader: Reader, hidden: Tensor, batch: Sequence[Labelled], packed: Packed) -> Tensor:
    scores = reader.sentences(hidden, packed.sentence_row, packed.member)
    label = torch.from_numpy(np.concatenate([one.told_in for one in batch])).float()
    weight = torch.from_numpy(np.concatenate([one.told_weight for one in batch])).float()
    each = binary_cross_entropy_with_logits(scores, label, reduction="none")
    return (each * weight).sum() / (len(batch) * 3)


def _relevant_loss(reader: Reader, hidden: Tensor, batch: Sequence[Labelled], packed: Packed) -> Tensor:
    scores = reader.relevant(hidden[:, 0])
    total = scores.new_zeros(())
    for row, number in enumerate(packed.row_example):
        one = batch[number].example
        if one.relevant is None:
            continue
        head = 0 if one.origin == "muc4" else 1
        if len(batch[number].rows) == 1 or not one.relevant:
            wanted = scores.new_tensor(float(one.relevant))
            total = total + binary_cross_entropy_with_logits(scores[row, head], wanted)
    return total / len(batch)


def _pairs_loss(reader: Reader, inner: Tensor, scores: Tensor, batch: Sequence[Labelled], packed: Packed) -> Tensor:
    """Of each pair the occurrences that score best stand for the two."""
    a, b, apart, which, same = [], [], [], [], []
    for number, one in enumerate(batch):
        if not len(one.pairs) and not len(one.alike):
            continue
        sentence = _sentence_numbers(one)
        most = scores[packed.offset[number]:packed.offset[number + 1]].detach().amax(1)
        best = [[int(spans[int(most[spans].argmax())]) for spans in told]
                for told in ([spans for _, spans in one.some], one.names)]
        for head, pairs in enumerate((one.pairs, one.alike)):
            for i, j, together in pairs.tolist():
                first, second = best[head][i], best[head][j]
                between = abs(int(sentence[first]) - int(sentence[second]))
                a.append(packed.offset[number] + first)
                b.append(packed.offset[number] + second)
                apart.append((min(between, 10) / 5, float(between == 0)))
                which.append(head)
                same.append(float(together))
    if not a:
        return inner.new_zeros(())
    logits = reader.pairs(inner[a], inner[b], inner.new_tensor(apart)).gather(1, torch.tensor(which)[:, None]).squeeze(1)
    return binary_cross_entropy_with_logits(logits, inner.new_tensor(same), reduction="sum") / (4 * len(batch))


def _sentence_numbers(one: Labelled) -> np.ndarray:
    numbers, before = [], 0
    for row in one.rows:
        numbers.append(before + np.searchsorted(row.sentences[:, 0], row.first, side="right") - 1)
        before += len(row.sentences)
    return np.concatenate(numbers)
