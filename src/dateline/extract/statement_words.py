"""Statements by their wording alone, where the parse does not lead from the words to the group: losses inflicted, means
supplied, recruits for it, money that benefits it, aims beside its name, and bans in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateline.extract.statement_grammar import GroupRef, Reading
from dateline.extract.statement_rules import NEGATED, UNREAL, Finding
from dateline.extract.statement_texts import TALK, clause_of
from dateline.records.group import Attribute

PEOPLE = r"(?:\s*(?:terrorists?|militants?|fighters|rebels|guerrillas?|jihadists?|groups?|organi[sz]ation|criminals?)\b)*"
_THE = r"(?:the\s+)?(?:ranks of\s+)?(?:the\s+)?(?:[\"“])?"
_ARMS = (r"(?:weapons?(?:ry)?|arms|missiles?|rockets?|ammunition|explosives|tanks?|drones?|rifles?|launchers?|artillery|materiel|"
         r"hardware|munitions|anti-?tank|anti-?aircraft|surface-to-air)")


@dataclass(frozen=True, slots=True)
class Wording:
    """side "left": the words end where the group's name begins; "right": they begin where it ends, with its people.

    `what` names the group of the pattern that is the value; without it the value is the clause. doubt: a wish, a denial or a
    supposition is a statement too.
    """

    attribute: Attribute
    side: str
    words: re.Pattern[str]
    of: str | None = None
    doubt: bool = False


def _wording(attribute: Attribute, side: str, words: str, of: str | None = None, *, doubt: bool = False) -> Wording:
    return Wording(attribute, side, re.compile(words + (r"$" if side == "left" else ""), re.I), of, doubt)


WORDINGS = (
    # losses
    _wording("loss", "left", rf"\b(?:inflict\w*|caus\w+|dealt|deal\w*)\s+(?P<what>(?:[\w-]+\s+){{0,5}}(?:losses|casualties|"
                             rf"setbacks)(?:\s+and\s+\w+)?)\s+(?:up)?(?:on|to)\s+{_THE}", "fighters"),
    _wording("loss", "right", PEOPLE + r"[^.;\n]{0,220}?\b(?:inflict\w*|caus\w+)\s+(?P<what>(?:[\w-]+\s+){0,4}(?:losses|"
                                       r"casualties)(?:\s+and\s+"
             r"\w+)?)\s+(?:up)?(?:on|to|among)\s+(?:the\s+)?(?:militants|terrorists?|rebels|guerrillas|them|extremists|"
             r"jihadists|group|"
             r"insurgents)\b", "fighters"),
    _wording("loss", "right", PEOPLE + r"\s+(?:has\s+|have\s+|had\s+)?(?:also\s+|already\s+)?(?:lost|suffered|sustained|"
                                       r"took|taken)\s+"
             r"(?P<what>(?:[\w,-]+\s+){0,4}?(?:\d[\d,]*|dozens|hundreds|scores|heavy|severe|major|many|losses|"
             r"casualties)(?:\s+(?:of\s+)?(?:its\s+)?"
             r"(?:fighters|men|members|militants|losses|casualties|deaths|dead))?(?:,\s+over \d+ wounded)?)", "fighters"),
    _wording("loss", "right", r"[^.;\n]{0,90}?\b(?P<what>(?:heavy|severe|major|many|\d+)\s+(?:casualties|losses)\s+(?:it|"
                              r"they)\s+(?:has|have|had)"
             r"\s+(?:taken|suffered|sustained))", "fighters"),
    # a sum over months; the dead of one attack are that incident's
    _wording("loss", "right", PEOPLE + r"(?:\s+and\s+(?:[\w,]+\s+){1,3}?)?\s*(?P<what>(?:have|had)\s+been\s+(?:killed|captured|"
                              r"arrested|detained)[^.;\n]{0,60}?\b(?:this year|so far this|since\s+(?:(?:early|mid|late)\s+)?"
                              r"(?:\d{4}|last year|january|february|march|april|may|june|july|august|september|october|november|"
                              r"december)|(?:over|in)\s+the\s+(?:past|last)\s+(?:\w+\s+)?(?:weeks|months?|years?)))", "fighters"),
    _wording("loss", "left", r"(?P<what>\d[\d,]*\s+\w+\s+(?:had\s+|have\s+|has\s+)?(?:deserted|defected|"
                             r"surrendered))\s+(?:from\s+)?(?:the\s+)?",
             "fighters"),
    _wording("loss", "right", PEOPLE + r"\s+(?:has\s+|have\s+|had\s+|is\s+|been\s+|also\s+)*(?P<what>(?:lost|losing|"
                                       r"loses)\s+(?:[\w-]+\s+){0,3}"
             r"(?:territor(?:y|ies)|ground|land))\b", "territory"),
    _wording("loss", "right", PEOPLE + r"\s+(?P<what>(?:including|and)\s+(?:\w+\s+){0,3}(?:of\s+its\s+|"
                                       r"of\s+his\s+)?(?:(?:field|senior|top|military|local)\s+)*"
             r"(?:commanders|leaders))\b", "leader"),
    _wording("loss", "left", r"(?P<what>(?:senior|top|several|key|\d+|two|three|four|five|six|seven)\s+)", "commanders"),
    _wording("loss", "left", r"\b(?:kill\w*|taken out|eliminat\w+|took out)\s+(?P<what>(?:[\w-]+\s+){0,3})", "commanders"),
    # means
    _wording("capability", "left", rf"\b(?:suppl\w+|sen(?:t|ds?|ding)|ship\w*|provid\w+|smuggl\w+|deliver\w*|"
                                   rf"carrying)\b[^.;\n]{{0,60}}?\b{_ARMS}\b"
                                   rf"[^.;\n]{{0,30}}?\s(?:to|for)\s+{_THE}", doubt=True),
    _wording("capability", "left", rf"\b(?:confiscated|seized|captured)\s+(?:from\s+){_THE}"),
    _wording("capability", "left", rf"\b(?:suppl(?:y|ies|ied|ying)|arm(?:s|ed|ing)|equip\w*|provid\w+)\s+{_THE}"),
    _wording("capability", "right", PEOPLE + rf"(?:['’]s?)?\s+(?:(?:has|have|had|is|are|was|"
                                             rf"were)\s+)?(?:\w+\s+){{0,2}}(?:possess\w*|acquir\w*|receiv\w*|"
             rf"obtain\w*|built up|developed|stockpil\w*|making|mak(?:e|es)|manufactur\w*|us(?:es|ing)|seized|"
             rf"fielded)\s+(?:[\w-]+\s+){{0,5}}"
             rf"(?:{_ARMS}|uavs?|quadrotors|chemical|arsenals?|improvised|ieds?|sleeper cells|squads)\b"),
    _wording("capability", "right", PEOPLE + r"(?:['’]s?)?\s+(?:[\w-]+\s+){0,3}(?:capabilit(?:y|ies)|arsenals?|"
                                             r"weapons caches|vbied attacks|antiaircraft|"
             r"anti-aircraft)\b"),
    _wording("capability", "right", PEOPLE + r"[^.;\n]{0,110}?\b(?:boosted|strengthened|equipped|armed) (?:by|"
                                             r"with)\b[^.;\n]{0,30}?"
                                    rf"\b{_ARMS}\b"),
    _wording("capability", "left", r"\b(?:use|possession|manufacture) of (?:chemical weapons|drones|missiles|mustard gas|"
                                   r"\w+ weapons)\s+by\s+(?:the\s+)?"),
    _wording("capability", "right", PEOPLE + r"[^.;\n]{0,40}?\b(?:trained in|receiving (?:military )?training|"
                                             r"received (?:military )?training|training in)\b",
             doubt=True),
    _wording("capability", "right", rf"[^.;\n]{{0,80}}?\b(?:mak(?:e|ing)|produc(?:e|ing)|manufactur(?:e|ing)|develop(?:ing)?|"
                                    rf"assembl(?:e|ing))\s+(?:[\w-]+\s+){{0,3}}?(?:{_ARMS}|bombs|ieds)\b"),
    # recruits
    _wording("recruitment", "right", PEOPLE + r"[^.;\n]{0,80}?\b(?:made up|composed|comprised|consist(?:s|ed|ing)?)\s+"
                                     r"(?:\w+ly\s+)?of\s+(?:\w+\s+){0,3}(?:soldiers|militants|fighters|veterans|recruits|"
                                     r"youths?|volunteers|exiles|deserters|defectors|officers|students|prisoners)\b"),
    _wording("recruitment", "right", r"[^.;\n]{0,70}?\b(?:draw|attract|gain|lur|seek)\w*\s+(?:\w+\s+)?recruits\b"),
    _wording("recruitment", "left", r"\b(?:people|men|youths?|youngsters|teenagers|women|foreigners|volunteers|villagers|boys|"
                                    r"defectors|deserters)\s+(?:who\s+)?(?:(?:are|were|have|had|has|been)\s+){0,2}"
                                    r"(?:join(?:ed|ing)|flock(?:ed|ing) to)\s+(?:the\s+)?"),
    _wording("recruitment", "left", r"\b(?:recruit\w*|enlist\w*|conscript\w*)\b[^.;\n]{0,60}?\b(?:for|to join|into|"
                                    r"by)\s+(?:the\s+)?(?:organi[sz]ation\s+)?"),
    _wording("recruitment", "left", r"\b(?:seek\w*|continu\w*|travel\w*|went|flock\w*|trying|"
                                    r"pledg\w*)\b[^.;\n]{0,30}?\bto join\s+(?:the\s+)?"),
    _wording("recruitment", "left", r"\brecruitment target for\s+(?:the\s+)?"),
    _wording("recruitment", "left", r"\brecruit(?:ing|ment) (?:videos?|drive|campaign|efforts?)\b[^.;\n]{0,40}?"),
    _wording("recruitment", "right", PEOPLE + r"(?:['’]s?)?\s+(?:[\w,]+\s+){0,6}?(?:recruits\b|recruit(?:ed|ing|ment)?\b|"
                                              r"enlist\w*|conscript\w*|manpower)"),
    # money
    _wording("funding", "left", r"\b(?:fund(?:s|ing|ed)?|financ(?:e|es|ed|ing)|bankroll\w*|money|aid)\b\s+(?:(?:and|"
                                r"or)\s+\w+\s+)?(?:for\s+|to\s+)?"
             r"(?:(?!not\b)[\w-]+\s+){0,8}?", doubt=True),
    _wording("funding", "left", r"\b(?:oil|antiquities|trade|trafficking|smuggling|revenues?|"
                                r"sales)\b[^.;\n]{0,60}?\b(?:benefit\w*)\s+(?:the\s+)?(?:\w+\s+){0,2}",
             doubt=True),
    _wording("funding", "right", PEOPLE + r"(?:['’]s?)?[^.;\n]{0,70}?\b(?:ransom|extort\w*|drug trafficking as|donations?|"
                                          r"financed by|funded by|millions? of dollars|"
             r"oil (?:revenues?|sales|fields? )|profits? of|enrich\w*|seeks? funds|drug money)\b"),
    _wording("funding", "left", r"\b(?:million|dollars|money|funds)\s+(?:\w+\s+){0,2}(?:obtained|raised|earned|made|"
                                r"collected)\s+by\s+(?:the\s+)?"),
    # aims
    _wording("aim", "right", PEOPLE + r"(?:['’]s?)?[\"”]?\s*,?\s*(?:(?:which|who|that|is|are|a|an|guerrilla|armed|group|has|"
                                      r"have|been|also|announced|it|said|was|were|already|now)\s+){0,6}"
             r"(?:aim(?:s|ing|ed)?|seek(?:s|ing)?|want(?:s|ed|ing)?|intend(?:s|ed|ing)?|hop(?:es|ing)|vow(?:s|ed)|willing|"
             r"strives?)\s+(?:at|to|for)\s+"
             rf"(?!(?:{'|'.join(sorted(TALK))})\b)", doubt=True),
    _wording("aim", "right", r"[\"”]?\s*,?\s*[^.;\n]{0,80}?\b(?:fighting|fights|struggling)\s+(?:for|"
                             r"against)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?(?:independence|extradition|autonomy|"
             r"freedom|democracy|caliphate|state|revolution|power|rights|self-determination|stretch)\b"),
    _wording("aim", "right", r"[^.;\n]{0,200}?\bin the hope of\s"),
    _wording("aim", "right", r"[^.;\n]{0,120}?\b(?:fight|struggle|campaign|war) to (?:establish|create|restore|impose|"
                             r"overthrow|topple|seize|"
             r"liberate|expel|free|expand|carve out)\b"),
    _wording("aim", "left", r"\b(?:objectives?|goals?|aims?)\s+of\s+(?:the\s+)?", doubt=True),
    _wording("aim", "right", r"[^.;\n]{0,180}?\b(?:attempt|effort|bid) to expand (?:its|their)\b", doubt=True),
    _wording("aim", "right", PEOPLE + r"[^.;\n]{0,40}?\b(?:its|their)\s+(?:\w+\s+)?(?:goals?|aims?|objectives?)\s+"
                             r"(?:is|are|was|were)\s+", doubt=True),
    _wording("aim", "right", PEOPLE + r"\s+(?:(?:is|was|are|were|has been|have been)\s+)(?:trying|seeking|working)\s+to\s+"
                             r"(?:set up|establish|create|build|carve|impose|take over|expand|overthrow|topple)\b", doubt=True),
    _wording("aim", "right", r"(?:['’]s?)?\s+(?:\w+\s+){0,3}?(?:struggle|fight|campaign|war|insurgency)\s+for\s+(?:the\s+)?"
                             r"(?:[\w-]+\s+){0,3}?(?:independence|autonomy|freedom|democracy|statehood|self-rule|secession|"
                             r"self-determination|rights)\b"),
    # bans
    _wording("listing", "left", r"(?P<what>\b(?:considers?|regards?|deems?|views?|labels?|brands?|designates?|classifies|"
                                r"classified|designated|labelled|branded)\s+)(?:the\s+)?", "listed"),
    _wording("listing", "right", PEOPLE + r"\s*(?:\([^)\n]{1,12}\)\s*)?[,(]?\s*(?:(?:an?|the|which|terrorist|"
                                          r"organi[sz]ations?|groups?|or|extremist|is|are|was|has|been|"
             r"Daesh|ISIS|ISIL)[\s,]+){0,6}(?P<what>(?:outlawed|banned|proscribed|blacklisted|designated|"
             r"listed)\b[^.;,)\n]{0,70})"),
    _wording("listing", "right", PEOPLE + r"\s*(?:\([^)\n]{1,12}\)\s*)?,?\s*(?:which|"
                                          r"that)\s+(?P<what>(?:[A-Z][\w.]*\s+){1,3}(?:considers?|regards?|deems?|views?|lists?|"
             r"labels?|designates?|has designated|classif\w+)\b[^.;,\n]{0,60})"),
    _wording("listing", "right", PEOPLE + r"(?:\s+like\s+(?:the\s+)?[\w-]+\s+\w+)?\s+(?:is|are|was|"
                                          r"were)\s+(?P<what>(?:considered|regarded|deemed|listed|classified|blacklisted|"
             r"designated|branded)\s+[^.;,\n]{0,30}?terror\w*[^.;,\n]{0,50})"),
    _wording("listing", "left", r"\b(?P<what>outlawed|banned|proscribed|blacklisted)\s+(?:[a-z]+\s+){0,2}"),
    _wording("listing", "left", r"\b(?:decision|refusal|move)\s+(?:against\s+|to\s+|on\s+)?(?:label\w*|designat\w*|"
                                r"blacklist\w*|list\w*)\s+(?:the\s+)?", doubt=True),
)
# a sentence without these says nothing of the attribute: most are passed over by one look
CUES: dict[Attribute, re.Pattern[str]] = {
    "loss": re.compile(r"\b(?:loss|los[ei]|lost|casualt|blow|suffer|sustain|tak|took|desert|defect|surrender|kill|captur|arrest|"
                       r"detain|commander|leader)", re.I),
    "capability": re.compile(rf"\b(?:{_ARMS}|arm(?:s|ed|ing)|equip|suppl|provid|seized|captured|confiscat|capabilit|arsenal|"
                             rf"train|uav|quadrotor|"
                             r"chemical|improvised|ied|mak|produc|manufactur|develop|assembl|bomb|sleeper|squads|vbied)", re.I),
    "recruitment": re.compile(r"\b(?:recruit|enlist|conscript|join|manpower|made up|compos|compris|consist|flock)", re.I),
    "funding": re.compile(r"\b(?:fund|financ|bankroll|money|aid|oil|antiquit|traffick|smuggl|revenue|sales|trade|ransom|"
                          r"extort|donat|dollar|profit|enrich|"
                          r"million)", re.I),
    "aim": re.compile(r"\b(?:aim|seek|want|intend|hop|vow|willing|striv|fight|struggl|campaign|war|try|effort|bid|attempt|"
                      r"objective|goal|expand)", re.I),
    "listing": re.compile(r"\b(?:outlaw|bann|proscrib|blacklist|designat|list|consider|regard|deem|view|label|classif|"
                          r"brand)", re.I),
}
AS_TERRORISTS = re.compile(r"\s+(?:\([^)\n]{1,20}\)\s+)?(?:(?:to be|as)\s+)?(?:an?\s+)?(?:[\"“]\s?)?(?:\w+\s+){0,2}terror\w*"
                           r"(?:[\"”]?\s+(?:group|organi[sz]ation|movement|outfit)s?)?", re.I)
COMMANDERS = re.compile(r"(?:\s*\([^)\n]{1,12}\))?\s+(?:terrorist\s+|militant\s+)?(?:(?:field|senior|top|"
                        r"military)\s+)*(?:commanders?|leaders?)\b", re.I)
DEAD = re.compile(r"\b(?:kill|eliminat|tak\w+ out|took out|died\b|dead\b)", re.I)
REACH = 260


def word_findings(reading: Reading) -> Iterator[Finding]:
    told_of: dict[tuple[int, int], frozenset[Attribute]] = {}
    for ref in reading.refs:
        if not ref.named:
            continue
        line = reading.line_of(ref)
        if line not in told_of:
            told_of[line] = frozenset(a for a, cue in CUES.items() if cue.search(reading.text, *line))
        told: set[Attribute] = set(CUES) - told_of[line]
        for wording in WORDINGS:
            if wording.attribute not in told and (found := _told(reading, ref, wording)) is not None:
                told.add(wording.attribute)
                yield found


def _told(reading: Reading, ref: GroupRef, wording: Wording) -> Finding | None:
    text, (low, high) = reading.text, reading.line_of(ref)
    if wording.side == "left":
        match = wording.words.search(text, max(low, ref.start - REACH), ref.start)
    else:
        match = wording.words.match(text, ref.end, min(high, ref.end + REACH))
    if match is None:
        return None
    start, end = min(match.start(), ref.start), max(match.end(), ref.end)
    before = max(low, match.start() - 15)
    if NEGATED.search(text, before, end) or (not wording.doubt and UNREAL.search(text, before, match.end())):
        return None
    # another group between the words and this one: the words are that one's, but for lists ("ISIS and X, outlawed")
    between = [r for r in reading.refs_between(start, end) if r.named and r.group != ref.group]
    if between and wording.attribute != "listing":
        return None
    if wording.of is not None:
        if wording.of == "listed":
            return _listing(reading, ref, match.start("what"))
        return _loss(reading, ref, wording.of, match, start, end)
    clause = match.span("what") if "what" in wording.words.groupindex else clause_of(text, start, end)
    words = reading.written(*clause).strip(" ,\"“”'")
    return Finding(ref, wording.attribute, {"text": words, "when": None}, min(start, clause[0]), max(end, clause[1]))


def _listing(reading: Reading, ref: GroupRef, start: int) -> Finding | None:
    """"Ardenia considers X a terrorist group": the words go on after the name."""
    listed = AS_TERRORISTS.match(reading.text, ref.end, reading.line_of(ref)[1])
    if listed is None:
        return None
    words = reading.written(start, listed.end())
    return Finding(ref, "listing", {"text": words, "when": None}, min(start, ref.start), listed.end())


def _loss(reading: Reading, ref: GroupRef, of: str, match: re.Match[str], start: int, end: int) -> Finding | None:
    at = match.span("what")
    if of == "commanders":                # "killed seven X field commanders"
        after = COMMANDERS.match(reading.text, ref.end)
        if after is None:
            return None
        of, at, end = "leader", (at[0], after.end()), after.end()
        if not DEAD.search(reading.text, max(start - 60, 0), end + 60):
            return None
    elif of == "leader" and not DEAD.search(reading.text, max(start - 120, 0), end + 60):
        return None
    value: dict[str, Any] = {"of": of, "where": None, "other_places": [], "when": None, "text": reading.written(*at)}
    return Finding(ref, "loss", value, start, end)
