"""GeoJSON as RFC 7946 has it."""

from __future__ import annotations

import json

import pytest
from made_exports import PLACE, an_event, exported, full_event

from dateline.publish.export.geojson import Box
from made_incidents import a_sensitive, a_where, an_account, an_incident


def collection(*incidents):
    return json.loads(exported("geojson", *incidents).text())


def at(lat, lon):
    return an_event(where=a_where(name="Quay", kind="city", country="FJ", lat=lat, lon=lon, precision=1))


def test_a_feature_is_a_point_with_longitude_first():
    found = collection(full_event())
    [feature] = found["features"]
    assert found["type"] == "FeatureCollection"
    assert "crs" not in found
    assert (feature["type"], feature["id"]) == ("Feature", "DTL-1")
    assert feature["geometry"] == {"type": "Point", "coordinates": [-0.04472, 16.27167]}


def test_properties_are_flat_and_keep_unknown_as_null():
    [feature] = collection(full_event())["features"]
    assert all(value is None or isinstance(value, str | int | float | bool) for value in feature["properties"].values())
    assert feature["properties"]["location_precision"] == 1
    assert feature["properties"]["when_best"] == "2024-03-12"
    assert feature["properties"]["killed_high"] is None


def test_an_incident_without_a_point_stays_in():
    found = collection(an_event(where=a_where(text="nowhere", unplaced="nothing fits")))
    assert found["features"][0]["geometry"] is None
    assert "bbox" not in found


def test_a_shelter_has_no_point():
    account = an_account(where=PLACE, sensitive=(a_sensitive("Port Verity", kind="shelter"),))
    assert collection(an_incident([account]))["features"][0]["geometry"] is None


@pytest.mark.parametrize(("points", "west", "east"), [
    pytest.param([(1, 10), (2, 20)], 10, 20, id="plain"),
    pytest.param([(-17, 178), (-18, -179)], 178, -179, id="across-180-degrees"),
    pytest.param([(-17, 178.5)], 178.5, 178.5, id="one-point"),
    pytest.param([(0, -170), (0, 0), (0, 100)], 0, -170, id="more-than-half-the-world"),
    pytest.param([(0, 180), (0, -180)], 180, -180, id="the-line-itself"),
])
def test_the_bounding_box_is_the_narrowest(points, west, east):
    box = collection(*(at(lat, lon) for lat, lon in points))["bbox"]
    assert (box[0], box[2]) == (west, east)
    assert (box[1], box[3]) == (min(lat for lat, _ in points), max(lat for lat, _ in points))


def test_a_longitude_beyond_180_is_turned():
    assert collection(at(0, 190.0))["features"][0]["geometry"]["coordinates"] == [-170.0, 0]


def test_a_box_needs_no_memory_for_its_points():
    box = Box()
    for number in range(10_000):
        box.take(number / 100, number / 200)
    assert len(box._slots) <= 360
    assert box.corners() == [0.0, 0.0, 99.99, 49.995]


def test_the_collection_says_what_it_is_in_a_member_of_its_own():
    told = collection(full_event())["dateline"]
    assert told["rows"] == {"incidents": 1}
    assert told["left_out"] == {"figures": 1, "sources": 1, "claims": 1}


def test_an_empty_collection_is_one():
    assert collection()["features"] == []
