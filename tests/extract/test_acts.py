"""What was done, and whether it happened."""

import pytest

from dateline.extract.acts import find_acts
from dateline.extract.document import Document
from dateline.extract.lexicon import lexicon
from dateline.extract.nlp import pipeline
from dateline.records.kinds import KINDS
from tests.helpers import a_report


def acts_in(text):
    document = Document(a_report(text=text), spacy=pipeline()(text))
    find_acts(document)
    return document.acts


@pytest.mark.parametrize(("text", "kind"), [
    ("A suicide bomber struck the market.", "suicide bomb"),
    ("A fighter blew himself up at the gate.", "suicide bomb"),
    ("Warplanes bombed the village.", "air/drone strike"),
    ("A drone strike killed three men.", "air/drone strike"),
    ("Rockets hit the camp overnight.", "shelling/artillery/missile attack"),
    ("The army shelled the town.", "shelling/artillery/missile attack"),
    ("A roadside bomb exploded near the convoy.", "remote explosive/landmine/ied"),
    ("Gunmen opened fire on the bus.", "attack"),
    ("Police opened fire on protesters.", "excessive force against protesters"),
    ("Rebels kidnapped the mayor.", "abduction/forced disappearance"),
    ("Soldiers clashed with militants.", "armed clash"),
    ("The crowd lynched the driver.", "mob violence"),
    ("Raiders torched the houses.", "looting/property destruction"),
    ("The man was stoned to death.", "attack"),
    ("Fighters decapitated two captives.", "attack"),
    ("The air force hit a camp at dawn.", "air/drone strike"),
])
def test_the_kind_of_an_act(text, kind):
    assert kind in {a.kind for a in acts_in(text)}


@pytest.mark.parametrize(("text", "status"), [
    ("Rebels attacked the base.", "happened"),
    ("Rebels threatened to attack the base.", "threatened"),
    ("The group plans to bomb the embassy.", "planned"),
    ("Rebels tried to kidnap the mayor.", "attempted"),
    ("The group wants to kill more soldiers.", "hypothetical"),
    ("The rebels could attack the base.", "hypothetical"),
    ("The rebels will attack the base.", "planned"),
    ("If rebels attack the base, talks end.", "hypothetical"),
])
def test_the_status_of_an_act(text, status):
    assert {a.status for a in acts_in(text)} == {status}


@pytest.mark.parametrize("text", [
    "The rebels did not attack the base.",
    "No attack was reported.",
    "Assault rifles were found in the house.",
    "He died of a heart attack.",
    "The union went on strike.",
    "The minister opened the new road.",
])
def test_what_is_no_act_of_violence(text):
    assert [a for a in acts_in(text) if a.kind] == []


def test_an_exercise_is_told_as_something_else():
    assert {a.told_as for a in acts_in("In the film, gunmen attack a train.")} == {"other"}


def test_the_lexicon_uses_only_kinds_and_effects_that_exist():
    lex = lexicon()
    assert set(lex.act_verbs.values()) - {""} <= set(KINDS)
    assert {lex.act_nouns.get(t) for t in lex.act_nouns.terms()} - {""} <= set(KINDS)
