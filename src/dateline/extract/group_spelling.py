"""How one name of a group is spelled in several ways: keys that spellings share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from dateline.where.names import fold

ARTICLES = frozenset({"el", "ash", "ul", "ud", "ad", "es", "al"})  # all written "al" here, so that spellings meet
DROPPED_WORDS = frozenset(
    ["the", "a", "al", "as", "an", "at", "ar", "az", "of", "de", "e", "i", "wa", "wal", "and", "in"]
)
SOUNDS = (
    (re.compile(r"[aeiouyw]"), ""),
    (re.compile("kh|q|c"), "k"),
    (re.compile("gh"), "g"),
    (re.compile("dh"), "d"),
    (re.compile("th"), "t"),
    (re.compile("ph"), "f"),
    (re.compile("z"), "s"),
    (re.compile("h"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
MIN_SKELETON = 5  # consonants: with fewer, different groups meet ("Fatah", "Fetih")
# what the desks write for one sound, in two classes of vowels: Jaysh, Jaish, Jeish; Mohammed, Muhammad; Chabab, Shabaab
SPOKEN = (
    (re.compile("dzh|dj|zh"), "j"),
    (re.compile("kh|ck|q|c(?!h)"), "k"),
    (re.compile("sch|sh|ch"), "S"),
    (re.compile("([bdfgjklmnprstvz])h"), r"\1"),
    (re.compile("ou|oo|[ou]"), "u"),
    (re.compile("w"), "v"),
    (re.compile("z"), "s"),
    (re.compile("(?<=.)h"), ""),
    (re.compile("[aei]|(?<=.)y"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
)
LINKING = frozenset(["al", "an", "ar", "as", "at", "az", "e", "i", "wa", "wal", "val", "lil", "li", "fi", "the", "of"])
JOINED_ARTICLE = re.compile(r"(?<=\w{4})(?:ul|ud|al)$")  # "Jamaatul Ahrar", "Hizbul Shabaab"
MIN_SPOKEN = 6  # letters, without the linking words and digits
ONE_WORD = (*SPOKEN[:8], (re.compile("[ei]|(?<=.)y"), "i"), SPOKEN[-1])  # "Contras" is no other way to write "country"


def key_of(name: str) -> str:
    """The folded words of a name, its Arabic articles alike."""
    return " ".join("al" if word in ARTICLES else word for word in fold(name).split(" "))


@lru_cache(maxsize=65536)
def word_key(word: str) -> str:
    """The same of one word of a text."""
    folded = fold(word)
    return "al" if folded in ARTICLES else folded


def forms_of(key: str) -> tuple[str, ...]:
    """A folded word as it stands, and without the s of a plural or a genitive."""
    return (key, key[:-1]) if len(key) > 3 and key[-1] == "s" else (key,)


def ways_to_write(name: str) -> Iterator[str]:
    """Keys for a name, from the plain one to its consonants ("~..."), that must be one group's alone."""
    key = key_of(name)
    if not key:
        return
    yield key
    words = [w for w in key.split(" ") if w not in DROPPED_WORDS]
    yield " ".join(words) or key
    compact = "".join(w[2:] if len(w) > 5 and w.startswith("al") else w for w in words)  # "alsham"
    if len(compact) > 3:
        yield "=" + compact
    if spoken := spoken_key(name):
        yield "+" + spoken
    skeleton = compact
    for pattern, into in SOUNDS:
        skeleton = skeleton[:1] + pattern.sub(into, skeleton[1:])
    if len(skeleton) >= MIN_SKELETON:
        yield "~" + skeleton


@lru_cache(maxsize=65536)
def spoken_word(word: str) -> str:
    """A folded word as it sounds to somebody who spells it anew; empty for one that only links others.

    >>> spoken_word("jaysh"), spoken_word("djeish"), spoken_word("mohammed"), spoken_word("ul")
    ('jaS', 'jaS', 'muamad', '')
    """
    if word in LINKING or word in ARTICLES:
        return ""
    return _sounds(word, SPOKEN)


@lru_cache(maxsize=65536)
def _sounds(word: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    sound = JOINED_ARTICLE.sub("", word)
    for pattern, into in rules:
        sound = pattern.sub(into, sound)
    return sound


def spoken_key(name: str) -> str:
    """The sounds of a name's words, with one space between; empty where too little is left to tell groups apart."""
    return joined([(word, sound) for word in fold(name).split(" ") if (sound := spoken_word(word))])


def joined(words: Sequence[tuple[str, str]]) -> str:
    """The key of folded words and their sounds: a name of one word keeps more of its vowels."""
    if sum(c.isalpha() for _, sound in words for c in sound) < MIN_SPOKEN:
        return ""
    return "=" + _sounds(words[0][0], ONE_WORD) if len(words) == 1 else " ".join(sound for _, sound in words)


def is_abbreviation(name: str) -> bool:
    """ "ISIS-K", "LeT", "M23": few letters, and capitals where a name has small ones."""
    letters = re.sub(r"[^A-Za-z0-9]", "", name)
    return " " not in name and len(letters) <= 8 and sum(c.isupper() or c.isdigit() for c in letters) * 2 > len(letters)
