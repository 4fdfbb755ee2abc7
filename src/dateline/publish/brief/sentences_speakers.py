"""Who says it, in words: speakers, groups and outlets as a sentence names them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from dateline.publish.names import BLANK
from dateline.publish.safe import plain
from dateline.reconcile.words import word_set
from dateline.records import Figure, Speaker
from dateline.records.account import SpeakerKind

Names = Callable[[str], str | None]
"""A group's id -> its name; None for one that nobody knows."""

LONGEST = 90                      # characters of a report's own words inside a sentence
MOST_NAMED = 3                    # speakers of one count
# What takes an article before it: its last word.
_BODIES: Final = word_set("""
administration agency alliance army authority brigade bureau center centre coalition command commission committee council
coordination crescent cross department directorate embassy force forces foundation front government guard guards headquarters
institute kremlin ministry mission military movement nations navy observatory office organisation organization party pentagon
presidency secretariat service services taliban treasury union guards houthis
""")
# One of several: "a UN report", "a Taliban spokesman".
_SINGULAR: Final = word_set("""
activist analyst captain chief colonel commander document doctor general letter lieutenant major medic nurse officer official
paramedic policeman report resident sergeant shopkeeper soldier source spokesman spokesperson spokeswoman statement study survivor
villager witness
""")
_PLURAL: Final = word_set("brigades forces gunmen guards houthis men people police taliban tigers troops")
_ALONE: Final = word_set("governor mayor president premier")     # "the provincial governor"
_ARTICLES: Final = frozenset({"the", "a", "an"})
# A capital that only the beginning of a sentence gave these: "County officials", "State television ORTM".
_SMALL: Final = word_set("""
a activists an army city colonel county district doctors emergency first four government governor health hospital interior
local many mayor medical medics military nurses officials one police provincial regional rescue residents security several
some sources staff state survivors the three town two tribal unnamed village villagers witnesses relatives media reports
authorities opposition
""")
_OF_SOMETHING: Final = re.compile(r"^(?:office|head|chief|commander|governor|mayor|director|leader|president|minister|spokes\w+)"
                                  r"\s+(?:of|for)\b", re.I)
_FOR_SOMETHING: Final = re.compile(r"\s+(?:for|of)\s+")
_ONE_OF_MANY: Final = word_set(
    "spokesman spokeswoman spokesperson official officer source representative adviser commander member")
_UNNAMED: Final[dict[SpeakerKind, str]] = {
    "hospital": "hospital staff", "list": "a list of names", "official": "an official", "police": "police",
    "military": "an officer", "armed group": "an armed group", "monitor": "a monitor", "witness": "a witness",
    "agency": "an agency", "other": "a person quoted"}


def said_by(figure: Figure, names: Names) -> tuple[str, ...]:
    """Who gives `figure`, each once; () where the report gives it in its own voice."""
    if figure.speaker is None:
        return ()
    if not figure.speakers:
        return (with_article(small(short(figure.speaker))),)
    return tuple(dict.fromkeys(speaker_name(one, names) for one in figure.speakers))


def speaker_name(speaker: Speaker, names: Names) -> str:
    """ "an Interior Ministry spokesman", "the Public Health Ministry", "a Taliban spokesman", "a witness".

    Nobody private is named: a person is named only with an office that is theirs alone.
    """
    text, office, body = plain(speaker.text), plain(speaker.office), without_article(plain(speaker.organisation))
    if speaker.kind == "armed group" and speaker.party and (group := names(speaker.party)):
        return f"{a_or_an(group)} {group} {office}" if _is_one_of_many(office) else with_article(group)
    if speaker.person and (speaker.kind == "witness" or BLANK in speaker.person or not (office or body)):
        return _UNNAMED[speaker.kind]
    if body and _is_one_of_many(office) and body.casefold() not in ("office of", "office"):
        return f"{a_or_an(body)} {body} {office}"
    if not text or BLANK in text:
        return with_article(small(short(body))) if body and BLANK not in body else _UNNAMED[speaker.kind]
    return with_article(small(short(text)))


PRIVATE: Final = word_set("""
resident villager witness eyewitness survivor relative neighbour neighbor shopkeeper farmer herder driver student pupil trader
fisherman worker mother father brother sister son daughter wife husband uncle aunt cousin widow refugee patient
""")


