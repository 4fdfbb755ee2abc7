"""Copies of a record on PostgreSQL: files like any other copy, brought back into an empty database or over what is there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from dateline.errors import StoreError
from dateline.forgetting import Asked, forget_report
from dateline.records.mailing import NewMail
from dateline.settings import Settings
from dateline.store import open_record
from dateline.store.backup import back_up, restore, try_restoring
from dateline.store.copying import digest_of
from dateline.store.dialect_postgres import shown
from store.made import a_report

NOW = datetime(2024, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def url(postgres):
    return postgres.url(postgres.new_database())


@pytest.fixture
def copy(url, tmp_path):
    """A copy of the record at `url`, which has three reports and a mail that waits."""
    with open_record(url) as store:
        for number in range(3):
            store.keep(a_report(source=f"r{number}"), None, extracted="pending")
        store.mails.queue([NewMail("issue:1:1", "issue", "ana@example.org", NOW)], NOW)
        back_up(store, tmp_path / "copy.db")
    return tmp_path / "copy.db"


def rows(address):
    """Rows of each table, and their digest."""
    with open_record(address) as store, store._read() as connection:
        return digest_of(connection)


def sources(address):
    with open_record(address) as store:
        return sorted(one.source for one in store.reports())


def test_a_copy_is_a_file_with_every_row_and_can_be_restored(url, copy):
    assert try_restoring(copy) == 0
    assert rows(copy) == rows(url)


def test_it_comes_back_into_an_empty_database(postgres, copy):
    there = postgres.url(postgres.new_database("template0"))
    one = restore(copy, there, at=NOW)
    assert (one.counts["report"], one.uncertain, one.name) == (3, 1, shown(sa.make_url(there)))
    assert sources(there) == ["r0", "r1", "r2"]
    with open_record(there) as store:
        assert len(store.search("attack")) == 3, "the index of words is made anew"
        assert store.mails.claim("worker", NOW, 60, 10) == [], "nobody gets a mail twice"
        assert store.keep(a_report(source="later"), None, extracted="pending"), "numbers go on"


def test_what_is_there_is_written_over_only_when_it_is_meant(url, copy):
    with open_record(url) as store:
        store.keep(a_report(source="lost"), None, extracted="pending")
        with pytest.raises(StoreError, match="--replace"):
            restore(copy, url, at=NOW)
        assert len(list(store.reports())) == 4
        restore(copy, url, at=NOW, replace=True)
        assert sorted(one.source for one in store.reports()) == ["r0", "r1", "r2"], "who has it open sees it too"


def test_a_copy_that_cannot_be_brought_back_leaves_what_was_there(url, copy, monkeypatch):
    monkeypatch.setattr("dateline.store.copying.digest_of", lambda connection: None)
    with pytest.raises(StoreError, match="nothing was kept"):
        restore(copy, url, at=NOW, replace=True)
    assert sources(url) == ["r0", "r1", "r2"]


def test_what_was_forgotten_since_is_taken_out_of_it_again(url, copy):
    asked = Asked("ana", "asked for")
    with open_record(url) as store:
        gone = next(one.id for one in store.reports() if one.source == "r1")
        forget_report(store, gone, asked, Settings())
    one = restore(copy, url, at=NOW, replace=True, forget=lambda store, name: forget_report(store, name, asked, Settings()))
    assert one.forgotten == 1
    assert sources(url) == ["r0", "r2"]


def test_a_copy_of_a_file_moves_to_a_server_and_back(postgres, tmp_path):
    with open_record(tmp_path / "d.db") as store:
        store.keep(a_report(), None, extracted="pending")
        back_up(store, tmp_path / "copy.db")
    there = postgres.url(postgres.new_database("template0"))
    restore(tmp_path / "copy.db", there, at=NOW)
    with open_record(there) as store:
        back_up(store, tmp_path / "again.db")
    restore(tmp_path / "again.db", str(tmp_path / "new.db"), at=NOW)
    assert sources(tmp_path / "new.db") == [a_report().source]
