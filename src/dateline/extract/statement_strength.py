"""How many people a group is said to have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dateline.extract.document import Count
from dateline.extract.statement_areas import area_value, places_from
from dateline.extract.statement_grammar import GroupRef, Reading
from dateline.extract.statement_rules import REACH, Finding, hedge_in

UNITS = re.compile(
    r"\s+(?:\+\s*)?(?:(?:[\w-]{2,20})\s+){0,2}?(?P<unit>fighters|members|militants|men|soldiers|troops|combatants|"
    r"insurgents|"
    r"guerrillas|rebels|militiamen|jihadists|jihadis|recruits|operatives|followers|adherents|gunmen|personnel)\b", re.I)
STRENGTH_VERBS = frozenset({
    "have", "command", "field", "retain", "boast", "number", "comprise", "count", "consist", "maintain", "keep",
    "include", "muster", "total", "be", "compose", "make", "exceed", "possess",
})
STRENGTH_NOUNS = frozenset({
    "group", "force", "strength", "core", "army", "total", "membership", "rank", "body", "number", "militia",
    "contingent", "cadre",
})
SIZE_NOUNS = frozenset({"size", "manpower", "estimate"})
THERE = re.compile(r"\s+(?:based |active |operating |spread )?(?:in|across)\s+")
STRONG = re.compile(r"[\s-]strong\b(?:\s+(?=[A-Z]))?")
STRENGTH_BEFORE = re.compile(
    r"(?:\bstrength(?: of| is| at| to)?|\bmembership (?:of|at)|\bnumber(?:s|ed|ing)(?: at)?|"
    r"\bestimated (?:to number|at)|\bput at|,\s*with)\s+"
    r"(?:an estimated\s+|a total of\s+|between\s+|a core of\s+)?$", re.I)


# between a group's name and the number: "X has some", "X's", "X has grown to", "the number of X fighters is"
HAS = re.compile(r"(?:['’]s?|(?:\s+(?:\([^)\n]{1,20}\)|still|now|also|alone))*\s+(?:has|have|had|commands?|commanded|fields?|"
                 r"boasts?|(?:(?:has|have|had)\s+)?(?:grown|grew|swelled|swollen|shrunk|shrank|dwindled|expanded)\s+to))\s+"
                 r"(?:(?:only|an|estimated|just|as)\s+){0,3}", re.I)
NUMBER_IS = re.compile(r"\s+(?P<unit>fighters|members|militants|men|soldiers|rebels|insurgents)\s+(?:\w+\s+){0,3}?(?:is|was|at|"
                       r"to|around)\s+(?:(?:about|an|estimated|put|at)\s+){0,3}", re.I)
THE_NUMBER = re.compile(r"\b(?:number|total|strength)\s+of\s+(?:active\s+)?(?:the\s+)?$", re.I)
# after "some 2,000 X fighters": they are there, they did not come or die
STAY = re.compile(r"\s+(?:who\s+)?(?:are|remain(?:s|ed|ing)?|were)\s+(?:still\s+|now\s+|believed to be\s+|thought to be\s+)?"
                  r"(?:(?:active|left|based|operating|holed up|hiding|present|stationed|entrenched)\b|in\b|across\b)|"
                  r"\s+(?:left|operating|active|based)\b", re.I)
THERE_ARE = re.compile(r"\bthere\s+(?:are|were|may be|could be)\s+(?:now\s+|still\s+|believed to be\s+)?$", re.I)
BELONG = re.compile(r"\s+(?:who\s+)?belong(?:s|ed|ing)?\s+to\s+", re.I)
UNIT_AFTER = re.compile(r"\s+(?P<unit>fighters|members|militants|men|soldiers|rebels|insurgents|guerrillas|operatives|"
                        r"jihadists)\b", re.I)
GONE = re.compile(r"\s+(?:(?:were|was|have|has|had|been|who)\s+){0,3}(?:killed|wounded|injured|captured|arrested|detained|dead|"
                  r"died|surrendered|slain|executed|deserted)\b", re.I)


def strength_findings(reading: Reading) -> Iterator[Finding]:
    """How many people a group has, and where it is said to have them."""
    for count in reading.document.counts:
        yield from _worded(reading, count)
        unit = UNITS.match(reading.text, count.end, count.end + 80)
        if unit is None or (count.low is None and count.high is None):
            yield from _strong_force(reading, count)
            continue
        span = reading.doc.char_span(unit.start("unit"), unit.end("unit"), alignment_mode="expand")
        ref = _has_people(reading, span.root, count) if span is not None else None
        if ref is None:
            continue
        hedge = hedge_in(reading.text, max(min(ref.end, count.start), count.start - 100), count.start)
        start = min(ref.start, count.start)
        yield Finding(ref, "strength", _strength(count, unit.group("unit"), hedge), start, unit.end())
        if there := THERE.match(reading.text, unit.end()):
            for place in places_from(reading, there.end(), min(span.sent.end_char, there.end() + REACH)):
                yield Finding(ref, "area", area_value(place, "presence", hedge), start, place.end)


def _worded(reading: Reading, count: Count) -> Iterator[Finding]:
    """By the words around the number alone: "X has up to 700 fighters left", "there are some 2,000 X fighters in Vale"."""
    text = reading.text
    if count.low is None and count.high is None:
        return
    unit = UNITS.match(text, count.end, count.end + 80)
    owner = next((r for r in reading.refs_between(count.start - 90, count.start) if r.end < count.start
                  and HAS.fullmatch(text, r.end, count.start)), None)
    if owner and unit and not GONE.match(text, unit.end()):
        yield _found(owner, count, unit["unit"], unit.end())
    for ref in reading.refs_between(count.start - 120, count.start):
        told = NUMBER_IS.fullmatch(text, ref.end, count.start)
        if told and THE_NUMBER.search(text, max(ref.start - 40, 0), ref.start):
            yield _found(ref, count, told["unit"], count.end)
    to = BELONG.match(text, unit.end()) if unit else None
    belongs = reading.ref_at(to.end()) if to else None
    if unit and belongs:
        yield _found(belongs, count, unit["unit"], belongs.end)
    named = next(iter(reading.refs_between(count.end, count.end + 30)), None)     # "2,000 X fighters"
    after = UNIT_AFTER.match(text, named.end) if named and len(text[count.end:named.start].split()) < 2 else None
    if named and after and (STAY.match(text, after.end()) or THERE_ARE.search(text, max(count.start - 40, 0), count.start)):
        yield _found(named, count, after["unit"], after.end())


def _found(ref: GroupRef, count: Count, unit: str, end: int) -> Finding:
    return Finding(ref, "strength", _strength(count, unit, None), min(ref.start, count.start), max(end, ref.end))


def _strength(count: Count, unit: str, hedge: str | None) -> dict[str, Any]:
    return {"low": count.low, "high": count.high, "value": count.value, "modifier": count.modifier,
            "unit": unit.lower(), "words": count.words, "hedge": hedge}


def _strong_force(reading: Reading, count: Count) -> Iterator[Finding]:
    """"the 3,000-strong Vale Front", "the Vale Front, about 3,000 strong"."""
    strong = STRONG.match(reading.text, count.end)
    if strong is None:
        return
    ref = reading.ref_at(strong.end()) or next((
        r for r in reading.refs_between(count.start - 100, count.start)
        if r.end < count.start <= r.end + 40 and not re.search(r"[.;\n]", reading.text[r.end:count.start])), None)
    if ref is not None:
        start, end = min(ref.start, count.start), max(ref.end, strong.end())
        yield Finding(ref, "strength", _strength(count, "fighters", None), start, end)


def _has_people(reading: Reading, unit: Any, count: Count) -> GroupRef | None:
    """The group whose strength the counted `unit` is; None where they are its dead, its captives or its enemies."""
    owner = next((ref for child in unit.children if child.dep_ == "poss" and (ref := reading.ref_of(child))), None)
    before = STRENGTH_BEFORE.search(reading.text, max(count.start - 60, 0), count.start)
    if before:
        near = reading.refs_between(count.start - 90, count.start)
        gap = reading.text[near[-1].end:before.start()] if near else "."
        # "attacked the base, with some 200 fighters": the raid's; "the Front, with some 200 fighters,": all of it
        if not re.search(r"[.;\n]", gap) and ("with" not in before.group() or not gap.strip()):
            return near[-1]
    token = unit
    for _ in range(6):
        head = token.head
        if head.i == token.i:
            break
        if token.dep_ in ("nsubj", "nsubjpass"):
            return None
        if head.pos_ in ("VERB", "AUX"):
            if head.lemma_.lower() not in STRENGTH_VERBS or reading.reality_of(head) in ("negated", "unreal"):
                return None
            return reading.subject_of(head) or _strength_of(reading, head)
        if head.pos_ in ("NOUN", "PROPN") and head.lemma_.lower() not in STRENGTH_NOUNS and not reading.ref_of(head):
            return None
        token = head
    return owner if owner and unit.dep_ in ("ROOT", "pobj") else None


def _strength_of(reading: Reading, verb: Any) -> GroupRef | None:
    """"The group's strength is ...", "the size of the Vale Front was put at ..."."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass") and child.lemma_.lower() in STRENGTH_NOUNS | SIZE_NOUNS:
            for inner in child.subtree:
                if ref := reading.ref_of(inner):
                    return ref
    return None
