"""Entering by hand, as it is typed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

NOTE = "The health office says at least 12 dead; Selda Oarewyn took the call."
GIVEN = ("--kind", "suicide bomb", "--day", "2018-01-27", "--country", "AF", "--place", "Kabul", "--killed", "at least 12",
         "--by", "health office", "--note", NOTE, "--outlet", "phone call")


def shown(dateline, incident="DTL-1"):
    return json.loads(dateline("show", incident, "--json")[1])


def test_an_incident_is_entered_by_options_and_undone(dateline):
    code, out, err = dateline("enter", *GIVEN, "--private", "Selda Oarewyn", "--as", "ann")
    assert (code, out) == (0, "event 1: DTL-1\n")
    assert "dateline undo 1 takes it back" in err
    held = shown(dateline)
    assert (held["kind"], held["where"]["name"], held["toll"]["killed"]["low"]) == ("suicide bomb", "Kabul", 12)
    assert dateline("enter", "--into", "DTL-1", "--killed", "14", "--by", "the hospital", "--note", "14 bodies")[0] == 0
    assert len(shown(dateline)["accounts"]) == 2
    dateline("undo", "1")
    for asked in (("history",), ("history", "--json"), ("history", "DTL-1", "--json"), ("show", "DTL-1")):
        assert "Oarewyn" not in dateline(*asked)[1]


def test_the_file_of_the_documents_is_entered(dateline, tmp_path):
    told = (Path(__file__).parents[2] / "docs" / "use.md").read_text(encoding="utf-8")
    table = re.search(r"^    note = .*?(?=^$)", told, re.M | re.S)
    assert table
    (tmp_path / "calls.toml").write_text("\n".join(line[4:] for line in table[0].splitlines()))
    assert dateline("enter", "calls.toml")[:2] == (0, "event 1: DTL-1\n")
    held = shown(dateline)
    assert (held["toll"]["killed"]["low"], held["toll"]["injured"]["best"]) == (12, 30)
    assert {figure["side"] for figure in held["accounts"][0]["account"]["figures"]} == {"civilians"}


def test_several_are_entered_from_one_file_or_none(dateline, tmp_path):
    calls = [{"note": f"call {n}", "kind": "attack", "day": f"2018-0{n}-01", "country": "AF", "into": "new"} for n in (1, 2)]
    (tmp_path / "calls.json").write_text(json.dumps(calls))
    assert dateline("enter", "calls.json")[1].count("event ") == 2
    (tmp_path / "calls.json").write_text(json.dumps([*calls[:1], {"note": "call 3", "kind": "no kind"}]))
    assert dateline("enter", "calls.json")[0] == 1
    assert len(dateline("incidents", "--json")[1].splitlines()) == 2


@pytest.mark.parametrize(("arguments", "said"), [
    (("--kind", "attack"), "--note"), (("--note", "a call"), "what kind"), (("none.toml",), "none.toml"),
    (("odd.json",), "neither TOML nor"), (("--note", "a call", "--kind", "attack", "--killed", "lots"), "'lots' is no count"),
    (("--note", "a call", "--country", "Nowhere"), "no country"),
])
def test_what_cannot_be_entered_says_why(dateline, tmp_path, arguments, said):
    (tmp_path / "odd.json").write_text("[" * 100_000)
    code, out, err = dateline("enter", *arguments)
    assert (code, out) == (1, "")
    assert said in err
