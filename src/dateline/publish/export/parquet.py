"""Parquet: a file a table, typed, in row groups; needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dateline.errors import ExportError
from dateline.publish.export.item import Item, Known, LeftOut
from dateline.publish.export.parts import MAIN, Parts
from dateline.publish.export.shape import Shape, Writer, json_words
from dateline.publish.export.tables import TABLES, Table

if TYPE_CHECKING:
    from typing import IO

GROUP_ROWS = 10_000               # rows held before they are written as one group


class ParquetWriter(Writer):
    """null is not 0: every column may be null; days are date32, times UTC timestamps, counts int32, lists list<string>."""

    def __init__(self, parts: Parts, known: Known) -> None:
        self._files = {table.name: _File(parts.open(MAIN if at == 0 else f"{table.name}.parquet"), table)
                       for at, table in enumerate(TABLES)}
        self.rows = {table.name: 0 for table in TABLES}

    def add(self, item: Item) -> Iterator[LeftOut]:
        for table in TABLES:
            for row in table.rows(item):
                self._files[table.name].put(row)
                self.rows[table.name] += 1
        return iter(())

    def close(self, told: Mapping[str, Any]) -> None:
        for file in self._files.values():
            file.close(told)

    def abort(self) -> None:
        for file in self._files.values():
            file.abort()


class _File:
    def __init__(self, to: IO[bytes], table: Table) -> None:
        pa, pq = _pyarrow()
        kinds = {"id": pa.string(), "text": pa.string(), "int": pa.int32(), "float": pa.float64(), "day": pa.date32(),
                 "time": pa.timestamp("us", tz="UTC"), "list": pa.list_(pa.string()), "flag": pa.bool_()}
        self._schema = pa.schema([(column.name, kinds[column.form]) for column in table.columns])
        self._writer = pq.ParquetWriter(to, self._schema, compression="zstd")
        self._held: list[list[Any]] = []

    def put(self, row: list[Any]) -> None:
        self._held.append(row)
        if len(self._held) >= GROUP_ROWS:
            self._flush()

    def close(self, told: Mapping[str, Any]) -> None:
        self._flush()
        self._writer.add_key_value_metadata({"dateline": json_words(dict(told))})
        self._writer.close()

    def abort(self) -> None:
        self._writer.is_open = False          # else it would write its end when it is collected, to a file that is gone

    def _flush(self) -> None:
        pa, _ = _pyarrow()
        columns = list(zip(*self._held, strict=True)) or [()] * len(self._schema)
        arrays = [pa.array(values, type=field.type) for values, field in zip(columns, self._schema, strict=True)]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._held = []


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ExportError("parquet: pyarrow is not installed; pip install 'dateline[parquet]', or export csv instead") from None
    return pyarrow, pyarrow.parquet


PARQUET = Shape("parquet", ".parquet", "application/vnd.apache.parquet",
                "Parquet: files of incidents, figures, sources and claims, for analysis (needs the extra parquet)",
                ParquetWriter, several=True)
