"""Opening a record: what is refused, and how an older record becomes one of this version."""

from __future__ import annotations

import os
from pathlib import Path

from dateline.errors import StoreError
from dateline.store import schema
from dateline.store.dialect import Database
from dateline.store.dialect_sqlite import database_at
from dateline.store.store import Store


def open_record(path_or_url: str | os.PathLike[str], *, create: bool = True) -> Store:
    """The record at `path_or_url`, brought up to this version.

    path_or_url: a path, "sqlite:///path", or "postgresql://USER:PASSWORD@HOST:PORT/DATABASE". create: whether a record that is
    not there is made; the database of PostgreSQL has to be there.
    A file that may be read only is opened for reading. Raises StoreError: no record there, not a record, a record of
    a newer version, a database that is not supported, or what the disk refuses.
    """
    database = database_of(os.fspath(path_or_url), create=create)
    try:
        with database.in_plain_words():
            _bring_up_to_date(database)
    except BaseException:
        database.close()
        raise
    return Store(database)


def database_of(path_or_url: str, *, create: bool) -> Database:
    """The database that `path_or_url` names, whatever is in it. Raises StoreError where it can be none."""
    scheme, found, rest = path_or_url.partition("://")
    if not found:
        if not path_or_url:
            raise StoreError("the record's path is empty; give one with --record")
        return database_at(Path(path_or_url), create=create)
    if scheme.partition("+")[0] in {"postgresql", "postgres"}:
        from dateline.store import dialect_postgres  # here: a record in a file needs no driver of a server

        return dialect_postgres.database_at(path_or_url, create=create)
    if scheme != "sqlite" or not rest.startswith("/") or len(rest) == 1:
        raise StoreError(f"{scheme}:// is no record that dateline can open; give the path of a file, or postgresql://"
                         "HOST/DATABASE, with --record")
    return database_at(Path(rest[1:]), create=create)


def _bring_up_to_date(database: Database) -> None:
    held = database.revision()
    if held == schema.NEWEST:
        return
    if held is not None and held > schema.NEWEST:
        raise StoreError(f"{database.name}: written by a newer dateline (its record is version {held}, this one knows "
                         f"{schema.NEWEST}); install the newer dateline, or give another record with --record")
    if database.read_only:
        raise StoreError(f"{database.name}: an older record, and it cannot be written to; change its permissions")
    database.bring_up_to_date()
