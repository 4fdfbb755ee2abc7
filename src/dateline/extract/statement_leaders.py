"""Who is said to lead a group or to command for it, since when, until when, and what became of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from dateline.extract.document import TimeMention
from dateline.extract.statement_grammar import GroupRef, Reading
from dateline.extract.statement_rules import NEGATED, UNREAL, Finding, hedge_in, partial_date
from dateline.extract.statement_unlisted import NO_NAME
from dateline.records.group import Attribute

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĆČĐĞĪİŁŌŚŞŠŪŽ"
_WORD = (rf"(?:[{_CAPITAL}]\.|[{_CAPITAL}](?:[\w’'-]{{0,30}}\w)?|"
         rf"(?:al|el|ad|an|ar|as|at|az|ash|ul|ur)-[{_CAPITAL}][\w’'-]{{0,30}}\w)")
_LINK = r"(?:(?:bin|ibn|ben|bint|abu|ul|ud|al|el|de|da|dos|van|von|der|of)\s+){0,2}"
PERSON = rf"(?P<person>{_WORD}(?:\s+{_LINK}{_WORD}){{0,5}})"
_LEAD = (
    r"(?P<office>(?i:(?:(?:supreme|top|overall|spiritual|political|de facto|veteran|long-?time|founding)\s+)?"
    r"(?:leader|chief|emir|amir|head|boss|caliph|founder|commander-in-chief)))"
)
_COMMAND = (
    r"(?P<office>(?i:(?:(?:senior|top|military|field|regional|local|operational|provincial|key)\s+){0,2}commander|"
    r"(?:military|operations|intelligence) chief|chief of staff|deputy (?:leader|head|chief|emir|commander)|second-in-command|"
    r"(?:senior|local|regional|provincial|military) (?:leader|chief|emir)))"
)
_ADJ = (
    r"(?P<adj>(?i:(?:new|current|former|late|slain|suspected|alleged|reputed|reclusive|elusive|self-proclaimed|ambitious|"
    r"then|one-eyed|next|young|killed|captured|jailed|ousted|previous|first|\w{2,20}-born|main|most senior|leading|gang|fanatic|"
    r"urban|general|guerrilla|rebel|terrorist|militant|group)\s+){0,3})"
)
OFFICES: tuple[tuple[Attribute, str], ...] = (("commander", _COMMAND), ("leader", _LEAD))
FATE_IN_ADJECTIVE = {
    "slain": "killed", "killed": "killed", "late": "died", "captured": "captured", "jailed": "captured",
    "former": "former", "previous": "former", "then": "former", "first": "former", "ousted": "replaced",
}
GONE = re.compile(rf"\b(?:{'|'.join(FATE_IN_ADJECTIVE)})\b", re.I)
GONE_BEFORE = re.compile(r"\b(?:former|late|slain|ousted|previous|captured|jailed)\s+(?:the\s+)?$", re.I)
FATE_AFTER = re.compile(
    r"(?:\s*,[^,.;\n]{1,60},|\s*,|\s+in\s+[A-Z][\w-]+)?\s+(?:(?:who|and)\s+)?(?:"
    r"(?:was|were|had been|has been|is|were reportedly|was reportedly|has reportedly been|being)\s+(?:\w{2,20}ly\s+)?"
    r"(?P<done>killed|slain|shot dead|captured|arrested|detained|assassinated|executed|wounded|injured|replaced|"
    r"removed|deposed|ousted|reported killed|reported dead|believed dead)|"
    r"(?:has\s+|had\s+|reportedly\s+)?(?P<died>died|surrendered|resigned|blew himself up))\b", re.I)
FATE_BEFORE = re.compile(
    r"(?<!\bto )\b(?P<done>kill(?:ed|ing|s)|death|captur(?:ed?|ing)|arrest(?:ed|ing)?|assassinat(?:ed|ion)|execut(?:ed|ion))"
    r"(?:\s+of)?\s+(?:the\s+)?(?:\w{1,20}\s+){0,2}$", re.I)
FATES = (                         # (the word begins with or holds, what became of the leader)
    ("kill", "killed"), ("slain", "killed"), ("shot", "killed"), ("assassin", "killed"), ("execut", "killed"),
    ("blew", "killed"), ("death", "died"), ("died", "died"), ("dead", "died"), ("captur", "captured"),
    ("arrest", "captured"), ("detain", "captured"), ("wound", "injured"), ("injur", "injured"),
    ("surrender", "surrendered"), ("replac", "replaced"), ("remov", "replaced"), ("depos", "replaced"),
    ("oust", "replaced"), ("resign", "replaced"),
)
AMONG_THE_DEAD = re.compile(r"\b(?:killed|killing|died|dead)\b[^.;\n]{0,100}?\b(?:including|among them)\s+(?:its|an?|their|"
                            r"the)?\s*"
                            r"(?:[\w-]+\s+){0,3}?(?:leader|commander|chief|emir)\s*,?\s*$", re.I)
TITLE = re.compile(r"(?:commander|comandante|commandant|chief|leader|captain|capt\.?|general|gen\.?|colonel|col\.?)\s+", re.I)
SINCE = re.compile(r"[^.,;\n]{0,60}?,?\s{0,3}\bsince\s+", re.I)   # past a comma it is of something else
_OF = r"\s+(?:of|for|in)\s+(?:the\s+)?$"


@dataclass(frozen=True, slots=True)
class Naming:
    """A form of words that names who leads. `side`: where the words stand seen from the group's mention."""

    side: str                     # "right": matched from the mention's end; "left": up to its start
    words: str                    # with {office} {adj} {person}
    became: bool = False          # the leader is new: a time beside it is `since`


