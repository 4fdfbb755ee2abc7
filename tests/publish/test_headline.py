"""Headline numbers, and what is outside them."""

from __future__ import annotations

from dataclasses import replace

from dateline.publish.headline import Headline
from dateline.records.incident import Tolls
from made_incidents import a_toll, an_incident

NONE = a_toll(None, None, None)


def lines(*incidents):
    headline = Headline()
    for incident in incidents:
        headline.add(incident)
    return list(headline.lines())


def killed(low, best, high, **given):
    return replace(an_incident(), toll=Tolls(a_toll(low, best, high), NONE), **given)


def test_incidents_are_added_up_with_their_doubt():
    assert lines(killed(10, 12, 14), killed(3, 3, 3)) == ["2 incidents: killed 13-17 (best 15); injured not told"]


def test_an_open_top_leaves_the_sum_open():
    assert lines(killed(10, 12, None), killed(3, 3, 3))[0].startswith("2 incidents: killed at least 13 (best 15);")


def test_an_incident_without_a_number_adds_nothing_and_leaves_the_sum_open():
    assert lines(killed(None, None, None), killed(3, 3, 3))[0].startswith("2 incidents: killed at least 3;")


def test_what_one_side_alone_tells_is_in_no_headline_number():
    assert lines(killed(3, 3, 3), killed(4, 4, 4), killed(90, 90, 90, status="alleged")) == [
        "2 incidents: killed 7; injured not told", "1 alleged by one side alone is in no headline number"]


def test_one_incident_needs_no_sum():
    assert lines(killed(3, 3, 3)) == []
