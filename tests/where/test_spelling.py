"""Spellings of one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.where.gazetteer import load_gazetteer
from dateline.where.names import fold
from dateline.where.spelling import like_enough, likeness, skeleton


def one_name(a: str, b: str, country: str | None = None) -> bool:
    one, other = fold(a), fold(b)
    bones = skeleton(one, country)
    return bones is not None and bones == skeleton(other, country) and like_enough(one, other, bones, country) is not None


@pytest.mark.parametrize(
    ("a", "b", "country"),
    [
        pytest.param("Al-Hol", "Al Hawl", "SY", id="aw-and-o"),
        pytest.param("Hol", "Al Hawl", "SY", id="without-its-article"),
        pytest.param("Hodeidah", "al-Hudaydah", "YE", id="vowels"),
        pytest.param("Deir ez-Zor", "Deir al-Zour", "SY", id="article-in-the-middle"),
        pytest.param("Mai Kadra", "Maikadra", "ET", id="one-word-or-two"),
        pytest.param("Hawija", "Hawijah", "IQ", id="h-at-the-end"),
        pytest.param("Qunduz", "Kunduz", "AF", id="q-and-k"),
        pytest.param("Qayyarah", "Gayara", "IQ", id="q-and-g"),
        pytest.param("Al-Shaddadah", "Ash Shadada", "SY", id="assimilated-article"),
        pytest.param("Kharkiv", "Kharkov", "UA", id="Ukrainian-and-Russian"),
        pytest.param("Luhansk", "Lugansk", "UA", id="Ukrainian-h-is-Russian-g"),
        pytest.param("Dnipro", "Dnepr", "UA", id="a-vowel-less"),
    ],
)
def test_spellings_of_one_name_are_one(a, b, country):
    assert one_name(a, b, country)
    assert one_name(b, a, country)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param("Mara", "Mora", id="two-consonants-and-another-vowel"),
        pytest.param("Gao", "Goa", id="one-consonant-says-nothing"),
        pytest.param("Bakhmut", "Bahmani", id="other-consonants"),
        pytest.param("Sari", "Sirowo", id="as-many-vowels-as-consonants"),
    ],
)
def test_false_friends_stay_apart(a, b):
    assert not one_name(a, b)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_has_a_likeness_and_no_error(a, b):
    skeleton(fold(a), "SY")
    assert 0.0 <= likeness(fold(a), fold(b)) <= 1.0


@pytest.mark.parametrize(
    ("name", "countries", "found"),
    [
        pytest.param("Al-Hol", ["SY"], "Al Ḩawl", id="town-in-Syria"),
        pytest.param("Hudeidah", ["YE"], "Al Ḩudaydah", id="port-in-Yemen"),
        pytest.param("Hawijah", ["IQ", "SY"], "Al Ḩawījah", id="among-two-countries"),
        pytest.param("Meneka", ["ML"], "Ménaka", id="misspelt"),
    ],
)
def test_another_spelling_finds_the_place_in_the_countries_of_the_report(name, countries, found):
    assert found in [p.name for p in load_gazetteer().similar(name, countries)]


def test_spellings_are_held_to_the_countries_given():
    assert load_gazetteer().similar("Al-Hol", ["NG"]) == ()
    assert load_gazetteer().similar("Al-Hol", []) == ()
    assert load_gazetteer().similar("a" * 100_000, ["SY"]) == ()
