"""Addresses of mails as people write them, and networks of machines. Pure."""

from __future__ import annotations

import hashlib
import ipaddress
import unicodedata
from dataclasses import dataclass

from dateline.errors import DecisionError
from dateline.publish.safe import plain

LONGEST = 254                     # characters of an address that a mail can be sent to (RFC 5321, errata 1690)
IPV4_NETWORK, IPV6_NETWORK = 24, 48      # bits: a household or an office, not one machine


@dataclass(frozen=True, slots=True)
class Address:
    """key: as addresses are compared. written: as mails are sent to it: the domain in ASCII and lower case."""

    key: str
    written: str


def address_of(text: str) -> Address:
    """The address that somebody wrote, white space around it left out.

    "Ana@Exämple.org" and "ana@XN--EXMPLE-CUA.org" have one key. Nothing is asked over the network.
    Raises DecisionError, which does not repeat it, for what no mail can be sent to.
    """
    from email_validator import EmailNotValidError, validate_email

    text = text.strip()
    if not text:
        raise DecisionError("write an address, such as ana@example.org")
    if len(text) > LONGEST:
        raise DecisionError(f"an address has {LONGEST} characters at most")
    try:
        found = validate_email(text, check_deliverability=False)
    except EmailNotValidError as error:
        raise DecisionError(f"this is no address that a mail can be sent to: {_small_first(plain(str(error)))}") from None
    local, domain = found.local_part, found.ascii_domain.lower()
    return Address(f"{_compared(local)}@{domain}", f"{local}@{domain}")


def _compared(local: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", local).casefold())


def hash_of(key: str) -> str:
    """What is kept of an address where only whether it comes again matters."""
    return hashlib.sha256(key.encode()).hexdigest()


def network_of(host: str | None) -> str | None:
    """The network that a machine is in: "192.0.2.0/24", "2001:db8:1::/48"; None where that is not known."""
    try:
        address = ipaddress.ip_address((host or "").partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    bits = IPV4_NETWORK if address.version == 4 else IPV6_NETWORK
    return str(ipaddress.ip_network((address, bits), strict=False))


def _small_first(words: str) -> str:
    return words[:1].lower() + words[1:].rstrip(".")
