"""Makes the judge of the gate's second look (`extract/gate_judge.py`): one hidden layer over vectors of the packaged reader.

It learns what the words' weights learn: the teacher's judgements, and the labels where there are any. numpy alone; seeded.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import numpy as np

from dateline.checkup import checksum
from dateline.extract.gate_judge import Judge, vector_of
from dateline.extract.reader.session import FOLDER, first_layers

SEED = 20261128
HIDDEN = 128
EPOCHS, BATCH = 60, 128
RATE, WARM_STEPS = 2e-3, 50
DECAY = 0.02
DROPPED = 0.5                     # share of a vector's values, and of hidden ones, that a step does not see
Array = np.ndarray[Any, np.dtype[np.float32]]


def vectors_of(sentences: Sequence[Sequence[str]]) -> Array:
    """(sentences, 3 * size), some 5 ms each."""
    model = first_layers()
    return np.stack([vector_of(words, model) for words in sentences])


def learn_judge(vectors: Array, aim: Array, weight: Array) -> Judge:
    """Fit by Adam. aim: the probability that is wanted of each sentence; weight: how much it counts."""
    chance = np.random.default_rng(SEED)
    middle, spread = vectors.mean(0), vectors.std(0) + np.float32(1e-3)
    scaled = (vectors - middle) / spread
    size = scaled.shape[1]
    layers = [chance.standard_normal((size, HIDDEN), np.float32) * np.float32(size**-0.5), np.zeros(HIDDEN, np.float32),
              chance.standard_normal(HIDDEN, np.float32) * np.float32(HIDDEN**-0.5), np.zeros(1, np.float32)]
    moments = [(np.zeros_like(layer), np.zeros_like(layer)) for layer in layers]
    steps = EPOCHS * -(-len(scaled) // BATCH)
    batches = (part for _ in range(EPOCHS) for part in np.array_split(chance.permutation(len(scaled)), steps // EPOCHS))
    for step, part in enumerate(batches, 1):
        seen = scaled[part] * _kept(chance, (len(part), size))
        kept = _kept(chance, (len(part), HIDDEN))
        hidden = seen @ layers[0] + layers[1]
        active = np.maximum(hidden, 0) * kept
        odds = active @ layers[2] + layers[3]
        wrong = weight[part] * (1 / (1 + np.exp(-odds)) - aim[part]) / np.float32(len(part))
        back = wrong[:, None] * layers[2] * kept * (hidden > 0)
        slopes = [seen.T @ back, back.sum(0), active.T @ wrong, wrong.sum(keepdims=True)]
        rate = RATE * min(1.0, step / WARM_STEPS) * (1 - step / (steps + 1))
        for layer, slope, (mean, square) in zip(layers, slopes, moments, strict=True):
            mean += 0.1 * (slope - mean)
            square += 0.001 * (slope**2 - square)
            layer -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        layers[0] -= rate * DECAY * layers[0]
    inner = layers[0] / spread[:, None]
    return Judge(inner, layers[1] - middle @ inner, layers[2], float(layers[3][0]), checksum(FOLDER / "reader.onnx")[:16])


def packed_judge(judge: Judge, least: float) -> bytes:
    """The file, zero being where the sum with the words' judgement begins to pass."""
    held = io.BytesIO()
    np.savez_compressed(held, inner=judge.inner.astype(np.float16), inner_start=judge.inner_start, outer=judge.outer,
                        start=np.float32(judge.start - least), reader=np.array(judge.reader))
    return held.getvalue()


def _kept(chance: np.random.Generator, shape: tuple[int, int]) -> Array:
    """By what a layer is multiplied so that a share of it is not seen."""
    return (chance.random(shape, np.float32) >= DROPPED).astype(np.float32) / np.float32(1 - DROPPED)
