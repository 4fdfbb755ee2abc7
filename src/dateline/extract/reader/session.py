"""The packaged model: rows of word pieces in, probabilities out. onnxruntime and tokenizers alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.extract.reader.rows import Row

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FOLDER = Path(__file__).parents[2] / "data" / "reader"
Floats = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Read:
    """What the model makes of one row; all are probabilities but `inner`."""

    roles: Floats                 # (spans, roles)
    inner: Floats                 # (spans, size): what pairs of spans are compared by
    told: Floats                  # (sentences, 1 + kinds + manners): whether an incident is told there; of which kind; how
    relevant: Floats              # (2,)


class Session:
    """One loaded model; safe to share between threads."""

    def __init__(self, folder: Path = FOLDER) -> None:
        import onnxruntime as ort
        from tokenizers import Tokenizer

        options = ort.SessionOptions()
        options.intra_op_num_threads = 1      # as spaCy: who wants more cores runs more processes
        options.inter_op_num_threads = 1
        self._run = ort.InferenceSession(str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"])
        self.tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        named = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
        self.roles: tuple[str, ...] = tuple(named["roles"])
        self.kinds: tuple[str, ...] = tuple(named["kinds"])
        self.manners: tuple[str, ...] = tuple(named["manners"])
        self.least: Mapping[str, float] = named["least"]      # the probability from which on a span fills a role

    def read(self, row: Row) -> Read:
        """The scores of one row.

        One at a time: what is int8 is scaled by the largest value of a call, so that a report's scores would change with the
        reports that were read beside it; and on one core a batch is no faster.
        """
        pieces, sentences = len(row.ids), len(row.sentences)
        member = np.zeros((sentences, pieces), dtype=np.float32)
        for number, (begin, end) in enumerate(row.sentences.tolist()):
            member[number, begin:end] = 1
        roles, inner, told, relevant = self._run.run(None, {
            "ids": row.ids[None], "mask": np.ones((1, pieces), dtype=np.int64), "row": np.zeros(len(row.first), dtype=np.int64),
            "first": row.first, "last": row.last, "width": row.width, "sentence_row": np.zeros(sentences, dtype=np.int64),
            "member": member})
        return Read(roles, inner, told, relevant[0])


@cache
def session() -> Session:
    """The model of the package, loaded once a process."""
    return Session()
