"""How the figures of one account stand to each other: the same count again, a part of a total, parts beside each other."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from dateline.extract.document import Document
from dateline.extract.people_group import People
from dateline.extract.persons import ORDINALS, Person
from dateline.records import Figure
from dateline.records.account import Effect

OTHERS = {"other", "others", "more", "another", "additional"}
FIGHTING = {"armed group", "pro-government militia"}     # sides whose members are told apart from everybody else
ELSE = {"else", "other", "others", "additional", "further"}
GENERAL = {"people", "person", "other", "dead", "victim", "death", "fatality", "body", "life", "injury", "wounded", "injured",
           "casualty", "individual", "killed", "corpse", "total", "toll", "one", "deceased"}


@dataclass(frozen=True, slots=True)
class Given:
    """A figure in the making and the people that it counts."""

    figure: Figure
    people: People
    tellings: tuple[People, ...]
    weak: bool                    # told by a first word only ("shot", "taken to a hospital")
    shot: bool                    # told only that they were shot
    wounds: bool                  # told by wounds
    persons: tuple[Person, ...] = ()  # those told one by one; (): counted
    beside: bool = False          # "three others", or a part of others: none of them is who died

    @property
    def value(self) -> int:
        return self.figure.value or 0

    @property
    def attacker(self) -> bool:
        return self.people.attacker


def related(document: Document, counted: Sequence[Given], persons: Sequence[Given]) -> list[Given]:
    """All figures, each count once, with `scope` and `part_of` where the words say that some are part of others."""
    given = _once(counted)
    everyone = [*counted, *persons]
    others = {id(g) for g in given if is_other(document, g.people, everyone)}
    totals = _totals(document, given, others)
    told = {g.figure.effect for g in (*totals.values(), *persons) if g.value > 0}
    divided = [_nobody_beside(document, g, told) or _part_of_total(document, g, given, totals, id(g) in others) for g in given]
    divided = [replace(g, beside=g.figure.part_of is not None or _says_others(document, g.people)) for g in divided]
    others = {id(d) for g, d in zip(given, divided, strict=True) if id(g) in others}
    divided = [_with_nth(g, persons) for g in divided]
    kept = [g for p in persons for g in _beside_total(document, p, given, totals)]
    return _beside_each_other(divided + kept, others)


def is_other(document: Document, people: People, everyone: Sequence[Given]) -> bool:
    """ "four others", "two more people": beside those told of before with the same effect.

    In "a man died and four others were injured" the four are all of the injured.
    """
    doc: Any = document.spacy
    if not _says_others(document, people):
        return False
    sentence = doc[people.head].sent
    before = [t for g in everyone for t in g.tellings if sentence.start <= t.head < people.first]
    return not before or any(t.fate.effect == people.fate.effect for t in before)


def _says_others(document: Document, people: People) -> bool:
    return any(t.lower_ in OTHERS for t in document.spacy[people.first:people.end])


# ---- one figure for one count

def _once(given: Sequence[Given]) -> list[Given]:
    """One figure for one count of the same people by the same speaker, its evidence kept from every place it stands."""
    kept: list[Given] = []
    for new in given:
        for index, old in enumerate(kept):
            if old.people.chain != new.people.chain and _same_count(old, new):
                fuller = old if (old.figure.who or old.figure.speaker is None) else new
                evidence = tuple(dict.fromkeys((*old.figure.evidence, *new.figure.evidence)))
                figure = replace(fuller.figure, evidence=evidence)
                wounds = old.wounds or new.wounds or old.shot != new.shot   # shot, and all of them taken to a hospital
                kept[index] = replace(old, figure=figure, weak=old.weak and new.weak, shot=old.shot and new.shot,
                                      wounds=wounds, tellings=(*old.tellings, *new.tellings))
                break
        else:
            kept.append(new)
    return kept


def _same_count(one: Given, other: Given) -> bool:
    a, b = one.figure, other.figure
    return ((a.effect, a.low, a.high, a.value, a.scope) == (b.effect, b.low, b.high, b.value, b.scope)
            and a.modifier != "word" and (b.speaker is None or a.speaker == b.speaker or bool(_voices(a) & _voices(b)))
            and (a.side == b.side or "unknown" in {a.side, b.side}))


def _voices(figure: Figure) -> set[str]:
    """The bodies, else the persons, who give the figure: "the monitor" and its director count for one."""
    return {name for name in (one.organisation or one.person for one in figure.speakers) if name}


# ---- parts of a total

def _totals(document: Document, given: Sequence[Given], others: Set[int]) -> dict[Effect, Given]:
    """By effect the first count of everybody; of people in general before one of "soldiers", of "women", or of "the victims"."""
    totals: dict[Effect, Given] = {}
    def is_of_some(g: Given) -> bool:
        more = any(o.figure.effect == g.figure.effect and o.value > g.value for o in given)
        return not _is_general(document, g.people) or _is_definite(document, g.people) or (_in_care(g) and more)

    for g in sorted(given, key=is_of_some):
        of_some = g.people.parent is not None or g.people.some_of or id(g) in others
        if g.figure.scope == "incident" and g.value > 0 and not g.attacker and not of_some:
            totals.setdefault(g.figure.effect, g)
    return totals


def _is_general(document: Document, people: People) -> bool:
    token = document.spacy[people.noun]
    return bool(token.lemma_.lower() in GENERAL or token.lower_ in GENERAL or token.like_num)


def _nobody_beside(document: Document, g: Given, told: Set[Effect]) -> Given | None:
    """ "no one else was hurt", "no officers were hurt" beside who was: no toll. told: the effects of which somebody is told."""
    if g.figure.value != 0 or not (_nobody_else(document, g.people) or g.figure.effect in told):
        return None
    return replace(g, figure=replace(g.figure, scope="part"))


def _part_of_total(document: Document, g: Given, given: Sequence[Given], totals: dict[Effect, Given], other: bool) -> Given:
    """A part named as such ("including two children"), or fewer people of one kind beside a count of people."""
    figure = g.figure
    parent = next((o for o in given if g.people.parent is not None and o.people.head == g.people.parent), None)
    if parent is not None and parent.figure.effect == figure.effect:
        return replace(g, figure=replace(figure, scope="part", part_of=parent.figure.id))
    total = totals.get(figure.effect)
    if _is_among_the_dead(document, g.people):
        whole = [o for o in given if o.figure.effect == figure.effect and o.value > g.value and o.people.head < g.people.head
                 and o.figure.speaker == figure.speaker] or [t for t in (total,) if t is not None and t.value > g.value]
        return replace(g, figure=replace(figure, scope="part", part_of=whole[-1].figure.id)) if whole else g
    if g.attacker or figure.side == "armed group":
        return g                                                # "147 people died ... four attackers were killed"
    if total is None or total is g or figure.scope != "incident" or not 0 < g.value < total.value:
        return g
    if _of_another_side(document, g, total):
        return g
    if sum(o.value for o in _listed_beside(g, given)) > total.value:
        return g                                                # more than the total: another's count stands against their sum
    smaller_kind = _is_general(document, total.people) and not _is_general(document, g.people)
    one_voice = g.figure.speaker == total.figure.speaker or None in {g.figure.speaker, total.figure.speaker}
    later = g.people.head > total.people.head and one_voice
    members = later and document.spacy[g.people.noun].lemma_.lower() in {"victim", "one"}
    if smaller_kind or other or members or _in_care(g) or g.people.some_of or _is_definite(document, g.people):
        return replace(g, figure=replace(figure, scope="part", part_of=total.figure.id))
    return g


def _of_another_side(document: Document, g: Given, total: Given) -> bool:
    """A villager is none of "eleven rebels"; of "eleven people" he may be one, whatever side these are taken to be of.

    Of those who do not fight, a guard may be told of as a father of three.
    """
    sides = {g.figure.side, total.figure.side}
    return len(sides) == 2 and "unknown" not in sides and bool(sides & FIGHTING) and not _is_general(document, total.people)


def _in_care(g: Given) -> bool:
    """ "one person in critical condition", "one was taken to a hospital": a detail of a count"""
    return g.weak and not g.shot and not g.wounds


def _listed_beside(g: Given, given: Sequence[Given]) -> list[Given]:
    """The counts of one list with it, itself among them: "three clerks and nearly 40 traders"."""
    return [o for o in given if o.people.chain == g.people.chain and o.figure.effect == g.figure.effect]


def _with_nth(g: Given, persons: Sequence[Given]) -> Given:
    """A count becomes a part where one more is told beside those counted."""
    more = any(_comes_after(p, g) for o in persons if o.figure.effect == g.figure.effect for p in o.persons)
    return replace(g, figure=replace(g.figure, scope="part")) if more and g.figure.scope == "incident" else g


def _nobody_else(document: Document, people: People) -> bool:
    end = min(people.end + 2, document.spacy[people.head].sent.end)
    return any(t.lower_ in ELSE for t in document.spacy[people.first:end])


def _is_definite(document: Document, people: People) -> bool:
    """ "the two men": they were told of before"""
    doc: Any = document.spacy
    before = doc[people.first - 1].lower_ if people.first else ""
    return doc[people.first].lower_ in {"the", "both", "these", "those"} or before in {"the", "these", "those"}


def _beside_total(document: Document, g: Given, given: Sequence[Given], totals: dict[Effect, Given]) -> list[Given]:
    """Persons told one by one: nothing of those counted is told again by name, others become parts of the total."""
    total = totals.get(g.figure.effect)
    if total is None or g.value > total.value or _listed_with(g, total) or _of_another_side(document, g, total):
        return [g]
    if any(_comes_after(p, total) for p in g.persons):
        return [replace(g, figure=replace(g.figure, scope="part"))]
    people = g.people
    victims = _is_done_to(document, total.people) or not _is_general(document, total.people)
    if (g.attacker or _did_it(g, total)) and victims:           # "two children dead": he is none of them
        return [replace(g, figure=replace(g.figure, scope="part"))]  # whom he killed, and himself
    if not g.attacker and (people.number != "one" or people.name is not None):
        return []
    return [replace(g, figure=replace(g.figure, scope="part", part_of=total.figure.id))]


def _is_done_to(document: Document, people: People) -> bool:
    """ "killed three people": somebody did it, who is not among them; "left four dead" may tell of everybody"""
    head = document.spacy[people.head]
    while head.dep_ == "conj" and head.head.i < head.i:
        head = head.head                                        # "killed his wife and two children"
    return bool(head.dep_ == "dobj" and people.fate.agent is not None)


def _did_it(g: Given, total: Given) -> bool:
    """Whether a person is the one who killed those counted: "a man shot two women and was found dead"."""
    return total.people.fate.agent in {t.head for t in g.tellings}


def _listed_with(g: Given, count: Given) -> bool:
    """Whether the persons stand beside the counted ones: "himself and four guests", "a guard and two students"."""
    return count.people.chain in {i for t in g.tellings for i in (t.chain, t.head)}


# ---- parts beside each other

def _is_among_the_dead(document: Document, people: People) -> bool:
    """ "five bombers were among the dead": of those counted, whoever they were"""
    trigger = document.spacy[people.fate.trigger]
    return bool(trigger.dep_ == "pobj" and trigger.head.lower_ == "among")


def _comes_after(person: Person, count: Given) -> bool:
    """ "two are dead ... a third person has died": one beside those counted"""
    return person.ordinal is not None and not count.persons and ORDINALS.index(person.ordinal) + 1 == count.value


def _beside_each_other(given: Sequence[Given], other_ids: Set[int]) -> list[Given]:
    """What is listed for one effect is parts: "nine soldiers and four farmers", "a man and three others"."""
    result = list(given)
    for effect in dict.fromkeys(g.figure.effect for g in given):
        of_effect = [g for g in given if g.figure.effect == effect and g.figure.scope == "incident"]
        chains = [g.people.chain for g in of_effect]
        singles = [g for g in of_effect if g.persons]
        others = [g for g in of_effect if id(g) in other_ids]
        counts = [g for g in of_effect if not g.persons and g.value > 0 and g not in others]
        parts = {id(g) for g in of_effect if g.figure.modifier != "word" and chains.count(g.people.chain) > 1}
        parts |= {id(g) for one in of_effect if one.persons for o in of_effect if not o.persons and _listed_with(one, o)
                  for g in (one, o)}                            # "the bodies of the two girls and Nina Orr", who was named before
        if len(singles) > 1 or (others and singles):
            parts |= {id(g) for g in (*singles, *others)}
        if others and counts and all(c.value <= 2 for c in counts):  # "one woman died at once, two others later"
            parts |= {id(g) for g in (*counts, *others)}
        for index, g in enumerate(result):
            if id(g) in parts:
                result[index] = replace(g, figure=replace(g.figure, scope="part"))
    return result
