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
        self._run = _loaded(folder / "reader.onnx")
        self.tokenizer = _tokenizer(folder)
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


class FirstLayers:
    """The encoder's first layers alone, for who needs little of many sentences; safe to share between threads.

    reader: the checksum of the model whose weights these are.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._run = _loaded(folder / "first.onnx")      # its weights lie in reader.onnx
        self.tokenizer = _tokenizer(folder)
        self.reader: str = self._run.get_modelmeta().custom_metadata_map["reader"]

    def hidden(self, ids: Ints) -> Floats:
        """(pieces, size): what the layers make of each piece of one row; one at a time, as `Session.read`."""
        [hidden] = self._run.run(None, {"ids": ids[None], "mask": np.ones((1, len(ids)), dtype=np.int64)})
        of_pieces: Floats = hidden[0]
        return of_pieces


def _loaded(file: Path) -> Any:
    """onnxruntime's session over a graph."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1      # as spaCy: who wants more cores runs more processes
    options.inter_op_num_threads = 1
    return ort.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


@cache
def _tokenizer(folder: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _given(ids: Ints, member: Floats, first: Ints, last: Ints, width: Ints) -> dict[str, Any]:
    """What the graph takes, for one row."""
    return {"ids": ids[None], "mask": np.ones((1, len(ids)), dtype=np.int64), "row": np.zeros(len(first), dtype=np.int64),
            "first": first, "last": last, "width": width, "sentence_row": np.zeros(len(member), dtype=np.int64), "member": member}


@cache
def session() -> Session:
    """The model of the package, loaded once a process."""
    return Session()


@cache
def first_layers() -> FirstLayers:
    """The first layers of the package's model, loaded once a process."""
    return FirstLayers()
