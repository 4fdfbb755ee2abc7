"""Where words that were searched for stand in a text that may be shown. Pure.

Words are looked for in the text after what may not be shown is blanked: a report that is found by a withheld name alone
is not found, so that a search cannot tell what the desk does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from dateline.publish.safe import clean

AROUND = 110                      # characters before and after the words
MOST = 50                         # places of each word that are looked at
SEARCHED = 200_000                # characters of a text that are looked through: the longest that is read


@dataclass(frozen=True, slots=True)
class Bit:
    words: str
    is_found: bool


@dataclass(frozen=True, slots=True)
class Term:
    """words: a word, or a phrase in its order. is_beginning: of a longer word."""

    words: str
    is_beginning: bool = False


class _Folded(dict[int, int]):
    """Each character -> its small letter without accents, one for one, so that places stay true."""

    def __missing__(self, code: int) -> int:
        found = next((char for char in unicodedata.normalize("NFKD", chr(code)).casefold() if not unicodedata.combining(char)),
                     None)
        self[code] = ord(found) if found else code
        return self[code]


_FOLDED = _Folded()


def snippet_of(texts: Sequence[str], terms: Sequence[Term], kept: Sequence[str]) -> list[Bit] | None:
    """Some of the last of `texts` (title, text) around the first of `terms` there; None: found by what is withheld alone.

    texts: as they may be shown. kept: the same as they are. The index may know a word that is not found here (it takes other
    signs apart): then the beginning is shown with nothing marked.
    """
    bits = _around(texts, terms)
    if bits is None and _around(kept, terms) is None:
        return list(_bits(texts[-1], 0, _word_end(texts[-1], 2 * AROUND), ()))
    return bits


def _around(texts: Sequence[str], terms: Sequence[Term]) -> list[Bit] | None:
    """None where one of the terms stands in none of the texts."""
    shown = [text[:SEARCHED] for text in texts]
    folded = [text.lower() if text.isascii() else text.translate(_FOLDED) for text in shown]
    patterns = [_pattern(term) for term in terms]
    if not terms or any(not any(pattern.search(text) for text in folded) for pattern in patterns):
        return None
    placed = sorted((*match.span(), at) for at, pattern in enumerate(patterns)
                    for match in islice(pattern.finditer(folded[-1]), MOST))
    found = [(start, end) for start, end, _ in placed]
    first = max((start for start, _ in found), key=lambda start: (_terms_near(start, placed), -start), default=0)
    start = max(shown[-1].rfind(" ", 0, max(first - AROUND, 0)) + 1, first - 2 * AROUND, 0)
    end = _word_end(shown[-1], first + 2 * AROUND)
    return list(_bits(shown[-1], start, end, [(a, b) for a, b in found if a >= start and b <= end]))


def _terms_near(start: int, placed: Sequence[tuple[int, int, int]]) -> int:
    """How many of the terms stand in what would be shown from there."""
    return len({at for first, _, at in placed if start <= first < start + 2 * AROUND})


def _word_end(text: str, near: int) -> int:
    """The end of the word that is at `near`, where that is not far."""
    space = text.find(" ", near, near + AROUND)
    return len(text) if near >= len(text) else space if space >= 0 else near


def _bits(text: str, start: int, end: int, found: Sequence[tuple[int, int]]) -> Iterator[Bit]:
    """The words from `start` to `end`, those that were found apart; "…" where there is more."""
    if start:
        yield Bit("\u2026", False)
    at = start
    for first, last in found:
        if first < at:
            continue              # within what is marked already
        yield Bit(_plain(text[at:first]), False)
        yield Bit(_plain(text[first:last]), True)
        at = last
    yield Bit(_plain(text[at:end]) + ("\u2026" if end < len(text) else ""), False)


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", clean(words))


def _pattern(term: Term) -> re.Pattern[str]:
    words = re.findall(r"[^\W_]+", term.words.translate(_FOLDED))
    end = r"[^\W_]*" if term.is_beginning else r"(?![^\W_])"
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(map(re.escape, words)) + end)
