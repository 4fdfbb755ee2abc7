"""The command line as a person meets it: help, exit codes, and one clear line for each problem."""

from __future__ import annotations

import re
import resource
import subprocess
import sys

import pytest

from dateline.cli import app

COMMANDS = ("run", "watch", "incidents", "show", "group", "source", "extract", "enter", "export", "import", "compare", "brief",
            "serve", "merge", "split", "apart", "accept", "reject", "review", "correct", "undo", "history", "redo", "backup",
            "restore", "forget", "doctor", "copy", "backfill", "load")
GROUPS = ("groups", "sources", "gazetteer", "edition", "person", "token", "subscribers", "mails")  # of commands
HELP_COST = 3.2                   # times what loading the library of the command line costs alone
HEAVY = ("spacy", "sqlalchemy", "httpx", "trafilatura", "feedparser", "pycountry", "rich", "alembic")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
PROGRAM = [sys.executable, "-c", "from dateline.cli import main; main()"]
DATELINE = "PORT VERITY, March 12, 2024 (Hawk Wire) - "
HOSTILE = "\x1b[31mred\x1b]0;title\x07\x9b2J\x08"


def lines_of(text):
    return [line for line in text.splitlines() if line.strip()]


def assert_one_clear_line(err):
    """A problem is one line that says what kind it is, and no traceback."""
    [line] = lines_of(err)
    assert re.match(r"dateline: (?:Read|Extract|Store|Settings)Error: \S", line)


# Help


def test_help_comes_at_once():
    costs = [cpu_seconds([*PROGRAM, "--help"]) / cpu_seconds([sys.executable, "-c", "import typer"]) for _ in range(3)]
    assert min(costs) < HELP_COST


