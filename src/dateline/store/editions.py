"""Editions and their issues. `store.editions`; each call is one transaction."""

from __future__ import annotations

from dateline.store.team import Connecting


class Editions:
    """Made by `Store.editions`."""

    def __init__(self, read: Connecting, write: Connecting) -> None:
        self._read, self._write = read, write
