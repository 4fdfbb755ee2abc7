"""Local time, zone and UTC of an incident."""

from datetime import date

import pytest

from dateline.extract.clock import with_clock
from dateline.extract.times import read_times
from dateline.records import UtcSpan, When, Where, Written

WRITTEN = date(2018, 1, 28)                                       # a Sunday
ON = Written(WRITTEN, WRITTEN, (WRITTEN,), "dateline")
KABUL = Where("Kabul", "Kabul", "city", "AF", None, None, 34.5, 69.2, 20.0, "x:1", 1, (), ())


def clock_of(text, where=KABUL, zone="Asia/Kabul"):
    [told] = read_times(text, ON)
    when = When(None, None, False, told.earliest, told.latest, told.candidates, told.best, told.precision, told.time_of_day,
                told.text, ())
    return with_clock(when, where, told, text, lambda lat, lon, country: zone)


@pytest.mark.parametrize(("text", "earliest", "latest"), [
    pytest.param("about 12:50 local time on Saturday", "2018-01-27T08:20Z", "2018-01-27T08:20Z", id="clock"),
    pytest.param("at dawn on Saturday", "2018-01-26T23:30Z", "2018-01-27T02:30Z", id="dawn"),
    pytest.param("on Saturday night", "2018-01-27T13:30Z", "2018-01-28T01:30Z", id="a-night-runs-into-the-next-day"),
    pytest.param("it came overnight", "2018-01-27T13:30Z", "2018-01-28T01:30Z", id="overnight"),
    pytest.param("in the early hours of Saturday", "2018-01-26T19:30Z", "2018-01-27T01:30Z", id="small-hours"),
])
def test_a_time_of_day_is_told_in_utc_where_the_zone_is_known(text, earliest, latest):
    when = clock_of(text)
    assert (when.zone, when.utc) == ("Asia/Kabul", UtcSpan(earliest, latest))


def test_a_clock_in_gmt_is_converted_and_not_taken_as_local():
    when = clock_of("at 2130 GMT on Saturday")
    assert when.utc == UtcSpan("2018-01-27T21:30Z", "2018-01-27T21:30Z")
    assert (when.time_of_day, when.best) == ("02:00", date(2018, 1, 28))


@pytest.mark.parametrize("text", ["on Saturday", "last week", "at dawn"], ids=["no-hour", "no-day", "hour-without-a-day"])
def test_without_an_hour_and_a_day_there_is_no_span_in_utc(text):
    assert clock_of(text).utc is None


def test_without_a_zone_the_hour_stays_local():
    when = clock_of("at dawn on Saturday", zone=None)
    assert (when.time_of_day, when.zone, when.utc) == ("dawn", None, None)


@pytest.mark.parametrize(("country", "zone"), [("AF", "Asia/Kabul"), ("RU", None)], ids=["one-zone", "several"])
def test_a_country_as_a_whole_has_a_zone_only_where_it_has_one(country, zone):
    where = Where(None, "x", "country", country, None, None, 50.0, 50.0, 900.0, "x:2", 6, (), ())
    assert clock_of("at dawn on Saturday", where, "Asia/Kabul").zone == zone
