from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reconcile.standing import settle
from dateline.reconcile.tolls import toll
from reconcile.factories import a_figure, a_report, a_speaker, an_account, an_actor

POLICE = a_speaker("police", "police")
MAYOR = a_speaker("the mayor")
CLINIC = a_speaker("Verity clinic", "hospital")
GROUP = a_speaker("the rebels", "armed group", "the-rebels")


def toll_of(*figures, rule="reliable", kind="attack", effect="killed", one_account=True):
    given_accounts = [an_account(*figures, kind=kind)] if one_account else [
        an_account(figure, kind=kind, report=f"R{number}", id=f"A{number}") for number, figure in enumerate(figures)]
    found = toll(settle(given_accounts, {}), effect, rule)
    return (found.low, found.best, found.high)


@pytest.mark.parametrize(("figures", "expected"), [
    pytest.param([], (None, None, None), id="no count at all is unknown, not zero"),
    pytest.param([a_figure(0)], (0, 0, 0), id="nobody is zero"),
    pytest.param([a_figure(10, "at_least")], (10, 10, None), id="at least leaves the high open"),
    pytest.param([a_figure(20, "more_than")], (21, 21, None), id="more than 20 is 21"),
    pytest.param([a_figure(200, "nearly")], (None, 200, 200), id="nearly has no low"),
    pytest.param([a_figure(None, "range", low=15, high=20)], (15, 15, 20), id="a range"),
    pytest.param([a_figure(None, "word")], (None, None, None), id="dozens is no number"),
    pytest.param([a_figure(3, scope="part", side="civilians"), a_figure(4, scope="part", side="state forces")],
                 (7, 7, 7), id="parts add up"),
    pytest.param([a_figure(3, scope="part", who="men"), a_figure(3, scope="part", who="men", id="F2"),
                  a_figure(3, scope="part", who="men", id="F3")], (9, 9, 9), id="three in each of three districts"),
    pytest.param([a_figure(10, id="T"), a_figure(6, scope="part", part_of="T")], (10, 10, 10), id="a part of a total"),
    pytest.param([a_figure(10), a_figure(2, scope="part", who="guards")], (10, 10, 10), id="a detail beside a total"),
    pytest.param([a_figure(3, scope="part"), a_figure(None, "word", scope="part", who="others")], (3, 3, None),
                 id="a part without a number leaves the high open"),
    pytest.param([a_figure(12, effect="casualties")], (None, None, None), id="casualties are not deaths"),
    pytest.param([a_figure(12, scope="several_incidents"), a_figure(24000, scope="cumulative")], (None, None, None),
                 id="several incidents and whole wars are left out"),
    pytest.param([a_figure(7, standing="stands", speaker=CLINIC, scope="one_site")], (7, 7, 7), id="one site, alone"),
    pytest.param([a_figure(12, speaker=POLICE), a_figure(7, speaker=CLINIC, scope="one_site")], (12, 12, 12),
                 id="one site beside a total"),
])
def test_a_toll_from_one_account(figures, expected):
    assert toll_of(*figures) == expected


@pytest.mark.parametrize(("rule", "expected"), [
    ("reliable", (9, 12, 14)), ("lowest", (9, 9, 14)), ("majority", (9, 14, 14))])
def test_the_rule_chooses_the_best(rule, expected):
    figures = [a_figure(12, speaker=CLINIC), a_figure(9, speaker=a_speaker("a shopkeeper", "witness")),
               a_figure(14, speaker=POLICE), a_figure(14, speaker=MAYOR)]
    assert toll_of(*figures, rule=rule, one_account=False) == expected


def test_the_latest_rule_takes_the_latest_count_whoever_gives_it():
    figures = [a_figure(12, speaker=CLINIC, as_of="2018-01-27"),
               a_figure(14, speaker=a_speaker("a shopkeeper", "witness"), as_of="2018-01-28")]
    assert toll_of(*figures, rule="latest", one_account=False) == (12, 14, 14)


def test_a_partys_count_of_its_enemys_dead_moves_the_high_only():
    assert toll_of(a_figure(5, speaker=POLICE), a_figure(30, speaker=GROUP), one_account=False) == (5, 5, 30)
    assert toll_of(a_figure(30, speaker=GROUP)) == (None, None, 30)


def test_both_sides_dead_of_a_battle_are_in_its_toll():
    fight = an_account(a_figure(3, side="state forces", of="a2"), a_figure(8, side="armed group", of="a1"),
                       kind="armed clash", actors=(an_actor("attacker", "rebels", group="the-rebels", type=2),
                                                   an_actor("victim", "soldiers", id="a2", type=1, country="XA")))
    found = toll(settle([fight], {}), "killed")
    assert (found.low, found.best, found.high) == (11, 11, 11)
    assert [(part.of, part.best) for part in found.by_actor] == [("soldiers", 3), ("the-rebels", 8)]


