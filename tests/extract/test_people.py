"""Who is counted or named, and what became of them."""

import pytest

from dateline.extract.counts import find_counts
from dateline.extract.document import Document
from dateline.extract.nlp import pipeline
from dateline.extract.people import find_people
from tests.helpers import a_report


def people_in(text):
    document = Document(a_report(text=text), spacy=pipeline()(text))
    find_counts(document)
    return document, find_people(document)


def told(text):
    """(words, effect, low, high) of each counted group."""
    document, people = people_in(text)
    return [(document.spacy[p.first:p.end].text, p.fate.effect, p.count.low, p.count.high) for p in people if p.count]


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("At least 63 people were killed and 151 wounded, the ministry said.",
                 [("At least 63 people", "killed", 63, None), ("151", "injured", 151, 151)],
                 id="a-bare-number-takes-its-own-verb"),
    pytest.param("The blast left 13 people dead and 15 injured.",
                 [("13 people", "killed", 13, 13), ("15", "injured", 15, 15)], id="left-dead"),
    pytest.param("The death toll rose to 95, with 158 wounded.",
                 [("95", "killed", 95, 95), ("158", "injured", 158, 158)], id="a-toll-that-rose-to"),
    pytest.param("Between 15 and 20 soldiers died.", [("Between 15 and 20 soldiers", "killed", 15, 20)], id="between"),
    pytest.param("The death toll had risen from 20 to 33.", [("20 to 33", "killed", 33, 33)], id="had-risen-from"),
    pytest.param("The toll rose from 40 to 63.", [("63", "killed", 63, 63)], id="what-the-toll-was-before-is-no-figure"),
    pytest.param("The presidency put the toll at 60 dead and 115 wounded.",
                 [("60", "killed", 60, 60), ("115", "injured", 115, 115)], id="a-toll-put-at"),
    pytest.param("Gunmen shot dead three farmers near Arden.", [("three farmers", "killed", 3, 3)], id="shot-dead"),
    pytest.param("The attack claimed the lives of 47 villagers.", [("47 villagers", "killed", 47, 47)], id="claimed-the-lives"),
    pytest.param("A family of five were killed.", [("A family of five", "killed", 5, 5)], id="a-family-of-five"),
    pytest.param("Dozens of people were wounded.", [("Dozens of people", "injured", None, None)], id="dozens-have-no-number"),
    pytest.param("No one was hurt.", [("No one", "injured", 0, 0)], id="no-one-is-zero"),
    pytest.param("Rebels kidnapped 14 teachers.", [("14 teachers", "abducted", 14, 14)], id="kidnapped"),
    pytest.param("The hospital received 20 casualties.", [("20", "casualties", 20, 20)], id="casualties-are-not-deaths"),
    pytest.param("At least 40 people were killed and injured.", [("At least 40 people", "casualties", 40, None)],
                 id="killed-and-injured-are-casualties"),
    pytest.param("The shelling left 30 civilians dead or wounded.", [("30 civilians", "casualties", 30, 30)],
                 id="dead-or-wounded-are-casualties"),
    pytest.param("Multiple gunmen killed three guards.", [("three guards", "killed", 3, 3)], id="killers-are-not-the-killed"),
    pytest.param("Two men were shot, one fatally.",
                 [("Two men", "injured", 2, 2), ("one", "killed", 1, 1)], id="one-of-those-shot-died"),
])
def test_counted_people_and_their_fate(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize("text", [
    "The 200 soldiers were not hurt.",
    "A total of 300 students attend the school.",
    "The ministry employs 40 people.",
])
def test_people_to_whom_nothing_is_said_to_have_happened_give_no_figure(text):
    assert told(text) == []


def test_a_part_knows_the_whole_it_belongs_to():
    document, people = people_in("Gunmen killed nine people, including two children.")
    nine, two = people
    assert document.spacy[two.parent].text == "people"
    assert (nine.parent, nine.fate.effect, two.fate.effect, two.side) == (None, "killed", "killed", "civilians")


def test_persons_listed_together_share_a_chain():
    _, people = people_in("A man, a woman and a child were killed when a bomb exploded.")
    assert len(people) == 3
    assert len({p.chain for p in people}) == 1
    assert {p.fate.effect for p in people} == {"killed"}


def test_a_bomber_who_kills_himself_is_an_attacker_and_the_others_are_not():
    _, people = people_in("He blew up the car, killing himself and four others.")
    assert [(p.attacker, p.fate.effect) for p in people] == [(True, "killed"), (False, "killed")]


def test_a_name_that_died_is_a_person():
    _, people = people_in("Police said Orla Venn, 17, died at the scene.")
    assert [(p.name, p.fate.effect) for p in people] == [("Orla Venn", "killed")]


def test_an_age_stands_for_a_person():
    _, people = people_in("A 17-year-old was pronounced dead at the scene.")
    assert [p.fate.effect for p in people] == ["killed"]
