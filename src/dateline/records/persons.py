"""What the words for a person tell of sex and age."""

from __future__ import annotations

from collections.abc import Set
from typing import Literal

Sex = Literal["male", "female"]

MALE = {"man", "boy", "father", "son", "husband", "brother", "grandfather", "boyfriend", "uncle", "nephew", "policeman", "gunman",
        "grandson", "stepson", "male", "he", "him", "himself", "schoolboy", "businessman", "stepfather", "gentleman", "dad"}
FEMALE = {"woman", "girl", "mother", "daughter", "wife", "sister", "grandmother", "girlfriend", "aunt", "niece", "policewoman",
          "granddaughter", "stepdaughter", "female", "she", "her", "herself", "schoolgirl", "stepmother", "lady", "mom", "nun"}
KIN = {"father", "mother", "son", "daughter", "brother", "sister", "husband", "wife", "uncle", "aunt", "nephew", "niece",
       "cousin", "grandfather", "grandmother", "grandson", "granddaughter", "stepfather", "stepmother", "stepson", "stepdaughter",
       "boyfriend", "girlfriend", "fiance", "friend", "twin", "roommate", "neighbor", "neighbour", "partner"}
YOUNG = {"child", "boy", "girl", "baby", "infant", "toddler", "schoolgirl", "schoolboy", "schoolchild", "newborn"}
GROWN = {"man", "woman", "officer", "policeman", "policewoman", "guard", "deputy", "soldier", "driver", "mother", "father",
         "adult", "husband", "wife", "clerk", "owner", "boyfriend", "girlfriend", "trooper"}
TEENS = {"teen", "teenager", "youth"}
ADULT_FROM = 18                   # years
CHILD_TO = 17
INFANT_TO = 3


def sex_of(nouns: Set[str]) -> Sex | None:
    """The sex that a person's nouns tell; None: they tell none, or both."""
    male, female = bool(nouns & MALE), bool(nouns & FEMALE)
    return None if male == female else "male" if male else "female"


def ages_clash(age: int | None, nouns: Set[str], other_age: int | None, other_nouns: Set[str]) -> bool:
    """Whether the ages, or the nouns that tell an age, of two tellings cannot be one person's."""
    if age is not None and other_age is not None:
        return abs(age - other_age) > (1 if min(age, other_age) < INFANT_TO else 0)   # "22-month-old" is told as 2 as well
    return _too_old(age, nouns, other_nouns) or _too_old(other_age, other_nouns, nouns)


def _too_old(age: int | None, nouns: Set[str], other: Set[str]) -> bool:
    if age is not None:
        return (age >= ADULT_FROM + 1 and bool(other & YOUNG)) or (age <= CHILD_TO - 1 and bool(other & GROWN)) or (
            bool(other & TEENS) and not 12 < age < 20)
    return bool(nouns & YOUNG and other & GROWN)
