"""Puts tests/ on the path, so that a test may say `from helpers import a_report`; keeps away what this machine's user added.

With --postgres the records that tests make are on a PostgreSQL server (tests/on_postgres.py).
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from on_postgres import Server

sys.path.insert(0, str(Path(__file__).parent))
os.environ["DATELINE_DATA"] = str(Path(tempfile.gettempdir()) / "dateline-tests-nothing-added")  # a folder that is not there
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, one for all tests of a run: a second one cannot be started beside it."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no chromium here: apt-get install chromium")
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="records are made on a PostgreSQL server of the tests' own")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--postgres"):
        for item in items:
            if (mark := item.get_closest_marker("a_file")) is not None:
                item.add_marker(pytest.mark.skip(reason=f"about a record in a file: {mark.kwargs.get('why', item.name)}"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server, one for all tests of a process."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install dateline[postgres]")
    import on_postgres

    if on_postgres.binaries() is None:
        pytest.skip(on_postgres.MISSING)
    with on_postgres.server() as started:
        yield started


@pytest.fixture(scope="session", autouse=True)
def _new_records_are_copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A new record in a file is a copy of one that the migrations made, as one on a server is: they take a fifth of a second."""
    import sqlite3

    from dateline.store.dialect_sqlite import SqliteDatabase

    bring_up_to_date = SqliteDatabase.bring_up_to_date
    made = tmp_path_factory.mktemp("made") / "made.db"
    database = SqliteDatabase(made, read_only=False)
    bring_up_to_date(database)
    database.close()
    template, one_at_a_time = sqlite3.connect(made, check_same_thread=False), threading.Lock()

    def copied(self: SqliteDatabase) -> None:
        with one_at_a_time:
            if self.revision() is None:
                held = self._engine.raw_connection()
                try:
                    template.backup(cast("sqlite3.Connection", held.driver_connection))
                finally:
                    held.close()
        bring_up_to_date(self)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(SqliteDatabase, "bring_up_to_date", copied)
        yield
    template.close()


@pytest.fixture(scope="session", autouse=True)
def _passwords_are_kept_quickly() -> Iterator[None]:
    """As argon2 makes them, with the least work: what it takes to guess one is no matter of the tests."""
    from argon2 import PasswordHasher

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("dateline.team.people.HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def _records_on_postgres(request: pytest.FixtureRequest) -> Iterator[None]:
    if not request.config.getoption("--postgres"):
        yield
        return
    started: Server = request.getfixturevalue("postgres")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("dateline.store.opening.database_at", started.database_at)
        yield


@pytest.fixture(autouse=True)
def _databases_go_with_their_test(request: pytest.FixtureRequest) -> Iterator[None]:
    if not request.config.getoption("--postgres"):
        yield
        return
    started: Server = request.getfixturevalue("postgres")
    yield
    folder = (request.node.funcargs or {}).get("tmp_path")       # None where the run is stopped
    if folder is not None:
        started.drop_under(folder)
