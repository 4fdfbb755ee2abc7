"""Sending to real servers on loopback: what becomes of each mail, whatever the server does."""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings as of_hypothesis
from hypothesis import strategies as st

from dateline.errors import SettingsError, StoreError
from dateline.mailing.outcomes import back_off
from dateline.mailing.smtp import Reply
from dateline.store import open_record
from dateline.store.mails import Mails
from mailing.made import NOON, SAID, Clock, a_mail, a_setting, a_subscriber, send, states
from mailing.servers import CLOSE, STALL, certificate_for, context_of, free_port, scripted, taking


def queue(store, *keys, **given):
    assert store.mails.queue([a_mail(key, **given) for key in keys], NOON) == len(keys)


# A server that behaves


def test_what_is_due_is_sent_once_and_what_is_not_due_waits(store):
    queue(store, "a", "b")
    queue(store, "c", due_at=NOON + timedelta(hours=1))
    clock = Clock()
    with taking() as (inbox, port):
        assert send(store, a_setting(port), clock).sent == 2
        assert send(store, a_setting(port), clock).sent == 0
        clock.later(hours=1)
        assert send(store, a_setting(port), clock).sent == 1
    assert sorted(inbox.recipients) == ["a@example.org", "b@example.org", "c@example.org"]
    assert set(states(store).values()) == {"sent"}


def test_one_connection_takes_many_mails(store):
    queue(store, *(f"m{number}" for number in range(60)))
    with taking() as (inbox, port):
        assert send(store, a_setting(port, mail_connections=1)).sent == 60
    assert len(inbox.sessions) == 1


def test_confirmations_and_alerts_go_before_issues(store):
    queue(store, "issue")
    queue(store, "alert", kind="alert")
    queue(store, "confirmation", kind="confirmation")
    with taking() as (inbox, port):
        send(store, a_setting(port, mail_connections=1))
    assert [address.split("@")[0] for address in inbox.recipients] == ["confirmation", "alert", "issue"]


def test_two_senders_on_one_record_send_each_mail_once(store, tmp_path):
    queue(store, *(f"m{number}" for number in range(120)))
    with taking() as (inbox, port), open_record(tmp_path / "d.db") as other:
        at_once = [threading.Thread(target=send, args=(one, a_setting(port))) for one in (store, other)]
        for thread in at_once:
            thread.start()
        for thread in at_once:
            thread.join()
    assert len(inbox.recipients) == len(set(inbox.recipients)) == 120
    assert set(states(store).values()) == {"sent"}


def test_without_an_address_of_our_own_nothing_is_sent_and_it_is_said(store):
    queue(store, "a")
    assert "mail_from is empty" in send(store, a_setting(mail_from="")).problem
    assert states(store) == {"a": "queued"}


def test_the_return_path_tells_the_mail_where_an_address_for_it_is_set(store):
    queue(store, "a")
    with taking() as (inbox, port):
        send(store, a_setting(port, mail_bounces_to="returns@desk.example.org"))
    [envelope] = inbox.envelopes
    assert envelope.mail_from.startswith("returns+1-")
    assert envelope.mail_from.endswith("@desk.example.org")


# A safe connection


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return certificate_for(tmp_path_factory.mktemp("certificates"))


def test_starttls_with_a_certificate_that_holds_and_a_password(store, certificate):
    queue(store, "a")
    options = {"tls_context": context_of(*certificate), "require_starttls": True, "auth_required": True}
    with taking(**options) as (inbox, port):
        settings = a_setting(port, smtp_security="starttls", smtp_ca_file=str(certificate[0]), smtp_user="ana",
                             smtp_password="a made up password")
        assert send(store, settings).sent == 1
    assert (inbox.was_safe, len(inbox.signed_in)) == ([True], 1)


def test_a_connection_that_is_safe_from_its_start(store, certificate):
    queue(store, "a")
    with taking(ssl_context=context_of(*certificate)) as (inbox, port):
        assert send(store, a_setting(port, smtp_security="tls", smtp_ca_file=str(certificate[0]))).sent == 1
        queue(store, "b")
        assert "certificate" in send(store, a_setting(port, smtp_security="tls")).problem
    assert inbox.recipients == ["a@example.org"]


