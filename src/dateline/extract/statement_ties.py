"""Allies and enemies by the words between a group's name and another party: "Ardenia's support for X", "at war with X".

The parse finds who fights or supports whom where a verb stands between the two (`statement_parties`); here are the other
ordinary ways to say it. The party is a name, or a common noun for a side of a war.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.extract.statement_grammar import GroupRef, Reading
from dateline.extract.statement_parties import ACTORS, told_of
from dateline.extract.statement_rules import NEGATED, UNREAL, Finding
from dateline.records.group import Attribute

_NOUN = "(?:" + "|".join(sorted(ACTORS)) + r")(?:s|es)?"
_PROPER = r"(?:(?:[A-Z]\.){2,}|(?!(?:The|An?|In|On|At|But|And|It|He|She|They|This|That|Its|Their|Both)\b)[A-Z][\w’-]*)"
_NAMED = rf"{_PROPER}(?:\s+(?:of\s+)?{_PROPER}){{0,3}}"
# "Ardenia", "Ardenian army", "powerful drug traffickers"; never "it", "group"
_SMALL = r"(?:the|an?|its|their|his|that|which|and|or|of|to|by|with|in|on|some|many|other|these|those)\b"
PARTY = rf"(?<![\w-])(?P<party>{_NAMED}(?:\s+{_NOUN})?|(?:(?!{_SMALL})[a-z][\w-]*\s+){{0,2}}?(?!groups?\b){_NOUN})\b"
_THE = r"(?:(?:the|its|their|a|an)\s+)?"
_IS = r"(?:is|are|was|were|been|remains?|remained)"
_WAR = r"(?:war|fight|battle|campaign|struggle|jihad|insurgency|rebellion|rivalry|feud|offensive|revolt)"
_AID = r"(?:weapons?|weaponry|arms|money|funds|funding|aid|help|support|backing|training|missiles|rockets|assistance|ammunition)"
_GIVES = (r"(?:sends?|sent|sending|suppl(?:y|ies|ied|ying)|provid(?:es?|ed|ing)|gives?|gave|giving|ships?|shipped|shipping|"
          r"deliver(?:s|ed|ing)?|smuggl(?:es?|ed|ing)|channel(?:s|led|ling)|funnel(?:s|led|ing))")
_BACKER = r"(?:backer|ally|allies|sponsor|patron|supporter|benefactor|financier|paymaster)s?"


@dataclass(frozen=True, slots=True)
class Tie:
    """side "left": the words end where the group's name begins; "right": they begin where it ends."""

    attribute: Attribute
    side: str
    words: re.Pattern[str]
    after: re.Pattern[str] | None = None      # of "left": what must follow the name as well


def _left(attribute: Attribute, words: str, after: str | None = None) -> Tie:
    return Tie(attribute, "left", re.compile(words + r"\s+(?:the\s+|so-called\s+){0,2}$"), re.compile(after) if after else None)


def _right(attribute: Attribute, words: str) -> Tie:
    return Tie(attribute, "right", re.compile(words))


