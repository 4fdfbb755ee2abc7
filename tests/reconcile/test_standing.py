from __future__ import annotations

import pytest

from dateline.reconcile.ranks import ACCESS, ENEMY, OTHER, OWN, REPORT, SITE, rank_of
from dateline.reconcile.standing import settle
from dateline.reconcile.tolls import toll
from reconcile.factories import a_day, a_figure, a_report, a_speaker, an_account, an_actor

MINISTRY = a_speaker("Health Ministry", party="state:AF")
POLICE = a_speaker("police", "police")
WITNESS = a_speaker("a shopkeeper", "witness")


def settled(*told, extra=()):
    """told: (published, figure, account fields, report fields)."""
    accounts, reports = [], {}
    for number, (published, figure, about, of_report) in enumerate(told):
        report = a_report(f"text {number}", id=f"R{number}", published=published, outlet=f"Outlet {number}",
                          **of_report)
        reports[report.id] = report
        accounts.append(an_account(figure, report=report.id, id=f"A{number}", **about))
    reports.update({report.id: report for report in extra})
    return settle(accounts, reports), reports


def standings(*told, extra=()):
    return [account.figures[0].standing for account in settled(*told, extra=extra)[0]]


@pytest.mark.parametrize(("earlier", "later", "expected"), [
    pytest.param(a_figure(40, speaker=MINISTRY), a_figure(63, speaker=MINISTRY), "superseded", id="same speaker"),
    pytest.param(a_figure(40), a_figure(63, speaker=POLICE), "superseded", id="better placed speaker"),
    pytest.param(a_figure(40, speaker=POLICE), a_figure(63, speaker=MINISTRY), "superseded", id="speaker of one rank"),
    pytest.param(a_figure(40, speaker=MINISTRY), a_figure(63, speaker=WITNESS), "stands", id="a worse placed speaker"),
    pytest.param(a_figure(40, speaker=MINISTRY), a_figure(40, speaker=POLICE), "stands", id="the same count again"),
    pytest.param(a_figure(40, speaker=MINISTRY), a_figure(63, speaker=MINISTRY, effect="injured"), "stands",
                 id="injured are not killed"),
    pytest.param(a_figure(12, speaker=MINISTRY, side="state forces"), a_figure(63, speaker=MINISTRY, side="civilians"),
                 "stands", id="other people"),
    pytest.param(a_figure(40, speaker=MINISTRY), a_figure(None, "word", speaker=MINISTRY), "stands",
                 id="a word is no later count"),
    pytest.param(a_figure(40, speaker=MINISTRY), a_figure(24000, speaker=MINISTRY, scope="cumulative"), "stands",
                 id="the whole war is no later count"),
])
def test_a_later_count_supersedes(earlier, later, expected):
    found = standings(("2018-01-27T10:00", earlier, {}, {}), ("2018-01-27T15:00", later, {}, {}))
    assert found == [expected, "stands"]


@pytest.mark.parametrize("order", [1, -1])
def test_a_count_in_round_numbers_yields_to_the_finer_one_whenever_it_was_said(order):
    fine, rough = a_figure(196, speaker=MINISTRY), a_figure(200, "nearly", speaker=MINISTRY)
    hours = ["2018-01-27T10:00", "2018-01-27T15:00"][::order]
    assert standings((hours[0], fine, {}, {}), (hours[1], rough, {}, {})) == ["stands", "superseded"]


def test_what_supersedes_says_so():
    accounts, _ = settled(("2018-01-27T10:00", a_figure(40, id="F1", speaker=POLICE), {}, {}),
                          ("2018-01-27T15:00", a_figure(63, id="F2", speaker=POLICE), {}, {}))
    assert accounts[1].figures[0].supersedes == ("F1",)


def test_settling_twice_changes_nothing():
    accounts, reports = settled(("2018-01-27T10:00", a_figure(40), {}, {}), ("2018-01-27T15:00", a_figure(63), {}, {}))
    assert settle(accounts, reports) == accounts


def test_the_time_of_a_count_wins_over_the_time_of_its_report():
    found = standings(("2018-01-27T18:00", a_figure(40, speaker=MINISTRY, as_of="2018-01-27"), {}, {}),
                      ("2018-01-27T15:00", a_figure(63, speaker=MINISTRY, as_of="2018-01-28"), {}, {}))
    assert found == ["superseded", "stands"]


@pytest.mark.parametrize("told_as", ["background", "anniversary", "legal"])
def test_a_toll_told_again_without_a_speaker_is_restated(told_as):
    found = standings(("2018-01-27T10:00", a_figure(40, speaker=MINISTRY), {}, {}),
                      ("2019-01-27T10:00", a_figure(100, "more_than"), {"told_as": told_as}, {}))
    assert found == ["stands", "restated"]


