"""Which part of the world a map shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.publish.brief.map_view import KM_PER_DEGREE, LEAST_KM, WORLD_FROM, span_of, view_of

LONS = st.floats(-180, 180, allow_nan=False)
POINTS = st.lists(st.tuples(LONS, st.floats(-90, 90, allow_nan=False)), min_size=1, max_size=20)


@pytest.mark.parametrize(("lons", "west", "span"), [
    pytest.param([10.0], 10.0, 0.0, id="one-point"),
    pytest.param([-10.0, 20.0], -10.0, 30.0, id="over-greenwich"),
    pytest.param([170.0, -170.0, 175.0], 170.0, 20.0, id="over-the-antimeridian"),
    pytest.param([180.0, -180.0], -180.0, 0.0, id="the-antimeridian-is-one-line"),
    pytest.param([0.0, 90.0, 180.0, -90.0], 0.0, 270.0, id="all-around"),
])
def test_the_span_is_the_shortest_that_holds_all(lons, west, span):
    assert span_of(lons) == (west, span)


def test_one_incident_is_shown_with_the_country_around_it():
    view = view_of([(69.2, 34.5)], 560, 320)
    assert (round(view.lon, 6), view.lat) == (69.2, 34.5)
    assert view.lat_span * KM_PER_DEGREE >= LEAST_KM * 320 / 560 - 1


def test_incidents_far_apart_are_shown_on_the_whole_world():
    view = view_of([(-75.0, 4.0), (145.0, -6.0), (30.0, 50.0)], 560, 320)
    assert round(view.lon_span) == 360


def test_both_sides_of_the_antimeridian_are_near():
    view = view_of([(178.0, -18.0), (-172.0, -13.5)], 560, 320)
    assert view.near(-172.0) == 188.0
    assert view.lon_span < 30


@given(points=POINTS)
def test_all_points_are_on_the_map(points):
    view = view_of(points, 560, 320)
    world = span_of([lon for lon, _ in points])[1] >= WORLD_FROM
    for lon, lat in points:
        x, y = view.at(view.near(lon), lat)
        assert -0.01 <= x <= 560.01
        assert world or -0.01 <= y <= 320.01


def test_no_points_have_no_map():
    with pytest.raises(ValueError, match="a map of no points"):
        view_of([], 560, 320)
