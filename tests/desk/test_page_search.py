"""One search over reports, incidents, groups and sources; what is withheld is neither shown nor found."""

from __future__ import annotations

import pytest

from dateline.desk.views.snippets import Term, snippet_of
from made_desk import a_desk, text_of
from made_incidents import STORY, a_figure, a_person, a_report, a_sensitive, an_account


@pytest.fixture
def desk(tmp_path):
    account = an_account(figures=(a_figure("At least 12", 12, None, 12, "at_least"),), actors=(a_person("Selda Oarewyn"),),
                         sensitive=(a_sensitive("Selda Oarewyn"), a_sensitive("Tam Quillip")))
    return a_desk(tmp_path / "d.db", [(a_report(title="<b>Shells</b> hit port"), [account], [])])


def test_words_lead_to_reports_with_some_text_around_them(desk):
    page = desk.get("/search?text=killed mayor").text
    assert "<mark>killed</mark>, the <mark>mayor</mark> said" in page
    assert "&lt;b&gt;Shells&lt;/b&gt; hit port" in page
    assert 'href="/reports/R1"' in page
    assert 'href="/incidents/DTL-1"' in page


def test_words_lead_to_incidents_groups_and_sources(desk):
    assert "1 incidents" in text_of(desk.get("/search?text=verity").text)
    assert "Islamic State" in text_of(desk.get("/search?text=islamic state").text)
    assert 'href="/sources/afp"' in desk.get("/search?text=agence france").text


def test_a_withheld_name_is_in_no_snippet_and_finds_nothing(desk):
    assert "Oarewyn" not in desk.get("/search?text=baker").text
    found = desk.get("/search?text=oarewyn").text
    assert "Nothing holds these words" in text_of(found)
    assert "R1" not in found


def test_no_words_ask_for_nothing(desk):
    assert desk.get("/search").status_code == 200
    assert desk.get("/search?text=***").status_code == 200
    assert desk.get(f"/search?text={'x' * 401}").status_code == 422


@pytest.mark.parametrize(("terms", "marked"), [
    pytest.param([Term("mayor")], ["mayor"], id="word"),
    pytest.param([Term("port verity")], ["Port Verity"], id="phrase"),
    pytest.param([Term("peop", True)], ["people"], id="beginning"),
    pytest.param([Term("verity"), Term("12")], ["Verity", "12", "12"], id="each"),
    pytest.param([Term("vérité")], ["Verité"], id="accents"),
])
def test_the_words_are_marked_where_they_stand(terms, marked):
    text = STORY if terms[0].words != "vérité" else "In Verité shells fell."
    assert [bit.words for bit in snippet_of(("", text), terms, ("", text)) or () if bit.is_found] == marked


def test_a_report_found_by_what_is_blanked_is_not_found():
    assert snippet_of(("", "Among them was █████."), [Term("selda")], ("", "Among them was Selda.")) is None


def test_words_that_the_index_takes_apart_otherwise_show_the_beginning():
    [bit] = snippet_of(("", "A long text."), [Term("absent")], ("", "A long text.")) or []
    assert (bit.words, bit.is_found) == ("A long text.", False)