MONITOR = a_speaker("Coast Observatory", "monitor")
ARMY = a_speaker("the army", "military", "state:XA")
CIVILIANS = {"side": "civilians", "who": "civilians"}
FIGHTERS = {"side": "armed group", "who": "fighters"}
STRIKE = "air/drone strike"


@pytest.mark.parametrize("one_account", [True, False], ids=["in one report", "in two"])
@pytest.mark.parametrize("scope", ["incident", "part"])
def test_who_the_dead_were_may_be_disputed_and_rivals_are_never_added_up(one_account, scope):
    figures = [a_figure(36, speaker=MONITOR, scope=scope, **CIVILIANS), a_figure(40, speaker=ARMY, scope=scope, **FIGHTERS)]
    assert toll_of(*figures, kind=STRIKE, one_account=one_account) == (36, 36, 40)


@pytest.mark.parametrize("one_account", [True, False], ids=["in one report", "in two"])
def test_of_rivals_that_are_no_party_the_better_placed_leads(one_account):
    figures = [a_figure(36, speaker=CLINIC, **CIVILIANS), a_figure(40, speaker=MONITOR, **FIGHTERS)]
    assert toll_of(*figures, kind=STRIKE, one_account=one_account) == (36, 36, 40)


def test_what_one_speaker_tells_of_both_is_added_up_against_the_rival():
    figures = [a_figure(30, speaker=MONITOR, **CIVILIANS), a_figure(6, speaker=MONITOR, **FIGHTERS),
               a_figure(40, speaker=ARMY, **FIGHTERS)]
    assert toll_of(*figures, kind=STRIKE) == (36, 36, 40)


def test_the_sides_of_a_dispute_are_shown_side_by_side():
    account = an_account(a_figure(36, speaker=MONITOR, **CIVILIANS), a_figure(40, speaker=ARMY, **FIGHTERS), kind=STRIKE)
    found = toll(settle([account], {}), "killed")
    assert [(part.of, part.high) for part in found.by_side] == [("armed group", 40), ("civilians", 36)]


def test_one_speakers_civilians_and_fighters_are_different_people():
    figures = [a_figure(4, speaker=MONITOR, **CIVILIANS), a_figure(10, speaker=MONITOR, **FIGHTERS)]
    assert toll_of(*figures, kind=STRIKE) == (14, 14, 14)


def test_bystanders_and_fighters_of_a_battle_are_different_people():
    figures = [a_figure(4, speaker=CLINIC, **CIVILIANS), a_figure(10, speaker=MONITOR, **FIGHTERS)]
    assert toll_of(*figures, kind="armed clash") == (14, 14, 14)


FIGURES = st.builds(
    lambda value, modifier, scope, speaker, side, day: a_figure(
        value, modifier, scope=scope, speaker=speaker, side=side, as_of=day),
    st.integers(0, 60), st.sampled_from(["exact", "at_least", "more_than", "nearly", "up_to", "about", "word"]),
    st.sampled_from(["incident", "part", "increment", "one_site", "cumulative"]),
    st.sampled_from([None, POLICE, MAYOR, CLINIC, GROUP]),
    st.sampled_from(["unknown", "civilians", "state forces", "armed group"]),
    st.sampled_from([None, "2018-01-27", "2018-01-27T12:00", "2018-01-28"]))
RULES = ["reliable", "lowest", "latest", "majority"]


def spread(figures):
    """Two figures an account."""
    return [an_account(*{figure.id: figure for figure in figures[at:at + 2]}.values(), report=f"R{at}", id=f"A{at}")
            for at in range(0, len(figures), 2)]


@settings(max_examples=150, deadline=None)
@given(st.lists(FIGURES, max_size=8), st.sampled_from(RULES))
def test_low_best_high_are_in_order(figures, rule):
    found = toll(settle(spread(figures), {}), "killed", rule)
    for part in (found, *found.by_side, *found.by_actor):
        known = [value for value in (part.low, part.best, part.high) if value is not None]
        assert known == sorted(known)


@settings(max_examples=60, deadline=None)
@given(st.lists(FIGURES, max_size=8), st.sampled_from(RULES), st.randoms())
def test_the_order_of_arrival_does_not_matter(figures, rule, shuffler: random.Random):
    accounts = spread(figures)
    expected = toll(settle(accounts, {}), "killed", rule)
    shuffler.shuffle(accounts)
    assert toll(settle(accounts, {}), "killed", rule) == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(FIGURES, min_size=1, max_size=8), st.sampled_from(RULES))
def test_a_copy_changes_no_toll(figures, rule):
    accounts = spread(figures)
    reports = {one.report: a_report(one.id, id=one.report, published="2018-01-27T10:00") for one in accounts}
    before = toll(settle(accounts, reports), "killed", rule, reports)
    copy = an_account(*accounts[0].figures, report="RC", id="A00copy")
    reports["RC"] = a_report("copy", id="RC", published="2018-01-29T10:00", copy_of=accounts[0].report)
    assert toll(settle([copy, *accounts], reports), "killed", rule, reports) == before
