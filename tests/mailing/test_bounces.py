"""Mails that come back: what counts against an address, and that nothing forged, broken or unrelated does anything."""

from __future__ import annotations

import io
import mailbox
import time
import types

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ReadError
from dateline.mailing.bounces import LARGEST, mails_in, read_returned, take_all, take_returned
from dateline.mailing.returns import number_in, return_path, token_of
from mailing.made import NOON, a_mail, a_setting, a_subscriber, states

SECRET = b"s" * 32


def a_report(to="briefing@desk.example.org", action="failed", status="5.1.1", recipient="ana@example.org",
             message_id="<m1@desk.example.org>", kind="message/rfc822", diagnostic="smtp; 550 5.1.1 no such user"):
    returned = f"Message-ID: {message_id}\r\nSubject: Arden daily\r\n"
    body = returned + "\r\nAt least 12\r\n" if kind == "message/rfc822" else returned
    return (f"From: MAILER-DAEMON@mx.example.org\r\nTo: {to}\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
            "--B\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
            "--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n"
            f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\nDiagnostic-Code: {diagnostic}\r\n"
            f"\r\n--B\r\nContent-Type: {kind}\r\n\r\n{body}\r\n--B--\r\n").encode()


@pytest.fixture
def sent(store):
    """A mail that the server took: its id, and its subscriber's."""
    ana = a_subscriber(store, "ana@example.org")
    store.mails.queue([a_mail("a", "ana@example.org", subscriber=ana, message_id="m1@desk.example.org")], NOON)
    [one] = store.mails.claim("w", NOON, 60, 1)
    store.mails.hand_over(one.id, "w", one.message_id, NOON, 60)
    store.mails.settle(one.id, "w", "sent", "250", NOON)
    return one.id, ana


def with_token(store, number):
    return return_path(a_setting(mail_bounces_to="returns@desk.example.org"), number, store.team.secret())


def test_a_mail_that_came_back_is_found_by_the_address_it_was_returned_to(store, accounts, sent):
    number, ana = sent
    raw = a_report(to=with_token(store, number).upper(), message_id="<unknown@x.example>", recipient="alias@elsewhere.example")
    assert take_returned(store, raw, NOON)[0] == "counts"
    assert accounts.bounces == [ana]
    assert store.mails.get(number).state == "refused"
    assert store.mails.get(number).said == "returned: 5.1.1 smtp; 550 5.1.1 no such user"


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_or_by_the_message_id_of_what_came_back(store, accounts, sent, kind):
    assert take_returned(store, a_report(kind=kind), NOON)[1].id == sent[0]
    assert accounts.bounces == [sent[1]]


def test_the_same_report_counts_once(store, accounts, sent):
    told = take_all(store, iter([a_report(), a_report(), b"From: a\r\n\r\nhello\r\n"]), NOON)
    assert (told.mails, told.returned, told.passed_over) == (3, 1, 2)
    assert accounts.bounces == [sent[1]]


def test_the_third_suspends(store, accounts):
    ana = a_subscriber(store, "ana@example.org")
    store.mails.queue([a_mail(f"m{n}", "ana@example.org", subscriber=ana, message_id=f"m{n}@desk.example.org")
                       for n in range(3)], NOON)
    for one in store.mails.claim("w", NOON, 60, 3):
        store.mails.settle(one.id, "w", "sent", "250", NOON)
    reports = (a_report(message_id=f"<m{n}@desk.example.org>") for n in range(3))
    assert take_all(store, reports, NOON).suspended == 1


@pytest.mark.parametrize(("given", "verdict"), [
    ({"action": "delayed", "status": "4.4.1"}, "does not count"),
    ({"action": "failed", "status": "4.2.2"}, "does not count"),
    ({"action": "delivered", "status": "2.0.0"}, "is none"),
    ({"action": "relayed", "status": "2.0.0"}, "is none"),
    ({"status": "nonsense"}, "is none"),
    ({"message_id": "<other@desk.example.org>"}, "is none"),
    ({"message_id": "m1@desk.example.org"}, "is none"),
    ({"recipient": "somebody@else.example"}, "is none"),
    ({"to": "returns+1-000000000000000000000000@desk.example.org", "message_id": "<x@y.example>"}, "is none"),
])
def test_what_is_delayed_forged_or_not_ours_does_nothing(store, accounts, sent, given, verdict):
    assert take_returned(store, a_report(**given), NOON)[0] == verdict
    assert accounts.bounces == []
    assert states(store) == {"a": "sent"}


