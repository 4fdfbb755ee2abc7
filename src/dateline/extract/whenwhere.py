"""When and where the incident of a draft happened.

Asked in this order, for the day and the place each by itself; the first that can answer does:
1. what its own acts are tied to in the parse, the finest of it;
2. for a place: what its sentences point back to ("there", "in the city");
3. what else its sentences tell, where it is no one else's;
4. for what the report leads with: what the head of the report tells;
5. what the text has come to: what the sentences before tell of acts, or the next one, unless its own say that it was another
   time or place;
6. on or before the day of writing; in the country that the report is about. Never the dateline's town.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dateline.extract.clock import with_clock
from dateline.extract.contexts import Settings, settings_of
from dateline.extract.document import Document, PlaceMention, TimeMention
from dateline.extract.drafts import EARLIER, Draft
from dateline.extract.ground import combined, is_vague, on_finer_ground
from dateline.extract.home import POWERS, Home, at_home
from dateline.extract.lasting import lasted
from dateline.extract.tokens import TokenIndex, dateline_end
from dateline.records import Evidence, Timex, When, Where, span_of
from dateline.records.account import WhenPrecision
from dateline.where.answer import is_unlisted, unplaced
from dateline.where.answer import where_of as as_where
from dateline.where.gazetteer import Gazetteer

COARSE: tuple[WhenPrecision, ...] = ("day", "days", "week", "month", "year", "unknown")
LEAD_SENTENCES = 3                # after the dateline, which tell what the report is about
LOOK_BACK = 3                     # sentences for which the text stays where and when it has come to
# Words that point back to the place told last.
THE_PLACE = re.compile(r"\b(?:the|that|this|same) (?:city|town|village|capital|district|province|area|region|camp)\b|"
                       r"\bthere,|\bthere\.|\bwere there\b", re.I)
THE_CAPITAL = re.compile(r"\b(?:the|this) capital\b(?! of)", re.I)
# Where the report is filed, by its own word; not where something was said.
HERE = re.compile(r"(?<!reported in )(?<!said in )(?<!announced in )(?<!learned in )\bthis (?:city|town|port|capital)\b", re.I)
POINTED_AT = 4                    # where_prec up to which a place can be "the town", "the province"
ELSEWHERE = re.compile(r"\b(?:elsewhere|in (?:an)?other (?:part|area|town|village|cit|district|province|place)\w*|"
                       r"in (?:the )?(?:rest of|interior)|other (?:parts|areas|towns|cities))\b", re.I)
TOOK_PLACE = re.compile(r"\b(?:happened|occurred|took place|was (?:carried out|perpetrated|launched|staged))\b", re.I)


@dataclass(frozen=True, slots=True)
class Telling:
    """What is asked when and where it was: the sentences that tell it, and what is tied to it in them."""

    sentences: tuple[int, ...]    # in order
    places: tuple[PlaceMention, ...]
    times: tuple[TimeMention, ...]
    is_news: bool
    leads: bool                   # the report leads with it


@dataclass(frozen=True, slots=True)
class Scenes:
    """The report's sentences with what each tells of where and when; made once a report."""

    document: Document
    tokens: TokenIndex
    gazetteer: Gazetteer
    home: Home
    settings: Settings
    sentences: tuple[Any, ...]
    acts_in: frozenset[int]       # sentences with an act
    lead: tuple[int, ...]         # sentences at the report's head
    ground: str | None            # the country that the report is about, where it names places in it; no great power's

    @classmethod
    def of(cls, document: Document, tokens: TokenIndex, gazetteer: Gazetteer) -> Scenes:
        sentences = tuple(document.spacy.sents)
        head = dateline_end(document.report)
        lead = tuple(n for n, s in enumerate(sentences) if s.start_char >= head and len(s.text.split()) > 3)[:LEAD_SENTENCES]
        home = Home.of(document, gazetteer)
        return cls(document, tokens, gazetteer, home, settings_of(document, tokens), sentences,
                   frozenset(a.sentence for a in document.acts), lead, _ground(document, home))

    def telling(self, draft: Draft) -> Telling:
        sentences = tuple(sorted(draft.sentences))
        first_act = next((a for a in self.document.acts if a.told_as == "news" and a.status == "happened"), None)
        return Telling(sentences, tuple(draft.places), tuple(draft.times), draft.told_as == "news",
                       first_act in draft.acts or sentences[:1] == self.lead[:1])

    def telling_of(self, sentence: int) -> Telling:
        """What a sentence tells, whether or not it is of an act."""
        return Telling((sentence,), self.settings.places.get(sentence, ()), self.settings.times.get(sentence, ()), True,
                       sentence in self.lead[:2])

    def text(self, sentences: Iterable[int]) -> str:
        return " ".join(self.sentences[n].text for n in sentences)

    def spans(self, sentences: Iterable[int]) -> Iterator[tuple[int, int]]:
        return ((self.sentences[n].start_char, self.sentences[n].end_char) for n in sentences)

    def is_home_capital(self, where: Where) -> bool:
        capital = self.gazetteer.capital(where.country) if where.country else None
        return capital is not None and where.gazetteer_id == capital.id and self.home.country in (None, where.country)

    def capital_in(self, sentences: Iterable[int]) -> list[PlaceMention]:
        """The capital of the country that the report is about, as the first words "the capital" of `sentences` name it."""
        capital = self.gazetteer.capital(self.home.country) if self.home.country else None
        text = self.document.report.text
        found = next((f for start, end in self.spans(sentences) if (f := THE_CAPITAL.search(text, start, end))), None)
        if capital is None or found is None:
            return []
        span = span_of(text, found.start(), found.end())
        return [PlaceMention(span.start, span.end, span.quote, as_where(capital, span.quote, (span,)), False)]

    def at_home(self, places: Sequence[PlaceMention]) -> list[PlaceMention]:
        """Those of `places` that lie in the country which the report is about, or in none; all where it is about none."""
        return [p for p in places if self.ground is None or p.where.country in (self.ground, None)]

    def before(self, sentence: int) -> Iterator[int]:
        """The sentences before it up to which the text goes back, the nearest first."""
        yield from range(sentence - 1, max(sentence - 1 - LOOK_BACK, (self.lead or (0,))[0] - 1), -1)


