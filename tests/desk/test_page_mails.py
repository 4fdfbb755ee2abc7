"""The page of the mails: what became of them, what a person decides, and that hostile words stay words."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from dateline.store import open_record
from dateline.team import people
from made_desk import a_desk, csrf_of, post, text_of
from mailing.made import NOON, a_mail

PAGE = "/editions/mails"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "d.db"
    with open_record(path) as store:
        store.mails.queue([a_mail("lost"), a_mail("gone"), a_mail("later"), a_mail("taken"), a_mail("waits")], NOON)
        lost, gone, later, taken = store.mails.claim("w", NOON, 60, 4)
        store.mails.settle(lost.id, "w", "uncertain", f"no answer {HOSTILE}", NOON)
        store.mails.settle(gone.id, "w", "refused", "550 5.1.1 no such user", NOON)
        store.mails.put_off(later.id, "w", NOON, "450 greylisted", NOON, give_up_hours=48)
        store.mails.settle(taken.id, "w", "sent", "250", NOON)
    return path


@pytest.fixture
def desk(record):
    return a_desk(record, mail_from="briefing@desk.example.org")


def test_what_needs_a_person_is_shown_with_what_was_said(desk):
    page = desk.get(PAGE)
    told = text_of(page.text)
    for words in ("lost@example.org", "550 5.1.1 no such user", "450 greylisted", "Uncertain 1", "It may arrive twice",
                  f"no answer {HOSTILE}"):
        assert words in told
    assert "taken@example.org" not in told
    assert HOSTILE not in page.text
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("state", "shown"), [("sent", "taken"), ("queued", "waits"), ("put+off", "later"), ("refused", "gone")])
def test_each_state_has_a_list_of_its_own(desk, state, shown):
    told = text_of(desk.get(f"{PAGE}?state={state}").text)
    assert f"{shown}@example.org" in told
    assert "lost@example.org" not in told


def test_a_long_list_goes_on_on_the_next_page(desk, record):
    with open_record(record) as store:
        store.mails.queue([a_mail(f"m{number}") for number in range(120)], NOON)
    first = desk.get(f"{PAGE}?state=queued").text
    assert "m119@example.org" in first
    assert "m10@example.org" not in first
    [older] = [line.partition('href="')[2].partition('"')[0].replace("&amp;", "&") for line in first.splitlines()
               if "Earlier" in line]
    assert "m10@example.org" in desk.get(older).text


def test_an_uncertain_mail_is_sent_again_by_a_button(desk, record):
    done = post(desk, f"{PAGE}/again", PAGE, number="1")
    assert (done.status_code, done.headers["location"]) == (303, PAGE)
    with open_record(record) as store:
        assert store.mails.get(1).state == "queued"
        assert [(line.who, line.about) for _, line in store.team.audit()] == [("Ana", "mail 1")]


def test_a_mail_that_somebody_sent_again_already_is_not_sent_again(desk):
    token = csrf_of(desk, PAGE)
    assert desk.post(f"{PAGE}/again", data={"csrf_token": token, "number": "1"}).status_code == 303
    refused = desk.post(f"{PAGE}/again", data={"csrf_token": token, "number": "1"})
    assert refused.status_code in (409, 422)
    assert "mail 1 is queued" in refused.text


def test_nothing_is_sent_again_by_a_form_of_another_page(desk, record):
    assert desk.post(f"{PAGE}/again", data={"number": "1"}).status_code == 403
    with open_record(record) as store:
        assert store.mails.get(1).state == "uncertain"


def test_a_problem_of_the_server_is_shown_as_one(desk, record):
    assert 'role="alert"' not in desk.get(PAGE).text
    with open_record(record) as store:
        store.mails.keep_problem(f"535 {HOSTILE}", NOON)
    page = desk.get(PAGE).text
    assert f"It said: 535 {HOSTILE}" in text_of(page)
    assert HOSTILE not in page


def test_it_is_said_where_no_mail_is_sent_at_all(record):
    assert "No mail is sent: the setting mail_from is empty" in text_of(a_desk(record).get(PAGE).text)


def test_where_nothing_was_queued_the_page_says_so(tmp_path):
    with open_record(tmp_path / "d.db"):
        pass
    assert "No mail has been queued yet" in text_of(a_desk(tmp_path / "d.db").get(PAGE).text)


def test_the_page_is_for_editors(record, monkeypatch):
    monkeypatch.setattr(people, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    people._nobodys_hash.cache_clear()
    browser = a_desk(record)
    with open_record(record) as store:
        people.add_person(store, "Ana", "editor", "four made up words", by="cli", at=NOON)
        people.add_person(store, "Bo", "coder", "four made up words", by="cli", at=NOON)
    assert browser.get(PAGE).status_code == 303
    post(browser, "/sign-in", "/sign-in", name="Bo", password="four made up words", next="/")
    assert browser.get(PAGE).status_code == 403
    people._nobodys_hash.cache_clear()
