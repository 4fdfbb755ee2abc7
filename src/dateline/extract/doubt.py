"""How surely the words say that somebody did it, and on whom a suspicion falls."""

from __future__ import annotations

from typing import Any

from dateline.records.account import Certainty

Token = Any
SUSPECTING = frozenset({"suspected", "alleged", "presumed", "apparent"})
# "is suspected of", "are believed to have", "are accused of": the subject of such a passive is only said to have done it.
DOUBTING: dict[str, Certainty] = {
    "suspect": "suspected", "believe": "suspected", "think": "suspected", "presume": "suspected", "assume": "suspected",
    "allege": "suspected", "accuse": "blamed", "blame": "blamed"}
# What is done to a suspect because of what he is suspected of: he is no victim of it.
SEEKING = frozenset({
    "accuse", "arrest", "blame", "charge", "convict", "detain", "hunt", "identify", "name", "pursue", "question", "seek",
    "suspect", "track", "try"})
AIMED = frozenset({"against", "on", "at", "into", "toward", "towards"})
INSIDE = frozenset({"compound", "amod", "nmod", "poss"})     # of a noun phrase


def certainty_of(head: Token) -> Certainty:
    """How surely the words say that whoever `head` names did it: "stated" where nothing takes it back.

    >>> from dateline.extract.nlp import pipeline
    >>> doc = pipeline()("Suspected rebels killed a guard. Soldiers are accused of killing another.")
    >>> certainty_of(doc[1]), certainty_of(doc[6])
    ('suspected', 'blamed')
    """
    before = list(head.doc[head.left_edge.i:head.i])
    if head.dep_ in INSIDE:          # "a suspected Red Lantern attack"
        before += [left for left in head.head.lefts if left.i < head.i]
    if any(token.lower_ in SUSPECTING for token in before):
        return "suspected"
    verb = head.head.lemma_.lower()
    if head.dep_ == "nsubj" and verb == "deny":
        return "blamed"               # "denied killing five": nobody denies but what he is charged with
    return DOUBTING.get(verb, "stated") if head.dep_ == "nsubjpass" else "stated"


def is_doubted(head: Token) -> bool:
    """Whether something is only believed of the noun: "is suspected of it", "men believed to be rebels killed four"."""
    verb = head.head
    if verb.lemma_.lower() not in DOUBTING:
        return False
    to_be = head.dep_ == "nsubj" and any(child.dep_ == "xcomp" and any(aux.lower_ == "to" for aux in child.children)
                                         for child in verb.children)      # as the parser takes the second
    return head.dep_ == "nsubjpass" or (to_be and verb.tag_ in {"VBN", "VBD"})


def is_sought(head: Token) -> bool:
    """Whether he is one whom somebody looks for, arrests, charges: "police arrested two men"."""
    return head.dep_ in {"dobj", "nsubjpass"} and head.head.lemma_.lower() in SEEKING


def is_aimed_at(noun: Token) -> bool:
    """Whether the noun names whom or what something is done to: "killed suspected rebels", "a raid on a suspected rebel camp"."""
    while noun.dep_ in INSIDE or noun.dep_ in {"conj", "appos"}:
        noun = noun.head
    if noun.dep_ in {"dobj", "nsubjpass"}:
        return not is_sought(noun)
    if noun.dep_ != "pobj":
        return False
    return noun.head.lower_ in AIMED or (noun.head.lower_ == "of" and is_aimed_at(noun.head.head))
