"""Where groups are, in the nouns and idioms of the field: "Vale fell to X", "X's capture of Vale", "X is hiding in Vale"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.extract.document import PlaceMention
from dateline.extract.statement_areas import area_value, places_from
from dateline.extract.statement_grammar import GroupRef, Reading
from dateline.extract.statement_rules import NEGATED, UNREAL, Finding, hedge_in

_THE = r"(?:(?:the|so-called|insurgent|rebel|militant|jihadist|terrorist)\s+){0,3}"
_TAKING = r"(?:capture|recapture|seizure|takeover|occupation|conquest)"
_WHO = (r"(?:\s+(?:fighters|militants|forces|members|rebels|guerrillas?|terrorists?|jihadists?|units?|cells?|squads?|"
        r"gunmen|group))")
_FORCE = r"(?:strongholds?|bastions?|heartlands?|enclaves?|pockets?|redoubts?|territor(?:y|ies))"


@dataclass(frozen=True, slots=True)
class Between:
    """Words that fill the stretch from a place to a group's name; what must follow the name (`after`), precede the place."""

    sense: str
    words: re.Pattern[str]
    after: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Onward:
    """Words from a group's name to the place that follows at once; `before`: what must stand before the name."""

    sense: str
    words: re.Pattern[str]
    before: re.Pattern[str] | None = None


def _between(sense: str, words: str, after: str | None = None, before: str | None = None) -> Between:
    return Between(sense, re.compile(rf"{words}\s+{_THE}", re.I), re.compile(after, re.I) if after else None,
                   re.compile(before + r"\s+(?:[\w-]+\s+){0,3}$", re.I) if before else None)


def _onward(sense: str, words: str, before: str | None = None) -> Onward:
    return Onward(sense, re.compile(words + r"\s+", re.I), re.compile(before + rf"\s+{_THE}$", re.I) if before else None)


_ARE = r"(?:is|are|was|were|has been|have been|had been|remains?|remained)"
# "Vale fell to X", "the fall of Vale to X", "lost Vale to X", "the capture of Vale by X", "Vale is in the hands of X"
BEFORE_GROUP = (
    _between("control", r"(?:\s+(?:province|city|district|town|region))?,?\s+"
                        r"(?:(?:which|that|had|has|have|finally|also|then)\s+){0,3}(?:fell|fallen|falling)\s+(?:\w+\s+){0,2}?"
                        r"(?:to|into the hands of|under the control of)"),
    _between("control", r"\s+to",
             before=r"\b(?:(?:fall|loss|surrender)\s+of|lost(?:\s+control\s+of)?|losing|ceded|surrendered)"),
    _between("control", r"(?:\s+(?:\w+\s+){0,3})?\s*by", before=rf"\b{_TAKING}\s+of"),
    _between("control", rf"(?:\s+[\w-]+){{0,2}}\s+(?:{_ARE}|now|still)\s+(?:(?:now|still|largely|mostly)\s+)?"
                        r"in\s+the\s+hands\s+of"),
    # "held almost entirely by a coalition that includes X"
    _between("control", rf"\s+(?:{_ARE}|,\s+which\s+is)\s+(?:(?:almost|largely|mostly)\s+)?(?:held|controlled|run|ruled)\s+"
                        r"(?:\w+\s+){0,2}by\s+an?\s+[^.,;\n]{3,80}?\b(?:including|led by|dominated by)(?:\s+the)?(?:\s+former)?"),
    _between("influence", rf"\s*(?:,|\b{_ARE}\b|\bbecame\b|\bbecome\b)(?:\s+considered)?(?:\s+(?:an?|the|long|once|last)){{1,3}}"
                          r"(?:\s+\w+){0,2}?", after=rf"\s+(?:\w+\s+)?{_FORCE}\b"),
    _between("control", r"\s*,?\s+(?:which|that)", after=r"(?:\s+(?:fighters|militants|forces|rebels))?\s+"
                        r"(?:(?:has|have|had|still|now|also|first|itself)\s+){0,2}(?:captured|seized|holds?|held|controls?|controlled|"
                        r"overran|overrun|took|taken|occupies|occupied|rules?|ruled)\b"),
    _between("loss", r"\s*,?\s+(?:which|that)", after=r"(?:\s+(?:fighters|militants|forces|rebels))?\s+"
                     r"(?:(?:has|have|had|later|recently)\s+){0,2}(?:lost|abandoned|left|vacated)\b"),
    _between("loss", rf"\s+(?:(?:{_ARE}|now)\s+){{0,2}}(?:fully\s+)?(?:cleared|purged|emptied|rid|freed)\s+of"),
    _between("loss", r"\s+of(?:\s+(?:remaining|all|the last))?", before=r"\b(?:cleared|clearing|purged|purging|rid)"),
)
# "X's capture of Vale", "the presence of X in Vale", "X is hiding in Vale", "X abandoned Vale"
AFTER_GROUP = (
    _onward("control", rf"(?:['’]s?)\s+(?:\w+\s+)?(?:{_TAKING}|control|rule|grip|hold)\s+(?:of|over|on)"),
    _onward("control", r"\s+(?:in\s+)?(?:full\s+)?control\s+of"),
    _onward("control", r"(?:['’]s?)?(?:\s*-\s*held)?\s+territor(?:y|ies)\s+(?:in|around|near)"),
    _onward("presence", r"\s*,\s+(?:(?:which|who)\s+(?:is|are)\s+)?(?:(?:\w+ly|most)\s+)?"
                        r"(?:active|based|operating|present|entrenched|headquartered)\s+(?:\w+ly\s+)?(?:in|across|around|near|along)"),
    _onward("presence", rf"{_WHO}?\s+(?:(?:has|have|had|then|also)\s+){{0,2}}"
                        r"(?:swept|advanced|pushed|poured|moved|crossed|expanded)\s+(?:its operations\s+)?into"),
    _onward("presence", rf"{_WHO}?\s+(?:in|across|around|near|throughout)",
            r"\b(?:presence|positions?|bases?|camps?|cells?|fighters|stronghold|growth|expansion|emergence)\s+of"),
    _onward("presence", rf"{_WHO}?\s+(?:(?:{_ARE}|who|which|that)\s+){{1,2}}(?:(?:\w+ly|also|still)\s+)?"
                        r"(?:hiding|sheltering|hol(?:ed|ing) up|dug in|stationed|deployed|training|recruiting|regrouping|"
                        r"gathered|massing|operating|fighting|waging\s+[^.,;\n]{3,40}?)\s+"
                        r"(?:out\s+)?(?:in|around|across|near|from|along)"),
    _onward("presence", rf"{_WHO}?\s+(?:(?:has|have|had)\s+)?(?:tak(?:en|es?|ing)|took|found|sought)\s+(?:refuge|shelter)\s+in"),
    _onward("presence", r"[^.;,\n]{0,50}?\b(?:has|have|had)\s+been\s+(?:fighting|battling|attacking)\s+[^.;,\n]{0,40}?\bin"),
    _onward("presence", r"[^.;,\n]{0,50}?\s(?:members|fighters|squads?|cells?|units?|militants|bombers|operatives|gunmen|men)"
                        r"(?:\s+of\s+\w+)?\s+(?:(?:who|which)\s+are\s+)?"
                        r"(?:operating|active|based|deployed|stationed|hiding)\s+(?:in|around|near|across)"),
    _onward("loss", rf"{_WHO}?\s+(?:(?:has|have|had|then|later|also)\s+){{0,2}}"
                    r"(?:abandon(?:ed|ing)?|vacat(?:ed|ing)|evacuated|relinquish(?:ed|ing)|ceded|left)"
                    r"(?:\s+(?:their|its)\s+(?:last\s+)?(?:positions|bases?|stronghold)\s+in)?"),
)
REACH = 130                       # characters before a group's name in which its place is looked for


