"""OCHA's administrative boundaries into the gazetteer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ReadError
from dateline.where.boundaries import add_boundaries
from dateline.where.gazetteer import Gazetteer, load_gazetteer
from dateline.where.loading import Loaded
from dateline.where.place import distance_km
from dateline.where.polygons import label
from made_place_files import geojson_file, square

BUILT = load_gazetteer().path


@pytest.fixture
def added(tmp_path: Path) -> Path:
    return tmp_path / "data" / "added.sqlite"


def add(path: Path, added: Path) -> tuple[Loaded, list[str]]:
    problems: list[ReadError] = []
    loaded = add_boundaries(path, Gazetteer(BUILT, added), added, on_problem=problems.append)
    return loaded, [str(problem) for problem in problems]


def columns(third: str, pcode: str, **given: Any) -> dict[str, Any]:
    """A row of the third order in Mali's Gao region, in a made-up second-order unit."""
    return {
        "ADM3_EN": third, "ADM3_PCODE": pcode, "ADM2_EN": "Verity", "ADM2_PCODE": "ML0799", "ADM1_EN": "Gao",
        "ADM1_PCODE": "ML07", "ADM0_EN": "Mali", "ADM0_PCODE": "ML", **given,
    }  # fmt: skip


def test_units_of_three_orders_are_added_with_their_parents(tmp_path, added):
    shapes = [(columns("Ardenou", "ML079901"), square(16.0, 0.0, 0.2)), (columns("Haleou", "ML079902"), square(16.0, 0.2, 0.2))]
    loaded, problems = add(geojson_file(tmp_path / "mli_admbnda_adm3.geojson", shapes), added)
    assert (loaded.kept, loaded.bad, problems) == (4, 0, [])
    gazetteer = Gazetteer(BUILT, added)
    [third] = gazetteer.lookup("Ardenou")
    assert (third.id, third.kind, third.country) == ("ocha:ML079901", "admin3", "ML")
    assert (third.admin1, third.admin2, third.admin3) == ("Gao", "Verity", "Ardenou")
    assert (third.adm1, third.adm2, third.adm3) == ("09", "ML0799", "ML079901")
    assert (third.lat, third.lon) == (pytest.approx(16.1), pytest.approx(0.1))
    assert 11 < third.radius_km < 16
    assert gazetteer.lookup("ML079901") == (third,)
    second = next(p for p in gazetteer.lookup("Verity") if p.country == "ML")
    assert (second.kind, second.admin1) == ("admin2", "Gao")
    assert (second.lat, second.lon) == (pytest.approx(16.1), pytest.approx(0.2))  # the middle of its parts
    assert second.radius_km > third.radius_km


def test_a_unit_that_the_gazetteer_has_is_not_doubled(tmp_path, added):
    built = [p for p in load_gazetteer().lookup("Gao") if p.kind == "admin1"]
    loaded, _ = add(geojson_file(tmp_path / "adm3.geojson", [(columns("Ardenou", "ML079901"), square(16.0, 0.0, 0.2))]), added)
    assert loaded.kept == 3
    gazetteer = Gazetteer(BUILT, added)
    here = [p for p in gazetteer.lookup("Gao") if p.kind == "admin1"]
    assert [p.id for p in here] == [p.id for p in built]
    assert [p.id for p in gazetteer.lookup("ML07")] == [built[0].id]
    assert here[0].source.startswith("ocha+")


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({"admin2Name_en": "Douentza", "admin2Pcode": "ML0502", "admin1Name_en": "Mopti", "admin1Pcode": "ML05",
                      "admin0Pcode": "ML"}, id="older-names-of-columns"),
        pytest.param({"adm2_name": "Douentza", "adm2_pcode": "ML0502", "adm1_name": "Mopti", "adm1_pcode": "ML05", "iso2": "ML"},
                     id="newer-names-of-columns"),
        pytest.param({"ADM2_FR": "Douentza", "ADM2_PCODE": "ML0502", "ADM1_FR": "Mopti", "ADM0_PCODE": "ML"},
                     id="another-language"),
        pytest.param({"ADM2_EN": "Duentza", "ADM2_PCODE": "ML0502", "ADM1_EN": "Mopti", "ADM1_PCODE": "ML05", "ADM0_PCODE": "ML"},
                     id="another-spelling"),
        pytest.param({"shapeName": "Douentza", "shapeGroup": "MLI", "shapeType": "ADM2", "shapeISO": ""}, id="geoBoundaries"),
    ],
)  # fmt: skip
def test_the_forms_in_which_columns_are_named(tmp_path, added, row):
    [built] = [p for p in load_gazetteer().lookup("Douentza") if p.kind == "admin2"]
    _, problems = add(geojson_file(tmp_path / "adm2.geojson", [(row, square(14.5, -3.5, 1.0))]), added)
    assert problems == []
    place = Gazetteer(BUILT, added).get(built.id)
    assert place is not None
    assert (place.lat, place.lon, place.adm2) == (15.0, -3.0, built.adm2)
    assert place.radius_km == pytest.approx(74, abs=3)


CSV = "admin2Name_en,admin2Pcode,admin1Name_en,admin1Pcode,admin0Pcode{extra}\nVerity,ML0799,Gao,ML07,ML{values}\n"


def test_a_table_without_points_takes_those_that_are_known(tmp_path, added):
    path = tmp_path / "adm2.csv"
    path.write_text("\ufeff" + CSV.format(extra="", values=""), encoding="utf-8")
    add(path, added)
    gazetteer = Gazetteer(BUILT, added)
    [gao] = [p for p in load_gazetteer().lookup("Gao") if p.kind == "admin1"]
    [place] = [p for p in gazetteer.lookup("Verity") if p.country == "ML"]
    assert (place.lat, place.lon, place.radius_km) == (gao.lat, gao.lon, gao.radius_km)


