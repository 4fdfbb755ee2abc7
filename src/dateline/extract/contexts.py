"""Where and when each act happened, as far as the words tie a place or a time to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateline.extract.acts import AIR, ARTILLERY, BOMB_NOUNS, Act
from dateline.extract.apart import QUARTERS
from dateline.extract.document import Document, PlaceMention, TimeMention
from dateline.extract.linked import LINKS, Context, with_linked
from dateline.extract.offsets import offset_times
from dateline.extract.people_names import person_words
from dateline.extract.telling import ASIDE, HITS, answers, at_hospital, carries, gathering_of, is_of_telling, tells
from dateline.extract.tokens import TokenIndex, dateline_end
from dateline.records.account import Status
from dateline.where.names import fold

Token = Any

NOTICES: tuple[Status, ...] = ("threatened", "planned", "hypothetical")
# After four digits that are a house's number and no year.
STREET_AFTER = re.compile(
    r"\s(?:block\b|(?:\w{1,15}\.?\s){1,3}(?:street|avenue|road|boulevard|drive|lane|st|ave|rd|blvd)\b)", re.IGNORECASE)
# Offices and bodies that are called by a place.
TITLES = frozenset({
    "ambassador", "archbishop", "bishop", "brigade", "cartel", "chief", "commander", "councillor", "councilman", "court",
    "deputy", "governor", "judge", "magistrate", "mayor", "minister", "native", "newspaper", "paper", "president", "prosecutor",
    "senator", "vicar"})
FIRST_YEAR = 1900  # an earlier one is a clock time or a count that was misread
# Where somebody belongs is not where it happened to him: "soldiers stationed at Arden".
BELONGS = frozenset({"assign", "base", "bear", "graduate", "headquarter", "raise", "serve", "station", "study", "teach", "work"})
NOT_THERE = {"from", "by", "against", "with", "than", "for", "between", "like", "without"}
THITHER = {"to", "toward", "towards"}  # where somebody was bound for, save after these:
REACHED = {"close", "next", "adjacent", "spread", "bring", "come", "extend", "reach", "return"}
HERE = {"in", "at", "near", "outside", "inside", "around", "across", "throughout"}
LANDS = {"crash", "drop", "fall", "fire", "hit", "land", "launch", "slam", "strike", "target"}
SHOTS = ARTILLERY | AIR | BOMB_NOUNS  # what lands: where it does is where it killed
UP = {"prep", "pobj", "npadvmod", "advmod", "pcomp"}  # from a mention to the verb or noun that it hangs on


@dataclass(frozen=True, slots=True)
class Settings:
    """What each sentence tells of where and when something happened, by the number of the sentence."""

    places: dict[int, tuple[PlaceMention, ...]]
    times: dict[int, tuple[TimeMention, ...]]


def contexts_of(document: Document, tokens: TokenIndex) -> dict[int, Context]:
    """The context of each act, by its token."""
    return _Binder(document, tokens).contexts()


def settings_of(document: Document, tokens: TokenIndex) -> Settings:
    """What the sentences tell of where and when, whether or not an act stands in them; not of who speaks, and when."""
    return _Binder(document, tokens).settings()


class _Binder:
    def __init__(self, document: Document, tokens: TokenIndex) -> None:
        self.document = document
        self.doc: Any = document.spacy
        self.tokens = tokens
        self.act_tokens = {a.token for a in document.acts}
        self.wider = [p for p in document.places if p.where.kind == "region" or (p.where.precision or 9) <= 2]

    def contexts(self) -> dict[int, Context]:
        acts_in: dict[int, list[Act]] = {}
        for act in self.document.acts:
            acts_in.setdefault(act.sentence, []).append(act)
        places: dict[int, list[PlaceMention]] = {a.token: [] for a in self.document.acts}
        named_after: dict[int, list[PlaceMention]] = {a.token: [] for a in self.document.acts}
        times: dict[int, list[TimeMention]] = {a.token: [] for a in self.document.acts}
        for place in self.document.places:
            if self.places_something(place):
                owner = self._owner(place.start, place.end, acts_in)
                if owner is not None and not self._beside(place, owner):
                    (named_after if self._names_something(place) else places)[owner].append(place)
        for told, time in self._times():
            owner = (
                self._act_after(time.end, acts_in)
                if time.text.endswith("after")
                else self._owner(told.start, told.end, acts_in)
            )
            if owner is None or self._dates_something_else(told, owner) or self._is_ahead(time, owner):
                continue
            if not self._is_of_another_verb(told, owner):
                times[owner].append(time)
        own = {token: Context(tuple(places[token] or named_after[token]), tuple(times[token])) for token in places}
        return {act.token: with_linked(act, acts_in[act.sentence], own, self.tokens) for act in self.document.acts}

    def settings(self) -> Settings:
        places: dict[int, list[PlaceMention]] = {}
        times: dict[int, list[TimeMention]] = {}
        for place in self.document.places:
            if self.places_something(place) and not self._is_of_telling(place.start, place.end):
                places.setdefault(self.tokens.sentence_of[self.tokens.at(place.start)], []).append(place)
        for told, time in self._times():
            if self._is_of_telling(told.start, told.end) or self._dates_something_else(told, None) or self._is_ahead(time):
                continue
            if not any(self._is_of_another_verb(told, act.token) for act in self.acts_in(told.start)):
                times.setdefault(self.tokens.sentence_of[self.tokens.at(told.start)], []).append(time)
        return Settings({n: tuple(p) for n, p in places.items()}, {n: tuple(t) for n, t in times.items()})

    def acts_in(self, char: int) -> list[Act]:
        """The acts of the sentence at a character."""
        number = self.tokens.sentence_of[self.tokens.at(char)]
        return [a for a in self.document.acts if a.sentence == number]

    def _times(self) -> Iterator[tuple[TimeMention, TimeMention]]:
        """The times that can date an act, each as it stands and as it is resolved; none of the dateline's."""
        head = dateline_end(self.document.report)
        offsets = offset_times(self.document)
        for told in self.document.times:
            time = offsets.get(told.start, told)
            if time.start >= head and time.type in {"DATE", "TIME"} and not self._is_misread(time):
                yield told, time

    def _is_misread(self, time: TimeMention) -> bool:
        """A clock time or a house number that was read as a year: "at 1830", "the 2000 block of Hill Street"."""
        if time.latest is not None and time.latest.year < FIRST_YEAR:
            return True
        bare = time.precision == "year" and time.text.isdigit()
        return bare and STREET_AFTER.match(self.document.report.text, time.end) is not None

    def _is_ahead(self, time: TimeMention, owner: int | None = None) -> bool:
        """A day after the report's, of something that is told to have happened."""
        written = self.document.report.written.latest
        planned = owner is not None and next(a for a in self.document.acts if a.token == owner).status in NOTICES
        return written is not None and time.earliest is not None and time.earliest > written and not planned

    def _dates_something_else(self, time: TimeMention, owner: int | None) -> bool:
        """ "Tuesday's elections", "a treaty signed in 1914": a time that belongs to a noun, or to a clause on a thing."""
        root = self.tokens.root_of(time.start, time.end)
        if root.dep_ in {"poss", "compound", "nmod"} and root.head.pos_ in {"NOUN", "PROPN"}:
            first = self.tokens.at(time.start)
            if root.dep_ != "poss" and first > 0 and self.doc[first - 1].lower_ == "on":
                return False  # "on Tuesday mortar shells hit": the parser takes the day for a kind of shell
            return root.head.i not in self.act_tokens and not self._is_told_behind(root.head, owner)
        for node in (root, *root.ancestors):
            if node.i == owner or node.i in self.act_tokens:
                return False
            if node.dep_ in {"acl", "relcl"}:
                return node.head.i not in self.act_tokens  # "the attack staged on Monday" dates the attack
        return False

    def _is_told_behind(self, noun: Token, owner: int | None) -> bool:
        """ "a May 2003 incident in which a boy killed his friend": the clause behind a noun tells what it was."""
        clauses = [c for c in noun.children if c.dep_ == "relcl"]
        return owner is not None and any(c.i == owner or c.is_ancestor(self.doc[owner]) for c in clauses)

    def _is_of_another_verb(self, time: TimeMention, owner: int) -> bool:
        """ "today lifted the strike that followed the murder": the day of a verb that does not carry the act below it."""
        root, act = self.tokens.root_of(time.start, time.end), self.doc[owner]
        above = self._hangs_on(root)
        if root.head.i == owner:
            return False  # "Tuesday's shooting", "a shooting early on Tuesday": its own day
        if act.pos_ not in {"NOUN", "PROPN"} or above.i in self.act_tokens or carries(above) or 0 < root.i - owner <= 2:
            return False
        if any(node.lower_ == "after" and node.head.i == above.i for node in act.ancestors):
            return False  # "declared mourning on Monday after a bombing": of that day, or of the one before
        return bool(above.is_ancestor(act))

    def _is_of_telling(self, start: int, end: int) -> bool:
        above = self._hangs_on(self.tokens.root_of(start, end))
        return above.i not in self.act_tokens and is_of_telling(above)

    def _hangs_on(self, root: Token) -> Token:
        above = root.head
        while above.dep_ in UP and above.head.i != above.i and above.pos_ != "VERB":
            above = above.head
        return above

    def places_something(self, place: PlaceMention) -> bool:
        return (
            place.start >= dateline_end(self.document.report)
            and not self._in_speaker(place.start, place.end)
            and not any(o.start <= place.start and place.end <= o.end and len(o.text) > len(place.text) for o in self.wider)
            and self._tells_where(place)
            and not self._is_of_who_tells(place)
            and not at_hospital(self.tokens.root_of(place.start, place.end))
            and not self._is_of_a_title(place)
            and not self._is_of_a_meeting(place)
            and not self._is_of_a_person(place)
        )

    def _is_of_a_person(self, place: PlaceMention) -> bool:
        """ "Jon Varela of Arden", "a soldier stationed at Arden": where he comes from or belongs."""
        root = self.tokens.root_of(place.start, place.end)
        if root.dep_ != "pobj":
            return False
        above = root.head.head
        if above.dep_ in {"acl", "relcl"} and above.lemma_.lower() in BELONGS and above.i not in self.act_tokens:
            return True
        names = (c for c in above.children if c.dep_ == "compound" and person_words().get(fold(c.text)) == "f")
        return root.head.lower_ in {"of", "from"} and above.pos_ == "PROPN" and next(names, None) is not None

    def _is_of_a_meeting(self, place: PlaceMention) -> bool:
        """ "talks in Arden were put off after the attack"; not "an attack on a meeting in Arden"."""
        root = self.tokens.root_of(place.start, place.end)
        node = gathering_of(root)
        if node is None or any(a.i in self.act_tokens and node.is_ancestor(a) for a in root.ancestors):
            return False
        while node.dep_ in LINKS and node.lower_ not in ASIDE:
            node = node.head
            if node.i in self.act_tokens or any(c.dep_ == "nsubj" and c.i in self.act_tokens for c in node.children):
                return False  # "a blast hit a meeting"
        return True

    def _is_of_a_title(self, place: PlaceMention) -> bool:
        """ "the mayor of Arden", "an Arden newspaper": somebody's office, which is not where he was killed."""
        root = self.tokens.root_of(place.start, place.end)
        if root.dep_ == "pobj" and root.head.lower_ == "of":
            return root.head.head.lemma_.lower() in TITLES
        return root.dep_ in {"compound", "poss", "nmod", "amod"} and root.head.lemma_.lower() in TITLES

    def _is_of_who_tells(self, place: PlaceMention) -> bool:
        """ "the office in Geneva condemned the killing": the place of who tells of an act, or of who was arrested for it."""
        root = self.tokens.root_of(place.start, place.end)
        for node in (root, *root.ancestors):
            if node.i in self.act_tokens or node.pos_ in {"VERB", "AUX"}:
                return False
            if node.dep_ in {"nsubj", "nsubjpass"}:
                return tells(node.head)
        return False

    def _act_after(self, end: int, acts_in: dict[int, list[Act]]) -> int | None:
        at = self.tokens.at(end)
        following = [a for a in acts_in.get(self.tokens.sentence_of[at], []) if a.token >= at]
        return following[0].token if following else None

    def _names_something(self, place: PlaceMention) -> bool:
        """ "the Westgate mall in Nairobi": a name before a noun may be the thing's alone, so a place told beside it wins.
        "The Telmar area of Arden" is the area's."""
        root = self.tokens.root_of(place.start, place.end)
        return bool(root.dep_ == "compound") and root.head.lower_ not in QUARTERS

    def _tells_where(self, place: PlaceMention) -> bool:
        """Whether the name says where something is: "in the US" does, "the US said" and "US soldiers" do not."""
        if place.adjective:
            return False
        root = self.tokens.root_of(place.start, place.end)
        first = self.tokens.at(place.start)
        if first > 0 and self.doc[first - 1].lower_ in HERE:
            return True  # whatever the parse made of it
        if root.dep_ in {"dobj", "nsubjpass"} and (root.head.i in self.act_tokens or root.head.lemma_.lower() in HITS):
            return True  # "shelled the city of Arden", "a bomb shook Arden"
        if root.dep_ in {"appos", "conj"} and root.head.i != root.i and root.head.i < root.i:
            root = root.head if root.dep_ == "conj" or root.head.pos_ == "PROPN" else root
        if root.dep_ == "pobj":
            toward = root.head.lower_ in THITHER and root.head.head.lemma_.lower() not in REACHED
            return root.head.lower_ not in NOT_THERE and not toward
        coarse = (place.where.precision or 0) >= 6
        return not coarse and root.dep_ not in {"nsubj", "nsubjpass", "dobj"}

    def _beside(self, place: PlaceMention, owner: int) -> bool:
        """Whether the name stands in a clause on something else: "a strike on a car that was bound for the airport"."""
        root = self.tokens.root_of(place.start, place.end)
        for node in (root, *root.ancestors):
            if node.i == owner:
                return False
            if node.dep_ in {"acl", "relcl"} and node.i not in self.act_tokens and node.head.i not in self.act_tokens:
                if node.lemma_.lower() in LANDS and node.head.lemma_.lower() in SHOTS:
                    continue  # "killed by shells that landed on Arden"
                return owner in {a.i for a in node.ancestors}
        return False

    def _in_speaker(self, start: int, end: int) -> bool:
        return any(a.speaker_start <= start and end <= a.speaker_end for a in self.document.attributions)

    def _owner(self, start: int, end: int, acts_in: dict[int, list[Act]]) -> int | None:
        """The act of the sentence to which the mention stands nearest in the parse; None: it dates or places speech."""
        root = self.tokens.root_of(start, end)
        acts = acts_in.get(self.tokens.sentence_of[root.i], [])
        if not acts:
            return None
        above = self._hangs_on(root)
        if above.i not in {a.token for a in acts} and is_of_telling(above):
            return _touching(root.i, acts, only_before=answers(above))
        path = self.tokens.path_up(root)
        # "a raid on the town of Arden, where rebels are fighting": the raid's, however near the fighting stands
        acts = [a for a in acts if not root.is_ancestor(self.doc[a.token])] or acts
        return min(acts, key=lambda a: (self.tokens.distance(path, self.doc[a.token]), abs(a.token - root.i))).token


def _touching(at: int, acts: list[Act], *, only_before: bool) -> int | None:
    """The act that stands right beside the token `at`, whatever the parse made of it."""
    closest = [a for a in acts if abs(a.token - at) <= 2 and (a.token < at or not only_before)]
    return closest[0].token if closest else None
