"""What became of people, by the words of the clause around them."""

from __future__ import annotations

import pytest

from tests.extract.test_people import people_in


def fates_in(text):
    _, people = people_in(text)
    return [p.fate.effect for p in people]


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("A man was shot and died at the scene.", ["killed"], id="shot-and-died"),
    pytest.param("A man was killed and a girl was shot.", ["killed", "injured"], id="two-verbs-two-subjects"),
    pytest.param("A gunman shot a guard and killed a clerk.", ["injured", "killed"], id="two-verbs-two-objects"),
    pytest.param("Two women were fatally wounded.", ["killed"], id="fatally"),
    pytest.param("The army lost 13 soldiers in the battle.", ["killed"], id="lost-soldiers"),
    pytest.param("The army lost two tanks in the battle.", [], id="lost-things"),
    pytest.param("A man took his own life.", ["killed"], id="took-his-own-life"),
    pytest.param("At least four policemen embraced martyrdom on Sunday.", ["killed"], id="embraced-martyrdom"),
    pytest.param("A girl was struck by gunfire.", ["injured"], id="struck-by-gunfire"),
    pytest.param("Someone opened fire, hitting two students.", ["injured"], id="fire-that-hits"),
    pytest.param("A gun went off, striking his brother in the head.", ["injured"], id="struck-in-the-head"),
    pytest.param("Two ships struck the pier.", [], id="ships-strike-a-pier"),
    pytest.param("Police found a man with a gunshot wound.", ["injured"], id="with-a-wound"),
    pytest.param("Two men were found suffering from gunshot wounds.", ["injured"], id="suffering-from-wounds"),
    pytest.param("Three men walked into a clinic with bullet wounds.", ["injured"], id="walked-in-with-wounds"),
    pytest.param("A woman was taken to a hospital.", ["injured"], id="taken-to-a-hospital"),
    pytest.param("A woman was taken to a hospital for evaluation.", [], id="taken-for-evaluation-only"),
    pytest.param("Two women were taken to a hospital, where they later died.", ["killed"], id="died-in-the-hospital"),
    pytest.param("A boy was rushed to a hospital but did not survive.", ["killed"], id="did-not-survive"),
    pytest.param("A woman was taken to the hospital where a man had died.", ["injured", "killed"], id="another-died-there"),
    pytest.param("The clerk is in critical condition.", ["injured"], id="in-critical-condition"),
    pytest.param("The clerk is expected to survive.", ["injured"], id="expected-to-survive"),
    pytest.param("Two men suffered injuries and were released from the hospital.", ["injured"], id="released-from-a-hospital"),
    pytest.param("The attack left one dead and two others in critical condition.", ["killed", "injured"],
                 id="dead-and-in-condition"),
    pytest.param("Four men shot in Arden", ["injured"], id="headline"),
    pytest.param("A boy was shot in the lower body.", ["injured"], id="a-body-that-lives"),
    pytest.param("The body of a boy was found.", ["killed"], id="the-body-of-a-boy-is-one"),
    pytest.param("Rebels held guests hostage.", [], id="held-hostage-counts-nobody"),
    pytest.param("Four teachers were kidnapped and killed.", ["killed"], id="what-became-of-them-in-the-end"),
])
def test_fate(text, expected):
    assert fates_in(text) == expected


def test_stable_condition_tells_that_somebody_lives():
    _, [stable] = people_in("A man was in stable condition.")
    _, [critical] = people_in("A man was in critical condition.")
    assert (stable.fate.lives, critical.fate.lives) == (True, False)


@pytest.mark.parametrize("text", [
    pytest.param("Orla Venn, 31, and Tam Hale, 22, were killed.", id="ages-after-names"),
    pytest.param("Orla Venn and Tam Hale, both 21, were killed.", id="both-21"),
    pytest.param("A woman called 911 and two guests were killed.", id="a-number-to-dial"),
])
def test_numbers_that_count_nobody(text):
    _, people = people_in(text)
    assert [p.count.words for p in people if p.count and p.count.words.isdecimal()] == []


@pytest.mark.parametrize(("text", "name"), [
    pytest.param("Jordan Hale, 18, was killed.", "Jordan Hale", id="a-name-that-is-a-land-too"),
    pytest.param("Linn County Jail was hit by gunfire.", None, id="a-building"),
])
def test_names(text, name):
    _, people = people_in(text)
    assert [p.name for p in people] == ([name] if name else [])
