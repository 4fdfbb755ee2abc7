"""Which verb a noun phrase stands before, whatever the parse made of it: for lists that the parser takes apart wrongly."""

from __future__ import annotations

from typing import Any

from dateline.extract.effects_verbs import has_subject

Token = Any                       # spacy.tokens.Token

SUBJECTS = {"nsubj", "nsubjpass"}
STATES = {"dead", "wounded", "injured", "hurt", "hospitalized", "clinging", "fighting"}
HELPERS = {"was", "were", "is", "are", "has", "have", "had", "be", "been"}
FINITE = {"VBD", "VBN", "VBP", "VBZ"}
LONGEST_HELP = 4                  # tokens from "was" to its verb: "was also critically hit"


def verb_behind(head: Token) -> Token | None:
    """The verb right behind a noun phrase, an age between commas left out, that has no subject; None: there is none.

    Of "shot in the back and a 17-year-old was hit in the foot" the parser ties the 17-year-old to the back, and "hit" to nobody.
    """
    if head.dep_ in SUBJECTS:
        return None
    token = _after_age(head)
    if token is None or token.sent != head.sent:
        return None
    verb = token
    if token.lower_ in HELPERS and token.dep_ in {"aux", "auxpass"}:
        verb = token.head
    if verb.pos_ not in {"VERB", "AUX"} or verb.tag_ not in FINITE or not 0 <= verb.i - token.i <= LONGEST_HELP:
        return None
    helped = verb is not token or token.lower_ in HELPERS or token.tag_ == "VBD"
    return verb if helped and not has_subject(verb) and verb.dep_ not in {"acl", "relcl"} else None


def state_behind(head: Token) -> Token | None:
    """The state that is told right behind a noun phrase: "left a 15-year-old dead and a 12-year-old clinging to life"."""
    after = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else None
    if after is None or after.lower_ not in STATES or after.sent != head.sent:
        return None
    following = head.doc[after.i + 1] if after.i + 1 < len(head.doc) else None
    return after if following is None or following.pos_ not in {"NOUN", "PROPN", "ADJ"} else None


def _after_age(head: Token) -> Token | None:
    doc, after = head.doc, head.i + 1
    if after + 2 < len(doc) and doc[after].text == "," and doc[after + 1].like_num and doc[after + 2].text == ",":
        after += 3
    return doc[after] if after < len(doc) else None
