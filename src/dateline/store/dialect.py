"""What the two databases do in ways of their own, as the rest of the store asks for it.

A `Database` is an open one: dialect_sqlite.py makes it of a file, dialect_postgres.py of a postgresql:// address. Queries are
SQLAlchemy Core that both run; where they spell an expression differently it is a construct of this module, and each of the two
says how it writes it. Nothing else of the store knows which of them it works on.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.functions import FunctionElement

from dateline.errors import StoreError

if TYPE_CHECKING:
    from dateline.store.held_columns import HeldColumns

BUSY_TIMEOUT_S = 30.0             # longest wait for another run's transaction
ROWS_AT_ONCE = 500                # values in one IN (...): well under SQLite's 32,766 variables and PostgreSQL's 65,535

T = TypeVar("T")


class Database(ABC):
    """A database that holds a record, or is about to. name: as messages and pages call it, without a password."""

    name: str
    read_only: bool = False
    columns: HeldColumns | None = None        # of incidents, in memory: for a process that answers many lists

    @property
    @abstractmethod
    def engine(self) -> sa.Engine:
        """That transactions are made on; for tests, which listen to it."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[sa.Connection]:
        """A connection on which everything is read at one moment: that of its first question."""

    @abstractmethod
    def writing(self, *, durable: bool = False) -> AbstractContextManager[sa.Connection]:
        """A connection that holds the write lock from its first moment; committed at the end, rolled back on an error.

        One writes at a time, whatever it writes; others wait BUSY_TIMEOUT_S at most. Those who read neither wait nor make others
        wait. durable: the commit is on the disk when this ends, so that it outlives a loss of power too (and all commits before).
        """

    @abstractmethod
    def revision(self) -> str | None:
        """That of its tables; None where there are none. Raises StoreError for what is no record of dateline."""

    @abstractmethod
    def bring_up_to_date(self) -> None:
        """Make the tables those of this version, from none or from older ones; nothing where another process just did it."""

    @abstractmethod
    def identity(self) -> Hashable:
        """What tells this record from every other, and from one that took its place under the same name."""

    @abstractmethod
    def copy_to(self, path: Path) -> None:
        """Write the record, as it is at one moment, to the new file `path`: SQLite, whatever it is here."""

    @abstractmethod
    def become(self, source: Database) -> None:
        """Make this record what `source` is, whatever it held before, in one transaction."""

    @abstractmethod
    def size(self) -> int:
        """Bytes that it takes on the disk of whoever keeps it, its log included where that can be told."""

    @abstractmethod
    def given(self, connection: sa.Connection) -> Mapping[str, int]:
        """Table -> the last number that it gave a row, for those that number their rows and never give a number again."""

    @abstractmethod
    def give_on(self, connection: sa.Connection, given: Mapping[str, int]) -> None:
        """Let the tables number their next rows after these."""

    def fill(self, connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add many rows to an empty table, all columns of each."""
        connection.execute(sa.insert(table), list(rows))

    def settle(self) -> None:  # noqa: B027 - where there is something to do
        """After much was written: let the database look at what it holds now."""

    @abstractmethod
    def meaning_of(self, error: BaseException) -> str | None:
        """What the database complains about, and what to do; None for an error that is not the database's."""

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def in_plain_words(self) -> Iterator[None]:
        """Turn what the database raises into a StoreError that says what to do."""
        try:
            yield
        except Exception as error:
            meaning = self.meaning_of(error)
            if meaning is None:
                raise
            raise StoreError(f"{self.name}: {meaning}") from error


def meaning_in(said: str, meanings: Sequence[tuple[str, str, str]]) -> str:
    """meanings: (what the database says, what it means, what to do); its own words where none of them fits."""
    for words, meaning, todo in meanings:
        if words in said.lower():
            return f"{meaning}; {todo}"
    return f"the database says: {' '.join(said.split())}"


def said_by(error: BaseException) -> BaseException:
    """The driver's error in one of SQLAlchemy's, else the error itself."""
    return error.orig if isinstance(error, DBAPIError) and error.orig is not None else error


# Writing rows

_COUNTED = {"preserve_rowcount": True}
_INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_new(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert those of `rows` whose key is not there yet; how many they were (as the driver counts)."""
    if not rows:
        return 0
    return int(connection.execute(_new_into(connection.dialect.name, table), list(rows)).rowcount)


@cache                            # making a statement costs more than one row of it
def _new_into(name: str, table: sa.Table) -> sa.Insert:
    insert: Any = _INSERTS[name]
    inserting: sa.Insert = insert(table).on_conflict_do_nothing().execution_options(**_COUNTED)
    return inserting


def insert_returning(connection: sa.Connection, column: sa.Column[Any], row: Mapping[str, Any]) -> Any:
    """Insert one row into the table of `column`; what stands in the column then, None where its key was there already."""
    return connection.execute(_returning_from(connection.dialect.name, column), row).scalar()


@cache
def _returning_from(name: str, column: sa.Column[Any]) -> Any:
    insert: Any = _INSERTS[name]
    return insert(column.table).on_conflict_do_nothing().returning(column)


def upsert(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, and where the primary key is there, write the other columns anew (its children stay)."""
    if not rows:
        return
    connection.execute(_upsert_into(connection.dialect.name, table, tuple(rows[0])), list(rows))


@cache
def _upsert_into(name: str, table: sa.Table, columns: tuple[str, ...]) -> sa.Insert:
    insert: Any = _INSERTS[name]
    statement = insert(table)
    keys = [column.name for column in table.primary_key]
    values = {name: statement.excluded[name] for name in columns if name not in keys}
    upserting: sa.Insert = statement.on_conflict_do_update(index_elements=keys, set_=values)
    return upserting


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """`values` in lists short enough for one IN (...)."""
    pending = iter(values)
    while some := list(islice(pending, ROWS_AT_ONCE)):
        yield some


# Expressions. What stands as a number or a text here and not as a bound value is one expression wherever it is repeated, which
# GROUP BY asks of it.

ZERO: sa.ColumnElement[int] = sa.literal_column("0", sa.Integer)
NOTHING: sa.ColumnElement[str] = sa.literal_column("''", sa.Text)


class array_of(FunctionElement[str]):
    """All values of a column in one JSON array: of many rows it comes sooner than the rows do."""

    type, name, inherit_cache = sa.Text(), "array_of", True


class rounded(FunctionElement[float]):
    """rounded(column, sa.literal_column("4")): a number to so many digits."""

    type, name, inherit_cache = sa.Float(), "rounded", True


class whole_part(FunctionElement[int]):
    """Of a number that is not below 0."""

    type, name, inherit_cache = sa.Integer(), "whole_part", True


class like_letters(FunctionElement[Any]):
    """like_letters(column, pattern): as LIKE, upper and lower case of ASCII letters alike; "/" takes a sign as it is."""

    type, name, inherit_cache = sa.types.NullType(), "like_letters", True       # of a Boolean SQLAlchemy asks "= 1" in a file


class matches(FunctionElement[Any]):
    """matches(column, for SQLite, for PostgreSQL): whether the index of words matches; store/search.py makes both questions."""

    type, name, inherit_cache = sa.types.NullType(), "matches", True            # which MATCH does not bear


class matches_term(FunctionElement[Any]):
    """matches_term(column, term): the same for one of `search.terms_asked`."""

    type, name, inherit_cache = sa.types.NullType(), "matches_term", True


class among(FunctionElement[Any]):
    """among(column, numbers with commas between, as one text): of many numbers a shorter question than one value for each."""

    type, name, inherit_cache = sa.types.NullType(), "among", True


def without_index(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """The column as an expression that no index serves."""
    return column.concat(NOTHING) if isinstance(column.type, sa.String) else column + ZERO


def containing(column: sa.ColumnElement[Any], term: str) -> sa.ColumnElement[bool]:
    """Whether `term` stands in the text, in any case of ASCII letters."""
    for sign in "/%_":
        term = term.replace(sign, f"/{sign}")
    return like_letters(column, sa.literal(f"%{term}%", sa.Text))


def how_many(of: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """The sum of a column; of a condition, for how many rows it is true."""
    if isinstance(of.type, sa.Boolean):
        return sa.func.count(sa.literal_column("1")).filter(of)
    return sa.cast(sa.func.coalesce(sa.func.sum(of), ZERO), sa.BigInteger)
