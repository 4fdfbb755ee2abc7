"""Which words of a report stand for people: look-up tables made in one pass, and the questions that are asked of a token."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from dateline.extract.document import Count, Document
from dateline.extract.effects_order import state_behind
from dateline.extract.lexicon import Hit, Lexicon, lexicon
from dateline.extract.people_names import name_before
from dateline.extract.people_numbers import head_of_count
from dateline.extract.tokens import dateline_end
from dateline.records.account import Side

Token = Any                       # spacy.tokens.Token

PEOPLE_WHERE_COUNTED = {"forces"}  # "19 regime forces were killed"; alone it is a body: "security forces killed"
ORDINALS = {"second", "third", "fourth", "fifth"}
NO_NOUN = {"nsubj", "nsubjpass", "dobj", "conj"}   # places of "another" that stands for a person
UNITS_OF_AGE = {"year", "month", "week"}
HELD_WORDS = {"hostage", "captive", "casualty", "prisoner"}


class PeopleWords:
    """The tables of one report, by token index."""

    def __init__(self, document: Document) -> None:
        self.doc: Any = document.spacy
        self.lex: Lexicon = lexicon()
        self.words = document.tables.words
        self.head_end = dateline_end(document.report)
        self.person_at: dict[int, Hit] = document.tables.people
        self.starts = [t.idx for t in self.doc]
        self.count_of: dict[int, Count] = {}
        for count in document.counts:
            last = self.token_at(count.end - 1)
            for index in range(self.token_at(count.start), last + 1):
                self.count_of[index] = count
        self.count_last = {self.token_at(c.end - 1): c for c in document.counts}
        named = [(m.start, m.end) for ms in (document.groups, document.places) for m in ms]
        named += [(m.start, m.end) for m in document.times]
        self.peoples = {self.token_at(p.start) for p in document.places if p.adjective}
        self.named_tokens = {i for s, e in named for i in range(self.token_at(s), self.token_at(e - 1) + 1)}

    def token_at(self, char: int) -> int:
        return max(bisect_right(self.starts, char) - 1, 0)

    def is_people(self, token: Token) -> bool:
        return token.i in self.person_at or self.is_effect_word(token) or token.pos_ == "NUM" or self._is_a_people(token) \
            or token.lower_ in PEOPLE_WHERE_COUNTED

    def is_effect_word(self, token: Token) -> bool:
        return token.lower_ in self.lex.effect_words or token.lemma_.lower() in self.lex.effect_words

    def is_candidate(self, token: Token) -> bool:
        """Whether an uncounted noun may stand for a person or for people."""
        form = self.words.forms[token.i]
        if form in {"other", "another"} and token.i and self.words.forms[token.i - 1] in {"each", "one"}:
            return False                                        # "shot each other": told of who did it
        if self.is_another(token):
            return True
        if token.i not in self.person_at and not form.endswith("old") and not token.text[:1].isupper():
            return False
        if token.dep_ in {"compound", "amod", "nmod"} and not (form.endswith("old") and state_behind(token) is not None):
            return False
        return token.i in self.person_at or self.aged(token) is not None or name_before(token, self.named_tokens) is not None

    def is_another(self, token: Token) -> bool:
        """ "one person is dead and another is in critical condition", "a third was hurt": the noun is left out"""
        if token.lower_ == "another" and token.dep_ == "det" and state_behind(token) is not None:
            return True                                         # "one person is dead and another hospitalized"
        if token.dep_ not in NO_NOUN or token.i in self.named_tokens:
            return False
        return token.lower_ == "another" or (token.lower_ in ORDINALS and token.tag_ == "JJ" and any(
            c.lower_ in {"a", "the"} for c in token.lefts))

    def is_no_noun_phrase(self, token: Token) -> bool:
        """ "held guests hostage"; "the body of a boy", where the boy is the one told of"""
        lemma = token.lemma_.lower()
        if lemma in HELD_WORDS and token.tag_ == "NN" and not any(c.dep_ in {"det", "poss", "nummod"} for c in token.children):
            return True
        return lemma in {"body", "corpse"} and any(
            c.lower_ == "of" and any(self.is_candidate(g) or g.i in self.count_of for g in c.subtree) for c in token.children)

    def aged(self, token: Token) -> Hit | None:
        """ "a 17-year-old": a person whose noun is left out"""
        i = token.i
        if token.dep_ in {"amod", "acomp"} and state_behind(token) is None:
            return None
        if token.lower_ == "old" and i >= 4 and self.words.forms[i - 2] in UNITS_OF_AGE:
            return Hit(i - 4, i + 1, "old", "unknown")
        if token.lower_ == "old" and i >= 2 and self.words.forms[i - 1] in UNITS_OF_AGE:    # "an 18-month old", "a two year old"
            return Hit(i - 3 if i >= 3 and self.words.forms[i - 2] == "-" else i - 2, i + 1, "old", "unknown")
        if token.lower_.endswith("-old"):
            return Hit(i, i + 1, "old", "unknown")
        return Hit(i, i + 1, token.lower_, "unknown") if self.is_another(token) else None

    def side_of(self, noun: Token) -> Side:
        hit = self.person_at.get(noun.i)
        return hit.value if hit else "unknown"                  # type: ignore[return-value]  # checked by the lexicon's test

    def is_attacker(self, noun: Token) -> bool:
        return noun.lemma_.lower() in self.lex.surely_attackers

    def people_before(self, index: int) -> int | None:
        """The head of the people told last before a token of its sentence."""
        sentence = self.words.sentence_of[index]
        for i in range(index - 1, -1, -1):
            if self.words.sentence_of[i] != sentence:
                return None
            if i in self.person_at or i in self.count_last:
                return int(head_of_count(self.doc[i]).i)
        return None

    def chain_of(self, head: Token) -> int:
        """The head of the first of the list that `head` stands in."""
        node = head
        while node.dep_ == "conj" and node.head.i < node.i and node.head.pos_ in {"NOUN", "PROPN", "NUM"}:
            node = node.head
        return int(node.i)

    def _is_a_people(self, token: Token) -> bool:
        """ "31 Palestinians": the plural of a country's adjective"""
        return token.tag_ in {"NNPS", "NNS"} and token.i in self.peoples
