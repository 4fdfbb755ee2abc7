"""Taking the list of subscribers out as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from dateline.records.mailing import Subscriber, Subscription
from dateline.records.team import Audited
from dateline.subscribing import sheet

if TYPE_CHECKING:
    from dateline.store import Store

AT_ONCE = 1_000                   # subscribers that are read in a transaction


def export_lines(store: Store, *, by: str, at: datetime) -> Iterator[str]:
    """All subscribers as lines of CSV, in the order of their numbers. The audit log says it when the first is taken."""
    store.team.note(Audited(at, by, "exported subscribers", None, None))
    yield from sheet.lines(_all(store))


def _all(store: Store) -> Iterator[tuple[Subscriber, list[Subscription]]]:
    after = 0
    while some := store.subscribers.page(after=after, most=AT_ONCE):
        held: dict[int, list[Subscription]] = {one.id: [] for one in some}
        for subscription in store.subscribers.subscriptions_of(held):
            held[subscription.subscriber].append(subscription)
        yield from ((one, _asked(store, one) if one.state == "unconfirmed" else held[one.id]) for one in some)
        after = some[-1].id


def _asked(store: Store, one: Subscriber) -> list[Subscription]:
    """What somebody asked for and has not confirmed, as if they had: of each edition what they asked for last."""
    asked = {waiting.edition: waiting for waiting in store.subscribers.sign_ups(one.id) if waiting.used_at is None}
    return [Subscription(one.id, slug, asked[slug].choices, one.consent.asked_at) for slug in sorted(asked)]
