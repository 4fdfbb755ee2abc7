"""Inviting addresses to an edition. Whoever is invited may sign up to it later too; nobody gets it before they have accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from dateline.errors import DecisionError
from dateline.records.mailing import Choices, Consent, NewMail, SignUp, Subscriber
from dateline.records.team import Audited
from dateline.store.subscriber_rows import Known
from dateline.subscribing import beside, letters
from dateline.subscribing.addresses import Address, address_of
from dateline.subscribing.signing_up import A_DAY, ask, new_token

if TYPE_CHECKING:
    from dateline.records.mailing import Edition
    from dateline.settings import Settings
    from dateline.store import Store


@dataclass(frozen=True, slots=True)
class Invited:
    """mailed: so many got a mail.

    quiet: so many are invited and get none: they get the edition, were asked within a day, have left, or are suspended.
    """

    mailed: int
    quiet: int


def invite(store: Store, edition: str, addresses: Sequence[str], settings: Settings, *, by: str, at: datetime) -> Invited:
    """Invite addresses to an edition (its slug).

    Raises DecisionError for no such edition, and for what is no address: nobody is invited then.
    """
    held = beside.edition_of(store, edition)
    if held is None:
        raise DecisionError(f"there is no edition {edition!r}; dateline edition list tells which there are")
    given: dict[str, Address] = {}
    for number, text in enumerate(addresses, 1):
        try:
            found = address_of(text)
        except DecisionError as wrong:
            raise DecisionError(f"address {number} of {len(addresses)}: {wrong}") from None
        given.setdefault(found.key, found)
    asked: list[tuple[Subscriber, str]] = []
    with store.writing():
        store.subscribers.invite(edition, given, by, at)
        consent = Consent(at, f"invited by {by}")
        there = store.subscribers.add([Known(key, Subscriber(0, one.written, "unconfirmed", consent, new_token()))
                                       for key, one in given.items()])
        for one in there.values():
            if one.state == "unconfirmed" and one.consent != consent:     # the days until it is deleted count from now
                store.subscribers.change(replace(one, consent=consent))
            if one.state in ("unconfirmed", "confirmed") and not _knows(store, one, edition, at):
                choices = Choices(frequency=held.frequencies[0])
                asked.append((one, ask(store, SignUp(one.id, edition, choices, consent))))
        store.team.note(Audited(at, by, f"invited {len(given):,} addresses", edition, None))
    store.mails.queue([_mail(one, held, by, token, settings, at) for one, token in asked], at)
    return Invited(len(asked), len(given) - len(asked))


def _knows(store: Store, one: Subscriber, edition: str, at: datetime) -> bool:
    """Whether somebody gets the edition, or was asked within a day."""
    asked = any(waiting.edition == edition and waiting.used_at is None and waiting.consent.asked_at > at - A_DAY
                for waiting in store.subscribers.sign_ups(one.id))
    return asked or store.subscribers.choices(one.id, edition) is not None


def _mail(one: Subscriber, edition: Edition, by: str, token: str, settings: Settings, at: datetime) -> NewMail:
    says = letters.invitation(one, edition, by, token, settings)
    return NewMail(f"invitation:{edition.slug}:{one.id}:{at.isoformat()}", "confirmation", one.address, at, one.id,
                   parts=beside.laid_out(says))
