"""Neighbours are found by rare words too, and the pairs that were judged to be one incident are kept.

All accounts of an older record wait to be reconciled again: their links are made then. Their words are indexed by 0004, which
keeps more of them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_word",
        sa.Column("word", sa.Text, primary_key=True),
        sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
        _account("account_id", "account_word"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_account_word_account_id", "account_word", ["account_id"])
    op.create_table(
        "account_link",
        _account("account_a", "account_link"),
        _account("account_b", "account_link"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_account_link_account_b", "account_link", ["account_b"])
    op.execute("UPDATE account SET reconciled = 0")


def _account(name: str, table: str) -> sa.Column[str]:
    key = sa.ForeignKey("account.id", ondelete="CASCADE", name=f"fk_{table}_{name}")
    return sa.Column(name, sa.Text, key, primary_key=True)

