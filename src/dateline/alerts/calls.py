"""Calls of webhooks: POST of JSON, signed, to public addresses only, at least once, and given up after a day.

A call is claimed, made and settled; a worker that dies between leaves it to the next, which sends the same delivery again.
Addresses are checked when the connection is made, as those of pages are (read/network.py); redirects are not followed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dateline.errors import SettingsError
from dateline.publish.safe import plain
from dateline.settings import Settings
from dateline.store import Store
from dateline.store.watch_calls import Call

if TYPE_CHECKING:
    import httpx

    from dateline.read.network import Allow, Resolve

GIVEN_UP_AFTER = timedelta(days=1)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)     # doubled after each attempt
LEASE_S = 180.0
LONGEST_WAIT_S = 20.0             # of a call altogether, whatever fetch_timeout_s is: others wait for their turn
MOST_CALLS = 200                  # of one round
MOST_READ = 2_000                 # bytes of an answer
LONGEST_ADDRESS = 1_000           # characters
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
PAUSES = HTTPStatus.GONE          # a receiver that answers this wants no more


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. status None: nothing did. said: in a line, safe to show."""

    status: int | None
    said: str

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Called:
    answered: int = 0
    put_off: int = 0
    given_up: int = 0


def call_due(store: Store, settings: Settings, at: datetime, *, allow: Allow | None = None, resolve: Resolve | None = None,
             clock: Callable[[], float] = time.monotonic) -> Called:
    """Make the calls that are due at `at`. Of a webhook that fails no other call is made in this round.

    allow, resolve: for tests, which answer from this machine. Raises StoreError.
    """
    if settings.offline:
        return Called()
    worker, counted, failed = secrets.token_hex(8), {"answered": 0, "put off": 0, "given up": 0}, set[int]()
    begun = clock()
    for _ in range(MOST_CALLS):
        now = at + timedelta(seconds=clock() - begun)           # a lease runs from when its call is claimed
        one = store.watches.claim_call(worker, now, LEASE_S, but=failed)
        if one is None:
            break
        outcome = _make(store, settings, one, worker, now, allow, resolve)
        counted[outcome] += 1
        if outcome != "answered":
            failed.add(one.watch)
    return Called(counted["answered"], counted["put off"], counted["given up"])


def _make(store: Store, settings: Settings, one: Call, worker: str, at: datetime, allow: Allow | None,
          resolve: Resolve | None) -> str:
    watch = store.watches.get(one.watch)
    if watch is None or watch.webhook is None or watch.paused:
        store.watches.settle_call(one, worker, "given up", "the watch is paused or has no webhook", at)
        return "given up"
    answer = post(watch.webhook, watch.secret or "", one.body, settings, at, allow=allow, resolve=resolve)
    if answer.is_taken:
        store.watches.settle_call(one, worker, "answered", answer.said, at)
        return "answered"
    if answer.status == PAUSES:
        with store.writing():
            store.watches.settle_call(one, worker, "given up", answer.said, at)
            store.watches.give_up_calls(watch.id, "the receiver answered 410 to another call", at)
            store.watches.pause(watch.id)
        return "given up"
    due_at = at + pause_after(one.attempts)
    if due_at > one.created_at + GIVEN_UP_AFTER:
        store.watches.settle_call(one, worker, "given up", answer.said, at)
        return "given up"
    store.watches.settle_call(one, worker, "queued", answer.said, at, due_at)
    return "put off"


def pause_after(attempts: int) -> timedelta:
    """How long after that many attempts the next one is made."""
    return min(FIRST_PAUSE * float(2 ** min(attempts - 1, 20)), LONGEST_PAUSE)


