"""Names, leaders and ties of groups, read from the words around and between the mentions of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.extract.document import TimeMention
from dateline.extract.statement_grammar import GroupRef, Reading
from dateline.extract.statement_rules import Finding, area_value, hedge_in, partial_date, places_from
from dateline.records.group import Attribute

_WORD = r"(?:[A-Z]\.|[A-Z](?:[\w’'-]{0,30}\w)?|(?:al|el|ad|an|ar|as|at|az|ash|ul|ur)-[A-Z][\w’'-]*\w)"
_LINK = r"(?:(?:bin|ibn|ben|bint|abu|ul|ud|al|el|de|da|dos|van|von|der|of)\s+){0,2}"
PERSON = rf"(?P<person>{_WORD}(?:\s+{_LINK}{_WORD}){{0,5}})"
_LEAD = r"(?P<office>(?:(?:supreme|top|overall|spiritual|political|de facto|veteran|long-?time|founding)\s+)?(?:leader|chief|emir|amir|head|commander-in-chief))"
_COMMAND = (r"(?P<office>(?:(?:(?:senior|top|military|field|regional|local|operational|provincial|key)\s+){0,2}commander|"
            r"(?:military|operations|intelligence) chief|deputy (?:leader|head|chief|emir|commander)|second-in-command|"
            r"(?:senior|local|regional|provincial|military) (?:leader|chief|emir)))")
_ADJ = r"(?P<adj>(?:(?:new|current|former|late|slain|suspected|alleged|reputed|reclusive|elusive|self-proclaimed|ambitious|then|one-eyed|next|young|killed|captured|jailed|ousted|previous|first|\w+-born)\s+){0,3})"
OFFICES: tuple[tuple[Attribute, str], ...] = (("commander", _COMMAND), ("leader", _LEAD))
GONE = re.compile(r"\b(?:former|late|slain|ousted|previous|then|killed|captured|jailed|first)\b", re.I)
GONE_BEFORE = re.compile(r"\b(?:former|late|slain|ousted|previous|captured|jailed)\s+(?:the\s+)?$", re.I)
FATE_IN_ADJ = {"slain": "killed", "killed": "killed", "late": "died", "captured": "captured", "jailed": "captured", "former": "former",
               "ousted": "replaced", "previous": "former", "then": "former", "first": "former"}
FATE_AFTER = re.compile(
    r"(?:\s*,[^,.;\n]{1,60},|\s*,)?\s+(?:(?:who|and)\s+)?(?:(?:was|were|had been|has been|is|were reportedly|was reportedly|has reportedly been|being)\s+"
    r"(?:\w+ly\s+)?(?P<done>killed|slain|shot dead|captured|arrested|detained|assassinated|executed|wounded|injured|replaced|removed|deposed|ousted|"
    r"reported killed|reported dead|believed dead)|(?:has\s+|had\s+|reportedly\s+)?(?P<died>died|surrendered|resigned|blew himself up))\b", re.I)
SINCE = re.compile(r"[^.;\n]{0,60}?\bsince\s+", re.I)
FATE_BEFORE = re.compile(r"\b(?P<done>kill(?:ed|ing|s)|death|captur(?:ed?|ing)|arrest(?:ed|ing)?|assassinat(?:ed|ion)|execut(?:ed|ion))(?:\s+of)?\s+(?:the\s+)?(?:\w+\s+){0,2}$", re.I)
FATES = (("kill", "killed"), ("slain", "killed"), ("shot", "killed"), ("assassin", "killed"), ("execut", "killed"), ("death", "died"), ("died", "died"),
         ("dead", "died"), ("blew", "killed"), ("captur", "captured"), ("arrest", "captured"), ("detain", "captured"), ("wound", "injured"), ("injur", "injured"),
         ("surrender", "surrendered"), ("replac", "replaced"), ("remov", "replaced"), ("depos", "replaced"), ("oust", "replaced"), ("resign", "replaced"))
NO_NAME = frozenset(
    "the a an in on at by for from with after before when while if but and or he she it they we who his her its their this that these those as to of "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december "
    "islamic taliban muslim us u.s. un united states according however since last two three four five government army police ministry state".split())

_OF = r"\s+(?:of|for|in)\s+(?:the\s+)?$"


@dataclass(frozen=True, slots=True)
class Naming:
    """A form of words that names who leads. `side`: where the words stand seen from the group's mention."""

    side: str                     # "right": matched from the mention's end; "left": up to its start
    words: str                    # with {office} {adj} {person}
    became: bool = False          # the leader is new: a time beside it is `since`


