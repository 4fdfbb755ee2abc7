"""Neighbours are found by rare words too, and the pairs that were judged to be one incident are kept.

All accounts of an older record wait to be reconciled again: their words are indexed then, and their links made.
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
    _index_words()
    op.execute("UPDATE account SET reconciled = 0")


def _account(name: str, table: str) -> sa.Column[str]:
    key = sa.ForeignKey("account.id", ondelete="CASCADE", name=f"fk_{table}_{name}")
    return sa.Column(name, sa.Text, key, primary_key=True)


def _index_words() -> None:
    from dateline.records import Account
    from dateline.records.codec import from_line
    from dateline.store import rows
    from dateline.store.keeping import write_words

    connection = op.get_bind()
    for row in connection.execute(sa.text("SELECT * FROM report")).mappings().all():
        report = rows.report_from(row)
        bodies = connection.execute(sa.text("SELECT body FROM account WHERE report_id = :id"), {"id": report.id}).scalars()
        for body in bodies.all():
            write_words(connection, from_line(Account, body), report)
