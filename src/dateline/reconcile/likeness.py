"""How alike two texts are in their words: the cosine over the words that reports on violence seldom use.

A name, a street, a rare thing that both tell says more than all words of shooting together. How seldom a word is used
comes from a packaged table (data/rarity.tsv.gz, made by `python -m training.rarity`), not from the reports at hand: the
answer for two reports must not change with the others that are held.
"""

from __future__ import annotations

import gzip
import math
import re
from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from importlib import resources

from dateline.reconcile.words import stem, tokens

COMMON = 2.0         # of rarity: words of more than about one report in seven tell nothing
HEAVIEST = 300       # words of one text that are compared: a book must not cost more than a long story
LONGEST = 20_000     # characters of a text that are read for it
_YEAR = re.compile(r"(?:19|20)\d\d")

Profile = Mapping[str, float]


def likeness(a: Profile, b: Profile, but: Collection[str] = ()) -> float:
    """The cosine of two profiles, 0-1; what the words `but` add to it is left out."""
    return min(1.0, sum(a[word] * b[word] for word in a.keys() & b.keys() if word not in but))


def rarest(words: Profile, count: int, least: float = 0.0) -> tuple[str, ...]:
    """The `count` words of most weight, by weight and then by letters, of those that are as rare as `least`."""
    return tuple(sorted((word for word in words if rarity(word) >= least), key=lambda word: (-words[word], word))[:count])


def profile(*texts: str | None) -> Profile:
    """Each rare word of `texts` with its weight; the weights are a vector of length one."""
    counts: Counter[str] = Counter()
    for word, count in Counter(word for text in texts if text for word in tokens(text[:LONGEST])).items():
        if (telling := _telling(word)) is not None:
            counts[telling] += count
    weighted = {word: (1.0 + math.log(count)) * rarity(word) for word, count in counts.items()}
    kept = sorted(weighted.items(), key=lambda pair: (-pair[1], pair[0]))[:HEAVIEST]
    length = math.sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return {word: weight / length for word, weight in kept}


@lru_cache(maxsize=100_000)
def _telling(word: str) -> str | None:
    """The stem of a rare word; a number of three digits or more as it is: an address, a highway, a unit. Years are left out."""
    if len(word) <= 2 or (word.isdigit() and _YEAR.fullmatch(word)):
        return None
    telling = word if word.isdigit() else stem(word)
    return telling if rarity(telling) > COMMON else None


def rarity(word: str) -> float:
    """The logarithm of how many incidents there are to one whose reports have `word`, a stem: 0.1 for "said", 8 for a name."""
    known, unknown = _rarities()
    return known.get(word, unknown)


@cache
def _rarities() -> tuple[Mapping[str, float], float]:
    """Of the words in the table, and of any other."""
    seen, incidents = seen_in_news()
    return {word: math.log((incidents + 1) / (count + 0.5)) for word, count in seen.items()}, math.log((incidents + 1) / 0.5)


@cache
def seen_in_news() -> tuple[Mapping[str, int], int]:
    """In how many incidents' reports each stem stands, and how many there are."""
    packed = (resources.files("dateline") / "data" / "rarity.tsv.gz").read_bytes()
    first, *lines = gzip.decompress(packed).decode("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines)
    return {word: int(count) for word, count in pairs}, int(first)
