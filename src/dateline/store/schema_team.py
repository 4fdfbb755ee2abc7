"""The tables of a desk of several: people, their sessions and tokens, what they did, comments, locks and codings.

None of them says anything of what happened in the world: that is in schema.py.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from dateline.store.schema import metadata

person = Table(
    "person", metadata,
    Column("key", Text, primary_key=True),                 # the name, folded: "Ana" and "ana" are one
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),              # argon2's own text, with salt and parameters
    Column("created_at", Text, nullable=False),
    Column("disabled_at", Text),
)

session = Table(
    "session", metadata,
    Column("token", Text, primary_key=True),               # SHA-256 of it
    Column("person", Text, ForeignKey("person.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", Text, nullable=False),
    Column("used_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False, index=True),   # moved on while it is used
    Column("ends_at", Text, nullable=False),               # and never beyond this
)

api_token = Table(
    "api_token", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("token", Text, nullable=False, unique=True),    # SHA-256 of it
    Column("label", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("person", Text, ForeignKey("person.key", ondelete="CASCADE")),
    Column("created_at", Text, nullable=False),
    Column("used_at", Text),
    Column("expires_at", Text),
    Column("revoked_at", Text),
    sqlite_autoincrement=True,
)

desk_secret = Table(                                       # what the desk's cookies are signed with, by all its workers
    "desk_secret", metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),     # 1: there is one
    Column("secret", Text, nullable=False),                # hexadecimal
)

sign_in_failure = Table(                                   # those of late: what rate limits count, for all workers
    "sign_in_failure", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),                  # SHA-256 of what was typed: it may have been a password
    Column("address", Text),
    sqlite_autoincrement=True,
)

audit = Table(                                             # lines are added; triggers refuse to change or delete any
    "audit", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("about", Text),
    Column("address", Text),
    sqlite_autoincrement=True,
)

visit = Table(
    "visit", metadata,
    Column("person", Text, primary_key=True),              # folded name; also of one who has no account
    Column("last_at", Text, nullable=False),               # the latest that was asked for
    Column("before_at", Text),                             # the end of the visit before this one
)

incident_lock = Table(
    "incident_lock", metadata,
    Column("incident", Text, primary_key=True),
    Column("who", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("until", Text, nullable=False),
)

comment = Table(                                           # never deleted
    "comment", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("incident", Text, nullable=False, index=True),  # as it was called then
    Column("body", Text, nullable=False),                  # Comment, as it was written
    Column("resolved_at", Text),
    Column("resolved_by", Text),
    sqlite_autoincrement=True,
)

comment_report = Table(                                    # the reports whose accounts a comment hangs on
    "comment_report", metadata,
    Column("comment_id", Integer, ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True),
    Column("report_id", Text, primary_key=True, index=True),
    sqlite_with_rowid=False,
)

coding = Table(
    "coding", metadata,
    Column("incident", Text, primary_key=True),
    Column("person", Text, primary_key=True),              # folded name
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),                  # Coding
    Index("ix_coding_at", "at"),
)

TABLES = (person, session, api_token, desk_secret, sign_in_failure, audit, visit, incident_lock, comment, comment_report, coding)
