"""What reading a row needs, and one row while it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from dateline.entered import Known
from dateline.errors import DecisionError
from dateline.importing import cells
from dateline.importing.mapping import ColumnMap
from dateline.importing.sheets import Cell, Row
from dateline.read.article import said
from dateline.records import Evidence, Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading rows needs besides them. order: of numbered dates. private: columns that hold names not to be published."""

    map: ColumnMap
    known: Known
    who: str
    at: datetime
    order: cells.DateOrder | None = None
    private: frozenset[str] = frozenset()


@dataclass
class Told:
    """One row while it is read: its cells by our fields, where they stand in the report's text, and what was wrong with them."""

    row: Row
    reading: Reading
    spans: Mapping[str, Span]  # by column
    head: Span
    remarks: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def cell(self, ours: str) -> Cell | None:
        always = self.reading.map.always.get(ours)
        column = self.reading.map.columns.get(ours)
        return always if always is not None else self.row.cells.get(column) if column is not None else None

    def words(self, ours: str) -> str | None:
        """What the cell says on one line; None for nothing, and for "n/a"."""
        return said(cells.words_of(self.cell(ours)))

    def evidence(self, *ours: str) -> Evidence:
        """The cells of these fields, in the order of the text; where the row has none of them, its head."""
        columns = [column for one in ours if (column := self.reading.map.columns.get(one)) in self.spans]
        found = {self.spans[column] for column in columns if column is not None}
        return tuple(sorted(found, key=lambda span: span.start)) or (self.head,)

    def read(self, ours: str, read: Callable[[Cell | None], T]) -> T | None:
        """What `read` makes of a cell; None, with the reason among what is wrong, where it can make nothing of it."""
        try:
            return read(self.cell(ours))
        except DecisionError as problem:
            self.wrong.append(f"{self.reading.map.columns.get(ours, ours)}: {problem}")
            return None
