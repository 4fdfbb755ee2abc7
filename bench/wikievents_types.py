"""dateline's record in the words of wikievents: kinds and effects as types of events, parties and things as roles.

The one place where the two meet, read from what a document holds openly: its acts and accounts, and the places of its groups,
places and times in the text.

An event is predicted
- for each act, at its word (with its particle: "went off"): of the type of what it does to people where its word says so
  ("killed", "murder": Life.Die), else of its kind (`KINDS`); words that point at an event without naming one are none;
- for each word of a figure's evidence that tells the figure's effect ("dead", "arrested"), of the type in `EFFECTS`.

The arguments of an event, whoever gives its trigger and type:
- At the word of an act: it was done by those of its agents that are people, an armed group, or what an account has as attacker,
  side or rescuer (any mention with the same head); and to its patients. Of its agents a weapon is the weapon, a place the place.
- At any other word: by the attackers, sides and rescuers of accounts; and, where the event is an effect on people, to victims
  whose figures have that effect or who have no figure, else to targets, things and people. These victims also at an act
  without patients ("13 people died").
- At either: weapons and places of accounts.
- What an account gives must have its evidence in the sentence of the trigger (of train's arguments whose place is certain, 524 of
  530 stand there); no argument is a relative pronoun or a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.extract.acts import Act
from dateline.extract.document import Document, GroupMention, PlaceMention, TimeMention
from dateline.extract.lexicon import lexicon
from dateline.records import Account, Actor, Evidence
from dateline.records.account import Effect

Span = tuple[int, int]            # characters of the text, end excluded
Token = Any                       # spacy.tokens.Token

ATTACK, DIE, INJURE = "Conflict.Attack", "Life.Die", "Life.Injure"
ARREST, RELEASE, CRIME = "Justice.ArrestJailDetain", "Justice.ReleaseParole", "GenericCrime.GenericCrime"
DAMAGE, DEMONSTRATE = "ArtifactExistence.DamageDestroyDisableDismantle", "Conflict.Demonstrate"

# Incident kinds; those that are missing tell of no type of the set (agreements, bases, transfers of territory).
KINDS: Mapping[str, str] = {
    "": ATTACK,
    "armed clash": ATTACK,
    "excessive force against protesters": ATTACK,
    "protest with intervention": DEMONSTRATE,
    "peaceful protest": DEMONSTRATE,
    "violent demonstration": DEMONSTRATE,
    "mob violence": ATTACK,
    "chemical weapon": ATTACK,
    "air/drone strike": ATTACK,
    "suicide bomb": ATTACK,
    "shelling/artillery/missile attack": ATTACK,
    "remote explosive/landmine/ied": ATTACK,
    "grenade": ATTACK,
    "sexual violence": CRIME,
    "attack": ATTACK,
    "abduction/forced disappearance": CRIME,
    "arrests": ARREST,
    "disrupted weapons use": DAMAGE,          # a bomb is disabled
    "looting/property destruction": DAMAGE,
}
# Effects on people. Of train's 189 Movement.Transportation, which is any journey, 4 are of people that we count as displaced. To
# escape, to be missing and to surrender have no type.
EFFECTS: Mapping[Effect, str] = {
    "killed": DIE, "injured": INJURE, "arrested": ARREST, "captured": ARREST, "released": RELEASE, "abducted": CRIME,
}
ON_PEOPLE = frozenset(EFFECTS.values())
READ = frozenset(KINDS.values()) | ON_PEOPLE
# Words read as acts because they point back at one, and people named by their act: in train 2 of 170 and none of 21 are triggers.
POINTING = frozenset({"attempt", "bomber", "carnage", "incident", "tragedy"})


@dataclass(frozen=True, slots=True)
class Roles:
    """The names of the roles of one type. doer, done_to: of who did it, and to whom; None: the set has no such role there."""

    doer: str
    done_to: str
    explosive: str | None = None
    weapon: str | None = None
    place: str | None = None


ROLES: Mapping[str, Roles] = {
    ATTACK: Roles("Attacker", "Target", "ExplosiveDevice", "Instrument", "Place"),
    DIE: Roles("Killer", "Victim", place="Place"),
    INJURE: Roles("Injurer", "Victim", "Instrument", "Instrument"),
    ARREST: Roles("Jailer", "Detainee", place="Place"),
    RELEASE: Roles("JudgeCourt", "Defendant"),
    CRIME: Roles("Perpetrator", "Victim", place="Place"),
    DAMAGE: Roles("Destroyer", "Artifact", "Instrument", "Instrument", "Place"),
    DEMONSTRATE: Roles("Demonstrator", "Target"),
}
EXPLOSIVES = frozenset({"explosives", "incendiary"})          # types of weapons
DOERS = frozenset({"attacker", "side", "rescuer"})
RELATIVE = frozenset({"that", "which", "who", "whom", "whose"})


@dataclass(frozen=True, slots=True)
class Argument:
    head: int                     # the character at which its head word begins
    role: str


@dataclass(frozen=True, slots=True)
class Event:
    type: str                     # of two levels
    trigger: Span
    arguments: tuple[Argument, ...] = ()


def events_of(document: Document) -> list[Event]:
    """The events that dateline's record tells of, in the order of the text, each trigger and type once."""
    found = dict.fromkeys((*_of_acts(document), *_of_figures(document)))
    return [Event(type_, span, arguments_of(document, span, type_)) for span, type_ in sorted(found)]


def _of_acts(document: Document) -> Iterator[tuple[Span, str]]:
    for act in document.acts:
        word = document.spacy[act.token]
        type_ = None if word.lemma_.lower() in POINTING else EFFECTS.get(_effect_told(word)) or KINDS.get(act.kind)
        if type_ is not None:
            yield _trigger(word, act.first), type_


