"""Cases of words that the text itself proves, whatever the words are mostly written like."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.extract.people_names import NOT_A_NAME
from dateline.extract.truecase_tokens import GAP, Tokens, after, before

LOWER, CAPITAL, UPPER = range(3)
LINKS = frozenset({                # small words inside names
    "of", "the", "and", "for", "in", "on", "to", "de", "del", "la", "las", "los", "y", "e", "da", "do", "dos", "das", "du", "des",
    "al", "el", "ul", "bin", "ibn", "van", "von", "der", "den", "di", "ez", "es", "ad", "ash", "ed", "s", "against", "at",
    "from"})
MONTHS = frozenset({"may", "march"})
BEFORE_MONTHS = frozenset({
    "on", "in", "since", "until", "from", "of", "by", "late", "early", "mid", "to", "between", "and", "before", "after",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
ARTICLES = frozenset({"el", "la", "los", "las"})
SPANISH = frozenset({"de", "del", "y", "e", "en", "con", "por", "para", "que", "al", "el", "la", "los", "las"})
NAME_LIKE = "ABdNxn"              # classes of words that may be names
TITLES = frozenset({"mr", "mrs", "ms", "dr", "col", "gen", "lt", "sgt", "cpl", "capt", "maj"})
BEFORE_NOUNS = frozenset({
    "the", "a", "an", "this", "these", "those", "his", "her", "its", "their", "our", "my", "your", "no", "any", "some", "more",
    "very", "to", "another", "each", "every", "new", "old"})
NO_FAMILIES = NOT_A_NAME | {       # words that follow names and are no part of a person's
    "airport", "area", "army", "bank", "bar", "base", "battalion", "beach", "border", "bridge", "brigade", "camp", "chief",
    "coalition", "community", "council", "driver", "embassy", "front", "government", "governorate", "group", "high", "hill",
    "hills", "island", "islands", "market", "may", "militants", "militia", "mountain", "mountains", "movement",
    "neighborhood", "neighbourhood", "organization", "parish", "party", "peninsula", "port", "prison", "province", "rebels",
    "region", "republic", "residents", "river", "spokesman", "square", "station", "suburb", "town", "tribe", "union",
    "valley", "village"}
AGE = re.compile(r", \d\d?\b")
SHORTEST_ACRONYM, LONGEST_ACRONYM = 3, 9


def dates(tokens: Tokens) -> dict[int, int]:
    """Months that are words too, beside a number: "1 May", "on March 3"."""
    return {i: CAPITAL for i, word in enumerate(tokens.words) if word in MONTHS and (
        before(tokens.gaps[i][-GAP:]) == "_9"
        or (after(tokens.gaps[i + 1][:GAP]) == "_9" and i and tokens.words[i - 1] in BEFORE_MONTHS))}


def spanish_names(tokens: Tokens, kinds: Sequence[str]) -> dict[int, int]:
    """Articles that begin a name: "El Carmen", "La Moneda"; not those inside one, "de la Cruz", "Kafr el-Sheikh".

    kinds: the classes of the words (truecase.class_of).
    """
    words = tokens.words
    return {i: CAPITAL for i in range(len(words) - 1)
            if words[i] in ARTICLES and tokens.gaps[i + 1].isspace() and tokens.gaps[i][-1:] != "-"
            and kinds[i + 1] in NAME_LIKE and not (i and words[i - 1] in SPANISH)}


def spelled_out(tokens: Tokens) -> dict[int, int]:
    """Cases that brackets prove: "Northern Salt Front (NSF)", "NSF [Northern Salt Front]"."""
    found: dict[int, int] = {}
    for i, gap in enumerate(tokens.gaps[1:-1], 1):
        if gap.rstrip()[-1:] not in "([" or not gap.strip():
            continue
        inside = tokens.words[i]
        if tokens.gaps[i + 1][:1] in ")]" and tokens.gaps[i + 1]:
            found |= _initials(tokens.words, inside, i, range(i - 1, -1, -1), inside[::-1])
        acronym = tokens.words[i - 1]
        found |= _initials(tokens.words, acronym, i - 1, range(i, len(tokens.words)), acronym)
    return found


def _initials(words: Sequence[str], acronym: str, at: int, order: range, letters: str) -> dict[int, int]:
    if not SHORTEST_ACRONYM <= len(letters) <= LONGEST_ACRONYM:
        return {}
    taken: list[int] = []
    skipped = 0
    for i in order:
        if len(taken) == len(letters):
            break
        if words[i][0] == letters[len(taken)]:
            taken.append(i)
        elif words[i] in LINKS and skipped < LONGEST_ACRONYM:
            skipped += 1
        else:
            return {}
    if len(taken) < len(letters):
        return {}
    return {at: UPPER, **{i: CAPITAL for i in taken if words[i] not in LINKS}}
