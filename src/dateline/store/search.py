"""Words in reports: the one query that each database spells in its own way (SQLite: FTS5)."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from dateline.store.schema import report

MOST_TERMS = 64                   # of one search; more is not a search
SNIPPET_WORDS = 24
RANKED = 5_000                    # reports that hold the words; to weigh more of them takes too long

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD_CHARACTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Found:
    """A report that holds the words, with some of its text around them. marks: [start, end) of each in the snippet."""

    report: str                   # its id
    title: str | None
    snippet: str
    outlet: str | None = None
    written: date | None = None   # the last day on which it may have been
    marks: tuple[tuple[int, int], ...] = ()


def match_expression(words: str) -> str | None:
    """What FTS5 is asked: every term must be there, "a phrase" in its order, `bomb*` as a beginning.

    None where `words` hold no letter or digit. Whatever else FTS5 reads as an operator is a word here.

    >>> match_expression('port "car bomb" verit*')
    '"port" "car bomb" "verit" *'
    """
    return " ".join(f'"{term.rstrip("*")}"' + (" *" if is_beginning else "") for term, is_beginning in parts_of(words)) or None


def terms_in(words: str) -> list[str]:
    """The words and phrases of `words`, as `match_expression` tells them apart."""
    return [term.rstrip("*") for term, _ in parts_of(words)]


def parts_of(words: str) -> list[tuple[str, bool]]:
    """Each word or phrase, and whether it is a beginning: ("bomb*", True)."""
    words = words.encode("utf-8", "replace").decode().replace("\0", " ")      # an argument may hold bytes that are no UTF-8
    found = [(phrase or word, word.endswith("*")) for phrase, word in _TERM.findall(words)[:MOST_TERMS]]
    return [(term, is_beginning) for term, is_beginning in found if _WORD_CHARACTER.search(term)]


def seqs_matching(words: str) -> sa.Select[int]:
    """report.seq of each report that holds `words`."""
    expression = match_expression(words)
    if expression is None:
        return sa.select(report.c.seq).where(sa.false())
    matches = sa.text("SELECT rowid AS seq FROM report_words WHERE report_words MATCH :words")
    return sa.select(matches.bindparams(words=expression).columns(sa.column("seq", sa.Integer)).subquery().c.seq)


def holds(words: str, seq: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether the report of that number holds `words`."""
    expression = match_expression(words)
    if expression is None:
        return sa.false()
    index = sa.table("report_words", sa.column("rowid", sa.Integer), sa.column("report_words", sa.Text))
    return sa.exists().select_from(index).where(index.c.report_words.op("MATCH")(expression), index.c.rowid == seq)


def count(connection: sa.Connection, words: str) -> int:
    """How many reports hold `words`."""
    expression = match_expression(words)
    if expression is None:
        return 0
    counted = sa.text("SELECT COUNT(*) FROM report_words WHERE report_words MATCH :words")
    return int(connection.execute(counted, {"words": expression}).scalar_one())


def find(connection: sa.Connection, words: str, most: int) -> list[Found]:
    """Up to `most` reports that hold `words`, best first (bm25; a word in the title weighs four times).

    Where more than RANKED hold them, the words tell little and what was kept last comes first.
    """
    expression = match_expression(words)
    if expression is None:
        return []
    asked = {"words": expression, "most": most, "ranked": RANKED + 1}
    held = connection.execute(_AT_LEAST, asked).scalar_one()
    seqs = list(connection.execute(_BEST if held <= RANKED else _LAST, asked).scalars())
    opening, closing = (f"\ue000{secrets.token_hex(8)}\ue001" for _ in range(2))      # no report can hold them
    shown = {row.seq: row for row in connection.execute(_SHOWN, {
        "words": expression, "seqs": seqs, "opening": opening, "closing": closing, "length": SNIPPET_WORDS})}
    found = [(shown[seq], *_marked(shown[seq].snippet, opening, closing)) for seq in seqs]
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
