"""The parties of a draft once the model has read it: what rules found is given its likelihood, what they missed is added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dateline.extract.document import Document, GroupMention
from dateline.extract.doubt import certainty_of, is_sought
from dateline.extract.parties import CLASH, Parties
from dateline.extract.reader.cast import SURE_SHARE
from dateline.extract.reader.fillers import Filler
from dateline.extract.reader.step import Reading
from dateline.extract.register import Register
from dateline.extract.tables import Tables
from dateline.extract.things import THINGS
from dateline.records import Actor, Span, Target, Weapon, span_of
from dateline.records.account import Certainty

MODEL = "model"                   # origin of what the model alone found
BOTH = "rule+model"
CIVILIANS = 7                     # ACLED's type of an actor
# What is done from afar, by states for the most part: the model's sets hold next to nothing of it.
NOT_TAUGHT = frozenset({"air/drone strike", "shelling/artillery/missile attack", "chemical weapon"})
ATTACKERS = ("person", "organisation", "attacker")
OF_ACTOR: Mapping[str, tuple[str, ...]] = {
    "attacker": ATTACKERS, "side": ATTACKERS, "victim": ("victim_name", "victim"), "intended target": ("victim_name", "victim")}
@dataclass(frozen=True, slots=True)
class Draw:
    """What the parties of one draft are drawn from. day, country: the draft's, for the types that groups had then and there."""

    document: Document
    reading: Reading
    cast: Sequence[Filler]
    kind: str
    tables: Tables
    register: Register
    day: date | None
    country: str | None


def weighed(parties: Parties, draw: Draw) -> Parties:
    """`parties` with how likely the model finds each, and with the fillers that they lack.

    None that rules found is left out: the model was taught few wars of today. Those of a kind that it was not taught stay as
    they are.
    """
    if draw.kind in NOT_TAUGHT:
        return parties
    actors = [replace(one, likely=_likely(one.evidence, draw, OF_ACTOR[one.role])) if one.role in OF_ACTOR else one
              for one in parties.actors]
    targets = [replace(one, likely=_likely(one.evidence, draw, ("target",))) for one in parties.targets]
    weapons = [replace(one, likely=_likely(one.evidence, draw, ("weapon",))) for one in parties.weapons]
    for filler in draw.cast:
        span, likely = _span(draw.document, filler), round(filler.score, 3)
        if filler.role in {"person", "organisation"}:
            _add_attacker(actors, filler, span, draw)
        elif filler.role == "victim_name":
            _add_victim(actors, filler, span, draw)
        elif filler.role == "target" and not _is_told(span, filler, targets, draw):
            hit = draw.tables.targets.get(_root(span, draw).i)
            targets.append(Target(span.quote, hit.value if hit else None, None, None, (span,), MODEL, likely))
        elif filler.role == "weapon" and _is_a_thing(span, draw) and not _is_told(span, filler, weapons, draw):
            hit = draw.tables.weapons.get(_root(span, draw).i)
            weapons.append(Weapon(span.quote, hit.value if hit else None, (span,), MODEL, likely))
    return replace(parties, actors=tuple(actors), targets=tuple(targets), weapons=tuple(weapons))


def _likely(evidence: Sequence[Span], draw: Draw, roles: Sequence[str]) -> float | None:
    scores = [score for span in evidence if (score := draw.reading.score(span.start, span.end, roles)) is not None]
    return round(max(scores), 3) if scores else None


