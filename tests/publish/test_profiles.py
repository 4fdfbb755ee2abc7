"""A group's profile: what counts as one value, what contradicts what, and how incidents are counted. All is made up."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.publish.profiles import areas_of, attributes_of, claims_of, months_of
from dateline.records import AsOf, GroupStatement, Responsibility
from dateline.records.incident import Tolls
from made_incidents import a_toll, a_when, a_where, an_incident

NOBODY = {"since": None, "until": None, "hedge": None}


def said(attribute, day="2024-03-12", speaker="mayor", **value):
    identity = f"S{attribute}{day}{speaker}{sorted(value.items(), key=str)}"
    return GroupStatement(identity, "R1", "vale-front", "the Front", attribute, value, AsOf(None, day), speaker, ())


def strength(low, high, day="2024-03-12", speaker="mayor"):
    return said("strength", day, speaker, low=low, high=high, value=low, modifier="range", unit="men", words=f"{low}-{high}")


def area(sense, day="2024-03-12", **place):
    return said("area", day, sense=sense, hedge=None,
                **({"text": "Vale", "name": "Vale", "kind": "admin1", "gazetteer_id": "g:1"} | place))


def leader(name, fate=None, day="2024-03-12"):
    return said("leader", day, name=name, fate=fate, **NOBODY)


def told(*statements):
    """(value, against) of each value of the one attribute that the statements are of."""
    [attribute] = attributes_of(statements, lambda one: str(one.speaker))
    return [(value.value, value.against) for value in attribute.values]


def test_one_value_has_all_who_tell_it_and_the_days_over_which_they_do():
    [attribute] = attributes_of([strength(300, 300, "2024-06-01"), strength(300, 300, "2024-01-05", "army")],
                                lambda one: str(one.speaker))
    [value] = attribute.values
    assert (value.by, value.earliest, value.latest, len(value.statements)) == (
        ("mayor", "army"), "2024-01-05", "2024-06-01", 2)


@pytest.mark.parametrize(("one", "other", "contradict"), [
    pytest.param(strength(300, 300), strength(900, 900), True, id="no-number-fits-both"),
    pytest.param(strength(300, None), strength(900, 900), False, id="at-least-leaves-room"),
    pytest.param(strength(300, 300), strength(900, 900, "2022-01-01"), False, id="two-years-apart"),
    pytest.param(leader("Omar Seid", "killed"), leader("Omar Seid", "captured"), True, id="two-fates-of-one-man"),
    pytest.param(leader("Omar Seid"), leader("Tarek Olim"), False, id="a-group-has-several-leaders"),
    pytest.param(area("control"), area("loss"), True, id="held-and-lost"),
    pytest.param(area("control"), area("presence"), False, id="present-where-it-holds"),
    pytest.param(area("control", name="eastern Vale", text="eastern Vale", kind="region"), area("loss"), False,
                 id="a-part-of-the-place"),
])
def test_what_cannot_hold_at_one_time_stands_against_each_other(one, other, contradict):
    assert [bool(against) for _, against in told(one, other)] == [contradict, contradict]


def test_contradictions_stand_together_before_what_is_newer_than_one_of_them():
    values = [value for value, _ in told(strength(300, 300, "2024-05-01"), strength(250, 350, "2024-04-01"),
                                         strength(900, 900, "2024-03-01"))]
    assert values == ["300-300 men", "900-900 men", "250-350 men"]


def test_a_person_is_known_by_the_last_name_and_a_group_by_its_id():
    assert len(told(leader("Omar Seid"), leader("Seid"))) == 1
    assert len(told(said("ally", group="x", name="X"), said("ally", group="x", name="the X Army"))) == 1
    assert len(told(said("ally", group=None, name="Ardenia"), said("ally", group=None, name="Greyfell"))) == 2


def test_months_count_what_is_no_mere_claim_and_add_the_best_tolls():
    def on(day, best, **given):
        when = a_when(best=day, earliest=day, latest=day)
        return an_incident(when=when, toll=Tolls(a_toll(best, best, best), a_toll(0, 0, 0)), **given)

    long = an_incident(when=a_when(earliest=date(2024, 1, 1), latest=date(2024, 3, 1)))
    months = months_of([on(date(2024, 3, 5), 3), on(date(2024, 3, 9), None), on(date(2024, 2, 1), 5), long,
                        on(date(2024, 3, 9), 90, status="alleged")])
    assert [(m.month, m.incidents, m.killed, m.without_toll, m.alleged) for m in months] == [
        ("2024-02", 1, 5, 0, 0), ("2024-03", 2, 3, 1, 1), (None, 1, 0, 1, 0)]


def test_places_are_provinces_with_the_last_day():
    def at(admin1, day):
        return an_incident(where=a_where(country="XA", admin1=admin1), when=a_when(best=day, earliest=day, latest=day))

    areas = areas_of([at("Vale", date(2024, 3, 5)), at("Morrow", date(2024, 3, 6)), at("Vale", date(2024, 1, 1))])
    assert [(a.admin1, a.incidents, a.last) for a in areas] == [("Vale", 2, "2024-03-05"), ("Morrow", 1, "2024-03-06")]


def test_claims_are_what_the_group_says_itself():
    def stance(what, group="vale-front"):
        return Responsibility(what, f"{what} it", group, "spokesman", AsOf(None, None), ())

    incident = an_incident(responsibility=(stance("claimed"), stance("claimed"), stance("denied"), stance("blamed"),
                                           stance("claimed", "other")))
    assert [(claim.incident, claim.stance) for claim in claims_of("vale-front", [incident])] == [
        ("DTL-1", "claimed"), ("DTL-1", "denied")]
