"""What spaCy's attribute ruler does, in a tenth of its time.

The ruler matches every rule at every token: a fifth of the parse. Nearly all of its rules look at one token alone, at its
letters, tag and dependency, so what they give is asked once for each such token and remembered; the few that look at two are
matched as the ruler does. What comes out is the same (tests/extract/test_attributes.py).
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
from spacy.attrs import DEP, LOWER, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

NAME = "dateline_attributes"
MOST_REMEMBERED = 200_000         # kinds of tokens; a hostile text has ever new ones
Key = tuple[int, int, int]        # letters in small, tag, dependency


class Attributes:
    """A component for a pipeline in which the tagger and the parser, and nothing after them, have run."""

    def __init__(self, ruler: Any) -> None:
        """ruler: the pipeline's attribute ruler, whose rules are taken over."""
        self._vocab = ruler.vocab
        self._attrs: list[dict[int, int]] = ruler.attrs
        self._indices: list[int] = ruler.indices
        self._columns = sorted({TAG, DEP, *(attr for attrs in self._attrs for attr in attrs)})
        self._single, self._longer = Matcher(ruler.vocab, validate=False), Matcher(ruler.vocab, validate=False)
        for number, rule in enumerate(ruler.patterns):
            for pattern in rule["patterns"]:
                matcher = self._single if len(pattern) == 1 else self._longer
                matcher.add(str(number), [pattern])
        self._known: dict[Key, tuple[tuple[int, ...], list[int]]] = {}

    def __call__(self, doc: Doc) -> Doc:
        if not len(doc):
            return doc
        keys: list[Key] = list(map(tuple, doc.to_array([LOWER, TAG, DEP]).tolist()))
        known = self._known
        rows = [known[key][1] if key in known else self._rules(doc, at, key)[1] for at, key in enumerate(keys)]
        for at, more in self._by_longer(doc).items():
            rules, _ = self._rules(doc, at, keys[at])
            rows[at] = self._row(keys[at], sorted({*rules, *more}))
        table: Any = np.array(rows, dtype=np.uint64)
        doc.from_array(self._columns, table)
        return doc

    def _by_longer(self, doc: Doc) -> dict[int, list[int]]:
        """Token -> the rules over several tokens that change it."""
        found = defaultdict(list)
        for name, start, end in self._longer(doc, allow_missing=True, as_spans=False):
            number = int(self._vocab.strings[name])
            index = self._indices[number]
            found[start + index if index >= 0 else end + index].append(number)
        return found

    def _rules(self, doc: Doc, at: int, key: Key) -> tuple[tuple[int, ...], list[int]]:
        """The numbers of the rules that match one token by itself, and its row of `_columns` after them."""
        if key not in self._known:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            token = doc[at]
            alone = Doc(self._vocab, words=[token.text], spaces=[False], tags=[token.tag_], deps=[token.dep_], heads=[0])
            numbers = sorted(int(self._vocab.strings[name]) for name, _, _ in self._single(alone, allow_missing=True))
            self._known[key] = tuple(numbers), self._row(key, numbers)
        return self._known[key]

    def _row(self, key: Key, numbers: list[int]) -> list[int]:
        """What the rules set, a later one over an earlier one; 0 is not set."""
        row = {TAG: key[1], DEP: key[2]}
        for number in numbers:
            row.update(self._attrs[number])
        return [row.get(column, 0) for column in self._columns]


@Language.factory(NAME)
def _attributes(nlp: Language, name: str) -> Attributes:
    return Attributes(nlp.get_pipe("attribute_ruler"))


def replace_ruler(nlp: Language) -> None:
    """Let the pipeline set attributes by `Attributes` in place of its attribute ruler."""
    nlp.add_pipe(NAME, after="attribute_ruler")
    nlp.disable_pipe("attribute_ruler")
