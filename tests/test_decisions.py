"""A person's decisions on a record: what they do, that they outlive new reports and new models, and that all can be undone."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from datetime import date

import pytest

from dateline import decisions, redo
from dateline.decisions import By
from dateline.errors import DecisionError, ExtractError
from dateline.extract import Failed
from dateline.publish.terminal import print_incident
from dateline.publish.withhold import Published
from dateline.records import Span, to_json
from dateline.settings import Settings
from dateline.store import open_record
from dateline.typed import typed_value
from publish.test_terminal import a_console, written
from store.made import SHELLING, Told, a_report, a_when, an_account

SETTINGS = Settings()
ANN = By("ann", "seen on site")
TEXT = "that day in Arden and this hour in Arden too"


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "d.db") as opened:
        yield opened


def tell(store, *days, outlet="Arden Post", source=None, **given):
    """Keep a report with an account a day, each of sentences of its own, and reconcile."""
    report = a_report(TEXT, source=source or f"reports/{outlet}.txt", outlet=outlet)
    told = [an_account(report, number, when=a_when(date(2024, 3, day)), **given,
                       evidence=(Span(10 * number, 10 * number + 8, "x" * 8),)) for number, day in enumerate(days)]
    store.keep(report, Told(tuple(told)), extracted="done", extractor="v1")
    reconcile(store)
    return report


def reconcile(store):
    with store.reconciling() as reconciling:
        reconciling.reconcile(reconciling.unreconciled(), "reliable", ANN_AT)


ANN_AT = a_report().fetched.at


def partition(store):
    """The incidents as sets of accounts, with what they hold but for ids and history."""
    def values(one):
        return json.dumps(to_json(replace(one, id="", history=(), related=(), accounts=())), sort_keys=True)
    return {frozenset(joined.account.id for joined in one.accounts): values(one) for one in store.incidents()}


def test_a_merge_holds_against_the_machine_and_for_reports_to_come(store):
    tell(store, 12, outlet="A")
    tell(store, 25, outlet="B")
    done = decisions.merge(store, "DTL-1", "DTL-2", ANN, SETTINGS)
    assert (done.event, done.incidents, done.gone) == (1, ("DTL-1",), ("DTL-2",))
    [incident] = store.incidents()
    assert (incident.history[-1].who, incident.history[-1].why) == ("ann", "seen on site")
    tell(store, 25, outlet="C")
    assert len(partition(store)) == 1


def test_an_undone_merge_gives_the_incident_its_number_and_its_history_back(store):
    tell(store, 12, outlet="A")
    tell(store, 25, outlet="B")
    before = {one.id: [joined.report.outlet for joined in one.accounts] for one in store.incidents()}
    decisions.merge(store, "DTL-1", "DTL-2", ANN, SETTINGS)
    tell(store, 25, outlet="C")
    done = decisions.undo(store, None, ANN, SETTINGS)
    assert {one.id: [joined.report.outlet for joined in one.accounts] for one in store.incidents()} == {
        "DTL-1": ["A"], "DTL-2": ["B", "C"]}
    assert before == {"DTL-1": ["A"], "DTL-2": ["B"]}
    assert done.gone == ()
    assert [line.what for line in store.incident("DTL-2").history][:2] == ["made", "removed"]
    assert "came back, split from DTL-1" in [line.why for line in store.incident("DTL-2").history]
    assert store.deleted_incidents() == []


def test_a_split_keeps_accounts_apart_when_more_come(store):
    tell(store, 12, outlet="A")
    tell(store, 12, outlet="B")
    tell(store, 12, outlet="C")
    done = decisions.split(store, "DTL-1", ["b"], ANN, SETTINGS)
    assert done.incidents == ("DTL-1", "DTL-2")
    tell(store, 12, outlet="D")
    [split_off] = [held for held in store.incidents() if "B" in {joined.report.outlet for joined in held.accounts}]
    assert not {"A", "C"} & {joined.report.outlet for joined in split_off.accounts}


def test_what_is_possibly_the_same_is_told_apart_for_good_and_the_undoing_of_it_asks_again(store):
    tell(store, 12, outlet="A")
    tell(store, 13, outlet="B")
    links = [[link.kind for link in one.related] for one in store.incidents()]
    done = decisions.tell_apart(store, "DTL-1", "DTL-2", ANN, SETTINGS)
    assert done.incidents == ("DTL-1", "DTL-2")
    assert [one.related for one in store.incidents()] == [(), ()]
    assert store.incident("DTL-1").history[-1].what == "told DTL-1 and DTL-2 apart (event 1)"
    decisions.undo(store, 1, ANN, SETTINGS)
    assert [[link.kind for link in one.related] for one in store.incidents()] == links == [["possibly_same"]] * 2


def test_an_account_is_named_by_the_number_that_show_prints(store):
    for outlet in "BAC":                                  # of one day and hour: told in no order but that of show
        tell(store, 12, outlet=outlet)
    console = a_console()
    print_incident(console, Published(store.incident("DTL-1"), 0), {})
    shown = dict(re.findall(r"^(\d)  ([ABC]),", written(console), re.M))
    decisions.split(store, "DTL-1", ["2"], ANN, SETTINGS)
    assert [joined.report.outlet for joined in store.incident("DTL-2").accounts] == [shown["2"]]


def test_show_tells_what_a_person_said_of_the_incident(store):
    tell(store, 12, outlet="A")
    decisions.review(store, "DTL-1", "reject", By("ann", "a drill"), SETTINGS)
    console = a_console()
    print_incident(console, Published(store.incident("DTL-1"), 0), {})
    assert "[rejected]" in written(console)
    assert re.search(r"rejected by ann, \d+ \w+ \d{4}: a drill", written(console))


def test_a_correction_holds_for_the_incident_when_more_reports_join(store):
    tell(store, 12, outlet="A")
    decisions.correct(store, "DTL-1", "when", to_json(a_when(date(2024, 3, 11))), ANN, SETTINGS)
    tell(store, 12, outlet="B")
    tell(store, 12, outlet="C")
    [incident] = store.incidents()
    assert (incident.when.best, len(incident.accounts)) == (date(2024, 3, 11), 3)


def test_a_count_is_corrected_as_one_says_it_in_one_event(store):
    tell(store, 12, outlet="A")
    value = typed_value("figures.1.count", "at least 12")
    decisions.correct(store, "DTL-1", "figures.1.count", value, ANN, SETTINGS, account="1")
    [figure, *_] = store.incident("DTL-1").accounts[0].account.figures
    assert (figure.words, figure.low, figure.high, figure.value, figure.modifier) == ("at least 12", 12, None, 12, "at_least")
    assert store.incident("DTL-1").toll.killed.low == 12
    with pytest.raises(DecisionError, match="no count 12: it has high, low, modifier, value, words"):
        decisions.correct(store, "DTL-1", "figures.1.count", 12, ANN, SETTINGS, account="1")


def test_a_corrected_figure_outlives_a_new_extraction_that_gives_the_account_another_id(store):
    report = tell(store, 12, outlet="A")
    [account] = store.accounts_of(report.id)
    decisions.correct(store, "DTL-1", "figures.1.low", 9, ANN, SETTINGS, account="1")
    assert store.incident("DTL-1").accounts[0].account.figures[0].low == 9
    anew = replace(account, id="A" + "f" * 16, evidence=(Span(2, 9, "x" * 7),))
    store.keep(report, Told((anew,)), extracted="done", extractor="v2")
    reconcile(store)
    [incident] = store.incidents()
    assert (incident.accounts[0].account.id, incident.accounts[0].account.figures[0].low) == (anew.id, 9)
    decisions.undo(store, None, ANN, SETTINGS)
    [incident] = store.incidents()
    assert incident.accounts[0].account == anew


def test_a_review_goes_with_the_incident_that_has_most_of_the_accounts_it_was_made_of(store):
    for outlet in "ABC":
        tell(store, 12, outlet=outlet)
    decisions.review(store, "DTL-1", "accept", ANN, SETTINGS)
    first = store.incident("DTL-1").accounts[0].report.outlet
    decisions.split(store, "DTL-1", [first], ANN, SETTINGS)
    assert {len(one.accounts): one.review.state for one in store.incidents()} == {2: "approved", 1: "unreviewed"}


def test_a_merge_is_not_undone_under_a_review_of_what_it_made(store):
    tell(store, 12, outlet="A")
    tell(store, 25, outlet="B")
    decisions.merge(store, "DTL-1", "DTL-2", ANN, SETTINGS)
    decisions.review(store, "DTL-1", "accept", ANN, SETTINGS)
    with pytest.raises(DecisionError, match=r"before event 2 \(accept, ann\)"):
        decisions.undo(store, 1, ANN, SETTINGS)


def test_the_words_that_a_person_shows_are_kept_with_the_decision(store):
    tell(store, 12, outlet="A")
    decisions.correct(store, "DTL-1", "kind", SHELLING, ANN, SETTINGS, evidence="this hour")
    [held] = store.decisions()
    assert [span.quote for span in held.decision.evidence] == ["this hour"]


def test_a_decision_whose_sentences_nobody_tells_any_more_is_kept_and_says_so(store):
    report = tell(store, 12, outlet="A")
    decisions.review(store, "DTL-1", "accept", ANN, SETTINGS)
    store.keep(report, Told(()), extracted="done", extractor="v2")
    [held] = store.decisions()
    assert (held.decision.what, held.unattached) == ("accept", 1)


def test_which_events_hold_is_told_of_those_asked_for_whatever_became_of_their_accounts(store):
    first = tell(store, 12, outlet="A")
    tell(store, 25, outlet="B")
    decisions.review(store, "DTL-1", "accept", ANN, SETTINGS)                # 1
    decisions.set_confidence(store, "DTL-2", "high", ANN, SETTINGS)          # 2
    decisions.undo(store, 1, ANN, SETTINGS)                                  # 3
    assert (store.holding({1, 2, 3, 9}), store.holding({1}), store.holding(())) == ({2, 3}, set(), set())
    decisions.undo(store, 3, ANN, SETTINGS)                                  # 4: the first holds again
    store.keep(first, Told(()), extracted="done", extractor="v2")
    assert store.holding({1, 2, 3, 4}) == {1, 2, 4}
    assert {1, 2, 4} == {one.decision.id for one in store.decisions() if one.undone_by is None}


def test_an_event_is_not_undone_before_what_rests_on_it(store):
    tell(store, 12, outlet="A")
    tell(store, 25, outlet="B")
    decisions.merge(store, "DTL-1", "DTL-2", ANN, SETTINGS)
    decisions.split(store, "DTL-1", ["B"], ANN, SETTINGS)
    with pytest.raises(DecisionError, match=r"before event 2 \(split, ann\)"):
        decisions.undo(store, 1, ANN, SETTINGS)
    assert decisions.undo(store, 2, ANN, SETTINGS).incidents == ("DTL-1",)
    decisions.undo(store, 1, ANN, SETTINGS)
    assert len(partition(store)) == 2


@pytest.mark.parametrize(("what", "message"), [
    pytest.param(lambda s: decisions.merge(s, "DTL-1", "DTL-1", ANN, SETTINGS), "merged with itself", id="itself"),
    pytest.param(lambda s: decisions.merge(s, "DTL-1", "DTL-9", ANN, SETTINGS), "no incident DTL-9", id="not-held"),
    pytest.param(lambda s: decisions.split(s, "DTL-1", ["1"], ANN, SETTINGS), "leave one", id="nothing-left"),
    pytest.param(lambda s: decisions.split(s, "DTL-1", ["Nobody"], ANN, SETTINGS), "its accounts: 1 A", id="unknown-outlet"),
    pytest.param(lambda s: decisions.review(s, "DTL-1", "reject", By("ann"), SETTINGS), "--why", id="no-reason"),
    pytest.param(lambda s: decisions.correct(s, "DTL-1", "kind", "bombing", ANN, SETTINGS), "no kind 'bombing'", id="kind"),
    pytest.param(lambda s: decisions.correct(s, "DTL-1", "status", "true", ANN, SETTINGS), "status", id="value"),
    pytest.param(lambda s: decisions.correct(s, "DTL-1", "kind", "attack", ANN, SETTINGS), "already", id="as-it-is"),
    pytest.param(lambda s: decisions.correct(s, "DTL-1", "when", to_json(a_when(None)), ANN, SETTINGS, evidence="at noon"),
                 "does not stand in report", id="words-not-there"),
    pytest.param(lambda s: decisions.undo(s, None, ANN, SETTINGS), "nothing to undo", id="nothing-to-undo"),
    pytest.param(lambda s: decisions.undo(s, 7, ANN, SETTINGS), "no event 7", id="no-such-event"),
])
def test_what_cannot_be_done_says_why_and_changes_nothing(store, what, message):
    tell(store, 12, outlet="A")
    before = partition(store)
    with pytest.raises(DecisionError, match=message):
        what(store)
    assert (partition(store), store.decisions()) == (before, [])


@pytest.mark.parametrize("seed", range(6))
def test_undoing_everything_in_reverse_gives_back_what_was(store, seed):
    chance = random.Random(seed)
    for number, outlet in enumerate("ABCDE"):
        tell(store, *chance.sample([12, 13, 20, 21], 2), outlet=outlet, source=f"{number}")
    before = partition(store)
    for _ in range(6):
        held = list(store.incidents())
        try:
            match chance.choice(["merge", "split", "correct", "accept"]):
                case "merge":
                    decisions.merge(store, chance.choice(held).id, chance.choice(held).id, ANN, SETTINGS)
                case "split":
                    decisions.split(store, chance.choice(held).id, ["1"], ANN, SETTINGS)
                case "correct":
                    day = a_when(date(2024, 3, chance.randint(1, 28)))
                    decisions.correct(store, chance.choice(held).id, "when", to_json(day), ANN, SETTINGS,
                                      account=chance.choice([None, "1"]))
                case _:
                    decisions.review(store, chance.choice(held).id, "accept", ANN, SETTINGS)
        except DecisionError:
            pass                                          # an incident with itself, or of one account
    held = partition(store)
    redo.redo(store, SETTINGS, extract_all=lambda reports: iter(()))
    assert partition(store) == held
    while any(one.undone_by is None and one.decision.what != "undo" for one in store.decisions()):
        decisions.undo(store, None, ANN, SETTINGS)
    assert partition(store) == before


def test_incidents_keep_their_ids_when_another_model_gives_other_accounts(store):
    for day in (12, 20, 25):
        tell(store, day, outlet=f"Post of {day}")
    before = {one.id: one.when.best for one in store.incidents()}

    def another_model(reports):
        for one in reports:
            [account] = store.accounts_of(one.id)
            yield one, Told((replace(account, id="A" + account.id[:0:-1], evidence=(Span(1, 8, "x" * 7),)),))

    redone = redo.redo(store, SETTINGS, every=True, extract_all=another_model)
    assert {one.id: one.when.best for one in store.incidents()} == before
    assert (redone.extracted, redone.differences) == (3, ())


def test_a_report_that_cannot_be_read_anew_keeps_what_was_read_of_it(store):
    tell(store, 12, outlet="A")
    before = partition(store)

    def broken(reports):
        return ((report, Failed(ExtractError(report.id, report.source, "no answer"))) for report in reports)

    redone = redo.redo(store, SETTINGS, every=True, extract_all=broken)
    assert (redone.extracted, [error.what for error in redone.failed], redone.differences) == (0, ["no answer"], ())
    assert partition(store) == before


def test_a_rehearsal_tells_what_a_redo_would_change_and_changes_nothing(store):
    report = tell(store, 12, outlet="A")
    [account] = store.accounts_of(report.id)
    before = partition(store)

    def another_model(reports):
        for one in reports:
            yield one, Told((replace(account, kind="suicide bomb", acts=("suicide bomb",)),))

    rehearsed = redo.rehearse(store, SETTINGS, extract_all=another_model)
    assert (rehearsed.extracted, [one.what for one in rehearsed.differences]) == (1, [("kind attack became suicide bomb",)])
    assert partition(store) == before
    assert redo.redo(store, SETTINGS, extract_all=another_model) == rehearsed
    assert store.incident("DTL-1").kind == "suicide bomb"


def test_a_merge_and_a_split_are_told_by_a_redo(store):
    tell(store, 12, outlet="A")
    first = {one.id: one for one in store.incidents()}
    tell(store, 25, outlet="B")
    both = {one.id: one for one in store.incidents()}
    decisions.merge(store, "DTL-1", "DTL-2", ANN, SETTINGS)
    merged = {one.id: one for one in store.incidents()}
    assert [(one.incident, one.what) for one in redo.differences(first, both)] == [("DTL-2", ("new",))]
    assert [(one.incident, one.what) for one in redo.differences(both, merged)] == [
        ("DTL-1", ("accounts 1 became 2",)),
        ("DTL-2", ("merged into DTL-1",))]
