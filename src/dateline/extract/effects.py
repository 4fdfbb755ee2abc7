"""What became of people: from the place of their noun phrase in the parse to an effect (killed, injured, ...)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dateline.extract.hurt import condition_told, has_wounds, in_care, is_struck, survives
from dateline.extract.lexicon import Lexicon
from dateline.records.account import Effect

Token = Any                       # spacy.tokens.Token

TOLL_NOUNS = {"toll", "number", "count", "tally", "total"}
LIFE_TAKERS = {"claim", "cost", "take", "lose"}
LIFE_LOSERS = {"lose", "take"}    # "lost her life", "took his own life"
STATE_VERBS = {"leave", "find", "pronounce", "declare", "presume", "confirm", "report", "believe", "lie", "list", "feare"}
LOOK_RIGHT = 5                    # tokens between a count and a participle that the parse did not tie to it
HITS = {"hit", "strike", "graze", "run", "burn", "beat", "attack", "ambush"}
FATALLY = {"fatally", "mortally"}
NOT_DEAD_BODIES = {"lower", "upper", "student", "legislative", "governing", "whole", "full", "entire"}
INTO = {"to", "in", "into", "through", "on", "across", "around", "throughout"}
OUTCOMES = ("injured", "killed")  # of two things told of the same people in one clause the later is what became of them


@dataclass(frozen=True, slots=True)
class Fate:
    """The effect on a group of people, and the word that tells it."""

    effect: Effect
    trigger: int                  # token index
    agent: int | None             # head of who did it, where the clause says so
    weak: bool = False            # a first word ("shot", "hospitalised"): injured unless somebody says dead
    shot: bool = False            # "shot" without a word of what became of them
    lives: bool = False           # told as alive: "in stable condition", "expected to survive"


def fate_of(head: Token, lex: Lexicon) -> Fate | None:
    """What the clause around the noun phrase with this head says became of it; None: nothing."""
    told: Fate | None = None
    for reading in (_as_fatally, _as_word, _as_patient, _as_subject, _as_toll, _as_modified, _as_wounded, _as_nominal,
                    _as_possessor):
        fate = reading(head, lex)
        if fate is not None and (told is None or (told.effect == "injured" and fate.effect == "killed")):
            told = fate
        if told is not None and told.effect != "injured":
            break
    if told is None and head.dep_ in {"conj", "appos"} and head.head.i != head.i:
        return fate_of(head.head, lex) if head.head.pos_ in {"NOUN", "PROPN", "NUM", "PRON", "ADJ"} else None
    return told


def fate_nearby(head: Token, end: int, lex: Lexicon) -> Fate | None:
    """What the next words say, for a count that the parse tied to nothing: "15 injured", "and 151 wounded"."""
    doc = head.doc
    for index in range(end, min(end + LOOK_RIGHT, len(doc))):
        token = doc[index]
        if token.is_sent_start or token.like_num or token.text in {",", ";", ":", "."}:
            break
        effect = lex.effect_words.get(token.lower_) or (
            lex.patient_verbs.get(token.lemma_.lower()) if token.tag_ == "VBN" and token.lemma_.lower() not in HITS else None)
        if effect and not _negated(token) and not _has_object(token):
            shot = effect == "shot"
            return Fate("injured" if shot else _effect(effect), index, None, weak=shot, shot=shot)
    for index in range(head.left_edge.i - 1, max(head.left_edge.i - 3, -1), -1):
        token = doc[index]
        effect = lex.patient_verbs.get(token.lemma_.lower()) if token.tag_ in {"VBG", "VBZ", "VBD"} else None
        if effect and effect != "shot":
            return Fate(_effect(effect), index, None)
    return None


def fate_by(verb: Token, agent: int | None, lex: Lexicon) -> Fate | None:
    """What the verb does to its patient; None: nothing that we count."""
    lemma = verb.lemma_.lower()
    effect = lex.patient_verbs.get(lemma)
    if effect is None or _negated(verb):
        return None
    if effect in {"shot", "injured"} and _told_fatal(verb, lex):
        return Fate("killed", verb.i, agent)
    if effect != "shot":
        return Fate(_effect(effect), verb.i, agent)
    if lemma == "gun":
        return Fate("killed", verb.i, agent) if any(c.lower_ == "down" for c in verb.children) else None
    if lemma in HITS and not is_struck(verb):
        return None
    return Fate("injured", verb.i, agent, weak=True, shot=True)


def _told_fatal(verb: Token, lex: Lexicon) -> bool:
    """Whether the clause tells that they died: "fatally shot", "shot to death", "was shot and killed", "shot and died"."""
    for child in verb.children:
        word = child.lower_
        if word == "dead" or word in FATALLY:
            return True
        if child.dep_ == "conj" and not _has_subject(child) and not _other_object(verb, child) and _kills(child, lex):
            return True
        if word == "to" and any(g.lower_ == "death" for g in child.children):
            return True
    if verb.dep_ == "conj" and not _has_subject(verb) and not _other_object(verb.head, verb) \
            and lex.patient_verbs.get(verb.head.lemma_.lower()) == "killed":
        return True
    following = [t.lower_ for t in verb.doc[verb.i + 1:verb.i + 4]]
    return following[:1] == ["dead"] or following[:2] == ["to", "death"] or following[:2] == ["and", "killed"]


def _kills(verb: Token, lex: Lexicon) -> bool:
    lemma = verb.lemma_.lower()
    if lex.patient_verbs.get(lemma) == "killed" or any(c.lower_ in FATALLY for c in verb.children):
        return True
    if lex.subject_verbs.get(lemma) == "killed":
        return not _negated(verb)
    return lemma in STATE_VERBS and any(c.lower_ in {"dead", "deceased"} for c in verb.children)


def _other_object(first: Token, second: Token) -> bool:
    """ "shot a guard and killed a clerk": two verbs, two patients"""
    return _has_object(first) and _has_object(second)


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
        return Fate("killed", head.i, None) if _is_dead_body(head) else None
    effect = lex.effect_words.get(form) or lex.effect_words.get(lemma)
    if effect and head.pos_ in {"NOUN", "ADJ", "VERB", "NUM", "PROPN"} and head.dep_ != "oprd":
        return Fate(_effect(effect), head.i, None)
    return None


def _is_dead_body(noun: Token) -> bool:
    """Not the part of somebody alive: "shot in the lower body", "injuries to his body"."""
    if noun.dep_ in {"compound", "amod"} or any(c.lower_ in NOT_DEAD_BODIES for c in noun.lefts):
        return False
    return not (noun.dep_ == "pobj" and noun.head.lower_ in INTO)


def _as_patient(head: Token, lex: Lexicon) -> Fate | None:
    """killed 13 people; 13 people were killed; people killed in the blast."""
    verb = head.head
    passive = head.dep_ == "nsubjpass" or (head.dep_ == "nsubj" and verb.tag_ == "VBN" and not _has_object(verb))
    if head.dep_ != "dobj" and not passive:
        return None
    told = fate_by(verb, _agent(verb) if passive else _subject(verb), lex)
    if passive:
        for conjunct in _conjuncts(verb):                       # "was shot in the chest and killed"
            later = fate_by(conjunct, _agent(conjunct), lex) if conjunct.tag_ == "VBN" else None
            told = _worse(told, later)
        if told is None and in_care(verb) and not _negated(verb):
            return Fate("injured", verb.i, None, weak=True, lives=survives(verb))
    return told


def _worse(a: Fate | None, b: Fate | None) -> Fate | None:
    """Of two things told of the same people the one that tells what became of them in the end."""
    if a is None or b is None or a.effect not in OUTCOMES or b.effect not in OUTCOMES:
        return a or b
    return max(a, b, key=lambda fate: (OUTCOMES.index(fate.effect), not fate.weak))


def _as_subject(head: Token, lex: Lexicon) -> Fate | None:
    """13 people died; was found dead; is in critical condition; suffered wounds; lost their lives."""
    verb = head.head
    if head.dep_ not in {"nsubj", "nsubjpass", "dobj", "npadvmod", "attr"}:
        return None
    told: Fate | None = None
    if head.dep_ in {"nsubj", "nsubjpass"}:
        for candidate in (verb, *_conjuncts(verb)):
            effect = lex.subject_verbs.get(candidate.lemma_.lower())
            if effect and not _negated(candidate) and candidate.pos_ in {"VERB", "AUX"}:
                told = _worse(told, Fate(_effect(effect), candidate.i, None))
            elif candidate is not verb and candidate.tag_ == "VBN" and _passive(candidate):
                told = _worse(told, fate_by(candidate, _agent(candidate), lex))
            if candidate is not verb:
                told = _worse(told, _state(head, candidate, lex))
    return _worse(_state(head, verb, lex), told)


def _state(head: Token, verb: Token, lex: Lexicon) -> Fate | None:
    lemma = verb.lemma_.lower()
    if _negated(verb):
        return None
    if lemma in STATE_VERBS or verb.pos_ == "AUX" or lemma in {"be", "remain"}:
        for child in verb.children:
            effect = lex.effect_words.get(child.lower_)
            if effect and child.dep_ in {"acomp", "oprd", "attr", "advmod", "ccomp", "xcomp", "conj"} and child.i != head.i:
                return Fate(_effect(effect), child.i, None)
    if head.dep_ in {"nsubj", "nsubjpass"}:
        word = condition_told(verb, head)
        if word is not None:
            return Fate("injured", word, None, weak=True, lives=survives(verb.doc[word]))
        if lemma in LIFE_LOSERS and any(c.dep_ == "dobj" and c.lemma_.lower() == "life" for c in verb.children):
            return Fate("killed", verb.i, None)
        if lemma == "pass" and any(c.lower_ == "away" for c in verb.children):
            return Fate("killed", verb.i, None)
        if lemma == "commit" and any(c.lemma_.lower() == "suicide" for c in verb.children):
            return Fate("killed", verb.i, None)
    if lex.effect_words.get(verb.lower_) and head.dep_ == "nsubj" and verb.tag_ in {"JJ", "VBN", "NN"}:
        return Fate(_effect(lex.effect_words[verb.lower_]), verb.i, None)     # headline: "13 dead in blast"
    return None


def _as_wounded(head: Token, lex: Lexicon) -> Fate | None:
    """a man with a gunshot wound; was found suffering from injuries; two gunshot victims were found."""
    word = has_wounds(head)
    if word is None:
        return None
    fatal = any(t.lower_ in {"fatal", "deadly"} for t in head.doc[word].subtree)
    return Fate("killed" if fatal else "injured", word, None, weak=not fatal, lives=survives(head.doc[word]))


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
    told: Fate | None = None
    for child in head.children:
        if child.dep_ in {"acl", "relcl"} and not _negated(child):
            told = _worse(told, _in_clause_on(child, lex))
        if child.dep_ == "amod" and child.lower_ in {"dead", "wounded", "injured", "slain", "missing", "displaced"}:
            told = _worse(told, Fate(_effect(lex.effect_words.get(child.lower_, "killed")), child.i, None))
    return told


def _in_clause_on(verb: Token, lex: Lexicon) -> Fate | None:
    """What a clause on people says of them: "who was shot and died", "wounded in the blast"."""
    told: Fate | None = None
    for clause in (verb, *_conjuncts(verb)):
        if clause.tag_ == "VBN" and (verb.dep_ == "acl" or _passive(clause) or _passive(verb)) and not _has_object(clause):
            told = _worse(told, fate_by(clause, _agent(clause), lex))
            if in_care(clause) and told is None:
                told = Fate("injured", clause.i, None, weak=True, lives=survives(clause))
        dies = lex.subject_verbs.get(clause.lemma_.lower())
        if dies and verb.dep_ == "relcl" and clause.tag_ in {"VBD", "VBN", "VBP", "VBZ"} and not _negated(clause):
            told = _worse(told, Fate(_effect(dies), clause.i, None))
    return told


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
        return Fate("killed" if fatal else "injured", noun.i, None, weak=not fatal, shot=not fatal)
    return Fate(_effect(effect), noun.i, None)


def _passive(verb: Token) -> bool:
    return any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)


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
