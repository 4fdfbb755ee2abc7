"""Other names of groups, and what groups are to each other: parent, ally, rival, split."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

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
    verb_rule,
)
from dateline.extract.statement_unlisted import NO_NAME
from dateline.records.group import Attribute
from dateline.where.names import fold

RIVAL_RULES = (
    verb_rule("rival", "active", rf"(?:poses?|posed|posing)\s+{WORDS}(?:threat|danger|challenge|risk)\s+to\s+"),
    verb_rule("rival", "active", r"(?:fights?|fought|fighting|battl(?:es?|ed|ing)|rivals?|opposes?|opposed|opposing|"
                                 r"rejects?|rejected|denounc\w+|undermin(?:es?|ed|ing)|challeng(?:es?|ed|ing)|"
                                 r"confront(?:s|ed|ing)?|attacks|combat(?:s|ing)?|"
                                 r"defeat)\s+(?:(?:the\s+)?(?:legitimacy|authority|rule|power|credibility|leadership|"
                                 r"influence|expansion|advance|dominance)\s+of\s+)?"),
    verb_rule("rival", "active", r"(?:(?:clash(?:es|ed|ing)?|compet(?:es?|ed|ing)|vie[sd]?|vying|feud(?:s|ed|ing)?)|"
                                 r"(?:fights?|fought|fighting|battl(?:es?|ed|ing)))\s+(?:\w+ly\s+|violently\s+|"
                                 r"repeatedly\s+|for \w+\s+)?(?:against|with)\s+(?:(?:the\s+)?(?:rival|forces of|"
                                 r"fighters of|fighters from|its rival)\s+)?"),
    verb_rule("rival", "active", rf"(?:is|are|was|were|has been|have been|remains?)\s+{ADVERBS}(?:at (?:war|odds|"
                                 rf"loggerheads) with|hostile to|opposed to|in conflict with|"
                                 rf"locked in \w+ (?:fighting|conflict|war) with)\s+"),
    verb_rule("rival", "active", rf"(?:wag(?:es?|ed|ing)|fights?|fought|fighting)\s+{WORDS}(?:war|campaign|battles?|"
                                 rf"insurgency)\s+(?:against|with)\s+"),
)
TIES: tuple[tuple[Attribute, bool, re.Pattern[str]], ...]


def _between(words: str) -> re.Pattern[str]:
    return re.compile(words, re.I)


_IS = (r"(?:\s*\([^)]{1,30}\))?\s*,?\s*(?:(?:which|that|who)\s+)?(?:(?:is|was|are|were|became|has been|have been|"
       r"had been|remains|and)\s+)?"
       r"(?:(?:also|once|long|now|formally|\w{2,15}ly|considered|regarded as|known as|believed to be|"
       r"said to be)\s+){0,2}")
_HAS = (r"(?:\s*\([^)]{1,30}\))?\s*,?\s*(?:(?:which|that|who|and)\s+)?(?:(?:has|have|had|later|then|\w{2,15}ly|also|"
        r"once|been|fighters|militants|members)\s+){0,4}")
_DET = r"(?:(?:an?|the|one of the|its|their)\s+)?(?:[\w'’-]+\s+){0,3}?"
_TO = (r"\s+(?:(?:the|a|its|their)\s+)?(?:(?:rival|militant|jihadist|terrorist|armed|so-called|larger|group|faction|"
       r"terror|insurgent)\s+){0,3}$")
# (attribute, reversed, words between the two names); reversed: the second is what the words are about
TIES = (
    ("split", False, _between(_HAS + r"(?:br(?:oke|oken|eaking)\s+(?:away|off|ranks?)|split(?:ting)?(?:\s+(?:off|"
                                     r"away))?|splinter(?:ed|ing)(?:\s+off)?|seceded|defected)\s+(?:from|"
                                     r"with)" + _TO)),
    ("split", False, _between(_IS + _DET + r"(?:splinter(?: group| faction)?|breakaway(?: group| faction|"
                                           r" wing)?)\s+(?:of|from)" + _TO)),
    ("parent", False, _between(_HAS + r"(?:pledg(?:ed|es|ing)|sw(?:ore|orn|earing)|declar(?:ed|ing)|renewed|"
                                      r"affirmed)\s+(?:its\s+|their\s+)?(?:an?\s+)?(?:oath of\s+)?(?:allegiance|"
                                      r"loyalty|fealty|bay'?ah)\s+to" + _TO)),
    ("parent", False, _between(_IS + _DET + r"(?:affiliate|branch|offshoot|off-shoot|wing|franchise|arm|chapter|"
                                            r"subsidiary|battalion|brigade|unit|faction|part)\s+of" + _TO)),
    ("parent", False, _between(_IS + r"(?:an?\s+)?affiliated\s+(?:to|with)" + _TO)),
    ("parent", True, _between(r"(?:['’]s?)?\s+(?:[\w'’-]+\s+){0,2}(?:affiliate|branch|offshoot|wing|franchise|"
                              r"battalion)(?:\s+in\s+[\w -]{2,30}?)?,?\s+(?:the\s+)?$")),
    ("parent", True, _between(r"[-–](?:affiliated)\s+(?:(?:group|militant|militants|faction)\s+){0,2}$")),
    ("rival", False, _between(_IS + r"(?:(?:an?|the|its|their)\s+)?(?:\w+\s+){0,2}(?:rivals?|enem(?:y|ies)|foes?|"
                                    r"adversar(?:y|ies)|competitors?)\s+(?:of|to)" + _TO)),
    ("rival", False, _between(r"(?:['’]s?|s['’])\s+(?:\w+\s+){0,2}(?:rivals?|enem(?:y|ies)|foes?)(?:\s+(?:group|"
                              r"movement))?,?\s+(?:the\s+)?$")),
    ("ally", False, _between(_IS + r"(?:allied\s+(?:with|to)|(?:in|part of)\s+(?:an\s+)?alliance\s+with|"
                                   r"(?:an?\s+)?(?:\w+\s+){0,2}all(?:y|ies)\s+of)" + _TO)),
    ("ally", False, _between(_HAS + r"(?:allied (?:itself|themselves) (?:with|to)|joined forces with|merged with|"
                                    r"form(?:ed|s)\s+an?\s+alliance\s+with|cooperat(?:es|ed|ing)\s+(?:\w+\s+)?with|"
                                    r"fights?\s+alongside|fought alongside|fighting alongside|supports|"
                                    r"backs)" + _TO)),
    ("ally", False, _between(r"(?:['’]s?)?\s+(?:\w+\s+)?(?:all(?:y|ies)),?\s+(?:the\s+)?$")),
    ("ally", False, _between(r"\s+(?:and|,)\s+(?:its|their)\s+(?:\w+\s+)?all(?:y|ies),?\s+(?:the\s+)?$")),
    ("rival", False, _between(r"\s+(?:and|or|against|,|with|over|from|by)\s+(?:its|their)\s+(?:\w+\s+)?(?:rivals?|"
                              r"enem(?:y|ies)|foes?),?\s+(?:the\s+)?$")),
)
# the tie stands after the second name: "the X, Y's local affiliate", "X and Y, its ally"
LISTED = re.compile(r"(?:\s*\([^)]{1,30}\))?(?:,\s+|\s+and\s+)(?:the\s+)?", re.I)
TIES_AFTER: tuple[tuple[Attribute, re.Pattern[str]], ...] = (
    ("parent", _between(r"['’]s?\s+(?:[\w'’-]{1,20}\s+){0,2}(?:affiliate|branch|offshoot|wing|franchise|battalion)\b")),
    ("ally", _between(r",\s+its\s+(?:\w{1,20}\s+)?ally\b")),
    ("rival", _between(r",\s+its\s+(?:\w{1,20}\s+)?(?:rival|enemy|foe)\b")),
)
ALSO_KNOWN = re.compile(
    r"\s*[,(]?\s*(?:which is\s+|who are\s+|is\s+|are\s+)?(?:(?:better|also|locally|commonly|more commonly|formerly|"
    r"previously|once|sometimes|widely|formally|officially|now|usually|"
    r"then|popularly|originally)\s+){0,2}(?:known\s+(?:\w+\s+)?(?:by\s+(?:its|the|their)\s+(?:\w+\s+){0,3}(?:acronym|"
    r"name|initials|abbreviation)s?(?:\s+of)?|as|to \w+ as)|called|a\.?k\.?a\.?|formerly|dubbed|"
    r"referred to as)\s+(?:as\s+)?(?:the\s+)?", re.I)
CALLS_ITSELF = re.compile(
    r"\s*,?\s+(?:which\s+|that\s+|also\s+|now\s+|has\s+|had\s+|later\s+|then\s+){0,3}(?:calls?|called|calling|"
    r"renamed|rebranded|styles?|styled|dubs)\s+(?:itself|themselves)\s+(?:as\s+)?(?:the\s+)?", re.I)
QUOTED = re.compile(r"[\"“'‘](?P<name>[^\"”’'\n]{2,60})[\"”'’]")
PROPER = re.compile(r"(?P<name>(?:[A-Z][\w’'-]*)(?:\s+(?:(?:of|in|and|the|for|al|wa|fi|de|for the|of the|"
                    r"in the)\s+)?(?:[A-Z][\w’'-]*|al-[A-Z]\w+)){0,7}|al-[A-Z][\w’'-]+(?:\s+[A-Z]\w+){0,3})")
INITIALS = re.compile(r"(?:['’]s)?\s*[(\[]\s*(?:or\s+|the\s+)?(?P<name>[A-Z][A-Z-]{1,8}|[A-Z]\w*-[A-Z]{1,3}|"
                      r"[A-Z]-\d{1,3})\s*[)\],]")
# "Movement of the Left, MOL, said": letters that stand for the name, between commas
LETTERS_BESIDE = re.compile(r",\s+(?P<name>[A-Z]{2,8})(?=,\s)")
IN_BRACKETS = re.compile(r"(?:['’]s)?(?:\s+(?:jihadist|terrorist|militant|takfiri|terror|rebel|group|groups|organi[sz]ation|"
                         r"militants?|terrorists?|"
                         r"fighters|extremist)){0,3}\s*[(\[][^)\]\n]{2,90}[)\]]", re.I)
RENAMED = re.compile(r"\b(?:chang(?:ed|ing) (?:its|their) name|formerly|previously|also known|now known|known as|renamed|"
                     r"rebranded|a\.?k\.?a|"
                     r"acronym|another name|abbreviat\w+|self-described)\b|^\s*,?\s*or\s+(?:the\s+)?$", re.I)


def link_findings(reading: Reading) -> Iterator[Finding]:
    for ref in reading.refs:
        yield from _aliases(reading, ref)
        if ref.named:
            yield from _other_names(reading, ref)
    for first, second in zip(reading.refs, reading.refs[1:], strict=False):
        yield from _ties(reading, first, second)
    yield from _rivals(reading)


def _rivals(reading: Reading) -> Iterator[Finding]:
    """Rivals told by a verb whose subject is a group, wishes too: who wants to defeat a group is its rival."""
    for verb, ref in reading.verbs():
        reality = reading.reality_of(verb)
        if reality == "negated" or is_passive(verb):
            continue
        end = min(verb.sent.end_char, verb.idx + REACH)
        for rule in RIVAL_RULES:
            match = rule.words.match(reading.text, verb.idx, end)
            rival = reading.ref_at(match.end()) if match else None
            if rival is not None and rival.group != ref.group and rival.named:
                hedge = hedge_of(reading, verb, ref) if reality != "unreal" else None
                yield Finding(ref, "rival", _other(rival, hedge), ref.start, rival.end)


def _aliases(reading: Reading, ref: GroupRef) -> Iterator[Finding]:
    text, (_, high) = reading.text, reading.line_of(ref)
    if not ref.named and not CALLS_ITSELF.match(text, ref.end, high):
        return
    if ref.named and (initials := INITIALS.match(text, ref.end, high)) and _abbreviates(reading, initials, ref):
        yield Finding(ref, "alias", {"name": reading.written(*initials.span("name")), "hedge": None}, ref.start, initials.end())
    bracket = re.compile(r"\s*\([^)\n]{1,30}\)").match(text, ref.end, high)
    for at in {ref.end, bracket.end() if bracket else ref.end}:
        cue = ALSO_KNOWN.match(text, at, high) or CALLS_ITSELF.match(text, at, high)
        if cue is None:
            continue
        other = reading.ref_at(cue.end())
        name = QUOTED.match(text, cue.end(), high) or PROPER.match(text, cue.end(), high)
        if other is not None and other.named and (other.group == ref.group or CALLS_ITSELF.match(text, at, high)):
            yield Finding(ref, "alias", {"name": other.name, "hedge": None}, ref.start, other.end)
        elif (other is None or other.id is None) and name is not None and name.group("name").lower() not in NO_NAME:
            yield Finding(ref, "alias", {"name": reading.written(*name.span("name")), "hedge": None}, ref.start, name.end())


def _other_names(reading: Reading, ref: GroupRef) -> Iterator[Finding]:
    """Names of one group beside each other: "(ISIL or Daesh)", "[RED LANTERN]", "changed its name from the Watch"."""
    text, (_, high) = reading.text, reading.line_of(ref)
    bracket = IN_BRACKETS.match(text, ref.end, high)
    reach = bracket.end() if bracket else min(high, ref.end + 120)
    for other in reading.refs_between(ref.end, reach):
        if not other.named or other.group != ref.group or fold(other.name) == fold(ref.name):
            continue
        gap = text[ref.end:other.start]
        if bracket or RENAMED.search(gap):
            yield Finding(ref, "alias", {"name": other.name, "hedge": None}, ref.start, other.end)
    if bracket is None and (letters := LETTERS_BESIDE.match(text, ref.end, high)) and _abbreviates(reading, letters, ref):
        yield Finding(ref, "alias", {"name": reading.written(*letters.span("name")), "hedge": None}, ref.start, letters.end())


def _abbreviates(reading: Reading, found: re.Match[str], ref: GroupRef) -> bool:
    """Whether the letters in brackets are the group's: a mention of the same group, or letters that open its words."""
    name = found.group("name")
    other = reading.ref_at(found.start("name"))
    if other is not None:
        return other.group == ref.group and other.name != ref.name
    letters = [c for c in name.lower() if c.isalpha()]
    words = iter(w[0].lower() for w in re.findall(r"\w+", ref.name))
    return len(letters) > 1 and all(any(c == w for w in words) for c in letters)


