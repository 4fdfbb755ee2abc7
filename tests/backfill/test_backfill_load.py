"""The tables come into a record as `dateline run` over the same archive would have brought it, once, whatever is killed."""

from __future__ import annotations

import pytest
from made_backfill import EXTRACTOR, backfilled

from dateline.backfill.load import load
from dateline.errors import BackfillError
from dateline.extract import VERSION
from dateline.job import run
from dateline.settings import Settings
from dateline.store import open_record


@pytest.fixture
def tables(undisturbed):
    return undisturbed


def loaded(tables, path, **given):
    with open_record(path) as store:
        return load(tables, store, Settings(), on_problem=lambda problem: None, **given)


def held(path):
    """All that a record holds, in the order of ids: reports with what they repeat, accounts, incidents, how far extraction is."""
    with open_record(path) as store:
        reports = sorted(store.reports(), key=lambda report: report.id)
        accounts = {one.id: store.accounts_of(one.id) for one in reports}
        incidents = sorted(((sorted(joined.account.id for joined in one.accounts), one.toll, one.sources)
                            for one in store.incidents()), key=lambda told: told[0])
        return reports, accounts, incidents, store.extraction_counts()


def test_a_record_holds_what_a_run_would_have_brought(archive, tables, tmp_path):
    with open_record(tmp_path / "run.db") as store:
        run([str(archive)], store, Settings(), on_problem=lambda problem: None, extractor=EXTRACTOR)
    loaded(tables, tmp_path / "load.db")
    (ran, *rest_of_run), (came, *rest_of_load) = held(tmp_path / "run.db"), held(tmp_path / "load.db")
    assert [one.id for one in came] == [one.id for one in ran]
    assert [one.fetched for one in came] == [one.fetched for one in ran]
    assert rest_of_load == rest_of_run
    assert sum(one.copy_of is not None for one in came) == sum(one.copy_of is not None for one in ran) > 0


def test_loading_again_changes_nothing(tables, tmp_path):
    first = loaded(tables, tmp_path / "d.db")
    before = held(tmp_path / "d.db")
    again = loaded(tables, tmp_path / "d.db")
    assert (first.new > 0, again.new, again.known) == (True, 0, first.new)
    assert held(tmp_path / "d.db") == before


class Killed(BaseException):
    """Ends the program where it stands."""


@pytest.mark.parametrize("after", [5, 40], ids=["while-reports-are-kept", "while-they-are-told"])
def test_a_load_that_was_killed_is_finished_by_the_same_command(tables, tmp_path, after):
    loaded(tables, tmp_path / "whole.db")
    count = 0

    def kill(stage, number):
        nonlocal count
        count += 1
        if count == after:
            raise Killed

    with pytest.raises(Killed):
        loaded(tables, tmp_path / "killed.db", progress=kill)
    loaded(tables, tmp_path / "killed.db")
    assert held(tmp_path / "killed.db") == held(tmp_path / "whole.db")


def test_what_could_not_be_extracted_is_kept_and_told(tables, tmp_path):
    problems = []
    with open_record(tmp_path / "d.db") as store:
        summary = load(tables, store, Settings(), on_problem=problems.append)
    assert summary.failed == len(problems) > 0
    assert "too hard" in str(problems[0])


def test_the_record_knows_what_read_the_reports(tables, tmp_path):
    loaded(tables, tmp_path / "d.db")
    with open_record(tmp_path / "d.db") as store:
        assert store.extracted_by_others(VERSION) == []
        assert store.extracted_by_others("another")


def test_a_folder_without_tables_is_refused(tmp_path):
    with pytest.raises(BackfillError, match=r"no manifest there; `dateline backfill SOURCE --out"):
        loaded(tmp_path, tmp_path / "d.db")


def test_a_table_that_is_missing_is_named(archive, tmp_path):
    backfilled(archive, tmp_path / "out")
    victim = sorted((tmp_path / "out" / "accounts").glob("*/*"))[0]
    victim.unlink()
    with pytest.raises(BackfillError, match=f"{victim.parent.name}/{victim.name}: missing"):
        loaded(tmp_path / "out", tmp_path / "d.db")
