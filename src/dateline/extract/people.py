"""Groups of people that a report counts or names, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dateline.extract.document import Count, Document
from dateline.extract.effects import fate_nearby, fate_of
from dateline.extract.effects_verbs import Fate
from dateline.extract.people_again import REFLEXIVES, with_pronouns
from dateline.extract.people_group import People
from dateline.extract.people_lists import (
    among,
    behind_age,
    beside,
    beside_whom,
    counts_going_on,
    is_told_first,
    noun_after,
    persons_going_on,
)
from dateline.extract.people_numbers import head_of_count, is_dialled, is_no_count, may_be_people
from dateline.extract.people_parts import is_some_of, of_them, parent_of, whole_among
from dateline.extract.people_person import person_of
from dateline.extract.people_words import PeopleWords

Token = Any                       # spacy.tokens.Token

COUNTED_BY_OF = {"family", "group", "couple", "crowd", "team", "party", "band"}
TIMES = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "morning", "afternoon", "evening", "night",
         "weekend", "today", "yesterday"}
LISTING = {",", "and", "&", "or", "as", "well"}


def find_people(document: Document) -> list[People]:
    """All groups of people whose fate the report tells, in the order of the text."""
    return PeopleFinder(document).all()


class PeopleFinder:
    """One pass over a report; holds the look-up tables that every question needs."""

    def __init__(self, document: Document) -> None:
        self.words = PeopleWords(document)
        self.doc: Any = document.spacy
        self.lex = self.words.lex

    def all(self) -> list[People]:
        words, found = self.words, {}
        for index, count in words.count_last.items():
            people = self.counted(index, count)
            if people is not None:
                found[people.head] = people
        for people in counts_going_on(self.doc, words.words, words.count_last, found, words.is_people):
            noun = self.doc[people.noun]
            found[people.head] = replace(people, side=words.side_of(noun), attacker=words.is_attacker(noun))
        for token in self.doc:
            if token.i in found or token.i in words.count_of or words.words.forms[token.i] in REFLEXIVES:
                continue
            people = self._uncounted(token)
            if people is not None:
                found[people.head] = people
        for index, before in persons_going_on(self.doc, words.words, found, words.is_candidate).items():
            person = person_of(words, self.doc[index], before.fate)
            if person is not None and person.is_one:
                found[index] = replace(person, chain=before.chain)
        found = with_pronouns(words, found)
        return self.chained([_who_hurt_others(found[i], found) for i in sorted(found)])

    def chained(self, people: list[People]) -> list[People]:
        """Those that one verb tells of and that only commas and "and" part are one list, however they were parsed."""
        result: list[People] = []
        for group in people:
            before = result[-1] if result else None
            if before is not None and before.fate.trigger == group.fate.trigger and before.end < group.first and all(
                    t.lower_ in LISTING for t in self.doc[behind_age(self.doc, before.end):group.first]):
                group = replace(group, chain=before.chain)
            result.append(group)
        return result

    def counted(self, last: int, count: Count, said: Fate | None = None) -> People | None:
        """Those whom the number that ends at token `last` counts. said: what became of them, where that is known already."""
        token = self.doc[last]
        first = self.words.token_at(count.start)
        while token.dep_ == "conj" and token.head.like_num and first <= token.head.i < token.i:
            token = token.head                                  # "between 15 and 20 soldiers"
        head = noun = head_of_count(token)
        tied: Token | None = None                               # the noun that the parse tied the number to, where it counts none
        if head.i == token.i:                                   # bare: "13 of them", "dozens of people", "151 wounded"
            noun = self._of_whom(token) or token
            if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_.lower() in COUNTED_BY_OF:
                head = noun = token.head.head                   # "a family of five"
                first = min(first, head.left_edge.i)
        if is_dialled(self.words.words, last) or (
                head.i == token.i and noun.i == token.i and is_no_count(self.doc, self.words.words, first, last, count)):
            return None
        if noun.i != token.i and not self.words.is_people(noun) and not (said is not None and may_be_people(noun)):
            tied, after = noun, noun_after(self.doc[last], self.words.is_people)
            if after is None and noun.lower_ != "more" and not self._is_state_after(last, noun):   # "a dozen more"
                return None
            head, noun = (after, after) if after is not None else (head, token)
        parent = parent_of(self.words, head) or of_them(self.words, last) or whole_among(self.words, head) or (
            parent_of(self.words, tied) if tied is not None else None)
        fate = said or fate_of(head, self.lex) or (fate_of(noun, self.lex) if noun.i != head.i and noun.i != token.i else None)
        if fate is None and parent is not None:
            fate = fate_of(self.doc[parent], self.lex)
        if fate is None:
            fate = among(head, self.lex) or beside(head, self.lex)
        if fate is None:
            fate = fate_nearby(head, max(noun.i, last) + 1, self.lex)
        if fate is None:
            return None
        end = max(noun.i, last) + 1
        if noun.i == fate.trigger and noun.i == head.i and self.words.person_at.get(noun.i) is None:
            end = last + 1                                      # "95 dead": who they were is not said
        first = min(first, head.left_edge.i) if head.left_edge.i >= first - 3 else first
        return People(head.i, noun.i, first, end, count, "count", self.words.side_of(noun), None, fate, parent,
                      self.words.chain_of(head), self.words.is_attacker(noun), some_of=is_some_of(self.words, head))

    def _is_state_after(self, last: int, noun: Token) -> bool:
        """ "left one dead and three injured Saturday": the parse takes it for a kind of Saturday"""
        after = self.doc[last + 1] if last + 1 < noun.i else None
        told = after is not None and self.lex.effect_words.get(after.lower_) in {"killed", "injured"}
        return told and noun.lemma_.lower() in TIMES

    def _of_whom(self, token: Token) -> Token | None:
        for child in token.children:
            if child.lower_ == "of" and child.i > token.i:
                for noun in child.children:
                    if noun.dep_ == "pobj" and (noun.i in self.words.person_at or self.words.is_effect_word(noun)):
                        return noun
        return None

    def _uncounted(self, token: Token) -> People | None:
        if not self.words.is_candidate(token):
            return None
        fate, parent = fate_of(token, self.lex), parent_of(self.words, token)
        if fate is None and parent is not None:
            fate = fate_of(self.doc[parent], self.lex)
        if fate is None and is_told_first(token):
            told, parent = among(token, self.lex), whole_among(self.words, token)
            fate = told if told is not None and not told.weak else None     # of one "among three people shot" no more is told
        others = beside_whom(token) if fate is None else []
        if others:
            fate = beside(token, self.lex)                      # "two boys are dead along with their father"
        if fate is None or self.words.is_no_noun_phrase(token):
            return None
        people = person_of(self.words, token, fate, parent)
        return replace(people, chain=self.words.chain_of(others[0])) if people is not None and others else people


def _who_hurt_others(people: People, found: Mapping[int, People]) -> People:
    """ "a man shot his two sons, then took his own life": one who dies is an attacker where others died by him"""
    if people.attacker or not people.is_one or people.fate.effect not in {"killed", "injured"}:
        return people
    did_it = any(other.fate.agent == people.head and other.fate.effect == "killed" and other.head != people.head
                 and other.fate.trigger != people.fate.trigger for other in found.values())
    return replace(people, attacker=True) if did_it else people