NAMINGS = (
    Naming("right", r"(?:['’]s?)?\s+{adj}{office},?\s+(?:named\s+|called\s+|known as\s+)?{person}"),
    Naming("left", r"{person}\s*,\s+(?:who\s+(?:is|was)\s+)?(?:the\s+|a\s+)?{adj}{office}" + _OF),
    Naming("left", r"{person}\s+(?:is|was|became|becomes|has become|took over as|was (?:\w+ly )?(?:named|appointed|chosen|elected|made|declared|announced|confirmed)(?: as)?|replaced [^,.;]{{3,40}} as|emerged as|succeeded [^,.;]{{3,40}} as|had been named)\s+(?:the\s+|a\s+|as\s+)?{adj}{office}" + _OF, True),
    Naming("left", r"{office}" + _OF[:-1] + r"(?:(?:militant|armed|terrorist|jihadist)\s+)?$", False),
    Naming("left", r"{person}\s*,?\s+(?:who\s+)?(?:leads|led|heads|headed|commands|has led|had led|has headed|took over|founded and led)\s+(?:(?:the|a)\s+)?$", False),
    Naming("right", r"(?:\s*\([^)]{{1,30}}\))?\s*,?\s+(?:(?:which|that|who)\s+)?(?:(?:is|was|are|were|has been|had been|now|and|reportedly|currently|believed to be|said to be)\s+){{0,3}}(?:led|headed|commanded)\s+by\s+(?:its\s+|the\s+)?(?:(?:{adj}{office})[ ,]+)?{person}"),
    Naming("right", r"\s*,?\s+(?:which\s+|that\s+)?(?:(?:\w+ly|then|also|later)\s+)?(?:(?:has|have|had|got|gained)\s+){{1,2}}(?:an?\s+){adj}(?:\w+\s+){{0,2}}?{office},?\s+(?:named\s+|called\s+)?{person}", True),
    Naming("right", r"\s*,?\s+(?:which\s+)?(?:(?:has|had|have|later|then|also)\s+)?(?:named|appointed|chose|elected|announced|declared|confirmed|picked|selected|installed|nominated)\s+{person}\s+(?:as|to be|to become)?\s*(?:its|their|the)?\s*{adj}{office}", True),
    Naming("right", r"\s*,?\s+under\s+(?:the\s+)?(?:leadership|command)\s+of\s+{person}"),
)
TIES: tuple[tuple[Attribute, bool, re.Pattern[str]], ...]


def _between(words: str) -> re.Pattern[str]:
    return re.compile(words, re.I)


_IS = (r"(?:\s*\([^)]{1,30}\))?\s*,?\s*(?:(?:which|that|who)\s+)?(?:(?:is|was|are|were|became|has been|have been|had been|remains|and)\s+)?"
       r"(?:(?:also|once|long|now|formally|\w{2,15}ly|considered|regarded as|known as|believed to be|said to be)\s+){0,2}")
