"""The editors' page of subscribers: who there is, lists in and out, invitations, deleting one; and that nobody else sees it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from dateline.settings import Settings
from dateline.store import open_record
from dateline.subscribing import leaving
from dateline.team import people
from made_desk import a_desk, csrf_of, post, text_of
from subscribing.made import NOON, a_subscriber, mails_to, sign_up, with_editions

PAGE = "/editions/subscribers"


@pytest.fixture
def record(tmp_path):
    with_editions(open_record(tmp_path / "d.db")).close()
    return tmp_path / "d.db"


@pytest.fixture
def desk(record):
    return a_desk(record, mail_from="briefing@example.org")


@pytest.fixture
def store(record, desk):
    with open_record(record) as opened:
        yield opened


def bring(desk, body, name="march.csv", **more):
    return desk.post(f"{PAGE}/import", files={"file": (name, body)}, data={"csrf_token": csrf_of(desk, PAGE)} | more)


def test_an_editor_sees_who_there_is_what_they_get_and_how_they_said_yes(desk, store):
    a_subscriber(store)
    sign_up(store, "waiting@example.org")
    leaving.unsubscribe(store, a_subscriber(store, "gone@example.org"), None, at=NOON)
    page = text_of(desk.get(PAGE).text)
    for words in ("zoe@example.org", "arden (daily)", "sign-up page", "1 confirmed", "1 unsubscribed", "1 unconfirmed"):
        assert words in page
    assert "waiting@" not in text_of(desk.get(f"{PAGE}?state=confirmed").text).partition("Invite")[0]
    assert "gone@" in text_of(desk.get(f"{PAGE}?text=GONE").text)
    assert "gone@" not in text_of(desk.get(f"{PAGE}?edition=arden").text)


def test_a_long_list_goes_on_after_fifty(desk, store):
    for number in range(53):
        sign_up(store, f"a{number}@example.org", network=f"198.51.{number}.0/24")
    first = desk.get(PAGE).text
    assert "a49@" in first
    assert "a50@" not in first
    assert "a52@" in desk.get(f"{PAGE}?after=50").text


def test_a_list_goes_out_and_comes_in(desk, store, tmp_path):
    a_subscriber(store)
    answer = post(desk, f"{PAGE}/export", PAGE)
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["cache-control"] == "no-store"
    with_editions(open_record(tmp_path / "other.db")).close()
    other = a_desk(tmp_path / "other.db")
    assert bring(other, answer.content, consent="our own list").status_code == 303
    assert post(other, f"{PAGE}/export", PAGE).content == answer.content


def test_rows_that_were_left_out_are_told_on_the_page(desk, store):
    answer = bring(desk, "address,consent_at\nzoe@example.org,2026-01-02\n<b>nobody,\n", consent="told us", edition="arden")
    page = text_of(answer.text)
    assert "1 subscribers added" in page
    assert "line 3: this is no address" in page
    assert "<b>nobody" not in answer.text


@pytest.mark.parametrize(("body", "consent", "said"), [
    ("address\nzoe@example.org\n", "", "how these people gave their consent"), ("name\nZoe\n", "told us", "no column address"),
    ("", "told us", "choose a CSV file")])
def test_a_list_that_cannot_be_taken_says_why(desk, store, body, consent, said):
    answer = bring(desk, body, consent=consent)
    assert answer.status_code == 422
    assert said in text_of(answer.text)
    assert store.subscribers.counts() == {}


def test_addresses_are_invited_line_by_line(desk, store):
    answer = post(desk, f"{PAGE}/invite", PAGE, edition="desk", addresses="zoe@example.org\r\n\r\n bo@example.org \r\n")
    assert answer.status_code == 303
    [mail] = mails_to(store, "bo@example.org")
    assert mail.subject == "Invitation: For colleagues"
    assert "Ana invites you" in mail.text
    assert store.team.audit()[0][1].what == "invited 2 addresses"


def test_one_bad_address_invites_nobody_and_is_told_by_its_number(desk, store):
    answer = post(desk, f"{PAGE}/invite", PAGE, edition="desk", addresses="zoe@example.org\nnobody")
    assert answer.status_code == 422
    assert "address 2 of 2" in text_of(answer.text)
    assert store.subscribers.counts() == {}


def test_who_gets_an_edition_or_has_left_is_invited_without_a_mail(desk, store):
    a_subscriber(store)
    leaving.unsubscribe(store, a_subscriber(store, "gone@example.org"), None, at=NOON)
    before = len(mails_to(store)), len(mails_to(store, "gone@example.org"))
    post(desk, f"{PAGE}/invite", PAGE, edition="arden", addresses="zoe@example.org\ngone@example.org")
    assert (len(mails_to(store)), len(mails_to(store, "gone@example.org"))) == before


def test_an_invitation_that_is_sent_twice_is_one_mail(desk, store):
    for _ in range(2):
        post(desk, f"{PAGE}/invite", PAGE, edition="desk", addresses="zoe@example.org\nZOE@example.org")
    assert len(mails_to(store)) == 1


def test_an_invitation_is_deleted_as_a_subscriber_is(desk, store):
    post(desk, f"{PAGE}/invite", PAGE, edition="desk", addresses="zoe@example.org")
    leaving.delete_unconfirmed(store, Settings(), datetime.now(UTC) + timedelta(days=8))
    assert store.subscribers.invited_to("zoe@example.org") != {}
    assert post(desk, f"{PAGE}/forget", PAGE, address="zoe@example.org").status_code == 303
    assert store.subscribers.invited_to("zoe@example.org") == {}


def test_an_editor_deletes_somebody_and_the_audit_log_does_not_name_them(desk, store):
    a_subscriber(store)
    post(desk, f"{PAGE}/forget", PAGE, address="zoe@example.org")
    assert store.subscribers.counts() == {}
    assert "zoe" not in str(store.team.audit())
    assert "no subscriber has this address" in text_of(post(desk, f"{PAGE}/forget", PAGE, address="zoe@example.org").text)


def test_readers_and_coders_do_not_see_addresses(desk, store, monkeypatch):
    monkeypatch.setattr(people, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    a_subscriber(store)
    at = datetime.now(UTC)
    for name, role in (("Ana", "editor"), ("Bo", "coder")):
        people.add_person(store, name, role, "four made up words", by="cli", at=at)
    assert desk.get(PAGE).status_code == 303
    post(desk, "/sign-in", "/sign-in", name="Bo", password="four made up words")
    fields = {"address": "zoe@example.org", "edition": "arden", "addresses": "x"}
    answers = [desk.get(PAGE), *(post(desk, f"{PAGE}/{what}", "/account", **fields)
                                 for what in ("export", "import", "invite", "forget"))]
    assert {answer.status_code for answer in answers} == {403}
    assert not [answer for answer in answers if "zoe@" in answer.text]
