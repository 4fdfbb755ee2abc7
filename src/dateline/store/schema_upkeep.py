"""The tables of keeping the record: tombstones of what was forgotten, and the list of copies that were made."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, Table, Text

from dateline.store.schema import metadata

forgotten = Table(                                         # Forgotten
    "forgotten", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("report_id", Text, index=True),
    Column("address", Text, index=True),                   # SHA-256 of a report's address on the web; null: it had none
    Column("reports", Integer, nullable=False),
    Column("since", Text),
    sqlite_autoincrement=True,
)

backup_copy = Table(                                       # BackupCopy
    "backup_copy", metadata,
    Column("path", Text, primary_key=True),
    Column("made_at", Text, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("reports", Integer, nullable=False),
)

TABLES = (forgotten, backup_copy)
