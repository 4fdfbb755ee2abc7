"""The list of copies of the record, and the tombstones of what was forgotten. Part of the store (`store.upkeep`)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from typing import Any

import sqlalchemy as sa

from dateline.errors import DecisionError
from dateline.records.upkeep import BackupCopy, Forgotten
from dateline.store.dialect import chunks, insert_new, upsert
from dateline.store.listed import moment
from dateline.store.rows import instant
from dateline.store.schema_upkeep import backup_copy, forgotten

Connecting = Callable[[], AbstractContextManager[sa.Connection]]


class Upkeep:
    """Made by `Store.upkeep`."""

    def __init__(self, read: Connecting, write: Connecting) -> None:
        self._read, self._write = read, write

    def copies(self) -> list[BackupCopy]:
        """The copies that were made, oldest first, whether they are still there or not."""
        with self._read() as connection:
            return [BackupCopy(row.path, _time(row.made_at), row.bytes, row.reports) for row in connection.execute(
                sa.select(backup_copy).order_by(backup_copy.c.made_at, backup_copy.c.path))]

    def keep_copy(self, one: BackupCopy) -> None:
        """List a copy; one of the same path takes the place of the one before, which it has written over."""
        with self._write() as connection:
            upsert(connection, backup_copy, [{"path": one.path, "made_at": instant(one.made_at), "bytes": one.bytes,
                                              "reports": one.reports}])

    def drop_copy(self, path: str) -> bool:
        """Take a copy off the list, that was destroyed; whether it was on it."""
        with self._write() as connection:
            return connection.execute(sa.delete(backup_copy).where(backup_copy.c.path == path)).rowcount > 0

    def forgotten(self) -> list[Forgotten]:
        """The tombstones, oldest first."""
        with self._read() as connection:
            return [Forgotten(row.id, _time(row.at), row.who, row.why, row.what, row.report_id, row.reports, moment(row.since))
                    for row in connection.execute(sa.select(forgotten).order_by(forgotten.c.id))]

    def keep_forgotten(self, one: Forgotten, address: str | None = None) -> None:
        """address: where the report was read from; kept as a hash, and only where it is one of the web."""
        with self._write() as connection:
            connection.execute(sa.insert(forgotten), [{
                "at": instant(one.at), "who": one.who, "why": one.why, "what": one.what, "report_id": one.report,
                "address": hash_of(address), "reports": one.reports, "since": instant(one.since) if one.since else None}])

    def allow(self, report_id: str) -> None:
        """Let a report that was forgotten be read again: it may have been the wrong one. Raises DecisionError for none such."""
        with self._write() as connection:
            found = connection.execute(sa.delete(forgotten).where(forgotten.c.report_id == report_id)).rowcount
        if not found:
            raise DecisionError(f"no report {report_id} was forgotten here")

    def copy_tombstones(self, others: Upkeep) -> None:
        """Take over the tombstones of reports that another record has and this one lacks: it is about to be written over."""
        with others._read() as connection:
            rows = [dict(row) for row in connection.execute(
                sa.select(*(one for one in forgotten.c if one.key != "id")).where(
                    forgotten.c.what == "report").order_by(forgotten.c.id)).mappings()]
        with self._write() as connection:
            held = forgotten_among(connection, [row["report_id"] for row in rows])
            insert_new(connection, forgotten, [row for row in rows if row["report_id"] not in held])


def forgotten_among(connection: sa.Connection, report_ids: Collection[str]) -> set[str]:
    """Those of the reports that were forgotten."""
    return {name for some in chunks(sorted(report_ids)) for name in connection.execute(
        sa.select(forgotten.c.report_id).where(forgotten.c.report_id.in_(some))).scalars()}


def is_forgotten(connection: sa.Connection, report_id: str, source: str) -> bool:
    """Whether this report was forgotten, or another one that was read at the same address of the web."""
    asked = {"report_id": report_id, "address": hash_of(source)}      # that equals no address which is null
    return connection.execute(_IS_FORGOTTEN, asked).first() is not None


_IS_FORGOTTEN = sa.select(forgotten.c.id).where(sa.or_(          # made once: it is asked for each report
    forgotten.c.report_id == sa.bindparam("report_id"), forgotten.c.address == sa.bindparam("address"))).limit(1)


def hash_of(address: str | None) -> str | None:
    """What is kept of an address, so that it is known again and nothing is read from it; None for what is no web address."""
    if address is None or not address.startswith(("http://", "https://")):
        return None
    return hashlib.sha256(address.encode()).hexdigest()


def _time(text: str) -> Any:
    found = moment(text)
    assert found is not None      # the column is never null
    return found
