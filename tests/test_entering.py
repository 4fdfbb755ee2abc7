"""Entering by hand: a note is the evidence, it joins as a report does, it can be undone, and no extraction takes it away."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from dateline import decisions, redo
from dateline.decisions import By
from dateline.entered import Entered, EnteredFigure, entered_from
from dateline.entering import Note, add_figure, add_source, enter, enter_all
from dateline.errors import DecisionError, StaleEdit
from dateline.publish.withhold import withhold
from dateline.records import to_line
from dateline.records.revision import revision_of
from dateline.settings import Settings
from dateline.store import open_record
from store.made import Told, a_report, a_when, a_where, an_account

SETTINGS = Settings()
ANN = By("ann", "called at noon")
CALL = "The mayor's office says at least 12 people were killed at the gate in Kabul. Selda Oarewyn answered."
DAY = date(2018, 1, 27)


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "d.db") as opened:
        yield opened


def a_call(note=CALL, **given):
    fields = {"date": DAY, "outlet": "phone call, mayor's office", "kind": "suicide bomb", "day": "2018-01-27", "place": "Kabul",
              "country": "AF", "figures": (EnteredFigure("at least 12", by="the mayor's office"),)}
    return Entered(note, **{**fields, **given})


def read(store, *, outlet="Verity Post", killed=12, day=DAY, kind="suicide bomb"):
    """A report that was read: a bombing in Kabul."""
    report = a_report(f"{outlet} tells of {day}", source=f"{outlet}{day}.txt", outlet=outlet)
    kabul = a_where("Kabul", "AF", lat=34.528, lon=69.172, gazetteer_id="geonames:1138958")
    account = an_account(report, kind=kind, when=a_when(day), where=kabul, killed=killed)
    store.keep(report, Told((account,)), extracted="done", extractor="v1")
    with store.reconciling() as reconciling:
        reconciling.reconcile(reconciling.unreconciled(), "reliable", report.fetched.at)
    return report


def outlets(store):
    return {one.id: sorted(joined.report.outlet for joined in one.accounts) for one in store.incidents()}


def test_an_incident_is_entered_with_its_note_as_evidence(store):
    done = enter(store, a_call(), ANN, SETTINGS)
    assert done.incidents == ("DTL-1",)
    held = store.incident("DTL-1")
    [joined] = held.accounts
    assert (held.kind, held.when.best, held.where.name, held.toll.killed.low, held.toll.killed.high) == (
        "suicide bomb", DAY, "Kabul", 12, None)
    assert joined.report.outlet == "phone call, mayor's office"
    note = store.report(joined.account.report)
    assert (note.text, note.byline, note.written.day, note.source[:5]) == (CALL, "ann", DAY, "note:")
    [figure] = joined.account.figures
    assert (figure.speaker, figure.speakers[0].kind, figure.modifier) == ("the mayor's office", "official", "at_least")
    assert [span.quote for span in figure.evidence] == [CALL]
    assert (held.history[-1].what, held.history[-1].who) == ("entered by hand: phone call, mayor's office (event 1)", "ann")


def test_the_words_of_the_note_that_tell_it_are_its_evidence(store):
    enter(store, a_call(words=("at the gate in Kabul", "at least 12 people were killed")), ANN, SETTINGS)
    [joined] = store.incident("DTL-1").accounts
    assert [span.quote for span in joined.account.evidence] == ["at least 12 people were killed", "at the gate in Kabul"]


def test_it_joins_the_incident_that_it_tells_of_and_later_reports_join_it(store):
    read(store)
    assert enter(store, a_call(), ANN, SETTINGS).incidents == ("DTL-1",)
    read(store, outlet="Hawk Wire")
    assert outlets(store) == {"DTL-1": ["Hawk Wire", "Verity Post", "phone call, mayor's office"]}


def test_it_is_put_with_the_incident_that_the_person_chose(store):
    read(store, day=date(2018, 3, 3))
    done = enter(store, a_call(into="dtl-1"), ANN, SETTINGS)
    assert done.incidents == ("DTL-1",)
    assert len(outlets(store)) == 1
    redo.redo(store, SETTINGS, extract_all=lambda reports: iter(()))
    assert len(outlets(store)) == 1


def test_it_stands_alone_where_the_person_says_so(store):
    read(store)
    done = enter(store, a_call(into="new"), ANN, SETTINGS)
    assert outlets(store) == {"DTL-1": ["Verity Post"], "DTL-2": ["phone call, mayor's office"]}
    assert done.incidents == ("DTL-1", "DTL-2")
    read(store, outlet="Hawk Wire")
    redo.redo(store, SETTINGS, extract_all=lambda reports: iter(()))
    assert not any({"Verity Post", "phone call, mayor's office"} <= set(names) for names in outlets(store).values())


@pytest.mark.parametrize("into", [None, "DTL-1", "new"])
def test_what_was_entered_is_undone_and_the_undo_too(store, into):
    read(store, day=date(2018, 3, 3) if into == "DTL-1" else DAY)
    before = [to_line(replace(one, history=())) for one in store.incidents()]
    done = enter(store, a_call(into=into), ANN, SETTINGS)
    after = outlets(store)
    decisions.undo(store, done.event, ANN, SETTINGS)
    assert [to_line(replace(one, history=())) for one in store.incidents()] == before
    decisions.undo(store, 2, ANN, SETTINGS)
    assert outlets(store) == after
    decisions.undo(store, 3, ANN, SETTINGS)
    assert enter(store, a_call(into=into), ANN, SETTINGS).event == 5
    assert outlets(store) == after


def test_the_same_entered_twice_is_said_to_be_held(store):
    enter(store, a_call(), ANN, SETTINGS)
    with pytest.raises(DecisionError, match="entered already, as DTL-1"):
        enter(store, a_call(), ANN, SETTINGS)
    assert len(store.decisions()) == 1
    enter(store, a_call(), By("ben"), SETTINGS)                      # somebody else was called too
    assert len(store.incident("DTL-1").accounts) == 2


def test_neither_a_new_extractor_nor_a_run_touches_what_was_entered(store):
    enter(store, a_call(), ANN, SETTINGS)
    decisions.correct(store, "DTL-1", "figures.1.low", 13, ANN, SETTINGS, account="1")
    held = store.incident("DTL-1")
    asked = []

    def another_model(reports):
        asked.extend(reports)
        return iter(())

    redo.redo(store, SETTINGS, every=True, extract_all=another_model)
    store.extract_again([held.accounts[0].report.id])
    assert (asked, store.to_extract(), store.extraction_counts()) == ([], [], {"entered": 1})
    assert store.incident("DTL-1").accounts == held.accounts


def test_a_figure_is_added_to_a_held_incident_and_counts(store):
    read(store, killed=3)
    note = Note("The hospital counts 14 bodies.", date(2018, 1, 28), "phone call, hospital")
    add_figure(store, "DTL-1", EnteredFigure("14", by="the hospital", as_of=date(2018, 1, 28)), note, ANN, SETTINGS)
    held = store.incident("DTL-1")
    assert held.toll.killed.best == 14
    assert held.when.best == DAY                                     # the note says no day, and none is made up
    [entered] = [joined.account for joined in held.accounts if joined.report.outlet == "phone call, hospital"]
    assert (entered.when.best, entered.when.latest, entered.where.name) == (None, date(2018, 1, 28), None)
    assert entered.where.unplaced == "the note tells no place"


def test_a_source_is_added_that_counts_nobody(store):
    read(store)
    add_source(store, "DTL-1", Note("Radio Verity tells of it too.", DAY, "Radio Verity"), ANN, SETTINGS)
    assert store.incident("DTL-1").sources.reports == 2
    assert store.incident("DTL-1").toll.killed.best == 12


def test_a_figure_for_an_incident_that_changed_meanwhile_is_refused(store):
    read(store)
    seen = revision_of(store.incident("DTL-1"))
    read(store, outlet="Hawk Wire", killed=30)
    note = Note("The hospital counts 14 bodies.", DAY, None)
    with pytest.raises(StaleEdit):
        add_figure(store, "DTL-1", EnteredFigure("14"), note, ANN, SETTINGS, seen=seen)
    assert store.decisions() == []
    assert store.extraction_counts() == {"done": 2}


def test_names_that_are_not_to_be_published_are_withheld(store):
    enter(store, a_call(private=("Selda Oarewyn",)), ANN, SETTINGS)
    shown = withhold(store.incident("DTL-1"))
    assert "Oarewyn" not in to_line(shown.incident)
    assert shown.withheld == 1


@pytest.mark.parametrize(("given", "said"), [
    ({"note": " "}, "the note is the evidence"), ({"note": "x" * 300_000}, "300,000 characters"),
    ({"kind": None}, "what kind"), ({"kind": "bombing"}, "no kind 'bombing'"), ({"day": "yesterday"}, "'yesterday' is no day"),
    ({"place": "Nowhereatall"}, "the gazetteer knows no"), ({"country": "XX", "place": None}, "no country has the code 'XX'"),
    ({"figures": (EnteredFigure("lots"),)}, "'lots' is no count"),
    ({"figures": (EnteredFigure("3", effect="hurt"),)}, "'hurt' is none of killed, injured"),
    ({"words": ("in Herat",)}, "'in Herat' does not stand in the note"), ({"private": ("Nobody",)}, "does not stand in the note"),
    ({"status": "true"}, "no status 'true'"), ({"into": "DTL-7"}, "no incident DTL-7"),
])
def test_what_cannot_be_entered_says_why_and_leaves_nothing(store, given, said):
    with pytest.raises(DecisionError, match=said):
        enter(store, a_call(**{"note": CALL, **given}), ANN, SETTINGS)
    assert (list(store.reports()), store.decisions()) == ([], [])


def test_a_threat_is_kept_as_a_notice_and_no_incident(store):
    assert enter(store, a_call(status="threatened"), ANN, SETTINGS).incidents == ()
    assert list(store.incidents()) == []
    read(store)
    with pytest.raises(DecisionError, match="it belongs to no incident"):
        enter(store, a_call(status="planned", into="DTL-1"), ANN, SETTINGS)


def test_many_rows_are_entered_at_once_or_none(store):
    rows = [a_call(f"Row {number} of the sheet.", day=f"2018-{number:02}-01", into="new") for number in range(1, 6)]
    done = enter_all(store, rows, ANN, SETTINGS)
    assert {one.incidents for one in done} == {(f"DTL-{number}",) for number in range(1, 6)}
    with pytest.raises(DecisionError):
        enter_all(store, [a_call("Row 6.", day="2019-01-01"), a_call("Row 7.", day="no day")], ANN, SETTINGS)
    assert len(list(store.incidents())) == len(store.decisions()) == 5


def test_attackers_are_known_by_any_name_of_the_register(store):
    enter(store, a_call(attackers=("Taliban", "men on motorbikes")), ANN, SETTINGS)
    actors = store.incident("DTL-1").actors
    assert [(one.text, one.group is not None) for one in actors] == [("Taliban", True), ("men on motorbikes", False)]


def test_a_place_that_the_gazetteer_lacks_stands_in_the_unit_around_it(store):
    enter(store, a_call(place="Lower Quill", within="Kabul province"), ANN, SETTINGS)
    where = store.incident("DTL-1").where
    assert (where.text, where.name, where.precision) == ("Lower Quill", "Kabul", 4)


def test_a_table_says_what_is_entered():
    table = json.loads('{"note": "a call", "kind": "attack", "figures": [{"words": "12", "as_of": "2018-01-28"}]}')
    entered = entered_from(table, today=DAY)
    assert (entered.date, entered.outlet, entered.figures[0].as_of) == (DAY, None, date(2018, 1, 28))


@pytest.mark.parametrize(("table", "said"), [
    ({"note": "a call", "sort": "attack"}, "no field 'sort'"), ({"kind": "attack"}, "`note`"),
    ({"note": "a", "figures": [{"words": "3", "who": "x"}]}, "figures 1: no field 'who'"), ({"note": 3}, "note"),
    ({"note": "a", "figures": "3"}, "figures"),
])
def test_a_table_of_another_form_is_refused_by_its_key(table, said):
    with pytest.raises(DecisionError, match=said):
        entered_from(table, today=DAY)
