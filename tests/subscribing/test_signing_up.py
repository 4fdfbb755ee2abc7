"""Signing up: who gets which mail, how often, and that whoever asks learns nothing of an address."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.errors import DecisionError
from dateline.records.briefing import Coverage
from dateline.records.mailing import Choices, Consent
from dateline.subscribing import beside, confirming, leaving, signing_up
from dateline.subscribing.addresses import address_of
from dateline.subscribing.inviting import invite
from subscribing.made import NETWORK, NOON, SETTINGS, a_subscriber, after, link_in, mails_to, sign_up, token_in

ZOE = "zoe@example.org"
MINE = Choices("weekly", Coverage(countries=("ML",), killed=3), "five lines", True, "Africa/Bamako", 7)


def found(store, address=ZOE):
    return store.subscribers.find(address_of(address).key)


def suspended(store):
    one = a_subscriber(store)
    for _ in range(3):
        one = store.subscribers.bounced(one.id, NOON)
    return one


def left(store):
    one = a_subscriber(store)
    leaving.unsubscribe(store, one, None, at=NOON)
    return one


def test_whoever_signs_up_waits_until_the_button_of_their_mail_is_pressed(store):
    sign_up(store, choices=MINE)
    one = found(store)
    assert (one.state, one.consent) == ("unconfirmed", Consent(NOON, "sign-up page", NETWORK))
    assert store.subscribers.subscriptions(one.id) == []
    [mail] = mails_to(store)
    assert "/briefing/unsubscribe/" in mail.unsubscribe
    confirming.confirm(store, token_in(mail), SETTINGS, at=after(hours=1))
    one = found(store)
    assert one.state == "confirmed"
    assert one.consent == Consent(NOON, "sign-up page", NETWORK, after(hours=1))
    assert store.subscribers.choices(one.id, "arden") == MINE


def test_nothing_is_subscribed_by_opening_the_link(store):
    sign_up(store)
    [mail] = mails_to(store)
    for _ in range(3):
        assert isinstance(confirming.waiting(store, token_in(mail), SETTINGS, at=NOON), confirming.Waiting)
    assert found(store).state == "unconfirmed"


def test_a_link_confirms_once_and_then_says_so(store):
    sign_up(store)
    [mail] = mails_to(store)
    confirming.confirm(store, token_in(mail), SETTINGS, at=NOON)
    assert confirming.confirm(store, token_in(mail), SETTINGS, at=after(hours=1)) == confirming.Closed("used")
    leaving.unsubscribe(store, found(store), "arden", at=NOON)
    assert confirming.confirm(store, token_in(mail), SETTINGS, at=after(hours=2)) == confirming.Closed("used")
    assert found(store).state == "unsubscribed"


@pytest.mark.parametrize("token", ["", "nothing", "x" * 5_000, "\x00", "../../etc"])
def test_a_link_of_nobody_confirms_nothing(store, token):
    assert confirming.confirm(store, token, SETTINGS, at=NOON) == confirming.Closed("unknown")


def test_a_link_is_good_for_as_long_as_the_address_is_kept(store):
    sign_up(store)
    [mail] = mails_to(store)
    assert confirming.confirm(store, token_in(mail), SETTINGS, at=after(days=7)) == confirming.Closed("unknown")
    assert isinstance(confirming.confirm(store, token_in(mail), SETTINGS, at=after(days=6.9)), confirming.Confirmed)


def test_a_confirmed_address_gets_its_own_link_and_nothing_of_it_is_changed(store):
    one = a_subscriber(store, choices=MINE)
    sign_up(store, at=after(hours=2))
    assert mails_to(store)[-1].subject.startswith("You are a subscriber already")
    assert link_in(mails_to(store)[-1], "preferences") == f"/briefing/preferences/{one.token}"
    assert store.subscribers.choices(one.id, "arden") == MINE
    assert found(store) == one


@pytest.mark.parametrize("before", [suspended, left])
def test_whoever_is_suspended_or_left_may_sign_up_anew_and_consents_anew(store, before):
    was = before(store)
    sign_up(store, "ZOE@example.org", "verity", at=after(hours=2))
    assert found(store).state == ("suspended" if before is suspended else "unsubscribed")     # until they confirm
    confirming.confirm(store, token_in(mails_to(store)[-1]), SETTINGS, at=after(hours=3))
    one = found(store)
    assert (one.id, one.state, one.bounces, one.unsubscribed_at) == (was.id, "confirmed", 0, None)
    assert one.consent == Consent(after(hours=2), "sign-up page", NETWORK, after(hours=3))


def test_what_somebody_else_asks_for_an_address_counts_for_nothing_until_it_is_confirmed(store):
    one = suspended(store)
    sign_up(store, choices=MINE, at=after(hours=2))
    assert store.subscribers.choices(one.id, "arden") == Choices()


def test_the_mail_goes_to_the_address_that_is_held(store):
    """ "straße" and "strasse" are compared as one: whoever writes the one must not get the other's link."""
    one = a_subscriber(store, "strasse@example.org")
    sign_up(store, "stra\u00dfe@example.org", at=after(hours=2))
    assert link_in(mails_to(store, "strasse@example.org")[-1], "preferences").endswith(one.token)
    assert mails_to(store, "stra\u00dfe@example.org") == []


# How often


