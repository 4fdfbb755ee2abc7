"""Statements whose value is the report's own words: losses, money, recruits, aims, means, and being on a list.

The words are cut at the clause, never inside it, so that "if it is able" or "reportedly" stay with what they govern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from dateline.extract.statement_areas import loss_value, places_from
from dateline.extract.statement_grammar import GroupRef, Reading
from dateline.extract.statement_lexis import is_passive
from dateline.extract.statement_rules import Finding, partial_date
from dateline.records.group import Attribute

CLAUSE_ENDS = re.compile(
    r"[;\n]|,[\"”]|[.!?](?=\s|[\"”]|$)|,?\s(?:but|while|whereas|although|though|and (?=it |they |the group |its ))|"
    r",\s(?:and (?=has |have |is |was ))")
CLAUSE_REACH = 300                # characters either side of a word in which its clause is looked for

RECRUITING = frozenset({"recruit", "enlist", "conscript"})
RECRUITS = frozenset({"recruitment", "recruit", "recruiting", "conscription"})
FUNDING_VERBS = frozenset({"fund", "finance", "bankroll", "extort", "tax", "levy", "smuggle", "earn", "profit"})
MONEY_VERBS = frozenset({
    "raise", "make", "get", "generate", "collect", "earn", "receive", "draw", "derive", "have", "obtain",
    "gain", "depend",
    "rely",
})
MONEY = frozenset({
    "money", "fund", "funds", "funding", "income", "revenue", "revenues", "tax", "taxis", "ransom", "finance",
    "finances",
    "donation",
    "dollar", "extortion", "financing", "zakat", "proceed", "proceeds", "smuggling", "toll",
})
AIMING = frozenset({"want", "aim", "seek", "intend", "strive", "aspire"})
FIGHTING_FOR = re.compile(r"(?:fights?|fought|fighting|campaign(?:s|ed|ing)?|(?:took|taken) up arms)\s+(?:for|"
                          r"to\s+(?:establish|create|restore|impose|overthrow|topple|set up|expel|oust|win|"
                          r"drive))\s", re.I)
# "wanted to meet the minister" is news, no aim
TALK = frozenset({"meet", "talk", "know", "say", "ask", "tell", "discuss", "speak", "thank", "be", "see"})
HAVING = frozenset({
    "have", "possess", "acquire", "obtain", "own", "field", "build", "develop", "manufacture", "buy", "produce",
    "stockpile",
})
ARMS = frozenset({
    "drone", "missile", "rocket", "artillery", "tank", "weapon", "weaponry", "mortar", "explosive", "arsenal",
    "helicopter",
    "launcher",
    "manpad", "howitzer", "gun", "ammunition", "uav", "vehicle", "boat", "munition",
})
ABLE = frozenset({"ability", "capability", "capacity", "capable", "able"})
ATTACKS = frozenset({
    "attack", "carry", "launch", "strike", "conduct", "mount", "stage", "assassinate", "plan", "hit", "target", "bomb",
    "inspire", "shoot", "produce",
})
LISTING = re.compile(
    r"(?:designated|blacklisted|proscribed|sanctioned|outlawed|banned|(?:listed|classified|branded|labell?ed|classed|"
    r"considered|recogni[sz]ed)"
    r"(?:\s+by\s+[^,.;]{1,60})?\s+(?:as\s+)?(?:an?\s+)?(?:\w+\s+){0,3}terror\w*)", re.I)
LISTING_ACTIVE = re.compile(
    r"(?:designat\w+|blacklist\w+|proscrib\w+|outlaw\w+|banned|list(?:s|ed)|classif\w+)\s+(?:the\s+)?$", re.I)
LOSSES = frozenset({"loss", "setback", "defeat", "defection", "desertion"})
CAUSING = frozenset({"inflict", "cause", "claim", "deny", "impose", "deal", "report", "exploit", "avenge", "celebrate"})
LOST = (
    ("territory", re.compile(r"\b(?:territor(?:y|ies|ial)|ground|land)\b", re.I)),
    ("leader", re.compile(r"\b(?:leader(?:s|ship)?|commanders?|emirs?)\b", re.I)),
    ("fighters", re.compile(r"\b(?:manpower|fighters?|personnel|militants|members|men|troops|human|defections?|"
                            r"desertions?)\b", re.I)),
    ("funds", re.compile(r"\b(?:financial|funds?|funding|money|revenues?|income|economic)\b", re.I)),
)
FOR_SUBJECT = re.compile(r"\b(?:on|to|for|among|by|of)\s+(?:the\s+)?$", re.I)


def clause_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around [start, end), by its marks and joining words; at most CLAUSE_REACH characters either side."""
    low = max(start - CLAUSE_REACH, 0)
    high = min(end + CLAUSE_REACH, len(text))
    for mark in CLAUSE_ENDS.finditer(text, low, start):
        low = mark.end()
    after = CLAUSE_ENDS.search(text, end, high)
    return low, after.start() if after else high


