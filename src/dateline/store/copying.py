"""The whole record from one database into another, whichever of the two kinds each is: history, decisions, team, mails and all.

Rows are copied as they are, in one transaction, from one moment of the source. Whether it is whole is checked before that is
kept: the same number of rows in every table, and the same digest of all of them, read back from the target.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from dateline.errors import StoreError
from dateline.store import schema_feeds, schema_mailing, schema_team, schema_upkeep, search
from dateline.store.dialect import Database
from dateline.store.schema import metadata, report

AT_ONCE = 1_000                   # rows

TABLES: Sequence[sa.Table] = tuple(metadata.sorted_tables)       # those first that others lead to
assert set(TABLES) >= {one for of in (schema_feeds, schema_mailing, schema_team, schema_upkeep) for one in of.TABLES}  # all read


@dataclass(frozen=True, slots=True)
class Copied:
    """counts: rows of every table, by its name. digest: SHA-256 of all rows of all tables."""

    counts: Mapping[str, int]
    digest: str


def copy_record(source: Database, target: Database, *, over: bool = False) -> Copied:
    """Write all of `source` into `target`, which must be a record of this version in which nothing is.

    over: whatever is in it goes first, in the same transaction; it must be on PostgreSQL. Raises StoreError where something is in
    it, or where what is read back is not what was written; the target is as it was then.
    """
    with source.in_plain_words(), source.reading() as reading:
        with target.in_plain_words(), target.writing(durable=True) as writing:
            if over:
                # not DELETE: what was there leaves no bytes behind, and who reads waits
                names = ", ".join(f'"{table.name}"' for table in TABLES)
                writing.exec_driver_sql(f"TRUNCATE {names}, report_words")
            _check_empty(writing, target.name)
            digest, counts = hashlib.sha256(), {}
            for table in TABLES:
                counts[table.name] = 0
                digest.update(table.name.encode())
                for rows in _rows(reading, table):
                    _add(digest, rows)
                    counts[table.name] += len(rows)
                    target.fill(writing, table, rows)
                    if table is report:
                        search.keep_words(writing, rows)
            target.give_on(writing, source.given(reading))
            written = digest_of(writing)
            if written != Copied(counts, digest.hexdigest()):
                raise StoreError(f"{target.name}: what was read back is not what {source.name} holds; nothing was kept there")
        target.settle()
    return written


def digest_of(connection: sa.Connection) -> Copied:
    """The counts and the digest of a record: the same for the same rows, in a file and on a server."""
    digest, counts = hashlib.sha256(), {}
    for table in TABLES:
        counts[table.name] = 0
        digest.update(table.name.encode())
        for rows in _rows(connection, table):
            _add(digest, rows)
            counts[table.name] += len(rows)
    return Copied(counts, digest.hexdigest())


def copy_into_file(source: Database, path: Path) -> None:
    """Make the new file `path` a record with all of `source`."""
    from dateline.store.dialect_sqlite import SqliteDatabase

    target = SqliteDatabase(path, read_only=False)
    try:
        target.bring_up_to_date()
        copy_record(source, target)
    finally:
        target.close()


def tables_with_rows(connection: sa.Connection) -> list[str]:
    return [table.name for table in TABLES
            if connection.execute(sa.select(sa.literal_column("1")).select_from(table).limit(1)).first()]


def _check_empty(connection: sa.Connection, name: str) -> None:
    held = tables_with_rows(connection)
    if held:
        raise StoreError(f"{name}: there is something in it already ({', '.join(held[:3])}); give a record that is not there "
                         "yet, or an empty database")


def _rows(connection: sa.Connection, table: sa.Table) -> Iterator[list[dict[str, Any]]]:
    """All rows of a table by its primary key, some at a time."""
    held = connection.execute(
        sa.select(table).order_by(*table.primary_key).execution_options(yield_per=AT_ONCE)).mappings()
    for some in held.partitions():
        yield [dict(row) for row in some]


def _add(digest: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    for row in rows:
        digest.update(json.dumps(list(row.values()), default=_told, separators=(",", ":")).encode())


def _told(value: object) -> str:
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no column holds a {type(value).__name__}")
