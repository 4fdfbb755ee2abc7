"""Tombstones of what was forgotten, and the list of copies that were made of the record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forgotten",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "who", "why", "what")),
        sa.Column("report_id", sa.Text),
        sa.Column("address", sa.Text),
        sa.Column("reports", sa.Integer, nullable=False),
        sa.Column("since", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_forgotten_report_id", "forgotten", ["report_id"])
    op.create_index("ix_forgotten_address", "forgotten", ["address"])
    op.create_table(
        "backup_copy",
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("reports", sa.Integer, nullable=False),
    )
