"""The server that takes mails: one connection, kept open over many of them.

smtplib speaks; answers are read here, because each has to be told apart: one that came, one that came before its question (so
that nobody knows what it answers), and none. A server that sends a byte now and then has no longer than one that is silent.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import time
from dataclasses import dataclass

from dateline.errors import SettingsError
from dateline.mailing.message import is_this_machine, sender_of
from dateline.publish.safe import plain
from dateline.settings import Settings

LONGEST_ANSWER = 64 * 1024        # bytes of one
LONGEST_SAID = 400                # characters of an answer that are kept
_LINE = re.compile(rb"([2-5][0-9][0-9])(?:([ -])(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answered, on one line and safe to print."""

    code: int
    words: str

    @property
    def is_yes(self) -> bool:
        return 200 <= self.code < 300

    @property
    def is_later(self) -> bool:
        return 400 <= self.code < 500

    def __str__(self) -> str:
        return f"{self.code} {self.words}".strip()


class Cut(smtplib.SMTPServerDisconnected):
    """No answer came: the connection ended, the wait did, or what came was none. The connection is of no more use."""


class CannotOpen(Exception):
    """No mail can be given away. said: why. ours: until a person changes something here, so that trying again does not help."""

    def __init__(self, said: str, *, ours: bool) -> None:
        self.said, self.ours = plain(said)[:LONGEST_SAID], ours
        super().__init__(self.said)


def check_connection(settings: Settings) -> ssl.SSLContext | None:
    """What makes the connection safe; None for one that is not.

    Raises SettingsError where a password would be sent over a connection that is neither safe nor within this machine, and for
    a file of authorities that holds none.
    """
    if settings.smtp_security == "none":
        if settings.smtp_user and not is_this_machine(settings.smtp_host):
            raise SettingsError(f"smtp_user is set, smtp_security is none and {settings.smtp_host} is another machine: the "
                                "password would be read on the way; set smtp_security to starttls or tls")
        return None
    try:
        return ssl.create_default_context(cafile=settings.smtp_ca_file or None)
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(f"smtp_ca_file {settings.smtp_ca_file}: {error}; give a PEM file of certificates") from None


