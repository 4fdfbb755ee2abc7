"""The tables of a record on PostgreSQL: those of schema.py, made whole, and what a file has in a way of its own.

A record on PostgreSQL begins with the revision of the dateline that makes it, so that what migrations do to older files is never
run there; later migrations are run on both.
"""

from __future__ import annotations

import sqlalchemy as sa

from dateline.errors import StoreError
from dateline.store import schema_feeds, schema_mailing, schema_team, schema_upkeep  # noqa: F401 - their tables are in the metadata
from dateline.store.schema import metadata

VERSIONS = "alembic_version"
SEQUENCES = {                     # table -> what numbers its rows
    table.name: f"{table.name}_{column.name}_seq" for table in metadata.sorted_tables
    if (column := table.autoincrement_column) is not None and column.autoincrement is True}
_SIGN = "a record of dateline"    # a comment on its table of versions, as the number in the head of a file


def make_tables(connection: sa.Connection) -> None:
    """Make all tables in the first schema of the search path. Raises StoreError where the database keeps texts not as UTF-8."""
    encoding = connection.execute(sa.text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise StoreError(f"the database keeps texts as {encoding}; make one with createdb --encoding=UTF8 --template=template0")
    metadata.create_all(connection, checkfirst=False)
    for statement in (*_WORDS, *_AUDIT):
        connection.exec_driver_sql(statement)
    _index_of_letters(connection)


def sign(connection: sa.Connection) -> None:
    connection.exec_driver_sql(f"COMMENT ON TABLE {VERSIONS} IS '{_SIGN}'")


def is_signed(connection: sa.Connection) -> bool:
    return connection.execute(sa.text(
        f"SELECT obj_description(to_regclass('{VERSIONS}'), 'pg_class')")).scalar() == _SIGN


# Words are cut and folded by store/words.py, so that the server's language tells nothing of them; their stems are the server's.
# No word is left out as too common: what people look for may be one.
_WORDS = (
    "CREATE TABLE report_words (rowid bigint PRIMARY KEY REFERENCES report (seq) ON DELETE CASCADE, words tsvector NOT NULL)",
    "CREATE INDEX ix_report_words_words ON report_words USING gin (words)",
    "CREATE TEXT SEARCH DICTIONARY dateline_stem (TEMPLATE = pg_catalog.snowball, Language = english)",
    "CREATE TEXT SEARCH CONFIGURATION dateline (PARSER = pg_catalog.default)",
    "ALTER TEXT SEARCH CONFIGURATION dateline ADD MAPPING FOR asciiword, word, asciihword, hword, hword_asciipart, hword_part "
    "WITH dateline_stem",
    "ALTER TEXT SEARCH CONFIGURATION dateline ADD MAPPING FOR numword, numhword, hword_numpart, int, uint, float, sfloat, "
    "version WITH pg_catalog.simple",
)
_AUDIT = (
    "CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'lines of the audit log are never changed'; END $$",
    "CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_kept()",
)


def _index_of_letters(connection: sa.Connection) -> None:
    """For words within headlines and places, where the server has the extension; without it they are looked for in each row."""
    known = connection.execute(sa.text("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")).scalar()
    if not known:
        return
    savepoint = connection.begin_nested()
    try:
        connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        connection.exec_driver_sql("CREATE INDEX ix_incident_letters ON incident USING gin (headline gin_trgm_ops, "
                                   "place gin_trgm_ops, admin1 gin_trgm_ops)")
        savepoint.commit()
    except sa.exc.DBAPIError:         # its user may not make extensions, or the extension is in a schema that is not looked in
        savepoint.rollback()
