"""Time expressions of a report, tied to days by the day it was written and by what it tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.records import Written
from dateline.records.account import WhenPrecision
from dateline.when import calendar
from dateline.when.calendar import Days
from dateline.when.find import Found, find
from dateline.when.mention import TimeMention
from dateline.when.readings import EDGE_MODS, Reach, Reading
from dateline.when.tense import Tense, tense_at

PRECISION: dict[calendar.Unit, WhenPrecision] = {
    "day": "day", "days": "days", "weekend": "days", "week": "week", "month": "month", "season": "month", "quarter": "month",
    "half": "year", "year": "year", "decade": "unknown", "century": "unknown",
}
MOST_CANDIDATES = 10              # beyond these a span of days says as much
ANCHORED_BY_TOLD_CHARS = 600      # "a week before" looks back to a day told this near: about two paragraphs
NARRATIVE_DATES = 3               # so many dates with their year, at least, tell a narrative of the past
LONG_NARRATIVE = 10               # so many, where the day of writing is known
NARRATIVE_SHARE = 2               # for each word that only a report of the day uses ("yesterday")
OPENING_CHARS = 40                # a sentence's date stands so near its head
YEARS_PAST = 2                    # a text of a known day narrates where its dates are this far behind it
NEAR_DAYS = 90                    # a day so near ahead is to come, where the last such day is FAR_DAYS past: "payable 6 November"
FAR_DAYS = 180
LATELY_DAYS = 92                  # a quarter or month over so lately is meant even by "will report its third-quarter profit"


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What expressions are counted from; several where it may be any. bounded: the ends of a span, all of it possible."""

    meant: tuple[Days, ...]
    bounded: bool = False


def read_times(text: str, written: Written, parsed: Any = None) -> list[TimeMention]:
    """The time expressions of `text`, sorted and apart. `parsed`: its spaCy Doc, by which tense is told.

    Where the day of writing is unknown or open at an end, absolute expressions keep their days, and the others have none
    unless the text is a narrative, whose days are told one after another.
    """
    found = find(text)
    at_writing = _anchor_of(written)
    narrates = _narrates(found, written)
    told = _Told()
    mentions: list[TimeMention] = []
    for one in found:
        anchor = told.anchor_for(one.reading) if narrates else _news_anchor(one, at_writing, told)
        if one.reading.anchor == "that" and anchor is None:
            continue
        if one.reading.ahead_only and (narrates or (parsed is not None and tense_at(parsed, one.start, one.end) == "past")):
            continue
        meant = _narrated(one.reading, anchor, told.near_day(one)) if narrates else _meanings(one, anchor, parsed)
        mention = _mention(text, one, meant, bool(anchor and anchor.bounded and not narrates))
        mentions.append(mention)
        told.hear(one, meant, aside=narrates and not _opens(text, one))
    return mentions


def _opens(text: str, one: Found) -> bool:
    """Whether the expression stands at the head of a sentence, as "In June 1942," does."""
    before = text[max(one.start - OPENING_CHARS, 0):one.start]
    return one.start < OPENING_CHARS or re.search(r"[.!?\n][\"')\]]{0,2}\s*(?:[^\s.!?]+\s+){0,3}$", before) is not None


def _holds(outer: Days, inner: Days) -> bool:
    return outer.earliest <= inner.earliest and inner.latest <= outer.latest


