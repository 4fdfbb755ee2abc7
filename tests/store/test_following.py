"""What follows from decisions: worked out for the reports concerned alone, it is what all decisions together give."""

from __future__ import annotations

import random
from datetime import date

import pytest
import sqlalchemy as sa

from dateline import decisions
from dateline.decisions import By
from dateline.entered import Entered
from dateline.entering import enter
from dateline.errors import DecisionError
from dateline.reconcile.by_hand import corrected, corrections, entered_by, in_force, named, override_of, rulings
from dateline.records import Span, to_line
from dateline.settings import Settings
from dateline.store import open_record, schema
from dateline.store.decisions import accounts_by_report, attach_in
from store.made import Told, a_report, a_when, an_account

SETTINGS = Settings()
ANN = By("ann", "seen on site")
OUTLETS = "ABCDE"


def report_of(outlet):
    return a_report("that day in Arden and this hour in Arden too", source=f"{outlet}.txt", outlet=outlet)


def tell(store, outlet, days, places=(0, 10)):
    """Keep the report of an outlet with an account a day, told at these places of its text, and reconcile."""
    report = report_of(outlet)
    told = [an_account(report, place, when=a_when(date(2024, 3, day)), evidence=(Span(place, place + 8, "x" * 8),))
            for day, place in zip(days, places, strict=False)]
    store.keep(report, Told(tuple(told)), extracted="done", extractor="v1")
    with store.reconciling() as reconciling:
        reconciling.reconcile(reconciling.unreconciled(), "reliable", report.fetched.at)


def kept_in(path):
    """What the record holds as following from decisions: rulings, accounts of those on whole incidents, accounts as they hold."""
    with open_record(path) as store, store._read() as connection:
        ruled = {(row.account_a, row.account_b): row.same for row in connection.execute(sa.select(schema.judgement))}
        whole = {}
        for row in connection.execute(sa.select(schema.decided).order_by(schema.decided.c.position)):
            whole.setdefault(row.decision_id, []).append(row.account_id)
        return ruled, whole, dict(connection.execute(sa.select(schema.account.c.id, schema.account.c.body)).all())


def following_from_all(store, path):
    """The same, from every decision there is."""
    holding = in_force([one.decision for one in store.decisions()])
    with open_record(path) as opened, opened._read() as connection:
        accounts = accounts_by_report(connection, [one.id for one in store.reports()])
    attach, fixes = attach_in(accounts), corrections(holding, attach_in(accounts))
    whole = {one.id: names for one in holding if override_of(one, ()) is not None and (names := named(one.accounts, attach))}
    entered = {one.report for it in holding if (one := entered_by(it)) is not None}
    assert entered == {one.id for one in store.reports() if one.source.startswith("note:") and one.id in accounts}
    return rulings(holding, attach), whole, {one.id: to_line(corrected(one, fixes.get(one.id, {})))
                                             for told in accounts.values() for one in told}


def decide(store, chance):
    """Something that a person or a new model does."""
    held = list(store.incidents())
    one, other = chance.choice(held).id, chance.choice(held).id
    match chance.choice(["merge", "split", "apart", "correct", "accept", "enter", "undo", "undo", "extract"]):
        case "merge":
            decisions.merge(store, one, other, ANN, SETTINGS)
        case "split":
            decisions.split(store, one, ["1"], ANN, SETTINGS)
        case "apart":
            decisions.tell_apart(store, one, other, ANN, SETTINGS)
        case "correct":
            decisions.correct(store, one, "kind", chance.choice(["armed clash", "suicide bomb"]), ANN, SETTINGS,
                              account=chance.choice([None, "1"]))
        case "accept":
            decisions.review(store, one, "accept", ANN, SETTINGS)
        case "enter":
            enter(store, Entered(f"Call {chance.random()}", date(2024, 3, 14), "call", kind="attack", day="2024-03-12",
                                 into=chance.choice([None, one])), ANN, SETTINGS)
        case "undo":
            decisions.undo(store, chance.choice([None, chance.randint(1, 6)]), ANN, SETTINGS)
        case "extract":
            places = chance.choice([(0, 10), (10, 0), (1, 11), (10,), ()])      # the same, exchanged, moved, fewer, none
            tell(store, chance.choice(OUTLETS), chance.sample([12, 13, 20, 21], 2), places)


@pytest.mark.parametrize("seed", range(6))
def test_what_follows_for_some_reports_is_what_all_decisions_give(tmp_path, seed):
    chance = random.Random(seed)
    path = tmp_path / "d.db"
    with open_record(path) as store:
        for outlet in OUTLETS:
            tell(store, outlet, chance.sample([12, 13, 20, 21], 2))
        done = 0
        for _ in range(40):
            try:
                decide(store, chance)
            except (DecisionError, IndexError):           # an incident with itself, of one account; none is left
                continue
            done += 1
            assert kept_in(path) == following_from_all(store, path)
        assert done > 15


def test_a_decision_leaves_alone_what_follows_from_those_on_other_reports(tmp_path):
    with open_record(tmp_path / "d.db") as store:
        for outlet, day in zip(OUTLETS, (2, 8, 14, 20, 26), strict=True):
            tell(store, outlet, [day])
        decisions.merge(store, "DTL-1", "DTL-2", ANN, SETTINGS)
        ruled, _, accounts = kept_in(tmp_path / "d.db")
        decisions.set_confidence(store, "DTL-5", "low", ANN, SETTINGS)
        assert kept_in(tmp_path / "d.db") == (ruled, {2: [joined.account.id for joined in store.incident("DTL-5").accounts]},
                                              accounts)
        tell(store, "B", [8], ())                         # a new model does not tell it: nothing is ruled on it any more
        assert (len(ruled), kept_in(tmp_path / "d.db")[0]) == (1, {})
