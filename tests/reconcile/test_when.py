"""When an incident happened, by two or three reports: what one leaves open, another settles."""

from dataclasses import replace
from datetime import date

import pytest
from factories import a_day, a_report, an_account

from dateline.reconcile.merge import merge
from dateline.records import UtcSpan

YEARS = ("2016-01-27", "2017-01-27", "2018-01-27")


def merged(*whens):
    reports = {f"R{n}": a_report(f"report {n}", id=f"R{n}", outlet=f"Post {n}") for n in range(len(whens))}
    return merge("DTL-1", [an_account(report=f"R{n}", when=when) for n, when in enumerate(whens)], reports)


def days(incident):
    when = incident.when
    ends = [day and day.isoformat() for day in (when.earliest, when.latest, when.best)]
    return [*ends, [day.isoformat() for day in when.candidates]]


@pytest.mark.parametrize(("whens", "expected"), [
    pytest.param((a_day(candidates=YEARS), a_day("2018-01-27")), ["2018-01-27", "2018-01-27", "2018-01-27", []],
                 id="a-year-that-one-tells"),
    pytest.param((a_day(candidates=YEARS), a_day(candidates=("2017-01-27", "2018-01-27", "2019-01-27"))),
                 ["2017-01-27", "2018-01-27", None, ["2017-01-27", "2018-01-27"]], id="years-that-both-allow"),
    pytest.param((a_day(candidates=YEARS), a_day(candidates=("2015-01-27", "2016-01-27")), a_day(candidates=YEARS[:2])),
                 ["2016-01-27", "2016-01-27", "2016-01-27", []], id="the-one-year-that-three-allow"),
    pytest.param((a_day(candidates=YEARS), a_day("2017-01-23", "2017-01-29")), ["2017-01-27", "2017-01-27", "2017-01-27", []],
                 id="a-year-by-a-week"),
    pytest.param((a_day("2018-01-22", "2018-01-28"), a_day("2018-01-26", "2018-01-31")),
                 ["2018-01-26", "2018-01-28", None, []], id="days-that-two-spans-share"),
    pytest.param((a_day("2018-01-22", "2018-01-27"), a_day("2018-01-27", "2018-01-31")),
                 ["2018-01-27", "2018-01-27", "2018-01-27", []], id="one-day-that-two-spans-share"),
    pytest.param((a_day("2018-01-27"), a_day("2018-01-22", "2018-01-28")), ["2018-01-27", "2018-01-27", "2018-01-27", []],
                 id="a-day-within-a-week"),
])
def test_days_are_narrowed_to_what_all_allow(whens, expected):
    for order in (whens, whens[::-1]):
        incident = merged(*order)
        assert days(incident) == expected
        assert [d for d in incident.disagreements if d.field == "day"] == []


def test_years_that_no_report_shares_are_a_disagreement():
    incident = merged(a_day(candidates=("2015-01-27", "2016-01-27")), a_day("2018-01-27"), a_day("2018-01-27"))
    [clash] = [d for d in incident.disagreements if d.field == "day"]
    assert {held.value for held in clash.values} == {"2015-01-27 or 2016-01-27", "2018-01-27"}
    assert incident.when.best == date(2018, 1, 27)


def test_the_hour_of_one_report_comes_with_its_zone_and_utc():
    utc = UtcSpan("2018-01-27T08:20Z", "2018-01-27T08:20Z")
    hour = replace(a_day("2018-01-27"), time_of_day="12:50", zone="Asia/Kabul", utc=utc)
    when = merged(a_day("2018-01-27"), hour).when
    assert (when.time_of_day, when.zone, when.utc.earliest) == ("12:50", "Asia/Kabul", "2018-01-27T08:20Z")


def test_a_fight_goes_on_until_a_report_tells_its_end():
    fight = replace(a_day("2018-01-27"), start=date(2018, 1, 27), ongoing=True)
    over = replace(a_day("2018-01-27"), start=date(2018, 1, 27), end=date(2018, 1, 29))
    assert (merged(fight, a_day("2018-01-27")).when.ongoing, merged(fight, over).when.ongoing) == (True, False)
    assert merged(fight, over).when.end == date(2018, 1, 29)
