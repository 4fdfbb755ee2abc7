"""How MUC-4's days and places are read, told from our record, and scored. Cases are scored by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bench.core import bench_named
from bench.muc4_forms import (
    Days,
    alternatives,
    days_score,
    key_days,
    key_location,
    location_score,
    our_days,
    our_location,
)
from bench.muc4_when_where import Answer, Asked, asked_of, date_error, figures_of, location_error
from dateline.records import Timex, When, Where

WRITTEN = date(1990, 3, 14)
PLACE = Where("Verity", "Verity", "city", "CO", "Antioquia", None, 6.0, -75.0, 5.0, "x:1", 1, (), ())
DAY = When(None, None, False, date(1990, 3, 12), date(1990, 3, 12), (), date(1990, 3, 12), "day", None, "12 March", ())


@pytest.mark.parametrize(("fill", "answers"), [
    ("14 APR 90", ["14 APR 90"]), ("(- 29 MAR 89) / (28 MAR 89 - 29 MAR 89)", ["- 29 MAR 89", "28 MAR 89 - 29 MAR 89"]),
    ("COLOMBIA: URABA (REGION / CITY)", ["COLOMBIA: URABA (REGION / CITY)"]), ("? PERU", ["PERU"]),
    ("(PERU: LIMA (CITY)) / PERU", ["PERU: LIMA (CITY)", "PERU"]),
])
def test_a_key_lists_alternatives(fill, answers):
    assert alternatives(fill) == answers


@pytest.mark.parametrize(("fill", "days"), [
    ("14 APR 90", Days(date(1990, 4, 14), date(1990, 4, 14))), ("- 12 MAY 89", Days(None, date(1989, 5, 12))),
    ("05 JAN 90 - 10 JAN 90", Days(date(1990, 1, 5), date(1990, 1, 10))), ("-", None), ("31 FEB 90", None),
])
def test_days_of_a_key(fill, days):
    assert key_days(fill) == days


@pytest.mark.parametrize(("when", "days"), [
    pytest.param(DAY, Days(date(1990, 3, 12), date(1990, 3, 12)), id="a-day"),
    pytest.param(replace(DAY, text="last Monday"), Days(None, WRITTEN), id="a-weekday-is-not-counted-back"),
    pytest.param(replace(DAY, text="Monday, 12 March"), Days(date(1990, 3, 12), date(1990, 3, 12)), id="a-weekday-with-its-day"),
    pytest.param(replace(DAY, earliest=None, best=None, latest=WRITTEN, precision="unknown", text=None), Days(None, WRITTEN),
                 id="on-or-before"),
    pytest.param(replace(DAY, earliest=date(1990, 3, 5), latest=date(1990, 3, 11), best=None, precision="week", text="last week"),
                 Days(date(1990, 3, 5), date(1990, 3, 11)), id="a-span"),
    pytest.param(replace(DAY, latest=date(1990, 3, 13), best=None, precision="days", text="overnight",
                         timex=Timex("TIME", "1990-03-12TNI", None)), Days(date(1990, 3, 12), date(1990, 3, 12)),
                 id="a-night-is-the-day-it-began-on"),
    pytest.param(replace(DAY, earliest=None, latest=None, best=None), Days(None, WRITTEN), id="nothing-known-is-mucs-default"),
])
def test_our_days_in_mucs_form(when, days):
    assert our_days(when, WRITTEN) == days


@pytest.mark.parametrize(("ours", "key", "score"), [
    ("14 APR 90", "14 APR 90", 1.0), ("14 APR 90", "13 APR 90 - 15 APR 90", 0.5), ("- 14 APR 90", "14 APR 90", 0.5),
    ("- 14 APR 90", "- 14 APR 90", 1.0), ("- 14 APR 90", "- 12 APR 90", 0.5), ("14 APR 90", "- 12 APR 90", 0.0),
    ("11 APR 90", "12 APR 90", 0.0),
])
def test_equal_days_are_one_and_overlapping_half(ours, key, score):
    assert days_score(key_days(ours), key_days(key)) == score


@pytest.mark.parametrize(("where", "key", "score"), [
    pytest.param(PLACE, "COLOMBIA: ANTIOQUIA (DEPARTMENT): VERITY (CITY)", 1.0, id="equal"),
    pytest.param(PLACE, "COLOMBIA: VERITY (TOWN)", 1.0, id="our-department-costs-nothing"),
    pytest.param(PLACE, "COLOMBIA: VERITY (DEPARTMENT)", 0.5, id="a-town-is-not-its-department"),
    pytest.param(PLACE, "COLOMBIA: ANTIOQUIA (DEPARTMENT): ARDEN (TOWN)", 0.5, id="the-department-is-right"),
    pytest.param(PLACE, "COLOMBIA: VERITY (CITY): EL CENTRO (NEIGHBORHOOD)", 0.5, id="coarser-than-the-key"),
    pytest.param(PLACE, "COLOMBIA", 0.0, id="finer-than-the-key"),
    pytest.param(PLACE, "PERU: VERITY (CITY)", 0.0, id="another-country"),
    pytest.param(PLACE, "COLOMBIA: ARDEN (CITY)", 0.0, id="another-place"),
    pytest.param(PLACE, "COLOMBIA: VERITY (CITY) - ARDEN (CITY)", 0.5, id="one-of-two-that-it-lies-between"),
    pytest.param(replace(PLACE, text="El Centro neighborhood", kind="site"), "COLOMBIA: VERITY (CITY): EL CENTRO (NEIGHBORHOOD)",
                 1.0, id="a-quarter-that-the-gazetteer-lacks"),
    pytest.param(replace(PLACE, text="the Colombian capital"), "COLOMBIA: VERITY (CITY)", 1.0, id="the-capital-is-no-quarter"),
    pytest.param(replace(PLACE, name="Colombia", text=None, kind="country", admin1=None, precision=6), "COLOMBIA", 1.0,
                 id="the-country"),
])
def test_places_are_compared_part_by_part(where, key, score):
    assert location_score(our_location(where), key_location(key)) == score


def test_a_place_without_a_country_is_no_answer():
    assert our_location(replace(PLACE, country=None, lat=None, unplaced="2 places fit")) is None


ROW = {"doc_id": "R1", "templates": [
    {"number": 1, "optional": False, "slots": {
        "INCIDENT: DATE": ["12 MAR 90"], "INCIDENT: LOCATION": ["COLOMBIA: VERITY (CITY)"], "INCIDENT: TYPE": ["BOMBING"],
        "HUM TGT: NAME": None, "PHYS TGT: ID": ['"MARKET STALLS" / "STALLS"']}},
    {"number": 2, "optional": True, "slots": {"INCIDENT: DATE": ["12 MAR 90"]}}]}


def test_each_template_that_is_not_optional_is_asked_by_its_type_and_one_string_of_the_text():
    [asked] = asked_of(ROW, "A BOMB DESTROYED\nSTALLS IN VERITY.")
    assert (asked.type, asked.string) == ("BOMBING", "STALLS")


def test_the_score_counts_halves_and_answers_not_given():
    [asked] = asked_of(ROW, "STALLS")
    right = Answer(key_days("12 MAR 90"), key_location("COLOMBIA: VERITY (CITY)"), "account", "")
    half = Answer(key_days("- 14 MAR 90"), None, "account", "")
    figures = figures_of([asked, asked], [right, half])
    assert (figures["date"], figures["exact.date"]) == (75.0, 50.0)
    assert (figures["recall.location"], figures["precision.location"], figures["location"]) == (50.0, 100.0, 66.67)


def test_an_error_says_its_kind():
    [asked] = asked_of(ROW, "STALLS")
    answer = Answer(key_days("- 14 MAR 90"), key_location("PERU"), "account", "")
    assert (date_error(asked, answer), location_error(asked, answer)) == ("on or before for a day", "another country")
    assert isinstance(asked, Asked)


def test_the_bench_is_registered():
    assert bench_named("muc4-when-where").items == "templates"