def _ground(document: Document, home: Home) -> str | None:
    head = dateline_end(document.report)
    told = any(p.where.country == home.country and not p.adjective and p.start >= head for p in document.places)
    return home.country if told and home.country not in POWERS else None


def told_at(document: Document, at: int, gazetteer: Gazetteer) -> tuple[When, Where]:
    """When and where that happened which the report tells in the sentence at character `at`."""
    document = replace(document, places=at_home(document, gazetteer))
    tokens = TokenIndex(document.spacy)
    scenes = Scenes.of(document, tokens, gazetteer)
    number = tokens.sentence_of[tokens.at(at)]
    telling = scenes.telling_of(number)
    sentence = scenes.sentences[number]
    return when_and_where(scenes, telling, (span_of(document.report.text, sentence.start_char, sentence.end_char),))


def when_and_where(scenes: Scenes, telling: Telling, evidence: Evidence) -> tuple[When, Where]:
    """evidence: the sentences that tell it, which stand as evidence where no words say when or where."""
    where = where_of(scenes, telling, evidence)
    told = next((found for times in _times(scenes, telling) if (found := _most_precise(times)) is not None), None)
    hour = next((t for t in ((told,) if told else ()) + telling.times if t.time_of_day), None)
    when = _when(scenes, telling, told, hour, evidence)
    return with_clock(when, where, hour, scenes.document.report.text, scenes.gazetteer.zone_at), where


# --- when -------------------------------------------------------------------------------------------------------------

def _when(scenes: Scenes, telling: Telling, told: TimeMention | None, hour: TimeMention | None, evidence: Evidence) -> When:
    """told: the time that says when it was; hour: the one that tells a time of day."""
    report = scenes.document.report
    written = report.written.latest
    how_long = lasted(report.text, scenes.spans(telling.sentences), scenes.document.times, told, written)
    if how_long.began is not None:
        told = how_long.began
    of_day = hour.time_of_day if hour is not None else None
    own = tuple(dict.fromkeys((*telling.times, *((told,) if told else ()))))
    spans = tuple(span_of(report.text, t.start, t.end) for t in own) or evidence[:1]
    if told is None:
        first = telling.times[0] if telling.times else None
        return When(how_long.start, how_long.end, how_long.ongoing, None, written if telling.is_news else None, (), None,
                    "unknown", of_day, first.text if first else None, spans, timex_of(first) if first else None)
    return When(how_long.start, how_long.end, how_long.ongoing, told.earliest, told.latest, told.candidates, told.best,
                told.precision, of_day, told.text, spans, timex_of(told))


def timex_of(time: TimeMention) -> Timex:
    return Timex(time.type, time.value, time.mod)


