"""Mails that come back (RFC 3464): whose each was, and whether it counts against the address.

Anybody can write to the address that mails are returned to. So a returned mail counts only where it names a mail of ours by what
its recipient alone was told: the token in the address that it is returned to, or the Message-ID. It counts once.
"""

from __future__ import annotations

import email
import mailbox
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import Message
from pathlib import Path
from typing import BinaryIO, Literal

from dateline.errors import ReadError
from dateline.mailing.returns import DIGITS, number_in
from dateline.publish.safe import plain
from dateline.records.mailing import Mail
from dateline.store import Store

LARGEST = 256 * 1024              # bytes that are read of one: the report stands before the mail that came back
MOST_PARTS = 200
MOST_TOKENS = 20
LONGEST_SAID = 300
# Header lines under which servers keep the address that a mail was delivered to.
DELIVERED = ("to", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-rcpt-to")
_TOKEN = re.compile(rf"\+([0-9]{{1,18}}-[0-9a-f]{{{DIGITS}}})@", re.IGNORECASE)
_STATUS = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})")
_ID = re.compile(r"<([^<>\s@]{1,400}@[^<>\s@]{1,400})>")

Verdict = Literal["counts", "does not count", "is none"]


@dataclass(frozen=True, slots=True)
class Returned:
    """What a returned mail says. verdict "counts": it could not be delivered, for good. said: the status and its words."""

    verdict: Verdict
    said: str = ""
    tokens: tuple[str, ...] = ()  # not checked yet
    message_id: str | None = None         # of the mail that came back
    recipients: tuple[str, ...] = ()      # Original-Recipient, Final-Recipient


@dataclass(frozen=True, slots=True)
class Counted:
    """mails: that were read. returned: mails of ours that came back. suspended: addresses that get no more, by their bounces."""

    mails: int = 0
    returned: int = 0
    delayed: int = 0              # reports that say that it goes on being tried
    passed_over: int = 0          # all others: no report, not ours, forged, or told before
    suspended: int = 0


def read_returned(raw: bytes) -> Returned:
    """What `raw` says, whatever it is. Pure; never raises."""
    try:
        return _read(email.message_from_bytes(raw[:LARGEST], policy=policy.compat32))
    except Exception:             # the parser gives up in many ways on what was made to break it, deep nesting among them
        return Returned("is none")


def take_returned(store: Store, raw: bytes, at: datetime) -> tuple[Verdict, Mail | None, bool]:
    """Note a mail that came back. The mail of ours, and whether its subscriber is suspended now; None: it does nothing."""
    told = read_returned(raw)
    if told.verdict != "counts":
        return told.verdict, None, False
    one = _mail_of(store, told)
    if one is None:
        return "is none", None, False
    with store.writing():
        if not store.mails.returned(one.id, told.said, at):
            return "is none", None, False
        if one.subscriber is None:
            return "counts", one, False
        subscriber = store.subscribers.bounced(one.subscriber, at)
    return "counts", one, subscriber.state == "suspended"


def take_all(store: Store, sources: Iterator[bytes], at: datetime) -> Counted:
    """Note all mails that came back in `sources` (see `mails_in`)."""
    mails = returned = delayed = suspended = 0
    for raw in sources:
        mails += 1
        verdict, one, is_suspended = take_returned(store, raw, at)
        returned += one is not None
        delayed += verdict == "does not count"
        suspended += is_suspended
    return Counted(mails, returned, delayed, mails - returned - delayed, suspended)


def mails_in(path: str) -> Iterator[bytes]:
    """The mails in a file that holds one, an mbox, a Maildir, or "-": standard input. The first LARGEST bytes of each.

    Raises ReadError for what cannot be read.
    """
    if path == "-":
        yield from _in_stream(sys.stdin.buffer)
        return
    where = Path(path)
    try:
        if where.is_dir():
            yield from _in_maildir(where)
        else:
            with where.open("rb") as stream:
                yield from _in_stream(stream)
    except OSError as error:
        raise ReadError(path, f"{error.strerror or error}", todo="give a file with mails, an mbox, a Maildir, or -") from None


def _in_maildir(folder: Path) -> Iterator[bytes]:
    if not (folder / "new").is_dir() or not (folder / "cur").is_dir():
        raise ReadError(str(folder), "a folder, and not a Maildir", todo="give a folder that holds cur and new")
    held = mailbox.Maildir(folder, create=False)
    for key in sorted(held.keys()):
        with held.get_file(key) as stream:
            yield stream.read(LARGEST)


