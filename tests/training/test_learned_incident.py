"""What is learned of accounts, and what keeping the likely ones gives, on cases worked out by hand."""

from __future__ import annotations

import pytest

from bench.scores import Tally

incident = pytest.importorskip("training.incident")


def a_read(*accounts, gold=3):
    """accounts: (sign, slots, right)."""
    return incident.Read(tuple(incident.Judged({"report": sign}, slots, right) for sign, slots, right in accounts), gold)


TOLD = [a_read((2.0, 3, 2), (-2.0, 2, 0)) for _ in range(20)]


def test_a_sign_of_the_accounts_that_the_key_has_speaks_for_them():
    weights = incident.learn(TOLD)
    assert weights["report"] > 0.5
    assert incident.likely(TOLD[0].accounts[0], weights) > 0.5 > incident.likely(TOLD[0].accounts[1], weights)


def test_a_sign_that_few_accounts_have_is_not_learned():
    assert set(incident.learn(TOLD[:3])) == {"start"}


def test_the_slots_of_the_accounts_that_are_kept_are_counted_and_all_of_the_key():
    scored = incident.Scored([a_read((1.0, 3, 2), (1.0, 2, 0), gold=5)], [[0.8, 0.2]])
    assert scored.tally(0.0) == Tally(2, 5, 5)
    assert scored.tally(0.5) == Tally(2, 3, 5)
    assert scored.area() == 1.0


def test_each_fifth_is_judged_by_what_the_others_taught():
    scored = incident.in_turn(TOLD)
    assert [len(scores) for scores in scored.likely] == [2] * 20
    assert scored.area() == 1.0