class _Told:
    """What the text told before."""

    def __init__(self) -> None:
        self.day: _Anchor | None = None
        self.span: _Anchor | None = None         # the last date of any unit
        self.day_end = self.span_end = 0
        self.aside: int | None = None            # the year of a date told beside the narrative

    def hear(self, one: Found, meant: tuple[Days, ...], *, aside: bool = False) -> None:
        """Take note of what `one` means. aside: it stands where a narrative does not set its date."""
        if one.reading.type not in {"DATE", "TIME"} or not meant or not one.reading.leads:
            return
        if meant[0].unit in {"decade", "century"}:
            return
        if aside and self._jumps(meant[0]):
            return
        if self.span and meant[0].unit == "year" and _holds(meant[0], self.span.meant[0]):
            self.span_end = one.end
            return
        self.span, self.span_end = _Anchor(meant), one.end
        if meant[0].unit == "day":
            self.day, self.day_end = self.span, one.end

    def _jumps(self, days: Days) -> bool:
        """Whether a date lies years off the narrative, and no second one of its time has followed."""
        if self.span is None:
            return False
        year, held = days.earliest.year, self.span.meant[0]
        if held.earliest.year - 1 <= year <= held.latest.year + 1 or (self.aside is not None and abs(self.aside - year) <= 1):
            self.aside = None
            return False
        self.aside = year
        return True

    def near_day(self, one: Found) -> _Anchor | None:
        return self.day if self.day and one.start - self.day_end <= ANCHORED_BY_TOLD_CHARS else None

    def near_span(self, one: Found) -> _Anchor | None:
        return self.span if self.span and one.start - self.span_end <= ANCHORED_BY_TOLD_CHARS else None

    def anchor_for(self, reading: Reading) -> _Anchor | None:
        """In a narrative: the last date, or the last day where only from a day it can be counted."""
        if reading.anchor == "writer":
            return None
        return self.span if self.day is None or _reaches(reading, self.span) else self.day


def _news_anchor(one: Found, at_writing: _Anchor | None, told: _Told) -> _Anchor | None:
    if one.reading.anchor in {"written", "writer"}:
        return at_writing
    if one.reading.anchor == "quarter":
        near = told.near_span(one)
        return near if near and near.meant[0].unit == "quarter" else at_writing
    near = told.near_span(one) if _reaches(one.reading, told.near_span(one)) else told.near_day(one)
    return near or (None if one.reading.anchor == "that" else at_writing)


def _reaches(reading: Reading, anchor: _Anchor | None) -> bool:
    return anchor is not None and reading.past is not None and _safely(reading.past, anchor.meant[0]) is not None


def _narrates(found: list[Found], written: Written) -> bool:
    """Whether the days are told one after another, the last telling the year of the next, as histories do.

    The day of writing is then unknown, or far later than all that is told.
    """
    absolute = [one.reading.fixed[0] for one in found if one.reading.fixed and one.reading.fixed[0].unit not in {"decade", "century"}]
    deictic = sum(one.reading.deictic for one in found)
    if len(absolute) < NARRATIVE_DATES or len(absolute) < NARRATIVE_SHARE * deictic:
        return False
    if _anchor_of(written) is None:
        return True
    if written.earliest is None or len(absolute) < LONG_NARRATIVE or len(absolute) < LONG_NARRATIVE * deictic:
        return False
    recent = sum(days.latest.year > written.earliest.year - YEARS_PAST for days in absolute)
    return recent * 10 < len(absolute)


def _anchor_of(written: Written) -> _Anchor | None:
    if written.candidates:
        return _Anchor(tuple(map(calendar.one_day, written.candidates)))
    if written.earliest is None or written.latest is None:
        return None
    if written.earliest == written.latest:
        return _Anchor((calendar.one_day(written.earliest),))
    length = (written.latest - written.earliest).days + 1
    if length <= MOST_CANDIDATES:
        days = (calendar.shift(written.earliest, step) for step in range(length))
        return _Anchor(tuple(calendar.one_day(day) for day in days if day is not None))
    return _Anchor((calendar.one_day(written.earliest), calendar.one_day(written.latest)), bounded=True)


def _meanings(one: Found, anchor: _Anchor | None, parsed: Any) -> tuple[Days, ...]:
    """What the expression can mean, one for each possible day of writing, sorted, each once."""
    reading = one.reading
    if reading.fixed:
        return reading.fixed
    if reading.past is None or anchor is None:
        return ()
    tense = tense_at(parsed, one.start, one.end) if reading.future is not None else "past"
    meant = {days for start in anchor.meant if (days := _reached(reading, start, tense)) is not None}
    if reading.weekday is not None and meant:
        kept = set(calendar.narrow_by_weekday((days.earliest for days in meant), reading.weekday))
        meant = {days for days in meant if days.earliest in kept}
    return tuple(sorted(meant, key=lambda days: (days.earliest, days.latest)))


