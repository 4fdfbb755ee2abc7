"""Numbers in running text: the tokens they are made of, and what each form ("forty-two", "a dozen") is worth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

TokenKind = Literal["digits", "word", "mark", "break"]

UNITS = {word: value for value, word in enumerate((
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"))}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
        "ninety": 90}
MULTIPLES = {"thousand": 1_000, "lakh": 100_000, "million": 1_000_000, "crore": 10_000_000, "billion": 1_000_000_000}
LARGEST = 10**11                  # more than have ever lived: a longer number counts something else
HYPHENS = {"-", "\u2010", "\u2011"}
DASHES = HYPHENS | {"\u2012", "\u2013", "\u2014"}

# digits: grouped by comma (also 1,00,000), by a space, or plain; with decimals no count unless "million" follows
_TOKEN = re.compile(
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{2,3}){0,3},[0-9]{3}(?![0-9])"
    r"|[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3}){1,3}(?![0-9])|[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<word>[^\W\d_]+(?:['\u2019][^\W\d_]+)?)"
    r"|(?P<break>\n[ \t\r]*\n)"
    r"|(?P<mark>[^\s])"
)


def word_set(listed: str) -> frozenset[str]:
    """The words of `listed`, which stand apart by white space."""
    return frozenset(listed.split())


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    lower: str
    kind: TokenKind
    title: bool                   # begins with a capital


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from tokens[first:end]."""

    value: int
    end: int                      # index of the first token after it
    loose: bool                   # "a dozen", "a hundred": said without meaning it to the unit
    lead: int                     # 2 in "two hundred": what its last multiple was multiplied by
    multiple: int                 # 100 in "two hundred", 100,000 in "two hundred thousand", 1 where there is none
    spelled: bool                 # in words


def tokens_of(text: str) -> list[Token]:
    """Words, numbers, marks and paragraph breaks of `text`, in order; white space is left out."""
    tokens = []
    for match in _TOKEN.finditer(text):
        kind: TokenKind = match.lastgroup  # type: ignore[assignment]
        word = match.group()
        tokens.append(Token(match.start(), match.end(), word.lower().replace("\u2019", "'"), kind, word[0].isupper()))
    return tokens


def lower_at(tokens: list[Token], index: int) -> str:
    """The token's lower-cased text, "" outside the list and at a paragraph break."""
    if 0 <= index < len(tokens) and tokens[index].kind != "break":
        return tokens[index].lower
    return ""


def read_number(tokens: list[Token], first: int) -> Number | None:
    """The longest number that begins at tokens[first], or None."""
    token = tokens[first]
    number = _digits(tokens, first) if token.kind == "digits" else _idiom(tokens, first) or _spelled(tokens, first)
    return number if number is not None and number.value < LARGEST else None


def _digits(tokens: list[Token], first: int) -> Number | None:
    written = re.sub(r"[, \u00a0\u2009\u202f]", "", tokens[first].lower)
    if len(written) > 15:
        return None
    following = lower_at(tokens, first + 1)
    multiple = {"dozen": 12, "hundred": 100, **MULTIPLES}.get(following, 1)
    whole, _, decimals = written.partition(".")
    if (decimals and multiple < 1_000) or (len(whole) > 1 and whole.startswith("0")):
        return None
    value = int(whole) * multiple + (int(decimals) * multiple // 10 ** len(decimals) if decimals else 0)
    end = first + (2 if multiple > 1 else 1)
    return Number(value, end, multiple == 12, int(whole), multiple, spelled=False)


def _idiom(tokens: list[Token], first: int) -> Number | None:
    """Numbers that are said without meaning them to the unit: "half a dozen", "a couple of", "a hundred"."""
    words = [lower_at(tokens, first + step) for step in range(4)]
    plain = [word for word in words if word not in HYPHENS]
    hyphens = len(words[:3]) - len([word for word in words[:3] if word not in HYPHENS])
    for phrase, value in _IDIOMS:
        if tuple(plain[: len(phrase)]) == phrase:
            inside = hyphens if len(phrase) > 1 and "half" in phrase else 0
            return Number(value, first + len(phrase) + inside, True, 1, value, spelled=True)
    if words[0] == "a" and words[1] in {"hundred", *MULTIPLES}:
        rest = _spelled(tokens, first + 1)
        if rest is not None:
            return Number(rest.value, rest.end, rest.value == rest.multiple, rest.lead, rest.multiple, spelled=True)
    return None


_IDIOMS = (
    (("a", "half", "dozen"), 6), (("half", "a", "dozen"), 6), (("half", "dozen"), 6), (("a", "dozen"), 12),
    (("a", "couple", "of"), 2), (("a", "score", "of"), 20), (("dozen",), 12),
)


class _Sum:
    """A spelled number as it grows: what is complete ("two thousand") and what is being said ("three hundred and")."""

    def __init__(self) -> None:
        self.complete, self.current = 0, 0
        self.lead, self.multiple = 1, 1
        self.ceiling = LARGEST        # multiples fall: "two million three thousand", never the other way
        self.started = False
        self.bare = False             # "hundred" without "one" before it

    def take(self, word: str) -> bool:
        """Add `word` to the number; False where it cannot go on with it."""
        fresh = not self.started or (self.current == 0 and self.ceiling < LARGEST)
        if word in UNITS:
            after_tens = self.current % 100 >= 20 and self.current % 10 == 0 and 0 < UNITS[word] < 10
            fits = fresh or after_tens or (self.current > 0 and self.current % 100 == 0)
            self.current += UNITS[word] if fits else 0
        elif word in TENS:
            fits = fresh or (self.current > 0 and self.current % 100 == 0)
            self.current += TENS[word] if fits else 0
        elif word == "hundred":
            fits = self.current < 100 and (not self.started or self.current > 0)
            if fits:
                self.bare, self.lead, self.multiple = not self.started, max(self.current, 1), 100
                self.current = self.lead * 100
        else:
            fits = MULTIPLES.get(word, LARGEST) < self.ceiling and (not self.started or self.current > 0)
            if fits:
                self._multiply(MULTIPLES[word])
        self.started = self.started or fits
        return fits

    def _multiply(self, multiple: int) -> None:
        self.bare = not self.started
        whole_hundreds = self.multiple == 100 and self.current == self.lead * 100
        if not whole_hundreds:
            self.lead, self.multiple = max(self.current, 1), 1
        self.multiple, self.ceiling = self.multiple * multiple, multiple
        self.complete, self.current = self.complete + max(self.current, 1) * multiple, 0


def _spelled(tokens: list[Token], first: int) -> Number | None:
    """A number in words: "forty-two", "two hundred and five", "three dozen"."""
    said, index = _Sum(), first
    while True:
        word, step = lower_at(tokens, index), 1
        following = lower_at(tokens, index + 1)
        hyphened = said.started and word in HYPHENS and following in _FOLLOWS
        anded = word == "and" and said.multiple >= 100 and said.current % 100 == 0 and following in _BELOW_HUNDRED
        if hyphened or anded:
            word, step = following, 2
        if word == "dozen" and said.started and said.complete == 0 and said.current < 100:
            return Number(said.current * 12, index + step, True, said.current, 12, spelled=True)
        if not said.take(word):
            break
        index += step
    if not said.started:
        return None
    return Number(said.complete + said.current, index, said.bare, said.lead, said.multiple, spelled=True)


_BELOW_HUNDRED = {*UNITS, *TENS}
_FOLLOWS = {*UNITS, "hundred", "dozen", *MULTIPLES}
