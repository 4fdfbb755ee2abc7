"""What is cut off an article and what stays. Places and outlets are invented."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.read.furniture import credited_agency, page_date_in, strip_furniture

FIRST = "ARDEN (AP) — Shelling hit the market of Port Verity overnight, the mayor said on Monday."
SECOND = "At least 12 people were killed and 30 were wounded, according to the health office of the district."
ARTICLE = f"{FIRST}\n\n{SECOND}"
SHARED_REPORTS = Path(__file__).parents[3] / "shared" / "reports"


@pytest.mark.parametrize("foot", [
    pytest.param("More Arden News\n\nAccess More\n\nSign up for Arden News\n\na daily newsletter you will love "
                 "over drinks.and "
                 "it's on the house!1", id="sign-up-box-with-an-odd-pitch"),
    pytest.param("Sign up for our free newsletter", id="newsletter"),
    pytest.param("Follow us on Twitter and Facebook", id="follow"),
    pytest.param("Also read: Verity mourns its dead", id="also-read"),
    pytest.param("Related articles\n\nVerity mourns its dead after the shelling\n\nCouncil meets over market blast",
                 id="links"),
    pytest.param("Related stories\n\nCouncil meets again\n\n"
                 "The council of Verity met on Tuesday to talk about the market.",
                 id="teasers"),
    pytest.param("Copyright 2021 Verity Media. All rights reserved. This material may not be published or rewritten.",
                 id="copyright"),
    pytest.param("We use cookies to give you the best experience on this site.", id="cookies"),
    pytest.param("Share\nTweet\nEmail", id="share-bar"),
    pytest.param("3 comments\n\nThis was bound to happen, my cousin said so years ago and nobody listened to him.",
                 id="comments"),
    pytest.param("Privacy Policy | Terms of Use", id="small-print"),
])
def test_what_stands_below_an_article_is_cut(foot):
    assert strip_furniture(f"{ARTICLE}\n\n{foot}").text == ARTICLE


@pytest.mark.parametrize("between", [
    pytest.param("Advertisement", id="advertisement"),
    pytest.param("Read more: Verity mourns its dead", id="read-more"),
    pytest.param("Sign up for our newsletter", id="sign-up"),
    pytest.param("Story continues below", id="continues"),
])
def test_furniture_between_paragraphs_is_cut_and_the_article_goes_on(between):
    assert strip_furniture(f"{FIRST}\n\n{between}\n\n{SECOND}").text == ARTICLE


@pytest.mark.parametrize("sentence", [
    pytest.param("Young men sign up to fight for the front because it pays them, the mayor said.",
                 id="recruits-sign-up"),
    pytest.param("The US offers terms that it has offered for a month, officials said.", id="the-us-is-not-us"),
    pytest.param('"You must follow us or leave your homes," the fighters told them.', id="quoted-you"),
    pytest.param("More soldiers were killed in Arden on Tuesday.", id="more"),
    pytest.param("Related attacks were reported in the north of the province on Sunday by the police there.",
                 id="related"),
    pytest.param("Menus, cookies and blankets were handed out to those who fled, the health office said.",
                 id="cookies"),
    pytest.param("Ana Harrow, 34\n\nJo Brand, 12\n\nLee Ost, 8", id="a-list-of-the-dead"),
    pytest.param("The dead", id="a-subhead"),
])
def test_sentences_of_the_article_stay(sentence):
    assert strip_furniture(f"{FIRST}\n\n{sentence}\n\n{SECOND}").text == f"{FIRST}\n\n{sentence}\n\n{SECOND}"
    assert strip_furniture(f"{ARTICLE}\n\n{sentence}").text == f"{ARTICLE}\n\n{sentence}"


def test_the_head_of_a_page_is_kept_apart():
    page = f"Home\n\nWed, 07 Dec 2022\n\nShelling kills 12 in Port Verity\n\nBy Jo Harrow\n\nShare\n\n{ARTICLE}"
    stripped = strip_furniture(page)
    assert stripped.text == ARTICLE
    assert stripped.title == "Shelling kills 12 in Port Verity"
    assert stripped.byline == "By Jo Harrow"
    assert stripped.page_date is not None
    assert (stripped.page_date.date, stripped.page_date.words) == (date(2022, 12, 7), "Wed, 07 Dec 2022")


def test_slugs_and_ledes_are_kept_as_printed():
    stripped = strip_furniture(f"BC-ML--Verity, 2nd Ld-Writethru\nEds: CORRECTS number of dead\n{ARTICLE}")
    assert stripped.lead_marks == ("BC-ML--Verity, 2nd Ld-Writethru", "Eds: CORRECTS number of dead")
    assert stripped.text == ARTICLE


def test_a_text_that_a_wire_wrapped_loses_no_line():
    wrapped = ("ARDEN, 3 JAN 90 (EFE) -- [TEXT] A GROUP OF ARMED MEN WAS SAID TO BE\n"
               "RELATED TO THE ATTACK THAT THE MAYOR OF ARDEN "
               "REPORTED YESTERDAY IN THE\nMARKET OF PORT VERITY.  "
               "OFFICIALS HAVE NOT SAID ANYTHING ABOUT THE DEAD\nOR WOUNDED.")
    assert strip_furniture(wrapped).text == wrapped


@pytest.mark.parametrize(("line", "day"), [
    pytest.param("Wed, 07 Dec 2022", date(2022, 12, 7), id="weekday"),
    pytest.param("Published: 3 March 2015, 10:02 GMT", date(2015, 3, 3), id="with-time"),
    pytest.param("Last updated on 2021-08-30", date(2021, 8, 30), id="iso"),
    pytest.param("August 30", None, id="no-year-is-no-page-date"),
    pytest.param("Dec 7, 2022: Shelling kills 12", None, id="words-behind-it"),
])
def test_a_line_that_is_a_date_is_the_pages_date(line, day):
    found = page_date_in(line)
    assert (found.date if found else None) == day


@pytest.mark.parametrize(("text", "agency"), [
    pytest.param(f"{SECOND} (ANI)", "ANI", id="brackets-behind-the-last-sentence"),
    pytest.param(f"{SECOND} -- AFP", "AFP", id="dash"),
    pytest.param(f"{SECOND} (With inputs from PTI)", "PTI", id="with-inputs"),
    pytest.param(f"By Jo Harrow, Reuters\n\n{SECOND}", "Reuters", id="byline"),
    pytest.param(f"{SECOND}\n\nSource: Xinhua", "Xinhua", id="source-line"),
    pytest.param(FIRST, "AP", id="dateline"),
    pytest.param("The mayor belongs to the Verity People's Front (VPF)", None, id="acronym-is-no-credit"),
    pytest.param(f"{SECOND} AFP reported that the mayor fled.", None, id="a-sentence-is-no-credit"),
    pytest.param(SECOND, None, id="none"),
])
def test_the_agency_is_the_one_credited(text, agency):
    assert credited_agency(text) == agency


def test_a_credit_behind_the_last_sentence_is_taken_out():
    stripped = strip_furniture(f"{SECOND} (ANI)\n\nMore Arden News")
    assert (stripped.text, stripped.agency) == (SECOND, "ANI")


def test_the_whole_of_a_scraped_report_stays():
    paths = sorted(SHARED_REPORTS.glob("000_*.txt")) if SHARED_REPORTS.is_dir() else []
    if not paths:
        pytest.skip("the shared reports are not beside the project")
    page = paths[0].read_text(encoding="utf-8")
    stripped = strip_furniture(page)
    assert stripped.text in page
    assert stripped.text.startswith("Washington DC [US], August 30 (ANI): In the light of")
    assert stripped.text.endswith("just conquered.")
    assert stripped.page_date is not None
    assert (stripped.page_date.date, stripped.agency) == (date(2022, 12, 7), "ANI")


@given(st.text(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_text_is_stripped(text):
    assert len(strip_furniture(text).text) <= len(text) + text.count("\n")


@pytest.mark.parametrize("unit", [
    pytest.param("a", id="one-word"),
    pytest.param("share ", id="share"),
    pytest.param("sign up ", id="sign-up"),
    pytest.param("x\n", id="lines"),
    pytest.param("(", id="brackets"), pytest.param(". A", id="sentences"), pytest.param("\n", id="breaks"),
])
def test_a_large_page_costs_little_time(unit):
    began = time.process_time()
    strip_furniture(unit * (300_000 // len(unit)))
    assert time.process_time() - began < 5.0


@pytest.mark.parametrize("line", [
    pytest.param("BY " + "ANyesterdayREnineteen" * 5 + "1x!", id="a-byline-that-is-one-long-word"),
    pytest.param("By Ana Venn " * 9 + "!", id="a-byline-of-many-names"),
    pytest.param("12 March 2024" + " " * 80 + "x", id="a-date-before-a-row-of-spaces"),
])
def test_a_line_made_to_be_tried_in_many_ways_costs_little_time(line):
    began = time.process_time()
    strip_furniture(f"Shelling hits Port Verity\n{line}\nTwo were killed, the mayor said.\n")
    assert time.process_time() - began < 0.5


def test_names_of_a_byline_are_read_with_what_parts_them():
    byline = "By Ana Venn, B. Hart & Orla O’Venn"
    stripped = strip_furniture(f"Shelling hits Port Verity\n\n{byline}\n\nTwo people were killed there, police said on Monday.")
    assert stripped.byline == byline
