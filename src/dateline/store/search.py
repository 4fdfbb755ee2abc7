"""Words in reports: FTS5 in a file (search_sqlite.py), tsvector on PostgreSQL (search_postgres.py), asked alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from dateline.store import search_postgres, search_sqlite
from dateline.store.dialect import matches
from dateline.store.words import Found, match_expression, parts_of, terms_in, ts_expression

__all__ = ["Found", "count", "find", "holds", "keep_words", "match_expression", "parts_of", "seqs_matching", "terms_in"]

RANKED = 5_000                    # reports that hold the words; to weigh more of them takes too long

_INDEX = sa.table("report_words", sa.column("rowid", sa.Integer))        # its rowid is report.seq


def seqs_matching(words: str) -> sa.Select[int]:
    """report.seq of each report that holds `words`."""
    return sa.select(_INDEX.c.rowid).where(_matching(words))


def holds(words: str, seq: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether the report of that number holds `words`."""
    return sa.exists().select_from(_INDEX).where(_matching(words), _INDEX.c.rowid == seq)


def count(connection: sa.Connection, words: str) -> int:
    """How many reports hold `words`."""
    return int(connection.execute(sa.select(sa.func.count()).select_from(_INDEX).where(_matching(words))).scalar_one())


def find(connection: sa.Connection, words: str, most: int) -> list[Found]:
    """Up to `most` reports that hold `words`, best first; a word in the title weighs four times.

    Where more than RANKED hold them, the words tell little and what was kept last comes first.
    """
    if connection.dialect.name == "sqlite":
        return search_sqlite.find(connection, words, most, RANKED)
    return search_postgres.find(connection, words, most, RANKED)


def keep_words(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Index the words of reports that were written. rows: their seq, title and text. In a file a trigger has done it."""
    if connection.dialect.name != "sqlite":
        search_postgres.keep_words(connection, rows)


def _matching(words: str) -> sa.ColumnElement[bool]:
    expression = match_expression(words)
    if expression is None:
        return sa.false()
    return matches(_INDEX.c.rowid, sa.literal(expression, sa.Text), sa.literal(ts_expression(words), sa.Text))
