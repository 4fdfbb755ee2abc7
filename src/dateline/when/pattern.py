"""The language in which forms are written, and its translation into regular expressions over encoded texts.

    early? on? (?P<weekday>WEEKDAY) CLITIC? PART?

Words in small letters are themselves, names in capitals are classes (vocabulary.py), marks are marks, `_` is a word that no
form knows. ( ) | ? * + and (?P<name>...) (?:...) (?=...) (?!...) (?<!...) are those of regular expressions; since each
word is one character there, "early?" is an optional word. Spaces mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.when.vocabulary import CASED, END, OF_SMALL, OTHER, character, characters

_MACROS = {"MONTH": "(?:FULLMONTH|UNSUREMONTH|(?:UNSUREABBR|ABBRMONTH) .?)", "WD": "(?:WEEKDAY|WDABBR .?)"}
_PIECE = re.compile(r"(?P<open>\(\?P<\w+>|\(\?<?[:=!])|(?P<name>[A-Z][A-Z0-9]*)|(?P<word>[a-z]+)|(?P<any>_)"
                    r"|(?P<mark>[-.,;:/%&\"])|(?P<space>\s+)|(?P<syntax>[()|?*+])")


def compile_form(form: str) -> re.Pattern[str]:
    """The expression of `form`. Raises ValueError for what is no word, class, mark or sign of the language."""
    return re.compile("".join(_pieces(form)))


def _pieces(form: str) -> Iterator[str]:
    at = 0
    while at < len(form):
        piece = _PIECE.match(form, at)
        if piece is None:
            raise ValueError(f"no form: {form[at:at + 20]!r}")
        at, said, kind = piece.end(), piece.group(), piece.lastgroup
        if kind == "name" and said in _MACROS:
            yield from _pieces(_MACROS[said])
        elif kind == "name":
            yield END if said == "END" else f"[{re.escape(characters(said))}]"
        elif kind == "word":
            yield f"[{character(said)}{OF_SMALL[said]}]" if said in CASED else re.escape(character(said))
        elif kind == "any":
            yield OTHER
        elif kind == "mark":
            yield re.escape(said)
        elif kind != "space":
            yield said
