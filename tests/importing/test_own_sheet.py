"""A coder's own sheet: its rows become accepted incidents under their own ids, nothing of them is lost, and twice is once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dateline import decisions, redo
from dateline.errors import DecisionError, ReadError
from dateline.importing.columns import FIELDS, folded
from dateline.importing.mapping import guess, map_text, profile_of, read_map, with_given
from dateline.importing.own import incident_of_row, plan_sheet
from dateline.importing.sheets import read_text
from dateline.publish.withhold import withhold
from dateline.store import open_record
from importing.made_sheets import ANN, BEN, HEAD, SETTINGS, a_row, a_sheet, bring_in
from store.made import Told, a_report, a_when, a_where, an_account

TWO = (a_row("X-1"), a_row("X-2", killed="3", notes="the next street"))


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "d.db") as opened:
        yield opened


def planned(store, *rows, head=HEAD, columns=None, always=None, kinds=None, **given):
    sheet = a_sheet(*rows, head=head)
    return plan_sheet(store, sheet, with_given(guess(sheet), sheet, columns or {}, always, kinds), ANN, SETTINGS, **given)


def only_account(store, own="X-1"):
    [joined] = store.incident(incident_of_row(store, own)).accounts
    return joined.account


def evidence_of(value):
    return [span.quote for span in value.evidence]


# Columns


def test_a_name_of_a_column_stands_under_one_field():
    names = [name for _, listed in FIELDS.values() for name in {folded(one) for one in listed.split("|")}]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize(
    ("head", "profile"),
    [
        ("event_id_cnty,event_date,sub_event_type,fatalities", "acled"),
        ("id,type_of_violence,date_start,best", "ucdp"),
        ("eventid,iyear,attacktype1_txt", "gtd"),
        ("incident_id,revision,kind", "dateline"),
        ("id,date,killed", "plain"),
    ],
)
def test_a_publishers_columns_are_known(head, profile):
    assert profile_of(read_text(head + "\n1,2,3,4\n", "a.csv")) == profile


def test_what_the_person_says_goes_before_what_is_guessed():
    sheet = a_sheet()
    map_ = with_given(guess(sheet), sheet, {"injured": "Killed", "notes": ""}, {"country": "KE"}, {"boom": "grenade"})
    assert (map_.columns["injured"], "killed" in map_.columns, "notes" in map_.columns, "country" in map_.columns) == (
        "Killed",
        False,
        False,
        False,
    )
    assert map_.without_field(sheet) == ("Country", "Injured", "Notes", "Our code")


@pytest.mark.parametrize(
    ("columns", "why"), [({"colour": "Notes"}, "no field 'colour'"), ({"date": "Colour"}, "no column 'Colour'")]
)
def test_a_field_or_column_there_is_none_of_is_named(columns, why):
    with pytest.raises(ReadError, match=why):
        with_given(guess(a_sheet()), a_sheet(), columns)


def test_how_a_sheet_is_read_is_kept_as_toml_and_read_again(tmp_path):
    sheet = a_sheet()
    map_ = with_given(guess(sheet), sheet, {"injured": "Killed"}, {"country": "KE"}, {"Big boom": "grenade"})
    (tmp_path / "map.toml").write_text(map_text(map_))
    assert read_map(tmp_path / "map.toml", sheet) == replace(map_, guessed=frozenset())


# Rows


def test_a_row_becomes_an_accepted_incident_under_its_own_id(store):
    bring_in(store, a_row(killed="12+", who="Taliban"))
    held = store.incident(incident_of_row(store, "X-1"))
    assert (held.kind, held.when.best, held.where.text, held.where.country) == (
        "shelling/artillery/missile attack",
        date(2024, 3, 12),
        "Port Verity",
        "KE",
    )
    assert (held.where.lat, held.where.lon, held.toll.killed.low, held.toll.killed.high, held.toll.injured.best) == (
        -4.05,
        39.67,
        12,
        None,
        30,
    )
    assert (held.review.state, held.review.who, held.review.changed_at) == ("approved", "ann", None)
    assert [actor.group for actor in held.actors] == ["taliban"]
    assert incident_of_row(store, "march#X-1") == held.id
    assert "row 2 of sheet march imported (event 1)" in [line.what for line in held.history]


def test_every_cell_is_kept_and_each_value_leads_back_to_its_cell(store):
    bring_in(store, a_row(killed="12+"))
    account = only_account(store)
    text = store.report(account.report).text
    assert text.splitlines()[0] == "march: X-1"
    assert "Our code: blue" in text.splitlines()
    assert "Notes: shells fell on the market" in text.splitlines()
    spans = [
        *account.evidence,
        *account.when.evidence,
        *account.where.evidence,
        *(s for f in account.figures for s in f.evidence),
    ]
    assert all(text[span.start : span.end] == span.quote for span in spans)
    assert (evidence_of(account.when), evidence_of(account.figures[0])) == (["2024-03-12"], ["12+"])
    assert evidence_of(account.where) == ["Port Verity", "Kenya", "-4.05", "39.67"]


def test_a_total_with_bounds_and_its_parts(store):
    head = "id,date,type,country,killed,killed_low,killed_high,civilians killed"
    plan = planned(store, "1,2024-03-12,attack,Kenya,10,8,15,6", head=head)
    total, civilians = plan.new[0].account.figures
    assert (total.low, total.value, total.high, civilians.side, civilians.scope, civilians.part_of) == (
        8,
        10,
        15,
        "civilians",
        "part",
        total.id,
    )


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (a_row(date="2024-02-30"), "Date: '2024-02-30' is no date of the calendar"),
        (a_row(killed="a lot of smoke"), "Killed: 'a lot of smoke' is no count"),
        (a_row(kind="frobnication"), "no incident kind of ours is known for 'frobnication'"),
        (a_row(place="Port Verity,Atlantis,1,2"), "no country 'Atlantis'"),
        (a_row(place="Port Verity,Kenya,95,2"), "Lat: '95' is no latitude"),
        (a_row(killed="99999999999"), "more than a count can be"),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out_with_its_number_and_reason(store, row, why):
    plan = planned(store, row, a_row("X-2"))
    assert [(one.row.number, why in " ".join(one.why)) for one in plan.unread] == [(2, True)]
    assert [one.id.own for one in plan.new] == ["X-2"]


def test_two_rows_of_one_id_are_one_too_many(store):
    plan = planned(store, a_row("X-1"), a_row("X-1", killed="3"))
    assert [one.why for one in plan.unread] == [("row 2 has the id 'X-1' too: which of the two is it? give each its own",)]


def test_a_place_that_the_gazetteer_lacks_stands_in_its_country_and_that_is_said(store):
    [one] = planned(store, a_row(place="Lower Quillip Ford,Kenya,,")).new
    assert (one.account.where.text, one.account.where.country, one.account.where.precision) == ("Lower Quillip Ford", "KE", 6)
    assert "the gazetteer has no 'Lower Quillip Ford' there" in one.remarks[0]


def test_a_kind_that_the_sheet_calls_by_a_word_of_its_own(store):
    assert planned(store, a_row(kind="frobnication"), kinds={"Frobnication": "grenade"}).new[0].account.kind == "grenade"
    assert planned(store, a_row(kind=""), always={"kind": "arrests"}).new[0].account.kind == "arrests"


def test_the_sides_of_a_fight_and_of_an_attack(store):
    head = (
        "event_id_cnty,event_date,sub_event_type,actor1,inter1,actor2,inter2,fatalities,country,location,latitude,longitude,"
        "geo_precision"
    )
    rows = (
        "A1,2024-03-12,Armed clash,Quill Front,Rebel group,Arden Army,State forces,0,Kenya,Port Verity,-4.05,39.67,1",
        "A2,2024-03-12,Attack,Quill Front,Rebel group,Civilians (Kenya),Civilians,7,Kenya,Port Verity,-4.05,39.67,2",
    )
    clash, attack = (one.account for one in planned(store, *rows, head=head).new)
    assert [(actor.role, actor.type) for actor in clash.actors] == [("side", 2), ("side", 1)]
    assert [(actor.role, actor.type) for actor in attack.actors] == [("attacker", 2), ("intended target", 7)]
    assert (clash.figures, attack.figures[0].value, attack.where.precision) == ((), 7, 2)  # ACLED's 0: no deaths reported


# Again


def test_the_same_sheet_again_changes_nothing(store):
    bring_in(store, *TWO)
    before = list(store.incidents()), store.decisions()
    bring_in(store, *TWO)
    assert (list(store.incidents()), store.decisions()) == before
    plan = planned(store, *reversed(TWO))
    assert (len(plan.new), len(plan.changed), len(plan.same)) == (0, 0, 2)


def test_a_row_that_changed_changes_its_incident_and_keeps_what_it_said(store):
    bring_in(store, *TWO)
    name = incident_of_row(store, "X-1")
    [change] = planned(store, a_row("X-1", killed="14", own="red"), TWO[1]).changed
    assert change.what == ("killed 12 -> 14",)
    bring_in(store, a_row("X-1", killed="14", own="red"), TWO[1])
    held = store.incident(name)
    assert (incident_of_row(store, "X-1"), held.toll.killed.best, held.review.state, held.review.changed_at) == (
        name,
        14,
        "approved",
        None,
    )
    text = store.report(held.accounts[0].account.report).text
    assert "Killed: 12" in text
    assert "Our code: blue" in text
    assert text.endswith("Our code: red")
    assert all(text[s.start : s.end] == s.quote for s in held.accounts[0].account.evidence)
    assert any("row 2 of sheet march changed: killed 12 -> 14" in line.what for line in held.history)
    assert not planned(store, a_row("X-1", killed="14", own="red"), TWO[1]).changed


def test_a_row_that_changes_back_is_as_it_was(store):
    for killed in ("12", "14", "12"):
        bring_in(store, a_row(killed=killed))
    assert store.incident(incident_of_row(store, "X-1")).toll.killed.best == 12


def test_a_change_is_undone_and_then_the_row(store):
    bring_in(store, a_row())
    bring_in(store, a_row(killed="14"))
    entered = [one.decision.id for one in store.decisions() if one.decision.what == "enter"]
    name = incident_of_row(store, "X-1")
    for one in reversed([held for held in store.decisions() if held.decision.what == "accept"]):
        decisions.undo(store, one.decision.id, ANN, SETTINGS)
    decisions.undo(store, entered[1], ANN, SETTINGS)
    assert store.incident(name).toll.killed.best == 12
    decisions.undo(store, entered[0], ANN, SETTINGS)
    assert (store.incident(name), incident_of_row(store, "X-1")) == (None, None)


def test_what_was_decided_at_the_desk_holds_when_the_row_changes(store):
    bring_in(store, a_row())
    name = incident_of_row(store, "X-1")
    decisions.correct(store, name, "kind", "grenade", BEN, SETTINGS)
    bring_in(store, a_row(killed="14"))
    assert (store.incident(name).kind, store.incident(name).toll.killed.best) == ("grenade", 14)


def test_rows_without_ids_are_known_again_by_what_they_say(store):
    head, rows = (
        "date,type,country,killed",
        ("2024-03-12,attack,Kenya,3", "2024-03-12,attack,Kenya,3", "2024-05-12,attack,Kenya,4"),
    )
    sheet = a_sheet(*rows, head=head)
    assert len(plan_sheet(store, sheet, guess(sheet), ANN, SETTINGS).new) == 3
    from dateline.importing.own import apply_sheet

    apply_sheet(store, plan_sheet(store, sheet, guess(sheet), ANN, SETTINGS), ANN, SETTINGS)
    assert len(list(store.incidents())) == 3
    assert len(plan_sheet(store, sheet, guess(sheet), ANN, SETTINGS).same) == 3


def test_rows_that_the_sheet_lacks_now_are_listed_and_stay(store):
    bring_in(store, *TWO)
    assert planned(store, TWO[0]).gone == ("X-2",)
    bring_in(store, TWO[0])
    assert incident_of_row(store, "X-2") is not None


def test_neither_a_run_nor_a_redo_takes_rows_away(store):
    bring_in(store, *TWO)
    before = [replace(one, history=()) for one in store.incidents()]
    redo.redo(store, SETTINGS, every=True, extract_all=lambda reports: iter(()))
    assert [replace(one, history=()) for one in store.incidents()] == before


# With what is held


def held_report(store, day=date(2024, 3, 12)):
    report = a_report(f"shelling of {day}", source=f"{day}.txt", outlet="Hawk Wire")
    port = a_where("Port Verity", "KE", lat=-4.05, lon=39.67)
    account = an_account(report, kind="shelling/artillery/missile attack", when=a_when(day), where=port, killed=12)
    store.keep(report, Told((account,)), extracted="done", extractor="v1")
    with store.reconciling() as reconciling:
        reconciling.reconcile(reconciling.unreconciled(), "reliable", report.fetched.at)


def test_a_row_says_that_it_is_held_already_and_joins(store):
    held_report(store)
    plan = planned(store, a_row())
    assert plan.joins == {"sheet:march#X-1": "DTL-1"}
    assert len(store.incident("DTL-1").accounts) == 1  # a plan changes nothing
    done = bring_in(store, a_row())
    assert [(row.incident, row.joined) for row in done.rows] == [("DTL-1", True)]
    assert (len(store.incident("DTL-1").accounts), store.incident("DTL-1").review.state, done.accepted) == (2, "unreviewed", 0)


def test_a_row_is_kept_apart_where_the_person_says_so(store):
    held_report(store)
    done = bring_in(store, a_row(), apart=True)
    assert ([row.incident for row in done.rows], done.accepted, len(store.incident("DTL-1").accounts)) == (["DTL-2"], 1, 1)


def test_two_rows_of_one_sheet_are_never_one_incident(store):
    held_report(store)
    bring_in(store, a_row("X-1"), a_row("X-2"), a_row("X-3"))
    of = {own: incident_of_row(store, own) for own in ("X-1", "X-2", "X-3")}
    assert len(set(of.values())) == 3
    held_report(store, date(2024, 3, 13))
    assert {own: incident_of_row(store, own) for own in of} == of


def test_one_id_in_two_sheets_is_asked_which(store):
    bring_in(store, a_row())
    sheet = a_sheet(a_row(date="2020-01-01"), file="april.csv")
    from dateline.importing.own import apply_sheet

    apply_sheet(store, plan_sheet(store, sheet, guess(sheet), ANN, SETTINGS), ANN, SETTINGS)
    with pytest.raises(DecisionError, match="row of several sheets"):
        incident_of_row(store, "X-1")
    assert incident_of_row(store, "april#X-1") != incident_of_row(store, "march#X-1")


# People's safety, and hostile cells


def test_names_of_victims_are_not_published(store):
    head = "id,date,type,country,killed,victim names,target"
    sheet = a_sheet('1,2024-03-12,attack,Kenya,2,"Selda Oarewyn; Tam Quillip",Selda Oarewyn', head=head)
    from dateline.importing.own import apply_sheet

    apply_sheet(store, plan_sheet(store, sheet, guess(sheet), ANN, SETTINGS), ANN, SETTINGS)
    held = store.incident("DTL-1")
    assert "Oarewyn" in str(held)
    assert "Oarewyn" not in str(withhold(held).incident)
    assert "Quillip" not in str(withhold(held).incident)


@pytest.mark.parametrize(
    "words", ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "\u202egnihton", "x" * 90_000, "a: b\nmarch: X-9"]
)
def test_a_hostile_cell_is_words_like_any_others(store, words):
    head = "id,date,type,country,notes"
    quoted = words.replace('"', '""')
    sheet = a_sheet(f'1,2024-03-12,attack,Kenya,"{quoted}"', head=head)
    from dateline.importing.own import apply_sheet

    apply_sheet(store, plan_sheet(store, sheet, guess(sheet), ANN, SETTINGS), ANN, SETTINGS)
    assert incident_of_row(store, "1") == "DTL-1"
    assert len(plan_sheet(store, sheet, guess(sheet), ANN, SETTINGS).same) == 1
