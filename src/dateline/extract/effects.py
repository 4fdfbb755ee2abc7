"""What became of people: from the place of their noun phrase in the parse to an effect (killed, injured, ...)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dateline.extract.lexicon import Lexicon
from dateline.records.account import Effect

Token = Any                       # spacy.tokens.Token

TOLL_NOUNS = {"toll", "number", "count", "tally", "total"}
LIFE_TAKERS = {"claim", "cost", "take", "lose"}
CARE_VERBS = {"hospitalize", "hospitalise", "airlift", "admit", "treat", "transport", "rush", "fly", "take", "hospitalized"}
CARE_PLACES = {"hospital", "clinic", "center", "centre", "trauma", "surgery", "injury", "wound", "hospitals", "infirmary"}
WOUNDS = {"injury", "wound", "gunshot", "burn", "laceration", "shrapnel", "bruise", "fracture", "bullet"}
SUFFER = {"suffer", "sustain", "receive", "incur"}
STATE_VERBS = {"leave", "find", "pronounce", "declare", "presume", "confirm", "report", "believe", "lie", "list", "feare"}
BAD_STATE = {"critical", "serious", "stable", "guarded", "grave"}
LOOK_RIGHT = 5                    # tokens between a count and a participle that the parse did not tie to it
HITS = {"hit", "strike", "graze", "run", "burn", "beat", "attack", "ambush"}
PROJECTILES = {"bullet", "gunfire", "shrapnel", "fire", "shot", "round", "pellet", "gunshot"}


@dataclass(frozen=True, slots=True)
class Fate:
    """The effect on a group of people, and the word that tells it."""

    effect: Effect
    trigger: int                  # token index
    agent: int | None             # head of who did it, where the clause says so
    weak: bool = False            # "shot" without a word of what became of them: injured unless somebody says dead


def fate_of(head: Token, lex: Lexicon) -> Fate | None:
    """What the clause around the noun phrase with this head says became of it; None: nothing."""
    for reading in (_as_fatally, _as_word, _as_patient, _as_subject, _as_toll, _as_modified, _as_nominal, _as_possessor):
        fate = reading(head, lex)
        if fate is not None:
            return fate
    if head.dep_ in {"conj", "appos"} and head.head.i != head.i:
        return fate_of(head.head, lex) if head.head.pos_ in {"NOUN", "PROPN", "NUM", "PRON", "ADJ"} else None
    return None


def fate_nearby(head: Token, end: int, lex: Lexicon) -> Fate | None:
    """What the next words say, for a count that the parse tied to nothing: "15 injured", "and 151 wounded"."""
    doc = head.doc
    for index in range(end, min(end + LOOK_RIGHT, len(doc))):
        token = doc[index]
        if token.is_sent_start or token.like_num or token.text in {",", ";", ":", "."}:
            break
        effect = lex.effect_words.get(token.lower_) or (
            lex.patient_verbs.get(token.lemma_.lower()) if token.tag_ == "VBN" else None)
        if effect == "shot":
            effect = "injured"
        if effect and not _negated(token) and not _has_object(token):
            return Fate(_effect(effect), index, None)
    for index in range(head.left_edge.i - 1, max(head.left_edge.i - 3, -1), -1):
        token = doc[index]
        effect = lex.patient_verbs.get(token.lemma_.lower()) if token.tag_ in {"VBG", "VBZ", "VBD"} else None
        if effect and effect != "shot":
            return Fate(_effect(effect), index, None)
    return None


def verb_effect(verb: Token, lex: Lexicon) -> tuple[Effect | None, bool]:
    """The effect of a verb on its patient, and whether it is weak ("shot")."""
    effect = lex.patient_verbs.get(verb.lemma_.lower())
    if effect is None:
        return None, False
    if effect != "shot":
        return _effect(effect), False
    if _told_fatal(verb, lex):
        return "killed", False
    lemma = verb.lemma_.lower()
    if lemma == "gun":
        return ("killed", False) if any(c.lower_ == "down" for c in verb.children) else (None, False)
    if lemma in HITS:
        struck = any(t.lemma_.lower() in PROJECTILES for t in verb.subtree)
        return ("injured", True) if struck else (None, False)
    return "injured", True


def _told_fatal(verb: Token, lex: Lexicon) -> bool:
    for child in verb.children:
        word = child.lower_
        if word in {"dead", "fatally", "mortally"}:
            return True
        if child.dep_ == "conj" and lex.patient_verbs.get(child.lemma_.lower()) == "killed":
            return True
        if word == "to" and any(g.lower_ == "death" for g in child.children):
            return True
    if verb.dep_ == "conj" and lex.patient_verbs.get(verb.head.lemma_.lower()) == "killed":
        return True
    following = [t.lower_ for t in verb.doc[verb.i + 1:verb.i + 4]]
    return following[:1] == ["dead"] or following[:2] == ["to", "death"] or following[:2] == ["and", "killed"]


def _effect(name: str) -> Effect:
    return name                   # type: ignore[return-value]  # the lexicon's test checks the names


def _negated(token: Token) -> bool:
    return any(c.dep_ == "neg" for c in token.children)


def _as_fatally(head: Token, lex: Lexicon) -> Fate | None:
    """two men were shot, one fatally"""
    doc = head.doc
    if head.like_num and head.i + 1 < len(doc) and doc[head.i + 1].lower_ in {"fatally", "mortally"}:
        return Fate("killed", head.i + 1, None)
    return None


def _as_word(head: Token, lex: Lexicon) -> Fate | None:
    """95 dead; two deaths; the wounded; 13 lives; five bodies."""
    lemma, form = head.lemma_.lower(), head.lower_
    if lemma == "life":
        taker = head.head.lemma_.lower()
        return Fate("killed", head.head.i, None) if taker in LIFE_TAKERS else None
    if lemma in {"body", "corpse"}:
        return Fate("killed", head.i, None)
    effect = lex.effect_words.get(form) or lex.effect_words.get(lemma)
    if effect and head.pos_ in {"NOUN", "ADJ", "VERB", "NUM", "PROPN"} and head.dep_ != "oprd":
        return Fate(_effect(effect), head.i, None)
    return None


def _as_patient(head: Token, lex: Lexicon) -> Fate | None:
    """killed 13 people; 13 people were killed; people killed in the blast."""
    verb = head.head
    if head.dep_ in {"dobj", "nsubjpass"} or (head.dep_ == "nsubj" and verb.tag_ == "VBN" and not _has_object(verb)):
        effect, weak = verb_effect(verb, lex)
        if effect and not _negated(verb):
            return Fate(effect, verb.i, _agent(verb) if head.dep_ != "dobj" else _subject(verb), weak)
        passive = verb
        for conjunct in _conjuncts(passive):      # "was shot in the chest and killed"
            effect, weak = verb_effect(conjunct, lex)
            if effect and head.dep_ != "dobj" and conjunct.tag_ == "VBN" and not _negated(conjunct):
                return Fate(effect, conjunct.i, _agent(conjunct), weak)
    if head.dep_ == "nsubjpass" and verb.lemma_.lower() in CARE_VERBS and _for_care(verb) and not _negated(verb):
        return Fate("injured", verb.i, None, weak=True)
    return None


def _as_subject(head: Token, lex: Lexicon) -> Fate | None:
    """13 people died; was found dead; is in critical condition; suffered wounds; lost their lives."""
    verb = head.head
    if head.dep_ not in {"nsubj", "nsubjpass", "dobj", "npadvmod", "attr"}:
        return None
    if head.dep_ == "nsubj":
        for candidate in (verb, *_conjuncts(verb)):
            effect = lex.subject_verbs.get(candidate.lemma_.lower())
            if effect and not _negated(candidate) and candidate.pos_ in {"VERB", "AUX"}:
                return Fate(_effect(effect), candidate.i, None)
            effect, weak = verb_effect(candidate, lex)
            if effect and candidate is not verb and candidate.tag_ == "VBN" and _passive(candidate):
                return Fate(effect, candidate.i, _agent(candidate), weak)
    return _state(head, verb, lex)


def _state(head: Token, verb: Token, lex: Lexicon) -> Fate | None:
    lemma = verb.lemma_.lower()
    if _negated(verb):
        return None
    if lemma in STATE_VERBS or verb.pos_ == "AUX" or lemma in {"be", "remain"}:
        for child in verb.children:
            effect = lex.effect_words.get(child.lower_)
            if effect and child.dep_ in {"acomp", "oprd", "attr", "advmod", "ccomp", "xcomp", "conj"} and child.i != head.i:
                return Fate(_effect(effect), child.i, None)
            if child.dep_ == "prep" and child.lower_ == "in" and head.dep_ in {"nsubj", "nsubjpass"}:
                for noun in child.children:
                    if noun.lower_ == "condition" and any(c.lower_ in BAD_STATE for c in noun.lefts):
                        return Fate("injured", noun.i, None, weak=True)
    if head.dep_ == "nsubj":
        objects = [c for c in verb.children if c.dep_ == "dobj"]
        if lemma in SUFFER and any(o.lemma_.lower() in WOUNDS for o in objects):
            return Fate("injured", verb.i, None, weak=True)
        if lemma == "lose" and any(o.lemma_.lower() == "life" for o in objects):
            return Fate("killed", verb.i, None)
    if lex.effect_words.get(verb.lower_) and head.dep_ == "nsubj" and verb.tag_ in {"JJ", "VBN", "NN"}:
        return Fate(_effect(lex.effect_words[verb.lower_]), verb.i, None)     # headline: "13 dead in blast"
    return None


def _as_toll(head: Token, lex: Lexicon) -> Fate | None:
    """The death toll rose to 95; a toll of 95; put the toll at 60 dead; the number of wounded was 15."""
    if head.dep_ not in {"pobj", "attr", "dobj", "nummod", "acomp", "oprd"}:
        return None
    above = head.head
    if above.lower_ == "from":                                  # "rose from 40 to 63": 40 is what it was
        return None
    nouns: list[Token] = []
    if above.dep_ == "prep" and above.head.lemma_.lower() in TOLL_NOUNS:
        nouns.append(above.head)
    governor = above
    while governor.dep_ == "prep" and governor.head.i != governor.i:
        governor = governor.head
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
            return _effect(effect)
    return "killed" if noun.lemma_.lower() == "toll" else None


def _as_modified(head: Token, lex: Lexicon) -> Fate | None:
    """people killed in the blast; a man who died; two wounded soldiers."""
    for child in head.children:
        if child.dep_ in {"acl", "relcl"} and not _negated(child):
            effect, weak = verb_effect(child, lex)
            passive = child.tag_ == "VBN" and (child.dep_ == "acl" or _passive(child))
            if effect and passive:
                return Fate(effect, child.i, _agent(child), weak)
            told = lex.subject_verbs.get(child.lemma_.lower())
            if told and child.dep_ == "relcl" and child.tag_ in {"VBD", "VBN", "VBP", "VBZ"}:
                return Fate(_effect(told), child.i, None)
        if child.dep_ == "amod" and child.lower_ in {"dead", "wounded", "injured", "slain", "missing", "displaced"}:
            return Fate(_effect(lex.effect_words.get(child.lower_, "killed")), child.i, None)
    return None


def _as_nominal(head: Token, lex: Lexicon) -> Fate | None:
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


def _as_possessor(head: Token, lex: Lexicon) -> Fate | None:
    """the woman's death"""
    return _nominal(head.head, lex) if head.dep_ == "poss" else None


