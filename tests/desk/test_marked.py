"""A report's text in pieces, so that a page can light the words that say a field. No HTML of a report is ever passed on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.desk.views.marked import Field, Gap, Piece, fields_of, pieces_of
from dateline.records import Span
from made_incidents import STORY, a_figure, an_account, words_of


def pieces(text: str, *quotes: str, whole: bool = False) -> list[Piece | Gap]:
    return pieces_of(text, [Field(f"f{at}", "figure", words_of(text, quote)) for at, quote in enumerate(quotes, 1)], whole=whole)


def test_the_words_of_a_field_are_a_piece_of_their_own():
    assert [(piece.words, piece.fields) for piece in pieces(STORY[:60], "At least 12")] == [
        ("Shelling hit Port Verity on 12 March. ", ()), ("At least 12", ("f1",)), (" people wer", ())]


def test_words_that_say_two_fields_name_both():
    [_, twelve, people, *_] = pieces(STORY, "At least 12", "At least 12 people")
    assert (twelve.fields, people.fields) == (("f1", "f2"), ("f2",))


def test_each_field_of_an_account_can_be_lit():
    account = an_account(figures=(a_figure("At least 12", 12, None, 12, "at_least"),))
    assert [field.id for field in fields_of(account)] == ["A-R1-F-At least 12", "A-R1-when", "A-R1-where"]


def test_a_long_text_is_shown_around_what_is_marked_and_says_how_much_is_left_out():
    text = "word " * 5_000 + "At least 12 people" + " word" * 5_000
    shown = pieces(text, "At least 12")
    assert isinstance(shown[0], Gap)
    assert isinstance(shown[-1], Gap)
    assert sum(len(one.words) for one in shown if isinstance(one, Piece)) < 2_000
    assert sum(one.chars if isinstance(one, Gap) else len(one.words) for one in shown) == len(text)


def test_a_line_of_a_megabyte_without_spaces_is_shown_in_part():
    text = "x" * 1_000_000 + "12" + "y" * 1_000_000
    assert sum(len(one.words) for one in pieces(text, "12") if isinstance(one, Piece)) < 5_000


def test_marks_that_turn_letters_around_are_gone_and_offsets_stay_true():
    text = "killed \u202e12\u202c people"
    [_, twelve, rest] = pieces(text, "12")
    assert (twelve.start, twelve.words, rest.start) == (8, "12", 10)
    assert all(mark not in piece.words for piece in pieces(text, "12") for mark in "\u202e\u202c")


PLACES = st.integers(0, 400)


@given(st.text(min_size=1, max_size=400), st.lists(st.tuples(PLACES, PLACES), max_size=8), st.booleans())
def test_pieces_and_gaps_are_the_whole_text(text: str, bounds: list[tuple[int, int]], whole: bool):
    spans = [(min(a, b), max(a, b)) for a, b in bounds if max(a, b) <= len(text) and a != b]
    fields = [Field(f"f{at}", "figure", (Span(a, b, text[a:b]),)) for at, (a, b) in enumerate(spans)]
    shown = pieces_of(text, fields, whole=whole)
    assert sum(one.chars if isinstance(one, Gap) else len(one.words) for one in shown) == len(text)
    for at, (a, b) in enumerate(spans):
        lit = "".join(str(len(one.words)) and one.words for one in shown if isinstance(one, Piece) and f"f{at}" in one.fields)
        assert len(lit) == b - a


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a < b & c"])
def test_html_of_a_report_stays_text(text: str):
    assert "".join(piece.words for piece in pieces_of(text, [])) == text
