"""When a count was made: a time told with the word of speaking, else the day the report was written."""

from __future__ import annotations

import re
from datetime import date

from dateline.extract.document import Attribution, Document, TimeMention
from dateline.extract.speakers_lists import speaker_lists
from dateline.records import AsOf

NEAR = 80                         # characters between a speaker and the time of speaking
# Local hours that a part of the day is taken to cover; "late" takes the second half, "early" the first.
HOURS = {"dawn": ("04:00", "06:59"), "morning": ("06:00", "11:59"), "midday": ("11:00", "13:59"),
         "afternoon": ("12:00", "17:59"), "evening": ("17:00", "20:59"), "night": ("20:00", "23:59")}
OF_AN_EVENT = re.compile(r"\b(?:after|during|following|from|in|since)\b", re.IGNORECASE)
LATE_EVENING = ("21:00", "23:59")


def as_of(document: Document, attribution: Attribution | None) -> AsOf:
    """`earliest` and `latest` as days, with local hours where a part of the day is told ("said late in the evening")."""
    written = document.report.written
    time = _time_of_speaking(document, attribution) if attribution is not None else None
    if time is None:
        return AsOf(_iso(written.earliest), _iso(written.latest))
    day = time.best or written.day
    if day is None:
        return AsOf(_iso(time.earliest or written.earliest), _iso(time.latest or written.latest))
    hours = _hours(time, document.report.text[max(time.start - 12, 0):time.end])
    return AsOf(f"{day}T{hours[0]}", f"{day}T{hours[1]}") if hours else AsOf(day.isoformat(), day.isoformat())


def _time_of_speaking(document: Document, attribution: Attribution) -> TimeMention | None:
    for time in document.times:
        after = time.start - attribution.speaker_end
        before = attribution.speaker_start - time.end
        if not (0 <= after <= NEAR or 0 <= before <= NEAR) or time.type not in {"DATE", "TIME"}:
            continue
        inside = attribution.start <= time.start < attribution.end and not _closes_a_toll(document, attribution, time)
        if inside and not document.report.text[:time.start].rstrip().endswith(("earlier in the", "earlier on")):
            continue                                            # said of what happened, not of when it was said
        if "." not in document.report.text[min(time.end, attribution.speaker_end):max(time.start, attribution.speaker_start)]:
            return time
    return None


def _closes_a_toll(document: Document, attribution: Attribution, time: TimeMention) -> bool:
    """Whether all that is said is a toll with the time behind it, which is of the saying: "put the toll at 60 on Wednesday".

    In "put the toll from the attack on Wednesday at 60", and wherever else it may be the attack's, it is not taken for that.
    """
    cue = document.spacy.char_span(attribution.cue_start, attribution.cue_start + len(attribution.cue))
    if cue is None or cue[0].lemma_ not in speaker_lists().toll_verbs - speaker_lists().thing:
        return False
    text = document.report.text
    before, behind = text[attribution.start:time.start], text[time.end:attribution.end]
    return OF_AN_EVENT.search(before) is None and not any(map(str.isalnum, behind))


def _hours(time: TimeMention, words: str) -> tuple[str, str] | None:
    part = time.time_of_day
    if part is None:
        return None
    if part in HOURS:
        return LATE_EVENING if part == "evening" and "late" in words.lower().split() else HOURS[part]
    return (part, part) if len(part) == 5 and part[2] == ":" else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
