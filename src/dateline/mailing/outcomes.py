"""What an answer of the server means for a mail. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from dateline.mailing.smtp import Reply

BACK_OFF_MINUTES = (1, 5, 15, 60, 120, 240)
JITTER = 0.25                     # of the wait, at most: so that what was put off together does not come back together
NOT_SIGNED_IN = (530, 535, 538)
_POLICY = re.compile(r"5\.7\.\d{1,3}\b")
_RELAY = re.compile(r"relay|authentica", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """bounces: whether it counts against the address. is_ours: the server refuses us, whosever the mail is. "kept": queued."""

    what: Literal["sent", "put off", "refused", "uncertain", "kept"]
    said: str
    bounces: bool = False
    is_ours: bool = False


def of_sender(reply: Reply) -> Outcome:
    """What an answer to MAIL FROM means that was no yes: no recipient has been named yet."""
    return Outcome("put off", str(reply)) if reply.is_later else Outcome("kept", str(reply), is_ours=True)


def of_recipient(reply: Reply) -> Outcome:
    """What an answer to RCPT TO means that was no yes."""
    if reply.is_later:
        return Outcome("put off", str(reply))
    if reply.code in NOT_SIGNED_IN or (_POLICY.match(reply.words) and _RELAY.search(reply.words)):
        return Outcome("put off", str(reply), is_ours=True)
    return _refused(reply)


def of_data(reply: Reply) -> Outcome:
    """What an answer to the message, or to the word DATA, means."""
    if reply.is_yes:
        return Outcome("sent", str(reply))
    return Outcome("put off", str(reply)) if reply.is_later else _refused(reply)


def back_off(attempts: int, jitter: float) -> timedelta:
    """How long to wait after `attempts` earlier ones. jitter: 0 to 1, by chance."""
    minutes = BACK_OFF_MINUTES[min(attempts, len(BACK_OFF_MINUTES) - 1)]
    return timedelta(minutes=minutes * (1 + JITTER * jitter))


def _refused(reply: Reply) -> Outcome:
    """5.7.x (RFC 3463) tells of a policy: of a server that dislikes us or our words, not of an address that is no more."""
    return Outcome("refused", str(reply), bounces=not _POLICY.match(reply.words))