def test_a_certificate_that_nobody_vouches_for_is_not_trusted_with_a_mail(store, certificate):
    queue(store, "a")
    with taking(tls_context=context_of(*certificate)) as (inbox, port):
        told = send(store, a_setting(port, smtp_security="starttls"))
    assert "certificate" in told.problem
    assert (states(store), inbox.recipients) == ({"a": "queued"}, [])
    assert "certificate" in store.mails.problem().said


def test_a_certificate_of_another_name_is_not_trusted(store, tmp_path):
    queue(store, "a")
    cert, key = certificate_for(tmp_path, "mx.example.org")
    with taking(tls_context=context_of(cert, key)) as (inbox, port):
        assert send(store, a_setting(port, smtp_security="starttls", smtp_ca_file=str(cert))).sent == 0
    assert inbox.recipients == []


def test_a_server_that_does_not_offer_starttls_gets_nothing(store):
    queue(store, "a")
    with taking() as (inbox, port):
        told = send(store, a_setting(port, smtp_security="starttls"))
    assert "STARTTLS" in told.problem
    assert inbox.recipients == []


def test_words_slipped_in_before_the_connection_is_safe_end_it(store):
    queue(store, "a")
    with scripted(EHLO=b"250-mx\r\n250 STARTTLS", STARTTLS=b"220 go\r\n250 injected") as server:
        told = send(store, a_setting(server.port, smtp_security="starttls"))
    assert "before the connection was safe" in told.problem
    assert server.taken == []


def test_a_password_is_never_sent_in_the_open_to_another_machine(store):
    queue(store, "a")
    with pytest.raises(SettingsError, match="read on the way"):
        send(store, a_setting(smtp_host="mx.example.org", smtp_user="ana"))
    assert "read on the way" in store.mails.problem().said
    assert states(store) == {"a": "queued"}


def test_a_wrong_password_is_our_own_fault_and_nobodys_bounce(store, certificate, accounts):
    queue(store, "a", subscriber=a_subscriber(store, "a@example.org"))
    with taking(tls_context=context_of(*certificate), require_starttls=True, auth_required=True) as (_, port):
        settings = a_setting(port, smtp_security="starttls", smtp_ca_file=str(certificate[0]), smtp_user="ana",
                             smtp_password="another")
        told = send(store, settings)
    assert "535" in told.problem
    assert "another" not in told.problem
    assert (states(store), accounts.bounces) == ({"a": "queued"}, [])


# A server that does not


