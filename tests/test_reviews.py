"""Review by persons: its states, that a change of facts after it shows, and that nobody decides on what has changed meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dateline import decisions, redo
from dateline.decisions import By
from dateline.errors import DecisionError, StaleEdit
from dateline.publish.withhold import withhold
from dateline.reconcile.views import View, view_of
from dateline.records.incident import Review
from dateline.records.revision import facts_hash, revision_of
from dateline.settings import Settings
from dateline.store import open_record
from store.made import a_figure
from test_decisions import ANN, reconcile, tell

SETTINGS = Settings()
BEN = By("ben", "where was it?")


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "d.db") as opened:
        tell_of(opened, "A", 12)
        yield opened


def tell_of(store, outlet, killed, **given):
    return tell(store, 12, outlet=outlet, figures=(a_figure(killed, speaker="the hospital"),), **given)


def review_of(store, incident="DTL-1"):
    return store.incident(incident).review


@pytest.mark.parametrize(("what", "to", "state"), [
    ("assign", "ana", "assigned"), ("code", None, "coded"), ("query", "ana", "query"), ("query", None, "query"),
    ("accept", None, "approved"), ("reject", None, "rejected")])
def test_each_step_gives_its_state_with_who_and_when_and_a_line_of_history_and_is_undone(store, what, to, state):
    decisions.review(store, "DTL-1", what, BEN, SETTINGS, to=to)
    held = store.incident("DTL-1")
    assert (held.review.state, held.review.who, held.review.reason) == (state, "ben", "where was it?")
    assert held.history[-1].who == "ben"
    assert held.history[-1].at == held.review.at
    decisions.undo(store, None, ANN, SETTINGS)
    assert review_of(store).state == "unreviewed"


def test_an_incident_stays_its_coders_while_it_goes_on(store):
    decisions.review(store, "DTL-1", "assign", BEN, SETTINGS, to="ana")
    decisions.review(store, "DTL-1", "query", BEN, SETTINGS, to="cem")
    assert (review_of(store).assigned_to, review_of(store).asked) == ("ana", "cem")
    decisions.review(store, "DTL-1", "accept", BEN, SETTINGS)
    assert (review_of(store).assigned_to, review_of(store).asked) == ("ana", None)


def test_confidence_is_a_persons_and_outlives_reviews_reports_and_a_redo(store):
    assert review_of(store).confidence is None
    decisions.set_confidence(store, "DTL-1", "low", ANN, SETTINGS)
    decisions.set_confidence(store, "DTL-1", "high", ANN, SETTINGS)
    decisions.review(store, "DTL-1", "accept", ANN, SETTINGS)
    tell_of(store, "B", 12)
    redo.redo(store, SETTINGS, extract_all=lambda reports: iter(()))
    assert (review_of(store).state, review_of(store).confidence) == ("approved", "high")
    decisions.undo(store, 2, ANN, SETTINGS)
    assert review_of(store).confidence == "low"


@pytest.mark.parametrize(("what", "by", "to", "message"), [
    ("reject", By("ann"), None, "for a reason"), ("query", By("ann"), "ben", "the question"),
    ("assign", ANN, None, "--to"), ("accept", ANN, "ben", "to nobody"), ("applaud", ANN, None, "no review 'applaud'")])
def test_a_step_that_lacks_what_it_needs_is_refused(store, what, by, to, message):
    with pytest.raises(DecisionError, match=message):
        decisions.review(store, "DTL-1", what, by, SETTINGS, to=to)
    assert review_of(store).state == "unreviewed"


def test_a_report_that_raises_the_toll_shows_that_what_was_approved_has_changed(store):
    decisions.review(store, "DTL-1", "accept", ANN, SETTINGS)
    tell_of(store, "B", 12)
    assert review_of(store).changed_at is None                       # the same, told once more
    tell_of(store, "C", 30)
    since = review_of(store).changed_at
    assert since is not None
    tell_of(store, "D", 40)
    assert review_of(store).changed_at == since                       # since the first change
    decisions.review(store, "DTL-1", "accept", ANN, SETTINGS)
    assert review_of(store).changed_at is None


def test_facts_that_come_to_be_as_they_were_approved_have_not_changed(store):
    decisions.review(store, "DTL-1", "accept", ANN, SETTINGS)
    decisions.correct(store, "DTL-1", "kind", "armed clash", ANN, SETTINGS)
    assert review_of(store).changed_at is not None
    decisions.undo(store, 2, ANN, SETTINGS)
    assert review_of(store).changed_at is None


def test_what_is_approved_under_another_rule_of_tolls_has_not_changed(store):
    tell_of(store, "B", 30)
    decisions.review(store, "DTL-1", "accept", ANN, replace(SETTINGS, toll_rule="lowest"))
    assert review_of(store).changed_at is None


@pytest.mark.parametrize("change", [
    pytest.param(lambda store: tell_of(store, "B", 30), id="a-report"),
    pytest.param(lambda store: decisions.correct(store, "DTL-1", "figures.1.who", "bakers", ANN, SETTINGS, account="1"),
                 id="a-word"),
    pytest.param(lambda store: decisions.review(store, "DTL-1", "assign", ANN, SETTINGS, to="ann"), id="a-review"),
    pytest.param(lambda store: decisions.set_confidence(store, "DTL-1", "low", ANN, SETTINGS), id="confidence"),
])
def test_a_decision_on_what_has_changed_is_refused_and_shows_what_is_held(store, change):
    seen = revision_of(store.incident("DTL-1"))
    change(store)
    before = store.decisions()
    for late in (lambda: decisions.review(store, "DTL-1", "accept", BEN, SETTINGS, seen=seen),
                 lambda: decisions.correct(store, "DTL-1", "kind", "armed clash", BEN, SETTINGS, seen=seen),
                 lambda: decisions.set_confidence(store, "DTL-1", "high", BEN, SETTINGS, seen=seen),
                 lambda: decisions.split(store, "DTL-1", ["1"], BEN, SETTINGS, seen=seen),
                 lambda: decisions.merge(store, "DTL-1", "DTL-1", BEN, SETTINGS, seen=(seen, None))):
        with pytest.raises(StaleEdit, match="has changed since you read it") as refused:
            late()
        assert refused.value.held == store.incident("DTL-1")
    assert store.decisions() == before
    decisions.review(store, "DTL-1", "accept", BEN, SETTINGS, seen=revision_of(store.incident("DTL-1")))


def test_a_revision_is_the_same_under_every_view_and_with_names_withheld(store):
    tell_of(store, "B", 30)
    held = store.incident("DTL-1")
    [other] = view_of([held], View("lowest"), store.report)
    assert other.toll != held.toll
    assert revision_of(other) == revision_of(withhold(held).incident) == revision_of(held)
    reconcile(store)
    assert revision_of(store.incident("DTL-1")) == revision_of(held)


def test_the_day_is_a_fact_and_a_second_outlet_is_none(store):
    held = store.incident("DTL-1")
    moved = replace(held, when=replace(held.when, best=date(2024, 3, 11)))
    assert facts_hash(moved) != facts_hash(held)
    tell_of(store, "B", 12)
    assert facts_hash(store.incident("DTL-1")) == facts_hash(held)


def test_a_review_as_older_records_have_it_is_read():
    from dateline.records import from_json

    old = {"state": "approved", "reason": None, "who": "ann", "at": "2024-03-12T09:00:00Z"}
    read = from_json(Review, old)
    assert (read.assigned_to, read.confidence, read.changed_at) == (None, None, None)
