""" "Six people were shot, one of them fatally": who was shot is killed or injured, and the rest of them are injured."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from dateline.extract.acts import Act
from dateline.extract.document import Document
from dateline.extract.figures_parts import Given
from dateline.extract.people_group import People
from dateline.extract.persons import Person
from dateline.records import span_of
from dateline.records.account import Effect

DEADLY = {"deadly", "fatal"}
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
        again = bool(g.persons) and dead is not None and not dead.persons and all(map(_is_told_again, g.persons))
        some_died = among and dead is not None and (again or not g.persons) and 0 < dead.value <= g.value and not g.beside
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
    """The figures where one person was shot and the act is called deadly: "a deadly shooting ... shots hit the victim"."""
    hurt = [g for g in given if g.figure.effect in {"killed", "injured", "casualties"} and g.figure.value != 0]
    if len(hurt) != 1 or not hurt[0].shot or hurt[0].value != 1 or any(person.lives for person in hurt[0].persons):
        return list(given)
    doc, text = document.spacy, document.report.text
    deadly = next((c for act in acts for c in doc[act.token].lefts if act.noun and not act.plural and c.lower_ in DEADLY), None)
    if deadly is None:
        return list(given)
    [hit] = hurt
    span = span_of(text, deadly.idx, deadly.head.idx + len(deadly.head))
    dead = replace(hit, weak=False, shot=False, figure=replace(hit.figure, effect="killed",
                                                               evidence=tuple(dict.fromkeys((*hit.figure.evidence, span)))))
    return [dead if g is hit else g for g in given]


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
               and g.figure.scope in COUNTED and (g.figure.part_of != shot.figure.id or g.value == left or g.people.some_of)
               for g in given)


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