def cpu_seconds(command):
    """What the command costs by itself, whatever else the machine does."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_loads_no_library_that_it_does_not_need():
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, dateline.cli\nprint(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert [name for name in HEAVY if name in loaded] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_ends_with_an_example(dateline, command):
    code, out, _ = dateline(command, "--help")
    assert code == 0
    last_paragraph = " ".join(out.rstrip().split("\n\n")[-1].split())
    assert last_paragraph.startswith(f"Example: dateline {command}")


@pytest.mark.parametrize("arguments", [[], *([command] for command in COMMANDS)], ids=lambda a: a[0] if a else "dateline")
def test_help_fits_80_columns_and_speaks_no_python(dateline, monkeypatch, arguments):
    monkeypatch.setenv("COLUMNS", "80")
    out = dateline(*arguments, "--help")[1]
    assert max(map(len, out.splitlines())) <= 80
    assert not re.search(r"<\w+|%Y|\{|\.\.\.$", out)


def test_the_program_has_these_commands_and_no_other(dateline):
    _, out, _ = dateline("--help")
    listed = re.findall(r"^  (\w+)  ", out.partition("Commands:")[2], re.M)
    assert sorted(listed) == sorted((*COMMANDS, *GROUPS))
    assert len(app.registered_commands) == len(COMMANDS)
    assert len(app.registered_groups) == len(GROUPS)


# Called wrongly: 2


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="no-command"),
        pytest.param(["fly"], id="no-such-command"),
        pytest.param(["incidents", "--fly"], id="no-such-option"),
        pytest.param(["show"], id="an-argument-is-missing"),
        pytest.param(["run"], id="no-source"),
        pytest.param(["incidents", "--since", "tomorrow"], id="no-day"),
        pytest.param(["extract", "a.jsonl", "--map", "body"], id="map-without-a-sign"),
        pytest.param(["extract", "a.jsonl", "--map", "text="], id="map-to-nothing"),
        pytest.param(["run", "a.jsonl", "--map", "=body"], id="map-from-nothing"),
        pytest.param(["incidents", "--rule", "highest"], id="no-such-rule-for-tolls"),
        pytest.param(["show", "DTL-1", "--attribution", "guessed"], id="no-such-rule-for-who-did-it"),
    ],
)
def test_a_wrong_call_ends_with_2_and_changes_nothing(dateline, arguments, tmp_path):
    code, _, err = dateline(*arguments)
    assert code == 2
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["extract", "run"])
def test_a_map_of_a_field_that_is_none_of_ours_is_a_wrong_call(dateline, command, tmp_path):
    source = tmp_path / "a.jsonl"
    source.write_text('{"text": "x"}\n')
    code, _, err = dateline(command, source, "--map", "body=text")
    assert code == 2
    assert "text, title, url, published, outlet, byline" in err
    assert list(tmp_path.iterdir()) == [source]


# Could not do its work: 1


def test_an_incident_that_is_not_held_is_one_clear_line(dateline, record):
    code, out, err = dateline("show", "DTL-99", "--record", record)
    assert (code, out) == (1, "")
    assert_one_clear_line(err)
    assert "DTL-99" in err


@pytest.mark.parametrize(
    "incident", ["DTL-", "x", "", "99999999999999999999999", "DTL-1; DROP TABLE report", "\x1b[2J"]
)
def test_what_is_no_incident_id_is_one_clear_line(dateline, record, incident):
    code, out, err = dateline("show", incident, "--record", record)
    assert (code, out) == (1, "")
    assert_one_clear_line(err)
    assert not CONTROL.search(err)


@pytest.mark.parametrize("arguments", [["incidents"], ["show", "DTL-1"], ["group", "ISIS-K"]], ids=lambda a: a[0])
def test_a_record_that_is_not_there_is_one_clear_line_and_is_not_made(dateline, arguments, tmp_path):
    code, out, err = dateline(*arguments, "--record", "none.db")
    assert (code, out) == (1, "")
    assert_one_clear_line(err)
    assert "none.db" in err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_record_is_one_clear_line_and_is_left_as_it_is(dateline, tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("no record")
    code, _, err = dateline("run", "-", "--record", file)
    assert code == 1
    assert_one_clear_line(err)
    assert file.read_text() == "no record"


@pytest.mark.parametrize(
    ("option", "value"),
    [("--country", "Atlantis"), ("--group", "Vale Bakers"), ("--kind", "picnic"), ("--nature", "odd")],
)
def test_what_nobody_knows_is_one_clear_line(dateline, record, option, value):
    code, out, err = dateline("incidents", option, value, "--record", record)
    assert (code, out) == (1, "")
    assert_one_clear_line(err)
    assert value in err


def test_a_group_that_nobody_knows_is_one_clear_line(dateline, record):
    code, _, err = dateline("group", "Vale Bakers", "--record", record)
    assert code == 1
    assert_one_clear_line(err)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("DATELINE_OFFLINE", "perhaps", id="neither-yes-nor-no"),
        pytest.param("DATELINE_FETCH_TIMEOUT_S", "long", id="a-word-for-a-number"),
        pytest.param("DATELINE_NATURE", "odd", id="no-nature"),
        pytest.param(
            "DATELINE_GROUPS_FILE",
            "none.toml",
            id="no-file-of-groups",
        ),
        pytest.param(
            "DATELINE_TOLL_RULE",
            "odd",
            id="no-rule",
        ),
        pytest.param(
            "DATELINE_FETCH_TIMEOUT_S",
            "nan",
            id="a-number-that-is-none",
        ),
        pytest.param(
            "DATELINE_MAX_TEXT_CHARS",
            "-1",
            id="a-number-below-nothing",
        ),
    ],
)
def test_a_setting_with_a_value_that_it_cannot_have_is_one_clear_line(dateline, record, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    code, out, err = dateline("incidents", "--record", record)
    assert (code, out) == (1, "")
    assert_one_clear_line(err)


# Done, but something was left out: 3


def test_everything_that_is_left_out_has_its_line(dateline, tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "list.pdf").write_bytes(b"%PDF-1.4\n")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "articles.jsonl").write_text('{"body": "x"}\nnot json\n')
    code, out, err = dateline("extract", folder, "http://127.0.0.1/feed.xml", "--offline")
    assert (code, out) == (3, "")
    lines = lines_of(err)
    assert len(lines) == 5
    assert all(line.startswith("dateline: ReadError: ") for line in lines)
    for part in (
        "list.pdf",
        "empty.txt",
        "articles.jsonl: line 1",
        "articles.jsonl: line 2",
        "http://127.0.0.1/feed.xml",
    ):
        assert part in err


def test_a_file_with_a_hostile_name_cannot_write_to_the_terminal(dateline, tmp_path):
    hostile = tmp_path / "a\x1b[2J\nfake: line.txt"
    hostile.write_bytes(b"\x00\x01")
    code, _, err = dateline("extract", hostile)
    assert code == 3
    assert_one_clear_line(err)
    assert not CONTROL.search(err)
