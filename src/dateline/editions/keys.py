"""Addresses of issues on the web, and the keys by which subscribers open those of an edition by invitation.

A key says who it was made for and of which edition. It is signed with the record's secret and the subscriber's own token, so that
nobody can make one, and it ends when they leave the edition or ask for another token.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from dateline.records.mailing import Edition, Issue, Subscriber
    from dateline.store import Store

MAC_BYTES = 18
LONGEST_KEY = 60                  # characters
OPENING = frozenset({"confirmed", "suspended"})       # states: whose mails come back may still read


def briefing_key(store: Store, slug: str, subscriber: Subscriber) -> str:
    """What opens the archive of the edition `slug` to `subscriber`: "31.V0f…", fit for addresses as it is."""
    said = f"briefing:{slug}:{subscriber.id}:{subscriber.token}".encode()
    mac = hmac.new(store.team.secret(), said, hashlib.sha256).digest()[:MAC_BYTES]
    return f"{subscriber.id}.{base64.urlsafe_b64encode(mac).decode('ascii')}"


def reader_of(store: Store, slug: str, key: str) -> Subscriber | None:
    """The subscriber of the edition whose key it is; None where it is nobody's, or theirs no more."""
    number, _, mac = key.partition(".")
    if not mac or len(key) > LONGEST_KEY or not (number.isascii() and number.isdigit()):
        return None
    held = store.subscribers.get(int(number)) if int(number) < 2**63 else None
    if held is None or held.state not in OPENING or store.subscribers.choices(held.id, slug) is None:
        return None
    return held if hmac.compare_digest(briefing_key(store, slug, held).encode(), key.encode("utf-8", "replace")) else None


def archive_url(root: str, slug: str, key: str = "") -> str:
    """The archive of an edition. root: without a slash at its end. key: where it is by invitation."""
    return f"{root}/briefing/{slug}{_asked(key)}"


def issue_url(root: str, issue: Issue, key: str = "") -> str:
    """The permanent address of an issue."""
    return f"{root}/briefing/{issue.edition}/{issue.name}{_asked(key)}"


def page_for(store: Store, root: str, edition: Edition, issue: Issue, subscriber: Subscriber) -> str:
    """The address of `issue` that a mail to `subscriber` leads to; it carries their key where the edition is by invitation."""
    return issue_url(root, issue, "" if edition.is_open else briefing_key(store, edition.slug, subscriber))


def _asked(key: str) -> str:
    return f"?{urlencode({'key': key})}" if key else ""
