"""Told reports -> Parquet, by table and month, in the folder of an attempt; and from there into the job's folder."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dateline.backfill.outcome import Part
from dateline.backfill.tables import TABLES, Told, month_of
from dateline.errors import BackfillError

HELD_REPORTS = 10_000             # that are held before they are written
HELD_CHARS = 50_000_000           # of their texts


class TableWriter:
    """Writes the tables of one file. What is held at once has a bound; how it is cut into parts depends on the file alone."""

    def __init__(self, folder: Path, key: str) -> None:
        self._folder, self._key = folder, key
        self._rows: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
        self._reports = self._chars = self._written = 0
        self.parts: list[Part] = []
        self.counts: Counter[str] = Counter()

    def add(self, told: Told) -> None:
        month = month_of(told.report)
        for table in TABLES:
            rows = list(table.rows(told))
            if rows:
                self._rows.setdefault((table.name, month), []).extend(rows)
                self.counts[table.name] += len(rows)
        self._reports += 1
        self._chars += len(told.report.text)
        if self._reports >= HELD_REPORTS or self._chars >= HELD_CHARS:
            self._flush()

    def close(self) -> tuple[Part, ...]:
        """The files that were written, safe on the disk."""
        self._flush()
        return tuple(sorted(self.parts, key=lambda part: part.path))

    def _flush(self) -> None:
        for (table, month), rows in sorted(self._rows.items()):
            name = f"{table}/month={month}/{self._key}-{self._written}.parquet"
            path = self._folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, table, rows)
            self.parts.append(Part(name, len(rows), path.stat().st_size))
        self._rows = {}
        self._written += bool(self._reports)
        self._reports = self._chars = 0


def publish(attempt: Path, folder: Path, parts: Iterable[Part], before: Iterable[Part]) -> None:
    """Move the tables of a file into the job's folder. before: what an earlier reading of the file put there, which goes."""
    names = [part.path for part in parts]
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(attempt / name, folder / name)
    for old in {part.path for part in before} - set(names):
        (folder / old).unlink(missing_ok=True)


def _write(path: Path, name: str, rows: list[tuple[Any, ...]]) -> None:
    pa, pq = parquet_library()
    kinds = {"text": pa.string(), "int": pa.int64(), "float": pa.float64(), "day": pa.date32(), "flag": pa.bool_(),
             "time": pa.timestamp("us", tz="UTC"), "hashes": pa.list_(pa.int64())}
    table = next(one for one in TABLES if one.name == name)
    schema = pa.schema([(column.name, kinds[column.form]) for column in table.columns])
    arrays = [pa.array(values, type=field.type) for values, field in zip(zip(*rows, strict=True), schema, strict=True)]
    with path.open("wb") as file:
        pq.write_table(pa.Table.from_arrays(arrays, schema=schema), file, compression="zstd")
        file.flush()
        os.fsync(file.fileno())


def parquet_library() -> tuple[Any, Any]:
    """Raises BackfillError where it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise BackfillError("the tables are Parquet, and pyarrow is not installed; pip install 'dateline[archive]'") from None
    return pyarrow, pyarrow.parquet
