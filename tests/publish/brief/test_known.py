"""An incident is told as it was known: what came later settles nothing yet, what nobody can date belongs to no day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dateline.publish.brief.known import Clock, day_of_report, known, rebuilt
from dateline.reconcile.merge import merge
from dateline.reconcile.views import View
from dateline.records import Incident, Report, Written
from dateline.records.briefing import Window
from dateline.records.incident import Change
from made_sentences import DAY, HEALTH, MINISTRY, NEXT, Told, at_least, count, exactly, group, somewhere, told

EARLY = told(count(at_least(63), MINISTRY), id="R1")
LATER = told(count(exactly(95), HEALTH, day=NEXT), id="R2", day=NEXT)
AFTER = told(count(exactly(102), HEALTH, day=date(2024, 3, 14)), id="R3", day=date(2024, 3, 14))


def held(*reports: Told) -> Incident:
    return merge("DTL-1", [one.account for one in reports], of(*reports))


def of(*reports: Told) -> dict[str, Report]:
    return {one.report.id: one.report for one in reports}


def by_days(first: date, last: date | None = None, zone: str = "UTC") -> Clock:
    return Clock(Window(first, last or first, zone), {}, 14)


def dead(incident: Incident | None) -> tuple[int | None, int | None, int | None]:
    assert incident is not None
    toll = incident.toll.killed
    return toll.low, toll.best, toll.high


def test_what_is_told_first_in_the_window_is_new() -> None:
    found = known(held(EARLY, LATER, AFTER), by_days(DAY), of(EARLY, LATER, AFTER))
    assert found.before is None
    assert dead(found.after) == (63, 63, None)
    assert found.fresh == {"R1"}


def test_a_later_count_supersedes_nothing_yet() -> None:
    found = known(held(EARLY, LATER, AFTER), by_days(NEXT), of(EARLY, LATER, AFTER))
    assert (dead(found.before), dead(found.after)) == ((63, 63, None), (95, 95, 95))
    assert found.after is not None
    assert [[figure.standing for figure in joined.account.figures] for joined in found.after.accounts] == [
        ["superseded"], ["stands"]]


def test_a_day_on_which_nothing_was_told_knows_nothing_new() -> None:
    found = known(held(EARLY), by_days(NEXT), of(EARLY))
    assert (found.before, found.after, found.is_late) == (None, None, False)


def test_the_incident_itself_is_given_back_where_all_of_it_was_known() -> None:
    incident = held(EARLY, LATER)
    assert known(incident, by_days(DAY, NEXT), {}).after is incident


@pytest.mark.parametrize(("written", "published", "told_day", "zone", "day"), [
    pytest.param((DAY, DAY), None, None, "UTC", DAY, id="the-day-that-it-was-written"),
    pytest.param((date(2021, 3, 12), date(2024, 3, 12)), None, date(2023, 1, 5), "UTC", date(2023, 3, 12),
                 id="a-dateline-without-a-year-is-of-the-first-one-after-what-it-tells"),
    pytest.param((date(2024, 3, 1), date(2024, 3, 12)), datetime(2024, 3, 5, 22, tzinfo=UTC), None, "Asia/Kabul",
                 date(2024, 3, 6),
                 id="one-of-several-days-is-that-of-its-publication-in-the-zone"),
    pytest.param((None, DAY), None, None, "UTC", DAY, id="else-the-last-on-which-it-surely-existed"),
    pytest.param((None, None), None, None, "UTC", None, id="and-none-where-nobody-knows-any"),
])
def test_the_day_of_a_report(written: tuple[date | None, date | None], published: datetime | None, told_day: date | None,
                             zone: str, day: date | None) -> None:
    assert day_of_report(*written, published, told_day, zone) == day


def test_a_report_of_no_known_day_is_told_on_none() -> None:
    lost = replace(EARLY, report=replace(EARLY.report, written=Written(None, None, (), "unknown"), published_at=None))
    alone = known(held(lost), by_days(date(1900, 1, 1), date(2100, 1, 1)), of(lost))
    assert alone.after is None
    beside = known(held(lost, LATER), by_days(NEXT), of(lost, LATER))
    assert beside.before is None
    assert beside.after is not None
    assert [joined.report.id for joined in beside.after.accounts] == ["R2"]


KEPT = {"R1": datetime(2024, 3, 20, 6, tzinfo=UTC), "R2": datetime(2024, 3, 21, 6, tzinfo=UTC),
        "R3": datetime(2024, 3, 22, 6, tzinfo=UTC)}


def by_record(first: date, since: datetime, until: datetime) -> Clock:
    return Clock(Window(first, first, kept_since=since, kept_until=until), KEPT, 14)


def test_by_the_record_s_clock_it_counts_when_a_report_was_kept() -> None:
    clock = by_record(date(2024, 3, 21), datetime(2024, 3, 21, tzinfo=UTC), datetime(2024, 3, 22, tzinfo=UTC))
    found = known(held(EARLY, LATER, AFTER), clock, of(EARLY, LATER, AFTER))
    assert (dead(found.before), dead(found.after)) == ((63, 63, None), (95, 95, 95))


def test_what_was_written_long_before_is_late_and_is_not_told() -> None:
    clock = by_record(date(2024, 6, 1), datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 4, 1, tzinfo=UTC))
    found = known(held(EARLY, LATER), clock, of(EARLY, LATER))
    assert (found.after, found.is_late) == (None, True)


def test_a_late_report_beside_a_timely_one_is_part_of_what_is_known() -> None:
    old = replace(EARLY, report=replace(EARLY.report, written=Written(date(2024, 1, 1), date(2024, 1, 1), (), "metadata")))
    clock = by_record(date(2024, 3, 21), datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 4, 1, tzinfo=UTC))
    found = known(held(old, LATER), clock, of(old, LATER))
    assert found.before is None
    assert (len(found.after.accounts) if found.after else 0, found.fresh) == (2, frozenset({"R2"}))


def test_what_a_person_corrected_holds_before_too() -> None:
    line = Change(datetime(2024, 3, 30, tzinfo=UTC), "corrected where (event 1)", "Ana", "")
    moved = replace(held(EARLY, LATER), where=somewhere(name="Arden", text="Arden"), history=(line,))
    found = known(moved, by_days(NEXT), of(EARLY, LATER))
    assert found.before is not None
    assert (found.before.where.name, found.before.headline) == ("Arden", "shelling, Arden")
    assert found.by_hand == ()


def test_what_a_person_does_in_the_window_is_a_change_of_what_was_known() -> None:
    line = Change(datetime(2024, 3, 14, 10, tzinfo=UTC), "corrected where (event 1)", "Ana", "")
    incident = replace(held(EARLY), history=(Change(line.at, "made", "dateline", ""), line))
    assert known(incident, by_days(date(2024, 3, 14)), of(EARLY)).by_hand == (line,)
    assert known(incident, by_days(date(2024, 3, 15)), of(EARLY)).after is None


def test_the_rules_of_the_view_hold_for_what_was_known() -> None:
    claim = told(count(exactly(5), HEALTH), count(exactly(80), group("vale-front"), id="F2"), id="R1")
    incident = held(claim, AFTER)
    lowest = rebuilt(incident, incident.accounts[:1], of(claim, AFTER), View("lowest", "suspected too"), {})
    assert lowest.toll.killed.rule == "lowest"
    assert lowest.attribution is not None
    assert lowest.attribution.rule == "suspected too"
