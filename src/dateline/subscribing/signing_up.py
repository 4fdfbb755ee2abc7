"""Signing up. Whoever asks gets the same answer, after much the same work, whatever is held of the address.

An address that is new or waits gets a mail to confirm, one that is confirmed a mail with the link to its own page, and one that
is not invited where it must be gets none. Whoever reads that mailbox learns which it was, and nobody else does.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from itsdangerous import BadSignature, URLSafeSerializer

from dateline.records.mailing import Consent, NewMail, SignUp, Subscriber
from dateline.store.subscriber_rows import Known
from dateline.store.team_people import hashed
from dateline.subscribing import beside, letters
from dateline.subscribing.addresses import Address, address_of, hash_of

if TYPE_CHECKING:
    from dateline.records.mailing import Choices, Edition
    from dateline.settings import Settings
    from dateline.store import Store
    from dateline.store.sign_ups import Attempts
    from dateline.subscribing.beside import Says

ORIGIN = "sign-up page"
BETWEEN = timedelta(minutes=10)   # two mails to one address
A_DAY, MOST_A_DAY = timedelta(days=1), 3
AN_HOUR = timedelta(hours=1)
OF_ALL = 30                       # as many networks' worth of sign-ups an hour are taken from everybody together
SOONEST_S = 2.0                   # nobody fills the form in so soon
LONGEST_OPEN = timedelta(hours=24)
NOWHERE = "unknown"               # the network of a machine whose address is not known: all of them count as one

FormState = Literal["good", "old", "not ours"]


class _Answer(NamedTuple):
    """What comes of a sign-up. subscriber None: nobody gets what it says, and the work is done for nothing."""

    subscriber: Subscriber | None
    says: Says


def sign_up(store: Store, address: str, edition: str, choices: Choices, settings: Settings, *, network: str | None,
            at: datetime) -> None:
    """Ask for an edition (its slug) for an address; a mail may come of it. It tells nothing, and takes as long for all.

    network: of the machine, as `network_of` cuts it. Raises DecisionError for what is no address.
    """
    given = address_of(address)
    held = beside.edition_of(store, edition)
    invited = store.subscribers.invited_to(given.key)
    welcome = held is not None and (held.is_open or edition in invited)
    mailed = store.subscribers.attempt(
        hash_of(given.key), network or NOWHERE, at, since=at - AN_HOUR, mailed_since=at - A_DAY,
        allowed=_limits(settings.sign_up_per_hour, at, welcome=welcome))
    subscriber, says = (_answer(store, given, held, choices, Consent(at, ORIGIN, network), settings)
                        if mailed and held is not None else _for_nothing(given, settings))
    parts = beside.laid_out(says)                                  # outside the transaction: it takes longest of all this
    if subscriber is None:
        store.subscribers.forget_attempts(at - A_DAY)              # a transaction that writes, as queueing is one
        return
    key = f"confirmation:{subscriber.id}:{secrets.token_hex(8)}"
    store.mails.queue([NewMail(key, "confirmation", subscriber.address, at, subscriber.id, parts=parts)], at)


def _limits(most: int, at: datetime, *, welcome: bool) -> Callable[[Attempts], tuple[bool, bool]]:
    """Says of the attempts of late whether another counts, and whether a mail may come of it."""
    def allowed(held: Attempts) -> tuple[bool, bool]:
        counted = held.of_network < most and held.everybody < most * OF_ALL
        soon = bool(held.mailed) and held.mailed[-1] > at - BETWEEN
        return counted, welcome and not soon and len(held.mailed) < MOST_A_DAY
    return allowed


def _answer(store: Store, given: Address, edition: Edition, choices: Choices, consent: Consent, settings: Settings
            ) -> _Answer:
    """The mail that the address gets. Nothing that was confirmed before changes until this is."""
    new = Subscriber(0, given.written, "unconfirmed", consent, new_token())
    with store.writing():
        subscriber = store.subscribers.add([Known(given.key, new)])[given.key]
        if subscriber.state == "confirmed":
            return _Answer(subscriber, letters.known_already(subscriber, edition, settings))
        if subscriber.state == "unconfirmed":
            subscriber = replace(subscriber, consent=consent)      # that they are deleted after days counts from here
            store.subscribers.change(subscriber)
        token = ask(store, SignUp(subscriber.id, edition.slug, choices, consent))
    return _Answer(subscriber, letters.confirmation(subscriber, edition, choices, token, settings))


def _for_nothing(given: Address, settings: Settings) -> _Answer:
    """The same work for whoever gets no mail: an answer that comes sooner would tell."""
    from dateline.records.mailing import Choices, Edition

    nobody = Subscriber(0, given.written, "unconfirmed", Consent(datetime.min, ORIGIN), new_token())
    return _Answer(None, letters.confirmation(nobody, Edition("none", "None"), Choices(), new_token(), settings))


def ask(store: Store, asked: SignUp) -> str:
    """Keep a sign-up that waits; the token of its link, which is kept hashed alone."""
    token = new_token()
    store.subscribers.ask([(hashed(token), asked)])
    return token


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


# The form


def form_mark(secret: bytes, at: datetime) -> str:
    """What the form carries: when it was given out, signed."""
    return str(URLSafeSerializer(secret, salt="sign-up").dumps(int(at.timestamp() * 1000)))


def form_state(secret: bytes, mark: str, honeypot: str, at: datetime) -> FormState:
    """"good": a person sent it, as far as that can be told. "old": it was open for very long. "not ours": a program did."""
    try:
        given_at = float(URLSafeSerializer(secret, salt="sign-up").loads(mark)) / 1000
    except (BadSignature, TypeError, ValueError):
        return "not ours"
    open_s = at.timestamp() - given_at
    if honeypot or open_s < SOONEST_S:
        return "not ours"
    return "good" if open_s < LONGEST_OPEN.total_seconds() else "old"
