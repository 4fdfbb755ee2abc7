"""The part of dateline doctor that looks into a record on a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

from dateline.checkup import CLOCK_AHEAD, Ask, Finding, clock, counts, inside, migrated, seen, size_of
from dateline.errors import StoreError
from dateline.store import schema
from dateline.store.dialect import BUSY_TIMEOUT_S, Database
from dateline.store.opening import database_of


def of_server(address: str, now: datetime) -> Iterator[Finding]:
    """Every check of the record at a postgresql:// address. Nothing is made there, and an older record stays as it is."""
    try:
        with closing(database_of(address, create=False)) as database, database.in_plain_words():
            held = database.revision()
            assert held is not None, "a database without a record is refused where none is made"
            with database.reading() as connection:
                ask: Ask = connection.exec_driver_sql
                found = [*_server(ask, now), *_writers(ask), *_record(database, ask, held), clock(now, seen(ask, held)),
                         *inside(ask, held, now)]
    except StoreError as problem:
        yield Finding("record", "fail", str(problem))
        yield clock(now, [])
        return
    yield from found


def _server(ask: Ask, now: datetime) -> Iterator[Finding]:
    version, its_now = ask("SELECT current_setting('server_version'), clock_timestamp()").fetchone()
    yield Finding("server", "ok", f"PostgreSQL {version}")
    # both clocks are read in one moment, whatever `now` the check-up began with
    apart = abs(its_now.astimezone(UTC) - datetime.now(UTC))
    if apart > CLOCK_AHEAD:
        yield Finding("server's clock", "fail", f"it is {its_now.astimezone(UTC):%Y-%m-%d %H:%M} UTC there, and "
                      f"{datetime.now(UTC):%Y-%m-%d %H:%M} here", "set both clocks by a time server (timedatectl)")


def _writers(ask: Ask) -> Iterator[Finding]:
    """Who has held the lock of those who write for longer than others wait for it."""
    from dateline.store.dialect_postgres import LOCK

    rows = ask("SELECT a.pid, a.application_name, a.client_addr, "  # noqa: S608 - a number of ours
               "CAST(extract(epoch FROM clock_timestamp() - a.xact_start) AS float8) FROM pg_locks AS l "
               "JOIN pg_stat_activity AS a ON a.pid = l.pid JOIN pg_database AS d ON d.oid = l.database "
               "WHERE l.locktype = 'advisory' AND l.granted AND a.xact_start IS NOT NULL AND "
               f"l.classid = {LOCK} AND l.objid = CAST(CAST(hashtext(current_schema()) AS bigint) & 4294967295 AS oid) "
               "AND d.datname = current_database()").fetchall()
    for pid, name, client, seconds in rows:
        if seconds > BUSY_TIMEOUT_S:
            yield Finding("writers", "warn", f"{name or 'a program'} at {client or 'the server itself'} has been writing for "
                          f"{seconds:,.0f} s (process {pid} of the server): nobody else can",
                          f"see what it does; SELECT pg_terminate_backend({pid}) ends it, and nothing that was kept is lost")


def _record(database: Database, ask: Ask, held: str) -> Iterator[Finding]:
    yield migrated(database.name, held, schema.NEWEST)
    yield Finding("record", "ok", f"{database.name}: {counts(ask)}, {size_of(database.size())} on the server")
    if not ask("SELECT has_table_privilege('report', 'INSERT')").scalar():
        yield Finding("permissions", "warn", f"{database.name} cannot be written to by this user",
                      "give the user the rights of the database's owner")
