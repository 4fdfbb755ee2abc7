"""What a model says of a report -> accounts, by the words of the report that it quotes and nothing else.

The model says which incidents there are, of which kind, and which words tell what. What the words mean is read by our own parts:
how many (counts), when and where, who an armed group is, what type an actor or weapon has, whose side the dead were on, which
figure is part of which. So no answer can bring a number, a day, a place or a group into the record that the report does not tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from dateline.extract.accounts import accounts_of
from dateline.extract.acts import Act, is_denied
from dateline.extract.contexts import contexts_of
from dateline.extract.document import Attribution, Document
from dateline.extract.drafts import NEWS_DAYS, Draft
from dateline.extract.effects_verbs import Fate
from dateline.extract.endpoint_answer import Answer, ToldAccount, ToldFigure
from dateline.extract.endpoint_quotes import Place, Quotes
from dateline.extract.home import at_home
from dateline.extract.lexicon import lexicon
from dateline.extract.linked import Context
from dateline.extract.offsets import offset_times
from dateline.extract.people import PeopleFinder
from dateline.extract.people_group import People
from dateline.extract.people_told import fits_its_words, people_told
from dateline.extract.register import Register
from dateline.extract.speakers import speaker_at
from dateline.extract.speakers_lists import speaker_lists
from dateline.extract.speakers_names import SpeakerNames
from dateline.extract.status import is_negated
from dateline.extract.tables import Tables
from dateline.extract.tokens import dateline_end
from dateline.records import Account, Sensitive, Speaker, span_of
from dateline.records.account import ToldAs
from dateline.where.gazetteer import Gazetteer

Token = Any
MOST_SENTENCES = 3                # of the parse that one quoted sentence may touch
UNFOUND = "whose words do not stand in the report"


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer, and the piece of the report that was asked about."""

    piece: Place
    answer: Answer


def accounts_told(document: Document, told: Sequence[Asked], register: Register, gazetteer: Gazetteer
                  ) -> tuple[list[Account], Counter[str]]:
    """The accounts of `told` that stand, in the order of the report; and why what was refused was, and how often.

    document: after all steps; the names that our own rules found private in it are withheld in these accounts too.
    """
    refused = sum((one.answer.refused for one in told), Counter[str]())
    at_place = replace(document, places=at_home(document, gazetteer))
    drafting = _Drafting(at_place, document.tables, refused)
    for one in told:
        for account in one.answer.accounts:
            drafting.add(account, one.piece)
    drafted = sorted(drafting.drafted, key=lambda one: min(one.draft.sentences))
    ready = drafting.bound(drafted)
    accounts = accounts_of(ready, [one.draft for one in drafted], drafting.tables, register, gazetteer)
    ours = [mark for account in document.accounts for mark in account.sensitive]
    return [replace(account, sensitive=tuple(dict.fromkeys((*account.sensitive, *one.private, *ours))))
            for account, one in zip(accounts, drafted, strict=True)], refused


@dataclass
class _Drafted:
    """when, where: the places of the words that tell them; None where the model names none."""

    draft: Draft
    acts: list[Act]
    when: Place | None = None
    where: Place | None = None
    private: list[Sensitive] = field(default_factory=list)


