"""What a report tells of one person by a pronoun: "A man was shot. He died at a hospital.", "shot himself". """

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.extract.effects import fate_of
from dateline.extract.effects_verbs import Fate, subject_of
from dateline.extract.lexicon import Lexicon, Words
from dateline.records.persons import FEMALE, MALE

Token = Any                       # spacy.tokens.Token

SUBJECTS = {"he": ("nsubj", "nsubjpass"), "she": ("nsubj", "nsubjpass")}     # pronoun -> its places in the parse
OBJECTS = {"him": ("dobj", "nsubj"), "her": ("dobj", "nsubj")}
HARM = {"killed", "injured"}
GUNS = {"gun", "weapon", "rifle", "pistol", "handgun", "shotgun", "revolver", "firearm"}
NEAR, FAR = 2, 6                  # sentences back: to anybody told of, and to somebody whom harm was told of
SPEAKING = {"say", "tell", "report", "add", "call", "confirm", "believe", "think", "ask", "explain", "announce", "hear", "note"}
TELLING_ROLES = {"officer", "police", "detective", "deputy", "sheriff", "spokesman", "spokeswoman", "chief", "lieutenant",
                 "sergeant", "captain", "official", "witness", "neighbor", "neighbour", "prosecutor", "judge", "coroner", "mayor"}


@dataclass(frozen=True, slots=True)
class Mention:
    """One person as mentioned: the head of the noun phrase, and whether harm to it is told there."""

    head: int
    sentence: int
    harmed: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a pronoun tells, and the person it most likely stands for."""

    pronoun: int
    fate: Fate
    of: int                       # head of the antecedent


def turned_on(reflexive: Token) -> Fate | None:
    """ "turned the gun on himself": killed, unless it is called an attempt"""
    verb = reflexive.head.head
    if reflexive.dep_ != "pobj" or reflexive.head.lower_ not in {"on", "upon"} or verb.lemma_.lower() != "turn":
        return None
    if not any(c.dep_ == "dobj" and c.lemma_.lower() in GUNS for c in verb.children):
        return None
    tried = any(t.lemma_.lower() in {"attempt", "try", "survive", "critical"} for t in verb.sent)
    return Fate("injured", verb.i, None, weak=True, shot=True) if tried else Fate("killed", verb.i, None)


def harm_to_pronouns(doc: Any, words: Words, lex: Lexicon) -> dict[int, Fate]:
    """Harm told of "he" and "she", by the pronoun's token."""
    fates: dict[int, Fate] = {}
    for index, form in enumerate(words.forms):
        if form not in SUBJECTS and form not in OBJECTS:
            continue
        token = doc[index]
        fate = fate_of(token, lex) if token.dep_ in (OBJECTS if form in OBJECTS else SUBJECTS)[form] else None
        if fate is not None and fate.effect in HARM:
            fates[index] = fate
    return fates


def told_by_pronouns(doc: Any, sentence_of: Sequence[int], mentions: Sequence[Mention],
                     fates: Mapping[int, Fate]) -> Iterator[Told]:
    """Each pronoun's fate with the mention before it that it stands for; without one it is left out."""
    for index, fate in fates.items():
        before = [m for m in mentions if m.head < index and sentence_of[index] - m.sentence <= FAR]
        chosen = _antecedent(doc, doc[index], sentence_of[index], before)
        if chosen is not None:
            yield Told(index, fate, chosen)


def who_hurt_himself(verb: Token) -> Token | None:
    """The subject of `verb`: also "a girl who shot herself", and "with the boy picking up a gun and shooting himself"."""
    subject = subject_of(verb)
    if subject is None:
        while verb.dep_ == "conj":
            verb = verb.head
        return verb.head if verb.dep_ in {"acl", "pcomp"} else None
    token = verb.doc[subject]
    return verb.head if token.tag_ in {"WP", "WDT"} and verb.dep_ == "relcl" else token


def _antecedent(doc: Any, pronoun: Token, sentence: int, before: Sequence[Mention]) -> int | None:
    """The nearest mention that may be meant: in the two sentences before of anyone but speakers, beyond of the harmed only."""
    spoke: int | None = None
    opposite = FEMALE if pronoun.lower_ in {"he", "him"} else MALE
    for mention in reversed(before):
        token = doc[mention.head]
        if token.lemma_.lower() in opposite or _is_co_argument(token, pronoun) or _is_where(token):
            continue
        if mention.harmed or (sentence - mention.sentence <= NEAR and _may_be_harmed(token)):
            return mention.head
        if spoke is None and sentence - mention.sentence <= NEAR and token.lemma_.lower() not in TELLING_ROLES \
                and token.dep_ == "nsubj" and token.pos_ == "NOUN":
            spoke = mention.head
    return spoke                                                # "a woman told police that she heard shots. She had been hit"


def _is_co_argument(token: Token, pronoun: Token) -> bool:
    """ "his father shot him": the subject of a verb is not its object"""
    return pronoun.dep_ == "dobj" and any(token.head.i == verb.i for verb in (pronoun.head, *pronoun.head.ancestors)
                                          if token.dep_ in {"nsubj", "agent"})


def _is_where(token: Token) -> bool:
    """ "was flown to Lenor Memorial, where he died": a place by a name like a person's"""
    following = [t.lower_ for t in token.doc[token.i + 1:token.i + 3]]
    return following[:1] == ["where"] or following == [",", "where"]


def _may_be_harmed(token: Token) -> bool:
    lemma = token.lemma_.lower()
    if lemma in TELLING_ROLES or token.dep_ not in {"nsubj", "nsubjpass", "dobj", "attr", "appos", "conj"}:
        return False
    return token.head.lemma_.lower() not in SPEAKING
