"""Leaving: one edition, alerts, everything; another link; and that nothing is held of an address any more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dateline.errors import DecisionError
from dateline.records.mailing import NewMail, Subscriber
from dateline.records.team import Audited
from dateline.subscribing import beside, letters, links
from dateline.subscribing.addresses import address_of, hash_of
from dateline.subscribing.signing_up import A_DAY, BETWEEN, MOST_A_DAY, new_token

if TYPE_CHECKING:
    from dateline.settings import Settings
    from dateline.store import Store
    from dateline.store.sign_ups import Attempts


@dataclass(frozen=True, slots=True)
class Leaver:
    """Whose link to unsubscribe it is, and from what. edition: a slug, "alerts", or None for everything."""

    subscriber: Subscriber
    edition: str | None


def leaver_of(store: Store, token: str) -> Leaver | None:
    """Whose link that is; None for one that was never made, is no longer good, or of somebody who is held no more."""
    named = links.read_unsubscribe(token)
    held = store.subscribers.get(named.subscriber) if named else None
    return Leaver(held, named.edition) if named and held and links.is_of(named, held) else None


def unsubscribe(store: Store, subscriber: Subscriber, edition: str | None, *, at: datetime) -> None:
    """edition: a slug, "alerts", or None for everything. An address that waits for its confirmation is deleted at once."""
    if subscriber.state == "unconfirmed":
        store.subscribers.erase(subscriber.id)
    else:
        store.subscribers.leave(subscriber.id, edition, at)


def new_link(store: Store, subscriber: Subscriber, settings: Settings, *, at: datetime) -> bool:
    """Give a subscriber another token, and send the link that has it; all links before stop.

    Whether that was done: a person gets no more mails of this kind than sign-ups may send.
    """
    def allowed(held: Attempts) -> tuple[bool, bool]:
        fits = len(held.mailed) < MOST_A_DAY and not (held.mailed and held.mailed[-1] > at - BETWEEN)
        return fits, fits

    key = hash_of(address_of(subscriber.address).key)
    with store.writing():
        if not store.subscribers.attempt(key, None, at, since=at, mailed_since=at - A_DAY, allowed=allowed):
            return False
        changed = replace(subscriber, token=new_token())
        store.subscribers.change(changed)
        store.mails.queue([NewMail(f"link:{changed.id}:{at.isoformat()}", "notice", changed.address, at, changed.id,
                                     parts=beside.laid_out(letters.new_link(changed, settings, at)))], at)
    return True


def erase(store: Store, subscriber: Subscriber, *, at: datetime) -> None:
    """Delete all that is held of somebody: subscriptions, consent, watches, invitations, mails that wait and that were sent."""
    key = address_of(subscriber.address).key
    store.subscribers.forget_address(key, hash_of(key), at - A_DAY)


def forget(store: Store, address: str, *, by: str, at: datetime) -> None:
    """As `erase`, by an editor. The audit log says that it was done, and not of whom.

    Raises DecisionError for what is no address, and where no subscriber has it and it is not invited either.
    """
    key = address_of(address).key
    with store.writing():
        held = store.subscribers.find(key)
        if not store.subscribers.forget_address(key, hash_of(key), at - A_DAY):
            raise DecisionError("no subscriber has this address; dateline subscribers list tells who there is")
        about = f"subscriber {held.id}" if held is not None else "an invitation"
        store.team.note(Audited(at, by, "deleted a subscriber", about, None))


def delete_unconfirmed(store: Store, settings: Settings, at: datetime) -> int:
    """Delete addresses that nobody confirmed within the days of the setting, with their mails; how many they were."""
    return store.subscribers.delete_unconfirmed(at - timedelta(days=settings.unconfirmed_days), at - A_DAY)
