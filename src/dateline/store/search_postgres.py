"""Words in reports on PostgreSQL: a tsvector of each, made of words that words.py cut and folded; stems are the server's."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from dateline.store.dialect import chunks
from dateline.store.schema import report
from dateline.store.words import Found, Term, parts_of, snippet, tokens_in, ts_expression

TITLE_TIMES = 4                   # a word in the title weighs so much more
POSITIONS = 16_383                # a tsvector knows the places of so many words
MOST_BYTES = 500_000              # of different words after those: a tsvector has room for a million


def keep_words(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Index reports that were written. rows: their seq, title and text."""
    connection.execute(_KEEP, [{"seq": row["seq"], "title": _indexed(row["title"] or ""), "body": _indexed(row["text"])}
                               for row in rows])


def terms_asked(connection: sa.Connection, words: str) -> tuple[str, ...]:
    """As `search.terms_asked`: in the words of a tsquery, by stems."""
    asked = [ts_expression(term if is_beginning else f'"{term}"') for term, is_beginning in parts_of(words)]
    found = (connection.execute(_TERM, {"asked": one}).scalar_one() for one in asked if one)
    return tuple(dict.fromkeys(found))


def common_terms(connection: sa.Connection, share: float) -> list[str]:
    """As `search.common_terms`: by what the server's own statistics tell."""
    return [f"'{stem}'" for stem in connection.execute(_COMMON, {"share": share}).scalars() if stem.isalnum()]


def find(connection: sa.Connection, words: str, most: int, ranked: int, last: Sequence[int] | None = None) -> list[Found]:
    """As `search.find`."""
    expression = ts_expression(words)
    if not expression:
        return []
    asked = {"words": expression, "most": most, "ranked": ranked + 1}
    seqs = last
    if seqs is None:
        held = connection.execute(_AT_LEAST, asked).scalar_one()
        seqs = list(connection.execute(_BEST if held <= ranked else _LAST, asked).scalars())
    query = sa.select(report.c.seq, report.c.id, report.c.title, report.c.outlet, report.c.written_latest, report.c.text)
    shown = {row.seq: row for some in chunks(seqs) for row in connection.execute(query.where(report.c.seq.in_(some)))}
    terms = _terms(connection, words)
    firsts = {stem[0] for term in terms for stem in term.stems}          # no stem begins otherwise than its words
    near = {token.folded for row in shown.values() for part in (row.title or "", row.text) for token in tokens_in(part)
            if token.folded[0] in firsts}
    stems = _stems(connection, near)
    return [_found(shown[seq], stems, terms) for seq in seqs if seq in shown]


def _found(row: Any, stems: Mapping[str, str], terms: Sequence[Term]) -> Found:
    def stem(word: str) -> str:
        return stems.get(word, word)
    text, marks, there = snippet(row.text, stem, terms)
    if row.title:
        in_title = snippet(row.title, stem, terms)
        if in_title[2] > there:
            text, marks, _ = in_title
    return Found(row.id, row.title, text, row.outlet, row.written_latest, marks)


def _terms(connection: sa.Connection, words: str) -> list[Term]:
    parts = [([token.folded for token in tokens_in(term)], is_beginning) for term, is_beginning in parts_of(words)]
    stems = _stems(connection, {token for tokens, _ in parts for token in tokens})
    return [Term(tuple(stems.get(token, token) for token in tokens), is_beginning) for tokens, is_beginning in parts if tokens]


def _stems(connection: sa.Connection, words: Collection[str]) -> dict[str, str]:
    if not words:
        return {}
    return {row[0]: row[1] or row[0] for row in connection.execute(_STEMS, {"words": sorted(words)})}


def _indexed(text: str) -> str:
    """The words of a text, folded. Of a very long one, what comes late is indexed once, without its place."""
    tokens = [token.folded for token in tokens_in(text)]
    if len(tokens) <= POSITIONS:
        return " ".join(tokens)
    first, size, more = tokens[:POSITIONS], 0, []
    known = set(first)
    for token in tokens[POSITIONS:]:
        if token not in known and (size := size + len(token.encode())) < MOST_BYTES:
            known.add(token)
            more.append(token)
    return " ".join((*first, *more))


_KEEP = sa.text("INSERT INTO report_words (rowid, words) VALUES (:seq, setweight(to_tsvector('dateline', :title), 'A') "
                "|| to_tsvector('dateline', :body)) ON CONFLICT (rowid) DO UPDATE SET words = excluded.words")
_AT_LEAST = sa.text("SELECT count(*) FROM (SELECT 1 FROM report_words WHERE words @@ to_tsquery('dateline', :words) "
                    "LIMIT :ranked) AS held")
_BEST = sa.text(f"SELECT rowid FROM report_words WHERE words @@ to_tsquery('dateline', :words) ORDER BY ts_rank("  # noqa: S608
                f"'{{{1 / TITLE_TIMES},0,0,1}}', words, to_tsquery('dateline', :words), 1) DESC, rowid LIMIT :most")
_LAST = sa.text("SELECT rowid FROM report_words WHERE words @@ to_tsquery('dateline', :words) ORDER BY rowid DESC LIMIT :most")
_STEMS = sa.text("SELECT word, (ts_lexize('dateline_stem', word))[1] FROM unnest(CAST(:words AS text[])) AS word")
_TERM = sa.text("SELECT CAST(to_tsquery('dateline', :asked) AS text)")
_COMMON = sa.text("SELECT stem FROM pg_stats, unnest(CAST(CAST(most_common_elems AS text) AS text[]), most_common_elem_freqs) "
                  "AS held (stem, share) WHERE schemaname = current_schema() AND tablename = 'report_words' "
                  "AND attname = 'words' AND stem IS NOT NULL AND share > :share ORDER BY share DESC, stem")
