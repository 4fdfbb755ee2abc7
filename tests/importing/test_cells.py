"""Cells: counts with their doubt, days however written, and nothing for nothing."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import DecisionError
from dateline.importing.cells import count_of, date_order, day_words, number_of


@pytest.mark.parametrize(
    ("cell", "low", "high", "value"),
    [
        (12, 12, 12, 12),
        (12.0, 12, 12, 12),
        ("12", 12, 12, 12),
        ("012", 12, 12, 12),
        ("1,200", 1200, 1200, 1200),
        ("12+", 12, None, 12),
        ("10-15", 10, 15, None),
        ("10–15", 10, 15, None),
        (">20", 21, None, 20),
        ("≥5", 5, None, 5),
        ("<9", None, 8, 8),
        ("~30", 30, 30, 30),
        ("12?", 12, 12, 12),
        ("several", None, None, None),
        ("at least 4", 4, None, 4),
        ("none", 0, 0, 0),
        (0, 0, 0, 0),
    ],
)
def test_a_count_keeps_its_doubt(cell, low, high, value):
    count = count_of(cell)
    assert (count.low, count.high, count.value) == (low, high, value)


@pytest.mark.parametrize("cell", [None, "", "n/a", "NA", "unknown", "-", "-99", "?", "#N/A"])
def test_a_count_that_nobody_gives_is_none_and_not_zero(cell):
    assert count_of(cell) is None


@pytest.mark.parametrize("cell", ["some words", "-3", "12.5", True, datetime(2024, 3, 12), "12 13", "+263 77 123 456 789"])
def test_what_is_no_count_is_refused(cell):
    with pytest.raises(DecisionError):
        count_of(cell)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (datetime(2024, 3, 12), "2024-03-12"),
        (date(2024, 3, 12), "2024-03-12"),
        (45363, "2024-03-12"),
        ("45363", "2024-03-12"),
        ("20240312", "2024-03-12"),
        ("2024-03-12 00:00:00.000", "2024-03-12"),
        ("12 March 2024", "2024-03-12"),
        ("Mar 12, 2024", "2024-03-12"),
        ("12-Mar-24", "2024-03-12"),
        ("Tue 12 Mar 2024", "2024-03-12"),
        ("13/03/2024", "2024-03-13"),
        ("03/13/2024", "2024-03-13"),
        ("2024-03", "2024-03"),
        ("March 2024", "2024-03"),
        (2024, "2024"),
        ("12 mars 2024", "2024-03-12"),
        ("12 de marzo de 2024", "2024-03-12"),
        ("12 Mar 2024 to 14 Mar 2024", "2024-03-12..2024-03-14"),
        ("n/a", None),
        (None, None),
    ],
)
def test_days_are_read_however_they_are_written(cell, told):
    assert day_words(cell, None) == told


def test_a_date_that_may_be_two_days_is_read_as_its_column_says():
    with pytest.raises(DecisionError, match="may be two days"):
        day_words("03/04/2024", None)
    assert day_words("03/04/2024", date_order(["03/04/2024", "25/04/2024"])) == "2024-04-03"
    assert day_words("03/04/2024", date_order(["03/04/2024", "04/25/2024"])) == "2024-03-04"
    assert date_order(["25/04/2024", "04/25/2024"]) is None


@pytest.mark.parametrize("cell", ["2024-02-30", "soon", 12, "31/02/2024", "0000-01-01"])
def test_what_is_no_date_is_refused(cell):
    with pytest.raises(DecisionError, match="no date"):
        day_words(cell, None)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_a_day_is_the_same_as_a_date_a_serial_number_and_text(day):
    told = [
        day_words(cell, "dmy")
        for cell in (day, (day - date(1899, 12, 30)).days, day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d %b %Y}")
    ]
    assert set(told) == {day.isoformat()}


@given(
    st.one_of(
        st.text(max_size=30),
        st.integers(),
        st.floats(allow_nan=False),
        st.datetimes(),
        st.dates(),
        st.booleans(),
        st.timedeltas(timedelta(0), timedelta(1)).map(str),
    )
)
def test_every_cell_is_read_or_refused_in_words(cell):
    for read in (count_of, lambda one: day_words(one, None), lambda one: number_of(one, "latitude", 90.0)):
        with suppress(DecisionError):  # and nothing else is raised
            read(cell)


@pytest.mark.parametrize(
    ("cell", "told"), [(34.5, 34.5), ("34.5", 34.5), ("34,5", 34.5), ("34.5° N", 34.5), ("4.05 S", -4.05), ("", None)]
)
def test_degrees_are_read(cell, told):
    assert number_of(cell, "latitude", 90.0) == told


def test_degrees_beyond_the_pole_are_refused():
    with pytest.raises(DecisionError, match="lies between"):
        number_of("134.5", "latitude", 90.0)
