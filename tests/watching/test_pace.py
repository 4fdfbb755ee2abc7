"""When a feed is asked next, and when its silence is unusual."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.records.watching import Pace
from dateline.watching.pace import (
    JITTER,
    LONGEST_BACK_OFF_S,
    LONGEST_RETRY_AFTER_S,
    OBEYED_S,
    Asked,
    Bounds,
    is_silent,
    left_s,
    next_pace,
    unusual_silence_s,
    usual_gap_s,
    watched_since_s,
)
from watching.made_web import DAY, HOUR, MINUTE, START

BOUNDS = Bounds(5 * MINUTE, 2 * HOUR)
NEWS, NOTHING, FAILED = Asked(new=1), Asked(), Asked(failed=True)
SECONDS = st.floats(0, 1e9)
CHANCE = st.floats(0, 1)
PACES = st.builds(
    Pace, wait_s=SECONDS, usual_s=st.none() | st.floats(1, 1e8), ask_after_s=st.none() | st.floats(1, 1e9),
    failures=st.integers(0, 10_000), quiet_s=SECONDS, watched_s=SECONDS, turns_with_news=st.integers(0, 1000),
    silences=st.lists(SECONDS, max_size=14).map(tuple), silence_day=st.integers(-1, 20_000))
ANY = st.builds(Asked, failed=st.booleans(), new=st.integers(0, 1000), gathered=st.booleans(), retry_after_s=st.none() | SECONDS,
                ask_after_s=st.none() | st.floats(1, 1e9), usual_s=st.none() | st.floats(1, 1e8))


def after(*turns: tuple[float, Asked], pace: Pace = Pace(), chance: float = 0.5) -> Pace:      # noqa: B008  frozen
    """The rhythm after turns of (seconds since the one before, what came of it)."""
    for seconds, asked in turns:
        pace = next_pace(pace, asked, seconds, chance, BOUNDS)
    return pace


@given(PACES, ANY, st.floats(-1e9, 1e9), CHANCE)
def test_no_feed_is_asked_sooner_than_is_polite_nor_forgotten(pace, asked, seconds, chance):
    wait = next_pace(pace, asked, seconds, chance, BOUNDS).wait_s
    assert BOUNDS.least_s <= wait <= max(BOUNDS.most_s, LONGEST_BACK_OFF_S, LONGEST_RETRY_AFTER_S) * (1 + JITTER)


@given(PACES, st.floats(0, 1e9), SECONDS, CHANCE)
def test_a_server_that_says_when_is_asked_no_sooner(pace, retry_after, seconds, chance):
    wait = next_pace(pace, Asked(failed=True, retry_after_s=retry_after), seconds, chance, BOUNDS).wait_s
    assert wait >= min(retry_after, LONGEST_RETRY_AFTER_S)


@given(PACES, st.floats(1, 1e9), CHANCE)
def test_a_feed_that_asks_to_be_left_alone_is_for_an_hour_at_least_where_it_answers(pace, ask_after, chance):
    wait = next_pace(pace, Asked(ask_after_s=ask_after), 60, chance, BOUNDS).wait_s
    assert wait >= min(ask_after, OBEYED_S)


@given(PACES, CHANCE)
def test_each_failure_in_a_row_is_followed_by_no_shorter_wait(pace, chance):
    first = next_pace(pace, FAILED, 60, chance, BOUNDS)
    second = next_pace(first, FAILED, first.wait_s, chance, BOUNDS)
    assert second.wait_s >= first.wait_s
    assert (first.failures, second.failures) == (pace.failures + 1, pace.failures + 2)


@given(PACES, ANY, SECONDS, CHANCE)
def test_an_answer_ends_the_row_of_failures(pace, asked, seconds, chance):
    assert next_pace(pace, replace(asked, failed=False), seconds, chance, BOUNDS).failures == 0


@given(PACES, ANY, st.floats(-1e9, 0), CHANCE)
def test_a_clock_that_goes_back_watches_no_time(pace, asked, seconds, chance):
    told = next_pace(pace, asked, seconds, chance, BOUNDS)
    assert told.watched_s == pace.watched_s
    assert told == next_pace(pace, asked, 0.0, chance, BOUNDS)


@given(PACES, st.floats(-1e12, 1e12))
def test_after_a_restart_no_set_clock_makes_a_wait_longer_or_a_silence_of_its_own(pace, since):
    assert 0 <= left_s(pace, since) <= pace.wait_s
    assert 0 <= watched_since_s(pace, since) <= pace.wait_s


@given(PACES, ANY, SECONDS, CHANCE)
def test_what_is_kept_of_a_feed_does_not_grow(pace, asked, seconds, chance):
    assert len(next_pace(pace, asked, seconds, chance, BOUNDS).silences) <= 14


@pytest.mark.parametrize(("every", "wait"), [
    pytest.param(40 * MINUTE, 20 * MINUTE, id="every-40-minutes-is-asked-every-20"),
    pytest.param(MINUTE, 5 * MINUTE, id="every-minute-is-asked-no-more-often-than-the-least"),
    pytest.param(2 * DAY, 2 * HOUR, id="every-other-day-is-asked-no-less-often-than-the-most"),
])
def test_a_feed_is_asked_twice_as_often_as_it_prints(every, wait):
    pace = after((0, replace(NEWS, gathered=True)), *[(every, NEWS)] * 20)
    assert pace.wait_s == pytest.approx(wait)


def test_five_entries_at_once_are_five_gaps():
    assert after((0, replace(NEWS, gathered=True)), (50 * MINUTE, Asked(new=5))).usual_s == pytest.approx(10 * MINUTE)


def test_what_a_feed_held_when_it_was_first_asked_tells_nothing_of_its_rhythm():
    assert after((0, Asked(new=40, gathered=True))).usual_s is None
    assert after((0, Asked(new=40, gathered=True, usual_s=HOUR))).usual_s == HOUR       # its own dates do


def test_waits_are_shorter_or_longer_by_chance():
    few, many = (after((0, NOTHING), (HOUR, NEWS), pace=Pace(usual_s=2 * HOUR), chance=chance).wait_s for chance in (0.0, 1.0))
    assert few == pytest.approx(many * (1 - JITTER) / (1 + JITTER))


def test_failures_are_asked_again_after_5_10_20_minutes_up_to_a_day():
    waits = [after(*[(0, FAILED)] * count).wait_s / MINUTE for count in (1, 2, 3, 30)]
    assert waits == [5, 10, 20, 24 * 60]


# Silence

HOURLY = [(HOUR, NEWS)] * 12 + [(12 * HOUR, NEWS)]            # a day: news each hour, and none in the night


def test_a_night_is_no_silence_and_two_are():
    pace = after((0, replace(NEWS, gathered=True)), *HOURLY * 5)
    assert unusual_silence_s(pace) == 24 * HOUR
    assert not is_silent(after((13 * HOUR, NOTHING), pace=pace))
    assert is_silent(after((25 * HOUR, NOTHING), pace=pace))
    assert not is_silent(after((25 * HOUR, NEWS), pace=pace))


def test_a_weekly_is_not_silent_after_a_week():
    pace = after((0, replace(NEWS, gathered=True)), *[(7 * DAY, NEWS)] * 6)
    assert not is_silent(after((8 * DAY, NOTHING), pace=pace))
    assert is_silent(after((15 * DAY, NOTHING), pace=pace))


def test_a_feed_whose_habit_is_not_known_is_never_silent():
    assert not is_silent(after((0, replace(NEWS, gathered=True)), (HOUR, NEWS), (90 * DAY, NOTHING)))


def test_failing_is_silence_too():
    pace = after((0, replace(NEWS, gathered=True)), *HOURLY * 5)
    assert is_silent(after((13 * HOUR, FAILED), (12 * HOUR, FAILED), pace=pace))


def test_the_rhythm_by_a_feeds_own_dates_is_the_middle_gap():
    times = [START + timedelta(hours=hours) for hours in (0, 1, 2, 3, 20)]
    assert usual_gap_s([*times, None]) == HOUR
    assert usual_gap_s(times[:2]) is None
