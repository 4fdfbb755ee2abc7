"""Spellings of one name: a key that they share, and how near two of them are.

Names come into English letters by many roads: Al-Hol, Al Hawl; Hodeidah, al-Hudaydah; Deir ez-Zor, Dayr az Zawr; Kharkiv,
Kharkov. `skeleton` keeps the consonants, written one way; `likeness` compares what is left of the vowels too. The skeleton finds
candidates and brings false friends with it; the likeness, and the countries that a report names, keep them out.
"""

from __future__ import annotations

import re
from functools import lru_cache

ARTICLES = frozenset([
    "al", "el", "ul", "ad", "ed", "ar", "er", "as", "es", "at", "et", "az", "ez", "an", "en", "ash", "esh", "adh", "ath",
])  # fmt: skip
SLAVIC = frozenset({"UA", "BY", "RU", "MD"})
LIKE_ENOUGH = 0.7
LIKE_ENOUGH_SHORT = 0.86  # of two consonants: "Mara" is not Mora
MOST_CHARS = 60
_PAIRS = (  # consonants that are written with several letters, longest first
    ("dzh", "j"), ("tch", "c"), ("shch", "x"), ("kh", "k"), ("gh", "k"), ("zh", "j"), ("dj", "j"), ("dh", "s"), ("th", "t"),
    ("ph", "f"), ("sh", "x"), ("ch", "c"), ("ts", "s"), ("tz", "s"), ("ck", "k"),
)  # fmt: skip
_ONE = str.maketrans({"q": "k", "g": "k", "z": "s", "w": "v"})
_PAIRED = re.compile("h|dj|ts|tz|ck")
_VOWEL_W = re.compile(r"(?<=[aeo])w(?![aeiou])")
_WEAK = re.compile("[aeiouyh]+")
_DOUBLED = re.compile(r"(.)\1+")
_SOUNDS = (
    ("aw", "u"), ("au", "u"), ("ow", "u"), ("ou", "u"), ("oo", "u"), ("ay", "i"), ("ai", "i"), ("ei", "i"), ("ey", "i"),
    ("ee", "i"), ("iy", "i"), ("yi", "i"), ("ie", "i"), ("o", "u"), ("e", "i"), ("y", "i"), ("w", "u"),
)  # fmt: skip


@lru_cache(maxsize=65536)
def skeleton(key: str, country: str | None = None) -> str | None:
    """The consonants of a folded name, written one way, with "a" for a vowel in front; None for fewer than two consonants.

    >>> skeleton("al hol"), skeleton("al hawl"), skeleton("hudaydah"), skeleton("hodeidah")
    ('hl', 'hl', 'hdd', 'hdd')
    """
    joined = _consonants(key, country)
    if joined is None:
        return None
    bones = ("a" if joined[0] in "aeiou" else joined[0]) + _WEAK.sub("", joined[1:])
    return bones if len(bones.lstrip("a")) > 1 else None


def _consonants(key: str, country: str | None) -> str | None:
    joined = key
    if " " in key:
        joined = "".join([word for word in key.split(" ") if word not in ARTICLES])
    if not 2 < len(joined) <= MOST_CHARS or not joined.isascii() or not joined.isalpha():
        return None
    if "w" in joined:
        joined = _VOWEL_W.sub("u", joined)  # "Hawl"
    if country in SLAVIC:
        joined = joined.replace("kh", "q").replace("gh", "h").replace("g", "h").replace("q", "kh")  # Luhansk, Lugansk
    if _PAIRED.search(joined):
        for pair, one in _PAIRS:
            joined = joined.replace(pair, one)
    joined = joined.translate(_ONE)
    return _DOUBLED.sub(r"\1", joined)


@lru_cache(maxsize=65536)
def sound(key: str, country: str | None = None) -> str:
    """A folded name with its consonants written one way and its vowels as three."""
    joined = _consonants(key, country) or key.replace(" ", "")[:MOST_CHARS]
    for pair, one in _SOUNDS:
        joined = joined.replace(pair, one)
    joined = _DOUBLED.sub(r"\1", joined)
    return joined[0] + re.sub(r"h", "", joined[1:]) if joined else joined


def likeness(a: str, b: str, country: str | None = None) -> float:
    """How near two folded names sound, 0 to 1: one less the share of letters that must be changed."""
    one, other = sound(a, country), sound(b, country)
    longest = max(len(one), len(other))
    return 1.0 - _edits(one, other) / longest if longest else 0.0


def like_enough(a: str, b: str, bones: str, country: str | None = None) -> float | None:
    """The likeness of two names of one skeleton, or None where it is too small for them to be one name."""
    like = likeness(a, b, country)
    return like if like >= (LIKE_ENOUGH if len(bones) > 2 else LIKE_ENOUGH_SHORT) else None


def _edits(a: str, b: str) -> int:
    """Letters to add, take away or change: Levenshtein's distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (x != y))
    return row[-1]
