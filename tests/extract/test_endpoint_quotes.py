"""A quote stands in the text at a place of its own, or nowhere."""

from __future__ import annotations

import pytest

from dateline.extract.endpoint_quotes import Place, Quotes

TEXT = ("ARDEN (Hawk Wire) - A bomb killed 12\n\npeople.  The mayor\u2019s \u201coffice\u201d said 12 died; "
        "112 were hurt \u2013 a bomb.")
ALL = Place(0, len(TEXT))


def found(quote, within=ALL, near=()):
    place = Quotes.of(TEXT).find(quote, within, near)
    return TEXT[place.start:place.end] if place else None


@pytest.mark.parametrize(("quote", "words"), [
    pytest.param("A bomb killed", "A bomb killed", id="letter-by-letter"),
    pytest.param("12 people", "12\n\npeople", id="white-space-of-another-kind"),
    pytest.param("  12   people. The\tmayor ", "12\n\npeople.  The mayor", id="white-space-on-both-sides"),
    pytest.param("The mayor's \"office\" said", "The mayor\u2019s \u201coffice\u201d said", id="plain-marks-for-printed-ones"),
    pytest.param("hurt - a bomb", "hurt \u2013 a bomb", id="a-plain-dash"),
])
def test_a_quote_is_given_back_as_the_report_has_it(quote, words):
    assert found(quote) == words


@pytest.mark.parametrize("quote", [
    pytest.param("A bomb killed 13", id="another-number"),
    pytest.param("a bomb killed", id="another-case"),
    pytest.param("A bomb \u2026 people", id="words-left-out"),
    pytest.param("A bomb\x00 killed", id="a-character-that-is-not-there"),
    pytest.param("2 people", id="the-end-of-a-number"),
    pytest.param("12 died; 11", id="the-beginning-of-a-number"),
    pytest.param("omb killed", id="the-end-of-a-word"),
    pytest.param("", id="nothing"),
    pytest.param(" \n ", id="white-space-alone"),
    pytest.param("\ud800", id="half-a-character"),
    pytest.param("A bomb killed 12 people. " * 40, id="longer-than-the-text"),
])
def test_what_does_not_stand_there_is_found_nowhere(quote):
    assert found(quote) is None


def test_of_several_places_the_nearest_to_the_sentence_is_meant():
    first, second = TEXT.index("12"), TEXT.index("12 died")
    quotes = Quotes.of(TEXT)
    assert quotes.find("12", ALL).start == first
    assert quotes.find("12", ALL, [Place(second + 3, second + 9)]).start == second
    assert quotes.find("12", ALL, [Place(second + 3, second + 9), Place(first - 4, first + 6)]).start == first


def test_only_the_piece_that_was_asked_about_is_looked_at():
    end = TEXT.index("12") + 2
    assert found("12", Place(0, end)) == "12"
    assert found("12", Place(0, end - 1)) is None
    assert found("A bomb", Place(25, len(TEXT))) is None


def test_a_text_of_one_letter_is_looked_through_in_no_time():
    quotes = Quotes.of("a " * 100_000)
    assert quotes.find("a a", Place(0, 200_000), [Place(0, 1)]) == Place(0, 3)
