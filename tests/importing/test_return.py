"""An export that comes back edited: what changed is shown, decided with its history, and refused where it is out of date."""

from __future__ import annotations

import csv
import time
from datetime import date, datetime

import openpyxl
import pytest

from dateline import decisions
from dateline.errors import ReadError
from dateline.importing.own import incident_of_row
from dateline.importing.returned import apply_return
from dateline.importing.returning import is_returning, plan_return
from dateline.importing.sheets import read_sheets
from dateline.store import open_record
from importing.made_sheets import ANN, BEN, PORT, SETTINGS, a_row, a_sheet, bring_in, edit, exported
from store.made import Told, a_figure, a_report, a_when, a_where, an_account

ROWS = (
    a_row("X-1"),
    a_row("X-2", date="2024-04-02", kind="Armed clash", killed="3"),
    a_row("X-3", date="2024-05-20", kind="Kidnapping", killed=""),
)


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "d.db") as opened:
        bring_in(opened, *ROWS)
        yield opened


@pytest.fixture
def book(store, tmp_path):
    return exported(store, tmp_path / "out.xlsx")


def ids(store):
    return [incident_of_row(store, own) for own in ("X-1", "X-2", "X-3")]


def planned(store, path):
    return plan_return(store, read_sheets(path), SETTINGS)


def differences(plan):
    return {edit.incident: [(one.column, one.before, one.after) for one in edit.differences] for edit in plan.edits}


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_an_export_that_nobody_edited_changes_nothing(store, tmp_path, suffix):
    path = exported(store, tmp_path / f"out{suffix}")
    assert is_returning(read_sheets(path))
    plan = planned(store, path)
    assert (plan.edits, plan.stale, plan.refused, plan.same) == ((), (), (), 3)


def test_what_was_edited_is_shown_and_then_decided_with_its_history(store, book):
    one, two, three = ids(store)
    plan = planned(
        store, edit(book, {one: {"kind": "grenade"}, two: {"when_best": datetime(2024, 4, 3)}, three: {"nature": "crime"}})
    )
    assert differences(plan) == {
        one: [("kind", "shelling/artillery/missile attack", "grenade")],
        two: [("when_best", "2024-04-02", "2024-04-03")],
        three: [("nature", "political", "crime")],
    }
    assert store.incident(one).kind != "grenade"
    done = apply_return(store, plan, ANN, SETTINGS)
    assert sorted(done.done) == sorted([one, two, three])
    held = store.incident(one), store.incident(two), store.incident(three)
    assert (held[0].kind, held[1].when.best, held[1].when.earliest, held[2].nature) == (
        "grenade",
        date(2024, 4, 3),
        date(2024, 4, 3),
        "crime",
    )
    line = held[0].history[-1]
    assert (line.what[:14], line.who, line.why) == ("corrected kind", "ann", f"row {plan.edits[0].rows[0]} of out.xlsx")
    [event] = done.done[one]
    decisions.undo(store, event, ANN, SETTINGS)
    assert store.incident(one).kind == "shelling/artillery/missile attack"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        pytest.param({"place": "Kabul", "country": "AF"}, {"name": "Kabul", "country": "AF", "precision": 1}, id="another-place"),
        pytest.param({"lat": -4.5, "lon": 39.9}, {"name": "Port Verity", "lat": -4.5, "lon": 39.9}, id="another-point"),
        pytest.param({"gazetteer_id": "geonames:1138958"}, {"name": "Kabul", "country": "AF"}, id="a-place-by-its-id"),
        pytest.param(
            {"admin2": "Lower Quill"}, {"name": "Port Verity", "admin2": "Lower Quill", "lat": -4.05}, id="its-district"
        ),
        pytest.param({"location_precision": 4}, {"lat": -4.05, "precision": 4}, id="its-precision"),
    ],
)
def test_a_place_is_corrected(store, book, cells, told):
    one = ids(store)[0]
    apply_return(store, planned(store, edit(book, {one: cells})), ANN, SETTINGS)
    where = store.incident(one).where
    assert {name: getattr(where, name) for name in told} == told


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"when_earliest": "2024-03-10", "when_latest": "2024-03-14", "when_best": None}, ("2024-03-10", "2024-03-14", None)),
        (
            {"when_earliest": datetime(2024, 3, 10), "when_latest": datetime(2024, 3, 14)},
            ("2024-03-10", "2024-03-14", "2024-03-12"),
        ),
        ({"when_best": "12/05/2024"}, None),
        ({"when_best": "25/05/2024"}, ("2024-05-25", "2024-05-25", "2024-05-25")),
    ],
)
def test_days_are_corrected(store, book, cells, told):
    one = ids(store)[0]
    plan = planned(store, edit(book, {one: cells}))
    apply_return(store, plan, ANN, SETTINGS)
    when = store.incident(one).when
    if told is None:
        assert "may be two days" in plan.refused[0].why
    else:
        assert tuple(day.isoformat() if day else None for day in (when.earliest, when.latest, when.best)) == told


