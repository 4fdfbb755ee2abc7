"""Single persons told one by one: who is the same person told again, and what became of each in the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.extract.document import Document
from dateline.extract.people import People
from dateline.records.account import Effect

WORST = ("casualties", "arrested", "released", "missing", "captured", "abducted", "injured", "killed")
MALE = {"man", "boy", "father", "son", "husband", "brother", "grandfather", "boyfriend", "uncle", "nephew", "policeman", "gunman"}
FEMALE = {"woman", "girl", "mother", "daughter", "wife", "sister", "grandmother", "girlfriend", "aunt", "niece", "policewoman"}
ANOTHER = {"another", "second", "third", "other", "fourth"}


@dataclass
class Person:
    tellings: list[People] = field(default_factory=list)
    surname: str | None = None
    nouns: set[str] = field(default_factory=set)
    effect: Effect = "injured"
    weak: bool = True


def persons_of(document: Document, people: Sequence[People]) -> list[Person]:
    """The single persons among `people` in the order told, each once, with the worst that is told of them."""
    doc = document.spacy
    persons: list[Person] = []
    counted = [p for p in people if p.count is not None]
    for telling in people:
        if telling.count is not None or telling.number not in {"one", "definite one"}:
            continue
        noun = doc[telling.noun].lemma_.lower()
        person = _same_person(doc, telling, noun, persons)
        if person is None:
            if telling.number == "definite one" and any(c.fate.effect == telling.fate.effect for c in counted):
                continue                                        # "the man" is one of those counted
            person = Person(effect=telling.fate.effect, weak=telling.fate.weak)
            persons.append(person)
        person.tellings.append(telling)
        person.nouns.add(noun)
        if telling.name is not None:
            person.surname = telling.name.split()[-1]
        _worsen(person, telling)
    return persons


def _worsen(person: Person, telling: People) -> None:
    if WORST.index(telling.fate.effect) > WORST.index(person.effect) if telling.fate.effect in WORST and person.effect in WORST else False:
        person.effect = telling.fate.effect
        person.weak = telling.fate.weak


def _same_person(doc: object, telling: People, noun: str, persons: Sequence[Person]) -> Person | None:
    if telling.attacker or not persons:
        return next((p for p in persons if telling.attacker and p.tellings[0].attacker), None)
    others = [p for p in reversed(persons) if not p.tellings[0].attacker]
    if telling.name is not None:
        surname = telling.name.split()[-1]
        for person in others:
            if person.surname == surname:
                return person
        unnamed = [p for p in others if p.surname is None and p.tellings[-1].chain != telling.chain]
        return unnamed[-1] if unnamed else None
    words = {t.lower_ for t in doc[telling.first:telling.end]}  # type: ignore[index]  # a spaCy Doc
    if words & ANOTHER:
        return None
    for person in others:
        if person.tellings[-1].chain == telling.chain and person.tellings[-1].head != telling.head:
            continue                                            # "a man and a woman" are two
        if _clash(noun, person.nouns):
            continue
        return person
    return None


def _clash(noun: str, nouns: set[str]) -> bool:
    return bool((noun in MALE and nouns & FEMALE) or (noun in FEMALE and nouns & MALE))
