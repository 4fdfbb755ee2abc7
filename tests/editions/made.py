"""Subscribers for tests of issues, and the mails that are queued for them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from dateline.records.mailing import Choices, Consent, Subscriber, Subscription
from dateline.settings import Settings
from dateline.store.schema_mailing import mail
from dateline.store.subscriber_rows import Known
from made_issues import COMPOSED

SETTINGS = Settings(mail_from="briefing@example.org", public_url="https://desk.example.org")


def subscribe(store: Any, *names: str, edition: str = "arden", choices: Choices | None = None, state: Any = "confirmed"
              ) -> list[int]:
    """Let NAME@example.org get an edition; the numbers of these subscribers."""
    known = [Known(f"{name}@example.org", Subscriber(
        0, f"{name}@example.org", state, Consent(COMPOSED, "made", confirmed_at=COMPOSED), f"token-of-{name}")) for name in names]
    numbers = [store.subscribers.add([one])[one.key].id for one in known]
    store.subscribers.subscribe([Subscription(number, edition, choices or Choices(), COMPOSED) for number in numbers])
    return numbers


def queued(store: Any) -> list[Any]:
    """The mails in the queue as rows, oldest first."""
    with store._read() as connection:
        return list(connection.execute(sa.select(mail).order_by(mail.c.id)))
