"""The queue of mails: each is claimed, handed over and settled once, whoever sends. `store.mails`; each call a transaction."""

from __future__ import annotations

from dateline.store.team import Connecting


class Mails:
    """Made by `Store.mails`."""

    def __init__(self, read: Connecting, write: Connecting) -> None:
        self._read, self._write = read, write
