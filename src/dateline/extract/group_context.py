"""Whether the words around a name call it a group, and which group a name means where several bear it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from dateline.extract.register import Name, in_force

PEOPLE = frozenset([
    "fighter", "fighters", "militant", "militants", "gunman", "gunmen", "rebel", "rebels", "guerrilla", "guerrillas",
    "insurgent", "insurgents", "member", "members", "official", "officials", "leader", "leaders", "commander", "commanders",
    "spokesman", "spokesperson", "soldier", "soldiers", "troops", "terrorist", "terrorists", "operative", "operatives",
    "militia", "militiaman", "militiamen", "extremist", "extremists", "jihadist", "jihadists", "bomber", "bombers",
    "suspect", "suspects", "recruit", "recruits", "supporter", "supporters", "separatist", "separatists", "follower",
    "followers", "chief", "emir", "combatant", "combatants", "sniper", "snipers", "men", "prisoners", "detainees",
    "jihadis", "cadre", "cadres",
])  # fmt: skip
ARMED = (  # people and bodies that are armed: "officials of" and "men of" call nothing a group
    r"(?:fighter|militant|gunm[ae]n|rebel|guerrilla|insurgent|terrorist|operative|militiam[ae]n|extremist|jihadi|jihadist|"
    r"combatant|separatist|hitm[ae]n|gunmen|warrior|cadre)s?"
)
BODY = r"(?:(?:armed|rebel|militant|extremist|jihadist|islamist|insurgent|terrorist|criminal|vigilante|opposition) )*" \
       r"(?:group|militia|movement|network|organi[sz]ation|cartel|gang|faction|rebels|insurgents|militants|jihadists|" \
       r"terrorists|coalition|alliance)"
QUOTE = "[\"“”'‘’(]?"
BEFORE = re.compile(
    rf"(?:\b{ARMED}|\bmembers?|\bleaders?|\bcommanders?|\bcells?|\bwing|\bbranch|\bfaction|\bsupporters|\bfollowers|\bsoldiers"
    rf"|\bforces) (?:of|from|with|for|loyal to|belonging to|linked to|allied (?:to|with)) (?:the )?(?:{BODY} )?{QUOTE}$"
    rf"|\b{BODY},? (?:(?:also )?(?:called|named|known as|dubbed|calling itself|styling itself) )?(?:the )?{QUOTE}$"
    r"|\b(?:(?:blamed|pinned) on|claimed by|(?:clash\w*|fighting|battles?|truce|ceasefire|talks) (?:with|between|against)|"
    r"(?:affiliated|linked|allied|loyal) (?:to|with)|allegiance to|(?:held|controlled|overrun|seized|captured) by"
    rf"|(?:attack(?:s|ed)?|bombings?|raids?|ambush(?:ed)?|carried out|killed|kidnapped|abducted|claimed) by) (?:the )?{QUOTE}$",
    re.IGNORECASE)
AFTER = re.compile(
    rf"{QUOTE},?(?:['’]s)? (?:{ARMED}|militias?|commanders?|cells?|{BODY})\b"
    r"|[\"”'’)]?,? (?:has |had |have |later |also |which |that |who |itself |quickly )*"
    r"(?:claim(?:ed|s|ing)? (?:the |responsib|a |an |credit)|said (?:on \w+ )?(?:that )?(?:it|they|its) |"
    r"said in (?:a|an|its) (?:\w+ )?(?:statement|video|message)|carried out|took responsib|"
    r"(?:attack|ambush|kidnap|abduct|storm|seiz|overr[au]n|shell|bomb|behead|execut|pledg)\w*)",
    re.IGNORECASE)
SHORT_FORM = re.compile(r"\s?\([^()\n]{2,30}\)")  # "Vale Front (VF) fighters"
_TIED = r"(?:linked|affiliated|aligned|allied|associated|inspired|tied|connected|sponsored|supported|backed|funded|trained)"
_KIN = r"(?:affiliates?|off-?shoots?|splinters?(?: (?:groups?|factions?))?|break-?aways?|franchises?|prox(?:y|ies)|all(?:y|ies))"
TIE_AFTER = re.compile(
    rf"[\"”]?\s?[-‐-―]\s?{_TIED}\b|(?:['’]s?) (?:(?!and\b|or\b)[\w-]+ ){{0,3}}{_KIN}\b|[\"”]? {_KIN}\b", re.IGNORECASE)
TIE_BEFORE = re.compile(
    rf"\b(?:{_KIN} (?:of|to|from)|{_TIED} (?:to|with|by)|ties (?:to|with)|(?:broke|broken|split|splintered) (?:away |off )?from) "
    rf"(?:the )?(?:{BODY} )?{QUOTE}$", re.IGNORECASE)
FAR_MORE = 3  # times: reports on one group's country may name a neighbour's
LOOK = 90  # characters on either side


def called_a_group(text: str, start: int, end: int) -> bool:
    """Whether what stands around [start, end) calls it an armed group: "fighters of X", "the X militia", "blamed on X"."""
    before = " ".join(text[max(0, start - LOOK) : start].split())
    spaced = before + " " if start and text[start - 1].isspace() else before
    short = SHORT_FORM.match(text, end)
    after = short.end() if short else end
    return BEFORE.search(spaced) is not None or AFTER.match(text, after, after + LOOK) is not None


def is_a_tie(text: str, start: int, end: int) -> bool:
    """Whether the name at [start, end) only says to whom another is tied: of "the X-linked Y", "an affiliate of X"."""
    before = " ".join(text[max(0, start - LOOK) : start].split())
    return TIE_AFTER.match(text, end, end + LOOK) is not None or TIE_BEFORE.search(f"{before} ") is not None


def choose(
    names: Sequence[Name], countries: Counter[str], named: Mapping[str, int], day: date | None, *, context: bool
) -> Name | None:
    """The name that is meant; None where none is read here, or several groups may be.

    In this order: the one that an editor's plain name means, unless the report speaks far more of another's country
    ("Taliban" in a report about Pakistan); a group named plainly elsewhere in the report; the group whose country the report
    names most; the only one there is, where the words around it call it a group.
    named: groups that other names of the report mean for certain. day: of writing, rules out names of another time.
    """
    called = [name for name in names if day is None or in_force(name, day)] or list(names)
    fit = [name for name in called if context or not name.called]
    if not fit:
        return None
    if len(fit) == 1 and fit[0].plain:
        return fit[0]
    votes = {name: max((countries[c] for c in name.countries), default=0) for name in fit}
    own = [name for name in fit if name.plain and not name.listed]
    if len(own) == 1:
        # a group's own names may hold its country ("the Pakistani Taliban and the Taliban"): once is then not enough
        rivals = [name for name in fit if name.needs and votes[name] > max(FAR_MORE * votes[own[0]], name.group in named)]
        return rivals[0] if len(rivals) == 1 and own[0].group not in named else own[0]
    if told := [name for name in fit if name.group in named]:
        return told[0] if len(told) == 1 else None
    most = max(votes.values())
    if most > 0:
        there = [name for name in fit if votes[name] == most]
        for narrower in (lambda n: bool(n.needs), lambda n: not n.listed):
            there = list(filter(narrower, there)) or there
        return there[0] if len(there) == 1 else None
    plain = [name for name in fit if name.plain]
    if len(plain) == 1:
        return plain[0]
    return fit[0] if len(fit) == 1 and context and not (fit[0].called and fit[0].needs) else None
