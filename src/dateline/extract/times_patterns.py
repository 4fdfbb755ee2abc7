"""The forms in which reports tell times, each a pattern with what it reads. No pattern backtracks beyond its own words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from dateline.extract import calendar
from dateline.extract.calendar import Days, month_number, weekday_number
from dateline.extract.times_readings import (
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

_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WEEKDAY_ANY = rf"(?:{_WEEKDAY}|(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\b\.?)"
_MONTH_FULL = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_MONTH = (r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
          r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)")
_MONTH_SAFE = r"(?:January|February|April|June|July|August|September|October|November|December|JANUARY|FEBRUARY|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_NTH = rf"{_DAY}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20)[0-9]{2}"
_PART = r"(?:morning|afternoon|evening|night)"
_EARLY = r"(?:early|late)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_WORDS = (r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
          r"|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six"
          r"|seven|eight|nine))?|a\scouple\sof|several|a\sfew|few|many|some|[0-9]{1,4})")
_UNIT = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?|centur(?:y|ies))"
_LONG_UNIT = r"(?:days?|nights?|weeks?|fortnights?|months?|years?|decades?)"
_GAP = r"[ \t]{0,3}\n?[ \t]{0,3}"
_SP = r"(?:[ \t\u00a0]{1,3}\n?[ \t]{0,3}|\n[ \t]{0,3})"
_MODIFIED = r"(?:(?:about|around|nearly|almost|roughly|some|more\sthan|less\sthan|at\sleast|over|approximately)\s)?"


@dataclass(frozen=True, slots=True)
class Form:
    """One form of time expression. The named group `x`, where there is one, is the expression; else the whole match."""

    name: str
    pattern: re.Pattern[str]
    read: Callable[[Match], Reading | None]


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


def _weekday(match: Match) -> Reading | None:
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


def _near_day(match: Match) -> Reading:
    words = " ".join(match["near"].lower().split())
    back = {"today": 0, "yesterday": 1, "tomorrow": -1, "tonight": 0, "the day before yesterday": 2,
            "the day after tomorrow": -2}[words]
    part = "tonight" if words == "tonight" else match["part"] or match["early"]
    return part_of_day(part, Reading(past=_minus(back)))


def _this_part(match: Match) -> Reading:
    which, part = match["which"].lower(), match["part"].lower()
    return part_of_day(part, Reading(past=_minus({"this": 0, "last": 1}[which])))


def _overnight(match: Match) -> Reading:
    del match
    return part_of_day("overnight", Reading(past=_night_before))


def _night_before(day: date) -> Days | None:
    eve = calendar.shift(day, -1)
    return Days(eve, day, "days") if eve else None


def _date(match: Match) -> Reading | None:
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


def _two_months(match: Match) -> Reading | None:
    """"28 April to 3 May"."""
    first, last = (month_number(match["month"]), _nth(match["day"])), (month_number(match["month2"]), _nth(match["day2"]))
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


def _numeric(match: Match) -> Reading | None:
    """2018-01-27 is one day; 27/01/2018 too; 03/04/2018 is two possible days."""
    if match["iso"]:
        day = calendar.make_day(int(match["y"]), int(match["m"]), int(match["d"]))
        clock = match["clock"]
        reading = Reading(fixed=(calendar.one_day(day),)) if day else None
        return replace(reading, type="TIME", suffix=f"T{clock}", time_of_day=clock) if reading and clock else reading
    a, b, year = int(match["a"]), int(match["b"]), int(match["y2"])
    days = {calendar.make_day(year, b, a), calendar.make_day(year, a, b)} - {None}
    return Reading(fixed=tuple(calendar.one_day(day) for day in sorted(d for d in days if d))) if days else None


def _month(match: Match) -> Reading | None:
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


def _years(match: Match) -> Reading | None:
    first, edge, until = calendar.year_of(int(match["year"])), _said(match, "edge"), _said(match, "until")
    if first is None:
        return None
    if until:
        last = calendar.year_of(int(until if len(until) == 4 else match["year"][:2] + until))
        return Reading(fixed=(Days(first.earliest, last.latest, "year"),), value=f"{match['year']}/{last.latest.year}") \
            if last and first.earliest < last.earliest else None
    days = calendar.part_of(first, edge.lower().rstrip("-")) if edge else first
    return Reading(fixed=(days,), value=match["year"])


def _decade(match: Match) -> Reading | None:
    first = calendar.make_day(int(match["decade"]), 1, 1)
    last = calendar.make_day(int(match["decade"]) + 9, 12, 31)
    return Reading(fixed=(Days(first, last, "decade"),)) if first and last and first.year % 10 == 0 else None


def _season(match: Match) -> Reading | None:
    name, year, which = match["season"].lower(), _said(match, "year"), _said(match, "which").lower()
    if year:
        fixed = calendar.season_of(name, int(year))
        return Reading(fixed=(fixed,)) if fixed else None
    first_month = calendar.SEASONS[name][0]

    def past(day: date) -> Days | None:
        if which == "this":
            return calendar.season_of(name, day.year)
        days = calendar.season_of(name, day.year - (1 if first_month > day.month else 0))
        return calendar.season_of(name, days.earliest.year - 1) if days and which == "last" and days.latest >= day else days

    def coming(day: date) -> Days | None:
        return calendar.season_of(name, day.year + (1 if first_month <= day.month else 0))
    return Reading(past=coming if which == "next" else past)


def _last_unit(match: Match) -> Reading | None:
    """"last week", "this month", "the following year", "earlier this week"."""
    which, unit = match["which"].lower(), singular(match["unit"])
    step = {"last": -1, "previous": -1, "this": 0, "next": 1, "following": 1, "coming": 1, "same": 0, "that": 0}[which]
    told = which in {"previous", "following", "same", "that"}
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


def _the_weekend(match: Match) -> Reading:
    del match
    return Reading(past=lambda day: _weekend(day, 0), future=lambda day: _weekend(day, 1))


def _ago(match: Match) -> Reading | None:
    number, direction = number_of(match["n"]), {"ago": -1, "before": -1, "earlier": -1, "previously": -1}.get(
        match["way"].lower(), 1)
    told = match["way"].lower() != "ago"
    if number is None or singular(match["unit"]) in {"second", "minute", "hour", "century"}:
        return Reading(value="PAST_REF" if direction < 0 else "FUTURE_REF")
    return Reading(past=moved(number, match["unit"], direction), told=told)


def _day_beside(match: Match) -> Reading:
    step = -1 if match["way"].lower() in {"before", "previous"} else 1
    return part_of_day(_said(match, "part"), Reading(past=_minus(-step), told=True))


def _past_stretch(match: Match) -> Reading | None:
    many = match["unit"].lower().endswith("s")
    number = number_of(match["n"]) if match["n"] else None if many else 1
    forward = match["which"].lower() in {"next", "coming", "following"}
    days = stretch(number, match["unit"], 1 if forward else -1) if number is not None else None
    return Reading(type="DURATION", past=days, value=duration_value(match["n"] or ("several" if many else "a"), match["unit"]))


def _nth_of_month(match: Match) -> Reading:
    number = _nth(match["day"])
    return Reading(past=lambda day: _at(calendar.day_of_month_on_or_before(number, day)))


def _clock(match: Match) -> Reading | None:
    hour, minute = int(match["h"]), int(_said(match, "min") or 0)
    half = _said(match, "half").lower()[:1]
    if (half and not 1 <= hour <= 12) or hour > 24 or minute > 59:
        return None
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    clock = f"{hour:02}:{minute:02}"
    return Reading(type="TIME", suffix=f"T{clock}", time_of_day=clock)


def _oclock(match: Match) -> Reading | None:
    hour = number_of(match["h"])
    later = _said(match, "part").lower() in {"afternoon", "evening", "night"}
    if hour is None or not 1 <= hour <= 12:
        return None
    clock = f"{hour % 12 + 12 if later else hour:02}:00"
    return Reading(type="TIME", suffix=f"T{clock}", time_of_day=clock)


def _part(match: Match) -> Reading:
    return part_of_day(" ".join(match["part"].lower().split()), Reading(type="TIME"))


def _duration(match: Match) -> Reading:
    return Reading(type="DURATION", value=duration_value(match["n"], match["unit"]))


def _every(match: Match) -> Reading:
    said = match["each"].lower()
    number = weekday_number(said)
    if number >= 0:
        return Reading(type="SET", value=f"XXXX-WXX-{number + 1}")
    return Reading(type="SET", value=duration_value("", said))


def _adverb_set(match: Match) -> Reading:
    said = match.group().lower()
    return Reading(type="SET", value={"daily": "P1D", "weekly": "P1W", "monthly": "P1M", "yearly": "P1Y", "annually": "P1Y",
                                      "nightly": "P1D", "hourly": "PT1H"}[said])


def _reference(match: Match) -> Reading:
    word = match.group().lower().split()[0]
    return Reading(value="FUTURE_REF" if word in {"soon", "shortly"} else
                   "PAST_REF" if word in {"recently", "formerly", "lately"} else "PRESENT_REF")


def _form(name: str, pattern: str, read: Callable[[Match], Reading | None], *, case: bool = False) -> Form:
    return Form(name, re.compile(pattern, 0 if case else re.IGNORECASE), read)


_WD_BEFORE = rf"(?:\b(?P<weekday>{_WEEKDAY_ANY}),?{_SP}(?:the{_SP})?)?"
_ON = r"(?:,?\s{1,2}(?:of\s)?(?P<year>" + _YEAR + r")\b|,?\s{1,2}['\u2019]?(?P<yy>[0-9]{2})\b(?!\s?[a-z:.,%]))?"
_NIGHT_OF = rf"(?:(?P<night>the{_SP}night{_SP}of){_SP})?"
_EDGE = r"(?:(?P<edge>early|mid|late)[- ](?:in\s)?)?"

FORMS = (
    _form("day month", rf"{_NIGHT_OF}(?:\b(?P<early>{_EARLY}){_SP}(?:on{_SP})?)?{_WD_BEFORE}(?:between\s|from\s)?\b(?P<day>{_NTH})"
          rf"(?:\s?(?:-|\u2013|to|and|or)\s?(?P<until>{_NTH}))?{_SP}(?:of{_SP})?(?P<month>{_MONTH}){_ON}"
          rf"(?:\s(?P<part>{_PART})\b)?(?<=\w|\.)(?!\w)", _date),
    _form("month day", rf"{_NIGHT_OF}(?:\b(?P<early>{_EARLY}){_SP}(?:on{_SP})?)?{_WD_BEFORE}\b(?P<month>{_MONTH}){_SP}(?:the\s)?"
          rf"(?P<day>{_NTH})\b(?:\s?(?:-|\u2013|to|and|or)\s?(?P<until>{_NTH})\b)?(?![0-9:])(?:,?\s{{1,2}}(?P<year>{_YEAR})\b)?"
          rf"(?:\s(?P<part>{_PART})\b)?", _date),
    _form("two months", rf"\b(?:between\s|from\s)?(?P<day>{_NTH}){_SP}(?P<month>{_MONTH})\s?(?:-|\u2013|to|and)\s?"
          rf"(?P<day2>{_NTH}){_SP}(?P<month2>{_MONTH})(?:,?\s{{1,2}}(?P<year>{_YEAR})\b)?", _two_months),
    _form("numbers", r"(?<![\w./-])(?:(?P<iso>(?P<y>[12][0-9]{3})-(?P<m>[01][0-9])-(?P<d>[0-3][0-9]))(?:[T ](?P<clock>[0-2][0-9]:[0-5][0-9])"
          r"(?::[0-9]{2})?Z?)?|(?P<a>[0-3]?[0-9])(?P<sep>[-/.])(?P<b>[0-3]?[0-9])(?P=sep)(?P<y2>[12][0-9]{3}))(?![\w/-])", _numeric),
    _form("weekday", rf"(?:\b(?P<which>last|next|this|past|this\spast|this\scoming|the\sprevious|the\sfollowing){_SP})?"
          rf"(?:\b(?P<early>{_EARLY}){_SP}(?:on{_SP})?)?(?<!bloody )(?<!black )(?<!palm )\b(?P<weekday>{_WEEKDAY})\b(?:['\u2019]s\b)?"
          rf"(?:{_SP}(?P<part>{_PART})\b)?(?:{_SP}(?:of{_SP})?(?P<week>last|this|next){_SP}week\b)?"
          r"(?!\s(?:times|telegraph|herald|post|mail|express|mirror|independent)\b)", _weekday),
    _form("near day", rf"\b(?:(?P<early>{_EARLY})\s)?(?P<near>the{_SP}day{_SP}before{_SP}yesterday|the{_SP}day{_SP}after{_SP}tomorrow"
          rf"|today|yesterday|tomorrow|tonight)\b(?:['\u2019]s\b)?(?:{_SP}(?P<part>{_PART})\b)?", _near_day),
    _form("this morning", rf"\b(?:(?:early|late|earlier|later)\s)?(?P<which>this|last){_SP}(?P<part>{_PART})\b(?<!last morning)", _this_part),
    _form("overnight", r"\bovernight\b", _overnight),
    _form("month", rf"{_EDGE}(?:\b(?P<which>last|next|this)\s)?\b(?P<month>{_MONTH}),?{_SP}(?:of\s)?(?P<year>{_YEAR})\b", _month),
    _form("bare month", rf"\b{_EDGE}(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s)?(?P<month>{_MONTH_SAFE})\b", _month, case=True),
    _form("month after a preposition", r"\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Uu]ntil|[Bb]y|[Ff]rom|[Oo]f|[Ii]n\sthe|[Ll]ast|[Nn]ext|[Tt]his)\s(?P<x>(?:(?P<edge>early|mid|late)"
          r"[- ])?(?:(?P<which>last|next|this)\s)?(?P<month>March|May|Mar|Jan|Feb|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b)",
          _month, case=True),
    _form("clock", r"(?<![\w:.])(?:(?:about|around|approximately|nearly|almost)\s)?(?P<h>[0-2]?[0-9])(?:[:.](?P<min>[0-5][0-9]))?(?::[0-5][0-9])?\s?(?P<half>[ap]\.?m\.?)(?!\w)"
          r"(?:\s(?:local\stime|gmt|utc|est|edt|cet|ist)\b)?", _clock),
    _form("clock of 24", r"(?<![\w:.])(?:(?:about|around|approximately|nearly|almost)\s)?(?P<h>[01]?[0-9]|2[0-4]):(?P<min>[0-5][0-9])(?::[0-5][0-9])?(?![\w:])"
          r"(?:\s?(?:\(?local\stime\)?|gmt|utc|hours|hrs|ist|est|edt|cet)\b)?", _clock),
    _form("military clock", r"(?<![\w:.,])(?P<h>[01][0-9]|2[0-4])(?P<min>[0-5][0-9])\s?(?:hours|hrs|h|gmt|utc|z|local(?:\stime)?)\b",
          _clock),
    _form("at 1530", r"\bat\s(?:about\s|around\s|approximately\s)?(?P<x>(?P<h>[01][0-9]|2[0-3])(?P<min>[0-5][0-9]))\b(?!\s[a-z]+s\b|[,.][0-9])",
          _clock),
    _form("years from to", rf"(?<![\w.$\u20ac\u00a3/-])(?P<year>{_YEAR})(?:\s?[-\u2013/]\s?|\sto\s)(?P<until>{_YEAR}|[0-9]{{2}})\b"
          r"(?![\w/%.-]*[0-9])", _years),
    _form("year after a preposition", rf"\b(?:in|since|during|until|till|by|from|before|after|of|through|throughout|and|between|to)\s"
          rf"(?P<x>{_EDGE}(?P<year>{_YEAR}))\b(?![\w/%-]|[.,][0-9]|\s(?:people|civilians|men|women|dead|killed|wounded))", _years),
    _form("bare year", rf"(?<![\w.,$\u20ac\u00a3/:-])(?<!than\s)(?<!least\s)(?P<x>{_EDGE}(?P<year>{_YEAR}))\b(?![\w/%:-]|[.,][0-9]|\s[a-z]{{2,20}}s\b"
          r"|\s(?:people|men|women|dead|killed|wounded|hours|hrs|gmt|local))", _years),
    _form("the year of", rf"\bthe\s(?P<x>{_EDGE}(?P<year>{_YEAR}))\s(?=[a-z]{{2,20}})", _years),
    _form("decade", r"\b(?:the\s)?(?:(?:early|mid|late)[- ])?(?P<decade>(?:1[5-9]|20)[0-9]0)['\u2019]?s\b", _decade),
    _form("season", rf"\b(?:(?P<which>last|this|next)\s)?(?P<season>{_SEASON})(?:\s(?:of\s)?(?P<year>{_YEAR})\b)(?![\w-])", _season),
    _form("last season", rf"\b(?P<which>last|this|next)\s(?P<season>{_SEASON})\b", _season),
    _form("last unit", rf"\b(?:(?:earlier|later|late|early)\s)?(?:the\s)?(?P<which>last|previous|this|next|following|coming|same|that)"
          rf"{_SP}(?P<unit>week|month|year|weekend|day|night)\b(?!['\u2019-])", _last_unit),
    _form("the weekend", r"\bthe\sweekend\b", _the_weekend),
    _form("ago", rf"\b{_MODIFIED}(?P<n>{_WORDS}){_SP}(?P<unit>{_UNIT}){_SP}(?P<way>ago|before|earlier|later|after|previously)\b"
          r"(?<!after)(?!\s(?:the|a|an|his|her|their|its|it|he|she|they)\b)", _ago),
    _form("the day before", rf"\b(?:the|a){_SP}(?:day|night|evening){_SP}(?P<way>before|after)\b(?!\s\w+day\b)(?=\s*(?:[,.;:)]|$|in\b|at\b))",
          _day_beside),
    _form("the past weeks", rf"\b(?:the\s|these\s)?(?P<which>last|past|next|coming|previous|following){_SP}(?:(?P<n>{_WORDS}){_SP})?"
          rf"(?P<unit>hours?|{_LONG_UNIT})\b(?<!last week)(?<!last month)(?<!last year)(?<!last day)(?<!last night)(?<!next week)"
          r"(?<!next month)(?<!next year)(?<!next day)", _past_stretch),
    _form("nth", rf"\bthe{_SP}(?P<day>(?:3[01]|[12]?[0-9])(?:st|nd|rd|th))(?=\s*(?:[,.;:)]|$)|\s(?:and|at|when|that|of\sthe\smonth)\b)",
          _nth_of_month),
    _form("o'clock", r"\b(?P<h>[0-9]{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\so['\u2019]clock\b"
          rf"(?:\s(?:in\sthe|at)\s(?P<part>{_PART}))?", _oclock),
    _form("part of day", rf"\b(?:(?:in{_SP}the|during{_SP}the|before|at|after|by|until|shortly\safter|shortly\sbefore|just\safter|just\sbefore|around"
          rf"|about){_SP}(?:(?:early|late|mid-?){_SP})?)(?P<x>(?P<part>dawn|daybreak|sunrise|(?:early|small|wee){_SP}hours|morning|noon|midday|lunchtime"
          rf"|afternoon|dusk|sunset|evening|nightfall|night|midnight))\b", _part),
    _form("duration", rf"\b{_MODIFIED}(?P<n>{_WORDS})(?:{_SP}|-)(?:more{_SP}|consecutive{_SP}|straight{_SP}|full{_SP}|long{_SP})?(?P<unit>{_UNIT})\b"
          r"(?![-\s](?:old|olds|of\sage)\b)", _duration),
    _form("every", rf"\b(?:every|each){_SP}(?P<each>{_WEEKDAY}|second|minute|hour|day|night|week|month|year)\b", _every),
    _form("on Fridays", rf"\b(?P<each>{_WEEKDAY})s\b", _every),
    _form("daily", r"\b(?:daily|weekly|monthly|yearly|annually|nightly|hourly)\b", _adverb_set),
    _form("reference", r"\b(?:now|currently|at\spresent|at\sthe\smoment|presently|recently|soon|lately)\b", _reference),
)