_HAS = (r"(?:\s*\([^)]{1,30}\))?\s*,?\s*(?:(?:which|that|who|and)\s+)?(?:(?:has|have|had|later|then|\w{2,15}ly|also|once|been|fighters|militants|members)\s+){0,4}")
_DET = r"(?:(?:an?|the|one of the|its|their)\s+)?(?:[\w'’-]+\s+){0,3}?"
_TO = r"\s+(?:(?:the|a|its|their)\s+)?(?:(?:rival|militant|jihadist|terrorist|armed|so-called|larger|group|faction|terror|insurgent)\s+){0,3}$"
# (attribute, reversed, words between the two names); reversed: the second is what the words are about
TIES = (
    ("split", False, _between(_HAS + r"(?:br(?:oke|oken|eaking)\s+(?:away|off|ranks?)|split(?:ting)?(?:\s+(?:off|away))?|splinter(?:ed|ing)(?:\s+off)?|seceded|defected)\s+(?:from|with)" + _TO)),
    ("split", False, _between(_IS + _DET + r"(?:splinter(?: group| faction)?|breakaway(?: group| faction| wing)?)\s+(?:of|from)" + _TO)),
    ("parent", False, _between(_HAS + r"(?:pledg(?:ed|es|ing)|sw(?:ore|orn|earing)|declar(?:ed|ing)|renewed|affirmed)\s+(?:its\s+|their\s+)?(?:an?\s+)?(?:oath of\s+)?(?:allegiance|loyalty|fealty|bay'?ah)\s+to" + _TO)),
    ("parent", False, _between(_IS + _DET + r"(?:affiliate|branch|offshoot|off-shoot|wing|franchise|arm|chapter|subsidiary|battalion|brigade|unit|faction|part)\s+of" + _TO)),
    ("parent", False, _between(_IS + r"(?:an?\s+)?affiliated\s+(?:to|with)" + _TO)),
    ("parent", True, _between(r"(?:['’]s?)?\s+(?:[\w'’-]+\s+){0,2}(?:affiliate|branch|offshoot|wing|franchise|battalion)(?:\s+in\s+[\w -]{2,30}?)?,?\s+(?:the\s+)?$")),
    ("parent", True, _between(r"[-–](?:affiliated)\s+(?:(?:group|militant|militants|faction)\s+){0,2}$")),
    ("rival", False, _between(_IS + r"(?:(?:an?|the|its|their)\s+)?(?:\w+\s+){0,2}(?:rivals?|enem(?:y|ies)|foes?|adversar(?:y|ies)|competitors?)\s+(?:of|to)" + _TO)),
    ("rival", False, _between(r"(?:['’]s?|s['’])\s+(?:\w+\s+){0,2}(?:rivals?|enem(?:y|ies)|foes?)(?:\s+(?:group|movement))?,?\s+(?:the\s+)?$")),
    ("ally", False, _between(_IS + r"(?:allied\s+(?:with|to)|(?:in|part of)\s+(?:an\s+)?alliance\s+with|(?:an?\s+)?(?:\w+\s+){0,2}all(?:y|ies)\s+of)" + _TO)),
    ("ally", False, _between(_HAS + r"(?:allied (?:itself|themselves) (?:with|to)|joined forces with|merged with|form(?:ed|s)\s+an?\s+alliance\s+with|cooperat(?:es|ed|ing)\s+(?:\w+\s+)?with|fights?\s+alongside|fought alongside|fighting alongside|supports|backs)" + _TO)),
    ("ally", False, _between(r"(?:['’]s?)?\s+(?:\w+\s+)?(?:all(?:y|ies)),?\s+(?:the\s+)?$")),
    ("ally", False, _between(r"\s+(?:and|,)\s+(?:its|their)\s+(?:\w+\s+)?all(?:y|ies),?\s+(?:the\s+)?$")),
    ("rival", False, _between(r"\s+(?:and|or|against|,|with|over|from|by)\s+(?:its|their)\s+(?:\w+\s+)?(?:rivals?|enem(?:y|ies)|foes?),?\s+(?:the\s+)?$")),
)
NEGATED = re.compile(r"\b(?:not|never|no longer|neither|denied|denies|rejected|nor|n['’]t|refused)\b", re.I)
UNREAL = re.compile(r"\b(?:if|may|might|could|would|whether|should|will|wants? to|plans? to|sought to|seeks? to)\b", re.I)
ALSO_KNOWN = re.compile(
    r"\s*[,(]?\s*(?:which is\s+|who are\s+|is\s+|are\s+)?(?:(?:better|also|locally|commonly|more commonly|formerly|previously|once|sometimes|widely|formally|officially|now|usually|"
    r"then|popularly|originally)\s+){0,2}(?:known\s+(?:\w+\s+)?(?:by\s+(?:its|the|their)\s+(?:\w+\s+){0,3}(?:acronym|name|initials|abbreviation)s?(?:\s+of)?|as|to \w+ as)|called|a\.?k\.?a\.?|formerly|dubbed|"
    r"referred to as)\s+(?:as\s+)?(?:the\s+)?", re.I)
CALLS_ITSELF = re.compile(
    r"\s*,?\s+(?:which\s+|that\s+|also\s+|now\s+|has\s+|had\s+|later\s+|then\s+){0,3}(?:calls?|called|calling|renamed|rebranded|styles?|styled|dubs)\s+(?:itself|themselves)\s+(?:as\s+)?(?:the\s+)?", re.I)
QUOTED = re.compile(r"[\"“'‘](?P<name>[^\"”’'\n]{2,60})[\"”'’]")
PROPER = re.compile(r"(?P<name>(?:[A-Z][\w’'-]*)(?:\s+(?:(?:of|in|and|the|for|al|wa|fi|de|for the|of the|in the)\s+)?(?:[A-Z][\w’'-]*|al-[A-Z]\w+)){0,7}|al-[A-Z][\w’'-]+(?:\s+[A-Z]\w+){0,3})")
INITIALS = re.compile(r"\s*\(\s*(?:or\s+|the\s+)?(?P<name>[A-Z][A-Z-]{1,8}|[A-Z]\w*-[A-Z]{1,3})\s*\)")


