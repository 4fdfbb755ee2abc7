"""What the record keeps of editions and issues."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from dateline.records.mailing import Edits, Standing
from dateline.store import open_record
from dateline.store.rows import instant
from dateline.store.schema import report
from made_issues import COMPOSED, DAY, a_briefing, a_window, an_edition, an_issue, an_item
from store.made import a_report, told_in

MADE = datetime(2024, 3, 1, 12, tzinfo=UTC)
LATER = MADE + timedelta(days=3)


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "held.db") as store:
        store.editions.keep(an_edition(), MADE)
        yield store


def test_an_edition_is_kept_as_it_was_made(store):
    made = an_edition("mali-weekly", title="Mali", frequencies=("daily", "weekly"), zone="Africa/Bamako", by_itself=True)
    store.editions.keep(made, MADE)
    assert store.editions.get("mali-weekly") == made
    assert [one.slug for one in store.editions.all()] == ["arden", "mali-weekly"]
    assert store.editions.get("nowhere") is None


def test_an_issue_is_kept_once_a_day_and_frequency(store):
    kept = store.editions.add(an_issue())
    assert kept is not None
    assert kept.id > 0
    assert store.editions.add(an_issue(a_briefing())) is None
    assert store.editions.issue("arden", "daily", DAY) == kept
    assert store.editions.issue_by_id(kept.id) == kept
    assert store.editions.add(an_issue(frequency="weekly")) is not None


def test_an_issue_changes_only_out_of_the_state_that_it_was_seen_in(store):
    kept = store.editions.add(an_issue())
    assert store.editions.change(kept.id, was="draft", state="issued", issued_at=COMPOSED, by="Ana")
    assert not store.editions.change(kept.id, was="draft", state="issued", by="Ben")
    found = store.editions.issue_by_id(kept.id)
    assert (found.state, found.by, found.issued_at) == ("issued", "Ana", COMPOSED)


def test_edits_are_kept_beside_the_briefing_which_stays_as_composed(store):
    kept = store.editions.add(an_issue(a_briefing(an_item(1), an_item(2))))
    edits = Edits(("DTL-2",), ("DTL-1",), (("DTL-2", "See the map"),), "A quiet day")
    assert store.editions.change(kept.id, was="draft", edits=edits)
    found = store.editions.issue_by_id(kept.id)
    assert (found.edits, found.briefing) == (edits, kept.briefing)


def test_issues_come_the_newest_day_first_a_page_at_a_time(store):
    days = [DAY - timedelta(days=back) for back in (3, 0, 2, 1)]
    kept = [store.editions.add(an_issue(day=day)) for day in days]
    store.editions.add(an_issue(day=DAY, frequency="weekly", state="issued"))
    first = store.editions.issues("arden", most=2)
    rest = store.editions.issues("arden", before=first[-1].id)
    assert [(one.day, one.frequency) for one in first] == [(DAY, "weekly"), (DAY, "daily")]
    assert [one.day for one in rest] == sorted((one.day for one in kept if one.day != DAY), reverse=True)
    assert [one.frequency for one in store.editions.issues("arden", states=("issued",))] == ["weekly"]
    assert len(store.editions.issues(frequency="daily")) == 4
    assert store.editions.issues("nowhere") == []


def test_a_standing_tells_since_when_and_how_far_an_edition_has_come(store):
    assert store.editions.standings() == {("arden", "daily"): Standing(MADE)}
    store.editions.add(an_issue())
    by_days = a_window(DAY + timedelta(days=1), kept_until=None)          # by the reports' own days, which moves no clock
    store.editions.add(an_issue(a_briefing(window=by_days)))
    assert store.editions.standings() == {("arden", "daily"): Standing(MADE, date(2024, 3, 13), COMPOSED)}


def test_the_hours_of_a_new_frequency_count_from_when_it_was_added(store):
    store.editions.keep(an_edition(frequencies=("daily", "weekly")), LATER)
    assert store.editions.standings() == {("arden", "daily"): Standing(MADE), ("arden", "weekly"): Standing(LATER)}
    store.editions.keep(an_edition(title="Another", frequencies=("daily", "weekly")), LATER + timedelta(days=1))
    assert store.editions.standings()["arden", "weekly"] == Standing(LATER)


def test_the_hours_of_an_edition_that_was_retired_count_from_when_it_was_resumed(store):
    store.editions.keep(an_edition(retired=True), MADE + timedelta(days=1))
    store.editions.keep(an_edition(), LATER)
    assert store.editions.standings() == {("arden", "daily"): Standing(LATER)}


def test_what_went_wrong_in_making_an_issue_is_told_until_the_next_one_is_made(store):
    store.editions.keep_failure("arden", "daily", LATER, "a sentence could not be made")
    standing = store.editions.standings()["arden", "daily"]
    assert (standing.failed_at, standing.problem) == (LATER, "a sentence could not be made")
    store.editions.keep(an_edition(title="Another"), LATER)
    assert store.editions.standings()["arden", "daily"] == standing
    store.editions.add(an_issue())
    assert store.editions.standings()["arden", "daily"].problem is None


def test_an_issue_that_another_editor_has_edited_meanwhile_is_not_changed(store):
    kept = store.editions.add(an_issue())
    assert store.editions.change(kept.id, was="draft", seen=kept.edits, edits=Edits(note="A quiet day"))
    assert not store.editions.change(kept.id, was="draft", seen=kept.edits, state="approved")


# Until when everything that was kept can be told


def kept_at(store, moment, **given):
    """Keep a report at that moment of the record's clock; its accounts are not reconciled yet."""
    one = a_report(f"2024-03-12 | attack | Arden | {moment.minute}")
    store.keep(one, told_in(one) if given["extracted"] == "done" else None, **given)
    with store._write() as connection:
        connection.execute(sa.update(report).where(report.c.id == one.id).values(kept_at=instant(moment)))


@pytest.mark.parametrize(("extracted", "waits"), [("pending", True), ("done", True), ("failed", False), ("entered", False)])
def test_an_issue_ends_before_what_is_kept_and_still_to_be_read_or_reconciled(store, extracted, waits):
    moment = COMPOSED - timedelta(minutes=9)
    kept_at(store, moment, extracted=extracted)
    assert store.editions.settled_until(COMPOSED) == (moment if waits else COMPOSED)
    assert store.editions.settled_until(moment) == moment


def test_what_has_waited_for_more_than_a_day_is_waited_for_no_more(store):
    kept_at(store, COMPOSED - timedelta(hours=25), extracted="pending")
    assert store.editions.settled_until(COMPOSED) == COMPOSED
