"""Told hurt by one report of a crime or an accident, and dead by another."""

from __future__ import annotations

import pytest

from dateline.reconcile.standing import settle
from dateline.reconcile.tolls import toll
from reconcile.factories import a_figure, a_report, an_account


def tolls(*told, nature="crime"):
    """(killed, injured) of one incident from the figures of each report, in the order published."""
    reports = {f"R{n}": a_report(f"text {n}", id=f"R{n}", published=f"2018-01-2{n}T10:00") for n in range(len(told))}
    accounts = [an_account(*figures, report=f"R{n}", id=f"A{n}", kind="attack", nature=nature) for n, figures in enumerate(told)]
    held = settle(accounts, reports)
    return tuple(toll(held, effect, reports=reports).best for effect in ("killed", "injured"))


def killed(number, who="people", **given):
    return a_figure(number, who=who, **given)


def injured(number, who="people", **given):
    return a_figure(number, effect="injured", who=who, **given)


@pytest.mark.parametrize(("told", "expected"), [
    pytest.param(([injured(1, "boy")], [killed(1, "boy")]), (1, None), id="shot, then died of it"),
    pytest.param(([killed(1, "boy")], [injured(1, "boy")]), (1, None), id="a later report that only says shot"),
    pytest.param(([killed(1), injured(1)], [killed(2)]), (2, None), id="one dead and one hurt, then two dead"),
    pytest.param(([injured(2)], [killed(1), injured(1)]), (1, 1), id="two shot, then one of them dead"),
    pytest.param(([killed(1), injured(1)], [killed(1)]), (1, 1), id="a report that leaves the injured out"),
    pytest.param(([injured(1, "12-year-old girl")], [killed(1, "41-year-old man")]), (1, 1), id="a girl and a man are two"),
    pytest.param(([injured(1, "woman")], [killed(1, "man")]), (1, 1), id="a woman and a man are two"),
    pytest.param(([injured(3)], [killed(1)]), (1, 3), id="fewer dead than hurt may be others"),
    pytest.param(([injured(2)], [killed(4)]), (4, None), id="two women shot, then all four dead"),
    pytest.param(([injured(2)], [killed(4), injured(1)]), (4, 1), id="a report that tells of dead and injured has its own"),
    pytest.param(([killed(2), injured(1, "man")], [killed(2, "sons", scope="part"), killed(1, "himself", scope="part")]),
                 (3, None), id="parts add up to all who were hit"),
])
def test_those_told_dead_are_no_longer_injured(told, expected):
    assert tolls(*told) == expected


def test_in_news_of_war_the_dead_and_the_wounded_are_different_people():
    assert tolls([injured(5)], [killed(5)], nature="political") == (5, 5)


def test_the_dead_supersede_the_hurt():
    reports = {name: a_report(name, id=name, published="2018-01-20T10:00") for name in ("R0", "R1")}
    hurt = an_account(injured(1, "boy", id="F1"), report="R0", id="A0", kind="attack", nature="accident")
    dead = an_account(killed(1, "boy", id="F2"), report="R1", id="A1", kind="attack", nature="accident")
    held = settle([hurt, dead], reports)
    assert [(f.standing, f.supersedes) for account in held for f in account.figures] == [("superseded", ()), ("stands", ("F1",))]
