"""Who did it, to whom, to what and with what: the actors, targets and weapons of a draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.extract.acts import Act
from dateline.extract.document import Document, GroupMention
from dateline.extract.doubt import certainty_of
from dateline.extract.drafts import Draft
from dateline.extract.lexicon import lexicon
from dateline.extract.people_again import REFLEXIVES
from dateline.extract.people_group import People
from dateline.extract.register import Register
from dateline.extract.tables import Tables
from dateline.extract.things import THINGS, affected_of, weapons_of
from dateline.extract.tokens import dateline_end
from dateline.records import Actor, Affected, Target, Weapon, span_of
from dateline.records.account import Certainty, Role

Token = Any

STATE_WORDS = {
    "police",
    "army",
    "troop",
    "soldier",
    "force",
    "military",
    "navy",
    "policeman",
    "officer",
    "gendarme",
    "guard",
    "government",
    "regime",
    "authority",
    "security",
    "commando",
    "deputy",
    "marine",
    "paratrooper",
    "trooper",
}
REBEL_WORDS = {
    "rebel",
    "guerrilla",
    "insurgent",
    "militant",
    "jihadist",
    "separatist",
    "fighter",
    "extremist",
    "islamist",
    "jihadi",
    "subversive",
    "terrorist",
}
CLASH = "armed clash"
ARRESTING = {      # kinds of which arrests may be a part
    "arrests", "abduction/forced disappearance", "protest with intervention", "peaceful protest", "violent demonstration",
    "excessive force against protesters", "mob violence"}
OTHERS = {"other", "another", "more", "second"}
PEOPLE_NOUNS_OF_TARGET = {"president", "minister", "mayor", "ambassador", "leader", "chief", "governor", "judge"}
LONGEST_PHRASE = 12  # tokens


@dataclass(frozen=True, slots=True)
class Parties:
    actors: tuple[Actor, ...]
    targets: tuple[Target, ...]
    weapons: tuple[Weapon, ...]
    affected: tuple[Affected, ...]
    actor_of: dict[int, str]  # token of a people's noun -> id of the actor that lost them


def parties_of(
    document: Document, draft: Draft, tables: Tables, register: Register, day: date | None, country: str | None
) -> Parties:
    """The parties of one draft; `day` and `country` are the draft's, for the types that armed groups had then and there."""
    return _Parties(document, draft, tables, register, day, country).read()


