"""Whether a cell that comes back says what left, whatever program it was saved with in between. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from dateline.errors import DecisionError
from dateline.importing.cells import DateOrder, day_words
from dateline.importing.sheets import Cell, cell_words
from dateline.publish.export.cells import SEPARATOR, csv_cell, unguarded
from dateline.publish.export.tables import Column
from dateline.publish.safe import plain

CUT = "\u2026"  # how a cell that XLSX cannot hold whole ends
_FLAGS = {
    "true": True,
    "1": True,
    "yes": True,
    "wahr": True,
    "vrai": True,
    "verdadero": True,
    "false": False,
    "0": False,
    "no": False,
    "falsch": False,
    "faux": False,
    "falso": False,
}
CLOSE = 1e-9  # of numbers, relative: programs round the last digits


def read_cell(column: Column, cell: Cell | None, order: DateOrder | None = None) -> Any:
    """What a cell of an exported column says: a value as the column's table gives it, None for an empty one.

    Raises DecisionError for one that cannot be read.
    """
    if cell is None or not (words := cell_words(cell).strip()):
        return None
    if column.form in ("int", "float"):
        return _number(words, whole=column.form == "int")
    if column.form == "day":
        told = day_words(cell, order)
        if told is not None and len(told) != 10:
            raise DecisionError(f"{words!r} is no day: write 2018-01-27")
        return date.fromisoformat(told) if told is not None else None
    if column.form == "time":
        return cell if isinstance(cell, datetime) else _time(words)
    if column.form == "flag":
        if words.lower() not in _FLAGS:
            raise DecisionError(f"{words!r} is neither true nor false")
        return _FLAGS[words.lower()]
    if column.form == "list":
        return tuple(part for one in words.split(SEPARATOR.strip()) if (part := plain(one)))
    return plain(words)


def is_same(column: Column, left: Any, came: Any) -> bool:
    """Whether the value `came`, as `read_cell` gives it, is the one that left."""
    if left in (None, (), "") or came in (None, (), ""):
        return (left in (None, (), "")) == (came in (None, (), ""))
    if column.form in ("int", "float"):
        return abs(float(left) - float(came)) <= CLOSE * max(1.0, abs(float(left)))
    if column.form == "time":
        return bool(_utc(left) == _utc(came))
    told = words_of(left)
    said = words_of(came)
    return told == said or (said.endswith(CUT) and told.startswith(said[:-1]))


def words_of(value: Any) -> str:
    """A value as a person reads it in the sheet; "" for none."""
    return plain(unguarded(csv_cell(value)))


def _number(words: str, *, whole: bool) -> float | int:
    plain_words = words.replace("\u2212", "-").replace("\u00a0", "").replace(" ", "")
    try:
        value = float(
            plain_words.replace(",", ".") if plain_words.count(",") == 1 and not whole else plain_words.replace(",", "")
        )
    except ValueError:
        raise DecisionError(f"{words!r} is no number") from None
    if value != value or value in (float("inf"), float("-inf")) or (whole and not value.is_integer()):
        raise DecisionError(f"{words!r} is no {'whole ' if whole else ''}number")
    return int(value) if whole else value


def _time(words: str) -> datetime:
    try:
        return datetime.fromisoformat(words.replace("Z", "+00:00"))
    except ValueError:
        raise DecisionError(f"{words!r} is no time: write 2018-01-27T10:00:00Z") from None


def _utc(moment: datetime) -> datetime:
    """To the second, in UTC; a time without a zone is UTC already, as it left."""
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(microsecond=0)
