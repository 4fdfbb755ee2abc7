""" "Six people were shot, one of them fatally": who was shot is killed or injured, and the rest of them are injured."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dateline.extract.acts import Act
from dateline.extract.document import Document
from dateline.extract.figures_parts import GENERAL, Given
from dateline.extract.people_group import People
from dateline.extract.persons import ANOTHER, ORDINALS, Person
from dateline.records import span_of
from dateline.records.account import Effect
from dateline.records.persons import sex_of

DEADLY = {"deadly", "fatal"}
TIMES = {"double": 2, "triple": 3, "quadruple": 4}
HOMICIDE = {"murder", "manslaughter", "homicide"}
CHARGES = {"charge", "convict", "indict", "accuse", "face", "book", "arrest", "investigate", "rule"}
TRIED = {"attempted", "attempt"}
COUNTED = ("incident", "part")


def settled_shot(document: Document, given: Sequence[Given], *, political: bool) -> list[Given]:
    """The figures of one account, counts of people shot read by what else is told of them.

    Where some of them are told dead, the count is of killed and injured together; those left over are injured, unless the
    account counts its injured itself. political: "shot" alone is killed or injured as well (in news of war it often kills).
    """
    dead = _dead(given)
    result: list[Given] = []
    rest: list[Given] = []
    for g in given:
        if g.figure.effect != "injured" or not g.weak or g.figure.scope not in COUNTED or g.figure.value == 0:
            result.append(g)
            continue
        among = g.shot or g.wounds                              # of people in a hospital bed nobody is dead
        again = bool(g.persons) and dead is not None and not dead.persons and (
            all(map(_is_told_again, g.persons)) or _are_the_dead(document, g, dead))
        some_died = among and dead is not None and (again or not g.persons) and 0 < dead.value <= g.value and not g.beside \
            and not _are_others(document, g, dead)
        some_died = some_died or (dead is not None and (_went_on_to_die(g, dead) or _is_the_last_of(g, dead)))
        all_died = g.shot and not g.persons and dead is not None and g.value <= dead.value and _is_definite(document, g.people)
        if not some_died and not all_died and not (political and g.shot):
            result.append(g)
            continue
        result.append(replace(g, figure=replace(g.figure, effect="casualties")))
        if some_died and dead is not None and dead.value < g.value and not _counts_injured(given, g, g.value - dead.value):
            rest.append(_left_over(g, dead))
    effects = {g.figure.id: g.figure.effect for g in result}
    return [_detached(g, effects, rest[0] if rest else None) for g in result] + rest[:1]


def died_all(document: Document, given: Sequence[Given], told: Sequence[People]) -> list[Given]:
    """The figures where those who were shot are told dead as a whole: "shot his two sons ... the boys died at the scene"."""
    shot = [g for g in given if g.figure.effect == "injured" and g.shot and not g.persons and g.value > 1]
    if len(shot) != 1 or any(g.figure.effect == "killed" and not g.attacker for g in given):
        return list(given)
    [hit] = shot
    ends = [p for p in told if p.number == "definite many" and p.fate.effect == "killed" and p.head > hit.people.head
            and document.spacy[p.first].lower_ in {"the", "both"}]
    if not ends:
        return list(given)
    doc, text = document.spacy, document.report.text
    end = ends[0]
    last = doc[max(end.fate.trigger, end.end - 1)]
    span = span_of(text, doc[end.first].idx, last.idx + len(last))
    dead = replace(hit, weak=False, shot=False, figure=replace(hit.figure, effect="killed",
                                                               evidence=tuple(dict.fromkeys((*hit.figure.evidence, span)))))
    return [dead if g is hit else g for g in given]


def died_of_a_deadly_act(document: Document, given: Sequence[Given], acts: Sequence[Act]) -> list[Given]:
    """The figures where one person was shot and the act is called deadly: "a deadly shooting ... shots hit the victim".

    So it is where somebody is charged with murder in it.
    """
    hurt = [g for g in given if g.figure.effect in {"killed", "injured", "casualties"} and g.figure.value != 0]
    shot = [g for g in hurt if g.weak]
    if len(shot) != 1 or any(person.lives for person in shot[0].persons) or any(
            g.figure.effect == "killed" for g in hurt):
        return list(given)
    doc, text = document.spacy, document.report.text
    deadly = next((words for act in acts if act.noun and not act.plural
                   and (words := _deadly(doc[act.token], shot[0].value)) is not None), None)
    if deadly is None:
        return list(given)
    [hit] = shot
    span = span_of(text, deadly[0].idx, deadly[-1].idx + len(deadly[-1]))
    dead = replace(hit, weak=False, shot=False, figure=replace(hit.figure, effect="killed",
                                                               evidence=tuple(dict.fromkeys((*hit.figure.evidence, span)))))
    return [dead if g is hit else g for g in given]


def _are_the_dead(document: Document, hit: Given, dead: Given) -> bool:
    """ "one person is dead ... a hunter was shot": as many persons, told by their wounds alone and in other sentences"""
    if hit.value != dead.value or any(person.lives or not (person.shot or _by_wounds(person)) for person in hit.persons):
        return False
    doc = document.spacy
    apart = {t.lower_ for p in hit.persons for t in doc[p.tellings[0].first:p.tellings[0].end]} & ANOTHER
    beside = any(doc[one.head].sent.start == doc[other.head].sent.start for one in hit.tellings for other in dead.tellings)
    sexes = sex_of({n for p in hit.persons for n in p.nouns}), sex_of({doc[dead.people.noun].lemma_.lower()})
    return not apart and not beside and not (None not in sexes and sexes[0] != sexes[1])


def _are_others(document: Document, shot: Given, dead: Given) -> bool:
    """ "a man was killed ... two bystanders were hit": told after the dead, by a noun of their own"""
    noun = document.spacy[shot.people.noun]
    if noun in document.spacy[dead.people.head].subtree:
        return False                                            # "one of two men who were shot has died"
    general = noun.lemma_.lower() in GENERAL or noun.like_num
    return bool(dead.persons) and dead.people.head < shot.people.head and not shot.persons and not general \
        and not _is_definite(document, shot.people)


def _went_on_to_die(hit: Given, dead: Given) -> bool:
    """ "one person is in the hospital ... the teen has died": told dead later, as somebody who was told of before"""
    as_many = not hit.persons and not hit.beside and hit.value == dead.value == len(dead.persons)
    return as_many and dead.people.head > hit.people.head and all(
        person.tellings[0].number == "definite one" for person in dead.persons)


def _is_the_last_of(hit: Given, dead: Given) -> bool:
    """ "four victims were taken to a hospital ... the fourth victim was pronounced dead" """
    return not hit.persons and any(
        person.ordinal is not None and ORDINALS.index(person.ordinal) + 2 == hit.value for person in dead.persons)


def _by_wounds(person: Person) -> bool:
    return all(telling.fate.wounds or telling.fate.shot for telling in person.tellings)


def _deadly(act: Any, number: int) -> tuple[Any, Any] | None:
    """First and last word that tell that so many died in an act: "deadly shooting", "double homicide", "charged with murder"."""
    killing = act.lemma_.lower() in HOMICIDE
    described = next((c for c in act.lefts if (number == 1 and c.lower_ in DEADLY)
                      or (killing and TIMES.get(c.lower_) == number)), None)
    if described is not None:
        return described, act
    if number != 1:
        return None
    if act.lemma_.lower() not in HOMICIDE or act.dep_ in {"compound", "nmod"} or any(c.lower_ in TRIED for c in act.lefts):
        return None
    charge = next((a for a in act.ancestors if a.lemma_.lower() in CHARGES and a.i < act.i and a.sent == act.sent), None)
    return (charge, act) if charge is not None else None


def _is_told_again(person: Person) -> bool:
    """ "one person died ... the suspect shot the victim": somebody who was told of before, by no other name"""
    return all(telling.number == "definite one" for telling in person.tellings)


def _is_definite(document: Document, people: People) -> bool:
    """ "shot the other three victims", "shot their three daughters": of those told of before"""
    first = document.spacy[people.first]
    before = document.spacy[people.first - 1] if people.first else first
    return any(t.lower_ in {"the", "all", "both"} or t.tag_ == "PRP$" for t in (before, first))


def _detached(g: Given, effects: dict[str, Effect], rest: Given | None) -> Given:
    """A part whose whole has become a count of killed and injured together is a part of those left over, or stands alone."""
    whole = g.figure.part_of
    if whole is None or effects.get(whole) == g.figure.effect:
        return g
    fewer = rest is not None and rest.figure.effect == g.figure.effect and g.value < rest.value
    return replace(g, figure=replace(g.figure, part_of=rest.figure.id if rest is not None and fewer else None))


def _dead(given: Sequence[Given]) -> Given | None:
    """The count of the dead among the victims: the largest that is one figure."""
    counts = [g for g in given if g.figure.effect == "killed" and g.figure.scope in COUNTED and g.figure.part_of is None
              and not g.attacker and g.value > 0]
    if not counts:
        return None
    parts = [g for g in counts if g.figure.scope == "part"]
    total = max((g for g in counts if g.figure.scope == "incident"), key=lambda g: g.value, default=None)
    if total is not None:
        return total
    return replace(parts[0], figure=replace(parts[0].figure, value=sum(g.value for g in parts),
                                            evidence=tuple(e for g in parts for e in g.figure.evidence)))


def _counts_injured(given: Sequence[Given], shot: Given, left: int) -> bool:
    """Whether those left over are told injured in words of their own: "two others are in serious condition".

    Some of the victims who were taken to a hospital are not all of them, unless as many as are left were.
    """
    return any(g.figure.effect == "injured" and g is not shot and not g.shot and 0 < g.value < shot.value
               and g.figure.scope in COUNTED
               and (g.value == left or (g.figure.part_of != shot.figure.id and not g.people.some_of)) for g in given)


def _left_over(shot: Given, dead: Given) -> Given:
    """Those shot less those who died of it, with the words of both counts as evidence."""
    number = shot.value - dead.value
    exact = shot.figure.modifier == dead.figure.modifier == "exact"
    evidence = tuple(dict.fromkeys((*shot.figure.evidence, *dead.figure.evidence)))
    identity = hashlib.sha256(repr((shot.figure.id, dead.figure.id)).encode()).hexdigest()
    figure = replace(shot.figure, id="F" + identity[:16], low=number, high=number if exact else None, value=number,
                     modifier="exact" if exact else "about", words=f"{shot.figure.words}, {dead.figure.words}", scope="incident",
                     evidence=evidence)
    return replace(shot, figure=figure, weak=False, shot=False)
