"""A record as an older version of dateline left it, made from one of this version: the older tables, the same rows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from dateline.store.dialect_sqlite import APPLICATION_ID, SqliteDatabase
from dateline.store.migrating import migrate


def older_record(path: Path, revision: str) -> None:
    """Make the record `path` one of `revision`. What that version has no column for is gone; tables it had alone are empty."""
    older = path.with_suffix(".older")
    without = ("judgement",) if revision < "0003" else ()         # of another shape, and nothing wrote to it then
    database = SqliteDatabase(older, read_only=False)
    with database.writing(foreign_keys=False) as connection:
        migrate(connection, revision)
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    database.close()
    with closing(sqlite3.connect(older, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS newer", [str(path)])
        for (table,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
            if table in ("alembic_version", *without) or table.startswith(("report_words", "sqlite_")):
                continue
            common = [name for name in _columns(connection, "main", table) if name in _columns(connection, "newer", table)]
            if common:
                names = ", ".join(f'"{name}"' for name in common)
                connection.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM newer.{table}"
                                   if table != "incident" or revision >= "0006" else _with_bodies(common))
        if revision < "0006":
            connection.execute("INSERT INTO main.incident_group SELECT value, incident_number FROM newer.incident_facet "
                               "WHERE facet = 'group'")
    for end in ("", "-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)
    older.rename(path)


def _columns(connection: sqlite3.Connection, schema: str, table: str) -> list[str]:
    return [name for _, name, *_ in connection.execute(f"PRAGMA {schema}.table_info({table})")]


def _with_bodies(common: list[str]) -> str:
    """Up to 0005 the body stood in the row of the incident."""
    names = ", ".join(f'"{name}"' for name in common)
    return (f"INSERT INTO main.incident ({names}, body) SELECT {names}, body FROM newer.incident "
            "JOIN newer.incident_body ON incident_number = number")
