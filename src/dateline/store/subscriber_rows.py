"""Queries on subscribers and their subscriptions. Times are instants in UTC."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dateline.records.briefing import Frequency
from dateline.records.codec import from_line, to_line
from dateline.records.mailing import Choices, Consent, Subscriber, SubscriberState, Subscription
from dateline.store.dialect import chunks, insert_new, upsert
from dateline.store.rows import Row, instant
from dateline.store.schema_mailing import issue, mail, sign_up, subscriber, subscription, watch

AT_ONCE = 500                     # subscribers that are read at a time: no transaction stays open while mails are made
ALERTS = "alerts"


@dataclass(frozen=True, slots=True)
class Known:
    """A subscriber with the key of their address."""

    key: str
    one: Subscriber


def find(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> Subscriber | None:
    row = connection.execute(sa.select(subscriber).where(condition)).one_or_none()
    return subscriber_from(row) if row else None


def by_keys(connection: sa.Connection, keys: Iterable[str]) -> dict[str, Subscriber]:
    return {row.key: subscriber_from(row) for some in chunks(keys)
            for row in connection.execute(sa.select(subscriber).where(subscriber.c.key.in_(some)))}


def add(connection: sa.Connection, new: Sequence[Known]) -> None:
    """Keep those whose key is not there yet; their numbers are given here."""
    insert_new(connection, subscriber, [_row(known.one) | {"key": known.key} for known in new])


def change(connection: sa.Connection, one: Subscriber) -> None:
    """Write a subscriber anew under their number."""
    connection.execute(sa.update(subscriber).where(subscriber.c.id == one.id).values(_row(one)))


def delete(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> int:
    """Delete subscribers, with their subscriptions, sign-ups, watches and mails; how many they were."""
    return connection.execute(sa.delete(subscriber).where(condition)).rowcount


def subscribe(connection: sa.Connection, wanted: Sequence[Subscription]) -> None:
    """Keep subscriptions; of one that is there the choices become these, and it stays as old as it is."""
    held = {(one.subscriber, one.edition): one.since for one in subscriptions_of(connection, {one.subscriber for one in wanted})}
    keep_subscriptions(connection, [replace(one, since=held.get((one.subscriber, one.edition), one.since)) for one in wanted])


def keep_subscriptions(connection: sa.Connection, wanted: Sequence[Subscription]) -> None:
    """As `subscribe`, but how old they are is written too."""
    upsert(connection, subscription, [
        {"subscriber_id": one.subscriber, "edition": one.edition, "frequency": one.choices.frequency,
         "choices": to_line(one.choices), "since": instant(one.since)} for one in wanted])


def leave(connection: sa.Connection, number: int, edition: str | None, at: datetime) -> None:
    """End a subscription (edition: its slug), all alerts (ALERTS), or everything (None); mails of it that wait are withdrawn."""
    if edition != ALERTS:
        of_edition = sa.true() if edition is None else subscription.c.edition == edition
        connection.execute(sa.delete(subscription).where(subscription.c.subscriber_id == number, of_edition))
    if edition in (None, ALERTS):
        connection.execute(sa.delete(watch).where(watch.c.subscriber_id == number))
    if edition is None:
        connection.execute(sa.delete(sign_up).where(sign_up.c.subscriber_id == number))
    withdrawn = {
        None: sa.true(), ALERTS: mail.c.kind == "alert",
    }.get(edition, mail.c.issue_id.in_(sa.select(issue.c.id).where(issue.c.edition == edition)))
    waits = mail.c.state.in_(("queued", "claimed"))       # of a claimed one nothing was given away yet, and its sender lets it be
    connection.execute(sa.update(mail).where(mail.c.subscriber_id == number, waits, withdrawn).values(
        state="withdrawn", said="unsubscribed", body=None, changed_at=instant(at)))


def gets_anything(connection: sa.Connection, number: int) -> bool:
    """Whether any subscription or watch is left to them."""
    return any(connection.execute(sa.select(table.c.subscriber_id).where(table.c.subscriber_id == number).limit(1)).first()
               for table in (subscription, watch))


def subscriptions_of(connection: sa.Connection, numbers: Collection[int]) -> list[Subscription]:
    """By subscriber, then by edition."""
    query = sa.select(subscription).order_by(subscription.c.subscriber_id, subscription.c.edition)
    return [subscription_from(row) for some in chunks(sorted(numbers))
            for row in connection.execute(query.where(subscription.c.subscriber_id.in_(some)))]


def of_edition(connection: sa.Connection, slug: str, frequency: Frequency, after: int) -> list[tuple[Subscriber, Choices]]:
    """The next confirmed subscribers of an edition after a number, in the order of numbers; at most AT_ONCE."""
    query = sa.select(subscriber, subscription.c.choices).join_from(subscription, subscriber).where(
        subscription.c.edition == slug, subscription.c.frequency == frequency, subscriber.c.state == "confirmed",
        subscription.c.subscriber_id > after).order_by(subscription.c.subscriber_id).limit(AT_ONCE)
    return [(subscriber_from(row), from_line(Choices, row.choices)) for row in connection.execute(query)]


def after_number(connection: sa.Connection, number: int, *, most: int = AT_ONCE, state: SubscriberState | None = None,
                 words: str = "", edition: str | None = None) -> list[Subscriber]:
    """The next subscribers after a number. words: in the key of the address. edition: those subscribed to it."""
    query = sa.select(subscriber).where(subscriber.c.id > number).order_by(subscriber.c.id).limit(most)
    if state is not None:
        query = query.where(subscriber.c.state == state)
    if words:
        query = query.where(subscriber.c.key.contains(words, autoescape=True))
    if edition is not None:
        query = query.where(subscriber.c.id.in_(sa.select(subscription.c.subscriber_id).where(subscription.c.edition == edition)))
    return [subscriber_from(row) for row in connection.execute(query)]


def counts(connection: sa.Connection) -> dict[SubscriberState, int]:
    query = sa.select(subscriber.c.state, sa.func.count()).group_by(subscriber.c.state)
    return {row[0]: row[1] for row in connection.execute(query)}


def counts_by_edition(connection: sa.Connection) -> dict[str, int]:
    """How many confirmed subscribers each edition has."""
    query = sa.select(subscription.c.edition, sa.func.count()).join_from(subscription, subscriber).where(
        subscriber.c.state == "confirmed").group_by(subscription.c.edition)
    return {row[0]: row[1] for row in connection.execute(query)}


def mails_of(connection: sa.Connection, number: int) -> Iterator[Row]:
    """What is kept of the mails to a subscriber, oldest first."""
    query = sa.select(mail.c.kind, mail.c.state, mail.c.to, mail.c.message_id, mail.c.attempts, mail.c.said, mail.c.created_at,
                      mail.c.changed_at, mail.c.body, issue.c.edition, issue.c.frequency, issue.c.day).join_from(
        mail, issue, isouter=True).where(mail.c.subscriber_id == number).order_by(mail.c.id)
    for row in connection.execute(query):
        yield dict(row._mapping)


def watches_of(connection: sa.Connection, number: int) -> list[str]:
    """The watches of a subscriber, as JSON lines."""
    return list(connection.execute(sa.select(watch.c.body).where(watch.c.subscriber_id == number).order_by(watch.c.id)).scalars())


def subscriber_from(row: Any) -> Subscriber:
    return Subscriber(row.id, row.address, row.state, from_line(Consent, row.consent), row.token, row.bounces,
                      _time(row.unsubscribed_at), _time(row.suspended_at))


def subscription_from(row: Any) -> Subscription:
    return Subscription(row.subscriber_id, row.edition, from_line(Choices, row.choices), datetime.fromisoformat(row.since))


def _row(one: Subscriber) -> Row:
    return {"address": one.address, "state": one.state, "token": one.token, "consent": to_line(one.consent),
            "asked_at": instant(one.consent.asked_at), "bounces": one.bounces,
            "unsubscribed_at": instant(one.unsubscribed_at) if one.unsubscribed_at else None,
            "suspended_at": instant(one.suspended_at) if one.suspended_at else None}


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
