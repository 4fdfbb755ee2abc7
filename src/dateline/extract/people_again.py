"""What pronouns tell of people beside their nouns: who hurt himself, "he died at a hospital"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from dateline.extract.effects import fate_of
from dateline.extract.effects_verbs import Fate
from dateline.extract.people_group import People
from dateline.extract.people_names import name_before
from dateline.extract.people_numbers import is_by_accident
from dateline.extract.people_person import person_of
from dateline.extract.people_words import PeopleWords
from dateline.extract.pronouns import SUBJECTS, Mention, harm_to_pronouns, told_by_pronouns, turned_on, who_hurt_himself
from dateline.records.persons import YOUNG

Token = Any                       # spacy.tokens.Token

REFLEXIVES = {"himself", "herself", "themselves", "itself"}
FATED = {"killed", "injured", "missing", "abducted", "casualties"}
CHILD_ALONE = 12                  # years; up to here who shoots himself did so by accident


def with_pronouns(words: PeopleWords, found: Mapping[int, People]) -> dict[int, People]:
    """`found` (by head) with those who hurt themselves, and with what pronouns tell of each person."""
    known = dict(found)
    of_pronouns = dict(_reflexives(words, known))
    return _gone_on(words, known, of_pronouns)


def _reflexives(words: PeopleWords, found: dict[int, People]) -> Iterator[tuple[int, Fate]]:
    """Add to `found` who hurt themselves, beside what else is told of them. Yields "he" of "he accidentally shot himself"."""
    for token in words.doc:
        fate = turned_on(token) or fate_of(token, words.lex) if words.words.forms[token.i] in REFLEXIVES else None
        if fate is None:
            continue
        subject = who_hurt_himself(words.doc[fate.trigger])
        held = found.get(subject.i) if subject is not None else None
        if token.dep_ == "conj" or any(c.dep_ == "conj" for c in token.children):
            if held is not None and held.fate.trigger == fate.trigger:
                del found[held.head]                            # "the man killed his children and himself": told twice
            found[token.i] = _who_did_it(words, token, fate)
        elif subject is not None and subject.lower_ in SUBJECTS and is_by_accident(words.doc[fate.trigger]):
            yield subject.i, fate
        elif held is not None and held.is_one:
            found[held.head] = replace(held, later=(*held.later, (token.i, fate)))   # "the boy who shot himself died"
        else:
            people = _who_hurt(words, token, subject, fate)
            found[people.head] = people


def _gone_on(words: PeopleWords, found: dict[int, People], of_reflexives: Mapping[int, Fate]) -> dict[int, People]:
    """`found` with what pronouns tell, beside what was told of their antecedents or as the first thing told of them."""
    doc = words.doc
    fates = {**harm_to_pronouns(doc, words.words, words.lex), **of_reflexives}
    if not fates:
        return found
    held = {p.name.split()[-1] for p in found.values() if p.name is not None and p.fate.effect == "arrested"}
    sentence_of: Sequence[int] = words.words.sentence_of
    mentions = [Mention(t.i, sentence_of[t.i], t.i in found and found[t.i].fate.effect in FATED)
                for t in doc if _is_one_person(words, t, found) and not _is_held(t, held)]
    for told in told_by_pronouns(doc, sentence_of, mentions, fates):
        people = found.get(told.of) or person_of(words, doc[told.of], told.fate)
        if people is not None:
            found[told.of] = replace(people, later=(*people.later, (told.pronoun, told.fate)))
    return found


def _is_held(token: Token, held: AbstractSet[str]) -> bool:
    """Whether a name is that of somebody arrested, whom "he died" does not mean: surnames of those held in `held`."""
    return token.text in held


def _is_one_person(words: PeopleWords, token: Token, found: Mapping[int, People]) -> bool:
    if token.i in found:
        return found[token.i].is_one
    if token.pos_ not in {"NOUN", "PROPN"} or token.i in words.count_of or token.dep_ in {"compound", "amod", "nmod"}:
        return False
    return token.tag_ != "NNS" and (token.i in words.person_at or name_before(token, words.named_tokens) is not None)


def _who_hurt(words: PeopleWords, reflexive: Token, subject: Token | None, fate: Fate) -> People:
    """ "killing himself and four others": who did it; "accidentally shot himself": the one who was hurt."""
    hurt = person_of(words, subject, fate) if subject is not None and words.is_candidate(subject) else None
    if hurt is not None and (is_by_accident(words.doc[fate.trigger]) or _is_a_victim(words, hurt)):
        return hurt
    return _who_did_it(words, reflexive, fate)


def _who_did_it(words: PeopleWords, reflexive: Token, fate: Fate) -> People:
    at = reflexive.i
    return People(at, at, at, at + 1, None, "one", "unknown", None, fate, None, words.chain_of(reflexive), attacker=True)


def _is_a_victim(words: PeopleWords, people: People) -> bool:
    """A child, or who is called a victim: such a one shot himself and nobody else."""
    noun = words.doc[people.noun].lemma_.lower()
    return noun in YOUNG or noun == "victim" or (people.age is not None and people.age <= CHILD_ALONE)
