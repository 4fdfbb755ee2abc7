"""What the commands print of a record: for people and for programs, without names of victims, safe for a terminal."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

from dateline.records import Incident, from_json
from made_incidents import STORY, a_figure, a_record, a_report, a_when, a_where, an_account

PROGRAM = [sys.executable, "-c", "from dateline.cli import main; main()"]
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
HOSTILE = "\x1b[31mred\x1b]0;title\x07\x9b2J\x08\u202eder\u2066"


def test_a_list_is_four_lines_an_incident(dateline, record):
    code, out, _ = dateline("incidents", "--record", record)
    assert code == 0
    assert out.splitlines()[0] == "DTL-1  shelling, Port Verity"
    assert "killed at least 12" in out


def test_the_record_is_the_one_that_the_environment_names(dateline, record, monkeypatch):
    monkeypatch.setenv("DATELINE_RECORD", str(record))
    assert "DTL-1" in dateline("incidents")[1]


@pytest.mark.parametrize(
    "arguments",
    [["incidents", "--since", "2024-03-13"], ["incidents", "--text", "harvest"], ["incidents", "--nature", "crime"]],
    ids=["another-day", "other-words", "another-nature"],
)
def test_a_list_in_which_nothing_fits_is_done(dateline, record, arguments):
    code, out, err = dateline(*arguments, "--record", record)
    assert (code, out) == (0, "")
    assert "no incident fits" in err


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--since", "2024-03-12", "--until", "2024-03-12"], id="its-day"),
        pytest.param(["--since", "2024-03-12", "--surely"], id="surely"),
        pytest.param(["--text", '"port verity" shell*'], id="its-words"),
        pytest.param(["--kind", "Shelling/artillery/missile attack"], id="its-kind-however-written"),
        pytest.param(["--nature", "all"], id="every-nature"),
    ],
)
def test_a_list_finds_what_fits(dateline, record, arguments):
    assert "DTL-1" in dateline("incidents", *arguments, "--record", record)[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ["incidents"],
        ["incidents", "--figures"],
        ["incidents", "--json"],
        ["show", "DTL-1"],
        ["show", "DTL-1", "--json"],
    ],
    ids=" ".join,
)
def test_names_of_victims_are_printed_only_when_asked_for(dateline, record, arguments):
    out = dateline(*arguments, "--record", record)[1]
    assert "Oarewyn" not in out
    assert "Quillip" not in out
    if "--figures" not in arguments and arguments != ["incidents"]:
        assert "Oarewyn" in dateline(*arguments, "--names", "--record", record)[1]


@pytest.mark.parametrize("command", [["incidents"], ["show", "DTL-1"]], ids=" ".join)
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["for-people", "as-json"])
def test_how_many_names_were_withheld_is_said_on_standard_error(dateline, record, command, form):
    _, out, err = dateline(*command, *form, "--record", record)
    assert "withheld" not in out
    assert err.startswith("2 names withheld (victims, witnesses, suspects)")
    assert dateline(*command, *form, "--names", "--record", record)[2] == ""


@pytest.mark.parametrize("arguments", [["incidents", "--figures"], ["show", "DTL-1"], ["group", "ISIS-K"]], ids=" ".join)
def test_what_is_printed_fits_80_columns_and_ends_in_no_space(dateline, record, arguments):
    lines = dateline(*arguments, "--record", record)[1].splitlines()
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line != line.rstrip()] == []


def test_words_that_say_something_are_marked_where_there_are_no_colours(dateline, record):
    out = " ".join(dateline("show", "DTL-1", "--record", record)[1].split())
    assert "«At least 12 people» were killed" in out


@pytest.mark.parametrize("arguments", [["incidents"], ["show", "DTL-1"], ["show", "1"]], ids=" ".join)
def test_json_is_one_object_a_line_that_reads_back(dateline, record, arguments):
    code, out, err = dateline(*arguments, "--json", "--names", "--record", record)
    assert (code, err) == (0, "")
    [line] = out.splitlines()
    incident = from_json(Incident, json.loads(line))
    assert incident.id == "DTL-1"
    [joined] = incident.accounts
    assert all(STORY[e.start : e.end] == e.quote for figure in joined.account.figures for e in figure.evidence)


def test_a_group_as_json_holds_its_names_statements_and_incidents(dateline, record):
    code, out, _ = dateline("group", "ISIS-K", "--json", "--record", record)
    assert code == 0
    profile = json.loads(out)
    assert profile["group"]["id"] == "islamic-state-khorasan"
    assert (profile["statements"], profile["incidents"]) == ([], [])


def test_a_group_of_a_file_of_ones_own_is_known(dateline, record, monkeypatch, tmp_path):
    groups = tmp_path / "groups.toml"
    groups.write_text('[[group]]\nid = "vale-front"\nname = "Vale Front"\ntypes = [{type = 2}]\n')
    monkeypatch.setenv("DATELINE_GROUPS_FILE", str(groups))
    code, out, _ = dateline("group", "vale front", "--record", record)
    assert code == 0
    assert "vale-front" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["incidents"],
        ["incidents", "--figures"],
        ["incidents", "--json"],
        ["show", "DTL-1"],
        ["show", "DTL-1", "--json"],
    ],
    ids=" ".join,
)
def test_control_characters_that_are_held_do_not_reach_the_terminal(dateline, tmp_path, arguments):
    text = f"{HOSTILE} Shelling hit Port Verity, 12 people {HOSTILE} were killed."
    account = an_account(
        text, headline=f"shelling {HOSTILE}", figures=(a_figure("12", 12, 12, 12, "exact", text=text, who=HOSTILE),)
    )
    held = a_record(
        tmp_path / "hostile.db", account, a_report(text, title=HOSTILE, outlet=HOSTILE, source=f"a/{HOSTILE}")
    )
    out = dateline(*arguments, "--record", held)[1]
    assert "DTL-1" in out
    assert not CONTROL.search(out)


@pytest.mark.parametrize("arguments", [["incidents", "--json"], ["incidents"], ["show", "DTL-1"]], ids=" ".join)
def test_a_closed_pipe_ends_the_program_in_silence(record, arguments):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = subprocess.run(
            [*PROGRAM, *arguments, "--record", str(record)],
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        os.close(writing)
    assert ended.stderr == ""
    assert ended.returncode in {0, 1, 141}


@pytest.fixture
def unplaced(tmp_path):
    """One incident whose place and day nobody tells."""
    account = an_account(when=a_when(), where=a_where(lat=None, lon=None, precision=None, country=None, name=None,
                                                      unplaced="the report names no place for it"))
    return a_record(tmp_path / "unplaced.db", account, a_report())


def test_what_a_map_and_a_timeline_would_not_show_is_counted(dateline, unplaced):
    _, out, err = dateline("incidents", "--record", unplaced)
    assert "DTL-1" in out
    assert "1 listed, 1 without a place, 1 without a day or span of days" in err


def test_what_has_no_place_can_be_listed(dateline, record, unplaced):
    assert "DTL-1" in dateline("incidents", "--unplaced", "--record", unplaced)[1]
    assert dateline("incidents", "--unplaced", "--record", record)[1] == ""


def test_a_country_leaves_nothing_out_in_silence(dateline, unplaced):
    code, out, err = dateline("incidents", "--country", "AF", "--record", unplaced)
    assert (code, out) == (0, "")
    assert "1 more may be there: their country is not known" in err


@pytest.mark.parametrize(("asked", "listed"), [
    pytest.param(("--precision", "1"), True, id="precise"), pytest.param(("--province", "hills"), False, id="another-province"),
    pytest.param(("--affected", "school"), False, id="nobody-protected"), pytest.param(("--undated",), False, id="undated"),
    pytest.param(("--origins", "1", "--origins-not-party", "1"), True, id="one-origin"),
    pytest.param(("--origins", "9"), False, id="nine-origins"), pytest.param(("--review", "Unreviewed"), True, id="unreviewed"),
    pytest.param(("--side-killed", "protesters"), False, id="another-side"),
])
def test_incidents_are_listed_by_what_they_are_known_for(dateline, record, asked, listed):
    code, out, err = dateline("incidents", *asked, "--record", record)
    assert code == 0, err
    assert ("DTL-1" in out) is listed


@pytest.mark.parametrize("asked", [("--precision", "8"), ("--origins", "0"), ("--review", "done"), ("--affected", "tanks"),
                                   ("--side-killed", "ours"), ("--kind", "war")])
def test_a_value_that_nobody_knows_is_refused_with_those_that_are_known(dateline, record, asked):
    code, _, err = dateline("incidents", *asked, "--record", record)
    assert code != 0
    assert f"{asked[0]} " in err
