"""What nouns and their modifiers tell of people: tolls, "two wounded soldiers", "the killing of", "the woman's death"."""

from __future__ import annotations

from typing import Any

from dateline.extract.effects_verbs import (
    Fate,
    agent_of,
    being_hit,
    care_given,
    conjuncts_of,
    effect_named,
    fate_by,
    has_object,
    is_negated,
    is_passive,
    worse,
)
from dateline.extract.hurt import in_care
from dateline.extract.lexicon import Lexicon
from dateline.records.account import Effect

Token = Any                       # spacy.tokens.Token

TOLL_NOUNS = {"toll", "number", "count", "tally", "total"}
PUTTING = {"put", "place", "set", "estimate"}    # "put the dead at 60"
LIFE_TAKERS = {"claim", "cost", "take", "lose"}


def as_toll(head: Token, lex: Lexicon) -> Fate | None:
    """The death toll rose to 95; a toll of 95; put the toll at 60 dead; put the dead at 60; the number of wounded was 15."""
    if head.dep_ not in {"pobj", "attr", "dobj", "nummod", "acomp", "oprd"}:
        return None
    above = head.head
    # "rose from 40 to 63": 40 is what it was
    if above.lower_ == "from" and not any(c.lower_ == "to" for c in head.lefts):
        return None
    nouns: list[Token] = []
    if above.dep_ == "prep" and above.head.lemma_.lower() in TOLL_NOUNS:
        nouns.append(above.head)
    governor = above
    while governor.dep_ == "prep" and governor.head.i != governor.i:
        if governor.lower_ == "according":                      # "has reached six, according to a nurse"
            return None
        governor = governor.head
    if above.lower_ == "at" and governor.lemma_.lower() in PUTTING:
        # the nearest word: "put the dead at six and the wounded at 20" is parsed in many ways
        put = next((t for t in reversed(head.doc[governor.i:above.i]) if t.lower_ in lex.effect_words), None)
        if put is not None and put.head.lemma_.lower() not in TOLL_NOUNS and put.head.dep_ != "prep":
            return Fate(effect_named(lex.effect_words[put.lower_]), put.i, None)
    nouns += [c for c in governor.children if c.lemma_.lower() in TOLL_NOUNS and c.dep_ in {"nsubj", "nsubjpass", "dobj"}]
    for noun in nouns:
        effect = _toll_effect(noun, lex)
        if effect:
            return Fate(effect, noun.i, None)
    return None


def _toll_effect(noun: Token, lex: Lexicon) -> Effect | None:
    words = [t for t in noun.subtree if t.i != noun.i]
    for token in words:
        effect = lex.effect_words.get(token.lower_) or lex.effect_words.get(token.lemma_.lower())
        if effect:
            return effect_named(effect)
    return "killed" if noun.lemma_.lower() == "toll" else None


def as_modified(head: Token, lex: Lexicon) -> Fate | None:
    """people killed in the blast; a man who died; two wounded soldiers."""
    told: Fate | None = None
    for child in head.children:
        if child.dep_ in {"acl", "relcl"} and not is_negated(child):
            told = worse(told, _in_clause_on(child, lex))
        if child.dep_ == "amod" and child.lower_ in {"dead", "wounded", "injured", "slain", "missing", "displaced"}:
            told = worse(told, Fate(effect_named(lex.effect_words.get(child.lower_, "killed")), child.i, None))
    return told


def _in_clause_on(verb: Token, lex: Lexicon) -> Fate | None:
    """What a clause on people says of them: "who was shot and died", "wounded in the blast"."""
    told: Fate | None = None
    if any(c.dep_ in {"nsubj", "nsubjpass"} and c.pos_ in {"NOUN", "PROPN"} for c in verb.children):
        return None                                             # "a mother whose son was shot"
    for clause in (verb, *conjuncts_of(verb)):
        told = worse(told, being_hit(clause, lex))
        if clause.tag_ == "VBN" and (verb.dep_ == "acl" or is_passive(clause) or is_passive(verb)) and not has_object(clause):
            told = worse(told, fate_by(clause, agent_of(clause), lex))
            if in_care(clause) and told is None:
                told = care_given(clause)
        dies = lex.subject_verbs.get(clause.lemma_.lower())
        if dies and verb.dep_ == "relcl" and clause.tag_ in {"VBD", "VBN", "VBP", "VBZ"} and not is_negated(clause):
            told = worse(told, Fate(effect_named(dies), clause.i, None))
    return told


def as_nominal(head: Token, lex: Lexicon) -> Fate | None:
    """the killing of three priests; the lives of 47 people; the bodies of two men; injuries to 15."""
    if head.dep_ != "pobj" or head.head.lower_ not in {"of", "to"}:
        return None
    noun = head.head.head
    lemma = noun.lemma_.lower()
    if lemma == "life" and noun.head.lemma_.lower() in LIFE_TAKERS:
        return Fate("killed", noun.head.i, None)
    if lemma in {"body", "corpse"}:
        return Fate("killed", noun.i, None)
    return _nominal(noun, lex)


def as_possessor(head: Token, lex: Lexicon) -> Fate | None:
    """the woman's death"""
    return _nominal(head.head, lex) if head.dep_ == "poss" else None


def _nominal(noun: Token, lex: Lexicon) -> Fate | None:
    effect = lex.nominal.get(noun.lemma_.lower())
    if effect is None or noun.pos_ not in {"NOUN", "PROPN"}:
        return None
    if effect == "shot":
        fatal = any(c.lower_ in {"fatal", "deadly"} for c in noun.lefts) or noun.nbor(1).lower_ == "death"
        return Fate("killed" if fatal else "injured", noun.i, None, weak=not fatal, shot=not fatal)
    return Fate(effect_named(effect), noun.i, None)
