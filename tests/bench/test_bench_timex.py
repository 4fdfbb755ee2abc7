"""timex, wikiwars: how expressions are paired and scored, and how our record is told in the words of a set. All is made up."""

from datetime import date

import pytest

from bench.timex import TIMEML, TIMEX2, Pair, Timex, ends_of, figures_of, pairs_of, read_row
from dateline.records import Written
from dateline.when import read_times

MONDAY = date(2021, 8, 30)
WRITTEN = Written(MONDAY, MONDAY, (MONDAY,), "metadata")


def told(scheme, text, written=WRITTEN):
    """(words, type, value) of what is found in `text`, as the scheme tells it."""
    return [(text[t.start:t.end], t.type, t.value) for t in scheme.ours(read_times(text, written), written)]


def test_each_expression_stands_for_one():
    gold = [Timex(0, 4, "DATE", "2020"), Timex(10, 20, "DATE", "2021")]
    found = [Timex(2, 12, "DATE", "2020"), Timex(30, 34, "DATE", "2022")]
    assert pairs_of(gold, found) == [Pair(gold[0], found[0]), Pair(gold[1], None), Pair(None, found[1])]


def test_the_same_characters_are_paired_first():
    gold = [Timex(0, 4, "DATE", "2020"), Timex(10, 20, "DATE", "2021")]
    found = [Timex(2, 5, "DATE", "1"), Timex(10, 20, "DATE", "2021")]
    assert pairs_of(gold, found)[1] == Pair(gold[1], found[1])


def test_figures_by_hand():
    right, wrong_value = Timex(0, 4, "DATE", "2020"), Timex(0, 4, "DATE", "2021")
    wider = Timex(0, 9, "TIME", "2020")
    pairs = [Pair(right, right), Pair(right, wrong_value), Pair(right, wider), Pair(right, None), Pair(None, right)]
    figures = figures_of(pairs)
    assert (figures["strict_f1"], figures["relaxed_f1"], figures["value_f1"], figures["type_f1"]) == (50.0, 75.0, 50.0, 50.0)
    assert (figures["relaxed_precision"], figures["value_recall"]) == (75.0, 50.0)


@pytest.mark.parametrize(("text", "value", "ends"), [
    ("from 3 to 5 May", "2021-05-03/2021-05-05", [("3", "2021-05-03"), ("5 May", "2021-05-05")]),
    ("1994-1996", "1994/1996", [("1994", "1994"), ("1996", "1996")]),
    ("Ramadan", "2021-04-12/2021-05-13", [("Ramadan", "2021-04-12/2021-05-13")]),
    ("5 May", "2021-05-05", [("5 May", "2021-05-05")]),
])
def test_a_range_has_two_ends(text, value, ends):
    timexes = ends_of(Timex(0, len(text), "DATE", value), text)
    assert [(text[t.start:t.end], t.value) for t in timexes] == ends


@pytest.mark.parametrize(("text", "expected"), [
    ("three days later", [("three days", "DURATION", "P3D")]),
    ("a year earlier", [("a year earlier", "DATE", "2020")]),
    ("the former mayor", []),
    ("two decades", [("two decades", "DURATION", "P2E")]),
    ("at 9 a.m.", [("9 a.m.", "TIME", "2021-08-30T09:00")]),
])
def test_our_record_in_the_words_of_timeml(text, expected):
    assert told(TIMEML, text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("daily", [("daily", "", "XXXX-XX-XX")]),
    ("per week", [("per week", "", "P1W")]),
    ("at 9:34 p.m. EST", [("9:34 p.m. EST", "", "XXXX-XX-XXT21:34-05")]),
])
def test_our_record_in_the_words_of_timex2(text, expected):
    assert told(TIMEX2, text) == expected


def test_a_row_is_read_by_its_day_of_writing():
    row = {"id": "a", "dct": "2021-08-30", "text": "They came on Friday.",
           "timexes": [{"start": 13, "end": 19, "text": "Friday", "type": "DATE", "value": "2021-08-27"}]}
    [pair] = read_row(row, None, TIMEML)
    assert pair.gold == pair.found


def test_the_day_of_a_copy_dates_nothing():
    row = {"id": "a", "dct": "2009-12-19T17:00:00", "text": "They came on Friday.", "timexes": []}
    [pair] = read_row(row, None, TIMEX2)
    assert pair.found.value is None
