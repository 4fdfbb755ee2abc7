"""The ledger of an archive job: which files are done, leased, waiting or quarantined; an SQLite file in the job's folder.

Only the program that was called writes it, never the processes that read files. A lease says which program is at a file, and
until when; a lease of a program of this machine that is no more has run out at once. Several programs may work at one job.
"""

from __future__ import annotations

import os
import secrets
import socket
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dateline.backfill.outcome import FileRead
from dateline.backfill.units import Unit
from dateline.errors import BackfillError
from dateline.records.codec import from_line, to_line

LEASE_S = 120.0                   # renewed long before; so long a file waits whose program's machine is gone
MOST_FAILURES = 3
MOST_INTERRUPTED = 20             # so often a process is killed from outside by chance alone
RETRY_S = 2.0                     # after a failure, times the failures: what is wrong with a store may pass
WAITING, DONE, QUARANTINED = "waiting", "done", "quarantined"
_TABLES = """
create table if not exists job (name text primary key, value text not null);
create table if not exists unit (
  key text primary key, name text not null, size integer, changed text not null, modified text not null,
  state text not null default 'waiting', failures integer not null default 0, interrupted integer not null default 0,
  reason text, holder text, until real, token text, read text, took_s real, peak_mb real);
create index if not exists unit_state on unit (state, failures, size);
"""


