"""Readers of forms that tell a month, season, quarter or half of a year."""

from __future__ import annotations

from collections.abc import Callable

from dateline.when import calendar
from dateline.when.calendar import Days, month_number
from dateline.when.read_parts import edged, fixed, listed, that_year, year_said
from dateline.when.readings import Anchor, Reach, Reading, moved, repeating, unit_from
from dateline.when.said import Said


def read_month(said: Said) -> Reading | None:
    number, year, which = month_number(said.words("month")), year_said(said), said.words("which").split()[-1:]
    if year:
        reading = fixed(calendar.month_of(year, number))
        return edged(said, reading) if reading else None
    past, future = repeating(lambda y: listed(calendar.month_of(y, number)))
    if which in (["last"], ["past"], ["previous"]):
        past = _strictly_before(past, lambda anchor: calendar.month_of(anchor.latest.year - 1, number))
    elif which in (["next"], ["coming"], ["following"]):
        return edged(said, Reading(past=future))
    elif which == ["this"]:
        past = _in_year(lambda y: calendar.month_of(y, number))
    told: Anchor = "told" if which in (["that"], ["previous"]) else "written"
    return edged(said, Reading(past=past, future=None if which else future, anchor=told))


def _strictly_before(past: Reach, earlier: Reach) -> Reach:
    """As `past`, but the one before where that holds the anchor: "last April", said in April."""
    def meant(anchor: Days) -> Days | None:
        days = past(anchor)
        return earlier(anchor) if days and days.latest >= anchor.earliest else days
    return meant


def _in_year(of: Callable[[int], Days | None], step: int = 0) -> Reach:
    return lambda anchor: of(anchor.earliest.year + step)


def read_month_of_year(said: Said) -> Reading:
    """"June last year", "August of that year"."""
    number = month_number(said.words("month"))
    step, anchor = that_year(said.words("which"))
    return edged(said, Reading(past=_in_year(lambda y: calendar.month_of(y, number), step), anchor=anchor))


def read_months(said: Said) -> Reading | None:
    """"Between March and June 2019"."""
    first, last = month_number(said.words("month")), month_number(said.words("month2"))
    year, first_year = said.whole("year") or 0, said.whole("year1")
    begins = calendar.month_of(first_year or year - (1 if last < first else 0), first)
    ends = calendar.month_of(year, last)
    if begins is None or ends is None or begins.earliest > ends.earliest:
        return None
    value = f"{calendar.value_of(begins)}/{calendar.value_of(ends)}"
    return Reading(fixed=(Days(begins.earliest, ends.latest, "days"),), value=value)


def read_season(said: Said) -> Reading | None:
    name, year, which = said.words("season"), year_said(said), (said.words("which") or said.words("which2")).split()[-1:]
    if year:
        reading = fixed(calendar.season_of(name, year))
        return edged(said, reading) if reading else None
    past, future = repeating(lambda y: listed(calendar.season_of(name, y)))
    if which in (["last"], ["previous"]):
        past = _strictly_before(past, lambda anchor: calendar.season_of(name, anchor.latest.year - 1))
    elif which in (["next"], ["following"]):
        return edged(said, Reading(past=future))
    elif which == ["this"]:
        past = _in_year(lambda y: calendar.season_of(name, y))
    return edged(said, Reading(past=past, future=None if which else future,
                               anchor="told" if which in (["that"], ["previous"]) else "written"))


def read_season_of_year(said: Said) -> Reading:
    name = said.words("season")
    step, anchor = that_year(said.words("which"))
    return edged(said, Reading(past=_in_year(lambda y: calendar.season_of(name, y), step), anchor=anchor))


def read_quarter(said: Said) -> Reading | None:
    """"The third quarter", "last year's fourth quarter", "the year-ago third quarter"."""
    number, year = said.whole("q"), year_said(said) or year_said(said, "year1")
    if number is None or not 1 <= number <= 4:
        return None
    if year:
        reading = fixed(calendar.quarter_of(year, number))
        return edged(said, reading) if reading else None
    past, future = repeating(lambda y: listed(calendar.quarter_of(y, number)))
    which = said.words("which")
    if which:
        return edged(said, Reading(past=_in_year(lambda y: calendar.quarter_of(y, number), that_year(which)[0])))
    if said.words("ago"):
        return Reading(past=lambda anchor: _year_before(past(anchor)))
    return edged(said, Reading(past=past, future=future))


def _year_before(quarter: Days | None) -> Days | None:
    return calendar.quarter_of(quarter.earliest.year - 1, (quarter.earliest.month + 2) // 3) if quarter else None


def read_half(said: Said) -> Reading | None:
    number, year, rel = 1 if said.words("which") == "first" else 2, said.whole("year"), said.words("rel")
    if year:
        return fixed(calendar.half_of(year, number))
    if rel:
        step = {"last": -1, "this": 0, "next": 1, "the": 0}[rel]
        return Reading(past=_in_year(lambda y: calendar.half_of(y, number), step))
    return None


def read_the_quarter(said: Said) -> Reading | None:
    """"The latest quarter", "the 1988 period": the quarter told before, else the last that is over."""
    which, year, ago = said.words("which") or said.words("det"), said.whole("year"), said.words("ago")
    if said.words("rel"):
        steps = that_year(said.words("rel"))[0]
        return Reading(past=lambda anchor: _told_quarter(anchor, steps), anchor="quarter", leads=False)
    if said.words("unit") == "period" and not (year or ago or which in {"latest", "past", "same"}):
        return None
    if which in {"current", "this", "next", "last", "previous", "preceding"}:
        step = {"current": 0, "this": 0, "next": 1}.get(which, -1)
        return Reading(past=unit_from("quarter", step), leads=False)
    if year:
        return Reading(past=lambda anchor: _told_quarter(anchor, year - anchor.earliest.year), anchor="told", leads=False)
    told_only = said.words("unit") == "period" and which in {"same", "past"}
    return Reading(past=lambda anchor: _told_quarter(anchor, -1 if ago else 0, told_only=told_only), anchor="told", leads=False)


def _told_quarter(anchor: Days, years: int, *, told_only: bool = False) -> Days | None:
    """The quarter told, or else the last that was over, moved by `years`. told_only: nothing else."""
    last = anchor if anchor.unit == "quarter" or told_only else unit_from("quarter", -1)(anchor)
    if last is None or last.unit != "quarter":
        return None
    return calendar.quarter_of(last.earliest.year + years, (last.earliest.month + 2) // 3)


def read_year_ago(said: Said) -> Reading:
    del said
    return Reading(past=moved(1, "year", -1), anchor="quarter", leads=False)


def read_week_of_month(said: Said) -> Reading:
    """"The first week of August": seven days, or the last seven."""
    number = month_number(said.words("month"))
    nth = {"first": 0, "second": 1, "third": 2, "fourth": 3}.get(said.words("which"), -1)

    def week(year: int) -> Days | None:
        month = calendar.month_of(year, number)
        if month is None:
            return None
        day = calendar.shift(month.latest, -6) if nth < 0 else calendar.shift(month.earliest, 7 * nth)
        last = calendar.shift(day, 6) if day else None
        return Days(day, last, "week") if day and last else None
    year = said.whole("year")
    if year:
        days = week(year)
        return Reading(fixed=(days,)) if days else Reading()
    past, future = repeating(lambda y: listed(week(y)))
    return Reading(past=past, future=future)
