"""dateline source and sources: the register is shown, and what a person knows of a source goes into a file of their own."""

from __future__ import annotations

import json
import tomllib
from datetime import date

import pytest

from dateline.settings import Settings
from made_incidents import a_figure, a_record, a_report, an_account


@pytest.fixture
def own(tmp_path):
    return tmp_path / "data" / "sources.toml"


def shown(dateline, name):
    code, out, _ = dateline("source", name, "--json")
    assert code == 0
    return json.loads(out)


def test_a_source_is_shown_by_any_of_its_names(dateline):
    code, out, err = dateline("source", "sohr")
    assert (code, err) == (0, "")
    assert out.startswith("Syrian Observatory for Human Rights  sohr\n  also SOHR,")
    assert shown(dateline, "Syrian Observatory")["id"] == "sohr"


def test_a_source_that_nobody_knows_is_one_clear_line(dateline):
    code, out, err = dateline("source", "Vale Wire")
    assert (code, out) == (1, "")
    assert err.startswith("dateline: SettingsError: 'Vale Wire': no source is called so;")


def test_the_register_is_listed(dateline):
    lines = dateline("sources")[1].splitlines()
    assert any(line.startswith("Reuters ") and " agency " in line for line in lines)
    listed = [json.loads(line)["id"] for line in dateline("sources", "--json")[1].splitlines()]
    assert listed == sorted(listed)
    assert {"sohr", "unama", "reuters"} <= set(listed)


def test_a_new_source_goes_into_a_file_of_ones_own(dateline, own):
    code, out, err = dateline("sources", "set", "Vale Wire", "--kind", "agency", "--country", "Colombia", "--party", "FARC",
                              "--name", "VW")
    assert code == 0
    assert out.startswith("Vale Wire  vale-wire\n  also VW\n  kind agency\n  country CO\n")
    assert "written" in err
    assert tomllib.loads(own.read_text(encoding="utf-8"))["source"] == [
        {"id": "vale-wire", "names": ["Vale Wire", "VW"], "kind": "agency", "country": "CO", "party_to": "farc"}]
    assert shown(dateline, "VW")["party_to"] == "farc"


def test_a_known_source_keeps_what_is_not_given(dateline, own):
    before = shown(dateline, "SOHR")
    assert dateline("sources", "set", "SOHR", "--reliability", "low", "--why", "counts fighters as civilians")[0] == 0
    after = shown(dateline, "SOHR")
    assert after.pop("reliability") == {"value": "low", "why": "counts fighters as civilians", "at": date.today().isoformat()}
    del before["reliability"]
    assert after == before


def test_a_side_is_taken_away(dateline):
    assert dateline("sources", "set", "SANA", "--party", "none")[0] == 0
    assert shown(dateline, "SANA")["party_to"] is None


def test_what_a_person_wrote_beside_it_stays(dateline, own):
    own.parent.mkdir()
    own.write_text('# my notes\n\n[[source]]\nid = "a"\nnames = ["Aye"]\nkind = "other"  # why\n\n'
                   '[[source]]\nid = "b"\nnames = ["Bee"]\nkind = "other"\n', encoding="utf-8")
    assert dateline("sources", "set", "Bee", "--kind", "monitor")[0] == 0
    assert own.read_text(encoding="utf-8") == (
        '# my notes\n\n[[source]]\nid = "a"\nnames = ["Aye"]\nkind = "other"  # why\n\n'
        '[[source]]\nid = "b"\nnames = ["Bee"]\nkind = "monitor"\n')


def test_the_same_again_changes_nothing(dateline, own):
    dateline("sources", "set", "Vale Wire", "--kind", "agency")
    first = own.read_text(encoding="utf-8")
    assert "left as it is" in dateline("sources", "set", "Vale Wire", "--kind", "agency")[2]
    assert own.read_text(encoding="utf-8") == first


@pytest.mark.parametrize(("arguments", "code", "told"), [
    pytest.param(["Vale Wire"], 1, "say what it is with --kind", id="new, of no kind"),
    pytest.param(["Vale Wire", "--kind", "gossip"], 1, "gossip", id="no such kind"),
    pytest.param(["SOHR", "--scale", "Galactic"], 1, "Galactic", id="no such scale"),
    pytest.param(["SOHR", "--party", "Vale Bakers"], 1, "Vale Bakers", id="no such side"),
    pytest.param(["SOHR", "--country", "Atlantis"], 1, "Atlantis", id="no such country"),
    pytest.param(["SOHR", "--name", "Reuters"], 1, "the source reuters is called so", id="another's name"),
    pytest.param(["SOHR", "--reliability", "good", "--why", "x"], 1, "good", id="no such reliability"),
    pytest.param(["SOHR", "--reliability", "low"], 2, "--why", id="no reason"),
])
def test_what_cannot_be_is_refused_and_nothing_is_written(dateline, own, arguments, code, told):
    refused, out, err = dateline("sources", "set", *arguments)
    assert (refused, out, own.exists()) == (code, "", False)
    assert told in err


def test_a_file_named_by_the_setting_must_be_there_to_be_read(dateline, tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_SOURCES_FILE", str(tmp_path / "mine.toml"))
    assert "there is no such file" in dateline("sources")[2]
    assert dateline("sources", "set", "Vale Wire", "--kind", "agency")[0] == 0
    assert shown(dateline, "Vale Wire")["id"] == "vale-wire"


def test_what_a_person_sets_counts_when_the_report_is_reconciled(dateline, own, tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_SOURCES_FILE", str(own))
    dateline("sources", "set", "the mayor", "--kind", "official", "--party", "state:CO")
    figures = (a_figure("At least 12 people", 12, None, 12, "at_least"),)
    settings = Settings(sources_file=str(own))
    held = a_record(tmp_path / "held.db", an_account(figures=figures), a_report(), settings)
    [before] = dateline("incidents", "--json", "--record", held)[1].splitlines()
    [speaker] = json.loads(before)["accounts"][0]["account"]["figures"][0]["speakers"]
    assert speaker["party"] == "state:CO"
    a_record(tmp_path / "held.db", an_account(figures=figures), a_report(), settings)
    assert dateline("incidents", "--json", "--record", held)[1].splitlines() == [before]
