"""The briefing: editions, issues, subscribers, watches, the queue of mails; and by which instant a report is looked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_report_kept_at", "report", ["kept_at"])
    op.create_index("ix_report_published_at", "report", ["published_at"])
    op.create_index("ix_report_written_latest", "report", ["written_latest"])
    _editions()
    _subscribers()
    _watches()
    _queues()


def _editions() -> None:
    op.create_table(
        "edition",
        sa.Column("slug", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("body", "created_at")),
        *(sa.Column(name, sa.Text) for name in ("since", "failed")),
    )
    op.create_table(
        "issue",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("edition", sa.Text, sa.ForeignKey("edition.slug", name="fk_issue_edition"), nullable=False),
        sa.Column("frequency", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("state", "briefing", "edits", "composed_at")),
        *(sa.Column(name, sa.Text) for name in ("kept_until", "issued_at", "by")),
        sa.UniqueConstraint("edition", "frequency", "day", name="uq_issue_edition"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_issue_state", "issue", ["state"])


def _subscribers() -> None:
    op.create_table(
        "subscriber",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("key", "address", "state", "token", "consent", "asked_at")),
        sa.Column("bounces", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("unsubscribed_at", "suspended_at")),
        sa.UniqueConstraint("key", name="uq_subscriber_key"),
        sa.UniqueConstraint("token", name="uq_subscriber_token"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_subscriber_state", "subscriber", ["state"])
    op.create_table(
        "subscription",
        sa.Column("subscriber_id", sa.Integer, _key("subscription", "subscriber", "subscriber_id", "id"), primary_key=True),
        sa.Column("edition", sa.Text, _key("subscription", "edition", "edition", "slug"), primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("frequency", "choices", "since")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_subscription_edition", "subscription", ["edition"])
    op.create_table(
        "invitation",
        sa.Column("edition", sa.Text, _key("invitation", "edition", "edition", "slug"), primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "by")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sign_up_attempt",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("network", sa.Text),
        sa.Column("key", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sign_up_attempt_at", "sign_up_attempt", ["at"])
    op.create_table(
        "sign_up",
        sa.Column("token", sa.Text, primary_key=True),
        sa.Column("subscriber_id", sa.Integer, _key("sign_up", "subscriber", "subscriber_id", "id"), nullable=False),
        sa.Column("edition", sa.Text, _key("sign_up", "edition", "edition", "slug"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("choices", "consent", "asked_at")),
        sa.Column("used_at", sa.Text),
        sqlite_with_rowid=False,
    )
    for name in ("subscriber_id", "edition", "asked_at"):
        op.create_index(f"ix_sign_up_{name}", "sign_up", [name])


def _watches() -> None:
    op.create_table(
        "watch",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("subscriber_id", sa.Integer, _key("watch", "subscriber", "subscriber_id", "id")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("body", "created_at")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_watch_subscriber_id", "watch", ["subscriber_id"])
    op.create_table(
        "notice",
        sa.Column("watch_id", sa.Integer, _key("notice", "watch", "watch_id", "id"), primary_key=True),
        sa.Column("incident", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "facts")),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("message_id", sa.Text),
        sqlite_with_rowid=False,
    )
    op.create_table("mark", sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False))


def _queues() -> None:
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("key", "kind", "state", "to", "host", "message_id", "due_at")),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("subscriber_id", sa.Integer, _key("mail", "subscriber", "subscriber_id", "id")),
        sa.Column("issue_id", sa.Integer, _key("mail", "issue", "issue_id", "id")),
        *(sa.Column(name, sa.Text) for name in ("body", "worker", "lease_until", "said")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("created_at", "changed_at")),
        sa.Column("tried_at", sa.Text),
        sa.UniqueConstraint("key", name="uq_mail_key"),
        sqlite_autoincrement=True,
    )
    for column in ("message_id", "subscriber_id", "issue_id"):
        op.create_index(f"ix_mail_{column}", "mail", [column])
    op.create_index("ix_mail_state_due_at", "mail", ["state", "due_at"])
    op.create_index("ix_mail_state_kind_due_at", "mail", ["state", "kind", "due_at"])
    op.create_index("ix_mail_changed_at", "mail", ["changed_at"])
    op.create_table(
        "call",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("watch_id", sa.Integer, _key("call", "watch", "watch_id", "id"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("key", "state", "due_at")),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("worker", "lease_until", "said")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("created_at", "changed_at")),
        sa.UniqueConstraint("key", name="uq_call_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_call_watch_id", "call", ["watch_id"])
    op.create_index("ix_call_state_due_at", "call", ["state", "due_at"])


def _key(table: str, to: str, column: str, named: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{to}.{named}", ondelete="CASCADE", name=f"fk_{table}_{column}")
