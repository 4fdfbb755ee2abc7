"""Outlets and speakers on the desk: what each gave, and setting what is known of one with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dateline.desk.views.sources import alone_words, by_month, speaks_in_public
from dateline.reconcile.sources import load_sources
from dateline.records import Speaker
from dateline.records.watching import Pace, Trouble, WatchedFeed
from dateline.store import open_record
from dateline.store.lists_sources import OnDay
from made_desk import a_desk, csrf_of, post, text_of
from made_incidents import STORY, a_figure, a_person, a_report, a_sensitive, an_account

HOSTILE = "Post <script>alert(1)</script>"


@pytest.fixture
def record(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "data"))
    return tmp_path / "d.db"


@pytest.fixture
def desk(record):
    said = a_figure("At least 12", 12, None, 12, "at_least", speaker="Verity Relief")
    witness = Speaker("Selda Oarewyn", "Selda Oarewyn", None, None, "witness", None)
    seen = replace(a_figure("12", 12, 12, 12, "exact", speaker="Selda Oarewyn", effect="injured"), speakers=(witness,))
    told = [
        (a_report(),
         [an_account(figures=(said, seen), actors=(a_person("Tam Quillip"),), sensitive=(a_sensitive("Selda Oarewyn"),))], []),
        (a_report(STORY.replace("Shelling hit", "A shell fell on"), id="R2", outlet=HOSTILE,
                  title="Selda Oarewyn <b>speaks</b>"), [
            an_account(report="R2",
                       sensitive=(a_sensitive("Selda Oarewyn", STORY.replace("Shelling hit", "A shell fell on")),))], []),
    ]
    return a_desk(record, told)


def test_the_index_lists_outlets_and_who_speaks_for_a_body(desk):
    page = desk.get("/sources").text
    shown = text_of(page)
    assert "Verity Post 1 12 Mar 2024 12 Mar 2024" in shown
    assert "Verity Relief 1 1 1 100%" in shown
    assert "en 2 2" in shown


def test_witnesses_are_counted_and_not_listed(desk):
    page = desk.get("/sources").text
    assert "Oarewyn" not in page
    assert "1 witnesses and others who speak for themselves are not listed" in text_of(page)
    assert desk.get("/sources/Selda Oarewyn").status_code == 404


def test_an_outlet_shows_its_reports_by_month_without_names(desk):
    page = desk.get("/sources/Verity Post").text
    assert "2024-03 1 1" in text_of(page)
    hostile = desk.get("/sources/" + HOSTILE.replace("/", "%2F")).text
    assert "<script>alert" not in hostile
    assert "<b>speaks" not in hostile
    assert "Oarewyn" not in hostile


def test_a_speaker_shows_how_often_its_figures_stand_alone(desk):
    assert "1 figure; 1 of 1 standing figures (100%) are given by nobody else" in text_of(desk.get("/sources/Verity Relief").text)


def test_an_editor_sets_what_is_known_with_a_reason_and_incidents_follow(desk, record):
    done = post(desk, "/sources", "/sources/Verity Relief", name="Verity Relief", kind="monitor", reliability="low",
                why="it was wrong twice", party="state:Syria")
    assert done.headers["location"] == "/sources/verity-relief"
    page = text_of(desk.get("/sources/verity-relief").text)
    assert "Speaks for the state of Syria" in page
    assert "Reliability low it was wrong twice" in page
    assert "set source: kind monitor; party_to state:SY; names Verity Relief; reliability low (it was wrong twice) Ana" in page
    with open_record(record) as store:
        assert any("source Verity Relief" in line.what for one in store.incidents() for line in one.history)


@pytest.mark.parametrize(("given", "said"), [
    pytest.param({"reliability": "low", "why": ""}, "say why", id="no-reason"),
    pytest.param({"party": "nobody at all", "why": "x"}, "no armed group has this name", id="no-such-side"),
    pytest.param({"country": "Atlantis", "why": "x"}, "no country has this code or name", id="no-such-country"),
])
def test_what_cannot_be_set_says_why(desk, given, said):
    done = post(desk, "/sources", "/sources/Verity Relief", name="Verity Relief", **{"kind": "monitor", **given})
    assert done.status_code == 422
    assert said in text_of(done.text)


def test_a_form_of_another_site_sets_nothing(desk):
    assert desk.post("/sources", data={"name": "AFP", "why": "x", "reliability": "low"}).status_code == 403
    assert csrf_of(desk, "/sources/afp")


def test_a_source_of_the_register_has_a_page_under_its_id(desk):
    assert desk.get("/sources/AFP").headers["location"] == "/sources/afp"
    assert desk.get("/sources/nobody").status_code == 404


@pytest.mark.parametrize(("words", "is_public"), [
    ("the mayor", True), ("residents", True), ("Agence France-Presse", True), ("police spokesman Tam Quillip", True),
    ("Selda Oarewyn", False), ("resident Selda Oarewyn", False), ("eyewitness Tam Quillip", False)])
def test_who_may_be_listed_as_a_speaker(words, is_public):
    assert speaks_in_public(words, load_sources()) is is_public


def test_months_are_newest_first_and_what_has_no_day_last():
    assert by_month([OnDay(None, 2), OnDay(date(2024, 1, 1), 1), OnDay(date(2024, 3, 1), 4), OnDay(date(2024, 3, 2), 1)]) == [
        ("2024-03", 5, 2), ("2024-01", 1, 1), ("day not known", 2, 0)]
    assert alone_words(0, 0) == "none of its figures stands"


def test_agencies_that_reports_credit_have_a_line_and_a_page(record):
    browser = a_desk(record, [(a_report(outlet=None, agency="Hawk Wire"), [], [])])
    shown = text_of(browser.get("/sources").text)
    assert "Agencies Name Reports From To Could not be read Other languages Hawk Wire 1 12 Mar 2024" in shown
    assert "2024-03 1 1" in text_of(browser.get("/sources/Hawk Wire").text)


def test_watched_feeds_are_listed_with_how_they_fare_and_what_is_wrong_first(desk, record):
    at = datetime(2024, 3, 1, 8, tzinfo=UTC)
    silent = WatchedFeed("https://quill.example/rss", HOSTILE, succeeded_at=at, news_at=at, pace=Pace(usual_s=7200.0),
                         troubles=(Trouble("silent", at, "nothing new for 3 days"),))
    failing = WatchedFeed("https://arden.example/rss", "Arden Post", problem="the server answered 500", pace=Pace(failures=3))
    with open_record(record) as store:
        store.feeds.keep([failing, silent, WatchedFeed("https://old.example/rss", "Old Post", watched=False)])
    page = desk.get("/sources").text
    shown = text_of(page)
    assert "look at it silent: nothing new for 3 days 2024-03-01 08:00 2024-03-01 08:00 2 hours" in shown
    assert "Arden Post https://arden.example/rss the server answered 500 never never 3" in shown
    assert shown.index("quill.example") < shown.index("arden.example")
    assert "Old Post" not in page
    assert "<script>alert(1)" not in page
    assert "quill.example" not in desk.get("/sources?text=arden").text
