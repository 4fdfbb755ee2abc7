"""The second look of the gate: a sentence that its words let pass is judged by what the reader's encoder makes of it.

Words say what a sentence is about, and the encoder in what sense: "shot" of a ball is another vector than "shot" of a guard. It
knows no text beside the sentence, and the words know what the text is about, so the two judgements are added. Learned with the
words' weights (`python -m training.gate`; data/gate_judge.npz), for the encoder that is packaged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from dateline.extract.gate_words import cues
from dateline.extract.reader.rows import LONGEST_ROW
from dateline.extract.reader.session import FirstLayers, Floats, first_layers


@dataclass(frozen=True, slots=True)
class Judge:
    """One hidden layer over a sentence's vector; its answer is in log-odds, above 0 for violence."""

    inner: Floats                 # (3 * size, hidden)
    inner_start: Floats           # (hidden,)
    outer: Floats                 # (hidden,)
    start: float
    reader: str                   # the checksum of the model whose vectors it learned from, its first 16 digits

    def judge(self, vectors: Floats) -> Floats:
        """(sentences,) of (sentences, 3 * size)."""
        judged: Floats = np.maximum(vectors @ self.inner + self.inner_start, 0) @ self.outer + np.float32(self.start)
        return judged


def judge_sentence(words: Sequence[str]) -> float:
    """How far the packaged judge takes a sentence, in small letters, for one that tells violence: log-odds."""
    return float(load_judge().judge(vector_of(words, first_layers())[None])[0])


def vector_of(words: Sequence[str], model: FirstLayers) -> Floats:
    """(3 * size,): the mean over the sentence's pieces, what stands for all of it, the mean over its words of violence."""
    encoding = model.tokenizer.encode(list(words), is_pretokenized=True)
    ids = np.array(encoding.ids[:LONGEST_ROW], dtype=np.int64)
    of_word = encoding.word_ids[:LONGEST_ROW]
    known = cues()
    member = np.array([[word is not None for word in of_word],
                       [word is not None and words[word] in known for word in of_word]], dtype=np.float32)
    hidden = model.hidden(ids)
    whole, told = member @ hidden / np.maximum(member.sum(1, keepdims=True), 1)
    return np.concatenate([whole, hidden[0], told])


@cache
def load_judge() -> Judge:
    """The packaged judge, read once a process."""
    with resources.files("dateline").joinpath("data", "gate_judge.npz").open("rb") as file, np.load(file) as held:
        inner, inner_start, outer = (held[name].astype(np.float32) for name in ("inner", "inner_start", "outer"))
        return Judge(inner, inner_start, outer, float(held["start"]), str(held["reader"]))