@pytest.mark.parametrize(("says", "state"), [
    pytest.param({"greeting": b"554 no"}, "queued", id="turns-us-away"),
    pytest.param({"greeting": b"421 later"}, "queued", id="turns-us-away-for-now"),
    pytest.param({"greeting": b"HTTP/1.1 400 Bad Request"}, "queued", id="is-no-mail-server"),
    pytest.param({"EHLO": b"550 no"}, "queued", id="refuses-EHLO"),
    pytest.param({"MAIL": b"550 5.7.1 no"}, "queued", id="refuses-our-address"),
    pytest.param({"MAIL": b"451 later"}, "queued", id="puts-our-address-off"),
    pytest.param({"RCPT": b"450 4.2.0 greylisted"}, "queued", id="puts-the-recipient-off"),
    pytest.param({"RCPT": b"550 5.1.1 no such user"}, "refused", id="refuses-the-recipient"),
    pytest.param({"RCPT": b"554 5.7.1 Relay access denied"}, "queued", id="does-not-relay-for-us"),
    pytest.param({"RCPT": b"530 5.7.0 sign in first"}, "queued", id="wants-us-to-sign-in"),
    pytest.param({"DATA": b"451 later"}, "queued", id="puts-DATA-off"),
    pytest.param({"DATA": b"554 no valid recipients"}, "refused", id="refuses-DATA"),
    pytest.param({"message": b"452 4.3.1 disk full"}, "queued", id="puts-the-message-off"),
    pytest.param({"message": b"554 5.6.0 not this"}, "refused", id="refuses-the-message"),
    pytest.param({"message": b"554 5.7.1 spam"}, "refused", id="dislikes-the-message"),
    pytest.param({"DATA": b"250 taken"}, "uncertain", id="says-yes-before-the-message"),
    pytest.param({"DATA": b"354 go\r\n250 taken"}, "uncertain", id="answers-the-message-before-it-has-it"),
    pytest.param({"RCPT": b"250 Ok\r\n250 Ok"}, "queued", id="answers-twice"),
    pytest.param({"message": b"354 more"}, "uncertain", id="wants-more-after-the-message"),
    pytest.param({"message": b"what?"}, "uncertain", id="answers-nonsense-to-the-message"),
    pytest.param({"message": b"250-\r\n" * 20_000}, "uncertain", id="answers-without-end"),
    pytest.param({"greeting": CLOSE}, "queued", id="closes-at-once"),
    pytest.param({"EHLO": CLOSE}, "queued", id="closes-at-EHLO"),
    pytest.param({"MAIL": CLOSE}, "queued", id="closes-at-MAIL"),
    pytest.param({"RCPT": CLOSE}, "queued", id="closes-at-RCPT"),
    pytest.param({"DATA": CLOSE}, "uncertain", id="closes-at-DATA"),
    pytest.param({"message": CLOSE}, "uncertain", id="closes-after-the-message"),
    pytest.param({"greeting": STALL}, "queued", id="never-greets"),
    pytest.param({"MAIL": STALL}, "queued", id="stalls-at-MAIL"),
    pytest.param({"RCPT": STALL}, "queued", id="stalls-at-RCPT"),
    pytest.param({"DATA": STALL}, "uncertain", id="stalls-at-DATA"),
    pytest.param({"message": STALL}, "uncertain", id="stalls-after-the-message"),
])
def test_what_becomes_of_a_mail_when_the_server(store, accounts, says, state):
    queue(store, "a", subscriber=a_subscriber(store, "a@example.org"))
    with scripted(**says) as server:
        told = send(store, a_setting(server.port, smtp_timeout_s=1.5 if STALL in says.values() else 20.0))
        assert states(store) == {"a": state}
        [one] = store.mails.page()
        assert one.said or store.mails.problem().said
        if state == "uncertain":          # and nobody but a person sends it again
            assert send(store, a_setting(server.port), Clock(NOON + timedelta(days=9))).sent == 0
            assert states(store) == {"a": "uncertain"}
    assert told.sent == 0
    counted = state == "refused" and b"5.7.1" not in says.get("message", b"")
    assert accounts.bounces == ([one.subscriber] if counted else [])


def test_yes_and_then_nothing_more_is_sent(store):
    queue(store, "a", "b")
    with scripted(QUIT=CLOSE, message=[b"250 taken", b"250 taken"]) as server:
        assert send(store, a_setting(server.port, mail_connections=1)).sent == 2
    assert len(server.taken) == 2


def test_a_byte_now_and_then_is_no_answer(store):
    """Each comes well within the time that one wait may take; together they do not."""
    listening, ended = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def drip() -> None:
        one, _ = listening.accept()
        with one, suppress(OSError):
            while not ended.wait(0.05):
                one.sendall(b"2")

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    queue(store, "a")
    try:
        told = send(store, a_setting(listening.getsockname()[1], smtp_timeout_s=0.4))
    finally:
        ended.set()
        listening.close()
        thread.join()
    assert "no answer within 0.4 s" in told.problem
    assert states(store) == {"a": "queued"}


def test_a_server_that_ends_used_connections_still_gets_every_mail(store):
    queue(store, "a", "b", "c")
    with scripted(MAIL=[b"250 Ok", b"421 enough for now", b"250 Ok", CLOSE, b"250 Ok"]) as server:
        assert send(store, a_setting(server.port, mail_connections=1)).sent == 3
    assert {one.attempts for one in store.mails.page()} == {1}


def test_one_address_that_is_refused_stops_no_other(store, accounts):
    gone = a_subscriber(store, "b@example.org")
    queue(store, "a")
    queue(store, "b", subscriber=gone)
    queue(store, "c")
    with taking() as (inbox, port):
        inbox.rcpt["b@example.org"] = "550 5.1.1 no such user"
        told = send(store, a_setting(port, mail_connections=1))
    assert (told.sent, told.refused, told.problem) == (2, 1, None)
    assert sorted(inbox.recipients) == ["a@example.org", "c@example.org"]
    assert accounts.bounces == [gone]
    assert states(store)["b"] == "refused"


