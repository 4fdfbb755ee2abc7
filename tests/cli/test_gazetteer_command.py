"""dateline gazetteer, as it is typed."""

from __future__ import annotations

import json

import pytest

from made_incidents import a_record, a_report, a_where, an_account
from made_place_files import geojson_file, geonames_file, geonames_row, square


def test_lookup_tells_what_a_name_can_mean(dateline):
    code, out, err = dateline("gazetteer", "lookup", "Gao", "--country", "Mali")
    assert (code, err) == (0, "")
    assert "Gao, ML  (admin1; geonames:2457161)" in out
    assert "Africa/Bamako; from geonames" in out


def test_lookup_in_a_country_tells_other_spellings(dateline):
    _, out, _ = dateline("gazetteer", "lookup", "Hudeida", "--country", "YE")
    assert out.startswith("spelled like it:\nHodeidah, YE")


def test_lookup_as_json_is_one_place_a_line(dateline):
    _, out, _ = dateline("gazetteer", "lookup", "Kabul", "--country", "AF", "--json")
    places = [json.loads(line) for line in out.splitlines()]
    assert {place["country"] for place in places} == {"AF"}


def test_a_name_that_nobody_knows(dateline):
    code, out, err = dateline("gazetteer", "lookup", "Xyzzyville upon Nothing")
    assert (code, out) == (0, "")
    assert "knows no such place" in err


def test_sources_tell_versions_and_licences_also_of_what_was_added(dateline, tmp_path):
    dateline("gazetteer", "add", geonames_file(tmp_path / "ML.txt", [geonames_row(900001, "Ardenou")]))
    dateline("gazetteer", "point", "Ardenawa", "11.31", "7.52", "--who", "Ada")
    _, out, _ = dateline("gazetteer", "sources", "--json")
    told = {source["title"]: source for source in map(json.loads, out.splitlines())}
    assert told["GeoNames: cities over 500, countries"]["licence"] == "CC BY 4.0"
    assert told["GeoNames: cities over 500, countries"]["places"] > 200_000
    assert told["GeoNames: ML.txt"]["places"] == 1
    assert "https://www.geonames.org" in told["GeoNames: ML.txt"]["credit"]
    assert told["Points of Ada"]["places"] == 1
    _, out, _ = dateline("gazetteer", "sources")
    assert "Made with Natural Earth" in out


def test_files_are_added_and_found(dateline, tmp_path):
    path = geonames_file(tmp_path / "ML.txt", [geonames_row(900001, "Ardenou"), "not a place"])
    code, out, err = dateline("gazetteer", "add", path)
    assert (code, out) == (3, "ML.txt: 2 lines, 1 places kept, 1 bad ones passed over\n")
    assert err == "sorting the names\n"
    assert "Ardenou" in dateline("gazetteer", "lookup", "Ardenou")[1]
    assert dateline("gazetteer", "add", path)[:2] == (0, "ML.txt: is held already\n")


def test_a_file_that_is_none_is_named(dateline, tmp_path):
    code, out, err = dateline("gazetteer", "add", tmp_path / "none.txt")
    assert (code, out) == (1, "")
    assert "dateline: ReadError:" in err
    assert "no such file" in err or "cannot be read" in err


def test_boundaries_are_added_and_found_by_their_p_code(dateline, tmp_path):
    row = {"ADM1_EN": "Gao", "ADM1_PCODE": "ML07", "ADM0_PCODE": "ML"}
    code, out, _ = dateline("gazetteer", "add-admin", geojson_file(tmp_path / "adm1.geojson", [(row, square(16.0, 0.0, 2.0))]))
    assert (code, out) == (0, "adm1.geojson: 1 lines, 1 places kept\n")
    assert "Gao, ML  (admin1; geonames:2457161)" in dateline("gazetteer", "lookup", "ML07")[1]


@pytest.fixture
def held(tmp_path):
    """A record in which one account names a village that was answered by its district."""
    where = a_where(text="village of Ardenawa", name="Giwa", kind="admin2", country="NG", lat=11.28, lon=7.42, radius_km=25.0,
                    precision=3, gazetteer_id="geonames:1")  # fmt: skip
    text = "Shelling hit the village of Ardenawa on 12 March."
    return a_record(tmp_path / "held.db", an_account(text, where=where), a_report(text))


def test_a_point_is_added_and_past_mentions_offer_to_move(dateline, held):
    call = ("gazetteer", "point", "Ardenawa", "--near", "Giwa", "11.31", "7.52", "--note", "a survey map", "--record", held)
    code, out, err = dateline(*call)
    assert code == 0
    assert "1 past mention names it: DTL-1 (now at Giwa district)" in out
    assert err == "run again with --move to move them\n"
    code, out, err = dateline(*call, "--move", "--who", "Ada")
    assert (code, err) == (0, "")
    assert "1 past mention moved: DTL-1" in out
    incident = json.loads(dateline("show", "1", "--json", "--record", held)[1])
    assert json.dumps(incident).count("person:ardenawa-ng-1") >= 2
    code, out, err = dateline("gazetteer", "point", "Ardenawa", "--remove", "--record", held)
    assert (code, out) == (0, "Ardenawa (person:ardenawa-ng-1) is taken away\n")
    assert "1 account stood there" in err


def test_lookup_tells_who_added_a_point(dateline):
    dateline("gazetteer", "point", "Ardenawa", "11.31", "7.52", "--who", "Ada", "--note", "a survey map")
    assert "  added by Ada, " in dateline("gazetteer", "lookup", "Ardenawa")[1]


def test_degrees_south_and_west_may_be_given(dateline):
    code, out, _ = dateline("gazetteer", "point", "Ardenalta", "-11.5", "-70.25", "--country", "PE", "--kind", "camp")
    assert code == 0
    assert "-11.5000 -70.2500" in out


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        pytest.param(["Ardenawa"], 2, "latitude and longitude", id="no-point"),
        pytest.param(["Ardenawa", "eleven", "7"], 2, "number", id="no-number"),
        pytest.param(["Ardenawa", "0", "0"], 1, "0,0", id="nowhere"),
        pytest.param(["Ardenawa", "11.31", "7.52", "--near", "Bakhmut"], 1, "km from Bakhmut", id="far"),
        pytest.param(["Ardenawa", "11.31", "7.52", "--record", "none.db"], 1, "no record there", id="no-record"),
        pytest.param(["Ardenawa", "--remove"], 1, "no places of that name", id="nothing-to-remove"),
        pytest.param(["Ardenawa", "--frobnicate", "11", "7"], 2, "", id="unknown-option"),
    ],
)
def test_what_cannot_be_ends_with_a_line(dateline, arguments, code, told):
    seen = dateline("gazetteer", "point", *arguments)
    assert (seen[0], seen[1] if code == 2 else "") == (code, "")
    assert told in seen[2]


def test_build_tells_where_the_file_is(dateline):
    code, out, _ = dateline("gazetteer", "build")
    assert code == 0
    assert ".sqlite: " in out