def text_findings(reading: Reading) -> Iterator[Finding]:
    for sentence in reading.sentences:
        for token in sentence:
            if token.is_punct or token.is_space:
                continue
            for attribute, ref in _says(reading, token):
                if attribute == "loss":
                    yield from _losses(reading, token, ref)
                    continue
                start, end = clause_of(reading.text, token.idx, token.idx + len(token))
                words = reading.written(start, end).strip(" ,\"“”'")
                value: dict[str, Any] = {"text": words, "when": None}
                if attribute == "listing":
                    value["when"] = _when(reading, start, end)
                yield Finding(ref, attribute, value, start, end)


def _says(reading: Reading, token: Any) -> Iterator[tuple[Attribute, GroupRef]]:
    """What `token` says about which group. Each attribute is asked for once."""
    lemma = token.lemma_.lower()
    if token.pos_ in ("VERB", "AUX"):
        yield from _verb_says(reading, token, lemma)
    elif lemma in RECRUITS | LOSSES | ABLE and token.pos_ in ("NOUN", "ADJ", "PROPN"):
        ref = _concerned(reading, token)
        if ref is None:
            return
        if lemma in LOSSES:
            governor = reading.sits_in(token)
            if governor is None or _is_real(reading, governor):
                yield "loss", ref
        elif lemma in RECRUITS:
            yield "recruitment", ref
        elif any(c.lemma_.lower() in ATTACKS for c in _able_to(token)):
            governor = token.head if token.pos_ == "ADJ" else reading.sits_in(token)
            # "air strikes limited the group's ability": it is the group that must have it
            if governor is not None and _is_real(reading, governor) and reading.subject_of(governor) == ref:
                yield "capability", ref


def _able_to(noun: Any) -> Iterator[Any]:
    """What somebody is able to do: "able to strike", "capable of attacks"; not "able to stop this attack"."""
    for child in noun.children:
        if child.pos_ in ("VERB", "AUX"):
            yield child
        elif child.dep_ == "prep":
            yield from (c for c in child.children if c.pos_ in ("VERB", "NOUN"))
            yield from (c for inner in child.children for c in inner.children if c.dep_ == "conj")


def _is_real(reading: Reading, verb: Any) -> bool:
    return reading.reality_of(verb) in ("stated", "hedged")


def _verb_says(reading: Reading, verb: Any, lemma: str) -> Iterator[tuple[Attribute, GroupRef]]:
    words = {t.lemma_.lower() for t in _near(verb)}
    if is_passive(verb):
        target = reading.subject_of(verb)
        if target and LISTING.match(reading.text, verb.idx) and _is_real(reading, verb):
            yield "listing", target
        if target and lemma in ("fund", "finance", "bankroll") and reading.reality_of(verb) != "negated":
            yield "funding", target
        return
    if lemma in ("designate", "blacklist", "proscribe", "outlaw", "ban", "list", "classify"):
        for child in verb.children:
            named = reading.ref_of(child) if child.dep_ in ("dobj", "nsubj") and child.i > verb.i else None
            if named and _is_real(reading, verb) and LISTING_ACTIVE.search(
                    reading.text, max(named.start - 40, 0), named.start):
                yield "listing", named
        return
    ref = reading.subject_of(verb)
    if ref is None:
        for child in verb.children:       # "businessmen abroad fund the group"
            paid = reading.ref_of(child) if child.dep_ == "dobj" and lemma in ("fund", "finance", "bankroll") else None
            if paid and reading.reality_of(verb) != "negated":
                yield "funding", paid
        return
    if reading.reality_of(verb) == "negated":
        return
    if lemma in RECRUITING:
        yield "recruitment", ref
    pays = lemma in FUNDING_VERBS and any(c.dep_ in ("dobj", "prep") for c in verb.children)
    if pays or (lemma in MONEY_VERBS and words & MONEY):
        yield "funding", ref
    if _is_aim(reading, verb, lemma):
        yield "aim", ref
    if lemma in HAVING and words & ARMS and reading.reality_of(verb) != "unreal":
        yield "capability", ref
    if lemma == "lose" and reading.reality_of(verb) != "unreal":
        yield "loss", ref


