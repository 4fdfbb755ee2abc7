"""Three incidents whose tolls were told differently by the hour and by the speaker (docs/demo-facts.md)."""

from __future__ import annotations

import itertools
import random

import pytest

from dateline.reconcile.standing import settle
from dateline.reconcile.tolls import toll
from dateline.records import Account, Report
from reconcile.factories import a_claim, a_day, a_figure, a_place, a_report, a_speaker, an_account, an_actor

HEALTH = a_speaker("Public Health Ministry", party="state:AF")
RAHIMI = a_speaker("Interior Ministry", party="state:AF")
MAJROH = a_speaker("Health Ministry", party="state:AF", person="Waheed Majroh")
SOURCES = a_speaker("health and interior ministry sources")

Told = list[tuple[Account, Report]]


def told(hours: list[tuple[str, tuple]], **given) -> Told:
    """One report an hour, with its figures."""
    found = []
    for number, (published, figures) in enumerate(hours):
        report = a_report(f"report {number}", id=f"R{number}", published=published, outlet=f"Outlet {number}")
        found.append((an_account(*figures, report=report.id, id=f"A{number}", **given), report))
    return found


def kabul() -> Told:
    return told([
        ("2018-01-27T10:00", (a_figure(40, "at_least"), a_figure(140, effect="injured"))),
        ("2018-01-27T12:00", (a_figure(63, "at_least", speaker=HEALTH),
                              a_figure(151, effect="injured", speaker=HEALTH))),
        ("2018-01-27T12:30", (a_figure(63, "at_least", speaker=RAHIMI),
                              a_figure(151, effect="injured", speaker=RAHIMI))),
        ("2018-01-27T16:00", (a_figure(95, speaker=MAJROH), a_figure(158, effect="injured", speaker=MAJROH))),
        ("2018-01-27T20:00", (a_figure(102, "at_least", speaker=SOURCES),
                              a_figure(196, effect="injured", speaker=SOURCES))),
        ("2018-01-27T21:00", (a_figure(102, "at_least", speaker=SOURCES),
                              a_figure(200, "nearly", effect="injured", speaker=SOURCES))),
    ])


MALI = {"where": a_place(name="Gao", country="ML", lat=16.27, lon=-0.04), "when": a_day("2017-01-18"), "actors": (
    an_actor("attacker", "al-Mourabitoun", group="al-mourabitoun", type=2),
    an_actor("victim", "soldiers", id="a2", type=1, country="ML")), "responsibility": (a_claim("al-mourabitoun"),)}


def gao() -> Told:
    group = a_speaker("al-Mourabitoun", "armed group", "al-mourabitoun")
    steiger = a_speaker("French military", "military", "state:FR", person="Patrik Steiger")
    total = a_figure(60, speaker=a_speaker("the president's office", party="state:ML"), id="total60")
    bombers = a_figure(5, who="suicide bombers", scope="part", part_of="total60", side="armed group", of="a1",
                       speaker=a_speaker("the government", party="state:ML"))
    return told([
        ("2017-01-18T11:00", (a_figure(35, "at_least", speaker=a_speaker("a security source", "other")),
                              a_figure(60, "about", effect="injured"))),
        ("2017-01-18T13:00", (a_figure(47, speaker=a_speaker("state television", "agency")),)),
        ("2017-01-18T17:00", (total, bombers, a_figure(115, effect="injured", speaker=total.speakers[0]))),
        ("2017-01-18T20:00", (a_figure(80, speaker=group, side="state forces"),)),
        ("2017-01-19T09:00", (a_figure(77, speaker=steiger),)),
    ], **MALI)


GARISSA = {"where": a_place(name="Garissa", country="KE", lat=-0.46, lon=39.64), "when": a_day("2015-04-02"),
           "kind": "attack", "actors": (an_actor("attacker", "gunmen", group="al-shabaab", type=2),)}


