"""How our record is told in MUC-4's slots. Accounts, people and places are made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bench.muc4_ceiling import account_of
from bench.muc4_key import (
    CATEGORY,
    CONFIDENCE,
    DATE,
    DESCRIPTION,
    HUMAN_EFFECT,
    HUMAN_NATION,
    HUMAN_NUMBER,
    HUMAN_TYPE,
    HUMANS,
    INDIVIDUAL,
    INSTRUMENT,
    INSTRUMENT_TYPE,
    LOCATION,
    NAME,
    ORGANIZATION,
    STAGE,
    THING,
    THING_EFFECT,
    THING_NATION,
    THING_NUMBER,
    THING_TYPE,
    key_templates,
)
from bench.muc4_said import number_words
from bench.muc4_told import templates_of
from bench.muc4_words import human_type, type_of
from dateline.records import Account, AsOf, Responsibility, When, Where
from made_muc4 import NO_DAY, a_figure, a_target, a_weapon, an_account, an_actor

WRITTEN = date(1990, 3, 14)
PLACE = Where("Verity", "Verity", "city", "CO", "Antioquia", None, 6.0, -75.0, 5.0, "x:1", 1, (), ())
DAY = When(None, None, False, date(1990, 3, 12), date(1990, 3, 12), (), date(1990, 3, 12), "day", None, "12 March", ())
BLAST, KIDNAP = "remote explosive/landmine/ied", "abduction/forced disappearance"


def told(account: Account, slot: str) -> list[tuple[str, ...]]:
    """The fills of a slot, each as its value and referent."""
    [template] = templates_of([account], WRITTEN)
    return [fill.values + fill.tags for fill in template.fills(slot)]


# --- the incident -----------------------------------------------------------------------------------------------------

def test_day_and_place_are_told_as_the_key_writes_them():
    account = an_account(when=DAY, where=PLACE)
    assert told(account, DATE) == [("12 MAR 90",)]
    assert told(account, LOCATION) == [("COLOMBIA: ANTIOQUIA: VERITY",)]


def test_where_no_country_is_known_it_is_that_of_the_report():
    [_, other] = templates_of([an_account(where=PLACE), an_account()], WRITTEN)
    assert other.fills(LOCATION)[0].values == ("COLOMBIA",)


@pytest.mark.parametrize(("status", "kind", "stage"), [
    ("happened", "attack", "ACCOMPLISHED"), ("alleged", "attack", "ACCOMPLISHED"), ("attempted", "attack", "ATTEMPTED"),
    ("foiled", BLAST, "ATTEMPTED"), ("threatened", "attack", "THREATENED"), ("happened", "disrupted weapons use", "ATTEMPTED"),
])
def test_stage(status, kind, stage):
    assert told(an_account(status=status, kind=kind), STAGE) == [(stage,)]


@pytest.mark.parametrize(("given", "counted"), [
    pytest.param({}, 1, id="an-attack"), pytest.param({"kind": "armed clash"}, 0, id="a-fight-of-armed-sides"),
    pytest.param({"when": replace(DAY, latest=date(1988, 3, 12))}, 0, id="long-ago"),
])
def test_which_accounts_are_told(given, counted):
    assert len(templates_of([an_account(**given)], WRITTEN)) == counted


@pytest.mark.parametrize(("text", "given", "instruments"), [
    pytest.param("They shot at the bus.", {"weapons": (a_weapon("two rifles"),)}, [("RIFLE", "TWO RIFLES")], id="by-its-words"),
    pytest.param("They attacked.", {"weapons": (a_weapon("a zorkon", "firearms"),)}, [("GUN", "A ZORKON")], id="by-its-type"),
    pytest.param("They shot at the bus.", {}, [("GUN", "-")], id="shooting-without-a-weapon"),
    pytest.param("They machine-gunned the bus.", {}, [("MACHINE GUN", "-")], id="machine-gunned"),
    pytest.param("There was a blast.", {"kind": BLAST}, [("BOMB", "-")], id="a-bombing-without-a-bomb"),
    pytest.param("Planes struck.", {"kind": "air/drone strike"}, [("AERIAL BOMB", "-")], id="from-the-air"),
    pytest.param("He was beaten.", {}, [], id="none"),
    pytest.param("He was kidnapped at gunpoint, they shot.", {"kind": KIDNAP, "weapons": (a_weapon("rifles"),)}, [],
                 id="kidnappings-have-none"),
])
def test_instruments(text, given, instruments):
    assert told(an_account(text, **given), INSTRUMENT_TYPE) == instruments


def test_an_instrument_keeps_its_words():
    assert told(an_account(weapons=(a_weapon("a car\nbomb"),)), INSTRUMENT) == [("A CAR BOMB",)]


# --- perpetrators -----------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("kinds", "category"), [
    ((), "TERRORIST ACT"), ((2,), "TERRORIST ACT"), ((1,), "STATE-SPONSORED VIOLENCE"), ((2, 8), "STATE-SPONSORED VIOLENCE"),
])
def test_category(kinds, category):
    account = an_account(actors=tuple(an_actor("attacker", f"men {n}", type=kind) for n, kind in enumerate(kinds)))
    assert told(account, CATEGORY) == [(category,)]


def a_statement(stance: str, speaker: str | None = None, group: str | None = "arden-front") -> Responsibility:
    return Responsibility(stance, "Arden Front", group, speaker, AsOf(None, None), ())  # type: ignore[arg-type]


REBELS = an_actor("attacker", "ALF rebels", organisation="ALF", group="arden-front")


@pytest.mark.parametrize(("certainty", "said", "text", "confidence"), [
    ("stated", (), "ALF rebels killed two men.", "REPORTED AS FACT"), ("claimed", (), "ALF rebels", "CLAIMED OR ADMITTED"),
    ("blamed", (), "ALF rebels", "SUSPECTED OR ACCUSED"), ("unknown", (), "ALF rebels", "POSSIBLE"),
    ("stated", (), "Alleged ALF rebels killed two men.", "SUSPECTED OR ACCUSED"),
    ("stated", (), "ALF rebels claimed that they killed two men.", "CLAIMED OR ADMITTED"),
    ("stated", (a_statement("claimed"),), "ALF rebels", "CLAIMED OR ADMITTED"),
    ("stated", (a_statement("blamed", "a neighbour"),), "ALF rebels", "SUSPECTED OR ACCUSED"),
    ("stated", (a_statement("blamed", "the police chief"),), "ALF rebels", "SUSPECTED OR ACCUSED BY AUTHORITIES"),
    ("stated", (a_statement("blamed", "the police chief"), a_statement("admitted")), "ALF rebels", "CLAIMED OR ADMITTED"),
])
def test_confidence(certainty, said, text, confidence):
    actor = an_actor("attacker", "ALF rebels", text, organisation="ALF", group="arden-front", certainty=certainty)
    assert told(an_account(text, actors=(actor,), responsibility=said), CONFIDENCE) == [(confidence, "ALF")]


def test_people_and_organisation_of_an_attacker():
    account = an_account(actors=(REBELS,))
    assert told(account, INDIVIDUAL) == [("ALF REBELS",)]
    assert told(account, ORGANIZATION) == [("ALF",)]


def test_who_is_held_responsible_is_a_perpetrator():
    account = an_account(responsibility=(a_statement("blamed", "the governor"), a_statement("denied", group="other")))
    assert told(account, ORGANIZATION) == [("ARDEN FRONT",)]
    assert told(account, CONFIDENCE) == [("SUSPECTED OR ACCUSED BY AUTHORITIES", "ARDEN FRONT")]


# --- things -----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("words", "kind"), [
    ("A POLICE STATION", "LAW ENFORCEMENT FACILITY"), ("A POLICE CAR", "TRANSPORT VEHICLE"), ("A GAS STATION", "COMMERCIAL"),
    ("TWO PYLONS", "ENERGY"), ("THE HOME OF THE AMBASSADOR", "DIPLOMAT OFFICE OR RESIDENCE"), ("A WATER PIPE", "WATER"),
    ("A MAYOR'S HOME", "GOVERNMENT OFFICE OR RESIDENCE"), ("THE FARMERS' HOUSES", "CIVILIAN RESIDENCE"),
    ("THE RADIO STATION", "COMMUNICATIONS"), ("BANK BRANCHES", "FINANCIAL"), ("THE BRIDGE", "TRANSPORTATION ROUTE"),
    ("A CANDIDATE'S HOME", "POLITICAL FIGURE OFFICE OR RESIDENCE"), ("UNION HEADQUARTERS", "ORGANIZATION OFFICE"),
    ("THE AIRPORT", "TRANSPORTATION FACILITY"), ("A SCHOOL", None),
])
def test_types_of_things(words, kind):
    assert type_of(words, "things") == kind


def test_a_thing_has_type_number_and_nation():
    account = an_account(where=PLACE, targets=(a_target("two Peruvian trucks"), a_target("a school", number=3)))
    assert told(account, THING) == [("TWO PERUVIAN TRUCKS",), ("A SCHOOL",)]
    assert told(account, THING_TYPE) == [("TRANSPORT VEHICLE", "TWO PERUVIAN TRUCKS"), ("OTHER", "A SCHOOL")]
    assert told(account, THING_NUMBER) == [("2", "TWO PERUVIAN TRUCKS"), ("3", "A SCHOOL")]
    assert told(account, THING_NATION) == [("PERU", "TWO PERUVIAN TRUCKS")]


@pytest.mark.parametrize(("text", "words", "effect", "expected"), [
    pytest.param("A bomb hit the bus.", "the bus", "destroyed", "DESTROYED", id="as-the-record-says"),
    pytest.param("A bomb destroyed the bus.", "the bus", None, "DESTROYED", id="by-its-sentence"),
    pytest.param("The bridge was blown up and a car was damaged.", "a car", None, "SOME DAMAGE", id="by-the-nearest-words"),
    pytest.param("There was no damage to the bus.", "the bus", None, "NO DAMAGE", id="no-damage-is-none"),
])
def test_the_effect_on_a_thing(text, words, effect, expected):
    account = an_account(text, targets=(a_target(words, text, effect=effect),))
    assert told(account, THING_EFFECT) == [(expected, words.upper())]


def test_arson_is_damage():
    account = an_account("They set fire to the bus.", targets=(a_target("the bus"),))
    assert told(account, THING_EFFECT) == [("SOME DAMAGE", "THE BUS")]


# --- people -----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("words", "kind"), [
    ("FARMERS", "CIVILIAN"), ("A MAYOR'S SON", "CIVILIAN"), ("THE MAYOR OF VERITY", "GOVERNMENT OFFICIAL"),
    ("POLICEMEN", "LAW ENFORCEMENT"), ("HIS BODYGUARD", "SECURITY GUARD"), ("TWO SOLDIERS", "ACTIVE MILITARY"),
    ("A RETIRED COLONEL", "FORMER ACTIVE MILITARY"), ("A FORMER MINISTER", "FORMER GOVERNMENT OFFICIAL"),
    ("THE CONSUL", "DIPLOMAT"), ("A JUDGE", "LEGAL OR JUDICIAL"), ("THE ATTORNEY GENERAL", "LEGAL OR JUDICIAL"),
    ("A PARTY LEADER", "POLITICAL FIGURE"), ("STUDENTS", "CIVILIAN"),
])
def test_types_of_people(words, kind):
    assert human_type(words) == kind


def test_a_named_person_has_name_title_type_and_number():
    account = an_account(where=PLACE, actors=(an_actor("victim", "Mayor Bel Corda", person="Mayor Bel Corda", country="ES"),))
    assert told(account, NAME) == [("BEL CORDA",)]
    assert told(account, DESCRIPTION) == [("MAYOR", "BEL CORDA")]
    assert told(account, HUMAN_TYPE) == [("GOVERNMENT OFFICIAL", "BEL CORDA")]
    assert told(account, HUMAN_NUMBER) == [("1", "BEL CORDA")]
    assert told(account, HUMAN_NATION) == [("SPAIN", "BEL CORDA")]


@pytest.mark.parametrize(("words", "person", "name", "description"), [
    pytest.param("Bel Corda, mayor of Arden", "Bel Corda", "BEL CORDA", "MAYOR OF ARDEN", id="after-the-name"),
    pytest.param("the well-known priest Ono Mares", "Ono Mares", "ONO MARES", "THE WELL-KNOWN PRIEST", id="before-the-name"),
    pytest.param("Bel Corda", "Bel Corda", "BEL CORDA", None, id="nothing-but-a-name"),
    pytest.param("Minister Juan Zarkova", None, "JUAN ZARKOVA", "MINISTER", id="a-name-that-is-not-marked"),
    pytest.param("Corda's driver", "Corda", None, "CORDA'S DRIVER", id="somebody-elses-name"),
    pytest.param("party leader", "party leader", None, "PARTY LEADER", id="no-name-at-all"),
])
def test_name_and_description(words, person, name, description):
    account = an_account(actors=(an_actor("victim", words, person=person),))
    assert [fill[0] for fill in told(account, NAME)] == ([name] if name else [])
    assert [fill[0] for fill in told(account, DESCRIPTION)] == ([description] if description else [])


def test_a_name_and_a_description_side_by_side_are_one_person():
    text = "Bel Corda, the mayor, and two guards were wounded."
    people = (an_actor("victim", "Bel Corda", text, person="Bel Corda"), an_actor("victim", "the mayor", text, id="a2"),
              an_actor("victim", "two guards", text, id="a3"))
    account = an_account(text, actors=people, figures=(a_figure("injured", 1, of="a2"), a_figure("killed", 2, of="a3")))
    assert told(account, DESCRIPTION) == [("THE MAYOR", "BEL CORDA"), ("TWO GUARDS",)]
    assert told(account, HUMAN_EFFECT) == [("INJURY", "BEL CORDA"), ("DEATH", "TWO GUARDS")]


@pytest.mark.parametrize(("first", "second", "people"), [
    pytest.param(("Bel Corda", "Bel Corda"), ("Corda", "Corda"), 1, id="a-name-that-holds-the-other"),
    pytest.param(("Bel Corda", "Bel Corda"), ("Ono Mares", "Ono Mares"), 2, id="two-names"),
    pytest.param(("six old priests", None), ("the priests", None), 1, id="told-again"),
    pytest.param(("six farmers", None), ("two farmers", None), 2, id="other-numbers"),
    pytest.param(("a boy", None), ("a girl", None), 2, id="other-people"),
])
def test_who_is_told_again_is_one(first, second, people):
    actors = tuple(an_actor("victim", words, id=words, person=person) for words, person in (first, second))
    assert len(told(an_account(actors=actors), HUMAN_TYPE)) == people


def test_an_armed_groups_own_people_and_bodies_are_no_targets():
    actors = (an_actor("victim", "two rebels", type=2), an_actor("victim", "the bodies"), an_actor("attacker", "gunmen"),
              an_actor("intended target", "a priest"))
    assert told(an_account(actors=actors), DESCRIPTION) == [("A PRIEST",)]


@pytest.mark.parametrize(("words", "given", "figure", "number"), [
    ("about 50 farmers", {}, None, "~50"), ("farmers", {}, None, "PLURAL"), ("a farmer", {}, None, "1"),
    ("farmers", {"number": 4}, None, "4"), ("farmers", {}, a_figure("killed", 7, of="a1"), "7"),
    ("people of two towns", {}, None, "PLURAL"),
])
def test_the_number_of_people(words, given, figure, number):
    account = an_account(actors=(an_actor("victim", words, **given),), figures=(figure,) if figure else ())
    assert [fill[0] for fill in told(account, HUMAN_NUMBER)] == [number]


def test_a_number_right_before_the_words_counts():
    text = "At least 12 young farmers were killed on 3 farms."
    assert told(an_account(text, actors=(an_actor("victim", "farmers", text),)), HUMAN_NUMBER) == [("12-", "FARMERS")]


@pytest.mark.parametrize(("low", "high", "value", "modifier", "words"), [
    (6, 6, 6, "exact", "6"), (6, 8, None, "range", "6-8"), (21, None, 20, "more_than", "20-"), (None, 200, 200, "nearly", "-200"),
    (None, None, None, "word", "PLURAL"),
])
def test_numbers_as_the_key_writes_them(low, high, value, modifier, words):
    assert number_words(low, high, value, modifier) == words


@pytest.mark.parametrize(("text", "words", "role", "effect"), [
    pytest.param("Gunmen killed a priest.", "a priest", "victim", "DEATH", id="killed"),
    pytest.param("Two men were killed; a priest was wounded.", "a priest", "victim", "INJURY", id="the-nearest-words"),
    pytest.param("A bomb was found; a priest was unharmed.", "a priest", "victim", "NO INJURY OR DEATH", id="unharmed"),
    pytest.param("Gunmen killed two men to frighten a priest.", "a priest", "intended target", None, id="who-was-only-meant"),
])
def test_the_effect_on_people_by_their_sentence(text, words, role, effect):
    account = an_account(text, actors=(an_actor(role, words, text),))
    assert [fill[0] for fill in told(account, HUMAN_EFFECT)] == ([effect] if effect else [])


@pytest.mark.parametrize(("text", "figures", "effect"), [
    ("A priest was kidnapped.", (), None), ("A priest was kidnapped and found dead.", (), "DEATH"),
    ("A priest was kidnapped and later released.", (), "REGAINED FREEDOM"), ("A priest was kidnapped unharmed.", (), None),
    ("A priest was kidnapped.", (a_figure("released", 1, of="a1"),), "REGAINED FREEDOM"),
])
def test_what_became_of_the_kidnapped(text, figures, effect):
    account = an_account(text, kind=KIDNAP, actors=(an_actor("victim", "A priest", text),), figures=figures)
    assert [fill[0] for fill in told(account, HUMAN_EFFECT)] == ([effect] if effect else [])


def test_that_nobody_was_hurt_is_told_of_nobody():
    account = an_account(kind=BLAST, actors=(an_actor("victim", "no one"),), figures=(a_figure("injured", 0),))
    assert told(account, HUMAN_EFFECT) == [("NO INJURY OR DEATH", "-")]


def test_a_total_is_told_beside_its_parts():
    account = an_account(actors=(an_actor("victim", "a priest"), an_actor("victim", "two nuns", id="a2")),
                         figures=(a_figure("killed", 3, id="f1"), a_figure("killed", 2, id="f2", part_of="f1", of="a2")))
    assert told(account, HUMANS) == [("3",)]


def test_nothing_is_told_of_a_day_that_nobody_knows():
    [template] = templates_of([an_account(when=NO_DAY)], None)
    assert template.fills(DATE) == ()


# --- accounts made of a key -------------------------------------------------------------------------------------------

def test_an_account_made_of_the_key_tells_its_people_and_things_again():
    rows = [{"number": 1, "optional": False, "inapplicable": [], "slots": {
        "INCIDENT: TYPE": ["BOMBING"], "INCIDENT: STAGE OF EXECUTION": ["ATTEMPTED"], "PHYS TGT: ID": ['"BRIDGE"'],
        "PERP: INCIDENT CATEGORY": ["STATE-SPONSORED VIOLENCE"], "PERP: ORGANIZATION ID": ['"ARDEN ARMY" / "ARMY"'],
        "HUM TGT: NAME": ['"BEL CORDA"'], "HUM TGT: DESCRIPTION": ['"MAYOR": "BEL CORDA"', '"GUARDS"']}}]
    [key] = key_templates(rows)
    text = "THE ARMY TRIED TO BLOW UP A BRIDGE.  IT WAS NIGHT.  MAYOR BEL CORDA AND TWO GUARDS WERE NEAR."
    account = account_of(key, text)
    assert [span.quote for span in account.evidence] == [text.split("  ")[0], text.split("  ")[2]]
    assert told(account, ORGANIZATION) == [("ARMY",)]       # the first alternative that stands in the text
    assert told(account, CATEGORY) == [("STATE-SPONSORED VIOLENCE",)]
    assert told(account, DESCRIPTION) == [("MAYOR", "BEL CORDA"), ("GUARDS",)]
    assert told(account, HUMAN_NUMBER) == [("1", "BEL CORDA"), ("2", "GUARDS")]
    assert told(account, THING_EFFECT) == [("DESTROYED", "BRIDGE")]
