"""What subscribers change on their own page. Whoever has the link in their mails may: that is what it proves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from dateline.records.mailing import Choices, Consent, Edition, Subscriber, Subscription
from dateline.subscribing import beside
from dateline.subscribing.addresses import address_of

if TYPE_CHECKING:
    from dateline.store import Store

ORIGIN = "page of preferences"


@dataclass(frozen=True, slots=True)
class Offered:
    """An edition that somebody gets, or may get. choices None: they do not get it."""

    edition: Edition
    choices: Choices | None


def by_token(store: Store, token: str) -> Subscriber | None:
    """Whose page that is; None for nobody's, and for an address that was not confirmed yet: no such link was sent to it."""
    held = store.subscribers.by_token(token) if token else None
    return held if held is not None and held.state != "unconfirmed" else None


def offered_to(store: Store, subscriber: Subscriber) -> list[Offered]:
    """Those they get first, then the open ones and those that they are invited to; each by title."""
    held = {one.edition: one.choices for one in store.subscribers.subscriptions(subscriber.id)}
    invited = store.subscribers.invited_to(address_of(subscriber.address).key)
    found = [Offered(edition, held.get(edition.slug)) for edition in beside.editions_of(store)
             if edition.is_open or edition.slug in invited or edition.slug in held]
    return sorted(found, key=lambda one: one.choices is None)


def change(store: Store, subscriber: Subscriber, edition: Edition, choices: Choices, *, at: datetime) -> None:
    """Subscribe somebody to an edition that is offered to them, or change what they chose of it.

    Whoever had left consents anew by that.
    """
    with store.writing():
        if subscriber.state == "unsubscribed":
            consent = Consent(at, ORIGIN, None, at)
            store.subscribers.change(replace(subscriber, state="confirmed", consent=consent, bounces=0, unsubscribed_at=None))
        store.subscribers.subscribe([Subscription(subscriber.id, edition.slug, choices, at)])


def resume(store: Store, subscriber: Subscriber) -> None:
    """Send mails again to an address that was suspended because they came back."""
    if subscriber.state == "suspended":
        store.subscribers.change(replace(subscriber, state="confirmed", bounces=0, suspended_at=None))
