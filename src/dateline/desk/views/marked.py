"""A report's text in pieces: which words say which field, so that a page can light one from the other.

Nothing of a report is ever passed on as HTML: pieces are plain text, and the template escapes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.publish.safe import clean
from dateline.records import Account, Affected, Evidence, Target, Weapon

AROUND = 500                      # characters shown before and after what is marked, in a text too long to show whole
WHOLE_UP_TO = 6_000               # characters of a text that is shown whole
NOTHING = "\u200b"                # no width and no direction: stands where a mark of direction stood


@dataclass(frozen=True, slots=True)
class Field:
    """Something that words of a report say. id: unique on the page. kind: "figure", "place", "day", "actor", "claim", "thing"."""

    id: str
    kind: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Piece:
    """start: offset into the report's text, in code points. fields: ids of those that these words say."""

    start: int
    words: str
    fields: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    is_evidence: bool = False     # of the account as a whole: one of its sentences


@dataclass(frozen=True, slots=True)
class Gap:
    """Text that is left out."""

    chars: int


def fields_of(account: Account) -> list[Field]:
    """All that `account` says with words of its report."""
    found = [Field(f"{account.id}-{figure.id}", "figure", figure.evidence) for figure in account.figures]
    found += [Field(f"{account.id}-when", "day", account.when.evidence)]
    found += [Field(f"{account.id}-where", "place", account.where.evidence)]
    found += [Field(f"{account.id}-{actor.id}", "actor", actor.evidence) for actor in account.actors]
    several: tuple[tuple[str, Sequence[Target | Weapon | Affected]], ...] = (
        ("t", account.targets), ("w", account.weapons), ("p", account.affected))
    for name, things in several:
        found += [Field(f"{account.id}-{name}{at}", "thing", one.evidence) for at, one in enumerate(things, 1)]
    found += [Field(f"{account.id}-r{at}", "claim", one.evidence) for at, one in enumerate(account.responsibility, 1)]
    return found


def pieces_of(text: str, fields: Sequence[Field], sentences: Iterable[Evidence] = (), *, whole: bool = False
              ) -> list[Piece | Gap]:
    """`text` cut where fields begin and end. sentences: evidence of whole accounts, marked apart.

    A text longer than WHOLE_UP_TO is shown around what is marked only, unless `whole`.
    """
    spans = [(span.start, span.end, field) for field in fields for span in field.evidence]
    told = [(span.start, span.end) for evidence in sentences for span in evidence]
    shown = [(0, len(text))] if whole or len(text) <= WHOLE_UP_TO else _windows(text, [(a, b) for a, b, _ in spans] + told)
    found: list[Piece | Gap] = []
    at = 0
    for first, last in shown:
        if first > at:
            found.append(Gap(first - at))
        found += _cut(text, first, last, spans, told)
        at = last
    return [*found, Gap(len(text) - at)] if at < len(text) else found


def _cut(text: str, first: int, last: int, spans: Sequence[tuple[int, int, Field]], told: Sequence[tuple[int, int]]
         ) -> Iterator[Piece]:
    spans = [one for one in spans if first <= one[0] and one[1] <= last]
    told = [one for one in told if first <= one[0] and one[1] <= last]
    edges = sorted({first, last, *(edge for one in spans for edge in one[:2]), *(edge for one in told for edge in one)})
    for start, end in pairwise(edges):
        said = [field for a, b, field in spans if a <= start and end <= b]
        yield Piece(start, _shown(text[start:end]), tuple(dict.fromkeys(field.id for field in said)),
                    tuple(dict.fromkeys(field.kind for field in said)), any(a <= start and end <= b for a, b in told))


def _windows(text: str, marked: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of `text` around `marked`, from word to word; its beginning where nothing is marked."""
    windows: list[tuple[int, int]] = []
    for start, end in sorted(marked) or [(0, 0)]:
        first = max(text.rfind(" ", 0, max(start - AROUND, 0)) + 1, 0)
        after = text.find(" ", min(end + AROUND, len(text)))
        last = after if 0 <= after < end + 2 * AROUND else min(end + AROUND, len(text))
        first = first if first > start - 2 * AROUND else max(start - AROUND, 0)        # a line of a megabyte has no spaces
        if windows and first <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(last, windows[-1][1]))
        else:
            windows.append((first, last))
    return windows


def _shown(words: str) -> str:
    """`words` without what would turn letters around. As long as before, so that words chosen on the page have true offsets."""
    return words if words.isprintable() else "".join(char if char == "\n" else clean(char) or NOTHING for char in words)
