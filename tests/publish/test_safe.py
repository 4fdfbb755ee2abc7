"""Words of a report, printed, cannot act on a terminal; JSON reads back as it was."""

from __future__ import annotations

import json

import pytest

from dateline.publish.safe import clean, json_line, plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("a\tb\r\nc", "a b c", id="white-space-is-one-space"),
        pytest.param("\x1b[2Ja\x9b", "[2Ja", id="escape-and-its-8-bit-form-are-gone"),
        pytest.param("a\u202eb\u2066c\u2069d", "abcd", id="marks-that-turn-letters-around-are-gone"),
        pytest.param("a\u200bb\ufeffc\u00add", "abcd", id="what-has-no-width-is-gone"),
        pytest.param("a\u2028b", "a b", id="a-line-separator-is-a-space"),
        pytest.param("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e", id="a-joiner-that-Persian-is-spelled-with-stays"),
        pytest.param("a\udcffb", "a\ufffdb", id="half-a-character-is-a-question-mark"),
        pytest.param(None, "", id="nothing-is-nothing"),
    ],
)
def test_plain_text_cannot_act_on_a_terminal(text, words):
    assert plain(text) == words


def test_clean_text_keeps_its_spaces():
    assert clean("a  b\n") == "a  b "


@pytest.mark.parametrize("char", list("\x00\x1b\x7f\x9b\u2028\u202e\u2066\ufeff\U000e0041"), ids=ascii)
def test_json_escapes_what_a_terminal_obeys_and_reads_back_the_same(char):
    line = json_line({"a": f"x{char}y"})
    assert char not in line
    assert json.loads(line) == {"a": f"x{char}y"}


def test_json_leaves_other_scripts_as_they_are():
    assert json_line({"a": "سلدى"}) == '{"a":"سلدى"}'
