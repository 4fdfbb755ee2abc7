"""The day a report was written, and whether it updates, corrects or retracts an earlier one.

`written_on` asks, in this order, and the first that can answer does:
1. A dateline with its year is the day (or the month, or the year, that it says).
2. A dateline without a year, beside metadata of the same days, or a page of that day or the next: their year.
3. A dateline without a year otherwise: that day in each year from three years before the bound up to the bound. The
   bound is the metadata's day, else the page's. Years that the text rules out go: it tells of something past in a later
   year, counts years from a dated one that are not over yet ("ten years after the 2011 uprising"), or prints a weekday
   beside a nearby day that does not fall on it ("Thursday, August 26"; "last Thursday" alone fixes nothing). Should none
   be left, all stay.
4. A dateline with the number of a day alone, beside metadata: the last such day up to then.
5. The day of publication that the text prints at its own head (`stamp.py`), unless the text tells of what came later: a copy
   keeps it, where the metadata may tell the day of the copy.
6. The metadata's day.
7. The page's date is a bound and no more, since it may be the day of a crawl: on or before it, and not before what the
   text tells as past.
8. What the text tells as past bounds the day from below.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from dateline.read.dateline_parts import MONTH, WEEKDAY, month_number, weekday_number
from dateline.read.stamp import stamp_in
from dateline.records import PageDate, Written
from dateline.records.report import UNKNOWN_DAY, UpdateKind

_YEARS_BACK = 3                  # of a dateline without a year, before the bound (docs/record.md)
_SAME_DAYS = 3                   # metadata is some days off a dateline: zones, embargoes, weekends
_NEARBY_DAYS = 21                # a weekday beside a day so near to the dateline's is in the same year
_LONGEST_READ = 60_000           # characters of the text that are searched

_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d,.%-]*\d)"
_SPELT_MONTH = (r"(?P<month>january|february|march|april|may|june|july|august|september|october|november|december|"
                r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)")
_COUNT_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNT_NTHS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_COUNTS = "|".join((*_COUNT_WORDS, *_COUNT_NTHS))
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_PAST_TIME = re.compile(
    rf"\b(?P<cue>since|during|throughout|in|on|last|of|early in|late in|after)\s+(?:the\s+)?(?:(?:early|late|mid)[\s-]+)?"
    rf"(?:(?:summer|spring|autumn|fall|winter|end|start|beginning|middle|first half|second half|"
    rf"(?:first|second|third|fourth|last) quarter)\s+(?:of\s+)?|"
    rf"{_SPELT_MONTH}\s+(?:{_DAY}\s?,?\s+)?|"
    rf"{_DAY.replace('day>', 'day_first>')}\s+{_SPELT_MONTH.replace('month>', 'month_after>')}\s*,?\s+)?"
    rf"{_YEAR}", re.IGNORECASE)
_PAST_EVENT = re.compile(rf"\b(?P<cue>the)\s+{_YEAR}\s+(?:\w+\s+)?(?:attacks?|bombings?|massacre|war|coup|invasion|"
                         rf"uprising|"
                         r"earthquake|killings?|assassination|blast|siege|raid|offensive|revolution|mutiny|genocide|crackdown|"
                         r"ceasefire|truce|peace (?:deal|accord|agreement))\b", re.IGNORECASE)
# "from 2015 to 2019", "between 2015 and 2019": the second year is past too.
_PAST_SPAN = re.compile(rf"\b(?P<cue>from|between)\s+(?:19|20)\d\d\s+(?:to|and|until)\s+{_YEAR}", re.IGNORECASE)
_YEARS_SINCE = re.compile(
    rf"\b(?P<count>\d{{1,2}}(?:st|nd|rd|th)?|{_COUNTS})\s(?:years?\s(?:after|since|on from)|anniversary\sof)\s(?:the\s)?"
    rf"(?:start\sof\s(?:the\s)?|end\sof\s(?:the\s)?)?{_YEAR}", re.IGNORECASE)
_TO_COME = re.compile(r"\b(?:will|would|shall|won't|may|might|could|should|plan(?:s|ned|ning)?|expect(?:s|ed)?|due|"
                      r"scheduled?|until|till|by|target|aims?|"
                      r"hopes?|intends?|propos(?:e|es|ed|al)|upcoming|next|forecast|project(?:ed|s)|predict(?:s|ed)?|"
                      r"if|to be held|set to|"
                      r"ahead of|before|through|goals?)\b", re.IGNORECASE)
_PAST_VERB = re.compile(r"\b(?:was|were|had|has|have|did|been|began|became|took|fell|left|said|told|won|lost|made|"
                        r"came|went|shot|struck|fought|"
                        r"held|seized|broke|rose|grew|\w{2,}ed)\b", re.IGNORECASE)
_WEEKDAY_BESIDE_DAY = re.compile(
    rf"\b(?P<weekday>{WEEKDAY})\s?,?\s?\(?(?:the\s+)?(?:(?P<month>{MONTH})\s?(?P<day>\d\d?)(?:st|nd|rd|th)?|"
    rf"(?P<day_first>\d\d?)(?:st|nd|rd|th)?\s(?:of\s)?(?P<month_after>{MONTH}))\b(?!\s?,?\s?\d{{4}})", re.IGNORECASE)
_DAY_BESIDE_WEEKDAY = re.compile(
    rf"\b(?:(?P<month>{MONTH})\s(?P<day>\d\d?)|(?P<day_first>\d\d?)(?:st|nd|rd|th)?\s(?P<month_after>{MONTH}))"
    rf"(?:\s?,\s?a\s|\s?,\s?|\s?\()(?P<weekday>{WEEKDAY})\b(?!\s?,?\s?(?:\d|{MONTH}))", re.IGNORECASE)


def written_on(
    dateline_date: str | None, published_at: datetime | None, page_date: PageDate | None, text: str,
) -> Written:
    """The day the report was written, as the head of this module says.

    dateline_date: as `ParsedDateline.date` gives it: "1990-01-03", "1990-01", "1990", "--08-30", "---03" or None.
    published_at: UTC, from metadata that says so outright. page_date: a date printed around the article.
    """
    published = published_at.date() if published_at else None
    bound = published or (page_date.date if page_date else None)
    if dateline_date and dateline_date[0] != "-":
        return _from_full(dateline_date)
    if dateline_date and re.fullmatch(r"--\d\d-\d\d", dateline_date) and bound:
        return _from_yearless(int(dateline_date[2:4]), int(dateline_date[5:7]), published, bound, text)
    if dateline_date and re.fullmatch(r"---\d\d", dateline_date) and published:
        day = _last_day_numbered(int(dateline_date[3:]), published)
        return Written(day, day, (day,), "dateline")
    stamped = _stamped(text, published)
    if stamped:
        return Written(stamped[0], stamped[-1], stamped, "text")
    if published:
        return Written(published, published, (published,), "metadata")
    told = not_before(text, bound)
    if bound:
        return Written(told, bound, (), "page")
    return Written(told, None, (), "text") if told else UNKNOWN_DAY


def _stamped(text: str, published: date | None) -> tuple[date, ...]:
    """The day printed at the head of the text: of the two that "03-04-2015" may be, that of the metadata's days."""
    stamp = stamp_in(text)
    if stamp is None:
        return ()
    told = not_before(text)
    days = tuple(on for on in stamp.days if told is None or told <= on)
    return tuple(on for on in days if published and abs((on - published).days) <= _SAME_DAYS) or days


