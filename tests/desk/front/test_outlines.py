"""The outlines of the world that the map draws."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

import dateline

OUTLINES = Path(dateline.__file__).parent / "desk" / "static" / "outlines"


@pytest.mark.parametrize("scale", ["110m", "50m"])
def test_no_line_goes_across_the_map(scale):
    world = json.loads((OUTLINES / f"countries-{scale}.json").read_text(encoding="utf-8"))
    steps = [abs(b[0] - a[0]) for feature in world["features"][:-1] for part in feature["geometry"]["coordinates"]
             for ring in part for a, b in pairwise(ring) if abs(a[1]) < 89]
    assert max(steps) < 60
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for f in world["features"][:-1] for part in f["geometry"]["coordinates"]
               for ring in part for x, y in ring)


@pytest.mark.parametrize(("scale", "least"), [("110m", 170), ("50m", 230)])
def test_countries_have_names_and_closed_rings(scale, least):
    world = json.loads((OUTLINES / f"countries-{scale}.json").read_text(encoding="utf-8"))
    *countries, borders = world["features"]
    assert len(countries) >= least
    assert all(one["properties"]["name"] for one in countries)
    assert all(ring[0] == ring[-1] for one in countries for part in one["geometry"]["coordinates"] for ring in part)
    assert borders["geometry"]["type"] == "MultiLineString"


def test_labels_are_largest_first_and_have_a_point():
    labels = json.loads((OUTLINES / "labels.json").read_text(encoding="utf-8"))
    assert [label[3] for label in labels] == sorted((label[3] for label in labels), reverse=True)
    assert {"Afghanistan", "Mali", "Syria"} <= {label[0] for label in labels}
