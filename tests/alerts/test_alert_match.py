"""Which incidents concern a watch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dateline.alerts.match import concerned, is_news, nearness
from dateline.publish.brief.coverage import covers, most_killed, told_of
from dateline.publish.withhold import Published, withhold
from dateline.records.account import Affected
from dateline.records.briefing import EVERYTHING, Coverage
from dateline.records.mailing import Watch
from made_incidents import DAY, a_figure, a_sensitive, a_toll, a_when, a_where, an_account, an_attacker, an_incident

NEW_YEAR = date(2023, 1, 1)
KM = 1 / 111.195                  # degrees of latitude
GAO = a_where(text="Gao", name="Gao", kind="city", country="ML", admin1="Gao", lat=16.27, lon=-0.04, radius_km=4.0, precision=1)


def a_watch(coverage=EVERYTHING, **given):
    return Watch(1, "watch", coverage, **given)


def concern(watch, **given):
    """How the incident, by default a suicide bombing in Gao, concerns the watch; None: not at all."""
    one = an_incident(**{"where": GAO, "kind": "suicide bomb"} | given)
    found = concerned([watch], Published(one, 0))
    return found[0].sure if found else None


HEALTH = Affected("health", "a clinic", ())


@pytest.mark.parametrize(("coverage", "does"), [
    pytest.param(Coverage(), True, id="everything"),
    pytest.param(Coverage(countries=("ML",)), True, id="its-country"),
    pytest.param(Coverage(countries=("NE", "ML")), True, id="one-of-several-countries"),
    pytest.param(Coverage(countries=("NE",)), False, id="another-country"),
    pytest.param(Coverage(regions=("Western Africa",)), True, id="its-region"),
    pytest.param(Coverage(regions=("Western Africa",), countries=("NE",)), False, id="its-region-but-another-country"),
    pytest.param(Coverage(kinds=("suicide bomb", "attack")), True, id="its-kind"),
    pytest.param(Coverage(kinds=("attack",)), False, id="another-kind"),
    pytest.param(Coverage(groups=("vale-front",)), True, id="a-group-that-acts"),
    pytest.param(Coverage(groups=("coast-army",)), False, id="another-group"),
    pytest.param(Coverage(affected=("health", "school")), True, id="what-is-affected"),
    pytest.param(Coverage(affected=("school",)), False, id="what-is-not"),
    pytest.param(Coverage(countries=("ML",), kinds=("attack",)), False, id="all-fields-must-fit"),
    pytest.param(Coverage(killed=12), True, id="as-many-dead-as-asked-for"),
    pytest.param(Coverage(killed=13), False, id="fewer-dead"),
])
def test_a_coverage_is_asked_field_by_field(coverage, does):
    one = an_incident(where=GAO, kind="suicide bomb", actors=(an_attacker("Vale Front", group="vale-front"),), affected=(HEALTH,))
    one = replace(one, toll=replace(one.toll, killed=a_toll(12, 12, None)))
    told = told_of(one)
    assert covers(coverage, told, [told.country], told.most_killed) is does
    assert bool(concerned([a_watch(coverage)], Published(one, 0))) is does


@pytest.mark.parametrize(("toll", "figures", "most"), [
    pytest.param((None, None, None), [], None, id="nobody-says"),
    pytest.param((12, 12, None), [], 12, id="open-top-counts-as-what-it-begins-with"),
    pytest.param((12, 20, 31), [], 31, id="the-top"),
    pytest.param((12, 12, 12), [{"low": 80, "high": 80, "value": 80}], 80, id="what-a-group-claims"),
    pytest.param((12, 12, 12), [{"low": 80, "high": 80, "value": 80, "standing": "retracted"}], 12, id="not-what-was-retracted"),
    pytest.param((12, 12, 12), [{"low": 80, "high": 80, "value": 80, "scope": "cumulative"}], 12, id="not-the-whole-wars"),
    pytest.param((12, 12, 12), [{"low": 80, "high": 80, "value": 80, "effect": "injured"}], 12, id="not-the-injured"),
])
def test_a_threshold_goes_by_the_most_that_anybody_says(toll, figures, most):
    given = [replace(a_figure("At least 12", 12, None, 12, "at_least"), **one) for one in figures]
    one = an_incident()
    told = tuple(replace(joined, account=replace(joined.account, figures=tuple(given))) for joined in one.accounts)
    assert most_killed(replace(one, toll=replace(one.toll, killed=a_toll(*toll)), accounts=told)) == most


@pytest.mark.parametrize(("watch", "sure"), [
    pytest.param(a_watch(provinces=("Gao",)), "in", id="its-province"),
    pytest.param(a_watch(provinces=("ML:gao",)), "in", id="its-province-of-that-country-in-any-case"),
    pytest.param(a_watch(provinces=("NE:Gao",)), None, id="a-province-of-that-name-elsewhere"),
    pytest.param(a_watch(provinces=("Kidal",)), None, id="another-province"),
    pytest.param(a_watch(Coverage(countries=("NE",)), provinces=("Gao",)), "in", id="a-province-is-an-alternative-to-a-country"),
    pytest.param(a_watch(Coverage(countries=("NE",)), provinces=("Kidal",)), None, id="neither"),
    pytest.param(a_watch(Coverage(countries=("ML",)), near=(0.0, 0.0, 10.0)), "in", id="its-country-and-a-circle-elsewhere"),
    pytest.param(a_watch(near=(16.27, -0.04, 10.0)), "in", id="a-circle-around-it"),
    pytest.param(a_watch(Coverage(killed=500), near=(16.27, -0.04, 10.0)), None, id="a-circle-and-too-few-dead"),
    pytest.param(a_watch(near=(0.0, 0.0, 10.0)), None, id="a-circle-elsewhere"),
    pytest.param(a_watch(paused=True), None, id="paused"),
])
def test_provinces_and_a_circle_are_alternatives_to_countries(watch, sure):
    assert concern(watch) == sure


@pytest.mark.parametrize(("away_km", "doubt_km", "precision", "sure"), [
    pytest.param(0, 0, 1, "in", id="there"),
    pytest.param(49, 0, 1, "in", id="inside"),
    pytest.param(51, 0, 1, None, id="outside"),
    pytest.param(48, 5, 1, "in or near", id="a-town-that-reaches-out"),
    pytest.param(53, 5, 1, "in or near", id="a-town-that-reaches-in"),
    pytest.param(70, 25, 3, "in or near", id="somewhere-in-a-district-that-touches"),
    pytest.param(80, 25, 3, None, id="somewhere-in-a-district-that-does-not"),
    pytest.param(120, 90, 4, "in or near", id="somewhere-in-a-province-that-touches"),
    pytest.param(20, 25, 3, "in", id="a-whole-district-inside"),
    pytest.param(0, 700, 6, None, id="somewhere-in-the-country"),
    pytest.param(0, 700, 7, None, id="somewhere-at-sea"),
])
def test_a_circle_of_50_km_counts_the_doubt_of_a_place(away_km, doubt_km, precision, sure):
    where = a_where(lat=10.0 + away_km * KM, lon=20.0, radius_km=float(doubt_km), precision=precision, country="XA")
    assert nearness(where, 10.0, 20.0, 50.0) == sure


def test_what_has_no_point_is_near_nothing():
    unplaced = a_where(name="Gao", country="ML", unplaced="2 places fit")
    assert concern(a_watch(near=(16.27, -0.04, 20_000.0)), where=unplaced) is None


@pytest.mark.parametrize("km", [1.0, 50.0, 500.0, 20_000.0])
def test_a_shelter_is_found_by_its_country_and_province_and_by_no_circle(km):
    account = an_account(where=replace(GAO, admin2="Gao Cercle"), sensitive=(a_sensitive("Port Verity", kind="shelter"),))
    shown = withhold(an_incident([account]))
    assert concerned([a_watch(near=(16.27, -0.04, km))], shown) == []
    assert len(concerned([a_watch(Coverage(countries=("ML",))), a_watch(provinces=("ML:Gao",))], shown)) == 2


@pytest.mark.parametrize(("given", "does"), [
    pytest.param({}, True, id="of-that-day"),
    pytest.param({"when": a_when(latest=DAY)}, True, id="on-or-before-that-day"),
    pytest.param({"when": a_when(start=NEW_YEAR, earliest=NEW_YEAR, latest=NEW_YEAR, ongoing=True)}, True,
                 id="a-siege-that-goes-on"),
    pytest.param({"when": a_when(start=NEW_YEAR, earliest=NEW_YEAR, latest=NEW_YEAR)}, False, id="long-ago"),
    pytest.param({"when": a_when()}, True, id="no-day-but-that-of-its-report"),
    pytest.param({"status": "planned"}, False, id="a-notice"),
    pytest.param({"status": "foiled"}, True, id="foiled"),
    pytest.param({"nature": "crime"}, False, id="crime"),
    pytest.param({"told_as": "legal"}, False, id="a-trial"),
])
def test_news_is_what_happened_of_late(given, does):
    assert is_news(an_incident(**given), date(2024, 3, 20), 14) is does


def test_victims_of_a_group_count_as_its_incidents():
    one = an_incident(actors=(an_attacker("Vale Front", group="vale-front", role="intended target"),))
    assert told_of(one).groups == ("vale-front",)
