"""Readers of forms that tell a year, decade or century, and of those that count units: "last week", "the end of the month"."""

from __future__ import annotations

from dateline.when import calendar
from dateline.when.calendar import Days, month_number
from dateline.when.read_parts import edged, fixed, year_said
from dateline.when.readings import Anchor, Reading, days_from, part_of_day, singular, unit_from
from dateline.when.said import Said

DECADES = {"twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970,
           "eighties": 1980, "nineties": 1990}
FIRST_BARE_YEAR, LAST_BARE_YEAR = 1500, 2099        # a bare number outside these counts something


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
    if year is None or not (_may_be_year(year) or (1000 <= year < FIRST_BARE_YEAR and said.words("x"))):
        return None
    reading = fixed(calendar.year_of(year))
    return edged(said, reading) if reading else None


def read_bare_year(said: Said) -> Reading | None:
    """A year without a word before it that makes it one: not "2000 troops"."""
    following = said.next_word()
    plural = following.islower() and following.endswith("s") and following not in {"was", "is", "has", "as", "its", "'s"}
    if (plural and not said.words("edge")) or said.word_before() in {"/", "$", "no", "number"}:
        return None
    return read_year(said)


def _may_be_year(year: int) -> bool:
    return FIRST_BARE_YEAR <= year <= LAST_BARE_YEAR


def read_decade(said: Said) -> Reading | None:
    words = said.words("decade")
    digits = "".join(filter(str.isdigit, words))
    year = DECADES[words] if words in DECADES else int(digits) if len(digits) == 4 else calendar.full_year(int(digits), None)
    reading = fixed(calendar.decade_of(year))
    return edged(said, reading) if reading else None


def read_century(said: Said) -> Reading | None:
    number = said.whole("nth")
    if number is None or not 1 < number <= 30:
        return None
    reading = fixed(calendar.century_of(100 * (number - 1)))
    return edged(said, reading) if reading else None


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
    if which == "past" and unit != "quarter":
        return None                     # a stretch: "the past week"
    if unit == "day" and (which in {"last", "this", "coming", "latest", "current"}):
        return None
    if unit == "night" and which not in {"last", "next", "same", "that", "previous", "following"}:
        return None
    told = which in {"previous", "following", "same", "that", "preceding"} or unit == "day" or (the and which in {"next", "last"})
    after = which == "following" or (unit in {"day", "night"} and which == "next")
    anchor: Anchor = "that" if which in {"same", "that"} else "after" if after else "told" if told else "written"
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
