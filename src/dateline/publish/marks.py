"""The sentences that say something, with the words of its figures, place, day and actors marked."""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import pairwise

from rich.console import Console
from rich.text import Text

from dateline.publish.layout import has_styles, put
from dateline.publish.safe import clean, plain
from dateline.records import Account, Span

FIGURE, PLACE, DAY, ACTOR = "bold green", "bold cyan", "bold magenta", "bold yellow"
OPEN, CLOSE = "\u00ab", "\u00bb"  # where no colours show; square brackets are printed in reports themselves


def put_sentences(console: Console, account: Account, *, indent: int, told: Set[str] = frozenset()) -> set[str]:
    """The evidence of `account`, in quotation marks, but for sentences in `told`. Returns those that it has."""
    styled, new, known = has_styles(console), 0, 0
    for sentence in account.evidence:
        if plain(sentence.quote) in told:
            known += 1
            continue
        new += 1
        put(console, marked(sentence, account, styled=styled), indent=indent, hang=1)
    if known:
        put(console, f"({'and ' if new else ''}{known} sentence{'s' if known != 1 else ''} as above)", indent=indent, style="dim")
    return {plain(sentence.quote) for sentence in account.evidence}


def marked(sentence: Span, account: Account, *, styled: bool = True) -> Text:
    """`sentence` in quotation marks, its words coloured by what they say, or between « and » where there are no styles."""
    spans = [(s, style) for s, style in _spans(account)
             if sentence.start <= s.start < s.end <= sentence.end and s.end - s.start < sentence.end - sentence.start]
    edges = sorted({sentence.start, sentence.end, *(edge for s, _ in spans for edge in (s.start, s.end))})
    text = Text("\u201c")
    inside = False
    for start, end in pairwise(edges):
        style = next((style for s, style in spans if s.start <= start and end <= s.end), None)
        if not styled and (style is not None) != inside:
            text.append(CLOSE if inside else OPEN)
            inside = style is not None
        words = clean(sentence.quote[start - sentence.start:end - sentence.start])
        text.append(words, style=style if styled else None)
    return text.append((CLOSE if inside else "") + "\u201d")


def _spans(account: Account) -> Iterator[tuple[Span, str]]:
    for figure in account.figures:
        yield from ((span, FIGURE) for span in figure.evidence)
    yield from ((span, PLACE) for span in account.where.evidence)
    yield from ((span, DAY) for span in account.when.evidence)
    for actor in account.actors:
        yield from ((span, ACTOR) for span in actor.evidence)