def _times(scenes: Scenes, telling: Telling) -> Iterator[Sequence[TimeMention]]:
    """What may say when it was, the surest first."""
    told = scenes.settings.times
    yield telling.times
    if not telling.is_news:
        return
    yield [t for n in telling.sentences for t in told.get(n, ())]
    if EARLIER.search(scenes.text(telling.sentences[:1])):
        return
    if telling.leads:
        for n in scenes.lead:
            yield told.get(n, ())
    for n in scenes.before(telling.sentences[0]):
        if n in scenes.acts_in:
            yield [replace(t, time_of_day=None) for t in told.get(n, ())]     # another act may have had another hour


def _most_precise(times: Sequence[TimeMention]) -> TimeMention | None:
    bounded = [t for t in times if t.earliest or t.latest or t.candidates]
    return min(bounded, key=lambda t: COARSE.index(t.precision), default=None)


# --- where ------------------------------------------------------------------------------------------------------------

def where_of(scenes: Scenes, telling: Telling, evidence: Evidence) -> Where:
    own = combined(telling.places)
    if own is not None and not is_vague(own):
        return own
    for places in _places(scenes, telling):
        found = combined(places)
        if found is not None and found.unplaced is None and own is not None and is_unlisted(own):
            found = on_finer_ground(own, [found])
        if found is not None and found.unplaced is None and found is not own and not is_vague(found):
            return found
    if own is not None and own.country is not None:
        return own
    country = _country_of_report(scenes, telling, evidence)
    return country or own or unplaced(None, "the report names no place for it", evidence[:1])


def _places(scenes: Scenes, telling: Telling) -> Iterator[Sequence[PlaceMention]]:
    """What may say where it was, the surest first."""
    told, text = scenes.settings.places, scenes.text(telling.sentences)
    first = telling.sentences[0]
    yield _pointed_at(scenes, telling.sentences)
    yield [p for n in telling.sentences for p in told.get(n, ())]
    if not telling.is_news or ELSEWHERE.search(text):
        return
    at_home = {n: scenes.at_home(places) for n, places in told.items()}
    after = telling.sentences[-1] + 1
    if after < len(scenes.sentences) and TOOK_PLACE.search(scenes.sentences[after].text):
        yield at_home.get(after, ())
    if telling.leads:
        for n in scenes.lead:
            yield at_home.get(n, ())
    for n in scenes.before(first):
        if n in scenes.acts_in or n == first - 1:
            yield at_home.get(n, ())
    of_acts = [p for n in sorted(scenes.acts_in) for p in at_home.get(n, ()) if (p.where.precision or 9) <= POINTED_AT]
    if len({p.where.gazetteer_id for p in of_acts}) == 1:
        yield of_acts              # the one place where the report says that anything happened


def _pointed_at(scenes: Scenes, sentences: Sequence[int]) -> Sequence[PlaceMention]:
    """What the words of `sentences` point to: the place named last before them, the capital, the dateline's town."""
    text, places = scenes.text(sentences), scenes.document.places
    start = scenes.sentences[sentences[0]].start_char
    if HERE.search(text):
        head = dateline_end(scenes.document.report)
        return [p for p in places if p.start < head and p.where.kind == "city"][:1]
    if not THE_PLACE.search(text):
        return []
    before = [p for p in places if not p.adjective and (p.where.precision or 9) <= POINTED_AT and p.start < start][-1:]
    if THE_CAPITAL.search(text) and not (before and scenes.is_home_capital(before[0].where)):
        return scenes.capital_in(sentences)
    return before


def _country_of_report(scenes: Scenes, telling: Telling, evidence: Evidence) -> Where | None:
    """The country whose people alone its sentences name ("the murder of Salvadoran priests"), else the report's."""
    home = scenes.home
    spans = list(scenes.spans(telling.sentences))
    groups = {g.country for g in scenes.document.groups if g.country and any(a <= g.start < b for a, b in spans)}
    peoples = {p.where.country for p in scenes.document.places if p.adjective and any(a <= p.start < b for a, b in spans)}
    peoples -= {None, *(POWERS - {home.country})}
    told = groups or peoples
    known = home.country is not None and (home.is_ground or home.country not in POWERS)
    code = next(iter(told)) if len(told) == 1 else home.country if known else None
    country = scenes.gazetteer.country(code) if code else None
    return replace(as_where(country, country.name, evidence[:1]), text=None) if country else None