TIES = (
    _left("rival", rf"{PARTY}\s+in\s+(?:its|their)\s+(?:\w+\s+){{0,2}}{_WAR}\s+(?:against|on|with)"),
    _left("rival", rf"\b(?:help|support|enabl|assist|train|arm)\w*\s+{_THE}{PARTY}\s+(?:to\s+)?"
                   r"(?:fight|battle|combat|defeat|confront|counter)(?:\s+against)?"),
    _left("rival", r"(?<![\w.-])(?P<party>(?:(?!(?:[Tt]he|[Aa]n?)\b)[\w.-]+\s+){0,2}(?:coalition|alliance|bloc))\s+"
                   r"(?:fighting|battling|against|at war with|opposed to|to (?:defeat|fight))"),
    _left("rival", rf"\b(?:war|conflict|rivalry|feud|enmity|hostility|hostilities|animosity)\s+between\s+{_THE}{PARTY}\s+and"),
    _left("rival", rf"{PARTY}\s+(?:(?:has|have|had)\s+(?:\w+\s+)?been|is|are)\s+(?:also\s+)?"
                   r"(?:bombing|targeting|pounding|hunting|pursuing)"),
    _left("rival", rf"{PARTY}\s+(?:(?:has|have|had)\s+)?(?:vow|pledg|promis|swore|sworn)\w*\s+to\s+(?:\w+ly\s+)?"
                   r"(?:defeat|destroy|eradicate|eliminate|crush|wipe out|annihilate|dismantle|root out)"),
    _left("rival", rf"{PARTY}\s+(?:(?:has|have|had)\s+)?turned\s+(?:(?:its|their)\s+(?:guns|weapons|arms)\s+)?(?:against|on)"),
    _left("rival", rf"{PARTY}\s+(?:has|have)\s+(?:long\s+|also\s+|often\s+|repeatedly\s+)?(?:fought|battled)(?:\s+against)?"),
    _left("rival", rf"\bhostile to\s+{_THE}{PARTY}\s*,?\s+(?:such as|including|like)"),
    _left("rival", rf"\b(?:enem(?:y|ies)|foes?|rivals?|adversar(?:y|ies)|opponents?)\s+of\s+{_THE}{PARTY}\s*,?\s+"
                   r"(?:such as|including|like)"),
    _left("rival", rf"{PARTY}\s+(?:considers?|sees|regards?|views?)",
          r"\s+(?:as\s+)?(?:its|their|an?)\s+(?:\w+\s+){0,2}(?:enemy|foe|rival|adversary)\b"),
    _left("rival", rf"{PARTY}\s+(?:(?:has|have|had|been|{_IS})\s+){{0,3}}(?:fighting|trying|battling|struggling|seeking)\s+to\s+"
                   r"(?:drive|oust|expel|dislodge|push|evict|root out|defeat)"),
    _left("rival", rf"{PARTY}\s+(?:(?:has|have|had|been|{_IS})\s+){{0,3}}(?:leading|at the forefront of|spearheading|engaged in|"
                   rf"involved in|part of)\s+(?:the\s+|an?\s+)?(?:[\w-]+\s+){{0,2}}{_WAR}\s+(?:against|on)"),
    _right("rival", rf"(?:['’]s?)\s+(?:\w+\s+){{0,2}}(?:{_WAR}|opposition|hostility|enmity)\s+"
                    rf"(?:against|with|on|to|towards?)\s+{_THE}{PARTY}"),
    _right("rival", rf"\s*,?\s+(?:(?:which|that|who)\s+)?(?:{_IS}\s+|has been\s+|have been\s+)?(?:now\s+|still\s+|also\s+)?"
                    rf"(?:at war|at odds|at loggerheads|in conflict)\s+with\s+{_THE}{PARTY}"),
    _right("rival", rf"(?:\s+\w+)?\s+(?:(?:has|have|had|been|is|are|which|that|who)\s+){{0,3}}"
                    rf"(?:waging|waged|wages|led|leads|leading|fought|fighting|fights)\s+(?:an?\s+|its\s+|the\s+)?(?:[\w-]+\s+){{0,3}}{_WAR}\s+(?:against|with|on)\s+"
                    rf"{_THE}{PARTY}"),
    _right("rival", rf"(?:\s+(?:fighters|forces|rebels|militants))?\s+(?:has|have)\s+(?:also\s+|long\s+)?(?:fought|battled)\s+"
                    rf"(?:against\s+|to\s+(?:prevent|stop|defeat|drive|oust|keep|expel)\s+)?{_THE}{PARTY}"),
    _right("rival", rf"(?:\s+(?:insurgency|rebellion|uprising))\s+against\s+{_THE}{PARTY}"),
    _left("ally", rf"{PARTY}\s+(?:(?:has|have|had|been|{_IS}|also|reportedly|secretly|allegedly)\s+){{0,3}}{_GIVES}\s+"
                  rf"(?:[\w-]+\s+){{0,4}}?{_AID}(?:\s+and\s+(?:\w+\s+)?\w+)?\s+(?:to|for)"),
    _left("ally", rf"{PARTY}(?:['’]s?)\s+(?:\w+\s+){{0,2}}(?:support|backing|aid|assistance|sponsorship|patronage|help)\s+"
                  r"(?:for|of|to)"),
    _left("ally", rf"{PARTY}\s*,?\s+(?:(?:{_IS}|which|who|long|an?|the|one of)\s+){{0,4}}(?:\w+\s+){{0,2}}{_BACKER}\s+of"),
    _left("ally", rf"{PARTY}\s+(?:(?:has|have|had)\s+)(?:\w+ed\s+and\s+)?(?:trained|armed|funded|financed|supplied|equipped|"
                  r"supported|backed|sponsored)(?:\s+and\s+\w+ed)?"),
    _left("ally", rf"{PARTY}\s+(?:(?:has|have|had|been|{_IS}|also|long)\s+){{1,3}}(?:accused|suspected)\s+of\s+"
                  r"(?:secretly\s+)?(?:arming|supporting|backing|funding|financing|supplying|sponsoring|harbou?ring)"),
    _left("ally", rf"{PARTY}\s+and\s+(?:its\s+|their\s+|the\s+)?allied"),
    _right("ally", rf"\s*,\s+(?:an?|the|once an?)\s+(?:\w+\s+){{0,2}}(?:ally|proxy)\s+of\s+{_THE}{PARTY}"),
    _right("ally", rf"\s+and\s+(?:its|their)\s+(?:\w+\s+){{0,2}}allies\s*,?\s+(?:including|such as|like)\s+{_THE}{PARTY}"),
    _right("ally", rf"(?:\s+(?:fighters|forces|rebels|militants))?\s+(?:(?:which|that|who|has|have|also)\s+){{0,3}}"
                   rf"(?:receiv(?:es?|ed|ing)|gets?|got|obtain(?:s|ed)?|enjoys?)\s+(?:[\w-]+\s+){{0,4}}?{_AID}"
                   rf"(?:\s+and\s+\w+)?\s+(?:from|of)\s+{_THE}{PARTY}"),
    _right("ally", rf"\s*,\s+(?:which|whom|who)\s+{_THE}{PARTY}\s+(?:(?:has|have|had|long|also|still)\s+){{0,3}}"
                   r"(?:supports?|supported|backs?|backed|arms|armed|funds|funded|sponsors?|sponsored|trains?|trained)\b"),
    _right("ally", rf"(?:['’]s?)\s+(?:\w+\s+){{0,2}}{_BACKER}\s*,?\s+{_THE}{PARTY}"),
    _right("ally", rf"[^.;\n]{{0,60}}?\bwith\s+(?:the\s+)?(?:support|backing)\s+(?:of|from)\s+{_THE}{PARTY}"),
    _right("ally", rf"\s*,?\s+(?:[^.;,\n]{{0,60}}?\s)?(?:allied (?:itself|themselves) (?:with|to)|"
                   rf"(?:formed|forged|struck|entered|concluded)\s+(?:into\s+)?an?\s+(?:\w+\s+)?(?:alliance|pact|coalition) with|"
                   rf"joined forces with|teamed up with|made common cause with)\s+{_THE}{PARTY}"),
    _right("ally", rf"(?:\s+(?:fighters|forces|rebels|militants))?\s+(?:(?:which|that|who|{_IS}|has|have)\s+){{0,3}}"
                   rf"(?:fighting|fights?|fought|operat\w+|battling|battled)\s+alongside\s+{_THE}{PARTY}"),
)
ANTI = re.compile(r"\s+(?P<party>(?:[\w-]+\s+)?(?:coalition|alliance|forces|fighters|militia|bloc))\b")
CUES = re.compile(r"\b(?:war|fight|fought|battl|campaign|struggle|jihad|insurgen|rebel|rival|feud|offensive|revolt|coalition|"
                  r"alliance|bloc|conflict|enmity|hostil|animosity|bombing|targeting|pounding|hunting|pursuing|vow|pledg|promis|swor|turned|"
                  r"enem|foe|adversar|opponent|opposition|loggerheads|odds|uprising|support|back|aid\b|assist|sponsor|patron|help|"
                  r"ally|allies|allied|proxy|benefactor|financier|arming|train|equip|suppl|harbo|oust|expel|dislodge|drive|alongside|forces|weapon|arms|money|fund|missile|rocket|ammunition|"
                  r"anti-|training)", re.I)
