"""Leaving: by the link of a mail, one edition or all; another link; and that nothing is left of whoever asks for that."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import DecisionError
from dateline.records.codec import to_line
from dateline.records.mailing import Consent, NewMail, Subscriber, Watch
from dateline.store.rows import instant
from dateline.store.schema_mailing import issue, mail, watch
from dateline.subscribing import leaving, links
from dateline.subscribing.addresses import address_of
from dateline.subscribing.personal import everything_of
from subscribing.made import (
    ARDEN,
    EDITIONS,
    NOON,
    SETTINGS,
    a_subscriber,
    after,
    link_in,
    mails_to,
    sign_up,
    states_of,
)

ZOE = "zoe@example.org"
ONE = Subscriber(7, ZOE, "confirmed", Consent(NOON, "sign-up page"), "t" * 43)


def found(store, address=ZOE):
    return store.subscribers.find(address_of(address).key)


def by_link(store, one, edition):
    token = links.unsubscribe_url(SETTINGS, one, edition).rpartition("/")[2]
    return leaving.leaver_of(store, token)


def with_watch(store, one):
    with store._write() as connection:
        connection.execute(watch.insert(), [{"subscriber_id": one.id, "created_at": instant(NOON), "body": to_line(
            Watch(0, "Gao", ARDEN.coverage, subscriber=one.id, secret="hidden"))}])


def issue_mail(store, one, edition="arden", state="queued"):
    with store._write() as connection:
        number = connection.execute(issue.insert().returning(issue.c.id), [{
            "edition": edition, "frequency": "daily", "day": NOON.date(), "state": "issued", "briefing": "{}", "edits": "{}",
            "composed_at": instant(NOON)}]).scalar_one()
        connection.execute(mail.insert(), [{
            "key": f"issue:{number}:{one.id}", "kind": "issue", "state": state, "to": one.address, "host": "example.org",
            "message_id": "<x@y>", "due_at": instant(NOON), "attempts": 0, "subscriber_id": one.id, "issue_id": number,
            "created_at": instant(NOON), "changed_at": instant(NOON)}])


# The link


@pytest.mark.parametrize("edition", ["arden", None, "alerts"])
def test_a_link_names_the_subscriber_and_what_they_leave(store, edition):
    one = a_subscriber(store)
    leaver = by_link(store, one, edition)
    assert (leaver.subscriber, leaver.edition) == (one, edition)


def test_a_link_tells_neither_the_address_nor_the_token():
    token = links.unsubscribe_token(ONE, "arden")
    assert ONE.token not in token
    assert "zoe" not in token
    assert len(links.unsubscribe_url(SETTINGS, ONE, "arden")) < 150


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=80), st.text("abcXYZ019-_=.", min_size=20, max_size=60)))
def test_nobody_guesses_a_link(token):
    named = links.read_unsubscribe(token)
    assert named is None or not links.is_of(named, ONE)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_link_that_was_changed_is_none(data):
    token = links.unsubscribe_token(ONE, "arden")
    at = data.draw(st.integers(0, len(token) - 2))        # of the last letter some bits stand for nothing
    letter = data.draw(st.sampled_from("ABCxyz019-_").filter(lambda one: one != token[at]))
    named = links.read_unsubscribe(token[:at] + letter + token[at + 1:])
    assert named is None or not links.is_of(named, ONE)


def test_a_link_of_one_edition_is_none_of_another_or_of_somebody_else():
    named = links.read_unsubscribe(links.unsubscribe_token(ONE, "arden"))
    assert links.is_of(named, ONE)
    assert not links.is_of(replace(named, edition="verity"), ONE)
    assert not links.is_of(replace(named, edition=None), ONE)
    assert not links.is_of(named, replace(ONE, id=8))
    assert not links.is_of(named, replace(ONE, token="u" * 43))


@pytest.mark.parametrize("slug", ["", "/", "desk.example.org"])
def test_links_begin_with_the_public_address_or_that_of_the_desk(slug):
    given = replace(SETTINGS, public_url=f"https://desk.example.org{slug and '/'}")
    assert links.preferences_url(given, ONE) == f"https://desk.example.org/briefing/preferences/{ONE.token}"
    assert links.preferences_url(replace(SETTINGS, public_url=""), ONE).startswith("http://127.0.0.1:8471/briefing/")


def test_no_edition_may_be_called_as_a_page_of_ours_is():
    assert {"sign-up", "confirm", "unsubscribe", "preferences", "alerts"} <= links.RESERVED
    assert not {one.slug for one in EDITIONS} & links.RESERVED


# Leaving


def test_who_leaves_one_edition_gets_the_others(store):
    one = a_subscriber(store)
    a_second(store)
    leaving.unsubscribe(store, one, "arden", at=after(days=2))
    assert [held.edition for held in store.subscribers.subscriptions(one.id)] == ["verity"]
    assert found(store).state == "confirmed"


def a_second(store):
    from dateline.records.mailing import Choices, Subscription

    one = found(store)
    store.subscribers.subscribe([Subscription(one.id, "verity", Choices("weekly"), NOON)])


def test_who_leaves_the_last_edition_is_unsubscribed_and_known_as_such(store):
    one = a_subscriber(store)
    leaving.unsubscribe(store, one, "arden", at=after(days=2))
    assert (found(store).state, found(store).unsubscribed_at) == ("unsubscribed", after(days=2))


def test_who_leaves_the_last_edition_still_gets_alerts(store):
    one = a_subscriber(store)
    with_watch(store, one)
    leaving.unsubscribe(store, one, "arden", at=NOON)
    assert found(store).state == "confirmed"
    leaving.unsubscribe(store, found(store), "alerts", at=NOON)
    assert found(store).state == "unsubscribed"


def test_who_leaves_everything_gets_nothing_more(store):
    one = a_subscriber(store)
    a_second(store)
    with_watch(store, one)
    issue_mail(store, one)
    leaving.unsubscribe(store, one, None, at=NOON)
    assert found(store).state == "unsubscribed"
    assert store.subscribers.subscriptions(one.id) == []
    assert store.subscribers.watches_of(one.id) == []
    assert set(states_of(store)) == {"withdrawn"}


def test_mails_that_wait_are_withdrawn_for_the_edition_that_is_left_alone(store):
    one = a_subscriber(store)
    a_second(store)
    issue_mail(store, one, "arden")
    issue_mail(store, one, "verity")
    leaving.unsubscribe(store, one, "arden", at=NOON)
    assert states_of(store)[-2:] == ["withdrawn", "queued"]


def test_a_mail_that_is_in_a_senders_hand_is_the_senders_to_settle(store):
    one = a_subscriber(store)
    issue_mail(store, one, state="handed over")
    leaving.unsubscribe(store, one, None, at=NOON)
    assert states_of(store)[-1] == "handed over"


def test_leaving_twice_is_leaving_once(store):
    one = a_subscriber(store)
    for days in (1, 2):
        leaving.unsubscribe(store, found(store) or one, None, at=after(days=days))
    assert found(store).unsubscribed_at == after(days=1)


def test_the_confirmation_mails_own_link_deletes_the_address_at_once(store):
    sign_up(store)
    [told] = mails_to(store)
    leaver = leaving.leaver_of(store, told.unsubscribe.rpartition("/")[2])
    leaving.unsubscribe(store, leaver.subscriber, leaver.edition, at=NOON)
    assert found(store) is None
    assert mails_to(store) == []
    assert leaving.leaver_of(store, told.unsubscribe.rpartition("/")[2]) is None


# Another link


def test_another_link_ends_the_old_ones(store):
    one = a_subscriber(store)
    assert leaving.new_link(store, one, SETTINGS, at=after(hours=1))
    now = found(store)
    assert store.subscribers.by_token(one.token) is None
    assert by_link(store, one, "arden") is None
    assert by_link(store, now, "arden") is not None
    assert link_in(mails_to(store)[-1], "preferences").endswith(now.token)


def test_another_link_is_not_sent_again_and_again(store):
    a_subscriber(store)
    sent = [leaving.new_link(store, found(store), SETTINGS, at=after(hours=1, minutes=minute)) for minute in range(0, 60, 2)]
    assert sum(sent) == 2         # with the confirmation three a day
    assert store.subscribers.by_token(found(store).token) is not None


# Deleting


def test_addresses_that_nobody_confirmed_are_deleted_after_their_days_with_their_mails(store):
    sign_up(store)
    one = a_subscriber(store, "bo@example.org")
    assert leaving.delete_unconfirmed(store, SETTINGS, after(days=6.9)) == 0
    assert leaving.delete_unconfirmed(store, SETTINGS, after(days=7)) == 1
    assert found(store) is None
    assert mails_to(store) == []
    assert store.subscribers.get(one.id) is not None


def test_who_signs_up_again_is_kept_from_then_on(store):
    sign_up(store)
    sign_up(store, at=after(days=5))
    assert leaving.delete_unconfirmed(store, SETTINGS, after(days=8)) == 0


def rows_that_name(store, *words):
    """The tables in which any of these words is left."""
    with store._read() as connection:
        tables = sa.inspect(connection).get_table_names()
        return {table for table in tables if any(
            word in str(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"') for word in words)}


@pytest.mark.parametrize("how", ["by themselves", "by an editor"])
def test_nothing_is_left_of_whoever_asks_for_that(store, how):
    one = a_subscriber(store)
    with_watch(store, one)
    issue_mail(store, one, state="sent")
    store.subscribers.invite("desk", ["zoe@example.org"], "Ana", NOON)
    words = ("zoe@example.org", one.token, address_of(ZOE).key)
    assert rows_that_name(store, *words) >= {"subscriber", "invitation", "mail"}
    if how == "by themselves":
        leaving.erase(store, one, at=NOON)
    else:
        leaving.forget(store, " ZOE@example.org", by="Ana", at=NOON)
    assert rows_that_name(store, *words) == set()
    with store._read() as connection:
        for table in ("subscription", "watch", "sign_up", "mail", "sign_up_attempt"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0, table


def test_the_audit_log_says_that_somebody_was_deleted_and_not_who(store):
    one = a_subscriber(store)
    leaving.forget(store, ZOE, by="Ana", at=NOON)
    [(_, line)] = store.team.audit()
    assert (line.who, line.what, line.about) == ("Ana", "deleted a subscriber", f"subscriber {one.id}")
    with pytest.raises(DecisionError, match="no subscriber"):
        leaving.forget(store, ZOE, by="Ana", at=NOON)


def test_who_comes_back_after_that_is_another_subscriber(store):
    one = a_subscriber(store)
    leaving.erase(store, one, at=NOON)
    assert a_subscriber(store, at=after(hours=1)).id != one.id


# What is held


def test_one_can_see_all_that_is_held_of_oneself_and_no_token(store):
    one = a_subscriber(store)
    with_watch(store, one)
    issue_mail(store, one, state="sent")
    store.subscribers.invite("desk", ["zoe@example.org"], "Ana", NOON)
    told = everything_of(store, one)
    assert (told["address"], told["state"]) == (ZOE, "confirmed")
    assert told["consent"]["confirmed_at"] == "2026-11-27T12:05:00Z"
    assert [held["edition"] for held in told["subscriptions"]] == ["arden"]
    assert told["subscriptions"][0]["choices"]["length"] == "one page"
    assert [(held["kind"], held["state"], held["edition"]) for held in told["mails"]] == [
        ("confirmation", "queued", None), ("issue", "sent", "arden")]
    assert told["mails"][0]["subject"].startswith("Please confirm")
    assert [held["name"] for held in told["watches"]] == ["Gao"]
    assert [(held["edition"], held["by"]) for held in told["invitations"]] == [("desk", "Ana")]
    assert [held["edition"] for held in told["sign_ups"]] == ["arden"]
    assert one.token not in str(told)
    assert "hidden" not in str(told)


# What comes back


def test_an_address_is_suspended_when_three_mails_in_a_row_came_back(store):
    one = a_subscriber(store)
    assert [store.subscribers.bounced(one.id, NOON).state for _ in range(2)] == ["confirmed"] * 2
    store.subscribers.taken(one.id)
    assert [store.subscribers.bounced(one.id, after(days=1)).state for _ in range(3)] == ["confirmed", "confirmed", "suspended"]
    assert found(store).suspended_at == after(days=1)
    assert list(store.subscribers.of_edition("arden", "daily")) == []


def test_a_mail_to_nobody_cannot_come_back(store):
    with pytest.raises(DecisionError, match="no subscriber 12"):
        store.subscribers.bounced(12, NOON)


def test_an_issue_goes_to_those_confirmed_of_its_frequency_in_the_order_of_their_numbers(store):
    from dateline.records.mailing import Choices

    many = [a_subscriber(store, f"a{number}@example.org", choices=Choices("weekly" if number % 3 == 0 else "daily"),
                         at=after(days=number)) for number in range(12)]
    sign_up(store, "waiting@example.org", at=after(days=20))
    leaving.unsubscribe(store, many[4], None, at=NOON)
    told = [one.address for one, _ in store.subscribers.of_edition("arden", "daily")]
    assert told == [f"a{number}@example.org" for number in (1, 2, 5, 7, 8, 10, 11)]


def test_a_mail_of_ours_says_of_which_edition_it_is(store):
    sign_up(store)
    assert mails_to(store)[0].list_id == "arden"
    store.mails.queue([NewMail("x", "notice", ZOE, NOON, parts=mails_to(store)[0])], NOON)
    assert len(mails_to(store)) == 2
