"""Subscribers, their subscriptions, invitations and attempts to sign up. `store.subscribers`; each call is one transaction.

It keeps and finds; who gets a mail, and what counts as consent, is decided in dateline.subscribing. Keys are those of
subscribing/addresses.py, tokens of sign-ups come in hashed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dateline.errors import DecisionError
from dateline.records.briefing import Frequency
from dateline.records.mailing import Choices, SignUp, Subscriber, SubscriberState, Subscription
from dateline.store import sign_ups, subscriber_rows
from dateline.store.rows import Row, instant
from dateline.store.schema_mailing import subscriber
from dateline.store.sign_ups import Attempts
from dateline.store.subscriber_rows import Known
from dateline.store.team import Connecting

BOUNCES_TO_SUSPEND = 3


class Subscribers:
    """Made by `Store.subscribers`."""

    def __init__(self, read: Connecting, write: Connecting) -> None:
        self._read, self._write = read, write

    # Who there is

    def get(self, number: int) -> Subscriber | None:
        return self._found(subscriber.c.id == number)

    def by_token(self, token: str) -> Subscriber | None:
        """Whose link to the preferences holds that token."""
        return self._found(subscriber.c.token == token)

    def find(self, key: str) -> Subscriber | None:
        return self._found(subscriber.c.key == key)

    def by_keys(self, keys: Iterable[str]) -> dict[str, Subscriber]:
        """Those there are of these addresses, by key."""
        with self._read() as connection:
            return subscriber_rows.by_keys(connection, keys)

    def page(self, *, after: int = 0, most: int = 50, state: SubscriberState | None = None, words: str = "",
             edition: str | None = None) -> list[Subscriber]:
        """Subscribers in the order of their numbers, after one. words: within the key of the address."""
        with self._read() as connection:
            return subscriber_rows.after_number(connection, after, most=most, state=state, words=words, edition=edition)

    def counts(self) -> dict[SubscriberState, int]:
        with self._read() as connection:
            return subscriber_rows.counts(connection)

    def counts_by_edition(self) -> dict[str, int]:
        """How many confirmed subscribers each edition has."""
        with self._read() as connection:
            return subscriber_rows.counts_by_edition(connection)

    def of_edition(self, slug: str, frequency: Frequency) -> Iterator[tuple[Subscriber, Choices]]:
        """Its confirmed subscribers in the order of their numbers; no transaction is open while one is worked on."""
        after = 0
        while True:
            with self._read() as connection:
                some = subscriber_rows.of_edition(connection, slug, frequency, after)
            yield from some
            if len(some) < subscriber_rows.AT_ONCE:
                return
            after = some[-1][0].id

    # What they get

    def choices(self, number: int, slug: str) -> Choices | None:
        """What a subscriber chose of an edition; None where they do not get it."""
        return next((one.choices for one in self.subscriptions(number) if one.edition == slug), None)

    def subscriptions(self, number: int) -> list[Subscription]:
        """By edition."""
        return self.subscriptions_of([number])

    def subscriptions_of(self, numbers: Collection[int]) -> list[Subscription]:
        """By subscriber, then by edition."""
        with self._read() as connection:
            return subscriber_rows.subscriptions_of(connection, numbers)

    def subscribe(self, wanted: Sequence[Subscription], *, with_since: bool = False) -> None:
        """Keep subscriptions; one that is there gets these choices. with_since: and also becomes as old as said here."""
        with self._write() as connection:
            keep = subscriber_rows.keep_subscriptions if with_since else subscriber_rows.subscribe
            keep(connection, wanted)

    def leave(self, number: int, edition: str | None, at: datetime) -> None:
        """End a subscription, all alerts ("alerts"), or everything (None); mails of it that wait are withdrawn.

        Whoever then gets nothing any more is unsubscribed.
        """
        with self._write() as connection:
            held = subscriber_rows.find(connection, subscriber.c.id == number)
            if held is None:
                return
            subscriber_rows.leave(connection, number, edition, at)
            nothing_left = not subscriber_rows.gets_anything(connection, number)
            if nothing_left and held.state in ("confirmed", "suspended"):
                subscriber_rows.change(connection, replace(held, state="unsubscribed", unsubscribed_at=at))

    # What becomes of them

    def add(self, new: Sequence[Known]) -> dict[str, Subscriber]:
        """Keep those whose key is new; all of these keys as they are held then."""
        with self._write() as connection:
            subscriber_rows.add(connection, new)
            return subscriber_rows.by_keys(connection, (known.key for known in new))

    def change(self, one: Subscriber) -> None:
        """Write a subscriber anew under their number; of an unknown one nothing."""
        with self._write() as connection:
            subscriber_rows.change(connection, one)

    def bounced(self, number: int, at: datetime, *, most: int = BOUNCES_TO_SUSPEND) -> Subscriber:
        """Count a mail that came back; at `most` since the last that was taken the address is suspended.

        Raises DecisionError where there is no such subscriber (any more).
        """
        with self._write() as connection:
            held = subscriber_rows.find(connection, subscriber.c.id == number)
            if held is None:
                raise DecisionError(f"there is no subscriber {number}, so that no mail to them can have come back")
            held = replace(held, bounces=held.bounces + 1)
            if held.bounces >= most and held.state == "confirmed":
                held = replace(held, state="suspended", suspended_at=at)
            subscriber_rows.change(connection, held)
            return held

    def taken(self, number: int) -> None:
        """A mail to them was taken: what came back before counts no more."""
        with self._write() as connection:
            connection.execute(sa.update(subscriber).where(subscriber.c.id == number, subscriber.c.bounces > 0).values(bounces=0))

    def erase(self, number: int) -> None:
        """Delete a subscriber with their subscriptions, sign-ups, watches and mails."""
        with self._write() as connection:
            subscriber_rows.delete(connection, subscriber.c.id == number)

    def forget_address(self, key: str, hashed: str, before: datetime) -> bool:
        """Delete all that is held of an address, invitations and attempts too; whether it was a subscriber's, or invited."""
        with self._write() as connection:
            sign_ups.forget_attempts(connection, before, hashed)
            return sign_ups.uninvite(connection, key) + subscriber_rows.delete(connection, subscriber.c.key == key) > 0

    def delete_unconfirmed(self, before: datetime, attempts_before: datetime) -> int:
        """Delete those who asked before a time and never confirmed, and old sign-ups and attempts; how many subscribers."""
        with self._write() as connection:
            sign_ups.forget_attempts(connection, attempts_before)
            sign_ups.forget_sign_ups(connection, before)
            return subscriber_rows.delete(connection, sa.and_(
                subscriber.c.state == "unconfirmed", subscriber.c.asked_at <= instant(before)))

    def mails_of(self, number: int) -> list[Row]:
        """What is kept of the mails to a subscriber, oldest first."""
        with self._read() as connection:
            return list(subscriber_rows.mails_of(connection, number))

    def watches_of(self, number: int) -> list[str]:
        """The watches of a subscriber, as lines of JSON."""
        with self._read() as connection:
            return subscriber_rows.watches_of(connection, number)

    # Signing up

    def attempt(self, hashed: str, network: str | None, at: datetime, *, since: datetime, mailed_since: datetime,
                allowed: Callable[[Attempts], tuple[bool, bool]]) -> bool:
        """Count an attempt to sign up; whether a mail may come of it.

        hashed: of the address; "" where no mail will come whatever `allowed` says. allowed: is given those of late, and says
        whether the attempt is one at all, and whether that address may get a mail. All of it is one transaction.
        """
        with self._write() as connection:
            counted, mailed = allowed(sign_ups.attempts(connection, hashed, network, since, mailed_since))
            if counted:
                sign_ups.add_attempt(connection, hashed if mailed else "", network, at)
            return counted and mailed

    def forget_attempts(self, before: datetime) -> None:
        with self._write() as connection:
            sign_ups.forget_attempts(connection, before)

    def ask(self, asked: Sequence[tuple[str, SignUp]]) -> None:
        """Keep sign-ups that wait for their confirmation, each with the hash of its token."""
        with self._write() as connection:
            sign_ups.add_sign_ups(connection, asked)

    def asked(self, token: str) -> SignUp | None:
        """token: hashed."""
        with self._read() as connection:
            return sign_ups.find_sign_up(connection, token)

    def sign_ups(self, number: int) -> list[SignUp]:
        """Those of a subscriber that are kept, oldest first."""
        with self._read() as connection:
            return sign_ups.sign_ups_of(connection, number)

    def use(self, token: str, at: datetime) -> bool:
        """Mark a sign-up as confirmed; whether it was not before. token: hashed."""
        with self._write() as connection:
            return sign_ups.use_sign_up(connection, token, at)

    def invite(self, edition: str, keys: Iterable[str], by: str, at: datetime) -> int:
        """Let addresses sign up to an edition that is not open; how many were not invited yet."""
        with self._write() as connection:
            return sign_ups.invite(connection, edition, keys, by, at)

    def invited_to(self, key: str) -> dict[str, tuple[datetime, str]]:
        """The editions that an address is invited to: since when, and by whom."""
        with self._read() as connection:
            return sign_ups.invited_to(connection, key)

    def _found(self, condition: sa.ColumnElement[Any]) -> Subscriber | None:
        with self._read() as connection:
            return subscriber_rows.find(connection, condition)
