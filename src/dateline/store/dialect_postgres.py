"""A record on a PostgreSQL server: all that only PostgreSQL does. How it is reached, locked and made, and what its complaints
mean. The driver is psycopg, which comes with `pip install "dateline[postgres]"`."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from dateline.errors import StoreError
from dateline.store import dialect, schema, schema_postgres
from dateline.store.dialect import Database
from dateline.store.migrating import migrate, stamp

LOCK = 0x44544C4E                 # "DTLN": the class of our advisory locks; the other half is the schema that holds the record
POOLED, MOST_CONNECTIONS = 5, 40  # of one process: a desk answers in so many threads
SERVER_SETTINGS = "-c jit=off -c work_mem=32MB"      # compiling a query takes longer than the queries of a page

_SECRETS = ("password", "passfile", "sslpassword", "sslkey")


class PostgresDatabase(Database):
    """The database at a postgresql:// address; the record is in the first schema of its search path."""

    def __init__(self, url: URL, *, create: bool) -> None:
        self.name, self._create = shown(url), create
        self._hidden = tuple(word for word in (url.password, url.query.get("password")) if isinstance(word, str) and word)
        options = " ".join((SERVER_SETTINGS, *_as_texts(url.query.get("options"))))
        self._engine = sa.create_engine(
            url.set(drivername="postgresql+psycopg").difference_update_query(["options"]), pool_size=POOLED,
            max_overflow=MOST_CONNECTIONS - POOLED, pool_pre_ping=True, hide_parameters=True,
            connect_args={"options": options, "application_name": "dateline", "connect_timeout": 10})
        sa.event.listen(self._engine, "connect", _adapt)
        self._reading = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._identity: Hashable | None = None

    @property
    def engine(self) -> sa.Engine:
        return self._engine

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        with self._reading.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, *, durable: bool = False) -> Iterator[sa.Connection]:
        # READ COMMITTED: each statement sees what others committed before this transaction got the lock, and nobody commits while
        # it has it. The lock goes when the transaction ends, after its commit is seen.
        with self._engine.connect() as connection, connection.begin():
            connection.execute(_TAKE_LOCK, {"wait": f"{dialect.BUSY_TIMEOUT_S * 1000:.0f}", "of": LOCK,
                                            "durable": "on" if durable else None})
            yield connection

    def revision(self) -> str | None:
        with self.reading() as connection:
            held = _revision(connection, self.name)
        if held is None and not self._create:
            raise StoreError(f"{self.name}: no record there; `dateline run SOURCE` makes one, --record names another")
        return held

    def bring_up_to_date(self) -> None:
        with self.writing() as connection:
            held = _revision(connection, self.name)
            if held is None:
                schema_postgres.make_tables(connection)
                stamp(connection)
                schema_postgres.sign(connection)
            elif held != schema.NEWEST:
                migrate(connection)

    def identity(self) -> Hashable:
        if self._identity is None:
            with self.reading() as connection:
                self._identity = (self.name, *connection.execute(_IDENTITY).one())
        return self._identity

    def copy_to(self, path: Path) -> None:
        from dateline.store.copying import copy_into_file

        copy_into_file(self, path)

    def become(self, source: Database) -> None:
        from dateline.store.copying import copy_record

        copy_record(source, self, over=True)

    def size(self) -> int:
        with self.reading() as connection:
            return int(connection.execute(sa.text("SELECT pg_database_size(current_database())")).scalar_one())

    def given(self, connection: sa.Connection) -> Mapping[str, int]:
        query = sa.text("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()")
        held = {row[0]: row[1] for row in connection.execute(query)}
        return {table: held[name] for table, name in schema_postgres.SEQUENCES.items() if held.get(name)}

    def give_on(self, connection: sa.Connection, given: Mapping[str, int]) -> None:
        for table, last in given.items():
            connection.execute(sa.text("SELECT setval(CAST(:name AS regclass), :last)"), {
                "name": schema_postgres.SEQUENCES[table], "last": last})

    def fill(self, connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        names = [column.name for column in table.c]
        columns = ", ".join(f'"{name}"' for name in names)
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copied:
            for row in rows:
                copied.write_row([row[name] for name in names])

    def settle(self) -> None:
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")

    def meaning_of(self, error: BaseException) -> str | None:
        if not isinstance(error, DBAPIError | _driver_error()):       # COPY is the driver's own
            return None
        said = str(dialect.said_by(error))
        for word in self._hidden:
            said = said.replace(word, "***")
        return dialect.meaning_in(said, _MEANINGS)


def database_at(address: str, *, create: bool) -> PostgresDatabase:
    """The database at `address`: postgresql://USER:PASSWORD@HOST:PORT/DATABASE. create: whether a record is made in an empty one.

    Raises StoreError where that is no such address, or psycopg is not installed.
    """
    try:
        url = make_url("postgresql" + address[address.index("://"):])
        return PostgresDatabase(url, create=create)
    except (ArgumentError, ValueError):       # neither is passed on: the address may hold a password
        raise StoreError("the record's address cannot be read; write postgresql://USER@HOST:PORT/DATABASE, with signs of a "
                         "password as %40 for @") from None
    except ImportError:
        raise StoreError(f'{shown(url)}: a record on PostgreSQL needs psycopg; pip install "dateline[postgres]"') from None


def shown(url: URL) -> str:
    """An address as messages and pages call it: with neither user nor password, nor anything else that stands after the name."""
    host = url.host or next(iter(_as_texts(url.query.get("host"))), "")
    port = url.port or next(iter(_as_texts(url.query.get("port"))), "")
    return f"postgresql://{host}{f':{port}' if port else ''}/{url.database or ''}"


def _as_texts(given: object) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given) if isinstance(given, tuple) else ()


