"""Words that are searched for, and the reports that hold them: what is asked, and what is shown. Pure: no connection here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

MOST_TERMS = 64                   # of one search; more is not a search
SNIPPET_WORDS = 24

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD_CHARACTER = re.compile(r"\w")
_ACCENTS = "\u0300-\u036f"
_TOKEN = re.compile(rf"[^\W_](?:[^\W_]|[{_ACCENTS}])*")
_ACCENT = re.compile(f"[{_ACCENTS}]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A report that holds the words, with some of its text around them. marks: [start, end) of each in the snippet."""

    report: str                   # its id
    title: str | None
    snippet: str
    outlet: str | None = None
    written: date | None = None   # the last day on which it may have been
    marks: tuple[tuple[int, int], ...] = ()


def terms_in(words: str) -> list[str]:
    """The words and phrases of `words`."""
    return [term.rstrip("*") for term, _ in parts_of(words)]


def parts_of(words: str) -> list[tuple[str, bool]]:
    """Each word or phrase, and whether it is a beginning: ("bomb*", True)."""
    words = words.encode("utf-8", "replace").decode().replace("\0", " ")      # an argument may hold bytes that are no UTF-8
    found = [(phrase or word, word.endswith("*")) for phrase, word in _TERM.findall(words)[:MOST_TERMS]]
    return [(term, is_beginning) for term, is_beginning in found if _WORD_CHARACTER.search(term)]


def match_expression(words: str) -> str | None:
    """What FTS5 is asked: every term must be there, "a phrase" in its order, `bomb*` as a beginning.

    None where `words` hold no letter or digit. Whatever else FTS5 reads as an operator is a word here.

    >>> match_expression('port "car bomb" verit*')
    '"port" "car bomb" "verit" *'
    """
    return " ".join(f'"{term.rstrip("*")}"' + (" *" if is_beginning else "") for term, is_beginning in parts_of(words)) or None


def ts_expression(words: str) -> str:
    """The same for to_tsquery of PostgreSQL; empty where nothing can match.

    >>> ts_expression('port "Car-bomb" Véri*')
    "'port' & ('car' <-> 'bomb') & 'veri':*"
    """
    terms = []
    for term, is_beginning in parts_of(words):
        tokens = [f"'{token.folded}'" for token in tokens_in(term)]
        if not tokens:
            continue                                        # "_" alone is no word of the index
        tokens[-1] += ":*" if is_beginning else ""
        terms.append(tokens[0] if len(tokens) == 1 else f"({' <-> '.join(tokens)})")
    return " & ".join(terms)


class Token(NamedTuple):
    """A word of a text. start, end: its place there; folded: in lower case, without accents."""

    start: int
    end: int
    folded: str


def tokens_in(text: str) -> Iterator[Token]:
    """Letters and digits that stand together, as the index of words has them: what stands between is no word."""
    for found in _TOKEN.finditer(text):
        yield Token(found.start(), found.end(), folded(found.group()))


def folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    return _ACCENT.sub("", unicodedata.normalize("NFD", word)).lower()


class Term(NamedTuple):
    """stems: of the words of a phrase, one after another; is_beginning: words that begin with the last one count too."""

    stems: tuple[str, ...]
    is_beginning: bool


def occurrences(stems: Sequence[str], terms: Sequence[Term]) -> list[tuple[int, int, int]]:
    """(first word, one after the last, which term) wherever one of the terms stands in the words of a text, by their stems."""
    found = []
    for which, term in enumerate(terms):
        whole, last = term.stems[:-1], term.stems[-1]
        for at in range(len(stems) - len(whole)):
            end = stems[at + len(whole)]
            if tuple(stems[at:at + len(whole)]) == whole and (end == last or (term.is_beginning and end.startswith(last))):
                found.append((at, at + len(term.stems), which))
    return sorted(found)


def snippet(text: str, stem: Callable[[str], str], terms: Sequence[Term], most: int = SNIPPET_WORDS
            ) -> tuple[str, tuple[tuple[int, int], ...], int]:
    """The `most` words of `text` around most of the terms, in one line, "…" where it goes on; where the terms stand in it, and
    how many different ones do. stem: of a folded word."""
    tokens = list(tokens_in(text))
    held = occurrences([stem(token.folded) for token in tokens], terms)
    first, there = _window(held, len(tokens), most)
    inside = [one for one in held if one[0] >= first and one[1] <= first + most]
    start = tokens[first].start if first else 0
    end = tokens[first + most - 1].end if first + most < len(tokens) else len(text)
    words, marks, at = "…" if first else "", [], start
    for begins, ends in _joined([(tokens[a].start, tokens[b - 1].end) for a, b, _ in inside]):
        words = _added(words, text[at:begins])
        mark = len(words)
        words = _added(words, text[begins:ends])
        marks.append((mark, len(words)))
        at = ends
    words = _added(words, text[at:end]).rstrip()
    return words + ("…" if end < len(text) else ""), tuple(marks), there


def _window(held: Sequence[tuple[int, int, int]], words: int, most: int) -> tuple[int, int]:
    """The first word of the stretch with most different terms, the earliest of them, and how many it has."""
    best, there = 0, 0
    for at, _, _ in held:
        different = len({which for begins, ends, which in held if begins >= at and ends <= at + most})
        if different > there:
            best, there = at, different
    if best + most > words:                                 # the end of the text: as many words before it
        best = max(0, words - most)
    return (best if best > most // 4 else 0), there


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _added(line: str, text: str) -> str:
    more = re.sub(r"\s+", " ", text)
    return line + (more.lstrip() if not line or line.endswith(" ") else more)
