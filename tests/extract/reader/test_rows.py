"""What the model is shown: sentences in rows of bounded length, and the spans of words in them that can fill a role."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.extract.plain import plain_sentences
from dateline.extract.reader.near import MOST_CHARS, sentences_near
from dateline.extract.reader.rows import LONGEST_ROW, LONGEST_SPAN, rows_of
from dateline.extract.reader.session import session

TEXT = "Gunmen killed the mayor of Arden (Vale), police said; a truck burned."


def spans_of(text: str) -> list[str]:
    rows = rows_of(text, plain_sentences(text), session().tokenizer)
    return [text[a:b] for row in rows for a, b in zip(row.start, row.end, strict=True)]


@pytest.mark.parametrize("span", ["Gunmen", "mayor of Arden", "mayor", "truck", "police said"])
def test_runs_of_words_are_spans(span):
    assert span in spans_of(TEXT)


@pytest.mark.parametrize(("span", "why"), [
    pytest.param("the mayor", "an article", id="an-article-begins-none"),
    pytest.param("a truck", "an article", id="nor-does-a"),
    pytest.param("said; a truck", "a semicolon", id="a-mark-that-parts-clauses-is-in-none"),
    pytest.param("Arden (Vale", "a bracket", id="a-bracket-is-in-none"),
])
def test_what_is_no_span(span, why):
    assert span not in spans_of(TEXT), why


def test_a_span_never_crosses_sentences():
    assert not [span for span in spans_of("They fled. Troops came.") if "fled" in span and "Troops" in span]


def test_a_sentence_that_fits_into_one_row_is_not_parted():
    text = "Shells hit the market of Arden again today. " * 60
    rows = rows_of(text, plain_sentences(text), session().tokenizer)
    assert len(rows) > 1
    assert all(len(row.ids) <= LONGEST_ROW for row in rows)
    assert sorted(number for row in rows for number in row.given) == list(range(60))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=600))
def test_any_text_gives_rows_within_their_bounds(text):
    for row in rows_of(text, plain_sentences(text), session().tokenizer):
        assert len(row.ids) <= LONGEST_ROW
        assert (row.width <= LONGEST_SPAN).all()
        assert ((row.start >= 0) & (row.start < row.end) & (row.end <= len(text))).all()
        assert ((row.first > 0) & (row.first <= row.last) & (row.last < len(row.ids) - 1)).all()


def test_one_word_longer_than_a_row_is_cut_and_not_lost():
    rows = rows_of("ab" * 3_000, [(0, 6_000)], session().tokenizer)
    assert all(len(row.ids) <= LONGEST_ROW for row in rows)


def sentences(*sizes: int) -> list[tuple[int, int]]:
    ends = [sum(sizes[:n + 1]) for n in range(len(sizes))]
    return [(end - size, end) for size, end in zip(sizes, ends, strict=True)]


@pytest.mark.parametrize(("sizes", "telling", "chosen"), [
    pytest.param([90] * 9, [5], [0, 1, 4, 5, 6], id="the-act-what-stands-around-it-and-the-lead"),
    pytest.param([90] * 3, [0, 1, 2], [0, 1, 2], id="none-twice"),
    pytest.param([MOST_CHARS, 90, 90, 90], [2], [1, 2, 3], id="a-huge-lead-is-left-out"),
    pytest.param([90, MOST_CHARS + 1, 90], [1], [1], id="a-huge-sentence-with-an-act-is-read-alone"),
    pytest.param([90] * 4, [], [0, 1], id="without-an-act-the-lead"),
])
def test_the_sentences_near_an_incident_are_read(sizes, telling, chosen):
    assert sentences_near(sentences(*sizes), telling) == chosen
