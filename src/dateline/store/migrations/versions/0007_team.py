"""A desk of several: people, sessions, tokens, failures to sign in, audit, visits, locks, comments, blind codings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _people()
    _beside_the_record()
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER audit_no_{change.lower()} BEFORE {change} ON audit "
                       "BEGIN SELECT RAISE(ABORT, 'lines of the audit log are never changed'); END")


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("key", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "role", "password", "created_at")),
        sa.Column("disabled_at", sa.Text),
    )
    op.create_table(
        "session",
        sa.Column("token", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, _key("session", "person", "person", "key"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("created_at", "used_at", "expires_at", "ends_at")),
    )
    op.create_index("ix_session_person", "session", ["person"])
    op.create_index("ix_session_expires_at", "session", ["expires_at"])
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("token", "label", "role")),
        sa.Column("person", sa.Text, _key("api_token", "person", "person", "key")),
        sa.Column("created_at", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("used_at", "expires_at", "revoked_at")),
        sa.UniqueConstraint("token", name="uq_api_token_token"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "desk_secret",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("secret", sa.Text, nullable=False),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "name")),
        sa.Column("address", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sign_in_failure_at", "sign_in_failure", ["at"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "who", "what")),
        *(sa.Column(name, sa.Text) for name in ("about", "address")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_table(
        "visit",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("last_at", sa.Text, nullable=False),
        sa.Column("before_at", sa.Text),
    )


def _beside_the_record() -> None:
    op.create_table(
        "incident_lock",
        sa.Column("incident", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("who", "since", "until")),
    )
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "incident", "body")),
        *(sa.Column(name, sa.Text) for name in ("resolved_at", "resolved_by")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_comment_incident", "comment", ["incident"])
    op.create_table(
        "comment_report",
        sa.Column("comment_id", sa.Integer, _key("comment_report", "comment", "comment_id", "id"), primary_key=True),
        sa.Column("report_id", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_comment_report_report_id", "comment_report", ["report_id"])
    op.create_table(
        "coding",
        sa.Column("incident", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "body")),
    )
    op.create_index("ix_coding_at", "coding", ["at"])


def _key(table: str, to: str, column: str, named: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{to}.{named}", ondelete="CASCADE", name=f"fk_{table}_{column}")
