"""A report on the desk: the whole of it as it may be shown, what was read in it, its copies and versions."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.desk.views.reports import extracted_words, written_days
from dateline.publish.texts import published_text
from dateline.records import Written
from made_desk import a_desk, text_of
from made_incidents import DAY, STORY, a_figure, a_person, a_report, a_sensitive, a_where, an_account, words_of

HOSTILE = "<script>alert(1)</script>\u202eVerity"


@pytest.fixture
def desk(tmp_path):
    account = an_account(figures=(a_figure("At least 12", 12, None, 12, "at_least"),), actors=(a_person("Selda Oarewyn"),),
                         sensitive=(a_sensitive("Selda Oarewyn"), a_sensitive("Tam Quillip")))
    planned = an_account(report="R1", id="A-plan", status="planned", headline="attack planned, Port Verity")
    late = STORY + " Officials corrected an earlier count on Friday, saying more had been found under the rubble of the harbour."
    told = [
        (a_report(title=f"{HOSTILE}: Selda Oarewyn dead", source="https://post.example/selda-oarewyn-dead"), [account, planned],
         []),
        (a_report(late, id="R2", outlet="Arden Post", version_of="R1", update_kind="correction"), [], []),
    ]
    return a_desk(tmp_path / "d.db", told)


def test_a_report_is_shown_whole_with_what_was_read_in_it(desk):
    page = desk.get("/reports/R1").text
    shown = text_of(page)
    assert "Shelling hit Port Verity on 12 March. At least 12 people were killed, the mayor said." in shown
    assert "at least 12 killed the mayor" in shown
    assert 'href="/incidents/DTL-1"' in page
    assert "in no incident: a plan" in shown
    assert 'data-for="A-R1-F-At least 12"' in page
    assert "Kept" in shown


def test_a_withheld_name_is_nowhere_on_the_page(desk):
    page = desk.get("/reports/R1").text
    for part in ("Selda", "Oarewyn", "oarewyn", "Quillip"):
        assert part not in page
    assert "2 names withheld" in page


def test_words_of_a_report_are_never_html(desk):
    page = desk.get("/reports/R1").text
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;Verity" in page


def test_versions_of_its_story_are_named(desk):
    assert "a correction of this Arden Post" in text_of(desk.get("/reports/R1").text)
    assert "an earlier version Verity Post" in text_of(desk.get("/reports/R2").text)
    assert "Oarewyn" not in desk.get("/reports/R2").text.replace(STORY, ""), "a copy without accounts takes its names from them"


def test_an_unknown_report_is_not_there(desk):
    assert desk.get("/reports/none").status_code == 404


def test_passages_that_tell_who_a_minor_was_are_blanked_in_the_text_too():
    text = "A 14-year-old girl from Quill Lane was hurt. He knew the 14-year-old girl from Quill Lane."
    account = an_account(text, sensitive=(a_sensitive("14-year-old girl from Quill Lane", text, "minor"),))
    shown = published_text(text, [account])
    assert "Quill" not in shown
    assert len(shown) == len(text)


def test_the_place_of_a_shelter_is_blanked_in_the_text():
    text = "A shell hit the women's shelter in Port Verity."
    told = an_account(text, where=a_where(text="Port Verity", name="Port Verity", kind="city", country="XA", lat=1.0, lon=2.0,
                                          precision=1, evidence=words_of(text, "Port Verity")),
                      sensitive=(a_sensitive("shelter", text, "shelter"),))
    assert "Verity" not in published_text(text, [told])
    other = an_account(text, where=told.where)
    assert "Verity" in published_text(text, [other])
    assert "Verity" not in published_text(text, [other], shelters=[other]), "another report of it says that it is one"


@pytest.mark.parametrize(("written", "words"), [
    (Written(DAY, DAY, (), "metadata"), "12 Mar 2024"),
    (Written(date(2020, 8, 30), date(2021, 8, 30), (date(2020, 8, 30), date(2021, 8, 30)), "dateline"),
     "30 Aug 2020 or 30 Aug 2021"),
    (Written(None, DAY, (), "page"), "on or before 12 Mar 2024"),
    (Written(None, None, (), "unknown"), "not known"),
])
def test_the_day_of_writing_keeps_its_doubt(written, words):
    assert written_days(written) == words


def test_a_report_in_another_language_says_why_nothing_was_read():
    assert extracted_words("language:ar") == "not read: dateline reads no ar yet"