def _from_full(said: str) -> Written:
    """A dateline that tells its year: a day, or the span of a month or year."""
    year, month, day = (int(part) for part in [*said.split("-"), "0", "0"][:3])
    if day:
        on = date(year, month, day)
        return Written(on, on, (on,), "dateline")
    last_month = month or 12
    last = date(year, last_month, calendar.monthrange(year, last_month)[1])
    return Written(date(year, month or 1, 1), last, (), "dateline")


def _from_yearless(month: int, day: int, published: date | None, bound: date, text: str) -> Written:
    years = range(bound.year - _YEARS_BACK, bound.year + 2)
    days = [on for on in (_day(year, month, day) for year in years) if on]
    if published:
        for on in days:
            if abs((on - published).days) <= _SAME_DAYS:
                return Written(on, on, (on,), "dateline")
    elif bound in days or bound - timedelta(days=1) in days:
        on = bound if bound in days else bound - timedelta(days=1)
        return Written(on, on, (on,), "dateline")        # a page of that day or the next: no crawl of later years
    possible = tuple(on for on in days if on <= bound)
    if not possible:
        return Written(None, bound, (), "metadata" if published else "page")
    told = not_before(text, bound)
    left = tuple(on for on in possible if told is None or on >= told) or possible
    left = _on_their_weekdays(left, text) or left
    return Written(left[0], left[-1], left, "dateline")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:                                   # 29 February, in most years
        return None


