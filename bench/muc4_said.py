"""What an account's words say of a thing or of people, where the record lacks it: number, nation and what became of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from bench.muc4_fills import head_word
from bench.muc4_forms import nation_name
from bench.muc4_key import text_of
from bench.muc4_words import is_plural
from dateline.extract.counts import read_counts
from dateline.extract.groups import country_words
from dateline.records import Account, Evidence
from dateline.where.names import fold

Words = Sequence[tuple[str, re.Pattern[str]]]      # effects, each with the words that tell it

DEATH, INJURY, UNHURT, FREED = "DEATH", "INJURY", "NO INJURY OR DEATH", "REGAINED FREEDOM"
THING_WORDS = (
    ("NO DAMAGE", re.compile(r"\bno\s+(?:\w+\s+)?damage|\b(?:not|without)\s+(?:\w+\s+){0,2}damag", re.IGNORECASE)),
    ("DESTROYED", re.compile(r"\b(?:destroy\w*|demolish\w*|bl(?:ow\w*|ew)\s+up|razed|leveled|gutted)\b", re.IGNORECASE)),
    ("SOME DAMAGE", re.compile(r"\b(?:damag\w+|shatter\w+|derail\w+|caved?\s+in|broke\w*|burn\w*|knocked\s+down|toppled)\b",
                               re.IGNORECASE)))
HUMAN_WORDS = (
    (UNHURT, re.compile(r"\b(?:unharmed|unhurt|uninjured|escaped\s+(?:injury|unharmed)|emerged\s+unscathed)\b", re.IGNORECASE)),
    (DEATH, re.compile(r"\b(?:kill\w*|murder\w*|assassinat\w+|dead|died|death|execut\w+|massacr\w+|slain|slay\w*|bodies|body)\b",
                       re.IGNORECASE)),
    (INJURY, re.compile(r"\b(?:wound\w*|injur\w+|hurt)\b", re.IGNORECASE)))
KIDNAPPED_WORDS = (
    (FREED, re.compile(r"\b(?:released|freed|rescued|escaped|set\s+free|liberated)\b", re.IGNORECASE)),
    HUMAN_WORDS[1])
_LEAD = re.compile(r"^(?:\[[^\[\]]*\]\s*)+")        # "[TEXT]" at the head of a report
_PHRASE = re.compile(r"\b(?:of|in|at|from|who|which|that)\b")       # ends the part of a noun phrase that can hold its number
REACH = 40                        # characters before a phrase in which its number may stand


def cleaned(words: str) -> str:
    """Words of the record as fills hold strings."""
    return text_of(_LEAD.sub("", words))


def number_told(account: Account, phrase: str, evidence: Evidence) -> str:
    """How many a noun phrase says: the count in it or right before it, else 1 or PLURAL by its head."""
    before = next((span.quote[:one.start - span.start] for span in account.evidence for one in evidence[:1]
                   if span.start <= one.start < span.end), "")[-REACH:]
    end = len(_PHRASE.split(f"{before}{phrase}".lower()[len(before):])[0]) + len(before)
    for count in reversed(read_counts(f"{before}{phrase}".lower())):
        gap = before[count.end:].split()
        if count.start < end and (count.end > len(before) or len(gap) <= 1):
            return number_words(count.low, count.high, count.value, count.modifier)
    return "PLURAL" if is_plural(head_word(phrase)) else "1"


def number_words(low: int | None, high: int | None, value: int | None, modifier: str) -> str:
    """A count as MUC-4 writes it (7.15): "6", "6-8", "6-", "~100", PLURAL."""
    if modifier == "about" and value is not None:
        return f"~{value}"
    if modifier in {"at_least", "more_than"} and value is not None:
        return f"{value}-"
    if low is not None and low == high:
        return str(low)
    if low is None and high is None:
        return "PLURAL"
    return f"{'' if low is None else low}-{'' if high is None else high}"


def effect_told(
        account: Account, evidence: Evidence, table: Words, *, elsewhere: Literal["first", "agreed", "none"]) -> str | None:
    """The effect told nearest to the evidence in its sentence; else one of the account's other sentences.

    elsewhere: which of these: the first, the one on which all of them agree, or none.
    """
    own = [(span, one) for span in account.evidence for one in evidence if span.start <= one.start < span.end]
    told = [(min(abs(start - (one.start - span.start)), abs((one.end - span.start) - start)), effect)
            for span, one in own for effect, start in _effects_in(span.quote, table)]
    if told:
        return min(told)[1]
    rest = [effect for span in account.evidence for effect, _ in _effects_in(span.quote, table)] if elsewhere != "none" else []
    return rest[0] if rest and (elsewhere == "first" or len(set(rest)) == 1) else None


def _effects_in(sentence: str, table: Words) -> list[tuple[str, int]]:
    """The effects that a sentence tells, with where; what a row before tells is not told again by a word of it."""
    taken: list[tuple[int, int]] = []
    found = []
    for effect, words in table:
        for match in words.finditer(sentence):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                taken.append(match.span())
                found.append((effect, match.start()))
    return sorted(found, key=lambda one: one[1])


def nation_told(words: str, country: str | None, account: Account) -> str | None:
    """The nation of people or things, where it is told and another than the incident's country."""
    code = country or next(_countries_in(words), None)
    return nation_name(code) if code and account.where.country and code != account.where.country else None


def _countries_in(words: str) -> Iterator[str]:
    known = country_words()
    parts = fold(words).split()
    for size in (3, 2, 1):
        for at in range(len(parts) - size + 1):
            phrase = " ".join(parts[at:at + size])
            if code := known.get(phrase) or known.get(phrase.removesuffix("s")):
                yield code
