"""Which days time expressions mean: the specification of all forms. Places and people are made up."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.records import Written
from dateline.records.report import UNKNOWN_DAY
from dateline.when import read_times

MONDAY = date(2021, 8, 30)
ON_MONDAY = Written(MONDAY, MONDAY, (), "dateline")
THREE_YEARS = Written(date(2020, 8, 30), date(2022, 8, 30),
                      tuple(date(year, 8, 30) for year in (2020, 2021, 2022)), "dateline")


def day(iso):
    return date.fromisoformat(iso)


def only(text, written=ON_MONDAY):
    [mention] = read_times(text, written)
    return mention


def words_of(case):
    return case if isinstance(case, str) and " " in case else None


@pytest.mark.parametrize(("text", "words", "iso"), [
    ("the attack on Thursday", "Thursday", "2021-08-26"),
    ("the attack on Monday", "Monday", "2021-08-30"),
    ("Last Thursday, a bomber came", "Last Thursday", "2021-08-26"),
    ("this past Thursday", "this past Thursday", "2021-08-26"),
    ("last Monday", "last Monday", "2021-08-23"),
    ("next Thursday", "next Thursday", "2021-09-02"),
    ("Thursday last week", "Thursday last week", "2021-08-26"),
    ("Thursday's raid", "Thursday's", "2021-08-26"),
    ("on Sunday", "Sunday", "2021-08-29"),
    ("said of Thursdays raid", "Thursdays", "2021-08-26"),
    ("Saturday, October 9", "Saturday, October 9", "2021-10-09"), ("Friday, October 9", "Friday, October 9", "2020-10-09"),
    ("he came on Thurs. and left", "Thurs.", "2021-08-26"),
    ("today", "today", "2021-08-30"), ("yesterday", "yesterday", "2021-08-29"), ("tomorrow", "tomorrow", "2021-08-31"),
    ("earlier today", "earlier today", "2021-08-30"), ("TODAY", "TODAY", "2021-08-30"),
    ("the day before yesterday", "the day before yesterday", "2021-08-28"),
    ("on 27 January 2018", "27 January 2018", "2018-01-27"),
    ("January 27, 2018", "January 27, 2018", "2018-01-27"),
    ("Jan. 27 2018", "Jan. 27 2018", "2018-01-27"),
    ("Saturday, January 27, 2018", "Saturday, January 27, 2018", "2018-01-27"),
    ("the 27th of January 2018", "27th of January 2018", "2018-01-27"),
    ("ON 27 JANUARY 2018", "27 JANUARY 2018", "2018-01-27"),
    ("on 3 may 2018", "3 may 2018", "2018-05-03"), ("ON 10 AUGUST. THEN", "10 AUGUST", "2021-08-10"),
    ("March eighth", "March eighth", "2021-03-08"),
    ("January 27", "January 27", "2021-01-27"), ("27 Jan", "27 Jan", "2021-01-27"),
    ("December 5", "December 5", "2020-12-05"),
    ("3 JAN 90", "3 JAN 90", "1990-01-03"), ("14 APR 90, they came", "14 APR 90", "1990-04-14"),
    ("25 July of that year", "25 July of that year", "2021-07-25"),
    ("2018-01-27", "2018-01-27", "2018-01-27"), ("2018/01/27", "2018/01/27", "2018-01-27"),
    ("27/01/2018", "27/01/2018", "2018-01-27"), ("27.01.2018", "27.01.2018", "2018-01-27"), ("27/1/18", "27/1/18", "2018-01-27"),
    ("three days ago", "three days ago", "2021-08-27"), ("three days from now", "three days from now", "2021-09-02"),
    ("on the 11th, they came", "the 11th", "2021-08-11"),
    ("on the 31st, they came", "the 31st", "2021-07-31"),
    ("on Friday the 13th", "Friday the 13th", "2021-08-13"),
    ("on Christmas Eve", "Christmas Eve", "2020-12-24"), ("on Good Friday", "Good Friday", "2021-04-02"),
    ("on Easter Sunday 2019", "Easter Sunday 2019", "2019-04-21"), ("on New Year's Day", "New Year's Day", "2021-01-01"),
    ("on Thanksgiving", "Thanksgiving", "2020-11-26"), ("on Memorial Day", "Memorial Day", "2021-05-31"),
    ("during Nowruz", "Nowruz", "2021-03-21"),
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
    ("in February last year", "2020-02-01", "2020-02-29", "month", "2020-02"),
    ("last August", "2020-08-01", "2020-08-31", "month", "2020-08"),
    ("in 2020", "2020-01-01", "2020-12-31", "year", "2020"),
    ("during 2020", "2020-01-01", "2020-12-31", "year", "2020"),
    ("in nineteen ninety-four", "1994-01-01", "1994-12-31", "year", "1994"),
    ("in summer 2018", "2018-06-01", "2018-08-31", "month", "2018-SU"),
    ("the spring of 1862", "1862-03-01", "1862-05-31", "month", "1862-SP"),
    ("the third quarter", "2021-07-01", "2021-09-30", "month", "2021-Q3"),
    ("last year's fourth quarter", "2020-10-01", "2020-12-31", "month", "2020-Q4"),
    ("the latest quarter", "2021-04-01", "2021-06-30", "month", "2021-Q2"),
    ("the second half of 2008", "2008-07-01", "2008-12-31", "year", "2008-H2"),
    ("last week", "2021-08-23", "2021-08-29", "week", "2021-W34"),
    ("the first week of May", "2021-05-01", "2021-05-07", "week", "2021-W17"),
    ("said of last months raid", "2021-07-01", "2021-07-31", "month", "2021-07"),
    ("last month", "2021-07-01", "2021-07-31", "month", "2021-07"),
    ("last year", "2020-01-01", "2020-12-31", "year", "2020"),
    ("over the weekend", "2021-08-28", "2021-08-29", "days", "2021-W34-WE"),
    ("two weeks ago", "2021-08-13", "2021-08-19", "week", "2021-W32"),
    ("about five months ago", "2021-03-01", "2021-03-31", "month", "2021-03"),
    ("five years ago", "2016-01-01", "2016-12-31", "year", "2016"),
    ("between 3 and 5 May", "2021-05-03", "2021-05-05", "days", "2021-05-03/2021-05-05"),
    ("from 3 to 5 May", "2021-05-03", "2021-05-05", "days", "2021-05-03/2021-05-05"),
    ("28 April to 3 May", "2021-04-28", "2021-05-03", "days", "2021-04-28/2021-05-03"),
    ("from December 28 to January 3, 2019", "2018-12-28", "2019-01-03", "days", "2018-12-28/2019-01-03"),
    ("between March and June 2019", "2019-03-01", "2019-06-30", "days", "2019-03/2019-06"),
    ("the night of 14-15 April", "2021-04-14", "2021-04-15", "days", "2021-04-14TNI"),
    ("overnight", "2021-08-29", "2021-08-30", "days", "2021-08-29TNI"),
    ("the past week", "2021-08-23", "2021-08-30", "days", "P1W"),
    ("the next three days", "2021-08-30", "2021-09-02", "days", "P3D"),
    ("2014-2018", "2014-01-01", "2018-12-31", "year", "2014/2018"),
    ("from 1994 to '96", "1994-01-01", "1996-12-31", "year", "1994/1996"),
    ("the 1990s", "1990-01-01", "1999-12-31", "unknown", "199"),
    ("the seventies", "1970-01-01", "1979-12-31", "unknown", "197"),
    ("the 20th century", "1900-01-01", "1999-12-31", "unknown", "19"),
    ("during Ramadan", "2021-04-12", "2021-05-13", "days", "2021-04-12/2021-05-13"),
    ("on Eid al-Adha 2020", "2020-07-30", "2020-08-01", "days", "2020-07-30/2020-08-01"),
    ("on Ashura", "2021-08-18", "2021-08-20", "days", "2021-08-18/2021-08-20"),
], ids=words_of)
def test_a_span_of_days_is_told(text, earliest, latest, precision, value):
    mention = only(text)
    assert (mention.earliest, mention.latest, mention.precision, mention.value) == (
        day(earliest), day(latest), precision, value)
    assert mention.best is None


@pytest.mark.parametrize(("text", "earliest", "latest", "value", "mod"), [
    ("late August 2021", "2021-08-21", "2021-08-31", "2021-08", "END"),
    ("early 1942", "1942-01-01", "1942-05-01", "1942", "START"),
    ("mid-2018", "2018-05-02", "2018-08-31", "2018", "MID"),
    ("the mid-1990s", "1993-05-02", "1996-08-30", "199", "MID"),
    ("the end of March 2020", "2020-03-21", "2020-03-31", "2020-03", "END"),
    ("the beginning of last year", "2020-01-01", "2020-05-01", "2020", "START"),
    ("earlier this month", "2021-08-01", "2021-08-31", "2021-08", "START"),
    ("late on Sunday", "2021-08-29", "2021-08-29", "2021-08-29", "END"),
], ids=words_of)
def test_the_edge_of_a_span_narrows_its_days_and_keeps_its_value(text, earliest, latest, value, mod):
    mention = only(text)
    assert (mention.earliest, mention.latest, mention.value, mention.mod) == (day(earliest), day(latest), value, mod)


@pytest.mark.parametrize(("text", "iso", "time_of_day"), [
    ("Monday night", "2021-08-30", "night"), ("tonight", "2021-08-30", "night"), ("this morning", "2021-08-30", "morning"),
    ("yesterday evening", "2021-08-29", "evening"), ("last night", "2021-08-29", "night"),
    ("early on Tuesday", "2021-08-24", "morning"), ("at dawn on Sunday", "2021-08-29", "dawn"),
    ("Sunday at dawn", "2021-08-29", "dawn"), ("about 12:50 local time on Saturday", "2021-08-28", "12:50"),
    ("on Sunday at around 9 a.m.", "2021-08-29", "09:00"), ("at 9.30pm on Sunday", "2021-08-29", "21:30"),
    ("at 7:30 on Sunday night", "2021-08-29", "19:30"), ("noon Saturday", "2021-08-28", "midday"),
    ("the night of 10 August 2020", "2020-08-10", "night"), ("the morning of April 19, 2021", "2021-04-19", "morning"),
], ids=lambda value: value)
def test_a_time_of_day_goes_with_its_day(text, iso, time_of_day):
    mention = only(text)
    assert (mention.best, mention.time_of_day) == (day(iso), time_of_day)
    assert mention.type == ("DATE" if text.startswith("early") else "TIME")


@pytest.mark.parametrize(("text", "time_of_day", "zone"), [
    ("at 1530", "15:30", None), ("AT 1625, FMLN MEN CAME", "16:25", None),
    ("1530 GMT", "15:30", "GMT"), ("at dawn", "dawn", None), ("in the early hours", "night", None),
    ("at noon", "midday", None), ("five o'clock in the evening", "17:00", None), ("at 12:50", "12:50", None),
    ("at 3 a.m. EDT", "03:00", "EDT"), ("about 12:50 local time", "12:50", "local"), ("0900Z", "09:00", "Z"),
    ("at noon GMT", "midday", "GMT"), ("half past six", "06:30", None), ("a quarter to nine", "08:45", None),
    ("at 8 in the morning", "08:00", None), ("1300 hours", "13:00", None),
])
def test_a_time_of_day_alone_tells_no_day_and_keeps_its_zone(text, time_of_day, zone):
    mention = only(text)
    assert (mention.time_of_day, mention.zone, mention.earliest, mention.candidates) == (time_of_day, zone, None, ())


def test_a_clock_time_that_is_told_in_two_zones_has_its_day_where_it_is_local():
    local, utc, friday = read_times("at 10:35 a.m. (0735 GMT) Friday", ON_MONDAY)
    assert local.best == friday.best == day("2021-08-27")
    assert (utc.time_of_day, utc.zone, utc.best) == ("07:35", "GMT", None)


@pytest.mark.parametrize(("text", "type_", "value", "mod"), [
    ("for three days", "DURATION", "P3D", None), ("30 minutes", "DURATION", "PT30M", None),
    ("several months", "DURATION", "PXM", None), ("for weeks", "DURATION", "PXW", None),
    ("for 72 hours", "DURATION", "PT72H", None),
    ("a three-day siege", "DURATION", "P3D", None), ("a 40-day fast", "DURATION", "P40D", None),
    ("twenty-four hours", "DURATION", "PT24H", None), ("a couple of years", "DURATION", "P2Y", None),
    ("two and a half years", "DURATION", "P2.5Y", None), ("2 1/2 years", "DURATION", "P2.5Y", None),
    ("half an hour", "DURATION", "PT30M", None), ("a quarter of an hour", "DURATION", "PT15M", None),
    ("a months-long siege", "DURATION", "PXM", None), ("two decades", "DURATION", "P2DE", None),
    ("the first nine months", "DURATION", "P9M", None), ("more than a year", "DURATION", "P1Y", "MORE_THAN"),
    ("nearly two hours", "DURATION", "PT2H", "LESS_THAN"), ("at least 30 days", "DURATION", "P30D", "EQUAL_OR_MORE"),
    ("up to six months", "DURATION", "P6M", "EQUAL_OR_LESS"), ("about a week", "DURATION", "P1W", "APPROX"),
    ("every Friday", "SET", "XXXX-WXX-5", None), ("on Fridays", "SET", "XXXX-WXX-5", None),
    ("every Tuesday night", "SET", "XXXX-WXX-2TNI", None), ("each July", "SET", "XXXX-07", None),
    ("every day", "SET", "P1D", None), ("every two weeks", "SET", "P2W", None), ("daily", "SET", "P1D", None),
    ("twice a week", "SET", "P1W", None), ("$500 a month", "SET", "P1M", None),
    ("now", "DATE", "PRESENT_REF", None), ("these days", "DATE", "PRESENT_REF", None),
    ("recently", "DATE", "PAST_REF", None), ("in recent years", "DATE", "PAST_REF", None),
    ("years ago", "DATE", "PAST_REF", None),
    ("in the near future", "DATE", "FUTURE_REF", None), ("moments later", "DATE", "FUTURE_REF", None),
    ("480 BC", "DATE", "BC0480", None), ("the spring of 480 BC", "DATE", "BC0480-SP", None),
])
def test_durations_sets_and_references_have_a_value_without_days(text, type_, value, mod):
    mention = only(text)
    assert (mention.type, mention.value, mention.mod, mention.earliest) == (type_, value, mod, None)


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


def test_of_two_days_in_numbers_the_one_that_was_news_at_the_day_of_writing_is_meant():
    mention = only("03/04/2018", Written(date(2018, 4, 5), date(2018, 4, 5), (date(2018, 4, 5),), "metadata"))
    assert mention.best == date(2018, 4, 3)


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
    ("On 27 January 2018 a bomb went off. The following morning, gunmen came.", "2018-01-28", "2018-01-28"),
    ("On 27 January 2018 a bomb went off. Three days later, gunmen came.", "2018-01-30", "2018-01-30"),
    ("On 27 January 2018 a bomb went off. That night, gunmen came.", "2018-01-27", "2018-01-27"),
    ("On 27 January 2018 a bomb went off. The same month, gunmen came.", "2018-01-01", "2018-01-31"),
    ("On 27 January 2018 a bomb went off. Later that year, gunmen came.", "2018-01-01", "2018-12-31"),
    ("On 27 January 2018 a bomb went off. The day before, gunmen came.", "2018-01-26", "2018-01-26"),
    ("A day earlier, gunmen came.", "2021-08-29", "2021-08-29"),
])
def test_before_and_after_count_from_the_day_told_last(text, earliest, latest):
    mention = read_times(text, ON_MONDAY)[-1]
    assert (mention.earliest, mention.latest) == (day(earliest), day(latest))


@pytest.mark.parametrize("text", ["The next day, gunmen came.", "Two days later he died.", "The following morning they left."])
def test_what_came_after_something_undated_has_no_day(text):
    mention = read_times(text, ON_MONDAY)[0]
    assert (mention.best, mention.earliest, mention.latest) == (None, None, None)


def test_a_profit_of_a_year_earlier_is_that_of_the_same_quarter():
    *_, mention = read_times("Profit rose in the second quarter from 3 million a year earlier.", ON_MONDAY)
    assert mention.value == "2020-Q2"


WAR = ("The war began on 3 March 1931. In May, the Vellers crossed the Orm. By 9 December 1931 the town had fallen; "
       "the next day it burnt. In January the river froze. By early 1933 both sides were spent, and on 4 June they made peace.")


@pytest.mark.parametrize("written", [UNKNOWN_DAY, Written(None, MONDAY, (), "page")], ids=["unknown", "a page of later"])
def test_a_narrative_carries_its_year_along(written):
    assert [mention.value for mention in read_times(WAR, written)] == [
        "1931-03-03", "1931-05", "1931-12-09", "1931-12-10", "1932-01", "1933", "1933-06-04"]


@pytest.mark.parametrize(("text", "iso"), [
    pytest.param("On 27 January 2018 a bomb went off. On 3 February gunmen came.", "2018-02-03", id="a-year-told-just-before"),
    pytest.param("The camp was built on 5 May 2018. A man was shot on 26 August.", "2021-08-26", id="but-not-news"),
    pytest.param("On 27 January 2018 a bomb went off, and on the 31st, another.", "2018-01-31", id="the-month-told-just-before"),
    pytest.param("On 11 July a bomb went off, and on the 14th, another.", "2021-07-14", id="of-this-year-too"),
    pytest.param("On Friday a bomb went off, as on the 14th, another had.", "2021-08-14", id="but-not-of-the-week-before"),
])
def test_a_day_in_a_report_shares_a_year_or_month_told_just_before(text, iso):
    assert read_times(text, ON_MONDAY)[-1].best == day(iso)


def test_a_clock_time_in_a_narrative_is_of_the_day_told_before():
    text = WAR + " At 5:30 a.m. the guns fell silent."
    assert read_times(text, UNKNOWN_DAY)[-1].value == "1933-06-04T05:30"


def test_a_date_told_in_passing_does_not_lead_a_narrative():
    text = WAR.replace("crossed the Orm", "crossed the Orm, as a book of 12 July 1987 says, and on 2 June were beaten")
    assert [mention.value for mention in read_times(text, UNKNOWN_DAY)][2:4] == ["1987-07-12", "1931-06-02"]


def test_a_report_of_a_known_day_is_no_narrative():
    assert read_times("In 2014, in 2015 and in 2016 they came. On 4 June they left.", ON_MONDAY)[-1].value == "2021-06-04"


def test_the_year_of_a_pair_of_months_is_that_of_the_second():
    assert [mention.value for mention in read_times("in August and September 1914", ON_MONDAY)] == ["1914-08", "1914-09"]


@pytest.mark.parametrize("text", [
    "the Sunday Times", "he may go", "they march on", "the Long March", "12 people", "a 17-year-old boy", "she is 37 years old",
    "AK-47", "killed 2000 people", "an august body", "$2018", "x2018",
    "a second bomb", "a quarter of them",
    "the 1300th block", "10km", "Operation Ramadan",
    "they arrived soon after", "that day", "the 19 April Movement", "9 October Avenue",
])
def test_what_is_no_time(text):
    assert read_times(text, ON_MONDAY) == []


PIECES = st.sampled_from((
    "last", "next", "Monday", "the", "night", "of", "14", "-", "15", "April", "May", "2018", "9999", "0000", "years", "ago",
    "99999", "days", "before", "on", "at", "9", "a.m.", ":", "50", "every", "week", "31", "February", "29", "winter", "\n", "/",
    "1st", "BC", "century", "hundred", "million", "nineteen", "'80s", "Ramadan", "quarter", "half", "a", "and", "GMT", "1/2",
    "that",
))


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=150), st.lists(PIECES, max_size=25).map(" ".join)), st.sampled_from(
    (ON_MONDAY, THREE_YEARS, UNKNOWN_DAY, Written(date(1, 1, 1), date(1, 1, 1), (), "text"),
     Written(date(9999, 12, 31), date(9999, 12, 31), (), "text"))))
def test_any_text_gives_sound_mentions(text, written):
    mentions = read_times(text, written)
    assert all(text[m.start:m.end] == m.text and m.text for m in mentions)
    assert all(mentions[n].end <= mentions[n + 1].start for n in range(len(mentions) - 1))
    assert all(m.earliest is None or m.latest is None or m.earliest <= m.latest for m in mentions)
    assert all(m.best is None or m.candidates == (m.best,) for m in mentions)
    assert all(m.type in {"DATE", "TIME", "DURATION", "SET"} for m in mentions)


@pytest.mark.parametrize("piece", [
    "1 ", "the night of ", "last ", "between 1 and ", "May 1 to ", "early ", "two ", " ", "\n", "12:", "2018-", "about ",
    "one and ", "1,000", "a", "million ", "the first half of the ", "in 1990 ", "(", "the same ", "one-",
], ids=repr)
def test_hostile_text_is_read_in_linear_time(piece):
    began = time.process_time()
    read_times(piece * 5_000, ON_MONDAY)
    assert time.process_time() - began < 5


def test_a_report_of_500_words_is_read_in_milliseconds():
    filler = "the men of the north came down to the river and burnt three farms near Port Verity while people slept "
    text = ("On Friday morning, " + filler * 3 + ". Two weeks ago, " + filler * 2 + "in June 2020. ") * 4
    assert 400 < len(text.split()) < 600
    began = time.process_time()
    for _ in range(10):
        read_times(text, ON_MONDAY)
    assert (time.process_time() - began) / 10 < 0.05       # some 2 ms; generous, since other work may share the machine


@pytest.mark.parametrize(("text", "earliest", "latest"), [
    pytest.param("In summer 2018 a bomb went off in Gao during Ramadan.", "2018-05-15", "2018-06-15", id="feast-of-a-season"),
    pytest.param("In 2012 the rebels took the town in March.", "2012-03-01", "2012-03-31", id="month-of-a-year"),
])
def test_what_lacks_a_year_has_that_told_before_it_in_its_sentence(text, earliest, latest):
    last = read_times(text, ON_MONDAY)[-1]
    assert (last.earliest, last.latest) == (day(earliest), day(latest))
