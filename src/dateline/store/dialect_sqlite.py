"""A record in a file: all that only SQLite does. How it is opened, locked and migrated, and what its complaints mean."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from dateline.errors import StoreError
from dateline.store import dialect, schema
from dateline.store.dialect import Database
from dateline.store.migrating import migrate

CACHE_KIB = 64 * 1024             # of pages: the default of 2 MB reads a large record's indexes from the disk again and again
CHECKPOINT_PAGES = 8_000          # of 4 kB in the write-ahead log: many commits change the same pages
APPLICATION_ID = 0x44544C4E       # "DTLN" in the file's header: `file record.db` can tell it

_WAL_RETRY_S = 0.05               # two first openings at once: the switch to WAL does not wait by itself
_WRITES = "dateline_writes"       # execution option: this transaction takes the write lock when it begins


class SqliteDatabase(Database):
    """The file `path`. Transactions begin by our word, not by the driver's guess."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.path, self.name, self.read_only = path, str(path), read_only
        mode = "ro" if read_only else "rwc"

        def connect() -> sqlite3.Connection:
            connection = sqlite3.connect(f"file:{quote(os.fsencode(path))}?mode={mode}", uri=True, timeout=dialect.BUSY_TIMEOUT_S,
                                         isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA foreign_keys=ON")
            # With a write-ahead log NORMAL leaves out the fsync of each commit. A commit has then reached the operating
            # system: it outlives this process (SIGKILL too), and only the machine's power loss can take back the last.
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
            connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
            return connection

        self._engine = sa.create_engine("sqlite+pysqlite://", creator=connect, poolclass=sa.pool.QueuePool, max_overflow=-1)
        sa.event.listen(self._engine, "begin", _begin)

    @property
    def engine(self) -> sa.Engine:
        return self._engine

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, *, durable: bool = False, foreign_keys: bool = True) -> Iterator[sa.Connection]:
        """foreign_keys: off while a migration makes tables anew."""
        with self._engine.connect() as connection:
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

    def revision(self) -> str | None:
        with self._engine.connect() as connection:
            return self._revision(connection)

    def bring_up_to_date(self) -> None:
        self._use_write_ahead_log()
        with self.writing(foreign_keys=False) as connection:
            if self._revision(connection) != schema.NEWEST:       # another process may have done it meanwhile
                connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
                migrate(connection)

    def _revision(self, connection: sa.Connection) -> str | None:
        tables = set(connection.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
        if not tables:
            return None
        application = connection.exec_driver_sql("PRAGMA application_id").scalar()
        if application != APPLICATION_ID or "alembic_version" not in tables:
            raise StoreError(f"{self.name}: an SQLite file, but not a record of dateline; give another path with --record")
        held = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
        return str(held) if held is not None else None

    def _use_write_ahead_log(self) -> None:
        """Readers and a writer at once. The file remembers it; a file system that cannot keeps its journal."""
        deadline = time.monotonic() + dialect.BUSY_TIMEOUT_S
        while True:
            try:
                driver = self._engine.raw_connection()
                try:
                    driver.cursor().execute("PRAGMA journal_mode=WAL")
                finally:
                    driver.close()
            except (sqlite3.OperationalError, OperationalError) as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(_WAL_RETRY_S)
            else:
                return

    def identity(self) -> Hashable:
        try:
            file = os.stat(self.path)
        except OSError:               # renamed while it is open
            return object()
        return (self.name, file.st_dev, file.st_ino)

    def copy_to(self, path: Path) -> None:
        with self._engine.connect() as connection:
            driver = connection.connection.driver_connection
            target = sqlite3.connect(path)
            try:
                driver.backup(target)             # type: ignore[union-attr]
            finally:
                target.close()

    def become(self, source: Database) -> None:
        source.copy_to(self.path)

    def size(self) -> int:
        return sum(one.stat().st_size for one in (self.path, self.path.with_name(f"{self.path.name}-wal")) if one.exists())

    def given(self, connection: sa.Connection) -> Mapping[str, int]:
        return {row[0]: row[1] for row in connection.execute(sa.text("SELECT name, seq FROM sqlite_sequence"))}

    def give_on(self, connection: sa.Connection, given: Mapping[str, int]) -> None:
        for name, last in given.items():
            connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
            connection.execute(sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), {
                "name": name, "last": last})

    def meaning_of(self, error: BaseException) -> str | None:
        return meaning_of(error)


