"""dateline doctor: each line says what is wrong and what to do."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dateline import checkup
from dateline.checkup import Finding, backups, clock, of_record, packaged_data, reader, room, versions
from dateline.records.upkeep import BackupCopy, Forgotten
from dateline.store import open_record, schema
from store.made import a_report
from store.older import older_record
from tools import checksums

NOW = datetime(2026, 3, 14, 9, tzinfo=UTC)          # of what is given its time; a record keeps the machine's


@pytest.fixture
def path(tmp_path):
    with open_record(tmp_path / "d.db") as store:
        store.keep(a_report(), None, extracted="done")
    os.chmod(tmp_path / "d.db", 0o600)
    return tmp_path / "d.db"


def found(path, about, ago=timedelta(), quick=False):
    return [one for one in of_record(path, datetime.now(UTC) - ago, quick=quick) if one.about == about]


def data(tmp_path, **named):
    """A folder of packaged files with their checksums."""
    for name, text in named.items():
        (tmp_path / name).write_text(text)
    lines = (f"{checkup.checksum(tmp_path / name)}  {name}\n" for name in named)
    (tmp_path / checkup.CHECKSUMS).write_text("".join(lines))
    return tmp_path


# The installation


def test_the_packaged_checksums_are_those_of_the_packaged_files():
    assert (checksums.DATA / checkup.CHECKSUMS).read_text() == checksums.lines(), "run python tools/checksums.py"


def test_packaged_files_that_are_whole_are(tmp_path):
    assert packaged_data(data(tmp_path, places="Arden", groups="Vale Front")).state == "ok"


def test_a_packaged_file_that_was_changed_or_lost_is_named(tmp_path):
    folder = data(tmp_path, places="Arden", groups="Vale Front")
    (folder / "places").write_text("Bara")
    assert packaged_data(folder) == Finding("data", "warn", "places has changed",
                                            "install dateline again, unless you edited the file yourself")
    (folder / "groups").unlink()
    lost = packaged_data(folder)
    assert (lost.state, lost.said) == ("fail", "places has changed; groups is missing")
    (folder / checkup.CHECKSUMS).unlink()
    assert packaged_data(folder).state == "fail"


def test_versions_and_the_packaged_model_are_told():
    from dateline.extract import VERSION

    assert VERSION in versions().said
    assert reader().state == "ok"


def test_a_model_that_cannot_be_loaded_fails(monkeypatch):
    def broken():
        raise RuntimeError("no such instruction on this machine")

    monkeypatch.setattr("dateline.extract.reader.session.Session", broken)
    assert (reader().state, "no such instruction" in reader().said) == ("fail", True)


@pytest.mark.parametrize(("free", "state"), [(2**20, "fail"), (2**30, "warn"), (2**40, "ok")])
def test_room_is_told_before_it_runs_out(tmp_path, free, state):
    assert {one.state for one in room(tmp_path / "not" / "there", lambda path: free)} == {state}


@pytest.mark.parametrize(("at", "state"), [
    pytest.param(NOW - timedelta(days=9), "ok", id="of the past"),
    pytest.param(NOW + timedelta(minutes=4), "ok", id="another machine's clock"),
    pytest.param(NOW + timedelta(hours=1), "fail", id="of a future that has been"),
])
def test_a_clock_behind_what_has_happened_fails(at, state):
    assert clock(NOW, [("a report that was kept", at)]).state == state


# The record


def test_a_sound_record_has_no_line_that_fails(path):
    lines = list(of_record(path, datetime.now(UTC), quick=False))
    assert {one.about: one.state for one in lines} == {"record": "ok", "tables": "ok", "clock": "ok", "backup": "warn"}
    assert "1 reports, 0 incidents, every page and key is sound" in lines[1].said


def test_of_a_record_on_a_server_no_disk_here_is_its_own():
    assert [one.about for one in room(None)] == ["room in the cache", "room for temporary files"]


def test_a_clock_that_was_set_back_is_seen_by_the_record(path):
    [line] = found(path, "clock", ago=timedelta(days=2))
    assert line.state == "fail"
    assert "set the clock" in line.todo


def test_a_damaged_record_fails_and_is_not_opened_further(path):
    held = path.read_bytes()
    path.write_bytes(held[:4096 * 3] + b"\xff" * 4096 + held[4096 * 4:])
    [line] = found(path, "record")
    assert line.state == "fail"
    assert "restore" in line.todo


def test_a_row_that_leads_nowhere_fails(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO report_sketch VALUES (99, x'00')")
        connection.commit()
    [line] = found(path, "record")
    assert (line.state, "report_sketch leads nowhere" in line.said) == ("fail", True)


@pytest.mark.parametrize("revision", ["0001", "0005", "0007", "0009"])
def test_an_older_record_is_told_and_left_as_it_is(path, revision):
    older_record(path, revision)
    [line] = found(path, "tables")
    assert (line.state, line.said) == ("warn", f"version {revision}; this dateline has {schema.NEWEST}")
    assert {one.about for one in found(path, "record") + found(path, "clock")} == {"record", "clock"}
    assert found(path, "tables") == [line], "looking does not bring it up to date"


@pytest.mark.parametrize(("make", "words"), [
    pytest.param(lambda path: path.unlink(), "no record there", id="none"),
    pytest.param(lambda path: path.write_text("no database at all, but a text of some length"), "not a database", id="a-text"),
])
def test_what_is_no_record_is_said_in_a_line(path, make, words):
    make(path)
    [line] = found(path, "record")
    assert words in line.said


def test_a_record_that_others_can_read_is_warned_of(path):
    os.chmod(path, 0o644)
    [line] = found(path, "permissions")
    assert (line.state, line.todo) == ("warn", f"chmod 600 {path}")


@pytest.mark.parametrize(("ages", "state", "words"), [
    pytest.param([], "warn", "no copy of the record was ever made", id="none-made"),
    pytest.param([0], "ok", "the last copy is of", id="of-today"),
    pytest.param([9, 3], "warn", "3 days ago", id="the-last-is-old"),
])
def test_copies_that_are_missing_or_old_are_warned_of(tmp_path, ages, state, words):
    (tmp_path / "a.db").touch()
    [line] = backups([BackupCopy(str(tmp_path / "a.db"), NOW - timedelta(days=age), 1, 1) for age in ages], [], NOW)
    assert (line.state, words in line.said) == (state, True)


def test_copies_that_hold_what_was_forgotten_are_warned_of(tmp_path):
    copy = BackupCopy("gone.db", NOW - timedelta(days=1), 1, 1)
    none_there, held = backups([copy], [Forgotten(1, NOW, "", "", "report", "R1", 1, None)], NOW)
    assert none_there.said == "no copy of the record is there"
    assert (held.about, "gone.db" in held.said) == ("forgotten", True)


def test_the_command_says_by_its_exit_code_whether_anything_failed(path, monkeypatch, capsys, tmp_path):
    import sys

    from dateline.cli import main

    def doctor(*options):
        monkeypatch.setattr(sys, "argv", ["dateline", "doctor", "--record", str(path), *options])
        try:
            main()
        except SystemExit as end:
            return end.code or 0, capsys.readouterr().out
        return 0, capsys.readouterr().out

    monkeypatch.setattr(checkup, "room", lambda folder: iter(()))
    code, out = doctor("--quick")
    assert code == 0
    assert "ok    versions: dateline" in out
    Path(path).write_text("no database at all, but a text of some length")
    code, out = doctor("--json")
    assert code == 1
    assert {"fail"} < {json.loads(line)["state"] for line in out.splitlines()}
