"""Acts told of one incident put together. A draft is an account in the making."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from dateline.extract.acts import Act
from dateline.extract.apart import at_another_place, died_later, starts_another, told_besides
from dateline.extract.contexts import NOTICES, contexts_of
from dateline.extract.document import Document, PlaceMention, TimeMention
from dateline.extract.linked import Context
from dateline.extract.people_group import People
from dateline.extract.scopes import is_cumulative
from dateline.extract.tokens import TokenIndex
from dateline.records.account import Role, Status, ToldAs

Token = Any

NEWS_DAYS = 14  # what is dated further back than this is told as background
MARKED_DAYS = 7  # before or after its day, within which an anniversary is written of
YEAR_DAYS = 365.25
STRETCHES = {"day", "week", "month", "year", "decade", "hour"}
# Kinds that cannot be one incident unless the report says so.
FAMILIES = {
    "air/drone strike": "air",
    "shelling/artillery/missile attack": "shelling",
    "suicide bomb": "bomb",
    "remote explosive/landmine/ied": "bomb",
    "grenade": "bomb",
    "chemical weapon": "chemical",
    "abduction/forced disappearance": "abduction",
    "arrests": "arrests",
    "violent demonstration": "riot",
    "disrupted weapons use": "disrupted",
    "agreement": "agreement",
}
COMPATIBLE = {frozenset(p) for p in (("air", "chemical"), ("shelling", "chemical"))}
EARLIER = re.compile(
    r"\b(?:(?!the day\b)\w+ (?:days?|weeks?|months?|years?) (?:before|earlier|ago)|last (?:year|month)|"
    r"earlier this (?:week|month|year|spring|summer|fall|winter)|"
    r"in (?:19|20)\d\d|(?:previous|earlier|past) (?:attack|bombing|incident|massacre)s?|years ago|since then)\b",
    re.I,
)


@dataclass
class Draft:
    acts: list[Act] = field(default_factory=list)
    people: list[People] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    times: list[TimeMention] = field(default_factory=list)
    status: Status = "happened"
    told_as: ToldAs = "news"

    families: set[str] = field(default_factory=set)
    sentences: set[int] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)  # lemmas of those who did it and to whom
    words: set[str] = field(default_factory=set)  # lemmas of the acts

    # What whoever drafted it says outright, beside what the acts and the people tell: see drafted.py.
    actors: list[tuple[Role, int]] = field(default_factory=list)  # role, and head token of the words
    things: list[int] = field(default_factory=list)  # head tokens of what was attacked
    weapons: list[tuple[int, int]] = field(default_factory=list)  # characters

    def add(self, act: Act, context: Context, doc: Any) -> None:
        self.acts.append(act)
        self.sentences.add(act.sentence)
        self.kinds.add(act.kind)
        if act.kind in FAMILIES:
            self.families.add(FAMILIES[act.kind])
        self.parties |= {doc[i].lemma_.lower() for i in (*act.agents, *act.patients)}
        self.words |= {doc[i].lemma_.lower() for i in range(act.first, act.end)}
        self.places += [p for p in context.places if p not in self.places]
        self.times += [t for t in context.times if t not in self.times]


def put_together(document: Document, people: Sequence[People], tokens: TokenIndex) -> list[Draft]:
    """The report's drafts in the order told; every act and every group of people belongs to at most one."""
    return _Assembler(document, tokens).assemble(people)


