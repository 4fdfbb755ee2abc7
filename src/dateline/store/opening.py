"""Opening a record: what is refused, and how an older record becomes one of this version."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from dateline.errors import StoreError
from dateline.store import dialect, schema
from dateline.store.store import Store

_WAL_RETRY_S = 0.05               # two first openings at once: the switch to WAL does not wait by itself


def open_record(path_or_url: str | os.PathLike[str], *, create: bool = True) -> Store:
    """The record at `path_or_url`, brought up to this version.

    path_or_url: a path, or "sqlite:///path". create: whether a record that is not there is made.
    A file that may be read only is opened for reading. Raises StoreError: no record there, not a record, a record of
    a newer version, a database that is not supported, or what the disk refuses.
    """
    path = _path_in(os.fspath(path_or_url))
    is_new = _is_new(path, create)
    read_only = not is_new and not os.access(path, os.W_OK)
    engine = dialect.engine_for(path, read_only=read_only)
    try:
        with dialect.in_plain_words(str(path)):
            _bring_up_to_date(engine, path, read_only)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, str(path))


def _path_in(path_or_url: str) -> Path:
    scheme, found, rest = path_or_url.partition("://")
    if not found:
        if not path_or_url:
            raise StoreError("the record's path is empty; give one with --record")
        return Path(path_or_url)
    if scheme.partition("+")[0] in {"postgresql", "postgres"}:
        raise StoreError("postgresql:// records are not supported yet; give the path of a file with --record")
    if scheme != "sqlite" or not rest.startswith("/") or len(rest) == 1:
        raise StoreError(f"{scheme}:// is no record that dateline can open; give the path of a file with --record")
    return Path(rest[1:])


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


def _bring_up_to_date(engine: sa.Engine, path: Path, read_only: bool) -> None:
    with engine.connect() as connection:
        held = _version_in(connection, path)
    if held == schema.NEWEST:
        return
    if read_only:
        raise StoreError(f"{path}: an older record, and it cannot be written to; change its permissions")
    _use_write_ahead_log(engine)
    with dialect.write_transaction(engine, foreign_keys=False) as connection:
        if _version_in(connection, path) != schema.NEWEST:       # another process may have done it meanwhile
            connection.exec_driver_sql(f"PRAGMA application_id={dialect.APPLICATION_ID}")
            migrate(connection)


def _version_in(connection: sa.Connection, path: Path) -> str | None:
    """The revision of the record; None for an empty file. Raises StoreError for another database or a newer record."""
    tables = set(connection.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
    if not tables:
        return None
    application = connection.exec_driver_sql("PRAGMA application_id").scalar()
    if application != dialect.APPLICATION_ID or "alembic_version" not in tables:
        raise StoreError(f"{path}: an SQLite file, but not a record of dateline; give another path with --record")
    held = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    if held is not None and held > schema.NEWEST:
        raise StoreError(f"{path}: written by a newer dateline (its record is version {held}, this one knows "
                         f"{schema.NEWEST}); install the newer dateline, or give another path with --record")
    return str(held) if held is not None else None


def migrate(connection: sa.Connection, revision: str = "head") -> None:
    """Bring the tables to `revision`."""
    from alembic import command  # imported here: a record of this version need not wait 0.2 s for it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _use_write_ahead_log(engine: sa.Engine) -> None:
    """Readers and a writer at once. The file remembers it; a file system that cannot keeps its journal."""
    deadline = time.monotonic() + dialect.BUSY_TIMEOUT_S
    while True:
        try:
            driver = engine.raw_connection()
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
