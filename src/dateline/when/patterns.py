"""The forms in which reports tell times, each a pattern with its reader. None backtracks beyond its own words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dateline.when.readers import (
    read_adverb_set,
    read_ago,
    read_clock,
    read_date,
    read_day_beside,
    read_decade,
    read_duration,
    read_every,
    read_last_unit,
    read_month,
    read_near_day,
    read_nth_of_month,
    read_numeric,
    read_oclock,
    read_overnight,
    read_part,
    read_past_stretch,
    read_reference,
    read_season,
    read_the_weekend,
    read_this_part,
    read_two_months,
    read_weekday,
    read_years,
)
from dateline.when.readings import Reading

Match = re.Match[str]

_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WEEKDAY_ANY = rf"(?:{_WEEKDAY}|(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\b\.?)"
_MONTH = (r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
          r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)")
# without May and March, which are words too
_MONTH_SAFE = (r"(?:January|February|April|June|July|August|September|October|November|December"
               r"|JANUARY|FEBRUARY|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)")
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_NTH = rf"{_DAY}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20)[0-9]{2}"
_PART = r"(?:morning|afternoon|evening|night)"
_EARLY = r"(?:early|late)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_WORDS = (r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
          r"|seventeen|eighteen|nineteen"
          r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
          r"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
          r"|a\scouple\sof|several|a\sfew|few|many|some|[0-9]{1,4})")
_UNIT = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?|centur(?:y|ies))"
_LONG_UNIT = r"(?:days?|nights?|weeks?|fortnights?|months?|years?|decades?)"
_SP = r"(?:[ \t\u00a0]{1,3}\n?[ \t]{0,3}|\n[ \t]{0,3})"
_MODIFIED = r"(?:(?:about|around|nearly|almost|roughly|some|more\sthan|less\sthan|at\sleast|over|approximately)\s)?"


@dataclass(frozen=True, slots=True)
class Form:
    """One form of time expression. The named group `x`, where there is one, is the expression; else the whole match."""

    name: str
    pattern: re.Pattern[str]
    read: Callable[[Match], Reading | None]


def _form(name: str, pattern: str, read: Callable[[Match], Reading | None], *, case: bool = False) -> Form:
    return Form(name, re.compile(pattern, 0 if case else re.IGNORECASE), read)


_WD_BEFORE = rf"(?:\b(?P<weekday>{_WEEKDAY_ANY}),?{_SP}(?:the{_SP})?)?"
_ON = r"(?:,?\s{1,2}(?:of\s)?(?P<year>" + _YEAR + r")\b|,?\s{1,2}['\u2019]?(?P<yy>[0-9]{2})\b(?!\s?[a-z:.,%]))?"
_NIGHT_OF = rf"(?:(?P<night>the{_SP}night{_SP}of){_SP})?"
_EDGE = r"(?:(?P<edge>early|mid|late)[- ](?:in\s)?)?"

FORMS = (
    _form(
        "day month",
        rf"{_NIGHT_OF}(?:\b(?P<early>{_EARLY}){_SP}(?:on{_SP})?)?{_WD_BEFORE}(?:between\s|from\s)?\b"
        rf"(?P<day>{_NTH})"
        rf"(?:\s?(?:-|\u2013|to|and|or)\s?(?P<until>{_NTH}))?{_SP}(?:of{_SP})?(?P<month>{_MONTH}){_ON}"
        rf"(?:\s(?P<part>{_PART})\b)?(?<=\w|\.)(?!\w)",
        read_date,
    ),
    _form(
        "month day",
        rf"{_NIGHT_OF}(?:\b(?P<early>{_EARLY}){_SP}(?:on{_SP})?)?{_WD_BEFORE}\b(?P<month>{_MONTH}){_SP}"
        rf"(?:the\s)?"
        rf"(?P<day>{_NTH})\b(?:\s?(?:-|\u2013|to|and|or)\s?(?P<until>{_NTH})\b)?(?![0-9:])(?:,?\s{{1,2}}"
        rf"(?P<year>{_YEAR})\b)?"
        rf"(?:\s(?P<part>{_PART})\b)?",
        read_date,
    ),
    _form(
        "two months",
        rf"\b(?:between\s|from\s)?(?P<day>{_NTH}){_SP}(?P<month>{_MONTH})\s?(?:-|\u2013|to|and)\s?"
        rf"(?P<day2>{_NTH}){_SP}(?P<month2>{_MONTH})(?:,?\s{{1,2}}(?P<year>{_YEAR})\b)?",
        read_two_months,
    ),
    _form(
        "numbers",
        r"(?<![\w./-])(?:(?P<iso>(?P<y>[12][0-9]{3})-(?P<m>[01][0-9])-(?P<d>[0-3][0-9]))(?:[T ]"
        r"(?P<clock>[0-2][0-9]:[0-5][0-9])"
        r"(?::[0-9]{2})?Z?)?|(?P<a>[0-3]?[0-9])(?P<sep>[-/.])(?P<b>[0-3]?[0-9])(?P=sep)"
        r"(?P<y2>[12][0-9]{3}))"
        r"(?![\w/-])",
        read_numeric,
    ),
    _form(
        "weekday",
        rf"(?:\b(?P<which>last|next|this|past|this\spast|this\scoming|the\sprevious|the\sfollowing){_SP})?"
        rf"(?:\b(?P<early>{_EARLY}){_SP}(?:on{_SP})?)?(?<!bloody )(?<!black )(?<!palm )\b"
        rf"(?P<weekday>{_WEEKDAY})\b"
        rf"(?:['\u2019]s\b)?"
        rf"(?:{_SP}(?P<part>{_PART})\b)?(?:{_SP}(?:of{_SP})?(?P<week>last|this|next){_SP}week\b)?"
        r"(?!\s(?:times|telegraph|herald|post|mail|express|mirror|independent)\b)",
        read_weekday,
    ),
    _form(
        "near day",
        rf"\b(?:(?P<early>{_EARLY})\s)?(?P<near>the{_SP}day{_SP}before{_SP}yesterday|"
        rf"the{_SP}day{_SP}after{_SP}tomorrow"
        rf"|today|yesterday|tomorrow|tonight)\b(?:['\u2019]s\b)?(?:{_SP}(?P<part>{_PART})\b)?",
        read_near_day,
    ),
    _form(
        "this morning",
        rf"\b(?:(?:early|late|earlier|later)\s)?(?P<which>this|last){_SP}(?P<part>{_PART})\b"
        r"(?<!last morning)",
        read_this_part,
    ),
    _form("overnight", r"\bovernight\b", read_overnight),
    _form(
        "month",
        rf"{_EDGE}(?:\b(?P<which>last|next|this)\s)?\b(?P<month>{_MONTH}),?{_SP}(?:of\s)?(?P<year>{_YEAR})"
        rf"\b",
        read_month,
    ),
    _form(
        "bare month",
        rf"\b{_EDGE}(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s)?(?P<month>{_MONTH_SAFE})\b",
        read_month, case=True,
    ),
    _form(
        "month after a preposition",
        r"\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Uu]ntil|[Bb]y|[Ff]rom|[Oo]f|[Ii]n\sthe|[Ll]ast|[Nn]ext|[Tt]his)\s"
        r"(?P<x>(?:(?P<edge>early|mid|late)"
        r"[- ])?(?:(?P<which>last|next|this)\s)?(?P<month>March|May|Mar|Jan|Feb|Apr|Jun|Jul|Aug|Sept?|Oct|"
        r"Nov|Dec)"
        r"\b)",
        read_month, case=True,
    ),
    _form(
        "clock",
        r"(?<![\w:.])(?:(?:about|around|approximately|nearly|almost)\s)?(?P<h>[0-2]?[0-9])(?:[:.]"
        r"(?P<min>[0-5][0-9]))?(?::[0-5][0-9])?\s?(?P<half>[ap]\.?m\.?)(?!\w)"
        r"(?:\s(?:local\stime|gmt|utc|est|edt|cet|ist)\b)?",
        read_clock,
    ),
    _form(
        "clock of 24",
        r"(?<![\w:.])(?:(?:about|around|approximately|nearly|almost)\s)?(?P<h>[01]?[0-9]|2[0-4]):"
        r"(?P<min>[0-5][0-9])(?::[0-5][0-9])?(?![\w:])"
        r"(?:\s?(?:\(?local\stime\)?|gmt|utc|hours|hrs|ist|est|edt|cet)\b)?",
        read_clock,
    ),
    _form(
        "military clock",
        r"(?<![\w:.,])(?P<h>[01][0-9]|2[0-4])(?P<min>[0-5][0-9])\s?(?:hours|hrs|h|gmt|utc|z|local"
        r"(?:\stime)?)\b",
        read_clock,
    ),
    _form(
        "at 1530",
        r"\bat\s(?:about\s|around\s|approximately\s)?(?P<x>(?P<h>[01][0-9]|2[0-3])(?P<min>[0-5][0-9]))\b"
        r"(?!\s[a-z]+s\b|[,.][0-9])",
        read_clock,
    ),
    _form(
        "years from to",
        rf"(?<![\w.$\u20ac\u00a3/-])(?P<year>{_YEAR})(?:\s?[-\u2013/]\s?|\sto\s)(?P<until>{_YEAR}|"
        rf"[0-9]{{2}})\b"
        r"(?![\w/%.-]*[0-9])",
        read_years,
    ),
    _form(
        "year after a preposition",
        rf"\b(?:in|since|during|until|till|by|from|before|after|of|through|throughout|and|between|to)\s"
        rf"(?P<x>{_EDGE}(?P<year>{_YEAR}))\b(?![\w/%-]|[.,][0-9]|\s(?:people|civilians|men|women|dead|"
        rf"killed|"
        rf"wounded))",
        read_years,
    ),
    _form(
        "bare year",
        rf"(?<![\w.,$\u20ac\u00a3/:-])(?<!than\s)(?<!least\s)(?P<x>{_EDGE}(?P<year>{_YEAR}))\b(?![\w/%:-]|"
        rf"[.,][0-9]|\s[a-z]{{2,20}}s\b"
        r"|\s(?:people|men|women|dead|killed|wounded|hours|hrs|gmt|local))",
        read_years,
    ),
    _form("the year of", rf"\bthe\s(?P<x>{_EDGE}(?P<year>{_YEAR}))\s(?=[a-z]{{2,20}})", read_years),
    _form(
        "decade",
        r"\b(?:the\s)?(?:(?:early|mid|late)[- ])?(?P<decade>(?:1[5-9]|20)[0-9]0)['\u2019]?s\b",
        read_decade,
    ),
    _form(
        "season",
        rf"\b(?:(?P<which>last|this|next)\s)?(?P<season>{_SEASON})(?:\s(?:of\s)?(?P<year>{_YEAR})\b)"
        rf"(?![\w-])",
        read_season,
    ),
    _form("last season", rf"\b(?P<which>last|this|next)\s(?P<season>{_SEASON})\b", read_season),
    _form(
        "last unit",
        rf"\b(?:(?:earlier|later|late|early)\s)?(?:the\s)?(?P<which>last|previous|this|next|following|"
        rf"coming|same|that)"
        rf"{_SP}(?P<unit>week|month|year|weekend|day|night)\b(?!['\u2019-])",
        read_last_unit,
    ),
    _form("the weekend", r"\bthe\sweekend\b", read_the_weekend),
    _form(
        "ago",
        rf"\b{_MODIFIED}(?P<n>{_WORDS}){_SP}(?P<unit>{_UNIT}){_SP}(?P<way>ago|before|earlier|later|after|"
        rf"previously)\b"
        r"(?<!after)(?!\s(?:the|a|an|his|her|their|its|it|he|she|they)\b)",
        read_ago,
    ),
    _form(
        "the day before",
        rf"\b(?:the|a){_SP}(?:day|night|evening){_SP}(?P<way>before|after)\b(?!\s\w+day\b)(?=\s*(?:[,.;:)]|"
        rf"$|in\b|at\b))",
        read_day_beside,
    ),
    _form(
        "the past weeks",
        rf"\b(?:the\s|these\s)?(?P<which>last|past|next|coming|previous|following){_SP}"
        rf"(?:(?P<n>{_WORDS}){_SP})?"
        rf"(?P<unit>hours?|{_LONG_UNIT})\b(?<!last week)(?<!last month)(?<!last year)(?<!last day)(?<!last "
        rf"night)"
        rf"(?<!next week)"
        r"(?<!next month)(?<!next year)(?<!next day)",
        read_past_stretch,
    ),
    _form(
        "nth",
        rf"\bthe{_SP}(?P<day>(?:3[01]|[12]?[0-9])(?:st|nd|rd|th))(?=\s*(?:[,.;:)]|$)|\s(?:and|at|when|that|"
        rf"of\sthe\smonth)\b)",
        read_nth_of_month,
    ),
    _form(
        "o'clock",
        r"\b(?P<h>[0-9]{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
        r"\so['\u2019]clock\b"
        rf"(?:\s(?:in\sthe|at)\s(?P<part>{_PART}))?",
        read_oclock,
    ),
    _form(
        "part of day",
        rf"\b(?:(?:in{_SP}the|during{_SP}the|before|at|after|by|until|shortly\safter|shortly\sbefore|"
        rf"just\safter|just\sbefore|around"
        rf"|about){_SP}(?:(?:early|late|mid-?){_SP})?)(?P<x>(?P<part>dawn|daybreak|sunrise|(?:early|small|"
        rf"wee){_SP}hours|morning|noon|midday|lunchtime"
        rf"|afternoon|dusk|sunset|evening|nightfall|night|midnight))\b",
        read_part,
    ),
    _form(
        "duration",
        rf"\b{_MODIFIED}(?P<n>{_WORDS})(?:{_SP}|-)(?:more{_SP}|consecutive{_SP}|straight{_SP}|full{_SP}|"
        rf"long{_SP})?(?P<unit>{_UNIT})\b"
        r"(?![-\s](?:old|olds|of\sage)\b)",
        read_duration,
    ),
    _form(
        "every",
        rf"\b(?:every|each){_SP}(?P<each>{_WEEKDAY}|second|minute|hour|day|night|week|month|year)\b",
        read_every,
    ),
    _form("on Fridays", rf"\b(?P<each>{_WEEKDAY})s\b", read_every),
    _form("daily", r"\b(?:daily|weekly|monthly|yearly|annually|nightly|hourly)\b", read_adverb_set),
    _form(
        "reference",
        r"\b(?:now|currently|at\spresent|at\sthe\smoment|presently|recently|soon|lately)\b",
        read_reference,
    ),
)
