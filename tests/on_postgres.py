"""A PostgreSQL server of the tests' own, and records on it in place of files: `pytest --postgres`.

A test names a record by a path, as ever. Under --postgres a record that is made there is a database of the server, and the file
holds its address: whoever opens the file, here or in a process of its own, opens that. A file that is copied is a record of its
own. What is about files is marked `a_file` and left out.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BINARIES = "/usr/lib/postgresql"
STUB = "a record of the tests on "
SETTINGS = ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=500",
            "shared_buffers=64MB", "autovacuum=off", "max_wal_size=4GB", "checkpoint_timeout=1h")
MISSING = "no PostgreSQL here: apt-get install postgresql"


def binaries() -> Path | None:
    """The folder of the newest server that is installed; None: there is none."""
    found = [path.parent for path in Path(BINARIES).glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    named = shutil.which("initdb")
    return Path(named).resolve().parent if named else None


@dataclass
class Server:
    """A server. folder: where its socket and its data are. command, as_user: how it is started."""

    folder: Path
    command: list[str]
    as_user: dict[str, Any]
    process: subprocess.Popen[bytes] | None = None
    by_files: str = ""            # what has a database copied file by file, where the server can: half the time
    numbers: Iterator[int] = field(default_factory=itertools.count)
    by_path: dict[Path, str] = field(default_factory=dict)      # the file of a record -> its database

    def start(self) -> None:
        """Start it, and wait until it answers."""
        import psycopg

        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=log, cwd=self.folder, **self.as_user)
        until = time.monotonic() + 60
        while True:
            try:
                self.execute("SELECT 1")
                return
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def stop(self) -> None:
        """Stop it as `systemctl stop` does: what it is asked just then is broken off."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def connected(self) -> Any:
        import psycopg

        return psycopg.connect(self.url("postgres"), autocommit=True)

    def execute(self, statement: str) -> None:
        with self.connected() as connection:
            connection.execute(statement.encode())

    def new_database(self, template: str = "made") -> str:
        """A database of its own, a copy of another; by default of a record in which nothing is."""
        name = f"d{os.getpid()}_{next(self.numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}{self.by_files}")
        return name

    def drop_under(self, folder: Path) -> None:
        for path in [path for path in self.by_path if path.is_relative_to(folder)]:
            self.execute(f"DROP DATABASE IF EXISTS {self.by_path.pop(path)} WITH (FORCE)")

    def database_at(self, path: Path, *, create: bool) -> Any:
        """In place of the store's: the record whose address the file at `path` holds, or will hold."""
        from dateline.store import dialect_postgres, dialect_sqlite

        path = path.absolute()
        if dialect_sqlite._is_new(path, create):
            self._keep(path, self.new_database())
        held = path.read_bytes()[:1000].decode("utf-8", "replace")
        if not held.startswith(STUB):
            return dialect_sqlite.SqliteDatabase(path, read_only=not os.access(path, os.W_OK))
        name, _, owner = held.removeprefix(STUB).partition("\n")
        if owner != str(path):
            name = self.new_database(template=name)
            self._keep(path, name)
        database = dialect_postgres.database_at(self.url(name), create=True)
        database.name = str(path)         # as what is opened by that name again
        return database

    def _keep(self, path: Path, name: str) -> None:
        path.write_text(f"{STUB}{name}\n{path}")
        self.by_path[path] = name


@contextmanager
def server() -> Iterator[Server]:
    """A server in a temporary folder, gone at the end. Raises FileNotFoundError where none is installed."""
    installed = binaries()
    if installed is None:
        raise FileNotFoundError(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="dateline-pg-"))
    as_user: dict[str, Any] = {}
    if os.getuid() == 0:              # a server never runs as root
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    held = folder / "held"
    subprocess.run([installed / "initdb", "-D", held, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"],
                   check=True, stdout=subprocess.DEVNULL, cwd=folder, **as_user)
    options = [part for setting in SETTINGS for part in ("-c", setting)]
    one = Server(folder, [str(installed / "postgres"), "-D", str(held), "-k", str(folder), *options], as_user)
    try:
        one.start()
        yield _with_template(one)
    finally:
        one.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _with_template(one: Server) -> Server:
    """The server with the database that others are copies of."""
    from dateline.store.dialect_postgres import database_at

    with one.connected() as connection:
        one.by_files = " STRATEGY FILE_COPY" if connection.info.server_version >= 150_000 else ""
    one.execute("CREATE DATABASE made")
    made = database_at(one.url("made"), create=True)
    made.bring_up_to_date()
    made.close()
    return one
