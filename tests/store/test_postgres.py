"""A record on PostgreSQL: what is refused, and that no password is ever told."""

from __future__ import annotations

import subprocess
import sys

import pytest
import sqlalchemy as sa

from dateline.errors import StoreError
from dateline.store import open_record, schema
from dateline.store.dialect_postgres import database_at, shown
from store.made import a_report

SECRET = "Marigold7"


@pytest.mark.parametrize(("address", "name"), [
    (f"postgresql://ann:{SECRET}@db.example.org:5433/war", "postgresql://db.example.org:5433/war"),
    (f"postgresql:///war?host=/run/pg&password={SECRET}&user=ann", "postgresql:///run/pg/war"),
    (f"postgresql://db.example.org/war?sslpassword={SECRET}", "postgresql://db.example.org/war"),
])
def test_an_address_is_shown_without_its_secrets(address, name):
    assert shown(sa.make_url(address)) == name


@pytest.mark.parametrize("address", [
    f"postgresql://ann:{SECRET}@127.0.0.1:1/war",
    f"postgresql://ann:{SECRET}@127.0.0.1:{SECRET}/war",
    f"postgres://ann:{SECRET}@127.0.0.1:1/war",
    f"postgresql://127.0.0.1:1/war?user=ann&password={SECRET}",
    f"postgresql+psycopg://ann:{SECRET}@nowhere.invalid/war",
])
def test_an_error_tells_no_password(address):
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError) as refused:
        open_record(address)
    assert SECRET not in str(refused.value)
    told = subprocess.run([sys.executable, "-c", "from dateline.cli import main; main()", "incidents", "--record", address],
                          capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert SECRET not in told.stdout + told.stderr


def test_an_empty_database_becomes_a_record_once(postgres):
    name = postgres.new_database("template0")
    with open_record(postgres.url(name)) as store, open_record(postgres.url(name)) as other:
        store.keep(a_report(), None, extracted="pending")
        assert [one.id for one in other.reports()] == [a_report().id]


def test_a_database_that_holds_something_else_is_no_record(postgres):
    name = postgres.new_database("template0")
    with sa.create_engine(postgres.url(name).replace("postgresql:", "postgresql+psycopg:")).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE theirs (id integer)")
    with pytest.raises(StoreError, match="not a record of dateline"):
        open_record(postgres.url(name))


def test_an_empty_database_is_no_record_to_read_from(postgres):
    with pytest.raises(StoreError, match="no record there"):
        open_record(postgres.url(postgres.new_database("template0")), create=False)


def test_a_database_that_is_not_there_is_told(postgres):
    with pytest.raises(StoreError, match="there is no such database on that server"):
        open_record(postgres.url("nowhere"))


def test_a_record_of_a_newer_version_is_left_alone(postgres):
    url = postgres.url(postgres.new_database())
    with open_record(url) as store, store._write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="written by a newer dateline"):
        open_record(url)


def test_the_tables_are_those_that_the_store_works_with(postgres):
    with open_record(postgres.url(postgres.new_database())) as store, store._read() as connection:
        seen = sa.inspect(connection)
        for table in schema.metadata.sorted_tables:
            assert {one["name"] for one in seen.get_columns(table.name)} == {column.name for column in table.c}
        letters = connection.execute(sa.text(
            "SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
            "JOIN pg_collation o ON o.oid = a.attcollation "
            "WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND a.attnum > 0 "
            "AND a.atttypid = 'text'::regtype AND o.collname != 'C'")).scalar()
        assert letters == 0, "every text is compared by its bytes"


def test_the_audit_log_is_never_changed(postgres):
    from datetime import UTC, datetime

    from dateline.records.team import Audited

    with open_record(postgres.url(postgres.new_database())) as store:
        store.team.note(Audited(datetime(2024, 3, 15, tzinfo=UTC), "ann", "signed in", None, None))
        with pytest.raises(StoreError, match="never changed"), store._write() as connection:
            connection.exec_driver_sql("DELETE FROM audit")


def test_who_waits_too_long_for_another_writer_is_told(postgres, monkeypatch):
    monkeypatch.setattr("dateline.store.dialect.BUSY_TIMEOUT_S", 0.05)
    url = postgres.url(postgres.new_database())
    with open_record(url) as store, open_record(url) as other, store.writing():
        assert list(other.reports()) == [], "who reads does not wait"
        with pytest.raises(StoreError, match="another program has been writing"):
            other.keep(a_report(), None, extracted="pending")


def test_what_is_read_is_of_one_moment(postgres):
    url = postgres.url(postgres.new_database())
    with open_record(url) as store, open_record(url) as other, store.at_one_moment():
        assert store.known_report_ids([a_report().id]) == set()
        other.keep(a_report(), None, extracted="pending")
        assert store.known_report_ids([a_report().id]) == set()


def test_a_record_made_here_is_not_made_where_it_is_only_named(postgres):
    database = database_at(postgres.url(postgres.new_database("template0")), create=True)
    assert database.revision() is None
    database.close()
