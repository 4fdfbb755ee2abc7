"""The briefings of the demo record's days: each tells what was known on its day, and nothing that was told later."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from dateline.publish.brief.compose import compose, cut
from dateline.publish.brief.gathering import Context, gather
from dateline.records.briefing import EVERYTHING, Briefing, Coverage, Window
from dateline.store import Store


def briefing_of(store: Store, context: Context, day: date) -> Briefing:
    return compose(gather(store, Window(day, day), context), frequency="daily")


def words_of(briefing: Briefing) -> str:
    return "\n".join((*briefing.headline, *(line.text for item in briefing.items for line in item.lines)))


def test_kabul_is_told_with_its_counts_as_they_rose_and_who_gave_them(demo: Store, context: Context) -> None:
    briefing = briefing_of(demo, context, date(2018, 1, 27))
    first = briefing.items[0]
    assert briefing.title == "Daily briefing, 27 January 2018"
    assert briefing.headline == (
        "1 new incident: at least 102 killed, 196 injured.",
        "1 earlier incident known from background only is in no number.")
    assert (first.heading, first.path) == ("Suicide bombing, Kabul, Afghanistan, 27 Jan 2018", f"/incidents/{first.id}")
    assert [line.text for line in first.lines] == [
        "A suicide bombing at Sidarat Square in Kabul, Afghanistan, on 27 January 2018: at least 63 killed, the Public Health "
        "Ministry said; 95 by evening, the Health Ministry said; at least 102 late in the evening, sources in the health and "
        "interior ministries said.",
        "158 injured, the Health Ministry said; nearly 200 late in the evening, sources in the health and interior ministries "
        "said; 196, sources said.",
        "The Taliban said that it was theirs."]


def test_copies_of_a_wire_story_are_no_outlets_of_their_own(demo: Store, context: Context) -> None:
    briefing = briefing_of(demo, context, date(2018, 1, 27))
    outlets = {name for item in briefing.items for line in item.lines for name in line.outlets}
    assert outlets == {"HWK", "Northgate Press Agency"}          # and neither Meridian News nor the Examiner, who copied HWK


def test_gao_on_its_first_day_knows_nothing_of_the_77(demo: Store, context: Context) -> None:
    briefing = briefing_of(demo, context, date(2017, 1, 18))
    assert briefing.headline == ("1 new incident: 47 to 80 killed (best estimate 60), 60 to 115 injured (best estimate 115).",)
    assert "77" not in words_of(briefing)
    assert "Al-Mourabitoun said that it was theirs." in words_of(briefing)


def test_gao_on_the_next_day_is_what_changed_and_why(demo: Store, context: Context) -> None:
    briefing = briefing_of(demo, context, date(2017, 1, 19))
    [changed] = [item for item in briefing.items if item.incident]
    assert (changed.section, changed.id) == ("changed", f"{changed.incident}/changed")
    assert [line.text for line in changed.lines] == [
        "Toll 47 to 80 (best 60) -> 77 to 80 (best 77): a later count by a French military spokesman."]
    assert briefing.headline == ("1 older incident changed.",)
    assert "theirs" not in words_of(briefing)                    # the claim was told the day before


def test_garissa_tells_of_the_attackers_apart_and_of_background_as_background(demo: Store, context: Context) -> None:
    briefing = briefing_of(demo, context, date(2015, 4, 2))
    assert briefing.headline == (
        "1 new incident: 147 killed, at least 79 injured.",
        "2 earlier incidents known from background only are in no number.")
    told = words_of(briefing)
    assert "Of the attackers: 4 killed, Interior Minister Joseph Nkaissery said." in told
    assert "Known from background only: an attack in Westgate, Kenya, in 2013: at least 67 killed" in told
    assert "Known from background only: a bombing in Nairobi, Kenya, in 1998; no number of dead is told." in told


def test_an_anniversary_changes_nothing(demo: Store, context: Context) -> None:
    briefing = briefing_of(demo, context, date(2016, 4, 2))
    assert [item.section for item in briefing.items] == ["groups"]


def test_a_day_without_reports_is_empty(demo: Store, context: Context) -> None:
    briefing = briefing_of(demo, context, date(2018, 1, 28))
    assert briefing.is_empty
    assert (briefing.headline, briefing.days, briefing.withheld) == ((), (), "")


@pytest.mark.parametrize("day", [date(2018, 1, 27), date(2017, 1, 18), date(2017, 1, 19), date(2015, 4, 2)])
def test_every_line_names_an_outlet_and_every_item_a_page(demo: Store, context: Context, day: date) -> None:
    for item in briefing_of(demo, context, day).items:
        assert item.lines
        assert all(line.outlets and line.text.endswith(".") for line in item.lines)
        assert re.fullmatch(r"/(incidents/DTL-\d+|groups/[a-z-]+)", item.path)


def test_a_week_has_a_table_against_the_four_before(demo: Store, context: Context) -> None:
    week = Window(date(2018, 1, 22), date(2018, 1, 28))
    briefing = compose(gather(demo, week, context), frequency="weekly")
    assert briefing.title == "Weekly briefing, 22 to 28 January 2018"
    table = {row.name: [bounds.low if bounds.best is None else bounds.best for bounds in row.weeks] for row in briefing.weeks}
    assert table == {"incidents": [1, 0, 0, 0, 0], "killed": [102, None, None, None, None],
                     "injured": [196, None, None, None, None], "reporting outlets": [2, 0, 0, 0, 0]}


def test_by_the_clock_of_the_record_old_reports_are_counted_and_not_told(demo: Store, context: Context) -> None:
    now = datetime.now(UTC)
    today = Window(now.date(), now.date(), kept_since=datetime(2000, 1, 1, tzinfo=UTC), kept_until=now)
    briefing = compose(gather(demo, today, context), frequency="daily")
    assert (briefing.items, briefing.late) == ((), 7)


def test_by_the_clock_of_the_record_what_was_kept_is_told_once(demo: Store, context: Context) -> None:
    since, now = datetime(2000, 1, 1, tzinfo=UTC), datetime.now(UTC)
    first = Window(date(2018, 1, 29), date(2018, 1, 29), kept_since=since, kept_until=now)
    told = compose(gather(demo, first, context), frequency="daily")
    assert {item.heading for item in told.items if item.counts} == {
        "Suicide bombing, Kabul, Afghanistan, 27 Jan 2018", "Attack, Kabul, Afghanistan, 29 Jan 2018"}
    after = Window(date(2018, 1, 30), date(2018, 1, 30), kept_since=now, kept_until=datetime(2100, 1, 1, tzinfo=UTC))
    assert compose(gather(demo, after, context), frequency="daily").is_empty


def test_an_edition_tells_what_it_covers_alone(demo: Store, context: Context) -> None:
    material = gather(demo, Window(date(2015, 4, 2), date(2015, 4, 2)), context)
    schools = compose(material, coverage=Coverage(affected=("school",)), frequency="daily")
    assert [item.incident for item in schools.items] == [schools.items[0].incident]
    assert schools.headline == ("1 new incident: 147 killed, at least 79 injured.",)
    assert compose(material, coverage=Coverage(countries=("AF",)), frequency="daily").is_empty


def test_a_short_briefing_counts_all_that_fits_and_says_how_many_are_left_out(demo: Store, context: Context) -> None:
    whole = briefing_of(demo, context, date(2015, 4, 2))
    short = cut(whole, EVERYTHING, "five lines")
    assert short.headline == whole.headline
    assert all(len(item.lines) == 1 for item in short.items)
    assert len(short.items) + short.left_out == len(whole.items)