def _in_stream(stream: BinaryIO) -> Iterator[bytes]:
    """One mail, or those of an mbox: each begins with a line "From " after an empty one. Lines over LARGEST come in pieces."""
    held, is_mbox, after_empty, is_first = bytearray(), False, True, True
    while line := stream.readline(LARGEST):
        begins = line.startswith(b"From ") and after_empty and (is_mbox or is_first)
        is_mbox = is_mbox or begins
        is_first = False
        after_empty = not line.strip(b"\r\n")
        if begins:
            if held:
                yield bytes(held)
            held = bytearray()
        elif len(held) < LARGEST:
            held += line
    if held:
        yield bytes(held[:LARGEST])


def _mail_of(store: Store, told: Returned) -> Mail | None:
    """The token first. By Message-ID only where the report names the address that the mail went to, or none."""
    secret = store.team.secret()
    for token in told.tokens:
        number = number_in(token, secret)
        if number is not None:
            return store.mails.get(number)
    found = store.mails.by_message_id(told.message_id) if told.message_id is not None else None
    if found is None or (told.recipients and found.to.lower() not in told.recipients):
        return None
    return found


def _read(message: Message) -> Returned:
    if message.get_content_type() != "multipart/report":
        return Returned("is none")
    parts = _parts(message)
    blocks = [block for part in parts if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status")
              for block in _blocks(part)]
    told = [one for one in map(_status, blocks) if one is not None]
    if not told:
        return Returned("is none")
    tokens = tuple(dict.fromkeys(found for name in DELIVERED for value in message.get_all(name, [])
                                 for found in _TOKEN.findall(str(value)[:2_000])))[:MOST_TOKENS]
    recipients = tuple(dict.fromkeys(address for block in blocks for name in ("original-recipient", "final-recipient")
                                     if (address := _address(block.get(name)))))
    failed = [said for is_final, said in told if is_final]
    return Returned("counts" if failed else "does not count", (failed or [said for _, said in told])[0], tokens,
                    _original_id(parts), recipients)


def _parts(message: Message) -> list[Message]:
    """The parts of the report itself, not those of the mail that came back."""
    payload = message.get_payload()
    return [part for part in payload[:MOST_PARTS] if isinstance(part, Message)] if isinstance(payload, list) else []


def _blocks(part: Message) -> Iterator[Message]:
    """The groups of lines of a delivery status: about the mail, then one for each recipient."""
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (block for block in payload[:MOST_PARTS] if isinstance(block, Message))
    elif isinstance(payload, str):        # of type message/global-delivery-status, which the parser does not know
        body = part.get_payload(decode=True)
        words = body.decode("utf-8", "replace") if isinstance(body, bytes) else payload
        yield from map(_header_lines, re.split(r"\n[ \t\r]*\n", words)[:MOST_PARTS])


def _header_lines(words: str) -> Message:
    return email.message_from_string(words, policy=policy.compat32)


def _status(block: Message) -> tuple[bool, str] | None:
    """Whether a group says that delivery failed for good, and its words; None for one that tells of no recipient."""
    action, status = str(block.get("action", "")).strip().lower(), _STATUS.search(str(block.get("status", ""))[:200])
    if not action or status is None:
        return None
    if action not in ("failed", "delayed"):
        return None
    words = plain(str(block.get("diagnostic-code", ""))[:2_000])
    said = f"returned: {status[0]} {words}".strip()[:LONGEST_SAID]
    return action == "failed" and status[1] == "5", said


def _address(value: object) -> str:
    """ "rfc822; ana@example.org" -> "ana@example.org", in small letters."""
    return plain(str(value)[:1_000]).rpartition(";")[2].strip().strip("<>").lower() if value is not None else ""


def _original_id(parts: list[Message]) -> str | None:
    """The Message-ID in what came back: a whole mail, or its header lines."""
    for part in parts:
        kind = part.get_content_type()
        if kind in ("message/rfc822", "message/global"):
            payload = part.get_payload()
            inner = payload[0] if isinstance(payload, list) and payload else None
            value = str(inner.get("message-id", "")) if isinstance(inner, Message) else ""
        elif kind in ("text/rfc822-headers", "message/global-headers"):
            body = part.get_payload(decode=True)
            words = body.decode("utf-8", "replace") if isinstance(body, bytes) else ""
            value = str(_header_lines(words).get("message-id", ""))
        else:
            continue
        if found := _ID.search(value[:2_000]):
            return found[1]
    return None
