"""Being hurt without the word: wounds that people have, care that they get, the condition they are said to be in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Token = Any                       # spacy.tokens.Token

WOUNDS = {"injury", "wound", "gunshot", "burn", "laceration", "shrapnel", "bruise", "fracture", "bullet"}
SUFFER = {"suffer", "sustain", "receive", "incur"}
CARE_VERBS = {"hospitalize", "hospitalise", "airlift", "admit", "treat", "transport", "rush", "fly", "take", "bring", "drive",
              "hospitalized", "medevac", "evacuate", "transfer", "send"}
LETTING_GO = {"release", "discharge"}  # from a hospital, or from custody
CARE_PLACES = {"hospital", "clinic", "trauma", "surgery", "injury", "wound", "hospitals", "infirmary", "gunshot", "condition",
               "medical", "treatment"}
MEDICS = {"hospital", "doctor", "surgeon", "paramedic", "medic", "clinic"}
NO_CARE = {"evaluation", "observation", "precaution", "interview", "body", "autopsy", "mental", "psychiatric", "detention"}
CONDITIONS = {"critical", "serious", "stable", "guarded", "grave", "fair", "good", "satisfactory", "poor", "threatening"}
WARDS = {"hospital", "surgery"}
ATTACKS = {"shoot", "shooting", "shot", "stab", "stabbing", "attack", "gunfire"}
LIVING = {"stable", "good", "fair", "satisfactory"}
BODY_PARTS = {"head", "face", "neck", "chest", "back", "arm", "leg", "hand", "foot", "stomach", "abdomen", "shoulder", "thigh",
              "knee", "ankle", "cheek", "eye", "torso", "hip", "buttock", "buttocks", "finger", "side", "groin", "calf", "wrist",
              "body", "forehead", "jaw", "toe", "elbow", "forearm", "ear", "temple", "throat", "chin", "pelvis"}
PROJECTILES = {"bullet", "gunfire", "shrapnel", "fire", "shot", "round", "pellet", "gunshot", "shotgun", "crossfire"}
FIRE = {"fire", "gunfire", "shot", "gunman", "bullet"}
BEFORE = 20                       # tokens before a sentence in which the shots stand that hit somebody in it
SHOOTING_VERBS = {"fire", "shoot", "open", "discharge", "spray", "unload"}
FINDING = {"find", "locate", "discover", "see", "report", "arrive", "show", "walk", "turn", "transport", "take", "rush", "treat",
           "hospitalize", "leave", "come", "encounter", "be", "airlift", "admit", "identify", "have"}
VICTIM_OF = {"gunshot", "shooting", "stabbing"}


def has_wounds(head: Token) -> int | None:
    """ "a man with a gunshot wound"; "was found suffering from a bullet wound"; "gunshot victims": the word that tells it."""
    told = _wound_beside(head) or _condition_after(head)
    if told is None and head.dep_ in {"nsubj", "nsubjpass", "dobj"}:
        told = _wound_in_clause(head, head.head)
    if told is None and head.lemma_.lower() == "victim" and head.head.lemma_.lower() in FINDING - {"be", "identify", "have"}:
        told = next((c.i for c in head.lefts if c.lower_ in VICTIM_OF), None)
    return told


def in_care(verb: Token) -> bool:
    """Whether a verb in the passive takes people to be treated: "was taken to a hospital", "were treated for burns"."""
    lemma = verb.lemma_.lower()
    if lemma not in CARE_VERBS and lemma not in LETTING_GO:
        return False
    around = {t.lemma_.lower() for t in verb.subtree} | {t.lower_ for t in verb.subtree}
    if around & NO_CARE:
        return False
    if lemma in LETTING_GO and any(c.lemma_.lower() == "treat" for c in (verb.head, *verb.children)):
        return True                                             # "were treated and released"
    return lemma in {"hospitalize", "hospitalise", "hospitalized", "treat"} or bool(around & CARE_PLACES)


def sent_to_care(verb: Token) -> bool:
    """Whether a verb takes its object to be treated: "sent two people to the hospital", "doctors treated four"."""
    lemma = verb.lemma_.lower()
    if lemma not in CARE_VERBS:
        return False
    around = {t.lemma_.lower() for t in verb.subtree} | {t.lower_ for t in verb.subtree}
    subjects = {t.lemma_.lower() for c in verb.children if c.dep_ == "nsubj" for t in c.subtree}
    return bool((around - subjects) & CARE_PLACES or subjects & MEDICS) and not around & NO_CARE


def died_in_care(verb: Token) -> int | None:
    """ "were taken to a hospital, where they later died": the word that tells it; None where nobody did, or another did."""
    for token in verb.subtree:
        if token.lemma_.lower() in {"die", "succumb"} and token.i > verb.i and not any(c.dep_ == "neg" for c in token.children):
            subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
            if subject is not None and subject.lower_ in {"he", "she", "they"}:
                return int(token.i)
    return None


def condition_told(verb: Token, subject: Token) -> int | None:
    """ "is in critical condition", "is expected to survive", "is recovering", "underwent surgery": the word that tells it."""
    lemma = verb.lemma_.lower()
    if lemma == "expect":
        return next((c.i for c in verb.children if c.dep_ == "xcomp" and _survives(c)), None)
    if lemma == "recover" and verb.tag_ == "VBG":
        return int(verb.i)
    if lemma in {"undergo", "require", "need"} and any(c.lemma_.lower() == "surgery" for c in verb.children):
        return int(verb.i)
    if lemma in {"fight", "cling"} and any(t.lemma_.lower() == "life" for t in verb.subtree):
        return int(verb.i)
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == "in":
            for noun in child.children:
                if noun.lemma_.lower() in WARDS and noun.dep_ == "pobj" and lemma in {"be", "remain", "stay"} and any(
                        t.lemma_.lower() in ATTACKS for t in verb.sent):
                    return int(noun.i)                          # "another is in the hospital after a shooting"
                if noun.lower_ in {"condition", "conditions"} and any(t.lower_ in CONDITIONS for t in noun.subtree):
                    return int(noun.i)
    return None


def survives(word: Token) -> bool:
    """Whether the word that tells of the hurt tells as well that the person lives."""
    lemma = word.lemma_.lower()
    if lemma in {"survive", "recover", "live"}:
        return True
    around = {t.lower_ for t in word.subtree}
    if lemma == "condition":
        return bool(around & LIVING)
    harmless = "threatening" in around and bool(around & {"non", "not", "n't", "nonlife"})
    return (harmless or bool(around & {"minor", "superficial", "survive", "recover", *LIVING})) and (
        lemma in WOUNDS | CARE_VERBS | SUFFER)


def is_struck(verb: Token) -> bool:
    """Whether "hit", "struck", "grazed" is by a shot: its company tells a projectile, a part of the body, or gunfire."""
    for token in verb.subtree:
        if token.lemma_.lower() in PROJECTILES and token.i != verb.i:
            return True
    for child in (*verb.children, *(g for c in verb.children if c.dep_ == "dobj" for g in c.children)):
        if child.dep_ == "prep" and child.lower_ in {"in", "on", "to"} and any(
                g.lemma_.lower() in BODY_PARTS for g in child.children):
            return True
        if child.dep_ == "npadvmod" and child.lemma_.lower() == "time":
            return True
        if child.lower_ == "also" and any(c.dep_ == "auxpass" for c in verb.children):
            return True                                         # "two others were also hit"
    if any(c.dep_ == "auxpass" for c in verb.children) and not any(c.dep_ == "agent" for c in verb.children) and any(
            t.lemma_.lower() in FIRE for t in verb.doc[max(verb.sent.start - BEFORE, 0):verb.i]):
        return True                                             # "a gunman opened fire. Three of the men were hit."
    governor = verb.head
    if verb.dep_ not in {"advcl", "conj", "xcomp", "acl"}:
        return False
    company = {c.lower_ for c in governor.children}
    return governor.lemma_.lower() in SHOOTING_VERBS | {"shot", "gunfire"} or (
        governor.lemma_.lower() in {"ring", "go"} and bool(company & {"shots", "gunfire", "off", "gun"}))


def _survives(verb: Token) -> bool:
    return verb.lemma_.lower() in {"survive", "recover", "live", "pull"} or any(
        c.lower_ in {"ok", "okay", "fine"} for c in verb.children)


def _wound_beside(head: Token) -> int | None:
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ == "with":
            for noun in _objects(child):
                if noun.lemma_.lower() in WOUNDS:
                    return int(noun.i)
        if child.dep_ == "acl" and child.tag_ == "VBG" and child.lemma_.lower() in SUFFER and _wounded_by(child):
            return int(child.i)
    return None


def _condition_after(head: Token) -> int | None:
    """ "left one dead and two others in critical condition": the next words, whatever the parse ties them to"""
    following = head.doc[head.i + 1:head.i + 6]
    if len(following) < 3 or head.dep_ not in {"conj", "dobj"}:
        return None
    if following[0].lower_ == "with":
        return next((int(t.i) for t in following if t.lemma_.lower() in WOUNDS and t.dep_ == "pobj"), None)
    if following[0].lower_ != "in" or not any(t.lower_ in CONDITIONS for t in following):
        return None
    return next((int(t.i) for t in following if t.lower_ in {"condition", "conditions"}), None)


def _wound_in_clause(head: Token, verb: Token) -> int | None:
    """A wound that the verb tells of its subject or object: "walked into a clinic with a gunshot wound"."""
    finds_others = head.dep_ == "nsubj" and any(c.dep_ == "dobj" for c in verb.children)
    if verb.lemma_.lower() in FINDING and not finds_others:
        for child in verb.subtree:
            if child.lower_ == "with" and child.i > head.i:
                for noun in _objects(child):
                    if noun.lemma_.lower() in WOUNDS:
                        return int(noun.i)
        for child in verb.children:
            if child.dep_ in {"advcl", "xcomp", "acl", "oprd"} and child.lemma_.lower() in SUFFER and _wounded_by(child):
                return int(child.i)
    if head.dep_ == "nsubj" and verb.lemma_.lower() in SUFFER and _wounded_by(verb):
        return int(verb.i)
    return None


def _wounded_by(verb: Token) -> bool:
    for child in verb.children:
        if child.dep_ == "dobj" and child.lemma_.lower() in WOUNDS:
            return True
        if child.dep_ == "prep" and child.lower_ == "from" and any(n.lemma_.lower() in WOUNDS for n in _objects(child)):
            return True
    return False


def _objects(prep: Token) -> Iterator[Token]:
    for child in prep.children:
        if child.dep_ == "pobj":
            yield child
            yield from child.conjuncts
