"""Readers of forms that tell a day, or days from one to another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dateline.when import calendar
from dateline.when.calendar import Days, month_number, weekday_number
from dateline.when.holidays import HOLIDAYS
from dateline.when.read_parts import PART_MODS, fixed, listed, that_year, year_said
from dateline.when.readings import Reach, Reading, by_day, days_from, part_of_day, repeating, unit_from
from dateline.when.said import Said


def read_date(said: Said) -> Reading | None:
    """A day of a month, with or without year and weekday; "14-15 April" is the days from one to the other."""
    month, first = month_number(said.words("month")), said.whole("day")
    last = said.whole("until") or first
    if first is None or last is None:
        return None
    weekday = weekday_number(said.words("weekday")) if said.words("weekday") else None
    early, part = said.words("early"), said.words("part") or said.words("night")
    year, two_digits = year_said(said), said.words("yy")
    if year:
        days = _month_days(year, month, first, last)
        reading = fixed(days)
    elif two_digits:
        reading = Reading(past=lambda anchor: _month_days(
            calendar.full_year(int(two_digits), anchor.latest), month, first, last))
    else:
        leap = 8 if (month, first) == (2, 29) else 1
        past, future = repeating(lambda y: listed(_month_days(y, month, first, last)), reach=leap)
        known = any(_month_days(y, month, first, last) for y in (2023, 2024))
        reading = Reading(past=past, future=future, weekday=weekday) if known else None
    return _with_early(early, part_of_day(part or early, reading)) if reading else None


def _with_early(early: str, reading: Reading) -> Reading:
    return replace(reading, mod=PART_MODS.get(early, reading.mod))


def _month_days(year: int, month: int, first: int, last: int) -> Days | None:
    earliest, latest = calendar.make_day(year, month, first), calendar.make_day(year, month, last)
    if earliest is None or latest is None or latest < earliest:
        return None
    return Days(earliest, latest, "day" if earliest == latest else "days")


def read_date_of_year(said: Said) -> Reading | None:
    """"25 July of that year"."""
    month = month_number(said.words("month") or said.words("month2"))
    day = said.whole("day") or said.whole("day2")
    step, anchor = that_year(said.words("which"))
    if day is None:
        return None
    return Reading(past=lambda told: _month_days(told.earliest.year + step, month, day, day), anchor=anchor)


def read_two_dates(said: Said) -> Reading | None:
    """"28 April to 3 May"."""
    first = month_number(said.words("month")), said.whole("day") or 0
    last = month_number(said.words("month2")), said.whole("day2") or 0
    year, first_year = said.whole("year"), said.whole("year1")

    def from_year(first_in: int, last_in: int | None = None) -> Days | None:
        earliest = calendar.make_day(first_in, *first)
        latest = calendar.make_day(last_in or first_in + (1 if last < first else 0), *last)
        return Days(earliest, latest, "days") if earliest and latest and earliest <= latest else None
    if year or first_year:
        begins = first_year or (year or 0) - (1 if last < first else 0)
        return fixed(from_year(begins, year))
    past, future = repeating(lambda y: listed(from_year(y)))
    return Reading(past=past, future=future) if from_year(2024) else None


def read_numeric(said: Said) -> Reading | None:
    """2018-01-27 is one day; 27/01/2018 too; 03/04/2018 is two possible days."""
    iso = said.words("iso")
    if iso:
        day = calendar.make_day(int(iso[:4]), int(iso[5:7]), int(iso[8:10]))
        reading = Reading(fixed=(calendar.one_day(day),)) if day else None
        clock = iso[11:16]
        zone = "Z" if iso.endswith("z") else None
        return replace(reading, type="TIME", suffix=f"T{clock}", time_of_day=clock, zone=zone) if reading and clock else reading
    slashed = said.words("slashed")
    a, b, year = (int(part) for part in slashed.replace("/", " ").replace("-", " ").replace(".", " ").split())
    if year < 100:
        if "/" not in slashed:
            return None
        year = calendar.full_year(year, None)
    days = {day for day in (calendar.make_day(year, b, a), calendar.make_day(year, a, b)) if day}
    return Reading(fixed=tuple(calendar.one_day(day) for day in sorted(days))) if days else None


def read_weekday(said: Said) -> Reading | None:
    number = weekday_number(said.words("weekday"))
    which = ((said.words("which") or said.words("which2")).split() or [""])[-1]
    week, early = said.words("week"), said.words("early")
    bare, coming = by_day(lambda day: calendar.weekday_on_or_before(number, day)), by_day(
        lambda day: calendar.weekday_after(number, day))
    before = by_day(lambda day: _before(number, day))
    reading = Reading(past=bare, future=coming, deictic=True)
    if which in {"last", "past"}:
        reading = Reading(past=before, deictic=True)
    elif which in {"next", "coming"}:
        reading = Reading(past=coming, deictic=which == "coming")
    elif which in {"previous", "following"}:
        reading = Reading(past=before if which == "previous" else coming, anchor="told")
    elif which in {"that", "same"}:
        reading = Reading(past=bare, anchor="told")
    if week:
        reading = Reading(past=_of_week(number, {"last": -1, "this": 0, "next": 1}[week]), deictic=True)
    return _with_early(early, part_of_day(said.words("part") or early, reading))


def _before(number: int, day: date) -> date | None:
    eve = calendar.shift(day, -1)
    return calendar.weekday_on_or_before(number, eve) if eve else None


def _of_week(number: int, weeks: int) -> Reach:
    to_week = unit_from("week", weeks)

    def meant(anchor: Days) -> Days | None:
        week = to_week(anchor)
        day = calendar.shift(week.earliest, number) if week else None
        return calendar.one_day(day) if day else None
    return meant


def read_near_day(said: Said) -> Reading:
    step = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0, "the day before yesterday": -2,
            "the day after tomorrow": 2}[said.words("near")]
    part = "tonight" if said.words("near") == "tonight" else said.words("part") or said.words("early")
    return _with_early(said.words("early"), part_of_day(part, Reading(past=days_from(step), deictic=True, anchor="writer")))


def read_nth(said: Said) -> Reading | None:
    """"The 11th", "Friday the 13th": of the anchor's month, or of the last before it that has such a day."""
    number, weekday = said.whole("day"), said.words("weekday")
    if number is None:
        return None
    on = weekday_number(weekday) if weekday else None
    past, future = repeating(lambda year: [
        calendar.one_day(day) for month in range(1, 13)
        if (day := calendar.make_day(year, month, number)) and on in (None, day.weekday())])
    return Reading(past=past, future=future, of_month=True)


def read_holiday(said: Said) -> Reading | None:
    words = said.words("holiday").replace("'s", "").replace("\u2019s", "").replace("-", " ").replace(" ul ", " al ")
    key = " ".join(words.split()).replace("ramazan", "ramadan")
    of, year, which = HOLIDAYS[key], year_said(said), said.words("which")
    night = "night" if key == "christmas night" else ""
    if year:
        spans = of(year) if 1 <= year <= 9999 else []
        return part_of_day(night, Reading(fixed=tuple(spans[:1]))) if spans else None
    past, future = repeating(of, reach=2)
    return part_of_day(night, Reading(past=future if which == "next" else past, future=future))
