"""Links between accounts are kept with their points and reasons, rare words with their weights; a decision on a whole incident
is kept with all the accounts that it is about, and an incident that goes with those that it had.

All accounts of an older record wait to be reconciled again, and their links are made then. The words are written by 0005, which
makes their table anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    from dateline.store.decisions import follow_decisions

    for table in ("override", "account_link", "account_word"):
        op.drop_table(table)
    op.create_table(
        "decided",
        sa.Column("decision_id", sa.Integer, _key("decided", "decision", "decision_id"), primary_key=True),
        sa.Column("account_id", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_decided_account_id", "decided", ["account_id"])
    op.create_table(
        "account_word",
        sa.Column("word", sa.Text, primary_key=True),
        sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("account_id", sa.Text, _key("account_word", "account", "account_id"), primary_key=True),
        sa.Column("weight", sa.Float, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_account_word_account_id", "account_word", ["account_id"])
    op.create_table(
        "account_link",
        sa.Column("account_a", sa.Text, _key("account_link", "account", "account_a"), primary_key=True),
        sa.Column("account_b", sa.Text, _key("account_link", "account", "account_b"), primary_key=True),
        sa.Column("points", sa.Float, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_account_link_account_b", "account_link", ["account_b"])
    op.create_table(
        "former",
        sa.Column("incident_number", sa.Integer, _key("former", "incident", "incident_number", "number"), primary_key=True),
        sa.Column("account_id", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_former_account_id", "former", ["account_id"])
    follow_decisions(op.get_bind(), set(op.get_bind().execute(sa.text("SELECT report_id FROM decision_report")).scalars()))
    op.execute("UPDATE account SET reconciled = 0")


def _key(table: str, to: str, column: str, named: str = "id") -> sa.ForeignKey:
    return sa.ForeignKey(f"{to}.{named}", ondelete="CASCADE", name=f"fk_{table}_{column}")
