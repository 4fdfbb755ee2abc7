"""Forgetting, and the list of copies, as they are typed."""

from __future__ import annotations

import json

import pytest

from dateline.store import open_record


def test_without_yes_it_says_what_it_would_do_and_does_nothing(dateline, record):
    code, out, err = dateline("forget", "R1", "--record", record)
    assert (code, out.splitlines()) == (0, [
        "report R1 would be deleted, with 1 account", "words would be blanked in incident_body (1)", "held no more: DTL-1"])
    assert "nothing was done" in err
    with open_record(record) as store:
        assert store.report("R1") is not None


def test_a_report_is_forgotten_and_its_name_is_printed_nowhere(dateline, record):
    code, out, _ = dateline("forget", "reports/R1.txt", "--yes", "--why", "asked for", "--as", "ana", "--record", record)
    assert code == 0
    assert "report R1 deleted" in out
    assert "Oarewyn" not in out
    assert dateline("show", "DTL-1", "--record", record)[0] == 1
    code, _, err = dateline("forget", "R1", "--allow", "--record", record)
    assert (code, err) == (0, "R1: may be read again\n")


def test_a_person_is_forgotten_by_the_whole_name(dateline, record):
    code, out, _ = dateline("forget", "Selda Oarewyn", "--yes", "--json", "--record", record)
    done = json.loads(out)
    assert (code, done["what"], done["reports"]) == (0, "person", ["R1"])
    assert "Oarewyn" not in dateline("show", "DTL-1", "--names", "--record", record)[1]


@pytest.mark.parametrize(("given", "words"), [
    (("R0000000000000000",), "no report"), (("Oarewyn",), "the whole name"), (("Tam Whosoever",), "nothing here holds"),
    (("R1", "--allow"), "no report R1 was forgotten"),
])
def test_what_cannot_be_forgotten_is_told_in_a_line(dateline, record, given, words):
    code, out, err = dateline("forget", *given, "--yes", "--record", record)
    assert (code, out) == (1, "")
    assert words in err


def test_copies_are_listed_with_what_they_still_hold_until_they_are_destroyed(dateline, record, tmp_path):
    copy = tmp_path / "copy.db"
    code, _, err = dateline("backup", copy, "--record", record)
    assert code == 0
    assert "1 incidents were read back" in err
    assert str(copy) in dateline("forget", "R1", "--yes", "--record", record)[1]
    [listed] = [json.loads(line) for line in dateline("backup", "--list", "--json", "--record", record)[1].splitlines()]
    assert (listed["path"], listed["there"], listed["forgotten"]) == (str(copy), True, 1)
    assert "destroy it" in dateline("backup", "--list", "--record", record)[1]
    assert "it is there still" in dateline("backup", copy, "--destroyed", "--record", record)[2]
    copy.unlink()
    assert "not there" in dateline("backup", "--list", "--record", record)[1]
    assert dateline("backup", copy, "--destroyed", "--record", record)[0] == 0
    assert dateline("backup", "--list", "--record", record)[1] == ""


def test_a_restored_copy_has_forgotten_what_was_forgotten_since(dateline, record, tmp_path):
    copy = tmp_path / "copy.db"
    dateline("backup", copy, "--quick", "--record", record)
    dateline("forget", "R1", "--yes", "--record", record)
    code, _, err = dateline("restore", copy, "--replace", "--record", record)
    assert (code, "1 of its reports had been forgotten" in err) == (0, True)
    assert dateline("show", "DTL-1", "--record", record)[0] == 1