# "a rebel group that took up arms in 1999 and is led by", "led by former Ardenian priest Omar Vell"
_WHAT_IT_IS = (r"(?:(?:an?|the)\s+(?:[a-z][\w-]{0,20}\s+){0,4}(?:group|faction|militia|movement|organi[sz]ation|gang|cartel|"
               r"alliance)\s+(?:(?:that|which)\s+[^.,;\n]{3,60}?\sand\s+)?)?")
_WHAT_HE_IS = r"(?:(?:former|ex-|self-styled|exiled)\s*)?(?:[A-Z][a-z]+\s+)?(?:[a-z][a-z-]{2,20}\s+){1,2}"
NAMINGS = (
    Naming("right", r"(?:['’]s?)?\s+{adj}{office}\]?,?\s+(?:named\s+|called\s+|known as\s+)?(?:[\"“]\w+[\"”]\s+)?{person}"),
    Naming("right", r"(?:\s+\w+){0,3}\s+and\s+its\s+{adj}{office},?\s+{person}"),
    Naming("right", r"\s+{adj}(?P<office>(?:leaders|commanders))\s+(?:such as|including|like)\s+{person}"),
    Naming("right", r"[^.;\n]{0,80}?\b(?:including|among them)\s+(?:its|an?|their|the)\s+{adj}{office}\s*,?\s+{person}"),
    Naming("left", r"{person}\s*,?\s+(?:\d{1,2},\s+)?(?:who\s+(?:is|was)\s+)?(?:the\s+|an?\s+)?{adj}{office}" + _OF[:-1]
           + r"(?:(?:[\w-]+\s+){0,3}(?:group|movement|faction|militia)\s+)?$"),
    Naming("left", r"{person}\s+(?:is|was|became|becomes|has become|took over as|was (?:\w+ly )?(?:named|appointed|"
                   r"chosen|elected|made|declared|announced|confirmed)(?: as)?|replaced [^,.;]{3,40} as|emerged as|"
                   r"succeeded [^,.;]{3,40} as|had been named)\s+(?:the\s+|a\s+|as\s+)?{adj}{office}" + _OF, True),
    Naming("left", r"{office}" + _OF[:-1] + r"(?:(?:militant|armed|terrorist|jihadist)\s+)?$", False),
    Naming("left", r"{person}\s*,?\s+(?:who\s+)?(?:leads|led|heads|headed|commands|has led|had led|has headed|"
                   r"took over|founded and led)\s+(?:(?:the|a)\s+)?$", False),
    Naming("right", r"(?:\s*\([^)]{1,30}\))?\s*,?\s+" + _WHAT_IT_IS + r"(?:(?:which|that|who)\s+)?(?:(?:is|was|are|were|has been|"
                    r"had been|now|and|reportedly|currently|believed to be|said to be)\s+){0,3}(?:led|headed|"
                    r"commanded)\s+by\s+(?:(?:its|the|an?)\s+)?(?:(?:(?:{adj}{office})[ ,]+)|" + _WHAT_HE_IS + r")?{person}"),
    Naming("right", r"\s*,?\s+(?:which\s+|that\s+)?(?:(?:\w+ly|then|also|later)\s+)?(?:(?:has|have|had|got|"
                    r"gained)\s+){1,2}(?:an?\s+){adj}(?:\w+\s+){0,2}?{office},?\s+(?:named\s+|"
                    r"called\s+)?{person}", True),
    Naming("right", r"\s*,?\s+(?:which\s+)?(?:(?:has|had|have|later|then|also)\s+)?(?:named|appointed|chose|elected|"
                    r"announced|declared|confirmed|picked|selected|installed|nominated)\s+{person}\s+(?:as|to be|"
                    r"to become)?\s*(?:its|their|the)?\s*{adj}{office}", True),
    Naming("left", r"{person}\s*,[^.;\n]{0,60}?\bwho\s+(?:is|was)\s+(?:among|one of)\s+the\s+{adj}(?P<office>leaders|commanders)"
                   r"\s+of\s+(?:the\s+)?(?:[A-Z][\w]+\s?-\s?based\s+)?$"),
    Naming("left", r"{person}\s+(?:(?:has|had|later|then|soon)\s+){0,2}(?:became|become|was|is)\s+an?\s+{adj}{office}\s+"
                   r"(?:within|in|of|with)\s+(?:the\s+)?$"),
    Naming("left", r"{person}\s+(?:(?:has|had|later|then|also)\s+)?(?:founded|co-founded|formed|set up|established)\s+"
                   r"(?:the\s+)?$"),
    Naming("right", r"\s*,?\s+under\s+(?:the\s+)?(?:leadership|command)\s+of\s+{person}"),
)


