from __future__ import annotations

import random

import pytest

from dateline.reconcile.copies import Relation, containment, looked_up_by, relate, sketch_of
from dateline.reconcile.stories import link_copies
from reconcile.factories import a_report

WIRE = """A bomb exploded in the fish market of Port Verity on Monday and killed 12 people, the mayor said. Traders were
setting up their stalls when the charge, hidden under a handcart, went off at about seven in the morning. Thirty
more were taken to the district hospital, where surgeons worked through the day. No group has said that it was
behind the blast. The harbour town has been quiet since a truce was signed in the spring, and officials feared
that the attack could end it. The governor closed the ferry terminal and asked residents to stay at home until
the streets had been searched. Fishermen who had landed their catch at dawn carried the wounded to trucks before
the first ambulance came down the hill."""
OTHER = """Talks about the river tariff broke off in Arden on Monday after the delegates of the upper valley left.
The chairman said that he would call them again next week and that nobody had an interest in a dispute over
water prices. Farmers had blocked the bridge for two days and asked for a share of the toll that barges pay at
the weir."""
FOOTER = """The Verity Post is a member of the Coast Press Union and follows its code. Write to the desk with a tip, and
we will call you back within a day. Our reporters are paid by subscribers, not by parties or firms, and never pay
for news."""

STABLE = 4475916206259131367      # it is an index in the record: another value would orphan it


def related(new, *kept):
    return relate(new, sketch_of(new.text), [(one, sketch_of(one.text)) for one in kept])


FIRST = a_report(WIRE, id="R1", published="2024-03-11T09:00", agency="Hawk Wire")
SENTENCES = WIRE.replace("\n", " ").split(". ")


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param(WIRE, Relation("copy", "R1"), id="the same text in another outlet"),
    pytest.param(". ".join(SENTENCES[:3]) + ".", Relation("copy", "R1"), id="trimmed from the end"),
    pytest.param("PORT VERITY - " + WIRE + " (Hawk Wire)", Relation("copy", "R1"), id="another head and tail"),
    pytest.param(WIRE.replace("Thirty", "30"), Relation("copy", "R1"), id="digits by house style"),
    pytest.param(WIRE.replace("killed 12", "killed 15"), Relation("version", "R1", "update"), id="a toll that rose"),
    pytest.param(WIRE.replace("killed 12", "killed at least fifteen"), Relation("version", "R1", "update"),
                 id="a toll that rose, in words"),
    pytest.param(OTHER, None, id="another story"),
    pytest.param("", None, id="no words at all"),
])
def test_a_later_report_is_a_copy_a_version_or_its_own_story(text, expected):
    assert related(a_report(text, id="R2", published="2024-03-11T12:00", outlet="Arden Star"), FIRST) == expected


def test_what_two_outlets_print_under_every_story_makes_no_copy():
    kept = a_report(WIRE + "\n\n" + FOOTER, id="R1", published="2024-03-11T09:00")
    assert related(a_report(OTHER + "\n\n" + FOOTER, id="R2", published="2024-03-11T10:00"), kept) is None


def test_a_form_filled_in_for_another_day_is_another_story():
    kept = a_report(WIRE, id="R1", published="2024-03-11T09:00")
    new = a_report(WIRE.replace("Monday", "Thursday").replace("12", "3"), id="R2", published="2024-03-14T09:00")
    assert related(new, kept) is None


@pytest.mark.parametrize("mark", ["correction", "retraction", "update"])
def test_a_marked_report_is_a_version(mark):
    new = a_report("CORRECTS toll. " + WIRE.replace("12", "11"), id="R2", published="2024-03-11T18:00",
                   agency="Hawk Wire", update_kind=mark)
    assert related(new, FIRST) == Relation("version", "R1", mark)


def test_a_withdrawal_in_few_words_finds_its_story():
    notice = a_report("Hawk Wire withdraws its story about a bomb in the fish market of Port Verity: the mayor did "
                      "not speak of a blast.", id="R2", published="2024-03-11T20:00", agency="Hawk Wire",
                      update_kind="retraction")
    story = a_report(WIRE, id="R1", published="2024-03-11T09:00", agency="Hawk Wire", title="Bomb in market")
    assert related(notice, a_report(OTHER, id="R0", published="2024-03-11T08:00", agency="Hawk Wire"), story) == \
        Relation("version", "R1", "retraction")


def test_a_copy_of_a_copy_names_the_original():
    copy = a_report(WIRE, id="R2", published="2024-03-11T10:00", outlet="Arden Star", copy_of="R1")
    again = a_report(WIRE, id="R3", published="2024-03-11T11:00", outlet="Bay News")
    assert related(again, copy) == Relation("copy", "R1")


def test_a_report_that_came_late_but_was_written_first_is_no_update():
    kept = a_report(WIRE.replace("12", "15"), id="R2", published="2024-03-11T12:00")
    assert related(a_report(WIRE, id="R1", published="2024-03-11T09:00"), kept) == Relation("version", "R2", None)


def test_links_do_not_depend_on_the_order_of_arrival():
    reports = [FIRST, a_report(WIRE, id="R2", published="2024-03-11T10:00", outlet="Arden Star"),
               a_report(". ".join(SENTENCES[:4]), id="R3", published="2024-03-11T11:00", outlet="Bay News"),
               a_report(OTHER, id="R4", published="2024-03-11T11:00")]
    expected = {"R1": None, "R2": "R1", "R3": "R1", "R4": None}
    for seed in range(5):
        shuffled = random.Random(seed).sample(reports, len(reports))
        assert {report.id: report.copy_of for report in link_copies(shuffled)} == expected


def test_short_wires_are_sketched_whole():
    text = "A bomb killed two people in Arden on Monday, police said."
    assert len(sketch_of(text)) == 7
    assert containment(sketch_of(text), sketch_of(text + " " + WIRE)) > 0.0


@pytest.mark.parametrize("words", [60, 400, 3000])
def test_a_third_of_a_text_is_found_by_the_few_hashes_that_are_looked_up(words):
    dice = random.Random(words)
    missed = 0
    for _ in range(50):
        text = [f"word{dice.randrange(10**6)}" for _ in range(words)]
        cut = text[words // 3:2 * words // 3]
        whole, part = sketch_of(" ".join(text)), sketch_of(" ".join(cut))
        assert len(looked_up_by(whole)) == len(set(looked_up_by(whole))) <= 16
        missed += whole.isdisjoint(looked_up_by(part)) + part.isdisjoint(looked_up_by(whole))
    assert missed <= 2


def test_a_sketch_is_stable_and_folded():
    assert sketch_of("One two three four five.") == frozenset({STABLE})
    assert sketch_of("one  TWO thr\u00e9e, four five") == frozenset({STABLE})


def test_hostile_text_costs_no_more_than_its_length():
    related(a_report("a " * 200_000, id="R2"), a_report("a " * 200_000 + "!", id="R1"))


def test_two_briefs_of_one_template_on_two_places_are_no_copies():
    kunduz = a_report("A bomb killed four soldiers in Kunduz on Monday, police said. No group claimed the attack.", id="R1")
    ghazni = a_report("A bomb killed four soldiers in Ghazni on Monday, police said. No group claimed the attack.", id="R2")
    assert related(ghazni, kunduz) is None