class _Assembler:
    def __init__(self, document: Document, tokens: TokenIndex) -> None:
        self.document = document
        self.doc: Any = document.spacy
        self.tokens = tokens
        self.contexts = contexts_of(document, self.tokens)
        self.acts_in: dict[int, list[Act]] = {}
        for act in document.acts:
            self.acts_in.setdefault(act.sentence, []).append(act)
        self.drafts: list[Draft] = []
        self.draft_of: dict[int, Draft] = {}  # act token -> draft

    def assemble(self, people: Sequence[People]) -> list[Draft]:
        for act in self.document.acts:
            if act.plural and act.noun and not act.kind:
                continue  # "the incidents of the past week": none of them is told
            if self.drafts and not act.kind and self._is_of_the_whole_war(act):
                self.draft_of[act.token] = self._main() or self.drafts[0]
                continue  # its figures are kept, as cumulative; it is no incident
            context = self.contexts[act.token]
            told_as = self._told_as(act, context)
            draft = self._best(act, context, told_as)
            if draft is None:
                draft = Draft(status=act.status, told_as=told_as)
                self.drafts.append(draft)
            if died_later(self.doc[act.token], context.times, draft.times):
                context = Context(context.places, ())
            if draft.told_as == "anniversary":  # "marked on Saturday the anniversary of": not its day
                context = Context(context.places, tuple(t for t in context.times if not self._is_recent(t)))
            draft.add(act, context, self.doc)
            self.draft_of[act.token] = draft
        for group in people:
            self._give(group)
        return self.drafts

    # ---- which draft an act belongs to

    def _told_as(self, act: Act, context: Context) -> ToldAs:
        if act.told_as != "news":
            return act.told_as
        if self._in_earlier_clause(act):
            return "background"
        written = self.document.report.written.earliest
        latest = [t.latest for t in context.times if t.latest is not None]
        if written is not None and latest and max(latest) < written - timedelta(days=NEWS_DAYS):
            return "background"
        if not context.times:
            return "news"
        if written is None and self.drafts and any(map(_is_absolute, context.times)) and any(
            map(_only_a_weekday, self.drafts[0].times)
        ):
            return "background"
        words = " ".join(t.text for t in context.times)
        return "background" if EARLIER.search(words) and self.drafts and not act.definite else "news"

    def _is_of_the_whole_war(self, act: Act) -> bool:
        """ "230,000 people have been killed since 2011"."""
        sentence = self.doc[act.token].sent
        return is_cumulative(sentence.text)

    def _in_earlier_clause(self, act: Act) -> bool:
        """ "came a week after gunmen attacked the hotel": the clause after a stretch of time tells another incident."""
        token = self.doc[act.token]
        for node in (token, *token.ancestors):
            marks = [c for c in node.children if c.dep_ in {"mark", "prep"} and c.lower_ in {"after", "since", "before"}]
            prep = node.head if node.dep_ == "pobj" and node.head.lower_ in {"after", "since"} else None
            for mark in [prep] if prep is not None else marks:
                if mark.i < token.i and mark.i > 0 and self.doc[mark.i - 1].lemma_.lower() in STRETCHES:
                    return True
        return False

    def _is_day_marked(self, context: Context, draft: Draft) -> bool:
        """ "the massacre of 2 April 2015", in a report of about 2 April that marks its anniversary."""
        written = self.document.report.written.earliest
        if draft.told_as != "anniversary" or written is None:
            return False
        days = [t.earliest for t in context.times if t.earliest is not None and t.earliest == t.latest]
        since = [(written - day).days for day in days]
        return bool(since) and all(
            gap > MARKED_DAYS and abs(gap - round(gap / YEAR_DAYS) * YEAR_DAYS) <= MARKED_DAYS for gap in since)

    def _is_recent(self, time: TimeMention) -> bool:
        written = self.document.report.written.earliest
        latest = max(time.candidates) if time.candidates else time.latest
        return written is not None and latest is not None and latest >= written - timedelta(days=NEWS_DAYS)

    def _best(self, act: Act, context: Context, told_as: ToldAs) -> Draft | None:
        scored = [(self._score(act, context, told_as, d), i, d) for i, d in enumerate(self.drafts)]
        fitting = [s for s in scored if s[0] is not None]
        if not fitting:
            return None
        return max(fitting, key=lambda s: (s[0], s[1]))[2]

    def _score(self, act: Act, context: Context, told_as: ToldAs, draft: Draft) -> float | None:
        """How well an act fits a draft; None: it cannot belong to it."""
        same_sentence = act.sentence in draft.sentences
        if (act.status in NOTICES or draft.status in NOTICES) and act.status != draft.status:
            return None
        later = died_later(self.doc[act.token], context.times, draft.times)
        if not self._same_kind(act, draft) or not (later or self._same_time(context, draft)):
            return None
        if at_another_place(context.places, draft.places):
            return None
        if (told_as == "background") != (draft.told_as == "background") and not self._points_back(act) and not same_sentence:
            return None
        dated = (context.times and not self._is_day_marked(context, draft)) or self._in_earlier_clause(act)
        if told_as == "background" and draft.told_as != "background" and dated and not later:
            return None
        if not same_sentence and not act.definite and self._starts_another(act, context, draft):
            return None
        if act.plural and act.noun and not act.definite and not same_sentence:
            return -1.0 if draft is self.drafts[0] else None
        last = max(draft.sentences)
        near = 3.0 if same_sentence else 2.0 if act.sentence - last <= 1 else 1.0 if act.sentence - last <= 3 else 0.0
        return near + self._likeness(act, context, draft)

    def _points_back(self, act: Act) -> bool:
        """ "that assault", or a verb with it: "22 people died in that assault" tells of what was told before."""
        if act.noun or act.kind:
            return act.definite and act.noun
        verb = self.doc[act.token]
        return any(
            other.noun and other.definite and verb.is_ancestor(self.doc[other.token])
            for other in self.acts_in.get(act.sentence, ())
        )

    def _likeness(self, act: Act, context: Context, draft: Draft) -> float:
        points = 0.0
        if act.kind and act.kind in draft.kinds:
            points += 1.0
        if any(p.text == q.text for p in context.places for q in draft.places):
            points += 1.5
        if any(t.text == u.text for t in context.times for u in draft.times):
            points += 1.5
        own = {self.doc[i].lemma_.lower() for i in (*act.agents, *act.patients)}
        if own & draft.parties:
            points += 1.0
        if act.definite and act.noun:
            modifiers = {c.lemma_.lower() for c in self.doc[act.token].lefts if c.dep_ in {"compound", "amod", "poss"}}
            places = {w.lower() for p in draft.places for w in p.text.split()}
            points += 2.0 if modifiers & (draft.words | draft.parties | places) else 0.0
        return points

    def _same_kind(self, act: Act, draft: Draft) -> bool:
        mine = FAMILIES.get(act.kind)
        others = draft.families
        if mine is None or not others or mine in others:
            return True
        return any(frozenset((mine, other)) in COMPATIBLE for other in others)

    def _same_time(self, context: Context, draft: Draft) -> bool:
        return all(_may_be_one_day(t, u) for t in context.times for u in draft.times)

    def _starts_another(self, act: Act, context: Context, draft: Draft) -> bool:
        token = self.doc[act.token]
        said = starts_another(token.sent.text, token.idx - token.sent.start_char)
        return said or told_besides(token, context.places, draft.places)

    # ---- whose dead they are

    def _give(self, group: People) -> None:
        draft = self._draft_of_fate(group)
        if draft is not None:
            draft.people.append(group)

    def _draft_of_fate(self, group: People) -> Draft | None:
        trigger = group.fate.trigger
        if trigger in self.draft_of:
            return self.draft_of[trigger]
        sentence = self.tokens.sentence_of[group.head]
        told = [a for a in self.document.acts if a.token in self.draft_of]
        here = [a for a in told if a.sentence == sentence]
        if here:
            path = self.tokens.path_up(self.doc[trigger])
            nearest = min(here, key=lambda a: (self.tokens.distance(path, self.doc[a.token]), abs(a.token - trigger)))
            return self.draft_of[nearest.token]
        before = [a for a in told if a.token < group.head]
        if before:
            held = self.draft_of[before[-1].token]
            return held if held.status not in NOTICES else self._main()
        return self._main()

    def _main(self) -> Draft | None:
        """The draft that a figure belongs to which stands beside no act: the first that happened."""
        for draft in self.drafts:
            if draft.status not in NOTICES and draft.told_as == "news":
                return draft
        return self.drafts[0] if self.drafts else None


def _may_be_one_day(a: TimeMention, b: TimeMention) -> bool:
    """Whether two times may tell one incident: a night belongs to both its days."""
    for one, other in ((a, b), (b, a)):
        if _only_a_weekday(one) and _is_absolute(other):
            return False  # "on Wednesday" in an undated report, and "in April 2021"
    slack = 1 if "night" in {a.time_of_day, b.time_of_day} else 0
    if a.candidates and b.candidates:
        return any(abs((x - y).days) <= slack for x in a.candidates for y in b.candidates)
    early = max(a.earliest or date.min, b.earliest or date.min)
    late = min(a.latest or date.max, b.latest or date.max)
    return early <= late or (early - late).days <= slack


def _only_a_weekday(time: TimeMention) -> bool:
    """A time that leans on the day of writing, which nobody knows."""
    return time.anchored and time.earliest is None and time.latest is None and not time.candidates


def _is_absolute(time: TimeMention) -> bool:
    return not time.anchored and time.precision in {"month", "year"}