def held_findings(reading: Reading) -> Iterator[Finding]:
    for ref in reading.refs:
        low, high = reading.line_of(ref)
        if ref.named:
            yield from _before(reading, ref, low, high)
        yield from _after(reading, ref, low, high)


def _before(reading: Reading, ref: GroupRef, low: int, high: int) -> Iterator[Finding]:
    text = reading.text
    for place in reading.places_between(max(low, ref.start - REACH), ref.start):
        for rule in () if place.adjective else BEFORE_GROUP:
            if rule.words.fullmatch(text, place.end, ref.start) is None:
                continue
            after = rule.after.match(text, ref.end, high) if rule.after else None
            before = rule.before.search(text, max(low, place.start - 60), place.start) if rule.before else None
            if (rule.after and not after) or (rule.before and not before):
                continue
            start, end = before.start() if before else place.start, after.end() if after else ref.end
            if _is_told(text, max(low, start - 15), end):
                yield _area(reading, ref, place, rule.sense, start, end)
                break


def _after(reading: Reading, ref: GroupRef, low: int, high: int) -> Iterator[Finding]:
    text = reading.text
    for rule in AFTER_GROUP:
        match = rule.words.match(text, ref.end, high)
        before = rule.before.search(text, max(low, ref.start - 60), ref.start) if match and rule.before else None
        if match is None or (rule.before and before is None):
            continue
        between = [r for r in reading.refs_between(ref.end, match.end()) if r.named and r.group != ref.group]
        start = before.start() if before else ref.start
        if between or not _is_told(text, max(low, start - 15), match.end()):
            continue
        found = [p for p in places_from(reading, match.end(), high) if rule.sense == "control" or p.where.kind != "country"]
        for place in found:
            yield _area(reading, ref, place, rule.sense, start, place.end)
        if found:
            return


def _is_told(text: str, start: int, end: int) -> bool:
    return NEGATED.search(text, start, end) is None and UNREAL.search(text, start, end) is None


def _area(reading: Reading, ref: GroupRef, place: PlaceMention, sense: str, start: int, end: int) -> Finding:
    return Finding(ref, "area", area_value(place, sense, hedge_in(reading.text, start, end)), start, end)
