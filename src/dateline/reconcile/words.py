"""Words of reports made comparable: folded, numbers as figures, common words left out."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def word_set(words: str) -> frozenset[str]:
    """The words of a list written with spaces between."""
    return frozenset(words.split())


def _split(words: str) -> list[str]:
    return words.split()


_WORD = re.compile(r"\d+(?:,\d{3})*|[^\W\d_]+")
_WITH_COMMA = re.compile(r"\d,\d")

_UNITS = {word: value for value, word in enumerate(_split(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"))}
_TENS = {word: 10 * value for value, word in enumerate(_split(
    "twenty thirty forty fifty sixty seventy eighty ninety"), 2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_ALONE = {"dozen": 12, **_SCALES}
_NUMBER_WORDS = _UNITS.keys() | _TENS.keys() | _ALONE.keys()

COMMON = word_set("""
a about above after again against all also amid among an and another any are area around as at back be became because
been before being below between both but by came can city could country day did do does down during each early earlier
east else even ever every few first following for former found from further get give had has have he her here him his
home hours how i if in including into is it its itself just killed kill killing last late later least left local made
man many may me men more morning most much near nearly new news next night no nor north not now number of off officer
officers official officials on one only or other others our out over own part people person place police put quoted
report reported reportedly reports said same saturday sunday monday tuesday wednesday thursday friday saying says
second several she shortly since so some south spokesman spokesperson spokeswoman state statement still such sources
source than that the their them then there these they third this those three through time to today told took town two
under until up us very was way we week weekend were west what when where which while who whom whose why will with
within without woman women would year years yesterday you your
attack attacked attacks attacker attackers bomb bombing bombings bomber dead death deaths died explosion fire fired
gunman gunmen injured injuring shooting shot suspect suspected suspects victim victims violence wounded wounding
""")


def fold(text: str) -> str:
    """`text` in lower case without accents or compatibility forms."""
    if text.isascii():
        return text.lower()       # most are
    return _folded(text)


@lru_cache(maxsize=256)           # few: whole reports are among them
def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    for mark in [char for char in set(plain) if unicodedata.combining(char)]:      # few, of a long text too
        plain = plain.replace(mark, "")
    return plain.casefold()


def tokens(text: str) -> list[str]:
    """The folded words of `text`; numbers keep their commas off ("1,200" is "1200")."""
    folded = fold(text)
    found: list[str] = _WORD.findall(folded)
    return [token.replace(",", "") for token in found] if _WITH_COMMA.search(folded) else found


@lru_cache(maxsize=32_000)
def words_of(name: str) -> tuple[str, ...]:
    """The folded words of a name or a few words, which are asked for again and again."""
    return tuple(tokens(name))


def numbers_as_figures(words: list[str]) -> list[str]:
    """`words` with counts written out turned into digits: "twenty", "three" is "23". A lone "one" stays a word.

    An outlet's style ("eleven" or "11") is no other figure; "one" is mostly a pronoun.
    """
    out: list[str] = []
    position = 0
    for at in [at for at, word in enumerate(words) if word in _NUMBER_WORDS]:       # few of a text's words
        if at < position:                    # told with the one before
            continue
        out += words[position:at]
        position, word = at, words[at]
        following = words[position + 1] if position + 1 < len(words) else ""
        value: int | None = None
        used = 1
        if word in _TENS:
            unit = _UNITS.get(following, 0)
            value, used = (_TENS[word] + unit, 2) if 1 <= unit <= 9 else (_TENS[word], 1)
        elif word in _UNITS and (word != "one" or following in _ALONE):
            value = _UNITS[word]
        elif word in _ALONE:
            value = _ALONE[word]
        after = words[position + used] if position + used < len(words) else ""
        if value is not None and word not in _ALONE and after in _ALONE:
            value, used = value * _ALONE[after], used + 1
        out.append(word if value is None else str(value))
        position += used
    return out + words[position:]


@lru_cache(maxsize=8192)
def distinctive(text: str) -> frozenset[str]:
    """The words of `text` that tell one incident from another: no function words, no words that all such news has."""
    return frozenset(stem(word) for word in tokens(text)
                     if word not in COMMON and (len(word) > 2 or word.isdigit()))


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of the smaller set that the larger one holds, 0-1; 0 when either is empty."""
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


def stem(word: str) -> str:
    for ending in ("ies", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