def test_a_table_with_points_gives_them(tmp_path, added):
    path = tmp_path / "adm2.csv"
    path.write_text(CSV.format(extra=",lat,lon", values=",16.4,0.3"), encoding="utf-8")
    add(path, added)
    [place] = [p for p in Gazetteer(BUILT, added).lookup("Verity") if p.country == "ML"]
    assert (place.lat, place.lon) == (16.4, 0.3)


def test_the_same_file_again_is_not_read(tmp_path, added):
    path = geojson_file(tmp_path / "adm3.geojson", [(columns("Ardenou", "ML079901"), square(16.0, 0.0, 0.2))])
    add(path, added)
    again, _ = add(path, added)
    assert again.known


@pytest.mark.parametrize(
    ("given", "geometry", "told"),
    [
        pytest.param({"ADM3_EN": "Bad\x1b[31m"}, square(16.0, 0.0, 0.2), "control characters", id="control-characters"),
        pytest.param({}, square(16.0, 600_000.0, 0.2), "no degrees", id="metres"),
        pytest.param({}, {"type": "Polygon", "coordinates": [["a", "b"]]}, "no GeoJSON geometry", id="no-numbers"),
        pytest.param({"ADM0_PCODE": "QQ", "ADM0_EN": "Arden", "ADM3_PCODE": "QQ1", "ADM2_PCODE": "QQ2", "ADM1_PCODE": "QQ3"},
                     square(16.0, 0.0, 0.2), "no country that is known", id="no-country"),
    ],
)  # fmt: skip
def test_bad_shapes_are_told_and_the_rest_is_read(tmp_path, added, given, geometry, told):
    shapes = [(columns("Ardenou", "ML079901", **given), geometry), (columns("Haleou", "ML079902"), square(16.0, 0.2, 0.2))]
    loaded, problems = add(geojson_file(tmp_path / "adm3.geojson", shapes), added)
    assert loaded.bad == 1
    assert told in problems[0]
    assert Gazetteer(BUILT, added).lookup("Haleou")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"", "holds no unit", id="empty"),
        pytest.param(b"{" * 100_000, "not JSON", id="deep-JSON"),
        pytest.param(json.dumps({"type": "Topology"}).encode(), "not a GeoJSON FeatureCollection", id="TopoJSON"),
        pytest.param(b"name,value\nArden,1\n", "no column names a unit", id="another-table"),
        pytest.param(bytes(range(256)), "neither GeoJSON nor CSV", id="binary"),
        pytest.param(b'ADM1_EN\n"' + b"x" * 200_000, "not CSV", id="endless-field"),
    ],
)
def test_a_wrong_file_is_told(tmp_path, added, content, told):
    path = tmp_path / "wrong"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=told):
        add(path, added)


def test_a_label_lies_inside_its_shape():
    horseshoe = [[0, 0], [9, 0], [9, 9], [8, 9], [8, 1], [1, 1], [1, 9], [0, 9], [0, 0]]
    found = label({"type": "Polygon", "coordinates": [horseshoe]})
    assert found is not None
    assert 0 < found.lat < 9
    assert not (1 <= found.lon <= 8 and found.lat >= 1)


def test_a_label_stands_in_the_largest_part_and_its_area_is_that_of_all():
    parts = [square(0.0, 0.0, 1.0)["coordinates"], square(0.0, 5.0, 2.0)["coordinates"]]
    found = label({"type": "MultiPolygon", "coordinates": parts})
    assert found is not None
    assert distance_km(found.lat, found.lon, 1.0, 6.0) < 1
    assert found.area_km2 == pytest.approx(5 * 111.2**2, rel=0.01)


def test_no_known_unit_is_two(tmp_path, added):
    """A unit spelled like a known one does not take the place of the one that is called so."""
    rows = [
        ({"ADM2_EN": "Duentza", "ADM2_PCODE": "ML0503", "ADM1_EN": "Mopti", "ADM1_PCODE": "ML05", "ADM0_PCODE": "ML"}, 15.5),
        ({"ADM2_EN": "Douentza", "ADM2_PCODE": "ML0502", "ADM1_EN": "Mopti", "ADM1_PCODE": "ML05", "ADM0_PCODE": "ML"}, 14.5),
    ]
    add(geojson_file(tmp_path / "adm2.geojson", [(row, square(lat, -3.5, 1.0)) for row, lat in rows]), added)
    gazetteer = Gazetteer(BUILT, added)
    [known] = gazetteer.lookup("ML0502")
    [other] = gazetteer.lookup("ML0503")
    assert known.id.startswith("geonames:")
    assert (other.id, other.name) == ("ocha:ML0503", "Duentza")


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.floats(-400, 400) | st.text(max_size=8), lambda inner: st.lists(inner, max_size=4)
)
SHAPES = st.fixed_dictionaries(
    {"type": st.sampled_from(["Polygon", "MultiPolygon", "Point", "GeometryCollection", "Odd"]), "coordinates": JSON_VALUES}
)


@given(SHAPES)
def test_any_shape_has_a_label_in_range_or_none_or_is_refused(geometry):
    try:
        found = label(geometry)
    except ValueError:
        return
    assert found is None or (-91 < found.lat < 91 and -181 < found.lon < 181 and found.area_km2 >= 0)


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=3, max_size=12))
def test_any_ring_has_a_label_within_its_box(points):
    found = label({"type": "Polygon", "coordinates": [[*map(list, points), list(points[0])]]})
    if found is not None:
        assert min(p[1] for p in points) <= found.lat <= max(p[1] for p in points)
        assert min(p[0] for p in points) <= found.lon <= max(p[0] for p in points)