def signature(secret: str, timestamp: str, body: str) -> str:
    """The header X-Dateline-Signature: HMAC-SHA-256 of "timestamp.body"."""
    return "sha256=" + hmac.new(secret.encode(), f"{timestamp}.{body}".encode(), hashlib.sha256).hexdigest()


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def check_webhook(address: str, settings: Settings) -> str:
    """`address`, where it can be a webhook. Raises SettingsError that says why it cannot."""
    address = address.strip()
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise SettingsError("the webhook's address is none; write https://example.org/alerts") from None
    if not address.isascii() or not address.isprintable() or " " in address or len(address) > LONGEST_ADDRESS or not host:
        raise SettingsError("the webhook's address is none; write https://example.org/alerts, in ASCII characters")
    if parts.username is not None or parts.password is not None:
        raise SettingsError("the webhook's address holds a name or password; the signature says that a call is ours")
    here = parts.scheme == "http" and host in LOOPBACK and settings.fetch_private
    if parts.scheme != "https" and not here:
        raise SettingsError("a webhook's address begins with https://; what is sent is nobody else's")
    return address


def post(address: str, secret: str, body: str, settings: Settings, at: datetime, *, allow: Allow | None = None,
         resolve: Resolve | None = None) -> Answer:
    """Send `body`, once. What goes wrong is an Answer too: nothing is raised for what a receiver or the network does."""
    import httpcore
    import httpx

    from dateline.read import network

    try:
        check_webhook(address, settings)
    except SettingsError as wrong:
        return Answer(None, str(wrong))
    if (why := _refused_name(address, settings, allow)) is not None:
        return Answer(None, why)
    timestamp, wait = str(int(at.timestamp())), min(settings.fetch_timeout_s, LONGEST_WAIT_S)
    sent = {
        "User-Agent": settings.user_agent, "Content-Type": "application/json", "Accept-Encoding": "identity",
        "X-Dateline-Timestamp": timestamp, "X-Dateline-Delivery": str(json.loads(body)["delivery"]),
        "X-Dateline-Signature": signature(secret, timestamp, body)}
    checked = not (settings.fetch_private or settings.proxy)
    backend = network.CheckedBackend((allow or network.is_public) if checked else None, resolve or network.resolve)
    backend.deadline = backend.clock() + wait
    transport = network.CheckedTransport(backend, settings.proxy)
    try:
        request = httpx.Request("POST", address, headers=sent, content=body.encode(),
                                extensions={"timeout": httpx.Timeout(wait).as_dict()})
        response = transport.handle_request(request)
        try:
            return Answer(response.status_code, _said(response))
        finally:
            response.close()
    except network.PrivateAddress as private:
        return Answer(None, f"{plain(str(private))} is an address of a private network, so nothing was sent")
    except (httpx.TimeoutException, httpcore.TimeoutException):
        return Answer(None, "no answer in time")
    except (httpx.HTTPError, httpx.InvalidURL, httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError,
            httpcore.UnsupportedProtocol, UnicodeError, OSError) as error:
        return Answer(None, f"could not be sent ({plain(str(error))[:200] or type(error).__name__})")
    finally:
        transport.close()


def _refused_name(address: str, settings: Settings, allow: Allow | None) -> str | None:
    """Behind a proxy the name is resolved elsewhere, so what it says is all that can be checked here."""
    if not settings.proxy or settings.fetch_private:
        return None
    from dateline.read import network

    host = urlsplit(address).hostname or ""
    literal = network.literal_address(host)
    is_allowed = not network.is_name_at_home(host) if literal is None else (allow or network.is_public)(literal)
    return None if is_allowed else f"{plain(host)} is a name of a private network, so nothing was sent"


def _said(response: httpx.Response) -> str:
    """Status and the first words of the body, of which no more is read."""
    try:
        phrase = HTTPStatus(response.status_code).phrase
    except ValueError:
        phrase = "no known meaning"
    read = b""
    with suppress(Exception):             # its status has come, and counts, whatever becomes of the rest
        for part in response.iter_raw():
            read += part[:MOST_READ - len(read)]
            if len(read) >= MOST_READ:
                break
    words = plain(read.decode("utf-8", "replace"))[:200]
    return f"{response.status_code} {phrase}" + (f": {words}" if words else "")
