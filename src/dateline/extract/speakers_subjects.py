"""Who speaks: the subject of a verb of speech, with the tokens of its name and office."""

from __future__ import annotations

from typing import Any

from dateline.extract.speakers_lists import SpeakerLists
from dateline.extract.speakers_trailing import is_speaker_word

Token = Any                       # spacy.tokens.Token; spaCy comes without types
Doc = Any

QUOTES = frozenset(("\"", "\u201c", "\u201d", "``", "''", "\u2018", "\u2019", "'"))
RELATIVES = frozenset(("who", "which", "that"))
LONGEST_SPEAKER = 30              # tokens: "Waheed Majroh, a spokesman for the country's Ministry of Public Health"


def speaker_tokens(head: Token, cue: int) -> tuple[int, int]:
    """Tokens [start, end) of the name and office around `head`, less clauses about it ("who asked not to be named")."""
    start, end = head.left_edge.i, head.right_edge.i + 1
    if start <= cue < end:
        start, end = (start, cue) if head.i < cue else (cue + 1, end)
    for token in head.doc[start:end]:
        quoted = token.text in QUOTES and not (token.text in {"'", "\u2019"} and token.dep_ == "case")
        if quoted and token.i < head.i:
            start = token.i + 1                                 # the parse took a quotation into the name
        elif quoted:
            end = min(end, max(token.i, head.i + 1))
        about = token.dep_ in {"relcl", "acl", "advcl", "ccomp", "parataxis"} and token.left_edge.i > head.i
        dated = token.dep_ in {"npadvmod", "prep"} and token.i > head.i and _is_date(token)
        if about or dated:
            end = min(end, max(token.left_edge.i, head.i + 1))
    doc = head.doc
    end = _whole_name(doc, head.i, end, cue)
    end = min(end, start + LONGEST_SPEAKER) if head.i < start + LONGEST_SPEAKER else end
    while end > start + 1 and ((doc[end - 1].is_punct and doc[end - 1].text not in {"."}) or doc[end - 1].is_space
                               or doc[end - 1].dep_ == "cc"):
        end -= 1
    while start < end - 1 and (doc[start].is_punct or doc[start].is_space or doc[start].dep_ in {"cc", "preconj"}):
        start += 1
    if end - start > LONGEST_SPEAKER:
        start = max(start, head.i - LONGEST_SPEAKER // 2)
        end = min(end, head.i + LONGEST_SPEAKER // 2)
    return start, end


def _whole_name(doc: Doc, head: int, end: int, cue: int) -> int:
    """`end` moved before "who" and "which", and on to the verb over the rest of a name that the parse cut in two."""
    end = next((index for index in range(head + 1, end) if doc[index].lower_ in RELATIVES), end)
    stop = end
    while stop < cue and (doc[stop].pos_ == "PROPN" or doc[stop].text == "-"):
        stop += 1
    return stop if stop == cue or (stop < cue and doc[stop].pos_ == "AUX") else end


def _is_date(token: Token) -> bool:
    words = {token.lower_, *(child.lower_ for child in token.children)}
    return any(word.endswith("day") for word in words) or bool(words & {"night", "statement", "interview", "twitter"})


def counts_people(head: Token) -> bool:
    """Whether the subject counts the dead rather than names who speaks: "18 people state media reported"."""
    return head.lemma_.lower() in {"people", "person"} and any(child.dep_ == "nummod" for child in head.children)


def noun_beside(verb: Token, lists: SpeakerLists) -> Token | None:
    """The noun right before the verb, where it can speak."""
    before = verb.doc[verb.i - 1] if verb.i > verb.sent.start else None
    return before if before is not None and is_speaker_word(before, lists) else None


def of_whom(head: Token | None) -> Token | None:
    """ "one of the sources" speaks as the sources do"""
    if head is not None and head.lower_ in {"one", "some", "several", "many", "both", "two", "most"}:
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                return next((noun for noun in child.children if noun.dep_ == "pobj"), head)
    return head


def is_nobody(head: Token, lists: SpeakerLists) -> bool:
    """Whether the subject names no one: "reports say"; "a UN report says" and "local media say" name somebody."""
    named = any(child.dep_ in {"compound", "poss", "amod", "nmod", "prep"} for child in head.children)
    plural = head.lower_ == "report" and any(child.lower_ in {"the", "this", "that", "a"} for child in head.children)
    return head.lower_ in lists.nobody and not named and not plural


def subject_of(verb: Token) -> Token | None:
    """Who speaks: the verb's subject, or that of the verb it is joined to ("said ..., adding that ...")."""
    node = verb
    for _ in range(4):
        for child in node.children:
            if child.dep_ in {"nsubj", "nsubjpass"}:
                if child.lower_ in RELATIVES and node.dep_ == "relcl":
                    return node.head
                return child
        if node.dep_ == "pcomp" and node.head.lower_ == "as" and node.head.head.lemma_ in {"quote", "cite", "describe"}:
            quoting = node.head.head
            for wanted in (("nsubjpass",), ("dobj", "obj"), ("nsubj",)):
                for child in quoting.children:
                    if child.dep_ in wanted:
                        return child
            return None
        if node.dep_ == "acl" and node.tag_ == "VBG":
            return node.head
        if node.dep_ == "advcl" and node.i < node.head.i:
            return None                                         # "Writing in the Post, X said": it tells nothing
        if node.dep_ in {"conj", "advcl", "xcomp", "dep"} and node.head.pos_ in {"VERB", "AUX"}:
            node = node.head
            continue
        return None
    return None
