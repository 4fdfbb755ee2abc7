"""What can be chosen of an edition, and that nothing else is taken from a form."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.records.briefing import Coverage
from dateline.records.mailing import Choices, Edition
from dateline.subscribing.choosing import offers_of, read_choices, zone_names
from subscribing.made import ARDEN, VERITY

GROUPS = (("vlf", "Vale Front"), ("hawks", "Hawks"))
OPEN = offers_of(ARDEN, GROUPS)


def test_an_edition_without_limits_offers_everything():
    assert OPEN.frequencies == ("daily", "weekly")
    assert len(OPEN.countries) > 190
    assert ("ML", "Mali") in OPEN.countries
    assert ("Western Africa", "Western Africa") in OPEN.regions
    assert OPEN.groups == (("hawks", "Hawks"), ("vlf", "Vale Front"))
    assert ("school", "school") in OPEN.affected


def test_what_an_edition_does_not_tell_is_not_offered():
    offers = offers_of(VERITY, GROUPS)
    assert [code for code, _ in offers.countries] == ["ML", "NE"]
    assert offers.kinds == (("attack", "attack"),)
    assert offers.frequencies == ("weekly",)


def test_an_edition_of_a_region_offers_its_countries():
    offers = offers_of(Edition("west", "West", coverage=Coverage(regions=("Western Africa",))), ())
    assert "ML" in [code for code, _ in offers.countries]
    assert "AF" not in [code for code, _ in offers.countries]


def test_an_empty_form_is_the_edition_as_it_is():
    assert read_choices({}, OPEN).choices == Choices()
    assert read_choices({}, offers_of(VERITY, ())).choices == Choices("weekly")


def test_all_that_can_be_chosen_is_read():
    read = read_choices({
        "frequency": ["weekly"], "regions": ["Western Africa"], "countries": ["ML", "NE", "ML"], "groups": ["vlf"],
        "kinds": ["attack"], "affected": ["school", "aid worker"], "killed": ["3"], "length": ["five lines"],
        "when_empty": ["true"], "zone": ["Africa/Bamako"], "hour": ["0"]}, OPEN)
    assert read.errors == {}
    assert read.choices == Choices(
        "weekly", Coverage(("Western Africa",), ("ML", "NE"), ("vlf",), ("attack",), ("school", "aid worker"), 3), "five lines",
        True, "Africa/Bamako", 0)


@pytest.mark.parametrize(("name", "value"), [
    ("frequency", "hourly"), ("regions", "Atlantis"), ("countries", "XX"), ("groups", "nobody"), ("kinds", "<script>"),
    ("affected", "bankers"), ("killed", "-1"), ("killed", "many"), ("killed", "9" * 5_000), ("killed", "\u0663"),
    ("length", "all"), ("zone", "Mars/Base"), ("zone", "../../etc/passwd"), ("hour", "24"), ("hour", "6.5")])
def test_what_is_not_offered_is_told_and_not_taken(name, value):
    read = read_choices({name: [value]}, OPEN)
    assert list(read.errors) == [name]
    assert len(read.errors[name]) < 120


def test_time_zones_are_those_of_places():
    assert {"UTC", "Africa/Bamako", "Asia/Kabul", "Europe/Berlin"} <= set(zone_names())
    assert not {"GMT+3", "US/Eastern", "posixrules"} & set(zone_names())


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(["frequency", "regions", "countries", "killed", "length", "zone", "hour", "x"]),
                       st.lists(st.text(max_size=20), max_size=3)))
def test_whatever_a_form_says_is_read_or_told(given):
    read = read_choices(given, OPEN)
    assert read.errors or read.choices.frequency in OPEN.frequencies
    assert set(read.choices.coverage.countries) <= {code for code, _ in OPEN.countries}
