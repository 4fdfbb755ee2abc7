"""Paste and enter: what is not read is opened beside the form of entering by hand."""

from __future__ import annotations

import re
import threading

import pytest

from dateline.desk.read_once import AT_ONCE, ReadOnce
from dateline.extract import NOTHING
from extract.model_server import a_figure, a_model_server, accounts, error
from extract.model_server import an_account as told
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


# A model at an address

BLAST = "A suicide bomber killed at least 12 people in Kunduz on Friday, the mayor said."
RIGHT = accounts(told(BLAST, kind="grenade", figures=[a_figure("12 people", "killed")]))


@pytest.fixture
def model():
    with a_model_server(RIGHT) as server:
        yield server


@pytest.fixture
def desk_of_a_model(tmp_path, model):
    return a_desk(tmp_path / "m.db", extractor="endpoint", llm_url=model.address, llm_model="small")


def packed(page):
    return re.search(r'name="packed" value="([^"]+)"', page)[1]


def test_who_pastes_is_told_that_the_text_goes_to_a_model(desk, desk_of_a_model, model):
    assert f"sent to the model small at {model.address.split('/')[2]}" in text_of(desk_of_a_model.get("/enter").text)
    assert "sent to" not in text_of(desk.get("/enter").text)


def test_what_is_kept_is_what_was_shown_and_is_asked_for_once(desk_of_a_model, model):
    shown = post(desk_of_a_model, "/enter/drafts", "/enter", text=BLAST, outlet="Arden Post")
    assert "grenade" in text_of(shown.text)
    model.answers[:] = [accounts()]
    done = post(desk_of_a_model, "/enter/keep", "/enter", packed=packed(shown.text))
    assert "grenade" in text_of(desk_of_a_model.get(done.headers["location"]).text)
    assert len(model.asked) == 1


def test_a_model_that_fails_is_told_beside_the_text_that_was_pasted(desk_of_a_model, model):
    model.answers[:] = [error(401, "no key")]
    page = post(desk_of_a_model, "/enter/drafts", "/enter", text=BLAST)
    assert page.status_code == 422
    assert "answered 401 (no key); set DATELINE_LLM_KEY" in text_of(page.text)
    assert BLAST in page.text


def test_only_so_many_texts_wait_for_a_model_at_a_time():
    begun, go_on = threading.Semaphore(0), threading.Event()

    class Slow:
        version, at_once = "slow", 1

        def __call__(self, reports):
            begun.release()
            go_on.wait(10)
            yield from ((report, NOTHING) for report in reports)

    reader = ReadOnce(Slow())
    waiting = [threading.Thread(target=lambda n=n: list(reader([a_report(f"text {n}")]))) for n in range(AT_ONCE)]
    for thread in waiting:
        thread.start()
        begun.acquire()
    [(_, outcome)] = reader([a_report("one more")])
    go_on.set()
    for thread in waiting:
        thread.join()
    assert "4 other texts are being read by the model now; paste it again in a moment" in str(outcome.error)
    assert [one for _, one in reader([a_report("text 1")])] == [NOTHING]
