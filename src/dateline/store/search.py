"""Words in reports: the one query that each database spells in its own way (SQLite: FTS5)."""

from __future__ import annotations

import re
from dataclasses import dataclass

import sqlalchemy as sa

from dateline.store.schema import report

MOST_TERMS = 64                   # of one search; more is not a search
SNIPPET_WORDS = 24

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD_CHARACTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Found:
    """A report that holds the words, with some of its text around them."""

    report: str                   # its id
    title: str | None
    snippet: str


def match_expression(words: str) -> str | None:
    """What FTS5 is asked: every term must be there, "a phrase" in its order, `bomb*` as a beginning.

    None where `words` hold no letter or digit. Whatever else FTS5 reads as an operator is a word here.

    >>> match_expression('port "car bomb" verit*')
    '"port" "car bomb" "verit" *'
    """
    terms = []
    words = words.encode("utf-8", "replace").decode()      # an argument may hold bytes that are no UTF-8
    for phrase, word in _TERM.findall(words)[:MOST_TERMS]:
        term = phrase or word
        if _WORD_CHARACTER.search(term):
            beginning = " *" if word.endswith("*") else ""
            terms.append(f'"{term.rstrip("*")}"{beginning}')
    return " ".join(terms) or None


def seqs_matching(words: str) -> sa.Select[int]:
    """report.seq of each report that holds `words`."""
    expression = match_expression(words)
    if expression is None:
        return sa.select(report.c.seq).where(sa.false())
    matches = sa.text("SELECT rowid AS seq FROM report_words WHERE report_words MATCH :words")
    return sa.select(matches.bindparams(words=expression).columns(sa.column("seq", sa.Integer)).subquery().c.seq)


def find(connection: sa.Connection, words: str, most: int) -> list[Found]:
    """Up to `most` reports that hold `words`, best first (bm25; a word in the title weighs four times)."""
    expression = match_expression(words)
    if expression is None:
        return []
    statement = sa.text(
        "SELECT report.id AS id, report.title AS title, "
        "snippet(report_words, -1, '', '', '…', :length) AS snippet "
        "FROM report_words JOIN report ON report.seq = report_words.rowid WHERE report_words MATCH :words "
        "ORDER BY bm25(report_words, 4.0, 1.0), report.seq LIMIT :most")
    rows = connection.execute(statement, {"words": expression, "length": SNIPPET_WORDS, "most": most})
    return [Found(row.id, row.title, " ".join(row.snippet.split())) for row in rows]
