"""CSV: a file a table. XLSX: a sheet a table, days, numbers and ids typed."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from dateline.publish.export.about import about_lines
from dateline.publish.export.cells import csv_cell, guarded, instant, joined
from dateline.publish.export.item import Item, Known, LeftOut
from dateline.publish.export.parts import MAIN, Parts
from dateline.publish.export.shape import CsvOut, Shape, Writer
from dateline.publish.export.tables import TABLES, Column, Table

MOST_ROWS = 1_048_576             # of a sheet of XLSX, its head included
MOST_CHARS = 32_767               # of a cell of XLSX, in UTF-16 units
FIRST_DAY = date(1900, 3, 1)      # before it the days of XLSX are not those of the calendar
MOST_PROPERTY = 255
_BEYOND = re.compile("[\U00010000-\U0010ffff]")


class CsvWriter(Writer):
    def __init__(self, parts: Parts, known: Known) -> None:
        self._files = {table.name: CsvOut(parts.open(MAIN if at == 0 else f"{table.name}.csv"), _heads(table))
                       for at, table in enumerate(TABLES)}
        self.rows = {table.name: 0 for table in TABLES}

    def add(self, item: Item) -> Iterator[LeftOut]:
        for table in TABLES:
            for row in table.rows(item):
                self._files[table.name].row(row)
                self.rows[table.name] += 1
        return iter(())

    def close(self, told: Mapping[str, Any]) -> None:
        for file in self._files.values():
            file.close()


class XlsxWriter(Writer):
    """Sheets in constant memory: a row is on disk when the next one begins. A sheet that is full goes on in "figures 2"."""

    def __init__(self, parts: Parts, known: Known) -> None:
        import xlsxwriter

        self._folder = tempfile.TemporaryDirectory(prefix="dateline-")     # gone with the writer, also when an export breaks off
        self._book = xlsxwriter.Workbook(parts.open(MAIN), {
            "tmpdir": self._folder.name, "constant_memory": True,
            "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd", "use_zip64": True})
        self._formats = {
            "head": self._book.add_format({"bold": True}), "day": self._book.add_format({"num_format": "yyyy-mm-dd"}),
            "time": self._book.add_format({"num_format": 'yyyy-mm-dd"T"hh:mm:ss"Z"'}),
            "quoted": self._book.add_format({"quote_prefix": True})}      # still text when somebody edits the cell
        self._sheets = {table.name: _Sheet(self._book, table, self._formats) for table in TABLES}
        self.rows = {table.name: 0 for table in TABLES}

    def add(self, item: Item) -> Iterator[LeftOut]:
        for table in TABLES:
            for row in table.rows(item):
                self.rows[table.name] += 1
                for column, value in self._sheets[table.name].put(row):
                    yield item.left_out(f"{table.name}.{column}", f"longer than the {MOST_CHARS:,} characters of a cell", value)

    def close(self, told: Mapping[str, Any]) -> None:
        sheet = self._book.add_worksheet("about")
        for at, (name, words) in enumerate(about_lines(told)):
            sheet.write_string(at, 0, name, self._formats["head"])
            sheet.write_string(at, 1, words[:MOST_CHARS])
            self._book.set_custom_property(name, words[:MOST_PROPERTY], "text")
        made = datetime.fromisoformat(told["made_at"]).replace(tzinfo=None)
        self._book.set_properties({"title": "dateline: incidents", "comments": told["licence"], "created": made})
        self._book.close()
        self._folder.cleanup()


class _Sheet:
    """The sheets of one table, one after the other."""

    def __init__(self, book: Any, table: Table, formats: Mapping[str, Any]) -> None:
        self._book, self._table, self._formats = book, table, formats
        self._number = 0
        self._begin()

    def put(self, row: Sequence[Any]) -> list[tuple[str, str]]:
        """Write a row; gives the columns and whole values of cells that had to be cut."""
        if self._at >= MOST_ROWS:
            self._begin()
        cut = []
        for at, (column, value) in enumerate(zip(self._table.columns, row, strict=True)):
            if value is not None and (whole := self._cell(at, column, value)):
                cut.append((column.name, whole))
        self._at += 1
        return cut

    def _begin(self) -> None:
        self._number += 1
        name = self._table.name if self._number == 1 else f"{self._table.name} {self._number}"
        self._sheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 1)
        for at, column in enumerate(self._table.columns):
            self._sheet.write_string(0, at, column.name, self._formats["head"])
        self._at = 1

    def _cell(self, at: int, column: Column, value: Any) -> str | None:
        if column.form in ("int", "float"):
            self._sheet.write_number(self._at, at, value)
        elif column.form == "flag":
            self._sheet.write_boolean(self._at, at, value)
        elif column.form == "day" and value >= FIRST_DAY:
            self._sheet.write_datetime(self._at, at, value, self._formats["day"])
        elif column.form == "time" and value.date() >= FIRST_DAY:
            moment = value.astimezone(UTC).replace(tzinfo=None, microsecond=0)
            self._sheet.write_datetime(self._at, at, moment, self._formats["time"])
        else:
            return self._words(at, _words_of(value))
        return None

    def _words(self, at: int, words: str) -> str | None:
        shown = _within(words)
        if shown:
            quoted = guarded(shown) != shown
            self._sheet.write_string(self._at, at, shown, self._formats["quoted"] if quoted else None)
        return words if shown != words else None


def _words_of(value: Any) -> str:
    if isinstance(value, tuple):
        return joined(value) or ""
    if isinstance(value, datetime):
        return instant(value)
    return value if isinstance(value, str) else csv_cell(value)


def _within(words: str) -> str:
    """`words` as far as a cell holds them."""
    if len(words) + len(_BEYOND.findall(words)) <= MOST_CHARS:
        return words
    return words[:MOST_CHARS - 1 - len(_BEYOND.findall(words[:MOST_CHARS]))] + "\u2026"


def _heads(table: Table) -> list[str]:
    return [column.name for column in table.columns]


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = Shape("csv", ".csv", "text/csv; charset=utf-8; header=present",
            "a file of incidents, and files of their figures, sources and claims", CsvWriter, several=True)
XLSX = Shape("xlsx", ".xlsx", _XLSX, "a workbook with sheets of incidents, figures, sources and claims", XlsxWriter)
