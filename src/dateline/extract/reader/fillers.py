"""Scores -> fillers: who did it, who suffered it, what was attacked and with what, each once with all the words that name it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dateline.extract.reader.rows import Row
from dateline.extract.reader.session import Floats, Read


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a filler is named. sentence: its number among those that were asked for."""

    start: int
    end: int
    sentence: int
    score: float


@dataclass(frozen=True, slots=True)
class Filler:
    """Somebody or something that plays a role in an incident of the report; mentions by score, the best first.

    inner: of the best mention, for `Session.together`.
    """

    role: str
    text: str
    score: float
    mentions: tuple[Mention, ...]
    inner: Floats


def fillers_of(text: str, rows: Sequence[Row], reads: Sequence[Read], roles: Sequence[str],
               least: Mapping[str, float]) -> list[Filler]:
    """The fillers of the roles in `least`, which gives for each the probability that one must have.

    Words that overlap a better mention name the same; so do words that are part of its words, or hold them.
    """
    if not rows:
        return []
    spans = _Spans.of(rows, reads)
    return [filler for role, threshold in least.items() for filler in _of_role(text, spans, roles.index(role), role, threshold)]


@dataclass(frozen=True, slots=True)
class _Spans:
    start: np.ndarray[tuple[int], np.dtype[np.int64]]
    end: np.ndarray[tuple[int], np.dtype[np.int64]]
    sentence: np.ndarray[tuple[int], np.dtype[np.int64]]
    scores: Floats
    inner: Floats

    @classmethod
    def of(cls, rows: Sequence[Row], reads: Sequence[Read]) -> _Spans:
        start, end, sentence = (np.concatenate([getattr(row, name) for row in rows]) for name in ("start", "end", "sentence_of"))
        return cls(start, end, sentence, np.concatenate([read.roles for read in reads]),
                   np.concatenate([read.inner for read in reads]))


def _of_role(text: str, spans: _Spans, column: int, role: str, least: float) -> list[Filler]:
    scores = spans.scores[:, column]
    likely = np.flatnonzero(scores >= least)
    found: list[tuple[str, list[Mention], Floats]] = []
    for at in likely[np.argsort(-scores[likely], kind="stable")].tolist():
        mention = Mention(int(spans.start[at]), int(spans.end[at]), int(spans.sentence[at]), float(scores[at]))
        words = _plain(text[mention.start:mention.end])
        if any(mention.start < other.end and other.start < mention.end for _, told, _ in found for other in told):
            continue
        for known, told, _ in found:
            if f" {words} " in f" {known} " or f" {known} " in f" {words} ":
                told.append(mention)
                break
        else:
            found.append((words, [mention], spans.inner[at]))
    return [Filler(role, text[told[0].start:told[0].end], told[0].score, tuple(told), inner) for _, told, inner in found]


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower()))
