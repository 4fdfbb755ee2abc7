"""Time expressions of a report, tied to days by the day it was written and by the days it tells."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dateline.extract.document import Document, TimeMention
from dateline.records import Written
from dateline.records.account import WhenPrecision
from dateline.when import calendar
from dateline.when.calendar import Days
from dateline.when.patterns import FORMS
from dateline.when.readings import Reading

PRECISION: dict[calendar.Unit, WhenPrecision] = {
    "day": "day", "days": "days", "weekend": "days", "week": "week", "month": "month", "season": "month",
    "year": "year", "decade": "unknown",
}
MOST_CANDIDATES = 10              # beyond these a span of days says as much
ANCHORED_BY_TOLD_CHARS = 600      # "a week before" looks back to a day told this near: about two paragraphs
_BETWEEN_PARTS = re.compile(
    r"[ \t\n]{0,3},?[ \t\n]{0,3}(?:(?:on|at|of|in the|early|late|about|around|at about|at around)[ \t\n]{1,3})?",
    re.IGNORECASE)
_LOOKS_AHEAD = frozenset(("will", "shall", "'ll", "\u2019ll"))


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The days an expression is counted from. bounded: they are the ends of a span, whose days are all possible."""

    days: tuple[date, ...]
    bounded: bool = False


def find_times(document: Document) -> None:
    """Add the report's time expressions to `document.times`, sorted and apart; the longest reading of words wins."""
    document.times.extend(read_times(document.report.text, document.report.written, document.spacy))


def read_times(text: str, written: Written, parsed: Any = None) -> list[TimeMention]:
    """The time expressions of `text`. `parsed`: its spaCy Doc, by which tense is told; without it all is past.

    Where the day of writing is unknown or open at an end, absolute expressions keep their days, the others have none.
    """
    at_writing, told = _anchor_of(written), None
    mentions: list[TimeMention] = []
    told_end = -ANCHORED_BY_TOLD_CHARS
    for found in _join_parts(text, _longest(_all_forms(text))):
        reading = found.reading
        near = told if told is not None and found.start - told_end <= ANCHORED_BY_TOLD_CHARS else None
        anchor = (near or (None if reading.needs_told else at_writing)) if reading.told else at_writing
        if reading.needs_told and near is None:
            continue
        ahead = reading.future is not None and not reading.fixed and _looks_ahead(parsed, found)
        mention = _mention(text, found, _meanings(reading, anchor, ahead), bool(anchor and anchor.bounded))
        mentions.append(mention)
        if mention.precision == "day" and mention.earliest and mention.type in {"DATE", "TIME"}:
            told, told_end = _Anchor(mention.candidates or (mention.earliest,)), found.end
    return mentions


def _anchor_of(written: Written) -> _Anchor | None:
    if written.candidates:
        return _Anchor(written.candidates)
    if written.earliest is None or written.latest is None:
        return None
    if written.earliest == written.latest:
        return _Anchor((written.earliest,))
    length = (written.latest - written.earliest).days + 1
    if length <= MOST_CANDIDATES:
        days = (calendar.shift(written.earliest, step) for step in range(length))
        return _Anchor(tuple(day for day in days if day is not None))
    return _Anchor((written.earliest, written.latest), bounded=True)


def _all_forms(text: str) -> list[_Found]:
    found = []
    for form in FORMS:
        group: str | int = "x" if "x" in form.pattern.groupindex else 0
        for match in form.pattern.finditer(text):
            reading = form.read(match)
            if reading is not None:
                start, end = match.span(group)
                found.append(_Found(start, end, reading))
    return found


def _longest(found: list[_Found]) -> list[_Found]:
    """Of those that overlap the longest, of equals the form listed first; in order of the text."""
    kept: list[_Found] = []
    best: _Found | None = None
    for one in sorted(found, key=lambda f: (f.start, f.start - f.end)):
        if best is None or one.start >= best.end:
            kept.append(one)
            best = one
        elif one.end - one.start > best.end - best.start:
            kept[-1] = best = one
    return kept


