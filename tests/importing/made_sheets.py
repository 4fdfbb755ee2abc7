"""Sheets and workbooks for the tests of importing: made-up incidents, outlets and coders."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl

from dateline.decisions import By
from dateline.importing.mapping import guess
from dateline.importing.own import apply_sheet, plan_sheet
from dateline.importing.sheets import Sheet, read_text
from dateline.publish.export import About, FilesBeside, Known, write
from dateline.queries import register_in_force, sources_in_force
from dateline.settings import Settings

SETTINGS = Settings()
ANN, BEN = By("ann"), By("ben")
HEAD = "Id,Date,Type,Place,Country,Lat,Lon,Killed,Injured,Perpetrator,Source,Notes,Our code"
PORT = "Port Verity,Kenya,-4.05,39.67"


def a_row(
    id="X-1",
    date="2024-03-12",
    kind="Shelling",
    place=PORT,
    killed="12",
    injured="30",
    who="",
    source="Verity Post",
    notes="shells fell on the market",
    own="blue",
):
    return f"{id},{date},{kind},{place},{killed},{injured},{who},{source},{notes},{own}"


def a_sheet(*rows: str, head: str = HEAD, file: str = "march.csv") -> Sheet:
    return read_text("\n".join([head, *(rows or (a_row(),))]), file)


def bring_in(store: Any, *rows: str, **given: Any) -> Any:
    """Import rows as a coder does who says --apply."""
    sheet = a_sheet(*rows)
    return apply_sheet(store, plan_sheet(store, sheet, guess(sheet), ANN, SETTINGS, with_joins=False, **given), ANN, SETTINGS)


def workbook(sheets: dict[str, Iterable[Sequence[Any]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    to = io.BytesIO()
    book.save(to)
    return to.getvalue()


def exported(store: Any, path: Path) -> Path:
    """The record as an export, in the shape that the path's suffix says."""
    known = Known(register_in_force(""), sources_in_force(SETTINGS))
    with FilesBeside(path) as files:
        write(store.incidents(), path.suffix[1:], files, About(datetime.now(UTC)), known=known, report=store.report)
    return path


def edit(
    path: Path, changes: dict[str, dict[str, Any]], *, sheet: str = "incidents", key: str = "incident_id", to: Path | None = None
) -> Path:
    """The workbook with cells changed: id -> column -> value; a column that is not there is added."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    columns = {cell.value: cell.column for cell in page[1]}
    for name in {name for cells in changes.values() for name in cells} - set(columns):
        columns[name] = page.max_column + 1
        page.cell(1, columns[name]).value = name
    for row in range(2, page.max_row + 1):
        for name, value in changes.get(str(page.cell(row, columns[key]).value), {}).items():
            page.cell(row, columns[name]).value = value
    book.save(to or path)
    return to or path
