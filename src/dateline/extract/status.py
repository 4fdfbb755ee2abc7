"""Did it happen, and is it told as news? Read from the words around an act."""

from __future__ import annotations

from typing import Any

from dateline.extract.lexicon import Lexicon
from dateline.records.account import Status, ToldAs

Token = Any

MODALS = {"would", "could", "might", "may", "can", "should", "must"}
REALISED = {"manage", "continue", "begin", "start", "proceed", "go", "keep", "resume", "be", "have", "help", "use"}
HEADS_UP = 4                      # words above an act that can take its reality away
WISHES = {"want", "hope", "fear", "risk", "seek", "aim", "urge", "order"}
ASKING = {"if", "unless", "whether", "lest"}
OLD_WORDS = {"previous", "earlier", "past", "similar", "last", "recent", "prior"}
# Words that make it another kind of telling only when they govern or describe the act itself.
NEAR = 12                         # tokens
OTHER_MADE = {"film", "movie", "drill", "exercise", "simulation", "novel", "documentary", "game", "screenplay", "simulated"}


def is_negated(token: Token) -> bool:
    """ "did not attack"; "no attack"; "without killing". What did not happen is no act."""
    for child in token.children:
        if child.dep_ == "neg" or (child.dep_ == "det" and child.lower_ == "no"):
            return True
    return bool(token.dep_ == "pcomp" and token.head.lower_ == "without")


def status_of(token: Token, lex: Lexicon) -> Status:
    """happened, or what the words around the act make of it: threatened, planned, hypothetical, attempted, foiled."""
    node = token
    for _ in range(HEADS_UP):
        found = _status_at(node, lex)
        if found is not None:
            return found
        if node.dep_ == "ROOT" or node.head.i == node.i or not _passes_up(node):
            break
        node = node.head
        lemma = node.lemma_.lower()
        status = lex.status.get(lemma)
        if status == "threatened" and any(t.lower_ == "life" for t in node.doc[max(node.i - 2, 0):node.i]):
            continue                                            # "injuries that are not life-threatening after a shooting"
        if status and status != "denied" and _governs(node, token, status):
            return status                                       # type: ignore[return-value]  # the lexicon's test checks the names
    return "happened"


def _status_at(node: Token, lex: Lexicon) -> Status | None:
    if node.pos_ not in {"VERB", "AUX"}:
        return None
    if node.tag_ == "VBG" and node.dep_ in {"pcomp"} and node.head.lower_ in {"of", "from"}:
        return None
    infinitive = perfect = False
    for child in node.children:
        word = child.lower_
        if child.dep_ == "aux":
            if word in MODALS:
                return "hypothetical"
            if word in {"will", "shall", "'ll"}:
                return "planned"
            infinitive |= word == "to"
            perfect |= word == "have"
        elif child.dep_ == "mark" and word in ASKING:
            return "hypothetical"
    if infinitive and not perfect and node.dep_ in {"xcomp", "advcl", "acl", "ROOT", "relcl", "conj", "ccomp"}:
        above = node.head.lemma_.lower()
        status = lex.status.get(above)
        if status and status not in {"denied"}:
            return status                                       # type: ignore[return-value]
        return None if above in REALISED else "hypothetical"
    return None


def _passes_up(node: Token) -> bool:
    """Whether what stands above can take the reality of the node away: not what merely sits beside it."""
    return node.dep_ in {"xcomp", "ccomp", "dobj", "pobj", "prep", "conj", "pcomp", "acl", "nsubjpass", "compound"}


def _governs(node: Token, token: Token, status: str) -> bool:
    if status == "hypothetical":
        # "feared", "ordered", "called for": only where the act is what is wanted, not where it is told beside it
        return node.lemma_.lower() in WISHES and bool(token.dep_ != "advcl")
    if node.pos_ == "NOUN" and status in {"threatened", "planned"}:
        return any(a.i == node.i for a in token.ancestors)      # "a threat of attacks", "a plot to bomb"
    if status == "attempted":
        return bool(node.pos_ == "VERB" or token.dep_ == "pobj")
    return True


def told_as_of(token: Token, lex: Lexicon) -> ToldAs:
    """news, or anniversary, legal, other, background by the words near the act. Days are weighed later (accounts.py)."""
    sentence = token.sent
    for word in sentence:
        told = lex.told_as.get(word.lemma_.lower())
        if told in {"anniversary", "legal"} and abs(word.i - token.i) <= 2 * NEAR:
            return told                                         # type: ignore[return-value]
        if told == "other" and word.lemma_.lower() in OTHER_MADE and _describes(word, token):
            return "other"
    if token.pos_ in {"NOUN", "PROPN"} and any(c.lower_ in OLD_WORDS and c.dep_ == "amod" for c in token.children):
        return "background"
    return "news"


def _describes(word: Token, token: Token) -> bool:
    if word in token.ancestors or word.head.i == token.i or (word.dep_ == "nsubj" and word.head in token.ancestors):
        return True
    governor = word.head.head
    return bool(word.head.dep_ == "prep" and (governor.i == token.i or governor in token.ancestors))