def _join_parts(text: str, found: list[_Found]) -> list[_Found]:
    """A clock time or part of day beside a date is one expression: "at 9 a.m. on Sunday", "Sunday at dawn"."""
    joined: list[_Found] = []
    for one in found:
        if joined and _BETWEEN_PARTS.fullmatch(text, joined[-1].end, one.start):
            both = _one_of(joined[-1], one)
            if both is not None:
                joined[-1] = both
                continue
        joined.append(one)
    return joined


def _one_of(first: _Found, second: _Found) -> _Found | None:
    a, b = first.reading, second.reading
    for day, part in ((a, b), (b, a)):
        is_part = part.type == "TIME" and part.past is None and not part.fixed
        is_day = day.type == "DATE" and day.value is None and (day.past is not None or day.fixed) and not day.suffix
        if is_part and is_day:
            whole = replace(day, type="TIME", suffix=part.suffix, time_of_day=part.time_of_day)
            return _Found(first.start, second.end, whole)
    return None


def _meanings(reading: Reading, anchor: _Anchor | None, ahead: bool) -> tuple[Days, ...]:
    """What the expression can mean, one for each possible day of writing, sorted, each once."""
    if reading.fixed:
        return reading.fixed
    counted = reading.future if ahead and reading.future is not None else reading.past
    if counted is None or anchor is None:
        return ()
    meant = {days for day in anchor.days if (days := _safely(counted, day)) is not None}
    if reading.weekday is not None and meant:
        kept = set(calendar.narrow_by_weekday((days.earliest for days in meant), reading.weekday))
        meant = {days for days in meant if days.earliest in kept}
    return tuple(sorted(meant, key=lambda days: (days.earliest, days.latest)))


def _safely(counted: Any, day: date) -> Days | None:
    """`counted(day)`, or None beyond the calendar's ends ("9999 years ago")."""
    try:
        result: Days | None = counted(day)
    except (ValueError, OverflowError):
        return None
    return result


def _mention(text: str, found: _Found, meant: tuple[Days, ...], bounded: bool) -> TimeMention:
    reading = found.reading
    earliest = min((days.earliest for days in meant), default=None)
    latest = max((days.latest for days in meant), default=None)
    single = tuple(days.day for days in meant if days.day is not None)
    candidates = single if len(single) == len(meant) and not (bounded and not reading.fixed) else ()
    if len(candidates) > MOST_CANDIDATES:
        candidates = ()
    return TimeMention(
        start=found.start, end=found.end, text=text[found.start:found.end], type=reading.type,
        value=_value(reading, meant), earliest=earliest, latest=latest, candidates=candidates,
        best=candidates[0] if len(candidates) == 1 else None, precision=_precision(reading, meant),
        time_of_day=reading.time_of_day, anchored=not reading.fixed and reading.past is not None)


def _precision(reading: Reading, meant: tuple[Days, ...]) -> WhenPrecision:
    return PRECISION[meant[0].unit] if meant and reading.type not in {"SET"} else "unknown"


def _value(reading: Reading, meant: tuple[Days, ...]) -> str | None:
    if reading.value is not None:
        return reading.value
    if len(meant) != 1:
        return f"XXXX-XX-XX{reading.suffix}" if reading.suffix and not meant else None
    days = meant[0]
    if reading.suffix:
        return days.earliest.isoformat() + reading.suffix
    return calendar.value_of(days)


def _looks_ahead(parsed: Any, found: _Found) -> bool:
    """Whether the verb that the expression belongs to is in the future: "will resume on Friday"."""
    if parsed is None:
        return False
    span = parsed.char_span(found.start, found.end, alignment_mode="expand")
    if span is None or len(span) == 0:
        return False
    verb = next((token for token in (span.root, *span.root.ancestors) if token.pos_ in {"VERB", "AUX"}), None)
    if verb is None:
        return False
    helpers = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    planned = verb.lower_ in {"scheduled", "due", "expected", "planned", "set"} or "to" in helpers
    above = (token for token in verb.ancestors if token.pos_ in {"VERB", "AUX"})
    governed = next(above, None) if "to" in helpers else None
    return bool(helpers & _LOOKS_AHEAD) or (planned and verb.lower_ != "set" and verb.tag_ in {"VBN", "JJ"}) or (
        governed is not None and governed.lemma_ in {"plan", "expect", "schedule", "intend", "go", "set"}
        and governed.tag_ in {"VBP", "VBZ", "VBG", "VBN"})


