"""Watched feeds: how each fares, and which of its entries were dealt with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "watched_feed",
        sa.Column("address", sa.Text, primary_key=True),
        sa.Column("watched", sa.Boolean, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "watched_entry",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("feed", sa.Text, sa.ForeignKey("watched_feed.address", ondelete="CASCADE", name="fk_watched_entry_feed"),
                  primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("state", "at", "body")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_watched_entry_feed_state", "watched_entry", ["feed", "state", "at"])
