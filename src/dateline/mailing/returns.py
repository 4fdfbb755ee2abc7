"""The address that a mail is returned to, so that what comes back tells which mail it was. Pure."""

from __future__ import annotations

import hashlib
import hmac
import re

from dateline.errors import SettingsError
from dateline.mailing.message import Unsendable, recipient_of, sender_of
from dateline.settings import Settings

DIGITS = 24                       # hexadecimal, of the HMAC: 96 bits; with a number before it well under 64 characters
_TOKEN = re.compile(rf"([0-9]{{1,18}})-([0-9a-f]{{{DIGITS}}})")


def return_path(settings: Settings, number: int, secret: bytes) -> str:
    """mail_bounces_to with the token of mail `number` before its @; mail_from as it is where that is not set.

    Raises SettingsError for an address of ours that is none.
    """
    if not settings.mail_bounces_to:
        return sender_of(settings)
    try:
        local, _, domain = recipient_of(settings.mail_bounces_to).address.rpartition("@")
        return recipient_of(f"{local}+{token_of(number, secret)}@{domain}").address
    except Unsendable as wrong:
        raise SettingsError(f"mail_bounces_to: {wrong}") from None


def token_of(number: int, secret: bytes) -> str:
    """Tells the mail, and can be made by nobody who lacks the secret. Lower case: servers may not keep capitals."""
    digest = hmac.new(secret, f"returned mail {number}".encode(), hashlib.sha256).hexdigest()
    return f"{number}-{digest[:DIGITS]}"


def number_in(token: str, secret: bytes) -> int | None:
    """The mail that a token tells; None for one that we did not make."""
    found = _TOKEN.fullmatch(token.lower())
    if found is None or not hmac.compare_digest(token_of(int(found[1]), secret), token.lower()):
        return None
    return int(found[1])
