"""Acts: the words of a report that tell violence, each with who did it to whom and how surely it happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dateline.extract.document import Document
from dateline.extract.doubt import is_doubted
from dateline.extract.hurt import is_struck
from dateline.extract.lexicon import Hit, Lexicon, Words, lexicon
from dateline.extract.status import is_negated, status_of, told_as_of
from dateline.records.account import Status, ToldAs

Token = Any

AIR = {"warplane", "jet", "aircraft", "drone", "helicopter", "airstrike", "plane", "gunship", "airplane"}
ARTILLERY = {"rocket", "mortar", "shell", "artillery", "missile", "tank", "howitzer", "cannon", "grad", "projectile"}
BOMBS = {"bomb", "explosive", "ied", "device", "mine", "landmine", "charge", "dynamite", "explosives", "bombs", "vehicle", "car"}
# Verbs that tell violence only with the right company.
NEEDS_WEAPON = {"hit", "strike", "graze", "ram", "throw", "plant", "target", "land"}
STRIKES = {"hit", "strike", "bomb", "attack", "raid", "target", "shell", "bombard", "fire"}  # what aircraft do
BOMB_NOUNS = {"bomb", "explosive", "ied", "mine", "landmine", "dynamite", "explosives"}
STRUCK = {"hit", "strike", "graze"}
WEAPONS_DO = {"kill", "wound", "injure", "strike", "hit", "destroy", "rip", "erupt", "break", "ring"}
GENERIC_VERBS = {"kill", "injure", "wound", "die", "hurt", "perish", "martyr"}
ATTRIBUTIVE = {"compound", "amod", "nmod"}
FIGURATIVE = {
    "heart",
    "panic",
    "verbal",
    "cyber",
    "terrorist",
    "media",
    "personal",
    "word",
    "war",
    "cold",
    "legal",
    "price",
    "labor",
    "labour",
    "hunger",
    "general",
    "lightning",
    "population",
    "baby",
}
STATE_AGENTS = {"police", "soldier", "troop", "force", "army", "officer", "gendarme", "guard", "military", "policeman"}


@dataclass(frozen=True, slots=True)
class Act:
    """One word or term that tells violence. Token indices."""

    token: int
    first: int
    end: int
    sentence: int
    kind: str  # "": something was done, not said what
    noun: bool
    definite: bool  # "the attack", "Thursday's attack": told of before
    plural: bool  # "attacks": several at once
    agents: tuple[int, ...]  # heads of those who did it
    patients: tuple[int, ...]  # heads of those, or of the things, it was done to
    status: Status
    told_as: ToldAs
    denied: bool  # somebody is said to deny it


def find_acts(document: Document) -> None:
    """Add the acts of the report to `document.acts`, in the order of the text."""
    lex, doc = lexicon(), document.spacy
    tables = document.tables
    words, weapons, people = tables.words, tables.weapons, tables.people
    nouns = lex.act_nouns.find(words)
    covered = {i for hit in nouns.values() for i in range(hit.first, hit.end - 1)}
    acts = []
    for token in doc:
        if token.i in covered and token.pos_ != "VERB":
            continue
        hit = nouns.get(token.i)
        if (
            hit is not None
            and token.pos_ in {"NOUN", "PROPN", "ADJ"}
            and _is_act_noun(token, hit, people)
            and (token.i not in weapons or _weapon_acts(token))
        ):
            acts.append(_noun_act(token, hit, words, lex))
        elif token.pos_ in {"VERB", "AUX"} or (token.tag_ in {"VBN", "VBD"} and token.lemma_.lower() in lex.act_verbs):
            kind = _verb_kind(token, lex, weapons)
            if kind is not None:
                acts.append(_verb_act(token, kind, words, lex))
    acts = [a for a in acts if not is_negated(doc[a.token])]
    if not any(a.kind and a.status == "happened" for a in acts):
        acts = sorted([*acts, *_told_by_wounds(doc, words, lex)], key=lambda a: a.token)
    document.acts = acts


def _told_by_wounds(doc: Any, words: Words, lex: Lexicon) -> list[Act]:
    """Shootings of a report that tells none in words of its own: "a gunshot victim was found", "died of a gunshot wound"."""
    shots = (t for t in doc if t.lemma_.lower() in {"gunshot", "gunfire"} or (
        t.i and (doc[t.i - 1].lower_, t.lemma_.lower()) in {("gun", "shot"), ("bullet", "wound")}))
    struck = (t for t in doc if t.pos_ == "VERB" and t.lemma_.lower() in STRUCK and is_struck(t))
    return [*(_noun_act(t, Hit(t.i, t.i + 1, "gunshot", "attack"), words, lex) for t in shots),
            *(_verb_act(t, "attack", words, lex) for t in struck)]


def _is_act_noun(token: Token, hit: Hit, people: dict[int, Hit]) -> bool:
    if token.dep_ in ATTRIBUTIVE and token.head.pos_ in {"NOUN", "PROPN"} and hit.value == "":
        return False  # "attack helicopters", "assault rifle"
    before = token.doc[token.i - 1].lower_ if token.i else ""
    if before in FIGURATIVE and hit.end - hit.first == 1 and before != "terrorist":
        return False
    if hit.term in {"battle", "clash", "fighting"} and any(
        c.lower_ in {"for", "over", "against"}
        and any(g.dep_ == "pobj" and g.pos_ == "NOUN" and g.i not in people for g in c.children)
        for c in token.children
    ):
        return False  # "the battle for the title"; the battle for a town names it
    if hit.term == "strike":
        return any(c.lower_ in {"air", "drone", "military", "missile", "retaliatory", "israeli", "us"} for c in token.lefts)
    return not (hit.term in {"missile", "ied", "landmine"} and token.dep_ in ATTRIBUTIVE)


def _weapon_acts(token: Token) -> bool:
    """A bomb is an act where it strikes or is what people died of; a bomb that is found, or aimed at, is a thing."""
    if token.dep_ == "pobj":
        return token.head.lower_ in {"by", "in", "from", "after"}
    return bool(
        token.dep_ == "nsubj" and token.head.lemma_.lower() in WEAPONS_DO
    )


def _noun_act(token: Token, hit: Hit, words: Words, lex: Lexicon) -> Act:
    first = token.doc[hit.first]
    determiners = {c.lower_ for c in token.children if c.dep_ in {"det", "poss"}}
    possessed = any(c.dep_ == "poss" for c in token.children)
    definite = possessed or bool(determiners & {"the", "that", "this", "these", "those"})
    return Act(
        token.i,
        first.i,
        hit.end,
        words.sentence_of[token.i],
        hit.value,
        True,
        definite,
        token.tag_ in {"NNS", "NNPS"},
        _noun_agents(token),
        _noun_patients(token, hit.value),
        status_of(token, lex),
        told_as_of(token, lex),
        is_denied(token, lex),
    )


def _noun_agents(noun: Token) -> tuple[int, ...]:
    found = []
    for child in noun.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            found += [g.i for g in child.children if g.dep_ == "pobj"]
        elif child.dep_ in {"compound", "amod", "poss"} and child.pos_ in {"PROPN", "NOUN"} and child.ent_type_ != "DATE":
            found.append(child.i)
    if noun.lemma_.lower() == "bomber":
        found.append(noun.i)
    governor = noun.head
    if governor.lemma_.lower() in {"carry", "launch", "stage", "conduct", "mount", "perpetrate", "commit", "execute", "make"}:
        if noun.dep_ == "dobj":
            found += [c.i for c in governor.children if c.dep_ == "nsubj"]
        elif noun.dep_ == "nsubjpass":
            found += [g.i for c in governor.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"]
    for child in noun.children:  # "an attack carried out by X"
        if child.dep_ == "acl" and child.tag_ == "VBN":
            found += [g.i for c in child.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"]
    return tuple(dict.fromkeys(found))


def _noun_patients(noun: Token, kind: str) -> tuple[int, ...]:
    led_by = {"on", "against", "of", "upon", "targeting"} | ({"with", "between"} if kind == "armed clash" else set())
    found = []
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in led_by:
            found += [g.i for g in child.children if g.dep_ == "pobj"]
    if noun.head.lower_ == "against" and noun.dep_ == "pobj":
        return tuple(found)
    governor = noun.head if noun.dep_ == "dobj" else None
    if governor is not None:  # "carried out an airstrike against X"
        for child in governor.children:
            if child.dep_ == "prep" and child.lower_ in {"against", "on"}:
                found += [g.i for g in child.children if g.dep_ == "pobj"]
    return tuple(dict.fromkeys(found))


def _verb_kind(verb: Token, lex: Lexicon, weapons: dict[int, Hit]) -> str | None:
    """The kind that a verb tells, "" for violence of no kind, None where it tells none."""
    lemma = verb.lemma_.lower()
    down = any(c.dep_ == "prt" and c.lower_ in {"up", "off", "down"} for c in verb.children)
    near = _company(verb)
    if lemma == "go":
        return "remote explosive/landmine/ied" if down and near & BOMBS else None
    if lemma not in lex.act_verbs and lemma not in NEEDS_WEAPON:
        return None
    if lemma == "blow":
        return _suicide(verb) or ("remote explosive/landmine/ied" if down else None)
    if lemma == "gun":
        return "attack" if down else None
    if lemma == "open":
        return _fire_kind(verb) if "fire" in near else None
    if lemma == "fire":
        return (
            _fire_kind(verb) if any(c.lower_ in {"at", "on", "upon", "into"} for c in verb.children) or near & ARTILLERY else None
        )
    if lemma in {"execute", "burn", "rob", "hack", "stone"} and not _acts_on_something(verb):
        return None
    subjects = {c.lemma_.lower() for c in verb.children if c.dep_ == "nsubj"} | {
        g.lemma_.lower() for c in verb.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"
    }
    if lemma in GENERIC_VERBS and subjects & (BOMB_NOUNS | AIR | ARTILLERY | {"grenade"}):
        return _weapon_kind(subjects)
    if lemma in {"throw", "hurl", "lob"} and near & {"grenade"}:
        return "grenade"
    if (near & AIR or {"air", "force"} <= near) and lemma in STRIKES:
        return "air/drone strike"
    if near & ARTILLERY and lemma in {"hit", "strike", "attack", "target", "land", "kill"}:
        return "shelling/artillery/missile attack"
    if lemma in NEEDS_WEAPON:
        armed = any(i in weapons for i in (t.i for t in verb.subtree))
        return ("remote explosive/landmine/ied" if near & BOMBS else "") if armed and lemma != "target" else None
    if lemma in {"detonate", "explode"}:
        return _suicide(verb) or lex.act_verbs[lemma]
    return lex.act_verbs[lemma]


def _weapon_kind(subjects: set[str]) -> str:
    """ "a bomb killed", "was killed by a drone": the kind is the weapon's"""
    if subjects & AIR:
        return "air/drone strike"
    if subjects & ARTILLERY:
        return "shelling/artillery/missile attack"
    return "grenade" if "grenade" in subjects else "remote explosive/landmine/ied"


