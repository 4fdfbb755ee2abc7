"""Incidents seen under other rules than those they are held under."""

from __future__ import annotations

from dateline.reconcile.merge import merge
from dateline.reconcile.views import View, view_of
from reconcile.factories import a_claim, a_figure, a_report, a_speaker, an_account, an_actor

CLINIC = a_speaker("Verity clinic", "hospital")
REPORTS = {"R1": a_report(id="R1", published="2018-01-27T10:00"), "R2": a_report(id="R2", published="2018-01-27T20:00")}
HELD = merge("DTL-1", [
    an_account(a_figure(12, speaker=CLINIC), a_figure(2, who="attackers", side="armed group", speaker=CLINIC), id="A1",
               responsibility=(a_claim("vale-front", "the UN mission", "blamed"),)),
    an_account(a_figure(9, speaker=a_speaker("a shopkeeper", "witness")), report="R2", id="A2",
               actors=(an_actor("attacker", "Coast Army", group="coast-army", certainty="suspected"),)),
], REPORTS)


def seen(**rules):
    asked = []

    def look_up(report):
        asked.append(report)
        return REPORTS.get(report)

    [incident] = view_of([HELD], View(**rules), look_up)
    return incident, asked


def test_an_incident_held_under_the_rules_asked_for_is_shown_as_it_is():
    incident, asked = seen()
    assert incident is HELD
    assert asked == []


def test_another_rule_for_tolls_counts_again_and_leaves_the_rest_alone():
    incident, asked = seen(toll="latest")
    assert (HELD.toll.killed.best, incident.toll.killed.best) == (12, 9)
    assert (incident.toll.killed.rule, incident.toll.injured.rule) == ("latest", "latest")
    assert (incident.accounts, incident.history, incident.sources) == (HELD.accounts, HELD.history, HELD.sources)
    assert sorted(asked) == ["R1", "R2"]


def test_the_lowest_total_has_the_attackers_in_it():
    incident, _ = seen(toll="lowest")
    assert incident.toll.killed.best == 11


def test_another_rule_for_who_did_it_names_others():
    names = [[one.of for one in seen(attribution=rule)[0].attribution.by]
             for rule in ("stated or claimed", "suspected too", "never on one enemy's word")]
    assert names == [[], ["vale-front", "coast-army"], ["vale-front"]]


def test_an_incident_comes_back_the_same_from_another_view():
    away, _ = seen(toll="majority", attribution="suspected too")
    [back] = view_of([away], View(), REPORTS.get)
    assert back == HELD
