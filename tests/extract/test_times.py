"""What time expressions are found, and which days they mean. Places and people are made up."""

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.extract.document import Document
from dateline.extract.nlp import pipeline
from dateline.extract.times import find_times
from dateline.records import Written
from dateline.records.report import UNKNOWN_DAY
from dateline.when import read_times
from dateline.when.calendar import full_year, narrow_by_weekday, weekday_on_or_before
from helpers import a_report

MONDAY = date(2021, 8, 30)
ON_MONDAY = Written(MONDAY, MONDAY, (), "dateline")
THREE_YEARS = Written(date(2020, 8, 30), date(2022, 8, 30),
                      tuple(date(year, 8, 30) for year in (2020, 2021, 2022)), "dateline")


def day(iso):
    return date.fromisoformat(iso)


def only(text, written=ON_MONDAY):
    [mention] = read_times(text, written)
    return mention


@pytest.mark.parametrize(("text", "words", "iso"), [
    ("the attack on Thursday", "Thursday", "2021-08-26"),
    ("the attack on Monday", "Monday", "2021-08-30"),
    ("Last Thursday, a bomber came", "Last Thursday", "2021-08-26"),
    ("last Monday", "last Monday", "2021-08-23"),
    ("next Thursday", "next Thursday", "2021-09-02"),
    ("Thursday last week", "Thursday last week", "2021-08-26"),
    ("Thursday's raid", "Thursday's", "2021-08-26"),
    ("on Sunday", "Sunday", "2021-08-29"),
    ("today", "today", "2021-08-30"), ("yesterday", "yesterday", "2021-08-29"), ("tomorrow", "tomorrow", "2021-08-31"),
    ("the day before yesterday", "the day before yesterday", "2021-08-28"),
    ("on 27 January 2018", "27 January 2018", "2018-01-27"),
    ("January 27, 2018", "January 27, 2018", "2018-01-27"),
    ("Saturday, January 27, 2018", "Saturday, January 27, 2018", "2018-01-27"),
    ("the 27th of January 2018", "27th of January 2018", "2018-01-27"),
    ("January 27", "January 27", "2021-01-27"), ("27 Jan", "27 Jan", "2021-01-27"),
    ("December 5", "December 5", "2020-12-05"),
    ("3 JAN 90", "3 JAN 90", "1990-01-03"),
    ("2018-01-27", "2018-01-27", "2018-01-27"), ("27/01/2018", "27/01/2018", "2018-01-27"),
    ("three days ago", "three days ago", "2021-08-27"),
    ("on the 11th, they came", "the 11th", "2021-08-11"),
], ids=lambda value: value if isinstance(value, str) else None)
def test_a_day_is_told(text, words, iso):
    mention = only(text)
    assert (mention.text, mention.earliest, mention.latest, mention.best) == (words, day(iso), day(iso), day(iso))
    assert mention.precision == "day"
    assert mention.value == iso


@pytest.mark.parametrize(("text", "earliest", "latest", "precision", "value"), [
    ("in August 2021", "2021-08-01", "2021-08-31", "month", "2021-08"),
    ("in August", "2021-08-01", "2021-08-31", "month", "2021-08"),
    ("in October", "2020-10-01", "2020-10-31", "month", "2020-10"),
    ("in May", "2021-05-01", "2021-05-31", "month", "2021-05"),
    ("since June 2020", "2020-06-01", "2020-06-30", "month", "2020-06"),
    ("in 2020", "2020-01-01", "2020-12-31", "year", "2020"),
    ("during 2020", "2020-01-01", "2020-12-31", "year", "2020"),
    ("in summer 2018", "2018-06-01", "2018-08-31", "month", "2018-SU"),
    ("late August 2021", "2021-08-21", "2021-08-31", "month", "2021-08"),
    ("last week", "2021-08-23", "2021-08-29", "week", "2021-W34"),
    ("last month", "2021-07-01", "2021-07-31", "month", "2021-07"),
    ("last year", "2020-01-01", "2020-12-31", "year", "2020"),
    ("over the weekend", "2021-08-28", "2021-08-29", "days", "2021-W34-WE"),
    ("two weeks ago", "2021-08-13", "2021-08-19", "week", "2021-W32"),
    ("five years ago", "2016-01-01", "2016-12-31", "year", "2016"),
    ("between 3 and 5 May", "2021-05-03", "2021-05-05", "days", "2021-05-03/2021-05-05"),
    ("from 3 to 5 May", "2021-05-03", "2021-05-05", "days", "2021-05-03/2021-05-05"),
    ("28 April to 3 May", "2021-04-28", "2021-05-03", "days", "2021-04-28/2021-05-03"),
    ("the night of 14-15 April", "2021-04-14", "2021-04-15", "days", "2021-04-14TNI"),
    ("overnight", "2021-08-29", "2021-08-30", "days", "2021-08-29TNI"),
    ("the past week", "2021-08-23", "2021-08-30", "days", "P1W"),
    ("2014-2018", "2014-01-01", "2018-12-31", "year", "2014/2018"),
    ("the 1990s", "1990-01-01", "1999-12-31", "unknown", "199"),
], ids=lambda value: value if isinstance(value, str) and " " in value else None)
def test_a_span_of_days_is_told(text, earliest, latest, precision, value):
    mention = only(text)
    assert (mention.earliest, mention.latest, mention.precision, mention.value) == (
        day(earliest), day(latest), precision, value)
    assert mention.best is None


