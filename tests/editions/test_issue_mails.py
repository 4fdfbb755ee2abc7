"""What a mail of an issue says, for its subscriber."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from time import perf_counter

import pytest

from dateline.editions import issuing, mails
from dateline.mailing.message import build
from dateline.records.briefing import Coverage
from dateline.records.mailing import Choices, Edits, Mail, Parts
from editions.made import SETTINGS, subscribe
from made_issues import COMPOSED, a_briefing, an_edition, an_issue, an_item
from subscribing.made import states_of

LATER = COMPOSED + timedelta(hours=1)


@pytest.fixture
def out(store):
    """An issue of two items that is out."""
    kept = store.editions.add(an_issue(a_briefing(an_item(1, country="ML"), an_item(2, country="NE"))))
    return issuing.issue_now(store, kept, SETTINGS, by="Ana", at=LATER)


def mail_to(issue, subscriber, **given):
    fields = {"id": 1, "key": f"issue:{issue.id}:{subscriber}", "kind": "issue", "state": "claimed", "to": "zoe@example.org",
              "message_id": "1@example.org", "due_at": LATER, "attempts": 0, "subscriber": subscriber, "issue": issue.id,
              "parts": None, "said": None, "changed_at": LATER}
    return Mail(**(fields | given))


def test_a_mail_has_both_links_of_its_subscriber_alone_and_leads_to_the_issues_page(store, out):
    zoe, uma = subscribe(store, "zoe", "uma")
    make = mails.maker_of(store, SETTINGS)
    to_zoe, to_uma = make(mail_to(out, zoe)), make(mail_to(out, uma))
    assert to_zoe.archive == "https://desk.example.org/briefing/arden/daily-2024-03-12"
    assert to_zoe.list_id == "arden"
    for body in (to_zoe.text, to_zoe.html):
        assert "/briefing/preferences/token-of-zoe" in body
        assert to_zoe.unsubscribe in body
        assert "token-of-uma" not in body
        assert to_uma.unsubscribe not in body
    assert to_zoe.unsubscribe != to_uma.unsubscribe
    assert "Arden briefing: Daily briefing, 12 March 2024" in to_zoe.text


def test_an_alert_to_somebody_who_left_while_it_waited_is_not_sent(store, out):
    [zoe] = subscribe(store, "zoe")
    alert = replace(mail_to(out, zoe), kind="alert", issue=None, parts=Parts("Alert", "words", "<p>words</p>"))
    make = mails.maker_of(store, SETTINGS)
    assert make(alert) is not None
    store.subscribers.leave(zoe, None, LATER)
    assert make(alert) is None


@pytest.mark.parametrize("items", [1, 60, 2_000])
@pytest.mark.parametrize("length", ["one page", "everything"])
def test_a_mail_is_under_100_kilobytes_as_it_is_sent_however_much_there_is(store, items, length):
    briefing = a_briefing(*(an_item(number, country="ML") for number in range(1, items + 1)))
    kept = store.editions.add(an_issue(briefing))
    issue = issuing.issue_now(store, kept, SETTINGS, by="Ana", at=LATER)
    [zoe] = subscribe(store, "zoe", choices=Choices(length=length))
    mail = mail_to(issue, zoe)
    sent = build(mail, mails.maker_of(store, SETTINGS)(mail), SETTINGS, LATER)
    assert len(sent) < 100_000


def test_no_mark_stays_where_a_link_belongs(store, out, monkeypatch):
    made = []
    monkeypatch.setattr(mails.secrets, "token_hex", lambda size, old=secrets.token_hex: made.append(old(size)) or made[-1])
    [zoe] = subscribe(store, "zoe")
    parts = mails.maker_of(store, SETTINGS)(mail_to(out, zoe))
    assert len(made) == 3
    assert not any(mark in body for mark in made for body in (parts.text, parts.html))


def test_the_page_of_an_edition_by_invitation_is_opened_by_the_subscribers_own_key(store, out):
    store.editions.keep(an_edition(is_open=False), LATER)
    zoe, uma = subscribe(store, "zoe", "uma")
    make = mails.maker_of(store, SETTINGS)
    to_zoe, to_uma = make(mail_to(out, zoe)), make(mail_to(out, uma))
    assert to_zoe.archive == f"https://desk.example.org/briefing/arden/daily-2024-03-12?key={to_zoe.archive.partition('=')[2]}"
    assert to_zoe.archive in to_zoe.text
    assert to_zoe.archive in to_zoe.html
    assert to_uma.archive != to_zoe.archive


def test_a_mail_tells_what_the_subscriber_chose_as_they_choose_when_it_is_sent(store, out):
    [zoe] = subscribe(store, "zoe", choices=Choices(coverage=Coverage(countries=("NE",))))
    parts = mails.maker_of(store, SETTINGS)(mail_to(out, zoe))
    assert "(2)" in parts.text
    assert "(1)" not in parts.text
    subscribe(store, "zoe", choices=Choices(coverage=Coverage(countries=("ML",))))
    assert "(1)" in mails.maker_of(store, SETTINGS)(mail_to(out, zoe)).text


def test_a_mail_tells_the_issue_as_it_was_edited(store):
    kept = store.editions.add(an_issue(a_briefing(an_item(1), an_item(2))))
    edited = issuing.edit(store, kept, Edits(dropped=("DTL-1",)), by="Ana", at=LATER)
    out = issuing.issue_now(store, edited, SETTINGS, by="Ana", at=LATER)
    [zoe] = subscribe(store, "zoe")
    assert "(1)" not in mails.maker_of(store, SETTINGS)(mail_to(out, zoe)).text


@pytest.mark.parametrize(("choices", "state"), [
    pytest.param(Choices(), "unsubscribed", id="unsubscribed-since"), pytest.param(Choices(), "suspended", id="suspended-since"),
    pytest.param(Choices("weekly"), "confirmed", id="chose-weekly-since"),
    pytest.param(Choices(coverage=Coverage(countries=("BF",))), "confirmed", id="nothing-in-it-for-them-any-more")])
def test_a_mail_that_is_not_wanted_any_more_is_withdrawn(store, out, choices, state):
    [zoe] = subscribe(store, "zoe", choices=choices, state=state)
    assert mails.maker_of(store, SETTINGS)(mail_to(out, zoe)) is None


def test_a_mail_to_somebody_who_left_the_edition_or_was_erased_is_withdrawn(store, out):
    zoe, uma = subscribe(store, "zoe", "uma")
    store.subscribers.leave(zoe, "arden", LATER)
    store.subscribers.erase(uma)
    make = mails.maker_of(store, SETTINGS)
    assert make(mail_to(out, zoe)) is None
    assert make(mail_to(out, uma)) is None
    assert states_of(store) == []


def test_whoever_wants_to_hear_that_there_is_nothing_gets_a_short_mail(store, out):
    [zoe] = subscribe(store, "zoe", choices=Choices(coverage=Coverage(countries=("BF",)), when_empty=True))
    parts = mails.maker_of(store, SETTINGS)(mail_to(out, zoe))
    assert parts.subject == "Daily briefing, 12 March 2024: nothing new"
    assert parts.pictures == ()


def test_a_mail_that_says_what_it_says_already_is_left_as_it_is(store, out):
    parts = mails.maker_of(store, SETTINGS)(mail_to(out, subscribe(store, "zoe")[0]))
    assert mails.maker_of(store, SETTINGS)(replace(mail_to(out, None), issue=None, parts=parts)) == parts


def test_the_subject_names_the_most_important_thing_on_one_line():
    briefing = a_briefing(an_item(1, importance=1.0), an_item(2, importance=9.0, heading="Shelling,\r\nBcc: all@x\u202e, Arden"))
    assert mails.subject_of(briefing) == "Daily briefing, 12 March 2024: Shelling, Bcc: all@x, Arden"


def test_a_long_subject_ends_with_a_whole_word():
    subject = mails.subject_of(a_briefing(an_item(heading="Port Verity " * 40)))
    assert len(subject) <= mails.LONGEST_SUBJECT
    assert subject.endswith(("Port…", "Verity…"))


def test_words_of_a_report_cannot_take_the_place_of_a_readers_links(store, monkeypatch):
    word = "https://desk.example.org/preferences/0123"
    kept = store.editions.add(an_issue(a_briefing(an_item(1, heading=word))))
    out = issuing.issue_now(store, kept, SETTINGS, by="Ana", at=LATER)
    [zoe] = subscribe(store, "zoe")
    parts = mails.maker_of(store, SETTINGS)(mail_to(out, zoe))
    assert word in parts.text


def test_a_mail_like_another_costs_about_a_millisecond(store, out):
    numbers = subscribe(store, *(f"reader{number}" for number in range(200)))
    make = mails.maker_of(store, SETTINGS)
    make(mail_to(out, numbers[0]))
    began = perf_counter()
    for number in numbers:
        assert make(mail_to(out, number)) is not None
    assert (perf_counter() - began) / len(numbers) < 0.02         # some 0.001 s; the machine may be busy


def test_the_issue_of_an_edition_is_laid_out_once_for_all_who_chose_the_same(store, out, monkeypatch):
    laid_out = []
    monkeypatch.setattr(mails, "lay_out", lambda *given, old=mails.lay_out, **named: laid_out.append(1) or old(*given, **named))
    make = mails.maker_of(store, SETTINGS)
    for number in (*subscribe(store, "zoe", "uma"), *subscribe(store, "pia", choices=Choices(length="five lines"))):
        make(mail_to(out, number))
    assert len(laid_out) == 2
