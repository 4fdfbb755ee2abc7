"""The queue of mails: each is queued once for ever, is one worker's at a time, and is never given away twice."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections import Counter
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import settings as of_hypothesis
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from dateline.errors import DecisionError
from dateline.store import open_record
from dateline.store.mails import LOST
from mailing.made import NOON, SAID, a_mail, a_subscriber, states


def after(**given):
    return NOON + timedelta(**given)


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "d.db") as opened:
        yield opened


def claim(store, worker="w", at=NOON, most=10, **given):
    return store.mails.claim(worker, at, 60, most, **given)


def handed(store, worker="w", at=NOON, message_id="x@desk.example.org"):
    [one] = claim(store, worker, at)
    assert store.mails.hand_over(one.id, worker, message_id, at, 60)
    return one


def test_what_was_queued_is_never_queued_again_whatever_became_of_it(store):
    assert store.mails.queue([a_mail("a"), a_mail("b"), a_mail("a")], NOON) == 2
    one, two = claim(store)
    store.mails.settle(one.id, "w", "sent", "250", NOON)
    store.mails.settle(two.id, "w", "refused", "550", NOON)
    assert store.mails.queue([a_mail("a"), a_mail("b"), a_mail("c")], NOON) == 1
    assert states(store) == {"a": "sent", "b": "refused", "c": "queued"}


def test_what_a_mail_says_is_kept_with_it(store):
    store.mails.queue([a_mail("a", message_id="<known@desk.example.org>"), a_mail("b", parts=None)], NOON)
    a, b = claim(store)
    assert (a.parts, a.message_id, a.state, a.attempts) == (SAID, "known@desk.example.org", "claimed", 0)
    assert b.parts is None
    assert store.mails.by_message_id("<known@desk.example.org>").id == a.id
    assert store.mails.get(a.id).parts == SAID
    assert store.mails.get(99) is None


def test_a_claimed_mail_is_one_workers(store):
    store.mails.queue([a_mail("a"), a_mail("b")], NOON)
    [first] = claim(store, "w1", most=1)
    assert [one.key for one in claim(store, "w2")] == ["b"]
    assert claim(store, "w3") == []
    assert not store.mails.hand_over(first.id, "w2", "x@y.example", NOON, 60)
    assert not store.mails.settle(first.id, "w2", "sent", None, NOON)
    assert store.mails.hand_over(first.id, "w1", "x@y.example", NOON, 60)
    assert not store.mails.hand_over(first.id, "w1", "x@y.example", NOON, 60)


def test_a_lease_that_ran_out_before_anything_was_given_away_queues_the_mail_again(store):
    store.mails.queue([a_mail("a")], NOON)
    [one] = claim(store, "w1")
    assert claim(store, "w2", after(seconds=59)) == []
    assert [again.id for again in claim(store, "w2", after(seconds=60))] == [one.id]
    assert not store.mails.hand_over(one.id, "w1", "x@y.example", after(seconds=61), 60)      # it came back from its pause


def test_a_lease_that_ran_out_after_it_was_handed_over_makes_the_mail_uncertain(store):
    store.mails.queue([a_mail("a")], NOON)
    handed(store)
    assert claim(store, "w2", after(days=1)) == []
    [one] = store.mails.page()
    assert (one.state, one.said, one.attempts) == ("uncertain", LOST, 1)


def test_a_lease_that_is_renewed_does_not_run_out_and_one_that_ran_out_is_not_renewed(store):
    store.mails.queue([a_mail("a")], NOON)
    claim(store, "w1")
    store.mails.renew(["w1"], after(seconds=50), 60)
    assert claim(store, "w2", after(seconds=100)) == []
    store.mails.renew(["w1"], after(seconds=110), 60)
    assert len(claim(store, "w2", after(seconds=110))) == 1


def test_what_a_slow_server_said_in_the_end_counts_though_the_lease_ran_out(store):
    store.mails.queue([a_mail("a")], NOON)
    one = handed(store, "w1")
    claim(store, "w2", after(days=1))
    assert store.mails.settle(one.id, "w1", "sent", "250 taken", after(days=1))
    assert states(store) == {"a": "sent"}


def test_a_mail_that_is_given_back_is_due_as_before_and_no_attempt_is_counted(store):
    store.mails.queue([a_mail("a"), a_mail("b")], NOON)
    a, b = claim(store)
    store.mails.release("w", NOON, numbers=[a.id], due_at=after(minutes=5), said="550 not from you")
    store.mails.release("w", NOON)
    assert [(one.key, one.attempts) for one in claim(store)] == [("b", 0)]
    assert store.mails.get(a.id).said == "550 not from you"
    assert store.mails.get(b.id).attempts == 0


def test_only_what_was_put_off_so_long_is_given_up(store):
    """Not what waited long: nobody had asked the server to take it."""
    store.mails.queue([a_mail("a")], NOON)
    [one] = claim(store, at=after(days=30))
    assert store.mails.put_off(one.id, "w", after(days=31), "450", after(days=30), give_up_hours=48) == "queued"
    [one] = claim(store, at=after(days=32))
    assert store.mails.put_off(one.id, "w", after(days=33), "450", after(days=32), give_up_hours=48) == "refused"


# Sent again by a person


def test_an_uncertain_mail_is_sent_again_by_a_person_with_the_same_message_id(store):
    store.mails.queue([a_mail("a")], NOON)
    one = handed(store, message_id="same@desk.example.org")
    store.mails.settle(one.id, "w", "uncertain", "no answer", NOON)
    again = store.mails.resend(one.id, "Ana", after(hours=1))
    assert (again.state, again.message_id, again.due_at) == ("queued", "same@desk.example.org", after(hours=1))
    [(_, line)] = store.team.audit()
    assert (line.who, line.what, line.about) == ("Ana", "sent an uncertain mail again", f"mail {one.id}")


def test_a_mail_that_was_refused_is_sent_again_by_a_person(store):
    """The fault was ours: a template that broke, a server that was down for days."""
    store.mails.queue([a_mail("a")], NOON)
    [one] = claim(store)
    store.mails.settle(one.id, "w", "refused", "the mail could not be made", NOON)
    again = store.mails.resend(one.id, "Ana", NOON)
    assert (again.state, again.message_id) == ("queued", one.message_id)


@pytest.mark.parametrize("state", ["queued", "claimed", "handed over", "sent", "withdrawn"])
def test_no_other_mail_is_sent_again(store, state):
    store.mails.queue([a_mail("a")], NOON)
    if state != "queued":
        [one] = claim(store)
        if state == "handed over":
            store.mails.hand_over(one.id, "w", "x@y.example", NOON, 60)
        elif state != "claimed":
            store.mails.settle(one.id, "w", state, None, NOON)
    with pytest.raises(DecisionError, match=f"mail 1 is {state}"):
        store.mails.resend(1, "Ana", NOON)
    with pytest.raises(DecisionError, match="no mail 9"):
        store.mails.resend(9, "Ana", NOON)
    assert store.team.audit() == []


def test_a_worker_that_comes_back_cannot_settle_what_a_person_sent_again(store):
    store.mails.queue([a_mail("a")], NOON)
    one = handed(store, "w1")
    claim(store, "w2", after(days=1))
    store.mails.resend(one.id, "Ana", after(days=1))
    assert not store.mails.settle(one.id, "w1", "refused", "550", after(days=1))
    assert states(store) == {"a": "queued"}


def test_a_mail_that_came_back_counts_once(store):
    store.mails.queue([a_mail("a")], NOON)
    one = handed(store)
    assert not store.mails.returned(one.id, "returned: 5.1.1", NOON)      # it is not out yet
    store.mails.settle(one.id, "w", "sent", None, NOON)
    assert store.mails.returned(one.id, "returned: 5.1.1", NOON)
    assert not store.mails.returned(one.id, "returned: 5.1.1", NOON)
    assert store.mails.get(one.id).said == "returned: 5.1.1"


# Lists and counts


def test_mails_are_counted_and_listed_by_state(store):
    store.mails.queue([a_mail(key) for key in "abcde"], NOON)
    a, b = claim(store, most=2)
    store.mails.settle(a.id, "w", "sent", None, NOON)
    store.mails.put_off(b.id, "w", after(minutes=1), "450 later", NOON, give_up_hours=48)
    counts = store.mails.counts()
    assert (counts["sent"], counts["queued"], counts["uncertain"]) == (1, 4, 0)
    assert store.mails.count_put_off() == 1
    assert [one.key for one in store.mails.page(("queued",), 2)] == ["e", "d"]
    assert [one.key for one in store.mails.page(("queued",), 9, before=4)] == ["c", "b"]
    assert [one.key for one in store.mails.page(("queued",), tried=True)] == ["b"]


def test_a_problem_of_the_server_is_since_it_began_and_gives_it_as_long_a_rest(store):
    assert store.mails.problem() is None
    store.mails.keep_problem("535 no", NOON)
    assert store.mails.problem().next_at == NOON
    store.mails.keep_problem("535 no", after(minutes=4))
    held = store.mails.problem()
    assert (held.since, held.at, held.next_at) == (NOON, after(minutes=4), after(minutes=8))
    store.mails.keep_problem("535 no", after(days=1))
    assert store.mails.problem().next_at == after(days=1, minutes=15)
    store.mails.forget_problem()
    assert store.mails.problem() is None


def test_many_threads_claim_each_mail_once(store):
    store.mails.queue([a_mail(f"m{number}") for number in range(200)], NOON)
    claimed: Counter[int] = Counter()

    def work(name):
        beside = store.beside()
        while found := claim(beside, name, most=7):
            claimed.update(one.id for one in found)

    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == 200
    assert set(claimed.values()) == {1}


@pytest.mark.a_file(why="SQLite's pragma")
def test_that_a_mail_is_handed_over_is_synced_to_the_disk_and_other_commits_are_not(store):
    modes = []
    store.mails.queue([a_mail("a")], NOON)
    [one] = claim(store)

    def mode():
        return store._writing.exec_driver_sql("PRAGMA synchronous").scalar()

    with store.writing():
        modes.append(mode())
    with store.writing(durable=True):
        store.mails.hand_over(one.id, "w", "x@y.example", NOON, 60)
        modes.append(mode())
    with store.writing():
        modes.append(mode())
    assert modes == [1, 2, 1]


@cache
def an_empty_record():
    """Made once: its tables take a second."""
    path = f"{tempfile.mkdtemp()}/empty.db"
    open_record(path).close()
    return path


class Senders(RuleBasedStateMachine):
    """Two workers that may stop at any step for any time, a person, and a server whose every acceptance is counted.

    However they interleave, a mail is given away again only after a person said so, and none is lost sight of.
    """

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        shutil.copy(an_empty_record(), f"{self.folder.name}/d.db")
        self.store = open_record(f"{self.folder.name}/d.db")
        self.at = NOON
        self.holds = {"w1": {}, "w2": {}}           # worker -> mail -> whether it may give it away
        self.given, self.allowed = Counter(), Counter()
        self.keys = 0

    @rule(many=st.integers(1, 3))
    def queue(self, many):
        self.keys += self.store.mails.queue([a_mail(f"m{self.keys + number}") for number in range(many)], self.at)

    @rule(worker=st.sampled_from(["w1", "w2"]), most=st.integers(1, 3))
    def claim(self, worker, most):
        for one in claim(self.store, worker, self.at, most):
            self.holds[worker][one.id] = False

    @rule(worker=st.sampled_from(["w1", "w2"]))
    def hand_over(self, worker):
        for number, is_handed in list(self.holds[worker].items()):
            if not is_handed and self.store.mails.hand_over(number, worker, f"m{number}@y.example", self.at, 60):
                self.holds[worker][number] = True
                self.given[number] += 1             # from here on it may arrive

    @rule(worker=st.sampled_from(["w1", "w2"]), state=st.sampled_from(["sent", "uncertain", "refused"]))
    def settle(self, worker, state):
        for number, is_handed in list(self.holds[worker].items()):
            if is_handed:
                self.store.mails.settle(number, worker, state, "said", self.at)
                del self.holds[worker][number]

    @rule(worker=st.sampled_from(["w1", "w2"]))
    def die(self, worker):
        self.holds[worker].clear()

    @rule(seconds=st.sampled_from([1, 30, 61, 300]))
    def wait(self, seconds):
        self.at += timedelta(seconds=seconds)

    @rule()
    def resend(self):
        for one in self.store.mails.page(("uncertain",)):
            self.store.mails.resend(one.id, "Ana", self.at)
            self.allowed[one.id] += 1

    @invariant()
    def nobody_gets_two_and_nobody_is_lost(self):
        if not hasattr(self, "store"):
            return
        assert sum(self.store.mails.counts().values()) == self.keys
        assert all(times <= 1 + self.allowed[number] for number, times in self.given.items())

    def teardown(self):
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()


TestSenders = Senders.TestCase
TestSenders.settings = of_hypothesis(max_examples=40, stateful_step_count=25, deadline=None)


def test_mails_of_a_deleted_subscriber_go_with_them(store):
    import sqlalchemy as sa

    from dateline.store.schema_mailing import subscriber
    ana = a_subscriber(store, "ana@example.org")
    store.mails.queue([a_mail("a", subscriber=ana), a_mail("b")], NOON)
    with store.writing():
        store._writing.execute(sa.delete(subscriber))
    assert states(store) == {"b": "queued"}