def _ties(reading: Reading, first: GroupRef, second: GroupRef) -> Iterator[Finding]:
    """What the words between two mentions say that the groups are to each other."""
    if first.group == second.group or second.start - first.end > 160 or not second.named:
        return
    gap = reading.text[first.end:second.start]
    gap = gap.removeprefix(")")           # "the Front (ARF), which split from"
    if re.search(r"[.;]\s|\n", gap) or NEGATED.search(gap) or UNREAL.search(gap):
        return
    between = reading.doc.char_span(first.end, second.start, alignment_mode="contract")
    verbs = [token for token in between or () if token.pos_ == "VERB"]
    if any(reading.reality_of(verb) in ("negated", "unreal") for verb in verbs):
        return
    for attribute, words in TIES_AFTER:
        if LISTED.fullmatch(gap) and words.match(reading.text, second.end, second.end + 80):
            yield Finding(first, attribute, _other(second, None), first.start, second.end)
            return
    for attribute, backwards, words in TIES:
        if not words.match(gap if gap[-1:].isspace() or backwards else gap + " "):
            continue
        about, other = (second, first) if backwards else (first, second)
        before = reading.text[max(first.start - 12, 0):first.start] + gap
        if attribute == "parent" and backwards and re.search(r"\b(?:former|ex-?|erstwhile|one-?time)\b", before, re.I):
            attribute = "split"               # "the former X affiliate Y" has left
        hedge = hedge_in(reading.text, first.end, second.start)
        yield Finding(about, attribute, _other(other, hedge), first.start, second.end)
        return


def _other(ref: GroupRef, hedge: str | None) -> dict[str, Any]:
    return {"group": ref.id, "name": ref.name, "hedge": hedge}