def _of_figures(document: Document) -> Iterator[tuple[Span, str]]:
    for figure in (figure for account in document.accounts for figure in account.figures):
        for span in figure.evidence if figure.effect in EFFECTS else ():
            words = document.spacy.char_span(span.start, span.end, alignment_mode="expand")
            yield from (((word.idx, word.idx + len(word)), EFFECTS[figure.effect]) for word in words
                        if figure.effect in _effects_told(word))


def _effect_told(word: Token) -> Any:
    """What an act's own word does to people; None: it does not say."""
    lex, lemma = lexicon(), word.lemma_.lower()
    return lex.nominal.get(lemma) if word.pos_ == "NOUN" else lex.patient_verbs.get(lemma) or lex.subject_verbs.get(lemma)


def _effects_told(word: Token) -> set[str | None]:
    lex, lemma = lexicon(), word.lemma_.lower()
    return {lex.effect_words.get(word.lower_), lex.effect_words.get(lemma), lex.nominal.get(lemma),
            lex.patient_verbs.get(lemma), lex.subject_verbs.get(lemma)}


def _trigger(word: Token, first: int) -> Span:
    """A word with what is hyphenated to it and with its particle: "shoot-out", "went off"."""
    doc, start, end = word.doc, word.i, word.i + 1
    while start - 2 >= first and doc[start - 1].text == "-":
        start -= 2
    if end < len(doc) and doc[end].dep_ == "prt" and doc[end].head == word:
        end += 1
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def arguments_of(document: Document, trigger: Span, type_: str, *, acts: bool = True) -> tuple[Argument, ...]:
    """The arguments of an event, by the rules at the head of this module. acts False: as if the document had no acts."""
    if type_ not in ROLES:
        return ()
    roles = ROLES[type_]
    words = document.spacy.char_span(*trigger, alignment_mode="expand")
    at_word = [act for act in document.acts if words.start <= act.token < words.end] if acts else []
    weapons = {head: roles.explosive if weapon.type in EXPLOSIVES else roles.weapon
               for account in document.accounts for weapon in account.weapons
               for head in _heads(document, weapon.text, weapon.evidence)}
    places = [head for account in document.accounts if account.where.text
              for head in _heads(document, account.where.text, account.where.evidence)]
    found = _Found(document, words.sent)
    for act in at_word:
        found.add_agents(act, roles, weapons)
        for head in act.patients:
            found.add(head, weapons.get(head, roles.done_to))
    if not at_word:
        found.add_all(_parties(document, DOERS), roles.doer)
    if not at_word or (type_ in ON_PEOPLE and not any(act.patients for act in at_word)):
        found.add_all(_suffering(document, type_), roles.done_to)
    for head, role in weapons.items():
        found.add(head, role)
    found.add_all(places, roles.place)
    return tuple(Argument(head, role) for head, role in found.roles.items())


class _Found:
    """Arguments of one event: each head once, the first role given to it."""

    def __init__(self, document: Document, sentence: Any) -> None:
        self.document, self.sentence = document, sentence
        self.roles: dict[int, str] = {}

    def add(self, head: int, role: str | None) -> None:
        word = self.document.spacy[head]
        left_out = word.lower_ in RELATIVE or _in_any(word, self.document.times)
        if role is not None and not left_out and word.sent == self.sentence:
            self.roles.setdefault(word.idx, role)

    def add_all(self, heads: Iterable[int], role: str | None) -> None:
        for head in heads:
            self.add(head, role)

    def add_agents(self, act: Act, roles: Roles, weapons: Mapping[int, str | None]) -> None:
        doc, document = self.document.spacy, self.document
        doers = {doc[head].lemma_.lower() for head in _parties(document, DOERS)}
        for head in act.agents:
            word = doc[head]
            if head in weapons:
                self.add(head, weapons[head])
            elif word.lemma_.lower() in doers or lexicon().people.get(word.lemma_) or _in_any(word, document.groups):
                self.add(head, roles.doer)
            elif _in_any(word, [place for place in document.places if not place.adjective]):
                self.add(head, roles.place)


def _in_any(word: Token, mentions: Iterable[GroupMention | PlaceMention | TimeMention]) -> bool:
    return any(mention.start <= word.idx < mention.end for mention in mentions)


def _parties(document: Document, roles: frozenset[str]) -> Iterator[int]:
    """The heads of the accounts' actors of these roles."""
    for account in document.accounts:
        for actor in account.actors:
            if actor.role in roles:
                yield from _heads(document, actor.text, actor.evidence)


def _suffering(document: Document, type_: str) -> Iterator[int]:
    """The heads of those to whom an event of this type was done: people by what became of them, or targets."""
    if type_ not in ON_PEOPLE:
        yield from _parties(document, frozenset({"intended target"}))
        for target in (target for account in document.accounts for target in account.targets):
            yield from _heads(document, target.text, target.evidence)
        return
    for account in document.accounts:
        for actor in account.actors:
            if actor.role == "victim" and _suffered(account, actor, type_):
                yield from _heads(document, actor.text, actor.evidence)


def _suffered(account: Account, victim: Actor, type_: str) -> bool:
    effects = {figure.effect for figure in account.figures if figure.of == victim.id}
    return not effects or type_ in {EFFECTS.get(effect) for effect in effects} or (
        "casualties" in effects and type_ in {DIE, INJURE})


def _heads(document: Document, text: str, evidence: Evidence) -> Iterator[int]:
    """The head words of the evidence that is the words themselves, and not a sentence that tells of them."""
    for span in evidence:
        if span.quote == text:
            yield head_of(document.spacy, (span.start, span.end)).i


def head_of(doc: Any, span: Span) -> Token:
    """The word of a span on which its others hang in the parse."""
    return doc.char_span(*span, alignment_mode="expand").root
