"""Armed groups that the register lacks, by what the report calls them: "the Sun Guard, a rebel group", "Sun Guard Brigade".

For statements alone: who acts in an incident is read from the register and from common nouns, without these names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dateline.extract.group_context import PEOPLE, called_a_group

Span = tuple[int, int]
# words with a capital that open a sentence, or that are no name by themselves
NO_NAME = frozenset({
    "the", "a", "an", "in", "on", "at", "by", "for", "from", "with", "after", "before", "when", "while", "if",
    "but", "and", "or", "he", "she", "it", "they", "we", "who", "his", "her", "its", "their", "this", "that",
    "these", "those", "as", "to", "of", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december", "islamic", "taliban", "muslim", "us", "u.s.", "un", "united", "states", "according",
    "however", "since", "moreover", "meanwhile", "later", "earlier", "then", "elsewhere", "also", "said", "reports", "sources",
    "last", "two", "three", "four", "five", "government", "army", "police", "ministry",
    "state",
})
_WORD = r"(?:[A-Z][\w’']*(?:-[A-Za-z][\w’']*){0,3}|al-[A-Z][\w’'-]*)"
_LINK = r"(?:(?:of|the|for|del?|la|al)\s+){0,2}"
NAME = rf"(?P<name>{_WORD}(?:\s+{_LINK}{_WORD}){{0,5}})"
_ARMED = r"(?:armed|rebel|militant|guerrilla|insurgent|jihadist|jihadi|islamist|terrorist|paramilitary|separatist|extremist)"
_BODY = r"(?:group|faction|militia|movement|outfit|organi[sz]ation|brigade|battalion|coalition|alliance)"
_KIND = rf"(?:[a-z][\w-]*\s+){{0,3}}(?i:(?:{_ARMED}\s+)+{_BODY}|militia|guerrilla movement|(?:rebel|guerrilla) army)\b"
CALLED = (
    # "Sun Guard, a rebel group"; "THE LAMPLIGHTERS" IS AN ARMED GROUP
    re.compile(rf"{NAME}[\"”]?\s*(?:\([^)\n]{{1,20}}\))?,?\s+(?:(?i:is|was|are|were)\s+)?(?i:an?|another|the)\s+{_KIND}"),
    # "the rebel group Sun Guard", "an armed group called the Sun Guard"
    re.compile(rf"\b(?i:{_ARMED})\s+(?i:{_BODY})\s+(?i:(?:called|named|known as|calling itself)\s+)?(?i:the\s+)?[\"“]?{NAME}"),
)
# "the Sun Guard militant group", "the Sun Guard militia"
BODY_OF = re.compile(rf"\b[Tt]he\s+{NAME}\s+(?i:{_ARMED}\s+{_BODY}|militia|faction|guerrillas|brigades?|battalions?)\b")
# "the Sun Guard Brigade", "Sun Guard brigade": a name of its own with a word for a body of fighters
FORMATION = re.compile(rf"{_WORD}(?:\s+{_LINK}{_WORD}){{0,4}}\s+(?i:brigades?|militia)\b")
# names in Arabic that only a group bears
ARABIC = re.compile(
    r"\b(?:Ja[iy]sh|Liwa|Harak(?:at|ah)|Kat[aā]['’]?[ei]b|Katib(?:at|ah)|Faylaq|Ansar|Jund|Jabhat|Saraya|Asa['’]?ib)"
    r"(?:\s+|-)(?:(?:al|ash|as|an|ad|ul)[\s-]){0,1}[A-Z][\w’'-]+(?:\s+(?:al[\s-])?[A-Z][\w’'-]+){0,2}")
# "the Morrow Front claimed": a party or a park may be called so, the words around it tell
MAYBE = re.compile(rf"{_WORD}(?:\s+{_LINK}{_WORD}){{0,4}}\s+"
                   r"(?:Front|Army|Movement|Command|Guard|Forces|Battalions?|Resistance)\b")
WING_OF = re.compile(rf"{NAME}\s*,\s+[^,.;\n]{{2,50}}?\s?['’]\s?s?\s+(?:political|armed|military|youth)\s+wing\b")
QUICK = re.compile(rf"\b(?:{_ARMED}|militia|brigade|battalion|wing|front|army|movement|command|guard|forces|resistance|"
                   r"ja[iy]sh|liwa|harak|kat|faylaq|ansar|jund|jabhat|saraya|asa)", re.I)
STATE = frozenset({
    "national", "republican", "presidential", "army", "infantry", "airborne", "armoured", "armored", "mechanized", "tank",
    "royal", "revolutionary", "armed", "government", "border", "coast", "marine", "air", "special", "rapid", "police", "state",
    "security", "peoples", "people's", "elite", "counter", "first", "second", "third", "fourth", "fifth", "sixth", "seventh",
})
DESCRIBED = re.compile(r"-(?:based|backed|led|linked|born|held|run)$")
NUMBERED = re.compile(r"\d(?:st|nd|rd|th)\s+$")
# what each pattern needs somewhere: a look for these spares most of the text
CALL_CUE = re.compile(rf"\b(?:{_ARMED}\s+{_BODY}|militia|faction|guerrillas|brigades?|battalions?|army|wing|"
                      r"guerrilla\s+movement)\b", re.I)
FORMATION_CUE = re.compile(r"\b(?:brigades?|militia)\b", re.I)
MAYBE_CUE = re.compile(r"\b(?:Front|Army|Movement|Command|Guard|Forces|Battalions?|Resistance)\b")
NEAR = 150                        # characters around such a word within which the name stands
MOST_NAMES = 400                  # of one report


def unlisted_names(text: str, known: Sequence[Span], places: Sequence[Span], peoples: Sequence[Span]) -> list[Span]:
    """Where armed groups are named in `text`, whole names in order, none of them within `known` or another.

    known: mentions of the register's groups. places: names of places, which name no group alone. peoples: adjectives of
    countries, since an "Ardenian Army" is a state's. Each in the order of the text.
    """
    if not QUICK.search(text):
        return []
    found: list[Span] = []
    for start, end in _candidates(text, known, peoples):
        if len(found) >= MOST_NAMES:
            break
        within = any(s <= start and end <= e for s, e in _meeting(start, end, (*places, *peoples)))
        if not within and not _meeting(start, end, known) and not _meeting(start, end, found):
            found.append((start, end))
    return sorted((*found, *_told_again(text, found, known)))


def _candidates(text: str, known: Sequence[Span], peoples: Sequence[Span]) -> Iterator[Span]:
    called = _around(text, CALL_CUE)
    for pattern in (*CALLED, BODY_OF, WING_OF):
        for match in _within(pattern, text, called):
            # "the Sun Guard militant group Omar Vell": the group has its name before
            named = any(match.start() - 2 <= end <= match.start() for _, end in known)
            state = pattern is BODY_OF and match["name"].split()[0].lower() in STATE
            if not named and not state and not DESCRIBED.search(match["name"]):
                yield from _named(text, *match.span("name"))
    for match in ARABIC.finditer(text):
        yield match.span()
    for pattern, cue in ((FORMATION, FORMATION_CUE), (MAYBE, MAYBE_CUE)):
        for match in _within(pattern, text, _around(text, cue)):
            for start, end in _named(text, *match.span()):
                words = text[start:end].split()
                state = bool(words[0].lower() in STATE or NUMBERED.search(text[max(start - 6, 0):start])
                             or _meeting(start, end, peoples))
                # "Kurdish militia" is no name, "Sun Guard brigade" is
                enough = len(words) > (1 if words[-1][0].isupper() else 2)
                if enough and not state and (pattern is FORMATION or called_a_group(text, start, end)):
                    yield start, end


def _around(text: str, cue: re.Pattern[str]) -> list[Span]:
    """The stretches of text around each cue, in order and apart: a name is looked for there alone."""
    found: list[Span] = []
    for match in cue.finditer(text):
        start, end = max(match.start() - NEAR, 0), min(match.end() + NEAR, len(text))
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found


def _within(pattern: re.Pattern[str], text: str, stretches: Sequence[Span]) -> Iterator[re.Match[str]]:
    for start, end in stretches:
        yield from pattern.finditer(text, start, end)


def _named(text: str, start: int, end: int) -> Iterator[Span]:
    """The name without words before it that only open a sentence; nothing where no name is left."""
    while start < end:
        word = re.match(r"\S+", text[start:end])
        first = word.group().lower().strip(",'’") if word else ""
        if word is None or first not in NO_NAME | PEOPLE:       # "Fighters of the Sun Guard"
            break
        rest = text[start + word.end():end]
        start += word.end() + len(rest) - len(rest.lstrip())
    if end - start > 3 and text[start].isupper() and text[start:end].lower() not in STATE:
        yield start, end


def _told_again(text: str, found: Sequence[Span], known: Sequence[Span]) -> Iterator[Span]:
    """Where a name that was found stands elsewhere without what called it a group."""
    names = {text[start:end] for start, end in found if " " in text[start:end] or "-" in text[start:end]}
    if not names:
        return
    every = re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True)) + r")(?![\w-])")
    for match in every.finditer(text):
        if not _meeting(*match.span(), known) and not _meeting(*match.span(), found):
            yield match.span()


def _meeting(start: int, end: int, spans: Iterable[Span]) -> list[Span]:
    """Those of `spans` that share a character with [start, end)."""
    return [span for span in spans if span[0] < end and start < span[1]]