def link_findings(reading: Reading) -> Iterator[Finding]:
    for ref in reading.refs:
        yield from _aliases(reading, ref)
        yield from _leaders(reading, ref)
        yield from _held_areas(reading, ref)
    for first, second in zip(reading.refs, reading.refs[1:], strict=False):
        yield from _ties(reading, first, second)


def _sentence(reading: Reading, ref: GroupRef) -> tuple[int, int]:
    """The sentence around `ref`, no more than 400 characters either side, and within its line."""
    span = reading.doc.char_span(ref.start, ref.end, alignment_mode="expand")
    sent = span.sent if span is not None and len(span) else None
    low, high = (sent.start_char, sent.end_char) if sent is not None else (ref.start, ref.end)
    low, high = max(low, ref.start - 400), min(high, ref.end + 400)
    line_end = reading.text.find("\n", ref.end, high)
    return max(low, reading.text.rfind("\n", low, ref.start) + 1), line_end if line_end >= 0 else high


def _aliases(reading: Reading, ref: GroupRef) -> Iterator[Finding]:
    text, (_, high) = reading.text, _sentence(reading, ref)
    if not ref.named and not CALLS_ITSELF.match(text, ref.end, high):
        return
    if ref.named and (initials := INITIALS.match(text, ref.end, high)) and _abbreviates(reading, initials, ref):
        yield Finding(ref, "alias", {"name": initials.group("name"), "hedge": None}, ref.start, initials.end())
    bracket = re.compile(r"\s*\([^)\n]{1,30}\)").match(text, ref.end, high)
    for at in {ref.end, bracket.end() if bracket else ref.end}:
        cue = ALSO_KNOWN.match(text, at, high) or CALLS_ITSELF.match(text, at, high)
        if cue is None:
            continue
        other = reading.ref_at(cue.end())
        name = QUOTED.match(text, cue.end(), high) or PROPER.match(text, cue.end(), high)
        if other is not None and other.named and (other.group == ref.group or CALLS_ITSELF.match(text, at, high)):
            yield Finding(ref, "alias", {"name": other.name, "hedge": None}, ref.start, other.end)
        elif other is None and name is not None and name.group("name").lower() not in NO_NAME:
            yield Finding(ref, "alias", {"name": name.group("name"), "hedge": None}, ref.start, name.end())


def _abbreviates(reading: Reading, found: re.Match[str], ref: GroupRef) -> bool:
    """Whether the letters in brackets are the group's: a mention of the same group, or letters that open its words."""
    name = found.group("name")
    other = reading.ref_at(found.start("name"))
    if other is not None:
        return other.group == ref.group and other.name != ref.name
    letters = [c for c in name.lower() if c.isalpha()]
    words = iter(w[0].lower() for w in re.findall(r"\w+", ref.name))
    return len(letters) > 1 and all(any(c == w for w in words) for c in letters)


def _leaders(reading: Reading, ref: GroupRef) -> Iterator[Finding]:
    low, high = _sentence(reading, ref)
    for naming in NAMINGS:
        for attribute, office in OFFICES:
            pattern = _compiled(naming.words, office)
            if naming.side == "right":
                match = pattern.match(reading.text, ref.end, high)
            else:
                match = pattern.search(reading.text, max(low, ref.start - 200), ref.start)
            if match is None:
                continue
            kind = attribute if match.groupdict().get("office") else "leader"   # "led by" names no office
            found = _leader(reading, ref, naming, kind, match, high)
            if found is not None:
                yield found
                break


_patterns: dict[tuple[str, str], re.Pattern[str]] = {}


def _compiled(words: str, office: str) -> re.Pattern[str]:
    key = words, office
    if key not in _patterns:
        adjectives = re.sub(r"^\(\?P<adj>", "(?P<adj>", _ADJ)
        filled = words.replace("{{", "{").replace("}}", "}")
        # offices and joining words in any case of the first letter, names only with capitals
        _patterns[key] = re.compile(filled.replace("{office}", office).replace("{adj}", adjectives).replace("{person}", PERSON))
    return _patterns[key]