class _Drafting:
    def __init__(self, document: Document, tables: Tables, refused: Counter[str]) -> None:
        self.document, self.tables, self.tokens, self.refused = document, tables, tables.tokens, refused
        self.doc: Any = document.spacy
        self.sentences = list(self.doc.sents)
        self.quotes = Quotes.of(document.report.text)
        self.finder = PeopleFinder(document)
        self.head_end = dateline_end(document.report)
        self.drafted: list[_Drafted] = []
        self.attributions: list[Attribution] = []

    # ---- one account

    def add(self, told: ToldAccount, piece: Place) -> None:
        """Draft an account, or count why it is refused."""
        near = self._all(told.sentences, piece, [], "sentence")
        numbers = sorted({number for place in near for number in self._sentences(place)})
        if not near:
            self.refused[f"account {UNFOUND}"] += 1
            return
        if any(len(self._sentences(place)) > MOST_SENTENCES for place in near):
            self.refused["account of sentences without an end"] += 1
            return
        if any(one.draft.sentences == set(numbers) and one.draft.kinds == {told.kind} for one in self.drafted):
            self.refused["account told twice"] += 1
            return
        body = Place(max(piece.start, self.head_end), piece.end)      # a dateline says where a report was filed
        act = self._one(told.act, body, near, "act")
        acts = [self._act(number, act, told) for number in numbers]
        draft = Draft(status=told.status, told_as=told.told_as)
        for one in acts:
            draft.add(one, Context((), ()), self.doc)
        drafted = _Drafted(draft, acts, self._one(told.when, body, near, "time"), self._one(told.where, body, near, "place"))
        for actor in told.actors:
            for place in self._all([actor.words], body, near, "actor"):
                draft.actors.append((actor.role, self._root(place).i))
        draft.things = [self._root(place).i for place in self._all(told.targets, body, near, "target")]
        draft.weapons = [(place.start, place.end) for place in self._all(told.weapons, body, near, "weapon")]
        self._add_figures(draft, told.figures, body, near)
        drafted.private = self._private(told.private_names, body, near)
        self.drafted.append(drafted)

    def _one(self, quote: str | None, within: Place, near: Sequence[Place], name: str) -> Place | None:
        found = self._all([quote] if quote is not None else [], within, near, name)
        return found[0] if found else None

    def _all(self, quotes: Iterable[str], within: Place, near: Sequence[Place], name: str) -> list[Place]:
        found: list[Place] = []
        for quote in quotes:
            place = self.quotes.find(quote, within, near or found[:1])
            if place is None:
                self.refused[f"{name} {UNFOUND}"] += 1
            else:
                found.append(place)
        return found

    def _sentences(self, place: Place) -> range:
        return range(self.tokens.sentence_of[self.tokens.at(place.start)],
                     self.tokens.sentence_of[self.tokens.at(place.end - 1)] + 1)

    def _root(self, place: Place) -> Token:
        return self.tokens.root_of(place.start, place.end)

    def _act(self, number: int, words: Place | None, told: ToldAccount) -> Act:
        """The act as a sentence tells it: by the words quoted, else by those our rules know, else by what its verb says."""
        first, end, token = 0, 0, None
        if words is not None and number in self._sentences(words):
            token = self._root(words)
            first, end = self.tokens.at(words.start), self.tokens.at(words.end - 1) + 1
        if token is None or self.tokens.sentence_of[token.i] != number:
            ours = next((act for act in self.document.acts if act.sentence == number), None)
            root = self.sentences[number].root
            said = next((child for child in root.children if child.dep_ == "ccomp"), root)
            token = self.doc[ours.token] if ours is not None else said
            first, end = (ours.first, ours.end) if ours is not None else (said.i, said.i + 1)
        return Act(token.i, first, end, number, told.kind, token.pos_ in {"NOUN", "PROPN"}, False, False, (), (), told.status,
                   told.told_as, is_denied(token, lexicon()))

    # ---- figures

    def _add_figures(self, draft: Draft, figures: Iterable[ToldFigure], body: Place, near: Sequence[Place]) -> None:
        people: dict[int, People] = {}
        for told in figures:
            found = self._people(told, body, near)
            if isinstance(found, str):
                self.refused[f"figure {found}"] += 1
            elif any(one.head in people for one in found):
                self.refused["figure told twice"] += 1
            else:
                people |= {one.head: one for one in found}
        draft.people = self.finder.chained([people[head] for head in sorted(people)])

    def _people(self, told: ToldFigure, body: Place, near: Sequence[Place]) -> list[People] | str:
        """Those whom a figure counts; or why it is refused, in words that go on after "figure"."""
        words = self.quotes.find(told.words, body, near)
        fate = self.quotes.find(told.fate, body, [words]) if words is not None else None
        speaker = self.quotes.find(told.speaker, body, [words]) if words is not None and told.speaker is not None else None
        if words is None or fate is None or (told.speaker is not None and speaker is None):
            return UNFOUND
        trigger = self._root(fate)
        said = self.doc[self.tokens.at(fate.start):self.tokens.at(fate.end - 1) + 1]
        if is_negated(trigger) or not fits_its_words(told.effect, list(said)):
            return f"whose words do not say {told.effect}"
        people = people_told(self.document, self.finder, self.tokens, words.start, words.end, Fate(told.effect, trigger.i, None))
        if not people:
            return "whose words name no people"
        if len([one for one in people if one.count is not None]) > 1:
            return "of several counts"
        if speaker is not None:
            self._attribute(people, speaker)
        return people

    def _attribute(self, people: Sequence[People], speaker: Place) -> None:
        """Note who gives a figure, for the very words of the figure."""
        named = self._speaker(speaker)
        for one in people if named is not None else ():
            words = [self.doc[one.first], self.doc[one.end - 1]]
            trigger = self.doc[one.fate.trigger]
            if trigger.sent == self.doc[one.head].sent:
                words.append(trigger)
            start, end = min(token.idx for token in words), max(token.idx + len(token) for token in words)
            ours = speaker_at(self.document, start, end)
            if ours is None or not _meets(ours.speaker_start, ours.speaker_end, speaker):
                self.attributions.append(Attribution(start, end, named, speaker.start, speaker.end, "", speaker.start))

    def _speaker(self, place: Place) -> Speaker | None:
        """Who the words name as a speaker: as our own rules read it there, else by the words alone."""
        ours = next((one.speaker for one in self.document.attributions
                     if one.speaker is not None and _meets(one.speaker_start, one.speaker_end, place)), None)
        return ours or SpeakerNames(self.document, speaker_lists()).speaker(
            self.tokens.at(place.start), self.tokens.at(place.end - 1) + 1)

    # ---- names that are not to be published

    def _private(self, names: Iterable[str], body: Place, near: Sequence[Place]) -> list[Sensitive]:
        """Names of persons; no places, groups, nor persons who speak for a body: a model must not hide what is public."""
        found = []
        for place in self._all(names, body, near, "name"):
            public = [(one.start, one.end) for one in self.document.places]
            public += [(one.start, one.end) for one in self.document.groups]
            public += [(one.speaker_start, one.speaker_end) for one in self.document.attributions
                       if one.speaker is not None and (one.speaker.office or one.speaker.organisation)]
            tokens = self.doc[self.tokens.at(place.start):self.tokens.at(place.end - 1) + 1]
            if all(token.pos_ != "PROPN" for token in tokens) or any(_meets(start, end, place) for start, end in public):
                self.refused["name that is public, or of no person"] += 1
            else:
                found.append(Sensitive("victim or witness name", (span_of(self.document.report.text, place.start, place.end),)))
        return found

    # ---- when and where

    def bound(self, drafted: Sequence[_Drafted]) -> Document:
        """Give each draft its times and places; the document with the acts and speakers of all of them."""
        acts = {act.token: act for act in self.document.acts} | {act.token: act for one in drafted for act in one.acts}
        ready = replace(self.document, acts=[acts[token] for token in sorted(acts)],
                        attributions=[*self.attributions, *self.document.attributions])
        contexts, offsets = contexts_of(ready, self.tokens), offset_times(ready)
        for one in drafted:
            for act in one.acts:                # what the parse ties to the acts, as far as the model names nothing else
                context = contexts[act.token]
                one.draft.places += [p for p in context.places if one.where is None and p not in one.draft.places]
                one.draft.times += [t for t in context.times if one.when is None and t not in one.draft.times]
            if one.where is not None:
                one.draft.places = [p for p in ready.places if _meets(p.start, p.end, one.where) and not p.adjective]
            if one.when is not None:
                one.draft.times = [offsets.get(t.start, t) for t in ready.times if _meets(t.start, t.end, one.when)]
            one.draft.told_as = self._told_as(one.draft)
        return ready

    def _told_as(self, draft: Draft) -> ToldAs:
        """As the model says; what its own words date weeks before the report is no news, whatever it says."""
        written = self.document.report.written.earliest
        latest = [time.latest for time in draft.times if time.latest is not None]
        old = written is not None and bool(latest) and max(latest) < written - timedelta(days=NEWS_DAYS)
        return "background" if old and draft.told_as == "news" else draft.told_as


def _meets(start: int, end: int, place: Place) -> bool:
    return start < place.end and place.start < end
