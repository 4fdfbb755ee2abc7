"""The tables of the briefing: editions, issues, subscribers, subscriptions, watches, notices, the queue of mails.

None of them says anything of what happened in the world: that is in schema.py.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from dateline.store.schema import metadata

edition = Table(
    "edition", metadata,
    Column("slug", Text, primary_key=True),
    Column("body", Text, nullable=False),                  # Edition
    Column("created_at", Text, nullable=False),
    Column("since", Text),                                 # frequency -> from when on its hours count; null: since it was made
    Column("failed", Text),                                # frequency -> (when making its issue last went wrong, what it was)
)

issue = Table(
    "issue", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("edition", Text, ForeignKey("edition.slug"), nullable=False),
    Column("frequency", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("briefing", Text, nullable=False),              # Briefing, as composed
    Column("edits", Text, nullable=False),                 # Edits
    Column("composed_at", Text, nullable=False),
    Column("kept_until", Text),                            # where the next one by the record's clock begins
    Column("issued_at", Text),
    Column("by", Text),
    # a missed hour is caught up once, by one of two servers
    UniqueConstraint("edition", "frequency", "day", name="uq_issue_edition"),
    sqlite_autoincrement=True,
)

subscriber = Table(
    "subscriber", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),      # the address, normalised: what two of one person have in common
    Column("address", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("token", Text, nullable=False, unique=True),
    Column("consent", Text, nullable=False),               # Consent
    Column("asked_at", Text, nullable=False),
    Column("bounces", Integer, nullable=False),
    Column("unsubscribed_at", Text),
    Column("suspended_at", Text),
    sqlite_autoincrement=True,
)

subscription = Table(
    "subscription", metadata,
    Column("subscriber_id", Integer, ForeignKey("subscriber.id", ondelete="CASCADE"), primary_key=True),
    Column("edition", Text, ForeignKey("edition.slug", ondelete="CASCADE"), primary_key=True, index=True),
    Column("frequency", Text, nullable=False),
    Column("choices", Text, nullable=False),               # Choices
    Column("since", Text, nullable=False),
    sqlite_with_rowid=False,
)

invitation = Table(                                        # to an edition that is not open
    "invitation", metadata,
    Column("edition", Text, ForeignKey("edition.slug", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),                 # the address, normalised
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    sqlite_with_rowid=False,
)

sign_up_attempt = Table(                                   # those of late: what rate limits count, for all workers
    "sign_up_attempt", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False, index=True),
    Column("network", Text),                               # of the machine
    Column("key", Text, nullable=False),                   # SHA-256 of the address
    sqlite_autoincrement=True,
)

sign_up = Table(                                           # asked for, and confirmed by the link of a mail
    "sign_up", metadata,
    Column("token", Text, primary_key=True),               # SHA-256 of the link's
    Column("subscriber_id", Integer, ForeignKey("subscriber.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("edition", Text, ForeignKey("edition.slug", ondelete="CASCADE"), nullable=False, index=True),
    Column("choices", Text, nullable=False),               # Choices
    Column("consent", Text, nullable=False),               # Consent
    Column("asked_at", Text, nullable=False, index=True),
    Column("used_at", Text),
    sqlite_with_rowid=False,
)

watch = Table(
    "watch", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("subscriber_id", Integer, ForeignKey("subscriber.id", ondelete="CASCADE"), index=True),
    Column("body", Text, nullable=False),                  # Watch
    Column("created_at", Text, nullable=False),
    sqlite_autoincrement=True,
)

notice = Table(
    "notice", metadata,
    Column("watch_id", Integer, ForeignKey("watch.id", ondelete="CASCADE"), primary_key=True),
    Column("incident", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("message_id", Text),
    sqlite_with_rowid=False,
)

mail = Table(
    "mail", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("to", Text, nullable=False),
    Column("host", Text, nullable=False),                  # what stands after the @, in lower case
    Column("message_id", Text, nullable=False, index=True),
    Column("due_at", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("subscriber_id", Integer, ForeignKey("subscriber.id", ondelete="CASCADE"), index=True),
    Column("issue_id", Integer, ForeignKey("issue.id", ondelete="CASCADE"), index=True),
    Column("body", Text),                                  # Parts; null: of an issue
    Column("worker", Text),                                # who has it in hand
    Column("lease_until", Text),                           # until when that counts
    Column("said", Text),
    Column("created_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("tried_at", Text),                              # when it was put off first
    Index("ix_mail_state_due_at", "state", "due_at"),
    Index("ix_mail_state_kind_due_at", "state", "kind", "due_at"),       # what somebody waits for goes before issues
    Index("ix_mail_changed_at", "changed_at"),                           # how many mails a host was given of late
    sqlite_autoincrement=True,
)

call = Table(                                              # of a webhook; the queue of those
    "call", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("watch_id", Integer, ForeignKey("watch.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("key", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),                 # "queued", "claimed", "answered", "given up"
    Column("due_at", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("body", Text, nullable=False),                  # what is sent, JSON
    Column("worker", Text),
    Column("lease_until", Text),
    Column("said", Text),
    Column("created_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Index("ix_call_state_due_at", "state", "due_at"),
    sqlite_autoincrement=True,
)

mark = Table(                                              # where something that goes through the record has come to
    "mark", metadata,
    Column("name", Text, primary_key=True),                # "alerts"
    Column("value", Text, nullable=False),
)

TABLES = (edition, issue, subscriber, subscription, invitation, sign_up_attempt, sign_up, watch, notice, mail, call, mark)