def _leader(reading: Reading, ref: GroupRef, naming: Naming, attribute: Attribute, match: re.Match[str], high: int) -> Finding | None:
    groups, text = match.groupdict(), reading.text
    start, end = min(ref.start, match.start()), max(ref.end, match.end())
    if groups.get("person") is None:          # "the leader of the X, NAME": the name stands after the group
        after = re.compile(rf"\s*(?:\([^)]{{1,30}}\))?\s*,?\s+{PERSON}").match(text, ref.end, high)
        if after is None:
            return None
        name_at, end = after.span("person"), after.end()
    else:
        name_at = match.span("person")
    trimmed = _trimmed(reading, name_at)
    if trimmed is None or NEGATED.search(text, start, end) or UNREAL.search(text, start, end):
        return None
    name_at = trimmed
    adjectives = groups.get("adj") or ""
    if naming.side == "right" and (ahead := GONE_BEFORE.search(text, max(ref.start - 20, 0), ref.start)):
        adjectives += ahead.group()
        start = ahead.start()
    gone = GONE.search(adjectives)
    fate = FATE_IN_ADJ[gone.group().lower()] if gone else None
    until: TimeMention | None = None
    since: TimeMention | None = None
    after_name = max(end, name_at[1])
    told = FATE_AFTER.match(text, after_name if groups.get("person") is None or naming.side == "right" else end, high)
    before = FATE_BEFORE.search(text, max(start - 60, 0), start)
    if told or before:
        done = (told.group("done") or told.group("died")) if told else before.group("done") if before else ""
        fate = next((f for stem, f in FATES if stem in done.lower()), fate)
        until = _time_beside(reading, told.end() if told else after_name, high)
        end = max(end, told.end() if told else end)
    since_at = SINCE.match(text, after_name, high)
    if since_at:
        since = _time_beside(reading, since_at.end(), high)
    elif naming.became or "new" in adjectives.lower():
        since = _time_after_since(reading, start) or (None if until else _time_beside(reading, after_name, high))
    for time in (since, until):
        if time is not None:
            start, end = min(start, time.start), max(end, time.end)
    value = {"name": text[name_at[0]:name_at[1]], "since": partial_date(since) if since else None,
             "until": partial_date(until) if until else None, "fate": fate,
             "hedge": hedge_in(text, max(start - 25, 0), name_at[0]) or (hedge_in(text, told.start(), told.end()) if told else None)}
    return Finding(ref, attribute, value, min(start, name_at[0]), max(end, name_at[1]))


def _trimmed(reading: Reading, at: tuple[int, int]) -> tuple[int, int] | None:
    """The name without a group's or nationality's words before it, or None where no person's name is left."""
    start, end = at
    for ref in reading.refs_between(start - 40, end + 40):
        if ref.start < end and ref.end > start:
            if ref.start <= start < ref.end < end:
                start = ref.end
            elif start < ref.start:
                end = ref.start
            else:
                return None
    name = reading.text[start:end]
    stripped = name.strip(" ,'’s") if name[:2] in ("'s", "’s") else name.strip(" ,")
    if not stripped or any(w.lower() in NO_NAME for w in stripped.split()[:1]) or any(
            p.start <= start and p.end >= end and not p.adjective for p in reading.document.places):
        return None
    start = reading.text.index(stripped, start)
    return start, start + len(stripped)


def _time_beside(reading: Reading, start: int, high: int) -> TimeMention | None:
    """The time told within 40 characters after `start`, in the same clause."""
    for time in reading.document.times:
        if start <= time.start <= start + 40 and time.end <= high and not re.search(r"[.;]\s", reading.text[start:time.start]):
            return time
    return None


def _time_after_since(reading: Reading, start: int) -> TimeMention | None:
    """The time told with "since" in the 60 characters before `start`: "since June 2020, it has had"."""
    for time in reading.document.times:
        if start - 60 <= time.start and time.end <= start and re.search(
                r"\bsince\s+(?:the\s+)?$", reading.text[max(time.start - 12, 0):time.start], re.I):
            return time
    return None


