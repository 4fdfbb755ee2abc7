"""Subscribers, their subscriptions, invitations and attempts to sign up. `store.subscribers`; each call is one transaction."""

from __future__ import annotations

from dateline.store.team import Connecting


class Subscribers:
    """Made by `Store.subscribers`."""

    def __init__(self, read: Connecting, write: Connecting) -> None:
        self._read, self._write = read, write
