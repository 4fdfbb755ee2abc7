"""Watches, what they were told, where alerts have come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.made_alerts import NOW, a_subscriber, a_watch, after, tell
from dateline.records.briefing import Coverage
from dateline.records.mailing import Notice
from dateline.store import open_record
from dateline.store.watch_calls import NewCall
from dateline.store.watches import Waiting


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "d.db") as opened:
        yield opened


def test_a_watch_comes_back_as_it_was_made(store):
    made = a_watch(store, coverage=Coverage(countries=("ML",), killed=3), provinces=("ML:Gao",), near=(16.27, -0.04, 50.0))
    assert store.watches.get(made.id) == made
    assert store.watches.all() == [made]
    assert store.watches.pause(made.id) == replace(made, paused=True)
    assert store.watches.delete(made.id) is True
    assert (store.watches.get(made.id), store.watches.pause(made.id), store.watches.delete(made.id)) == (None, None, False)


def test_numbers_are_not_given_again(store):
    first = a_watch(store)
    store.watches.delete(first.id)
    assert a_watch(store).id > first.id


def test_a_subscriber_has_so_many_and_no_more(store):
    mira, bo = a_subscriber(store), a_subscriber(store, "bo@example.org")
    made = [store.watches.add(replace(a_watch(store, bo), id=0, subscriber=mira.id, name=f"{n}"), NOW, most=3) for n in range(5)]
    assert [one is not None for one in made] == [True, True, True, False, False]
    assert [one.name for one in store.watches.of(mira.id)] == ["0", "1", "2"]
    assert store.watches.pause_all(mira.id) == 3
    assert store.watches.pause_all(mira.id) == 0
    assert not any(one.paused for one in store.watches.of(bo.id))


def test_alerts_begin_where_the_record_is_when_the_first_watch_is_made(store):
    tell(store)
    assert store.watches.mark() is None
    a_watch(store)
    assert store.lists.changes(store.watches.mark()).rows == ()
    tell(store, "Hawk Wire", after(hours=1), killed=9)
    mark = store.watches.mark()
    a_watch(store)
    assert store.watches.mark() == mark                   # a second one does not lose what the first waits for


def test_notices_take_the_place_of_earlier_ones_and_go_with_their_watch(store):
    one, other = a_watch(store), a_watch(store)
    store.watches.note([Notice(one.id, "DTL-1", NOW, "{}", 1, "a@b"), Notice(other.id, "DTL-1", NOW, "{}", 1)])
    later = Notice(one.id, "DTL-1", after(hours=1), '{"a":1}', 2, "a@b")
    store.watches.note([later])
    assert store.watches.notices(["DTL-1", "DTL-2"])["DTL-1"][one.id] == later
    assert store.watches.last_notices(1) == [later]
    store.watches.delete(one.id)
    assert list(store.watches.notices(["DTL-1"])["DTL-1"]) == [other.id]


def test_incidents_wait_and_wait_no_more(store):
    held = Waiting(NOW, after(minutes=2))
    store.watches.let_wait({"DTL-1": held, "DTL-12": held})
    store.watches.let_wait({"DTL-1": Waiting(NOW, after(minutes=3))})
    assert store.watches.waiting() == {"DTL-1": Waiting(NOW, after(minutes=3)), "DTL-12": held}
    store.watches.wait_no_more(["DTL-1"])
    assert store.watches.waiting() == {"DTL-12": held}
    store.watches.start_here()
    assert store.watches.waiting() == {}


def test_a_call_of_a_key_is_queued_once_and_claimed_by_one(store):
    watch = a_watch(store)
    new = NewCall(watch.id, "alert:1:DTL-1:1", '{"delivery":"d"}')
    assert (store.watches.queue_calls([new], NOW), store.watches.queue_calls([new], after(hours=1))) == (1, 0)
    taken = store.watches.claim_call("w1", NOW, 60)
    assert (taken.state, taken.attempts, taken.created_at) == ("claimed", 1, NOW)
    assert store.watches.claim_call("w2", NOW, 60) is None
    again = store.watches.claim_call("w2", NOW + timedelta(seconds=60), 60)
    assert (again.id, again.attempts) == (taken.id, 2)
    assert store.watches.settle_call(taken, "w1", "answered", "200 OK", NOW) is False      # it is another's by now
    assert store.watches.settle_call(again, "w2", "queued", "500", NOW, after(hours=1)) is True
    assert store.watches.claim_call("w1", NOW, 60) is None
    assert store.watches.claim_call("w1", after(hours=1), 60, but=[watch.id]) is None
    assert store.watches.give_up_calls(watch.id, "enough", NOW) == 1
    assert [(one.state, one.said) for one in store.watches.last_calls()] == [("given up", "enough")]
