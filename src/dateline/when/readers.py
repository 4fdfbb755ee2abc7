"""From the words that a form of time expression matched to what they mean."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dateline.when import calendar
from dateline.when.calendar import Days, month_number, weekday_number
from dateline.when.readings import (
    Anchored,
    Reading,
    duration_value,
    moved,
    number_of,
    part_of_day,
    singular,
    stretch,
)

Match = re.Match[str]


def _said(match: Match, group: str) -> str:
    """The words of a named group, "" where the form has no such group or it took no part."""
    return match.groupdict().get(group) or ""


def _bare_weekday(number: int) -> tuple[Anchored, Anchored]:
    return (lambda day: _at(calendar.weekday_on_or_before(number, day)),
            lambda day: _at(calendar.weekday_after(number, day)))


def _at(day: date | None) -> Days | None:
    return None if day is None else calendar.one_day(day)


def _minus(days: int) -> Anchored:
    return lambda day: _at(calendar.shift(day, -days))


def read_weekday(match: Match) -> Reading | None:
    said = match.groupdict()
    number = weekday_number(said["weekday"])
    which = (said.get("which") or "").lower().split()[-1:] or [""]
    past, future = _bare_weekday(number)
    reading = Reading(past=past, future=future)
    if which[0] in {"last", "past"}:
        reading = Reading(past=lambda day: _before(number, day))
    elif which[0] in {"next", "coming"}:
        reading = Reading(past=future)
    elif which[0] in {"previous", "following"}:
        reading = Reading(past=(lambda day: _before(number, day)) if which[0] == "previous" else future, told=True)
    if (said.get("week") or "").lower() in {"last", "next", "this"}:
        weeks = {"last": -1, "this": 0, "next": 1}[(said["week"]).lower()]
        reading = Reading(past=lambda day: _day_of_week(number, day, weeks))
    return part_of_day(said.get("part") or said.get("early"), reading)


def _before(number: int, day: date) -> Days | None:
    eve = calendar.shift(day, -1)
    return _at(calendar.weekday_on_or_before(number, eve)) if eve else None


def _day_of_week(number: int, day: date, weeks: int) -> Days | None:
    week = calendar.week_of(day, weeks)
    return _at(calendar.shift(week.earliest, number)) if week else None


def read_near_day(match: Match) -> Reading:
    words = " ".join(match["near"].lower().split())
    back = {"today": 0, "yesterday": 1, "tomorrow": -1, "tonight": 0, "the day before yesterday": 2,
            "the day after tomorrow": -2}[words]
    part = "tonight" if words == "tonight" else match["part"] or match["early"]
    return part_of_day(part, Reading(past=_minus(back)))


def read_this_part(match: Match) -> Reading:
    which, part = match["which"].lower(), match["part"].lower()
    return part_of_day(part, Reading(past=_minus({"this": 0, "last": 1}[which])))


def read_overnight(match: Match) -> Reading:
    del match
    return part_of_day("overnight", Reading(past=_night_before))


def _night_before(day: date) -> Days | None:
    eve = calendar.shift(day, -1)
    return Days(eve, day, "days") if eve else None


def read_date(match: Match) -> Reading | None:
    """A day of a month, with or without year and weekday; "14-15 April" is the days from one to the other."""
    said = match.groupdict()
    month, first, last = month_number(said["month"]), _nth(said["day"]), _nth(said.get("until") or said["day"])
    weekday = weekday_number(said["weekday"]) if said.get("weekday") else None
    part = said.get("part") or said.get("early") or ("night" if said.get("night") else None)
    if said.get("year"):
        fixed = _month_days(_year(said["year"], None), month, first, last)
        return part_of_day(part, Reading(fixed=(fixed,))) if fixed else None
    if said.get("yy"):
        yy = said["yy"]
        return part_of_day(part, Reading(past=lambda day: _month_days(_year(yy, day), month, first, last)))
    if not any(calendar.make_day(year, month, first) for year in (2023, 2024)):
        return None

    def nearest(day: date) -> Days | None:
        found = calendar.month_day_on_or_before(month, first, day)
        return _month_days(found.year, month, first, last) if found else None

    def coming(day: date) -> Days | None:
        found = calendar.month_day_after(month, first, day)
        return _month_days(found.year, month, first, last) if found else None
    return part_of_day(part, Reading(past=nearest, future=coming, weekday=weekday))


def _nth(words: str) -> int:
    return int(re.sub(r"[^0-9]", "", words))


def _year(words: str, anchor: date | None) -> int:
    return int(words) if len(words) == 4 else calendar.full_year(int(words), anchor)


def _month_days(year: int, month: int, first: int, last: int) -> Days | None:
    earliest, latest = calendar.make_day(year, month, first), calendar.make_day(year, month, last)
    if earliest is None or latest is None or latest < earliest:
        return None
    return Days(earliest, latest, "day" if earliest == latest else "days")


def read_two_months(match: Match) -> Reading | None:
    """"28 April to 3 May"."""
    first = month_number(match["month"]), _nth(match["day"])
    last = month_number(match["month2"]), _nth(match["day2"])
    said = match["year"]

    def in_year(year: int) -> Days | None:
        earliest = calendar.make_day(year, *first)
        latest = calendar.make_day(year + (1 if last < first else 0), *last)
        return Days(earliest, latest, "days") if earliest and latest else None
    if said:
        fixed = in_year(int(said) - (1 if last < first else 0))
        return Reading(fixed=(fixed,)) if fixed else None

    def nearest(day: date) -> Days | None:
        found = calendar.month_day_on_or_before(*first, day)
        return in_year(found.year) if found else None
    return Reading(past=nearest)


def read_numeric(match: Match) -> Reading | None:
    """2018-01-27 is one day; 27/01/2018 too; 03/04/2018 is two possible days."""
    if match["iso"]:
        day = calendar.make_day(int(match["y"]), int(match["m"]), int(match["d"]))
        clock = match["clock"]
        reading = Reading(fixed=(calendar.one_day(day),)) if day else None
        return replace(reading, type="TIME", suffix=f"T{clock}", time_of_day=clock) if reading and clock else reading
    a, b, year = int(match["a"]), int(match["b"]), int(match["y2"])
    days = {calendar.make_day(year, b, a), calendar.make_day(year, a, b)} - {None}
    return Reading(fixed=tuple(calendar.one_day(day) for day in sorted(d for d in days if d))) if days else None


def read_month(match: Match) -> Reading | None:
    number, part, year = month_number(match["month"]), _said(match, "edge"), _said(match, "year")
    which = _said(match, "which").lower()

    def edged(days: Days | None) -> Days | None:
        return calendar.part_of(days, part.lower().rstrip("-")) if days and part else days
    if year:
        fixed = edged(calendar.month_of(int(year), number))
        return Reading(fixed=(fixed,), value=f"{int(year):04}-{number:02}") if fixed else None

    def past(day: date) -> Days | None:
        if which == "this":
            return edged(calendar.month_of(day.year, number))
        before = number > day.month or (which == "last" and number == day.month)
        return edged(calendar.month_of(day.year - (1 if before else 0), number))

    def future(day: date) -> Days | None:
        return edged(calendar.month_of(day.year + (1 if number <= day.month else 0), number))
    return Reading(past=future if which == "next" else past, future=future)


def read_years(match: Match) -> Reading | None:
    first, edge, until = calendar.year_of(int(match["year"])), _said(match, "edge"), _said(match, "until")
    if first is None:
        return None
    if until:
        last = calendar.year_of(int(until if len(until) == 4 else match["year"][:2] + until))
        if last is None or first.earliest >= last.earliest:
            return None
        both = Days(first.earliest, last.latest, "year")
        return Reading(fixed=(both,), value=f"{match['year']}/{last.latest.year}")
    days = calendar.part_of(first, edge.lower().rstrip("-")) if edge else first
    return Reading(fixed=(days,), value=match["year"])


def read_decade(match: Match) -> Reading | None:
    first = calendar.make_day(int(match["decade"]), 1, 1)
    last = calendar.make_day(int(match["decade"]) + 9, 12, 31)
    return Reading(fixed=(Days(first, last, "decade"),)) if first and last and first.year % 10 == 0 else None


def read_season(match: Match) -> Reading | None:
    name, year, which = match["season"].lower(), _said(match, "year"), _said(match, "which").lower()
    if year:
        fixed = calendar.season_of(name, int(year))
        return Reading(fixed=(fixed,)) if fixed else None
    first_month = calendar.SEASONS[name][0]

    def past(day: date) -> Days | None:
        if which == "this":
            return calendar.season_of(name, day.year)
        days = calendar.season_of(name, day.year - (1 if first_month > day.month else 0))
        running = days is not None and days.latest >= day
        return calendar.season_of(name, days.earliest.year - 1) if days and which == "last" and running else days

    def coming(day: date) -> Days | None:
        return calendar.season_of(name, day.year + (1 if first_month <= day.month else 0))
    return Reading(past=coming if which == "next" else past)


def read_last_unit(match: Match) -> Reading | None:
    """"last week", "this month", "the following year", "earlier this week"."""
    which, unit = match["which"].lower(), singular(match["unit"])
    step = {"last": -1, "previous": -1, "this": 0, "next": 1, "following": 1, "coming": 1, "same": 0, "that": 0}[which]
    told = which in {"previous", "following", "same", "that"} or unit == "day"
    reach: dict[str, Anchored] = {
        "week": lambda day: calendar.week_of(day, step),
        "month": lambda day: calendar.month_of(day.year, day.month + step),
        "year": lambda day: calendar.year_of(day.year + step),
        "weekend": lambda day: _weekend(day, step),
        "day": lambda day: _at(calendar.shift(day, step)),
        "night": lambda day: _at(calendar.shift(day, step)),
    }
    if (unit == "day" and which in {"last", "this", "coming"}) or (unit == "night" and not told):
        return None
    reading = Reading(past=reach[unit], told=told, needs_told=which in {"same", "that"})
    return part_of_day(unit if unit == "night" else None, reading)


def _weekend(day: date, step: int) -> Days | None:
    begun = calendar.weekend_of(day)
    if begun is None:
        return None
    inside = begun.earliest <= day <= begun.latest
    return calendar.weekend_of(day, 1 if step > 0 else -1 if step < 0 and inside else 0)


def read_the_weekend(match: Match) -> Reading:
    del match
    return Reading(past=lambda day: _weekend(day, 0), future=lambda day: _weekend(day, 1))


def read_ago(match: Match) -> Reading | None:
    number, direction = number_of(match["n"]), {"ago": -1, "before": -1, "earlier": -1, "previously": -1}.get(
        match["way"].lower(), 1)
    told = match["way"].lower() != "ago"
    if number is None or singular(match["unit"]) in {"second", "minute", "hour", "century"}:
        return Reading(value="PAST_REF" if direction < 0 else "FUTURE_REF")
    return Reading(past=moved(number, match["unit"], direction), told=told)


def read_day_beside(match: Match) -> Reading:
    step = -1 if match["way"].lower() in {"before", "previous"} else 1
    return part_of_day(_said(match, "part"), Reading(past=_minus(-step), told=True))


def read_past_stretch(match: Match) -> Reading | None:
    many = match["unit"].lower().endswith("s")
    number = number_of(match["n"]) if match["n"] else None if many else 1
    forward = match["which"].lower() in {"next", "coming", "following"}
    days = stretch(number, match["unit"], 1 if forward else -1) if number is not None else None
    value = duration_value(match["n"] or ("several" if many else "a"), match["unit"])
    return Reading(type="DURATION", past=days, value=value)


def read_nth_of_month(match: Match) -> Reading:
    number = _nth(match["day"])
    return Reading(past=lambda day: _at(calendar.day_of_month_on_or_before(number, day)))


def read_clock(match: Match) -> Reading | None:
    hour, minute = int(match["h"]), int(_said(match, "min") or 0)
    half = _said(match, "half").lower()[:1]
    if (half and not 1 <= hour <= 12) or hour > 24 or minute > 59:
        return None
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    clock = f"{hour:02}:{minute:02}"
    return Reading(type="TIME", suffix=f"T{clock}", time_of_day=clock)


def read_oclock(match: Match) -> Reading | None:
    hour = number_of(match["h"])
    later = _said(match, "part").lower() in {"afternoon", "evening", "night"}
    if hour is None or not 1 <= hour <= 12:
        return None
    clock = f"{hour % 12 + 12 if later else hour:02}:00"
    return Reading(type="TIME", suffix=f"T{clock}", time_of_day=clock)


def read_part(match: Match) -> Reading:
    return part_of_day(" ".join(match["part"].lower().split()), Reading(type="TIME"))


def read_duration(match: Match) -> Reading:
    return Reading(type="DURATION", value=duration_value(match["n"], match["unit"]))


def read_every(match: Match) -> Reading:
    said = match["each"].lower()
    number = weekday_number(said)
    if number >= 0:
        return Reading(type="SET", value=f"XXXX-WXX-{number + 1}")
    return Reading(type="SET", value=duration_value("", said))


def read_adverb_set(match: Match) -> Reading:
    value = {"daily": "P1D", "weekly": "P1W", "monthly": "P1M", "yearly": "P1Y", "annually": "P1Y", "nightly": "P1D",
             "hourly": "PT1H"}[match.group().lower()]
    return Reading(type="SET", value=value)


def read_reference(match: Match) -> Reading:
    word = match.group().lower().split()[0]
    return Reading(value="FUTURE_REF" if word in {"soon", "shortly"} else
                   "PAST_REF" if word in {"recently", "formerly", "lately"} else "PRESENT_REF")
