"""Allies and enemies in the ordinary wordings that tell one party of a known group. All names are made up."""

from __future__ import annotations

import pytest

from tests.extract.test_statement_wordings import told
from tests.extract.test_statements import of


@pytest.mark.parametrize(("text", "rival"), [
    pytest.param("The anti-Red Lantern coalition bombed Saltmarsh.", "coalition", id="anti"),
    pytest.param("The US-led coalition against Red Lantern said so.", "US-led coalition", id="a-coalition-against"),
    pytest.param("Ardenia promised aid to Greyfell in its fight against Red Lantern.", "Greyfell", id="in-its-fight"),
    pytest.param("The ministry helps the army fight Red Lantern.", "army", id="helped-to-fight"),
    pytest.param("Ardenia has been bombing Red Lantern for months.", "Ardenia", id="has-been-bombing"),
    pytest.param("Ardenia vowed to eradicate Red Lantern.", "Ardenia", id="vows"),
    pytest.param("The long war between Ardenia and Red Lantern goes on.", "Ardenia", id="a-war-between"),
    pytest.param("Ardenian troops are trying to drive Red Lantern out of Vale.", "Ardenian troops", id="tries-to-drive-it-out"),
    pytest.param("Red Lantern is at war with Ardenia.", "Ardenia", id="at-war"),
    pytest.param("The villagers turned against Red Lantern last year.", "villagers", id="turned-against"),
    pytest.param("The rebels have fought Red Lantern for years.", "rebels", id="have-fought"),
    pytest.param("Red Lantern fighters have fought to prevent the Morrow Brigade from entering Saltmarsh.", "Morrow Brigade",
                 id="fought-to-prevent"),
    pytest.param("Groups that are hostile to Ardenia, such as Red Lantern, met.", "Ardenia", id="hostile-groups-such-as"),
    pytest.param("Ardenia considers Red Lantern its main enemy.", "Ardenia", id="considered-an-enemy"),
    pytest.param("Red Lantern has waged an insurgency against the government since 2018.", "government", id="an-insurgency"),
])
def test_enemies(text: str, rival: str) -> None:
    assert told(text, "rival") == [("rival", "", rival)]


@pytest.mark.parametrize(("text", "ally"), [
    pytest.param("Red Lantern has allied itself with powerful traffickers.", "powerful traffickers", id="allied-itself"),
    pytest.param("Red Lantern formed an alliance with Ardenia.", "Ardenia", id="an-alliance"),
    pytest.param("Ardenia is sending weapons to Red Lantern.", "Ardenia", id="sends-weapons"),
    pytest.param("Ardenia provides money and arms to Red Lantern.", "Ardenia", id="gives-money"),
    pytest.param("The report deplored Ardenia's support for Red Lantern.", "Ardenia", id="its-support"),
    pytest.param("Red Lantern, which Ardenia has supported since 2018, fled.", "Ardenia", id="which-it-supports"),
    pytest.param("Ardenia is the main backer of Red Lantern.", "Ardenia", id="a-backer"),
    pytest.param("Red Lantern's main backer, Ardenia, said so.", "Ardenia", id="its-backer"),
    pytest.param("Ardenia has trained and armed Red Lantern.", "Ardenia", id="has-armed"),
    pytest.param("Ardenia is accused of arming Red Lantern.", "Ardenia", id="accused-of-arming"),
    pytest.param("Red Lantern receives weapons and money from Ardenia.", "Ardenia", id="receives-from"),
    pytest.param("Red Lantern, an ally of Ardenia, fled.", "Ardenia", id="an-ally-of"),
    pytest.param("Red Lantern and its allies, including the Morrow Brigade, fled.", "Morrow Brigade", id="its-allies-including"),
    pytest.param("Red Lantern is fighting alongside the Ardenian army.", "Ardenian army", id="alongside"),
])
def test_allies(text: str, ally: str) -> None:
    assert told(text, "ally") == [("ally", "", ally)]


@pytest.mark.parametrize("text", [
    pytest.param("Ardenia denied sending weapons to Red Lantern.", id="denied"),
    pytest.param("Ardenia is not an ally of Red Lantern.", id="not-an-ally"),
    pytest.param("If Ardenia sends weapons to Red Lantern, war will come.", id="supposed"),
    pytest.param("It is sending weapons to Red Lantern.", id="a-pronoun-is-no-party"),
])
def test_what_is_denied_or_supposed_is_no_tie(text: str) -> None:
    assert told(text, "ally", "rival") == []


def test_the_words_are_of_the_group_that_stands_next_to_them() -> None:
    [support] = of("ally", "The Morrow Brigade left because of Ardenia's support for Red Lantern.")
    assert (support.group, support.value["name"]) == ("red-lantern", "Ardenia")


def test_one_party_is_told_once() -> None:
    assert told("Ardenia's army has been fighting Red Lantern. The army is at war with Red Lantern.", "rival") == [
        ("rival", "", "army")]
