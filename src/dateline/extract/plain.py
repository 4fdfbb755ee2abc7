"""Where sentences end by the marks of a text alone, for texts that nobody has parsed."""

from __future__ import annotations

import re
from itertools import pairwise

from dateline.extract.truecase_tokens import ABBREVIATIONS

_END = re.compile(r"[.?!][\"')\]]*\s+|\n\s*\n|\s{3,}")
_ABBREVIATED = re.compile(rf"\b(?:[a-z]|{'|'.join(sorted(ABBREVIATIONS))})\.[ \n]$", re.I)   # "Gen. Ruiz", "U.S. troops"
_LOOK_BACK = 6                    # characters: the longest abbreviation with what is before it


def plain_sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence of a text, with the blanks after it.

    >>> [text[a:b] for text in ["Gen. Ruiz left. He took J. Ortega along."] for a, b in plain_sentences(text)]
    ['Gen. Ruiz left. ', 'He took J. Ortega along.']
    """
    ends = (found.span() for found in _END.finditer(text))
    cuts = [0, *(end for start, end in ends if not _ABBREVIATED.search(text, max(start - _LOOK_BACK, 0), end)), len(text)]
    return [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]
