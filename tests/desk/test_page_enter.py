"""Paste and enter: what is not read is opened beside the form of entering by hand."""

from __future__ import annotations

import pytest

from made_desk import a_desk, post, text_of
from made_incidents import a_report, an_account

GERMAN = ("Bei einem Angriff auf den Hafen von Arden sind am Montag nach Angaben des Bürgermeisters mindestens zwölf Menschen "
          "getötet worden. Die Polizei sprach von einem Anschlag. Verletzte wurden in die Krankenhäuser der Stadt gebracht.")


@pytest.fixture
def desk(tmp_path):
    return a_desk(tmp_path / "d.db", [(a_report(), [an_account()], [])])


def test_a_report_in_a_language_that_is_not_read_is_opened_beside_the_form(desk):
    page = post(desk, "/enter/drafts", "/enter", text=GERMAN, outlet="Ardener Blatt")
    shown = text_of(page.text)
    assert page.status_code == 200
    assert "language not read" in shown
    assert "Enter what it tells" in shown
    assert "mindestens zwölf Menschen" in shown
    assert 'name="outlet" value="Ardener Blatt"' in page.text


def test_what_is_read_from_it_is_entered_with_the_note_as_its_evidence(desk):
    done = post(desk, "/enter", "/enter", note="The paper has twelve dead at the port.", on="2024-03-13", outlet="Ardener Blatt",
                kind="attack", day="2024-03-12", country="DE", killed="at least 12", into="new")
    assert done.status_code == 303
    shown = text_of(desk.get(done.headers["location"]).text)
    assert "at least 12 killed" in shown
    assert "The paper has twelve dead at the port." in shown
