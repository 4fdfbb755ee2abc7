"""What becomes a figure: who is counted once, what is a part of what, and what "shot" means beside the dead."""

from __future__ import annotations

from pathlib import Path

import pytest

import dateline
from dateline.extract.document import Document
from dateline.extract.nlp import pipeline
from dateline.extract.pipeline import steps
from tests.helpers import a_report


def account_of(text):
    """The one account that steps read out of a report with this text."""
    report = a_report(text=text)
    document = Document(report, spacy=pipeline()(text))
    for step in steps():
        step.run(document)
    [account] = document.accounts
    return account


def figures_in(text):
    """(effect, value, scope) of each figure of harm, in the order told."""
    harm = {"killed", "injured", "casualties"}
    return [(f.effect, f.value, f.scope) for f in account_of(text).figures if f.effect in harm]


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("Six people were shot in Arden on Friday, one fatally. The shooting began after a dance.",
                 [("casualties", 6, "incident"), ("injured", 5, "incident"), ("killed", 1, "incident")],
                 id="the-rest-of-those-shot-are-injured"),
    pytest.param("Four people were shot in Arden on Friday. Two were pronounced dead and two others are in serious condition.",
                 [("casualties", 4, "incident"), ("killed", 2, "incident"), ("injured", 2, "part")],
                 id="the-injured-are-not-derived-where-they-are-told"),
    pytest.param("Four people were shot in Arden on Friday.", [("injured", 4, "incident")], id="shot-alone-is-injured"),
    pytest.param("A man died and three others were shot in Arden on Friday.",
                 [("killed", 1, "incident"), ("injured", 3, "incident")], id="others-beside-the-dead-are-not-among-them"),
])
def test_people_shot_are_killed_or_injured(text, expected):
    assert figures_in(text) == expected


def test_whoever_is_of_another_side_is_no_part_of_those_counted():
    account = account_of("Soldiers killed 11 rebels in a clash in Arden on Friday. A civilian was hit by a bullet and died.")
    assert [(f.value, f.side, f.part_of) for f in account.figures if f.effect == "killed"] == [
        (11, "armed group", None), (1, "civilians", None)]


def test_a_guard_who_is_told_of_as_a_father_is_one_of_the_guards():
    account = account_of("Two soldiers were shot dead at a courthouse in Arden on Friday. Bel Corda, a father of three, was "
                         "killed near the door.")
    assert sum(f.value for f in account.figures if f.effect == "killed" and f.scope == "incident" and f.part_of is None) == 2


def test_those_left_over_carry_the_words_of_both_counts():
    account = account_of("Six people were shot in Arden on Friday, one fatally.")
    [injured] = [f for f in account.figures if f.effect == "injured"]
    assert [e.quote for e in injured.evidence] == ["Six people were shot", "one fatally"]
    assert (injured.low, injured.high, injured.modifier) == (5, 5, "exact")


def test_shot_in_a_war_is_killed_or_injured():
    [figure] = account_of("Rebel gunmen shot two guards at an army base in Arden on Friday.").figures
    assert (figure.effect, figure.value) == ("casualties", 2)


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("Two men were killed in a shooting in Arden on Friday. A man was shot in the chest and died at the scene.",
                 [("killed", 2), ("killed", 1)], id="one-of-those-counted-is-a-part"),
    pytest.param("Five women and five men were injured in a shooting in Arden on Friday.",
                 [("injured", 5), ("injured", 5)], id="equal-counts-listed-together-are-two"),
    pytest.param("A shooting in Arden on Friday left at least 15 people dead. The gunmen killed two guards at the door.",
                 [("killed", 15), ("killed", 2)], id="a-kind-of-people-beside-a-count-of-people"),
])
def test_parts(text, expected):
    figures = [f for f in account_of(text).figures if f.effect in {"killed", "injured"}]
    assert [(f.effect, f.value) for f in figures] == expected
    assert [f.scope for f in figures[1:]] == ["part"]


def test_a_part_points_to_its_whole():
    whole, part = account_of("A shooting in Arden on Friday left at least 15 people dead. The gunmen killed two guards.").figures
    assert (part.part_of, part.who, whole.scope) == (whole.id, "guards", "incident")


@pytest.mark.parametrize("text", [
    pytest.param("A shooting in Arden on Friday left two dead. A third person has died, police said.", id="a-third-beside-two"),
    pytest.param("A woman and two students were killed in a shooting in Arden on Friday.", id="listed-with-a-count"),
    pytest.param("A teacher was killed in a shooting in Arden on Friday. Two other people died later.", id="others-beside-one"),
])
def test_those_beside_each_other_add_up(text):
    parts = [f for f in account_of(text).figures if f.effect == "killed"]
    assert {(f.scope, f.part_of) for f in parts} == {("part", None)}
    assert sum(f.value for f in parts) == 3


