"""What a person types, as the record has it: no more exact than it was said."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.errors import DecisionError
from dateline.typed import country_where, typed_count, typed_day, typed_when, typed_where


@pytest.mark.parametrize(("words", "low", "high", "value", "modifier", "of"), [
    ("12", 12, 12, 12, "exact", None), ("at least 12 civilians", 12, None, 12, "at_least", "civilians"),
    ("more than 2,000", 2001, None, 2000, "more_than", None), ("nearly 200 people", None, 200, 200, "nearly", "people"),
    ("15 to 20", 15, 20, None, "range", None), ("a dozen soldiers", 12, 12, 12, "about", "soldiers"),
    ("no one", 0, 0, 0, "exact", None), ("dozens of villagers", None, None, None, "word", "villagers"),
])
def test_a_count_keeps_the_doubt_of_its_words(words, low, high, value, modifier, of):
    count = typed_count(words)
    assert (count.low, count.high, count.value, count.modifier, count.of) == (low, high, value, modifier, of)


@pytest.mark.parametrize("words", ["", "lots", "12 killed and 30 wounded", "the 12", "<b>3</b>", "=1+2", "x" * 10_000])
def test_what_is_no_count_or_two_is_refused(words):
    with pytest.raises(DecisionError, match="is no count"):
        typed_count(words)


@pytest.mark.parametrize(("text", "first", "last", "best"), [
    ("2018-01-27", date(2018, 1, 27), date(2018, 1, 27), date(2018, 1, 27)),
    ("2018-02", date(2018, 2, 1), date(2018, 2, 28), None),
    ("2018-01-29..2018-01-27", date(2018, 1, 27), date(2018, 1, 29), None),
])
def test_a_day_is_as_exact_as_it_was_typed(text, first, last, best):
    when = typed_when(text)
    assert (when.earliest, when.latest, when.best) == (first, last, best)


@pytest.mark.parametrize("text", ["yesterday", "2018-02-30", "2018-13", "", "27/01/2018", "9" * 40, "2018-01-27-01", "1_8", "18"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(DecisionError, match="is no day"):
        typed_when(text)


def test_a_town_is_meant_before_its_province_which_is_a_runner_up():
    where = typed_where("Kabul, AF")
    assert (where.kind, where.precision) == ("city", 1)
    assert where.runners_up[0].startswith("Kabul, AF (")
    assert typed_where("Kabul province, af").kind == "admin1"


def test_a_name_in_several_countries_needs_one_and_an_unknown_one_a_unit_around_it():
    with pytest.raises(DecisionError, match="several countries"):
        typed_where("Tripoli")
    with pytest.raises(DecisionError, match="knows no"):
        typed_where("Lower Quill")
    with pytest.raises(DecisionError, match="knows neither"):
        typed_where("Lower Quill", within="Upper Quill")
    assert typed_where("Lower Quill", within="Kabul province, AF").precision == 4


def test_a_country_alone_is_no_place_in_it():
    where = country_where("af")
    assert (where.text, where.country, where.precision) == (None, "AF", 6)
    with pytest.raises(DecisionError, match="no country"):
        country_where("XX")


def test_one_day_is_a_whole_date_and_nothing_else():
    assert typed_day("2018-01-27") == date(2018, 1, 27)
    for words in ("", "2018-01", "2018-02-30", "27 Jan", "0"):
        with pytest.raises(DecisionError, match="is no day"):
            typed_day(words)
