"""Editions, subscribers and their mails for tests of subscribing: real types, made-up places.

`beside_it` stands in for the other parts of the briefing as long as they are not there: what is there is used.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa

from dateline.records.briefing import Coverage
from dateline.records.codec import from_line, to_line
from dateline.records.mailing import Choices, Edition, NewMail, Parts
from dateline.settings import Settings
from dateline.store.dialect import insert_new, upsert
from dateline.store.editions import Editions
from dateline.store.mails import Mails
from dateline.store.rows import instant
from dateline.store.schema_mailing import edition, mail
from dateline.subscribing import confirming, signing_up

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
SETTINGS = Settings(mail_from="briefing@example.org", public_url="https://desk.example.org", user="Ana")
ARDEN = Edition("arden", "Arden, every day", "What is new in Arden.", frequencies=("daily", "weekly"))
VERITY = Edition("verity", "Port Verity", frequencies=("weekly",), coverage=Coverage(countries=("ML", "NE"), kinds=("attack",)))
DESK = Edition("desk", "For colleagues", is_open=False)
EDITIONS = (ARDEN, VERITY, DESK)
NETWORK = "192.0.2.0/24"


@dataclass(frozen=True)
class Letter:
    subject: str
    paragraphs: tuple[str, ...]
    button: tuple[str, str] | None = None
    footer: tuple[str, ...] = ()
    unsubscribe: str | None = None


def letter_parts(letter: Letter, **of_parts: Any) -> Parts:
    label, url = letter.button or ("", "")
    text = "\n\n".join((*letter.paragraphs, f"{label}: {url}", *letter.footer))
    return Parts(letter.subject, text, f"<p>{label}</p>", unsubscribe=letter.unsubscribe, **of_parts)


def beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    if find_spec("dateline.publish.brief") is None or find_spec("dateline.publish.brief.letters") is None:
        made = ModuleType("dateline.publish.brief.letters")
        made.Letter, made.letter_parts = Letter, letter_parts       # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "dateline.publish.brief", ModuleType("dateline.publish.brief"))
        monkeypatch.setitem(sys.modules, made.__name__, made)
    if not hasattr(Editions, "get"):
        for name, method in (("all", _all), ("get", _get), ("keep", _keep)):
            monkeypatch.setattr(Editions, name, method, raising=False)
    if not hasattr(Mails, "queue"):
        monkeypatch.setattr(Mails, "queue", _queue, raising=False)


def _all(self: Any) -> list[Edition]:
    with self._read() as connection:
        return [from_line(Edition, body) for body in connection.execute(sa.select(edition.c.body)).scalars()]


def _get(self: Any, slug: str) -> Edition | None:
    return next((one for one in _all(self) if one.slug == slug), None)


def _keep(self: Any, one: Edition, at: datetime) -> None:
    with self._write() as connection:
        upsert(connection, edition, [{"slug": one.slug, "body": to_line(one), "created_at": instant(at)}])


def _queue(self: Any, mails: Iterable[NewMail], at: datetime) -> int:
    with self._write() as connection:
        return insert_new(connection, mail, [
            {"key": one.key, "kind": one.kind, "state": "queued", "to": one.to, "host": one.to.rpartition("@")[2],
             "message_id": f"<{one.key}@example.org>", "due_at": instant(one.due_at), "attempts": 0,
             "subscriber_id": one.subscriber, "issue_id": one.issue, "body": to_line(one.parts), "created_at": instant(at),
             "changed_at": instant(at)} for one in mails])


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