def _suicide(verb: Token) -> str | None:
    """blew himself up; detonated his vest; a bomber exploded his car"""
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubj"} and (
            child.lower_ in {"himself", "herself", "themselves"} or child.lemma_.lower() in {"vest", "belt"}
        ):
            return "suicide bomb"
    return None


def _fire_kind(verb: Token) -> str:
    shot_at = {t.lemma_.lower() for t in verb.subtree}
    agents = {c.lemma_.lower() for c in verb.children if c.dep_ == "nsubj"}
    if shot_at & {"protester", "demonstrator", "protestor", "marcher"} and agents & STATE_AGENTS:
        return "excessive force against protesters"
    return "shelling/artillery/missile attack" if shot_at & ARTILLERY else "attack"


def _company(verb: Token) -> set[str]:
    near = set()
    for child in verb.children:
        near.add(child.lemma_.lower())
        if child.dep_ in {"nsubj", "nsubjpass", "dobj", "agent", "prep"}:
            near |= {g.lemma_.lower() for g in child.children if g.dep_ in {"pobj", "compound", "conj", "amod"}}
    return near


def _acts_on_something(verb: Token) -> bool:
    return any(c.dep_ in {"dobj", "nsubjpass"} for c in verb.children)


def _verb_act(verb: Token, kind: str, words: Words, lex: Lexicon) -> Act:
    agents, patients = [], []
    for child in verb.children:
        if child.dep_ == "nsubj" and verb.lemma_.lower() not in lex.subject_verbs:
            agents.append(child.i)
        elif child.dep_ == "agent":
            agents += [g.i for g in child.children if g.dep_ == "pobj"]
        elif child.dep_ in {"dobj", "nsubjpass"}:
            patients.append(child.i)
        elif child.dep_ == "prep" and child.lower_ in {"at", "on", "upon", "against", "into", "with"}:
            patients += [g.i for g in child.children if g.dep_ == "pobj"]
    if not agents and verb.dep_ in {"conj", "xcomp", "advcl"}:
        agents = [c.i for c in verb.head.children if c.dep_ == "nsubj"]
    elif not agents and verb.dep_ == "ccomp" and verb.tag_ in {"VBD", "VBN"} and patients:
        agents = [c.i for c in verb.head.children if is_doubted(c)]      # "men believed to be rebels killed four"
    elif not agents and verb.dep_ in {"acl", "relcl"} and verb.tag_ != "VBN":
        agents = [verb.head.i]
    return Act(
        verb.i,
        verb.i,
        verb.i + 1,
        words.sentence_of[verb.i],
        kind,
        False,
        False,
        False,
        tuple(_with_conjuncts(verb.doc, agents)),
        tuple(_with_conjuncts(verb.doc, patients)),
        status_of(verb, lex),
        told_as_of(verb, lex),
        is_denied(verb, lex),
    )


def _with_conjuncts(doc: Any, heads: list[int]) -> list[int]:
    return [i for head in heads for i in (head, *(c.i for c in doc[head].conjuncts if c.i > head))]


def is_denied(token: Token, lex: Lexicon) -> bool:
    return any(lex.status.get(a.lemma_.lower()) == "denied" and a.pos_ == "VERB" for a in list(token.ancestors)[:3])
