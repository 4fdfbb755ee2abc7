"""Statements about armed groups told in nouns, in the passive, and about sides that the register lacks. All names are made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.extract.statement_grammar import Reading
from dateline.extract.statement_lexis import matched_text
from dateline.extract.statements import group_statements
from tests.extract.test_statements import a_document, statements

Told = tuple[str, str, str]       # attribute, sense or kind, the value's words


def told(text: str, *attributes: str) -> list[Told]:
    """What the text says of Red Lantern and its like, of these attributes: attribute, sense or `of`, words."""
    return [(s.attribute, s.value.get("sense") or s.value.get("of") or "", s.value.get("name") or s.value["text"])
            if s.attribute != "area" else (s.attribute, s.value["sense"], s.value["text"])
            for s in statements(text) if s.attribute in attributes]


@pytest.mark.parametrize(("text", "rival"), [
    pytest.param("The US-led coalition fighting Red Lantern said so.", "US-led coalition", id="a-coalition"),
    pytest.param("Government forces have been fighting several groups including Red Lantern.", "Government forces",
                 id="one-of-several"),
    pytest.param("The army diverted attention from its principal enemy, Red Lantern.", "army", id="its-enemy"),
    pytest.param("The coalition launched an air war against Red Lantern.", "coalition", id="wages-war"),
    pytest.param("Red Lantern declared total war against the government.", "government", id="declares-war"),
    pytest.param("The troops are fighting to liberate Port Verity from Red Lantern.", "troops", id="to-free-a-town"),
    pytest.param("Red Lantern fighters captured villages from rival rebel groups.", "rebel groups", id="rival-groups"),
    pytest.param("The army wants to destroy Red Lantern.", "army", id="wants-it-gone"),
])
def test_a_rival_need_be_no_known_group(text: str, rival: str) -> None:
    assert told(text, "rival") == [("rival", "", rival)]


@pytest.mark.parametrize("text", [
    pytest.param("Police battled Red Lantern on Monday.", id="one-battle"),
    pytest.param("The army destroyed Red Lantern positions.", id="positions"),
    pytest.param("The minister spoke of the fight against Red Lantern.", id="who-speaks-does-not-fight"),
    pytest.param("Efforts to defeat Red Lantern went on.", id="efforts-are-nobody"),
])
def test_no_rival_is_made_up(text: str) -> None:
    assert told(text, "rival") == []


@pytest.mark.parametrize(("text", "allies"), [
    pytest.param("The Ardenia-backed Red Lantern fled.", ["Ardenia"], id="backed"),
    pytest.param("Red Lantern was supplied by Ardenia and Greyfell.", ["Ardenia", "Greyfell"], id="two-suppliers"),
    pytest.param("The strikes came to support the Arden Front (ALF) fighting against Red Lantern.", [], id="support-by-strikes"),
    pytest.param("Ardenia is supplying Red Lantern with missiles.", ["Ardenia"], id="supplies"),
])
def test_an_ally_need_be_no_known_group(text: str, allies: list[str]) -> None:
    assert [name for _, _, name in told(text, "ally")] == allies


@pytest.mark.parametrize(("text", "areas"), [
    pytest.param("Vale Province is mostly controlled by Red Lantern.", [("control", "Vale Province")], id="controlled-by"),
    pytest.param("The village of Saltmarsh, which was captured by Red Lantern, fell.", [("control", "Saltmarsh")],
                 id="captured-by"),
    pytest.param("Shells hit Port Verity and Saltmarsh which are controlled by Red Lantern.",
                 [("control", "Port Verity"), ("control", "Saltmarsh")], id="which-are"),
    pytest.param("Red Lantern now holds just nine percent of Vale.", [("control", "Vale")], id="a-share"),
    pytest.param("Rebels including Red Lantern captured Port Verity.", [("control", "Port Verity")], id="with-others"),
    pytest.param("Port Verity, where Red Lantern mainly controls territory, was calm.", [("control", "Port Verity")], id="where"),
    pytest.param("Jets hit Red Lantern positions near Morrowdale.", [("presence", "Morrowdale")], id="positions-near"),
    pytest.param("Rebel groups in Vale include Red Lantern.", [("presence", "Vale")], id="groups-there"),
    pytest.param("Red Lantern, a group based in Morrowdale, fled.", [("presence", "Morrowdale")], id="based-there"),
    pytest.param("The army pushed Red Lantern out of Morrowdale.", [("loss", "Morrowdale")], id="pushed-out"),
    pytest.param("The army plans to push Red Lantern out of Morrowdale.", [], id="a-plan-takes-nothing"),
    pytest.param("Morrowdale was not captured by Red Lantern.", [], id="denied"),
])
def test_areas_told_in_nouns_and_in_the_passive(text: str, areas: list[tuple[str, str]]) -> None:
    assert [(sense, words) for _, sense, words in told(text, "area")] == areas


@pytest.mark.parametrize(("text", "attribute", "name"), [
    pytest.param("The former Harith al-Wadi affiliate Red Lantern fled.", "split", "Harith al-Wadi", id="former-affiliate"),
    pytest.param("The Harith al-Wadi affiliate Red Lantern fled.", "parent", "Harith al-Wadi", id="affiliate"),
    pytest.param("Red Lantern severed all ties with Harith al-Wadi in 2019.", "split", "Harith al-Wadi", id="severed-ties"),
    pytest.param("Red Lantern is a splinter group of the Old Dawn Party.", "split", "Old Dawn Party", id="of-an-unknown-party"),
])
def test_who_left_whom(text: str, attribute: str, name: str) -> None:
    assert told(text, "split", "parent") == [(attribute, "", name)]


@pytest.mark.parametrize(("text", "people"), [
    pytest.param("Red Lantern commanders Omar Vell, Tarek Olim and Sami Dorn signed.", ["Omar Vell", "Tarek Olim", "Sami Dorn"],
                 id="listed"),
    pytest.param("Omar Vell, considered the Red Lantern leader, spoke.", ["Omar Vell"], id="between-name-and-office"),
    pytest.param("Commander Omar Vell, one of the top Red Lantern leaders, spoke.", ["Omar Vell"], id="a-title-is-no-name"),
    pytest.param("Red Lantern and its reclusive leader, Omar Vell, hid.", ["Omar Vell"], id="its-leader"),
])
def test_people_in_charge(text: str, people: list[str]) -> None:
    assert [name for _, _, name in told(text, "leader", "commander")] == people


@pytest.mark.parametrize(("text", "losses"), [
    pytest.param("Red Lantern leader Omar Vell was killed.", [("leader", "Omar Vell")], id="a-leader-killed"),
    pytest.param("A dozen Red Lantern fighters died, including a local commander, Omar Vell.", [("leader", "Omar Vell")],
                 id="among-the-dead"),
    pytest.param("The army wants to capture Red Lantern boss Omar Vell.", [], id="a-wish-loses-nobody"),
    pytest.param("The army inflicted heavy losses on Red Lantern.", [("fighters", "heavy losses")], id="inflicted"),
    pytest.param("Strikes killed 12 Red Lantern fighters including seven of its field commanders.",
                 [("leader", "including seven of its field commanders")], id="commanders-without-names"),
])
def test_losses_of_people(text: str, losses: list[tuple[str, str]]) -> None:
    assert [(of, words) for _, of, words in told(text, "loss")] == losses


@pytest.mark.parametrize(("attribute", "text"), [
    pytest.param("listing", "Red Lantern (banned in Ardenia) fled.", id="in-brackets"),
    pytest.param("listing", "Red Lantern, which Ardenia considers a terrorist group, fled.", id="considered"),
    pytest.param("capability", "Ardenia is sending weapons to Red Lantern.", id="weapons-sent"),
    pytest.param("capability", "Red Lantern started using drones.", id="started-using"),
    pytest.param("recruitment", "They travelled abroad to join Red Lantern.", id="to-join"),
    pytest.param("funding", "Trade in looted oil benefits Red Lantern.", id="benefits"),
    pytest.param("aim", "The objective of Red Lantern is to hold the coast.", id="objective"),
])
def test_words_beside_the_name(attribute: str, text: str) -> None:
    assert [kind for kind, _, _ in told(text, attribute)] == [attribute]


def test_a_name_and_its_other_names_in_brackets() -> None:
    assert told("The Arden Liberation Front (ALF or Ardenis) fled.", "alias") == [("alias", "", "ALF"), ("alias", "", "Ardenis")]


@pytest.mark.parametrize(("written", "matched"), [
    pytest.param("The government says that Red Lantern holds all\nof Vale and more.", "holds all of Vale", id="a-filled-line"),
    pytest.param("Red Lantern holds on\nPort Verity calm", "holds on\nPort Verity", id="a-headline-stays-apart"),
])
def test_a_filled_line_is_no_end(written: str, matched: str) -> None:
    assert matched in matched_text(written, written)
    assert len(matched_text(written, written)) == len(written)


def test_values_keep_the_capitals_of_the_report() -> None:
    document = a_document("Red Lantern leader Omar Vell spoke.")
    document.report = replace(document.report, text="RED LANTERN LEADER OMAR VELL SPOKE.")
    assert Reading(document).text == "Red Lantern leader Omar Vell spoke."
    assert [s.value["name"] for s in group_statements(document)] == ["OMAR VELL"]


def test_a_sentence_that_the_parse_cut_short_is_read_on() -> None:
    text = "The judge asked why Omar Seid [one of the Red Lantern leaders accused of murder] was free."
    assert len(list(a_document(text).spacy.sents)) == 2
    assert told(text, "leader") == [("leader", "", "Omar Seid")]


@pytest.mark.parametrize(("text", "leader"), [
    pytest.param("Red Lantern, a small armed group led by Omar Seid, fled.", "Omar Seid", id="what-it-is-between"),
    pytest.param("Red Lantern, a rebel group that took up arms in 1999 and is led by Omar Seid, fled.", "Omar Seid",
                 id="what-it-did-between"),
    pytest.param("Omar Seid, a preacher who is among the leaders of Red Lantern, fled.", "Omar Seid", id="among-the-leaders"),
    pytest.param("Omar Seid became a leader within Red Lantern.", "Omar Seid", id="became-one"),
    pytest.param("Omar Seid founded Red Lantern.", "Omar Seid", id="its-founder"),
    pytest.param("The head of Red Lantern in Vale, Omar Seid, fled.", "Omar Seid", id="the-head-in-a-province"),
    pytest.param("Red Lantern is led by former Ardenian priest Omar Seid.", "Omar Seid", id="what-he-was-between"),
])
def test_who_leads_past_the_words_between(text: str, leader: str) -> None:
    assert told(text, "leader") == [("leader", "", leader)]


@pytest.mark.parametrize(("text", "said"), [
    pytest.param("Red Lantern and the Morrow Brigade control Vale.", {("Red Lantern", "Vale"), ("Morrow Brigade", "Vale")},
                 id="before-the-verb"),
    pytest.param("Vale is controlled by Red Lantern and the Morrow Brigade.",
                 {("Red Lantern", "Vale"), ("Morrow Brigade", "Vale")}, id="after-it"),
    pytest.param("Red Lantern met the Morrow Brigade, which controls Vale.", {("Morrow Brigade", "Vale")}, id="no-list"),
])
def test_what_is_said_of_a_list_is_said_of_each(text: str, said: set[tuple[str, str]]) -> None:
    assert {(s.name, s.value["text"]) for s in statements(text) if s.attribute == "area"} == said


def test_two_of_a_list_are_no_side_of_each_other() -> None:
    text = "Groups that are hostile to Ardenia, such as Red Lantern and the Morrow Brigade, met."
    assert [(s.name, s.value["name"]) for s in statements(text) if s.attribute == "rival"] == [
        ("Red Lantern", "Ardenia"), ("Morrow Brigade", "Ardenia")]


@pytest.mark.parametrize(("attribute", "text"), [
    pytest.param("capability", "Red Lantern used the laboratory to make chemical weapons.", id="makes-weapons"),
    pytest.param("recruitment", "Red Lantern is made up of former soldiers and young exiles.", id="made-up-of"),
    pytest.param("recruitment", "Young men are joining Red Lantern.", id="joining-it"),
    pytest.param("listing", "Ardenia considers Red Lantern a terrorist group.", id="considered-terrorists"),
    pytest.param("loss", "At least 500 Red Lantern fighters have been killed this year.", id="a-sum-over-months"),
    pytest.param("aim", "Red Lantern is trying to set up a base in Vale.", id="tries-to-set-up"),
    pytest.param("aim", "Red Lantern says its goal is to free Vale.", id="its-goal"),
    pytest.param("aim", "Red Lantern's struggle for the independence of Vale goes on.", id="its-struggle-for"),
])
def test_statements_in_the_reports_own_words(attribute: str, text: str) -> None:
    assert len([s for s in statements(text) if s.attribute == attribute]) == 1


@pytest.mark.parametrize("text", [
    pytest.param("Two Red Lantern fighters have been killed since Saturday.", id="the-dead-of-one-attack"),
    pytest.param("Red Lantern does not recruit children.", id="denied"),
    pytest.param("Ardenia considers Red Lantern a partner.", id="no-listing"),
    pytest.param("Red Lantern was able to crush the attack.", id="what-it-stopped-is-no-means"),
    pytest.param("Omar Seid of Red Lantern was killed by rival groups.", id="groups-that-are-not-named"),
])
def test_what_is_no_statement_of_a_group(text: str) -> None:
    assert told(text, "loss", "recruitment", "listing", "capability", "rival") == []


def test_fighters_that_took_its_land_are_not_its_losses() -> None:
    assert told("Red Lantern has lost territory to Ardenia-backed fighters.", "loss") == [
        ("loss", "territory", "lost territory to Ardenia-backed fighters")]


@pytest.mark.parametrize(("text", "words"), [
    pytest.param("Officials say Red Lantern has up to 700 fighters left.", "up to 700", id="has-left"),
    pytest.param("Red Lantern's 3,000 fighters are well armed.", "3,000", id="its-fighters"),
    pytest.param("The number of Red Lantern fighters is at least 500.", "at least 500", id="the-number-of"),
    pytest.param("There are some 2,000 Red Lantern fighters in Vale.", "some 2,000", id="there-are"),
    pytest.param("Some say that fewer than 400 Red Lantern fighters remain in Vale.", "fewer than 400", id="who-remain"),
    pytest.param("Red Lantern had grown to 3,000 men.", "3,000", id="grown-to"),
    pytest.param("Some 40 of some 2,000 fighters who belong to Red Lantern fled.", "some 2,000", id="who-belong-to-it"),
    pytest.param("Red Lantern's 12 fighters were killed.", None, id="the-dead"),
    pytest.param("Police killed 12 Red Lantern fighters in Vale.", None, id="the-dead-of-an-attack"),
    pytest.param("Red Lantern attacked with 40 fighters.", None, id="of-one-attack"),
])
def test_how_many_a_group_has(text: str, words: str | None) -> None:
    assert [s.value["words"] for s in statements(text) if s.attribute == "strength"] == ([words] if words else [])
