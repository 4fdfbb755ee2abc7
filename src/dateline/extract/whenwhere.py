"""When and where the incident of a draft happened. `sentences`: those that tell it, the evidence where nothing else is."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateline.extract.contexts import tells_where
from dateline.extract.document import Document, TimeMention
from dateline.extract.drafts import Draft
from dateline.extract.tokens import TokenIndex, dateline_end
from dateline.records import Evidence, When, Where, span_of
from dateline.records.account import WhenPrecision
from dateline.where.answer import finest, unplaced

COARSE: tuple[WhenPrecision, ...] = ("day", "days", "week", "month", "year", "unknown")
THE_PLACE = r"\b(?:the|that|same) (?:city|town|village|capital)\b"  # the one named last


def when_of(document: Document, draft: Draft, sentences: Evidence) -> When:
    """The most precise time that is told of it; without one, on or before the day the report was written."""
    times = [t for t in draft.times if t.earliest or t.latest or t.candidates]
    of_day = next((t.time_of_day for t in draft.times if t.time_of_day), None)
    evidence = tuple(span_of(document.report.text, t.start, t.end) for t in draft.times)
    if not times:
        latest = document.report.written.latest if draft.told_as == "news" else None
        text = draft.times[0].text if draft.times else None
        return When(None, None, False, None, latest, (), None, "unknown", of_day, text, evidence or sentences[:1])
    told = min(times, key=lambda t: COARSE.index(t.precision))
    start, end = _lasted(told)
    return When(
        start, end, False, told.earliest, told.latest, told.candidates, told.best, told.precision, of_day, told.text, evidence
    )


def _lasted(time: TimeMention) -> tuple[date | None, date | None]:
    """How long it lasted, where the words give both ends ("from 3 to 5 May"); doubt about one day is not duration."""
    lower = time.text.lower()
    if time.earliest and time.latest and time.latest - time.earliest >= timedelta(days=1) and lower.startswith("from "):
        return time.earliest, time.latest
    return None, None


def where_of_draft(document: Document, draft: Draft, tokens: TokenIndex, sentences: Evidence) -> Where:
    """The finest place that is told of it, else that of the report's head, else the dateline's country: never its town."""
    told = finest(draft.places)
    if told is not None:
        return told
    evidence = sentences[:1]
    if draft.told_as == "news":
        head = [p for p in document.places if p.start < _head_end(document) and tells_where(document, tokens, p)]
        first = next((a for a in document.acts), None)
        in_head = finest(head[:2])
        if in_head is not None and first is not None and first in draft.acts:
            return in_head
    if draft.acts and re.search(THE_PLACE, " ".join(e.quote for e in sentences), re.I):
        before = finest(
            [
                p
                for p in document.places
                if not p.adjective and p.where.kind == "city" and p.start < document.spacy[draft.acts[0].token].idx
            ][-1:]
        )
        if before is not None:
            return before
    adjective = next(
        (
            p
            for p in document.places
            if p.adjective
            and any(
                p.start >= document.spacy[a.token].sent.start_char and p.end <= document.spacy[a.token].sent.end_char
                for a in draft.acts
            )
        ),
        None,
    )
    if adjective is not None:
        return adjective.where
    return unplaced(None, "the report names no place for it", evidence)


def _head_end(document: Document) -> int:
    """The end of the report's third sentence, in characters."""
    end = 0
    for number, sentence in enumerate(document.spacy.sents):
        end = sentence.end_char
        if number == 2:
            break
    return end


def told_at(document: Document, at: int) -> tuple[When, Where]:
    """When and where what the report tells in the sentence at character `at` happened, whether or not it is an account."""
    tokens = TokenIndex(document.spacy)
    sentence = document.spacy[tokens.at(at)].sent
    start, end = sentence.start_char, sentence.end_char
    head = dateline_end(document.report)
    places = [p for p in document.places if start <= p.start < end and tells_where(document, tokens, p)]
    times = [t for t in document.times if max(start, head) <= t.start < end and t.type in {"DATE", "TIME"}]
    draft = Draft(places=places, times=times)
    evidence = (span_of(document.report.text, start, end),)
    return when_of(document, draft, evidence), where_of_draft(document, draft, tokens, evidence)
