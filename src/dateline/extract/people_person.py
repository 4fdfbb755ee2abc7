"""One noun phrase for a person, or for people whom nobody counts, made into `People`: name, age, who it names again."""

from __future__ import annotations

from typing import Any

from dateline.extract.effects_verbs import Fate
from dateline.extract.people_group import People
from dateline.extract.people_names import age_after, age_in, name_before
from dateline.extract.people_numbers import number_of
from dateline.extract.people_words import PeopleWords
from dateline.records.persons import sex_of

Token = Any                       # spacy.tokens.Token

MEMBERS_OF = {"couple": 2, "pair": 2, "duo": 2, "trio": 3}   # how many one such noun means
AGE_WORDS = {"-", "–", "year", "month", "old"}
PARTING = {"and", "or", ";"}
LONGEST_LEFT = 5                  # tokens of a noun phrase before its noun


def person_of(words: PeopleWords, token: Token, fate: Fate, parent: int | None = None) -> People | None:
    """The person or people whose noun or name ends at `token`; None: it names nobody, or it was read with its count."""
    hit = words.person_at.get(token.i) or words.aged(token)
    start = None if hit else name_before(token, words.named_tokens)
    if hit is None and start is None:
        return None
    name = str(words.doc[start:token.i + 1].text) if start is not None else None
    if hit is not None:
        first = min(hit.first, _with_age(words, max(token.left_edge.i, token.i - LONGEST_LEFT), token.left_edge.i))
    else:
        first = token.i if start is None else start
        if first > 0 and words.words.forms[first - 1] in {"old", "year-old"}:
            first = max(first - 5, token.left_edge.i, 0)        # "23-year-old Orla Venn"
    if any(i in words.count_of for i in range(first, token.i)):
        return None
    age = age_in(words.words, _since_list(words, max(min(token.i - LONGEST_LEFT - 1, first), 0), token.i) if hit else first,
                 token.i + 1)
    age = age_after(words.doc, token.i) if age is None else age
    return People(token.i, token.i, first, token.i + 1, None, number_of(token, name), words.side_of(token), name, fate,
                  parent, words.chain_of(token), words.is_attacker(token), age, _named_again(words, token, name),
                  members=MEMBERS_OF.get(token.lemma_.lower(), 1))


def _since_list(words: PeopleWords, first: int, at: int) -> int:
    """Of "a 2-month-old baby and her father" the words for the father alone; never those of the sentence before."""
    sentence_of = words.words.sentence_of
    return next((i for i in range(at, first, -1)
                 if words.words.forms[i - 1] in PARTING or sentence_of[i - 1] != sentence_of[at]), first)


def _with_age(words: PeopleWords, first: int, edge: int) -> int:
    """ "15-year-old Arden High School student": back to the number, where the phrase was cut in its age"""
    while first > edge and words.words.forms[first] in AGE_WORDS:
        first -= 1
    return first


def _named_again(words: PeopleWords, token: Token, name: str | None) -> int | None:
    """Head of what this one stands beside as another name for it; two full names beside each other are two persons."""
    head = token.head
    if token.dep_ != "appos" or head.i >= token.i:
        return None
    other = name_before(head, words.named_tokens)
    if name is not None and other is not None and other < head.i and " " in name:
        return None
    sexes = sex_of({token.lemma_.lower()}), sex_of({head.lemma_.lower()})
    if None not in sexes and sexes[0] != sexes[1]:
        return None                                             # "a 59-year-old man, 49-year-old woman and ..."
    return int(head.i)
