"""What the rules for statements share: a finding, a rule about a verb, words of doubt, and partial dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from dateline.extract.document import TimeMention
from dateline.extract.statement_grammar import GroupRef, Reading
from dateline.extract.statement_lexis import HEDGES
from dateline.records.group import Attribute

Voice = Literal["active", "passive"]
REACH = 240                       # characters after a verb within which its own words are looked for


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement before it is dated and attributed; [start, end) are the words that make it."""

    ref: GroupRef
    attribute: Attribute
    value: dict[str, Any]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class VerbRule:
    """`words` are matched from the verb on; what they lead up to (a place, a group) must follow at once."""

    attribute: Attribute
    voice: Voice
    words: re.Pattern[str]
    sense: str = ""


def verb_rule(attribute: Attribute, voice: Voice, words: str, sense: str = "") -> VerbRule:
    return VerbRule(attribute, voice, re.compile(words, re.I), sense)


ADVERBS = r"(?:(?:\w{2,15}ly|still|also|now|even|already|once|again|most)\s+){0,2}"
WORDS = r"(?:[\w'’-]{1,20}\s+){0,3}"
NEGATED = re.compile(r"\b(?:not|never|no longer|neither|denied|denies|rejected|nor|n['’]t|refused)\b", re.I)
UNREAL = re.compile(r"\b(?:if|may|might|could|would|whether|should|will|wants? to|plans? to|sought to|"
                    r"seeks? to)\b", re.I)


def hedge_of(reading: Reading, verb: Any, ref: GroupRef) -> str | None:
    """Words that weaken the clause, between its subject and its verb, or just before the subject."""
    low, high = sorted((ref.end, verb.idx))
    if high - low > 120:
        low = high - 120
    return hedge_in(reading.text, max(low, verb.sent.start_char), high + len(verb)) or hedge_in(
        reading.text, max(ref.start - 20, verb.sent.start_char), ref.start)


def hedge_in(text: str, start: int, end: int) -> str | None:
    """The first word in [start, end) that makes less of what is said: "reportedly", "believed to"."""
    found = HEDGES.search(text, max(start, 0), end)
    return found.group() if found else None


def partial_date(time: TimeMention) -> str | None:
    """The day, month or year that `time` means, as far as it is known: "2020-06"."""
    known = re.match(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?!\d)", time.value or "")
    if known and (not time.anchored or time.earliest == time.latest):
        return known.group()
    if time.earliest is not None and time.earliest == time.latest:
        return time.earliest.isoformat()
    return None
