"""Pack a trained reader for the package: ONNX, int8 but for the span heads, under 30 MB.

The matrices of the encoder are int8 per channel (its embeddings per word), which keeps the scores; torch is not needed to run it.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.examples import KINDS, MANNERS, ROLES
from training.first import write_first_layers
from training.net import Reader

INPUTS = ("ids", "mask", "row", "first", "last", "width", "sentence_row", "member")
OUTPUTS = ("roles", "inner", "told", "relevant", "seen")
DATA = Path("src/dateline/data/reader")
LIMIT_MB = 30


class SmallEmbedding(nn.Module):
    """A table of int8 with one scale a word."""

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("table", (table / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        return self.table[ids].float() * self.scale[ids]


class Whole(nn.Module):
    """All heads in one call; scores are probabilities."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, mask: Tensor, row: Tensor, first: Tensor, last: Tensor, width: Tensor, sentence_row: Tensor,
                member: Tensor) -> tuple[Tensor, ...]:
        hidden = self.reader.encode(ids, mask)
        inner = self.reader.spans(hidden, row, first, last, width)
        seen = self.reader.seen(hidden, sentence_row, member)
        told = self.reader.sentence(seen)
        return (torch.sigmoid(self.reader.role(inner)), inner, torch.sigmoid(told),
                torch.sigmoid(self.reader.relevant(hidden[:, 0])), seen)


def pack_reader(reader: Reader, encoder: Path, out: Path) -> None:
    """Write reader.onnx, first.onnx, pairs.npz, tokenizer.json and reader.json into `out`; no threshold is chosen yet.

    Raises ValueError where the model is over the limit.
    """
    out.mkdir(parents=True, exist_ok=True)
    _write_onnx(reader, out / "reader.onnx")
    write_first_layers(out)
    _write_pairs(reader, out / "pairs.npz")
    shutil.copyfile(encoder / "tokenizer.json", out / "tokenizer.json")
    write_thresholds(out, {}, {})


def write_thresholds(out: Path, least: Mapping[str, float], figures: Mapping[str, str]) -> None:
    """least: the threshold of each role; figures: what the model does with them, in words."""
    told = {"roles": ROLES, "kinds": KINDS, "manners": MANNERS, "least": least, "figures": figures}
    (out / "reader.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _write_onnx(reader: Reader, path: Path) -> None:
    reader.eval()
    reader.encoder.embeddings.word_embeddings = SmallEmbedding(reader.encoder.embeddings.word_embeddings.weight.detach())
    ids = torch.tensor([[101, 2023, 2003, 102], [101, 2009, 102, 0]])
    mask = (ids > 0).long()
    ones = torch.tensor([0, 1])
    given = (ids, mask, ones, torch.tensor([1, 1]), torch.tensor([2, 1]), torch.tensor([2, 1]), ones,
             torch.tensor([[0.0, 1, 1, 0], [0, 1, 0, 0]]))
    axes = {"ids": {0: "rows", 1: "pieces"}, "mask": {0: "rows", 1: "pieces"}, "member": {0: "sentences", 1: "pieces"},
            "sentence_row": {0: "sentences"}, "told": {0: "sentences"}, "seen": {0: "sentences"}, "relevant": {0: "rows"},
            **{name: {0: "spans"} for name in ("row", "first", "last", "width", "roles", "inner")}}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(Whole(reader), given, str(whole), input_names=list(INPUTS), output_names=list(OUTPUTS),
                          dynamic_axes=axes, opset_version=17, dynamo=False)
        small = Path(folder) / "small.onnx"
        quantize_dynamic(str(whole), str(small), weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul"])
        onnx.checker.check_model(str(small))
        size_mb = small.stat().st_size / 2**20
        if size_mb > LIMIT_MB:
            raise ValueError(f"{size_mb:.1f} MB is over the limit of {LIMIT_MB} MB for a model in the package")
        shutil.copyfile(small, path)


def _write_pairs(reader: Reader, path: Path) -> None:
    """The head over pairs, which runs without a graph: a few pairs a report."""
    weights = {name.removeprefix("pair."): value.detach().numpy().astype(np.float32)
               for name, value in reader.state_dict().items() if name.startswith("pair.")}
    np.savez(path, **{name.replace(".", "_"): value for name, value in weights.items()})
