"""Reports in, incidents out: the commands with the real reader and the real extraction."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
HOSTILE = "\x1b[31mred\x1b]0;title\x07\x9b2J\x08\u202eder\u2066"
DATELINE = "PORT VERITY, March 12, 2024 (Hawk Wire) - "
STORIES = {
    "a.txt": DATELINE + "Shelling hit Kabul on Tuesday, killing at least 12 people and wounding 30, the mayor said.",
    "b.txt": DATELINE + f"Gunmen shot dead four soldiers in Gao on {HOSTILE} Tuesday, the army said.{HOSTILE}",
}


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in STORIES.items():
        (folder / name).write_text(
            text + " It was the worst attack there this year, residents said, and more were feared dead.\n"
        )
    return folder


def test_extract_gives_one_object_a_report_with_evidence_that_fits(dateline, reports):
    code, out, err = dateline("extract", reports, "--json")
    assert (code, err) == (0, "")
    found = [json.loads(line) for line in out.splitlines()]
    assert [set(one) for one in found] == [{"report", "accounts", "group_statements"}] * 2
    for one in found:
        for account in one["accounts"]:
            for span in [*account["evidence"], *(e for figure in account["figures"] for e in figure["evidence"])]:
                assert one["report"]["text"][span["start"] : span["end"]] == span["quote"]
    assert any(figure["low"] == 12 and figure["high"] is None for figure in found[0]["accounts"][0]["figures"])


def test_control_characters_of_a_file_do_not_reach_the_terminal(dateline, reports):
    for arguments in (
        ["extract", reports],
        ["extract", reports, "--json"],
        ["run", reports, "--record", "new.db"],
        ["incidents", "--figures", "--record", "new.db"],
        ["show", "1", "--record", "new.db"],
    ):
        code, out, err = dateline(*arguments)
        assert code == 0
        assert not CONTROL.search(out + err)


def test_a_second_run_over_the_same_reports_changes_nothing(dateline, reports):
    code, first, err = dateline("run", reports, "--record", "new.db", "--json")
    assert code == 0
    assert "2 reports read: 2 new" in err
    assert [json.loads(line)["id"] for line in first.splitlines()] == ["DTL-1", "DTL-2"]
    code, second, err = dateline("run", reports, "--record", "new.db", "--json")
    assert (code, second) == (0, "")
    assert "2 reports read: 0 new, 2 held before" in err
    assert "nothing has changed" in err


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal of its own")
def test_a_run_shows_its_progress_on_a_terminal_only_and_clears_it(reports, tmp_path):
    ours, theirs = os.openpty()
    run = subprocess.Popen(
        [sys.executable, "-c", "from dateline.cli import main; main()", "run", reports, "--record", tmp_path / "new.db"],
        stdout=subprocess.PIPE, stderr=theirs, env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"})
    os.close(theirs)
    shown = b"".join(iter(lambda: _read(ours), b"")).decode()
    out, _ = run.communicate()
    assert run.returncode == 0
    assert "2 extracted" in shown
    assert "\x1b[2K2 reports read: 2 new" in shown                # the bar's line is cleared before the summary
    assert b"\x1b" not in out
    assert b"DTL-1" in out


def _read(terminal):
    try:
        return os.read(terminal, 65536)
    except OSError:               # on Linux the end of a terminal whose other side is closed
        return b""


def test_a_run_that_leaves_something_out_does_the_rest_and_ends_with_3(dateline, reports):
    (reports / "list.pdf").write_bytes(b"%PDF-1.4\n")
    code, out, err = dateline("run", reports, "--record", "new.db")
    assert code == 3
    assert "DTL-1" in out
    assert "list.pdf" in err.splitlines()[0]
    assert "left out (named above)" in err


def test_json_of_another_tool_is_read_by_a_map(dateline, tmp_path):
    source = tmp_path / "articles.jsonl"
    source.write_text(json.dumps({"content": {"body": STORIES["a.txt"]}, "head": "Shells hit city"}) + "\n")
    code, out, _ = dateline(
        "extract", Path("articles.jsonl"), "--json", "--map", "text=content.body", "--map", "title=head"
    )
    assert code == 0
    assert json.loads(out)["report"]["title"] == "Shells hit city"


def test_a_copy_is_one_source(dateline, reports):
    (reports / "c.txt").write_text((reports / "a.txt").read_text())
    code, _, err = dateline("run", reports, "--record", "new.db")
    assert code == 0
    assert "3 new, 1 copy" in err
