"""The reader: one encoder, and light heads over spans of words, sentences, reports and pairs of spans."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from dateline.extract.reader.rows import LONGEST_SPAN
from training.examples import KINDS, MANNERS, ROLES

SPAN_SIZE = 192
PAIR_SIZE = 64


class Reader(nn.Module):
    """Scores are logits. hidden: (rows, pieces, 384)."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        size = encoder.config.hidden_size
        self.encoder = encoder
        self.drop = nn.Dropout(0.2)
        self.first, self.last = nn.Linear(size, SPAN_SIZE), nn.Linear(size, SPAN_SIZE)
        self.report = nn.Linear(size, SPAN_SIZE)
        self.width = nn.Embedding(LONGEST_SPAN + 1, SPAN_SIZE)
        self.deep = nn.Linear(SPAN_SIZE, SPAN_SIZE)
        self.role = nn.Linear(SPAN_SIZE, len(ROLES))
        told = 1 + len(KINDS) + len(MANNERS)
        self.sentence = nn.Sequential(nn.Linear(2 * size, 128), nn.GELU(), nn.Dropout(0.2), nn.Linear(128, told))
        self.relevant = nn.Linear(size, 2)
        self.pair = nn.Sequential(nn.Linear(3 * SPAN_SIZE + 2, PAIR_SIZE), nn.GELU(), nn.Linear(PAIR_SIZE, 2))
        nn.init.constant_(self.role.bias, -4.0)

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        return self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state

    def spans(self, hidden: Tensor, row: Tensor, first: Tensor, last: Tensor, width: Tensor) -> Tensor:
        """(spans, SPAN_SIZE) for spans given by row, first and last piece and width in words."""
        starts, ends, reports = self.first(hidden), self.last(hidden), self.report(hidden[:, 0])
        summed = starts[row, first] + ends[row, last] + self.width(width) + reports[row]
        return nn.functional.gelu(self.deep(nn.functional.gelu(summed)))

    def sentences(self, hidden: Tensor, row: Tensor, member: Tensor) -> Tensor:
        """(sentences, 1 + kinds + manners). member: (sentences, pieces), 1 where a piece is the sentence's."""
        return self.sentence(self.seen(hidden, row, member))

    def seen(self, hidden: Tensor, row: Tensor, member: Tensor) -> Tensor:
        """(sentences, 2 * size): the mean over a sentence's pieces, and [CLS]."""
        mean = torch.einsum("sp,sph->sh", member, hidden[row]) / member.sum(1, keepdim=True).clamp(min=1)
        return torch.cat([mean, hidden[row, 0]], 1)

    def pairs(self, a: Tensor, b: Tensor, apart: Tensor) -> Tensor:
        """(pairs, 2): whether two spans play in one incident; whether they name the same. apart: (pairs, 2): sentences between,
        up to 10 and divided by 5, and whether they stand in one."""
        return self.pair(torch.cat([a * b, (a - b).abs(), a + b, apart], 1))


def encoder_from(folder: Path, attention: str = "sdpa") -> BertModel:
    """The encoder of a folder with config.json and model.safetensors. attention: "eager" where it is to be exported."""
    # without dropout of attention torch has a kernel that is three times as fast on a CPU
    return BertModel.from_pretrained(str(folder), add_pooling_layer=False, attention_probs_dropout_prob=0.0,
                                     attn_implementation=attention)
