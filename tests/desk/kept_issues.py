"""Editions and issues in a record, made from made-up briefings, for tests of pages and the API."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from dateline.records.briefing import Briefing, Frequency, Window
from dateline.records.mailing import Choices, Consent, Edition, Edits, Issue, IssueState, Subscriber, Subscription
from dateline.store import Store
from dateline.store.subscriber_rows import Known
from publish.brief.made_briefings import a_briefing

AT = datetime(2024, 3, 13, 6, tzinfo=UTC)
OPEN = Edition("arden", "Arden, day by day", "What reports tell of Arden.", frequencies=("daily", "weekly"))
INVITED = Edition("staff", "For staff alone", is_open=False)


def an_issue(store: Store, edition: Edition, briefing: Briefing | None = None, *, day: date = date(2024, 3, 12),
             frequency: Frequency = "daily", state: IssueState = "issued", edits: Edits | None = None, **given: Any) -> Issue:
    """An issue of `edition` in the record, as kept; of one shelling unless the case says otherwise."""
    if store.editions.get(edition.slug) is None:
        store.editions.keep(edition, AT)
    told = replace(briefing or a_briefing(), window=Window(day, day), frequency=frequency)
    if briefing is None:
        told = replace(told, title=f"Daily briefing, {day:%-d %B %Y}")
    made = Issue(0, edition.slug, frequency, day, state, told, edits or Edits(), AT, AT if state == "issued" else None, **given)
    kept = store.editions.add(made)
    assert kept is not None, "there is one of that day"
    return kept


def a_subscriber(store: Store, edition: Edition, address: str = "reader@example.org", **given: Any) -> Subscriber:
    """A confirmed subscriber of `edition`."""
    made = Subscriber(0, address, "confirmed", Consent(AT, "tests"), f"token of {address}", **given)
    kept = store.subscribers.add([Known(address, made)])[address]
    store.subscribers.subscribe([Subscription(kept.id, edition.slug, Choices(), AT)])
    return kept
