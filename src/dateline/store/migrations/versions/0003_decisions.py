"""What persons decide is kept as events, on reports and sentences; what follows for accounts is worked out from them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("extracted", sa.Text))
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("incident", sa.Text),
        sa.Column("body", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decision_incident", "decision", ["incident"])
    key = sa.ForeignKey("decision.id", ondelete="CASCADE", name="fk_decision_report_decision_id")
    op.create_table(
        "decision_report",
        sa.Column("decision_id", sa.Integer, key, primary_key=True),
        sa.Column("report_id", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_decision_report_report_id", "decision_report", ["report_id"])
    op.create_table(
        "override",
        sa.Column("account_id", sa.Text, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.drop_table("judgement")        # nothing wrote it before
    op.create_table(
        "judgement",
        sa.Column("account_a", sa.Text, primary_key=True),
        sa.Column("account_b", sa.Text, primary_key=True),
        sa.Column("same", sa.Boolean, nullable=False),
    )
    op.create_index("ix_judgement_account_b", "judgement", ["account_b"])