def _revision(connection: sa.Connection, name: str) -> str | None:
    tables = set(connection.execute(_TABLES).scalars())
    if not tables:
        return None
    if schema_postgres.VERSIONS not in tables or not schema_postgres.is_signed(connection):
        raise StoreError(f"{name}: a database, but not a record of dateline; give an empty one, or another with --record")
    held = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return str(held) if held is not None else None


_TABLES = sa.text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
_IDENTITY = sa.text("SELECT oid, current_schema() FROM pg_database WHERE datname = current_database()")
_TAKE_LOCK = sa.text("SELECT set_config('lock_timeout', :wait, true), "
                     "set_config('synchronous_commit', coalesce(:durable, current_setting('synchronous_commit')), true), "
                     "pg_advisory_xact_lock(CAST(:of AS integer), hashtext(current_schema()))").bindparams(
                         sa.bindparam("durable", type_=sa.Text))


def _adapt(driver: Any, _: object) -> None:
    """A text of PostgreSQL holds no NUL: what reports say has none (read/article.py), what is typed with one finds nothing."""
    driver.adapters.register_dumper(str, _dumper())


def _driver_error() -> type[Exception]:
    from psycopg import Error

    return Error


def _dumper() -> type:
    from psycopg.types.string import StrDumper

    class WithoutNul(StrDumper):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", "\ufffd") if "\0" in obj else obj)

    return WithoutNul


# What it complains about

