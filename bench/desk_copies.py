"""A made record of a million incidents on PostgreSQL, in minutes: BASE incidents are made, and copied within the server.

Each copy is an incident of its own, with reports, accounts, figures and words of its own: other numbers and ids, told in the same
words on the same days. What a page costs hangs on how many rows there are and where they lie, which is as if each were made.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from bench.desk_record import make_record
from dateline.store import open_record
from dateline.store.schema import metadata

BASE = 20_000
MOST_COPIES = 256                 # their number is the last two digits of an id
SCHEMA = "made_base"
AT_ONCE = 2                       # tables that are filled at once
MEMORY = "512MB"                  # for making an index


@dataclass(frozen=True, slots=True)
class Sizes:
    """By how much the numbers of one copy are higher than those of the copy before it."""

    incidents: int
    reports: int


def make_many(address: str, incidents: int, figures: int, base: int = BASE) -> None:
    """Make the empty database at `address` a record of so many incidents, a whole number of times `base`, and about so many
    figures. Raises ValueError for another number."""
    copies, rest = divmod(incidents, base)
    if rest or not 0 < copies <= MOST_COPIES:
        raise ValueError(f"{incidents:,} incidents are not 1 to {MOST_COPIES} times {base:,}")
    url = make_url(address)
    with open_record(address) as store:
        database = store._database
        engine = database.engine
        with engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")
        make_record(url.update_query_dict({"options": f"-csearch_path={SCHEMA}"}).render_as_string(hide_password=False),
                    base, figures // copies)
        with engine.begin() as connection:
            tables = _filled(connection)
            size = Sizes(base, connection.execute(sa.text(f"SELECT max(seq) FROM {SCHEMA}.report")).scalar_one())
            again = _without_indexes(connection, tables)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda table: _copy(engine, table, size, copies), tables))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda statements: _run(engine, statements), again.by_table))
        _run(engine, again.at_last)
        with engine.begin() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {SCHEMA} CASCADE")
            database.give_on(connection, {"report": size.reports * copies})
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM (ANALYZE)")      # as a server does by itself in time


def _filled(connection: sa.Connection) -> list[str]:
    """The tables of the base in which something is, the largest first."""
    names = [table.name for table in metadata.sorted_tables] + ["report_words"]
    sizes = {name: connection.execute(sa.text(f"SELECT pg_table_size('{SCHEMA}.{name}')")).scalar_one() for name in names
             if connection.execute(sa.text(f"SELECT EXISTS (SELECT 1 FROM {SCHEMA}.{name})")).scalar()}
    return sorted(sizes, key=lambda name: -sizes[name])


@dataclass(frozen=True, slots=True)
class Indexes:
    """Statements that make again what was dropped. by_table: those of one table each; at_last: what holds tables together."""

    by_table: list[list[str]]
    at_last: list[str]


def _without_indexes(connection: sa.Connection, tables: list[str]) -> Indexes:
    """Drop the indexes and keys of the tables: one that is made of all rows at once takes a tenth of the time."""
    keys = connection.execute(sa.text(
        "SELECT relname, conname, contype = 'f' AS foreign, pg_get_constraintdef(c.oid) AS made FROM pg_constraint c "
        "JOIN pg_class ON pg_class.oid = conrelid WHERE connamespace = current_schema()::regnamespace AND (contype = 'f' AND "
        "confrelid::regclass::text = ANY(:tables) OR contype IN ('p', 'u', 'f') AND relname = ANY(:tables)) ORDER BY contype"),
        {"tables": tables}).all()
    for one in keys:
        if one.foreign:
            connection.exec_driver_sql(f'ALTER TABLE {one.relname} DROP CONSTRAINT "{one.conname}"')
    again: dict[str, list[str]] = {name: [] for name in tables}
    for one in keys:
        if not one.foreign:
            connection.exec_driver_sql(f'ALTER TABLE {one.relname} DROP CONSTRAINT "{one.conname}"')
            again[one.relname].append(f'ALTER TABLE {one.relname} ADD CONSTRAINT "{one.conname}" {one.made}')
    rest = sa.text("SELECT tablename, indexname, indexdef FROM pg_indexes "
                   "WHERE schemaname = current_schema() AND tablename = ANY(:tables)")
    for one in connection.execute(rest, {"tables": tables}).all():
        connection.exec_driver_sql(f'DROP INDEX "{one.indexname}"')
        again[one.tablename].append(one.indexdef)
    return Indexes([again[name] for name in tables],
                   [f'ALTER TABLE {one.relname} ADD CONSTRAINT "{one.conname}" {one.made}' for one in keys if one.foreign])


def _copy(engine: sa.Engine, table: str, size: Sizes, copies: int) -> None:
    columns = ["rowid", "words"] if table == "report_words" else [column.name for column in metadata.tables[table].c]
    values = ", ".join(_value(table, column) for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    statement = sa.text(f"INSERT INTO {table} ({named}) SELECT {values} FROM {SCHEMA}.{table}")
    with engine.begin() as connection:
        for copy in range(copies):
            connection.execute(statement, {"incidents": copy * size.incidents, "reports": copy * size.reports,
                                           "copy": f"{copy:02x}"})


IDS = {("report", "id"), ("account", "id"), ("account", "report_id"), ("figure", "account_id"), ("actor", "account_id"),
       ("group_statement", "id"), ("group_statement", "report_id"), ("membership", "account_id")}
NUMBERS = {("incident", "number"): "incidents", ("incident", "change"): "incidents", ("report", "seq"): "reports",
           ("membership", "report_seq"): "reports", ("report_words", "rowid"): "reports"}


def _value(table: str, column: str) -> str:
    """What stands in a copy in place of what stands in the base."""
    if (table, column) in IDS:
        return _id(column)
    if column == "incident_number" or (table, column) in NUMBERS:
        return f'"{column}" + CAST(:{NUMBERS.get((table, column), "incidents")} AS bigint)'
    if column == "body":
        if table == "incident_body":
            return ("replace(body, 'DTL-' || incident_number || '\"', "
                    "'DTL-' || incident_number + CAST(:incidents AS bigint) || '\"')")
        body = "body"
        for name in ("id", "report_id"):
            if (table, name) in IDS:
                body = f"replace({body}, {name}, {_id(name)})"
        return body
    return f'"{column}"'


def _id(column: str) -> str:
    return f'left("{column}", -2) || CAST(:copy AS text)'


def _run(engine: sa.Engine, statements: list[str]) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
        for statement in statements:
            connection.exec_driver_sql(statement)