def test_no_one_else_hurt_is_no_toll():
    figures = account_of("A boy was shot in the leg in Arden on Friday. No one else was injured.").figures
    assert [(f.value, f.scope) for f in figures] == [(1, "incident"), (0, "part")]


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("A man accidentally shot himself in the leg in Arden on Friday. He is recovering at a clinic.",
                 [("injured", 1)], id="he-who-shot-himself-by-accident-is-told-once"),
    pytest.param("A teenager who shot himself in front of friends in Arden on Friday has died.",
                 [("killed", 1)], id="who-shot-himself-is-who-died"),
    pytest.param("A boy, 5, was shot in Arden on Friday. Police say he accidentally shot himself in the foot.",
                 [("injured", 1)], id="he-shot-himself"),
    pytest.param("Police in Arden charged the father of a 4-year-old girl who fatally shot herself on Friday.",
                 [("killed", 1)], id="a-girl-who-shot-herself"),
    pytest.param("A toddler died in Arden on Friday. Tam Venn, 3, shot himself, the coroner said.",
                 [("killed", 1)], id="a-child-named-later"),
    pytest.param("A toddler died in Arden on Friday. Deputies described the victim picking up a loaded gun and shooting himself.",
                 [("killed", 1)], id="the-victim-picked-up-the-gun"),
    pytest.param("A teenager, Christopher Venn, was killed in Arden on Friday. His cousin said that the gunman had killed Chris.",
                 [("killed", 1)], id="a-first-name-cut-short"),
    pytest.param("Gunmen have killed a clerk in Arden on Friday. Police said that a gunman had killed the clerk.",
                 [("killed", 1)], id="who-has-killed-is-not-killed"),
    pytest.param("A 22-year-old man was shot in Arden on Friday. He died at a hospital.", [("killed", 1)], id="he-died"),
    pytest.param("A woman was shot in Arden on Friday. Orla Venn, 31, was pronounced dead at the scene.",
                 [("killed", 1)], id="named-later"),
    pytest.param("The boy, Tam Venn, was hit by a stray bullet in Arden on Friday.", [("injured", 1)], id="named-at-once"),
    pytest.param("A man was shot and killed in Arden on Friday. A woman was also shot in the arm.",
                 [("killed", 1), ("injured", 1)], id="also-is-somebody-else"),
    pytest.param("A 16-year-old boy died after a shooting in Arden on Friday. A 40-year-old man was taken to a hospital "
                 "with a gunshot wound.", [("killed", 1), ("injured", 1)], id="other-ages-are-other-persons"),
])
def test_nobody_is_counted_twice(text, expected):
    assert [(f.effect, f.value) for f in account_of(text).figures] == expected


def test_what_a_pronoun_tells_is_evidence():
    [figure] = account_of("A 22-year-old man was shot in Arden on Friday. He died at a hospital.").figures
    assert [e.quote for e in figure.evidence] == ["22-year-old man was shot", "He died"]


def test_who_hurts_himself_alone_is_not_counted_apart():
    [figure] = account_of("A farmer shot himself in the foot in Arden on Friday.").figures
    assert (figure.effect, figure.of) == ("injured", None)


def test_a_child_who_shot_himself_is_no_attacker():
    text = "A 4-year-old boy died in Arden on Friday. The sheriff said the boy accidentally shot himself in the head."
    assert all(actor.role == "victim" for actor in account_of(text).actors)


def test_who_killed_others_and_himself_is_told_once():
    text = "Officials are saying that a retired police officer has killed his two children and himself in Arden on Friday."
    assert [(f.value, f.who) for f in account_of(text).figures] == [(2, "children"), (1, "himself")]


def test_those_of_a_list_that_adds_up_to_more_than_anothers_count_are_no_parts_of_it():
    account = account_of("On Thursday gunmen killed 13 border guards and nearly 200 traders at the port of Arden. "
                          "According to Tam Quillip, the attack on the port, which killed 200 people, was a warning.")
    told = {(f.words, f.who): (f.scope, f.part_of, f.standing) for f in account.figures if f.effect == "killed"}
    assert told == {("13", "border guards"): ("part", None, "stands"), ("nearly 200", "traders"): ("part", None, "stands"),
                    ("200", "people"): ("incident", None, "stands")}


def test_attackers_killed_are_no_part_of_those_they_killed():
    text = "Gunmen killed 40 people at a college in Arden on Friday. Police said four attackers were killed."
    killed = [f for f in account_of(text).figures if f.effect == "killed"]
    assert [(f.value, f.part_of) for f in killed] == [(40, None), (4, None)]


def test_one_dead_and_others_wounded_are_two_counts():
    text = "A shooting left one man dead and six others with gunshot wounds in Arden on Friday."
    assert figures_in(text) == [("killed", 1, "incident"), ("injured", 6, "incident")]


