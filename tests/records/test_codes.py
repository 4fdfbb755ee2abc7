from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.records import Timex, When, Where
from dateline.records.codes import codes_of

NOWHERE = Where(None, None, None, None, None, None, None, None, None, None, None, (), (), "not told")
UNTOLD = When(None, None, False, None, None, (), None, "unknown", None, None, ())
D = date(2024, 5, 13)             # a Monday


def between(first: date, last: date, **told: object) -> When:
    return replace(UNTOLD, earliest=first, latest=last, best=first if first == last else None, **told)


def after(days: int) -> date:
    return D + timedelta(days=days)


@pytest.mark.parametrize(("when", "date_prec", "time_precision", "event_date"), [
    pytest.param(between(D, D), 1, 1, D, id="a-day"),
    pytest.param(between(D, after(1)), 2, 2, D, id="one-night-of-two-days"),
    pytest.param(between(D, after(5)), 2, 2, after(2), id="six-days-are-a-few"),
    pytest.param(between(D, after(6)), 3, 2, after(3), id="a-week-has-its-midpoint"),
    pytest.param(between(D, after(7)), 4, 3, after(3), id="eight-days-are-a-month"),
    pytest.param(between(date(2024, 5, 1), date(2024, 5, 31)), 4, 3, date(2024, 5, 16), id="a-month-has-its-middle"),
    pytest.param(between(date(2024, 5, 1), date(2024, 5, 31), timex=Timex("DATE", "2024-05", "END")), 4, 3, date(2024, 5, 31),
                 id="the-end-of-a-month-is-its-last-day"),
    pytest.param(between(date(2024, 1, 1), date(2024, 12, 31)), 5, None, None, id="a-year-is-not-coded-by-acled"),
    pytest.param(between(date(2023, 1, 1), date(2024, 12, 31)), None, None, None, id="two-years-are-not-coded"),
    pytest.param(replace(UNTOLD, latest=D), None, None, None, id="on-or-before-is-no-date"),
    pytest.param(replace(UNTOLD, earliest=D, latest=after(731), candidates=(D, after(366), after(731))), None, None, None,
                 id="one-day-of-three-years-is-no-date"),
    pytest.param(between(D, D, start=D, end=after(2)), 2, 1, D, id="a-battle-of-three-known-days"),
    pytest.param(between(after(3), D), None, None, None, id="days-in-the-wrong-order-are-no-span"),
    pytest.param(replace(UNTOLD, start=D, earliest=D, latest=D, ongoing=True, best=D), 1, 1, D, id="a-siege-that-goes-on"),
])
def test_the_code_of_a_time_follows_from_its_span(when, date_prec, time_precision, event_date):
    codes = codes_of(when, NOWHERE)
    assert (codes.date_prec, codes.time_precision, codes.event_date) == (date_prec, time_precision, event_date)


@pytest.mark.parametrize(("precision", "radius_km", "geo_precision"), [
    pytest.param(1, 3.0, 1, id="a-place"), pytest.param(2, 20.0, 2, id="near-a-place"),
    pytest.param(3, 12.0, 2, id="a-small-district"), pytest.param(3, 60.0, 3, id="a-large-district"),
    pytest.param(4, 90.0, 3, id="a-province"), pytest.param(5, 50.0, 3, id="a-road-or-river"),
    pytest.param(6, 400.0, None, id="a-country-is-not-coded"), pytest.param(7, 100.0, 3, id="the-sea"),
    pytest.param(None, None, None, id="unplaced"),
])
def test_the_code_of_a_place_follows_from_its_precision(precision, radius_km, geo_precision):
    codes = codes_of(UNTOLD, replace(NOWHERE, precision=precision, radius_km=radius_km))
    assert (codes.where_prec, codes.geo_precision) == (precision, geo_precision)


days = st.dates(date(1990, 1, 1), date(2030, 1, 1)) | st.none()


@given(days, days, st.lists(st.dates(date(1990, 1, 1), date(2030, 1, 1)), max_size=4), days, days)
def test_dates_bound_the_span_and_the_day_lies_in_it(earliest, latest, candidates, start, end):
    when = replace(UNTOLD, earliest=earliest, latest=latest, candidates=tuple(candidates), start=start, end=end)
    codes = codes_of(when, NOWHERE)
    if codes.event_date is not None:
        assert codes.date_start <= codes.event_date <= codes.date_end
