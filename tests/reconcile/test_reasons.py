from __future__ import annotations

import pytest

from dateline.reconcile.reasons import judge
from reconcile.factories import (
    ARDEN,
    KABUL,
    PORT_VERITY,
    a_claim,
    a_day,
    a_figure,
    a_place,
    a_span,
    a_speaker,
    a_target,
    an_account,
    an_actor,
)

VERITY = a_place(**PORT_VERITY)
PROVINCE = a_place(name="Coast Province", country="XA", precision=4, kind="admin1")
REBELS = (an_actor("attacker", "rebels", group="the-rebels", type=2),)
DIED = a_span("Tamsin Oriel, a schoolteacher, was shot in the doorway of the bakery on Quay Street "
              "after an argument")


def account(report, **given):
    return an_account(*given.pop("figures", ()), report=report, **{
        "kind": "attack", "where": VERITY, "when": a_day("2024-03-11"), **given})


@pytest.mark.parametrize(("a", "b", "expected"), [
    pytest.param({}, {}, "same", id="place, day and kind"),
    pytest.param({}, {"kind": "suicide bomb"}, "same", id="a kind that reports take for another"),
    pytest.param({"kind": "air/drone strike"}, {"kind": "suicide bomb"}, "different",
                 id="two attacks in one city on one day, of other kinds"),
    pytest.param({"targets": (a_target("the grain silo"),)},
                 {"targets": (a_target("a bus"),), "kind": "remote explosive/landmine/ied"}, "possibly_same",
                 id="two attacks in one city on one day, on other targets"),
    pytest.param({}, {"when": a_day("2024-06-02")}, "different", id="one place, months apart"),
    pytest.param({"actors": REBELS}, {"when": a_day("2024-03-12"), "actors": REBELS}, "possibly_same",
                 id="one place and group, the next day"),
    pytest.param({}, {"where": a_place(**ARDEN)}, "different", id="two towns on one day"),
    pytest.param({}, {"where": a_place(**KABUL)}, "different", id="two countries on one day"),
    pytest.param({"actors": REBELS}, {"told_as": "background", "actors": REBELS}, "same",
                 id="told again as background"),
    pytest.param({"actors": REBELS}, {"when": a_day(candidates=("2022-03-11", "2023-03-11", "2024-03-11")),
                                      "actors": REBELS}, "same", id="a dispatch without a year"),
    pytest.param({}, {"when": a_day(candidates=("2021-03-11", "2022-03-11"))}, "different",
                 id="a dispatch without a year, which cannot be that one"),
    pytest.param({}, {"when": a_day(None)}, "different", id="no day told, and nothing else"),
    pytest.param({"actors": REBELS, "targets": (a_target("the harbour office"),)},
                 {"when": a_day(None), "actors": REBELS, "targets": (a_target("harbour office"),)}, "same",
                 id="no day told, but group and target"),
    pytest.param({"actors": (an_actor("victim", "Tamsin Oriel", person="Tamsin Oriel"),)},
                 {"actors": (an_actor("victim", "Piet Marlow", person="Piet Marlow"),)}, "different",
                 id="two shootings in one city on one day, with other victims"),
    pytest.param({"actors": (an_actor("victim", "Tamsin Oriel", person="Tamsin Oriel"),), "evidence": DIED},
                 {"actors": (an_actor("victim", "Oriel", person="Ms Oriel"),), "evidence": DIED, "when": a_day(None),
                  "where": a_place(text=None)}, "same", id="the victim's name and the sentence, without day or place"),
    pytest.param({"where": PROVINCE},
                 {"figures": (a_figure(12),)}, "possibly_same", id="the province only"),
    pytest.param({"where": PROVINCE, "actors": REBELS}, {"actors": REBELS}, "same", id="the province, and the group"),
    pytest.param({"responsibility": (a_claim("the-rebels"),)}, {"responsibility": (a_claim("the-front"),)}, "possibly_same",
                 id="two attacks in one city on one day, claimed by two groups"),
    pytest.param({"responsibility": (a_claim("the-rebels"),)},
                 {"responsibility": (a_claim("the-front", stance="blamed"),)}, "same",
                 id="claimed by one group and blamed on another"),
])
def test_two_accounts(a, b, expected):
    assert judge(account("R1", **a), account("R2", **b)).outcome == expected


def test_two_accounts_of_one_report_are_two_incidents():
    assert judge(account("R1", id="A1"), account("R1", id="A2")).outcome == "different"


def test_one_speaker_with_two_tolls_at_one_hour_speaks_of_two_incidents():
    mayor = a_speaker("the mayor")
    a = account("R1", figures=(a_figure(3, speaker=mayor, as_of="2024-03-11T10:00"),))
    b = account("R2", figures=(a_figure(9, speaker=mayor, as_of="2024-03-11T10:00"),))
    assert judge(a, b).outcome == "different"


def test_a_toll_that_rises_is_no_reason_against():
    mayor = a_speaker("the mayor")
    a = account("R1", figures=(a_figure(3, speaker=mayor, as_of="2024-03-11T10:00"),))
    b = account("R2", figures=(a_figure(9, speaker=mayor, as_of="2024-03-11T15:00"),))
    assert judge(a, b).outcome == "same"


def test_the_judgement_says_what_was_seen():
    judgement = judge(account("R1"), account("R2"))
    assert [(reason.question, reason.note) for reason in judgement.reasons][:2] == [
        ("same place", "Port Verity"), ("same day", "2024-03-11")]
    assert judgement.points == pytest.approx(sum(reason.points for reason in judgement.reasons))


def test_it_does_not_matter_which_comes_first():
    a, b = account("R1"), account("R2", kind="suicide bomb")
    assert judge(a, b) == judge(b, a)
