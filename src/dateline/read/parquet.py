"""Parquet of texts: one article a row, in our names or in another tool's (`--map text=body`), as in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, BinaryIO

from dateline.errors import ReadError
from dateline.read.article import Article, fetched_now, one_line
from dateline.read.jsonl import FIELDS, article_of

PARQUET = b"PAR1"
ROWS_AT_ONCE = 256                # held in memory


def articles_from_parquet(stream: BinaryIO, *, source: str, names: Mapping[str, str],
                          arrived: datetime | None = None) -> Iterator[Article | ReadError]:
    """The article of each row, or what is wrong with it. stream: can be moved in, since such a file is read from its end.

    names: our name -> the column there, with dots into a struct. arrived: the time of fetching, instead of the time now.
    """
    if not stream.seekable():
        yield ReadError(source, "Parquet cannot be read from a pipe", todo="give the file")
        return
    number = 0
    try:
        for number, row in enumerate(_rows(stream, source, names), 1):
            where = f"row {number:,}"
            raw = json.dumps(row, default=str, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
            fetched = fetched_now(raw)
            try:
                yield article_of(row, source=source, number=number, where=where, names=names,
                                 fetched=replace(fetched, at=arrived) if arrived else fetched)
            except ReadError as problem:
                yield problem
    except ReadError as problem:  # of the file itself
        yield problem
        return
    if number == 0:
        yield ReadError(source, "this Parquet holds no rows: there is nothing to read")


def _rows(stream: BinaryIO, source: str, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The columns that are read, row by row. Raises ReadError where the file is broken or has no column of texts."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ReadError(source, "Parquet, and pyarrow is not installed", todo="pip install 'dateline[parquet]'") from None
    try:
        stream.seek(0)
        file = pyarrow.parquet.ParquetFile(stream)
        wanted = {names.get(field, field) for field in FIELDS}
        columns = [name for name in file.schema_arrow.names if name in wanted or any(w.startswith(f"{name}.") for w in wanted)]
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=columns, use_threads=False):
            for values in zip(*map(_values, batch.columns), strict=True):
                yield dict(zip(batch.schema.names, map(_plain, values), strict=True))
    except (OSError, ValueError, RuntimeError, MemoryError, NotImplementedError, pyarrow.ArrowException) as error:
        raise ReadError(source, f"the Parquet is broken ({one_line(error, 100)})", todo="copy the file again") from None


def _values(column: Any) -> list[Any]:
    """The values of a column. A day that no calendar has, or a time finer than a microsecond, is None and costs no other row."""
    try:
        return list(column.to_pylist())
    except (ValueError, ArithmeticError):
        return [_value(one) for one in column]


def _value(one: Any) -> Any:
    try:
        return one.as_py()
    except (ValueError, ArithmeticError):
        return None


def _plain(value: Any) -> Any:
    """A time as JSON has it; one without a zone is UTC."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    return value.isoformat() if isinstance(value, date) else value
