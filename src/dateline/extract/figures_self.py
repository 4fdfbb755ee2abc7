"""Who hurts himself: an attacker beside his victims, or one who is hurt alone and of whom the report tells again how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from dateline.extract.document import Document
from dateline.extract.figures_parts import Given
from dateline.extract.hurt import PROJECTILES
from dateline.extract.people_names import own_words
from dateline.extract.pronouns import GUNS
from dateline.records.account import Nature
from dateline.records.persons import sex_of

ALONE = {"himself", "herself"}
HARM = {"killed", "injured", "casualties"}


def hurt_alone(document: Document, counted: Sequence[Given], persons: Sequence[Given], attackers: AbstractSet[str],
               nature: Nature) -> list[Given]:
    """`persons`, each once who is told both as hurt and as hurting himself; who hurt nobody but himself is no attacker.

    attackers: ids of the account's actors who did it. In news of war one who is killed alone may be an attacker all the same.
    """
    told = _once(document, counted, _without_listed(document, counted, persons))
    hurt = [g for g in (*counted, *told) if g.figure.effect in HARM and g.figure.value != 0]
    if len(hurt) != 1 or hurt[0].value != 1:
        return told
    [alone] = hurt
    is_himself = alone.attacker and _is_himself(alone)
    is_told_as_one = nature != "political" and not alone.attacker and alone.figure.of in attackers
    if not is_himself and not is_told_as_one:
        return told
    return [replace(g, figure=replace(g.figure, of=None)) if g is alone else g for g in told]


def _is_himself(g: Given) -> bool:
    """ "himself", also of a headline: "Shoots Himself" """
    return (g.figure.who or "").lower() in ALONE


def _without_listed(document: Document, counted: Sequence[Given], persons: Sequence[Given]) -> list[Given]:
    """Without "himself" where he is one of a list of the dead of a murder-suicide: "a man and two children are dead"."""
    if not any(g.attacker and _is_himself(g) for g in persons):
        return list(persons)
    if not any(t.lower_ == "suicide" and t.i and document.spacy[t.i - 1].lower_ in {"-", "murder"} for t in document.spacy):
        return list(persons)
    chains = [g.people.chain for g in (*counted, *persons) if g.figure.effect == "killed" and not g.attacker]
    listed = [g for g in persons if g.figure.effect == "killed" and not g.attacker and chains.count(g.people.chain) > 1
              and not any(t.fate.agent is not None for t in g.tellings)]
    return [g for g in persons if not (g.attacker and _is_himself(g) and any(
        _same_sex(document, g, o) for o in listed))]


def _same_sex(document: Document, own: Given, other: Given) -> bool:
    words = {w for t in other.tellings for w in own_words(document.spacy, t.first, t.end)}
    return sex_of(words) is not None and sex_of(words) == sex_of({(own.figure.who or "").lower()})


def _once(document: Document, counted: Sequence[Given], persons: Sequence[Given]) -> list[Given]:
    """Without "himself" where the one other person who is hurt must be meant: "the boy died ... he shot himself"."""
    himself = [g for g in persons if g.attacker and _is_himself(g)]
    others = [g for g in (*counted, *persons) if g not in himself and g.figure.effect in HARM and g.figure.value != 0]
    if len(himself) != 1 or len(others) != 1:
        return list(persons)
    [own], [other] = himself, others
    if not _may_be_one(document, own, other):
        return list(persons)
    evidence = tuple(dict.fromkeys((*other.figure.evidence, *own.figure.evidence)))
    joined = replace(other, figure=replace(other.figure, evidence=evidence))
    return [joined if g is other else g for g in persons if g is not own]


def _may_be_one(document: Document, own: Given, other: Given) -> bool:
    """Whether who shot himself may be who is told hurt: hurt by nobody else, of one sex, and "shot himself" tells no more."""
    if other.value != 1 or _is_hurt_by_another(document, other) or not (
            own.weak or own.figure.effect == other.figure.effect):
        return False
    if own.figure.effect == "killed" or (own.people.age is not None and other.people.age not in {None, own.people.age}):
        return False
    words = {w for t in other.tellings for w in own_words(document.spacy, t.first, t.end)}
    sexes = sex_of({(own.figure.who or "").lower()}), sex_of(words)
    return None in sexes or sexes[0] == sexes[1]


def _is_hurt_by_another(document: Document, other: Given) -> bool:
    """Whether somebody else is told to have done it: not "the boy shot" (himself), nor "the gun went off, hitting the boy"."""
    own = {head for t in other.tellings for head in (t.head, t.noun, *(pronoun for pronoun, _ in t.later))}
    agents = {t.fate.agent for t in other.tellings} - own - {None}
    return any(document.spacy[agent].lemma_.lower() not in GUNS | PROJECTILES for agent in agents)
