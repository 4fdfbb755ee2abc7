"""A file of rows -> Sheets: XLSX, CSV and TSV, as people and programs save them. Formulas are text here, and nothing is run.

Hostile files are the rule: what a sheet may hold is bounded, and a file that goes beyond is refused as a whole, in plain words.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from dateline.errors import ReadError
from dateline.publish.export.cells import unguarded
from dateline.read.decode import decode

Cell = str | int | float | bool | date | datetime | time

MOST_BYTES = 64_000_000  # of a file
MOST_ROWS = 200_000
MOST_COLUMNS = 400
MOST_CHARS = 100_000  # of a cell: a notes column, not a book
HEAD_WITHIN = 20  # rows: titles and remarks stand above many a sheet's head
FEWEST_HEADS = 2  # names in a row that is taken for the head
DELIMITERS = ",;\t|"
_HXL = re.compile(r"#[a-z][a-z0-9_]*([+ ][a-z0-9_+ ]*)?", re.IGNORECASE)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Row:
    """number: as a spreadsheet counts it, the first line 1. cells: by column, those that hold something."""

    number: int
    cells: Mapping[str, Cell]

    def words(self, column: str | None) -> str:
        """What the cell says, as text; "" for an empty one, and for no column."""
        value = self.cells.get(column, "") if column is not None else ""
        return value if isinstance(value, str) else cell_words(value)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. file: its name without folders; name: of the sheet in a workbook. columns: in order, each name once.

    problems: cells that could not be read, in words, with their row.
    """

    file: str
    name: str | None
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[str, ...] = ()


def read_sheets(source: Path | bytes, file: str | None = None) -> tuple[Sheet, ...]:
    """The tables of a file: of a workbook one a sheet that has a head and rows, else one.

    source: a path, or the bytes of an upload, whose name is `file`. Raises ReadError: not a sheet, too large, no head.
    """
    name = file or (source.name if isinstance(source, Path) else "upload")
    raw = _bytes_of(source, name)
    if raw.startswith(_ZIP):
        from dateline.importing.xlsx import read_workbook

        return read_workbook(raw, name)
    if raw.startswith(_OLE):
        raise ReadError(
            name, "a workbook of the old form, or one under a password", todo="save it as XLSX without a password, or CSV"
        )
    return (read_text(decode(raw, source=name), name),)


def read_text(text: str, file: str) -> Sheet:
    """The table that CSV or TSV text holds. Raises ReadError."""
    text = text.replace("\x00", "")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    return table_of(_numbered(lines, file), file, None)


def table_of(
    lines: Iterable[tuple[int, Sequence[Cell | None]]], file: str, name: str | None, problems: Sequence[str] = ()
) -> Sheet:
    """Numbered rows of cells -> the table: the first row of names is its head; rows of HXL tags and empty ones are passed over.

    Raises ReadError where no row is a head, and for more rows or columns than are read.
    """
    heads: tuple[str | None, ...] = ()
    rows: list[Row] = []
    for number, cells in lines:
        if not heads:
            heads = _heads(cells, file) if _is_head(cells) else ()
            if not heads and number > HEAD_WITHIN:
                break
            continue
        held = {
            name: value
            for name, cell in zip(heads, cells, strict=False)
            if name is not None and (value := _tidy(cell)) is not None
        }
        if not held or (not rows and _is_hxl(held.values())):
            continue
        if len(rows) >= MOST_ROWS:
            raise ReadError(file, f"more than {MOST_ROWS:,} rows", todo="import it in parts")
        rows.append(Row(number, held))
    if not heads:
        raise ReadError(
            file, f"no row of column names in its first {HEAD_WITHIN} rows", todo="give its columns names, in one row"
        )
    return Sheet(file, name, tuple(one for one in heads if one is not None), tuple(rows), tuple(problems))


def cell_words(value: Cell) -> str:
    """A typed cell as its words: days and times in ISO 8601, whole numbers without a point."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _bytes_of(source: Path | bytes, name: str) -> bytes:
    if isinstance(source, bytes):
        raw = source
    else:
        try:
            if source.stat().st_size > MOST_BYTES:
                raise ReadError(name, f"larger than {MOST_BYTES // 1_000_000} MB", todo="import it in parts")
            raw = source.read_bytes()
        except OSError as problem:
            raise ReadError(name, problem.strerror or "it cannot be read", todo="check its name and permissions") from None
    if len(raw) > MOST_BYTES:
        raise ReadError(name, f"larger than {MOST_BYTES // 1_000_000} MB", todo="import it in parts")
    if not raw.strip():
        raise ReadError(name, "empty", todo="give a file with a row of column names and rows under it")
    return raw


def _delimiter(text: str) -> str:
    """What parts the cells: the mark that most evenly parts the first lines, outside quotation marks."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text[:50_000].splitlines()[:HEAD_WITHIN] if line.strip()]
    counts = {mark: [line.count(mark) for line in lines] for mark in DELIMITERS}

    def even(mark: str) -> tuple[int, int]:
        told = [count for count in counts[mark] if count]
        return (sum(count == max(set(told), key=told.count) for count in told) if told else 0, sum(told))

    return max(DELIMITERS, key=even)


def _numbered(lines: Iterator[list[str]], file: str) -> Iterator[tuple[int, Sequence[Cell | None]]]:
    """Rows by the number that a spreadsheet gives them: a cell of several lines is one row there."""
    number = 0
    while True:
        number += 1
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error as problem:
            raise ReadError(
                file, f"cannot be read as a table ({problem})", where=f"row {number}", todo="check its quotation marks there"
            ) from None
        yield number, [unguarded(cell) for cell in cells]


def _is_head(cells: Sequence[Cell | None]) -> bool:
    """Names alone, and more than one, without a gap as wide as they: neither a title nor a row of values."""
    told = [cell for cell in cells if cell is not None and cell_words(cell).strip()]
    return (
        len(told) >= FEWEST_HEADS
        and all(isinstance(cell, str) and re.search(r"[^\W\d_]|^#$", cell) for cell in told)
        and not _is_hxl(told)
    )


def _is_hxl(cells: Iterable[Cell]) -> bool:
    told = list(cells)
    return bool(told) and all(isinstance(cell, str) and _HXL.fullmatch(cell.strip()) for cell in told)


def _heads(cells: Sequence[Cell | None], file: str) -> tuple[str | None, ...]:
    """The names of columns, each once: a second "date" is "date (2)". None: a column without a name."""
    heads: list[str | None] = []
    taken: set[str] = set()
    for cell in cells:
        words = " ".join(cell_words(cell).split()) if cell is not None else ""
        name, again = words, 1
        while name in taken:
            again += 1
            name = f"{words} ({again})"
        heads.append(name or None)
        taken |= {name} if name else set()
    if len(taken) > MOST_COLUMNS:
        raise ReadError(file, f"{len(taken):,} columns, more than {MOST_COLUMNS}", todo="leave out those that are not needed")
    return tuple(heads)


def _tidy(cell: Cell | None) -> Cell | None:
    """None for an empty cell; text without white space at its ends, and not longer than a cell may be."""
    if not isinstance(cell, str):
        return cell
    return cell.strip()[:MOST_CHARS] or None