def _add_attacker(actors: list[Actor], filler: Filler, span: Span, draw: Draw) -> None:
    if any(one.role in {"victim", "rescuer"} and _overlap(one.evidence, filler) for one in actors):
        return                    # "the boy shot himself": whom rules count among the hurt is no attacker
    group = _group(span, draw)
    for at, one in enumerate(actors):
        if one.role in {"attacker", "side"} and (
                (group is not None and one.group == group.group) or _overlap(one.evidence, filler)):
            actors[at] = _with_organisation(one, filler, span)
            return
    root = _root(span, draw)
    if group is None and draw.document.is_in_a_place(span.start, span.end):
        return                    # "killed seven in a North Waziristan raid"
    if root.pos_ == "NOUN" and " " not in span.quote and any(one.role in {"attacker", "side"} for one in actors):
        return                    # "the attackers", "fighters": those who were told of before
    named = filler.role == "person" and root.pos_ == "PROPN" and root.i not in draw.tables.people and group is None
    # the name of a person whom nothing but the model takes for an attacker is a suspect's: it is not published
    certainty: Certainty = "suspected" if named or is_sought(root) else certainty_of(root)
    actors.append(Actor(
        _next_id(actors), "side" if draw.kind == CLASH else "attacker", span.quote, span.quote if named else None,
        group.text if group else span.quote if filler.role == "organisation" else None, group.group if group else None,
        draw.register.type_in(group.group, draw.country, draw.day) if group else None, None, certainty, (span,), None, MODEL,
        round(filler.score, 3)))


def _with_organisation(actor: Actor, filler: Filler, span: Span) -> Actor:
    organisation = actor.organisation or (span.quote if filler.role == "organisation" else None)
    return _of_both(replace(actor, organisation=organisation, likely=max(actor.likely or 0.0, round(filler.score, 3))))


def _of_both(actor: Actor) -> Actor:
    return replace(actor, origin=BOTH) if actor.origin == "rule" else actor


def _add_victim(actors: list[Actor], filler: Filler, span: Span, draw: Draw) -> None:
    """A named victim: also the name of whom rules found with a title before it, or called by a part of it."""
    same = [at for at, one in enumerate(actors) if one.role in {"victim", "intended target"} and (
        _overlap(one.evidence, filler) or (one.person is not None and _is_part(one.person, span.quote)))]
    for at in same:
        actors[at] = _of_both(replace(actors[at], person=span.quote))
    if not same:
        actors.append(Actor(_next_id(actors), "victim", span.quote, span.quote, None, None, CIVILIANS, None, "stated", (span,),
                            None, MODEL, round(filler.score, 3)))


def _is_part(name: str, whole: str) -> bool:
    return set(name.lower().split()) <= set(whole.lower().split())


def _is_told(span: Span, filler: Filler, told: Iterable[Target | Weapon], draw: Draw) -> bool:
    """Whether the same thing is held already: words that overlap a mention, or the same head."""
    head = _root(span, draw).lemma_.lower()
    return any(_overlap(one.evidence, filler) or _root(one.evidence[0], draw).lemma_.lower() == head for one in told)


def _is_a_thing(span: Span, draw: Draw) -> bool:
    """No "suicide bomber", no "air strike" and no "convoy": people, acts and what is attacked are no weapons."""
    root = _root(span, draw)
    aimed_at = root.i in draw.tables.targets and root.i not in draw.tables.weapons
    return root.i not in draw.tables.people and root.lemma_.lower() not in THINGS and not aimed_at


def _overlap(evidence: Sequence[Span], filler: Filler) -> bool:
    return any(span.start < mention.end and mention.start < span.end for span in evidence for mention in filler.mentions)


def _span(document: Document, filler: Filler) -> Span:
    """The words of the best mention; of a name the longest that is likely, an article before them left out."""
    best = filler.mentions[0]
    if filler.role == "victim_name":
        likely = (one for one in filler.mentions if one.score >= SURE_SHARE * filler.score)
        best = max(likely, key=lambda one: one.end - one.start)
    return span_of(document.report.text, best.start, best.end)


def _root(span: Span, draw: Draw) -> Any:
    return draw.tables.tokens.root_of(span.start, span.end)


def _group(span: Span, draw: Draw) -> GroupMention | None:
    return next((one for one in draw.document.groups_meant() if one.start < span.end and span.start < one.end), None)


def _next_id(actors: Sequence[Actor]) -> str:
    return f"a{max((int(one.id[1:]) for one in actors), default=0) + 1}"