def _last_day_numbered(number: int, published: date) -> date:
    """The latest day with that number in its month, up to the day after `published` (a zone ahead of UTC)."""
    on = published + timedelta(days=1)
    while on.day != number:
        on -= timedelta(days=1)
    return on


def not_before(text: str, bound: date | None = None) -> date | None:
    """The first day on which the text can have been written: it tells as past "during 2020", "since June 2020".

    Plans do not count ("by 2025", "elections in 2024 will ..."), nor days behind `bound`, which must be misread.
    """
    days = [on for on in _told_as_past(text[:_LONGEST_READ]) if bound is None or on <= bound]
    return max(days, default=None)


def _told_as_past(text: str) -> Iterator[date]:
    for found in _YEARS_SINCE.finditer(text):
        on = _day(int(found["year"]) + _count(found["count"]), 1, 1)
        if on and not _TO_COME.search(_clause_around(text, found.start(), found.end())[0]):
            yield on
    for form in (_PAST_TIME, _PAST_SPAN, _PAST_EVENT):
        for found in form.finditer(text):
            before, behind = _clause_around(text, found.start(), found.end())
            if _TO_COME.search(before) or (found["cue"].lower() != "since" and _TO_COME.search(behind)):
                continue
            if found["cue"].lower() not in ("since", "the") and not _PAST_VERB.search(before + " " + behind):
                continue
            on = _first_day_of(found)
            if on:
                yield on


def _count(said: str) -> int:
    low = said.lower()
    table = _COUNT_WORDS if low in _COUNT_WORDS else _COUNT_NTHS
    return table.index(low) + 1 if low in table else int(re.sub(r"\D", "", low))


