"""The tables of watched feeds: how each fares, and which of its entries were dealt with. Nothing of what reports say."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text

from dateline.store.schema import metadata

watched_feed = Table(
    "watched_feed", metadata,
    Column("address", Text, primary_key=True),
    Column("watched", Boolean, nullable=False),            # it is on the list that was watched last
    Column("body", Text, nullable=False),                  # WatchedFeed
)

watched_entry = Table(
    "watched_entry", metadata,
    Column("key", Text, primary_key=True),                 # of its link: one that two feeds carry is read once
    Column("feed", Text, ForeignKey("watched_feed.address", ondelete="CASCADE"), primary_key=True),
    Column("state", Text, nullable=False),                 # "done", "waiting", "given up"
    Column("at", Text, nullable=False),                    # when it was met first, or was dealt with again
    Column("body", Text, nullable=False),                  # WatchedEntry
    Index("ix_watched_entry_feed_state", "feed", "state", "at"),
    sqlite_with_rowid=False,
)

TABLES = (watched_feed, watched_entry)
