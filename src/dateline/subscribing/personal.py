"""All that is held of one person, for them to download."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from dateline.records.codec import from_line, to_json
from dateline.records.mailing import Parts, Watch
from dateline.subscribing.addresses import address_of

if TYPE_CHECKING:
    from dateline.records.mailing import SignUp, Subscriber
    from dateline.store import Store
    from dateline.store.rows import Row

MAIL = ("kind", "state", "to", "edition", "frequency", "attempts", "said", "created_at", "changed_at")


def everything_of(store: Store, subscriber: Subscriber) -> dict[str, Any]:
    """As JSON can hold it: address, consent, choices, sign-ups, invitations, watches, mails. No token: they open doors."""
    key = address_of(subscriber.address).key
    with store.at_one_moment():
        held: dict[str, Any] = to_json(subscriber)
        del held["token"], held["id"]
        return held | {
            "subscriptions": [{"edition": one.edition, "since": to_json(one.since), "choices": to_json(one.choices)}
                              for one in store.subscribers.subscriptions(subscriber.id)],
            "sign_ups": [_asked(one) for one in store.subscribers.sign_ups(subscriber.id)],
            "invitations": [{"edition": edition, "at": to_json(at), "by": by}
                            for edition, (at, by) in store.subscribers.invited_to(key).items()],
            "watches": [_watch(line) for line in store.subscribers.watches_of(subscriber.id)],
            "mails": [_mail(row) for row in store.subscribers.mails_of(subscriber.id)]}


def _asked(one: SignUp) -> dict[str, Any]:
    told: dict[str, Any] = to_json(one)
    del told["subscriber"]
    return told


def _watch(line: str) -> dict[str, Any]:
    """A watch without the secret of its webhook, which is its maker's."""
    told: dict[str, Any] = to_json(from_line(Watch, line))
    return {name: value for name, value in told.items() if name not in ("id", "subscriber", "secret", "by")}


def _mail(row: Row) -> dict[str, Any]:
    told = {name: row[name] for name in MAIL}
    day: datetime | None = row["day"]
    return told | {"day": day.isoformat() if day else None, "subject": _subject(row["body"])}


def _subject(body: str | None) -> str | None:
    """Of the mails that were laid out when they were queued; an issue's is that of its edition and day."""
    try:
        return from_line(Parts, body).subject if body else None
    except msgspec.MsgspecError:
        return None
