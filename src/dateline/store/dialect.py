"""All that only SQLite does: how it is opened, locked, inserted into, and what its complaints mean.

The rest of the store is SQLAlchemy Core that PostgreSQL runs as well; the index of words (search.py) is the other
part that has to be written for each.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.exc import DBAPIError

from dateline.errors import StoreError

BUSY_TIMEOUT_S = 30.0             # longest wait for another run's transaction
CACHE_KIB = 64 * 1024             # of pages: the default of 2 MB reads a large record's indexes from the disk again and again
CHECKPOINT_PAGES = 8_000          # of 4 kB in the write-ahead log: many commits change the same pages
ROWS_AT_ONCE = 500                # values in one IN (...): well under SQLite's 32,766 variables
APPLICATION_ID = 0x44544C4E       # "DTLN" in the file's header: `file record.db` can tell it

T = TypeVar("T")
_WRITES = "dateline_writes"       # execution option: this transaction takes the write lock when it begins


def engine_for(path: Path, *, read_only: bool) -> sa.Engine:
    """An engine on the SQLite file `path`. Transactions begin by our word, not by the driver's guess."""
    mode = "ro" if read_only else "rwc"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(f"file:{quote(os.fsencode(path))}?mode={mode}", uri=True, timeout=BUSY_TIMEOUT_S,
                                     isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA foreign_keys=ON")
        # With a write-ahead log NORMAL leaves out the fsync of each commit. A commit has then reached the operating
        # system: it outlives this process (SIGKILL too), and only the machine's power loss can take back the last.
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        return connection

    engine = sa.create_engine("sqlite+pysqlite://", creator=connect, poolclass=sa.pool.QueuePool, max_overflow=-1)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: sa.Connection) -> None:
    # IMMEDIATE: a transaction that read first and writes later could find its snapshot outdated and fail at once,
    # without the busy timeout
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def write_transaction(engine: sa.Engine, *, foreign_keys: bool = True, durable: bool = False) -> Iterator[sa.Connection]:
    """A connection that holds the write lock from its first moment; committed at the end, rolled back on an error.

    durable: the commit is on the disk when this ends, so that it outlives a loss of power too (and all commits before it).
    """
    with engine.connect() as connection:
        connection = connection.execution_options(**{_WRITES: True})
        driver: Any = connection.connection.dbapi_connection
        if not foreign_keys:
            driver.execute("PRAGMA foreign_keys=OFF")         # no effect inside a transaction
        if durable:
            driver.execute("PRAGMA synchronous=FULL")         # as above; the write-ahead log is synced at the commit
        try:
            with connection.begin():
                yield connection
        finally:
            if durable:
                driver.execute("PRAGMA synchronous=NORMAL")
            if not foreign_keys:
                driver.execute("PRAGMA foreign_keys=ON")


def insert_new(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert those of `rows` whose key is not there yet; how many they were (as the driver counts)."""
    if not rows:
        return 0
    return connection.execute(insert(table).on_conflict_do_nothing(), list(rows)).rowcount


def upsert(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, and where the primary key is there, write the other columns anew (its children stay)."""
    if not rows:
        return
    connection.execute(_upsert_into(table, tuple(rows[0])), list(rows))


@cache
def _upsert_into(table: sa.Table, columns: tuple[str, ...]) -> Insert:
    statement = insert(table)
    keys = [column.name for column in table.primary_key]
    values = {name: statement.excluded[name] for name in columns if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=values)


def array_of(column: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """All values of a column in one JSON array: of many rows it comes sooner than the rows do."""
    return sa.func.json_group_array(column)


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """`values` in lists short enough for one IN (...)."""
    pending = iter(values)
    while some := list(islice(pending, ROWS_AT_ONCE)):
        yield some


@contextmanager
def in_plain_words(name: str) -> Iterator[None]:
    """Turn what the database raises about the record `name` into a StoreError that says what to do."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(_plain(name, str(error.orig))) from error
    except sqlite3.Error as error:
        raise StoreError(_plain(name, str(error))) from error


_MEANINGS = (                     # (what SQLite says, what it means, what to do)
    ("file is not a database", "not an SQLite file", "give another path with --record"),
    ("malformed", "the file is damaged", "restore it from a copy, or give another path with --record"),
    ("locked", f"another program has been writing to it for {BUSY_TIMEOUT_S:.0f} s",
     "run the same command again: nothing that was kept is lost"),
    ("readonly", "it cannot be written to", "change the permissions of the file and of its folder"),
    ("disk is full", "the disk is full", "make room, then run the same command again: nothing that was kept is lost"),
    ("disk i/o error", "the disk cannot be read or written", "check the disk, then run the same command again"),
    ("unable to open", "it cannot be opened", "check the permissions of the file and of its folder"),
)


def _plain(name: str, said: str) -> str:
    for words, meaning, todo in _MEANINGS:
        if words in said.lower():
            return f"{name}: {meaning}; {todo}"
    return f"{name}: the database says: {' '.join(said.split())}"


def copy_to(connection: sa.Connection, path: Path) -> None:
    """Write the database, as it is at one moment, to the new file `path`."""
    driver = connection.connection.driver_connection
    target = sqlite3.connect(path)
    try:
        driver.backup(target)             # type: ignore[union-attr]
    finally:
        target.close()
