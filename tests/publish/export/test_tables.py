"""CSV, XLSX, Parquet, JSON Lines and HXL, read back, hold what left; words of reports run nowhere."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from made_exports import HOSTILE, an_event, exported, exported_with, full_event, many, told

from dateline.publish.export import SHAPES, Known, sheets
from dateline.publish.export.cells import csv_cell, guarded, joined, unguarded
from dateline.publish.export.item import item_of
from dateline.publish.export.tables import TABLES
from dateline.publish.withhold import withhold
from dateline.records import Incident, from_json
from dateline.records.revision import revision_of
from made_incidents import a_figure, a_report, a_toll, a_when, an_incident

FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def rows_of(table, *incidents):
    return [row for incident in incidents for row in table.rows(item_of(incident, Known(), None))]


def hostile_event():
    text = f"Shelling hit. {HOSTILE} said so."
    account = told(text, figures=(a_figure(HOSTILE, 1, 1, 1, "exact", text=text, who=HOSTILE, speaker=HOSTILE, id="f1"),))
    held = an_incident([account], [a_report(text, title=HOSTILE, outlet=HOSTILE, agency=HOSTILE)])
    return replace(held, headline=HOSTILE, where=replace(held.where, name=HOSTILE, text=HOSTILE, admin1=HOSTILE))


# CSV


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_csv_read_back_is_what_left(table):
    kept = exported("csv", full_event())
    rows = kept.rows("" if table.name == "incidents" else f"{table.name}.csv")
    expected = [[csv_cell(value) for value in row] for row in rows_of(table, full_event())]
    assert [list(row.values()) for row in rows] == expected
    assert rows
    assert list(rows[0]) == [column.name for column in table.columns]


def test_what_the_reader_doubts_is_named_with_its_role_and_how_likely():
    kept = exported("csv", full_event())
    assert [row["doubted"] for row in kept.rows("")] == ["mortars (weapon, 0.04)"]
    assert {row["origin"] for part in ("figures.csv", "sources.csv") for row in kept.rows(part)} == {"rule"}


def test_csv_is_read_by_pandas_with_unknown_apart_from_zero():
    tolls = (a_toll(0, 0, 0), a_toll(None, None, None))
    nobody, unknown = (an_event(toll=replace(an_event().toll, killed=toll)) for toll in tolls)
    frame = pd.read_csv(io.BytesIO(exported("csv", nobody, unknown).bytes()))
    assert frame["killed_best"].isna().tolist() == [False, True]
    assert frame["killed_best"][0] == 0


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@sum", "\uff1d1", "'=1", "''-1"])
def test_what_a_sheet_would_run_gets_an_apostrophe_that_can_be_taken_off_again(words):
    assert guarded(words) == f"'{words}"
    assert unguarded(guarded(words)) == words


@pytest.mark.parametrize("words", ["'Abd al-Orawein", "12 killed", "a = b", "", "O'Quillip"])
def test_other_words_are_left_as_they_are(words):
    assert guarded(words) == words
    assert unguarded(words) == words


def test_numbers_keep_their_sign():
    assert csv_cell(-0.04472) == "-0.04472"


@pytest.mark.parametrize("shape", ["csv", "acled", "ucdp", "hxl"])
def test_hostile_words_stand_harmless_in_a_cell(shape):
    event = hostile_event()
    kept = exported(shape, replace(event, where=replace(event.where, admin2=HOSTILE)))
    for part in (part for part in kept.parts if part == "" or part.endswith(".csv")):
        for row in kept.rows(part):
            words = [value for value in row.values() if not value.lstrip("-").replace(".", "").isdigit()]
            assert not any(value.startswith(FORMULAS) for value in words)
            assert all(char.isprintable() for value in row.values() for char in value)
        assert kept.text(part).count("\r\n") == len(kept.rows(part)) + 1


def test_the_separator_within_a_value_becomes_a_comma():
    assert joined(("a; b", "c", None, "c")) == "a, b; c"


# XLSX


def book_of(*incidents):
    return openpyxl.load_workbook(io.BytesIO(exported("xlsx", *incidents).bytes()))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_xlsx_read_back_is_what_left_with_its_types(table):
    sheet = book_of(full_event())[table.name]
    heads, *rows = sheet.iter_rows(values_only=True)
    assert list(heads) == [column.name for column in table.columns]
    for row, expected in zip(rows, rows_of(table, full_event()), strict=True):
        for column, shown, held in zip(table.columns, row, expected, strict=True):
            if isinstance(held, datetime):
                assert shown == held.replace(tzinfo=None)
            elif isinstance(held, date):
                assert shown == datetime(held.year, held.month, held.day), column.name
            elif isinstance(held, tuple):
                assert shown == joined(held)
            else:
                assert shown == held, column.name


def test_ids_that_look_like_numbers_stay_text():
    account = told(figures=(a_figure("At least 12 people", 12, None, 12, "at_least", id="00412"),))
    assert book_of(an_event([account]))["figures"]["B2"].value == "00412"


def test_a_workbook_has_no_formula_and_no_link():
    book = book_of(hostile_event())
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b", "d", "inlineStr"}
    assert all(cell.hyperlink is None for cell in cells)
    formulas = [cell for cell in cells if str(cell.value).startswith(("=", "@"))]
    assert formulas
    assert all(cell.quotePrefix for cell in formulas)


def test_words_of_both_directions_stay_and_marks_of_direction_go():
    event = an_event(headline="قصف \u202e\u2067ميناء\u2069 Port Verity")
    assert book_of(event)["incidents"]["C2"].value == "قصف ميناء Port Verity"


def test_a_sheet_that_is_full_goes_on_in_another(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 4)
    book = book_of(*many(7))
    sheets_of_it = [book[name] for name in ("incidents", "incidents 2", "incidents 3")]
    names = [row[0] for sheet in sheets_of_it for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert names == [f"DTL-{number}" for number in range(1, 8)]
    assert book["incidents 3"]["A1"].value == "incident_id"


def test_a_cell_that_is_too_long_is_cut_and_goes_whole_to_the_side_file():
    words = "mud \U0001f525 " * 10_000
    kept = exported("xlsx", an_event(headline=words))
    shown = openpyxl.load_workbook(io.BytesIO(kept.bytes()))["incidents"]["C2"].value
    assert len(shown.encode("utf-16-le")) // 2 <= sheets.MOST_CHARS
    assert shown.endswith("…")
    [left] = kept.left_out()
    assert (left["what"], left["value"]) == ("incidents.headline", words.strip())


def test_days_before_the_calendar_of_sheets_are_written_as_words():
    day = date(1898, 5, 1)
    event = an_event(when=a_when(earliest=day, latest=day, best=day, precision="day"))
    assert "1898-05-01" in {cell.value for cell in book_of(event)["incidents"][2]}


def test_a_workbook_says_what_it_is():
    sheet = dict(book_of(full_event())["about"].iter_rows(values_only=True))
    assert sheet["filter_words"] == "since 2024-03-01; countries ML"
    assert sheet["licence"] == "CC BY 4.0"
    assert sheet["handling"] == "TLP:GREEN"


# Parquet


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_parquet_read_back_is_what_left(table):
    kept = exported("parquet", full_event(), an_event(id="DTL-2"))
    file = pq.read_table(io.BytesIO(kept.bytes("" if table.name == "incidents" else f"{table.name}.parquet")))
    expected = rows_of(table, full_event(), an_event(id="DTL-2"))
    assert [[list(v) if isinstance(v, tuple) else v for v in row] for row in expected] == [
        [row[column.name] for column in table.columns] for row in file.to_pylist()]


def test_parquet_is_typed_as_the_conventions_ask():
    schema = pq.read_schema(io.BytesIO(exported("parquet", full_event()).bytes()))
    forms = {name: str(schema.field(name).type) for name in ("when_best", "changed_at", "killed_low", "weapons", "incident_id")}
    assert forms == {"when_best": "date32[day]", "changed_at": "timestamp[us, tz=UTC]", "killed_low": "int32",
                     "weapons": "list<element: string>", "incident_id": "string"}


def test_every_parquet_file_says_what_it_is():
    kept = exported("parquet", full_event())
    for part in ("", "figures.parquet", "sources.parquet", "claims.parquet"):
        told_of = pq.read_metadata(io.BytesIO(kept.bytes(part))).metadata[b"dateline"]
        assert json.loads(told_of)["handling"] == "TLP:GREEN"


def test_an_export_of_nothing_is_read_too():
    kept = exported("parquet")
    assert pq.read_table(io.BytesIO(kept.bytes())).num_rows == 0
    assert kept.about()["incidents"] == 0


# JSON Lines


def test_jsonl_loses_nothing_that_may_be_shown():
    [line] = exported("jsonl", full_event()).lines()
    assert from_json(Incident, line) == withhold(full_event()).incident
    assert line["revision"] == revision_of(full_event())


def test_jsonl_of_hostile_words_is_a_line_an_incident():
    kept = exported("jsonl", hostile_event())
    assert len(kept.lines()) == 1
    assert "\u202e" not in kept.text()


# HXL


def test_hxl_has_its_tags_under_its_heads():
    heads, tags, row = pd.read_csv(io.BytesIO(exported("hxl", full_event()).bytes()), header=None, dtype=str).values.tolist()
    told_by = dict(zip(tags, row, strict=True))
    assert all(str(tag).startswith("#") for tag in tags)
    assert len(set(tags)) == len(tags) == len(heads)
    assert told_by["#event+code"] == "DTL-1"
    assert told_by["#country+code"] == "MLI"
    assert told_by["#date+occurred"] == "2024-03-12"
    assert told_by["#affected+killed"] == "12"
    assert told_by["#affected+injured+min"] == "30"


# All


@pytest.mark.parametrize("shape", SHAPES)
def test_no_withheld_name_leaves_in_any_shape(shape):
    kept, written = exported_with(shape, [full_event()])
    for part in kept.parts:
        data = kept.bytes(part)
        if shape == "xlsx" and part == "":
            book = openpyxl.load_workbook(io.BytesIO(data))
            data = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row).encode()
        if part.endswith("parquet") or (shape == "parquet" and part == ""):
            data = str(pq.read_table(io.BytesIO(data)).to_pylist()).encode()
        assert b"Oarewyn" not in data
        assert b"Selda" not in data
    assert written.names == 1
    assert kept.about()["withheld"] == {"names": 1, "passages": 0, "places": 0}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_folder_of_a_machine_leaves_in_any_shape(shape):
    account = told()
    event = an_incident([account], [a_report(source="/srv/ana/reports/verity.txt")])
    kept = exported(shape, event)
    assert all(b"/srv/ana" not in kept.bytes(part) for part in kept.parts)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_export_says_filter_rows_version_licence_and_handling(shape):
    told_of = exported(shape, full_event()).about()
    assert told_of["filter"] == {"since": "2024-03-01", "countries": ["ML"]}
    assert told_of["rows"]["incidents"] == 1
    assert told_of["version"].startswith("dateline ")
    assert (told_of["licence"], told_of["handling"], told_of["made_at"]) == ("CC BY 4.0", "TLP:GREEN", "2024-05-01T12:00:00Z")
