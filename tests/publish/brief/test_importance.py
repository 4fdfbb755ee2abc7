"""The table of reasons: what makes an incident stand before another."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.publish.brief.importance import Asked, importance, points_of
from dateline.records import Incident
from dateline.records.account import Affected
from made_incidents import a_toll, a_when
from made_sentences import DAY, HEALTH, an_incident_of, at_least, body, count, exactly, group, told, up_to


def score(*figures: Any, **given: Any) -> float:
    return importance(Asked(an_incident_of(told(*figures), **given), None, DAY))


def reasons(incident: Incident, before: Incident | None = None) -> dict[str, float]:
    return {one.reason: one.points for one in points_of(Asked(incident, before, DAY))}


def test_each_doubling_of_the_dead_counts_as_much() -> None:
    one, three, seven = (score(count(exactly(number), HEALTH)) for number in (1, 3, 7))
    assert three - one == seven - three == 8.0


def test_what_only_moves_the_top_counts_nothing() -> None:
    assert score(count(up_to(500), HEALTH)) <= score(count(exactly(500), HEALTH))
    claim = count(exactly(500), group("vale-front"), side="state forces", who="soldiers")
    boast = an_incident_of(told(count(exactly(2), HEALTH), claim))
    assert reasons(boast)["killed"] == reasons(an_incident_of(told(count(exactly(2), HEALTH))))["killed"]


@pytest.mark.parametrize(("given", "reason", "points"), [
    pytest.param({"affected": (Affected("school", "a school", ()),)}, "protected people", 8.0, id="protected-people"),
    pytest.param({"status": "alleged"}, "one side alone", -15.0, id="one-side-alone"),
    pytest.param({"status": "foiled"}, "did not happen", -6.0, id="it-did-not-happen"),
    pytest.param({"told_as": "background"}, "background", -60.0, id="background"),
    pytest.param({"when": a_when(latest=DAY.replace(year=2020))}, "long ago", -15.0, id="long-ago"),
])
def test_a_reason_has_its_points(given: dict[str, Any], reason: str, points: float) -> None:
    assert reasons(an_incident_of(told(count(exactly(3), HEALTH)), **given))[reason] == points


def test_civilians_among_the_dead_count() -> None:
    assert reasons(an_incident_of(told(count(exactly(3), HEALTH, side="civilians", who="villagers"))))["civilians dead"] == 10.0
    assert "civilians dead" not in reasons(an_incident_of(told(count(exactly(3), HEALTH))))


def test_origins_of_no_party_count_and_parties_alone_weigh_less() -> None:
    parties = an_incident_of(told(count(exactly(3), body("Defence Ministry", "state:XA"))))
    assert reasons(parties)["origins of no party"] == -10.0
    assert reasons(an_incident_of(told(count(exactly(3), HEALTH))))["origins of no party"] == 4.0


def test_new_ones_stand_before_changed_ones_and_large_changes_before_small_ones() -> None:
    now = an_incident_of(told(count(at_least(95), HEALTH)))
    small, large = (an_incident_of(told(count(at_least(95), HEALTH)), toll=type(now.toll)(a_toll(n, n, None), now.toll.injured))
                    for n in (90, 10))
    assert [reasons(now)["novelty"], reasons(now, large)["novelty"], reasons(now, small)["novelty"]] == [20.0, 12.0, 4.0]


def test_more_than_anybody_can_grasp_is_equally_first() -> None:
    assert score(count(exactly(5_000), HEALTH)) == score(count(exactly(50_000), HEALTH))