def test_a_forged_report_cannot_name_another_mail_by_its_number(store, accounts, sent):
    """Whoever gets a mail knows the token of theirs; it tells nothing of the next."""
    token = token_of(sent[0] + 1, store.team.secret())
    forged = token.replace(f"{sent[0] + 1}-", f"{sent[0]}-")
    assert take_returned(store, a_report(to=f"returns+{forged}@desk.example.org", message_id="<x@y.example>"), NOON)[1] is None
    assert accounts.bounces == []


def test_a_report_without_its_form_does_nothing():
    for raw in (b"", b"\0" * 100, a_report().replace(b"multipart/report", b"multipart/mixed"),
                a_report().replace(b"message/delivery-status", b"text/plain"),
                b"Subject: Undelivered\r\n\r\n550 5.1.1 no such user"):
        assert read_returned(raw).verdict == "is none"


def test_a_token_is_its_mails_and_of_one_writing():
    token = token_of(42, SECRET)
    assert number_in(token, SECRET) == number_in(token.upper(), SECRET) == 42
    assert number_in(token, b"other") is None
    assert number_in(token.replace("42-", "43-"), SECRET) is None
    assert len(token) <= 24 + 1 + 18


# Hostile input


@given(st.binary(max_size=3_000))
def test_no_bytes_break_the_reader(raw):
    assert read_returned(raw).verdict == "is none"


@given(st.data())
def test_a_report_that_was_cut_and_mixed_up_never_breaks_the_reader(data):
    raw = a_report()
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw)))
        raw = raw[:at] + data.draw(st.binary(max_size=40)) + raw[at + data.draw(st.integers(0, 60)):]
    told = read_returned(raw)
    assert told.verdict in ("counts", "does not count", "is none")
    assert told.said.isprintable()


def nested(depth):
    around = b'Content-Type: multipart/report; boundary="b%d"\r\n\r\n--b%d\r\n'
    return b"".join(around % (number, number) for number in range(depth)) + a_report()


@pytest.mark.parametrize("raw", [
    pytest.param(nested(3_000), id="nested"),
    pytest.param(a_report()[:-8] + b"x" * 20_000_000, id="huge"),
    pytest.param(a_report(to="+" * 500_000), id="a-huge-header"),
    pytest.param(b"Content-Type: multipart/report; boundary=B\r\n\r\n" + b"--B\r\n\r\n" * 100_000, id="many-parts"),
    pytest.param(b"Content-Type: multipart/report; boundary=B\r\n\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\n"
                 + b"Action: failed\r\nStatus: x\r\n\r\n" * 100_000, id="many-recipients"),
    pytest.param(b"To: a@b.example\r\n" * 100_000 + a_report(), id="many-headers"),
])
def test_what_was_made_to_hold_the_reader_up_does_not(raw):
    began = time.process_time()
    read_returned(raw)
    assert time.process_time() - began < 5


# Where they are read from


def test_they_are_read_from_a_file_an_mbox_a_maildir_and_standard_input(tmp_path, monkeypatch):
    one = tmp_path / "one.eml"
    one.write_bytes(a_report())
    mbox = mailbox.mbox(tmp_path / "returned.mbox")
    maildir = mailbox.Maildir(tmp_path / "Maildir", create=True)
    for box in (mbox, maildir):
        for _ in range(3):
            box.add(a_report())
        box.close()
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO((tmp_path / "returned.mbox").read_bytes())))
    for path, many in ((one, 1), (tmp_path / "returned.mbox", 3), (tmp_path / "Maildir", 3), ("-", 3)):
        found = [read_returned(raw) for raw in mails_in(str(path))]
        assert [told.message_id for told in found] == ["m1@desk.example.org"] * many


def test_a_line_of_a_mail_that_begins_with_from_does_not_cut_it_in_two(tmp_path):
    path = tmp_path / "one.eml"
    path.write_bytes(b"Subject: x\r\n\r\nhello\r\n\r\nFrom here on\r\n")
    assert len(list(mails_in(str(path)))) == 1


def test_no_more_than_the_beginning_of_a_huge_mail_is_held(tmp_path):
    path = tmp_path / "huge.eml"
    path.write_bytes(a_report() + b"x" * 5_000_000 + b"\r\n" * 200_000)
    assert [len(raw) for raw in mails_in(str(path))] == [LARGEST]


def test_what_cannot_be_read_is_said_so(tmp_path):
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(ReadError):
            list(mails_in(str(path)))
