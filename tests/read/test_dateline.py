"""What the head of a report tells: place, day and agency; and what only looks like it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.read.dateline import read_dateline
from dateline.read.dateline_parts import city_names
from tools import make_city_names

BODY = " Shelling hit the market of Port Verity overnight, the mayor said on Monday."


@pytest.mark.parametrize(("head", "words", "place", "region", "date", "agency"), [
    pytest.param("Arden DC [US], August 30 (VNA):", "Arden DC [US], August 30 (VNA)", "Arden DC", "US", "--08-30",
                 "VNA",
                 id="country-in-brackets-and-a-day-without-year"),
    pytest.param("ARDEN, Aug 26 (Reuters) -", "ARDEN, Aug 26 (Reuters)", "Arden", None, "--08-26", "Reuters",
                 id="wire"),
    pytest.param("PORT ARDEN, 3 JAN 90 (VERITY-EFE) --", "PORT ARDEN, 3 JAN 90 (VERITY-EFE)", "Port Arden", None,
                 "1990-01-03", "VERITY-EFE", id="two-digit-year"),
    pytest.param("ARDEN (AP) _", "ARDEN (AP)", "Arden", None, None, "AP", id="underscore"),
    pytest.param("GARDEZ, Afghanistan—", "GARDEZ, Afghanistan", "Gardez", "Afghanistan", None, None,
                 id="country-behind-a-comma"),
    pytest.param("MAIDUGURI:", "MAIDUGURI", "Maiduguri", None, None, None, id="known-place-and-colon"),
    pytest.param("ARDEN/VERITY (Reuters) -", "ARDEN/VERITY (Reuters)", "Arden/Verity", None, None, "Reuters",
                 id="two-places"),
    pytest.param("(Reuters) -", "(Reuters)", None, None, None, "Reuters", id="agency-alone"),
    pytest.param("AFP, Arden, 3 March -", "AFP, Arden, 3 March", "Arden", None, "--03-03", "AFP", id="agency-first"),
    pytest.param("NEW ARDEN, Jan 3 (PTI)", "NEW ARDEN, Jan 3 (PTI)", "New Arden", None, "--01-03", "PTI", id="no-mark"),
    pytest.param("Arden (Verity Online) -", "Arden (Verity Online)", "Arden", None, None, "Verity Online",
                 id="unlisted-outlet"),
    pytest.param("ARDEN, DR Congo, April 4, 2012 (AFP) –", "ARDEN, DR Congo, April 4, 2012 (AFP)", "Arden", "DR Congo",
                 "2012-04-04", "AFP", id="region-and-full-day"),
    pytest.param("UNITED NATIONS –", "UNITED NATIONS", "United Nations", None, None, None, id="capitals-and-dash"),
    pytest.param("3 March 2015, Kabul –", "3 March 2015, Kabul", "Kabul", None, "2015-03-03", None, id="day-first"),
    pytest.param("ARDEN, Monday, Jan. 3 (AP) —", "ARDEN, Monday, Jan. 3 (AP)", "Arden", None, "--01-03", "AP",
                 id="weekday"),
    pytest.param("ARDEN, 27 (EFE) --", "ARDEN, 27 (EFE)", "Arden", None, "---27", "EFE", id="day-alone"),
    pytest.param("ARDEN, NO DATE (RADIO VERITY) --", "ARDEN, NO DATE (RADIO VERITY)", "Arden", None, None,
                 "RADIO VERITY", id="no-date-in-so-many-words"),
    pytest.param("NO CITY (VERITY), 26 SEP 89 --", "NO CITY (VERITY), 26 SEP 89", None, "Verity", "1989-09-26", None,
                 id="no-city"),
    pytest.param("CLANDESTINE, 8 JAN 90 (RADIO VERITY)--", "CLANDESTINE, 8 JAN 90 (RADIO VERITY)", None, None,
                 "1990-01-08", "RADIO VERITY", id="a-clandestine-station-has-no-place"),
    pytest.param("ARDEN (VERITY), JUNE 11 89 (AFP) --", "ARDEN (VERITY), JUNE 11 89 (AFP)", "Arden", "Verity",
                 "1989-06-11", "AFP", id="month-first-with-two-digit-year"),
    pytest.param("NEW ARDEN, Pa. (AP) —", "NEW ARDEN, Pa. (AP)", "New Arden", "Pa.", None, "AP",
                 id="a-state-is-not-a-wire"),
    pytest.param("PUERTO DE ARDEN, 3 ene (EFE).-", "PUERTO DE ARDEN, 3 ene (EFE)", "Puerto de Arden", None, "--01-03",
                 "EFE", id="spanish-month"),
    pytest.param("ARDEN, Jan. 3, 2012 /PRNewswire/ --", "ARDEN, Jan. 3, 2012 /PRNewswire/", "Arden", None, "2012-01-03",
                 "PRNewswire", id="agency-between-slashes"),
    pytest.param("DEIR AL-ARDEN, Syria —", "DEIR AL-ARDEN, Syria", "Deir al-Arden", "Syria", None, None,
                 id="arabic-article-stays-small"),
])
def test_a_dateline_tells_place_day_and_agency(head, words, place, region, date, agency):
    found = read_dateline(head + BODY)
    assert found is not None
    assert (found.text, found.place, found.region, found.date, found.agency) == (words, place, region, date, agency)
    assert (head + BODY)[found.start:found.end] == words
    assert (head + BODY)[found.body:] == BODY.strip()


@pytest.mark.parametrize("above", [
    pytest.param("Arden-Blast, 3rd Ld-Writethru\nEds: Adds details\n", id="slug-and-editors-note"),
    pytest.param("BC-ML--Verity\n", id="slug-with-dashes"),
    pytest.param("UPDATE 2-Bombs kill 12 in Verity\n\nBy Jo Harrow\n\n", id="update-title-byline"),
    pytest.param("Wed, 07 Dec 2022\n\nShare\n\n", id="page-date-and-share-bar"),
    pytest.param("CORRECTS number of wounded in para 3\n", id="correction"),
    pytest.param("Verity shelling kills six. ", id="title-in-the-same-line"),
])
def test_a_dateline_need_not_be_at_the_very_top(above):
    found = read_dateline(above + "KABUL, Aug 26 (Reuters) -" + BODY)
    assert found is not None
    assert (found.start, found.place, found.agency) == (len(above), "Kabul", "Reuters")


@pytest.mark.parametrize("text", [
    pytest.param("Police: two dead in Arden after a blast near the market on Monday, officials said.", id="speaker"),
    pytest.param("Note: the figures in this report were given by the health office on Monday.", id="note"),
    pytest.param("UPDATE: The police department has released the names of the four dead.", id="update-label"),
    pytest.param("By Jo Harrow in Kabul\n\nShelling hit the market overnight, the mayor said.", id="byline"),
    pytest.param("Abuja: a city on edge", id="headline-with-a-city"),
    pytest.param("POLICE - Two men were killed in Arden on Monday, police said in a statement.", id="word-in-capitals"),
    pytest.param("HARROW: We will not talk to them now.\nREPORTER: Is that your last word on it?", id="transcript"),
    pytest.param("Verity People's Front (VPF) - Fighters of the group were seen in Arden.", id="acronym-spelt-out"),
    pytest.param("Two soldiers were killed in Kabul - the third such attack in a week.", id="sentence-with-a-dash"),
    pytest.param("May 24, 1988: Jo Harrow joins the army.", id="timeline"),
    pytest.param("HOME - NEWS", id="menu"),
    pytest.param("", id="nothing"),
])
def test_ordinary_words_are_no_dateline(text):
    assert read_dateline(text) is None


def test_an_agency_keeps_its_spelling_over_a_line_break():
    found = read_dateline("ARDEN, 18 NOV 89 (RADIO\nVERITY) --\n[TEXT] SHELLING HIT THE MARKET.")
    assert found is not None
    assert found.agency == "RADIO VERITY"


PIECES = st.lists(st.sampled_from([
    "KABUL", "Arden", ", ", " (", ")", " (Reuters)", " - ", "--", ": ", "[US]", " 3 JAN 90", "\n", "\n\n", "\0", "é",
    "﷽", " and ",
    "…", "31 FEB 11", "/", "AFP, ", "NO DATE", "'", "Mc", "A" * 90,
]), max_size=14).map("".join)


@given(st.text(max_size=300) | PIECES)
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_and_offsets_hold(text):
    found = read_dateline(text)
    if found is not None:
        assert 0 <= found.start < found.end <= found.body <= len(text)
        assert text[found.start:found.end] == found.text


@pytest.mark.parametrize("unit", [
    pytest.param("A", id="one-word"),
    pytest.param("A ", id="words"),
    pytest.param("ARDEN, ", id="commas"),
    pytest.param("(", id="brackets"),
    pytest.param("A-", id="hyphens"),
    pytest.param("A/", id="slashes"),
    pytest.param(" ", id="spaces"),
    pytest.param("a.\n", id="lines"),
])
def test_a_megabyte_in_one_line_costs_no_time(unit):
    began = time.process_time()
    read_dateline(unit * (1_000_000 // len(unit)))
    assert time.process_time() - began < 1.0


def test_a_name_with_an_age_and_a_credit_is_a_caption():
    parsed = read_dateline("Orla Venn, 18 (Arden County Prosecutor's Office)\n\nPolice charged a teenager on Friday.")
    assert parsed is None


@pytest.mark.parametrize("text", [
    pytest.param("PORT VERITY, 3 Jan\n. (Hawk Wire) - Two", id="a-month-before-a-line-end"),
    pytest.param("ARDEN, 3 SEPT.\n(Hawk Wire) - Two", id="a-month-with-its-full-stop"),
])
def test_a_day_at_a_line_end_is_read(text):
    parsed = read_dateline(text)
    assert parsed is not None
    assert parsed.date in ("--01-03", "--09-03")


def test_a_bracket_that_is_never_closed_costs_little_time():
    began = time.process_time()
    read_dateline("ARDEN (" + "\n" * 6_000 + "[" + " \n" * 3_000)
    assert time.process_time() - began < 1.0


def test_the_packaged_names_of_cities_are_those_of_geonames():
    assert city_names() == set(make_city_names.names()), "run python tools/make_city_names.py"
