"""What follows from the decisions of persons: rulings, corrections and reviews, on whatever is extracted now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.reconcile.by_hand import (
    Override,
    attached,
    check_field,
    corrected,
    in_force,
    overridden,
    override_of,
    rulings,
    taken_back,
)
from dateline.reconcile.merge import merge
from dateline.records import to_json
from dateline.records.decision import Anchor, Decision
from reconcile.factories import ARDEN, a_day, a_figure, a_place, a_report, a_span, an_account

AT = datetime(2024, 3, 16, tzinfo=UTC)


def event(number, what, *accounts, others=(), **given):
    ours, theirs = (tuple(Anchor(name, a_span(name)) for name in names) for names in (accounts, others))
    return Decision(number, AT, what, "ann", given.pop("why", ""), "DTL-1", ours, theirs, **given)


def by_report(anchor):
    return anchor.report


def test_the_latest_ruling_on_a_pair_decides():
    decisions = [event(1, "merge", "a", "b", "c"), event(2, "split", "a", others=("b", "c"))]
    assert rulings(decisions, by_report) == {("a", "b"): False, ("a", "c"): False, ("b", "c"): True}
    assert rulings([*decisions, event(3, "merge", "a", "b")], by_report)["a", "b"] is True


def test_what_was_undone_does_not_hold_and_an_undo_can_be_undone():
    decisions = [event(1, "merge", "a", "b"), event(2, "undo", undoes=1)]
    assert (in_force(decisions), taken_back(decisions)) == ([], {1: 2})
    decisions.append(event(3, "undo", undoes=2))
    assert ([one.id for one in in_force(decisions)], taken_back(decisions)) == ([1], {2: 3})


@pytest.mark.parametrize(("told", "expected"), [
    pytest.param([(100, 200), (300, 400)], 1, id="the sentence itself"),
    pytest.param([(0, 400), (290, 410)], 1, id="the account that tells little else, not the one that tells all"),
    pytest.param([(310, 330), (500, 600)], 0, id="a part of the sentence is enough"),
    pytest.param([(0, 100), (500, 600)], None, id="no account tells it any more"),
])
def test_an_account_is_found_again_by_its_sentences_whatever_its_id_is_now(told, expected):
    anchor = Anchor("R1", a_span("x" * 100, 300))
    accounts = [an_account(id=f"new{number}", evidence=a_span("y" * (end - start), start))
                for number, (start, end) in enumerate(told)]
    assert attached(anchor, accounts) == (None if expected is None else accounts[expected].id)


def test_an_account_whose_sentence_moved_is_found_by_its_words():
    moved = an_account(evidence=a_span("Two died.", 900))
    assert attached(Anchor("R1", a_span("Two died.", 20)), [an_account(evidence=a_span("Rain.", 0)), moved]) == moved.id


def test_a_corrected_figure_and_place():
    account = an_account(a_figure(12, id="F1"), a_figure(3, id="F2", effect="injured"))
    fixed = corrected(account, {"figures.F1.low": 14, "figures.2.effect": "killed", "where": to_json(a_place(**ARDEN))})
    assert [(one.low, one.effect) for one in fixed.figures] == [(14, "killed"), (3, "killed")]
    assert (fixed.where.name, fixed.headline) == ("Arden", "suicide bombing, Arden")


def test_what_a_person_corrected_says_so_and_the_rest_does_not():
    account = an_account(a_figure(12, id="F1"), a_figure(3, id="F2", effect="injured"))
    fixed = corrected(account, {"figures.F1.low": 14, "figures.F1.who": "farmers"})
    assert [one.origin for one in fixed.figures] == ["rule+person", "rule"]
    assert fixed.origin == "rule"
    assert corrected(account, {"kind": "attack"}).origin == "rule+person"


def test_a_value_that_a_field_cannot_have_is_told():
    with pytest.raises(ValueError, match=r"effect"):
        corrected(an_account(a_figure(1, id="F1")), {"figures.F1.effect": "hurt"})


@pytest.mark.parametrize(("field", "whole"), [
    ("figures.F1.low", True), ("figures.F1.color", False), ("toll", True), ("id", False)])
def test_a_field_that_there_is_none_of_is_told_with_those_there_are(field, whole):
    with pytest.raises(ValueError, match="one of kind, status"):
        check_field(field, whole=whole)


def test_what_a_person_set_holds_for_the_incident_whatever_its_accounts_tell():
    report = a_report(published="2018-01-27T10:00", id="R1")
    incident = merge("DTL-1", [an_account(report="R1")], {"R1": report})
    hand = [override_of(one, ["A1"]) for one in (
        event(1, "correct", "R1", field="when", value=to_json(a_day("2018-01-26"))),
        event(2, "correct", "R1", field="kind", value="attack"), event(3, "reject", "R1", why="a drill"))]
    after = overridden(incident, hand)
    assert (after.when.best, after.kind, after.headline) == (date(2018, 1, 26), "attack", "attack, Kabul")
    assert (after.review.state, after.review.reason, after.review.who) == ("rejected", "a drill", "ann")
    assert after.codes.event_date == date(2018, 1, 26)


def test_a_correction_of_one_account_is_none_of_the_incident():
    assert override_of(event(1, "correct", "a", field="kind", value="attack", whole=False), ["a"]) is None


@pytest.mark.parametrize(("groups", "expected"), [
    pytest.param([["a"], ["b", "c"]], 1, id="the incident that has most of the accounts it was said of"),
    pytest.param([["b", "x", "y"], ["a"]], 1, id="of equals that of the first"),
    pytest.param([["x"]], None, id="none of them is told any more"),
])
def test_what_was_said_of_an_incident_goes_with_most_of_its_accounts(groups, expected):
    assert Override(("a", "b", "c")).about(groups) == expected


SOME, OTHERS = (st.sets(st.sampled_from(names), min_size=1) for names in ("abcd", "efgh"))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])       # a busy machine, not the test
@given(st.lists(st.tuples(st.sampled_from(["merge", "split", "undo"]), st.integers(1, 8), SOME, OTHERS), max_size=10))
def test_undoing_everything_leaves_nothing(made):
    decisions = []
    for number, (what, target, ours, theirs) in enumerate(made, 1):
        undoable = what == "undo" and target < number and target not in taken_back(decisions)
        decisions.append(event(number, "undo", undoes=target) if undoable else event(number, "merge", *ours) if what != "split"
                         else event(number, "split", *ours, others=theirs))
    while holding := in_force(decisions):
        decisions.append(event(len(decisions) + 1, "undo", undoes=holding[-1].id))
    assert rulings(in_force(decisions), by_report) == {}


def test_an_override_of_nothing_changes_nothing():
    report = a_report(published="2018-01-27T10:00", id="R1")
    incident = merge("DTL-1", [an_account(report="R1")], {"R1": report})
    assert overridden(incident, [Override(())]) == replace(incident)
