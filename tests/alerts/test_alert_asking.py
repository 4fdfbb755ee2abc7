"""Forms that ask for a watch: what they mean, and what is wrong with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.alerts.asking import read_watch
from dateline.extract.register import load_register
from dateline.publish.safe import plain
from dateline.records.briefing import Coverage


def group_of(name):
    return load_register().get(name) or load_register().resolve(name)


def read(may_be_all=False, **fields):
    return read_watch({name: value if isinstance(value, list) else [value] for name, value in fields.items()}, group_of,
                      may_be_all=may_be_all)


@pytest.mark.parametrize(("fields", "covers", "provinces", "near", "name"), [
    pytest.param({"country": "ML"}, Coverage(countries=("ML",)), (), None, "Mali", id="country"),
    pytest.param({"country": "ML", "province": "Gao"}, Coverage(), ("ML:Gao",), None, "Gao, Mali", id="province-of-a-country"),
    pytest.param({"province": "Gao"}, Coverage(), ("Gao",), None, "Gao", id="province-alone"),
    pytest.param({"region": "Western Africa"}, Coverage(regions=("Western Africa",)), (), None, "Western Africa", id="region"),
    pytest.param({"lat": "16.27", "lon": "-0.04", "km": "50"}, Coverage(), (), (16.27, -0.04, 50.0),
                 "within 50 km of 16.27 N 0.04 W", id="point"),
    pytest.param({"lat": "16,27", "lon": "0", "km": "5.5", "name": "Gao"}, Coverage(), (), (16.27, 0.0, 5.5), "Gao",
                 id="a-comma-and-a-name"),
    pytest.param({"group": "Taliban"}, Coverage(groups=("taliban",)), (), None, "anywhere; Taliban", id="group"),
    pytest.param({"affected": ["school", "health"], "killed": "10"}, Coverage(affected=("school", "health"), killed=10), (), None,
                 "anywhere; school or health; at least 10 killed", id="affected-and-threshold"),
    pytest.param({"kind": ["suicide bomb"]}, Coverage(kinds=("suicide bomb",)), (), None, "anywhere; suicide bomb", id="kind"),
])
def test_what_a_form_means(fields, covers, provinces, near, name):
    found = read(**fields)
    assert found.errors == {}
    assert (found.watch.coverage, found.watch.provinces, found.watch.near, found.watch.name) == (covers, provinces, near, name)


@pytest.mark.parametrize(("fields", "wrong"), [
    pytest.param({}, {"country"}, id="nothing"),
    pytest.param({"killed": "0"}, {"country"}, id="nothing-in-effect"),
    pytest.param({"country": "Mali"}, {"country"}, id="no-code"),
    pytest.param({"region": "Nowhere"}, {"region"}, id="no-region"),
    pytest.param({"country": "ML", "lat": "1", "lon": "1", "km": "5"}, {"country"}, id="two-places"),
    pytest.param({"lat": "1"}, {"lon", "km"}, id="half-a-point"),
    pytest.param({"lat": "91", "lon": "181", "km": "1001"}, {"lat", "lon", "km"}, id="out-of-range"),
    pytest.param({"lat": "nan", "lon": "inf", "km": "0"}, {"lat", "lon", "km"}, id="no-numbers"),
    pytest.param({"group": "Nobody At All"}, {"group"}, id="no-group"),
    pytest.param({"affected": ["dragons"]}, {"affected"}, id="no-such-choice"),
    pytest.param({"kind": ["x" * 500]}, {"kind"}, id="no-such-kind"),
    pytest.param({"killed": "-1"}, {"killed"}, id="below-nothing"),
    pytest.param({"killed": "100001"}, {"killed"}, id="too-many"),
    pytest.param({"killed": "\u0663"}, {"killed"}, id="other-digits"),
    pytest.param({"country": "ML", "name": "x" * 81}, {"name"}, id="a-long-name"),
])
def test_what_is_wrong_is_told_by_field(fields, wrong):
    found = read(**fields)
    assert (found.watch, set(found.errors)) == (None, wrong)


def test_an_editor_may_watch_everything():
    assert read(may_be_all=True).watch.name == "anywhere"


NAMES = ["country", "province", "region", "lat", "lon", "km", "group", "killed", "affected", "kind", "name"]


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(st.text(max_size=90), max_size=3)))
def test_whatever_is_sent_is_a_watch_or_told_to_be_none(fields):
    found = read_watch(fields, lambda name: None, may_be_all=True)
    assert (found.watch is None) == bool(found.errors)
    if found.watch:
        assert found.watch.name == plain(found.watch.name)
        assert len(found.watch.name) <= 80
