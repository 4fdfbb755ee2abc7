"""Readers of forms that tell a week, month, quarter, season, year, decade or century."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from dateline.when import calendar
from dateline.when.calendar import Days, month_number
from dateline.when.read_dates import year_said, years_of
from dateline.when.readings import Anchor, Edge, Reach, Reading, days_from, moved, part_of_day, repeating, singular, unit_from
from dateline.when.said import Said

EDGES = {"early": "early", "late": "late", "latter": "late", "mid": "mid", "earlier": "earlier", "later": "later",
         "beginning": "early", "start": "early", "opening": "early", "middle": "mid", "end": "late", "close": "late",
         "first half": "early", "last half": "late", "second half": "late", "latter half": "late", "latter part": "late",
         "early part": "early"}
DECADES = {"twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970,
           "eighties": 1980, "nineties": 1990}
FIRST_BARE_YEAR, LAST_BARE_YEAR = 1500, 2099        # a bare number outside these counts something


def edged(said: Said, reading: Reading) -> Reading:
    """`reading` with the edge that the form's words give it: "early 1942", "the end of May"."""
    edge = cast(Edge | None, EDGES.get(said.words("edge") or said.words("edge2")))
    return replace(reading, edge=edge) if edge else reading


def _some(days: Days | None) -> list[Days]:
    return [days] if days else []


def _fixed(days: Days | None) -> Reading | None:
    return Reading(fixed=(days,)) if days else None


def read_month(said: Said) -> Reading | None:
    number, year, which = month_number(said.words("month")), year_said(said), said.words("which").split()[-1:]
    if year:
        reading = _fixed(calendar.month_of(year, number))
        return edged(said, reading) if reading else None
    past, future = repeating(lambda y: _some(calendar.month_of(y, number)))
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
    step, by_writer = years_of(said.words("which"))
    reach = _in_year(lambda y: calendar.month_of(y, number), step)
    return edged(said, Reading(past=reach, anchor="written" if by_writer else "told"))


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


def read_bc(said: Said) -> Reading | None:
    """Years before our era have a value and no days: our calendar does not go there."""
    words = said.words("year")
    decade = words.rstrip("s'\u2019") if words.endswith("s") else ""
    number = said.whole("nth") or (int(decade) if decade.isdigit() else said.whole("year"))
    if number is None or not 0 < number < 10_000:
        return None
    value = f"BC{number:04}"
    if said.words("nth"):
        value = f"BC{number - 1:02}"
    elif decade:
        value = value[:-1]
    elif said.words("month"):
        value += f"-{month_number(said.words('month')):02}"
        value += f"-{said.whole('day'):02}" if said.whole("day") else ""
    elif said.words("season"):
        value += f"-{calendar.SEASONS[said.words('season')][1]}"
    return edged(said, Reading(value=value, leads=False))


def read_years_bc(said: Said) -> Reading | None:
    """"480-479 BC"."""
    first, last = said.whole("year"), said.whole("until")
    if first is None or last is None or not 0 < last < first < 10_000:
        return None
    return Reading(value=f"BC{first:04}/BC{last:04}", leads=False)


def read_years(said: Said) -> Reading | None:
    """"1994-1996", "from 1994 to '96"."""
    words, first = said.words("until").lstrip("'\u2019\u2018`"), said.whole("year") or 0
    last = int(words if len(words) == 4 else f"{first // 100}{words}") if words.isdigit() else said.whole("until") or 0
    begins, ends = calendar.year_of(first), calendar.year_of(last)
    if begins is None or ends is None or first >= last or not _may_be_year(first):
        return None
    return Reading(fixed=(Days(begins.earliest, ends.latest, "year"),), value=f"{first:04}/{last:04}")


def read_year(said: Said) -> Reading | None:
    year = year_said(said)
    if year is None or not (_may_be_year(year) or 1000 <= year < FIRST_BARE_YEAR and said.words("x")):
        return None
    reading = _fixed(calendar.year_of(year))
    return edged(said, reading) if reading else None


def read_bare_year(said: Said) -> Reading | None:
    """A year without a word before it that makes it one: not "2000 troops"."""
    following = said.next_word()
    plural = following.islower() and following.endswith("s") and following not in {"was", "is", "has", "as", "its", "'s"}
    if plural and not said.words("edge") or said.word_before() in {"/", "$", "no", "number"}:
        return None
    return read_year(said)


def _may_be_year(year: int) -> bool:
    return FIRST_BARE_YEAR <= year <= LAST_BARE_YEAR


def read_decade(said: Said) -> Reading | None:
    words = said.words("decade")
    digits = "".join(filter(str.isdigit, words))
    year = DECADES[words] if words in DECADES else int(digits) if len(digits) == 4 else calendar.full_year(int(digits), None)
    reading = _fixed(calendar.decade_of(year))
    return edged(said, reading) if reading else None


def read_century(said: Said) -> Reading | None:
    number = said.whole("nth")
    if number is None or not 1 < number <= 30:
        return None
    reading = _fixed(calendar.century_of(100 * (number - 1)))
    return edged(said, reading) if reading else None


def read_season(said: Said) -> Reading | None:
    name, year, which = said.words("season"), year_said(said), said.words("which").split()[-1:]
    if year:
        reading = _fixed(calendar.season_of(name, year))
        return edged(said, reading) if reading else None
    past, future = repeating(lambda y: _some(calendar.season_of(name, y)))
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
    step, by_writer = years_of(said.words("which"))
    reach = _in_year(lambda y: calendar.season_of(name, y), step)
    return edged(said, Reading(past=reach, anchor="written" if by_writer else "told"))


