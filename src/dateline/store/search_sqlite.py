"""Words in reports in a file: FTS5, whose index triggers keep (store/migrations)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence

import sqlalchemy as sa

from dateline.store.words import SNIPPET_WORDS, Found, match_expression


def find(connection: sa.Connection, words: str, most: int, ranked: int, last: Sequence[int] | None = None) -> list[Found]:
    """As `search.find`: by bm25; a word in the title weighs four times."""
    expression = match_expression(words)
    if expression is None:
        return []
    asked = {"words": expression, "most": most, "ranked": ranked + 1}
    seqs = last
    if seqs is None:
        held = connection.execute(_AT_LEAST, asked).scalar_one()
        seqs = list(connection.execute(_BEST if held <= ranked else _LAST, asked).scalars())
    opening, closing = (f"\ue000{secrets.token_hex(8)}\ue001" for _ in range(2))      # no report can hold them
    shown = {row.seq: row for row in connection.execute(_SHOWN, {
        "words": expression, "seqs": seqs, "opening": opening, "closing": closing, "length": SNIPPET_WORDS})}
    found = [(shown[seq], *_marked(shown[seq].snippet, opening, closing)) for seq in seqs if seq in shown]
    return [Found(row.id, row.title, snippet, row.outlet, row.written, marks) for row, snippet, marks in found]


_AT_LEAST = sa.text("SELECT COUNT(*) FROM (SELECT rowid FROM report_words WHERE report_words MATCH :words LIMIT :ranked)")
_BEST = sa.text("SELECT rowid FROM report_words WHERE report_words MATCH :words ORDER BY bm25(report_words, 4.0, 1.0), rowid "
                "LIMIT :most")
_LAST = sa.text("SELECT rowid FROM report_words WHERE report_words MATCH :words ORDER BY rowid DESC LIMIT :most")
_SHOWN = sa.text(                 # apart from the order, so that only what is shown gets a snippet
    "SELECT report.seq AS seq, report.id AS id, report.title AS title, report.outlet AS outlet, "
    "report.written_latest AS written, "
    "snippet(report_words, -1, :opening, :closing, '…', :length) AS snippet "
    "FROM report_words JOIN report ON report.seq = report_words.rowid "
    "WHERE report_words MATCH :words AND report_words.rowid IN :seqs").bindparams(sa.bindparam("seqs", expanding=True)).columns(
        written=sa.Date)


def _marked(snippet: str, opening: str, closing: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The snippet in one line without the signs around the words, and where these stand in it."""
    text, marks, start = "", [], None
    for piece in re.split(f"({opening}|{closing}|\\s+)", snippet):
        if piece == opening:
            start = len(text)
        elif piece == closing:
            marks += [(start, len(text))] if start is not None else []
            start = None
        elif piece.isspace():
            text += " " if text and not text.endswith(" ") else ""
        else:
            text += piece
    return text.rstrip(), tuple(marks)
