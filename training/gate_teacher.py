"""The teacher of the gate's weights: a small encoder that is trained on the labelled sentences and then judges all others.

Only here is torch. What the teacher knows of words it has from the texts that it was made of; the gate, which knows only words
that it has seen, learns from its judgements on thousands of sentences that nobody read. Nothing of it ships.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from training.gate_data import Told

SEED = 20261127
EPOCHS = 3
BATCH = 16
RATE, HEAD_RATE = 5e-5, 1e-3
WARM_STEPS = 30
LONGEST = 72                      # pieces of words


class Teacher(nn.Module):
    """Sentences to log-odds that they tell violence."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self.encoder: Any = AutoModel.from_pretrained(folder)
        self.head = nn.Linear(self.encoder.config.hidden_size, 1)
        self.drop = nn.Dropout(0.1)

    def forward(self, sentences: Sequence[Sequence[str]]) -> Tensor:
        batch = self.tokenizer([" ".join(words) for words in sentences], return_tensors="pt", padding=True, truncation=True,
                               max_length=LONGEST)
        mask = batch["attention_mask"][..., None]
        hidden = self.encoder(**batch).last_hidden_state
        judged: Tensor = self.head(self.drop((hidden * mask).sum(1) / mask.sum(1)))[:, 0]
        return judged


def teach(labelled: Sequence[Told], folder: Path) -> Teacher:
    """A teacher trained on sentences that have a label. folder: the encoder, as transformers keeps it. Seeded; one thread."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)      # with more the sums, and so the weights, would not repeat
    teacher, chance = Teacher(folder), random.Random(SEED)
    optimiser = torch.optim.AdamW([{"params": teacher.encoder.parameters(), "lr": RATE},
                                   {"params": teacher.head.parameters(), "lr": HEAD_RATE}], weight_decay=0.01)
    rates = RATE, HEAD_RATE
    batches = [batch for _ in range(EPOCHS) for batch in _batches(labelled, chance)]
    teacher.train()
    for step, batch in enumerate(batches):
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * min(1.0, step / WARM_STEPS) * (1 - step / len(batches))
        judged = teacher([told.words for told in batch])
        labels = torch.tensor([float(bool(told.label)) for told in batch])
        loss = nn.functional.binary_cross_entropy_with_logits(judged, labels)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
        optimiser.step()
        if step % 100 == 0:
            print(f"  {step} of {len(batches)} steps, loss {loss.item():.3f}", flush=True)
    return teacher.eval()


def judgements(teacher: Teacher, sentences: Sequence[Sequence[str]]) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Log-odds for each sentence, in order."""
    judged = np.zeros(len(sentences), np.float32)
    by_length = sorted(range(len(sentences)), key=lambda at: len(sentences[at]))
    with torch.no_grad():
        for first in range(0, len(by_length), 64):
            part = by_length[first : first + 64]
            judged[part] = teacher([sentences[at] for at in part]).numpy()
            if first % 12_800 == 0:
                print(f"  {first} of {len(sentences)} sentences judged", flush=True)
    return judged


def _batches(labelled: Sequence[Told], chance: random.Random) -> Iterator[list[Told]]:
    """Of sentences of like length, in an order by chance."""
    shuffled = chance.sample(labelled, len(labelled))
    parts = [shuffled[at : at + 20 * BATCH] for at in range(0, len(shuffled), 20 * BATCH)]
    near = [sorted(part, key=lambda told: len(told.words)) for part in parts]
    batches = [part[at : at + BATCH] for part in near for at in range(0, len(part), BATCH)]
    chance.shuffle(batches)
    yield from batches
