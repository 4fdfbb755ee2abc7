"""Numbers in noun phrases for people: what a number counts, which numbers count nobody, how many "a man" is."""

from __future__ import annotations

from typing import Any, Literal

from dateline.extract.document import Count
from dateline.extract.lexicon import Words, lexicon
from dateline.extract.people_names import OLDEST

Token = Any                       # spacy.tokens.Token
Number = Literal["count", "one", "definite one", "definite many", "some"]

EMERGENCY = {"911", "999", "112"}
# Plurals that are counted in news of violence and are neither people, targets nor weapons of the lexicon.
NO_PEOPLE = frozenset({
    "animal", "attack", "blast", "bullet", "camel", "cattle", "clash", "cow", "day", "degree", "dollar", "donkey", "explosion",
    "goat", "home", "horse", "hour", "incident", "kilogram", "kilometer", "kilometre", "livestock", "meter", "metre", "mile",
    "minute", "month", "ox", "pound", "raid", "round", "sheep", "shot", "strike", "time", "ton", "tonne", "week", "wound",
    "year"})
COLLECTIVE = {"family", "crowd"}
BY_ACCIDENT = {"accidentally", "unintentionally", "inadvertently", "mistakenly", "accident"}


def head_of_count(token: Token) -> Token:
    """The noun that a number counts; the number itself where it stands alone."""
    node = token
    for _ in range(3):
        if node.dep_ in {"nummod", "quantmod", "det", "amod", "compound", "predet", "npadvmod"} and node.head.i > node.i \
                and node.head.pos_ in {"NOUN", "PROPN", "ADJ", "NUM", "VERB"} and node.head.sent == node.sent \
                and (node.dep_ != "npadvmod" or node.head.pos_ == "ADJ"):
            node = node.head
        else:
            break
    return node


def is_no_count(doc: Any, words: Words, first: int, last: int, count: Count) -> bool:
    """An age after a name: "Orla Venn, 22,", "both 22"."""
    if first != last or count.modifier != "exact" or not count.words.isdecimal():
        return False
    before, earlier = (words.forms[i] if i >= 0 else "" for i in (last - 1, last - 2))
    after = words.forms[last + 1] if last + 1 < len(doc) else ""
    aged = before in {",", "("} and earlier != "" and doc[last - 2].pos_ == "PROPN" and (
        last + 1 >= len(doc) or doc[last + 1].pos_ in {"PUNCT", "CCONJ", "ADP", "AUX", "PRON", "SCONJ", "SPACE"})
    aged = aged or _is_age_of_several(doc, words, last)
    return (aged or before in {"both", "age", "aged", "ages"} or after in {"-", "–"}) and 0 < int(count.words) <= OLDEST


def _is_age_of_several(doc: Any, words: Words, last: int) -> bool:
    """ "the victims, 21 and 24, were", "two men (30 and 32)": either of the two"""
    first = last - 2 if words.forms[last - 1] == "and" and words.forms[last - 2].isdecimal() else last
    following = words.forms[first + 1:first + 4] if first == last else ["and", words.forms[last], *words.forms[last + 1:last + 2]]
    return (first >= 2 and words.forms[first - 1] in {",", "("} and doc[first - 2].tag_ == "NNS" and len(following) == 3
            and following[0] == "and" and following[1].isdecimal() and following[2] in {",", ")", "."})


def is_dialled(words: Words, last: int) -> bool:
    """The number to dial in an emergency: "called 911", "a 911 call"."""
    after = words.forms[last + 1] if last + 1 < len(words.forms) else ""
    called = words.lemmas[last - 1] in {"call", "dial", "a", "to"} or after in {"call", "dispatcher"}
    return called and words.forms[last] in EMERGENCY


def number_of(token: Token, name: str | None) -> Number:
    """How many an uncounted noun phrase means, and whether they were told of before."""
    if name is not None:
        return "one"
    determiner = next((c.lower_ for c in token.children if c.dep_ in {"det", "poss"}), None)
    plural = token.tag_ in {"NNS", "NNPS"} or token.lemma_.lower() in {"people", "police", "personnel", "family"}
    if determiner in {"a", "an", "another", "one"}:
        return "some" if token.lemma_.lower() in COLLECTIVE else "one"
    if determiner is None:
        return "some" if plural else "one"
    return "definite many" if plural else "definite one"


def may_be_people(noun: Token) -> bool:
    """Whether a noun that the lexicon lacks may name people, where something is said to have become of them."""
    lemma, lex = noun.lemma_.lower(), lexicon()
    thing = lex.targets.get(lemma) is not None or lex.weapons.get(lemma) is not None or lex.act_nouns.get(lemma) is not None
    return noun.tag_ in {"NNS", "NNPS"} and lemma not in NO_PEOPLE and not thing


def is_by_accident(verb: Token) -> bool:
    return any(t.lower_ in BY_ACCIDENT for node in (verb, verb.head) for t in node.children)
