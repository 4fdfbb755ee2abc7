"""A report's sentences cut into rows that the encoder takes, with every span of words in them that can be scored.

Training and run time share this module, so that the model meets the spans that it was trained on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST_ROW = 384                 # word pieces, with the two marks at its ends
LONGEST_SENTENCE = LONGEST_ROW - 4   # pieces; what is longer goes on as another sentence
LONGEST_SPAN = 12                 # words, a mark of punctuation among them being one
DETERMINERS = frozenset({"the", "a", "an"})
_NO_PART = frozenset("?!;:\"[]()“”")
Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Row:
    """ids: word pieces with [CLS] and [SEP]. Of each span: its first and last piece, its width in words, its characters.

    sentences: first piece and the one after the last of each; sentence_of: of each span the number of its sentence in `given`.
    """

    ids: Ints                     # (pieces,)
    first: Ints                   # (spans,)
    last: Ints
    width: Ints
    start: Ints                   # code points in the text, end excluded
    end: Ints
    sentence_of: Ints
    sentences: Ints               # (sentences, 2)
    given: tuple[int, ...]        # of each sentence its number among those asked for


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    pieces: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    number: int
    words: tuple[_Word, ...]

    @property
    def pieces(self) -> int:
        return sum(len(word.pieces) for word in self.words)


def rows_of(text: str, sentences: Iterable[tuple[int, int]], tokenizer: Tokenizer) -> list[Row]:
    """The rows of these sentences of a text, given by their characters; a row never parts a sentence that fits into one."""
    rows: list[list[_Sentence]] = [[]]
    used = 2
    for sentence in _sentences(text, sentences, tokenizer):
        if used + sentence.pieces > LONGEST_ROW and rows[-1]:
            rows.append([])
            used = 2
        rows[-1].append(sentence)
        used += sentence.pieces
    begin, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    assert begin is not None, "a vocabulary without marks is none of this model's"
    assert end is not None
    return [_row(row, begin, end) for row in rows if row]


def _sentences(text: str, sentences: Iterable[tuple[int, int]], tokenizer: Tokenizer) -> Iterable[_Sentence]:
    for number, (start, end) in enumerate(sentences):
        encoding = tokenizer.encode(text[start:end], add_special_tokens=False)
        words: list[_Word] = []
        previous, size = None, 0
        for piece, of_word, (a, b) in zip(encoding.ids, encoding.word_ids, encoding.offsets, strict=True):
            size += 1
            if of_word == previous and words:
                word = words[-1]
                words[-1] = _Word(text[word.start:start + b], word.start, start + b, (*word.pieces, piece))
                continue
            if size > LONGEST_SENTENCE:
                yield _Sentence(number, tuple(words))
                words, size = [], 1
            words.append(_Word(text[start + a:start + b], start + a, start + b, (piece,)))
            previous = of_word
        if words:
            yield _Sentence(number, tuple(words))


def _row(sentences: Sequence[_Sentence], begin: int, end: int) -> Row:
    ids = [begin]
    spans: list[tuple[int, ...]] = []
    bounds = []
    for sentence in sentences:
        at = len(ids)
        places = []
        for word in sentence.words:
            places.append((len(ids), len(ids) + len(word.pieces) - 1))
            ids += word.pieces
        bounds.append((at, len(ids)))
        spans += _spans(sentence, places)
    ids.append(end)
    table = np.array(spans, dtype=np.int64).reshape(-1, 6)
    first, last, width, start, stop, number = table.T
    return Row(np.array(ids, dtype=np.int64), first, last, width, start, stop, number, np.array(bounds, dtype=np.int64),
               tuple(sentence.number for sentence in sentences))


def _spans(sentence: _Sentence, places: Sequence[tuple[int, int]]) -> Iterable[tuple[int, ...]]:
    """Runs of words that begin and end with a word, not with an article, and hold no mark that parts clauses."""
    words = sentence.words
    for i, word in enumerate(words):
        if not word.text[:1].isalnum() or word.text.lower() in DETERMINERS:
            continue
        for j in range(i, min(i + LONGEST_SPAN, len(words))):
            if words[j].text in _NO_PART:
                break
            if words[j].text[-1:].isalnum():
                yield places[i][0], places[j][1], j - i + 1, word.start, words[j].end, sentence.number
