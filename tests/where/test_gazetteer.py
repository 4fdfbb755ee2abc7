"""Names to places."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dateline.where import gazetteer as module
from dateline.where.gazetteer import distance_km, load_gazetteer


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
        pytest.param("DRC", "CD", "country", -4.0, 21.8, 200, id="short-name-of-a-country"),
        pytest.param("U.S.", "US", "country", 39.8, -98.6, 400, id="with-dots"),
        pytest.param(
            "Hamid Karzai International Airport", "AF", "airport", 34.5659, 69.2124, 5, id="airport-by-its-news-name"
        ),
        pytest.param("Jabalia refugee camp", "PS", "site", 31.53, 34.50, 5, id="camp"),
    ],
)
def test_a_name_leads_to_its_place(name, country, kind, lat, lon, within_km):
    place = best(name, country, kind)
    assert place is not None
    assert distance_km(place.lat, place.lon, lat, lon) <= within_km


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
