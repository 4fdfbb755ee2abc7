"""A person's name is found however it is written, and nothing else is taken for it."""

from __future__ import annotations

import time
from urllib.parse import quote

import pytest

from dateline.publish.names import BLANK, Blanker, name_in

NAME = "Selda Oarewyn"


def blanked(text, name=NAME, **kept):
    return Blanker([name], **kept).blank(text)


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        pytest.param("Selda Oarewyn", "Selda Oarewyn", id="a-name"),
        pytest.param("48-year-old Selda Oarewyn", "Selda Oarewyn", id="an-age-is-no-name"),
        pytest.param("6-year-old son Tam Quillip", "Tam Quillip", id="kin-is-no-name"),
        pytest.param("Mrs. Oarewyn", "Oarewyn", id="a-title-is-no-name"),
        pytest.param("al-Orawein", "al-Orawein", id="a-particle-belongs-to-it"),
        pytest.param("Tam de la Quill", "Tam de la Quill", id="small-words-within"),
        pytest.param("selda oarewyn", "selda oarewyn", id="in-small-letters"),
        pytest.param("سلدى قلب", "سلدى قلب", id="a-script-without-capitals"),
        pytest.param("a Father", None, id="a-father-has-no-name"),
        pytest.param("Police", None, id="nor-have-the-police"),
        pytest.param("the 3-year-old girl", None, id="nor-has-a-girl"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_the_name_in_a_mention(mention, name):
    assert name_in(mention) == name


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Selda Oarewyn", id="as-it-is"),
        pytest.param("SELDA OAREWYN", id="in-capitals"),
        pytest.param("selda oarewyn", id="in-small-letters"),
        pytest.param("Selda\nOarewyn", id="over-two-lines"),
        pytest.param("Sélda Oarewýn", id="with-accents"),
        pytest.param("Se\u0301lda Oarewyn", id="with-accents-apart"),
        pytest.param("Selda\u200b Oarewyn", id="with-a-space-without-width"),
        pytest.param("Oarewyn, Selda", id="surname-first"),
        pytest.param("Selda-Oarewyn", id="joined-by-a-hyphen"),
        pytest.param("@seldaoarewyn", id="written-together"),
    ],
)
def test_a_name_is_found_however_it_is_written(text):
    shown = blanked(f"It was {text}.")
    assert "ld" not in shown.lower()
    assert "wyn" not in shown.lower()
    assert len(shown) == len(f"It was {text}.")


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        pytest.param(NAME, "Oarewyn's house", f"{BLANK * 7}'s house", id="a-surname-alone"),
        pytest.param("Rose Quillip", "Rose saw a rose", f"{BLANK * 4} saw a rose", id="a-word-that-is-a-name-too"),
        pytest.param("May Quillip", "May wept on May 5, 6 May", f"{BLANK * 3} wept on May 5, 6 May", id="a-month-too"),
        pytest.param("Tam Quillip", "the Quillipford bridge", "the Quillipford bridge", id="within-another-word"),
        pytest.param("Umm al-Orawein", "al-Orawein; Orawein; al Hira", f"{BLANK * 10}; {BLANK * 7}; al Hira", id="particles"),
        pytest.param("Zed Ng", "Ng and Zed Ng", f"Ng and {BLANK * 3} {BLANK * 2}", id="two-letters-alone-are-too-few"),
        pytest.param("سلدى قلب", "قتلت سلدى قلب", f"قتلت {BLANK * 4} {BLANK * 3}", id="a-script-without-capitals"),
        pytest.param("selda oarewyn", "oarewyn wept", f"{BLANK * 7} wept", id="a-name-known-in-small-letters-only"),
    ],
)
def test_parts_of_a_name(name, text, shown):
    assert blanked(text, name) == shown


def test_without_parts_only_the_full_name_goes():
    blanker = Blanker([NAME])
    assert blanker.blank("Oarewyn Lane", parts=False) == "Oarewyn Lane"
    assert blanker.blank("house of Selda Oarewyn", parts=False) == f"house of {BLANK * 5} {BLANK * 7}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Port Verity", "Port Verity", id="a-place"),
        pytest.param("Verity wept in Port Verity", f"{BLANK * 6} wept in Port Verity", id="beside-the-place"),
        pytest.param("Ana Verity of Port Verity", f"{BLANK * 3} {BLANK * 6} of Port Verity", id="the-full-name-beside-it"),
    ],
)
def test_a_public_name_that_shares_a_word_stays(text, shown):
    assert blanked(text, "Ana Verity", kept=["Port Verity"]) == shown


def test_a_public_name_that_holds_the_private_one_does_not_save_it():
    assert "Oarewyn" not in blanked("the Selda Oarewyn School", kept=["Selda Oarewyn School"])


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("https://post.example/2024/selda-oarewyn-killed", id="slug"),
        pytest.param("https://post.example/baker_oarewyn.html", id="surname-alone"),
        pytest.param("reports/Selda Oarewyn.txt", id="a-file"),
        pytest.param("https://post.example/" + quote("sélda-oarewyn"), id="percent-encoded"),
    ],
)
def test_an_address_does_not_spell_it(address):
    shown = Blanker([NAME]).blank_address(address)
    assert "wyn" not in shown
    assert shown[:8] == address[:8] or address.startswith("reports/")


def test_an_address_without_it_is_as_it_was():
    assert Blanker([NAME]).blank_address("https://post.example/a%20b%C3%A9") == "https://post.example/a%20b%C3%A9"


def test_many_names_and_a_long_text_take_no_long_time():
    names = [f"Sel{chr(97 + n % 26)}a Oarew{chr(97 + n // 26)}n" for n in range(300)]
    began = time.process_time()
    Blanker(names).blank("Selda   ...   Oarewyn - " * 2000 + "S" * 20000)
    assert time.process_time() - began < 5


def test_what_is_blanked_already_is_no_name():
    blanker = Blanker([f"{BLANK * 3} {BLANK * 2}", "Selda Oarewyn"], [f"{BLANK * 2} {BLANK}"])
    assert blanker.blank(f"Selda Oarewyn {BLANK * 2}") == f"{BLANK * 5} {BLANK * 7} {BLANK * 2}"
