"""Bytes to text: byte-order marks, declared and guessed encodings, gzip. Binary is refused."""

from __future__ import annotations

import io
import re
import zlib
from typing import BinaryIO

from dateline.errors import ReadError
from dateline.read.article import one_line

GZIP = b"\x1f\x8b"
CHUNK = 64 * 1024
GUESSED_FROM = 200_000            # bytes shown to the guesser of encodings: it is slow on more and no better
UNPACKED_FREELY = 100_000_000     # bytes; beyond them a gzip that swells more than MOST_SWELLING is taken for a bomb
MOST_SWELLING = 300               # times; text packs 3 to 10 times, the most repetitive JSON about 50, a bomb 1,000
MOST_CONTROL = 0.02               # share of control characters in a text; more is binary
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32-le"), (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
)
_BINARIES = (
    (b"%PDF", "a PDF"), (b"PK\x03\x04", "a zip archive or an office document"), (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"), (b"(\xb5/\xfd", "a zstd archive"), (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x89PNG", "an image"), (b"\xff\xd8\xff", "an image"), (b"GIF8", "an image"), (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"), (b"{\\rtf", "an RTF document"), (b"\xd0\xcf\x11\xe0", "an office document"),
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27} | {127})
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})|"""
                      rb"""^\s{0,99}<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)


def marked_encoding(raw: bytes) -> str | None:
    """The encoding that a byte-order mark at the head of `raw` gives."""
    return next((name for mark, name in _MARKS if raw.startswith(mark)), None)


def binary_kind(head: bytes) -> str | None:
    """What kind of binary `head` begins, in words; "" when it is some binary; None when it may be text."""
    for magic, name in _BINARIES:
        if head.startswith(magic):
            return name
    if marked_encoding(head):
        return None
    if b"\x00" in head:
        return ""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return "" if controls > MOST_CONTROL * len(head) else None


def refuse_binary(source: str, head: bytes, *, where: str | None = None) -> None:
    """Raises ReadError when `head`, the first bytes of `source`, is not text."""
    kind = binary_kind(head)
    if kind is not None:
        raise ReadError(source, f"binary ({kind}), not text" if kind else "binary, not text", where=where,
                        todo="give its text, page or archive instead")


def declared_charset(raw: bytes) -> str | None:
    """The encoding that an HTML page or XML document declares in its head."""
    match = _CHARSET.search(raw[:4096])
    return (match[1] or match[2]).decode("ascii") if match else None


def decode(raw: bytes, *, source: str, declared: str | None = None, where: str | None = None) -> str:
    """`raw` as text: by its byte-order mark, as UTF-8, by the `declared` encoding, or by the best guess.

    UTF-8 goes before what is declared, because wrong declarations are common and text in another encoding
    is almost never valid UTF-8. Raises ReadError when it is binary.
    """
    refuse_binary(source, raw[:CHUNK], where=where)
    marked = marked_encoding(raw)
    for name in filter(None, (marked, "utf-8", declared or declared_charset(raw))):
        text = _try(raw, name)
        if text is not None:
            return text.removeprefix("\ufeff")
    if marked or _is_utf8_but_for_slips(raw):
        return raw.decode(marked or "utf-8", "replace").removeprefix("\ufeff")
    text = _try(raw, _guessed(raw) or "cp1252")
    return text if text is not None else raw.decode("cp1252", "replace")


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeError, LookupError, ValueError):   # LookupError: an unknown name, or one that is no text encoding
        return None
    except Exception:   # a declared "encoding" may be any codec that Python knows, with errors of its own
        return None


def _is_utf8_but_for_slips(raw: bytes) -> bool:
    """Whether `raw` is UTF-8 with a few broken bytes: most of what is not ASCII decodes."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken * 10 <= sum(1 for c in text if c > "\x7f")


def _guessed(raw: bytes) -> str | None:
    high = sum(1 for byte in raw[:GUESSED_FROM] if byte > 127)
    if high * 20 < len(raw[:GUESSED_FROM]):
        return None               # Latin letters with a few accents or typographic quotes: Windows' encoding
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:GUESSED_FROM]).best()
    return best.encoding if best else None


class Gunzip(io.RawIOBase):
    """A gzip stream unpacked as it is read, of any number of members.

    All that could be unpacked is given before a ReadError says that the stream is cut, broken or a bomb.
    """

    def __init__(self, packed: BinaryIO | io.RawIOBase, source: str) -> None:
        super().__init__()
        self._packed, self._source = packed, source
        self._member: zlib._Decompress | None = None
        self._left = b""          # packed bytes not yet unpacked
        self._ready = b""         # unpacked bytes not yet given
        self._read_in = self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:   # type: ignore[override]
        self._ready = self._ready or self._next()
        part, self._ready = self._ready[: len(buffer)], self._ready[len(buffer):]
        buffer[: len(part)] = part
        return len(part)

    def _next(self) -> bytes:
        """The next bytes, b"" at the end."""
        while True:
            if not self._left:
                self._left = self._packed.read(CHUNK) or b""
                self._read_in += len(self._left)
                if not self._left:
                    if self._member is not None:
                        raise ReadError(self._source, f"the gzip is cut: it ends early, after {self._read_in:,} bytes",
                                        todo="copy the file again")
                    return b""
            if self._member is None:
                if not self._left.strip(b"\x00"):   # padding after the last member is allowed
                    self._left = b""
                    continue
                self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            part = self._unpack()
            if part:
                return part

    def _unpack(self) -> bytes:
        assert self._member is not None
        try:
            part = self._member.decompress(self._left, CHUNK)
        except zlib.error as error:
            where = self._read_in - len(self._left)
            raise ReadError(self._source, f"the gzip is broken ({one_line(error)})", where=f"after byte {where:,}",
                            todo="copy the file again") from None
        self._left = self._member.unconsumed_tail
        if self._member.eof:
            self._left, self._member = self._member.unused_data, None
        self._given += len(part)
        if self._given > UNPACKED_FREELY and self._given > MOST_SWELLING * self._read_in:
            raise ReadError(self._source, f"unpacks to more than {MOST_SWELLING} times its size; it is left out",
                            todo="unpack it by hand if you trust it")
        return part
