"""Addresses of pages that mails lead to. Each holds what proves that whoever opens it got the mail.

The link to the preferences holds the subscriber's token, 256 random bits. The one to unsubscribe goes into headers that mail
servers read, and so holds less: which subscriber and edition, signed with that token. Another token ends both.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from dateline.records.mailing import Subscriber
    from dateline.settings import Settings

ALERTS = "alerts"                 # in place of an edition: their alerts
RESERVED = frozenset({ALERTS, "sign-up", "confirm", "unsubscribe", "preferences", "subscribers", "mails", "all"})
# what no edition may be called: its pages would hide these
MAC_BYTES = 16
LONGEST_TOKEN = 400               # characters


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a link to unsubscribe names, before it is known whether its mark is right. edition None: everything."""

    subscriber: int
    edition: str | None
    mark: bytes


def root_of(settings: Settings) -> str:
    """Where this desk is, without a slash at its end."""
    return settings.public_url.rstrip("/") or f"http://{settings.desk_host}:{settings.desk_port}"


def sign_up_url(settings: Settings, edition: str) -> str:
    return f"{root_of(settings)}/briefing/sign-up?edition={edition}"


def confirm_url(settings: Settings, token: str) -> str:
    """token: of the sign-up; what is kept is its hash."""
    return f"{root_of(settings)}/briefing/confirm/{token}"


def preferences_url(settings: Settings, subscriber: Subscriber) -> str:
    return f"{root_of(settings)}/briefing/preferences/{quote(subscriber.token, safe='')}"


def alerts_url(settings: Settings, subscriber: Subscriber) -> str:
    return f"{root_of(settings)}/briefing/alerts/{quote(subscriber.token, safe='')}"


def unsubscribe_url(settings: Settings, subscriber: Subscriber, edition: str | None) -> str:
    """Where one POST unsubscribes (RFC 8058). edition: its slug, ALERTS, or None for everything."""
    return f"{root_of(settings)}/briefing/unsubscribe/{unsubscribe_token(subscriber, edition)}"


def unsubscribe_token(subscriber: Subscriber, edition: str | None) -> str:
    named = f"{subscriber.id}:{edition or ''}".encode()
    return base64.urlsafe_b64encode(_mark(subscriber, named) + named).decode().rstrip("=")


def read_unsubscribe(token: str) -> Leaving | None:
    """What a token names; None where it is none of ours. Whoever acts on it asks `is_of` first."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        number, sign, edition = raw[MAC_BYTES:].decode("ascii").partition(":")
    except (binascii.Error, ValueError):
        return None
    if not sign or not number.isdigit() or len(number) > 18:
        return None
    return Leaving(int(number), edition or None, raw[:MAC_BYTES])


def is_of(leaving: Leaving, subscriber: Subscriber) -> bool:
    """Whether the link was made for that subscriber, and they have asked for no other token since."""
    named = f"{subscriber.id}:{leaving.edition or ''}".encode()
    return leaving.subscriber == subscriber.id and hmac.compare_digest(leaving.mark, _mark(subscriber, named))


def _mark(subscriber: Subscriber, named: bytes) -> bytes:
    return hmac.new(subscriber.token.encode(), b"unsubscribe:" + named, hashlib.sha256).digest()[:MAC_BYTES]