def test_a_toll_that_comes_of_one_figure_is_that_figure_corrected(store, book):
    one, _, three = ids(store)
    plan = planned(store, edit(book, {one: {"killed_low": 10, "killed_best": 12, "killed_high": 15}, three: {"killed_best": 2}}))
    assert not plan.refused
    apply_return(store, plan, ANN, SETTINGS)
    toll = store.incident(one).toll.killed
    assert (toll.low, toll.best, toll.high) == (10, 12, 15)
    assert store.incident(three).toll.killed.best == 2  # nobody had counted them: a figure of hers, with its row as note
    assert {joined.report.outlet for joined in store.incident(three).accounts} == {"Verity Post", "edited sheet"}


def test_a_best_count_that_changes_alone_takes_its_ends_along(store, book):
    one = ids(store)[0]
    apply_return(store, planned(store, edit(book, {one: {"killed_best": 14}})), ANN, SETTINGS)
    toll = store.incident(one).toll.killed
    assert (toll.low, toll.best, toll.high) == (14, 14, 14)


def test_a_toll_that_comes_of_several_figures_is_corrected_on_their_sheet(store, tmp_path):
    one = ids(store)[0]
    report = a_report("another", source="b.txt", outlet="Hawk Wire")
    port = a_where("Port Verity", "KE", lat=-4.05, lon=39.67)
    account = an_account(
        report,
        kind="shelling/artillery/missile attack",
        when=a_when(date(2024, 3, 12)),
        where=port,
        figures=(a_figure(20, speaker=None),),
    )
    store.keep(report, Told((account,)), extracted="done", extractor="v1")
    with store.reconciling() as reconciling:
        reconciling.reconcile(reconciling.unreconciled(), "reliable", report.fetched.at)
    assert len(store.incident(one).accounts) == 2
    plan = planned(store, edit(exported(store, tmp_path / "a.xlsx"), {one: {"killed_best": 22}}))
    assert "it comes of 2 figures" in plan.refused[0].why
    assert "20 (Hawk Wire)" in plan.refused[0].why
    path = edit(
        exported(store, tmp_path / "b.xlsx"),
        {"f1": {"value": 22, "low": 22, "high": 22, "speaker": "the mayor's office"}},
        sheet="figures",
        key="figure_id",
    )
    apply_return(store, planned(store, path), ANN, SETTINGS)
    figure = next(f for joined in store.incident(one).accounts for f in joined.account.figures if f.id == "f1")
    assert (figure.low, figure.high, figure.value, figure.speaker, figure.words) == (22, 22, 22, "the mayor's office", "22")


def test_a_figure_is_added_on_the_sheet_of_figures_once(store, book):
    one = ids(store)[0]
    workbook = openpyxl.load_workbook(book)
    page = workbook["figures"]
    heads = {cell.value: cell.column for cell in page[1]}
    at = page.max_row + 1
    for name, value in {
        "incident_id": one,
        "effect": "abducted",
        "words": "at least 5",
        "speaker": "the mayor",
        "outlet": "Quill Radio",
    }.items():
        page.cell(at, heads[name]).value = value
    workbook.save(book)
    apply_return(store, planned(store, book), ANN, SETTINGS)
    [figure] = [f for joined in store.incident(one).accounts for f in joined.account.figures if f.effect == "abducted"]
    assert (figure.low, figure.high, figure.speaker) == (5, None, "the mayor")
    assert [stale.incident for stale in planned(store, book).stale] == [one]  # and not a second time