def _clause_around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind [start, end) in its sentence, no more than 200 characters each."""
    before = re.split(r"[.!?]\s|\n", text[max(0, start - 200):start])[-1]
    behind = re.split(r"[.!?](?:\s|[\"”])|\n|;", text[end:end + 200], maxsplit=1)[0]
    return before, behind


def _first_day_of(found: re.Match[str]) -> date | None:
    said = found.groupdict()
    month = said.get("month") or said.get("month_after")
    number = month_number(month) if month else None
    day = said.get("day") or said.get("day_first")
    return _day(int(said["year"]), number or 1, int(day) if day and number else 1)


def _on_their_weekdays(candidates: tuple[date, ...], text: str) -> tuple[date, ...]:
    """Those candidates in whose year every weekday that the text prints beside a nearby day is right.

    None are taken out where the text prints no such day, or where it fits no year.
    """
    said = list(_weekdays_said(text[:_LONGEST_READ]))
    return tuple(on for on in candidates if all(
        _falls_on(on, month, day, weekday) for month, day, weekday in said))


def _weekdays_said(text: str) -> Iterator[tuple[int, int, int]]:
    for found in (*_WEEKDAY_BESIDE_DAY.finditer(text), *_DAY_BESIDE_WEEKDAY.finditer(text)):
        month = month_number(found["month"] or found["month_after"])
        weekday = weekday_number(found["weekday"])
        if month and weekday is not None:
            yield month, int(found["day"] or found["day_first"]), weekday


def _falls_on(candidate: date, month: int, day: int, weekday: int) -> bool:
    """Whether that day falls on `weekday` in the year of `candidate`; days far from it prove nothing."""
    near = [on for on in (_day(year, month, day) for year in range(candidate.year - 1, candidate.year + 2))
            if on and abs((on - candidate).days) <= _NEARBY_DAYS]
    return not near or near[0].weekday() == weekday


# --- updates, corrections, retractions --------------------------------------------------------------------------------

_STORY = r"(?:story|article|report|item|dispatch|post|version)"
# Each table: what a slug or lede line says; what a title opens or closes with; what a note in the text says.
_MARKS: tuple[tuple[UpdateKind, re.Pattern[str]], ...] = (
    ("retraction", re.compile(r"\b(?:MANDATORY |BULLETIN )?KILL\b|(?i:\bretract(?:s|ed|ion)\b|\bwithdraw(?:s|n|"
                              r"al)?\b)")),
    ("correction", re.compile(r"(?i:\bcorrect(?:s|ed|ion|ing)\b|\bclarif(?:ies|ied|ication)\b|\bfixes\b)")),
    ("update", re.compile(r"(?i:\bupdate[sd]?\b|\bupdating\b|\badds?\b|\brecasts?\b|\bwrapup\b|\bwrite-?thru\b|\bld\b|"
                          r"\blede?\b|\b(?:new|\d+(?:st|nd|rd|th)) lead\b)")),
)
_TITLES: tuple[tuple[UpdateKind, re.Pattern[str]], ...] = (
    ("retraction", re.compile(r"(?:(?:BC-|MANDATORY |BULLETIN )?KILL\s*[-–:,]|ADVISORY\b.*\bKILL\b|"
                              r"(?i:(?:retraction|retracted|withdrawn)\s*[-–—:]|(?:\W|^)\((?:retracted|withdrawn)\)|"
                              r".*\bwithdraws story\b))")),
    ("correction", re.compile(r"(?i:(?:refile-)?(?:correct(?:ed|ion|s)|clarification)\s*(?:\d+\s*)?[-–—:(]|"
                              r".*[(\[](?:corrected|correction)[)\]]\s*$)")),
    ("update", re.compile(r"(?i:(?:updated?|wrapup|recasts?)\s*(?:\d+\s*)?[-–—:(]|"
                          r".*[(\[](?:updated?|update \d+)[)\]]\s*$|.*\s[-–—]\s?update(?: \d+)?\s*$)")),
)
# With what one of each kind cannot do without: most texts have none of it, and that is found out much sooner.
_NOTES: tuple[tuple[UpdateKind, re.Pattern[str], tuple[str, ...]], ...] = (
    ("retraction", re.compile(rf"(?i:\bthis {_STORY} (?:has been|was|is) (?:retracted|withdrawn)\b|\b(?:withdraws|"
                              rf"retracts|has withdrawn|has retracted|"
                              rf"is withdrawing) (?:its|the|this|a|an)? ?(?:\w+ )?{_STORY}\b|\bwithdraws story\b)|"
                              rf"\bADVISORY\b.{{0,80}}\bKILL\b"), ("retract", "withdr", "advisory")),
    ("correction", re.compile(rf"(?i:\bthis {_STORY} (?:has been|was|is) corrected\b|\b(?:an|"
                              rf"the) earlier version of this {_STORY}\b|"
                              rf"\b{_STORY} (?:has been )?corrected to\b|^\W*(?:correction|clarification)\s*:|"
                              rf"^\W*\(?(?:corrects|this version corrects)\b)",
                              re.MULTILINE), ("correct", "earlier version", "clarification")),
    ("update", re.compile(rf"(?i:\bthis {_STORY} (?:has been|was|is being|will be) updated\b|^\W*\(?(?:updates with|"
                          rf"adds (?:details|quotes|background|comment)))",
                          re.MULTILINE), ("updat", "adds ")),
)
_NOTE_CHARS = 800                # a note stands at the head or the foot of a text


def update_kind(title: str | None, marks: tuple[str, ...], text: str) -> UpdateKind | None:
    """Whether a report says that it updates, corrects or retracts an earlier one; the gravest of what it says.

    marks: the slugs and lede lines above it. Only wires' own forms count: "KILL" in a slug, no killing in a sentence.
    """
    notes = text if len(text) <= 2 * _NOTE_CHARS else text[:_NOTE_CHARS] + "\n" + text[-_NOTE_CHARS:]
    small = notes.lower()
    for at in range(len(_MARKS)):
        kind, note, needed = _NOTES[at]
        said = any(_MARKS[at][1].search(mark[:300]) for mark in marks) or (
            any(word in small for word in needed) and note.search(notes))
        if said or (title and _TITLES[at][1].match(title[:300].strip())):
            return kind
    return None
