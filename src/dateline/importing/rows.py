"""A row of a sheet -> a Report whose text is the row, and an Account of it. Pure.

The text holds every cell, as "column: value": the evidence of each value is its cell, and columns that are none of our fields are
kept with it. A row that has changed is added to the text of the report below what it was before, so that nothing that was told is
lost and the evidence of what was held before still stands.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from dateline.errors import DecisionError
from dateline.importing import cells
from dateline.importing.mapping import ColumnMap
from dateline.importing.said import what_is_told
from dateline.importing.sheets import Row
from dateline.importing.told import Reading, Told
from dateline.read.article import clean_text, said
from dateline.read.language import language_of
from dateline.read.report import report_id
from dateline.records import Account, Fetched, Report, Span, Written
from dateline.records.account import account_id
from dateline.records.report import SHEET

MOST_ID = 200  # characters of a row's own id
WITHOUT_ID = "row "  # how the id of a row that has none of its own begins


@dataclass(frozen=True, slots=True)
class RowId:
    """own: as the sheet has it, None where it has none. source: "sheet:NAME#ID". again: another row had that id before."""

    own: str | None
    source: str
    again: int | None = None  # number of that row

    @property
    def report(self) -> str:
        """Id of the report that the row is, whatever it says."""
        return report_id(self.source, "")


@dataclass(frozen=True, slots=True)
class Coded:
    """A row as it would be kept. remarks: what was read with doubt, in words."""

    row: Row
    id: RowId
    report: Report
    account: Account
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that cannot be kept, and why, in words: all reasons that were found."""

    row: Row
    id: RowId
    why: tuple[str, ...]


def ids_of(rows: tuple[Row, ...], map_: ColumnMap) -> list[RowId]:
    """For each row the id under which the record holds it: its own, else a hash of all it says.

    Rows without an id that say the same are told apart by their number among them.
    """
    seen: dict[str, int] = {}
    alike: dict[str, int] = {}
    found = []
    for row in rows:
        own = _own_id(row, map_)
        if own is None:
            told = hashlib.sha256(repr(sorted((name, row.words(name)) for name in row.cells)).encode()).hexdigest()[:12]
            alike[told] = alike.get(told, 0) + 1
            key = f"{WITHOUT_ID}{told}" + (f" {alike[told]}" if alike[told] > 1 else "")
        else:
            key = own
        source = f"{SHEET}{map_.name}#{key}"
        found.append(RowId(own, source, seen.get(source)))
        seen.setdefault(source, row.number)
    return found


def code_row(row: Row, id: RowId, reading: Reading, held: Report | None = None) -> Coded | Unread:
    """What a row says, as it would be kept. held: the report that it was before, to whose text it is added where it has
    changed."""
    if id.again is not None:
        return Unread(row, id, (f"row {id.again} has the id {id.own!r} too: which of the two is it? give each its own",))
    lines = _lines(row, id, reading.map)
    text, base = _with_block(held.text if held is not None else "", "\n".join(line for _, line in lines))
    spans, head = _spans(text, base, lines)
    told = Told(row, reading, spans, head)
    account = what_is_told(told)
    if told.wrong or account is None:
        return Unread(row, id, tuple(told.wrong))
    evidence = (
        Span(0, lines_end(text), text[: lines_end(text)]),
        *(one for one in told.evidence(*_QUOTED) if one.start > lines_end(text)),
    )
    named = account_id(id.report, evidence[:1])
    account = replace(account, id=named, report=id.report, evidence=evidence)
    return Coded(row, id, _report(told, id, text, held, account.when.earliest), account, tuple(told.remarks))


_QUOTED = (
    "date",
    "date_end",
    "year",
    "month",
    "day",
    "kind",
    "event_type",
    "place",
    "admin1",
    "admin2",
    "country",
    "lat",
    "lon",
    "attacker",
    "actor1",
    "actor2",
    "killed",
    "killed_low",
    "killed_high",
    "civilians_killed",
    "injured",
    "abducted",
)


def lines_end(text: str) -> int:
    """The end of the first line: the row's id. It is the same whatever the row says, so that decisions hang on it."""
    end = text.find("\n")
    return len(text) if end < 0 else end


def _own_id(row: Row, map_: ColumnMap) -> str | None:
    column = map_.columns.get("id")
    return said(cells.words_of(row.cells.get(column)) if column is not None else None, MOST_ID)


def _lines(row: Row, id: RowId, map_: ColumnMap) -> list[tuple[str | None, str]]:
    """The lines of the row's text, each with the column that it holds; the first is its id."""
    key = id.source.partition("#")[2]
    head = f"{map_.name}: {key}"
    return [
        (None, head),
        *((name, f"{said(name)}: {clean_text(row.words(name))}") for name in row.cells if name != map_.columns.get("id")),
    ]


def _with_block(before: str, block: str) -> tuple[str, int]:
    """The text with the row as it is now at its end, and where that begins."""
    if not before or before == block:
        return block, 0
    if before.endswith(f"\n\n{block}"):
        return before, len(before) - len(block)
    return f"{before}\n\n{block}", len(before) + 2


def _spans(text: str, base: int, lines: list[tuple[str | None, str]]) -> tuple[dict[str, Span], Span]:
    """Where the value of each column stands, and the line with the id."""
    spans, at = {}, base
    for column, line in lines:
        if column is not None:
            start = at + len(f"{said(column)}: ")
            if start < at + len(line):
                spans[column] = Span(start, at + len(line), text[start : at + len(line)])
        at += len(line) + 1
    return spans, Span(base, base + len(lines[0][1]), lines[0][1])


def _report(told: Told, id: RowId, text: str, held: Report | None, earliest: date | None) -> Report:
    map_ = told.reading.map
    told_on = _published(told)
    written = Written(told_on, told_on, (), "metadata") if told_on else Written(earliest, None, (), "unknown")
    sha256 = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    fetched = held.fetched if held is not None and held.text == text else Fetched(told.reading.at, sha256)
    return Report(
        id=id.report,
        source=id.source,
        fetched=fetched,
        outlet=told.words("outlet") or f"sheet {map_.name}",
        agency=None,
        byline=held.byline if held is not None and held.text == text else told.reading.who,
        title=told.words("title"),
        language=language_of(told.words("notes") or text),
        dateline=None,
        published_at=None,
        page_date=None,
        written=written,
        text=text,
    )


def _published(told: Told) -> date | None:
    """The day of the report that the row was coded from; a cell with several days, or none that can be read, gives none."""
    try:
        words = cells.day_words(told.cell("published"), told.reading.order)
    except DecisionError:
        return None
    return date.fromisoformat(words) if words is not None and len(words) == 10 else None
