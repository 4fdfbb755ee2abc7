"""dateline doctor on a record that a PostgreSQL server holds."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from dateline import checkup_server
from dateline.checkup_server import of_server
from dateline.store import open_record, schema
from store.made import a_report

if TYPE_CHECKING:
    from on_postgres import Server


@pytest.fixture
def address(postgres: Server):
    """A record with a report in it."""
    name = postgres.new_database()
    with open_record(postgres.url(name)) as store:
        store.keep(a_report(), None, extracted="done")
    yield postgres.url(name)
    postgres.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def found(address, about, ago=timedelta()):
    return [one for one in of_server(address, datetime.now(UTC) - ago) if one.about == about]


def test_a_sound_record_is_told_with_its_server_and_size(address):
    states = {one.about: one.state for one in of_server(address, datetime.now(UTC))}
    assert states == {"server": "ok", "tables": "ok", "record": "ok", "clock": "ok", "backup": "warn"}
    [record] = found(address, "record")
    assert "1 reports, 0 incidents, " in record.said
    assert record.said.endswith("MiB on the server")
    [server] = found(address, "server")
    assert server.said.startswith("PostgreSQL ")


def test_no_line_tells_the_password_of_the_address(address):
    told = [f"{one.said} {one.todo}" for one in of_server(address.replace("postgres@", "postgres:s3cret@"), datetime.now(UTC))]
    assert told
    assert not any("s3cret" in line for line in told)


def test_a_server_that_does_not_answer_fails(tmp_path):
    [record] = found(f"postgresql://nobody@/none?host={tmp_path}", "record")
    assert record.state == "fail"
    assert "no server answers there" in record.said


def test_a_database_without_a_record_fails_and_stays_empty(postgres):
    name = postgres.new_database(template="template0")
    try:
        for _ in range(2):
            [record] = found(postgres.url(name), "record")
            assert (record.state, "no record there" in record.said) == ("fail", True)
    finally:
        postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("off", [timedelta(hours=-2), timedelta(hours=2)], ids=["behind", "ahead"])
def test_a_server_whose_clock_is_another_fails(address, monkeypatch, off):
    class Wrong(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + off

    monkeypatch.setattr(checkup_server, "datetime", Wrong)
    [clock] = found(address, "server's clock")
    assert clock.state == "fail"


def test_a_record_from_the_future_fails(address):
    [clock] = found(address, "clock", ago=timedelta(days=2))
    assert (clock.state, "a report that was kept is of" in clock.said) == ("fail", True)


def test_a_record_of_a_newer_dateline_fails(address):
    engine = sa.create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    [tables] = found(address, "tables")
    assert (tables.state, f"knows {schema.NEWEST}" in tables.said) == ("fail", True)


def test_who_has_been_writing_for_long_is_named(address, monkeypatch):
    monkeypatch.setattr(checkup_server, "BUSY_TIMEOUT_S", 0.05)
    begun, done = threading.Event(), threading.Event()

    def write():
        with open_record(address) as store, store.writing():
            begun.set()
            done.wait(30)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert begun.wait(30)
        threading.Event().wait(0.2)
        [writers] = found(address, "writers")
        assert (writers.state, "dateline" in writers.said) == ("warn", True)
    finally:
        done.set()
        writer.join()
    assert not found(address, "writers")