def _nominal(noun: Token, lex: Lexicon) -> Fate | None:
    effect = lex.nominal.get(noun.lemma_.lower())
    if effect is None or noun.pos_ not in {"NOUN", "PROPN"}:
        return None
    if effect == "shot":
        fatal = any(c.lower_ in {"fatal", "deadly"} for c in noun.lefts) or noun.nbor(1).lower_ == "death"
        return Fate("killed" if fatal else "injured", noun.i, None, weak=not fatal)
    return Fate(_effect(effect), noun.i, None)


def _for_care(verb: Token) -> bool:
    return any(t.lower_ in CARE_PLACES or t.lemma_.lower() in CARE_PLACES for t in verb.subtree)


def _passive(verb: Token) -> bool:
    return any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)


def _has_object(verb: Token) -> bool:
    return any(c.dep_ == "dobj" for c in verb.children)


def _conjuncts(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ == "conj" and not any(g.dep_ in {"nsubj", "nsubjpass"} for g in c.children)]


def _agent(verb: Token) -> int | None:
    for child in verb.children:
        if child.dep_ == "agent":
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return int(noun.i)
    return None


def _subject(verb: Token) -> int | None:
    node = verb
    for _ in range(4):            # "killing 13": the subject stands at the verb above
        for child in node.children:
            if child.dep_ == "nsubj":
                return int(child.i)
        if node.dep_ not in {"conj", "advcl", "xcomp", "acl", "relcl"}:
            break
        if node.dep_ in {"acl", "relcl"}:
            return int(node.head.i)
        node = node.head
    return None
