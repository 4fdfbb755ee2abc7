"""Mails, subscribers and settings that a test of sending starts from; made-up places."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dateline.mailing.sender import Sent, send_due
from dateline.records.mailing import Mail, NewMail, Parts
from dateline.settings import Settings
from dateline.store import Store
from dateline.store.schema_mailing import subscriber

NOON = datetime(2024, 3, 15, 12, tzinfo=UTC)
SAID = Parts("Arden: 12 killed in Port Verity", "At least 12 people were killed in Port Verity.\n",
             "<p>At least 12 people were killed in Port Verity.</p>", list_id="arden-daily", list_name="Arden daily",
             unsubscribe="https://desk.example.org/briefing/unsubscribe/TOKEN/arden-daily",
             archive="https://desk.example.org/briefing/arden-daily/daily-2024-03-15")


class Clock:
    """A clock that a test sets."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def later(self, **by: float) -> None:
        self.at += timedelta(**by)


class Accounts:
    """Stands for store.subscribers: notes what it is told."""

    def __init__(self) -> None:
        self.bounces: list[int] = []
        self.takes: list[int] = []

    def bounced(self, id: int, at: datetime) -> Any:
        self.bounces.append(id)
        state = "suspended" if self.bounces.count(id) >= 3 else "confirmed"
        return type("Held", (), {"state": state})()

    def taken(self, id: int) -> None:
        self.takes.append(id)


def a_mail(key: str, to: str | None = None, **given: Any) -> NewMail:
    return NewMail(**{"key": key, "kind": "issue", "to": to or f"{key}@example.org", "due_at": NOON, "parts": SAID, **given})


def a_setting(port: int = 25, **given: Any) -> Settings:
    return Settings(**{"mail_from": "briefing@desk.example.org", "mail_from_name": "Port Verity desk",
                       "public_url": "https://desk.example.org", "smtp_host": "127.0.0.1", "smtp_port": port,
                       "smtp_security": "none", "smtp_timeout_s": 20.0, **given})


def a_subscriber(store: Store, address: str) -> int:
    with store.writing():
        assert store._writing is not None
        return int(store._writing.execute(sa.insert(subscriber).values(
            key=address, address=address, state="confirmed", token=f"token of {address}", consent="{}", asked_at="",
            bounces=0)).inserted_primary_key[0])


def said_by(mail: Mail) -> Parts | None:
    """The maker of a test: what the mail holds."""
    return mail.parts


def send(store: Store, settings: Settings, clock: Clock | None = None, make: Any = said_by, **given: Any) -> Sent:
    return send_due(store, settings, make, clock=clock or Clock(), jitter=lambda: 0.0, **given)


def states(store: Store) -> dict[str, str]:
    """The state of each mail, by its key."""
    return {one.key: one.state for one in store.mails.page(most=10_000)}
