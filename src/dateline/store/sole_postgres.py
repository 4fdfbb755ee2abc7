"""One of a kind on a record on PostgreSQL, wherever its processes run: a lock of a session, which goes with it."""

from __future__ import annotations

import os
import socket
from contextlib import suppress

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from dateline.errors import StoreError

WATCHING = 0x44544C57             # "DTLW": the class of the lock of whoever watches; the other half is the record's schema
# A machine that is gone without a word is missed after a minute, not after the two hours that are usual.
_MISSED_SOON = "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3"
_TAKE = sa.text("SELECT pg_try_advisory_lock(CAST(:of AS integer), hashtext(current_schema()))")
_HOLDER = sa.text(
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND l.granted "
    "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    "AND l.classid = CAST(CAST(:of AS bigint) AS oid) "
    "AND l.objid = CAST(CAST(hashtext(current_schema()) AS bigint) & 4294967295 AS oid)")


class SoleWatcher:
    """The lock of whoever watches feeds into a record. name: of the record."""

    def __init__(self, engine: sa.Engine, name: str) -> None:
        self._engine, self._name = engine, name
        self._session: sa.Connection | None = None

    def take(self) -> None:
        """Hold the lock; nothing where it is held still, taken anew where its session was lost. Raises StoreError where another
        holds it, and says which machine and process that is; what the database raises where it is away."""
        if self._session is not None:
            with suppress(DBAPIError):
                self._session.exec_driver_sql("SELECT 1")
                return
            self.let_go()
        session = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            for one in _MISSED_SOON.split("; "):
                session.exec_driver_sql(one)
            if not session.execute(_TAKE, {"of": WATCHING}).scalar_one():
                holder = session.execute(_HOLDER, {"of": WATCHING}).scalar() or "another process"
                raise StoreError(f"{self._name}: {holder} watches feeds into it already; end that one first")
            me = f"process {os.getpid()} on {socket.gethostname()}"[:63]
            session.execute(sa.text("SELECT set_config('application_name', :me, false)"), {"me": me})
        except BaseException:
            session.invalidate()
            session.close()
            raise
        self._session = session

    def let_go(self) -> None:
        if self._session is not None:
            self._session.invalidate()        # its session ends, and the lock with it
            self._session.close()
            self._session = None
