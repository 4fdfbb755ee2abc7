"""Who said it where the name comes last and no comma parts it from what was said: "killing six the mayor said".

Agencies' texts reach us without their commas often enough (feeds, archives, hand-typed sets), and the parse then takes the name
for a part of what goes before it. So here the words themselves are read: the name stands beside a verb of speech, and nothing is
said after it.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from dateline.extract.speakers_lists import SpeakerLists

Token = Any                       # spacy.tokens.Token; spaCy comes without types
Doc = Any

LONGEST_NAME = 16                 # tokens: "the head of the Arden Observatory for Human Rights Rami Abdel Varela"
DETERMINERS = frozenset(("the", "a", "an", "another", "one"))
PRONOUNS = frozenset(("he", "she", "it", "they"))
INTO_NAME = frozenset(("of", "for", "in", "at", "with", "from", "near", "on"))
HAVE = frozenset(("have", "has", "had", "also", "later", "earlier", "'ve"))
JOINTS = frozenset(("-", "'", "\u2019", "'s", "\u2019s", "&", "."))
QUOTES = frozenset(("\"", "\u201c", "\u201d", "``", "''"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
GOES_ON = frozenset(("which", "who", "while", "as", "but", "and", "after", "when", ",", ";"))
NOMINAL = frozenset(("DET", "PROPN", "NOUN", "ADJ"))
WHEN = frozenset(("yesterday", "today", "overnight", "late", "early", "earlier", "later", "afterwards", "separately", "recently"))
UNSAID = frozenset(("that", "how", "why", "whether", "if"))


def named_last(verb: Token, lists: SpeakerLists, places_end: Set[int]) -> tuple[int, int, int, int] | None:
    """Tokens of what is said and of who says it: (start, end, speaker start, speaker end); None where the words tell neither.

    places_end: the last tokens of the names of places, which end what is said: "near Port Verity the mayor said".
    """
    if verb.lemma_.lower() not in lists.closing or verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN"}:
        return None
    doc, sent = verb.doc, verb.sent
    if _says_more(verb):
        return None
    stop = verb.i
    while stop > sent.start and doc[stop - 1].lower_ in HAVE:
        stop -= 1
    start, end = verb.i + 1, _name_after(verb, lists)
    if end > start and _can_speak(doc, start, end, lists, places_end):
        stop = verb.i                                           # "said the mayor": nothing else can follow "said" and end there
    else:
        before = _name_before(doc, sent.start, stop, lists, places_end)
        if before is None or not _can_speak(doc, before, stop, lists, places_end):
            return None
        start, end, stop = before, stop, before
    if not _tells(doc, sent.start, stop):
        return None
    after = doc[max(end, verb.i + 1)] if max(end, verb.i + 1) < sent.end else None
    whole = after is not None and after.tag_ == "VBG" and after.lemma_ == "add"    # "X said adding that ..."
    return int(sent.start), int(sent.end if whole else stop), start, end


def is_a_name(verb: Token) -> bool:
    """ "Sheikh Said": a verb's form in capitals amid a sentence, after another name"""
    before = verb.doc[verb.i - 1] if verb.i > verb.sent.start else None
    return bool(before is not None and verb.text[:1].isupper() and before.text[:1].isupper() and not verb.text.isupper())


def _says_more(verb: Token) -> bool:
    """Whether something is said after the verb: "the mayor said six died"; a time, a listener or an addition is nothing said."""
    doc, sent = verb.doc, verb.sent
    for index in range(verb.i + 1, sent.end):
        token = doc[index]
        if token.lower_ in UNSAID:
            return True
        if token.lower_ == "and" and index > verb.i + 1 and all(t.pos_ in NOMINAL for t in doc[verb.i + 1:index]):
            continue                                            # "police say Orr and Dar were killed": they may be told of
        if token.tag_ == "VBG" or token.lower_ in GOES_ON or token.text in QUOTES:
            return False
        if token.tag_ in FINITE or (token.tag_ == "VBN" and index > verb.i + 2):
            return True
        if index == verb.i + 1 and not _opens_nothing_said(token, verb):
            return True
    return False


def _opens_nothing_said(token: Token, verb: Token) -> bool:
    told = verb.lemma_ == "tell"
    time = token.lower_ in WHEN or token.lower_.endswith("day")
    inverted = verb.lemma_ in {"say", "add"} and token.pos_ in {"DET", "PROPN", "NOUN", "ADJ"}
    return told or time or inverted or token.is_punct or token.is_space or token.pos_ == "ADP"


