"""What became of people: from the place of their noun phrase in the parse to an effect (killed, injured, ...)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dateline.extract.effects_nouns import LIFE_TAKERS, as_modified, as_nominal, as_possessor, as_toll
from dateline.extract.effects_order import state_behind, verb_behind
from dateline.extract.effects_verbs import (
    FATALLY,
    HITS,
    STATE_VERBS,
    Fate,
    agent_of,
    being_hit,
    care_given,
    conjuncts_of,
    effect_named,
    fate_by,
    has_object,
    has_subject,
    is_negated,
    is_passive,
    is_unreal,
    reads_passive,
    subject_of,
    worse,
)
from dateline.extract.hurt import condition_told, has_wounds, in_care, sent_to_care, survives
from dateline.extract.lexicon import Lexicon

Token = Any                       # spacy.tokens.Token

OTHERS = {"other", "others", "another"}
DYING = {"life": {"lose", "take"}, "martyrdom": {"embrace", "attain", "achieve"}}     # "lost her life", "took his own life"
FIGHTERS = {"fighter", "insurgent", "jihadist", "militant", "militiaman", "policeman", "rebel", "soldier", "troop"}
LOOK_RIGHT = 5                    # tokens between a count and a participle that the parse did not tie to it
NOT_DEAD_BODIES = {"lower", "upper", "student", "legislative", "governing", "whole", "full", "entire"}
DONE_WITH_BODIES = {"find", "discover", "recover", "identify", "locate", "see", "view", "lie", "leave", "dump", "dispose", "wash",
                    "burn", "bury", "carry", "bring", "send", "return", "remove", "retrieve", "release", "claim", "receive",
                    "spot", "float", "display", "drag", "throw", "move", "take", "transport", "hide", "examine", "pull", "dig",
                    "unearth", "exhume", "hand", "deliver", "transfer", "fly", "repatriate", "collect", "pick", "haul", "load",
                    "mutilate", "behead", "arrive", "surface", "hang", "uncover", "photograph", "cremate", "desecrate"}
INTO = {"to", "in", "into", "through", "on", "across", "around", "throughout"}
TELLING = {"acomp", "oprd", "attr", "advmod", "ccomp", "xcomp", "conj"}  # places of a word that says a state
FOUND_SO = {"acomp", "oprd", "ccomp", "xcomp"}
IN_STATE = {"condition", "conditions"}


def fate_of(head: Token, lex: Lexicon) -> Fate | None:
    """What the clause around the noun phrase with this head says became of it; None: nothing."""
    told: Fate | None = None
    for reading in (_as_fatally, _as_word, _as_patient, _as_subject, as_toll, as_modified, _as_wounded, as_nominal,
                    as_possessor, _as_followed):
        fate = reading(head, lex)
        if fate is not None and (told is None or (told.effect == "injured" and fate.effect == "killed")):
            told = fate
        if told is not None and told.effect != "injured":
            break
    if told is None and head.dep_ == "conj" and head.head.pos_ == "VERB" and (
            head.lower_.endswith("self") or head.lower_ in OTHERS):
        return fate_by(head.head, subject_of(head.head), lex)   # "shot them and then himself", "one was hit and two others ..."
    if told is None and head.dep_ in {"conj", "appos"} and head.head.i != head.i:
        return fate_of(head.head, lex) if head.head.pos_ in {"NOUN", "PROPN", "NUM", "PRON", "ADJ"} else None
    if told is not None and is_unreal(head.doc[told.trigger]):
        return None
    return _killed_or_hurt(told, head.doc, lex) if told is not None and told.effect == "killed" else told


def _killed_or_hurt(fate: Fate, doc: Any, lex: Lexicon) -> Fate:
    """ "dozens were killed or wounded", "left 30 dead and injured": how many of either is not said"""
    following = doc[fate.trigger + 1:fate.trigger + 4]
    if len(following) < 2 or following[0].lower_ not in {"or", "and"}:
        return fate
    other = following[1]
    effect = lex.effect_words.get(other.lower_) or lex.patient_verbs.get(other.lemma_.lower())
    counts_others = len(following) > 2 and (following[2].like_num or (following[2].pos_ in {"DET", "ADP", "NUM", "ADV"}
                                            and has_object(other)))
    return replace(fate, effect="casualties") if effect == "injured" and not counts_others and not has_object(other) else fate


def fate_nearby(head: Token, end: int, lex: Lexicon) -> Fate | None:
    """What the next words say, for a count that the parse tied to nothing: "15 injured", "and 151 wounded"."""
    doc = head.doc
    for index in range(end, min(end + LOOK_RIGHT, len(doc))):
        token = doc[index]
        if token.is_sent_start or token.like_num or token.text in {",", ";", ":", "."}:
            break
        effect = lex.effect_words.get(token.lower_) or (
            lex.patient_verbs.get(token.lemma_.lower()) if token.tag_ == "VBN" and token.lemma_.lower() not in HITS else None)
        if effect and not is_negated(token) and not has_object(token):
            shot = effect == "shot"
            fate = (fate_by(token, None, lex) if shot else None) or Fate("injured" if shot else effect_named(effect), index, None,
                                                                         weak=shot, shot=shot)
            return _killed_or_hurt(fate, doc, lex) if fate.effect == "killed" else fate
    for index in range(head.left_edge.i - 1, max(head.left_edge.i - 3, -1), -1):
        token = doc[index]
        effect = lex.patient_verbs.get(token.lemma_.lower()) if token.tag_ in {"VBG", "VBZ", "VBD"} else None
        if effect and effect != "shot":
            return Fate(effect_named(effect), index, None)
    return None


def _as_fatally(head: Token, lex: Lexicon) -> Fate | None:
    """two men were shot, one fatally; four were hurt, one man fatally"""
    doc = head.doc
    counted = head.like_num or any(c.like_num for c in head.lefts)
    after = head.i + 1
    if [t.lower_ for t in doc[after:after + 2]] in (["of", "them"], ["of", "whom"]):
        after += 2                                              # "two of them fatally"
    if counted and after < len(doc) and doc[after].lower_ in FATALLY:
        return Fate("killed", after, None)
    return None


def _as_word(head: Token, lex: Lexicon) -> Fate | None:
    """95 dead; two deaths; the wounded; 13 lives; five bodies."""
    lemma, form = head.lemma_.lower(), head.lower_
    if lemma == "life":
        taker = head.head.lemma_.lower()
        if any(c.tag_ == "PRP$" for c in head.lefts):
            return None                                         # "took his own life": told of whose life it was
        return Fate("killed", head.head.i, None) if taker in LIFE_TAKERS else None
    if lemma in {"body", "corpse"}:
        return Fate("killed", head.i, None) if _is_dead_body(head) else None
    effect = lex.effect_words.get(form) or lex.effect_words.get(lemma)
    counted = any(c.dep_ == "nummod" for c in head.lefts)       # "left 13 dead"; in "left two men dead" the men are counted
    if effect and head.pos_ in {"NOUN", "ADJ", "VERB", "NUM", "PROPN"} and (head.dep_ != "oprd" or counted):
        return Fate(effect_named(effect), head.i, None)
    return None


def _is_dead_body(noun: Token) -> bool:
    """Not the part of somebody alive: "shot in the lower body", "injuries to his body"."""
    if noun.dep_ in {"compound", "amod"} or any(c.lower_ in NOT_DEAD_BODIES for c in noun.lefts):
        return False
    his = any(c.tag_ == "PRP$" for c in noun.lefts)             # "a gun underneath his body"; "a photo of his body"
    if his and noun.dep_ in {"dobj", "nsubj"} and noun.head.lemma_.lower() not in DONE_WITH_BODIES:
        return False                                            # "the bullet went through his body", "her body was shaking"
    return not (noun.dep_ == "pobj" and (noun.head.lower_ in INTO or (his and noun.head.lower_ not in {"of", "with"})))


def _as_patient(head: Token, lex: Lexicon) -> Fate | None:
    """killed 13 people; 13 people were killed; people killed in the blast."""
    verb = head.head
    passive = head.dep_ == "nsubjpass" or (head.dep_ == "nsubj" and reads_passive(verb))
    if head.dep_ != "dobj" and not passive:
        return None
    if verb.lemma_.lower() == "lose" and head.dep_ == "dobj" and head.lemma_.lower() in FIGHTERS and not is_negated(verb):
        return Fate("killed", verb.i, None)                       # "the army lost 13 soldiers in the battle"
    told = fate_by(verb, agent_of(verb) if passive else subject_of(verb), lex)
    if passive:
        for conjunct in conjuncts_of(verb):                       # "was shot in the chest and killed"
            later = fate_by(conjunct, agent_of(conjunct), lex) if conjunct.tag_ == "VBN" else None
            told = worse(told, later)
        if told is None and in_care(verb) and not is_negated(verb):
            return care_given(verb)
    elif told is None and sent_to_care(verb) and not is_negated(verb) and not head.lower_.endswith("self"):
        return care_given(verb)
    return told


def _as_subject(head: Token, lex: Lexicon) -> Fate | None:
    """13 people died; was found dead; is in critical condition; suffered wounds; lost their lives."""
    verb = head.head
    if head.dep_ not in {"nsubj", "nsubjpass", "dobj", "npadvmod", "attr"}:
        return None
    told: Fate | None = None
    if head.dep_ in {"nsubj", "nsubjpass"}:
        told = _to_each_other(verb, lex)
        for candidate in (verb, *conjuncts_of(verb)):
            told = worse(told, being_hit(candidate, lex))
            effect = lex.subject_verbs.get(candidate.lemma_.lower())
            if candidate.lemma_.lower() == "survive" and is_negated(candidate):
                told = Fate("killed", candidate.i, None)        # "was taken to a hospital but did not survive"
            elif effect and not is_negated(candidate) and candidate.pos_ in {"VERB", "AUX"}:
                told = worse(told, Fate(effect_named(effect), candidate.i, None))
            elif candidate is not verb and candidate.tag_ == "VBN" and is_passive(candidate):
                told = worse(told, fate_by(candidate, agent_of(candidate), lex))
            if candidate is not verb:
                told = worse(told, _state(head, candidate, lex))
    return worse(_state(head, verb, lex), told)


def _to_each_other(verb: Token, lex: Lexicon) -> Fate | None:
    """ "two men shot each other" """
    mutual = any(c.dep_ == "dobj" and verb.doc[c.i - 1].lower_ in {"each", "one"} and c.lower_ in {"other", "another"}
                 for c in verb.children)
    return fate_by(verb, None, lex) if mutual else None


def _as_followed(head: Token, lex: Lexicon) -> Fate | None:
    """What the verb right behind tells, to which the parse gave no subject: "hit in the back and a 17-year-old was hit"."""
    state = state_behind(head) if head.dep_ in {"amod", "dobj", "conj", "det"} else None
    if state is not None:
        effect = lex.effect_words.get(state.lower_)
        return Fate(effect_named(effect) if effect else "injured", state.i, None, weak=effect is None)
    verb = verb_behind(head)
    if verb is None or is_negated(verb):
        return None
    dies = lex.subject_verbs.get(verb.lemma_.lower())
    if dies is not None:
        return Fate(effect_named(dies), verb.i, None)
    if verb.tag_ != "VBN" or not is_passive(verb):
        return _state(head, verb, lex)
    return fate_by(verb, agent_of(verb), lex) or (care_given(verb) if in_care(verb) else None)


def _state(head: Token, verb: Token, lex: Lexicon) -> Fate | None:
    lemma = verb.lemma_.lower()
    if is_negated(verb):
        return None
    if lemma in STATE_VERBS or verb.pos_ == "AUX" or lemma in {"be", "remain"}:
        for child in verb.children:
            if child.dep_ not in TELLING or child.i == head.i or is_negated(child) or _is_of_another(child, head) \
                    or (child.dep_ == "conj" and has_subject(child)) or (child.dep_ == "ccomp" and has_object(child)):
                continue                                        # "men believed to be rebels killed four": it hangs there
            effect = lex.effect_words.get(child.lower_)
            if effect:
                return Fate(effect_named(effect), child.i, None)
            if lemma in STATE_VERBS and child.tag_ == "VBN" and child.dep_ in FOUND_SO:
                found = fate_by(child, agent_of(child), lex)    # "were found shot dead", "was left wounded"
                if found is not None:
                    return found
    if head.dep_ in {"nsubj", "nsubjpass"}:
        word = condition_told(verb, head)
        if word is not None:
            return Fate("injured", word, None, weak=True, lives=survives(verb.doc[word]))
        if any(c.dep_ == "dobj" and lemma in DYING.get(c.lemma_.lower(), ()) for c in verb.children):
            return Fate("killed", verb.i, None)
        if lemma == "pass" and any(c.lower_ == "away" for c in verb.children):
            return Fate("killed", verb.i, None)
        if lemma == "commit" and any(c.lemma_.lower() == "suicide" for c in verb.children):
            return Fate("killed", verb.i, None)
    if lex.effect_words.get(verb.lower_) and head.dep_ == "nsubj" and verb.tag_ in {"JJ", "VBN", "NN"} and not has_object(verb):
        return Fate(effect_named(lex.effect_words[verb.lower_]), verb.i, None)     # headline: "13 dead in blast"
    return None


def _is_of_another(word: Token, head: Token) -> bool:
    """ "left one man dead and six others hurt": the word after one object is not told of the next"""
    return head.dep_ == "dobj" and word.i < head.i and any(c.dep_ == "dobj" and c.i < word.i for c in head.head.children)


def _as_wounded(head: Token, lex: Lexicon) -> Fate | None:
    """a man with a gunshot wound; was found suffering from injuries; two gunshot victims were found."""
    word = has_wounds(head)
    if word is None:
        return None
    fatal = any(t.lower_ in {"fatal", "deadly"} for t in head.doc[word].subtree)
    return Fate("killed" if fatal else "injured", word, None, weak=not fatal, wounds=head.doc[word].lower_ not in IN_STATE,
                lives=survives(head.doc[word]))
