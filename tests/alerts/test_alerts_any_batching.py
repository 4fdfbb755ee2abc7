"""Whatever runs the reports of one incident come in, there is one alert, and then updates that differ."""

from __future__ import annotations

import itertools
import re
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.made_alerts import NOW, SETTINGS, a_subscriber, a_watch, queued, tell
from dateline.alerts.telling import tell_changes
from dateline.publish.words import toll_words
from dateline.store import open_record

REPORTS = st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=8)     # killed; whether a run ends here


@given(reports=REPORTS, wait=st.sampled_from([0.0, 2.0]), pause=st.sampled_from([0.0, 30.0]))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_one_alert_and_updates_that_differ(reports, wait, pause):
    chosen = replace(SETTINGS, alert_wait_minutes=wait, alert_update_minutes=pause)
    with tempfile.TemporaryDirectory() as folder, open_record(Path(folder) / "d.db") as store:
        a_watch(store, a_subscriber(store))
        at = NOW
        for number, (killed, ends) in enumerate(reports):
            at += timedelta(minutes=1)
            tell(store, f"Outlet {number}", at, killed=killed)
            if ends:
                tell_changes(store, chosen, at)
        tell_changes(store, chosen, at + timedelta(hours=2))
        assert tell_changes(store, chosen, at + timedelta(hours=9)).mails == 0
        [held] = store.incidents()
        first, *updates = queued(store)
    assert first.key == "alert:1:DTL-1:1"
    assert [one.key for one in updates] == [f"alert:1:DTL-1:{number}" for number in range(2, len(updates) + 2)]
    assert all(one.parts.in_reply_to == first.message_id for one in updates)
    told = re.findall(r"Killed: ([^.]*?)\. Injured", " ".join(one.words for one in (first, *updates)))
    assert all(one != other for one, other in itertools.pairwise(told))
    assert told[-1] == toll_words(held.toll.killed)
