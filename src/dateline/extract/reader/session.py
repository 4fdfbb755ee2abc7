"""The packaged model: rows of word pieces in, probabilities out. onnxruntime and tokenizers alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.extract.reader.rows import Ints, Row

if TYPE_CHECKING:
    from tokenizers import Tokenizer

OUTPUTS = ("roles", "inner", "told", "relevant")
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
        member = np.zeros((len(row.sentences), len(row.ids)), dtype=np.float32)
        for number, (begin, end) in enumerate(row.sentences.tolist()):
            member[number, begin:end] = 1
        roles, inner, told, relevant = self._run.run(OUTPUTS, _given(row.ids, member, row.first, row.last, row.width))
        return Read(roles, inner, told, relevant[0])

    def seen(self, ids: Ints, member: Floats) -> Floats:
        """(parts, 2 * size): of each part of one row of pieces the mean of what the encoder makes of them, then of [CLS].

        member: (parts, pieces), 1 where a piece is of the part.
        """
        one = np.ones(1, dtype=np.int64)      # the graph asks for a span; what it makes of it is not asked for
        [seen] = self._run.run(("seen",), _given(ids, member, one, one, one))
        vectors: Floats = seen
        return vectors


def _given(ids: Ints, member: Floats, first: Ints, last: Ints, width: Ints) -> dict[str, Any]:
    """What the graph takes, for one row."""
    return {"ids": ids[None], "mask": np.ones((1, len(ids)), dtype=np.int64), "row": np.zeros(len(first), dtype=np.int64),
            "first": first, "last": last, "width": width, "sentence_row": np.zeros(len(member), dtype=np.int64), "member": member}


@cache
def session() -> Session:
    """The model of the package, loaded once a process."""
    return Session()