@pytest.mark.parametrize(("text", "iso", "time_of_day"), [
    ("Monday night", "2021-08-30", "night"), ("tonight", "2021-08-30", "night"), ("this morning", "2021-08-30",
    "morning"),
    ("yesterday evening", "2021-08-29", "evening"), ("last night", "2021-08-29", "night"),
    ("early on Tuesday", "2021-08-24", "morning"), ("at dawn on Sunday", "2021-08-29", "dawn"),
    ("Sunday at dawn", "2021-08-29", "dawn"), ("about 12:50 local time on Saturday", "2021-08-28", "12:50"),
    ("on Sunday at around 9 a.m.", "2021-08-29", "09:00"), ("at 9.30pm on Sunday", "2021-08-29", "21:30"),
], ids=lambda value: value)
def test_a_time_of_day_goes_with_its_day(text, iso, time_of_day):
    mention = only(text)
    assert (mention.best, mention.time_of_day) == (day(iso), time_of_day)


@pytest.mark.parametrize(("text", "time_of_day"), [
    ("at 1530", "15:30"), ("1530 GMT", "15:30"), ("at dawn", "dawn"), ("in the early hours", "night"), ("at noon",
    "midday"),
    ("five o'clock in the evening", "17:00"), ("at 12:50", "12:50"),
])
def test_a_time_of_day_alone_tells_no_day(text, time_of_day):
    mention = only(text)
    assert (mention.time_of_day, mention.earliest, mention.candidates) == (time_of_day, None, ())


@pytest.mark.parametrize(("text", "type_", "value"), [
    ("for three days", "DURATION", "P3D"), ("30 minutes", "DURATION", "PT30M"), ("several months", "DURATION", "PXM"),
    ("a three-day siege", "DURATION", "P3D"), ("every Friday", "SET", "XXXX-WXX-5"), ("on Fridays", "SET",
    "XXXX-WXX-5"),
    ("every day", "SET", "P1D"), ("daily", "SET", "P1D"), ("now", "DATE", "PRESENT_REF"), ("recently", "DATE",
    "PAST_REF"),
])
def test_durations_sets_and_references_have_a_value_without_days(text, type_, value):
    mention = only(text)
    assert (mention.type, mention.value, mention.earliest) == (type_, value, None)


@pytest.mark.parametrize(("text", "days"), [
    ("Last Thursday", ["2020-08-27", "2021-08-26", "2022-08-25"]),
    ("on Sunday", ["2020-08-30", "2021-08-29", "2022-08-28"]),
    ("today", ["2020-08-30", "2021-08-30", "2022-08-30"]),
    ("August 30", ["2020-08-30", "2021-08-30", "2022-08-30"]),
    ("Monday, August 30", ["2021-08-30"]),
    ("03/04/2018", ["2018-03-04", "2018-04-03"]),
])
def test_each_possible_day_of_writing_gives_a_candidate(text, days):
    mention = only(text, THREE_YEARS)
    assert mention.candidates == tuple(map(day, days))
    assert mention.best == (day(days[0]) if len(days) == 1 else None)


