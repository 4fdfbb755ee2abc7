"""Bringing the tables of a record to those of this version, or of another one, by Alembic."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa


def migrate(connection: sa.Connection, revision: str = "head") -> None:
    """Bring the tables to `revision`."""
    from alembic import command

    command.upgrade(_config(connection), revision)


def stamp(connection: sa.Connection) -> None:
    """Note that the tables, which were made whole, are those of the newest revision."""
    from alembic import command

    command.stamp(_config(connection), "head")


def _config(connection: sa.Connection):  # type: ignore[no-untyped-def]
    from alembic.config import Config  # imported here: a record of this version need not wait 0.2 s for it

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
