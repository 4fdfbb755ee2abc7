"""Places that a person adds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dateline.errors import SettingsError
from dateline.where.gazetteer import Gazetteer, load_gazetteer
from dateline.where.points import NewPoint, add_point, person_of, points_called, remove_point

BUILT = load_gazetteer().path
NOW = datetime(2024, 3, 15, 9, tzinfo=UTC)


@pytest.fixture
def added(tmp_path: Path) -> Path:
    return tmp_path / "data" / "added.sqlite"


def add(added: Path, name: str = "Ardenawa", lat: float = 11.31, lon: float = 7.52, **given: object) -> str:
    return add_point(NewPoint(name, lat, lon, **given), Gazetteer(BUILT, added), added, who="Ada", at=NOW)  # type: ignore[arg-type]


def test_a_point_is_found_with_the_units_around_it_and_who_added_it(added):
    place_id = add(added, near="Giwa", aliases=("Ardenawa Gari",), note="seen on a survey map")
    [place] = Gazetteer(BUILT, added).lookup("ardenawa")
    assert (place.id, place_id) == ("person:ardenawa-ng-1", "person:ardenawa-ng-1")
    assert (place.name, place.kind, place.country, place.admin1, place.admin2) == ("Ardenawa", "city", "NG", "Kaduna", "Giwa")
    assert (place.lat, place.lon, place.radius_km, place.zone, place.source) == (11.31, 7.52, 2.0, "Africa/Lagos", "person")
    assert Gazetteer(BUILT, added).lookup("Ardenawa Gari") == (place,)
    known = person_of(place, added)
    assert known is not None
    assert (known.who, known.at, known.note) == ("Ada", "2024-03-15T09:00:00Z", "seen on a survey map")


def test_the_country_of_a_point_is_that_of_the_nearest_town_where_none_is_given(added):
    add(added)
    assert Gazetteer(BUILT, added).lookup("Ardenawa")[0].country == "NG"


def test_the_same_name_near_corrects_the_point_and_far_away_is_another_place(added):
    assert add(added) == add(added, lat=11.32)
    assert add(added, lat=9.0) == "person:ardenawa-ng-2"
    assert sorted(p.lat for p in points_called("Ardenawa", Gazetteer(BUILT, added))) == [9.0, 11.32]


def test_a_point_is_taken_away_again(added):
    add(added)
    [place] = points_called("Ardenawa", Gazetteer(BUILT, added))
    remove_point(place, added)
    assert Gazetteer(BUILT, added).lookup("Ardenawa") == ()
    assert person_of(place, added) is None


@pytest.mark.parametrize(
    ("given", "told"),
    [
        pytest.param({"lat": 0.0, "lon": 0.0}, "0,0 is where no place is", id="nowhere"),
        pytest.param({"lat": 111.0}, "latitude 111", id="no-such-latitude"),
        pytest.param({"lat": float("nan")}, "latitude nan", id="not-a-number"),
        pytest.param({"lon": 200.0}, "longitude 200", id="no-such-longitude"),
        pytest.param({"near": "Giwa", "lat": 7.52, "lon": 11.31}, "the wrong way round", id="turned-round"),
        pytest.param({"near": "Bakhmut"}, "km from Bakhmut, UA; check the point", id="far-from-what-it-is-near"),
        pytest.param({"near": "Xyzzyville"}, "knows no such place", id="near-what-nobody-knows"),
        pytest.param({"kind": "castle"}, "must be one of village", id="no-such-kind"),
        pytest.param({"country": "QQ"}, "no such country", id="no-such-country"),
        pytest.param({"name": "Bad\x1b[31m"}, "no name of a place", id="control-characters"),
        pytest.param({"name": "..."}, "no name of a place", id="no-letter"),
    ],
)
def test_what_cannot_be_is_refused(added, given, told):
    with pytest.raises(SettingsError, match=told):
        add(added, **given)
    assert not added.exists()
