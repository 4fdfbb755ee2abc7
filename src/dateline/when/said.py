"""What the words of a form say: the groups of a match, as words and as numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.when.encode import Encoded
from dateline.when.vocabulary import CLASSES

_ORDINALS = {word: number for number, word in enumerate(CLASSES["ORD"].split()[:20], 1)} | {"thirtieth": 30}
_QUANTITIES = {"a": 1, "an": 1, "one": 1, "the": 1, "couple": 2, "a couple": 2, "a couple of": 2, "the couple of": 2,
               "couple of": 2}
_NEXT_WORD = re.compile(r"\s*([^\W\d_]+|.)")


@dataclass(frozen=True, slots=True)
class Said:
    """A form's match. A group that took no part has the words "" and no number."""

    encoded: Encoded
    match: re.Match[str]

    def words(self, group: str) -> str:
        """The words of a group in small letters, spaces made one."""
        start, end = self._span(group)
        return " ".join(self.encoded.text[start:end].lower().split()) if end else ""

    def all_words(self) -> str:
        """The words of the whole match, as `words` gives them."""
        start, end = self.match.span()
        return " ".join(self.encoded.text[self.encoded.starts[start]:self.encoded.ends[end - 1]].lower().split())

    def number(self, group: str) -> float | None:
        """The number that a group says: "12", "twenty-four", "11th", "third", "2 1/2", "a"; None for "several"."""
        start, end = self._span(group)
        if not end:
            return None
        if start in self.encoded.numbers:
            return self.encoded.numbers[start]
        return number_in(self.words(group))

    def whole(self, group: str) -> int | None:
        number = self.number(group)
        return int(number) if number is not None and number == int(number) else None

    def next_word(self) -> str:
        """The word or mark after the match, as written."""
        last = self.match.end() - 1
        following = _NEXT_WORD.match(self.encoded.text, self.encoded.ends[last]) if last >= 0 else None
        return following.group(1) if following else ""

    def word_before(self) -> str:
        """The token before the match, in small letters."""
        first = self.match.start() - 1
        if first < 0:
            return ""
        return self.encoded.text[self.encoded.starts[first]:self.encoded.ends[first]].lower()

    def _span(self, group: str) -> tuple[int, int]:
        if group not in self.match.re.groupindex:
            return 0, 0
        first, last = self.match.span(group)
        return (self.encoded.starts[first], self.encoded.ends[last - 1]) if last > first else (0, 0)


def number_in(words: str) -> float | None:
    if words in _QUANTITIES:
        return _QUANTITIES[words]
    if words in _ORDINALS:
        return _ORDINALS[words]
    found = re.fullmatch(r"([0-9][0-9,]*(?:\.[0-9]+)?)(?:st|nd|rd|th)?", words)
    if found and len(words) < 12:
        return float(found.group(1).replace(",", ""))
    mixed = re.fullmatch(r"([0-9]{1,6})[\s-]?(?:([1-9])/([1-9][0-9]?)|([\u00bc\u00bd\u00be]))", words)
    if mixed:
        part = {"\u00bc": 0.25, "\u00bd": 0.5, "\u00be": 0.75}[mixed[4]] if mixed[4] else int(mixed[2]) / int(mixed[3])
        return int(mixed[1]) + part
    return None
