"""The desk says beside each value who read it, and how far the reader doubts a party; so does the API."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline.extract import Extraction
from dateline.reconcile.by_hand import corrected
from dateline.store import open_record
from made_desk import a_desk, text_of
from made_incidents import a_figure, a_report, an_account, an_attacker

VERSION = "rules-4, reader-1"


@pytest.fixture
def desk(tmp_path):
    account = an_account(figures=(a_figure("At least 12", 12, None, 12, "at_least", id="F1"),),
                         actors=(an_attacker("hooded riders", likely=0.04), an_attacker("gunmen", origin="model", likely=0.61)))
    fixed = corrected(account, {"figures.F1.who": "farmers"})
    browser = a_desk(tmp_path / "d.db", [(a_report(), [account], [])])
    with open_record(tmp_path / "d.db") as store:
        store.keep(a_report(), Extraction((fixed,), ()), extracted="done", extractor=VERSION)
        with store.reconciling() as reconciling:
            reconciling.reconcile(reconciling.unreconciled(), "reliable", datetime.now(UTC))
    return browser


def test_an_incident_says_who_read_what(desk):
    shown = text_of(desk.get("/incidents/DTL-1").text)
    assert "12 Mar 2024 read by a rule (rules-4)" in shown
    assert "hooded riders\u201d read by a rule (rules-4); the reader doubts it (0.04)" in shown
    assert "gunmen\u201d read by the reader (reader-1), which finds it likely (0.61)" in shown
    assert "Verity Post by a rule (rules-4), corrected by a person" in shown


def test_a_report_says_it_of_each_of_its_values(desk):
    shown = text_of(desk.get("/reports/R1").text)
    assert "Attacker hooded riders stated read by a rule (rules-4); the reader doubts it (0.04)" in shown
    assert "the mayor read by a rule (rules-4), corrected by a person" in shown


def test_the_api_gives_origin_likelihood_and_the_version_of_the_report(desk):
    [account] = desk.get("/api/v1/accounts").json()["items"]
    assert [(one["origin"], one["likely"]) for one in account["actors"]] == [("rule", 0.04), ("model", 0.61)]
    assert [one["origin"] for one in account["figures"]] == ["rule+person"]
    assert desk.get("/api/v1/reports/R1").json()["extractor"] == VERSION
