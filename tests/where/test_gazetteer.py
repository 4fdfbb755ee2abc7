"""Names to places."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

import pytest

from dateline.where import gazetteer as module
from dateline.where.gazetteer import Gazetteer, distance_km, load_gazetteer


def best(name: str, country: str, kind: str) -> object:
    return next((p for p in load_gazetteer().lookup(name) if p.country == country and p.kind == kind), None)


@pytest.mark.parametrize(
    ("name", "country", "kind", "lat", "lon", "within_km"),
    [
        pytest.param("Kabul", "AF", "city", 34.53, 69.17, 5, id="capital"),
        pytest.param("KABUL", "AF", "city", 34.53, 69.17, 5, id="case"),
        pytest.param("Deir al-Zor", "SY", "city", 35.34, 40.14, 10, id="other-spelling"),
        pytest.param("Sana'a", "YE", "city", 15.35, 44.21, 10, id="apostrophe"),
        pytest.param("Mocimboa da Praia", "MZ", "city", -11.35, 40.35, 10, id="without-accent"),
        pytest.param("Baghuz", "SY", "city", 34.46, 40.95, 10, id="village-that-war-made-known"),
        pytest.param("Jowzjan", "AF", "admin1", 36.90, 65.96, 50, id="province"),
        pytest.param("Cabo Delgado", "MZ", "admin1", -12.51, 39.31, 50, id="province-of-Mozambique"),
        pytest.param("Borno", "NG", "admin1", 12.00, 13.15, 50, id="state-of-Nigeria"),
        pytest.param("Indiana", "US", "admin1", 39.9, -86.3, 50, id="state-of-the-US"),
        pytest.param("Chalatenango", "SV", "admin1", 14.1, -89.0, 30, id="department"),
        pytest.param("DRC", "CD", "country", -2.9, 23.6, 50, id="short-name-of-a-country"),
        pytest.param("U.S.", "US", "country", 39.8, -98.6, 400, id="with-dots"),
        pytest.param(
            "Hamid Karzai International Airport", "AF", "airport", 34.5659, 69.2124, 5, id="airport-by-its-news-name"
        ),
        pytest.param("Jabalia refugee camp", "PS", "site", 31.53, 34.50, 5, id="camp"),
        pytest.param("Douentza", "ML", "admin2", 15.0, -2.9, 80, id="district-without-its-noun"),
        pytest.param("Cercle de Douentza", "ML", "admin2", 15.0, -2.9, 80, id="district-with-its-noun"),
        pytest.param("Rakhine", "MM", "admin1", 20.27, 93.64, 100, id="state-of-Myanmar"),
        pytest.param("Queensland", "AU", "admin1", -22.6, 144.5, 161, id="huge-half-empty-province"),
    ],
)
def test_a_name_leads_to_its_place(name, country, kind, lat, lon, within_km):
    place = best(name, country, kind)
    assert place is not None
    assert distance_km(place.lat, place.lon, lat, lon) <= within_km


@pytest.mark.parametrize("word", ["Island", "Mann", "Holy", "Thai"])
def test_common_words_are_no_countries(word):
    assert [p for p in load_gazetteer().lookup(word) if p.kind == "country"] == []


def test_a_town_knows_the_units_around_it():
    town = best("Douentza", "ML", "city")
    assert (town.admin1, town.adm1, town.zone) == ("Mopti", "04", "Africa/Bamako")
    district = best("Peshawar", "PK", "admin2")
    assert district.admin1 == "Khyber Pakhtunkhwa"
    assert district.admin2 == district.name == "Peshawar"
    assert district.adm2 is not None


def test_every_unit_reaches_somewhere_and_no_place_lies_at_zero():
    db = sqlite3.connect(load_gazetteer().path)
    assert db.execute("select count(*) from place where radius_km < 1").fetchone() == (0,)
    assert db.execute("select count(*) from place where lat = 0 and lon = 0").fetchone() == (0,)
    assert db.execute("select count(*) from place where abs(lat) > 90 or abs(lon) > 180").fetchone() == (0,)
    assert db.execute("select count(*) from place where kind = 'admin2'").fetchone()[0] > 40_000
    db.close()


def test_our_lists_win_over_the_packages_for_units_and_lend_towns_their_names_only():
    province = best("Jowzjan", "AF", "admin1")
    assert (province.id, province.source) == ("geonames:1139049", "hand+geonames")
    assert (province.lat, province.lon, province.radius_km) == (36.9, 65.96, 70.0)
    town = best("Deir ez-Zor", "SY", "city")
    assert town.id.startswith("geonames:")
    assert town.hand_listed


def test_the_weight_tells_a_places_own_name_from_another():
    weights = {(p.kind, p.country): weight for p, weight in load_gazetteer().lookup_named("Kharkov") if p.country == "UA"}
    assert 0 < weights["city", "UA"] < 1
    own = {p.kind: weight for p, weight in load_gazetteer().lookup_named("Kharkiv") if p.country == "UA"}
    assert own["city"] == 1.0


@pytest.mark.parametrize(
    ("lat", "lon", "country", "zone"),
    [
        pytest.param(17.5, -3.0, "ML", "Africa/Bamako", id="country-with-one-zone"),
        pytest.param(50.0, 140.0, "RU", "Asia/Vladivostok", id="nearest-town"),
        pytest.param(0.0, 0.0, "XX", None, id="no-such-country"),
    ],
)
def test_the_zone_of_a_point(lat, lon, country, zone):
    assert load_gazetteer().zone_at(lat, lon, country) == zone


def test_the_file_stays_small_and_a_look_up_quick():
    gazetteer = Gazetteer(load_gazetteer().path)
    assert gazetteer.path.stat().st_size < 60_000_000
    names = ["kabul", "gao", "beni", "deir ez zor", "san jose", "no such name", "bakhmut", "al hawl", "mopti", "juba"]
    names += [f"{name} {i}" for name in names for i in range(30)]
    started = time.process_time()
    for name in names:
        gazetteer.by_key(name)
    assert (time.process_time() - started) / len(names) < 0.001  # some 20 microseconds; a bound that a busy machine keeps


def test_an_unknown_name_leads_nowhere():
    assert load_gazetteer().lookup("Xyzzyville upon Nothing") == ()
    assert load_gazetteer().lookup("a" * 100_000) == ()


def test_the_airport_of_a_city_is_its_international_one():
    kabul = best("Kabul", "AF", "city")
    airport = load_gazetteer().airport_near(kabul)
    assert airport is not None
    assert airport.id == "iata:KBL"


@pytest.mark.parametrize(
    ("word", "country"), [("Afghan", "AF"), ("Syrians", "SY"), ("sri lankan", "LK"), ("Martian", None)]
)
def test_words_for_peoples(word, country):
    assert load_gazetteer().demonym(word.lower()) == country


def test_capitals_and_abbreviations():
    capital = load_gazetteer().capital("AF")
    assert capital is not None
    assert capital.name == "Kabul"
    assert [p.name for p in load_gazetteer().abbreviation("Ind.")] == ["Indiana"]


def test_the_file_lies_in_the_cache_and_nothing_half_built_beside_it():
    path = load_gazetteer().path
    assert path.exists()
    assert path.name == f"gazetteer-{module.fingerprint()}.sqlite"


def test_a_failed_build_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(_connection: object) -> None:
        raise RuntimeError("no room")

    monkeypatch.setattr(module, "build", fail)
    with pytest.raises(RuntimeError):
        module.write(tmp_path / "deep" / "g.sqlite")
    assert os.listdir(tmp_path / "deep") == []


@pytest.mark.parametrize(("lat", "lon", "country", "name"), [
    pytest.param(34.566, 69.212, "AF", "Kabul", id="an-airport-at-its-edge"),
    pytest.param(23.0, 5.0, "DZ", None, id="nothing-in-the-desert"),
])
def test_a_point_lies_in_the_largest_town_that_reaches_it(lat, lon, country, name):
    town = load_gazetteer().town_at(lat, lon, country)
    assert (town.name if town else None) == name