def test_an_address_gets_one_mail_in_ten_minutes_and_three_a_day(store):
    for minute in range(0, 24 * 60, 4):
        sign_up(store, at=after(minutes=minute), network=f"198.51.{minute % 250}.0/24")
    assert len(mails_to(store)) == 3
    sign_up(store, at=after(days=1, minutes=1))
    assert len(mails_to(store)) == 4


def test_a_network_signs_up_so_often_an_hour(store):
    some = replace(SETTINGS, sign_up_per_hour=2)
    for number in range(4):
        sign_up(store, f"a{number}@example.org", settings=some)
    sign_up(store, "elsewhere@example.org", network="198.51.100.0/24", settings=some)
    sign_up(store, "later@example.org", at=after(minutes=61), settings=some)
    held = [one.address for one in store.subscribers.page()]
    assert held == ["a0@example.org", "a1@example.org", "elsewhere@example.org", "later@example.org"]


def test_all_networks_together_sign_up_so_often_an_hour(store):
    some = replace(SETTINGS, sign_up_per_hour=1)
    for number in range(signing_up.OF_ALL + 5):
        sign_up(store, f"a{number}@example.org", network=f"198.51.{number}.0/24", settings=some)
    assert sum(store.subscribers.counts().values()) == signing_up.OF_ALL


def test_machines_whose_network_is_not_known_count_as_one(store):
    some = replace(SETTINGS, sign_up_per_hour=1)
    for number in range(3):
        sign_up(store, f"a{number}@example.org", network=None, settings=some)
    assert sum(store.subscribers.counts().values()) == 1


def test_whoever_tries_an_address_again_and_again_does_not_keep_its_owner_out(store):
    for second in range(50):
        sign_up(store, at=after(seconds=second), network=f"198.51.{second}.0/24")
    sign_up(store, at=after(minutes=11))
    assert len(mails_to(store)) == 2


# By invitation


def test_an_edition_by_invitation_is_for_those_invited(store):
    sign_up(store, edition="desk")
    assert found(store) is None
    invite(store, "desk", [" Zoe@Example.org "], SETTINGS, by="Ana", at=NOON)
    sign_up(store, edition="desk", at=after(hours=1))
    assert len(mails_to(store, "Zoe@example.org")) == 2
    confirming.confirm(store, token_in(mails_to(store, "Zoe@example.org")[-1]), SETTINGS, at=after(hours=2))
    assert store.subscribers.choices(found(store).id, "desk") is not None


@pytest.mark.parametrize("edition", ["none", "", "x" * 10_000, "arden' OR 1=1", "\x00"])
def test_an_edition_that_is_not_there_is_answered_as_any(store, edition):
    assert sign_up(store, edition=edition) is None
    assert found(store) is None


# The same answer after the same work


def refused(store):
    for number in range(SETTINGS.sign_up_per_hour):
        sign_up(store, f"a{number}@example.org", at=after(hours=2))


@pytest.mark.parametrize("before", [
    pytest.param(lambda store: None, id="unknown"), pytest.param(sign_up, id="waiting"),
    pytest.param(a_subscriber, id="confirmed"),
    pytest.param(suspended, id="suspended"), pytest.param(left, id="unsubscribed"), pytest.param(refused, id="refused"),
    pytest.param(lambda store: [sign_up(store, at=after(hours=one)) for one in (0, 1, 1.5)], id="too-often")])
def test_whoever_asks_gets_the_same_answer_after_the_same_work(store, monkeypatch, before):
    before(store)
    laid_out, letters = beside.laid_out, []
    monkeypatch.setattr(beside, "laid_out", lambda says: letters.append(says) or laid_out(says))
    assert sign_up(store, at=after(hours=2)) is None
    assert len(letters) == 1      # what takes longest is done for all


def test_an_address_that_is_none_is_told_so_which_tells_nothing(store):
    with pytest.raises(DecisionError, match="no address"):
        sign_up(store, "zoe@example.org\r\nBcc: everybody@example.org")


def test_nothing_that_was_typed_is_in_a_mail(store):
    sign_up(store, "click.here.https%3A%2F%2Fevil.example@example.org")
    [mail] = mails_to(store, "click.here.https%3A%2F%2Fevil.example@example.org")
    assert "evil" not in mail.subject + mail.text + mail.html


def test_what_is_kept_of_attempts_names_no_address_and_is_gone_after_a_day(store):
    sign_up(store)
    with store._read() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM sign_up_attempt").all()
    assert len(rows) == 1
    assert "zoe" not in str(rows)
    leaving.delete_unconfirmed(store, SETTINGS, after(days=1.1))
    with store._read() as connection:
        assert connection.exec_driver_sql("SELECT * FROM sign_up_attempt").all() == []


# The form


@pytest.mark.parametrize(("open_s", "honeypot", "state"), [
    (1, "", "not ours"), (3, "", "good"), (3, "https://spam.example", "not ours"), (3600 * 23, "", "good"),
    (3600 * 25, "", "old"), (-60, "", "not ours")])
def test_a_form_counts_when_a_person_had_it_open(open_s, honeypot, state):
    mark = signing_up.form_mark(b"secret", NOON)
    assert signing_up.form_state(b"secret", mark, honeypot, after(seconds=open_s)) == state


@pytest.mark.parametrize("mark", ["", "1", "\x00", "e30.xxx", signing_up.form_mark(b"other", NOON)])
def test_a_form_that_we_did_not_give_out_does_not_count(mark):
    assert signing_up.form_state(b"secret", mark, "", after(minutes=1)) == "not ours"