class _Parties:
    def __init__(
        self, document: Document, draft: Draft, tables: Tables, register: Register, day: date | None, country: str | None
    ) -> None:
        self.document, self.draft, self.register, self.day, self.country = document, draft, register, day, country
        self.doc: Any = document.spacy
        self.lex = lexicon()
        self.tables, self.tokens = tables, tables.tokens
        self.actors: list[Actor] = []
        self.roots: dict[str, Token] = {}  # actor -> head of its noun phrase
        self.targets: list[Target] = []
        self.actor_of: dict[int, str] = {}
        self.head_end = dateline_end(document.report)
        self.people_at, self.target_at = tables.people, tables.targets
        self.weapon_at = tables.weapons

    def read(self) -> Parties:
        attackers_died = any(p.attacker for p in self.draft.people)
        hurt = {p.noun for p in self.draft.people if not p.attacker}
        for told, head in self.draft.actors:
            self._said_outright(told, head)
        for act in self.draft.acts:
            role: Role = "side" if act.kind == CLASH else "attacker"
            for head in (*self._agents(act), *(act.patients if role == "side" else ())):
                if head in hurt and any(self.doc[i].lower_ in REFLEXIVES for i in act.patients):
                    continue  # "the boy shot himself"
                self._attacker(head, "rescuer" if attackers_died and role == "attacker" and self._is_state(head) else role)
            for adjective in self._whose_strike(act):
                self._attacker(adjective)
        for people in self.draft.people:
            self._victim(people)
            if people.fate.agent is not None and people.fate.agent != people.noun:
                self._attacker(people.fate.agent, "rescuer" if self._is_arrested_after(people) else "attacker")
        fated = {p.noun for p in self.draft.people} | {p.head for p in self.draft.people}
        for act in self.draft.acts:
            for head in act.patients if act.kind != CLASH else ():   # those of a clash are its sides
                if head not in fated:
                    self._patient(head)
        for head in self.draft.things:
            self._patient(head)
        return Parties(
            tuple(self.actors),
            tuple(self.targets),
            weapons_of(self.document, self.draft, self.tables),
            affected_of(self.document, self.draft, self.tables, self.actors, self.targets),
            self.actor_of,
        )

    def _is_arrested_after(self, people: People) -> bool:
        """Whether a state arrested them for what was done, and not in it: "a bombing killed six; police arrested two men".

        Then the police are no attackers; whoever else takes people away is one.
        """
        agent = people.fate.agent
        if people.fate.effect != "arrested" or agent is None or not self._is_state(agent) or self.draft.kinds & ARRESTING:
            return False
        return self.doc[agent].lemma_.lower() not in {self.doc[i].lemma_.lower() for act in self.draft.acts for i in act.agents}

    def _said_outright(self, role: Role, head: int) -> None:
        token = self.doc[head]
        if token.pos_ == "PRON" or token.like_num or token.lemma_.lower() in THINGS or self._is_place_or_time(token):
            return
        self._add(role, token, self._group(token), certainty_of(token), self._country(token))

    def _whose_strike(self, act: Act) -> list[int]:
        """ "Russian shelling", "an Israeli air strike": states strike from afar, so the country before the noun is theirs"""
        if not act.noun or act.kind not in {"air/drone strike", "shelling/artillery/missile attack"}:
            return []
        peoples = {p.start for p in self.document.places if p.adjective and p.where.country}
        return [c.i for c in self.doc[act.token].lefts if c.idx in peoples]

    def _is_state(self, head: int) -> bool:
        return self.doc[head].lemma_.lower() in STATE_WORDS

    def _agents(self, act: Act) -> Iterator[int]:
        for head in act.agents:
            token = self.doc[head]
            yield head
            for conjunct in token.conjuncts:
                if conjunct.i > head and not any(c.dep_ == "nsubj" for c in conjunct.children):
                    yield conjunct.i

    def _attacker(self, head: int, role: Role = "attacker") -> None:
        token = self.doc[head]
        group = self._group(token)
        lemma = token.lemma_.lower()
        is_person = head in self.people_at or token.pos_ == "PROPN"
        country = self._country(token)
        if any(c.dep_ == "poss" and c.pos_ == "PRON" for c in token.lefts):
            return  # "its fighters": the group is named where "it" is
        if token.idx < self.head_end or self._is_place_or_time(token):
            return
        if (
            lemma in THINGS
            or token.pos_ == "PRON"
            or token.like_num
            or (head in self.weapon_at and lemma != "bomber" and country is None)
        ):
            return
        if head in self.target_at and group is None:
            return
        state = lemma in STATE_WORDS
        if group is None and not is_person and not state and country is None:
            return
        attackers = [a for a in self.actors if a.role == "attacker"]
        if (
            attackers
            and group is None
            and lemma in self.lex.surely_attackers
            and not any(c.lower_ in OTHERS for c in token.lefts)
        ):
            return  # "the attackers": those who were told of before
        if role == "attacker" and state and attackers and attackers[0].type not in {1, 8}:
            role = "rescuer"  # troops who come when gunmen have attacked
        self._add(role, token, group, certainty_of(token), country)

    def _is_place_or_time(self, token: Token) -> bool:
        """ "the Kabul bombing", "Thursday's attack": the words before an act name its place or day too."""
        at = token.idx
        return any(t.start <= at < t.end for t in self.document.times) or self.document.is_in_a_place(at, at + 1)

    def _victim(self, people: People) -> None:
        token = self.doc[people.noun]
        if token.like_num or token.lower_ in self.lex.effect_words:
            return
        role: Role = "attacker" if people.attacker else "victim"
        if token.lower_ in REFLEXIVES:
            beside_victims = any(p.fate.effect == "killed" and not p.attacker for p in self.draft.people)
            if people.fate.agent is not None and beside_victims and not any(a.role == "attacker" for a in self.actors):
                self._attacker(people.fate.agent)     # "two children are dead; their father killed himself"
            attackers = [a for a in self.actors if a.role == "attacker"]
            if attackers:
                self.actor_of[people.noun] = attackers[0].id
            return
        known = self._held(token, "attacker")
        if known is not None and (people.number == "definite one" or people.attacker):
            self.actor_of[people.noun] = known.id
            return
        if role == "attacker" and (known := next((a for a in self.actors if a.role == "attacker"), None)) is not None:
            self.actor_of[people.noun] = known.id
            return
        actor = self._add(role, token, self._group(token), "stated", self._country(token))
        self.actor_of[people.noun] = actor.id

    def _patient(self, head: int) -> None:
        token = self.doc[head]
        if token.pos_ == "PRON" or token.like_num or token.lemma_.lower() in THINGS - {"operation"}:
            return
        if any(t.start <= token.idx < t.end for t in self.document.times):
            return  # "the attack on Saturday"
        start, end = self._phrase(token)
        text = self.document.report.text
        span = span_of(text, start, end)
        someone = head in self.people_at or self._group(token) is not None or token.lemma_.lower() in PEOPLE_NOUNS_OF_TARGET
        if someone and head not in self.target_at:
            self._add("intended target", token, self._group(token), "stated", self._country(token))
            return
        if token.pos_ not in {"NOUN", "PROPN"} or any(t.text == span.quote for t in self.targets):
            return
        hit = self.target_at.get(head)
        place = any(p.start <= token.idx < p.end and p.where.kind != "airport" for p in self.document.places)
        if hit is None and place:
            return
        self.targets.append(Target(span.quote, hit.value if hit else None, None, self._thing_effect(token), (span,)))

    def _thing_effect(self, token: Token) -> str | None:
        governor = token.head.lemma_.lower()
        if governor in {"destroy", "demolish", "level", "raze"}:
            return "destroyed"
        return "damaged" if governor in {"damage", "burn", "torch"} else None

    def _add(self, role: Role, token: Token, group: GroupMention | None, certainty: Certainty, country: str | None) -> Actor:
        held = self._held(token, role)
        if held is not None:
            return held
        start, end = self._phrase(token)
        span = span_of(self.document.report.text, start, end)
        named = token.pos_ == "PROPN" and group is None and country is None and token.i not in self.people_at
        name = span.quote if named else None
        organisation = group.text if group else None
        actor = Actor(
            f"a{len(self.actors) + 1}",
            role,
            span.quote,
            name,
            organisation,
            group.group if group else None,
            self._type(token, group, country),
            country,
            certainty,
            (span,),
            self._number_of(token) if role == "attacker" else None,
        )
        self.actors.append(actor)
        self.roots[actor.id] = self.tokens.root_of(start, end)
        return actor

    def _number_of(self, token: Token) -> int | None:
        """How many they were, where the words say it: 5 for "five suicide bombers", 1 for "a bomber"."""
        start, end = self._phrase(token)
        for count in self.document.counts:
            if start <= count.start < end:
                return count.value
        single = any(c.lower_ in {"a", "an", "one", "single", "lone"} for c in token.lefts)
        return 1 if single and token.tag_ == "NN" else None

    def _held(self, token: Token, role: str) -> Actor | None:
        group = self._group(token)
        lemma = token.lemma_.lower()
        for actor in self.actors:
            if actor.role != role:
                continue
            if group is not None and actor.group == group.group:
                return actor
            root = self.roots[actor.id]
            if group is None and root.lemma_.lower() == lemma and (role == "attacker" or root.i == token.i):
                return actor
        return None

    def _phrase(self, token: Token) -> tuple[int, int]:
        """Characters of the noun phrase with this head: determiners, adjectives, names and a short "of" phrase."""
        first = token.i
        for left in token.lefts:
            if left.lower_ in self.lex.effect_words:  # "shot dead two guards"
                continue
            if (
                left.dep_ in {"det", "amod", "compound", "nummod", "poss", "nmod", "quantmod"}
                and token.i - left.left_edge.i < LONGEST_PHRASE
            ):
                first = min(first, left.left_edge.i)
        last = token.i
        for right in token.rights:
            if right.lower_ == "of" and right.i == token.i + 1 and right.right_edge.i - token.i <= 5:
                last = right.right_edge.i
        end = self.doc[last]
        return self.doc[first].idx, end.idx + len(end)

    def _group(self, token: Token) -> GroupMention | None:
        start, end = self._phrase(token)
        of = next((right for right in token.rights if right.lower_ == "of" and right.i == token.i + 1), None)
        name = next((one for one in of.rights if one.dep_ == "pobj"), None) if of is not None else None
        if name is not None:      # however long the words before the name are: "fighters of the Ardenia-backed Red Lantern"
            end = max(end, name.idx + len(name))
        return next((mention for mention in self.document.groups_meant() if start <= mention.start and mention.end <= end), None)

    def _country(self, token: Token) -> str | None:
        start, end = self._phrase(token)
        for place in self.document.places:
            if start <= place.start < end and (place.adjective or place.where.kind == "country"):
                return place.where.country
        return None

    def _type(self, token: Token, group: GroupMention | None, country: str | None) -> int | None:
        lemma = token.lemma_.lower()
        if group is not None:
            return self.register.type_in(group.group, self.country, self.day)
        words = {lemma, *(c.lemma_.lower() for c in token.lefts)}
        if words & STATE_WORDS or (country is not None and (token.pos_ in {"PROPN", "ADJ"} or token.i in self.weapon_at)):
            foreign = country is not None and self.country is not None and country != self.country
            return 8 if foreign else 1
        if words & REBEL_WORDS:
            return 2
        hit = self.people_at.get(token.i)
        if hit is None:
            return None
        if hit.term in self.lex.surely_attackers:
            return 3  # ACLED: unknown gunmen are a political militia
        return {"civilians": 7, "state forces": 1, "foreign forces": 8, "armed group": 2, "protesters": 6}.get(hit.value)