def test_a_server_that_keeps_us_waiting_after_every_message_is_left_alone_before_all_are_uncertain(store):
    queue(store, *(f"m{number}" for number in range(30)))
    clock = Clock()
    with scripted(message=CLOSE) as server:
        settings = a_setting(server.port, mail_connections=4)
        assert send(store, settings, clock).uncertain == 3
        clock.later(seconds=30)
        assert send(store, settings, clock).uncertain == 1
        clock.later(seconds=1)
        assert send(store, settings, clock).uncertain == 0
    assert store.mails.counts()["queued"] == 26
    assert store.mails.problem().since == NOON


def test_a_server_that_turns_every_connection_away_is_not_asked_for_each_mail(store):
    queue(store, *(f"m{number}" for number in range(30)))
    with scripted(RCPT=b"421 too busy") as server:
        told = send(store, a_setting(server.port, mail_connections=4))
    assert (told.put_off, told.problem) == (3, "421 too busy")
    assert store.mails.counts()["queued"] == 30


def test_a_server_that_is_down_is_asked_once_and_everything_waits(store):
    queue(store, *(f"m{number}" for number in range(30)))
    told = send(store, a_setting(free_port(), mail_connections=4))
    assert (told.sent, told.put_off) == (0, 1)
    assert store.mails.counts()["queued"] == 30
    assert "no connection" in store.mails.problem().said


def test_a_problem_of_the_server_is_over_when_it_takes_a_mail(store):
    queue(store, "a", "b")
    clock = Clock()
    with scripted(MAIL=[b"550 no", b"550 no", b"250 Ok"]) as server:
        send(store, a_setting(server.port), clock)
        assert store.mails.problem().said == "550 no"
        clock.later(minutes=6)
        assert send(store, a_setting(server.port), clock).sent == 2
    assert store.mails.problem() is None


# Put off, given up


def test_a_mail_is_put_off_for_longer_each_time_and_given_up_in_the_end(store, accounts):
    queue(store, "a", subscriber=a_subscriber(store, "a@example.org"))
    clock, waits = Clock(), []
    with scripted(RCPT=b"450 4.2.0 greylisted") as server:
        while states(store) == {"a": "queued"}:
            send(store, a_setting(server.port, mail_give_up_hours=4), clock)
            [one] = store.mails.page()
            waits.append((one.due_at - clock.at).total_seconds() / 60)
            clock.at = max(clock.at, one.due_at)
    assert waits[:5] == [1, 5, 15, 60, 120]
    assert (one.state, one.said) == ("refused", "given up after 4 hours: 450 4.2.0 greylisted")
    assert accounts.bounces == []


def test_what_was_put_off_together_does_not_come_back_together():
    assert back_off(0, 0.0) == timedelta(minutes=1)
    assert back_off(3, 1.0) == timedelta(minutes=75)
    assert back_off(99, 0.5) == timedelta(minutes=270)


# Mails that cannot be


def test_a_mail_that_cannot_be_made_is_refused_and_the_others_go_on(store):
    queue(store, "a", "broken", "c")

    def make(mail):
        if mail.key == "broken":
            raise KeyError("no <b>title</b>\r\nin the template")
        return SAID

    with taking() as (inbox, port):
        assert send(store, a_setting(port), make=make).refused == 1
    broken = next(one for one in store.mails.page() if one.key == "broken")
    assert broken.said.startswith("the mail could not be made: KeyError: ")
    assert "\n" not in broken.said
    assert sorted(inbox.recipients) == ["a@example.org", "c@example.org"]


def test_a_mail_that_is_not_to_be_sent_any_more_is_withdrawn(store):
    queue(store, "a")
    with taking() as (inbox, port):
        assert send(store, a_setting(port), make=lambda mail: None).withdrawn == 1
    assert (states(store), inbox.recipients) == ({"a": "withdrawn"}, [])


@pytest.mark.parametrize("error", [StoreError("the record is locked"), SettingsError("public_url is not set")])
def test_a_mail_that_could_not_be_made_because_of_us_is_put_off(store, error):
    queue(store, "a")

    def make(mail):
        raise error

    with taking() as (_, port):
        send(store, a_setting(port), make=make)
    assert states(store) == {"a": "queued"}


