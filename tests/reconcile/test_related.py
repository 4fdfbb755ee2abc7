"""Incidents that belong together and are not one: revenge, and attacks of one series."""

from __future__ import annotations

import pytest

from dateline.reconcile.merge import merge
from dateline.reconcile.related import links_between
from dateline.records import Span
from reconcile.factories import ARDEN, PORT_VERITY, a_day, a_place, a_report, an_account, an_actor

OUTLET = "Verity Post"
RAID = "Fighters of Vale Front killed nine herders in Arden on Monday."
REVENGE = "On Thursday herders burned a camp near Port Verity in revenge for the killings."


def told(text, sentence, day, *, report="R1", **given):
    start = text.index(sentence)
    return an_account(report=report, id=f"A{start}{report}", when=a_day(day),
                      evidence=(Span(start, start + len(sentence), sentence),), **given)


def links(incidents, *texts):
    reports = {f"R{n}": a_report(text, id=f"R{n}", outlet=OUTLET) for n, text in enumerate(texts, 1)}
    return {one: [(link.kind, link.incident, link.note) for link in found]
            for one, found in links_between(incidents, reports).items()}


def test_an_attack_told_as_revenge_follows_up_the_one_it_avenges():
    text = f"{RAID} {REVENGE}"
    found = links({"DTL-1": [told(text, RAID, "2018-01-22")], "DTL-2": [told(text, REVENGE, "2018-01-25")]}, text)
    assert found == {"DTL-1": [], "DTL-2": [("follow_up", "DTL-1", "“in revenge”, by Verity Post")]}


def test_the_reason_may_stand_in_the_sentence_after():
    told_first = "On Thursday a camp near Port Verity was burned."
    text = f"{told_first} It was in retaliation, elders said. {RAID}"
    found = links({"DTL-1": [told(text, RAID, "2018-01-22")], "DTL-2": [told(text, told_first, "2018-01-25")]}, text)
    assert [(kind, of) for kind, of, _ in found["DTL-2"]] == [("follow_up", "DTL-1")]
    assert found["DTL-1"] == []


def test_of_several_earlier_incidents_the_one_told_nearest_is_avenged():
    older = "Two wells were bombed in Arden on 2 January."
    text = f"{older} {'Nothing more was heard for weeks. ' * 4}{RAID} {REVENGE}"
    found = links({"DTL-1": [told(text, older, "2018-01-02")], "DTL-2": [told(text, RAID, "2018-01-22")],
                   "DTL-3": [told(text, REVENGE, "2018-01-25")]}, text)
    assert [of for _, of, _ in found["DTL-3"]] == ["DTL-2"]


@pytest.mark.parametrize(("first", "second"), [
    pytest.param("2018-01-25", "2018-01-25", id="on one day neither is known to be the first"),
    pytest.param("2018-01-26", "2018-01-25", id="what comes later is not avenged"),
    pytest.param("2017-06-01", "2018-01-25", id="long ago"),
])
def test_nothing_is_avenged_that_was_not_shortly_before(first, second):
    text = f"{RAID} {REVENGE}"
    found = links({"DTL-1": [told(text, RAID, first)], "DTL-2": [told(text, REVENGE, second)]}, text)
    assert found == {"DTL-1": [], "DTL-2": []}


def test_without_a_word_of_revenge_there_is_no_link():
    text = f"{RAID} On Thursday herders burned a camp near Port Verity."
    second = text[len(RAID) + 1:]
    found = links({"DTL-1": [told(text, RAID, "2018-01-22")], "DTL-2": [told(text, second, "2018-01-25")]}, text)
    assert found == {"DTL-1": [], "DTL-2": []}


def fought(attacker, victim):
    return {"actors": (an_actor("attacker", attacker, group=attacker),
                       an_actor("victim", victim, id="a2", group=victim))}


def test_revenge_in_another_report_is_for_the_one_attack_by_those_attacked_now():
    raid = told(RAID, RAID, "2018-01-22", **fought("vale-front", "herders"))
    revenge = told(REVENGE, REVENGE, "2018-01-25", report="R2", **fought("herders", "vale-front"))
    assert [of for _, of, _ in links({"DTL-1": [raid], "DTL-2": [revenge]}, RAID, REVENGE)["DTL-2"]] == ["DTL-1"]
    twice = links({"DTL-1": [raid], "DTL-3": [raid], "DTL-2": [revenge]}, RAID, REVENGE)
    assert twice["DTL-2"] == []


