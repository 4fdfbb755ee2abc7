"""Bytes to text."""

from __future__ import annotations

import contextlib
import gzip
import io
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ReadError
from dateline.read.decode import Gunzip, decode

NEWS = "Shelling hit Port Vérité – “at least 12” were killed, the mayor said."
ARABIC = "قال رئيس البلدية إن القصف أصاب الميناء ليلا وقتل اثني عشر شخصا على الأقل في السوق القديم"
META = '<meta charset="windows-1256">'
RUSSIAN = "Обстрел города ночью унёс жизни двенадцати человек, сообщил мэр. Ещё тридцать человек были ранены на рынке"


@pytest.mark.parametrize(("raw", "declared", "text"), [
    pytest.param(NEWS.encode(), None, NEWS, id="utf-8"),
    pytest.param(NEWS.encode("utf-8-sig"), None, NEWS, id="utf-8-with-mark"),
    pytest.param(NEWS.encode("utf-16"), None, NEWS, id="utf-16-with-mark"),
    pytest.param(NEWS.encode("cp1252"), None, NEWS, id="windows-western-undeclared"),
    pytest.param(ARABIC.encode("cp1256"), "windows-1256", ARABIC, id="arabic-declared"),
    pytest.param(RUSSIAN.encode("cp1251"), None, RUSSIAN, id="russian-undeclared"),
    pytest.param(NEWS.encode(), "iso-8859-1", NEWS, id="utf-8-wrongly-declared"),
    pytest.param(META.encode() + ARABIC.encode("cp1256"), None, META + ARABIC, id="declared-in-the-page"),
    pytest.param(NEWS.encode("cp1252"), "no-such-encoding", NEWS, id="unknown-declaration"),
    pytest.param(NEWS.encode("cp1252"), "zlib", NEWS, id="declaration-that-is-no-text-encoding"),
    pytest.param(ARABIC.encode() + b"\xff", None, ARABIC + "\ufffd", id="utf-8-with-one-broken-byte"),
])
def test_text_is_decoded(raw: bytes, declared: str | None, text: str) -> None:
    assert decode(raw, source="a.txt", declared=declared) == text


@pytest.mark.parametrize(("raw", "said"), [
    pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", "a.txt: binary (an image), not text", id="image"),
    pytest.param(b"%PDF-1.7 ...", "a.txt: binary (a PDF), not text", id="pdf"),
    pytest.param(b"PK\x03\x04....", "a.txt: binary (a zip archive or an office document), not text", id="zip"),
    pytest.param(bytes(range(256)), "a.txt: binary, not text", id="noise"),
])
def test_binary_is_refused(raw: bytes, said: str) -> None:
    with pytest.raises(ReadError) as raised:
        decode(raw, source="a.txt")
    assert str(raised.value).startswith(said)


@given(st.binary(max_size=300), st.none() | st.text(max_size=12))
def test_any_bytes_are_text_or_a_read_error(raw: bytes, declared: str | None) -> None:
    with contextlib.suppress(ReadError):
        assert isinstance(decode(raw, source="a.txt", declared=declared), str)


def unpacked(raw: bytes) -> tuple[bytes, str | None]:
    stream, found = Gunzip(io.BytesIO(raw), "a.gz"), b""
    try:
        while part := stream.read(1000):
            found += part
    except ReadError as problem:
        return found, problem.what
    return found, None


def test_gzip_of_several_members_and_padding_is_one_text() -> None:
    assert unpacked(gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 9) == (b"one two", None)


@pytest.mark.parametrize(("raw", "said"), [
    pytest.param(gzip.compress(b"one") + gzip.compress(NEWS.encode() * 50)[:-9], "cut", id="cut"),
    pytest.param(gzip.compress(b"one") + b"and then no gzip", "broken", id="followed-by-something-else"),
])
def test_what_came_before_a_broken_gzip_is_given(raw: bytes, said: str) -> None:
    found, why = unpacked(raw)
    assert found.startswith(b"one")
    assert why is not None
    assert said in why


def test_a_gzip_bomb_is_refused() -> None:
    stream = Gunzip(io.BytesIO(gzip.compress(b"\0" * 110_000_000, 9)), "a.gz")
    with pytest.raises(ReadError, match="more than 300 times"):
        deque(iter(lambda: stream.read(1_000_000), b""), maxlen=0)


@given(st.binary(max_size=200))
def test_any_bytes_unpack_or_are_a_read_error(raw: bytes) -> None:
    unpacked(b"\x1f\x8b" + raw)
