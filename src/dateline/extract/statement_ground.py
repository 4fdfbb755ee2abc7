"""Where groups are, told in nouns and in the passive: "Vale is controlled by X", "X positions near Vale", "liberated from X"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.extract.document import PlaceMention
from dateline.extract.statement_areas import area_value, places_from
from dateline.extract.statement_grammar import GroupRef, Reading
from dateline.extract.statement_rules import NEGATED, UNREAL, Finding, hedge_in

# between a place and the group that holds it: "which is mostly controlled by the hardline"
HELD_BY = re.compile(
    r"[^.;\n]{0,90}?\b(?P<how>controlled|held|run|ruled|governed|occupied|dominated|captured|seized|overrun|overran|taken)\s+"
    r"(?:(?:almost|mostly|mainly|largely|entirely|over|full|control)\s+){0,3}by\s+(?P<by>[^.;\n]{0,110})$", re.I)
# between that "by" and the group: an article, what kind of group it is, the names of groups beside it
BY_WHOM = re.compile(r"(?:[a-z][\w’'-]*\s+){0,6}", re.I)
STANDS_IN = re.compile(
    r"(?:['’]s?)?\s+(?:(?:group|militant|terrorist|terrorists|terror|militants|fighters|military|main|operational|training|"
    r"fighting|weapons|former|guerrillas?)['’]?\s+){0,3}"
    r"(?:positions?|presence|bases?|camps?|sites?|headquarters|hideouts?|dens?|concentration cent(?:er|re)s|"
    r"caches|fortifications|cells?|units|hotbeds?|redoubts?)\s+"
    r"(?:(?:were|was|is|are|located|deployed|inside|outside|on the outskirts of|on|in|near|around|at|across|throughout|along|of|"
    r"the)\s+){1,4}", re.I)
# "Vale, the de facto X capital"
SEAT_BEFORE = re.compile(r"\s*,?\s+(?:the|its|their)\s+(?:(?:de facto|effective|main)\s+)?", re.I)
SEAT = re.compile(r"(?:['’]s?)?\s+(?:group['’]?s?\s+)?(?:de facto\s+)?(?:capital|headquarters)\b", re.I)
SITES_OF = re.compile(
    r"\b(?:positions?|sites?|camps?|bases?|gatherings?|hideouts?|movements|routes|headquarters|strongholds?|vehicles|"
    r"facilities)\b"
    r"[^.;\n]{0,30}?\s(?:of|for)\s+(?:the\s+)?(?:(?:so-called|terrorists?|terrorist groups|groups|militants?|of|affiliated to|"
    r"the)\s+){0,4}$", re.I)
THERE = re.compile(r"(?:['’]s?)?(?:\s*,\s+(?:an?|the)\s+(?:[\w-]+\s+){0,3}?)?\s*(?:(?:terrorists?|militants?|fighters|"
                   r"organi[sz]ations?|groups?|that|which|are|is|were|active|"
                   r"operating|based|deployed|positioned|present|entrenched|jihadists?|forces)\s+){0,5}\s*"
                   r"(?:in|near|around|at|across|inside|throughout)\s+(?:the\s+)?", re.I)
AFFILIATE = re.compile(r"(?:['’]?s)?\s+(?:\w+\s+){0,2}(?:affiliate|wing|branch|offshoot)\b")     # "by X's affiliate": not by X
ACTIVE_THERE = re.compile(r"\b(?:active|operating|operates?|based|deployed|positioned|present|entrenched|headquartered)\b", re.I)
OFFICER_OF = re.compile(r"\b(?:commander|leader|emir|chief|head)\s+of\s+(?:the\s+)?$", re.I)   # "the commander of X in Vale"
CAPITAL = re.compile(r"(?:['’]s?)?\s+(?:group['’]?s?\s+)?(?:(?:de facto|effective|self-proclaimed|self-declared|Syrian|"
                     r"Iraqi|main|"
                     r"de factor|one-time)\s+){0,4}capital(?:\s+(?:of|in|city of)|,)?\s+(?:the\s+)?", re.I)
CAPITAL_OF = re.compile(r"\s*(?:city|town)?\s*,?\s*(?:which\s+)?(?:(?:is|was|considered|to|be|the|an?|serving|as|its|once|"
                        r"their)\s+){0,5}(?:(?:de facto|effective|main|Syrian)\s+){0,2}(?:capital|headquarters)\s+"
                        r"(?:city\s+)?of\s+(?:the\s+)?(?:so-called\s+)?$", re.I)
TAKES = re.compile(
    r"(?:\s*\([^)\n]{1,20}\))?(?:['’]s?)?(?:\s+(?:fighters|militants|forces|troops|gunmen|rebels|terrorists?|group|"
    r"jihadists|and (?:other|its) [\w-]+"
    r"(?:\s+[a-z-]+)?))?\s+(?:(?:has|have|had|now|also|still|fully|already|then|who|which|that)\s+){0,3}(?:captured|seized|"
    r"took|taken|overran|"
    r"overrun|holds?|held|controls?|controlled|occup(?:y|ies|ied)|retook|recaptured)\s+(?:(?:full|total|"
    r"complete)\s+)?(?:control (?:of|over)\s+)?", re.I)
WHERE_HOLDS = re.compile(r"(?:\s+(?:fighters|militants|forces))?\s+(?:(?:mainly|mostly|also|still|now|largely|is|are)\s+){0,2}"
                         r"(?:(?P<held>controls?|holds?|rules?|dominates?)|operates?|(?:is\s+)?(?:active|present))\b", re.I)
IN_PLACE = re.compile(r"(?:\s+(?:group|militants?|terrorists?|fighters|jihadists?|targets?|positions|gatherings|convoys?|"
                      r"forces)){0,3}\s+"
                      r"(?:in|near|around|across|at|inside|outside)\s+(?:the\s+)?", re.I)
STRUCK = re.compile(r"\b(?:air\s?strikes?|strikes?|raids?|bomb\w*|target\w*|shell(?:ed|ing)|pounded|pounding|"
                    r"struck)\s+(?:(?:on|against|at|hit|the|of|"
                    r"targeting|of)\s+){0,3}(?:the\s+)?$", re.I)
BASED_AFTER = re.compile(r"(?:\s*\([^)\n]{1,20}\))?\s*,\s+(?:an?|the)\s+[A-Z]")
GROUPS_THERE = re.compile(r"\b(?:groups?|factions|militias|organi[sz]ations)\s+(?:(?:operating|active|"
                          r"based)\s+)?in\b[^.;\n]{2,110}?"
                          r"\binclud(?:es?|ed|ing)\b(?:(?!\b(?:has|have|been|was|were|who|which)\b)[^.;\n]){0,90}$", re.I)
FREED = re.compile(
    r"\b(?P<verb>(?:re)?captur(?:ed|es?|ing)|re(?:took|taken|take|taking)|liberat(?:ed|es?|ing|ion of)|freed|seiz(?:ed|es?|ing)|"
    r"wrest(?:ed|ing)|took|taken|won|clear(?:ed|ing)|gained)\b"
    r"[^.;\n]{0,100}?\b(?:from|occupation by|rule of)\s+(?:the\s+)?(?:(?:terrorist|extremist|militant|group)\s+){0,2}$", re.I)
DRIVEN = re.compile(
    r"\b(?:dr(?:ove|iven)|push(?:ed|es)|expell?(?:ed|s)|oust(?:ed|s)|cleared|forced|evict(?:ed|s)|flushed|dislodged|"
    r"routed)\s+(?:the\s+)?(?:\w+\s+){0,1}$", re.I)
OUT_OF = re.compile(r"\s*(?:(?:terrorists?|militants?|fighters|group|jihadists?|back|out|away|forces)\s+){0,3}(?:of|from)\s+"
                    r"(?:the\s+)?", re.I)
HELD_IN = re.compile(r"\b(?:territor(?:y|ies)|areas?|swathes|parts?|portions|lands?|regions?|ground)\b[^.;\n]{0,40}?"
                     r"\b(?:under (?:its|their) control|(?:it|they|which)?\s*(?:has|have|now)?\s*(?:controls?|holds?|seized|"
                     r"controlled|held|captured|occupies))\s+(?:in|across)\s+", re.I)
PURPOSE = re.compile(r"\b(?:to|aims?|aimed|trying|try|seek|seeking|plan|planned|bid|effort|efforts|fight|fighting|campaign|"
                     r"offensive|operations?|battle|help|hopes?|start)\s+(?:[\w-]+\s+){0,2}$", re.I)
REACH = 160


def ground_findings(reading: Reading) -> Iterator[Finding]:
    for ref in reading.refs:
        if ref.named:
            yield from _held(reading, ref)
            yield from _takes(reading, ref)
        yield from _lost(reading, ref)
        yield from _stands(reading, ref)
        yield from _held_in(reading, ref)


def _area(reading: Reading, ref: GroupRef, place: PlaceMention, sense: str, start: int, end: int) -> Finding:
    return Finding(ref, "area", area_value(place, sense, hedge_in(reading.text, start, end)), start, end)


def _held(reading: Reading, ref: GroupRef) -> Iterator[Finding]:
    """"Vale province is mostly controlled by X", "Vale, the de facto capital of X", "the X capital Vale"."""
    text, (low, high) = reading.text, reading.line_of(ref)
    places = [p for p in reading.places_between(max(low, ref.start - REACH), ref.start) if not p.adjective]
    for place in places:
        gap = HELD_BY.match(text, place.end, ref.start)
        if gap and not AFFILIATE.match(text, ref.end, high) and BY_WHOM.fullmatch(text, gap.start("by"), ref.start) and (
                not NEGATED.search(text, place.end, ref.start)):
            between = [p for p in places if place.end <= p.start < gap.start("how")]
            # "Tartous and Vale, which is held by X": the last place before is the one; one that only says where it lies is not
            which = re.search(r"\b(?:which|that)\b", gap.group())
            both = re.search(r"\b(?:which|that)\s+(?:are|were)\b", gap.group())
            inside = all(re.search(r"\b(?:in|of)\s+(?:the\s+)?(?:\w+\s+)?$", text[place.end:p.start]) for p in between)
            if not between or both or (inside and not which):
                sense = "influence" if gap.group("how").lower() == "dominated" else "control"
                yield _area(reading, ref, place, sense, place.start, ref.end)
        seat_before = SEAT_BEFORE.fullmatch(text, place.end, ref.start) and SEAT.match(text, ref.end, high)
        if CAPITAL_OF.fullmatch(text, place.end, ref.start) or seat_before:
            yield _area(reading, ref, place, "control", place.start, ref.end)
    if seat := CAPITAL.match(text, ref.end, high):
        former = re.search(r"\bformer\b", text[max(ref.start - 12, low):seat.end()], re.I)
        for place in places_from(reading, seat.end(), high)[:1]:
            yield _area(reading, ref, place, "loss" if former else "control", ref.start, place.end)


def _takes(reading: Reading, ref: GroupRef) -> Iterator[Finding]:
    """"rebels and X captured Port Verity", "Vale, where X controls most", "villages held by X in Vale"."""
    text, (low, high) = reading.text, reading.line_of(ref)
    taken = TAKES.match(text, ref.end, high)
    if taken and not NEGATED.search(text, max(low, ref.start - 60), taken.end()) and (
            not UNREAL.search(text, max(low, ref.start - 12), taken.end())):
        for place in places_from(reading, taken.end(), high):
            yield _area(reading, ref, place, "control", ref.start, place.end)
    there = WHERE_HOLDS.match(text, ref.end, high)
    for place in reading.places_between(max(low, ref.start - 110), ref.start) if there else ():
        if not place.adjective and re.fullmatch(r"[^.;\n]{0,90}?\bwhere\s+(?:the\s+)?", text[place.end:ref.start]):
            yield _area(reading, ref, place, "control" if there and there.group("held") else "presence", place.start, ref.end)
            break
    if re.search(r"\b(?:controlled|held|run|occupied)\s+by\s+(?:the\s+)?$", text[max(low, ref.start - 40):ref.start]) and (
            inside := IN_PLACE.match(text, ref.end, high)):
        for place in places_from(reading, inside.end(), high)[:1]:
            yield _area(reading, ref, place, "control", ref.start, place.end)
    if STRUCK.search(text, max(low, ref.start - 60), ref.start) and (near := IN_PLACE.match(text, ref.end, high)):
        for place in places_from(reading, near.end(), high)[:1]:
            yield _area(reading, ref, place, "presence", ref.start, place.end)
    if BASED_AFTER.match(text, ref.end, high):
        for place in reading.places_between(ref.end, min(high, ref.end + 40)):
            if re.match(r"\s*[-–]\s*based\b", text[place.end:place.end + 12]):
                yield _area(reading, ref, place, "presence", ref.start, place.end)
    if GROUPS_THERE.search(text, max(low, ref.start - REACH), ref.start):
        for place in reading.places_between(max(low, ref.start - REACH), ref.start):
            if not place.adjective and re.search(r"\b(?:groups?|factions|militias|"
                                                 r"organi[sz]ations)\s+(?:\w+\s+)?in\s+(?:the\s+)?$",
                                                 text[max(low, place.start - 50):place.start], re.I):
                yield _area(reading, ref, place, "presence", place.start, ref.end)


def _stands(reading: Reading, ref: GroupRef) -> Iterator[Finding]:
    text, (low, high) = reading.text, reading.line_of(ref)
    home = next((p for p in reading.places_between(ref.start - 40, ref.start) if text[p.end:ref.start] in ("'s ", "’s ")), None)
    if home and not home.adjective and ref.named:       # "Ardenia's Red Lantern"
        yield _area(reading, ref, home, "presence", home.start, ref.end)
    found = STANDS_IN.match(text, ref.end, high)
    there = THERE.match(text, ref.end, high)
    own = there and (ACTIVE_THERE.search(there.group()) or SITES_OF.search(text, max(low, ref.start - 90), ref.start)
                     or OFFICER_OF.search(text, max(low, ref.start - 40), ref.start))
    at = found.end() if found else there.end() if there and own else None
    if at is not None and not UNREAL.search(text, ref.end, at) and not NEGATED.search(text, ref.end, at):
        for place in places_from(reading, at, high):
            if place.where.kind != "country" or found is None:
                yield _area(reading, ref, place, "presence", ref.start, place.end)


def _lost(reading: Reading, ref: GroupRef) -> Iterator[Finding]:
    text, (low, high) = reading.text, reading.line_of(ref)
    freed = FREED.search(text, max(low, ref.start - REACH), ref.start)
    if freed and not PURPOSE.search(text, max(low, freed.start() - 50), freed.start()) and not UNREAL.search(
            text, max(low, freed.start() - 20), freed.start()):
        inside = [p for p in reading.places_between(freed.start(), ref.start) if not p.adjective]
        # "Vale was retaken from X": the place stands before
        before = [p for p in reading.places_between(max(low, freed.start() - 60), freed.start()) if not p.adjective]
        for place in inside[:1] or before[-1:]:
            yield _area(reading, ref, place, "loss", min(place.start, freed.start()), ref.end)
    driven = DRIVEN.search(text, max(low, ref.start - 50), ref.start)
    out = OUT_OF.match(text, ref.end, high) if driven else None
    if driven and out and not PURPOSE.search(text, max(low, driven.start() - 50), driven.start()):
        for place in places_from(reading, out.end(), high):
            yield _area(reading, ref, place, "loss", driven.start(), place.end)


def _held_in(reading: Reading, ref: GroupRef) -> Iterator[Finding]:
    """"X has seized large swathes of territory in Vale and Morrow", "the territory it holds in Vale"."""
    text, (_, high) = reading.text, reading.line_of(ref)
    stop = min((r.start for r in reading.refs_between(ref.end, high) if r.group != ref.group), default=high)
    for pattern in (HELD_IN, TAKEN_IN):
        held = pattern.search(text, ref.end, min(stop, ref.end + REACH))
        if held and not NEGATED.search(text, ref.end, held.end()):
            for place in places_from(reading, held.end(), high):
                yield _area(reading, ref, place, "control", ref.start, place.end)
            return


TAKEN_IN = re.compile(r"\b(?:has|have|had|which|who|that)?\s*(?:seized|captured|controls?|holds?|took|taken|overr[au]n|"
                      r"occupies|occupied)\s+"
                      r"(?:(?:large|vast|wide|huge|significant|most|much|the|of)\s+){0,3}(?:swathes?|swaths?|parts?|areas?|"
                      r"portions?|"
                      r"tracts?|territor\w+)(?:\s+of\s+(?:territory|land))?\s+(?:in|of|across)\s+(?:both\s+)?", re.I)
