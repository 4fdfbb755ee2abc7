"""The forms in which reports tell times, each with its reader: the table is the grammar.

How a form is written: pattern.py. The named group `x`, where there is one, is the expression; else the whole match. Of forms
that overlap the longest match wins, of equals the form listed first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dateline.when import read_clocks as clocks
from dateline.when import read_dates as dates
from dateline.when import read_durations as durations
from dateline.when import read_months as months
from dateline.when import read_units as units
from dateline.when.pattern import compile_form
from dateline.when.readings import Reading
from dateline.when.said import Said

Reader = Callable[[Said], Reading | None]


@dataclass(frozen=True, slots=True)
class Form:
    name: str
    pattern: re.Pattern[str]
    read: Reader
    group: int | str              # the group that is the expression


def _form(name: str, read: Reader, form: str) -> Form:
    pattern = compile_form(form)
    return Form(name, pattern, read, "x" if "x" in pattern.groupindex else 0)


# ---- what forms share
EARLY = "(?:(?P<early>early|late|earlier|later) on?)?"
SOME_EDGE = ("(?:the? (?P<edge>early|late|mid|earlier|later|latter) (?:part of|-)? in? the?"
             "|the? (?P<edge2>beginning|start|opening|middle|end|close|(?:first|last|second|latter) half|(?:latter|early) part)"
             " (?:of|in) the?)")
EDGE = f"{SOME_EDGE}?"
NIGHT = "(?:the? (?P<night>night) of the?)?"
WEEKDAY = "(?:(?P<weekday>WD) ,? the?)?"
YEAR = "(?:(?:,|of|in)? (?P<year>YEAR|SHORTYEAR))?"
THAT_YEAR = "(?P<which>last|this|next|that|that same|the same|the following|the previous|the next) year"
WHICH = "(?P<which>last|next|this past?|past|this coming|the following|the previous)"
MOD = ("(?:(?P<mod>APPROX|more than|over|less than|under|at least|at most|up to|no more than|no less than|as long as"
       "|just under|just over|well over|within|a little more than|a little less than))?")
N = "(?P<n>NUM|a|an|several|(?:a|the)? few|many|some|numerous|(?:a|the)? couple of?)"
UNIT = "(?P<unit>UNIT|UNITS)"
ABOUT = "(?:(?P<mod>APPROX))?"
ZONE = "(?P<zone>ZONE|local time|local)?"
NOT_AGE = "(?!-? old|-? olds|of age)"
TO = "(?:-|to|until|till|through)"
FIRST_DAY = "(?P<day>DAY|NTH) (?P<month>MONTH) (?:,? (?P<year1>YEAR))?"
LAST_DAY = "(?P<day2>DAY|NTH) (?P<month2>MONTH) (?:,? (?P<year>YEAR))?"
FIRST_DAY_OF = "(?P<month>MONTH) (?P<day>DAY|NTH) (?:, (?P<year1>YEAR))?"
LAST_DAY_OF = "(?P<month2>MONTH) (?P<day2>DAY|NTH) (?:,? (?P<year>YEAR))?"
# no "19 April Movement"
NO_NAME = "(?!movement|avenue|street|brigade|square|bridge|battalion|neighborhood|university|hospital|stadium)"
HOLIDAY = ("(?P<holiday>christmas (?:day|eve|night)?|boxing day|new year CLITIC? (?:day|eve)|valentine CLITIC? day|halloween"
           "|may day|independence day|bastille day|veterans day|armistice day|nowruz|memorial day|labor day|columbus day"
           "|thanksgiving day?|easter (?:sunday|monday|day)?|good friday|palm sunday|ash wednesday|holy saturday|pentecost"
           "|ramadan|ramazan|muharram|ashura|arbaeen|eid -? (?:al|ul) -? (?:fitr|adha))")

DAYS = (
    _form("day before another", dates.read_date,
          "(?P<x>(?P<day>DAY|NTH) (?P<month>FULLMONTH))(?=(?:,|and|or) the? (?:DAY|NTH) FULLMONTH ,? of? (?P<year>YEAR))"),
    _form("month day before another", dates.read_date,
          "(?P<x>(?P<month>FULLMONTH) (?P<day>DAY|NTH))(?=(?:,|and|or) FULLMONTH? (?:DAY|NTH) ,? (?P<year>YEAR))"),
    _form("day month", dates.read_date,
          f"{NIGHT} {EARLY} {WEEKDAY} (?:(?:between|from) the?)? (?P<day>DAY|NTH|ORD(?=of)) "
          "(?:(?:-|to|until|and(?! _)|or) the? (?P<until>DAY|NTH))? of? (?P<month>MONTH) "
          "(?:(?:,|of)? (?P<year>YEAR|SHORTYEAR)|,? (?P<yy>YY)(?!_|%|:|/|NUM|MONTH))? (?P<part>PART)? "
          f"{NO_NAME}"),
    _form("month day", dates.read_date,
          f"{NIGHT} {EARLY} {WEEKDAY} (?P<month>MONTH) the? (?P<day>DAY|NTH|ORD) "
          "(?:(?:-|to|until|through|or|and(?=(?:DAY|NTH)(?!_|NUM|MONTH))) (?P<until>DAY|NTH)(?!MONTH|HALF))? (?!%) "
          f"{YEAR} (?P<part>PART)? {NO_NAME}"),
    _form("day of that year", dates.read_date_of_year,
          f"(?:(?P<month>MONTH) the? (?P<day>DAY|NTH)|(?P<day2>DAY|NTH) (?P<month2>MONTH)) ,? of? {THAT_YEAR}"),
    _form("days of two months", dates.read_two_dates, f"from? {FIRST_DAY} {TO} {LAST_DAY}"),
    _form("between days of two months", dates.read_two_dates, f"between {FIRST_DAY} and {LAST_DAY}"),
    _form("days of two months, months first", dates.read_two_dates, f"from? {FIRST_DAY_OF} {TO} {LAST_DAY_OF}"),
    _form("between days, months first", dates.read_two_dates, f"between {FIRST_DAY_OF} and {LAST_DAY_OF}"),
    _form("numbers", dates.read_numeric, "(?P<iso>ISO)|(?P<slashed>SLASHED)"),
    _form("weekday", dates.read_weekday,
          f"(?:{WHICH}|(?P<which2>coming|the next|that|the same|that same))? {EARLY} "
          "(?<!black)(?<!bloody)(?<!palm)(?<!good)(?<!ash) (?P<weekday>WEEKDAY) CLITIC? (?:(?:at|-)? (?P<part>PART))? "
          "(?:of? (?P<week>last|this|next) week)? (?!times|telegraph|herald|post|mail|express|mirror|independent|star)"),
    _form("short weekday", dates.read_weekday,
          "(?:on|last|next|this) (?P<x>(?P<weekday>WDABBR) (?:.|(?=,|_|at|and|in|PART|END)))"),
    _form("Tuesdays raid", dates.read_weekday, "(?<!on)(?<!most)(?<!and)(?<!or)(?<!,) (?P<weekday>WEEKDAYS)(?=_)"),
    _form("near day", dates.read_near_day,
          "(?:(?P<early>early|late|earlier|later))? (?P<near>the day before yesterday|the day after tomorrow|today|yesterday"
          "|tomorrow|tonight) CLITIC? (?P<part>PART)?"),
    _form("weekday nth", dates.read_nth, "(?P<weekday>WEEKDAY) ,? the (?P<day>NTH)(?!_|MONTH|of)"),
    _form("nth", dates.read_nth,
          "the (?P<day>NTH)(?!and the? (?:NTH|ORD))(?=.|,|;|:|and|at|when|that|to|in|on|as|but|with|by|END)"),
    _form("holiday", dates.read_holiday, f"(?<!operation) (?P<which>last|this|next)? {HOLIDAY} {YEAR}"),
)

CLOCKS = (
    _form("this part", clocks.read_this_part,
          "(?:(?P<when>early|late|earlier|later|mid) on?)? (?P<which>this|last|that|that same|this same|the same|the next"
          "|the following|the previous|the very next) (?P<part>PART)"),
    _form("part of day", clocks.read_part,
          "(?:in the|during the|before|at|after|by|until|shortly after|shortly before|just after|just before|around|about"
          "|in|the|on the|of) (?:(?P<when>early|late|mid) -?)? (?P<x>(?P<part>PART|early hours|small hours|wee hours))(?!of a)"),
    _form("early part", clocks.read_part, "the? (?P<when>early|late|mid) -? (?P<part>PART) hours?"),
    _form("noon somewhere", clocks.read_part, "(?P<part>noon|midnight) (?P<zone>ZONE|local time)"),
    _form("noon", clocks.read_part,
          "(?<!operation)(?<!red) (?P<part>noon|midnight|dawn|daytime|nighttime|midday) (?!NUM)"),
    _form("overnight", clocks.read_overnight, "overnight"),
    _form("clock", clocks.read_clock, f"{ABOUT} (?:(?P<clock>CLOCK)|(?P<h>HOUR)) (?P<half>HALF) {ZONE}"),
    _form("clock of 24", clocks.read_clock, f"{ABOUT} (?P<clock>CLOCK) (?:hours|hrs|h)? {ZONE}"),
    _form("military clock", clocks.read_clock,
          f"{ABOUT} (?:(?P<hhmm>HHMM) (?:hours|hrs|h|(?=ZONE|local))|(?P<hhmm2>MILITARY)) (?:hours|hrs)? {ZONE}"),
    _form("at 1530", clocks.read_at, "at (?:about|around|approximately)? (?P<x>(?P<hhmm>HHMM))(?!NUM|, NUM)"),
    _form("8 in the morning", clocks.read_clock,
          "(?:at|about|around|by|until|before|after) (?P<x>(?P<h>HOUR|SPELLED) (?:in the|at) (?P<part>PART))"),
    _form("half past", clocks.read_half_past,
          "(?:(?P<past>half|a? quarter) past|a? (?P<to>quarter) to) (?P<h>HOUR|SPELLED)(?!UNIT|UNITS|_)"),
    _form("o'clock", clocks.read_clock, f"{ABOUT} (?P<h>HOUR|SPELLED) OCLOCK (?:(?:in the|at) (?P<part>PART))?"),
)

MONTHS = (
    _form("month before another", months.read_month,
          "(?P<x>(?:(?P<edge>early|late|mid) -?)? (?P<month>FULLMONTH))"
          "(?=(?:,|and|or|to|-|through) (?:(?:early|late|mid) -?)? FULLMONTH ,? of? (?P<year>YEAR))"),
    _form("month of a year", months.read_month, f"{EDGE} (?P<month>MONTH) (?:,|of|in)? (?P<year>YEAR|SHORTYEAR)"),
    _form("month of that year", months.read_month_of_year, f"{EDGE} (?P<month>MONTH) ,? (?:of|in)? {THAT_YEAR}"),
    _form("month", months.read_month, f"{EDGE} (?:{WHICH}|that)? (?P<month>SUREMONTH|ABBRMONTH .?) {NO_NAME}"),
    _form("edge of a month", months.read_month, f"{SOME_EDGE} (?P<month>FULLMONTH)"),
    _form("last March", months.read_month, f"{WHICH} (?P<month>FULLMONTH)"),
    _form("month after a preposition", months.read_month,
          "(?:in|since|during|until|by|of|from|to|between|and|through|before|after|,) (?P<x>(?P<month>FULLMONTH))"),
    _form("month in any letters", months.read_month,
          "(?:in|since|during|until|by|last|next|this) (?P<x>(?P<month>UNSUREMONTH|UNSUREABBR .?))(?=.|,|;|:|and|END)"),
    _form("months", months.read_months,
          f"from? (?P<month>MONTH) (?:,? (?P<year1>YEAR))? {TO} (?P<month2>MONTH) (?:,|of)? (?P<year>YEAR)"),
    _form("between months", months.read_months,
          "between (?P<month>MONTH) (?:,? (?P<year1>YEAR))? and (?P<month2>MONTH) (?:,|of)? (?P<year>YEAR)"),
    _form("week of a month", months.read_week_of_month,
          "the (?P<which>first|last|final|second|third|fourth) (?:week|weekend) of (?P<month>MONTH) (?:,|of)? (?P<year>YEAR)?"),
    _form("season of a year", months.read_season, f"{EDGE} the? (?P<season>SEASON) (?:,|of|in)? (?P<year>YEAR|SHORTYEAR)"),
    _form("year and season", months.read_season, "(?P<year>YEAR) (?P<season>SEASON)"),
    _form("season before another", months.read_season,
          "(?P<x>the? (?P<season>SEASON))(?=and (?:early|late)? SEASON (?:of|in)? (?P<year>YEAR))"),
    _form("season of that year", months.read_season_of_year, f"{EDGE} the? (?P<season>SEASON) ,? (?:of|in)? {THAT_YEAR}"),
    _form("last season", months.read_season, f"{EDGE} (?:{WHICH}|(?P<which2>that|the next)) (?P<season>SEASON)"),
    _form("season", months.read_season,
          "(?:in|during|by|until|since|through|throughout|that|of|before|after) "
          f"(?P<x>{EDGE} the? (?P<season>SEASON))(?!of)"),
    _form("sure season", months.read_season, "(?:the? (?P<edge>early|late|mid) -?)? the? (?P<season>summer|winter|autumn)"),
    _form("quarter of a year", months.read_quarter,
          f"{EDGE} the? fiscal? (?:(?P<year1>YEAR) CLITIC?|(?P<which>last|this|next) year CLITIC|year -? (?P<ago>ago|earlier)"
          "|comparable|corresponding|flat)? fiscal? -? (?P<q>ORD) -? quarter "
          "(?:(?:of|in|,)? the? fiscal? (?P<year>YEAR|SHORTYEAR))?"),
    _form("half of a year", months.read_half,
          "the? (?P<which>first|second|last|latter) half of (?:fiscal? (?P<year>YEAR)|(?P<rel>this|last|next|the) year)"),
    _form("the latest quarter", months.read_the_quarter,
          "(?:the|this|last|next|that|its)? (?:(?P<which>latest|current|same|past|previous|preceding|last|next|this|most recent)"
          "|(?P<year>YEAR)|comparable? year -? (?P<ago>ago|earlier)) fiscal? (?P<unit>quarter|period)"),
    _form("last year's quarter", months.read_the_quarter, "(?P<rel>last|this|next) year CLITIC (?P<unit>quarter|period)"),
    _form("the quarter", months.read_the_quarter,
          "(?P<det>the|this|that|last|next) (?P<unit>quarter)(?!of a|of an|of the|NUM)"),
    _form("year ago", months.read_year_ago, "the? year -? (?:ago|earlier)"),
)

YEARS = (
    _form("years before our era", units.read_years_bc, "(?P<year>NUM) (?:-|to) (?P<until>NUM) (?P<bc>BC)"),
    _form("before our era", units.read_bc,
          f"{EDGE} the? (?:(?:(?P<day>DAY) )?(?P<month>MONTH) (?:,|of)?|(?P<season>SEASON) of?)? "
          "(?P<year>NUM|DECADE|(?P<nth>NTH|ORD) century) (?P<bc>BC)"),
    _form("years from to", units.read_years, f"(?<!MONEY) from? (?P<year>YEAR) (?:/|{TO}) (?P<until>YEAR|YY|SHORTYEAR)(?!%|/|-)"),
    _form("between years", units.read_years, "between (?P<year>YEAR) and (?P<until>YEAR)"),
    _form("year after a preposition", units.read_year,
          "(?:in|since|during|until|till|by|from|before|after|of|through|throughout|and|between|to|or|the|fiscal) "
          f"(?P<x>{EDGE} (?P<year>YEAR))(?!%|NUM|people|civilians|men|women|dead|killed|wounded)"),
    _form("year", units.read_bare_year,
          "(?<!MONEY)(?<!-)(?<!:)(?<!than)(?<!least)(?<!NUM)(?<!resolution)(?<!flight)(?<!article)(?<!section)(?<!highway)"
          f"(?<!decree) (?P<x>{EDGE} (?P<year>YEAR|SHORTYEAR))"
          "(?!%|NUM|people|men|women|dead|killed|wounded|hours|hrs|ZONE|local|UNITS|UNIT)"),
    _form("the year", units.read_year, "the year (?P<year>YEAR|SPELLED)"),
    _form("fiscal year", units.read_year, "fiscal (?P<year>YEAR|SHORTYEAR)"),
    _form("decade", units.read_decade, f"{EDGE} the? (?P<decade>DECADE|NAMEDECADE)"),
    _form("century", units.read_century, f"{EDGE} the? (?P<nth>NTH|ORD) -? century"),
    _form("year end", units.read_end, "the? (?P<unit>year|month|week|quarter|decade) (?:CLITIC|-)? end"),
    _form("last unit", units.read_last_unit,
          f"{EDGE} (?P<which>last|previous|this|this same|this past|next|following|coming|same|that|that same|current|preceding"
          "|the (?:last|previous|next|following|coming|same|very same|very next|current|preceding|past|latest|present)) fiscal? "
          "(?P<unit>week|weekend|month|quarter|year|day|night|fortnight|decade|century)(?!-)"),
    _form("last months raid", units.read_last_unit, "(?P<which>last|this|next) (?P<unit>weeks|months|years)(?=_)"),
    _form("edge of the unit", units.read_the_unit, f"{SOME_EDGE} same? (?P<unit>week|month|year|decade|century|day)"),
    _form("year ended", durations.read_duration, "the full? fiscal? (?P<unit>year|quarter|month|week)(?=ended|ending)"),
    _form("the unit", units.read_the_unit,
          "the full? fiscal? (?P<unit>week|year|weekend)(?! -|before|after|following|of|when|that)"),
    _form("unit beside", units.read_beside,
          "the? (?P<unit>day|night|evening|morning|week|month|year) (?P<way>before|after|following|previous)"
          "(?=.|,|;|:|in|at|END)"),
    _form("day after that", units.read_beside,
          "(?:the|a) day (?P<way>before|after|following)(?!_)(?!the|a|an|that|his|her|it|they|he|she|WEEKDAY)"),
)

SETS = (
    _form("every", durations.read_every,
          "(?:every|each) (?P<other>other|NUM|ORD)? (?:(?P<weekday>WEEKDAY)|(?P<month>FULLMONTH)|(?P<season>SEASON)"
          "|(?P<unit>UNIT|UNITS)|(?P<each>PART)) (?P<part>PART)?"),
    _form("on Fridays", durations.read_every, "(?P<weekday>WEEKDAYS) (?P<part>PARTS)?"),
    _form("Friday nights", durations.read_every, "(?P<weekday>WEEKDAY) (?P<part>PARTS)"),
    _form("twice a week", durations.read_rate,
          "(?:once|twice|NUM times|per|MONEY NUM) (?P<x>(?:a|per|each|every)? (?P<unit>UNIT))"),
    _form("so much a week", durations.read_rate,
          "(?:NUM|UNITS|UNIT|times|percent|PARTS|%|each|apiece) "
          "(?P<x>(?:a|an) (?P<unit>UNIT))(?!-|ago|earlier|later|before|after|and a half)"),
    _form("per week", durations.read_rate, "per (?P<unit>day|week|month|year|hour|minute|annum)"),
    _form("daily", durations.read_adverb, "daily|weekly|monthly|yearly|annually|nightly|hourly|biweekly|fortnightly"),
)

DURATIONS = (
    _form("ago", durations.read_ago,
          f"{MOD} {N} (?:FULL|-)? {UNIT} (?:or so)? (?P<way>ago|before|earlier|later|previously|afterwards|hence)"),
    _form("from now", durations.read_ago, f"{MOD} {N} {UNIT} (?P<way>from now|from today)"),
    _form("after", durations.read_ago, f"{MOD} {N} {UNIT} (?P<way>after)(?=.|,|;)"),
    _form("a while ago", durations.read_vague_ago,
          "(?<!that) (?:UNITS|long|some time|a long time|moments) (?P<way>ago|earlier|later|before)"
          "(?!the|a|an|his|her|their|they)"),
    _form("the past two weeks", durations.read_stretch,
          "(?:(?P<mod>APPROX|at least|more than|less than))? (?P<the>the|these|those)? (?P<which>last|past|next|coming|previous"
          f"|following|first|final|latest|preceding|ensuing|intervening|subsequent) (?:{N} (?:to NUM)?)? FULL? {UNIT} "
          "(?:and UNITS)? (?:or so)?"),
    _form("duration", durations.read_duration,
          f"{MOD} (?:the|another|an additional|a full|a whole|a further|a mere|only|just)? {N} (?:FULL|-)? FULL? -? {UNIT} "
          f"(?:-? long|or so|(?P<half>and a half))? {NOT_AGE}"),
    _form("and a half", durations.read_duration, f"{MOD} {N} and a? (?P<half>half) -? {UNIT}"),
    _form("two to three", durations.read_duration, f"{MOD} {N} (?:to|or|-|and) NUM -? {UNIT} {NOT_AGE}"),
    _form("half a unit", durations.read_duration, f"{MOD} (?P<halved>half) (?:a|an|-) {UNIT}"),
    _form("long", durations.read_duration, f"{UNIT} -? long(?!ago)"),
    _form("quarter of an hour", durations.read_quarter_hour, "(?:a quarter|(?P<three>three) quarters) of an hour"),
    _form("units", durations.read_units,
          "(?<!NUM)(?<!-) (?P<unit>days|weeks|months|years|decades|centuries|hours) (?:(?:and|or) UNITS)? (?!ZONE)(?!-? old)"),
    _form("a while", durations.read_while, "(?:for|in|after|within) (?P<x>some time|a while|a long time|a short time)"),
)

REFERENCES = (
    _form("now", durations.read_present,
          "right? now|currently|at present|at the moment|presently|nowadays|these days|the present|present -? day|modern day"
          "|current|the time being"),
    _form("recently", durations.read_past,
          "more? recently|lately|formerly|the recent? past|recent UNITS (?:and UNITS)?|recent|former|past UNITS|the other day"),
    _form("the future", durations.read_future,
          "the (?:near|immediate|foreseeable|distant)? future|in (?P<x>future)|as soon as possible|coming UNITS"
          "|the (?:near|short|long) term"),
    _form("soon", durations.read_soon, "(?<!as)(?:soon|shortly)(?!after|before|afterward|afterwards|as|thereafter)"),
    _form("that time", durations.read_that_time,
          "(?:at|by|during|from|around|until|in|since) "
          "(?P<x>(?:this|that|the same|this same|that same) (?:time|period|point|moment))"),
)

FORMS = DAYS + CLOCKS + MONTHS + YEARS + SETS + DURATIONS + REFERENCES