class Connection:
    """An open connection: greeted, made safe and signed in as the settings say."""

    def __init__(self, settings: Settings, context: ssl.SSLContext | None) -> None:
        """Raises CannotOpen."""
        self._wire = _Wire(settings, context)
        try:
            self._open(settings, context)
        except BaseException:
            self._wire.close()
            raise

    @property
    def takes_beyond_ascii(self) -> bool:
        return self._wire.has_extn("smtputf8")

    @property
    def largest(self) -> int | None:
        """The bytes of the largest mail that the server takes; None: it does not say."""
        said = self._wire.esmtp_features.get("size", "")
        return int(said) if said.isascii() and said.isdigit() and int(said) > 0 else None

    def mail(self, sender: str, size: int, *, beyond_ascii: bool) -> Reply:
        """Begin a mail. sender: where it is returned to. Raises Cut, as all that follows."""
        options = f" SIZE={size}" if self._wire.has_extn("size") else ""
        self._wire.command_encoding = "utf-8" if beyond_ascii else "ascii"
        return self._ask(f"MAIL FROM:<{sender}>{options}{' SMTPUTF8' if beyond_ascii else ''}")

    def recipient(self, address: str) -> Reply:
        return self._ask(f"RCPT TO:<{address}>")

    def heed(self) -> None:
        """Raises Cut where the server has ended the connection, or said what nobody asked: before anything is given away."""
        self._wire.heed_early()

    def data(self, message: bytes) -> Reply:
        """Give the message away. What the server answers to it, or to the word DATA where that was no yes.

        From the first byte on nobody but the server knows: Cut means that it may have taken it.
        """
        reply = self._ask("DATA")
        if reply.code == 354:
            stuffed = (b"." if message.startswith(b".") else b"") + message.replace(b"\r\n.", b"\r\n..")
            self._wire.send(stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n") + b".\r\n")
            reply = self._reply(*self._wire.getreply())
        elif reply.is_yes:
            raise self._wire.nonsense(f"to DATA: {reply}")
        if 300 <= reply.code < 400:
            raise self._wire.nonsense(f"to the message: {reply}")
        return reply

    def reset(self) -> None:
        """Forget the mail that was begun. Raises Cut also where the server will not."""
        reply = self._ask("RSET")
        if not reply.is_yes:
            raise self._wire.nonsense(f"to RSET: {reply}")

    def close(self) -> None:
        """Take leave, without waiting long for it."""
        self._wire.patience_s = min(self._wire.patience_s, 2.0)
        try:
            self._wire.quit()
        except (OSError, smtplib.SMTPException):
            pass
        finally:
            self._wire.close()

    def _ask(self, command: str) -> Reply:
        return self._reply(*self._wire.docmd(command))

    @staticmethod
    def _reply(code: int, words: bytes) -> Reply:
        return Reply(code, plain(words.decode("utf-8", "replace"))[:LONGEST_SAID])

    def _open(self, settings: Settings, context: ssl.SSLContext | None) -> None:
        where = f"{settings.smtp_host}:{settings.smtp_port}"
        try:
            self._greeted(self._reply(*self._wire.connect(settings.smtp_host, settings.smtp_port)), where)
            self._greeted(self._reply(*self._wire.ehlo()), where)
            if settings.smtp_security == "starttls":
                self._make_safe(settings, context, where)
            if settings.smtp_user:
                self._wire.login(settings.smtp_user, settings.smtp_password)
        except smtplib.SMTPResponseException as error:
            reply = self._reply(error.smtp_code, _bytes(error.smtp_error))
            raise CannotOpen(f"{where} does not let us in: {reply}", ours=not reply.is_later) from None
        except ssl.SSLError as error:
            is_end = isinstance(error, ssl.SSLEOFError)
            raise CannotOpen(f"{where}: the connection is not safe: {error}", ours=not is_end) from None
        except smtplib.SMTPServerDisconnected as error:
            raise CannotOpen(f"{where}: {error}", ours=False) from None
        except smtplib.SMTPException as error:        # no way to sign in that both know
            raise CannotOpen(f"{where}: {error}", ours=True) from None
        except UnicodeError:
            raise CannotOpen(f"{where}: smtp_user or smtp_password is not plain ASCII", ours=True) from None
        except OSError as error:
            raise CannotOpen(f"{where}: no connection: {error.strerror or error}", ours=False) from None

    def _make_safe(self, settings: Settings, context: ssl.SSLContext | None, where: str) -> None:
        if context is None or not self._wire.has_extn("starttls"):
            raise CannotOpen(f"{where} does not offer STARTTLS; set smtp_security to tls, or to none for a server on this "
                             "machine", ours=True)
        self._wire.make_safe(context, settings.smtp_host)
        self._greeted(self._reply(*self._wire.ehlo()), where)

    @staticmethod
    def _greeted(reply: Reply, where: str) -> None:
        if not reply.is_yes:
            raise CannotOpen(f"{where} does not let us in: {reply}", ours=not reply.is_later)


class _Wire(smtplib.SMTP):
    """smtplib with another way to read answers."""

    def __init__(self, settings: Settings, context: ssl.SSLContext | None) -> None:
        self.patience_s = settings.smtp_timeout_s
        self._left = b""
        self._tls_at_once = context if settings.smtp_security == "tls" else None
        super().__init__(local_hostname=sender_of(settings).rpartition("@")[2], timeout=settings.smtp_timeout_s)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        found = socket.create_connection((host, port), timeout)
        if self._tls_at_once is None:
            return found
        try:
            return self._tls_at_once.wrap_socket(found, server_hostname=host)
        except BaseException:
            found.close()
            raise

    def make_safe(self, context: ssl.SSLContext, host: str) -> None:
        """STARTTLS. What the server offered before is forgotten: anybody may have said it."""
        code, words = self.docmd("STARTTLS")
        if code != 220:
            raise smtplib.SMTPResponseException(code, words)
        if self._left:            # said before the connection was safe, and to be believed after
            raise self.nonsense("words that were sent before the connection was safe")
        sock = self._socket()
        sock.settimeout(self.patience_s)
        self.sock = context.wrap_socket(sock, server_hostname=host)
        self.ehlo_resp, self.esmtp_features, self.does_esmtp = None, {}, False

    def send(self, s: bytes | str) -> None:               # type: ignore[override]
        """Raises Cut; also where the server has said something that nobody asked."""
        self.heed_early()
        sock = self._socket()
        sock.settimeout(self.patience_s)
        try:
            sock.sendall(s if isinstance(s, bytes) else s.encode(self.command_encoding))
        except OSError as error:
            raise self._cut(f"the connection ended while we spoke: {error}") from None

    def getreply(self) -> tuple[int, bytes]:
        """Raises Cut where no answer comes."""
        until, read = time.monotonic() + self.patience_s, 0
        words: list[bytes] = []
        while True:
            line = self._line(until)
            found = _LINE.fullmatch(line)
            read += len(line)
            if found is None or read > LONGEST_ANSWER:
                raise self.nonsense(line[:80].decode("latin-1"))
            words.append(found[3] or b"")
            if found[2] != b"-":
                return int(found[1]), b"\n".join(words)

    def nonsense(self, said: str) -> Cut:
        return self._cut(f"an answer that is none: {said}")

    def close(self) -> None:
        self._left = b""
        super().close()

    def _line(self, until: float) -> bytes:
        while b"\n" not in self._left:
            if len(self._left) > LONGEST_ANSWER:
                raise self.nonsense(self._left[:80].decode("latin-1"))
            sock, rest = self._socket(), until - time.monotonic()
            try:
                if rest <= 0:
                    raise TimeoutError
                sock.settimeout(rest)
                some = sock.recv(4096)
            except TimeoutError:
                raise self._cut(f"no answer within {self.patience_s:g} s") from None
            except OSError as error:
                raise self._cut(f"the connection ended: {error}") from None
            if not some:
                raise self._cut("the server ended the connection")
            self._left += some
        line, _, self._left = self._left.partition(b"\n")
        return line.rstrip(b"\r")

    def heed_early(self) -> None:
        sock = self._socket()
        if not self._left:
            sock.setblocking(False)
            try:
                self._left = sock.recv(4096)
            except (BlockingIOError, ssl.SSLWantReadError):
                return
            except OSError as error:
                raise self._cut(f"the connection ended: {error}") from None
            if not self._left:
                raise self._cut("the server ended the connection")
        if self._left.startswith(b"421"):
            raise self._cut(f"the server ended the connection: {self._left[:200].decode('latin-1')}")
        raise self.nonsense(f"before we asked: {self._left[:80].decode('latin-1')}")

    def _socket(self) -> socket.socket:
        if self.sock is None:
            raise Cut("there is no connection any more")
        return self.sock

    def _cut(self, said: str) -> Cut:
        self.close()
        return Cut(plain(said)[:LONGEST_SAID])


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode("utf-8", "replace")
