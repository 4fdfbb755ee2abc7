"""How long an incident lasted, from its words."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.extract.lasting import lasted
from dateline.extract.times import read_times
from dateline.records import Written

WRITTEN = date(2024, 3, 14)
ON = Written(WRITTEN, WRITTEN, (WRITTEN,), "dateline")


def of(text, told=-1):
    times = read_times(text, ON)
    days = [t for t in times if t.type in {"DATE", "TIME"} and t.earliest]
    found = lasted(text, [(0, len(text))], times, days[told] if days else None, WRITTEN)
    return found.start, found.end, found.ongoing


def day(number):
    return date(2024, 3, number)


@pytest.mark.parametrize(("text", "told"), [
    pytest.param("The three-day siege that began on Friday", (day(8), day(10), False), id="count-and-beginning"),
    pytest.param("three days of fighting that ended on Tuesday", (day(10), day(12), False), id="count-and-end"),
    pytest.param("shelling went on for two weeks, beginning on March 5", (day(5), None, False), id="no-end-after-the-report"),
    pytest.param("the battle entered its fifth day on Wednesday", (day(9), None, True), id="entered-its-fifth-day"),
    pytest.param("fighting raged for a second straight day on Wednesday", (day(12), None, True), id="second-straight-day"),
    pytest.param("the fighting is still under way in the town", (None, None, True), id="still-under-way"),
    pytest.param("from 3 to 5 March gunmen held the town", (day(3), day(5), False), id="from-to"),
    pytest.param("between 3 and 5 March gunmen killed a man", (None, None, False), id="between-is-doubt"),
    pytest.param("a two-day visit", (None, None, False), id="no-fight-no-duration"),
    pytest.param("the battle lasted six hours on Monday", (None, None, False), id="hours-are-one-day"),
    pytest.param("a 900-day siege on Monday", (None, None, False), id="a-war-is-no-incident"),
])
def test_words_that_tell_how_long(text, told):
    assert of(text) == told


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from((
    "siege", "a", "two-day", "battle", "began on", "ended", "Sunday", "since", "for", "third", "day", "999", "weeks of",
    "fighting", "still", "raging", ".", "from", "March 3", "to", "0-day", "\n")), max_size=20).map(" ".join))
def test_any_words_give_sound_days(text):
    start, end, ongoing = of(text)
    assert start is None or end is None or (start < end <= WRITTEN and not ongoing)


@pytest.mark.parametrize("piece", ["fighting ", "since ", "two-day ", "three days of ", "began on ", "still "], ids=repr)
def test_hostile_words_are_read_in_linear_time(piece):
    began = time.process_time()
    text = piece * 4_000
    lasted(text, [(0, len(text))], [], None, WRITTEN)
    assert time.process_time() - began < 5