def database_at(path: Path, *, create: bool) -> SqliteDatabase:
    """The file at `path`, which need not be there. A file that may be read only is opened for reading. Raises StoreError where
    no record can be there; create: whether one that is not there is made."""
    is_new = _is_new(path, create)
    return SqliteDatabase(path, read_only=not is_new and not os.access(path, os.W_OK))


def _is_new(path: Path, create: bool) -> bool:
    """Whether there is nothing at `path` yet. Raises StoreError where no record can be there.

    The file itself is not opened: to close it again would take away the locks that this process, if it has the record open
    already, holds on it (POSIX), and another process could then delete the write-ahead log from under it.
    """
    try:
        if path.is_dir():
            raise StoreError(f"{path}: a folder, not a record; give the path of a file with --record")
        if not path.exists():
            if not create:
                raise StoreError(f"{path}: no record there; `dateline run SOURCE` makes one, --record names another")
            if not path.parent.is_dir():
                raise StoreError(f"{path}: there is no folder {path.parent}; make it, then run the same command again")
            return True
        size = path.stat().st_size
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}; check the permissions of the file and of its folder") from None
    return size == 0


def _begin(connection: sa.Connection) -> None:
    # IMMEDIATE: a transaction that read first and writes later could find its snapshot outdated and fail at once,
    # without the busy timeout
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


# What it complains about

_MEANINGS = (                     # (what SQLite says, what it means, what to do)
    ("file is not a database", "not an SQLite file", "give another path with --record"),
    ("malformed", "the file is damaged", "restore it from a copy, or give another path with --record"),
    ("locked", f"another program has been writing to it for {dialect.BUSY_TIMEOUT_S:.0f} s",
     "run the same command again: nothing that was kept is lost"),
    ("readonly", "it cannot be written to", "change the permissions of the file and of its folder"),
    ("disk is full", "the disk is full", "make room, then run the same command again: nothing that was kept is lost"),
    ("disk i/o error", "the disk cannot be read or written", "check the disk, then run the same command again"),
    ("unable to open", "it cannot be opened", "check the permissions of the file and of its folder"),
)


def meaning_of(error: BaseException) -> str | None:
    if not isinstance(error, (DBAPIError, sqlite3.Error)):
        return None
    return dialect.meaning_in(str(dialect.said_by(error)), _MEANINGS)


@contextmanager
def in_plain_words(name: str) -> Iterator[None]:
    """As `Database.in_plain_words`, for a file that is not a record yet, or a copy."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise StoreError(f"{name}: {meaning_of(error)}") from error


# How it spells what it does in its own way


@compiles(dialect.array_of, "sqlite")
def _array(element: dialect.array_of, compiler: SQLCompiler, **given: Any) -> str:
    return f"json_group_array({compiler.process(element.clauses, **given)})"


@compiles(dialect.rounded, "sqlite")
def _rounded(element: dialect.rounded, compiler: SQLCompiler, **given: Any) -> str:
    return f"round({compiler.process(element.clauses, **given)})"


@compiles(dialect.whole_part, "sqlite")
def _whole(element: dialect.whole_part, compiler: SQLCompiler, **given: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **given)} AS INTEGER)"


@compiles(dialect.like_letters, "sqlite")
def _like(element: dialect.like_letters, compiler: SQLCompiler, **given: Any) -> str:
    column, pattern = (compiler.process(one, **given) for one in element.clauses)
    return f"({column} LIKE {pattern} ESCAPE '/')"


@compiles(dialect.among, "sqlite")
def _among(element: dialect.among, compiler: SQLCompiler, **given: Any) -> str:
    column, numbers = (compiler.process(one, **given) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each('[' || {numbers} || ']'))"  # noqa: S608 - both are SQLAlchemy's


@compiles(dialect.matches, "sqlite")
def _matches(element: dialect.matches, compiler: SQLCompiler, **given: Any) -> str:
    _, fts5, _ = element.clauses
    return f"report_words MATCH {compiler.process(fts5, **given)}"


@compiles(dialect.matches_term, "sqlite")
def _matches_term(element: dialect.matches_term, compiler: SQLCompiler, **given: Any) -> str:
    _, term = element.clauses
    return f"report_words MATCH {compiler.process(term, **given)}"
