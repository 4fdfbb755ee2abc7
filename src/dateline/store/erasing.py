"""Deleted for good: what is deleted leaves its bytes in the file, its log and the index of words until they are written over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from dateline.errors import StoreError


@contextmanager
def overwriting(connection: sa.Connection) -> Iterator[None]:
    """What is deleted inside is overwritten with zeros, and lines of the audit log may be changed."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql("ALTER TABLE audit DISABLE TRIGGER USER")
        yield
        connection.exec_driver_sql("ALTER TABLE audit ENABLE TRIGGER USER")
        return
    connection.exec_driver_sql("PRAGMA secure_delete=ON")
    triggers = connection.execute(sa.text(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'")).all()
    for row in triggers:
        connection.exec_driver_sql(f'DROP TRIGGER "{row.name}"')
    yield
    for row in triggers:
        connection.exec_driver_sql(row.sql)
    # the words of deleted texts stay in the index's older segments until these are merged
    connection.exec_driver_sql("INSERT INTO report_words(report_words) VALUES('optimize')")


def erase_bytes(engine: sa.Engine, name: str) -> None:
    """Write the whole database anew without what was deleted, and empty its log. It needs as much room again as the database has.

    Raises StoreError where somebody reads or writes all the while: the bytes are in the file until it is done again.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        driver: Any = connection.connection.dbapi_connection
        if connection.dialect.name != "sqlite":
            # the statistics of each column hold values too, and are made anew; who has no right to the last is told so in the log
            connection.exec_driver_sql("VACUUM (FULL, ANALYZE)")
            connection.exec_driver_sql("VACUUM FULL pg_catalog.pg_statistic")
            return
        driver.execute("VACUUM")
        busy = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        driver.execute("PRAGMA secure_delete=OFF")
    if busy:
        raise StoreError(f"{name}: what was forgotten is deleted, but somebody reads the record, and its bytes are in the file "
                         "until nobody does; stop dateline serve, then dateline forget --erase")
