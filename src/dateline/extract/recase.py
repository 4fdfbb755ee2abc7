"""Upper-case and lower-case reports are re-cased before they are parsed. Offsets stay: each character keeps its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.extract.lexicon import lexicon

if TYPE_CHECKING:
    from dateline.extract.register import Register
    from dateline.where.gazetteer import Gazetteer

MOSTLY = 0.9                      # share of letters in one case that makes a text one-case
LETTERS_SEEN = 2000
SENTENCE_START = re.compile(r"(?:^|[.!?][\"')\]]*\s+|\n\s*\n\s*|\]\s+)([\"'(\[]*)([a-z])")
KNOWN_CITY = 100_000              # inhabitants: smaller towns share too many names with common words
CALENDAR = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "april", "june", "july",
    "august", "september", "october", "november", "december"})
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


def words_of_names(register: Register, gazetteer: Gazetteer) -> frozenset[str]:
    """Words, in lower case, that English writes with a capital: those of armed groups, countries, provinces and cities.

    Words of our own lists and the commonest words of English are left out: "reading" is a town too.
    """
    from dateline.extract.nlp import pipeline

    common = pipeline().Defaults.stop_words | lexicon().common_words()
    names = {w for key in register.names for w in key.split(" ")} | gazetteer.words_of_known(KNOWN_CITY)
    return frozenset(CALENDAR | {w for w in names if len(w) > 2 and w.isalpha() and w not in common})