def _near(verb: Any) -> Iterator[Any]:
    """The verb's objects and what hangs on them by prepositions: no deeper than its own clause."""
    for child in verb.children:
        if child.dep_ in ("dobj", "prep", "pobj", "conj", "agent") and child.pos_ in ("NOUN", "PROPN", "ADP", "NUM"):
            yield child
            yield from _near(child)


def _is_aim(reading: Reading, verb: Any, lemma: str) -> bool:
    if FIGHTING_FOR.match(reading.text, verb.idx):
        return True
    if lemma not in AIMING or verb.dep_ in ("acl", "amod"):
        return False
    wanted = [c for c in verb.children if c.dep_ in ("xcomp", "dobj", "prep") and c.i > verb.i]
    return bool(wanted) and wanted[0].lemma_.lower() not in TALK


def _concerned(reading: Reading, noun: Any) -> GroupRef | None:
    """The group whose recruits, losses or abilities `noun` tells: its owner, or the subject that it hangs under."""
    for child in noun.children:
        if child.dep_ in ("poss", "compound", "nmod", "amod", "nsubj"):
            if ref := reading.ref_of(child):
                return ref
            if child.dep_ == "poss":
                return reading.stands_for(child)
        if child.dep_ == "prep" and child.lower_ in ("of", "for", "among", "to", "on", "by"):
            for inner in child.children:
                if ref := reading.ref_of(inner):
                    return ref
                if child.lower_ in ("on", "to", "among") and noun.lemma_.lower() in LOSSES:
                    return None           # "losses on the army"
    if noun.dep_ == "acomp":
        return reading.subject_of(noun.head)
    governor = reading.sits_in(noun)
    if governor is None or noun.dep_ in ("nsubj", "nsubjpass"):
        return None
    lemma = governor.lemma_.lower()
    if lemma in CAUSING:
        after = reading.refs_between(noun.idx, min(noun.sent.end_char, noun.idx + CLAUSE_REACH))
        on = [r for r in after if FOR_SUBJECT.search(reading.text, max(r.start - 12, 0), r.start)]
        return on[0] if on else None
    return reading.subject_of(governor)


def _losses(reading: Reading, token: Any, ref: GroupRef) -> Iterator[Finding]:
    """One finding for each kind of loss that the words name: "territorial and financial losses" makes two."""
    start, end = clause_of(reading.text, token.idx, token.idx + len(token))
    verb = token.pos_ == "VERB"
    low = token.idx if verb else max(start, _before(token))
    high = min(end, token.idx + (70 if verb else len(token)))
    stated = reading.text[low:high]
    if verb:
        stated = re.split(r"\sto\s", stated)[0]        # "lost ground to government fighters": theirs are not lost
    if verb and (place := _first_place(reading, token, end)):
        stated = stated[:place - low]     # lost places are told as areas
        if not re.search(r"fighters|men|commander|leader", stated):
            return
    kinds = [of for of, pattern in LOST if pattern.search(stated)]
    if verb and not kinds:
        return
    when = next(chain(reading.times_between(token.idx, end), reading.times_between(start, token.idx)), None)
    places = _places_after(reading, token, end)
    named = [low + words.start() for _, pattern in LOST for words in pattern.finditer(stated)]
    first = token.idx if verb else min([token.left_edge.idx, *named])
    last = max([token.idx + len(token), *(p.end for p in places), *([when.end] if when else [])])
    if verb and not places and not when:
        last = min(high, end)
    told: list[str | None] = [*kinds] or [None]
    for of in told:
        yield Finding(ref, "loss", loss_value(of, places, when, reading.written(first, last)), first, last)


def _before(noun: Any) -> int:
    """Where the words that qualify `noun` begin: "territorial, leadership and financial losses"."""
    first = noun
    while first.i > noun.sent.start and (first.nbor(-1).pos_ in ("ADJ", "NOUN", "CCONJ") or first.nbor(-1).text == ","):
        first = first.nbor(-1)
    return int(first.idx)


def _first_place(reading: Reading, verb: Any, end: int) -> int | None:
    start = verb.idx + len(verb) + 1
    after = re.compile(r"(?:(?:[\w-]{1,30}\s+){0,4}(?:of|over|in|on)\s+)?").match(reading.text, start, end)
    places = places_from(reading, after.end(), end) if after else []
    return places[0].start if places else None


def _places_after(reading: Reading, token: Any, end: int) -> list[Any]:
    after = re.compile(r"[^,;.\n]{0,60}?\b(?:in|across|of)\s+(?=[A-Z]|the\b|"
                       r"parts\b)").match(reading.text, token.idx + len(token), end)
    return places_from(reading, after.end(), end) if after else []


def _when(reading: Reading, start: int, end: int) -> str | None:
    times = reading.times_between(start, end)
    return partial_date(times[0]) if times else None
