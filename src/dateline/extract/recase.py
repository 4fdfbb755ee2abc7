"""Reports in capitals, or in small letters, are re-cased before they are parsed. Offsets stay: each character keeps its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Literal

from dateline.extract.truecase import Truecaser
from dateline.extract.truecase_certain import CAPITAL, LOWER, UPPER
from dateline.extract.truecase_tokens import WORD, tokens_of
from dateline.extract.truecase_words import fold_word

Case = Literal["upper", "lower"]

MOSTLY = 0.9                      # share of letters in capitals that makes a text one of capitals
HARDLY = 0.002                    # share of capitals that a text in small letters may have
LETTERS_NEEDED = 20
SAMPLE = 20_000                   # characters looked at
HEADLINE = 5                      # words; a shorter line in capitals is a label ("READ MORE", "BEIRUT (AP)")
LOWER_PARAGRAPH = 20              # words; a shorter one without capitals is a list's item or a caption
TITLE = 0.6                       # share of capitals among the longer words of a headline
RUN_OF_CAPITALS = re.compile(r"[^a-z\n]{24}|[^a-z]{40}")
PARAGRAPH = re.compile(r"\n\s*\n")


def one_case(text: str) -> Case | None:
    """ "upper" or "lower" where nearly all letters of the text are in that case, else None."""
    sample = text if len(text) <= SAMPLE else text[:: len(text) // SAMPLE + 1]
    upper, lower = _letters(sample)
    if upper + lower < LETTERS_NEEDED:
        return None
    share = upper / (upper + lower)
    return "upper" if share >= MOSTLY else "lower" if share <= HARDLY else None


def recased(text: str, truecaser: Callable[[], Truecaser]) -> str:
    """`text` with capitals where English writes them, in all its parts that are in one case and longer than a label.

    truecaser: gives the model; called only where there is such a part.
    The length never changes: a character whose lower or upper form is longer stays as it is.
    """
    spans = list(one_case_spans(text))
    if not spans:
        return text
    model = truecaser()
    proven = proven_cases(text, spans)
    pieces, end = [], 0
    for start, stop in spans:
        pieces += [text[end:start], _recased(text[start:stop], model, proven)]
        end = stop
    return "".join([*pieces, text[end:]])


def one_case_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where `text` is in one case: all of it, or lines in capitals and paragraphs in small letters between mixed ones."""
    whole = one_case(text)
    if whole == "lower":
        yield 0, len(text)
    elif whole == "upper":
        yield from _joined(_paragraphs(text), lambda part: not _is_mixed(part), 1, text)
    else:
        if RUN_OF_CAPITALS.search(text):
            yield from _joined(_lines(text), _in_capitals, HEADLINE, text)
        for start, end in _paragraphs(text) if whole is None else ():
            part = text[start:end]
            if part.islower() and len(WORD.findall(part)) >= LOWER_PARAGRAPH:
                yield start, end


def proven_cases(text: str, spans: list[tuple[int, int]]) -> dict[str, int]:
    """Words that the mixed parts of `text` write with capitals and never without, away from sentence starts and headlines."""
    if spans == [(0, len(text))]:
        return {}
    found: dict[str, set[int]] = {}
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        tokens = tokens_of(text[start:end])
        written = WORD.findall(text[start:end])
        firsts = [i for i, begins in enumerate(tokens.starts) if begins]
        for a, b in pairwise([*firsts, len(written)]):
            if not says_nothing(written[a:b]):
                for word in written[a + 1:b]:
                    found.setdefault(fold_word(word), set()).add(case_of(word))
    return {word: cases.pop() for word, cases in found.items() if len(cases) == 1 and len(word) > 1 and LOWER not in cases}


def case_of(word: str) -> int:
    """LOWER, CAPITAL or UPPER; "NGOs" is UPPER, "McDonald" is CAPITAL."""
    if word == word.lower():
        return LOWER
    if len(word) > 1 and (word.isupper() or (word[-1] == "s" and word[:-1].isupper() and len(word) > 2)):
        return UPPER
    return CAPITAL


def says_nothing(words: list[str]) -> bool:
    """Whether the case of a sentence's words says nothing: a headline, or a scrap of a page."""
    longer = [w for w in words if len(w) > 3]
    return len(longer) < 3 or sum(w[0].isupper() for w in longer) > TITLE * len(longer)


def _recased(text: str, model: Truecaser, proven: dict[str, int]) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(map(_lower, text))
    characters = list(lowered)
    tokens = tokens_of(lowered)
    ends = [start - len(gap) for start, gap in zip([*tokens.offsets[1:], len(text)], tokens.gaps[1:], strict=True)]
    for word, start, end, case in zip(tokens.words, tokens.offsets, ends, model.cases(tokens, proven), strict=True):
        if case == LOWER:
            continue
        spelling = model.spelling(word, case)
        if spelling is None or len(spelling) != end - start:
            spelling = "X" * (end - start if case == UPPER else 1)
        for i, letter in enumerate(spelling, start):
            if letter.isupper():
                characters[i] = _upper(characters[i])
    return "".join(characters)


def _lower(character: str) -> str:
    lower = character.lower()
    return lower if len(lower) == 1 else character


def _upper(character: str) -> str:
    upper = character.upper()
    return upper if len(upper) == 1 else character


def _letters(text: str) -> tuple[int, int]:
    """How many are capitals, and how many small."""
    return sum(map(str.isupper, text)), sum(map(str.islower, text))


def _is_mixed(part: str) -> bool:
    upper, lower = _letters(part)
    return lower > upper and upper + lower >= LETTERS_NEEDED


def _in_capitals(line: str) -> bool:
    upper, lower = _letters(line)
    return upper >= MOSTLY * (upper + lower)        # an empty line, too


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in PARAGRAPH.finditer(text):
        yield start, gap.end()
        start = gap.end()
    yield start, len(text)


def _joined(parts: Iterator[tuple[int, int]], fits: Callable[[str], bool], words: int, text: str) -> Iterator[tuple[int, int]]:
    """Runs of neighbouring parts that fit and have at least so many words."""
    run: tuple[int, int] | None = None
    for start, end in [*parts, (len(text), len(text))]:
        if start < end and fits(text[start:end]):
            run = (run[0] if run else start, end)
        elif run:
            if len(WORD.findall(text[run[0]:run[1]])) >= words:
                yield run
            run = None
