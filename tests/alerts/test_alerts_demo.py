"""The demo reports on the car bombing in Gao, arriving one by one: one alert, then what each of them changed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alerts.made_alerts import SETTINGS, a_subscriber, queued
from dateline.alerts.telling import Told, tell_changes
from dateline.job import run
from dateline.records.briefing import Coverage
from dateline.records.mailing import Watch

DEMO = Path(__file__).parent.parent.parent / "demo" / "reports"
LATE = replace(SETTINGS, brief_late_days=100_000)           # what happened in 2017 is no news of today's
GAO = (16.27, -0.04, 30.0)


@pytest.fixture
def told_in_turn(store):
    """The mails of a subscriber who watches 30 km around Gao, after the demo reports on it came, and then all the others."""
    watch = Watch(0, "Gao", Coverage(), near=GAO, subscriber=a_subscriber(store).id)
    store.watches.add(watch, datetime.now(UTC))
    outcomes = []
    for name in ("gao-2017-01-18-sahel-post.txt", "gao-2017-01-18-evening-tricontinental.txt", "two-reports.jsonl",
                 "gao-2017-01-19-sahel-post.txt", ""):
        run([str(DEMO / name)], store, LATE, on_problem=pytest.fail)
        outcomes.append(tell_changes(store, LATE, datetime.now(UTC)))
    return outcomes, queued(store)


def test_gao_is_one_alert_and_its_updates(told_in_turn):
    outcomes, mails = told_in_turn
    assert outcomes[0] == Told(first=1, mails=1)
    assert [one.first for one in outcomes] == [1, 0, 0, 0, 0]
    assert [one.key for one in mails] == [f"alert:1:DTL-1:{number}" for number in range(1, len(mails) + 1)]
    assert all(one.parts.in_reply_to == mails[0].message_id for one in mails[1:])


def test_each_mail_says_what_was_known_then(told_in_turn):
    _, mails = told_in_turn
    first, evening, *_, last = mails
    assert first.parts.subject == "Alert: Suicide bombing, Gao, Mali, 18 Jan 2017"
    assert "Killed: at least 35. Injured: 60." in first.words
    assert "At least 35 killed (Sahel Post)." in first.words
    assert "claimed" not in first.words
    assert "Killed: at least 35 -> 47-80 (best 60)." in evening.words
    assert "Injured: 60 -> 60-115 (best 115)." in evening.words
    assert "Al-Mourabitoun claimed responsibility." in evening.words
    assert re.search(r"80 killed, according to Al-Mourabitoun", evening.words)
    assert "Killed: 47-80 (best 60) -> 77-80 (best 77)." in last.words
    assert "77 killed, according to spokesman of the French military" in last.words
    for one in mails:
        assert "UNREVIEWED" in one.words
        assert "Fulani" not in one.words           # whoever is named as the bomber by a group alone
