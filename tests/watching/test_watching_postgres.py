"""Of all that would watch into one record on PostgreSQL, on whichever machines, one does, also after the server was away."""

from __future__ import annotations

import os

import pytest
import sqlalchemy as sa

from dateline.errors import StoreError
from dateline.store import open_record
from dateline.watching.lock import sole_watcher_of


@pytest.fixture
def url(postgres):
    return postgres.url(postgres.new_database())


@pytest.fixture
def on_machine(tmp_path, monkeypatch):
    """Further locks are those of another machine: none of its files is this one's."""
    return lambda name: monkeypatch.setenv("DATELINE_DATA", str(tmp_path / name))


def lose_sessions(store):
    with store._write() as connection:
        connection.execute(sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                   "WHERE application_name LIKE 'process %' AND datname = current_database()"))


def test_a_second_machine_is_told_who_watches(url, on_machine):
    with open_record(url) as one, open_record(url) as other:
        on_machine("first")
        with sole_watcher_of(one):
            on_machine("second")
            with pytest.raises(StoreError, match=rf"process {os.getpid()} on \S+ watches feeds"), sole_watcher_of(other):
                pass
        with sole_watcher_of(other):
            pass                      # the lock has gone with its holder


def test_a_lock_that_went_with_its_session_is_taken_anew(url, on_machine):
    with open_record(url) as one, open_record(url) as other:
        on_machine("first")
        with sole_watcher_of(one) as still_alone:
            lose_sessions(other)
            still_alone()
            on_machine("second")
            with pytest.raises(StoreError, match="already"), sole_watcher_of(other):
                pass


def test_who_lost_it_to_another_is_told(url, on_machine):
    with open_record(url) as one, open_record(url) as other:
        on_machine("first")
        with sole_watcher_of(one) as still_alone:
            lose_sessions(other)
            on_machine("second")
            with sole_watcher_of(other), pytest.raises(StoreError, match="already"):
                still_alone()
            still_alone()
