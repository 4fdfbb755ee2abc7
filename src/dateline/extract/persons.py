"""Single persons told one by one: who is the same person told again, and what became of each in the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from dateline.extract.document import Document
from dateline.extract.effects_verbs import Fate
from dateline.extract.people_group import People
from dateline.records.account import Effect
from dateline.records.persons import KIN, Sex, ages_clash, sex_of

WORST = ("casualties", "missing", "captured", "abducted", "injured", "killed")
HARM = frozenset(WORST)
ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
OFFICERS = {"officer", "trooper", "deputy", "policeman", "policewoman", "cop", "detective", "sergeant"}
FACING = {"suspect", "driver", "gunman", "robber", "burglar", "intruder", "shooter", "homeowner", "passenger", "attacker"}
SHORTEST_CUT = 3                  # letters of a first name cut short: "Sam"
OWNERS: dict[str, Sex] = {"his": "male", "her": "female"}
ANOTHER = {"another", "other", *ORDINALS}


@dataclass
class Person:
    """One person, with every place where the report tells what became of them."""

    tellings: list[People] = field(default_factory=list)
    name: str | None = None       # the fullest that is told
    nouns: set[str] = field(default_factory=set)
    age: int | None = None
    ordinal: str | None = None    # "a second victim"
    effect: Effect = "injured"
    weak: bool = True             # a first word only: what became of them in the end may be told elsewhere
    shot: bool = True             # nothing told but that they were shot
    lives: bool = False

    @property
    def attacker(self) -> bool:
        return self.tellings[0].attacker


def persons_of(document: Document, people: Sequence[People]) -> list[Person]:
    """The single persons among `people` in the order told, each once, with the worst that is told of them.

    Harm and arrests are told of different people mostly: those who were arrested are persons of their own.
    """
    counted = [p for p in people if p.count is not None]
    singles = [p for p in people if p.count is None and p.is_one and not _counted_before(document, p, {c.head for c in counted})]
    harmed = _Cast(document, counted)
    others = _Cast(document, counted)
    for telling in singles:
        (harmed if telling.fate.effect in HARM else others).tell(telling)
    return harmed.persons + others.persons


def listed_together(persons: Sequence[Person]) -> list[list[Person]]:
    """The persons in groups that one list tells with one effect: "a man, a woman and a child"."""
    groups: dict[tuple[int, Effect, bool], list[Person]] = {}
    for person in persons:
        groups.setdefault((person.tellings[0].chain, person.effect, person.attacker), []).append(person)
    return list(groups.values())


class _Cast:
    """The persons told of so far."""

    def __init__(self, document: Document, counted: Sequence[People]) -> None:
        self.doc: Any = document.spacy
        self.counted = counted
        self.persons: list[Person] = []

    def tell(self, telling: People) -> None:
        noun = self.doc[telling.noun].lemma_.lower()
        words = {t.lower_ for t in self.doc[telling.first:telling.end]}
        person = self._known(telling, noun, words)
        if person is None:
            listed = any(c.chain in {telling.chain, telling.head} for c in self.counted)       # "two children and their mother"
            if telling.number == "definite one" and not listed and any(
                    c.fate.effect == telling.fate.effect and c.chain not in {telling.chain, telling.head} for c in self.counted):
                return                                          # "the man" is one of those counted
            person = Person(effect=telling.fate.effect, weak=telling.fate.weak, shot=telling.fate.shot)
            self.persons.append(person)
        person.tellings.append(telling)
        person.nouns |= self._pronouns(telling)
        if telling.name is None:
            person.nouns.add(noun)
        elif person.name is None or " " not in person.name:
            person.name = telling.name
        person.age = telling.age if person.age is None else person.age
        person.ordinal = next((o for o in ORDINALS if o in words), person.ordinal)
        for fate in _fates(telling):
            _worsen(person, fate)

    def _known(self, telling: People, noun: str, words: set[str]) -> Person | None:
        """The person of whom this is told again, or None: it is somebody new."""
        named_again = next((p for p in self.persons if telling.same is not None
                            and any(t.head == telling.same for t in p.tellings)), None)
        if named_again is not None:
            return named_again
        if telling.attacker:
            return next((p for p in self.persons if p.attacker), None)
        others = [p for p in reversed(self.persons) if not p.attacker]
        if telling.name is not None:
            return self._by_name(telling, telling.name, others)
        ordinal = next((o for o in ORDINALS if o in words), None)
        if ordinal is not None:
            return next((p for p in others if p.ordinal == ordinal), None)
        new = bool(words & ANOTHER) and not _beside_who_did_it(telling, words)
        if new or (telling.number == "one" and self._told_apart(telling, others)):
            return None
        fitting = [p for p in others if self._fits(telling, noun, p)]
        return min(fitting, default=None, key=lambda p: (
            not (noun in p.nouns or (telling.age is not None and telling.age == p.age)), not _ends_alike(telling, p)))

    def _by_name(self, telling: People, name: str, others: Sequence[Person]) -> Person | None:
        for person in others:
            if person.name is not None and _same_name(name, person.name):
                return person
        unnamed = [p for p in others if p.name is None and self._fits(telling, "", p)]
        return min(unnamed, default=None, key=lambda p: (
            telling.age is None or p.age != telling.age, not _ends_alike(telling, p)))

    def _fits(self, telling: People, noun: str, person: Person) -> bool:
        """Whether nothing that is told of the two speaks against one person."""
        if person.tellings[-1].chain == telling.chain and person.tellings[-1].head != telling.head:
            return False                                        # "a man and a woman" are two
        if any(pronoun == telling.chain for t in person.tellings for pronoun, _ in t.later):
            return False                                        # "shot her and her son"
        if telling.members != person.tellings[0].members or self._is_of_their_kin(telling, noun, person):
            return False                                        # "a couple was shot ... the husband died"; "and his brother"
        nouns = ({noun} if noun else set()) | self._pronouns(telling)
        sexes = sex_of(nouns), sex_of(person.nouns)
        if None not in sexes and sexes[0] != sexes[1]:
            return False
        if ages_clash(telling.age, nouns, person.age, person.nouns) or _on_two_sides(nouns, person.nouns):
            return False
        same_age = telling.age is not None and telling.age == person.age
        known = same_age or self._refers_back(telling)          # "a boy died ... the teenager was wounded when"
        return not any(_clash(person, fate) and (fate.lives or person.lives or not known) for fate in _fates(telling))

    def _is_of_their_kin(self, telling: People, noun: str, person: Person) -> bool:
        """ "Venn was killed and his brother was wounded": he is not his brother."""
        owner = self.doc[telling.first]
        beside = any(owner.sent.start <= t.head < telling.first for t in person.tellings)
        if not beside or owner.lower_ not in OWNERS or noun not in KIN or noun in person.nouns:
            return False
        sex = sex_of(person.nouns)
        return sex is None or sex == OWNERS[owner.lower_]

    def _refers_back(self, telling: People) -> bool:
        """ "the teenager"; not "his son", who may be new"""
        return telling.number == "definite one" and self.doc[telling.first].lower_ == "the"

    def _pronouns(self, telling: People) -> set[str]:
        return {self.doc[index].lower_ for index, _ in telling.later}

    def _told_apart(self, telling: People, others: Sequence[Person]) -> bool:
        """ "a woman was also shot"; two that are introduced in one sentence"""
        verb = self.doc[telling.head].head
        if any(c.lower_ in {"also", "too"} for c in verb.children):
            return True
        sentence = self.doc[telling.head].sent
        return any(sentence.start <= t.head < sentence.end and t.number == "one" and t.name is None
                   for p in others for t in p.tellings)


def _counted_before(document: Document, people: People, counted: AbstractSet[int]) -> bool:
    """ "two bystanders, a man and a woman, were hit": who are named again one by one"""
    node = document.spacy[people.head]
    while node.dep_ == "conj" and node.head.i < node.i:
        node = node.head
    return people.name is None and node.dep_ == "appos" and node.head.i in counted


def _beside_who_did_it(telling: People, words: set[str]) -> bool:
    """ "one boy shot the other": the other is told apart from who shot, and may be who died"""
    return words & ANOTHER == {"other"} and telling.number == "definite one" and telling.fate.agent is not None


def _on_two_sides(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """ "a trooper was shot ... the driver was found dead" """
    return any(a & OFFICERS and b & FACING and not b & OFFICERS for a, b in ((one, other), (other, one)))


def _fates(telling: People) -> Iterator[Fate]:
    yield telling.fate
    for _, fate in telling.later:
        yield fate


def _ends_alike(telling: People, person: Person) -> bool:
    """Whether both are told dead, or neither is."""
    return any(f.effect == "killed" for f in _fates(telling)) == (person.effect == "killed")


def _worsen(person: Person, fate: Fate) -> None:
    person.lives = person.lives or fate.lives
    person.shot = person.shot and fate.shot
    if fate.effect not in WORST or person.effect not in WORST:
        return
    rank, held = (WORST.index(fate.effect), not fate.weak), (WORST.index(person.effect), not person.weak)
    if rank > held:
        person.effect, person.weak = fate.effect, fate.weak


def _clash(person: Person, fate: Fate) -> bool:
    """Whether one person cannot have both: "killed" and "in stable condition"."""
    if fate.effect == "killed":
        return person.lives
    return person.effect == "killed" and fate.effect == "injured" and (fate.lives or not fate.weak)


def _same_name(a: str, b: str) -> bool:
    """Full names that begin alike, or one name that is a part of the other: "Venn", "Orla Venn", "Orla J. Venn"."""
    ours, theirs = a.split(), b.split()
    if len(ours) > 1 and len(theirs) > 1:
        return ours[-1] == theirs[-1] and ours[0] == theirs[0]
    return ours[-1] in theirs or theirs[-1] in ours or _is_short_for(ours, theirs) or _is_short_for(theirs, ours)


def _is_short_for(one: Sequence[str], full: Sequence[str]) -> bool:
    """ "Chris" beside "Christian Venn": one first name cut short."""
    return len(one) == 1 < len(full) and len(one[0]) >= SHORTEST_CUT and full[0].startswith(one[0])
