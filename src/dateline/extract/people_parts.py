"""Which people are a part of others: "nine, including two children", "three of the wounded", "eight of them rebels"."""

from __future__ import annotations

from typing import Any

from dateline.extract.people_lists import whole_of
from dateline.extract.people_words import PeopleWords

Token = Any                       # spacy.tokens.Token

MEMBERS = {"them", "whom", "those", "these", "victim", "wounded", "injured", "dead", "people", "men"}
INCLUDING = {"including", "among", "include", "includes", "included"}
HOW_BADLY = {"fatally", "mortally", "critically", "seriously"}


def parent_of(words: PeopleWords, head: Token) -> int | None:
    """The head of the people that `head` is a part of: "nine, including two children"; "three of the wounded"."""
    prep = head.head
    if head.dep_ in {"pobj", "dobj"} and prep.lower_ in INCLUDING \
            and not (prep.lower_ == "among" and prep.head.lemma_ == "be"):  # "were among the dead": the other way round
        node = prep.head
        if node.i != prep.i and node.i < head.i and (node.i in words.person_at or node.pos_ in {"NUM", "NOUN", "ADJ"}):
            return int(node.i)
        return words.people_before(prep.i)
    if head.dep_ in {"conj"} and head.head.dep_ in {"pobj"} and head.head.head.lower_ == "including":
        return parent_of(words, head.head)
    if head.i + 1 < len(words.doc) and words.doc[head.i + 1].lower_ in HOW_BADLY:
        return words.people_before(head.left_edge.i)            # "15 hurt, three seriously"
    for child in head.children:
        if child.lower_ == "of" and child.i == head.i + 1:
            for noun in child.children:
                if noun.lower_ in MEMBERS and noun.i not in words.count_of:
                    return words.people_before(head.i)
    return None


def whole_among(words: PeopleWords, head: Token) -> int | None:
    """The people that `head` "were among", where the words say people."""
    whole = whole_of(head)
    return int(whole.i) if whole is not None and (whole.i in words.person_at or words.is_effect_word(whole)) else None


def of_them(words: PeopleWords, last: int) -> int | None:
    """ "eight of them rebels": a part of those of before, whatever the parse ties the number to. last: of the number's tokens."""
    doc = words.doc
    of, members = (doc[i].lower_ if i < len(doc) else "" for i in (last + 1, last + 2))
    return words.people_before(last) if of == "of" and members in {"them", "whom"} else None


def is_some_of(words: PeopleWords, head: Token) -> bool:
    """ "two of the victims", "three of the four", "one of them" """
    of = words.doc[head.i + 1] if head.i + 1 < len(words.doc) else None
    if of is None or of.lower_ != "of" or not head.like_num:
        return False
    return any(c.lower_ in MEMBERS or c.i in words.person_at or c.i in words.count_of for c in of.children)
