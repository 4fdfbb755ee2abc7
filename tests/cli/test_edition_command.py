"""Editions as they are typed."""

from __future__ import annotations

import json

import pytest

from dateline.store import open_record
from made_issues import an_issue

FULL = ("edition", "add", "mali-weekly", "--title", "Mali, weekly", "--about", "Once a week", "--country", "Mali",
        "--country", "NE", "--affected", "school", "--killed", "5", "--frequency", "weekly", "--zone", "Africa/Bamako",
        "--hour", "7", "--weekday", "friday", "--by-invitation", "--by-itself")


def test_an_edition_is_made_with_all_its_fields(dateline):
    code, out, err = dateline(*FULL)
    assert (code, err) == (0, "")
    assert out == ("mali-weekly  Mali, weekly; ML, NE; school; 5 or more killed; weekly at 07:00 Africa/Bamako, Fridays; "
                   "by invitation; goes out by itself\n")
    held = json.loads(dateline("edition", "list", "--json")[1])
    assert held["coverage"]["countries"] == ["ML", "NE"]
    assert (held["zone"], held["hour"], held["weekday"]) == ("Africa/Bamako", 7, 4)
    assert (held["is_open"], held["by_itself"]) == (False, True)


def test_an_edition_of_which_nothing_is_said_tells_everything_each_morning(dateline):
    assert dateline("edition", "add", "all-news", "--title", "All news")[1] == (
        "all-news  All news; everything; daily at 06:00 UTC\n")


def test_what_is_given_is_changed_and_all_else_stays(dateline):
    dateline(*FULL)
    assert "BF; school; 5 or more killed; daily and weekly at 09:00 Africa/Bamako, Fridays; by invitation" in dateline(
        "edition", "change", "mali-weekly", "--country", "BF", "--hour", "9", "--frequency", "daily", "--frequency", "weekly")[1]
    assert "; 5 or more killed" not in dateline("edition", "change", "mali-weekly", "--killed", "0")[1]
    assert "Sahel; everything; " in dateline("edition", "change", "mali-weekly", "--title", "Sahel", "--everything", "--open")[1]


def test_an_edition_is_retired_and_taken_up_again(dateline):
    dateline(*FULL)
    assert dateline("edition", "retire", "mali-weekly")[1].endswith("; retired\n")
    assert "retired" not in dateline("edition", "change", "mali-weekly", "--resume")[1]


def test_an_edition_is_shown_with_what_comes_what_went_wrong_and_its_last_issues(dateline, tmp_path):
    dateline(*FULL)
    with open_record(tmp_path / "dateline.db") as store:
        store.editions.add(an_issue(edition="mali-weekly", state="issued", by="Ana"))
        store.editions.keep_failure("mali-weekly", "weekly", an_issue().composed_at.replace(year=2999), "a sentence broke")
    code, out, _ = dateline("edition", "show", "mali-weekly")
    assert code == 0
    assert "next weekly issue: " in out
    assert "the last weekly issue could not be made: a sentence broke" in out
    assert "  daily-2024-03-12  issued by Ana, 1 item\n" in out
    assert json.loads(dateline("edition", "show", "mali-weekly", "--json")[1])["issues"][0]["state"] == "issued"


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (("add", "Mali", "--title", "x"), 1, "lower-case letters"), (("add", "a--b", "--title", "x"), 1, "lower-case letters"),
    (("add", "unsubscribe", "--title", "x"), 1, "none of"), (("add", "mali-weekly", "--title", "x"), 1, "already"),
    (("add", "x", "--title", " "), 1, "title: 0 characters"), (("add", "x", "--title", "x", "--zone", "Mars/Base"), 1, "zone"),
    (("add", "x", "--title", "x", "--frequency", "hourly"), 1, "daily, weekly or both"),
    (("add", "x", "--title", "x", "--weekday", "someday"), 2, "monday"),
    (("add", "x", "--title", "x", "--hour", "24"), 2, "--hour"),
    (("change", "nowhere", "--hour", "1"), 1, "there are: mali-weekly"), (("show", "nowhere"), 1, "no edition"),
    (("retire", "nowhere"), 1, "no edition")])
def test_what_cannot_be_says_why_and_changes_nothing(dateline, arguments, code, said):
    dateline(*FULL)
    before = dateline("edition", "list", "--json")[1]
    answer = dateline("edition", *arguments)
    assert answer[:2] == (code, "")
    assert said in answer[2]
    assert dateline("edition", "list", "--json")[1] == before


def test_without_an_edition_the_next_step_is_told(dateline, tmp_path):
    open_record(tmp_path / "dateline.db").close()
    assert "dateline edition add" in dateline("edition", "list")[2]


def test_what_is_done_to_an_edition_is_in_the_audit_log(dateline, tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_USER", "Ana")
    dateline(*FULL)
    dateline("edition", "change", "mali-weekly", "--hour", "8")
    dateline("edition", "retire", "mali-weekly")
    with open_record(tmp_path / "dateline.db") as store:
        assert [(line.who, line.what) for _, line in store.team.audit(about="mali-weekly")] == [
            ("Ana", "retired the edition"), ("Ana", "changed the edition"), ("Ana", "made the edition")]
