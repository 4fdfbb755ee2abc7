"""XLSX -> Sheets. Values as they were saved; a formula is the value that its program stored, and is never worked out here."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from dateline.errors import ReadError
from dateline.importing.sheets import Cell, Sheet, table_of

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MOST_UNPACKED = 400_000_000  # bytes of all that the archive holds
MOST_SWELLING = 200  # times of one part; sheets pack 5 to 30 times, the most repetitive about 100
SWELLS_FREELY = 10_000_000  # bytes of one part, up to which it may swell as it likes
MOST_PARTS = 5_000
MOST_CELLS = 20_000_000  # of a sheet, empty ones between others counted: one cell in the last column of each row
HEAD_BYTES = 4_096  # of a part of XML, in which its first element begins
BLOCK_BYTES = 1 << 20
MOST_TOLD = 20  # cells without a value that are named
_DOCTYPE = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E", re.IGNORECASE)
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")  # one cut in two by the end of a block has others beside it
_EMPTY = frozenset({"#N/A", "#NULL!"})  # what a spreadsheet writes for nothing


def read_workbook(raw: bytes, file: str) -> tuple[Sheet, ...]:
    """The sheets of a workbook that have a head and rows under it. Raises ReadError: broken, a bomb, none has."""
    has_formulas = _refuse_bombs(raw, file)
    try:
        with closing(_opened(raw, data_only=True)) as values, closing(_opened(raw, data_only=False)) as formulas:
            return _sheets(values, formulas if has_formulas else None, file)
    except ReadError:
        raise
    except Exception as problem:  # whatever a parser makes of a broken file
        raise ReadError(
            file, f"a broken workbook ({type(problem).__name__})", todo="save it anew from a spreadsheet program"
        ) from None


def _opened(raw: bytes, *, data_only: bool) -> Any:
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=data_only, keep_links=False)


def _sheets(values: Any, formulas: Any | None, file: str) -> tuple[Sheet, ...]:
    found, why = [], None
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible" and len(values.worksheets) > 1:
            continue
        problems = _unstored(sheet, formulas[sheet.title], file) if formulas is not None else []
        try:
            table = table_of(_rows(sheet, file), file, sheet.title, problems)
        except ReadError as problem:
            if "no row of column names" not in problem.what:
                raise
            why = problem
            continue
        if table.rows:
            found.append(table)
    if not found:
        raise why or ReadError(file, "no sheet has rows", todo="give a sheet with a row of column names and rows under it")
    return tuple(found)


def _rows(sheet: ReadOnlyWorksheet, file: str) -> Iterator[tuple[int, Sequence[Cell | None]]]:
    sheet.reset_dimensions()  # what it says of its size need not be so
    cells = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        cells += len(row)
        if cells > MOST_CELLS:
            raise ReadError(
                file,
                f"more than {MOST_CELLS:,} cells, most of them empty",
                where=f"sheet {sheet.title}",
                todo="copy the rows into a new sheet",
            )
        if row:
            yield number, [_value(cell) for cell in row]


def _value(value: Any) -> Cell | None:
    """What openpyxl gives, as one of the types of a Cell. A time without a day, and errors, stay words."""
    if value is None or isinstance(value, bool | int | float | datetime | date | time):
        return None if isinstance(value, float) and value != value else value  # NaN
    if isinstance(value, timedelta):
        return str(value)
    words = str(value)
    return None if words in _EMPTY else words


def _unstored(values: ReadOnlyWorksheet, formulas: ReadOnlyWorksheet, file: str) -> list[str]:
    """Formulas whose value the program that saved them did not store: these cells read as empty, and that is said."""
    found: list[str] = []
    for number, (held, told) in enumerate(zip(_rows(values, file), _rows(formulas, file), strict=False), 1):
        for value, cell in zip(held[1], told[1], strict=False):
            if value is None and isinstance(cell, str) and cell.startswith("=") and len(found) < MOST_TOLD:
                found.append(
                    f"row {told[0] or number}: the formula {cell[:60]} has no stored value; open the file in a spreadsheet "
                    "program and save it"
                )
    return found


def _refuse_bombs(raw: bytes, file: str) -> bool:
    """Whether there are formulas. Raises ReadError for an archive that unpacks to too much, and for XML that declares
    entities."""
    has_formulas = False
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            if not any(part.filename.startswith("xl/") for part in parts):
                raise ReadError(file, "an archive, not an XLSX workbook", todo="save the sheet as XLSX or CSV")
            swollen = [
                part
                for part in parts
                if part.file_size > SWELLS_FREELY and part.file_size > MOST_SWELLING * max(part.compress_size, 1)
            ]
            if swollen or len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise ReadError(
                    file, "unpacks to far more than a sheet holds; it is left out", todo="save its rows as CSV if you trust it"
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as opened:
                        block = opened.read(HEAD_BYTES)
                        if _DOCTYPE.search(block):
                            raise ReadError(
                                file,
                                "its XML declares entities, which no spreadsheet writes; it is left out",
                                todo="save its rows as CSV if you trust it",
                            )
                        while block and not has_formulas and "worksheets/" in part.filename:
                            has_formulas = _FORMULA.search(block) is not None
                            block = opened.read(BLOCK_BYTES)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as problem:
        raise ReadError(file, f"a broken workbook ({problem})", todo="copy the file again, or save it anew") from None
    return has_formulas