REACH = 200                       # characters before a name within which the words that end at it begin


def tie_findings(reading: Reading) -> Iterator[Finding]:
    cued: dict[tuple[int, int], bool] = {}
    for ref in reading.refs:
        line = reading.line_of(ref)
        if line not in cued:
            cued[line] = CUES.search(reading.text, *line) is not None
        if ref.named and cued[line]:
            yield from _ties_of(reading, ref, *line)


def _ties_of(reading: Reading, ref: GroupRef, low: int, high: int) -> Iterator[Finding]:
    text = reading.text
    for tie in TIES:
        if tie.side == "left":
            match = tie.words.search(text, max(low, ref.start - REACH), ref.start)
            follows = tie.after.match(text, ref.end, high) if match and tie.after else None
            if match is None or (tie.after and follows is None):
                continue
            start, end = match.start(), follows.end() if follows else ref.end
        else:
            match = tie.words.match(text, ref.end, high)
            if match is None:
                continue
            start, end = ref.start, match.end()
        if _is_told(reading, ref, match, start, end):
            yield told_of(reading, ref, tie.attribute, match.span("party"), start, end)
    if text[max(low, ref.start - 5):ref.start].lower() == "anti-" and (against := ANTI.match(text, ref.end, high)):
        yield told_of(reading, ref, "rival", against.span("party"), ref.start, against.end())


def _is_told(reading: Reading, ref: GroupRef, match: re.Match[str], start: int, end: int) -> bool:
    """Not where it is denied or supposed, nor where another group than the party stands between the words and the name."""
    if NEGATED.search(reading.text, max(start - 15, 0), end) or UNREAL.search(reading.text, max(start - 8, 0), end):
        return False
    between = [r for r in reading.refs_between(start, end) if r.named and r.start != ref.start]
    party = match.span("party")
    own = any(r.group == ref.group and r.start < party[1] and party[0] < r.end for r in between)
    return not own and all(r.start < party[1] and party[0] < r.end for r in between)
