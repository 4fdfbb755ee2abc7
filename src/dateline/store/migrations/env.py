"""Alembic's entry. The caller (store/opening.py) hands in a connection whose transaction is open, and commits it.

Batch mode, because SQLite alters a table by making it anew; foreign keys are off on that connection, because making
a table anew drops the old one.
"""

from __future__ import annotations

from alembic import context

from dateline.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
