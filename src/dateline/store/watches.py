"""Watches, what they were told, and the queue of calls of webhooks. `store.watches`; each call is one transaction."""

from __future__ import annotations

from dateline.store.team import Connecting


class Watches:
    """Made by `Store.watches`."""

    def __init__(self, read: Connecting, write: Connecting) -> None:
        self._read, self._write = read, write
