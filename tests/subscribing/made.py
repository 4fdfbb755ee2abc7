"""Editions, subscribers and their mails for tests of subscribing: real types, made-up places.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dateline.records.briefing import Coverage
from dateline.records.codec import from_line
from dateline.records.mailing import Choices, Edition, Parts
from dateline.settings import Settings
from dateline.store.schema_mailing import mail
from dateline.subscribing import confirming, signing_up

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
SETTINGS = Settings(mail_from="briefing@example.org", public_url="https://desk.example.org", user="Ana")
ARDEN = Edition("arden", "Arden, every day", "What is new in Arden.", frequencies=("daily", "weekly"))
VERITY = Edition("verity", "Port Verity", frequencies=("weekly",), coverage=Coverage(countries=("ML", "NE"), kinds=("attack",)))
DESK = Edition("desk", "For colleagues", is_open=False)
EDITIONS = (ARDEN, VERITY, DESK)
NETWORK = "192.0.2.0/24"


def with_editions(store: Any) -> Any:
    """The record with the editions of these tests in it."""
    for one in EDITIONS:
        store.editions.keep(one, NOON)
    return store


def after(**given: float) -> datetime:
    return NOON + timedelta(**given)


def sign_up(store: Any, address: str = "zoe@example.org", edition: str = "arden", choices: Choices | None = None, *,
            network: str | None = NETWORK, at: datetime = NOON, settings: Settings = SETTINGS) -> None:
    signing_up.sign_up(store, address, edition, choices or Choices(), settings, network=network, at=at)


def a_subscriber(store: Any, address: str = "zoe@example.org", edition: str = "arden", choices: Choices | None = None, *,
                 at: datetime = NOON) -> Any:
    """Somebody who signed up and pressed the button."""
    before = len(mails_to(store, address))
    sign_up(store, address, edition, choices, at=at, network=None)
    [new] = mails_to(store, address)[before:]
    done = confirming.confirm(store, token_in(new), SETTINGS, at=at + timedelta(minutes=5))
    assert isinstance(done, confirming.Confirmed)
    return done.subscriber


def mails_to(store: Any, address: str = "zoe@example.org") -> list[Parts]:
    """What the mails to an address say, oldest first."""
    with store._read() as connection:
        bodies = connection.execute(sa.select(mail.c.body).where(mail.c.to == address).order_by(mail.c.id)).scalars()
        return [from_line(Parts, body) for body in bodies if body]


def states_of(store: Any, address: str = "zoe@example.org") -> list[str]:
    """The states of the mails to an address."""
    with store._read() as connection:
        return list(connection.execute(sa.select(mail.c.state).where(mail.c.to == address).order_by(mail.c.id)).scalars())


def link_in(parts: Parts, page: str) -> str:
    """The path of the link to a page of ours: "/briefing/confirm/…"."""
    return "/" + next(word for word in parts.text.split() if f"/briefing/{page}" in word).split("/", 3)[3]


def token_in(parts: Parts) -> str:
    return link_in(parts, "confirm").rpartition("/")[2]