@pytest.mark.parametrize("written", [UNKNOWN_DAY, Written(None, MONDAY, (), "page")], ids=["unknown", "half open"])
def test_without_a_day_of_writing_only_absolute_days_are_known(written):
    absolute, relative = read_times("on 27 January 2018 and on Friday", written)
    assert absolute.best == date(2018, 1, 27)
    assert (relative.earliest, relative.latest, relative.candidates) == (None, None, ())


def test_a_long_span_of_writing_bounds_without_candidates():
    mention = only("on Friday", Written(date(2021, 1, 1), date(2021, 8, 30), (), "page"))
    assert (mention.earliest, mention.latest, mention.candidates) == (date(2021, 1, 1), date(2021, 8, 27), ())


@pytest.mark.parametrize(("text", "earliest", "latest"), [
    ("On 27 January 2018 a bomb went off. A week before, gunmen had come.", "2018-01-17", "2018-01-23"),
    ("On 27 January 2018 a bomb went off. The next day, gunmen came.", "2018-01-28", "2018-01-28"),
    ("On 27 January 2018 a bomb went off. Three days later, gunmen came.", "2018-01-30", "2018-01-30"),
    ("On 27 January 2018 a bomb went off. That night, gunmen came.", "2018-01-27", "2018-01-27"),
    ("On 27 January 2018 a bomb went off. The day before, gunmen came.", "2018-01-26", "2018-01-26"),
    ("A day earlier, gunmen came.", "2021-08-29", "2021-08-29"),
])
def test_before_and_after_count_from_the_day_told_last(text, earliest, latest):
    mention = read_times(text, ON_MONDAY)[-1]
    assert (mention.earliest, mention.latest) == (day(earliest), day(latest))


@pytest.mark.parametrize("text", ["the Sunday Times", "he may go", "they march on", "12 people", "a 17-year-old boy",
    "AK-47",
                                  "killed 2000 people", "an august body", "$2018", "x2018"])
def test_what_is_no_time(text):
    assert read_times(text, ON_MONDAY) == []


@pytest.mark.parametrize(("text", "iso"), [
    ("The talks will resume on Friday.", "2021-09-03"),
    ("The army said on Friday that shells hit the market.", "2021-08-27"),
])
def test_a_verb_in_the_future_looks_ahead(text, iso):
    document = Document(replace(a_report(), text=text, written=ON_MONDAY))
    document.spacy = pipeline()(text)
    find_times(document)
    assert document.times[0].best == day(iso)


def test_calendar_helpers():
    assert weekday_on_or_before(1, date(2024, 3, 14)) == date(2024, 3, 12)
    assert (full_year(90, None), full_year(18, None), full_year(22, date(2021, 1, 1))) == (1990, 2018, 1922)
    years = [date(year, 1, 27) for year in (2016, 2017, 2018)]
    assert narrow_by_weekday(years, 5) == (date(2018, 1, 27),)
    assert narrow_by_weekday(years, 0) == tuple(years)


PIECES = st.sampled_from((
    "last", "next", "Monday", "the", "night", "of", "14", "-", "15", "April", "May", "2018", "9999", "0000", "years",
    "ago",
    "99999", "days", "before", "on", "at", "9", "a.m.", ":", "50", "every", "week", "31", "February", "29", "winter",
    "\n", "/", "1st",
))


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=150), st.lists(PIECES, max_size=25).map(" ".join)), st.sampled_from(
    (ON_MONDAY, THREE_YEARS, UNKNOWN_DAY, Written(date(1, 1, 1), date(1, 1, 1), (), "text"),
     Written(date(9999, 12, 31), date(9999, 12, 31), (), "text"))))
def test_any_text_gives_sound_mentions(text, written):
    mentions = read_times(text, written)
    assert all(text[m.start:m.end] == m.text and m.text for m in mentions)
    assert all(mentions[n].end <= mentions[n + 1].start for n in range(len(mentions) - 1))
    assert all(m.earliest is None or m.latest is None or m.earliest <= m.latest for m in mentions)


@pytest.mark.parametrize("piece", ["1 ", "the night of ", "last ", "between 1 and ", "May 1 to ", "early ", "two ",
    " ", "\n",
                                   "12:", "2018-", "about "], ids=repr)
def test_hostile_text_is_read_in_linear_time(piece):
    began = time.monotonic()
    read_times(piece * 5_000, ON_MONDAY)
    assert time.monotonic() - began < 5
