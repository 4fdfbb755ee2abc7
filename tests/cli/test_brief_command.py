"""The briefing as it is typed: printed, sent to one address, rehearsed, issued."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.policy import default

import pytest

from dateline.store import open_record
from editions.loopback import a_mail_server
from editions.made import queued, subscribe

DAY = ("--day", "2024-03-12")


@pytest.fixture
def brief(dateline, record, monkeypatch):
    monkeypatch.setenv("DATELINE_RECORD", str(record))
    monkeypatch.setenv("DATELINE_PUBLIC_URL", "https://desk.example.org")
    return lambda *arguments: dateline("brief", *arguments)


@pytest.fixture
def edition(brief, dateline, record):
    """One edition with one subscriber, by a person's command and confirmed."""
    code, _, err = dateline("edition", "add", "arden", "--title", "Arden briefing")
    assert (code, err) == (0, "")
    with open_record(record) as store:
        subscribe(store, "zoe")
    return record


@pytest.fixture
def inbox(monkeypatch):
    with a_mail_server() as inbox:
        for name, value in (inbox.environment | {"DATELINE_MAIL_FROM": "briefing@example.org"}).items():
            monkeypatch.setenv(name, value)
        yield inbox


def rows_of(record):
    with open_record(record) as store:
        return queued(store)


# Printed


def test_the_briefing_of_a_day_is_printed_without_a_victims_name(brief):
    code, out, err = brief(*DAY)
    assert (code, err) == (0, "")
    assert "12 March 2024" in out
    assert "at least 12" in out.lower()
    assert "https://desk.example.org/incidents/DTL-1" in out
    assert "Oarewyn" not in out
    assert brief(*DAY, "--print") == (code, out, err)


def test_a_day_on_which_nothing_was_written_says_so(brief):
    code, out, _ = brief("--day", "2019-01-01")
    assert code == 0
    assert "1 January 2019" in out
    assert "Port Verity" not in out


def test_a_week_is_told_with_its_table(brief):
    code, out, _ = brief("--day", "2024-03-14", "--weekly")
    assert code == 0
    assert "8 to 14 March 2024" in out


@pytest.mark.parametrize("form", ["markdown", "html", "json"])
def test_the_briefing_is_printed_in_other_forms(brief, form):
    code, out, _ = brief(*DAY, "--format", form)
    assert code == 0
    assert {"markdown": "# ", "html": "<html", "json": '"title"'}[form] in out
    if form == "json":
        assert len(json.loads(out)["items"]) >= 1


def test_coverage_narrows_what_is_told(brief):
    assert "DTL-1" in brief(*DAY, "--killed", "5")[1]
    assert "DTL-1" not in brief(*DAY, "--killed", "500")[1]
    assert "DTL-1" not in brief(*DAY, "--country", "Mali", "--region", "western africa", "--kind", "attack")[1]


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (("--format", "pdf"), 2, "text, markdown, json, html"), (("--length", "two pages"), 2, "five lines, one page, everything"),
    (("--issue",), 2, "--edition SLUG"), (("--approve",), 2, "--issue"), (("--print", "--dry-run"), 2, "give one of them"),
    (("--dry-run", "--country", "ML"), 2, "leave out --country"), (("--day", "yesterday"), 2, "--day"),
    (("--edition", "nowhere"), 1, "no edition 'nowhere'"), (("--country", "Atlantis"), 1, "no country"),
    (("--region", "Oz"), 1, "known are"), (("--group", "Nobody at all"), 1, "no armed group"),
    (("--affected", "cats"), 1, "known are"), (("--send-to", "zoe@example.org"), 1, "DATELINE_MAIL_FROM")])
def test_what_cannot_be_asked_says_why(brief, arguments, code, said):
    answer = brief(*DAY, *arguments) if "--day" not in arguments else brief(*arguments)
    assert answer[:2] == (code, "")
    assert said in answer[2]


# Sent to one address


def test_one_mail_goes_to_the_address_at_once_and_nothing_else_of_the_queue(brief, edition, inbox):
    brief(*DAY, "--edition", "arden", "--issue", "--approve")
    sent_before = len(inbox.taken)
    dateline_queued = rows_of(edition)
    code, out, err = brief(*DAY, "--send-to", "me@example.org")
    assert (code, out) == (0, "")
    assert err.startswith("sent: 250 taken")
    [(to, message)] = inbox.taken[sent_before:]
    read = message_from_bytes(message, policy=default)
    assert to == "me@example.org"
    assert read["Subject"].startswith("Daily briefing, 12 March 2024: ")
    assert "at least 12" in read.get_body(("plain",)).get_content().lower()
    assert [row.key for row in rows_of(edition)[:-1]] == [row.key for row in dateline_queued]


def test_what_the_server_said_is_told_where_it_refuses(brief, inbox):
    inbox.answer = "554 5.7.1 not today"
    code, _, err = brief(*DAY, "--send-to", "me@example.org")
    assert code == 3
    assert "not today" in err


def test_what_is_no_address_is_refused(brief, inbox):
    code, _, err = brief(*DAY, "--send-to", "me@example.org\nBcc: all@example.org")
    assert code == 1
    assert "no address" in err
    assert inbox.taken == []


# Rehearsed and issued


def test_a_rehearsal_says_what_would_go_to_how_many_and_keeps_nothing(brief, edition):
    code, out, err = brief(*DAY, "--dry-run")
    assert (code, err) == (0, "")
    assert out.startswith("arden daily-2024-03-12: ")
    assert "1 mail to 1 subscriber; it would wait for an editor" in out
    with open_record(edition) as store:
        assert store.editions.issues() == []
    assert rows_of(edition) == []


def test_an_issue_waits_for_approval_and_then_goes_out_once(brief, edition, inbox):
    code, out, _ = brief(*DAY, "--edition", "arden", "--issue")
    assert (code, out.split(": ")[0]) == (0, "arden daily-2024-03-12 is a draft")
    assert inbox.taken == []
    assert brief(*DAY, "--edition", "arden", "--issue", "--approve")[1] == "arden daily-2024-03-12 is issued\n"
    [(to, message)] = inbox.taken
    assert to == "zoe@example.org"
    assert b"List-Unsubscribe: <https://desk.example.org/briefing/unsubscribe/" in message
    code, out, err = brief(*DAY, "--edition", "arden", "--issue", "--approve")
    assert (code, out) == (0, "")
    assert "nobody gets it twice" in err
    assert len(inbox.taken) == 1
    assert "it is issued already" in brief(*DAY, "--edition", "arden", "--dry-run")[1]


def test_a_day_that_is_not_over_and_a_frequency_that_it_has_not_are_not_issued(brief, edition):
    assert "is not over in UTC" in brief("--day", "2999-01-01", "--edition", "arden", "--issue")[2]
    assert "arden is not weekly" in brief(*DAY, "--weekly", "--edition", "arden", "--issue")[2]


def test_without_a_sender_the_mails_wait_and_that_is_said(brief, edition):
    code, _, err = brief(*DAY, "--edition", "arden", "--issue", "--approve")
    assert code == 0
    assert "DATELINE_MAIL_FROM is not set" in err
    assert [row.state for row in rows_of(edition)] == ["queued"]