def test_attackers_among_the_dead_are_a_part_of_that_speakers_count():
    account = account_of("State radio said that 47 people were killed by a car bomb in Arden on Friday. The mayor said that 60 "
                         "people were dead and that five bombers were among the dead.")
    radio, mayor, bombers = account.figures
    assert (radio.value, mayor.value, bombers.value, bombers.part_of) == (47, 60, 5, mayor.id)


@pytest.mark.parametrize(("text", "scope"), [
    pytest.param("At least 11 farmers were killed in air strikes on a rebel-held village near Arden on Friday.", "incident",
                 id="strikes-on-one-village"),
    pytest.param("Some 30 soldiers were killed in clashes with rebels near Arden on Friday.", "incident",
                 id="clashes-at-one-town"),
    pytest.param("Some 30 farmers were killed in separate air strikes near Arden and Bara on Friday.", "several_incidents",
                 id="separate-strikes"),
    pytest.param("Some 30 farmers were killed in air strikes across the country on Friday.", "several_incidents",
                 id="strikes-across-a-country"),
    pytest.param("Four people were killed in shootings in Arden on Friday.", "several_incidents", id="shootings"),
])
def test_fire_comes_in_salvoes_and_is_one_incident_until_it_is_told_apart(text, scope):
    assert [f.scope for f in account_of(text).figures] == [scope]


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("Six farmers were among at least 22 people killed in a raid on Arden on Friday.",
                 [("killed", 6, "part"), ("killed", 22, "incident")], id="were-among-those-killed"),
    pytest.param("A blast hit the market of Arden on Friday. Among the dead were a woman and three guards.",
                 [("killed", 3, "part"), ("killed", 1, "part")], id="among-the-dead-were"),
    pytest.param("A driver was killed along with two other people by a blast that hit their bus in Arden on Friday.",
                 [("killed", 1, "part"), ("killed", 2, "part")], id="along-with"),
    pytest.param("The mayor said 150 bodies were counted in Arden, 100 in Bara and 67 in Corve after Friday's attack.",
                 [("killed", 150, "part"), ("killed", 100, "part"), ("killed", 67, "part")], id="told-on-by-place"),
    pytest.param("The mayor said 21 farmers were killed in raids on the valley on Friday, 15 in Arden and another six in Bara.",
                 [("killed", 21, "incident"), ("killed", 15, "part"), ("killed", 6, "part")], id="shared-out-by-place"),
    pytest.param("Bombers blew up two trucks in Arden on Friday killing at least 18 people including 11 children state media "
                 "reported.", [("killed", 18, "incident"), ("killed", 11, "part")], id="including-whatever-the-parse-says"),
    pytest.param("Gunmen stormed a post in a largely Orrish area of Arden province on Friday killing six farmers and five guards "
                 "the mayor said.", [("killed", 6, "part"), ("killed", 5, "part")], id="and-whatever-the-parse-says"),
    pytest.param("Militants executed nine men eight of them rebels fighting the army in Arden on Friday.",
                 [("killed", 9, "incident"), ("killed", 8, "part")], id="of-them"),
    pytest.param("Some 19 regime forces were killed on Friday when rebels blew up a tunnel in Arden.",
                 [("killed", 19, "incident")], id="forces-are-people-where-they-are-counted"),
])
def test_people_told_beside_others_share_what_became_of_them(text, expected):
    assert figures_in(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("Missiles fired from a warplane over Arden on Friday also wounded 25 others Ibrahim Orr told Hawk Wire.",
                 [("injured", 25, "incident")], id="a-name-that-speaks-is-not-hurt"),
    pytest.param("A guard was found dead in Arden on Friday, along with two other victims of the shooting.",
                 [("killed", 1, "incident")], id="found-along-with-others"),
])
def test_who_is_no_figure(text, expected):
    assert figures_in(text) == expected


def test_a_monitor_and_its_director_give_one_count():
    account = account_of("A raid killed 12 people in Arden on Friday, the Verity Observatory for Human Rights said. \"The raid "
                         "killed 12 people at the market,\" said Rami Varela, head of the Verity Observatory for Human Rights.")
    assert [f.value for f in account.figures] == [12]


SEED = sorted((Path(__file__).parents[3] / "shared" / "reports").glob("000_*.txt"))


@pytest.mark.skipif(not SEED, reason="the first report lies in ../shared/reports, which is not here")
def test_the_airport_bombing_of_the_first_report_is_13_to_213_best_200():
    [report] = dateline.read(str(SEED[0]))
    [killed] = [one.toll.killed for one in dateline.reconcile([(report, dateline.extract(report))]) if one.kind == "suicide bomb"]
    assert (killed.low, killed.best, killed.high) == (13, 200, 213)
