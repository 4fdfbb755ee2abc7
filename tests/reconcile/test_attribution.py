from __future__ import annotations

import random
from dataclasses import replace

import pytest

from dateline.reconcile.attribution import attribution, changed_words
from dateline.records import AsOf
from reconcile.factories import a_claim, a_figure, a_report, a_speaker, an_account, an_actor

ARMY = a_speaker("the army", "military", "state:AF")
DEFAULT, SUSPECTED, NO_ENEMY = "stated or claimed", "suspected too", "never on one enemy's word"


def named(*accounts, rule=DEFAULT, reports=None):
    found = attribution(accounts, reports or {}, rule)
    return [one.of for one in found.by]


def said(stance, group="vale-front", speaker=None, day=None):
    return replace(a_claim(group, speaker, stance), as_of=AsOf(day, day))


def told(*responsibility, report="R1", **given):
    return an_account(report=report, id=f"A{report}", responsibility=responsibility, **given)


def attacker(certainty="stated", group="vale-front", **given):
    return an_actor("attacker", group, group=group, certainty=certainty, **given)


@pytest.mark.parametrize(("account", "default", "suspected", "no_enemy"), [
    pytest.param(told(actors=(attacker(),)), True, True, True, id="a report states it"),
    pytest.param(told(said("claimed", speaker="Vale Front")), True, True, True, id="claimed"),
    pytest.param(told(said("admitted")), True, True, True, id="admitted"),
    pytest.param(told(said("blamed", speaker="the UN mission")), False, True, True, id="blamed by nobody's side"),
    pytest.param(an_account(a_figure(3, speaker=ARMY), responsibility=(said("blamed", speaker="the army"),)),
                 False, True, False, id="blamed by its enemy alone"),
    pytest.param(told(said("blamed", speaker="a police spokesman")), False, True, False, id="blamed by an office of the state"),
    pytest.param(told(said("suspected")), False, True, False, id="suspected"),
    pytest.param(an_account(a_figure(3, speaker=ARMY), actors=(attacker(),), status="alleged"), True, True, False,
                 id="stated by a report that cites its enemy alone"),
    pytest.param(told(actors=(an_actor(text="gunmen"),)), False, False, False, id="nobody is named"),
    pytest.param(told(actors=(attacker("unknown"),)), False, False, False, id="named without a word on whether they did it"),
])
def test_a_rule_says_what_counts(account, default, suspected, no_enemy):
    assert [bool(named(account, rule=rule)) for rule in (DEFAULT, SUSPECTED, NO_ENEMY)] == [default, suspected, no_enemy]


def test_two_enemies_blaming_the_same_group_are_more_than_one_enemys_word():
    army = told(said("blamed", speaker="the army"), actors=(an_actor("victim", "the army", type=1, country="AF"),))
    rivals = told(said("blamed", speaker="Coast Guard Front"), report="R2",
                  actors=(an_actor("victim", "Coast Guard Front", group="coast-guard-front"),))
    assert named(army, rule=NO_ENEMY) == []
    assert named(army, rivals, rule=NO_ENEMY) == ["vale-front"]


def test_another_state_that_is_no_party_here_is_no_enemy():
    speaker = a_speaker("the foreign ministry", "official", "state:CH")
    account = an_account(a_figure(3, speaker=speaker), responsibility=(said("blamed", speaker="the foreign ministry"),))
    assert named(account, rule=NO_ENEMY) == ["vale-front"]


def test_a_state_can_have_done_it():
    assert named(told(actors=(an_actor("attacker", "government jets", type=1, country="SY"),))) == ["state:SY"]


def test_what_does_not_count_is_kept_with_the_reason():
    [aside] = attribution([told(said("suspected", speaker="residents"))], {}).set_aside
    assert (aside.of, aside.aside, aside.holders) == ("vale-front", "only suspected", ("residents (R1)",))


def test_a_denial_stands_beside_what_is_said_and_takes_nothing_away():
    [one] = attribution([told(said("blamed", speaker="the UN mission"), said("denied", speaker="Vale Front"))], {},
                        SUSPECTED).by
    assert one.denied_by == ("Vale Front (R1)",)


def test_a_claim_that_was_withdrawn_counts_no_more():
    first = told(said("claimed", day="2018-01-28"))
    later = told(said("withdrawn", day="2018-02-03"), report="R2")
    assert named(first, later) == []
    assert attribution([first, later], {}).set_aside[0].aside == "the claim was withdrawn"


def test_a_claim_made_again_after_it_was_withdrawn_counts():
    again = told(said("claimed", day="2018-03-01"), report="R2")
    assert named(told(said("withdrawn", day="2018-02-03")), again) == ["vale-front"]


def test_rivals_who_claim_one_attack_both_stand():
    assert named(told(said("claimed", day="2018-01-28")), told(said("claimed", "coast-army", day="2018-01-30"), report="R2")
                 ) == ["coast-army", "vale-front"]


def test_a_speaker_who_blames_another_years_later_has_changed_their_mind():
    first = told(said("blamed", "vale-front", "the prosecutor", "2012-05-01"))
    later = told(said("blamed", "coast-army", "the prosecutor", "2019-05-01"), report="R2")
    found = attribution([later, first], {}, SUSPECTED)
    assert [one.of for one in found.by] == ["coast-army"]
    assert found.set_aside[0].aside == "later, on 2019-05-01, the prosecutor (R2) named coast-army"


def test_another_speaker_takes_nothing_back_for_the_first():
    first = told(said("blamed", "vale-front", "the mayor", "2012-05-01"))
    later = told(said("blamed", "coast-army", "the prosecutor", "2019-05-01"), report="R2")
    assert named(first, later, rule=SUSPECTED) == ["coast-army", "vale-front"]


@pytest.mark.parametrize(("written", "expected"), [
    pytest.param("2018-01-29", ["coast-army", "vale-front"], id="first reports differ"),
    pytest.param("2021-06-01", ["coast-army"], id="years later it is known better"),
])
def test_later_reports_in_their_own_voice_replace_what_the_first_ones_stated(written, expected):
    reports = {"R1": a_report(id="R1", written="2018-01-27"), "R2": a_report(id="R2", written=written)}
    assert named(told(actors=(attacker(),)), told(actors=(attacker(group="coast-army"),), report="R2"),
                 reports=reports) == expected


def test_a_copy_says_nothing_of_its_own():
    reports = {"R1": a_report(id="R1", written="2018-01-27"), "R2": a_report(id="R2", written="2018-01-28", copy_of="R1")}
    [one] = attribution([told(actors=(attacker(),)), told(actors=(attacker(),), report="R2")], reports).by
    assert one.stories == 1


def test_the_order_of_arrival_does_not_matter():
    accounts = [told(said("claimed", day="2018-01-28")), told(said("blamed", "coast-army", "the army"), report="R2"),
                told(actors=(attacker("suspected", "coast-army"),), report="R3"), told(said("denied", "coast-army"), report="R4")]
    expected = attribution(accounts, {}, SUSPECTED)
    for seed in range(20):
        shuffled = random.Random(seed).sample(accounts, len(accounts))
        assert attribution(shuffled, {}, SUSPECTED) == expected


def test_the_history_says_who_was_named_before_and_who_is_now():
    before = attribution([told(said("blamed", speaker="the mayor"))], {}, SUSPECTED)
    after = attribution([told(said("admitted", "coast-army"))], {}, SUSPECTED)
    assert changed_words(before, after) == "done by vale-front (blamed) became coast-army (admitted)"
    assert changed_words(after, after) is None
