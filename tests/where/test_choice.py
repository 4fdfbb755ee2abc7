"""Which of the places of one name is meant: made-up places, ranked without a gazetteer."""

from __future__ import annotations

import pytest

from dateline.where.choice import rank
from dateline.where.place import Place
from dateline.where.reasons import Name, within


def a_place(name: str, country: str, adm1: str | None, lat: float, lon: float, kind: str = "city", population: int = 2000,
            adm2: str | None = None, radius_km: float = 5.0) -> Place:
    return Place(f"{kind}:{name}-{country}-{adm1}", name, kind, country, adm1, None, lat, lon, radius_km, population,
                 adm1=adm1, adm2=adm2)  # fmt: skip


WESTMARK = a_place("Westmark", "AA", None, 10.0, 10.0, "country", 5_000_000, radius_km=300.0)
EASTMARK = a_place("Eastmark", "BB", None, 10.0, 40.0, "country", 5_000_000, radius_km=300.0)
ARDEN_WEST = a_place("Arden", "AA", "Low", 9.0, 9.0, population=3_000)
ARDEN_EAST = a_place("Arden", "BB", "High", 11.0, 41.0, population=30_000)
LOW = a_place("Low", "AA", "Low", 9.2, 9.2, "admin1", 400_000, radius_km=80.0)
VERITY = a_place("Port Verity", "AA", "Low", 9.1, 9.1, population=90_000)


def named(place: Place, *others: Place, outer: int | None = None, kinds: tuple[str, ...] = (), adjective: bool = False) -> Name:
    return Name(place.name.lower(), (place, *others), frozenset(kinds), adjective, outer)


ARDEN = named(ARDEN_EAST, ARDEN_WEST)


@pytest.mark.parametrize(
    ("around", "best"),
    [
        pytest.param((), ARDEN_EAST, id="nothing-else-told-the-larger-town"),
        pytest.param((named(WESTMARK),), ARDEN_WEST, id="its-country-is-named"),
        pytest.param((named(WESTMARK, adjective=True),), ARDEN_WEST, id="its-country's-people-are-named"),
        pytest.param((named(EASTMARK),), ARDEN_EAST, id="the-other-country-is-named"),
        pytest.param((named(LOW),), ARDEN_WEST, id="its-province-is-named"),
        pytest.param((named(VERITY),), ARDEN_WEST, id="another-town-beside-it-is-named"),
    ],
)
def test_the_rest_of_the_text_decides_between_places_of_one_name(around, best):
    assert rank([ARDEN, *around])[0][0].place == best


def test_the_unit_told_right_after_a_name_weighs_more_than_the_rest_of_the_text():
    names = [named(ARDEN_EAST, ARDEN_WEST, outer=1), named(WESTMARK), named(EASTMARK), named(EASTMARK, adjective=True)]
    assert rank(names)[0][0].place == ARDEN_WEST


def test_one_name_means_one_place_throughout():
    told_once = [ARDEN, named(ARDEN_EAST, ARDEN_WEST, outer=2), named(WESTMARK), ARDEN]
    assert {rank(told_once)[at][0].place for at in (0, 1, 3)} == {ARDEN_WEST}


def test_a_noun_tells_the_province_from_its_town():
    town = a_place("Low", "AA", "Low", 9.2, 9.2, population=50_000)
    plain, province = rank([named(town, LOW), named(town, LOW, kinds=("admin1", "region"))])
    assert plain[0].place == town
    assert province[0].place == LOW


def test_a_state_may_be_told_by_a_town_within_it():
    state = a_place("Westmark", "BB", "Westmark", 11.0, 41.2, "admin1", 900_000, radius_km=100.0)
    inner = a_place("Tolliver", "BB", "Westmark", 11.1, 41.1)
    rankings = rank([named(inner, outer=1), named(WESTMARK, state), named(EASTMARK)])
    assert rankings[1][0].place == state


def test_neighbours_speak_for_a_place():
    far = a_place("Arden", "CC", "X", -30.0, 100.0, population=4_000)
    near = a_place("Arden", "BB", "High", 11.0, 41.0, population=2_000)
    names = [named(far, near), named(WESTMARK)]
    assert rank(names)[0][0].place == far
    borders = {"AA": frozenset({"BB"}), "BB": frozenset({"AA"})}
    assert rank(names, lambda code: borders.get(code, frozenset()))[0][0].place == near


def test_a_ranking_says_why():
    best = rank([ARDEN, named(LOW)])[0][0]
    reasons = {reason for reason, _, _ in best.why}
    assert {"people", "called so", "province named"} <= reasons
    assert best.points == pytest.approx(sum(points for _, _, points in best.why), abs=0.1)


@pytest.mark.parametrize(
    ("inner", "outer", "lies"),
    [
        pytest.param(ARDEN_WEST, WESTMARK, True, id="town-in-its-country"),
        pytest.param(ARDEN_EAST, WESTMARK, False, id="town-of-another-country"),
        pytest.param(ARDEN_WEST, LOW, True, id="town-in-its-province"),
        pytest.param(LOW, LOW, False, id="nothing-lies-in-itself"),
        pytest.param(WESTMARK, LOW, False, id="a-country-lies-in-no-province"),
    ],
)
def test_what_lies_in_what(inner, outer, lies):
    assert (within(inner, outer) > 0) is lies


def test_a_name_without_candidates_has_an_empty_ranking():
    assert rank([Name("xyzzy", ())]) == [()]
    assert rank([]) == []