def _reached(reading: Reading, start: Days, tense: Tense) -> Days | None:
    past = _safely(reading.past, start) if reading.past else None
    future = _safely(reading.future, start) if reading.future else None
    if future is None or reading.deictic:
        return future if tense == "future" and future else past
    if past is None or tense == "future":
        lately = past is not None and past.unit != "day" and (start.earliest - past.latest).days <= LATELY_DAYS
        return past if lately else future
    near = (future.earliest - start.latest).days <= NEAR_DAYS and (start.earliest - past.latest).days > FAR_DAYS
    return future if near and (future.unit in {"day", "days"} or (tense == "unknown" and future.unit == "month")) else past


def _narrated(reading: Reading, anchor: _Anchor | None, day: _Anchor | None) -> tuple[Days, ...]:
    """What the expression means in a narrative: of those before and after what was told last, the nearest to it.

    day: the day told shortly before, on which a clock time falls.
    """
    if reading.fixed:
        return reading.fixed
    if reading.type == "TIME" and reading.past is None and day is not None and ":" in reading.suffix:
        return day.meant[:1]
    if reading.past is None or anchor is None:
        return ()
    start = anchor.meant[0]
    past = _safely(reading.past, start)
    future = _safely(reading.future, start) if reading.future else None
    if past is None or future is None:
        meant = past or future
    elif past.latest >= start.earliest:                 # within what was told: "in June" after "1942"
        meant = past
    else:
        behind, ahead = (start.earliest - past.latest).days, (future.earliest - start.latest).days
        meant = past if behind < ahead else future
    return (meant,) if meant else ()


def _safely(reach: Reach, anchor: Days) -> Days | None:
    """`reach(anchor)`, or None beyond the calendar's ends ("9999 years ago")."""
    try:
        return reach(anchor)
    except (ValueError, OverflowError):
        return None


def _mention(text: str, found: Found, meant: tuple[Days, ...], bounded: bool) -> TimeMention:
    reading = found.reading
    value = _value(reading, meant)
    if reading.edge:
        meant = tuple(_edge_of(reading, days) for days in meant)
    earliest = min((days.earliest for days in meant), default=None)
    latest = max((days.latest for days in meant), default=None)
    single = tuple(days.day for days in meant if days.day is not None)
    candidates = single if len(single) == len(meant) and not (bounded and not reading.fixed) else ()
    if len(candidates) > MOST_CANDIDATES:
        candidates = ()
    return TimeMention(
        start=found.start, end=found.end, text=text[found.start:found.end], type=reading.type, value=value,
        earliest=earliest, latest=latest, candidates=candidates, best=candidates[0] if len(candidates) == 1 else None,
        precision=PRECISION[meant[0].unit] if meant and reading.type != "SET" else "unknown",
        time_of_day=reading.time_of_day, anchored=not reading.fixed and reading.past is not None,
        mod=reading.mod or (EDGE_MODS[reading.edge] if reading.edge else None), zone=reading.zone)


def _edge_of(reading: Reading, days: Days) -> Days:
    part = {"earlier": None, "later": None}.get(reading.edge or "", reading.edge)
    return days if part is None or days.unit == "day" else calendar.part_of(days, part)


def _value(reading: Reading, meant: tuple[Days, ...]) -> str | None:
    if reading.value is not None:
        return reading.value
    if reading.anchor == "writer" and not meant and not reading.suffix:
        return "PRESENT_REF"
    if len(meant) != 1:
        return f"XXXX-XX-XX{reading.suffix}" if reading.suffix and not meant else None
    days = meant[0]
    if reading.suffix:
        return days.earliest.isoformat() + reading.suffix
    return calendar.value_of(days)
