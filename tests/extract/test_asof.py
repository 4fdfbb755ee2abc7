"""When a count was made, and what it covers."""

from datetime import UTC, datetime

import pytest

from dateline.extract import extract
from dateline.extract.scopes import is_cumulative, is_increment
from helpers import a_report

PUBLISHED = datetime(2018, 1, 27, tzinfo=UTC)


def figure_of(text):
    [account] = extract(a_report(text, published_at=PUBLISHED)).accounts
    return account.figures[0]


@pytest.mark.parametrize(("said", "earliest", "latest"), [
    ("the Health Ministry said", "2018-01-27", "2018-01-27"),
    ("the Health Ministry said on Saturday evening", "2018-01-27T17:00", "2018-01-27T20:59"),
    ("the Health Ministry said late in the evening", "2018-01-27T21:00", "2018-01-27T23:59"),
])
def test_a_count_is_as_old_as_the_words_of_its_speaker(said, earliest, latest):
    figure = figure_of(f"A bomb in Kabul killed 95 people, {said}.")
    assert (figure.as_of.earliest, figure.as_of.latest) == (earliest, latest)


@pytest.mark.parametrize("said", [
    "The president's office put the dead at 60 on Thursday.",
    "The president's office had put the toll at 60 on Thursday.",
    "On Thursday the president's office raised the death toll to 60.",
])
def test_the_day_beside_a_toll_that_is_put_is_the_day_of_putting(said):
    [account] = extract(a_report(f"A bomb in Kabul killed 77 people on Wednesday, the army said. {said}",
                                 published_at=PUBLISHED)).accounts
    [sixty] = [figure for figure in account.figures if figure.value == 60]
    assert (sixty.as_of.earliest, sixty.as_of.latest) == ("2018-01-25", "2018-01-25")


@pytest.mark.parametrize("said", [
    "The president's office put the toll from the attack on Thursday at 60.",
    "The president's office put the toll at 60 in the attack on Thursday.",
])
def test_a_day_that_may_be_the_attacks_is_not_taken_for_that_of_the_toll(said):
    [account] = extract(a_report(f"A bomb in Kabul killed 77 people, the army said. {said}", published_at=PUBLISHED)).accounts
    [sixty] = [figure for figure in account.figures if figure.value == 60]
    assert (sixty.as_of.earliest, sixty.as_of.latest) == ("2018-01-27", "2018-01-27")


@pytest.mark.parametrize("words", [
    "since 2011", "so far this year", "in the past 24 hours", "the civil war", "an insurgency that has lasted ten years",
])
def test_words_of_a_count_over_a_time(words):
    assert is_cumulative(words)


@pytest.mark.parametrize("words", ["on Friday", "since dawn", "in the attack", "last week"])
def test_words_of_a_count_of_one_incident(words):
    assert not is_cumulative(words)


def test_who_died_later_is_added():
    assert is_increment("two more people died overnight")
