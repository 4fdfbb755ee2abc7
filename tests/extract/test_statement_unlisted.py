"""Groups that the register lacks, by what calls them armed groups. All names are made up."""

from __future__ import annotations

import time

import pytest

from dateline.extract.statement_unlisted import unlisted_names
from tests.extract.test_statements import of


def names(text: str, *places: str, people: str = "Ardenian", known: str = "Red Lantern") -> list[str]:
    """The names found in `text`, in which `places`, an adjective of a country and a known group may stand."""
    def spans(*words: str) -> list[tuple[int, int]]:
        return [(text.index(word), text.index(word) + len(word)) for word in words if word in text]

    return [text[start:end] for start, end in unlisted_names(text, spans(known), spans(*places), spans(people))]


@pytest.mark.parametrize(("text", "found"), [
    pytest.param("The Sun Guard, a small rebel group, fled.", ["Sun Guard"], id="what-it-is-stands-after"),
    pytest.param("Fighters of the militant group Night Watch fled.", ["Night Watch"], id="what-it-is-stands-before"),
    pytest.param("An armed group called the Lamplighters fled.", ["Lamplighters"], id="called"),
    pytest.param("The Lamplighters militia fled.", ["Lamplighters"], id="a-militia"),
    pytest.param("The Sons of the Vale brigade fled.", ["Sons of the Vale"], id="a-brigade"),
    pytest.param("He led Sun Guard brigade.", ["Sun Guard brigade"], id="a-brigade-without-the"),
    pytest.param("He joined Liwa al-Fajr in May.", ["Liwa al-Fajr"], id="arabic-names"),
    pytest.param("Fighters of the Morrow Front fled.", ["Morrow Front"], id="a-front-with-fighters"),
    pytest.param("Omar Vell leads Hearth, Red Lantern's political wing.", ["Hearth"], id="a-known-groups-wing"),
    pytest.param("The Sun Guard, a rebel group, fled. On Monday the Sun Guard came back.", ["Sun Guard", "Sun Guard"],
                 id="named-again"),
    pytest.param("Voters of the Morrow Front stayed at home.", [], id="a-party"),
    pytest.param("The 4th Vale Brigade fled.", [], id="a-numbered-unit"),
    pytest.param("The Republican Guard brigade fled.", [], id="a-states-unit"),
    pytest.param("An Ardenian Army brigade fled.", [], id="a-countrys-army"),
    pytest.param("The Vale-based militia fled.", [], id="where-it-is-based-is-no-name"),
    pytest.param("The Red Lantern militant group fled.", [], id="a-known-group"),
    pytest.param("The militant group Red Lantern and the army fled.", [], id="a-known-group-after"),
    pytest.param("Ardenian rebel groups fled.", [], id="no-name"),
])
def test_what_calls_a_name_an_armed_group(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_a_place_is_no_group() -> None:
    assert names("The Greyfell militia fled.", "Greyfell") == []


def test_a_statement_about_a_group_that_the_register_lacks_has_no_id() -> None:
    [leader] = of("leader", "Red Lantern and the Sun Guard, a rebel group led by Tarek Olim, met.")
    assert (leader.group, leader.name, leader.value["name"]) == (None, "Sun Guard", "Tarek Olim")


def test_another_name_of_a_known_group_stays_its_name() -> None:
    [alias] = of("alias", "Red Lantern, also known as the Sun Guard Brigade, fled.")
    assert (alias.group, alias.value["name"]) == ("red-lantern", "Sun Guard Brigade")


def test_the_parent_of_a_group_that_the_register_lacks() -> None:
    [parent] = of("parent", "The Sons of Vale brigade, which is affiliated to Red Lantern, fled.")
    assert (parent.group, parent.name, parent.value["group"]) == (None, "Sons of Vale", "red-lantern")


@pytest.mark.parametrize("text", [
    pytest.param("The Sun Guard militia and " * 3000, id="many-names"),
    pytest.param("Sun " * 10_000 + "brigade", id="a-name-without-end"),
    pytest.param("Ansar al-Sun, a very small " * 3000 + "rebel group", id="kinds-that-do-not-end"),
])
def test_hostile_text_ends_soon(text: str) -> None:
    start = time.process_time()
    unlisted_names(text, [], [], [])
    assert time.process_time() - start < 2
