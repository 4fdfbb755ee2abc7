"""On what accounts differ, who holds what, and how many sources stand behind the figures."""

from __future__ import annotations

from dateline.reconcile.disagreements import disagreements_of
from reconcile.factories import a_figure, a_report, a_speaker, an_account

MONITOR = a_speaker("Coast Observatory", "monitor")
ARMY = a_speaker("the army", "military", "state:XA")


def differing(*accounts, reports=None):
    held = reports or {account.report: a_report(id=account.report, outlet=f"Outlet {account.report}") for account in accounts}
    return {one.field: {value.value: value.holders for value in one.values} for one in disagreements_of(accounts, held)}


def test_who_the_dead_were_is_told_with_each_name_and_who_uses_it():
    accounts = [an_account(a_figure(36, speaker=MONITOR, side="civilians"), kind="air/drone strike"),
                an_account(a_figure(40, speaker=ARMY, side="armed group"), kind="air/drone strike", report="R2")]
    assert differing(*accounts)["who the dead were"] == {
        "36 civilians": ("Coast Observatory (Outlet R1)",), "40 fighters": ("the army (Outlet R2)",)}


def test_bystanders_and_fighters_of_a_battle_are_no_dispute():
    accounts = [an_account(a_figure(6, speaker=MONITOR, side="civilians"), kind="armed clash"),
                an_account(a_figure(40, speaker=ARMY, side="armed group"), kind="armed clash", report="R2")]
    assert "who the dead were" not in differing(*accounts)
