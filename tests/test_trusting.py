"""Setting what is known of a source, and the incidents that follow; what would take too long waits for the next run."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dateline import trusting
from dateline.errors import SettingsError
from dateline.records import Written
from dateline.settings import Settings
from dateline.store import open_record
from made_desk import a_record_of
from made_incidents import STORY, a_figure, a_report, a_when, an_account

NOON = datetime(2024, 3, 15, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "data"))
    told = [_told(name, date(year, 3, 12)) for name, year in (("R1", 2020), ("R2", 2022), ("R3", 2024))]
    with open_record(a_record_of(tmp_path / "d.db", told)) as opened:
        yield opened


def _told(name, day):
    """A report of its own year: three that are no neighbours."""
    figure = a_figure("At least 12", 12, None, 12, "at_least", speaker="the Verity Observatory")
    when = a_when(earliest=day, latest=day, best=day, precision="day", text="12 March")
    written = Written(day, day, (), "metadata")
    report = a_report(f"{day.year}. {STORY}", id=name, written=written, published_at=None)
    return report, [an_account(report=name, when=when, figures=(figure,))], []


def set_known(store, **given):
    return trusting.set_known(store, Settings(), "Verity Observatory", {"kind": "monitor", **given}, who="Ana", why="we asked",
                              at=NOON)


def test_the_incidents_that_rest_on_a_source_say_what_was_set(store):
    done = set_known(store, party_to="state:SY")
    assert (done.incidents, done.waiting) == (("DTL-1", "DTL-2", "DTL-3"), 0)
    [line] = [line for line in store.incident("DTL-1").history if line.who == "Ana"]
    assert (line.what, line.why) == (
        "source Verity Observatory: kind monitor; party_to state:SY; names Verity Observatory", "we asked")
    assert [one.what for _, one in store.team.audit(about="verity-observatory")] == [
        "set source: kind monitor; party_to state:SY; names Verity Observatory (we asked)"]


def test_what_is_set_already_changes_nothing(store):
    set_known(store)
    assert set_known(store).incidents == ()
    assert len(store.team.audit()) == 1


def test_accounts_beyond_what_can_be_waited_for_are_left_for_the_next_run(store, monkeypatch):
    monkeypatch.setattr(trusting, "MOST_NOW", 0)
    assert set_known(store, party_to="state:SY").waiting == 3
    assert len(store.unreconciled_reports()) == 3


def test_what_cannot_be_set_changes_nothing(store):
    with pytest.raises(SettingsError):
        set_known(store, kind="oracle")
    assert store.team.audit() == []
