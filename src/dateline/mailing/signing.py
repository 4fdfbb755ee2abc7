"""DKIM (RFC 6376, RFC 8463): the line that says a mail came from the domain and was not changed. By setting, with dkimpy."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from pathlib import Path

import dkim
from dkim.crypto import UnparsableKeyError, parse_pem_private_key

from dateline.errors import SettingsError
from dateline.settings import Settings

Signer = Callable[[bytes], bytes]
SIGNED = (b"from", b"to", b"reply-to", b"subject", b"date", b"message-id", b"in-reply-to", b"references", b"mime-version",
          b"content-type", b"list-id", b"list-unsubscribe", b"list-unsubscribe-post", b"list-archive", b"auto-submitted")
# Named once more than they are there, so that nobody adds another one beside ours.
SEALED = (b"from", b"to", b"subject", b"date", b"list-unsubscribe", b"list-unsubscribe-post")
RELAXED = (b"relaxed", b"relaxed")
SHORTEST_BITS = 1024              # of an RSA key: shorter ones count nowhere (RFC 8301)
_PEM = re.compile(rb"-----BEGIN ([A-Z ]+)-----\s+([A-Za-z0-9+/=\s]+?)\s*-----END \1-----")
_ED25519 = bytes.fromhex("302e020100300506032b657004220420")       # what stands before the 32 bytes of a PKCS#8 key
_PROBE = b"From: a@example.org\r\n\r\nx\r\n"


def signer_of(settings: Settings) -> Signer | None:
    """What adds the signature to a message; None where the settings ask for none.

    Raises SettingsError for a key file, a domain or a selector with which nothing can be signed.
    """
    if not settings.dkim_domain:
        return None
    if not settings.dkim_key_file:
        raise SettingsError("dkim_domain is set and dkim_key_file is not: name the file of the private key")
    key, algorithm = _key(settings.dkim_key_file)
    domain, selector = settings.dkim_domain.encode("ascii"), settings.dkim_selector.encode("ascii")

    def sign(message: bytes) -> bytes:
        signing = dkim.DKIM(message)
        there = [name.lower() for name, _ in signing.headers]
        names = [name for name in there if name in SIGNED] + [name for name in SEALED if name in there or name == b"from"]
        signature: bytes = signing.sign(selector, domain, key, signature_algorithm=algorithm, canonicalize=RELAXED,
                                        include_headers=names)
        return signature + message

    try:
        sign(_PROBE)
    except Exception as error:        # dkimpy raises what its parsers raise; whatever it is, no mail can be signed so
        raise SettingsError(f"DKIM: nothing can be signed with {settings.dkim_key_file} for {settings.dkim_domain}: "
                            f"{_line(error)}; write 'openssl genrsa -out dkim.pem 2048' and give that file") from None
    return sign


def _key(path: str) -> tuple[bytes, bytes]:
    """The private key as dkimpy wants it, and the algorithm: RSA as PEM, Ed25519 as the base64 of its 32 bytes."""
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise SettingsError(f"dkim_key_file {path}: {error.strerror}; give a file that may be read") from None
    found = _PEM.search(raw)
    if found is None or b"PRIVATE KEY" not in found[1]:
        raise SettingsError(f"dkim_key_file {path}: no private key in PEM; it begins with -----BEGIN PRIVATE KEY----- and has no "
                            "password")
    try:
        held = base64.b64decode(found[2], validate=False)
    except binascii.Error:
        raise SettingsError(f"dkim_key_file {path}: its base64 is broken; copy the file again") from None
    if held.startswith(_ED25519) and len(held) == len(_ED25519) + 32:
        _need_nacl(path)
        return base64.b64encode(held[len(_ED25519):]), b"ed25519-sha256"
    pem = b"-----BEGIN PRIVATE KEY-----\n" + base64.encodebytes(held) + b"-----END PRIVATE KEY-----\n"
    try:
        bits = parse_pem_private_key(pem)["modulus"].bit_length()
    except (UnparsableKeyError, IndexError, TypeError, ValueError):
        raise SettingsError(f"dkim_key_file {path}: neither an RSA key nor an Ed25519 key without a password") from None
    if bits < SHORTEST_BITS:
        raise SettingsError(f"dkim_key_file {path}: an RSA key of {bits} bits; it needs {SHORTEST_BITS} or more, better 2048")
    return pem, b"rsa-sha256"


def _need_nacl(path: str) -> None:
    try:
        import nacl.signing  # noqa: F401
    except ImportError:
        raise SettingsError(f"dkim_key_file {path}: an Ed25519 key, for which dkimpy needs PyNaCl: install pynacl, or give "
                            "an RSA key") from None


def _line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
