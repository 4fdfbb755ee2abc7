"""How much one fill of an answer scores against one of the key: the automatic rule of muc4-slots, pure.

The rule is the contract's (../shared/bench/README.md); where it is silent, spec/scoring-guidelines.v7 stands:
- Strings: 1 where the head word is equal and the answer has no name more, one half where they share a content word. In the
  slots that hold proper names (a person's, an organisation's) 1 needs the whole name: a part of it is half (3.1.1.2).
- Set fills: 1 where equal, one half for what stands above or below in the hierarchy of instruments and of confidence, and for
  the pairs that the guidelines name (3.2.13, 3.2.16, 3.2.20, 3.2.23).
- Numbers: 1 where equal, one half for a single number that is an end of the key's range, or that the key has with "~" (3.2.14).
- Dates and places: muc4_forms.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bench.muc4_forms import country_code, days_score, key_days, key_location, location_score
from bench.muc4_key import (
    CONFIDENCE,
    DATE,
    HUMAN_EFFECT,
    HUMAN_NATION,
    HUMAN_NUMBER,
    HUMAN_TYPE,
    HUMANS,
    INSTRUMENT_TYPE,
    LOCATION,
    NAME,
    ORGANIZATION,
    STRINGS,
    THING_EFFECT,
    THING_NATION,
    THING_NUMBER,
    THING_TYPE,
    THINGS,
    TYPE,
    Fill,
)
from dateline.extract.nlp import pipeline
from dateline.extract.people_names import person_words
from dateline.extract.truecase import load_table
from dateline.extract.truecase_words import fold_word
from dateline.numbers import word_set
from dateline.where.place import one_list

HALF = 0.5
SEEN = 3                          # times; a word seen less often is judged by the dictionary
SMALL_ENOUGH = 0.15               # of its times in small letters: "army" stands in names more often than alone, and is a word
# spec/template-doc-part1.v7, 7.8 and 7.12: what each stands below.
ABOVE = {
    "MACHINE GUN": "GUN", "MORTAR": "GUN", "HANDGUN": "GUN", "RIFLE": "GUN", "BOMB": "EXPLOSIVE", "GRENADE": "EXPLOSIVE",
    "MOLOTOV COCKTAIL": "EXPLOSIVE", "VEHICLE BOMB": "BOMB", "DYNAMITE": "BOMB", "MINE": "BOMB", "AERIAL BOMB": "BOMB",
    "MISSILE": "PROJECTILE", "ROCKET": "PROJECTILE", "SUSPECTED OR ACCUSED BY AUTHORITIES": "SUSPECTED OR ACCUSED"}
# (answer, key) that score one half, from the guidelines.
NEAR = {
    THING_TYPE: {("POLITICAL FIGURE OFFICE OR RESIDENCE", "GOVERNMENT OFFICE OR RESIDENCE")},
    THING_EFFECT: {("DESTROYED", "SOME DAMAGE")},
    HUMAN_TYPE: {("GOVERNMENT OFFICIAL", "FORMER GOVERNMENT OFFICIAL"), ("ACTIVE MILITARY", "FORMER ACTIVE MILITARY"),
                 ("GOVERNMENT OFFICIAL", "FORMER ACTIVE MILITARY"), ("ACTIVE MILITARY", "FORMER GOVERNMENT OFFICIAL"),
                 ("POLITICAL FIGURE", "GOVERNMENT OFFICIAL")},
    HUMAN_EFFECT: {("NO INJURY", "NO INJURY OR DEATH"), ("NO DEATH", "NO INJURY OR DEATH")},
    TYPE: {("ATTACK", "BOMBING"), ("BOMBING", "ATTACK")},
}
HIERARCHICAL = frozenset({INSTRUMENT_TYPE, CONFIDENCE})
NATIONS = frozenset({THING_NATION, HUMAN_NATION})
NUMBERS = frozenset({THING_NUMBER, THINGS, HUMAN_NUMBER, HUMANS})
PROPER = frozenset({NAME, ORGANIZATION})

# The head of a noun phrase is the last word before one of these.
_PHRASE_END = re.compile(
    r"[,;:]|(?<![-\w])(?:OF|IN|AT|ON|FROM|WITH|FOR|TO|BY|NEAR|AGAINST|BETWEEN|DURING|WHO|WHOM|WHOSE|WHICH|THAT|WHERE|WEARING|CARRYING|"
    r"BELONGING|GUARDING|TRAVELING|WORKING|LIVING|RIDING|LOCATED|DRESSED|PARKED|OWNED|SPANNING|KNOWN|CALLED|USED|LOADED|FILLED)\b")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")
# Words that hold no content: of grammar, and of number, which has a slot of its own.
EMPTY = word_set("""
A AN THE THIS THAT THESE THOSE HIS HER ITS THEIR OUR MY SOME SEVERAL MANY FEW ANY ALL BOTH OTHER OTHERS ANOTHER MORE THAN AT LEAST
ABOUT AND OR OF IN ON FROM WITH FOR TO BY NEAR AGAINST BETWEEN DURING WHO WHOM WHOSE WHICH WHERE WAS WERE IS ARE BE BEEN HAD HAS
HAVE AS NOT NO ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE DE DEL LA LAS LOS EL Y MR MRS MS DR MSGR""")
_RANGE = re.compile(r"^(?P<about>~)?(?P<low>\d+)?(?P<dash>\s*-\s*)?(?P<high>\d+)?$")


def fill_score(slot: str, answer: Fill, key: Fill) -> float:
    """The best score of an answer's value over the key's alternatives; cross-references are not looked at."""
    if slot == LOCATION:
        ours = answer.place or key_location(answer.values[0])
        return max((location_score(ours, key_location(value)) for value in key.values), default=0.0)
    return max((_score(slot, answer.values[0], value) for value in key.values), default=0.0)


def _score(slot: str, answer: str, key: str) -> float:
    if slot in STRINGS:
        return string_score(answer, key, proper=slot in PROPER)
    if slot in NUMBERS:
        return number_score(answer, key)
    if slot == DATE:
        ours, right = key_days(answer), key_days(key)
        return days_score(ours, right) if ours and right else 0.0
    if slot in NATIONS:
        return float(country_code(answer) == country_code(key))
    if answer == key:
        return 1.0
    related = slot in HIERARCHICAL and (answer in _all_above(key) or key in _all_above(answer))
    return HALF if related or (answer, key) in NEAR.get(slot, ()) else 0.0


def string_score(answer: str, key: str, *, proper: bool = False) -> float:
    """Both in capitals. proper: a slot of proper names, in which a part of the name is half."""
    if answer == key:
        return 1.0
    ours, right = _content(answer), _content(key)
    if not ours & right:
        return 0.0
    whole = head_word(answer) == head_word(key) and (right <= ours or not proper)
    return HALF if not whole or any(map(is_name, ours - right)) else 1.0


def number_score(answer: str, key: str) -> float:
    """ "6", "6-8", "6-", "-8", "~100", "PLURAL"."""
    if re.sub(r"\s", "", answer) == re.sub(r"\s", "", key):
        return 1.0
    found = _RANGE.match(key)
    if found is None or not answer.isdigit():
        return 0.0
    ends = {found["low"], found["high"]} if found["about"] or found["dash"] else set()
    return HALF if answer in ends else 0.0


def head_word(phrase: str) -> str:
    """The word that a noun phrase is about: "MAYOR" of "THE MAYOR OF ARDEN"; "" where there is none."""
    plain = _BRACKETS.sub(" ", phrase)
    for part in _PHRASE_END.split(plain):
        words = [word for word in _words(part) if word not in EMPTY]
        if words:
            return words[-1]
    return next(iter(reversed(_words(plain))), "")


def is_name(word: str) -> bool:
    """Whether English writes `word` with a capital wherever it stands, or lacks it. Of a people, or with digits: no name."""
    folded = fold_word(word)
    singular = folded.removesuffix("s")
    if folded in _peoples() or singular in _peoples() or any(map(str.isdigit, word)):
        return False
    small, *capitals = load_table().counts.get(folded, (0, 0, 0))
    if small + sum(capitals) >= SEEN:
        return small < SMALL_ENOUGH * (small + sum(capitals))
    english = {folded, singular, folded.removesuffix("es")} & _dictionary()
    return folded in person_words() or not english


def _content(phrase: str) -> frozenset[str]:
    words = frozenset(_words(_BRACKETS.sub(" ", phrase)) or _words(phrase))
    return frozenset(word for word in words if word not in EMPTY and not word.isdigit()) or words


def _words(phrase: str) -> list[str]:
    return [word.removesuffix("'S").removesuffix("’S") for word in _WORD.findall(phrase)]


def _all_above(value: str) -> Iterator[str]:
    while value in ABOVE:
        value = ABOVE[value]
        yield value


@cache
def _peoples() -> frozenset[str]:
    demonyms = one_list("demonyms.toml")["demonyms"].values()
    return frozenset(fold_word(part) for words in demonyms for word in words for part in word.split())


@cache
def _dictionary() -> frozenset[str]:
    """English words, small, as spaCy's lemmatizer lists them."""
    index = pipeline().get_pipe("lemmatizer").lookups.get_table("lemma_index")
    return frozenset(word for part in index.values() for word in part)
