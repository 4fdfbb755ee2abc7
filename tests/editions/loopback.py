"""A mail server on this machine that keeps what it is given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Inbox:
    """taken: (address, message) of each mail, as it came. answer: what it says to the next ones."""

    port: int = 0
    answer: str = "250 taken"
    taken: list[tuple[str, bytes]] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer.startswith("2"):
            self.taken += [(to, envelope.content) for to in envelope.rcpt_tos]
        return self.answer

    @property
    def settings(self) -> dict[str, Any]:
        return {"smtp_host": "127.0.0.1", "smtp_port": self.port, "smtp_security": "none"}

    @property
    def environment(self) -> dict[str, str]:
        return {f"DATELINE_{name.upper()}": str(value) for name, value in self.settings.items()}


class _AnyPort(Controller):
    """It asks its own server for a greeting when it starts; on port 0 it would ask nobody."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def a_mail_server() -> Iterator[Inbox]:
    inbox = Inbox()
    server = _AnyPort(inbox, hostname="127.0.0.1", port=0)
    server.start()
    inbox.port = server.port
    try:
        yield inbox
    finally:
        server.stop()