@pytest.mark.parametrize("to", ["a@example.org\r\nBcc: b@example.org", "a@example.org> SIZE=1", "", "a b@example.org", "a@",
                                "@b.org", "a@exa\u2028mple.org", "a@example.org,b@example.org", "<a@example.org>",
                                pytest.param("a\0@example.org", marks=pytest.mark.a_file("a text of PostgreSQL holds no NUL"))])
def test_an_address_that_is_none_is_refused_before_anybody_is_asked(store, to):
    store.mails.queue([a_mail("a", to or " ")], NOON)
    with scripted() as server:
        send(store, a_setting(server.port))
    [one] = store.mails.page()
    assert one.state == "refused"
    assert "not an address" in one.said
    assert [words for words in server.heard if words.startswith(("MAIL", "RCPT"))] == []


def test_letters_beyond_ascii_before_the_at_need_a_server_that_takes_them(store):
    queue(store, "a", to="ζωή@παράδειγμα.example.org")
    queue(store, "b", to="b@παράδειγμα.example.org")
    with taking() as (inbox, port):
        send(store, a_setting(port))
    assert inbox.recipients == ["b@xn--hxajbheg2az3al.example.org"]
    refused = next(one for one in store.mails.page() if one.key == "a")
    assert refused.state == "refused"
    assert "SMTPUTF8" in refused.said
    queue(store, "c", to="ζωή@παράδειγμα.example.org")
    with taking(utf8=True) as (inbox, port):
        assert send(store, a_setting(port)).sent == 1
    assert inbox.recipients == ["ζωή@xn--hxajbheg2az3al.example.org"]
    assert "To: ζωή@".encode() in inbox.envelopes[0].original_content


def test_a_mail_that_is_too_large_for_the_server_is_refused_without_a_bounce(store, accounts):
    queue(store, "a", subscriber=a_subscriber(store, "a@example.org"))
    with scripted(EHLO=b"250-mx\r\n250 SIZE 300") as server:
        send(store, a_setting(server.port))
    assert (states(store), accounts.bounces) == ({"a": "refused"}, [])


# Uncertain, and sent again


def test_an_uncertain_mail_that_a_person_sends_again_has_the_same_message_id(store):
    queue(store, "a")
    clock = Clock()
    with scripted(message=[CLOSE, b"250 taken"]) as server:
        assert send(store, a_setting(server.port), clock).uncertain == 1
        clock.later(days=1)
        assert send(store, a_setting(server.port), clock).sent == 0
        store.mails.resend(1, "Ana", clock.at)
        # another sender, after its address was changed: a mail keeps the name that it was given
        assert send(store, a_setting(server.port, mail_from="desk@other.example"), clock).sent == 1
    ids = [line for message in server.taken for line in message.split(b"\r\n") if line.startswith(b"Message-ID: ")]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert ids[0].endswith(b"@desk.example.org>")


def test_a_sender_that_is_cut_off_from_the_record_for_a_while_still_notes_what_it_sent(store, monkeypatch):
    queue(store, "a")
    whole, fails = Mails.settle, [StoreError("the record is locked")] * 3

    def settle(self, *given):
        if fails:
            raise fails.pop()
        return whole(self, *given)

    monkeypatch.setattr(Mails, "settle", settle)
    with taking() as (_, port), suppress(StoreError):
        send(store, a_setting(port))
    assert states(store) == {"a": "sent"}


# Pace, time, and the record


def test_a_host_over_its_share_waits_and_others_do_not(store):
    queue(store, *(f"m{number}" for number in range(10)))
    queue(store, "x", "y", to="z@other.example")
    clock = Clock()
    with taking() as (inbox, port):
        settings = a_setting(port, mail_per_minute=4)
        assert send(store, settings, clock).sent == 6
        assert sum(address.endswith("@example.org") for address in inbox.recipients) == 4
        clock.later(seconds=59)
        assert send(store, settings, clock).sent == 0
        clock.later(seconds=2)
        assert send(store, settings, clock).sent == 4


