"""The tokens of a report as the finder of places asks for them, and the lists of words around names."""

from __future__ import annotations

from functools import cache

from spacy.symbols import PROPN

from dateline.extract.document import Document
from dateline.read.agencies import agencies_named
from dateline.where.place import one_list


class Tokens:
    """What is asked of each token, once."""

    def __init__(self, document: Document) -> None:
        doc = document.spacy
        self.doc = doc
        self.text = [t.text for t in doc]
        self.start = [t.idx for t in doc]
        self.low = [t.lower() for t in self.text]
        self.proper = [pos == PROPN for pos in doc.to_array("POS").tolist()]
        self.upper = [t[:1].isupper() for t in self.text]
        self.small = {low for low, text in zip(self.low, self.text, strict=True) if low == text}
        self.blocked = [False] * len(self.text)
        spans = iter(sorted([*((m.start, m.end) for m in document.groups), *agencies_named(doc.text)]))
        span = next(spans, None)
        for at, start in enumerate(self.start):
            while span is not None and span[1] <= start:
                span = next(spans, None)
            if span is not None and start < span[1] and start + len(self.text[at]) > span[0]:
                self.blocked[at] = True

    def __len__(self) -> int:
        return len(self.text)

    def end(self, at: int) -> int:
        return int(self.start[at]) + len(self.text[at])

    def before(self, at: int) -> int:
        """The token before `at`, line ends passed over; -1 where none is."""
        at -= 1
        while at >= 0 and self.text[at] == "\n":
            at -= 1
        return at

    def after(self, at: int) -> int:
        """The token after `at`, line ends passed over; the number of tokens where none is."""
        at += 1
        while at < len(self.text) and self.text[at] == "\n":
            at += 1
        return at

    def lower(self, at: int) -> str:
        return self.low[at] if 0 <= at < len(self.text) else ""


@cache
def words(name: str) -> frozenset[str]:
    """A list of words of data/place_words.toml, or of data/places.toml."""
    return frozenset(_lists()[name])


@cache
def _lists() -> dict[str, list[str]]:
    return {**one_list("places.toml")["words"], **one_list("place_words.toml")}
