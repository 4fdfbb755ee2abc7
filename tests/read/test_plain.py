"""Plain text."""

from __future__ import annotations

import pytest

from dateline.errors import ReadError
from dateline.read.article import clean_text, fetched_now
from dateline.read.plain import article_from_text


def text_of(raw: bytes) -> str:
    return article_from_text(raw, source="a.txt", fetched=fetched_now(raw)).text


@pytest.mark.parametrize(("raw", "text"), [
    pytest.param(b"\xef\xbb\xbfOne.\r\n\r\nTwo.\r\n", "One.\n\nTwo.", id="mark-and-windows-line-ends"),
    pytest.param(b"One.\rTwo.", "One.\nTwo.", id="old-line-ends"),
    pytest.param(b"One \x1b[31m red.", "One  [31m red.", id="terminal-codes-are-no-text"),
    pytest.param("One \u202etwo\u202c.".encode(), "One  two .", id="nor-are-marks-that-turn-the-writing-round"),
    pytest.param("می‌گوید".encode(), "می‌گوید", id="joiners-are-part-of-a-word"),
])
def test_text_is_kept_but_for_what_is_no_text(raw: bytes, text: str) -> None:
    assert text_of(raw) == text


@pytest.mark.parametrize("raw", [b"", b" \n\t ", b"\xef\xbb\xbf"])
def test_nothing_is_told(raw: bytes) -> None:
    with pytest.raises(ReadError, match=r"a\.txt: empty"):
        text_of(raw)


@pytest.mark.parametrize(("gap", "left"), [
    pytest.param(" " * 30, " " * 30, id="columns-of-a-table-stay"),
    pytest.param(" " * 5_000, " " * 8, id="spaces-without-end"),
    pytest.param("  \n" * 500, "\n\n", id="empty-lines-without-end"),
    pytest.param(" " * 100 + "\n", "\n", id="a-line-that-is-filled-up"),
    pytest.param("\t\u3000" * 99, " " * 8, id="white-space-of-other-kinds"),
])
def test_white_space_that_goes_on_without_end_is_shortened(gap, left):
    assert clean_text(f"Arden{gap}Post") == f"Arden{left}Post"
