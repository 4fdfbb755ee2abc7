"""What a mail says -> the bytes that go over the wire. Pure: the time is passed in.

Header lines and parts are written here one by one. Addresses of the web stand on one line however long they are: the library
email makes RFC 2047 words of one that is longer than its line, which breaks one-click unsubscribing; it would also take half the
time that there is for a mail. Words that came from a report or a person are flattened and encoded.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from functools import lru_cache
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from dateline.errors import DatelineError, SettingsError
from dateline.publish.safe import plain
from dateline.records.mailing import Mail, Parts, Picture
from dateline.settings import Settings

LONGEST_LINE = 998                # bytes without the line's end: RFC 5322
LONGEST_URL = 900
LONGEST_WORDS = 250               # characters of a subject or a name
NO_ARCHIVE = ("", "alerts")       # lists without pages of their own
_URL = re.compile(r"https?://[!#-;=?-~]+")                         # printable ASCII without space, <, > and "
_ID = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,200}@[A-Za-z0-9.-]{1,200}")
_LABELS = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")


class Unsendable(DatelineError):
    """A mail that can never become a message; whose fault it is stands in the words."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address as the server is told it. beyond_ascii: what stands before the @ needs a server with SMTPUTF8."""

    address: str
    beyond_ascii: bool


@lru_cache(maxsize=256)           # one is asked for again and again while its mail is made, and our own with each
def recipient_of(to: str) -> Recipient:
    """The address `to`, its domain in ASCII (IDNA). Raises Unsendable for what is not one address, such as two lines."""
    try:
        held = validate_email(to, check_deliverability=False, test_environment=True, allow_quoted_local=False)
    except EmailNotValidError as wrong:
        raise Unsendable(f"{plain(to)[:LONGEST_WORDS]}: not an address that mail can go to: {plain(str(wrong))}") from None
    if held.ascii_email is not None:
        return Recipient(held.ascii_email, False)
    return Recipient(f"{held.local_part}@{held.ascii_domain}", True)


def sender_of(settings: Settings) -> str:
    """The address that mails come from. Raises SettingsError where mail_from is none."""
    return _own("mail_from", settings.mail_from)


def new_message_id(settings: Settings) -> str:
    """A Message-ID that no other mail has, for whoever must know it before the mail goes out; without angle brackets.

    Of the sender's domain; where there is no sender yet, of the host under which readers reach this desk.
    """
    domain = settings.mail_from.rpartition("@")[2] or urlsplit(settings.public_url).hostname or "localhost"
    return f"{secrets.token_hex(16)}@{domain}"


def message_id_of(mail: Mail, settings: Settings) -> str:
    """The mail's Message-ID, without angle brackets: the one that it was queued with, else its own at the sender's domain.

    Raises Unsendable where it was queued with one that is none.
    """
    held = mail.message_id.strip().strip("<>")
    return _checked_id(held if "@" in held else f"{held}@{sender_of(settings).rpartition('@')[2]}")


def build(mail: Mail, parts: Parts, settings: Settings, at: datetime) -> bytes:
    """The message, lines ended by CR LF, none over 998 bytes, all ASCII but for an address that cannot be written so.

    at: its date. Raises Unsendable for a mail that cannot be one, SettingsError for an address of ours that is none.
    """
    head = b"".join(_line(name, value) for name, value in _headers(mail, parts, settings, at))
    data = head + _body(parts)
    lines = data.split(b"\r\n")
    if not data.count(b"\r") == data.count(b"\n") == len(lines) - 1 or b"\0" in data or max(map(len, lines)) > LONGEST_LINE:
        raise Unsendable(f"mail {mail.id}: a line of it is broken or over {LONGEST_LINE} bytes")
    return data


def _headers(mail: Mail, parts: Parts, settings: Settings, at: datetime) -> Iterator[tuple[str, str]]:
    sender = sender_of(settings)
    yield "From", f"{_phrase(settings.mail_from_name)} <{sender}>" if plain(settings.mail_from_name) else sender
    yield "To", recipient_of(mail.to).address
    if settings.mail_reply_to:
        yield "Reply-To", _own("mail_reply_to", settings.mail_reply_to)
    yield "Subject", _words(parts.subject, "Subject")
    yield "Date", format_datetime(at)
    yield "Message-ID", f"<{message_id_of(mail, settings)}>"
    if parts.in_reply_to:
        before = f"<{_checked_id(parts.in_reply_to.strip().strip('<>'))}>"
        yield "In-Reply-To", before
        yield "References", before
    yield from _list_headers(parts, settings)
    yield "Precedence", "bulk"
    yield "Auto-Submitted", "auto-generated"
    yield "X-Auto-Response-Suppress", "All"