def test_reviews_and_confidence_come_after_what_was_corrected(store, book):
    one, two, three = ids(store)
    path = edit(
        book,
        {
            one: {"kind": "grenade", "review": "coded"},
            two: {"review": "rejected", "why": "a drill"},
            three: {"confidence": "high"},
        },
    )
    apply_return(store, planned(store, path), BEN, SETTINGS)
    reviews = [store.incident(name).review for name in (one, two, three)]
    assert (reviews[0].state, reviews[0].who, reviews[0].changed_at) == ("coded", "ben", None)
    assert (reviews[1].state, reviews[1].reason, reviews[2].confidence) == ("rejected", "a drill", "high")


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"kind": "frobnication"}, "kind: no kind 'frobnication'"),
        ({"kind": None}, "kind: no kind None"),
        ({"killed_best": "a dozen or so"}, "killed_best: 'a dozen or so' is no number"),
        ({"killed_best": 2.5}, "killed_best: '2.5' is no whole number"),
        ({"killed_low": 20}, "are not in order"),
        ({"headline": "my own"}, "headline: is worked out from the reports"),
        ({"place": "Nowhereville"}, "give lat and lon with it"),
        ({"lat": 95}, "lat: 95"),
        ({"country": "Atlantis"}, "no country 'Atlantis'"),
        ({"review": "rejected"}, "needs a reason, in a column named why"),
        ({"review": "done"}, "cannot be set in a sheet"),
        ({"when_best": "2024-02-30"}, "when_best: '2024-02-30' is no date of the calendar"),
        ({"ongoing": "perhaps"}, "ongoing: 'perhaps' is neither true nor false"),
        ({"confidence": "sure"}, "confidence: 'sure' is none of low, medium, high"),
        ({"time_of_day": "teatime"}, "time_of_day: 'teatime'"),
    ],
)
def test_a_row_with_a_cell_that_cannot_be_is_refused_whole(store, book, cells, why):
    one = ids(store)[0]
    plan = planned(store, edit(book, {one: {"nature": "crime", **cells}}))
    assert [(refused.incident, why in refused.why) for refused in plan.refused] == [(one, True)], plan.refused
    assert not plan.edits


def test_a_row_that_is_out_of_date_is_refused_with_both_versions(store, book):
    one, two, _ = ids(store)
    path = edit(book, {one: {"kind": "grenade"}, two: {"nature": "crime"}})
    late = planned(store, path)
    decisions.correct(store, one, "kind", "attack", BEN, SETTINGS)
    [stale] = planned(store, path).stale
    assert (stale.incident, "by ben" in stale.changed) == (one, True)
    assert [(d.column, d.before, d.after) for d in stale.differences] == [("kind", "attack", "grenade")]
    done = apply_return(store, late, ANN, SETTINGS)  # planned before, applied after
    assert ([one.incident for one in done.stale], list(done.done)) == ([one], [two])
    assert store.incident(one).kind == "attack"


def test_a_row_that_was_applied_already_is_as_it_left(store, book):
    one = ids(store)[0]
    path = edit(book, {one: {"kind": "grenade"}})
    apply_return(store, planned(store, path), ANN, SETTINGS)
    plan = planned(store, path)
    assert (plan.edits, plan.stale, plan.refused, plan.same) == ((), (), (), 3)


def test_ids_that_are_unknown_gone_or_twice_are_listed(store, tmp_path):
    one, two, three = ids(store)
    path = exported(store, tmp_path / "out.csv")
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    decisions.merge(store, one, three, ANN, SETTINGS)
    gone = {one, three} - {incident.id for incident in store.incidents()}
    rows += [rows[1], {**rows[1], "incident_id": "DTL-999"}, {**rows[1], "incident_id": "X-7"}]
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, rows[0])
        out.writeheader()
        out.writerows(rows)
    plan = plan_return(store, read_sheets(path), SETTINGS)
    told = {refused.incident: refused.why for refused in plan.refused}
    twice = rows[1]["incident_id"]
    assert "no incident DTL-999" in told["DTL-999"]
    assert "is no incident's id" in told[None]
    assert any("held no more: merged into" in told.get(name, "") for name in gone)
    assert twice in gone | {one, two, three}
    assert "are all" in told[twice]


def test_order_of_rows_and_columns_and_what_was_added_or_taken_out_do_not_matter(store, tmp_path):
    one = ids(store)[0]
    path = exported(store, tmp_path / "out.csv")
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    heads = ["our remark", "revision", "kind", "incident_id", "killed_best", "ongoing", "when_best"]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.DictWriter(file, heads, extrasaction="ignore", delimiter=";")
        out.writeheader()
        for row in reversed(rows):
            day = date.fromisoformat(row["when_best"])
            out.writerow(
                {
                    **row,
                    "our remark": "seen",
                    "ongoing": row["ongoing"].upper(),
                    "when_best": f"{day:%d.%m.%Y}",
                    "kind": "grenade" if row["incident_id"] == one else row["kind"],
                }
            )
    plan = plan_return(store, read_sheets(path), SETTINGS)
    assert differences(plan) == {one: [("kind", "shelling/artillery/missile attack", "grenade")]}
    assert (plan.same, plan.added_columns) == (2, ("our remark",))


