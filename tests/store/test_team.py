"""What a desk of several keeps beside the record: locks, comments, visits, codings, the audit log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from dateline import decisions
from dateline.errors import DecisionError, StoreError
from dateline.publish.withhold import withhold_decided
from dateline.records import Span
from dateline.records.team import Audited, Coding
from dateline.settings import Settings
from dateline.store import open_record
from store.made import Told
from test_decisions import ANN, reconcile, tell

NOON = datetime(2024, 3, 15, 12, tzinfo=UTC)
SETTINGS = Settings()


def after(**given):
    return NOON + timedelta(**given)


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "d.db") as opened:
        yield opened


# Locks


def test_a_lock_is_its_takers_until_it_expires(store):
    taken = store.team.lock("DTL-1", "Ana", 60, NOON)
    assert (taken.who, taken.until) == ("Ana", after(seconds=60))
    assert store.team.lock("DTL-1", "Ben", 60, after(seconds=30)) == taken             # Ben is told whose it is
    renewed = store.team.lock("DTL-1", "ana", 60, after(seconds=50))
    assert (renewed.since, renewed.until) == (NOON, after(seconds=110))
    assert store.team.locked_by("DTL-1", after(seconds=100)) == renewed
    assert store.team.locked_by("DTL-1", after(seconds=110)) is None
    assert store.team.lock("DTL-1", "Ben", 60, after(seconds=110)).who == "Ben"
    assert store.team.locked_by("DTL-2", NOON) is None


def test_a_lock_is_given_back_by_its_taker_alone(store):
    store.team.lock("DTL-1", "Ana", 60, NOON)
    store.team.unlock("DTL-1", "Ben")
    assert store.team.locked_by("DTL-1", NOON).who == "Ana"
    store.team.unlock("DTL-1", "Ana")
    assert store.team.locked_by("DTL-1", NOON) is None


def test_a_broken_lock_is_in_the_audit_log(store):
    store.team.lock("DTL-1", "Ana", 60, NOON)
    assert store.team.lock("DTL-1", "Ben", 60, NOON, force=True, address="192.0.2.1").who == "Ben"
    [(_, line)] = store.team.audit()
    assert line == Audited(NOON, "Ben", "broke the lock of Ana", "DTL-1", "192.0.2.1")


# Comments


def say(store, incident, text, **given):
    return store.team.comment(store.incident(incident), text, "ann", NOON, **given)


def texts(store, incident):
    return [one.text for one in store.team.comments(incident)]


def test_comments_are_listed_in_order_with_what_they_are_about(store):
    tell(store, 12, outlet="A")
    say(store, "DTL-1", "which hospital?", field="toll")
    say(store, "DTL-1", " the one in Arden ")
    assert [(one.text, one.field, one.who) for one in store.team.comments("DTL-1")] == [
        ("which hospital?", "toll", "ann"), ("the one in Arden", None, "ann")]
    with pytest.raises(DecisionError, match="write it"):
        say(store, "DTL-1", " ")
    assert say(store, "DTL-1", "a\u202eb").text == "a b"


def test_a_comment_is_resolved_and_opened_again_and_never_deleted(store):
    tell(store, 12, outlet="A")
    one = say(store, "DTL-1", "which hospital?")
    store.team.resolve(one.id, "Ben", after(hours=1))
    [resolved] = store.team.comments("DTL-1")
    assert (resolved.resolved_by, resolved.resolved_at) == ("Ben", after(hours=1))
    store.team.reopen(one.id)
    assert store.team.comments("DTL-1") == [one]
    with pytest.raises(DecisionError, match="no comment 9"):
        store.team.resolve(9, "Ben", NOON)


def test_comments_go_with_their_incident_through_a_merge_and_come_back(store):
    tell(store, 12, outlet="A")
    tell(store, 25, outlet="B")
    say(store, "DTL-1", "of the first")
    say(store, "DTL-2", "of the second")
    decisions.merge(store, "DTL-1", "DTL-2", ANN, SETTINGS)
    assert texts(store, "DTL-1") == ["of the first", "of the second"]
    assert texts(store, "DTL-2") == []
    decisions.undo(store, None, ANN, SETTINGS)
    assert (texts(store, "DTL-1"), texts(store, "DTL-2")) == (["of the first"], ["of the second"])


def test_a_comment_outlives_a_new_extraction_and_the_end_of_its_incident(store):
    from dataclasses import replace

    report = tell(store, 12, outlet="A")
    [account] = store.accounts_of(report.id)
    say(store, "DTL-1", "seen on site")
    store.keep(report, Told((replace(account, id="A" + "f" * 16, evidence=(Span(1, 8, "x" * 7),)),)), extracted="done")
    reconcile(store)
    assert texts(store, "DTL-1") == ["seen on site"]
    store.keep(report, Told(()), extracted="done")
    assert store.incident("DTL-1") is None
    assert texts(store, "DTL-1") == ["seen on site"]


def test_a_comment_is_shown_without_a_victims_name(record):
    with open_record(record) as store:
        held = store.incident("DTL-1")
        store.team.comment(held, "Selda Oarewyn was my neighbour", "ann", NOON)
        [one] = store.team.comments("DTL-1")
        assert "Oarewyn" in one.text
        assert "Oarewyn" not in withhold_decided(one, [joined.account for joined in held.accounts]).text


@pytest.fixture
def record(tmp_path):
    from made_incidents import a_person, a_record, a_report, a_sensitive, an_account

    account = an_account(sensitive=(a_sensitive("Selda Oarewyn"),), actors=(a_person("Tam Quillip"),))
    return a_record(tmp_path / "held.db", account, a_report())


# Visits


def test_what_is_new_is_what_came_since_the_visit_before(store):
    assert store.team.visit("ana", NOON) is None
    assert store.team.visit("ana", after(minutes=20)) is None                          # still the first visit
    assert store.team.visit("Ana", after(hours=5)) == after(minutes=20)
    assert store.team.visit("ana", after(hours=5, minutes=10)) == after(minutes=20)
    assert store.team.visit("ana", after(days=1)) == after(hours=5, minutes=10)
    assert store.team.visit("ben", after(days=1)) is None


# Audit


def test_the_audit_log_takes_lines_and_changes_none(store):
    for number in range(3):
        store.team.note(Audited(after(minutes=number), "ana", f"step {number}", None, None))
    (last, line), _, _ = store.team.audit()
    assert line.what == "step 2"
    assert [one.what for _, one in store.team.audit(before=last, most=1)] == ["step 1"]
    for statement in ("DELETE FROM audit", "UPDATE audit SET who = 'ben'"):
        with pytest.raises(StoreError, match="never changed"), store._write() as connection:
            connection.execute(sa.text(statement))
    assert len(store.team.audit()) == 3


# Blind codings


def test_a_coding_is_blind_until_both_are_in_and_kept_then(store):
    ana, ben = Coding("DTL-1", "Ana", NOON, kind="attack", killed=3), Coding("DTL-1", "Ben", NOON, kind="attack", killed=4)
    assert store.team.keep_coding(ana, 2) == [ana]
    assert store.team.codings("DTL-1", "Ben", 2) == []
    assert store.team.coded_by("DTL-1") == 1
    anew = Coding("DTL-1", "ana", after(hours=1), kind="attack", killed=5)
    assert store.team.keep_coding(anew, 2) == [anew]
    assert store.team.coded_twice() == []
    assert store.team.keep_coding(ben, 2) == [ben, anew]
    assert store.team.codings("DTL-1", "Cem", 2) == [ben, anew]
    with pytest.raises(DecisionError, match="coded by Ben and ana already"):
        store.team.keep_coding(Coding("DTL-1", "Ben", after(hours=2), kind="other"), 2)
    assert store.team.coded_twice() == [[ben, anew]]