# "A, B and C" after "commanders"; "NAME, one of the X leaders": the group stands between the name and the office
LISTED = re.compile(rf"\b(?i:commanders)\s*:?\s+(?P<names>{PERSON}(?:(?:,\s+(?:and\s+)?|\s+and\s+)"
                    rf"{PERSON.replace('?P<person>', '?:')}){{1,7}})")
JOINT = re.compile(r",\s+(?:and\s+)?|\s+and\s+")
NAMED_BEFORE = re.compile(
    rf"{PERSON}(?:\s*[,\[(]\s*(?:who\s+(?:is|was)\s+)?(?:considered\s+|believed to be\s+)?(?:one of\s+)?(?:the\s+|an?\s+)?|"
    r"\s+(?:an?|the|former)\s+)"
    r"(?:(?:[a-z][\w-]*|\d+)\s+){0,4}$")
OFFICE_AFTER = re.compile(rf"(?:['’]s?)?\s+{_ADJ}(?P<office>(?i:(?:deputy )?chief of staff|leaders?|chiefs?|bosse?s?|emir|"
                          rf"heads?|commanders?))\b")
LOST_HOW = frozenset({"killed", "captured", "died"})


# "the leader of the X in Vale, NAME"
NAME_AFTER = re.compile(rf"\s*(?:\([^)]{{1,30}}\))?(?:['’]s?\s+(?:\w+\s+)?(?:forces|fighters|operations))?"
                        rf"(?:\s+in\s+(?:the\s+)?[A-Z][\w-]+(?:\s+[A-Z][\w-]+)?(?=,))?\s*,?\s+{PERSON}")
# a sentence without these names nobody who leads: most are passed over by one look
CUE = re.compile(r"lead|\bled\b|chief|[ea]mir|head|boss|caliph|found|command|second-in|took over|staff", re.I)


def leader_findings(reading: Reading) -> Iterator[Finding]:
    cued: dict[tuple[int, int], bool] = {}
    for ref in reading.refs:
        line = reading.line_of(ref)
        if line not in cued:
            cued[line] = CUE.search(reading.text, *line) is not None
        if not cued[line]:
            continue
        for found in chain(_leaders(reading, ref), _between_name_and_office(reading, ref), _listed(reading, ref)):
            yield found
            if found.value["fate"] in LOST_HOW:       # who is killed or captured is a loss of the group's
                words = {"of": "leader", "where": None, "other_places": [], "when": found.value["until"],
                         "text": found.value["name"]}
                yield Finding(ref, "loss", words, found.start, found.end)


def _listed(reading: Reading, ref: GroupRef) -> Iterator[Finding]:
    """"signed by commanders A, B and C": those of the group named last before."""
    text, (_, high) = reading.text, reading.line_of(ref)
    stop = next((r.start for r in reading.refs_between(ref.end, high) if r.named), high)
    found = LISTED.search(text, ref.end, high) if ref.named else None
    if found is None or found.start() > min(stop, ref.end + 200):
        return
    at = found.start("names")
    for name in JOINT.split(found.group("names")):
        start = text.index(name, at)
        at = start + len(name)
        if (trimmed := _trimmed(reading, (start, at))) is not None:
            yield _finding(reading, ref, "commander", trimmed, None, ref.start, at)