def _list_headers(parts: Parts, settings: Settings) -> Iterator[tuple[str, str]]:
    """RFC 2369, RFC 8058, RFC 2919, RFC 5064. No mailto: nothing reads what would come there."""
    root = settings.public_url.rstrip("/")
    if parts.list_id:
        name = f"{_phrase(parts.list_name)} " if plain(parts.list_name) else ""
        yield "List-Id", f"{name}<{_list_id(parts.list_id, settings)}>"
    if parts.unsubscribe:
        yield "List-Unsubscribe", f"<{_url(parts.unsubscribe)}>"
        if _is_one_click(parts.unsubscribe):
            yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"
    if parts.archive:
        if root and parts.list_id not in NO_ARCHIVE:
            yield "List-Archive", f"<{_url(f'{root}/briefing/{parts.list_id}')}>"
        yield "Archived-At", f"<{_url(parts.archive)}>"


def _line(name: str, value: str) -> bytes:
    return f"{name}: {value}\r\n".encode()


def _words(text: str, header: str) -> str:
    """Words on one line of meaning: as they are, or as encoded words (RFC 2047), folded.

    What looks like an encoded word already is encoded too: decoded, it could say what `plain` took out.
    """
    flat = plain(text)
    flat = flat if len(flat) <= LONGEST_WORDS else f"{flat[:LONGEST_WORDS - 1]}…"
    charset = "us-ascii" if flat.isascii() and "=?" not in flat else "utf-8"
    return Header(flat, charset, maxlinelen=75, header_name=header).encode(linesep="\r\n")


def _phrase(text: str) -> str:
    """A name before an address in angle brackets."""
    flat = plain(text)[:LONGEST_WORDS]
    if flat.isascii() and "=?" not in flat:
        escaped = flat.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return Header(flat, "utf-8", maxlinelen=70).encode(linesep="\r\n")


def _url(url: str) -> str:
    if len(url) > LONGEST_URL or not _URL.fullmatch(url):
        raise Unsendable(f"{plain(url)[:LONGEST_WORDS]!r}: not an address of the web that a header can hold; "
                         "check the setting public_url")
    return url


def _is_one_click(url: str) -> bool:
    """RFC 8058 asks for https; a desk on this machine is tried out without."""
    parts = urlsplit(url)
    return parts.scheme == "https" or is_this_machine(parts.hostname or "")


def is_this_machine(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _list_id(slug: str, settings: Settings) -> str:
    host = urlsplit(settings.public_url).hostname or ""
    if not host or re.fullmatch(r"[0-9.]+|.*:.*", host):           # an IP address names no list
        host = sender_of(settings).rpartition("@")[2]
    found = f"{slug}.{host}".lower()
    if not _LABELS.fullmatch(found) or len(found) > 255:
        raise Unsendable(f"{plain(slug)[:LONGEST_WORDS]!r}: not a name that an edition can have")
    return found


def _checked_id(message_id: str) -> str:
    if not _ID.fullmatch(message_id):
        raise Unsendable(f"{plain(message_id)[:LONGEST_WORDS]!r}: not a Message-ID")
    return message_id


def _own(setting: str, address: str) -> str:
    try:
        held = recipient_of(address)
    except Unsendable as wrong:
        raise SettingsError(f"{setting}: {wrong}") from None
    return held.address


# The body: lines of bytes. Neither quoted-printable nor base64 can hold a boundary, since that begins with "=_".


def _body(parts: Parts) -> bytes:
    """multipart/alternative with its own header lines: the text, then the HTML with the pictures that it shows."""
    text, html = _text(parts.text, "plain"), _text(parts.html, "html")
    if parts.pictures:
        html = _together("related; type=\"text/html\"", [html, *map(_picture, parts.pictures)])
    return b"MIME-Version: 1.0\r\n" + _together("alternative", [text, html])


def _together(kind: str, parts: list[bytes]) -> bytes:
    boundary = f"=_{secrets.token_hex(12)}"
    between = f"--{boundary}\r\n".encode()
    head = f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"\r\n\r\n'.encode()
    return head + b"".join(between + part + b"\r\n" for part in parts) + f"--{boundary}--\r\n".encode()


def _text(text: str, subtype: str) -> bytes:
    """Quoted-printable, or base64 where that is shorter: both are ASCII in lines of 76, which every server takes."""
    data = re.sub(r"\r\n?", "\n", text).replace("\0", "").encode("utf-8", "replace")
    if not data.endswith(b"\n"):
        data += b"\n"
    quoted = binascii.b2a_qp(data, istext=True)
    if len(data) * 4 // 3 < len(quoted):
        return _part(f'text/{subtype}; charset="utf-8"', "base64", base64.encodebytes(data))
    return _part(f'text/{subtype}; charset="utf-8"', "quoted-printable", quoted)


def _picture(one: Picture) -> bytes:
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,100}", one.cid):
        raise Unsendable(f"{plain(one.cid)[:LONGEST_WORDS]!r}: not a name that a picture can have")
    more = f'Content-ID: <{one.cid}>\r\nContent-Disposition: inline; filename="{one.cid}.png"\r\n'
    return _part("image/png", "base64", base64.encodebytes(one.png), more)


def _part(kind: str, encoding: str, payload: bytes, more: str = "") -> bytes:
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n{more}\r\n"
    return head.encode() + payload.replace(b"\n", b"\r\n")
