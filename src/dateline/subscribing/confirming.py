"""Confirming a sign-up: by the button of the page that its mail leads to. That is when consent begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from dateline.records.mailing import Edition, Subscriber, Subscription
from dateline.store.team_people import hashed
from dateline.subscribing import beside

if TYPE_CHECKING:
    from dateline.records.mailing import SignUp
    from dateline.settings import Settings
    from dateline.store import Store


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sign-up that can be confirmed."""

    asked: SignUp
    edition: Edition


@dataclass(frozen=True, slots=True)
class Closed:
    """A link that confirms nothing: it was used, or it is old, of nobody, or of an edition that has ended."""

    why: Literal["used", "unknown"]


@dataclass(frozen=True, slots=True)
class Confirmed:
    subscriber: Subscriber
    edition: Edition


def waiting(store: Store, token: str, settings: Settings, *, at: datetime) -> Waiting | Closed:
    """What the link of that token would confirm. Nothing is changed."""
    asked = store.subscribers.asked(hashed(token))
    if asked is None or asked.consent.asked_at <= at - timedelta(days=settings.unconfirmed_days):
        return Closed("unknown")
    if asked.used_at is not None:
        return Closed("used")
    edition = beside.edition_of(store, asked.edition)
    return Closed("unknown") if edition is None else Waiting(asked, edition)


def confirm(store: Store, token: str, settings: Settings, *, at: datetime) -> Confirmed | Closed:
    """Subscribe whoever got the mail with that token. The time, and how they came to be asked, are kept with them."""
    with store.writing():
        found = waiting(store, token, settings, at=at)
        if isinstance(found, Closed):
            return found
        held = store.subscribers.get(found.asked.subscriber)
        if held is None or not store.subscribers.use(hashed(token), at):
            return Closed("unknown")
        if held.state != "confirmed":
            held = replace(held, state="confirmed", consent=replace(found.asked.consent, confirmed_at=at), bounces=0,
                           unsubscribed_at=None, suspended_at=None)
            store.subscribers.change(held)
        store.subscribers.subscribe([Subscription(held.id, found.edition.slug, found.asked.choices, at)])
    return Confirmed(held, found.edition)
