"""The record on which the desk's lists are timed: the same each time, and whole."""

from __future__ import annotations

import pytest

from bench import desk_lists, desk_record
from dateline.reconcile.merge import merge
from dateline.store import open_record

HELD = 120


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    path = tmp_path_factory.mktemp("desk") / "d.db"
    desk_record.make_record(path, HELD, 4 * HELD)
    return path


def test_the_same_numbers_make_the_same_record(record, tmp_path):
    desk_record.make_record(tmp_path / "d.db", HELD, 4 * HELD)
    with open_record(record) as one, open_record(tmp_path / "d.db") as other:
        assert list(one.incidents()) == list(other.incidents())
        assert one.lists.sources_index() == other.lists.sources_index()


def test_its_incidents_are_what_merging_their_accounts_gives(record):
    with open_record(record) as store:
        for incident in store.incidents():
            reports = {joined.report.id: store.report(joined.report.id) for joined in incident.accounts}
            accounts = [joined.account for joined in incident.accounts]
            assert merge(incident.id, accounts, reports, review=incident.review, history=incident.history) == incident
        assert store.lists.count().total + len(store.deleted_incidents()) == HELD


def test_every_question_is_timed(record, capsys):
    assert desk_lists.main([str(record), "--times", "1"]) == 0
    out = capsys.readouterr().out
    assert "overview: everything" in out
    assert "search: killed" in out


def test_a_record_that_is_there_is_left_alone(record, capsys):
    assert desk_record.main([str(record)]) == 2
    assert "name a new file" in capsys.readouterr().err
