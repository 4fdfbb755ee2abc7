"""The queue of mails, as it is typed."""

from __future__ import annotations

import json
import mailbox

import pytest

from dateline.store import open_record
from mailing.made import NOON, a_mail
from mailing.test_bounces import a_report


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "d.db"
    with open_record(path) as store:
        store.mails.queue([a_mail("sent", message_id="m1@desk.example.org", to="ana@example.org"), a_mail("lost"),
                           a_mail("waits")], NOON)
        sent, lost = store.mails.claim("w", NOON, 60, 2)
        store.mails.settle(sent.id, "w", "sent", "250 taken", NOON)
        store.mails.settle(lost.id, "w", "uncertain", "no answer\x1b[2J within 60 s", NOON)
    return path


def test_mails_are_listed_by_state_with_what_was_said(dateline, record):
    code, out, err = dateline("mails", "list", "--state", "uncertain", "--record", record)
    assert (code, len(out.splitlines())) == (0, 1)
    assert "lost@example.org" in out
    assert "no answer [2J within 60 s" in out
    assert err == "1 queued, 1 sent, 1 uncertain\n"
    assert len(dateline("mails", "list", "--record", record)[1].splitlines()) == 3
    assert len(dateline("mails", "list", "--most", "1", "--record", record)[1].splitlines()) == 1


def test_json_holds_what_became_of_a_mail_and_not_what_it_says(dateline, record):
    [line] = dateline("mails", "list", "--state", "sent", "--json", "--record", record)[1].splitlines()
    held = json.loads(line)
    assert (held["to"], held["message_id"], held["attempts"]) == ("ana@example.org", "m1@desk.example.org", 1)
    assert "parts" not in held
    assert "TOKEN" not in line


def test_a_problem_of_the_server_is_told(dateline, record):
    with open_record(record) as store:
        store.mails.keep_problem("535 no", NOON)
    assert "takes none since 2024-03-15 12:00 UTC: 535 no" in dateline("mails", "list", "--record", record)[2]


def test_an_uncertain_mail_is_sent_again_by_whoever_says_so(dateline, record, monkeypatch):
    monkeypatch.setenv("DATELINE_USER", "Ana")
    code, out, _ = dateline("mails", "again", 2, "--record", record)
    assert (code, "queued" in out) == (0, True)
    with open_record(record) as store:
        assert [line.who for _, line in store.team.audit()] == ["Ana"]
    code, _, err = dateline("mails", "again", 2, "--record", record)
    assert (code, "mail 2 is queued" in err) == (1, True)


def test_mails_that_came_back_are_read_and_counted_once(dateline, record, tmp_path):
    box = mailbox.mbox(tmp_path / "returns")
    for raw in (a_report(), a_report(action="delayed", status="4.0.0"), b"Subject: hello\r\n\r\nhello\r\n"):
        box.add(raw)
    box.close()
    said = dateline("mails", "bounced", tmp_path / "returns", "--record", record)[1]
    assert said == "3 read: 1 came back, 1 delayed, 1 passed over; 0 addresses suspended\n"
    assert dateline("mails", "bounced", tmp_path / "returns", "--record", record)[1].startswith("3 read: 0 came back")


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (("list", "--state", "gone"), 2, "must be one of"), (("again", "99"), 1, "no mail 99"),
    (("bounced", "nowhere"), 1, "nowhere"),
])
def test_what_cannot_be_done_says_why(dateline, record, arguments, code, said):
    told = dateline("mails", *arguments, "--record", record)
    assert told[0] == code
    assert said in told[2]
