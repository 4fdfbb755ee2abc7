"""Where a quote stands in a report: letter by letter, but for white space, and for marks that are typed in two ways.

What is found is the report's own words at their place; words that do not stand there are found nowhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# One character each: those who copy a text type the plain one.
ALIKE = str.maketrans("\u2018\u2019\u201b\u02bc\u201c\u201d\u201e\u2010\u2011\u2012\u2013\u2014\u2212", "''''\"\"\"------")
MOST_PLACES = 1000                # of one quote that are looked at


@dataclass(frozen=True, slots=True)
class Place:
    """Characters [start, end) of the report's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quotes:
    """A text to find quotes in."""

    folded: str
    offsets: Sequence[int]        # of each folded character in the text; in order

    @classmethod
    def of(cls, text: str) -> Quotes:
        letters: list[str] = []
        offsets: list[int] = []
        for at, letter in enumerate(text.translate(ALIKE)):
            if letter.isspace():
                if letters and letters[-1] == " ":
                    continue
                letter = " "
            letters.append(letter)
            offsets.append(at)
        return cls("".join(letters), offsets)

    def find(self, quote: str, within: Place, near: Sequence[Place] = ()) -> Place | None:
        """The place of `quote` within `within`; of several the nearest to one of `near`, else the first. None: it has none.

        A place that begins or ends inside a word or a number is none: "2" does not stand in "12".
        """
        wanted = " ".join(quote.translate(ALIKE).split())
        if not wanted:
            return None
        return min(self._places(wanted, within), default=None,
                   key=lambda one: (min((_gap(one, other) for other in near), default=0), one.start))

    def _places(self, wanted: str, within: Place) -> Iterator[Place]:
        first, last = bisect_left(self.offsets, within.start), bisect_left(self.offsets, within.end)
        at = self.folded.find(wanted, first, last)
        for _ in range(MOST_PLACES):
            if at < 0:
                return
            end = at + len(wanted)
            if not (_in_a_word(self.folded, at) or _in_a_word(self.folded, end)):
                yield Place(self.offsets[at], self.offsets[end - 1] + 1)
            at = self.folded.find(wanted, at + 1, last)


def _in_a_word(text: str, at: int) -> bool:
    """Whether a word goes on over the boundary before character `at`."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _gap(one: Place, other: Place) -> int:
    return max(other.start - one.end, one.start - other.end, 0)