def read_quarter(said: Said) -> Reading | None:
    """"The third quarter", "last year's fourth quarter", "the year-ago third quarter"."""
    number, year = said.whole("q"), year_said(said) or year_said(said, "year1")
    if number is None or not 1 <= number <= 4:
        return None
    if year:
        reading = _fixed(calendar.quarter_of(year, number))
        return edged(said, reading) if reading else None
    past, future = repeating(lambda y: _some(calendar.quarter_of(y, number)))
    which = said.words("which")
    if which:
        return edged(said, Reading(past=_in_year(lambda y: calendar.quarter_of(y, number), years_of(which)[0])))
    if said.words("ago"):
        return Reading(past=lambda anchor: _year_before(past(anchor)))
    return edged(said, Reading(past=past, future=future))


def _year_before(quarter: Days | None) -> Days | None:
    return calendar.quarter_of(quarter.earliest.year - 1, (quarter.earliest.month + 2) // 3) if quarter else None


def read_half(said: Said) -> Reading | None:
    number, year, rel = 1 if said.words("which") == "first" else 2, said.whole("year"), said.words("rel")
    if year:
        return _fixed(calendar.half_of(year, number))
    if rel:
        step = {"last": -1, "this": 0, "next": 1, "the": 0}[rel]
        return Reading(past=_in_year(lambda y: calendar.half_of(y, number), step))
    return None


def read_the_quarter(said: Said) -> Reading | None:
    """"The latest quarter", "the 1988 period": the quarter told before, else the last that is over."""
    which, year, ago = said.words("which") or said.words("det"), said.whole("year"), said.words("ago")
    if said.words("rel"):
        steps = years_of(said.words("rel"))[0]
        return Reading(past=lambda anchor: _told_quarter(anchor, steps), anchor="quarter", leads=False)
    if said.words("unit") == "period" and not (year or ago or which in {"latest", "past", "same"}):
        return None
    if which in {"current", "this", "next", "last", "previous", "preceding"}:
        step = {"current": 0, "this": 0, "next": 1}.get(which, -1)
        return Reading(past=unit_from("quarter", step), leads=False)
    if year:
        return Reading(past=lambda anchor: _told_quarter(anchor, year - anchor.earliest.year), anchor="told", leads=False)
    return Reading(past=lambda anchor: _told_quarter(anchor, -1 if ago else 0), anchor="told", leads=False)


def _told_quarter(anchor: Days, years: int) -> Days | None:
    last = anchor if anchor.unit == "quarter" else unit_from("quarter", -1)(anchor)
    if last is None:
        return None
    return calendar.quarter_of(last.earliest.year + years, (last.earliest.month + 2) // 3)


def read_year_ago(said: Said) -> Reading:
    del said
    return Reading(past=moved(1, "year", -1), anchor="quarter", leads=False)


def read_end(said: Said) -> Reading:
    """"Year's end", "month-end"."""
    return Reading(past=unit_from(said.words("unit"), 0), edge="late")


STEPS = {"last": -1, "previous": -1, "preceding": -1, "past": -1, "this": 0, "next": 1, "following": 1, "coming": 1, "same": 0,
         "that": 0, "current": 0, "latest": 0, "present": 0}


def read_last_unit(said: Said) -> Reading | None:
    """"Last week", "this month", "the following year", "earlier this week"."""
    words, unit = said.words("which").split(), singular(said.words("unit"))
    which, the = words[-1], words[0] == "the"
    step = STEPS[which]
    if which == "past" and unit in {"day", "week", "month", "decade", "century"}:
        return None                     # a stretch: "the past week"
    if unit == "day" and (which in {"last", "this", "coming", "latest", "current"}):
        return None
    if unit == "night" and which not in {"last", "next", "same", "that", "previous", "following"}:
        return None
    told = which in {"previous", "following", "same", "that", "preceding"} or unit == "day" or (the and which in {"next", "last"})
    anchor: Anchor = "that" if which in {"same", "that"} else "told" if told else "written"
    deictic = not told and which in {"last", "this", "next"}
    if unit == "weekend":
        return Reading(past=lambda a: _weekend(a, step), anchor=anchor, deictic=deictic)
    reading = Reading(past=unit_from(unit, step), anchor=anchor, deictic=deictic)
    return edged(said, part_of_day(unit if unit == "night" else None, reading))


def _weekend(anchor: Days, step: int) -> Days | None:
    day = anchor.latest
    begun = calendar.weekend_of(day)
    if begun is None:
        return None
    inside = begun.earliest <= day <= begun.latest
    return calendar.weekend_of(day, 1 if step > 0 else -1 if step < 0 and inside else 0)


def read_the_unit(said: Said) -> Reading | None:
    """"The end of the month", "earlier in the year", "the weekend"; "the year" alone."""
    unit = singular(said.words("unit"))
    if unit == "weekend":
        return Reading(past=lambda anchor: _weekend(anchor, 0), future=lambda anchor: _weekend(anchor, 1), deictic=True)
    if unit == "day" and not said.words("edge2"):
        return Reading(past=days_from(0), anchor="told")
    return edged(said, Reading(past=unit_from(unit, 0), anchor="written" if unit == "year" else "told"))


def read_beside(said: Said) -> Reading:
    """"The day before", "the week after"."""
    step = -1 if said.words("way") in {"before", "previous"} else 1
    unit = said.words("unit") or "day"
    part = unit if unit in {"night", "evening", "morning"} else None
    return part_of_day(part, Reading(past=unit_from("day" if part else unit, step), anchor="told"))


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
    past, future = repeating(lambda y: _some(week(y)))
    return Reading(past=past, future=future)
