"""The ledger: each file is at one program at a time, is tried three times, and is never lost."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from dateline.backfill.leases import LEASE_S, MOST_FAILURES, MOST_INTERRUPTED, Ledger, holder_name
from dateline.backfill.outcome import FileRead
from dateline.backfill.units import Unit
from dateline.errors import BackfillError

NOTHING_READ = FileRead(0, 0, 0, 0, 0, 0, 0, 0, {}, {}, 0, (), ())


def a_unit(name: str, size: int = 10, changed: str = "as it was") -> Unit:
    return Unit(name, name, size, changed, datetime(2021, 3, 12, tzinfo=UTC))


@pytest.fixture
def ledgers(tmp_path):
    """Two programs at one job of three files."""
    both = [Ledger(tmp_path / "job.sqlite") for _ in range(2)]
    both[1].holder = "another-machine 7 7"
    both[0].add([a_unit("small", 1), a_unit("large", 100), a_unit("middle", 50)])
    yield both
    for one in both:
        one.close()


def taken(ledger: Ledger, now: float = 0.0) -> list[str]:
    names = []
    while (lease := ledger.take(now)) is not None:
        names.append(lease.unit.name)
    return names


def test_the_largest_comes_first_and_each_once(ledgers):
    ours, theirs = ledgers
    assert ours.take(0.0).unit.name == "large"
    assert taken(theirs) == ["middle", "small"]
    assert ours.take(0.0) is None


def test_a_lease_that_ran_out_is_taken_over_and_the_late_one_counts_no_more(ledgers):
    ours, theirs = ledgers
    late = theirs.take(0.0)
    assert "large" not in taken(ours, LEASE_S - 1)
    again = ours.take(LEASE_S + 1)
    assert again.unit == late.unit
    assert not theirs.holds(late)
    theirs.done(late, NOTHING_READ, 1.0, 1.0)
    assert ours.counts() == {"waiting": (3, 151)}


def test_a_lease_that_is_renewed_does_not_run_out(ledgers):
    ours, theirs = ledgers
    theirs.take(0.0)
    theirs.renew(LEASE_S - 1)
    assert taken(ours, LEASE_S + 1) == ["middle", "small"]


def test_a_lease_of_a_program_of_this_machine_that_is_gone_has_run_out_at_once(ledgers):
    ours, theirs = ledgers
    theirs.holder = holder_name(os.getpid()).rpartition(" ")[0] + " 1"       # it began at another time: another process
    theirs.take(0.0)
    assert taken(ours) == ["large", "middle", "small"]


def test_a_file_is_quarantined_after_three_failures_with_its_reason(ledgers):
    ours, _ = ledgers
    outcomes = []
    for attempt in range(MOST_FAILURES):
        lease = next(lease for lease in iter(lambda a=attempt: ours.take(1000.0 * a), None) if lease.unit.name == "large")
        outcomes.append(ours.failed(lease, f"reason {attempt}", 0.0, by_itself=True))
        ours.give_back()
    assert outcomes == [False, False, True]
    [entry] = [one for one in ours.entries() if one.state == "quarantined"]
    assert (entry.unit.name, entry.failures, entry.reason) == ("large", 3, "reason 2")
    assert "large" not in taken(ours, 10_000.0)
    assert ours.again() == 1
    assert taken(ours, 10_000.0) == ["large"]


def test_what_is_killed_from_outside_is_tried_much_longer(ledgers):
    ours, _ = ledgers
    outcomes = [ours.failed(ours.take(0.0), "killed", 0.0, by_itself=False) for _ in range(MOST_INTERRUPTED)]
    assert outcomes == [False] * (MOST_INTERRUPTED - 1) + [True]


def test_a_failure_waits_for_its_turn(ledgers):
    ours, _ = ledgers
    ours.failed(ours.take(0.0), "its store is away", 0.0, by_itself=True)
    assert taken(ours, 0.0) == ["middle", "small"]
    assert taken(ours, 100.0) == ["large"]


def test_a_file_that_is_done_is_read_again_only_when_it_has_changed(ledgers):
    ours, _ = ledgers
    ours.done(ours.take(0.0), NOTHING_READ, 1.0, 1.0)
    ours.add([a_unit("large", 100)])
    assert taken(ours) == ["middle", "small"]
    ours.add([a_unit("large", 100, "as it is now")])
    assert taken(ours) == ["large"]


def test_a_job_is_gone_on_with_as_it_was_begun(ledgers):
    ours, theirs = ledgers
    ours.begin("rules-1", "the first rules")
    theirs.begin("rules-1", "the first rules")
    with pytest.raises(BackfillError, match=r"begun by the first rules.*another --out"):
        theirs.begin("rules-2", "other rules")