_MEANINGS = (                     # (what PostgreSQL or its driver says, what it means, what to do)
    ("lock timeout", f"another program has been writing to it for {dialect.BUSY_TIMEOUT_S:.0f} s",
     "run the same command again: nothing that was kept is lost"),
    ("password authentication failed", "the server does not take the password", "check the address, or the file ~/.pgpass"),
    ("no password supplied", "the server wants a password", "put it into the address, or into the file ~/.pgpass"),
    ('fatal:  database "', "there is no such database on that server", "make it with createdb, or check the address"),
    ('fatal:  role "', "there is no such user on that server", "check the address"),
    ("too many clients", "the server has as many connections as it allows", "raise its max_connections, or try again"),
    ("remaining connection slots", "the server has as many connections as it allows", "raise its max_connections, or try again"),
    ("permission denied", "its user may not do that", "give the user the rights of the database's owner"),
    ("read-only transaction", "it cannot be written to", "give the address of the server that is written to"),
    ("no space left", "the server's disk is full", "make room, then run the same command again: nothing that was kept is lost"),
    ("could not extend file", "the server's disk is full", "make room, then run the same command again: nothing that was kept "
     "is lost"),
    ("is starting up", "the server is just starting", "run the same command again in a while"),
    ("is shutting down", "the server is being stopped", "start it, then run the same command: nothing that was kept is lost"),
    ("connection refused", "no server answers there", "start it, or check the address"),
    ("could not translate host name", "there is no machine of that name", "check the address"),
    ("failed to resolve host", "there is no machine of that name", "check the address"),
    ("no such file or directory", "no server answers there", "start it, or check the address"),
    ("timeout expired", "no server answers there", "start it, or check the address"),
    ("server closed the connection", "the server ended the connection", "run the same command again: nothing that was kept is "
     "lost"),
    ("connection is lost", "the server ended the connection", "run the same command again: nothing that was kept is lost"),
    ("terminating connection", "the server ended the connection", "run the same command again: nothing that was kept is lost"),
)


# How it spells what it does in its own way. Text is compared byte by byte, as in a file, whatever the server's language is; whole
# numbers have 64 bits, as there.


@compiles(sa.Text, "postgresql")
def _text(type_: sa.Text, compiler: Any, **given: Any) -> str:
    return 'TEXT COLLATE "C"' if isinstance(given.get("type_expression"), sa.Column) else "TEXT"


@compiles(sa.Integer, "postgresql")
def _integer(type_: sa.Integer, compiler: Any, **given: Any) -> str:
    return "BIGINT"


@compiles(dialect.array_of, "postgresql")
def _array(element: dialect.array_of, compiler: SQLCompiler, **given: Any) -> str:
    return f"coalesce(json_agg({compiler.process(element.clauses, **given)}), '[]')::text"


@compiles(dialect.rounded, "postgresql")
def _rounded(element: dialect.rounded, compiler: SQLCompiler, **given: Any) -> str:
    number, digits = (compiler.process(one, **given) for one in element.clauses)
    return f"round(({number})::numeric, {digits})::float8"


@compiles(dialect.whole_part, "postgresql")
def _whole(element: dialect.whole_part, compiler: SQLCompiler, **given: Any) -> str:
    return f"floor({compiler.process(element.clauses, **given)})::bigint"


@compiles(dialect.like_letters, "postgresql")
def _like(element: dialect.like_letters, compiler: SQLCompiler, **given: Any) -> str:
    column, pattern = (compiler.process(one, **given) for one in element.clauses)
    return f"({column} ILIKE {pattern} ESCAPE '/')"


@compiles(dialect.among, "postgresql")
def _among(element: dialect.among, compiler: SQLCompiler, **given: Any) -> str:
    column, numbers = (compiler.process(one, **given) for one in element.clauses)
    return f"{column} = ANY(CAST('{{' || {numbers} || '}}' AS bigint[]))"


@compiles(dialect.matches, "postgresql")
def _matches(element: dialect.matches, compiler: SQLCompiler, **given: Any) -> str:
    _, _, asked = element.clauses
    return f"(report_words.words @@ to_tsquery('dateline', {compiler.process(asked, **given)}))"


@compiles(dialect.matches_term, "postgresql")
def _matches_term(element: dialect.matches_term, compiler: SQLCompiler, **given: Any) -> str:
    _, term = element.clauses
    return f"(report_words.words @@ CAST({compiler.process(term, **given)} AS tsquery))"
