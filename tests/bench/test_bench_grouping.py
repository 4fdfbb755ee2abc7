"""The measure of grouping, on cases scored by hand, and which incident a report is taken to be about."""

from datetime import UTC, datetime

import pytest

from bench.grouping import groups_of
from bench.scores import Grouped, grouping_scores
from dateline.extract import extract
from dateline.reconcile import incidents_of
from helpers import a_report


@pytest.mark.parametrize(("predicted", "gold", "scores"), [
    pytest.param("aab", "aab", Grouped(100.0, 100.0, 100.0, 100.0), id="all-right"),
    pytest.param("abc", "aab", Grouped(100.0, 66.67, 80.0, 0.0), id="all-alone"),       # recall (1/2 + 1/2 + 1) / 3
    pytest.param("aaa", "aab", Grouped(55.56, 100.0, 71.43, 50.0), id="all-together"),   # precision (2/3 + 2/3 + 1/3) / 3
    pytest.param("aabb", "abab", Grouped(50.0, 50.0, 50.0, 0.0), id="crosswise"),
    pytest.param("", "", Grouped(0.0, 0.0, 0.0, 0.0), id="nothing"),
])
def test_grouping_is_scored_by_items_and_by_pairs(predicted, gold, scores):
    assert grouping_scores(list(predicted), list(gold)) == scores


def test_a_report_is_in_the_incident_that_it_tells_as_news():
    at = datetime(2024, 3, 12, tzinfo=UTC)
    first = a_report("Gunmen killed 12 people in Nyala on Monday. Last year an attack in Zalingei killed 40.", source="one",
                     published_at=at)
    other = a_report("Twelve people were killed by gunmen in Nyala on Monday.", source="two", published_at=at)
    third = a_report("The harvest was good this year.", source="three", published_at=at)
    incidents = incidents_of([(report, extract(report)) for report in (first, other, third)])
    groups = groups_of([report.id for report in (first, other, third)], incidents)
    assert groups[0] == groups[1]
    assert groups[2] == third.id