@dataclass(frozen=True, slots=True)
class Lease:
    """A file that this program may read now. token: of this attempt; what it did counts only while the ledger has it.

    before: what reading it gave before it changed, if it did.
    """

    unit: Unit
    token: str
    before: FileRead | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as the ledger knows it."""

    unit: Unit
    state: str
    failures: int
    reason: str | None            # of the last failure
    read: FileRead | None         # where it is done
    took_s: float | None
    peak_mb: float | None


class Ledger:
    """Open while a program is at work. Every call is one transaction."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = sqlite3.connect(path, timeout=60, isolation_level=None)
        with self._plainly():
            self._db.executescript(_TABLES)
        self.holder = holder_name(os.getpid())

    def close(self) -> None:
        self._db.close()

    def begin(self, how: str, told: str) -> None:
        """Begin the job, or go on with it. how: what its tables depend on besides the files; told: in words.

        Raises BackfillError where it was begun otherwise: its tables would not fit together.
        """
        with self._writing():
            held = dict(self._db.execute("select name, value from job"))
            if not held:
                self._db.executemany("insert into job values (?, ?)", [("how", how), ("told", told)])
            elif held["how"] != how:
                raise BackfillError(f"{self._path.parent}: was begun by {held['told']}, and this is {told}; "
                                    "finish it as it was begun, or give another --out")

    def add(self, units: Iterable[Unit]) -> None:
        """Enter files that are new; one that has changed since it was read is read again."""
        with self._writing():
            for one in units:
                row = (one.name, one.size, one.changed, one.modified.isoformat(), one.key)
                known = self._db.execute("select changed from unit where key = ?", (one.key,)).fetchone()
                if known is None:
                    self._db.execute("insert into unit (name, size, changed, modified, key) values (?, ?, ?, ?, ?)", row)
                elif known[0] != one.changed:
                    self._db.execute("update unit set name = ?, size = ?, changed = ?, modified = ?, state = 'waiting', "
                                     "failures = 0, interrupted = 0, reason = null, holder = null, token = null, "
                                     "until = null where key = ?", row)

    def again(self) -> int:
        """Let quarantined files be tried anew; how many there are."""
        with self._writing():
            return self._db.execute("update unit set state = 'waiting', failures = 0, interrupted = 0, until = null "
                                    "where state = 'quarantined'").rowcount

    def take(self, now: float) -> Lease | None:
        """Lease the next file that nobody is at: those that have not failed first, the largest first. now: time.time()."""
        with self._writing():
            rows = self._db.execute(
                "select key, name, size, changed, modified, holder, until, read from unit where state = 'waiting' "
                "order by failures, size desc, name")
            for key, name, size, changed, modified, holder, until, read in rows:
                if until is not None and until > now and (holder is None or not is_gone(holder)):
                    continue
                token = secrets.token_hex(8)
                self._db.execute("update unit set holder = ?, until = ?, token = ? where key = ?",
                                 (self.holder, now + LEASE_S, token, key))
                return Lease(Unit(name, key, size, changed, datetime.fromisoformat(modified)), token,
                             from_line(FileRead, read) if read else None)
        return None

    def renew(self, now: float) -> None:
        """Say that this program is still at the files that it leased."""
        with self._writing():
            self._db.execute("update unit set until = ? where holder = ? and state = 'waiting'", (now + LEASE_S, self.holder))

    def holds(self, lease: Lease) -> bool:
        """Whether nobody has taken the file over."""
        return self._token(lease.unit.key) == lease.token

    def done(self, lease: Lease, read: FileRead, took_s: float, peak_mb: float) -> None:
        with self._writing():
            self._db.execute("update unit set state = 'done', read = ?, took_s = ?, peak_mb = ?, reason = null, holder = null, "
                             "token = null, until = null where key = ? and token = ?",
                             (to_line(read), took_s, peak_mb, lease.unit.key, lease.token))

    def failed(self, lease: Lease, reason: str, now: float, *, by_itself: bool) -> bool:
        """Give the file back, and note why; whether it is quarantined by that. by_itself: not cut off from outside."""
        column, most = ("failures", MOST_FAILURES) if by_itself else ("interrupted", MOST_INTERRUPTED)
        with self._writing():
            if not self.holds(lease):
                return False
            self._db.execute(f"update unit set {column} = {column} + 1, reason = ?, holder = null, token = null, "  # noqa: S608  one of two words
                             "until = ? + ? * (failures + 1), "
                             f"state = case when {column} + 1 >= ? then 'quarantined' else state end where key = ?",
                             (reason, now, RETRY_S if by_itself else 0.0, most, lease.unit.key))
            state = self._db.execute("select state from unit where key = ?", (lease.unit.key,)).fetchone()
            return bool(state[0] == QUARANTINED)

    def give_back(self) -> None:
        """Give all files back that this program leased."""
        with self._writing():
            self._db.execute("update unit set holder = null, token = null, until = null where holder = ?", (self.holder,))

    def tokens(self) -> set[str]:
        """Of all attempts that are going on."""
        return {token for (token,) in self._db.execute("select token from unit where token is not null")}

    def counts(self) -> dict[str, tuple[int, int]]:
        """State -> files and bytes."""
        rows = self._db.execute("select state, count(*), sum(coalesce(size, 0)) from unit group by state")
        return {state: (files, size) for state, files, size in rows}

    def entries(self) -> Iterator[Entry]:
        """All files by name."""
        rows = self._db.execute("select name, key, size, changed, modified, state, failures, reason, read, took_s, peak_mb "
                                "from unit order by name, key")
        for name, key, size, changed, modified, state, failures, reason, read, took_s, peak_mb in rows:
            yield Entry(Unit(name, key, size, changed, datetime.fromisoformat(modified)), state, failures, reason,
                        from_line(FileRead, read) if read and state == DONE else None, took_s, peak_mb)

    def told(self) -> str:
        """What the job was begun by, in words."""
        row = self._db.execute("select value from job where name = 'told'").fetchone()
        return str(row[0]) if row else ""

    def _token(self, key: str) -> str | None:
        row = self._db.execute("select token from unit where key = ?", (key,)).fetchone()
        return row[0] if row else None

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._plainly():
            if self._db.in_transaction:
                yield
                return
            self._db.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._db.execute("rollback")
                raise
            self._db.execute("commit")

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise BackfillError(f"{self._path}: {error}; mend it, then run the same command again") from None


def holder_name(pid: int) -> str:
    """Machine, process and when it began: the same number may be another process later."""
    return f"{socket.gethostname()} {pid} {_began(pid)}"


def is_gone(holder: str) -> bool:
    """Whether a program of this machine is no more; of another machine's nothing is known."""
    host, pid, began = holder.rsplit(" ", 2)
    return host == socket.gethostname() and _began(int(pid)) != began


def _began(pid: int) -> str:
    """The time at which a process of this machine began, in the kernel's ticks; "-" where there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "-"
