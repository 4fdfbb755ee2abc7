"""Reading sheets: what people and programs save, and what is refused."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ReadError
from dateline.importing.sheets import MOST_COLUMNS, cell_words, read_sheets, read_text
from dateline.publish.export.cells import csv_cell, unguarded
from importing.made_sheets import workbook

HEAD = ("id", "date", "notes")


def rows_of(sheet):
    return [dict(row.cells) for row in sheet.rows]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_mark_between_cells_is_told_from_the_lines(mark):
    sheet = read_text(
        mark.join(HEAD) + "\n" + mark.join(("X-1", "2024-03-12", "a, b; c")).replace("a, b; c", '"a, b; c"'), "a.csv"
    )
    assert rows_of(sheet) == [{"id": "X-1", "date": "2024-03-12", "notes": "a, b; c"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_spreadsheets_encodings_are_read(encoding):
    [sheet] = read_sheets(("id,lieu\n1,Café Verité à Port" + ", with more words of the day" * 9).encode(encoding), "a.csv")
    assert rows_of(sheet) == [{"id": "1", "lieu": "Café Verité à Port"}]


def test_rows_have_the_numbers_that_a_spreadsheet_shows():
    sheet = read_text('March list\n\nid,notes\nX-1,"two\nlines"\n\nX-2,one\n', "a.csv")
    assert [(row.number, row.words("id"), row.words("notes")) for row in sheet.rows] == [
        (4, "X-1", "two\nlines"),
        (6, "X-2", "one"),
    ]


def test_a_row_of_hxl_tags_is_none_of_the_rows():
    assert len(read_text("id,date\n#event+code,#date+start\nX-1,2024-03-12\n", "a.csv").rows) == 1


def test_a_second_column_of_one_name_is_kept_beside_the_first():
    assert read_text("date,date,place\n1,2,3\n", "a.csv").columns == ("date", "date (2)", "place")


def test_an_apostrophe_that_guards_a_formula_goes_and_others_stay():
    sheet = read_text("id,notes\n'=1+1,'tis said\n", "a.csv")
    assert rows_of(sheet) == [{"id": "=1+1", "notes": "'tis said"}]


def test_a_workbooks_cells_are_typed_and_formulas_are_never_run():
    raw = workbook({"list": [HEAD, ("X-1", datetime(2024, 3, 12), 12), ("X-2", "=1+1", None)], "empty": [("only", "heads")]})
    [sheet] = read_sheets(raw, "a.xlsx")
    assert rows_of(sheet) == [{"id": "X-1", "date": datetime(2024, 3, 12), "notes": 12}, {"id": "X-2"}]
    assert sheet.problems == ("row 3: the formula =1+1 has no stored value; open the file in a spreadsheet program and save it",)


def test_what_a_cell_says_is_the_same_however_it_is_typed():
    told = [
        cell_words(one) for one in (12, 12.0, "12", True, date(2024, 3, 12), datetime(2024, 3, 12), datetime(2024, 3, 12, 7, 30))
    ]
    assert told == ["12", "12", "12", "true", "2024-03-12", "2024-03-12", "2024-03-12T07:30:00"]


def a_zip(parts, method=zipfile.ZIP_DEFLATED):
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", method) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return to.getvalue()


def damaged(raw):
    """A zip whose first part, `xl/workbook.xml`, unpacks to nothing any more."""
    first = 30 + len("xl/workbook.xml")
    return raw[:first] + b"\xff" * 8 + raw[first + 8:]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"%PDF-1.4 words", "binary", id="pdf"),
        pytest.param(b"\xd0\xcf\x11\xe0 old", "old form", id="xls"),
        pytest.param(a_zip({"a.txt": b"x"}), "not an XLSX workbook", id="another-archive"),
        pytest.param(
            a_zip({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000}), "unpacks to far more", id="bomb"
        ),
        pytest.param(
            a_zip({"xl/workbook.xml": b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
            "entities",
            id="entities",
        ),
        pytest.param(a_zip({"xl/workbook.xml": b"<a>"}), "broken workbook", id="broken"),
        pytest.param(b"PK\x03\x04 cut", "broken workbook", id="cut"),
        pytest.param(damaged(a_zip({"xl/workbook.xml": b"<a/>" * 900})), "broken workbook", id="packed-bytes-that-are-damaged"),
        pytest.param(b"12,13\n14,15\n", "no row of column names", id="no-head"),
        pytest.param((",".join(f"c{n}" for n in range(MOST_COLUMNS + 2)) + "\n1,2\n").encode(), "columns, more than", id="wide"),
        pytest.param(b'id,notes\n1,"' + b"x" * 140_000 + b'"\n', "cannot be read as a table", id="a-book-in-a-cell"),
    ],
)
def test_what_is_no_sheet_is_refused_in_plain_words(raw, why):
    with pytest.raises(ReadError, match=why):
        read_sheets(raw, "a.xlsx")


@given(st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_a_csv_export_writes_is_read_back(rows):
    text = io.StringIO(newline="")
    written = csv.writer(text)
    written.writerow(HEAD)
    clean = [[" ".join("".join(c for c in cell if c.isprintable()).split()) for cell in row] for row in rows]
    written.writerows([[csv_cell(cell) for cell in row] for row in clean])
    sheet = read_text(text.getvalue(), "a.csv")
    kept = [row for row in clean if any(row)]
    told = [[row.words(name) for name in HEAD] for row in sheet.rows]
    assert told == kept or len(told) < len(kept)  # a row that looks like HXL tags is passed over


@given(st.binary(max_size=400))
def test_no_bytes_do_anything_but_read_or_be_refused(raw):
    try:
        for sheet in read_sheets(raw, "a.csv"):
            assert all(column for column in sheet.columns)
    except ReadError:
        pass


@given(st.text(max_size=20))
def test_a_guarded_cell_is_told_as_it_was(words):
    assert unguarded(csv_cell(words)) == words or words.startswith("'")
