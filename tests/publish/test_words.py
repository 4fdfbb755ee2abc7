"""Values in words keep their doubt: what is not known is never printed as known."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.publish.words import (
    clock_words,
    figure_words,
    sources_words,
    speaker_words,
    statement_words,
    toll_words,
    when_words,
    where_words,
)
from dateline.records import AsOf, GroupStatement, Speaker, UtcSpan
from made_incidents import STORY, a_figure, a_report, a_toll, a_when, a_where, an_account, an_incident

FIRST, SECOND, THIRD = date(2020, 8, 26), date(2021, 8, 26), date(2022, 8, 26)


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        pytest.param((102, 102, 102), "102", id="all-agree"),
        pytest.param((0, 0, 0), "0", id="nobody-is-zero-and-is-said"),
        pytest.param((77, 77, 80), "77-80 (best 77)", id="a-span-with-its-best"),
        pytest.param((13, 200, 213), "13-213 (best 200)", id="the-best-need-not-be-an-end"),
        pytest.param((102, 102, None), "at least 102", id="open-top"),
        pytest.param((95, 102, None), "at least 95 (best 102)", id="open-top-with-another-best"),
        pytest.param((15, None, 20), "15-20", id="a-range-nobody-chose-from"),
        pytest.param((None, 30, 30), "0-30 (best 30)", id="no-lower-end-starts-at-nobody"),
        pytest.param((None, None, None), "not told", id="no-number-is-not-zero"),
        pytest.param((0, None, None), "not told", id="a-word-alone-gives-no-number"),
    ],
)
def test_a_toll_keeps_its_bounds(bounds, words):
    assert toll_words(a_toll(*bounds)) == words


def test_an_open_toll_without_a_lower_end_says_no_number_of_its_own():
    words = toll_words(a_toll(None, 60, None))
    assert "60" in words
    assert "0" not in words.replace("60", "")


@pytest.mark.parametrize(
    ("when", "words"),
    [
        pytest.param(a_when(best=FIRST, earliest=FIRST, latest=FIRST), "26 Aug 2020", id="one-day"),
        pytest.param(
            a_when(candidates=(FIRST, SECOND, THIRD), earliest=FIRST, latest=THIRD),
            "26 Aug 2020, 26 Aug 2021 or 26 Aug 2022",
            id="a-dateline-without-a-year",
        ),
        pytest.param(a_when(candidates=(FIRST,), earliest=FIRST, latest=FIRST), "26 Aug 2020", id="one-candidate"),
        pytest.param(a_when(earliest=FIRST, latest=SECOND), "26 Aug 2020 - 26 Aug 2021", id="a-span"),
        pytest.param(a_when(earliest=FIRST, latest=date(2020, 8, 27)), "26-27 Aug 2020", id="a-span-in-a-month"),
        pytest.param(a_when(earliest=FIRST, latest=date(2020, 9, 2)), "26 Aug - 2 Sep 2020", id="a-span-in-a-year"),
        pytest.param(a_when(earliest=date(2020, 2, 1), latest=date(2020, 2, 29)), "Feb 2020", id="a-month"),
        pytest.param(a_when(earliest=date(2013, 1, 1), latest=date(2013, 12, 31)), "2013", id="a-year"),
        pytest.param(a_when(earliest=date(2013, 1, 1), latest=date(2014, 12, 31)), "2013-2014", id="years"),
        pytest.param(a_when(earliest=FIRST, latest=date.max), "26 Aug 2020 - 31 Dec 9999", id="to-the-end-of-the-calendar"),
        pytest.param(a_when(latest=FIRST), "on or before 26 Aug 2020", id="only-a-last-day"),
        pytest.param(a_when(earliest=FIRST), "on or after 26 Aug 2020", id="only-a-first-day"),
        pytest.param(a_when(), "day unknown", id="nothing-known"),
    ],
)
def test_a_day_keeps_its_doubt(when, words):
    assert when_words(when) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        pytest.param(a_when(), "", id="nothing-told"),
        pytest.param(a_when(time_of_day="dawn"), "dawn local time", id="a-zone-that-is-not-known-is-local"),
        pytest.param(
            a_when(time_of_day="12:50", zone="Asia/Kabul", utc=UtcSpan("2018-01-27T08:20Z", "2018-01-27T08:20Z")),
            "12:50 Asia/Kabul (08:20 UTC)",
            id="a-clock-time-has-its-instant-apart",
        ),
        pytest.param(
            a_when(time_of_day="dawn", zone="Africa/Gao", utc=UtcSpan("2018-01-27T04:00Z", "2018-01-27T07:00Z")),
            "dawn Africa/Gao (04:00-07:00 UTC)",
            id="a-part-of-day-has-two",
        ),
        pytest.param(a_when(start=FIRST, end=date(2020, 8, 28)), "lasted 26-28 Aug 2020", id="it-lasted"),
        pytest.param(a_when(start=FIRST, ongoing=True), "goes on since 26 Aug 2020", id="it-goes-on"),
    ],
)
def test_hours_and_duration_stand_apart_from_the_day(when, words):
    assert clock_words(when) == words


@pytest.mark.parametrize(
    ("where", "words"),
    [
        pytest.param(
            a_where(name="Port Verity", admin1="Arden", country="XA"),
            "Port Verity, Arden, XA",
            id="with-what-is-around",
        ),
        pytest.param(a_where(name="Arden", admin1="Arden", country="XA"), "Arden, XA", id="a-province-is-named-once"),
        pytest.param(a_where(text="the old mill"), "the old mill", id="a-place-no-list-has-keeps-its-words"),
        pytest.param(
            a_where(text="Verity", unplaced="2 places fit"),
            "Verity (not placed: 2 places fit)",
            id="why-it-has-no-point",
        ),
        pytest.param(a_where(unplaced="the report names no place for it"), "place unknown", id="no-place"),
        pytest.param(a_where(), "place unknown", id="nothing-at-all"),
    ],
)
def test_a_place_keeps_its_doubt(where, words):
    assert where_words(where) == words


@pytest.mark.parametrize(
    ("words", "who", "told"),
    [
        pytest.param("At least 12", "people", "at least 12 killed", id="people-may-be-anybody"),
        pytest.param("12", "villagers", "12 killed (villagers)", id="who-they-were"),
        pytest.param("a baker", "baker", "a baker killed", id="who-is-in-the-words-already"),
        pytest.param("Selda Oarewyn", None, "Selda Oarewyn killed", id="a-name-keeps-its-capital"),
        pytest.param("12", None, "12 killed", id="nothing-said-of-who"),
    ],
)
def test_a_figure_is_told_in_the_words_of_its_source(words, who, told):
    text = STORY.replace("At least 12", words) if words not in STORY else STORY
    assert figure_words(a_figure(words, 12, None, 12, "at_least", who=who, text=text)) == told


def test_line_breaks_in_the_words_of_a_count_do_not_break_the_line():
    text = STORY.replace("At least 12", "At least\n12")
    assert "\n" not in figure_words(a_figure("At least\n12 people", 12, None, 12, "at_least", text=text))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        pytest.param({"speaker": None}, "the report itself", id="the-report-in-its-own-voice"),
        pytest.param({"speaker": "the mayor"}, "the mayor", id="one-speaker"),
    ],
)
def test_a_figure_says_who_gives_it(given, words):
    assert speaker_words(a_figure("12", 12, 12, 12, "exact", **given)) == words


def test_two_speakers_are_both_named():
    both = tuple(Speaker(text, None, None, None, "official", None) for text in ("the mayor", "a health\noffice"))
    figure = a_figure("12", 12, 12, 12, "exact")
    assert (
        speaker_words(type(figure)(**{f: getattr(figure, f) for f in figure.__dataclass_fields__} | {"speakers": both}))
        == "the mayor and a health office"
    )


def test_copies_are_counted_apart_from_reports():
    reports = [a_report(id="R1"), a_report(id="R2", copy_of="R1"), a_report(id="R3", copy_of="R1")]
    incident = an_incident([an_account(report=r.id) for r in reports], reports)
    assert sources_words(incident) == "3 reports, 2 copies"
    assert sources_words(an_incident()) == "1 report"


@pytest.mark.parametrize(
    ("attribute", "value", "words"),
    [
        pytest.param("strength", {"low": 60, "value": 60, "unit": "fighters", "words": "about 60", "hedge": "reportedly"},
                     "about 60 fighters (reportedly)", id="strength"),
        pytest.param("leader", {"name": "Tam Quillip", "since": None, "until": "2021-05", "fate": "killed", "hedge": None},
                     "Tam Quillip (until 2021-05, killed)", id="leader"),
        pytest.param("area", {"text": "the lower town", "name": "Arden", "kind": "city", "precision": 1, "sense": "control"},
                     "Arden (control)", id="area"),
        pytest.param("split", {"group": "vale-front", "name": "Vale Front"}, "Vale Front", id="tie"),
        pytest.param("loss", {"of": "territory", "where": {}, "when": "2017", "text": "lost the harbour"},
                     "territory: lost the harbour", id="loss"),
        pytest.param("aim", {"text": "wants the harbour", "when": None}, "wants the harbour", id="in-its-own-words"),
        pytest.param("aim", {}, "", id="nothing"),
    ],
)
def test_a_statement_about_a_group_is_told_in_short(attribute, value, words):
    said = GroupStatement("S1", "R1", "vale-front", "Vale Front", attribute, value, AsOf(None, None), None, ())
    assert statement_words(said) == words