def test_attacks_that_a_report_tells_as_a_series_are_linked_both_ways():
    text = ("A series of car bombs hit Arden and Port Verity on Tuesday. One killed six in Arden. "
            "Another killed two in Port Verity.")
    first, second = "One killed six in Arden.", "Another killed two in Port Verity."
    lead = Span(0, 59, text[:59])
    a = told(text, first, "2018-01-23", where=a_place(**ARDEN))
    b = told(text, second, "2018-01-23", where=a_place(**PORT_VERITY))
    both = {"DTL-1": [an_account(report="R1", id="A1", when=a.when, evidence=(lead, *a.evidence), where=a.where)],
            "DTL-2": [an_account(report="R1", id="A2", when=b.when, evidence=(lead, *b.evidence), where=b.where)]}
    assert links(both, text) == {"DTL-1": [("series", "DTL-2", "“series of”, by Verity Post")],
                                 "DTL-2": [("series", "DTL-1", "“series of”, by Verity Post")]}


def test_attacks_of_other_days_or_kinds_are_no_series():
    text = "A wave of attacks went on. One killed six in Arden on Monday. Another killed two in Port Verity on Tuesday."
    a = told(text, "One killed six in Arden on Monday.", "2018-01-22")
    b = told(text, "Another killed two in Port Verity on Tuesday.", "2018-01-23")
    c = told(text, "A wave of attacks went on.", "2018-01-22", kind="armed clash")
    assert links({"DTL-1": [a], "DTL-2": [b], "DTL-3": [c]}, text) == {"DTL-1": [], "DTL-2": [], "DTL-3": []}


def test_the_order_of_the_incidents_does_not_matter():
    text = f"{RAID} {REVENGE}"
    incidents = {"DTL-1": [told(text, RAID, "2018-01-22")], "DTL-2": [told(text, REVENGE, "2018-01-25")]}
    assert links(dict(reversed(incidents.items())), text) == links(incidents, text)


def test_attacks_counted_together_before_each_is_told_are_a_series():
    text = "Three blasts hit Vale on Thursday. A bomb killed four people in Arden. Another killed six in Port Verity."
    a = told(text, "A bomb killed four people in Arden.", "2018-01-25")
    b = told(text, "Another killed six in Port Verity.", "2018-01-25")
    found = links({"DTL-1": [a], "DTL-2": [b]}, text)
    assert [(kind, of) for kind, of, _ in found["DTL-1"]] == [("series", "DTL-2")]


@pytest.mark.parametrize(("sentence", "clarity"), [
    pytest.param("Three blasts killed 12 people in Arden on Thursday.", "lumped", id="three blasts with one count"),
    pytest.param("At least 4 separate car bombings killed 12 people in Arden.", "lumped", id="in figures"),
    pytest.param("A blast killed 12 people in Arden on Thursday.", "single", id="one blast"),
    pytest.param("Two bombers of five killed 12 people in Arden.", "single", id="several bombers of one attack"),
    pytest.param("Three of the attacks on Arden killed nobody.", "single", id="some of those told elsewhere"),
])
def test_a_series_told_as_one_is_one_lumped_incident(sentence, clarity):
    account = told(sentence, sentence, "2018-01-25")
    assert merge("DTL-1", [account], {"R1": a_report(sentence, id="R1")}).clarity == clarity


def test_a_series_is_single_where_most_reports_tell_one_attack():
    several, one = "Three blasts killed 12 people in Arden.", "A blast killed 12 people in Arden."
    accounts = [told(several, several, "2018-01-25"), told(one, one, "2018-01-25", report="R2"),
                told(one, one, "2018-01-25", report="R3")]
    reports = {f"R{n}": a_report(text, id=f"R{n}", outlet=f"Post {n}") for n, text in enumerate((several, one, one), 1)}
    assert merge("DTL-1", accounts, reports).clarity == "single"
