"""What a count covers, by the words around it. Places are made up."""

import pytest

from dateline.extract.scopes import counts_a_war, is_told_apart


@pytest.mark.parametrize("words", [
    "have been killed since the uprising against the general erupted in",
    "have been killed and 20,000 displaced since Arden's war started with",
    "Since then more than 40,000 people have been killed",
    "have been killed in Arden's conflict which started as a protest",
    "The conflict in Arden, in its fifth year, has killed more than 40,000 people",
    "a war in the north that has since claimed 40,000 lives",
    "have been killed in more than three years of fighting",
    "and millions displaced",
])
def test_a_war_is_no_incident(words):
    assert counts_a_war(words)


@pytest.mark.parametrize("words", [
    "were killed in fighting that erupted on Friday",
    "killed four people in an attack that took the civil war to the capital",
    "were killed since dawn on Friday",
    "have been killed in clashes for a town in the north",
])
def test_an_incident_is_no_war(words):
    assert not counts_a_war(words)


@pytest.mark.parametrize(("kind", "words", "apart"), [
    ("air/drone strike", "killed in air raids on the village", False),
    ("air/drone strike", "killed in air raids in and around the city", True),
    ("armed clash", "killed in a series of clashes", True),
    ("attack", "killed in shootings in the city", True),
])
def test_acts_told_together_are_one_incident_or_several(kind, words, apart):
    assert is_told_apart(kind, words) is apart
