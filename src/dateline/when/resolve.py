"""Time expressions of a report, tied to days by the day it was written and by what it tells."""

from __future__ import annotations

from typing import Any

from dateline.records import Written
from dateline.records.account import WhenPrecision
from dateline.when import calendar
from dateline.when.anchors import MOST_CANDIDATES, Anchor, Told, at_writing, narrates, opens, reached
from dateline.when.calendar import Days
from dateline.when.find import Found, find
from dateline.when.mention import TimeMention
from dateline.when.readings import EDGE_MODS, Reading
from dateline.when.tense import Tense, tense_at

PRECISION: dict[calendar.Unit, WhenPrecision] = {
    "day": "day", "days": "days", "weekend": "days", "week": "week", "month": "month", "season": "month", "quarter": "month",
    "half": "year", "year": "year", "decade": "unknown", "century": "unknown",
}
NEAR_DAYS = 90                    # a day so near ahead is to come where the last such day is FAR_DAYS past: "a summit in April"
FAR_DAYS = 180
NEXT_DAYS = 60                    # where the verb is in the past, only a day so near is: "declared a dividend payable 6 November"
NEWS_DAYS = 30                    # a day so near to that of writing is the news', whatever was told before it
CARRIED_DAYS = 60                 # a day so near to one told with a year long past shares that year
FORWARD = 1.4                     # a narrative runs forward: what lies behind must be so much nearer (tuned on WikiWars' train)
LATELY_DAYS = 92                  # a quarter or month over so lately is meant even by "will report its third-quarter profit"


def read_times(text: str, written: Written, parsed: Any = None) -> list[TimeMention]:
    """The time expressions of `text`, sorted and apart. `parsed`: its spaCy Doc, by which tense is told.

    Where the day of writing is unknown or open at an end, absolute expressions keep their days, and the others have none
    unless the text is a narrative, whose days are told one after another.
    """
    found = find(text)
    writing, narrative = at_writing(written), narrates(found, written)
    told = Told()
    mentions: list[TimeMention] = []
    for one in found:
        reading = one.reading
        anchor = told.in_narrative(reading) if narrative else told.in_news(one, writing)
        if reading.anchor == "that" and anchor is None:
            continue
        if reading.ahead_only and (narrative or (parsed is not None and tense_at(parsed, one.start, one.end) == "past")):
            continue
        if narrative:
            meant = _narrated(reading, anchor, told.near_day(one))
        else:
            meant = _lately(_reported(one, anchor, parsed), writing)
            carried = _narrated(reading, told.carried(one, writing), None)
            if carried and meant and (reading.of_month or _is_carried(carried[0], meant[0], told, writing)):
                meant = carried
            within = told.within(one, writing, text)
            meant = (within,) if within and meant else meant
        mentions.append(_mention(text, one, meant, bool(anchor and anchor.bounded and not narrative)))
        told.hear(one, meant, aside=narrative and not opens(text, one))
    return mentions


def _reported(one: Found, anchor: Anchor | None, parsed: Any) -> tuple[Days, ...]:
    """What the expression can mean in a report, one for each possible day of writing, sorted, each once."""
    reading = one.reading
    if reading.fixed:
        return reading.fixed
    if reading.past is None or anchor is None:
        return ()
    tense = tense_at(parsed, one.start, one.end) if reading.future is not None else "past"
    meant = {days for start in anchor.meant if (days := _by_tense(reading, start, tense)) is not None}
    if reading.weekday is not None and meant:
        kept = set(calendar.narrow_by_weekday((days.earliest for days in meant), reading.weekday))
        meant = {days for days in meant if days.earliest in kept}
    return tuple(sorted(meant, key=lambda days: (days.earliest, days.latest)))


def _lately(meant: tuple[Days, ...], writing: Anchor | None) -> tuple[Days, ...]:
    """Of the two days that "03/04/2021" may be the one that was news at the day of writing, where only one was."""
    if writing is None or len(meant) < 2 or len(writing.meant) > 1:
        return meant
    near = tuple(days for days in meant if abs((days.earliest - writing.meant[0].earliest).days) <= NEWS_DAYS)
    return near if len(near) == 1 else meant


def _is_carried(carried: Days, reported: Days, told: Told, writing: Anchor | None) -> bool:
    """Whether a day shares the year told just before it: it is near to what was told, and not to the day of writing."""
    if writing is None or told.last is None or abs((writing.meant[0].earliest - reported.latest).days) <= NEWS_DAYS:
        return False
    return abs((carried.earliest - told.last.latest).days) <= CARRIED_DAYS


def _by_tense(reading: Reading, start: Days, tense: Tense) -> Days | None:
    """The last such days up to `start`, or the first after it."""
    past = reached(reading.past, start) if reading.past else None
    future = reached(reading.future, start) if reading.future else None
    if future is None or past is None:
        return past or future
    if reading.weekday in (past.earliest.weekday(), future.earliest.weekday()) and past.earliest.weekday() != (
            future.earliest.weekday()):                  # "Saturday, 10 October" is one in one year of two
        return past if past.earliest.weekday() == reading.weekday else future
    if reading.deictic:
        return future if tense == "future" else past
    if tense == "future":
        return past if past.unit != "day" and (start.earliest - past.latest).days <= LATELY_DAYS else future
    ahead, behind = (future.earliest - start.latest).days, (start.earliest - past.latest).days
    near = behind > FAR_DAYS and future.unit in {"day", "days", "month"} and (
        ahead <= NEAR_DAYS if tense == "unknown" else ahead <= NEXT_DAYS and future.unit != "month")
    return future if near else past


def _narrated(reading: Reading, anchor: Anchor | None, day: Anchor | None) -> tuple[Days, ...]:
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
    past = reached(reading.past, start)
    future = reached(reading.future, start) if reading.future else None
    if past is None or future is None:
        meant = past or future
    elif past.latest >= start.earliest:                  # within what was told: "in June" after "1942"
        meant = past
    else:
        behind, ahead = (start.earliest - past.latest).days, (future.earliest - start.latest).days
        meant = past if behind * FORWARD < ahead else future
    return (meant,) if meant else ()


def _mention(text: str, found: Found, meant: tuple[Days, ...], bounded: bool) -> TimeMention:
    reading = found.reading
    value = _value(reading, meant)
    if reading.edge in {"early", "mid", "late"}:
        meant = tuple(days if days.unit == "day" else calendar.part_of(days, reading.edge) for days in meant)
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


def _value(reading: Reading, meant: tuple[Days, ...]) -> str | None:
    if reading.value is not None:
        return reading.value
    if reading.anchor == "writer" and not meant and not reading.suffix:
        return "PRESENT_REF"
    if len(meant) != 1:
        return f"XXXX-XX-XX{reading.suffix}" if reading.suffix and not meant else None
    days = meant[0]
    return days.earliest.isoformat() + reading.suffix if reading.suffix else calendar.value_of(days)