def test_sending_stops_when_it_is_told_to_and_gives_back_what_it_claimed(store):
    queue(store, *(f"m{number}" for number in range(50)))
    stop = threading.Event()

    def make(mail):
        if mail.key == "m10":
            stop.set()
        return SAID

    with taking() as (inbox, port):
        send(store, a_setting(port, mail_connections=1), make=make, stop=stop)
    counts = store.mails.counts()
    assert counts["sent"] == len(inbox.recipients) == 11
    assert counts["queued"] == 39


def test_a_subscribers_bounces_are_forgotten_once_a_mail_stayed_taken(store, accounts):
    """One that says yes and returns the mail an hour later would never come to three bounces if each yes forgot them."""
    ana = a_subscriber(store, "ana@example.org")
    clock = Clock()
    with taking() as (_, port):
        for number in range(3):
            queue(store, f"m{number}", to="ana@example.org", subscriber=ana)
            send(store, a_setting(port), clock)
            if number == 0:
                store.mails.returned(1, "returned: 5.2.2 full", NOON)
        assert accounts.takes == [ana]        # by the third: the second had stayed taken


def test_a_mail_whose_subscriber_was_deleted_meanwhile_is_not_sent(store, tmp_path):
    import sqlalchemy as sa

    from dateline.store.schema_mailing import subscriber
    ana = a_subscriber(store, "ana@example.org")
    queue(store, "a", subscriber=ana)

    def make(mail):
        with open_record(tmp_path / "d.db") as other, other.writing():
            other._writing.execute(sa.delete(subscriber).where(subscriber.c.id == ana))
        return SAID

    with taking() as (inbox, port):
        send(store, a_setting(port), make=make)
    assert (states(store), inbox.recipients) == ({}, [])


def test_an_answer_is_told_on_one_line_that_a_terminal_can_show():
    assert str(Reply(550, "no")) == "550 no"


# Whatever happens

STEPS = {"greeting": [b"220 mx", b"421 later", b"554 no", CLOSE], "EHLO": [b"250 mx", b"550 no", CLOSE],
         "MAIL": [b"250 Ok", b"421 later", b"451 later", b"550 no", CLOSE],
         "RCPT": [b"250 Ok", b"250 Ok\r\n250 Ok", b"450 later", b"550 5.1.1 no", CLOSE],
         "DATA": [b"354 go", b"250 Ok", b"421 later", b"554 no", b"354 go\r\n250 Ok", CLOSE],
         "message": [b"250 taken", b"250 taken\r\n250 taken", b"421 later", b"554 no", b"what?", CLOSE],
         "RSET": [b"250 Ok", b"500 what?", CLOSE], "QUIT": [b"221 Bye", CLOSE]}


@given(says=st.fixed_dictionaries({step: st.lists(st.sampled_from([*words, words[0]]), min_size=1, max_size=8).map(
           lambda some, usual=words[0]: [*some, usual]) for step, words in STEPS.items()}),
       connections=st.integers(1, 3))
@of_hypothesis(max_examples=25, deadline=None)
def test_whatever_the_server_does_nobody_is_given_two_and_nobody_is_lost_sight_of(empty_record, says, connections):
    """Ten mails, until nothing is queued; a message that the server was given whole counts as given, whatever it then said."""
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder, scripted(**says) as server:
        shutil.copy(empty_record, f"{folder}/d.db")
        with open_record(f"{folder}/d.db") as store:
            queue(store, *(f"m{number}" for number in range(10)))
            settings = a_setting(server.port, mail_connections=connections)
            for _ in range(40):
                send(store, settings, clock)
                clock.later(hours=6)
                if not store.mails.counts()["queued"]:
                    break
            became = states(store)
            ids = {one.message_id: one.key for one in store.mails.page()}
    given_times = Counter(ids[line.split(b"<")[1].split(b"@")[0].decode() + "@desk.example.org"]
                          for message in server.taken for line in message.split(b"\r\n") if line.startswith(b"Message-ID: "))
    assert set(became.values()) <= {"sent", "uncertain", "refused"}
    assert len(became) == 10
    for key, state in became.items():
        # what was put off after it was given was not taken, and may be given again
        put_off = sum(word == b"421 later" for word in says["message"])
        assert given_times[key] <= 1 + put_off
        assert given_times[key] >= 1 or state != "sent"