def _between_name_and_office(reading: Reading, ref: GroupRef) -> Iterator[Finding]:
    """"Omar Vell, a Red Lantern leader"."""
    text, (low, high) = reading.text, reading.line_of(ref)
    before = NAMED_BEFORE.search(text, max(low, ref.start - 110), ref.start)
    office = OFFICE_AFTER.match(text, ref.end, high) if before and ref.named else None
    if before is None or office is None:
        return
    trimmed = _trimmed(reading, before.span("person"))
    if trimmed is not None:
        told = FATE_AFTER.match(text, office.end(), min(high, office.end() + 60)) or re.compile(
            r"[^.,;\n]{0,40}?\s(?:was|were)\s+(?:\w+ and\s+)?(?P<done>killed|captured|arrested)\b").match(
                text, office.end(), high)
        done = (told.group("done") or "").lower() if told else ""
        fate = next((f for stem, f in FATES if done and stem in done), None)
        kind: Attribute = "commander" if re.search("command|staff", office.group("office"), re.I) else "leader"
        yield _finding(reading, ref, kind, trimmed, fate, trimmed[0], told.end() if told else office.end())


def _finding(reading: Reading, ref: GroupRef, kind: Attribute, at: tuple[int, int], fate: str | None, start: int,
             end: int) -> Finding:
    value = {"name": reading.written(*at), "since": None, "until": None, "fate": fate,
             "hedge": hedge_in(reading.text, start, end)}
    return Finding(ref, kind, value, start, end)


def _leaders(reading: Reading, ref: GroupRef) -> Iterator[Finding]:
    low, high = reading.line_of(ref)
    for naming in NAMINGS:
        for attribute, office in OFFICES:
            pattern = _compiled(naming.words, office)
            if naming.side == "right":
                match = pattern.match(reading.text, ref.end, high)
            else:
                match = pattern.search(reading.text, max(low, ref.start - 200), ref.start)
            if match is None:
                continue
            office_told = match.groupdict().get("office")
            kind: Attribute = attribute if office_told else "leader"            # "led by" names no office
            if office_told and "{office}" not in naming.words:
                kind = "commander" if "command" in office_told.lower() else "leader"
            found = _leader(reading, ref, naming, kind, match, high)
            if found is not None:
                yield found
                break


@cache
def _compiled(words: str, office: str) -> re.Pattern[str]:
    """The pattern of a naming for one office: names need their capitals, offices may stand in any case."""
    return re.compile(words.replace("{office}", office).replace("{adj}", _ADJ).replace("{person}", PERSON))


def _leader(
    reading: Reading, ref: GroupRef, naming: Naming, attribute: Attribute, match: re.Match[str], high: int,
) -> Finding | None:
    groups, text = match.groupdict(), reading.text
    start, end = min(ref.start, match.start()), max(ref.end, match.end())
    if groups.get("person") is None:          # "the leader of the X, NAME": the name stands after the group
        after = NAME_AFTER.match(text, ref.end, high)
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
    fate = FATE_IN_ADJECTIVE[gone.group().lower()] if gone else None
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
    among = AMONG_THE_DEAD.search(text, max(reading.line_of(ref)[0], ref.start - 100), name_at[0])
    if fate is None and among:
        fate = "killed"
    since_at = SINCE.match(text, after_name, high)
    if since_at:
        since = _time_beside(reading, since_at.end(), high)
    elif naming.became or "new" in adjectives.lower():
        since = _time_after_since(reading, start) or (None if until else _time_beside(reading, after_name, high))
    for time in (since, until):
        if time is not None:
            start, end = min(start, time.start), max(end, time.end)
    if text[max(start - 6, 0):start].lower().endswith("since "):
        start -= len("since ")
    hedge = hedge_in(text, max(start - 25, 0), name_at[0]) or (
        hedge_in(text, told.start(), told.end()) if told else None)
    value = {"name": reading.written(*name_at), "since": partial_date(since) if since else None,
             "until": partial_date(until) if until else None, "fate": fate,
             "hedge": hedge}
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
    if title := TITLE.match(reading.text, start, end):
        start = title.end()
    name = reading.text[start:end]
    stripped = name.strip(" ,'’s") if name[:2] in ("'s", "’s") else name.strip(" ,")
    if not stripped or any(w.lower() in NO_NAME for w in stripped.split()[:1]) or any(
            p.start <= start and p.end >= end and not p.adjective for p in reading.places_between(start - 60, end)):
        return None
    start = reading.text.index(stripped, start)
    return start, start + len(stripped)


def _time_beside(reading: Reading, start: int, high: int) -> TimeMention | None:
    """The time told within 40 characters after `start`, in the same clause."""
    for time in reading.times_between(start, min(start + 80, high)):
        if time.start <= start + 40 and not re.search(r"[.;]\s", reading.text[start:time.start]):
            return time
    return None


def _time_after_since(reading: Reading, start: int) -> TimeMention | None:
    """The time told with "since" in the 60 characters before `start`: "since June 2020, it has had"."""
    for time in reading.times_between(start - 60, start):
        if re.search(
                r"\bsince\s+(?:the\s+)?$", reading.text[max(time.start - 12, 0):time.start], re.I):
            return time
    return None