HELD = re.compile(r"[-–](?P<how>held|controlled|run|ruled|occupied|dominated)\s+", re.I)
GROUP_STRONGHOLD = re.compile(r"(?:['’]s?)?\s+(?:\w+\s+){0,2}(?:strongholds?|bastions?|heartlands?)(?:\s+(?:of|in)|,)?\s+", re.I)
STRONGHOLD_OF = re.compile(r",\s+(?:an?|the|its|once an?|long an?)\s+(?:\w+\s+){0,3}(?:stronghold|bastion|heartland)(?P<of>\s+of\s+(?:the\s+)?)?$", re.I)
UNDER = re.compile(r"\s+(?:(?:is|are|was|were|remains?|remained|has been|fell|came|now|province|district|still|largely|mostly)\s+){0,4}under\s+(?:the\s+)?(?:\w+\s+)?(?:control|rule|sway)\s+of\s+(?:the\s+)?$", re.I)
UNDER_ITS = re.compile(r"\s+(?:(?:is|are|was|were|remains?|remained|fell|came|now|province|district|still)\s+){0,4}under\s+(?:full\s+)?$", re.I)
RETAKEN = re.compile(r"\b(?:re(?:took|taken|captured|taking|capturing)|liberated|freed|wrested|won back|recaptured|seized|took|drove)\b[^.;\n]{0,120}?\bfrom\s+(?:the\s+)?$", re.I)


def _held_areas(reading: Reading, ref: GroupRef) -> Iterator[Finding]:
    """Areas told in nouns: "X-held Vale", "the X stronghold of Vale", "Vale is under X control", "retaken from X"."""
    text, (low, high) = reading.text, _sentence(reading, ref)
    for pattern, sense in ((HELD, "control"), (GROUP_STRONGHOLD, "influence")):
        if match := pattern.match(text, ref.end, high):
            gone = re.search(r"\bformer(?:ly)?\b", text[max(ref.start - 12, low):match.end()], re.I)
            for place in [] if gone else places_from(reading, match.end(), high):
                yield Finding(ref, "area", area_value(place, sense, None), ref.start, place.end)
    if based := re.compile(r"[\w.'’ -]{2,40}?-based\s+(?:[\w-]+\s+){0,2}$").search(text, max(low, ref.start - 60), ref.start):
        for place in reading.document.places:
            if based.start() <= place.start < ref.start and place.end <= ref.start:
                yield Finding(ref, "area", area_value(place, "presence", None), place.start, ref.end)
    for place in reading.document.places:
        if place.adjective or not low <= place.start < ref.start or ref.start - place.end > 80:
            continue
        gap_end = ref.start
        held = STRONGHOLD_OF.search(text, place.end, gap_end)
        if held and held.start() == place.end and (held.group("of") or text[held.end():ref.start] == ""):
            yield Finding(ref, "area", area_value(place, "influence", None), place.start, ref.end)
        own = UNDER_ITS.fullmatch(text, place.end, gap_end) and re.compile(r"(?:['’]s?)?\s+(?:control|rule)\b").match(text, ref.end)
        if (own or UNDER.fullmatch(text, place.end, gap_end)) and not NEGATED.search(text, place.end, gap_end):
            yield Finding(ref, "area", area_value(place, "control", hedge_in(text, place.end, gap_end)), place.start, ref.end)
    if RETAKEN.search(text, max(low, ref.start - 160), ref.start):
        taken = RETAKEN.search(text, max(low, ref.start - 160), ref.start)
        clause = (taken.start() if taken else low, ref.start)
        unreal = UNREAL.search(text, max(low, clause[0] - 20), clause[0]) or NEGATED.search(text, max(low, clause[0] - 20), clause[0])
        for place in reading.document.places:
            if not unreal and not place.adjective and clause[0] <= place.start and place.end <= clause[1]:
                yield Finding(ref, "area", area_value(place, "loss", None), clause[0], ref.end)


def _ties(reading: Reading, first: GroupRef, second: GroupRef) -> Iterator[Finding]:
    """What the words between two mentions say that the groups are to each other."""
    if first.group == second.group or second.start - first.end > 160 or not second.named:
        return
    gap = reading.text[first.end:second.start]
    if re.search(r"[.;]\s|\n", gap) or NEGATED.search(gap) or UNREAL.search(gap):
        return
    between = reading.doc.char_span(first.end, second.start, alignment_mode="contract")
    if between is not None and any(t.pos_ == "VERB" and reading.reality_of(t) in ("negated", "unreal") for t in between):
        return
    for attribute, backwards, words in TIES:
        if not words.match(gap if gap[-1:].isspace() or backwards else gap + " "):
            continue
        about, other = (second, first) if backwards else (first, second)
        value = {"group": other.group, "name": other.name, "hedge": hedge_in(reading.text, first.end, second.start)}
        yield Finding(about, attribute, value, first.start, second.end)
        return
