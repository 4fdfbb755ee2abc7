"""Servers on loopback that take mails: aiosmtpd, which behaves, and one that does at each step what a test tells it to."""

from __future__ import annotations

import re
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope

CLOSE, STALL = b"close", b"stall"         # instead of an answer
SAYS: Mapping[str, bytes] = {
    "greeting": b"220 mx.example.org ESMTP", "EHLO": b"250-mx.example.org\r\n250 SIZE 10000000", "MAIL": b"250 2.1.0 Ok",
    "RCPT": b"250 2.1.5 Ok", "DATA": b"354 go on", "message": b"250 2.0.0 taken", "RSET": b"250 Ok", "QUIT": b"221 Bye",
}


class Inbox:
    """What aiosmtpd took. answers: by the address of the recipient, or "" for all, what to say to RCPT; data: to the message."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.rcpt: dict[str, str] = {}
        self.data: dict[str, str] = {}
        self.sessions: set[int] = set()
        self.signed_in: list[str] = []
        self.was_safe: list[bool] = []

    @property
    def recipients(self) -> list[str]:
        return [address for envelope in self.envelopes for address in envelope.rcpt_tos]

    def message_to(self, address: str) -> bytes:
        [found] = [one.original_content for one in self.envelopes if one.rcpt_tos == [address]]
        assert isinstance(found, bytes)
        return found

    async def handle_RCPT(self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]) -> str:
        said = self.rcpt.get(address) or self.rcpt.get("") or "250 Ok"
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        [to] = envelope.rcpt_tos
        said = self.data.get(to) or self.data.get("") or "250 2.0.0 taken"
        if said.startswith("250"):
            self.envelopes.append(envelope)
            self.sessions.add(id(session))
            self.was_safe.append(session.ssl is not None)
        return said

    def sign_in(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        is_right = (data.login, data.password) == (b"ana", b"a made up password")
        if is_right:
            self.signed_in.append(mechanism)
        return AuthResult(success=is_right, handled=False)


@contextmanager
def taking(*, utf8: bool = False, **options: Any) -> Iterator[tuple[Inbox, int]]:
    """aiosmtpd on a port of loopback; what it took, and the port."""
    inbox = Inbox()
    if options.get("auth_required"):
        options["authenticator"] = inbox.sign_in
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=utf8, **options)
    controller.start()
    try:
        yield inbox, controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port: int = held.getsockname()[1]
        return port


class Scripted:
    """A server whose answers are told. A list of answers is gone through, one a time; its last stays. `heard`: all commands."""

    def __init__(self, says: Mapping[str, bytes | list[bytes]]) -> None:
        self._says = {step: list(words) if isinstance(words, list) else [words] for step, words in {**SAYS, **says}.items()}
        self.heard: list[str] = []
        self.taken: list[bytes] = []
        self._ended = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                one, _ = self._socket.accept()
            except OSError:
                return
            self._open.append(one)
            threading.Thread(target=self._serve, args=(one,), daemon=True).start()

    def _serve(self, one: socket.socket) -> None:
        with suppress(OSError), one, one.makefile("rb") as lines:
            if not self._say(one, "greeting"):
                return
            for line in lines:
                words = line.decode().strip()
                verb = words.split(" ")[0].upper()
                self.heard.append(words)
                said = self._say(one, verb)
                if not said or verb == "QUIT":
                    return
                if said.startswith(b"354"):
                    message = b""
                    for part in lines:
                        if part == b".\r\n":
                            break
                        message += part
                    self.taken.append(message)
                    if not self._say(one, "message"):
                        return

    def _say(self, one: socket.socket, step: str) -> bytes:
        words = self._says.get(step, [b"250 Ok"])
        said = words.pop(0) if len(words) > 1 else words[0]
        if said == STALL:
            self._ended.wait(30)
            return b""
        if said == CLOSE:
            one.shutdown(socket.SHUT_RDWR)
            return b""
        one.sendall(said + b"\r\n")
        return said


@contextmanager
def scripted(**says: bytes | list[bytes]) -> Iterator[Scripted]:
    server = Scripted(says)
    try:
        yield server
    finally:
        server.end()


def certificate_for(folder: Path, name: str = "127.0.0.1") -> tuple[Path, Path]:
    """A certificate and its key, made by openssl; it is its own authority."""
    kind = "IP" if re.fullmatch(r"[0-9.]+", name) else "DNS"
    cert, key = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}",
                    "-addext", f"subjectAltName={kind}:{name}", "-keyout", str(key), "-out", str(cert)],
                   check=True, capture_output=True)
    return cert, key


def context_of(cert: Path, key: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context
