"""What a report says that a group does: its strength, areas, rivals, losses, money, recruits, aims, means, listing.

Each rule is a verb, and the words after it, whose subject is the group. The tables are the method; anything that a
report only wishes, denies or supposes is left out where the value could not show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from dateline.extract.document import Count, PlaceMention, TimeMention
from dateline.extract.statement_grammar import HEDGES, GroupRef, Reading, is_passive
from dateline.records import to_json
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


def _rule(attribute: Attribute, voice: Voice, words: str, sense: str = "") -> VerbRule:
    return VerbRule(attribute, voice, re.compile(words, re.I), sense)


ADVERBS = r"(?:(?:\w{2,15}ly|still|also|now|even|already|once|again|most)\s+){0,2}"
WORDS = r"(?:[\w'’-]{1,20}\s+){0,3}"
AREA_RULES = (
    _rule("area", "active", r"(?:controls?|controlled|controlling|rules?|ruled|ruling|governs?|governed|governing|occup(?:y|ies|ied|ying)|"
          r"administers?|administered|holds?|held|holding|dominates?|dominated)\s+(?:sway (?:in|over)\s+)?(?!in\s|at\s)", "control"),
    _rule("area", "active", r"(?:seiz(?:es?|ed)|captur(?:es?|ed)|overr[au]ns?|conquer(?:s|ed)|(?:re)?takes?|(?:re)?took|(?:re)?taken|recaptured)\s+(?:(?:full\s+)?(?:over|control of|control over)\s+)?", "control"),
    _rule("area", "active", rf"(?:has|have|had|exercis\w+|maintain\w*|keeps?|kept|consolidat\w+|wield\w*)\s+{WORDS}control (?:of|over)\s+", "control"),
    _rule("area", "active", rf"(?:has|have|had|wield\w*|exert\w*)\s+{WORDS}(?:influence|sway) (?:in|over|across)\s+", "influence"),
    _rule("area", "active", rf"(?:operat(?:es?|ed|ing)|roams?)\s+{ADVERBS}(?:in|from|across|throughout|around|along)\s+", "presence"),
    _rule("area", "active", rf"(?:is|are|was|were|be|been|remains?|remained|became|become)\s+{ADVERBS}(?:active|present|strong|strongest|entrenched|based|prominent|concentrated)\s+{ADVERBS}(?:in|across|around|along|throughout)\s+", "presence"),
    _rule("area", "passive", rf"(?:based|headquartered|entrenched|rooted|concentrated|holed up)\s+{ADVERBS}(?:in|around|along|across)\s+", "presence"),
    _rule("area", "active", rf"(?:has|have|had|having|maintain\w*|retain\w*|keeps?|kept|gain(?:s|ed)?|establish\w*|built|set up|runs?|ran|open(?:s|ed)?)\s+{WORDS}(?:presence|foothold|bases?|camps?|cells?|hideouts?|sanctuar(?:y|ies)|havens?|headquarters|strongholds?)\s+(?:in|across|around|along|near)\s+", "presence"),
    _rule("area", "active", r"(?:spread|spreads|expand(?:ed|s)?|extended|moved)\s+(?:its (?:operations|reach|activities|presence|influence)\s+)?(?:into|in|to|across)\s+", "presence"),
)
LOSS_OF_PLACE = (
    _rule("area", "active", r"(?:lost|loses?|losing)\s+(?:(?:[\w'’-]{1,20}\s+){0,4}?(?:control|territory|territories|ground|grip|hold|foothold)\s+(?:of|over|in|on|across)\s+)?", "loss"),
    _rule("area", "active", rf"(?:withdrew|withdraws?|withdrawn|retreat\w*|pulled (?:out|back)|fled)\s+(?:[\w'’-]{1,20}\s+){{0,3}}?(?:of|from)\s+", "loss"),
    _rule("area", "passive", rf"(?:driven|pushed|ousted|expelled|forced|evicted|cleared|flushed|dislodged|chased|routed|uprooted)\s+{ADVERBS}(?:out\s+)?(?:of|from)\s+", "loss"),
)
RIVAL_RULES = (
    _rule("rival", "active", rf"(?:poses?|posed|posing)\s+{WORDS}(?:threat|danger|challenge|risk)\s+to\s+"),
    _rule("rival", "active", r"(?:fights?|fought|fighting|battl(?:es?|ed|ing)|rivals?|opposes?|opposed|opposing|rejects?|rejected|denounc\w+|undermin(?:es?|ed|ing)|challeng(?:es?|ed|ing)|confront(?:s|ed|ing)?|attacks|combat(?:s|ing)?|defeat)\s+(?:(?:the\s+)?(?:legitimacy|authority|rule|power|credibility|leadership|influence|expansion|advance|dominance)\s+of\s+)?"),
    _rule("rival", "active", r"(?:(?:clash(?:es|ed|ing)?|compet(?:es?|ed|ing)|vie[sd]?|vying|feud(?:s|ed|ing)?)|(?:fights?|fought|fighting|battl(?:es?|ed|ing)))\s+(?:\w+ly\s+|violently\s+|repeatedly\s+|for \w+\s+)?(?:against|with)\s+(?:(?:the\s+)?(?:rival|forces of|fighters of|fighters from|its rival)\s+)?"),
    _rule("rival", "active", rf"(?:is|are|was|were|has been|have been|remains?)\s+{ADVERBS}(?:at (?:war|odds|loggerheads) with|hostile to|opposed to|in conflict with|locked in \w+ (?:fighting|conflict|war) with)\s+"),
    _rule("rival", "active", rf"(?:wag(?:es?|ed|ing)|fights?|fought|fighting)\s+{WORDS}(?:war|campaign|battles?|insurgency)\s+(?:against|with)\s+"),
)
FILLER = re.compile(
    r"(?:\s*(?:the|all|both|most|much|many|parts?|areas?|large|vast|wide|swathes?|swaths?|some|half|half of|of|small|remote|rural|"
    r"several|districts?|towns?|villages?|territor(?:y|ies)|provinces?|state|city|cities|in|around|across|border|key|pockets?|"
    r"(?:north|south|east|west|central)\w*|neighbou?ring|mountainous|regions?|countryside|forests?|mountains?|its|"
    r"strategic|nearby|capital|a|an|few|island|port|stretch(?:es)?|sections?|mainly|least|at|valleys?)\b[ \t,]*){0,8}", re.I)
LIST_JOINT = re.compile(
    r"(?:\s+(?:provinces?|districts?|regions?|states?|valleys?|governorates?))?"
    r"(?:\s*,\s*(?:and\s+)?|\s+(?:and|or|as well as)\s+)(?:(?:the|in|parts of|neighbou?ring|nearby|northern|southern|eastern|western|both)\s+){0,3}", re.I)
COARSENESS = {"site": 0, "airport": 0, "village": 0, "city": 1, "town": 1, "admin2": 2, "admin1": 3, "region": 4, "country": 5}

UNITS = re.compile(
    r"\s+(?:\+\s*)?(?:(?:[\w-]{2,20})\s+){0,2}?(?P<unit>fighters|members|militants|men|soldiers|troops|combatants|insurgents|"
    r"guerrillas|rebels|militiamen|jihadists|jihadis|recruits|operatives|followers|adherents|gunmen|personnel)\b", re.I)
STRENGTH_VERBS = frozenset({
    "have", "command", "field", "retain", "boast", "number", "comprise", "count", "consist", "maintain", "keep",
    "include", "muster", "total", "be", "compose", "make", "exceed", "possess",
})
STRENGTH_NOUNS = frozenset({
    "group", "force", "strength", "core", "army", "total", "membership", "rank", "body", "number", "militia", "contingent", "cadre",
})
STRENGTH_BEFORE = re.compile(
    r"(?:\bstrength(?: of| is| at| to)?|\bmembership (?:of|at)|\bnumber(?:s|ed|ing)(?: at)?|\bestimated (?:to number|at)|"
    r"\bput at|,\s*with)\s+(?:an estimated\s+|a total of\s+|between\s+|a core of\s+)?$", re.I)


def places_from(reading: Reading, start: int, limit: int) -> list[PlaceMention]:
    """The places that a list from `start` on names: "parts of Vale and Morrow provinces" gives two.

    A coarser unit after a comma ("Port Verity, Arden") says where the one before it lies and is left out.
    """
    text = reading.text
    filler = FILLER.match(text, start, min(limit, start + REACH))
    at = filler.end() if filler else start
    found: list[PlaceMention] = []
    for place in reading.document.places:
        if place.start < start or place.adjective:
            continue
        if place.start >= limit:
            break
        if not found:
            if place.start > at or (place.start < at and text[start:place.start].strip() and not FILLER.fullmatch(text, start, place.start)):
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


def hedge_in(text: str, start: int, end: int) -> str | None:
    """The first word in [start, end) that makes less of what is said: "reportedly", "believed to"."""
    found = HEDGES.search(text, max(start, 0), end)
    return found.group() if found else None


def partial_date(time: TimeMention) -> str | None:
    """The day, month or year that `time` means, as far as it is known: "2020-06"."""
    if time.value and (known := re.match(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?!\d)", time.value)):
        if not time.anchored or time.earliest == time.latest:
            return known.group()
    if time.earliest is not None and time.earliest == time.latest:
        return time.earliest.isoformat()
    return None


def verb_findings(reading: Reading) -> Iterator[Finding]:
    """Areas held, entered and lost; rivals; from each verb whose subject is a group."""
    for verb, ref in reading.verbs():
        reality = reading.reality_of(verb)
        if reality == "negated":
            continue
        end = min(verb.sent.end_char, verb.idx + REACH)
        hedge = _hedge_of(reading, verb, ref) if reality != "unreal" else None
        voice = "passive" if is_passive(verb) else "active"
        if reality != "unreal":
            yield from _areas(reading, verb, ref, voice, hedge, end)
        for rule in RIVAL_RULES:
            if voice == "active" and (match := rule.words.match(reading.text, verb.idx, end)):
                rival = reading.ref_at(match.end())
                if rival is not None and rival.group != ref.group and rival.named:
                    value = {"group": rival.group, "name": rival.name, "hedge": hedge}
                    yield Finding(ref, "rival", value, ref.start, rival.end)


def _areas(reading: Reading, verb: Any, ref: GroupRef, voice: str, hedge: str | None, end: int) -> Iterator[Finding]:
    for rule in (*AREA_RULES, *LOSS_OF_PLACE):
        match = rule.words.match(reading.text, verb.idx, end) if rule.voice == voice else None
        places = places_from(reading, match.end(), end) if match else []
        for place in places:
            yield Finding(ref, "area", area_value(place, rule.sense, hedge), min(ref.start, verb.idx), place.end)
        if places and rule.sense == "loss":
            start, stop = min(ref.start, verb.idx), places[-1].end
            when = next((t for t in reading.document.times if stop <= t.start <= stop + 40 and t.end <= verb.sent.end_char), None)
            value = loss_value("territory", places, when, reading.text[verb.idx:stop])
            yield Finding(ref, "loss", value, start, when.end if when else stop)
        if places:
            return


def loss_value(of: str | None, places: list[PlaceMention], when: TimeMention | None, text: str) -> dict[str, Any]:
    """`where` is the first place that is named, `other_places` those listed after it; `when` a partial date."""
    return {
        "of": of, "where": to_json(places[0].where) if places else None,
        "other_places": [to_json(place.where) for place in places[1:]],
        "when": partial_date(when) if when else None, "text": " ".join(text.split()),
    }


def _hedge_of(reading: Reading, verb: Any, ref: GroupRef) -> str | None:
    """Words that weaken the clause, between its subject and its verb, or just before the subject."""
    low, high = sorted((ref.end, verb.idx))
    if high - low > 120:
        low = high - 120
    return hedge_in(reading.text, max(low, verb.sent.start_char), high + len(verb)) or hedge_in(
        reading.text, max(ref.start - 20, verb.sent.start_char), ref.start)


def strength_findings(reading: Reading) -> Iterator[Finding]:
    """How many people a group has, and where it is said to have them."""
    for count in reading.document.counts:
        unit = UNITS.match(reading.text, count.end, count.end + 80)
        if unit is None or (count.low is None and count.high is None):
            yield from _strong_force(reading, count)
            continue
        span = reading.doc.char_span(unit.start("unit"), unit.end("unit"), alignment_mode="expand")
        ref = _has_people(reading, span.root, count) if span is not None else None
        if ref is None:
            continue
        hedge = hedge_in(reading.text, max(min(ref.end, count.start), count.start - 100), count.start)
        yield Finding(ref, "strength", _strength(count, unit.group("unit"), hedge), min(ref.start, count.start), unit.end())
        if there := re.compile(r"\s+(?:based |active |operating |spread )?(?:in|across)\s+").match(reading.text, unit.end()):
            for place in places_from(reading, there.end(), min(span.sent.end_char, there.end() + REACH)):
                yield Finding(ref, "area", area_value(place, "presence", hedge), min(ref.start, count.start), place.end)


def _strength(count: Count, unit: str, hedge: str | None) -> dict[str, Any]:
    return {"low": count.low, "high": count.high, "value": count.value, "modifier": count.modifier,
            "unit": unit.lower(), "words": count.words, "hedge": hedge}


def _strong_force(reading: Reading, count: Count) -> Iterator[Finding]:
    """"the 3,000-strong Vale Front", "the Vale Front, about 3,000 strong"."""
    strong = re.compile(r"[\s-]strong\b(?:\s+(?=[A-Z]))?").match(reading.text, count.end)
    if strong is None:
        return
    ref = reading.ref_at(strong.end()) or next(
        (r for r in reading.refs if r.end < count.start <= r.end + 40 and not re.search(r"[.;\n]", reading.text[r.end:count.start])), None)
    if ref is not None:
        yield Finding(ref, "strength", _strength(count, "fighters", None), min(ref.start, count.start), max(ref.end, strong.end()))


def _has_people(reading: Reading, unit: Any, count: Count) -> GroupRef | None:
    """The group whose strength the counted `unit` is; None where they are its dead, its captives or its enemies."""
    owner = next((ref for child in unit.children if child.dep_ == "poss" and (ref := reading.ref_of(child))), None)
    before = STRENGTH_BEFORE.search(reading.text, max(count.start - 60, 0), count.start)
    if before:
        near = [r for r in reading.refs if count.start - 90 <= r.start and r.end <= count.start]
        gap = reading.text[near[-1].end:before.start()] if near else "."
        # "attacked the base, with some 200 fighters": those are the raid's; "the Front, with some 200 fighters," is all of it
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
        if child.dep_ in ("nsubj", "nsubjpass") and child.lemma_.lower() in STRENGTH_NOUNS | {"size", "manpower", "estimate"}:
            for inner in child.subtree:
                if ref := reading.ref_of(inner):
                    return ref
    return None
