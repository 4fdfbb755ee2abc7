"""What a verb does to people: the effect that it tells, whether they died of it, who did it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dateline.extract.hurt import died_in_care, in_care, is_struck, survives
from dateline.extract.lexicon import Lexicon
from dateline.records.account import Effect

Token = Any                       # spacy.tokens.Token

HITS = {"hit", "strike", "graze", "run", "burn", "beat", "attack", "ambush"}
GRAVELY = {"critically", "gravely"}
FATALLY = {"fatally", "mortally"}
OUTCOMES = ("injured", "killed")  # of two things told of the same people in one clause the later is what became of them
UNREAL = {"could", "should"}
PLACES_AFTER = {"in", "near", "outside", "inside", "during", "while", "after", "overnight", "fatally"}
STATE_VERBS = {"leave", "find", "pronounce", "declare", "presume", "confirm", "report", "believe", "lie", "list", "feare"}


@dataclass(frozen=True, slots=True)
class Fate:
    """The effect on a group of people, and the word that tells it."""

    effect: Effect
    trigger: int                  # token index
    agent: int | None             # head of who did it, where the clause says so
    weak: bool = False            # a first word ("shot", "hospitalised"): injured unless somebody says dead
    shot: bool = False            # "shot" without a word of what became of them
    wounds: bool = False          # told by wounds, of which somebody may have died
    lives: bool = False           # told as alive: "in stable condition", "expected to survive"


def fate_by(verb: Token, agent: int | None, lex: Lexicon) -> Fate | None:
    """What the verb does to its patient; None: nothing that we count."""
    lemma = verb.lemma_.lower()
    effect = lex.patient_verbs.get(lemma)
    if effect is None or is_negated(verb) or (effect == "released" and in_care(verb)):
        return None
    if effect in {"shot", "injured"} and _told_fatal(verb, lex):
        return Fate("killed", verb.i, agent)
    if effect != "shot":
        grave = effect == "injured" and any(c.lower_ in GRAVELY for c in verb.children)
        return Fate(effect_named(effect), verb.i, agent, weak=grave)    # "critically wounded": may die of it
    if lemma == "shoot" and _at_people(verb, lex):
        return None                                             # "a man shot at his neighbor": who was hit is not said
    if lemma == "gun":
        return Fate("killed", verb.i, agent) if any(c.lower_ == "down" for c in verb.children) else None
    if lemma in HITS and not is_struck(verb):
        return None
    return Fate("injured", verb.i, agent, weak=True, shot=True)


def _at_people(verb: Token, lex: Lexicon) -> bool:
    """ "shot at officers"; "shot at a party" tells where"""
    aimed = (noun for c in verb.children if c.lower_ == "at" and c.i == verb.i + 1 for noun in c.children if noun.dep_ == "pobj")
    return any(noun.pos_ == "PRON" or lex.people.get(noun.lemma_.lower()) is not None for noun in aimed)


def care_given(verb: Token) -> Fate:
    """What a verb of care tells of who is its patient: hurt, or dead where they died of it in the hospital."""
    died = died_in_care(verb)
    return Fate("killed", died, None) if died is not None else Fate("injured", verb.i, None, weak=True, lives=survives(verb))


def being_hit(verb: Token, lex: Lexicon) -> Fate | None:
    """ "survived after being shot", "is in a hospital after being wounded": told of the subject of `verb`"""
    hits = (clause for c in verb.children if c.dep_ == "prep" and c.lower_ in {"after", "from"} for clause in c.children
            if clause.dep_ == "pcomp" and clause.tag_ == "VBN" and any(g.lower_ == "being" for g in clause.children))
    clause = next(hits, None)
    fate = fate_by(clause, agent_of(clause), lex) if clause is not None else None
    return replace(fate, lives=True) if fate is not None and verb.lemma_.lower() in {"survive", "recover"} else fate


def _told_fatal(verb: Token, lex: Lexicon) -> bool:
    """Whether the clause tells that they died: "fatally shot", "shot to death", "was shot and killed", "shot and died"."""
    for child in verb.children:
        word = child.lower_
        if word == "dead" or word in FATALLY:
            return True
        if child.dep_ == "conj" and not has_subject(child) and not _other_object(verb, child) and _kills(child, lex):
            return True
        if word == "to" and any(g.lower_ == "death" for g in child.children):
            return True
    if verb.dep_ == "conj" and not has_subject(verb) and not _other_object(verb.head, verb) \
            and lex.patient_verbs.get(verb.head.lemma_.lower()) == "killed":
        return True
    following = [t.lower_ for t in verb.doc[verb.i + 1:verb.i + 4]]
    return following[:1] == ["dead"] or following[:2] == ["to", "death"] or following[:2] == ["and", "killed"]


def _kills(verb: Token, lex: Lexicon) -> bool:
    lemma = verb.lemma_.lower()
    if lex.patient_verbs.get(lemma) == "killed" or any(c.lower_ in FATALLY for c in verb.children):
        return True
    if lex.subject_verbs.get(lemma) == "killed":
        return not is_negated(verb)
    return lemma in STATE_VERBS and any(c.lower_ in {"dead", "deceased"} for c in verb.children)


def _other_object(first: Token, second: Token) -> bool:
    """ "shot a guard and killed a clerk": two verbs, two patients"""
    return has_object(first) and has_object(second)


def effect_named(name: str) -> Effect:
    return name                   # type: ignore[return-value]  # the lexicon's test checks the names


def is_negated(token: Token) -> bool:
    return any(c.dep_ == "neg" for c in token.children)


def is_unreal(trigger: Token) -> bool:
    """ "she could have been killed", "he should be dead": what did not happen; "would later die" did, and "the dead could be" """
    verb = trigger.head if trigger.dep_ in {"acomp", "oprd", "attr"} else trigger
    helping = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    return bool(helping & UNREAL) or ("would" in helping and "have" in helping)


def reads_passive(verb: Token) -> bool:
    """A participle without "was", as in headlines: "Four shot in Arden"."""
    if has_object(verb) or any(c.dep_ == "conj" and has_object(c) and not has_subject(c) for c in verb.children):
        return False                                            # "a man shot and wounded his roommate"
    if verb.tag_ == "VBN":
        return True
    after = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else None
    return verb.lower_ in {"shot", "stabbed", "killed", "wounded", "injured", "hurt"} and verb.tag_ == "VBD" and (
        after is None or after.is_punct or after.lower_ in PLACES_AFTER) and not any(c.dep_ == "aux" for c in verb.children)


def worse(a: Fate | None, b: Fate | None) -> Fate | None:
    """Of two things told of the same people the one that tells what became of them in the end."""
    if a is None or b is None:
        return a or b
    if a.effect not in OUTCOMES or b.effect not in OUTCOMES:
        return b if b.effect in OUTCOMES else a                 # "were kidnapped and killed", "was wounded and arrested"
    return max(a, b, key=lambda fate: (OUTCOMES.index(fate.effect), not fate.weak))


def is_passive(verb: Token) -> bool:
    return any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)


def has_subject(verb: Token) -> bool:
    return any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)


def has_object(verb: Token) -> bool:
    return any(c.dep_ == "dobj" for c in verb.children)


def conjuncts_of(verb: Token) -> list[Token]:
    return [c for c in verb.children if _goes_on(c, verb) and not any(g.dep_ in {"nsubj", "nsubjpass"} for g in c.children)]


def _goes_on(verb: Token, first: Token) -> bool:
    """A second verb of one subject; also where the parse has no name for it: "shot two men, then took his own life"."""
    return bool(verb.dep_ == "conj" or (verb.dep_ == "dep" and verb.tag_ == "VBD" and verb.i > first.i))


def agent_of(verb: Token) -> int | None:
    for child in verb.children:
        if child.dep_ == "agent":
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return int(noun.i)
    return None


def subject_of(verb: Token) -> int | None:
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
