"""A group of people as a report counts or names it, with what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.extract.document import Count
from dateline.extract.effects_verbs import Fate
from dateline.extract.people_numbers import Number
from dateline.records.account import Side


@dataclass(frozen=True, slots=True)
class People:
    """A noun phrase for people with its fate. Token indices; `first` to `end` covers count, adjectives and noun."""

    head: int
    noun: int                     # the word that says who: "people" in "dozens of people"; the count itself where bare
    first: int
    end: int
    count: Count | None
    number: Number
    side: Side
    name: str | None              # a person's name
    fate: Fate
    parent: int | None            # head of the people that these are a part of: "nine, including two children"
    chain: int                    # head of the first of several that are listed together: "a man, a woman and a child"
    attacker: bool                # surely one of those who did it
    age: int | None = None        # years, of one person
    same: int | None = None       # head of the person that this one names again: "the boy, Orla Venn"
    some_of: bool = False         # "two of the victims", "three of the four": surely fewer than all
    members: int = 1              # of an uncounted noun for several: "a couple"
    later: tuple[tuple[int, Fate], ...] = ()  # pronoun, and what it goes on to tell of one person: "He died at a hospital."

    @property
    def is_one(self) -> bool:
        """Whether it is one person, by name or without a count."""
        return self.number in {"one", "definite one"}