def _name_before(doc: Doc, first: int, stop: int, lists: SpeakerLists, places_end: Set[int]) -> int | None:
    """Where the name that ends before token `stop` begins; None where no name stands there."""
    if stop - 1 < first:
        return None
    last = doc[stop - 1]
    if last.lower_ in PRONOUNS:
        return int(last.i)
    index, start = stop - 1, None
    while index >= max(first, stop - LONGEST_NAME):
        token = doc[index]
        if token.lower_ in DETERMINERS:
            start = index
            if not _is_joined(doc, index - 1, first, lists):
                break
        elif token.lower_ in INTO_NAME or token.lower_ == "and":
            if start is None or not _is_joined(doc, index, first, lists):
                break
        elif not _is_in_name(doc, index, stop, lists, places_end):
            break
        else:
            start = index
        index -= 1
    if start is not None and doc[start].lower_ in DETERMINERS:
        start = _name_after_quotation(doc, first, start)
    while start is not None and start < stop and doc[start].text in JOINTS | {"(", ")"}:
        start += 1
    return start if start is not None and start < stop else None


def _name_after_quotation(doc: Doc, first: int, start: int) -> int:
    """ "..." Salim Dar the commander of the police said: the name that stands between the quotation and the office"""
    index = start
    while index > first and (doc[index - 1].pos_ == "PROPN" or doc[index - 1].text in JOINTS):
        index -= 1
    return index if index > first and doc[index - 1].text in QUOTES else start


def _is_joined(doc: Doc, index: int, first: int, lists: SpeakerLists) -> bool:
    """Whether "of", "for", "and" at `index` stands inside a speaker's name: "head of the ...", "a group and residents"."""
    if index <= first or (doc[index].lower_ not in INTO_NAME and doc[index].lower_ != "and"):
        return False
    return is_speaker_word(doc[index - 1], lists)


def is_speaker_word(token: Token, lists: SpeakerLists) -> bool:
    """Whether one word alone tells of somebody who speaks: an office, an organisation, a kind of speaker."""
    lower = token.lower_
    singular = lower[:-1] if lower.endswith("s") else lower
    return bool({lower, singular} & (lists.offices | lists.organisations)) or lists.kind_of(lower) != "other"


def _is_in_name(doc: Doc, index: int, stop: int, lists: SpeakerLists, places_end: Set[int]) -> bool:
    token, after = doc[index], doc[index + 1]
    if token.text in JOINTS:
        return not (token.text == "." and doc[index - 1].text[-1:].islower() and len(doc[index - 1]) > 3)
    if token.text in {"(", ")"}:
        return index >= stop - 3
    if token.lower_.endswith("day") or token.lower_ in WHEN or token.pos_ not in {"NOUN", "PROPN", "ADJ", "VERB", "X"}:
        return False
    if token.pos_ == "VERB":
        return bool(token.dep_ == "amod" and index < stop - 1)
    if index == stop - 1:
        return True
    speaks = is_speaker_word(token, lists)
    if index in places_end and not speaks:
        return after.text in JOINTS or (is_speaker_word(after, lists) and not after.text.isupper())   # "Arden police"
    if token.tag_ == "NNS" and {doc[max(index - 1, 0)].lower_, doc[max(index - 2, 0)].lower_} & {"a", "an"}:
        return True                                             # "a human rights group"
    if token.pos_ == "NOUN" and not speaks:
        plural = token.tag_ == "NNS"
        return not plural and not after.text[:1].isupper() and after.lower_ not in lists.qualifiers
    return not (token.tag_ == "NNS" and after.lower_ not in INTO_NAME | {"and"} and after.text not in JOINTS)


def _name_after(verb: Token, lists: SpeakerLists) -> int:
    """Where the name of "said the mayor of Arden" ends; the token after the verb where there is none."""
    doc, sent = verb.doc, verb.sent
    index = int(verb.i) + 1
    if verb.lemma_ not in {"say", "add"}:
        return index
    while index < min(sent.end, verb.i + 1 + LONGEST_NAME):
        token = doc[index]
        named = token.pos_ in {"NOUN", "PROPN", "ADJ", "DET"} or token.text in JOINTS
        joined = token.lower_ in INTO_NAME and index > verb.i + 1 and is_speaker_word(doc[index - 1], lists)
        if not (named or joined) or token.lower_.endswith("day") or token.is_sent_end:
            break
        index += 1
    while index > verb.i + 1 and doc[index - 1].text in JOINTS:
        index -= 1
    return index


def _can_speak(doc: Doc, start: int, end: int, lists: SpeakerLists, places_end: Set[int]) -> bool:
    """Whether the words name somebody who speaks: a pronoun, an office, an organisation, a kind of speaker, a person's name."""
    words = [token for token in doc[start:end] if not token.is_punct]
    if not words or words[-1].lemma_ in lists.not_speakers:
        return False
    if words[-1].lower_ in PRONOUNS or any(is_speaker_word(token, lists) for token in words):
        return True
    if lists.kind_of(doc[start:end].text) != "other":
        return True
    last = words[-1]
    return bool(last.pos_ == "PROPN" and last.text[:1].isupper() and last.i not in places_end)


def _tells(doc: Doc, start: int, end: int) -> bool:
    """Whether what stands before the name tells something: it has a verb."""
    return any(token.pos_ in {"VERB", "AUX"} for token in doc[start:end])