def test_a_workbook_saved_by_another_program_is_as_it_left(store, book):
    """As LibreOffice saves it: numbers as floats, days without a zone, empty cells with a format, another sheet before."""
    held = openpyxl.load_workbook(book)
    held.create_sheet("remarks", 0).append(["a", "b"])
    for row in held["incidents"].iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, int) and not isinstance(cell.value, bool):
                cell.value = float(cell.value)
            if cell.value is None:
                cell.number_format = "0.00"
    held.save(book)
    assert planned(store, book).same == 3


def test_a_withheld_name_is_no_edit_and_cannot_be_written_over(tmp_path):
    with open_record(tmp_path / "n.db") as store:
        head = "id,date,type,country,killed,target,speaker"
        from dateline.importing.mapping import guess
        from dateline.importing.own import apply_sheet, plan_sheet

        sheet = a_sheet("1,2024-03-12,attack,Kenya,2,Selda Oarewyn,Selda Oarewyn's sister", head=head)
        apply_sheet(store, plan_sheet(store, sheet, guess(sheet), ANN, SETTINGS), ANN, SETTINGS)
        path = exported(store, tmp_path / "out.xlsx")
        [of_figures] = [sheet for sheet in read_sheets(path) if sheet.name == "figures"]
        speaker, figure = of_figures.rows[0].words("speaker"), of_figures.rows[0].words("figure_id")
        assert "[withheld]" in speaker
        assert planned(store, path).same == 1
        plan = planned(store, edit(path, {figure: {"speaker": f"{speaker} too"}}, sheet="figures", key="figure_id"))
        assert "stands for a name" in plan.refused[0].why
        assert not plan.edits


def test_a_sheet_without_revisions_is_no_export_of_ours():
    with pytest.raises(ReadError, match="no columns incident_id and revision"):
        plan_return(None, [a_sheet()], SETTINGS)


@pytest.mark.slow
def test_a_thousand_edited_rows_lose_nothing(tmp_path):
    towns = (PORT, "Arden,Kenya,-1.2,36.8", "Lower Quill,Kenya,0.5,35.2", "Selby,Kenya,3.1,38.0")
    rows = [
        a_row(
            f"X-{n}",
            date=f"20{10 + n % 14}-{1 + n % 12:02}-{1 + n % 28:02}",
            place=towns[n % 4],
            killed=str(n % 30),
            injured=str(n % 7),
        )
        for n in range(1000)
    ]
    with open_record(tmp_path / "d.db") as store:
        begun = time.monotonic()
        bring_in(store, *rows)
        brought = time.monotonic() - begun
        before = {one.id: one for one in store.incidents()}
        assert len(before) == 1000
        book = exported(store, tmp_path / "out.xlsx")
        changes = {
            name: (
                {"kind": "grenade"},
                {"when_best": datetime(2009, 1, 1 + at % 28)},
                {"killed_low": 50, "killed_best": 60, "killed_high": 70},
                {"lat": 1.5, "lon": 37.5},
                {"review": "coded", "confidence": "low"},
            )[at % 5]
            for at, name in enumerate(before)
        }
        path = edit(book, changes)
        begun = time.monotonic()
        plan = planned(store, path)
        done = apply_return(store, plan, BEN, SETTINGS)
        took = time.monotonic() - begun
        after = {one.id: one for one in store.incidents()}
        assert (len(plan.edits), plan.stale, plan.refused, done.stale, done.refused, len(done.done)) == (
            1000,
            (),
            (),
            (),
            (),
            1000,
        )
        for at, (name, cells) in enumerate(changes.items()):
            was, held = before[name], after[name]
            toll = held.toll.killed
            shown = {
                "kind": held.kind,
                "when_best": held.when.best,
                "killed_low": toll.low,
                "killed_best": toll.best,
                "killed_high": toll.high,
                "lat": held.where.lat,
                "lon": held.where.lon,
                "review": held.review.state,
                "confidence": held.review.confidence,
            }
            assert {column: shown[column] for column in cells} == {
                column: value.date() if isinstance(value, datetime) else value for column, value in cells.items()
            }, (at, name)
            assert (held.history[: len(was.history)], held.accounts[0].report.source) == (
                was.history,
                was.accounts[0].report.source,
            )
            assert held.history[-1].who in ("ben", "dateline")
            assert any(line.who == "ben" for line in held.history)
        again = exported(store, tmp_path / "again.xlsx")
        plan = planned(store, again)
        assert (plan.edits, plan.same) == ((), 1000)
    print(f"1,000 rows brought in in {brought:.1f} s, 1,000 edits planned and applied in {took:.1f} s")
    assert took < 60
    assert brought < 120
