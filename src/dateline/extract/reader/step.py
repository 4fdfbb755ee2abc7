"""The step of extraction that asks the model."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from dateline.extract.document import Document
from dateline.extract.reader.fillers import Filler, fillers_of
from dateline.extract.reader.near import sentences_near
from dateline.extract.reader.rows import Row, rows_of
from dateline.extract.reader.session import Read, Session, session


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model read of one report. told: of each sentence that was read, by its number in the report, the probability
    that it tells an incident, of each kind, and of each manner of telling."""

    fillers: tuple[Filler, ...]
    told: Mapping[int, Mapping[str, float]]
    rows: tuple[Row, ...]
    reads: tuple[Read, ...]
    roles: tuple[str, ...]

    def score(self, start: int, end: int, roles: Collection[str]) -> float | None:
        """The highest probability, under any of `roles`, of a span that overlaps these characters by half; None: not read.

        The words of a phrase by the parse and of a span by the model differ at their edges.
        """
        columns = [self.roles.index(role) for role in roles]
        best: float | None = None
        for row, read in zip(self.rows, self.reads, strict=True):
            shared = np.minimum(row.end, end) - np.maximum(row.start, start)
            near = np.flatnonzero(2 * shared > np.maximum(row.end - row.start, end - start))
            if len(near):
                best = max(best or 0.0, float(read.roles[near][:, columns].max()))
        return best


def read_near_acts(document: Document) -> None:
    """Set `document.reading`, where an act is told."""
    model = session()
    rows = _rows(document, model)
    if rows:
        document.reading = _reading(document.report.text, rows, [model.read(row) for row in rows], model)


def _rows(document: Document, model: Session) -> list[Row]:
    if not document.acts:
        return []
    doc: Any = document.spacy
    sentences = [(sentence.start_char, sentence.end_char) for sentence in doc.sents]
    chosen = sentences_near(sentences, list(dict.fromkeys(act.sentence for act in document.acts)))
    return [_renumbered(row, chosen) for row in rows_of(document.report.text, [sentences[n] for n in chosen], model.tokenizer)]


def _renumbered(row: Row, chosen: Sequence[int]) -> Row:
    """Sentences by their number in the report."""
    return replace(row, sentence_of=np.array(chosen, dtype=np.int64)[row.sentence_of],
                   given=tuple(chosen[number] for number in row.given))


def _reading(text: str, rows: Sequence[Row], reads: Sequence[Read], model: Session) -> Reading:
    told = {number: dict(zip(("told", *model.kinds, *model.manners), values, strict=True))
            for row, read in zip(rows, reads, strict=True) for number, values in zip(row.given, read.told.tolist(), strict=True)}
    return Reading(tuple(fillers_of(text, rows, reads, model.roles, model.least)), told, tuple(rows), tuple(reads), model.roles)
