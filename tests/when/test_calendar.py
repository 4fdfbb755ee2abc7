"""Arithmetic of days, feasts and the language of forms."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.when.calendar import full_year, narrow_by_weekday, quarter_of, value_of, weekday_on_or_before
from dateline.when.forms import FORMS
from dateline.when.holidays import HOLIDAYS, easter_sunday, islamic_day
from dateline.when.pattern import compile_form


def test_calendar_helpers():
    assert weekday_on_or_before(1, date(2024, 3, 14)) == date(2024, 3, 12)
    assert (full_year(90, None), full_year(18, None), full_year(22, date(2021, 1, 1))) == (1990, 2018, 1922)
    years = [date(year, 1, 27) for year in (2016, 2017, 2018)]
    assert narrow_by_weekday(years, 5) == (date(2018, 1, 27),)
    assert narrow_by_weekday(years, 0) == tuple(years)
    assert value_of(quarter_of(2020, 5)) == "2021-Q1"


@pytest.mark.parametrize(("year", "day"), [
    (2008, "2008-03-23"), (2011, "2011-04-24"), (2019, "2019-04-21"), (2024, "2024-03-31"),
])
def test_easter(year, day):
    assert easter_sunday(year) == date.fromisoformat(day)


@given(st.integers(1, 9999))
def test_easter_is_a_sunday_of_spring(year):
    assert easter_sunday(year).weekday() == 6
    assert date(year, 3, 22) <= easter_sunday(year) <= date(year, 4, 25)


@pytest.mark.parametrize(("feast", "year", "day"), [
    pytest.param("eid al fitr", 2018, "2018-06-15", id="Eid al-Fitr 2018"),
    pytest.param("eid al fitr", 2020, "2020-05-24", id="Eid al-Fitr 2020"),
    pytest.param("eid al adha", 2019, "2019-08-11", id="Eid al-Adha 2019"),
    pytest.param("ashura", 2021, "2021-08-19", id="Ashura 2021"),
    pytest.param("ramadan", 2023, "2023-03-23", id="Ramadan 2023"),
])
def test_islamic_feasts_hold_the_day_that_was_kept(feast, year, day):
    [span] = HOLIDAYS[feast](year)
    assert span.earliest <= date.fromisoformat(day) <= span.latest


@given(st.integers(1, 9000), st.integers(1, 12))
def test_islamic_months_have_29_or_30_days(year, month):
    following = islamic_day(year, month + 1, 1) if month < 12 else islamic_day(year + 1, 1, 1)
    assert (following - islamic_day(year, month, 1)).days in {29, 30}


@given(st.sampled_from(sorted(HOLIDAYS)), st.integers(1583, 9000))
def test_every_feast_comes_in_every_year_or_the_next(feast, year):
    assert HOLIDAYS[feast](year) or HOLIDAYS[feast](year + 1)


def test_every_form_has_a_name_of_its_own():
    names = [form.name for form in FORMS]
    assert len(set(names)) == len(names)


def test_a_form_with_what_is_no_word_is_refused():
    with pytest.raises(ValueError, match="no form"):
        compile_form("on {weekday}")
