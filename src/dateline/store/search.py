"""Words in reports: FTS5 in a file (search_sqlite.py), tsvector on PostgreSQL (search_postgres.py), asked alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from dateline.store import search_postgres, search_sqlite
from dateline.store.dialect import matches, matches_term
from dateline.store.words import Found, match_expression, parts_of, terms_in, ts_expression

__all__ = ["Found", "common_terms", "count", "find", "holds", "keep_words", "match_expression", "parts_of", "seqs_matching",
           "seqs_of_term", "terms_asked", "terms_in"]

RANKED = 5_000                    # reports that hold the words; to weigh more of them takes too long

_INDEX = sa.table("report_words", sa.column("rowid", sa.Integer))        # its rowid is report.seq


def seqs_matching(words: str) -> sa.Select[int]:
    """report.seq of each report that holds `words`."""
    return sa.select(_INDEX.c.rowid).where(_matching(words))


def holds(words: str, seq: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether the report of that number holds `words`."""
    return sa.exists().select_from(_INDEX).where(_matching(words), _INDEX.c.rowid == seq)


def terms_asked(connection: sa.Connection, words: str) -> tuple[str, ...]:
    """`words` as the index is asked for them, a text for each word or phrase: alike for all that mean the same there."""
    if connection.dialect.name == "sqlite":
        asked = (match_expression(term if is_beginning else f'"{term}"') for term, is_beginning in parts_of(words))
        return tuple(dict.fromkeys(one for one in asked if one))
    return search_postgres.terms_asked(connection, words)


def seqs_of_term(term: str) -> sa.Select[int]:
    """report.seq of each report that holds one of `terms_asked`, or of `common_terms`."""
    return sa.select(_INDEX.c.rowid).where(matches_term(_INDEX.c.rowid, sa.literal(term, sa.Text)))


def common_terms(connection: sa.Connection, share: float) -> list[str]:
    """Single words that more than this share of the reports hold, the commonest first, as the database has counted them before.

    In a file nothing is counted, and such words are found soon.
    """
    return [] if connection.dialect.name == "sqlite" else search_postgres.common_terms(connection, share)


def count(connection: sa.Connection, words: str) -> int:
    """How many reports hold `words`."""
    return int(connection.execute(sa.select(sa.func.count()).select_from(_INDEX).where(_matching(words))).scalar_one())


def find(connection: sa.Connection, words: str, most: int, last: Sequence[int] | None = None) -> list[Found]:
    """Up to `most` reports that hold `words`, best first; a word in the title weighs four times.

    Where more than RANKED hold them, the words tell little and what was kept last comes first; `last`: their numbers, where they
    are known.
    """
    if connection.dialect.name == "sqlite":
        return search_sqlite.find(connection, words, most, RANKED, last)
    return search_postgres.find(connection, words, most, RANKED, last)


def keep_words(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Index the words of reports that were written. rows: their seq, title and text. In a file a trigger has done it."""
    if connection.dialect.name != "sqlite":
        search_postgres.keep_words(connection, rows)


def _matching(words: str) -> sa.ColumnElement[bool]:
    expression = match_expression(words)
    if expression is None:
        return sa.false()
    return matches(_INDEX.c.rowid, sa.literal(expression, sa.Text), sa.literal(ts_expression(words), sa.Text))
