"""When an issue is due, and what it tells of."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.editions.schedule import Due, due, hour_at_or_after, is_ahead, next_hour
from dateline.records.briefing import Window
from dateline.records.mailing import Standing
from made_issues import an_edition

MADE = datetime(2024, 3, 1, 12, tzinfo=UTC)
ZONES = ("UTC", "Africa/Bamako", "Asia/Kabul", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia",
         "Asia/Kathmandu", "America/Sao_Paulo", "Africa/Cairo", "Pacific/Kiritimati", "Asia/Gaza")


def at(words, zone="UTC"):
    return datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def due_at(edition, now, standing=None, frequency="daily"):
    [*found] = due([edition], {(edition.slug, frequency): standing or Standing(MADE)}, now)
    assert len(found) <= 1
    return found[0].window if found else None


# The ordinary day


def test_a_morning_issue_is_of_the_day_before_and_tells_the_24_hours_up_to_it():
    now = at("2024-03-13T06:00:20")
    assert due([an_edition()], {("arden", "daily"): Standing(MADE)}, now) == [
        Due(an_edition(), "daily", Window(date(2024, 3, 12), date(2024, 3, 12), "UTC", now - timedelta(days=1), now))]


@pytest.mark.parametrize(("hour", "day"), [
    pytest.param(0, 12, id="midnight-closes-the-day-before"), pytest.param(11, 12, id="before-noon-is-of-the-day-before"),
    pytest.param(12, 13, id="from-noon-on-is-of-the-day-itself"), pytest.param(23, 13, id="evening-is-of-the-day-itself")])
def test_an_issue_is_named_for_the_day_that_it_mostly_tells_of(hour, day):
    assert due_at(an_edition(hour=hour), at(f"2024-03-13T{hour:02}:30")).last == date(2024, 3, day)


def test_the_next_issue_begins_where_the_last_one_ended():
    yesterday, now = at("2024-03-12T06:00:09"), at("2024-03-13T06:00:20")
    window = due_at(an_edition(), now, Standing(MADE, date(2024, 3, 11), yesterday))
    assert (window.kept_since, window.kept_until) == (yesterday, now)
    assert (window.first, window.last) == (date(2024, 3, 12), date(2024, 3, 12))


def test_the_hour_is_that_of_the_zone():
    edition = an_edition(zone="Asia/Kabul")
    assert due_at(edition, at("2024-03-13T06:00", "Asia/Kabul")).last == date(2024, 3, 12)
    assert due_at(edition, at("2024-03-13T05:59", "Asia/Kabul")).last == date(2024, 3, 11)


def test_a_weekly_issue_comes_on_its_weekday_and_tells_seven_days():
    edition, monday = an_edition(frequencies=("weekly",)), at("2024-03-11T06:00")
    window = due_at(edition, monday, frequency="weekly")
    assert (window.first, window.last) == (date(2024, 3, 4), date(2024, 3, 10))
    assert window.kept_since == monday - timedelta(days=7)
    issued = Standing(MADE, window.last, window.kept_until)
    assert due_at(edition, monday + timedelta(days=6, hours=23), issued, "weekly") is None
    assert due_at(edition, monday + timedelta(days=7), issued, "weekly") is not None


def test_an_edition_of_both_frequencies_has_both_due():
    edition = an_edition(frequencies=("daily", "weekly"))
    standings = {("arden", name): Standing(MADE) for name in edition.frequencies}
    assert [one.frequency for one in due([edition], standings, at("2024-03-11T07:00"))] == ["daily", "weekly"]


# What is missed, new, retired, resumed


def test_three_missed_days_are_caught_up_by_one_issue_that_reaches_back_to_the_last():
    last, now = at("2024-03-10T06:00"), at("2024-03-13T09:41")
    window = due_at(an_edition(), now, Standing(MADE, date(2024, 3, 9), last))
    assert window == Window(date(2024, 3, 10), date(2024, 3, 12), "UTC", last, now)
    assert due_at(an_edition(), now, Standing(MADE, window.last, window.kept_until)) is None


def test_a_new_edition_begins_with_its_first_hour_and_not_with_the_past():
    assert due_at(an_edition(), at("2024-03-02T05:59"), Standing(MADE)) is None
    assert due_at(an_edition(), at("2024-03-02T06:00"), Standing(MADE)) is not None


def test_an_edition_that_is_retired_is_not_due():
    assert due_at(an_edition(retired=True), at("2024-03-13T06:00")) is None


def test_an_edition_that_is_resumed_does_not_tell_the_months_between():
    resumed = at("2024-09-01T12:00")
    window = due_at(an_edition(), at("2024-09-02T06:00"), Standing(resumed, date(2024, 3, 9), at("2024-03-10T06:00")))
    assert (window.first, window.last) == (date(2024, 9, 1), date(2024, 9, 1))
    assert window.kept_since == at("2024-09-01T06:00")


def test_a_day_that_has_an_issue_made_by_hand_gets_no_second_one():
    by_hand = Standing(MADE, date(2024, 3, 12), at("2024-03-12T06:00"))
    assert due_at(an_edition(), at("2024-03-13T06:00"), by_hand) is None
    assert due_at(an_edition(), at("2024-03-14T06:00"), by_hand).kept_since == at("2024-03-12T06:00")


def test_a_clock_that_was_put_back_makes_nothing_due_until_it_has_caught_up():
    ahead = Standing(MADE, date(2024, 3, 12), at("2024-03-13T06:00"))
    assert due_at(an_edition(), at("2024-03-12T06:00"), ahead) is None
    assert is_ahead(ahead, at("2024-03-12T06:00"))
    assert not is_ahead(ahead, at("2024-03-13T06:00"))


def test_a_later_hour_set_after_the_issue_of_the_day_waits_for_the_next_day_that_has_none():
    issued = Standing(MADE, date(2024, 3, 12), at("2024-03-13T06:00"))
    assert due_at(an_edition(hour=9), at("2024-03-13T09:00"), issued) is None
    assert due_at(an_edition(hour=9), at("2024-03-14T09:00"), issued).kept_since == at("2024-03-13T06:00")


def test_what_went_wrong_is_tried_again_after_ten_minutes():
    failed = Standing(MADE, failed_at=at("2024-03-13T06:00"), problem="a sentence could not be made")
    assert due_at(an_edition(), at("2024-03-13T06:09"), failed) is None
    assert due_at(an_edition(), at("2024-03-13T06:10"), failed) is not None


# Clocks that go forward and back


def test_an_hour_that_is_left_out_is_caught_when_the_clocks_have_gone_forward():
    edition = an_edition(zone="Europe/Berlin", hour=2)                    # 02:00 becomes 03:00
    forward = datetime(2024, 3, 31, 1, tzinfo=UTC)
    issued = Standing(MADE, date(2024, 3, 29), at("2024-03-30T02:00", "Europe/Berlin"))
    assert due_at(edition, forward - timedelta(seconds=1), issued) is None
    assert due_at(edition, forward, issued).last == date(2024, 3, 30)


def test_an_hour_that_comes_twice_makes_one_issue():
    edition = an_edition(zone="Europe/Berlin", hour=2)                    # 03:00 becomes 02:00
    first = datetime(2024, 10, 27, 0, tzinfo=UTC)
    window = due_at(edition, first, Standing(MADE, date(2024, 10, 25), first - timedelta(days=1)))
    assert window.last == date(2024, 10, 26)
    assert due_at(edition, first + timedelta(hours=1), Standing(MADE, window.last, first)) is None


def test_a_day_that_the_calendar_leaves_out_costs_no_issue_and_makes_none_twice():
    edition, now = an_edition(zone="Pacific/Apia"), at("2011-12-29T06:00", "Pacific/Apia")
    days = _ticked(edition, Standing(now - timedelta(days=2)), [now + timedelta(hours=hour) for hour in range(72)])
    assert days == [date(2011, 12, day) for day in (28, 30, 31)]          # 30 December was left out


# Whatever the zone, hour and gaps


MOMENTS = st.datetimes(datetime(2011, 1, 1), datetime(2026, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))
EDITIONS = st.builds(an_edition, zone=st.sampled_from(ZONES), hour=st.integers(0, 23), weekday=st.integers(0, 6),
                     frequencies=st.sampled_from([("daily",), ("weekly",)]))


def _ticked(edition, standing, moments):
    """The days of the issues made when one looks at each of `moments`; what they tell goes on without gap and overlap."""
    days = []
    for moment in moments:
        window = due_at(edition, moment, standing, edition.frequencies[0])
        if window is None:
            continue
        assert window.kept_until == moment
        if standing.kept_until is not None:
            assert window.kept_since == standing.kept_until
            assert window.last > standing.day
            assert window.first <= standing.day + timedelta(days=1)
        days.append(window.last)
        standing = Standing(standing.since, window.last, moment)
    return days


@settings(deadline=None)
@given(EDITIONS, MOMENTS, st.lists(st.integers(1, 60 * 24 * 12), max_size=30))
def test_whatever_is_slept_through_no_day_comes_twice_and_nothing_is_told_twice_or_left_out(edition, start, gaps):
    moments, now = [], start
    for minutes in gaps:
        now += timedelta(minutes=minutes)
        moments.append(now)
    days = _ticked(edition, Standing(start), moments)
    assert days == sorted(set(days))


@settings(deadline=None)
@given(EDITIONS, MOMENTS)
def test_looked_at_often_an_edition_comes_out_once_at_each_of_its_hours(edition, start):
    step = timedelta(minutes=30)
    moments = [start + step * count for count in range(1, 48 * 16)]
    days = _ticked(edition, Standing(start), moments)
    apart = 1 if edition.frequencies == ("daily",) else 7
    assert len(days) in ((15, 16, 17) if apart == 1 else (2, 3))
    assert {(later - earlier).days for earlier, later in pairwise(days)} <= {apart, apart + 1}


@settings(deadline=None)
@given(EDITIONS, MOMENTS, st.lists(st.integers(-60 * 24 * 3, 60 * 24 * 3), max_size=30))
def test_however_the_clock_jumps_no_issue_tells_what_one_before_told(edition, start, jumps):
    standing, now = Standing(start), start
    for minutes in jumps:
        now += timedelta(minutes=minutes)
        window = due_at(edition, now, standing, edition.frequencies[0])
        if window is not None:
            assert standing.kept_until is None or window.kept_since >= standing.kept_until
            assert window.kept_since < window.kept_until
            standing = Standing(standing.since, window.last, now)


@settings(deadline=None)
@given(EDITIONS, MOMENTS)
def test_the_next_hour_is_when_the_next_issue_is_due_and_not_before(edition, now):
    frequency = edition.frequencies[0]
    hour = next_hour(edition, frequency, now)
    assert due_at(edition, hour, Standing(now), frequency) is not None
    assert due_at(edition, hour - timedelta(seconds=1), Standing(now), frequency) is None


@settings(deadline=None)
@given(st.sampled_from(ZONES), st.integers(0, 23), MOMENTS)
def test_a_subscribers_hour_is_within_the_next_day_and_not_past(zone, hour, now):
    then = hour_at_or_after(zone, hour, now)
    assert now <= then <= now + timedelta(hours=26)
    assert then.astimezone(ZoneInfo(zone)).hour == hour or (then - now) > timedelta(0)
