"""Where a group is said to be: what it controls, where it is present, and the places that it lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dateline.extract.document import PlaceMention, TimeMention
from dateline.extract.statement_grammar import GroupRef, Reading
from dateline.extract.statement_lexis import is_passive
from dateline.extract.statement_rules import (
    ADVERBS,
    NEGATED,
    REACH,
    UNREAL,
    WORDS,
    Finding,
    hedge_in,
    hedge_of,
    partial_date,
    verb_rule,
)
from dateline.records import to_json

AREA_RULES = (
    verb_rule("area", "active", r"(?:controls?|controlled|controlling|rules?|ruled|ruling|governs?|governed|"
                                r"governing|occup(?:y|ies|ied|ying)|"
          r"administers?|administered|holds?|held|holding|dominates?|dominated)\s+(?:sway (?:in|over)\s+)?(?!in\s|"
          r"at\s)", "control"),
    verb_rule("area", "active", r"(?:seiz(?:es?|ed)|captur(?:es?|ed)|overr[au]ns?|conquer(?:s|ed)|(?:re)?takes?|"
                                r"(?:re)?took|(?:re)?taken|recaptured)\s+(?:(?:full\s+)?(?:over|control of|"
                                r"control over)\s+)?", "control"),
    verb_rule("area", "active", rf"(?:has|have|had|exercis\w+|maintain\w*|keeps?|kept|consolidat\w+|"
                                rf"wield\w*)\s+{WORDS}control (?:of|over)\s+", "control"),
    verb_rule("area", "active", rf"(?:is|are|was|were|been|remains?|remained)\s+{ADVERBS}in (?:full |"
                                rf"partial )?control of\s+", "control"),
    verb_rule("area", "active", rf"(?:has|have|had|wield\w*|exert\w*)\s+{WORDS}(?:influence|sway|power) (?:in|over|"
                                rf"across)\s+", "influence"),
    verb_rule("area", "active", rf"(?:operat(?:es?|ed|ing)|roams?)\s+{ADVERBS}(?:in|from|across|throughout|around|"
                                rf"along)\s+", "presence"),
    verb_rule("area", "active", rf"(?:is|are|was|were|be|been|remains?|remained|became|become)\s+{ADVERBS}(?:active|"
                                rf"present|strong|strongest|entrenched|based|prominent|"
                                rf"concentrated)\s+{ADVERBS}(?:in|across|around|along|throughout)\s+", "presence"),
    verb_rule("area", "passive", rf"(?:based|headquartered|entrenched|rooted|concentrated|holed up)\s+{ADVERBS}(?:in|"
                                 rf"around|along|across)\s+", "presence"),
    verb_rule("area", "active", rf"(?:is|are|was|were|remains?|remained)\s+{ADVERBS}rooted\s+in\s+", "presence"),
    verb_rule("area", "active", rf"(?:has|have|had|having|maintain\w*|retain\w*|keeps?|kept|gain(?:s|ed)?|"
                                rf"establish\w*|built|set up|runs?|ran|open(?:s|ed)?)\s+{WORDS}(?:presence|foothold|"
                                rf"bases?|camps?|cells?|hideouts?|sanctuar(?:y|ies)|havens?|headquarters|"
                                rf"strongholds?)\s+(?:in|across|around|along|near)\s+", "presence"),
    verb_rule("area", "active", r"(?:spread|spreads|expand(?:ed|s)?|extended|moved)\s+(?:its (?:operations|reach|"
                                r"activities|presence|influence)\s+)?(?:into|in|to|across)\s+", "presence"),
)
LOSS_OF_PLACE = (
    verb_rule("area", "active", r"(?:lost|loses?|losing)\s+(?:(?:[\w'’-]{1,20}\s+){0,4}?(?:control|territory|"
                                r"territories|ground|grip|hold|foothold)\s+(?:of|over|in|on|across)\s+)?", "loss"),
    verb_rule("area", "active", rf"(?:withdrew|withdraws?|withdrawn|retreat\w*|pulled (?:out|back)|"
                                rf"fled)\s+(?:[\w'’-]{1,20}\s+){{0,3}}?(?:of|from)\s+", "loss"),
    verb_rule("area", "passive", rf"(?:driven|pushed|ousted|expelled|forced|evicted|cleared|flushed|dislodged|chased|"
                                 rf"routed|uprooted)\s+{ADVERBS}(?:by\s+(?:the\s+)?(?:[\w-]+\s+){{1,4}}?)?(?:out\s+)?(?:of|"
                                 rf"from)\s+", "loss"),
)
FILLER = re.compile(
    r"(?:\s*(?:the|and|all|both|most|much|many|parts?|areas?|large|vast|wide|swathes?|swaths?|some|half|half of|of|small|"
    r"remote|rural|"
    r"several|districts?|towns?|villages?|territor(?:y|ies)|provinces?|state|city|cities|in|around|across|border|key|"
    r"pockets?|"
    r"(?:north|south|east|west|central)\w*|neighbou?ring|mountainous|regions?|countryside|forests?|mountains?|its|"
    r"strategic|nearby|capital|a|an|few|island|port|stretch(?:es)?|sections?|mainly|least|at|"
    r"valleys?|ancient|historic|whole|entire|urban|oil-rich|populated|cities|site|outskirts|eastern|area|"
    r"just|only|nearly|almost|over|about|(?:[\w-]+|\d+)\s+per\s?cent|remaining|rest|more|lands?|countryside|near|"
    r"governorates?)\b[ \t,]*){0,8}", re.I)
LIST_JOINT = re.compile(
    r"(?:\s+(?:provinces?|districts?|regions?|states?|valleys?|governorates?))?"
    r"(?:\s*,\s*(?:and\s+)?|\s+(?:and|or|as well as)\s+)(?:(?:the|in|parts of|neighbou?ring|nearby|northern|southern|"
    r"eastern|western|both)\s+){0,3}", re.I)
COARSENESS = {
    "site": 0, "airport": 0, "village": 0, "city": 1, "town": 1, "admin2": 2, "admin1": 3, "region": 4, "country": 5,
}


def area_findings(reading: Reading) -> Iterator[Finding]:
    """Areas held, entered and lost: from verbs whose subject is a group, and from nouns beside its name."""
    for verb, ref in reading.verbs():
        if reading.reality_of(verb) in ("stated", "hedged"):
            end = min(verb.sent.end_char, verb.idx + REACH)
            yield from _areas(reading, verb, ref, end)
    for ref in reading.refs:
        yield from _held_areas(reading, ref)


def _areas(reading: Reading, verb: Any, ref: GroupRef, end: int) -> Iterator[Finding]:
    voice, hedge = "passive" if is_passive(verb) else "active", hedge_of(reading, verb, ref)
    for rule in (*AREA_RULES, *LOSS_OF_PLACE):
        match = rule.words.match(reading.text, verb.idx, end) if rule.voice == voice else None
        places = places_from(reading, match.end(), end) if match else []
        for place in places:
            yield Finding(ref, "area", area_value(place, rule.sense, hedge), min(ref.start, verb.idx), place.end)
        if places and rule.sense == "loss":
            start, stop = min(ref.start, verb.idx), places[-1].end
            last = min(stop + 60, verb.sent.end_char)
            when = next(iter(reading.times_between(stop, last)), None)
            value = loss_value("territory", places, when, reading.written(verb.idx, stop))
            yield Finding(ref, "loss", value, start, when.end if when else stop)
        if places:
            return


def places_from(reading: Reading, start: int, limit: int) -> list[PlaceMention]:
    """The places that a list from `start` on names: "parts of Vale and Morrow provinces" gives two.

    A coarser unit after a comma ("Port Verity, Arden") says where the one before it lies and is left out.
    """
    text = reading.text
    filler = FILLER.match(text, start, min(limit, start + REACH))
    at = filler.end() if filler else start
    found: list[PlaceMention] = []
    for place in reading.places_between(start, limit):
        if place.adjective:
            continue
        if not found:
            before = text[start:place.start].strip()
            if place.start > at or (before and not FILLER.fullmatch(text, start, place.start)):
                break
        else:
            joint = LIST_JOINT.fullmatch(text, found[-1].end, place.start)
            if joint is None:
                break
            if "," in joint.group() and " and" not in joint.group() and _coarser(place, found[-1]):
                continue
        found.append(place)
    return found


def _coarser(place: PlaceMention, than: PlaceMention) -> bool:
    return COARSENESS.get(place.where.kind or "", 2) > COARSENESS.get(than.where.kind or "", 2)


def area_value(place: PlaceMention, sense: str, hedge: str | None) -> dict[str, Any]:
    return {**to_json(place.where), "sense": sense, "hedge": hedge}


def loss_value(of: str | None, places: list[PlaceMention], when: TimeMention | None, text: str) -> dict[str, Any]:
    """`where` is the first place that is named, `other_places` those listed after it; `when` a partial date."""
    return {
        "of": of, "where": to_json(places[0].where) if places else None,
        "other_places": [to_json(place.where) for place in places[1:]],
        "when": partial_date(when) if when else None, "text": " ".join(text.split()),
    }


BASED = re.compile(r"-based\s+(?:[\w-]+\s+){0,2}$")
CONTROL = re.compile(r"(?:['’]s?)?\s+(?:control|rule)\b")
HELD = re.compile(r"[-–](?P<how>held|controlled|run|ruled|occupied|dominated)\s+", re.I)
GROUP_STRONGHOLD = re.compile(r"(?:['’]s?)?\s+(?:\w+\s+){0,2}(?:strongholds?|bastions?|heartlands?)(?:\s+(?:of|in)|"
                              r",)?\s+", re.I)
STRONGHOLD_OF = re.compile(r",\s+(?:an?|the|its|once an?|long an?)\s+(?:\w+\s+){0,3}(?:stronghold|bastion|"
                           r"heartland)(?P<of>\s+of\s+(?:the\s+)?)?$", re.I)
UNDER = re.compile(r"\s+(?:(?:is|are|was|were|remains?|remained|has been|fell|came|now|province|district|still|"
                   r"largely|mostly)\s+){0,4}under\s+(?:the\s+)?(?:\w+\s+)?(?:control|rule|"
                   r"sway)\s+of\s+(?:the\s+)?$", re.I)
UNDER_ITS = re.compile(r"\s+(?:(?:is|are|was|were|has|have|had|been|remains?|remained|fell|came|now|province|district|"
                       r"still)\s+){0,4}under\s+(?:full\s+)?$", re.I)
RETAKEN = re.compile(r"\b(?:re(?:took|taken|captured|taking|capturing)|liberated|freed|wrested|won back|recaptured|"
                     r"seized|took|drove)\b[^.;\n]{0,120}?\bfrom\s+(?:the\s+)?$", re.I)


def _held_areas(reading: Reading, ref: GroupRef) -> Iterator[Finding]:
    """Areas told in nouns: "X-held Vale", "the X stronghold of Vale", "Vale is under X control", "retaken from X"."""
    text, (low, high) = reading.text, reading.line_of(ref)
    for pattern, sense in ((HELD, "control"), (GROUP_STRONGHOLD, "influence")):
        if match := pattern.match(text, ref.end, high):
            gone = re.search(r"\bformer(?:ly)?\b", text[max(ref.start - 12, low):match.end()], re.I)
            for place in [] if gone else places_from(reading, match.end(), high):
                if place.where.kind == "country":     # "the X stronghold in Ardenia" lies somewhere in it
                    continue
                yield Finding(ref, "area", area_value(place, sense, None), ref.start, place.end)
    if ref.named and BASED.search(text, max(low, ref.start - 60), ref.start):     # "the Vale-based group": any group
        for place in reading.places_between(ref.start - 60, ref.start):
            if text.startswith("-based", place.end):
                yield Finding(ref, "area", area_value(place, "presence", None), place.start, ref.end)
    for place in reading.places_between(max(low, ref.start - 160), ref.start):
        if place.adjective or ref.start - place.end > 80:
            continue
        gap_end = ref.start
        held = STRONGHOLD_OF.search(text, place.end, gap_end)
        if held and held.start() == place.end and (held.group("of") or text[held.end():ref.start] == ""):
            yield Finding(ref, "area", area_value(place, "influence", None), place.start, ref.end)
        own = UNDER_ITS.fullmatch(text, place.end, gap_end) and CONTROL.match(text, ref.end)
        if (own or UNDER.fullmatch(text, place.end, gap_end)) and not NEGATED.search(text, place.end, gap_end):
            hedge = hedge_in(text, place.end, gap_end)
            yield Finding(ref, "area", area_value(place, "control", hedge), place.start, ref.end)
    if taken := RETAKEN.search(text, max(low, ref.start - 160), ref.start):
        before = max(low, taken.start() - 20), taken.start()
        if UNREAL.search(text, *before) or NEGATED.search(text, *before):
            return
        for place in reading.places_between(taken.start(), ref.start):
            if not place.adjective:
                yield Finding(ref, "area", area_value(place, "loss", None), taken.start(), ref.end)