def test_a_toll_known_from_background_only_stands():
    assert standings(("2019-01-27T10:00", a_figure(22), {"told_as": "background"}, {})) == ["stands"]


def test_a_retraction_strikes_the_figures_of_its_story():
    withdrawn = a_report("withdrawn", id="R9", published="2018-01-27T20:00", version_of="R0", update_kind="retraction")
    found = standings(("2018-01-27T10:00", a_figure(40), {}, {}), ("2018-01-27T11:00", a_figure(38), {}, {}),
                      extra=[withdrawn])
    assert found == ["retracted", "stands"]


def test_a_correction_supersedes_even_a_better_placed_speaker():
    found = standings(("2018-01-27T10:00", a_figure(40, speaker=MINISTRY), {}, {}),
                      ("2018-01-27T15:00", a_figure(14), {}, {"version_of": "R0", "update_kind": "correction"}))
    assert found == ["superseded", "stands"]


def test_a_copy_is_settled_at_the_time_of_its_original():
    found = standings(("2018-01-27T10:00", a_figure(40, speaker=POLICE), {}, {}),
                      ("2018-01-27T12:00", a_figure(63, speaker=POLICE), {}, {}),
                      ("2018-01-27T22:00", a_figure(40, speaker=POLICE), {}, {"copy_of": "R0"}))
    assert found == ["superseded", "stands", "superseded"]


def test_two_more_died_overnight_adds_to_the_earlier_total():
    accounts, reports = settled(
        ("2018-01-27T10:00", a_figure(40, speaker=POLICE), {}, {}),
        ("2018-01-28T09:00", a_figure(2, speaker=POLICE, scope="increment"), {}, {}),
        ("2018-01-28T10:00", a_figure(2, speaker=POLICE, scope="increment"), {}, {}))
    found = toll(accounts, "killed", "reliable", reports)
    assert (found.low, found.best, found.high) == (42, 42, 42)


ARMY_LOSSES = an_actor("victim", "soldiers", id="a2", type=1, country="AF")
RIVALS = a_speaker("the rebels", "armed group", "the-rebels")
REBELS = an_actor("attacker", "rebels", id="a1", group="the-rebels", type=2)


@pytest.mark.parametrize(("figure", "kind", "expected"), [
    pytest.param(a_figure(3), "attack", REPORT, id="the report itself"),
    pytest.param(a_figure(3, speaker=a_speaker("Verity hospital", "hospital")), "attack", SITE, id="hospital"),
    pytest.param(a_figure(3, speaker=a_speaker("Coast Observatory", "monitor")), "attack", ACCESS, id="monitor"),
    pytest.param(a_figure(3, speaker=MINISTRY, side="civilians"), "attack", OWN, id="ministry on civilians"),
    pytest.param(a_figure(3, speaker=WITNESS), "attack", OTHER, id="witness"),
    pytest.param(a_figure(3, speaker=MINISTRY, side="state forces", of="a2"), "armed clash", OWN, id="army on its own"),
    pytest.param(a_figure(3, speaker=MINISTRY, side="armed group", of="a1"), "armed clash", ENEMY, id="army on rebels"),
    pytest.param(a_figure(3, speaker=RIVALS, side="state forces", of="a2"), "attack", ENEMY, id="rebels on the army"),
    pytest.param(a_figure(3, speaker=RIVALS, side="armed group", of="a1"), "armed clash", OWN,
                 id="rebels on their own"),
    pytest.param(a_figure(3, who="attackers", of="a1", speaker=MINISTRY, side="armed group"), "attack", OWN,
                 id="attackers' bodies, by who holds them"),
])
def test_speakers_have_ranks(figure, kind, expected):
    assert rank_of(figure, an_account(figure, kind=kind, actors=(REBELS, ARMY_LOSSES))) == expected


def test_a_dispatch_without_a_year_is_dated_by_the_incident():
    dated = a_report("dated", id="R0", written="2018-01-27")
    undated = a_report("no year", id="R1", candidates=("2016-01-28", "2017-01-28", "2018-01-28"))
    accounts = settle([an_account(a_figure(40, speaker=POLICE), report="R0", id="A0"),
                       an_account(a_figure(63, speaker=POLICE), report="R1", id="A1", when=a_day(
                           candidates=("2016-01-27", "2017-01-27", "2018-01-27")))], {"R0": dated, "R1": undated})
    assert [account.figures[0].standing for account in accounts] == ["superseded", "stands"]