def garissa() -> Told:
    nkaissery = a_speaker("Interior Minister", party="state:KE", person="Joseph Nkaissery")
    agency = a_speaker("National Disaster Operations Centre")
    attackers = a_figure(4, who="attackers", of="a1", side="armed group", speaker=nkaissery)
    return told([
        ("2015-04-02T05:00", (a_figure(15, "at_least"),)),
        ("2015-04-02T06:00", (a_figure(2, who="guards", side="civilians", scope="part",
                                       speaker=a_speaker("police", "police")),
                              a_figure(30, effect="casualties"))),
        ("2015-04-02T20:00", (a_figure(147, speaker=agency),
                              a_figure(79, "at_least", effect="injured", speaker=agency))),
        ("2015-04-02T21:00", (a_figure(147, speaker=nkaissery), attackers,
                              a_figure(None, "word", who="students", side="civilians", scope="part"))),
    ], **GARISSA)


def toll_of(pairs: Told, effect="killed", rule="reliable"):
    reports = {report.id: report for _, report in pairs}
    found = toll(settle([account for account, _ in pairs], reports), effect, rule, reports)
    return (found.low, found.best, found.high)


@pytest.mark.parametrize("order", ["as it came", "backwards", "shuffled"])
@pytest.mark.parametrize(("told_of", "effect", "rule", "expected"), [
    pytest.param(kabul, "killed", "reliable", (102, 102, None), id="kabul: earlier counts are superseded"),
    pytest.param(kabul, "killed", "lowest", (102, 102, None), id="kabul, lowest standing total"),
    pytest.param(kabul, "injured", "reliable", (196, 196, 196), id="kabul: nearly 200 is 196 in round numbers"),
    pytest.param(gao, "killed", "reliable", (77, 77, 80), id="gao: the group's own count moves the high only"),
    pytest.param(gao, "killed", "lowest", (77, 77, 80), id="gao: bombers among the dead are not added"),
    pytest.param(garissa, "killed", "reliable", (147, 147, 147), id="garissa: attackers apart"),
    pytest.param(garissa, "killed", "lowest", (151, 151, 151), id="garissa, lowest: the four attackers are in it"),
    pytest.param(garissa, "injured", "reliable", (79, 79, None), id="garissa: casualties are no injured count"),
])
def test_the_demo_table_comes_out(told_of, effect, rule, expected, order):
    pairs = told_of()
    if order == "backwards":
        pairs = pairs[::-1]
    elif order == "shuffled":
        random.Random(7).shuffle(pairs)
    assert toll_of(pairs, effect, rule) == expected


def test_the_toll_is_the_same_whatever_came_first():
    assert {toll_of(list(pairs)) for pairs in itertools.permutations(gao())} == {(77, 77, 80)}


def test_attackers_are_counted_by_actor():
    pairs = garissa()
    reports = {report.id: report for _, report in pairs}
    found = toll(settle([account for account, _ in pairs], reports), "killed", "reliable", reports)
    assert [(part.of, part.low, part.best, part.high) for part in found.by_actor] == [("al-shabaab", 4, 4, 4)]


def test_the_seed_airport_attack_is_13_to_213_best_200():
    airport = an_account(
        a_figure(13, who="US service members", side="foreign forces", scope="part"),
        a_figure(200, "nearly", who="Afghan civilians", side="civilians", scope="part"),
        a_figure(200, speaker=a_speaker("Mockaitis", "other", person="Tom Mockaitis")))
    found = toll(settle([airport], {}), "killed", "reliable")
    assert (found.low, found.best, found.high) == (13, 200, 213)
    assert [(part.of, part.low, part.high) for part in found.by_side] == [
        ("civilians", None, 200), ("foreign forces", 13, 13)]


def test_the_seed_strike_is_ten_or_more():
    strike = an_account(a_figure(10, "at_least"), kind="air/drone strike")
    found = toll(settle([strike], {}), "killed", "reliable")
    assert (found.low, found.best, found.high) == (10, 10, None)
