"""The forms in which reports tell times, each with its reader: the table is the grammar.

How a form is written: words.py. The named group `x`, where there is one, is the expression; else the whole match. Of forms
that overlap the longest match wins, of equals the form listed first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dateline.when import read_clocks as clocks
from dateline.when import read_dates as dates
from dateline.when import read_durations as durations
from dateline.when import read_units as units
from dateline.when.readings import Reading
from dateline.when.said import Said
from dateline.when.pattern import compile_form

Reader = Callable[[Said], Reading | None]


@dataclass(frozen=True, slots=True)
class Form:
    name: str
    pattern: re.Pattern[str]
    read: Reader
    group: int | str


def _form(name: str, form: str, read: Reader) -> Form:
    pattern = compile_form(form)
    return Form(name, pattern, read, "x" if "x" in pattern.groupindex else 0)


# Parts that forms share.
EARLY = "(?:(?P<early>early|late|earlier|later) on?)?"
SOME_EDGE = ("(?:the? (?P<edge>early|late|mid|earlier|later|latter) (?:part of|-)? in? the?"
             "|the? (?P<edge2>beginning|start|opening|middle|end|close|first half|last half|second half|latter half|latter part"
             "|early part) (?:of|in) the?)")
EDGE = f"{SOME_EDGE}?"
NIGHT = "(?:the? (?P<night>night) of the?)?"
WEEKDAY_BEFORE = "(?:(?P<weekday>WD) ,? the?)?"
YEAR_AFTER = "(?:(?:,|of|in)? (?P<year>YEAR|SHORTYEAR))?"
SOME_YEAR = "(?P<which>last|this|next|that|that same|the same|the following|the previous|the next) year"
MOD = ("(?:(?P<mod>APPROX|more than|over|less than|under|at least|at most|up to|no more than|no less than|as long as"
       "|just under|just over|well over|within|a little more than|a little less than|or so))?")
N = "(?P<n>NUM|a|an|several|(?:a|the)? few|many|some|numerous|(?:a|the)? couple of?)"
UNIT = "(?P<unit>UNIT|UNITS)"
ZONE = "(?P<zone>ZONE|local time|local)?"
NOT_AGE = "(?!-? old|-? olds|of age)"
DASH_TO = "(?:-|to|until|till|through)"

FORMS = (
    # ---- days
    _form("day month", f"{NIGHT} {EARLY} {WEEKDAY_BEFORE} (?:(?:between|from) the?)? "
          "(?P<day>DAY|NTH|ORD(?=of)) (?:(?:-|to|until|and(?! _)|or) the? (?P<until>DAY|NTH))? of? (?P<month>MONTH) "
          "(?:(?:,|of)? (?P<year>YEAR|SHORTYEAR)|,? (?P<yy>YY)(?!_|%|:|/|NUM|MONTH))? (?P<part>PART)?", dates.read_date),
    _form("month day", f"{NIGHT} {EARLY} {WEEKDAY_BEFORE} (?P<month>MONTH) the? (?P<day>DAY|NTH|ORD) "
          "(?:(?:-|to|until|through|and(?=(?:DAY|NTH)(?!_|NUM|MONTH))|or) (?P<until>DAY|NTH)(?!MONTH|HALF))? (?!%) "
          f"{YEAR_AFTER} (?P<part>PART)?", dates.read_date),
    _form("month day of that year", f"(?:(?P<month>MONTH) the? (?P<day>DAY|NTH)|(?P<day2>DAY|NTH) (?P<month2>MONTH)) ,? of? {SOME_YEAR}",
          dates.read_date_of_year),
    _form("days of two months", "(?:from|between)? (?P<day>DAY|NTH) (?P<month>MONTH) (?:,? (?P<year1>YEAR))? "
          f"{DASH_TO} (?P<day2>DAY|NTH) (?P<month2>MONTH) (?:,? (?P<year>YEAR))?",
          dates.read_two_dates),
    _form("between days of two months", "between (?P<day>DAY|NTH) (?P<month>MONTH) (?:,? (?P<year1>YEAR))? and "
          "(?P<day2>DAY|NTH) (?P<month2>MONTH) (?:,? (?P<year>YEAR))?", dates.read_two_dates),
    _form("months first", "(?:from|between)? (?P<month>MONTH) (?P<day>DAY|NTH) (?:, (?P<year1>YEAR))? "
          f"{DASH_TO} (?P<month2>MONTH) (?P<day2>DAY|NTH) (?:,? (?P<year>YEAR))?", dates.read_two_dates),
    _form("between months first", "between (?P<month>MONTH) (?P<day>DAY|NTH) (?:, (?P<year1>YEAR))? and "
          "(?P<month2>MONTH) (?P<day2>DAY|NTH) (?:,? (?P<year>YEAR))?", dates.read_two_dates),
    _form("numbers", "(?P<iso>ISO)|(?P<slashed>SLASHED)", dates.read_numeric),
    _form("weekday", "(?:(?P<which>last|next|this past?|past|this coming|coming|the previous|the following|the next|that"
          f"|the same|that same))? {EARLY} (?<!black)(?<!bloody)(?<!palm)(?<!good)(?<!ash) (?P<weekday>WEEKDAY) CLITIC? "
          "(?:(?:at|-)? (?P<part>PART))? (?:of? (?P<week>last|this|next) week)? "
          "(?!times|telegraph|herald|post|mail|express|mirror|independent|star)", dates.read_weekday),
    _form("short weekday", "(?:on|last|next|this) (?P<x>(?P<weekday>WDABBR) .?)(?=.|,|_|at|PART)", dates.read_weekday),
    _form("near day", "(?:(?P<early>early|late|earlier|later))? (?P<near>the day before yesterday|the day after tomorrow|today"
          "|yesterday|tomorrow|tonight) CLITIC? (?P<part>PART)?", dates.read_near_day),
    _form("weekday nth", "(?P<weekday>WEEKDAY) ,? the (?P<day>NTH)(?!_|MONTH|of)", dates.read_nth),
    _form("nth", "the (?P<day>NTH)(?!and the? (?:NTH|ORD))(?=.|,|;|:|and|at|when|that|to|in|on|as|but|with|by|END)", dates.read_nth),
    _form("holiday", "(?<!operation) (?P<which>last|this|next)? (?P<holiday>christmas (?:day|eve|night)?|boxing day|new year CLITIC? (?:day|eve)"
          "|valentine CLITIC? day|halloween|may day|independence day|bastille day|veterans day|armistice day|nowruz"
          "|memorial day|labor day|columbus day|thanksgiving day?|easter (?:sunday|monday|day)?|good friday|palm sunday"
          "|ash wednesday|holy saturday|pentecost|ramadan|ramazan|muharram|ashura|arbaeen|eid -? (?:al|ul) -? (?:fitr|adha))"
          f" {YEAR_AFTER}", dates.read_holiday),
    # ---- months and longer
    _form("month before another", "(?P<x>(?:(?P<edge>early|late|mid) -?)? (?P<month>FULLMONTH))(?=(?:,|and|or|to|-|through) "
          "(?:(?:early|late|mid) -?)? FULLMONTH ,? of? (?P<year>YEAR))", units.read_month),
    _form("day before another", "(?P<x>(?P<day>DAY|NTH) (?P<month>FULLMONTH))(?=(?:,|and|or) the? (?:DAY|NTH) FULLMONTH ,? of? (?P<year>YEAR))",
          dates.read_date),
    _form("month day before another", "(?P<x>(?P<month>FULLMONTH) (?P<day>DAY|NTH))(?=(?:,|and|or) (?:FULLMONTH)? (?:DAY|NTH) ,? (?P<year>YEAR))",
          dates.read_date),
    _form("month of a year", f"{EDGE} (?P<month>MONTH) (?:,|of|in)? (?P<year>YEAR|SHORTYEAR)", units.read_month),
    _form("month of that year", f"{EDGE} (?P<month>MONTH) ,? (?:of|in)? {SOME_YEAR}", units.read_month_of_year),
    _form("month", f"{EDGE} (?:(?P<which>last|next|this past?|past|this coming|the following|the previous|that))? "
          "(?P<month>SUREMONTH|ABBRMONTH .?)", units.read_month),
    _form("edge of a month", f"{SOME_EDGE} (?P<month>FULLMONTH)", units.read_month),
    _form("which month", "(?P<which>last|next|this past?|past|this coming|the following|the previous) (?P<month>FULLMONTH)",
          units.read_month),
    _form("month after a preposition", "(?:in|since|during|until|by|of|from|to|between|and|through|before|after|,) (?P<x>(?P<month>FULLMONTH))",
          units.read_month),
    _form("month in any letters", "(?:in|since|during|until|by|last|next|this) (?P<x>(?P<month>UNSUREMONTH))(?=.|,|;|:|and)",
          units.read_month),
    _form("months", f"(?:from|between)? (?P<month>MONTH) (?:,? (?P<year1>YEAR))? (?:-|to|until|through) (?P<month2>MONTH) "
          "(?:(?:,|of)? (?P<year>YEAR))", units.read_months),
    _form("between months", "between (?P<month>MONTH) (?:,? (?P<year1>YEAR))? and (?P<month2>MONTH) "
          "(?:(?:,|of)? (?P<year>YEAR))", units.read_months),
    _form("half of a year", "the? (?P<which>first|second|last|latter) half of (?:fiscal? (?P<year>YEAR)|(?P<rel>this|last|next|the) year)",
          units.read_half),
    _form("before our era", f"{EDGE} (?:(?:(?P<day>DAY) )?(?P<month>MONTH) (?:,|of)?|(?P<season>SEASON) of?)? "
          "(?P<year>NUM|DECADE|(?P<nth>NTH|ORD) century) (?P<bc>BC)", units.read_bc),
    _form("years before our era", "(?P<year>NUM) (?:-|to) (?P<until>NUM) (?P<bc>BC)", units.read_years_bc),
    _form("years from to", f"(?<!MONEY) (?:from|between)? (?P<year>YEAR) (?:-|/|to|until|through) (?P<until>YEAR|YY|SHORTYEAR)"
          "(?!%|/|-)", units.read_years),
    _form("between years", "between (?P<year>YEAR) and (?P<until>YEAR)", units.read_years),
    _form("year after a preposition", "(?:in|since|during|until|till|by|from|before|after|of|through|throughout|and|between|to"
          f"|or|the|fiscal) (?P<x>{EDGE} (?P<year>YEAR))(?!%|NUM|people|civilians|men|women|dead|killed|wounded)",
          units.read_year),
    _form("year", f"(?<!MONEY)(?<!-)(?<!:)(?<!than)(?<!least)(?<!NUM)"
          "(?<!resolution)(?<!flight)(?<!boeing)(?<!article)(?<!section)(?<!highway)(?<!decree)"
          f"(?P<x>{EDGE} (?P<year>YEAR|SHORTYEAR))"
          "(?!%|NUM|people|men|women|dead|killed|wounded|hours|hrs|ZONE|local|UNITS|UNIT)", units.read_bare_year),
    _form("the year", f"the year (?P<year>YEAR|SPELLED)", units.read_year),
    _form("fiscal year", "(?P<fiscal>fiscal) (?P<year>YEAR|SHORTYEAR)", units.read_year),
    _form("decade", f"{EDGE} the? (?P<decade>DECADE|NAMEDECADE)", units.read_decade),
    _form("century", f"{EDGE} the? (?P<nth>NTH|ORD) -? century", units.read_century),
    _form("season of a year", f"{EDGE} the? (?P<season>SEASON) (?:,|of|in)? (?P<year>YEAR|SHORTYEAR)", units.read_season),
    _form("year and season", "(?P<year>YEAR) (?P<season>SEASON)", units.read_season),
    _form("season before another", "(?P<x>the? (?P<season>SEASON))(?=and (?:(?:early|late) )? SEASON (?:of|in)? (?P<year>YEAR))", units.read_season),
    _form("season of that year", f"{EDGE} the? (?P<season>SEASON) ,? (?:of|in)? {SOME_YEAR}", units.read_season_of_year),
    _form("this season", f"{EDGE} (?P<which>last|this past?|next|that|the following|the previous|the next|past) (?P<season>SEASON)",
          units.read_season),
    _form("season", f"(?:in|during|by|until|since|through|throughout|that|of|before|after) (?P<x>{EDGE} the? (?P<season>SEASON))(?!of)",
          units.read_season),
    _form("sure season", f"(?:the? (?P<edge>early|late|mid) -?)? the? (?P<season>summer|winter|autumn)", units.read_season),
    _form("quarter of a year", f"(?:{EDGE} the? fiscal? (?:(?P<year1>YEAR) CLITIC?|(?P<which>last|this|next) year CLITIC"
          "|year -? (?P<ago>ago|earlier)|comparable|corresponding|flat)? fiscal? -? (?P<q>ORD) -? quarter)"
          "(?: (?:of|in|,)? the? fiscal? (?P<year>YEAR|SHORTYEAR))?", units.read_quarter),
    _form("the quarter", "(?:the|this|last|next|that|its)? (?:(?P<which>latest|current|same|past|previous|preceding|last|next|this|most recent)"
          "|(?P<year>YEAR)|comparable? (?:year -? (?P<ago>ago|earlier))) (?:fiscal)? (?P<unit>quarter|period)",
          units.read_the_quarter),
    _form("last year's quarter", "(?P<rel>last|this|next) year CLITIC (?P<unit>quarter|period)", units.read_the_quarter),
    _form("the bare quarter", "(?P<det>the|this|that|last|next) (?P<unit>quarter)(?!of a|of an|of the|NUM)", units.read_the_quarter),
    _form("year ago", "the? year -? (?P<ago>ago|earlier)", units.read_year_ago),
    _form("year end", f"(?:the)? (?P<unit>year|month|week|quarter|decade) (?:CLITIC|-)? end", units.read_end),
    _form("last unit", f"{EDGE} (?P<which>last|previous|this|this same|this past|next|following|coming|same|that|that same|current|preceding"
          "|the (?:last|previous|next|following|coming|same|very same|very next|current|preceding|past|latest|present)) fiscal? "
          "(?P<unit>week|weekend|month|quarter|year|day|night|fortnight|decade|century)(?!-)", units.read_last_unit),
    _form("week of a month", "the (?P<which>first|last|final|second|third|fourth) (?P<unit>week|weekend) of (?P<month>MONTH) (?:(?:,|of)? (?P<year>YEAR))?",
          units.read_week_of_month),
    _form("edge of the unit", "(?:the? (?P<edge2>beginning|start|middle|end|close|latter half|first half|latter part) of|(?P<edge>early|late|later|earlier) in) "
          "the? (?:same)? (?P<unit>week|month|year|decade|century|day)", units.read_the_unit),
    _form("unit ended", "the full? fiscal? (?P<unit>year|quarter|month|week)(?=ended|ending)", durations.read_duration),
    _form("the unit", "the full? fiscal? (?P<unit>week|year|weekend)(?! -|before|after|following|of|when|that)", units.read_the_unit),
    _form("day beside", "the? (?P<unit>day|night|evening|morning|week|month|year) (?P<way>before|after|following|previous)(?=.|,|;|:|in|at|END)",
          units.read_beside),
    _form("day after that", "(?:the|a) day (?P<way>before|after|following)(?!_)(?!the|a|an|that|his|her|it|they|he|she|WEEKDAY)", units.read_beside),
    # ---- parts of the day and clocks
    _form("this part", "(?:(?P<when>early|late|earlier|later|mid) (?:on)?)? (?P<which>this|last|that|that same|this same|the same|the next"
          "|the following|the previous|the very next) (?P<part>PART)", clocks.read_this_part),
    _form("part of day", "(?:in the|during the|before|at|after|by|until|shortly after|shortly before|just after|just before|around|about"
          "|in|the|on the|of) (?:(?P<when>early|late|mid) -?)? (?P<x>(?P<part>PART|early hours|small hours|wee hours))(?!of a)", clocks.read_part),
    _form("early part", "the? (?:early|late|mid) -? (?P<part>PART) hours?", clocks.read_part),
    _form("noon somewhere", f"(?P<part>noon|midnight) (?P<zone>ZONE|local time)", clocks.read_part),
    _form("part", "(?<!operation)(?<!red)(?P<part>noon|midnight|dawn|daytime|nighttime|midday)(?!NUM)", clocks.read_part),
    _form("overnight", "overnight", clocks.read_overnight),
    _form("clock", f"(?:(?P<mod>APPROX))? (?:(?P<clock>CLOCK)|(?P<h>HOUR)) (?P<half>HALF) {ZONE}", clocks.read_clock),
    _form("clock of 24", f"(?:(?P<mod>APPROX))? (?P<clock>CLOCK) (?:hours|hrs|h)? {ZONE}", clocks.read_clock),
    _form("military clock", f"(?:(?P<mod>APPROX))? (?:(?P<hhmm>HHMM) (?:hours|hrs|h|(?=ZONE|local))|(?P<hhmm2>MILITARY) ) (?:hours|hrs)? {ZONE}",
          clocks.read_clock),
    _form("at 1530", "at (?:about|around|approximately)? (?P<x>(?P<hhmm>HHMM))(?!_|NUM|,)", clocks.read_clock),
    _form("8 in the morning", "(?:at|about|around|by|until|before|after) (?P<x>(?P<h>HOUR|SPELLED) (?:in the|at) (?P<part>PART))",
          clocks.read_clock),
    _form("half past", "(?:(?P<past>half|a? quarter) past|a? (?P<to>quarter) to) (?P<h>HOUR|SPELLED)(?!UNIT|UNITS|_)", clocks.read_half_past),
    _form("o'clock", "(?:(?P<mod>APPROX))? (?P<h>HOUR|SPELLED) OCLOCK (?:(?:in the|at) (?P<part>PART))?", clocks.read_clock),
    # ---- sets
    _form("every", "(?:every|each) (?P<other>other|NUM|ORD)? (?P<each>WEEKDAY|FULLMONTH|SEASON|UNIT|PART|UNITS) (?P<part>PART)?",
          durations.read_every),
    _form("on Fridays", "(?P<each>WEEKDAYS)(?P<part>PARTS)?|(?P<each2>WEEKDAY) (?P<part2>PARTS)", durations.read_every),
    _form("per unit", "(?:once|twice|NUM times|per|MONEY NUM) (?P<x>(?:a|per|each|every)? (?P<unit>UNIT))", durations.read_rate),
    _form("rate", "(?:NUM|UNITS|UNIT|times|percent|PARTS|%|each|apiece) (?P<x>(?:a|an) (?P<unit>UNIT))(?!-|ago|earlier|later|before|after|and a half)",
          durations.read_rate),
    _form("per", "(?P<x>per (?P<unit>day|week|month|year|hour|minute|annum))", durations.read_rate),
    _form("daily", "(?P<adverb>daily|weekly|monthly|yearly|annually|nightly|hourly|biweekly|fortnightly)", durations.read_adverb),
    # ---- durations
    _form("ago", f"{MOD} {N} (?:FULL|-)? {UNIT} (?:or so)? (?P<way>ago|before|earlier|later|after|previously|afterwards|hence)"
          "(?<!after)", durations.read_ago),
    _form("from now", f"{MOD} {N} {UNIT} (?P<way>from now|from today|hence)", durations.read_ago),
    _form("ago with after", f"{MOD} {N} {UNIT} (?P<way>after)(?=.|,|;)", durations.read_ago),
    _form("a while ago", "(?<!that)(?P<unit>UNITS|long|some time|a long time|moments) (?P<way>ago|earlier|later|before)(?!the|a|an|his|her|they)",
          durations.read_vague_ago),
    _form("stretch", "(?:(?P<mod>APPROX|at least|more than|less than))? (?:the|these|those)? (?P<which>last|past|next|coming|previous|following|first|final|latest|preceding|ensuing|intervening|subsequent)"
          f" (?:{N} (?:to (?P<n2>NUM))?)? (?:FULL)? (?P<unit>hours|minutes|days|nights|weeks|months|quarters|years|decades|centuries|hour|decade|century"
          "|year|month|week)(?:and (?P<unit2>UNITS))? (?:or so)?", durations.read_stretch),
    _form("duration", f"{MOD} (?:the|another|an additional|a full|a whole|a further|a mere|only|just)? {N} (?:FULL|-)? (?:FULL)? -? {UNIT} (?:-? long)? (?:or so|and a half)? {NOT_AGE}",
          durations.read_duration),
    _form("halves", f"{MOD} {N} and a? half -? {UNIT}", durations.read_duration),
    _form("from to units", f"{MOD} {N} (?:to|or|-|and) (?P<n2>NUM) -? {UNIT} {NOT_AGE}", durations.read_duration),
    _form("half a unit", f"{MOD} (?P<halved>half) (?:a|an|-) {UNIT}", durations.read_duration),
    _form("long", "(?P<unit>UNIT|UNITS) -? long(?!ago)", durations.read_duration),
    _form("quarter of an hour", "(?:(?:a|(?P<threes>three)) (?:quarter|quarters) of an hour)", durations.read_quarter_hour),
    _form("units", "(?<!NUM)(?<!-)(?P<unit>days|weeks|months|years|decades|centuries|hours)(?:(?:and|or) (?P<unit2>UNITS))? (?!ZONE)(?!-? old)", durations.read_units),
    _form("a while", "(?:for|in|after|within) (?P<x>some time|a while|a long time|a short time)", durations.read_while),
    # ---- references
    _form("present", "now|right now|currently|at present|at the moment|presently|nowadays|these days|the present|present -? day|modern day|current|the time being",
          durations.read_present),
    _form("past", "recently|more recently|lately|formerly|the recent? past|recent UNITS (?:and UNITS)?|recent|former|past UNITS|the other day", durations.read_past),
    _form("future", "the (?:near|immediate|foreseeable|distant)? future|in (?P<x>future)|as soon as possible|coming UNITS|the (?:near|short|long) term",
          durations.read_future),
    _form("soon", "(?<!as)(?:soon|shortly)(?!after|before|afterward|afterwards|as|thereafter)", durations.read_soon),
    _form("that time", "(?:at|by|during|from|around|until|in|since) (?P<x>(?:this|that|the same|this same|that same) (?:time|period|point|moment))",
          durations.read_that_time),
)
