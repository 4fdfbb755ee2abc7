"""Who is said to have done it: claims, denials, blame and suspicion. A group's claim is never a fact, suspicion never stated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dateline.publish.brief.sentences_outlets import outlets_of, own_accounts
from dateline.publish.brief.sentences_speakers import (
    Names,
    capital,
    group_name,
    is_or_are,
    listed,
    short,
    small,
    unnamed,
    with_article,
)
from dateline.publish.names import BLANK
from dateline.reconcile.words import fold
from dateline.records import Incident, Joined
from dateline.records.account import Actor, Responsibility
from dateline.records.briefing import Line

ORDER: Final[tuple[str, ...]] = ("claimed", "admitted", "withdrawn", "denied", "stated", "blamed", "suspected", "none_claimed")
OWN_WORDS: Final = frozenset({"claimed", "admitted", "withdrawn", "denied"})       # what a group says of itself
_NOBODY: Final = (["no"], ["nobody"], ["none"])
SOMEBODY: Final = "a person (name withheld)"
MOST = 4                          # sentences on who did it


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is said of who did it, by all who say it."""

    stance: str                   # a Stance, or "stated"
    of: str                       # a group's id, or the words for it; "": nobody
    name: str                     # as a sentence has it: "the Taliban"
    speakers: tuple[str, ...]     # others than the one it is said of; (): the reports themselves
    outlets: tuple[str, ...]

    @property
    def line(self) -> Line:
        return Line(_sentence(self), self.outlets)


def said_of(incident: Incident, names: Names) -> list[Said]:
    """What is said of who did it, the strongest first, each once. That nobody claimed it is told where nobody has."""
    found: dict[tuple[str, str], list[_Telling]] = {}
    for joined in own_accounts(incident):
        for one in (*_told(joined, names), *_stated(joined, names)):
            found.setdefault((one.stance, one.of), []).append(one)
    claimed = {of for stance, of in found if stance in ("claimed", "admitted")}
    said = [_said(some) for (stance, of), some in found.items()
            if not (stance == "none_claimed" and claimed) and not (stance == "stated" and of in claimed)
            and not (stance == "suspected" and {("blamed", of), ("stated", of)} & found.keys())]
    return sorted(said, key=lambda one: (ORDER.index(one.stance), -len(one.outlets), one.of))


def claim_lines(incident: Incident, names: Names) -> tuple[Line, ...]:
    return tuple(one.line for one in said_of(incident, names)[:MOST])


def new_said(before: Incident, after: Incident, names: Names) -> list[Said]:
    """What groups newly say of themselves, and who is newly blamed or suspected."""
    known = {(one.stance, one.of) for one in said_of(before, names)}
    return [one for one in said_of(after, names) if (one.stance, one.of) not in known and one.stance != "none_claimed"]


def is_claim(one: Said) -> bool:
    return one.stance in OWN_WORDS


@dataclass(frozen=True, slots=True)
class _Telling:
    """One telling of who did it; stance, of and name as `Said` has them. speaker: as written; None: the report itself."""

    stance: str
    of: str
    name: str
    speaker: str | None
    joined: Joined


def _told(joined: Joined, names: Names) -> Iterator[_Telling]:
    for one in joined.account.responsibility:
        by_nobody = fold(one.speaker or "").split()[:1] in _NOBODY         # "no group claimed it": not a claim
        if one.stance == "none_claimed" or (by_nobody and one.stance in OWN_WORDS):
            yield _Telling("none_claimed", "", "", None if by_nobody else one.speaker, joined)
            continue
        if by_nobody:
            one = replace(one, speaker=None)
        actor = _named_in(one, joined.account.actors)
        if one.group is None and (actor is None or actor.person):
            if actor is not None or one.stance in ("claimed", "admitted"):      # blame that falls on nobody tells nothing
                words = SOMEBODY if actor is not None else "somebody"
                yield _Telling(one.stance, words, words, one.speaker, joined)
            continue
        own = (actor.organisation or actor.text) if actor is not None else ""
        name = group_name(one.group, names, own if BLANK not in own else "")
        yield _Telling(one.stance, one.group or fold(own), name, one.speaker, joined)


def _stated(joined: Joined, names: Names) -> Iterator[_Telling]:
    """Groups that the report itself calls the attackers."""
    told = {one.group for one in joined.account.responsibility}
    for actor in joined.account.actors:
        if actor.role == "attacker" and actor.group and actor.certainty == "stated" and actor.group not in told:
            name = group_name(actor.group, names, actor.organisation or actor.text)
            yield _Telling("stated", actor.group, name, None, joined)


def _named_in(one: Responsibility, actors: Iterable[Actor]) -> Actor | None:
    """The attacker that the words are about."""
    words = fold(one.text)
    fitting = [actor for actor in actors if actor.role in ("attacker", "side")]
    return next((actor for actor in fitting if one.group and actor.group == one.group), None) or next(
        (actor for actor in fitting if fold(actor.organisation or actor.text) in words), None)


def _said(some: Sequence[_Telling]) -> Said:
    first = some[0]
    speakers = tuple(dict.fromkeys(
        words for one in some if one.speaker and (words := _speaker(one.speaker, first.name, own=first.stance in OWN_WORDS))))
    return Said(first.stance, first.of, first.name, speakers, outlets_of(one.joined for one in some))


def _speaker(speaker: str, name: str, *, own: bool) -> str:
    """ "" where the speaker is the group itself, or speaks for it."""
    words = short(unnamed(speaker))
    bare = fold(name).removeprefix("the ")
    if BLANK in words or (own and bare and bare in fold(words)):
        return ""
    return with_article(small(words))


def _sentence(one: Said) -> str:
    by = listed(one.speakers) if one.speakers else ""
    told = f"{listed(one.outlets)} reported" if one.outlets else "a report said"
    tail = f", {by} said" if by else ""
    match one.stance:
        case "claimed":
            words = f"{one.name} said that it was theirs{tail}"
        case "admitted":
            words = f"{one.name} admitted having done it{tail}"
        case "withdrawn":
            words = f"{one.name} took back the claim that it was theirs{tail}"
        case "denied":
            words = f"{one.name} denied having done it{tail}"
        case "stated":
            words = f"{listed(one.outlets)} named {one.name} as the attackers" if one.outlets \
                else f"a report named {one.name} as the attackers"
        case "blamed":
            words = f"{by} blamed {one.name}" if by else f"{one.name} {is_or_are(one.name)} blamed, {told}"
        case "suspected":
            words = f"{by} suspected {one.name}" if by else f"{one.name} {is_or_are(one.name)} suspected, {told}"
        case _:
            words = f"nobody had claimed it, {by} said" if by else f"nobody had claimed it when {told}"
    return f"{capital(words)}."


