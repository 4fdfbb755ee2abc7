"""Copies of a record: whole or not there, made while others write, and brought back."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from datetime import UTC, datetime, timedelta

import pytest

from dateline.editions.schedule import due
from dateline.errors import StoreError
from dateline.records.mailing import Edition, NewMail
from dateline.store import open_record
from dateline.store.backup import back_up, check_backup, restore
from dateline.store.dialect_sqlite import APPLICATION_ID
from store.made import a_report

NOW = datetime(2024, 3, 20, 12, tzinfo=UTC)
pytestmark = pytest.mark.a_file(why="copies are files; what a copy of PostgreSQL is, test_copying.py says")


def kept(store, count, beginning="r"):
    for number in range(count):
        store.keep(a_report(source=f"{beginning}{number}"), None, extracted="pending")


def reports_in(path):
    with open_record(path, create=False) as store:
        return sorted(one.source for one in store.reports())


@pytest.fixture
def record(tmp_path):
    with open_record(tmp_path / "d.db") as store:
        kept(store, 3)
        yield store


def test_a_copy_is_the_record_at_one_moment(record, tmp_path):
    checked = back_up(record, tmp_path / "copy.db")
    kept(record, 1, "later")
    assert checked.counts["report"] == 3
    assert [path.name for path in tmp_path.glob("*copy*")] == ["copy.db"]
    assert reports_in(tmp_path / "copy.db") == ["r0", "r1", "r2"]


def test_only_the_owner_can_read_a_copy(record, tmp_path):
    back_up(record, tmp_path / "copy.db")
    assert stat.S_IMODE(os.stat(tmp_path / "copy.db").st_mode) == 0o600


def test_a_copy_is_made_while_others_write(record, tmp_path):
    stop = threading.Event()

    def write():
        number = 0
        with open_record(tmp_path / "d.db") as other:
            while not stop.is_set():
                kept(other, 1, f"w{number}-")
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            assert back_up(record, tmp_path / f"copy{number}.db").counts["report"] >= 3
    finally:
        stop.set()
        writer.join()


def test_nothing_is_written_over_unless_it_is_meant(record, tmp_path):
    (tmp_path / "copy.db").write_text("a letter")
    with pytest.raises(StoreError, match="--replace"):
        back_up(record, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "a letter"
    back_up(record, tmp_path / "copy.db", replace=True)
    assert reports_in(tmp_path / "copy.db") == ["r0", "r1", "r2"]


def test_the_record_is_never_its_own_copy(record, tmp_path):
    with pytest.raises(StoreError, match="record itself"):
        back_up(record, tmp_path / "d.db", replace=True)
    assert reports_in(tmp_path / "d.db") == ["r0", "r1", "r2"]


def test_a_copy_that_cannot_be_made_leaves_nothing_behind(record, tmp_path):
    with pytest.raises(StoreError, match="nothing was kept"):
        back_up(record, tmp_path / "no" / "folder" / "copy.db")
    assert not list(tmp_path.glob(".*part*"))


def test_a_damaged_copy_is_refused_and_the_record_stays(record, tmp_path):
    kept(record, 200, "more")
    back_up(record, tmp_path / "copy.db")
    size = (tmp_path / "copy.db").stat().st_size
    with (tmp_path / "copy.db").open("r+b") as file:
        file.seek(size // 2)
        file.write(os.urandom(size // 4))
    with pytest.raises(StoreError):
        check_backup(tmp_path / "copy.db")
    before = reports_in(tmp_path / "d.db")
    with pytest.raises(StoreError):
        restore(tmp_path / "copy.db", str(tmp_path / "d.db"), at=NOW, replace=True)
    assert reports_in(tmp_path / "d.db") == before


def test_what_is_no_record_is_refused(tmp_path):
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE t (a)")
    with pytest.raises(StoreError, match="not a record"):
        check_backup(tmp_path / "other.db")
    (tmp_path / "words.txt").write_text("no database at all " * 100)
    with pytest.raises(StoreError):
        check_backup(tmp_path / "words.txt")
    with pytest.raises(StoreError, match="no such file"):
        check_backup(tmp_path / "nothing.db")


def test_a_restored_record_is_what_the_copy_was(record, tmp_path):
    back_up(record, tmp_path / "copy.db")
    kept(record, 2, "lost")
    with pytest.raises(StoreError, match="--replace"):
        restore(tmp_path / "copy.db", str(tmp_path / "d.db"), at=NOW)
    restore(tmp_path / "copy.db", str(tmp_path / "d.db"), at=NOW, replace=True)
    assert sorted(one.source for one in record.reports()) == ["r0", "r1", "r2"]       # who has it open sees it too
    assert reports_in(tmp_path / "copy.db") == ["r0", "r1", "r2"]
    kept(record, 1, "after")
    with sqlite3.connect(tmp_path / "d.db") as held:
        assert held.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_a_record_is_made_where_there_is_none(record, tmp_path):
    back_up(record, tmp_path / "copy.db")
    assert restore(tmp_path / "copy.db", str(tmp_path / "new.db"), at=NOW).counts["report"] == 3
    assert reports_in(tmp_path / "new.db") == ["r0", "r1", "r2"]


def test_a_copy_of_a_newer_dateline_is_not_brought_back(record, tmp_path):
    back_up(record, tmp_path / "copy.db")
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        assert copy.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        copy.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer"):
        restore(tmp_path / "copy.db", str(tmp_path / "new.db"), at=NOW)
    assert not (tmp_path / "new.db").exists()


def test_what_a_copy_had_still_to_send_is_sent_again_by_a_person_alone(record, tmp_path):
    record.mails.queue([NewMail("issue:1:1", "issue", "ana@example.org", NOW)], NOW)
    record.editions.keep(Edition("mali", "Mali", hour=6), NOW)
    back_up(record, tmp_path / "copy.db")
    later = NOW + timedelta(days=2)
    assert restore(tmp_path / "copy.db", str(tmp_path / "new.db"), at=later).uncertain == 1
    with open_record(tmp_path / "new.db") as store:
        assert store.mails.claim("worker", later + timedelta(hours=1), 60, 10) == []
        [uncertain] = store.mails.page(["uncertain"])
        assert "may have gone out" in uncertain.said
        store.mails.resend(uncertain.id, "Ana", later)
        assert len(store.mails.claim("worker", later, 60, 10)) == 1


def test_issues_whose_hours_passed_before_a_copy_was_brought_back_are_not_made_by_themselves(record, tmp_path):
    record.editions.keep(Edition("mali", "Mali", hour=6), NOW)
    back_up(record, tmp_path / "copy.db")
    later = NOW + timedelta(days=2)
    restore(tmp_path / "copy.db", str(tmp_path / "new.db"), at=later)
    with open_record(tmp_path / "new.db") as store:
        assert due(store.editions.all(), store.editions.standings(), later + timedelta(minutes=1)) == []
        assert len(due(store.editions.all(), store.editions.standings(), later + timedelta(days=1))) == 1
