"""The commands by which a person decides, as they are typed and as they answer."""

from __future__ import annotations

import json

import pytest

STORY = ("PORT VERITY, March 12, 2024 (Hawk Wire) - Gunmen shot dead Selda Oarewyn, a schoolteacher, and two other people in "
         "Kabul on Tuesday, the mayor said. Residents said that more were feared dead.\n")


@pytest.fixture
def record(dateline, tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    path = tmp_path / "d.db"
    assert dateline("run", tmp_path / "a.txt", "--record", path, "--offline")[0] == 0
    return path


def test_a_correction_is_typed_in_words_and_undone_by_its_number(dateline, record):
    code, out, err = dateline("correct", "DTL-1", "where", "Ansongo, ML", "--why", "the town", "--as", "ann", "--record", record)
    assert (code, out) == (0, "event 1: DTL-1\n")
    assert "dateline undo 1 takes it back" in err
    held = json.loads(dateline("show", "DTL-1", "--json", "--record", record)[1])
    assert held["where"]["name"] == "Ansongo"
    assert dateline("undo", "--record", record)[1] == "event 2: DTL-1\n"
    held = json.loads(dateline("show", "DTL-1", "--json", "--record", record)[1])
    assert held["where"]["name"] == "Kabul"


@pytest.mark.parametrize(("value", "said"), [
    ("2024-03-11", ("2024-03-11", "2024-03-11", "day")), ("2024-03", ("2024-03-01", "2024-03-31", "month")),
    ("2024-03-11..2024-03-12", ("2024-03-11", "2024-03-12", "days")), ("none", (None, None, "unknown")),
])
def test_a_day_is_given_as_far_as_it_is_known(dateline, record, value, said):
    assert dateline("correct", "DTL-1", "when", value, "--record", record)[0] == 0
    when = json.loads(dateline("show", "DTL-1", "--json", "--record", record)[1])["when"]
    assert (when["earliest"], when["latest"], when["precision"]) == said


def test_a_review_is_typed_step_by_step_and_show_tells_it(dateline, record):
    assert dateline("review", "DTL-1", "assign", "--to", "Ana", "--as", "ben", "--record", record)[1] == "event 1: DTL-1\n"
    assert "assigned to Ana by ben" in dateline("show", "DTL-1", "--record", record)[1]
    dateline("review", "DTL-1", "query", "--to", "Cem", "--why", "which hospital?", "--as", "ana", "--record", record)
    dateline("review", "DTL-1", "confidence", "--level", "low", "--record", record)
    shown = dateline("show", "DTL-1", "--record", record)[1]
    assert "query to Cem by ana" in shown
    assert "which hospital?" in shown
    assert "confidence low" in shown
    dateline("accept", "DTL-1", "--record", record)
    dateline("correct", "DTL-1", "kind", "armed clash", "--record", record)
    assert "its facts have changed since" in dateline("show", "DTL-1", "--record", record)[1]
    listed = dateline("history", "--record", record)[1]
    assert "assign to Ana" in listed
    assert "confidence low" in listed


@pytest.mark.parametrize(("arguments", "said"), [
    (("correct", "DTL-1", "when", "yesterday"), "'yesterday' is no day"),
    (("correct", "DTL-1", "where", "Nowhereatall"), "the gazetteer knows no"),
    (("correct", "DTL-1", "toll", "3"), "no field 'toll'"),
    (("merge", "DTL-1", "DTL-7"), "no incident DTL-7"),
    (("reject", "DTL-1"), "--why"),
    (("history", "DTL-7"), "no incident DTL-7"),
    (("review", "DTL-1", "assign"), "--to"),
    (("review", "DTL-1", "confidence", "--level", "certain"), "low, medium, high"),
])
def test_what_cannot_be_done_says_why(dateline, record, arguments, said):
    code, out, err = dateline(*arguments, "--record", record)
    assert (code, out) == (1, "")
    assert said in err


@pytest.mark.parametrize("arguments", [("history",), ("history", "--json"), ("history", "DTL-1"), ("history", "DTL-1", "--json")])
def test_a_history_names_no_victim_unless_asked(dateline, record, arguments):
    dateline("accept", "DTL-1", "--why", "Selda Oarewyn was my neighbour", "--record", record)
    code, out, _ = dateline(*arguments, "--record", record)
    assert code == 0
    assert "accept" in out
    assert "Oarewyn" not in out
    assert "Oarewyn" in dateline(*arguments, "--names", "--record", record)[1]
