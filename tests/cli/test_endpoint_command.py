"""The commands with a model at an address in the place of our own rules."""

from __future__ import annotations

import json

import pytest

from extract.model_server import a_figure, a_model_server, accounts, an_account, by_text, message

BLAST = "A suicide bomber killed at least 12 people in Kunduz on Friday, the mayor said."
TEXT = f"KABUL, Jan 27, 2018 (Hawk Wire) - {BLAST}\n"
RIGHT = accounts(an_account(BLAST, kind="grenade", figures=[a_figure("12 people", "killed", speaker="the mayor")]))


@pytest.fixture
def model(dateline, monkeypatch, tmp_path):
    """A stand-in that every command asks; report.txt is there to be read."""
    (tmp_path / "report.txt").write_text(TEXT)
    with a_model_server(RIGHT) as server:
        monkeypatch.setenv("DATELINE_EXTRACTOR", "endpoint")
        monkeypatch.setenv("DATELINE_LLM_URL", server.address)
        monkeypatch.setenv("DATELINE_LLM_MODEL", "small")
        yield server


def test_extract_prints_what_the_model_marked(dateline, model):
    code, out, err = dateline("extract", "report.txt", "--json")
    assert (code, err) == (0, "")
    [account] = json.loads(out)["accounts"]
    assert (account["kind"], account["figures"][0]["low"], account["where"]["name"]) == ("grenade", 12, "Kunduz")


@pytest.mark.parametrize("command", [("extract", "report.txt"), ("run", "report.txt")])
def test_offline_sends_nothing(dateline, model, command, tmp_path):
    code, out, err = dateline(*command, "--offline")
    assert (code, out, model.asked) == (1, "", [])
    assert err.startswith("dateline: SettingsError: DATELINE_EXTRACTOR='endpoint' sends the texts")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".db"] == []


def test_a_run_goes_on_past_a_bad_answer_and_the_next_one_asks_again(dateline, model, tmp_path):
    herat = BLAST.replace("Kunduz", "Herat").replace("Friday", "Thursday")
    (tmp_path / "second.txt").write_text(TEXT.replace(BLAST, herat))
    model.answers[:] = [by_text(lambda text: accounts(an_account(herat)) if herat in text else message("no"))]
    code, out, err = dateline("run", "report.txt", "second.txt")
    assert code == 3
    assert "ExtractError: report.txt" in err
    assert "gave an answer that is not JSON; use another model, or one held to a schema, and run again" in err
    assert "1 report could not be extracted; the next run tries again" in err
    assert "Herat" in out
    model.answers[:] = [RIGHT]
    code, out, err = dateline("run", "report.txt", "second.txt")
    assert (code, len(model.asked)) == (0, 3)
    assert "grenade" in out


def test_a_redo_reads_with_the_extractor_that_is_set_now(dateline, model, monkeypatch):
    dateline("run", "report.txt")
    monkeypatch.delenv("DATELINE_EXTRACTOR")
    code, out, _ = dateline("redo", "--dry-run", "--json")
    assert (code, len(model.asked)) == (0, 1)
    assert "kind grenade became suicide bomb" in out
    monkeypatch.setenv("DATELINE_EXTRACTOR", "endpoint")
    monkeypatch.setenv("DATELINE_LLM_MODEL", "large")
    model.answers[:] = [message("no")]
    code, out, err = dateline("redo", "--json")
    assert (code, out, len(model.asked)) == (3, "", 2)
    assert "gave an answer that is not JSON" in err
    assert "grenade" in dateline("incidents")[1]


def test_a_record_says_who_read_its_reports(dateline, model):
    from dateline.store import open_record

    dateline("run", "report.txt")
    with open_record("dateline.db") as store:
        [one] = store.lists.made().extractors
    assert one.version.startswith("endpoint:small ")
