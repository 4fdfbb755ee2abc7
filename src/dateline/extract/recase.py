"""Upper-case and lower-case reports are re-cased before they are parsed. Offsets stay: each character keeps its place."""

from __future__ import annotations

import re

MOSTLY = 0.9                      # share of letters in one case that makes a text one-case
LETTERS_SEEN = 2000
SENTENCE_START = re.compile(r"(?:^|[.!?][\"')\]]*\s+|\n\s*\n\s*|\]\s+)([\"'(\[]*)([a-z])")
WORD = re.compile(r"[A-Za-z][A-Za-z'\u2019]*")


def one_case(text: str) -> str | None:
    """ "upper" or "lower" where nearly all letters of the text are in that case, else None."""
    letters = [c for c in text[:LETTERS_SEEN] if c.isalpha()]
    if len(letters) < 20:
        return None
    upper = sum(c.isupper() for c in letters) / len(letters)
    return "upper" if upper >= MOSTLY else "lower" if upper <= 0.002 else None


def recased(text: str, names: frozenset[str]) -> str:
    """`text` with sentence starts and the words of `names` (lower case) capitalised and all else in lower case.

    The length never changes: a character whose lower or upper form is longer stays as it is.
    """
    if one_case(text) is None:
        return text
    characters = [c.lower() if len(c.lower()) == 1 else c for c in text]
    lowered = "".join(characters)
    for match in SENTENCE_START.finditer(lowered):
        characters[match.start(2)] = _upper(characters[match.start(2)])
    for match in WORD.finditer(lowered):
        if match.group() in names:
            characters[match.start()] = _upper(characters[match.start()])
    return "".join(characters)


def _upper(character: str) -> str:
    upper = character.upper()
    return upper if len(upper) == 1 else character
