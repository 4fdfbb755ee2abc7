"""Forgetting on PostgreSQL: no table, index or file of the database holds what was taken out, and no monitor misses it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from dateline.desk.app import create_app
from dateline.forgetting import Asked, forget_person, forget_report
from dateline.settings import Settings
from dateline.store import open_record
from made_desk import a_record_of
from made_incidents import STORY, a_person, a_report, a_sensitive, an_account

ANA = Asked("ana", "asked for")
SECOND = "Port Verity was shelled on 12 March, killing at least 12 people, the mayor said late on Tuesday. The harbour burned."


@pytest.fixture
def url(postgres):
    url = postgres.url(postgres.new_database())
    first = an_account(STORY, report="R1", actors=(a_person("Selda Oarewyn"),), sensitive=(a_sensitive("Selda Oarewyn"),))
    a_record_of(url, [
        (a_report(title="Baker Selda Oarewyn among twelve dead", source="https://post.example/1"), [first], []),
        (a_report(SECOND, id="R2", outlet="Quill Daily", source="https://quill.example/2", title="Harbour burns"),
         [an_account(SECOND, report="R2")], []),
    ])
    with open_record(url) as store:
        store._database.settle()          # as a server does by itself: it keeps values of each column as statistics
    return url


def in_rows(url, word):
    """Tables a row of which has the word, in a text or in the index of words."""
    with open_record(url) as store, store._read() as connection:
        tables = connection.execute(
            sa.text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")).scalars().all()
        return {table for table in tables if connection.exec_driver_sql(
            f'SELECT 1 FROM "{table}" AS one WHERE lower(one::text) LIKE %s LIMIT 1', (f"%{word}%",)).first()}


def in_files(url, word):
    """Files of tables and indexes that have the bytes of the word, once everything is written to them."""
    with open_record(url) as store, store._database.engine.connect() as connection:
        connection.exec_driver_sql("CHECKPOINT")
        return set(connection.execute(sa.text(
            "SELECT relname FROM pg_class WHERE pg_relation_filenode(oid) IS NOT NULL AND relnamespace IN "
            "(current_schema()::regnamespace, 'pg_toast'::regnamespace, 'pg_catalog'::regnamespace) AND position("
            "convert_to(:word, 'UTF8') IN pg_read_binary_file(pg_relation_filepath(oid))) > 0"), {"word": word}).scalars())


def test_a_report_leaves_no_row_and_no_byte(url):
    assert {"report", "report_words"} <= in_rows(url, "harbour")
    assert {"report", "pg_statistic"} <= in_files(url, "Harbour burn")
    with open_record(url) as store:
        done = forget_report(store, "R2", ANA, Settings())
        assert (done.reports, store.search("harbour")) == (("R2",), [])
        assert store.report("R1") is not None
    assert in_rows(url, "harbour") == set()
    assert in_files(url, "harbour") | in_files(url, "Harbour burn") == set()
    assert "report" in in_files(url, "Oarewyn"), "nobody asked for that one"


def test_a_person_leaves_no_row_and_no_byte(url):
    assert "report" in in_files(url, "Oarewyn")
    with open_record(url) as store:
        forget_person(store, "Selda Oarewyn", ANA, Settings())
        assert store.search("Oarewyn") == []
        assert len(list(store.reports())) == 2
    assert in_rows(url, "oarewyn") == set()
    assert in_files(url, "Oarewyn") == set()


def test_a_monitor_is_told_of_a_record_on_a_server(url):
    desk = TestClient(create_app(Settings(record=url)), base_url="http://127.0.0.1", client=("127.0.0.1", 50000))
    assert desk.get("/healthz").text == "ok\n"
    told = desk.get("/metrics").text
    assert "dateline_record_up 1.0" in told
    size = next(float(line.split()[1]) for line in told.splitlines() if line.startswith("dateline_record_size_bytes "))
    assert size > 1_000_000
    assert "dateline_disk_free_bytes" not in told
