"""Watched feeds and their entries. `store.feeds`; each call is one transaction, or a part of `store.writing()` around it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa

from dateline.records.codec import from_line, to_line
from dateline.records.watching import WatchedEntry, WatchedFeed
from dateline.store.dialect import chunks, upsert
from dateline.store.rows import instant
from dateline.store.schema_feeds import watched_entry, watched_feed
from dateline.store.team import Connecting


class Feeds:
    """Made by `Store.feeds`."""

    def __init__(self, read: Connecting, write: Connecting) -> None:
        self._read, self._write = read, write

    def all(self, *, watched: bool | None = None) -> list[WatchedFeed]:
        """By address. watched: only those that are on the list watched last, or only those that are not."""
        query = sa.select(watched_feed.c.body).order_by(watched_feed.c.address)
        if watched is not None:
            query = query.where(watched_feed.c.watched.is_(watched))
        with self._read() as connection:
            return [from_line(WatchedFeed, body) for body in connection.execute(query).scalars()]

    def get(self, address: str) -> WatchedFeed | None:
        query = sa.select(watched_feed.c.body).where(watched_feed.c.address == address)
        with self._read() as connection:
            body = connection.execute(query).scalar()
            return from_line(WatchedFeed, body) if body is not None else None

    def keep(self, feeds: Iterable[WatchedFeed]) -> None:
        rows = [{"address": one.address, "watched": one.watched, "body": to_line(one)} for one in feeds]
        with self._write() as connection:
            upsert(connection, watched_feed, rows)

    def entries(self, keys: Collection[str]) -> list[WatchedEntry]:
        """All that is kept of the entries with these keys, of whatever feed."""
        with self._read() as connection:
            return [from_line(WatchedEntry, body) for some in chunks(keys) for body in connection.execute(
                sa.select(watched_entry.c.body).where(watched_entry.c.key.in_(some))).scalars()]

    def waiting(self, feed: str) -> list[WatchedEntry]:
        """The entries of a feed that are tried again, oldest first."""
        query = sa.select(watched_entry.c.body).where(watched_entry.c.feed == feed, watched_entry.c.state == "waiting")
        with self._read() as connection:
            return [from_line(WatchedEntry, body) for body in connection.execute(query.order_by(
                watched_entry.c.at, watched_entry.c.key)).scalars()]

    def keep_entries(self, entries: Iterable[WatchedEntry]) -> None:
        rows = [{"key": one.key, "feed": one.feed, "state": one.state, "at": instant(one.at), "body": to_line(one)}
                for one in entries]
        with self._write() as connection:
            upsert(connection, watched_entry, rows)

    def forget_entries(self, feed: str, before: datetime, but: Collection[str]) -> int:
        """Forget what was dealt with before that, save for the entries `but`, which the feed still has; how many it were."""
        query = sa.select(watched_entry.c.key).where(
            watched_entry.c.feed == feed, watched_entry.c.state != "waiting", watched_entry.c.at < instant(before))
        with self._write() as connection:
            gone = sorted(set(connection.execute(query).scalars()) - set(but))
            for some in chunks(gone):
                connection.execute(sa.delete(watched_entry).where(watched_entry.c.feed == feed, watched_entry.c.key.in_(some)))
            return len(gone)
