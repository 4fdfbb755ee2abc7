"""Groups of people that a report counts or names, and what became of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

from dateline.extract.document import Count, Document
from dateline.extract.effects import fate_nearby, fate_of
from dateline.extract.effects_verbs import Fate
from dateline.extract.lexicon import Hit, Lexicon, Words, lexicon
from dateline.extract.people_lists import among, beside, beside_whom, counts_going_on, is_told_first, noun_after, whole_of
from dateline.extract.people_names import age_after, age_in, name_before
from dateline.extract.people_numbers import (
    Number,
    head_of_count,
    is_by_accident,
    is_dialled,
    is_no_count,
    may_be_people,
    number_of,
)
from dateline.extract.pronouns import SUBJECTS, Mention, harm_to_pronouns, told_by_pronouns, turned_on, who_hurt_himself
from dateline.extract.tokens import dateline_end
from dateline.records.account import Side
from dateline.records.persons import YOUNG

Token = Any

MEMBERS_OF = {"couple": 2, "pair": 2, "duo": 2, "trio": 3}   # how many one such noun means
COUNTED_BY_OF = {"family", "group", "couple", "crowd", "team", "party", "band"}
LISTING = {",", "and", "&", "or", "as", "well"}
REFLEXIVES = {"himself", "herself", "themselves", "itself"}
PEOPLE_WHERE_COUNTED = {"forces"}  # "19 regime forces were killed"; alone it is a body: "security forces killed"
MEMBERS = {"them", "whom", "those", "these", "victim", "wounded", "injured", "dead", "people", "men"}
FATED = {"killed", "injured", "missing", "abducted", "casualties"}
ORDINALS = {"second", "third", "fourth", "fifth"}
AGE_WORDS = {"-", "–", "year", "month", "old"}
NO_NOUN = {"nsubj", "nsubjpass", "dobj", "conj"}   # places of "another" that stands for a person
HELD_WORDS = {"hostage", "captive", "casualty", "prisoner"}
CHILD_ALONE = 12                  # years; up to here who shoots himself did so by accident
LONGEST_LEFT = 5                  # tokens of a noun phrase before its noun


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


def find_people(document: Document) -> list[People]:
    """All groups of people whose fate the report tells, in the order of the text."""
    return PeopleFinder(document).all()


class PeopleFinder:
    """One pass over a report; holds the look-up tables that every question needs."""

    def __init__(self, document: Document) -> None:
        self.doc: Any = document.spacy
        self.lex: Lexicon = lexicon()
        self.words = Words.of(self.doc)
        self.head_end = dateline_end(document.report)
        self.person_at: dict[int, Hit] = self.lex.people.find(self.words)
        self.starts = [t.idx for t in self.doc]
        self.count_of: dict[int, Count] = {}
        for count in document.counts:
            last = self._token_at(count.end - 1)
            for index in range(self._token_at(count.start), last + 1):
                self.count_of[index] = count
        self.count_last = {self._token_at(c.end - 1): c for c in document.counts}
        named = [(m.start, m.end) for ms in (document.groups, document.places) for m in ms]
        named += [(m.start, m.end) for m in document.times]
        self.peoples = {self._token_at(p.start) for p in document.places if p.adjective}
        self.named_tokens = {i for s, e in named for i in range(self._token_at(s), self._token_at(e - 1) + 1)}

    def all(self) -> list[People]:
        found: dict[int, People] = {}
        for index, count in self.count_last.items():
            people = self.counted(index, count)
            if people is not None:
                found[people.head] = people
        for people in counts_going_on(self.doc, self.words, self.count_last, found, self._is_people):
            noun = self.doc[people.noun]
            found[people.head] = replace(people, side=self._side(noun), attacker=self._attacker(noun))
        reflexives = [t for t in self.doc if self.words.forms[t.i] in REFLEXIVES]
        for token in self.doc:
            if token.i in found or token.i in self.count_of or self.words.forms[token.i] in REFLEXIVES:
                continue
            people = self._uncounted(token)
            if people is not None:
                found[people.head] = people
        of_pronouns = dict(self._reflexives(reflexives, found))
        self._go_on(found, of_pronouns)
        return self.chained([self._who_hurt_others(found[i], found) for i in sorted(found)])

    def _who_hurt_others(self, people: People, found: Mapping[int, People]) -> People:
        """ "a man shot his two sons, then took his own life": one who dies is an attacker where others died by him"""
        if people.attacker or people.number not in {"one", "definite one"} or people.fate.effect not in {"killed", "injured"}:
            return people
        did_it = any(other.fate.agent == people.head and other.fate.effect == "killed" and other.head != people.head
                     and other.fate.trigger != people.fate.trigger for other in found.values())
        return replace(people, attacker=True) if did_it else people

    def _reflexives(self, tokens: Sequence[Token], found: dict[int, People]) -> Iterator[tuple[int, Fate]]:
        """Add to `found` who hurt themselves, beside what else is told of them. Yields "he" of "he accidentally shot himself"."""
        for token in tokens:
            fate = turned_on(token) or fate_of(token, self.lex)
            if fate is None:
                continue
            subject = who_hurt_himself(self.doc[fate.trigger])
            held = found.get(subject.i) if subject is not None else None
            if token.dep_ == "conj" or any(c.dep_ == "conj" for c in token.children):
                if held is not None and held.fate.trigger == fate.trigger:
                    del found[held.head]                         # "the man killed his children and himself": told twice
                found[token.i] = self._who_did_it(token, fate)
            elif subject is not None and subject.lower_ in SUBJECTS and is_by_accident(self.doc[fate.trigger]):
                yield subject.i, fate
            elif held is not None and held.number in {"one", "definite one"}:
                found[held.head] = replace(held, later=(*held.later, (token.i, fate)))   # "the boy who shot himself died"
            else:
                people = self._who_hurt(token, subject, fate)
                found[people.head] = people

    def _go_on(self, found: dict[int, People], of_reflexives: Mapping[int, Fate]) -> None:
        """Add to `found` what pronouns tell, beside what was told of their antecedents or as the first thing told of them."""
        fates = {**harm_to_pronouns(self.doc, self.words, self.lex), **of_reflexives}
        if not fates:
            return
        held = {p.name.split()[-1] for p in found.values() if p.name is not None and p.fate.effect == "arrested"}
        mentions = [Mention(t.i, self.words.sentence_of[t.i], t.i in found and found[t.i].fate.effect in FATED)
                    for t in self.doc if self._is_one_person(t, found) and not self._is_held(t, held)]
        for told in told_by_pronouns(self.doc, self.words.sentence_of, mentions, fates):
            people = found.get(told.of) or self.person(self.doc[told.of], told.fate)
            if people is not None:
                found[told.of] = replace(people, later=(*people.later, (told.pronoun, told.fate)))

    def _is_held(self, token: Token, held: AbstractSet[str]) -> bool:
        """Whether a name is that of somebody arrested, whom "he died" does not mean: surnames of those held in `held`."""
        return token.text in held

    def _is_one_person(self, token: Token, found: dict[int, People]) -> bool:
        if token.i in found:
            return found[token.i].number in {"one", "definite one"}
        if token.pos_ not in {"NOUN", "PROPN"} or token.i in self.count_of or token.dep_ in {"compound", "amod", "nmod"}:
            return False
        return token.tag_ != "NNS" and (token.i in self.person_at or name_before(token, self.named_tokens) is not None)

    def chained(self, people: list[People]) -> list[People]:
        """Those that one verb tells of and that only commas and "and" part are one list, however they were parsed."""
        result: list[People] = []
        for group in people:
            before = result[-1] if result else None
            if before is not None and before.fate.trigger == group.fate.trigger and before.end < group.first and all(
                    t.lower_ in LISTING for t in self.doc[before.end:group.first]):
                group = replace(group, chain=before.chain)
            result.append(group)
        return result

    def _token_at(self, char: int) -> int:
        return max(bisect_right(self.starts, char) - 1, 0)

    def counted(self, last: int, count: Count, said: Fate | None = None) -> People | None:
        """Those whom the number that ends at token `last` counts. said: what became of them, where that is known already."""
        token = self.doc[last]
        first = self._token_at(count.start)
        while token.dep_ == "conj" and token.head.like_num and first <= token.head.i < token.i:
            token = token.head                                  # "between 15 and 20 soldiers"
        head = noun = head_of_count(token)
        tied: Token | None = None                               # the noun that the parse tied the number to, where it counts none
        if head.i == token.i:                                   # bare: "13 of them", "dozens of people", "151 wounded"
            noun = self._of_whom(token) or token
            if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_.lower() in COUNTED_BY_OF:
                head = noun = token.head.head                   # "a family of five"
                first = min(first, head.left_edge.i)
        if is_dialled(self.words, last) or (
                head.i == token.i and noun.i == token.i and is_no_count(self.doc, self.words, first, last, count)):
            return None
        if noun.i != token.i and not self._is_people(noun) and not (said is not None and may_be_people(noun)):
            tied, after = noun, noun_after(self.doc[last], self._is_people)
            if after is None and noun.lower_ != "more":         # "a dozen more"
                return None
            head, noun = (after, after) if after is not None else (head, token)
        parent = self._parent(head) or self._of_them(last) or self._whole(head) or (
            self._parent(tied) if tied is not None else None)
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
        if noun.i == fate.trigger and noun.i == head.i and self.person_at.get(noun.i) is None:
            end = last + 1                                      # "95 dead": who they were is not said
        first = min(first, head.left_edge.i) if head.left_edge.i >= first - 3 else first
        return People(head.i, noun.i, first, end, count, "count", self._side(noun), None, fate, parent,
                      self.chain_of(head), self._attacker(noun), some_of=self._is_some_of(head))

    def _is_some_of(self, head: Token) -> bool:
        """ "two of the victims", "three of the four", "one of them" """
        of = self.doc[head.i + 1] if head.i + 1 < len(self.doc) else None
        if of is None or of.lower_ != "of" or not head.like_num:
            return False
        return any(c.lower_ in MEMBERS or c.i in self.person_at or c.i in self.count_of for c in of.children)

    def _of_whom(self, token: Token) -> Token | None:
        for child in token.children:
            if child.lower_ == "of" and child.i > token.i:
                for noun in child.children:
                    if noun.dep_ == "pobj" and (noun.i in self.person_at or self._effect_word(noun)):
                        return noun
        return None

    def _is_people(self, token: Token) -> bool:
        return token.i in self.person_at or self._effect_word(token) or token.pos_ == "NUM" or self._is_a_people(token) \
            or token.lower_ in PEOPLE_WHERE_COUNTED

    def _is_a_people(self, token: Token) -> bool:
        """ "31 Palestinians": the plural of a country's adjective"""
        return token.tag_ in {"NNPS", "NNS"} and token.i in self.peoples

    def _effect_word(self, token: Token) -> bool:
        return token.lower_ in self.lex.effect_words or token.lemma_.lower() in self.lex.effect_words

    def _parent(self, head: Token) -> int | None:
        """The people that `head` is a part of: "nine, including two children"; "three of the wounded"."""
        prep = head.head
        if head.dep_ in {"pobj", "dobj"} and prep.lower_ in {"including", "among", "include", "includes", "included"} \
                and not (prep.lower_ == "among" and prep.head.lemma_ == "be"):  # "were among the dead": the other way round
            node = prep.head
            if node.i != prep.i and node.i < head.i and (node.i in self.person_at or node.pos_ in {"NUM", "NOUN", "ADJ"}):
                return int(node.i)
            return self._people_before(prep.i)
        if head.dep_ in {"conj"} and head.head.dep_ in {"pobj"} and head.head.head.lower_ == "including":
            return self._parent(head.head)
        if head.i + 1 < len(self.doc) and self.doc[head.i + 1].lower_ in {"fatally", "mortally", "critically", "seriously"}:
            return self._people_before(head.left_edge.i)        # "15 hurt, three seriously"
        for child in head.children:
            if child.lower_ == "of" and child.i == head.i + 1:
                for noun in child.children:
                    if noun.lower_ in MEMBERS and noun.i not in self.count_of:
                        return self._people_before(head.i)
        return None

    def _whole(self, head: Token) -> int | None:
        """The people that `head` "were among", where the words say people."""
        whole = whole_of(head)
        return int(whole.i) if whole is not None and (whole.i in self.person_at or self._effect_word(whole)) else None

    def _of_them(self, last: int) -> int | None:
        """ "eight of them rebels": a part of those of before, whatever the parse ties the number to"""
        of, members = (self.doc[i].lower_ if i < len(self.doc) else "" for i in (last + 1, last + 2))
        return self._people_before(last) if of == "of" and members in {"them", "whom"} else None

    def _people_before(self, index: int) -> int | None:
        sentence = self.words.sentence_of[index]
        for i in range(index - 1, -1, -1):
            if self.words.sentence_of[i] != sentence:
                return None
            if i in self.person_at or i in self.count_last:
                return int(head_of_count(self.doc[i]).i)
        return None

    def chain_of(self, head: Token) -> int:
        node = head
        while node.dep_ == "conj" and node.head.i < node.i and node.head.pos_ in {"NOUN", "PROPN", "NUM"}:
            node = node.head
        return int(node.i)

    def _uncounted(self, token: Token) -> People | None:
        if not self._is_candidate(token):
            return None
        fate, parent = fate_of(token, self.lex), self._parent(token)
        if fate is None and parent is not None:
            fate = fate_of(self.doc[parent], self.lex)
        if fate is None and is_told_first(token):
            told, parent = among(token, self.lex), self._whole(token)
            fate = told if told is not None and not told.weak else None     # of one "among three people shot" no more is told
        others = beside_whom(token) if fate is None else []
        if others:
            fate = beside(token, self.lex)                      # "two boys are dead along with their father"
        if fate is None or self._is_no_noun_phrase(token):
            return None
        people = self.person(token, fate, parent)
        return replace(people, chain=self.chain_of(others[0])) if people is not None and others else people

    def _who_hurt(self, reflexive: Token, subject: Token | None, fate: Fate) -> People:
        """ "killing himself and four others": who did it; "accidentally shot himself": the one who was hurt."""
        hurt = self.person(subject, fate) if subject is not None and self._is_candidate(subject) else None
        if hurt is not None and (is_by_accident(self.doc[fate.trigger]) or self._is_a_victim(hurt)):
            return hurt
        return self._who_did_it(reflexive, fate)

    def _who_did_it(self, reflexive: Token, fate: Fate) -> People:
        at = reflexive.i
        return People(at, at, at, at + 1, None, "one", "unknown", None, fate, None, self.chain_of(reflexive), attacker=True)

    def _is_a_victim(self, people: People) -> bool:
        """A child, or who is called a victim: such a one shot himself and nobody else."""
        noun = self.doc[people.noun].lemma_.lower()
        return noun in YOUNG or noun == "victim" or (people.age is not None and people.age <= CHILD_ALONE)

    def _is_candidate(self, token: Token) -> bool:
        form = self.words.forms[token.i]
        if self._is_another(token):
            return True
        if token.i not in self.person_at and not form.endswith("old") and not token.text[:1].isupper():
            return False
        if token.dep_ in {"compound", "amod", "nmod"}:
            return False
        return token.i in self.person_at or self._aged(token) is not None or name_before(token, self.named_tokens) is not None

    def _is_another(self, token: Token) -> bool:
        """ "one person is dead and another is in critical condition", "a third was hurt": the noun is left out"""
        if token.dep_ not in NO_NOUN or token.i in self.named_tokens:
            return False
        return token.lower_ == "another" or (token.lower_ in ORDINALS and token.tag_ == "JJ" and any(
            c.lower_ in {"a", "the"} for c in token.lefts))

    def _is_no_noun_phrase(self, token: Token) -> bool:
        """ "held guests hostage"; "the body of a boy", where the boy is the one told of"""
        lemma = token.lemma_.lower()
        if lemma in HELD_WORDS and token.tag_ == "NN" and not any(c.dep_ in {"det", "poss", "nummod"} for c in token.children):
            return True
        return lemma in {"body", "corpse"} and any(
            c.lower_ == "of" and any(self._is_candidate(g) or g.i in self.count_of for g in c.subtree) for c in token.children)

    def person(self, token: Token, fate: Fate, parent: int | None = None) -> People | None:
        hit = self.person_at.get(token.i) or self._aged(token)
        start = None if hit else name_before(token, self.named_tokens)
        if hit is None and start is None:
            return None
        name = str(self.doc[start:token.i + 1].text) if start is not None else None
        if hit is not None:
            first = min(hit.first, self._with_age(max(token.left_edge.i, token.i - LONGEST_LEFT), token.left_edge.i))
        else:
            first = token.i if start is None else start
            if first > 0 and self.words.forms[first - 1] in {"old", "year-old"}:
                first = max(first - 5, token.left_edge.i, 0)    # "23-year-old Orla Venn"
        if any(i in self.count_of for i in range(first, token.i)):
            return None                                         # it was read with its count
        age = age_in(self.words, max(min(token.i - LONGEST_LEFT - 1, first), 0) if hit else first, token.i + 1)
        age = age_after(self.doc, token.i) if age is None else age
        return People(token.i, token.i, first, token.i + 1, None, number_of(token, name), self._side(token), name, fate,
                      parent, self.chain_of(token), self._attacker(token), age, self._same(token, name),
                      members=MEMBERS_OF.get(token.lemma_.lower(), 1))

    def _with_age(self, first: int, edge: int) -> int:
        """ "15-year-old Arden High School student": back to the number, where the phrase was cut in its age"""
        while first > edge and self.words.forms[first] in AGE_WORDS:
            first -= 1
        return first

    def _same(self, token: Token, name: str | None) -> int | None:
        """Head of what this one stands beside as another name for it; two full names beside each other are two persons."""
        head = token.head
        if token.dep_ != "appos" or head.i >= token.i:
            return None
        other = name_before(head, self.named_tokens)
        if name is not None and other is not None and other < head.i and " " in name:
            return None
        return int(head.i)

    def _aged(self, token: Token) -> Hit | None:
        """ "a 17-year-old": a person whose noun is left out"""
        i = token.i
        if token.dep_ in {"amod", "acomp"}:
            return None
        if token.lower_ == "old" and i >= 4 and self.words.forms[i - 2] in {"year", "month"}:
            return Hit(i - 4, i + 1, "old", "unknown")
        if token.lower_.endswith("-old"):
            return Hit(i, i + 1, "old", "unknown")
        return Hit(i, i + 1, token.lower_, "unknown") if self._is_another(token) else None

    def _side(self, noun: Token) -> Side:
        hit = self.person_at.get(noun.i)
        return hit.value if hit else "unknown"                  # type: ignore[return-value]  # checked by the lexicon's test

    def _attacker(self, noun: Token) -> bool:
        return noun.lemma_.lower() in self.lex.surely_attackers
