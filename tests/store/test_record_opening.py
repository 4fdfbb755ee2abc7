"""What is a record and what is not, and how a new or an old one is brought to this version."""

from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import dateline
from dateline.errors import StoreError
from dateline.store import open_record, schema
from dateline.store.dialect_sqlite import SqliteDatabase, in_plain_words
from store.made import a_report, some_incidents
from store.older import older_record

pytestmark = pytest.mark.a_file(why="what may be at a path; test_postgres.py says it of a database")


def _text_file(path: Path) -> None:
    path.write_text("port,killed\nPort Verity,12\n" * 10)


def _another_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE stamps (id)")


def _newer_record(path: Path) -> None:
    open_record(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
        connection.commit()


def _damaged_record(path: Path) -> None:
    open_record(path).close()
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)


@pytest.mark.parametrize(("make", "words"), [
    pytest.param(_text_file, "not an SQLite file", id="a-text-file"),
    pytest.param(_another_database, "not a record of dateline", id="another-programs-database"),
    pytest.param(_newer_record, "written by a newer dateline", id="a-record-of-a-newer-version"),
    pytest.param(_damaged_record, "damaged", id="a-damaged-record"),
    pytest.param(lambda path: path.mkdir(), "a folder", id="a-folder"),
])
def test_what_is_no_record_is_refused_in_one_line_and_left_as_it_was(tmp_path, make, words):
    path = tmp_path / "d.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError, match=words) as refused:
        open_record(path)
    assert "\n" not in str(refused.value)
    assert str(path) in str(refused.value)
    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize(("given", "words"), [
    pytest.param("mysql://host/record", "no record that dateline can open", id="another-database"),
    pytest.param("", "empty", id="nothing"),
    pytest.param("no/such/folder/d.db", "there is no folder", id="a-folder-that-is-not-there"),
])
def test_what_cannot_be_a_record_is_refused(given, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match=words):
        open_record(given)
    assert list(tmp_path.iterdir()) == []


def test_a_record_that_is_only_asked_is_not_made(tmp_path):
    with pytest.raises(StoreError, match="dateline run SOURCE"):
        open_record(tmp_path / "d.db", create=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["d.db", "with space.db", "100%.db", "a?b#c.db", "мир.db"])
def test_a_record_is_opened_under_any_name(tmp_path, name):
    with open_record(tmp_path / name) as store:
        store.keep(a_report(), None, extracted="pending")
    with dateline.open(tmp_path / name, create=False) as store:
        assert len(list(store.reports())) == 1
    assert (tmp_path / name).exists()


def test_a_url_of_sqlite_names_a_file(tmp_path):
    open_record(f"sqlite:///{tmp_path}/d.db").close()
    assert (tmp_path / "d.db").exists()


def test_an_empty_file_becomes_a_record(tmp_path):
    (tmp_path / "d.db").touch()
    with open_record(tmp_path / "d.db") as store:
        assert list(store.incidents()) == []


def test_migrations_make_the_tables_that_the_store_works_with(tmp_path):
    open_record(tmp_path / "d.db").close()
    engine = SqliteDatabase(tmp_path / "d.db", read_only=False).engine
    with engine.connect() as connection:
        def is_ours(thing, name, kind, reflected, other):
            return not (kind == "table" and name.startswith("report_words"))
        context = MigrationContext.configure(connection, opts={"include_object": is_ours, "compare_type": True})
        assert compare_metadata(context, schema.metadata) == []
        tables = sa.inspect(connection).get_table_names()
        for table in set(tables) & set(schema.metadata.tables):
            made = {(key["constrained_columns"][0], key["options"].get("ondelete"))
                    for key in sa.inspect(connection).get_foreign_keys(table)}
            meant = {(key.parent.name, key.ondelete) for key in schema.metadata.tables[table].foreign_keys}
            assert made == meant
    engine.dispose()


def test_sketches_of_an_older_record_are_taken_over(tmp_path):
    one, other = a_report(source="one"), a_report(source="other")
    hashes = frozenset(range(-50, 50))
    with open_record(tmp_path / "d.db") as store:
        store.keep(one, None, extracted="pending")
    older_record(tmp_path / "d.db", "0004")
    with closing(sqlite3.connect(tmp_path / "d.db")) as connection, connection:
        connection.executemany("INSERT INTO sketch (hash, report_seq) VALUES (?, 1)", [(value,) for value in hashes])
    with open_record(tmp_path / "d.db") as store:
        assert store.near_copies(other, hashes) == [(one, hashes)]
        with store._read() as connection:
            assert connection.execute(sa.text("SELECT COUNT(*) FROM sketch")).scalar() == 16


