"""Rules for tolls and for who did it: chosen for one view, and the record stays as it is."""

from __future__ import annotations

import json

import pytest

from dateline.records import AsOf, Responsibility
from made_incidents import a_figure, a_record, a_report, an_account

BLAMED = Responsibility("blamed", "blamed Vale Front", "vale-front", "the UN mission", AsOf("2024-03-12", "2024-03-12"), ())


@pytest.fixture
def held(tmp_path):
    """Twelve dead by the mayor's count and nine by a clinic's; a group is blamed."""
    text = "At least 12 people were killed in Port Verity, the mayor said. Nine people were killed, the clinic said."
    account = an_account(text, responsibility=(BLAMED,), figures=(
        a_figure("At least 12 people", 12, None, 12, "at_least", text=text),
        a_figure("Nine people", 9, 9, 9, "exact", text=text, speaker="the clinic")))
    return a_record(tmp_path / "held.db", account, a_report(text))



@pytest.mark.parametrize("command", [["incidents"], ["show", "DTL-1"]], ids=["incidents", "show"])
def test_a_rule_holds_for_one_view(dateline, held, command):
    plain = dateline(*command, "--json", "--record", held)[1]
    _, other, _ = dateline(*command, "--rule", "latest", "--attribution", "Suspected  too", "--json", "--record", held)
    assert json.loads(other)["toll"]["killed"]["rule"] == "latest"
    assert [one["of"] for one in json.loads(other)["attribution"]["by"]] == ["vale-front"]
    assert json.loads(plain)["attribution"]["by"] == []
    assert dateline(*command, "--json", "--record", held)[1] == plain


def test_a_setting_holds_until_an_option_says_otherwise(dateline, held, monkeypatch):
    monkeypatch.setenv("DATELINE_TOLL_RULE", "lowest")
    monkeypatch.setenv("DATELINE_ATTRIBUTION_RULE", "suspected too")
    set_so = json.loads(dateline("show", "DTL-1", "--json", "--record", held)[1])
    assert (set_so["toll"]["killed"]["rule"], set_so["attribution"]["rule"]) == ("lowest", "suspected too")
    asked = json.loads(dateline("show", "DTL-1", "--rule", "reliable", "--json", "--record", held)[1])
    assert (asked["toll"]["killed"]["rule"], asked["attribution"]["rule"]) == ("reliable", "suspected too")


def test_an_incident_in_full_names_the_rules_in_force(dateline, held):
    _, out, _ = dateline("show", "DTL-1", "--rule", "majority", "--attribution", "never on one enemy’s word", "--record", held)
    assert "(toll by the rule “majority”)" in out
    assert "the rule “never on one enemy's word”" in " ".join(out.split())