def unnamed(speaker: str) -> str:
    """A speaker as written, without the name of somebody who speaks for themselves: "Resident Oare Moss" is a resident."""
    words = speaker.split()
    trade = next((word for word in words if word.casefold().strip(",") in PRIVATE), None)
    is_named = any(word[:1].isupper() and word.casefold().strip(",") not in PRIVATE for word in words)
    if trade is None or not is_named or any(word.casefold() in _BODIES for word in words):
        return speaker
    trade = trade.casefold().strip(",")
    return f"{a_or_an(trade)} {trade}"


def distinct(speakers: Iterable[str]) -> tuple[str, ...]:
    """Each once; of a body and its own spokesman the body alone: "the Health Ministry"."""
    found = tuple(dict.fromkeys(speakers))
    bodies = {f"{a_or_an(body)} {body} spokes" for one in found if (body := without_article(one)) != one}
    return tuple(one for one in found if not any(one.startswith(body) for body in bodies))


def with_article(name: str) -> str:
    """`name` with the article that English wants: "the Public Health Ministry", "police", "Kenya's disaster response agency"."""
    words = name.split()
    if not words:
        return name
    if words[0].casefold() in _ARTICLES:
        return " ".join([words[0].lower(), *words[1:]])
    if words[0].casefold() in ("state:",) or re.search(r"['’]s$", words[0]):
        return name
    head = _FOR_SOMETHING.split(name)[0].split()        # "Observatory for Human Rights", "Ministry of Defence"
    is_body = head[-1:] and head[-1].casefold() in _BODIES
    if is_body or _OF_SOMETHING.match(name) or words[-1].casefold() in _BODIES or (name.islower() and words[-1] in _ALONE):
        return f"the {name}"
    if name in ("US", "UK", "UN", "EU"):
        return f"the {name}"
    if words[-1].casefold() in _SINGULAR:
        return f"{a_or_an(name)} {name}"
    return name


def without_article(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if first.casefold() == "the" and rest else name


def group_name(group: str | None, names: Names, otherwise: str = "") -> str:
    """A group by its name in the register, a state by what the report calls it; with its article."""
    known = names(group) if group else None
    name = known or small(short(otherwise))
    return with_article(f"al-{name[3:]}" if name.startswith("Al-") else name) or "an unnamed group"


def small(name: str) -> str:
    """`name` without the capital that only the beginning of a sentence gave it."""
    first, _, rest = name.partition(" ")
    if first.casefold() in _SMALL and (not rest or not rest[:1].isupper()):
        return name[:1].lower() + name[1:]
    return name


def capital(sentence: str) -> str:
    """`sentence` with a capital first; "al-Shabaab" becomes "Al-Shabaab"."""
    return sentence[:1].upper() + sentence[1:]


def listed(words: Sequence[str], most: int = MOST_NAMED) -> str:
    """ "a", "a and b", "a, b and c"; "a, b and 2 others" where there are more than `most`."""
    if len(words) > most:
        words = [*words[:most - 1], f"{len(words) - most + 1} others"]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def a_or_an(name: str) -> str:
    first = name.split(" ")[0]
    if first.isupper() and len(first) > 1:             # letter by letter: "an FSA spokesman", "a UN official"
        return "an" if first[0] in "AEFHILMNORSX" else "a"
    return "an" if first[:1].casefold() in "aeio" or (first[:1].casefold() == "u" and first[:2].casefold() not in ("un", "us")) \
        or (first[:2].casefold() == "un" and first[:3].casefold() != "uni") else "a"


def is_or_are(name: str) -> str:
    """The verb after a group's name: "the Taliban are", "Islamic State is"."""
    last = name.split()[-1] if name.split() else ""
    return "are" if last.casefold() in _PLURAL or (last.islower() and last.endswith("s") and not last.endswith("ss")) else "is"


def short(words: str | None, most: int = LONGEST) -> str:
    """Words of a report on one line, without what could move anything on a page, cut at a word's end."""
    text = plain(words)
    if "," in text and len(text) > most // 2:
        text = text.partition(",")[0] or text           # "Al-Mourabitoun, a battalion of ..."
    if len(text) <= most:
        return text
    return (text[:most].rpartition(" ")[0].rstrip(" ,;:") or text[:most]) + " ..."     # one word may be longer than that


def _is_one_of_many(office: str) -> bool:
    return office.casefold() in _ONE_OF_MANY