def _lists(path):
    """The rows that lists read, without the numbers of changes."""
    with open_record(path) as store, store._read() as connection:
        found = {name: connection.execute(sa.select(schema.metadata.tables[name]).order_by(sa.text("1, 2"))).mappings().all()
                 for name in ("incident", "incident_body", "incident_facet", "incident_span", "membership", "figure")}
    return {name: [{**row, "change": None} for row in rows] for name, rows in found.items()}


def test_an_older_record_gets_the_rows_that_lists_read(tmp_path):
    path = tmp_path / "d.db"
    some_incidents(path)
    before = _lists(path)
    assert [row["number"] for row in before["incident"]] == [1, 2, 3, 4, 5, 6]
    assert before["incident"][5]["deleted_at"] is not None
    assert {(row["facet"], row["value"]) for row in before["incident_facet"] if row["incident_number"] == 1} == {
        ("group", "vale-front"), ("affected", "school"), ("side killed", "unknown")}
    assert len(before["incident_span"]) == 2
    older_record(path, "0005")
    assert _lists(path) == before


def test_the_record_has_a_write_ahead_log_and_checks_foreign_keys(tmp_path):
    with open_record(tmp_path / "d.db") as store, store._read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000


def _open(path: Path, start) -> None:
    start.wait()
    open_record(path).close()


def test_two_first_openings_at_once_make_one_record(tmp_path):
    fork = multiprocessing.get_context("fork")
    start = fork.Event()
    openers = [fork.Process(target=_open, args=(tmp_path / "d.db", start)) for _ in range(4)]
    for opener in openers:
        opener.start()
    start.set()
    for opener in openers:
        opener.join()
    assert [opener.exitcode for opener in openers] == [0] * 4


def test_a_full_disk_is_told_and_what_was_kept_stays(tmp_path):
    with open_record(tmp_path / "d.db") as store:
        store.keep(a_report("kept before"), None, extracted="pending")
        with store._read() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")
        with pytest.raises(StoreError, match="the disk is full"):
            store.keep(a_report("word " * 100_000), None, extracted="pending")
        assert [report.text for report in store.reports()] == ["kept before"]


@pytest.mark.parametrize(("said", "words"), [
    pytest.param("database is locked", "another program has been writing", id="locked"),
    pytest.param("attempt to write a readonly database", "cannot be written to", id="read-only"),
    pytest.param("unable to open database file", "permissions", id="no-permission"),
    pytest.param("disk I/O error", "check the disk", id="broken-disk"),
])
def test_what_the_disk_refuses_is_told_in_the_readers_terms(said, words):
    with pytest.raises(StoreError, match=words), in_plain_words("d.db"):
        raise sqlite3.OperationalError(said)


def test_a_record_that_may_only_be_read_is_read(tmp_path, monkeypatch):
    path = tmp_path / "d.db"
    with open_record(path) as store:
        store.keep(a_report(), None, extracted="pending")
    monkeypatch.setattr("os.access", lambda *_: False)
    with open_record(path) as store:
        assert len(list(store.reports())) == 1
        with pytest.raises(StoreError, match="cannot be written to"):
            store.keep(a_report("another"), None, extracted="pending")


def test_a_record_that_is_opened_twice_in_one_process_keeps_its_log_while_others_come_and_go(tmp_path):
    record = tmp_path / "d.db"
    with open_record(record) as first:
        first.keep(a_report(source="one"), None, extracted="pending")
        held = (tmp_path / "d.db-wal").stat().st_ino
        open_record(record).close()
        other = "import sys, dateline; store = dateline.open(sys.argv[1]); print(len(list(store.reports()))); store.close()"
        done = subprocess.run([sys.executable, "-c", other, str(record)], capture_output=True, text=True, check=True)
        assert done.stdout == "1\n"
        assert (tmp_path / "d.db-wal").stat().st_ino == held      # whoever leaves last deletes it: that was not the other
        first.keep(a_report(source="two"), None, extracted="pending")
    with closing(sqlite3.connect(record)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM report").fetchone() == (2,)
