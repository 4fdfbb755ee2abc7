"""What a shape is, and what shapes write with."""

from __future__ import annotations

import csv
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from dateline.publish.export.cells import csv_cell
from dateline.publish.export.item import Item, Known, LeftOut
from dateline.publish.export.parts import Parts
from dateline.publish.export.tables import INCIDENTS, Table

BLOCK_CHARS = 1 << 16             # held back before a stream is written to


class Writer(ABC):
    """Writes one export. rows: how many so far, by table."""

    rows: dict[str, int]

    @abstractmethod
    def add(self, item: Item) -> Iterator[LeftOut]:
        """Write one incident; gives what the shape cannot hold of it."""

    @abstractmethod
    def close(self, told: Mapping[str, Any]) -> None:
        """Write what comes after the last incident. told: the export's account of itself (`about_object`)."""

    def abort(self) -> None:
        """Called in place of `close` where the export breaks off."""
        return


@dataclass(frozen=True, slots=True)
class Shape:
    """name: as a person asks for it; suffix: of its file; several: it has further files, one a table."""

    name: str
    suffix: str
    media_type: str
    sentence: str
    start: Callable[[Parts, Known], Writer]
    several: bool = False


class TextOut:
    """Text to a stream of bytes that need do no more than `write`, in UTF-8 and in blocks."""

    def __init__(self, to: IO[bytes]) -> None:
        self._to, self._held, self._chars = to, list[str](), 0

    def write(self, words: str) -> int:
        self._held.append(words)
        self._chars += len(words)
        if self._chars >= BLOCK_CHARS:
            self.flush()
        return len(words)

    def flush(self) -> None:
        self._to.write("".join(self._held).encode("utf-8"))
        self._held, self._chars = [], 0


class CsvOut:
    """Rows of values to a stream, as RFC 4180 has them."""

    def __init__(self, to: IO[bytes], heads: Iterable[str], *more_heads: Iterable[str]) -> None:
        self._out = TextOut(to)
        self._rows = csv.writer(self._out)
        for one in (heads, *more_heads):
            self._rows.writerow(one)

    def row(self, values: Iterable[Any]) -> None:
        self._rows.writerow([csv_cell(value) for value in values])

    def close(self) -> None:
        self._out.flush()


@dataclass(frozen=True)
class Unheld:
    """What a shape has no column for: columns of the table of incidents by name, and whole tables."""

    columns: Sequence[str] = ()
    tables: Sequence[Table] = ()

    def of(self, item: Item) -> Iterator[LeftOut]:
        """One line for an incident that has any of it."""
        wanted = set(self.columns)
        found: dict[str, Any] = {
            column.name: value for column in INCIDENTS.columns if column.name in wanted
            and (value := column.of(item, None)) not in (None, (), False, "")}
        for table in self.tables:
            names = [column.name for column in table.columns[1:]]       # the first is the incident's id
            if rows := [dict(zip(names, row[1:], strict=True)) for row in table.rows(item)]:
                found[table.name] = rows
        if found:
            yield item.left_out("values", "the shape has no column for them", found)


def json_words(value: object) -> str:
    """`value` as JSON on one line, days and times as `csv_cell` has them, tuples as lists."""
    return json.dumps(value, ensure_ascii=False, default=csv_cell, separators=(",", ":"))
