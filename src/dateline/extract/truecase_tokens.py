"""Words of a text whose case is not to be trusted, and where its sentences begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dateline.extract.truecase_words import fold_word

WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
QUOTES = "\"'\u2018\u2019\u201c\u201d"
ENDS = re.compile(r"[.!?\u2026]+[\"')\]\u2019\u201d]*\s")
BLANK_LINE = re.compile(r"\n\s*\n")
LIST_ITEM = re.compile(r"\n\s*[-*\u2022\u25aa\u25cf]\s*$")
DASH = re.compile("--|[\u2013\u2014]| - ")
HEAD = 160                        # characters in which a dash ends a dateline
WRAPPED_AT = 120                  # characters; where a line is longer, lines are paragraphs
GAP = 4                           # characters beside a word that matter to its case
LONGEST_GAP = 200                 # characters between two words that matter to where a sentence begins
ABBREVIATIONS = frozenset({
    "col", "gen", "lt", "sgt", "cpl", "capt", "maj", "brig", "adm", "cmdr", "cdr", "mr", "mrs", "ms", "dr", "rev", "st", "sr",
    "jr", "prof", "hon", "rep", "reps", "sen", "sens", "gov", "pres", "sec", "msgr", "fr", "sta", "eng", "mt", "ft", "jan",
    "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "vs", "ave", "blvd"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text, in order. gaps: the characters before each word, and one more after the last."""

    words: tuple[str, ...]        # in small letters, without accents
    offsets: tuple[int, ...]
    gaps: tuple[str, ...]
    starts: tuple[bool, ...]      # whether the word begins a sentence


def tokens_of(text: str) -> Tokens:
    words, offsets, gaps = [], [], []
    end = 0
    fold = str.lower if text.isascii() else fold_word
    for match in WORD.finditer(text):
        words.append(fold(match.group()))
        offsets.append(match.start())
        gaps.append(text[end:match.start()])
        end = match.end()
    gaps.append(text[end:])
    lines = max(map(len, text.split("\n"))) > WRAPPED_AT
    return Tokens(tuple(words), tuple(offsets), tuple(gaps), tuple(_starts(words, offsets, gaps, lines)))


def _starts(words: list[str], offsets: list[int], gaps: list[str], lines: bool) -> Iterator[bool]:
    """Whether each word begins a sentence. lines: each line is a paragraph."""
    previous, ended, label = "", False, False
    for word, offset, gap in zip(words, offsets, gaps, strict=False):
        if not previous:
            start = not any(c.isdigit() for c in gap)
        elif len(gap) < 2 and gap != "\n":
            start = False
        else:
            in_head = not ended and offset < HEAD
            start = begins(previous, gap[-LONGEST_GAP:], in_head, lines) or (label and "]" in gap and _opens(gap))
            ended = ended or (start and ENDS.search(gap) is not None)
        if "[" in gap:
            label = start             # "[Text] Gunmen": a label at the head of a sentence
        previous = word
        yield start


def _opens(gap: str) -> bool:
    return gap.rstrip().endswith(("]", "[")) and not any(c.isdigit() for c in gap)


@lru_cache(maxsize=8192)
def begins(previous: str, gap: str, in_head: bool, lines: bool) -> bool:
    """Whether the word after `gap` begins a sentence; `previous` is the word before it."""
    for mark in (BLANK_LINE, LIST_ITEM):
        found = mark.search(gap)
        if found is not None:
            return not any(c.isdigit() for c in gap[found.end():])
    if lines and "\n" in gap:
        return not any(c.isdigit() for c in gap.rpartition("\n")[2])
    if in_head and DASH.search(gap):
        return True
    ends = list(ENDS.finditer(gap))
    if not ends or any(c.isdigit() or c in ",;" for c in gap[ends[-1].end():]):
        return False
    abbreviated = ends[0].start() == 0 and gap[0] == "." and not gap.startswith("..")
    return not (abbreviated and (len(previous) == 1 or previous in ABBREVIATIONS))


def is_stop(gap: str) -> bool:
    """Whether a full stop and a space stand between two words: in one sentence, the first is an abbreviation."""
    return gap[:1] == "." and gap[1:].isspace()


@lru_cache(maxsize=8192)
def before(gap: str) -> str:
    """What stands right before a word, as far as it matters to its case."""
    last = gap[-1:]
    if last.isdigit():
        return "9"
    if last and last in "-.'\u2019":
        return last
    if last and not last.isspace():
        return ("," if gap[:-1].rstrip().endswith((",", ":")) else "") + ("q" if last in QUOTES else last)
    rest = gap.rstrip()[-1:]
    return "_9" if rest.isdigit() else "_" + rest if rest and rest != "]" and ("\n" not in gap or rest in ",.") else "_"


@lru_cache(maxsize=8192)
def after(gap: str) -> str:
    """What stands right after a word, as far as it matters to its case."""
    first = gap[:1]
    if first.isdigit():
        return "9"
    if first and first in ".-":
        return first + ("9" if gap[1:2].isdigit() else "_" if gap[1:2].isspace() else "")
    if first and not first.isspace():
        return "q" if first in QUOTES else first
    rest = gap.lstrip()[:1]
    return "_9" if rest.isdigit() else "_" + rest if rest and rest in "([" else "_"
