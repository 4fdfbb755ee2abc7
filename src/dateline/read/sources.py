"""Where reports come from: files, folders, addresses, standard input. Their kind is told by content, not by name."""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from dateline.errors import ReadError
from dateline.read.archive import articles_from_archive
from dateline.read.article import Article, one_line
from dateline.read.decode import CHUNK, GZIP, Gunzip, binary_kind, decode, marked_encoding, refuse_binary
from dateline.read.feed import articles_from_feed
from dateline.read.fetch import Fetcher, NotModified, Page
from dateline.read.jsonl import articles_from_json
from dateline.read.page import article_from_page
from dateline.read.parquet import PARQUET, articles_from_parquet
from dateline.read.plain import MOST_BYTES_A_CHAR, article_from_text
from dateline.records import Fetched
from dateline.settings import Settings

if TYPE_CHECKING:
    from dateline.read.apart import Apart

Kind = Literal["empty", "binary", "gzip", "warc", "parquet", "json", "feed", "page", "xml", "text"]

APART: tuple[Kind, ...] = ("warc", "parquet")     # of many articles, read by libraries in C
STANDARD_INPUT = "standard input"
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]{1,20})://", re.IGNORECASE)
_BEFORE_ROOT = re.compile(r"\s+|<\?[^>]*>|<!--(?:(?!-->).)*-->|<!(?!--)[^>\[]*(?:\[[^\]]*\]\s*)?>", re.DOTALL)
_ROOT = re.compile(r"<([A-Za-z][\w.-]{0,40}:)?([A-Za-z][\w.-]{0,40})[\s/>]")
_FEED_ROOTS = frozenset({"rss", "feed", "rdf"})
_PAGE_ROOTS = frozenset({
    "html", "head", "body", "title", "meta", "link", "script", "style", "div", "p", "span", "article", "main",
    "section", "header", "nav", "table", "h1", "h2", "h3", "b", "i", "a", "em", "strong", "center", "font", "br", "img",
    "base",
})
_PAGE_WITHIN = re.compile(r"<(?:!doctype\s+html|html|body)[\s>]", re.IGNORECASE)
_JSON_START = re.compile(r'\s*(?:\{\s*(?:"|\}|$)|\[\s*(?:\{|\]|$))')
_JSON_LATER = re.compile(r'\n\s*\{\s*"')


def sniff(head: bytes) -> Kind:
    """What kind of source begins with the bytes `head`."""
    if head.startswith(GZIP):
        return "gzip"
    if re.match(rb"WARC/\d", head):
        return "warc"
    if head.startswith(PARQUET):
        return "parquet"
    if binary_kind(head) is not None:
        return "binary"
    words = head.decode(marked_encoding(head) or "utf-8", "replace").lstrip("\ufeff")
    if not words.strip():
        return "empty"
    if _JSON_START.match(words) or (words.lstrip().startswith("{") and _JSON_LATER.search(words)):
        return "json"
    if words.lstrip().startswith("<"):
        return _markup_kind(words)
    return "page" if _PAGE_WITHIN.search(words) else "text"


def _markup_kind(words: str) -> Kind:
    position = 0
    while match := _BEFORE_ROOT.match(words, position):
        position = match.end()
    root = _ROOT.match(words, position)
    name = root[2].lower() if root else ""
    if name in _FEED_ROOTS:
        return "feed"
    if name in _PAGE_ROOTS or _PAGE_WITHIN.search(words):
        return "page"
    return "xml" if root and words.lstrip().startswith("<?xml") else "text"


@dataclass(frozen=True, slots=True)
class Where:
    """Where bytes come from. source: its name in records and messages; address: of the page, when fetched; path: of a file."""

    source: str
    address: str | None = None
    charset: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads sources with these settings.

    arrived: the time of fetching for what tells none; None: the time now. on_passed: told why of each record of an archive that
    is passed over because it is no page. apart: reads pages, and files of the kinds APART, in a process of its own.
    """

    settings: Settings
    fetcher: Fetcher
    names: Mapping[str, str]
    arrived: datetime | None = None
    on_passed: Callable[[str], None] | None = None
    apart: Apart | None = None

    def articles(self, source: str | Path) -> Iterator[Article | ReadError]:
        """The articles of `source`, and in their place what could not be read."""
        name = os.fspath(source)
        scheme = _ADDRESS.match(name) if isinstance(source, str) else None
        try:
            if name == "-":
                yield from self._stream(sys.stdin.buffer, Where(STANDARD_INPUT))
            elif scheme and scheme[1].lower() in ("http", "https"):
                yield from self._address(name)
            elif scheme:
                raise ReadError(one_line(name), f"{scheme[1]} addresses are not read",
                                todo="give an http or https address, a file or a folder")
            elif os.path.isdir(name):
                yield from self._folder(name)
            else:
                yield from self._file(name)
        except ReadError as problem:
            yield problem

    def opened(self, stream: BinaryIO, name: str) -> Iterator[Article | ReadError]:
        """The articles of a file that is open, at its beginning. name: in records and messages."""
        try:
            yield from self._stream(stream, Where(name))
        except ReadError as problem:
            yield problem

    def _address(self, url: str) -> Iterator[Article | ReadError]:
        page = self.fetcher.fetch(url)
        if isinstance(page, NotModified):
            return
        sound = True
        where = Where(page.url, page.url, page.charset)
        for found in self._stream(io.BytesIO(page.body), where):
            sound = sound and not isinstance(found, ReadError)
            yield found
        if sound:                 # the taker came back for more, so all that the page gave has been dealt with
            self.fetcher.remember(page)

    def _folder(self, folder: str) -> Iterator[Article | ReadError]:
        """Its files in the order of their names, folders within it included, hidden ones left out."""
        barred: list[OSError] = []
        read_any = False
        for here, folders, files in os.walk(folder, onerror=barred.append):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(name for name in files if not name.startswith(".")):
                read_any = True
                yield from self.articles(Path(here, name))
        for error in barred:
            yield ReadError(file_name(str(error.filename)), f"this folder cannot be read ({_why(error)})")
        if not read_any and not barred:
            yield ReadError(file_name(folder), "there is no file in this folder")

    def _file(self, path: str) -> Iterator[Article | ReadError]:
        name = file_name(path)
        try:
            if not stat.S_ISREG(os.stat(path).st_mode):
                raise ReadError(name, "neither a file nor a folder; it is left out")
            opened = open(path, "rb")                           # noqa: SIM115  closed below; opening alone may fail here
        except (OSError, ValueError) as error:
            raise ReadError(name, f"cannot be opened ({_why(error)})", todo="check the path") from None
        with opened:
            yield from self._stream(opened, Where(name, path=path))

    def _stream(self, stream: BinaryIO, where: Where) -> Iterator[Article | ReadError]:
        arrived = _Arrived(stream, where.source)
        kind = sniff(arrived.head)
        packed: _Arrived | None = None
        if kind == "gzip":
            packed, arrived = arrived, _Arrived(Gunzip(arrived, where.source), where.source)
            kind = sniff(arrived.head)
            if kind == "gzip":
                raise ReadError(where.source, "gzip within gzip", todo="unpack it once")
        if kind == "empty" and len(arrived.head) < CHUNK:
            raise ReadError(where.source, "empty: there is nothing to read")
        if self.apart is not None and where.path is not None and kind in APART:
            yield from self.apart.file(where.path, where.source, self.names, self.arrived)
            return
        if kind == "parquet" and packed is None:
            yield from articles_from_parquet(stream, source=where.source, names=self.names, arrived=self.arrived)
            return
        if kind != "warc":        # its pages may be packed
            refuse_binary(where.source, arrived.head)
        if kind == "xml":
            raise ReadError(where.source, "XML that is neither a page nor a feed", todo="give a page, feed or text")
        if kind == "warc":
            yield from articles_from_archive(arrived, source=where.source, max_bytes=self.settings.fetch_max_bytes,
                                             arrived=self.arrived, on_passed=self.on_passed)
        elif kind == "json":
            yield from self._json(arrived, where)
        else:
            yield from self._document(kind, arrived, packed, where)

    def _json(self, arrived: _Arrived, where: Where) -> Iterator[Article | ReadError]:
        if marked_encoding(arrived.head) not in (None, "utf-8"):   # two bytes a character: lines cannot be told yet
            text = decode(self._whole(arrived, where, self.settings.fetch_max_bytes), source=where.source)
            arrived = _Arrived(io.BytesIO(text.encode("utf-8", "replace")), where.source)
        yield from articles_from_json(arrived.read, arrived.head, source=where.source, names=self.names,
                                      max_text_chars=self.settings.max_text_chars, arrived=self.arrived)

    def _document(
        self, kind: Kind, arrived: _Arrived, packed: _Arrived | None, where: Where,
    ) -> Iterator[Article | ReadError]:
        """One article, or one feed: held whole, so its size has a limit."""
        if kind == "text":
            most_chars = self.settings.max_text_chars
            most, limit, name = most_chars * MOST_BYTES_A_CHAR, f"{most_chars:,} characters", "DATELINE_MAX_TEXT_CHARS"
        else:
            most = self.settings.fetch_max_bytes
            limit, name = f"{most:,} bytes", "DATELINE_FETCH_MAX_BYTES"
        raw = self._whole(arrived, where, most, limit, name)
        fetched = Fetched(self.arrived or datetime.now(UTC).replace(microsecond=0), (packed or arrived).sha256())
        if kind == "feed":
            yield from articles_from_feed(raw, source=where.source, fetched=fetched, address=where.address,
                                          fetch=self._entry)
            return
        from_page = article_from_page if self.apart is None else self.apart.page
        make = from_page if kind == "page" else article_from_text
        yield make(raw, source=where.source, fetched=fetched, address=where.address, charset=where.charset)

    def _entry(self, url: str) -> Iterator[Article | ReadError]:
        """The article at a feed entry's address. A feed behind it is not followed: feeds could name each other."""
        try:
            page = self.fetcher.fetch(url)
            if not isinstance(page, NotModified):
                yield from self.article_in(page)
                self.fetcher.remember(page)
        except ReadError as problem:
            yield problem

    def article_in(self, page: Page) -> Iterator[Article | ReadError]:
        """The article of a page that was fetched. Raises ReadError where it is no page of one."""
        arrived = _Arrived(io.BytesIO(page.body), page.url)
        kind = sniff(arrived.head)
        refuse_binary(page.url, arrived.head)
        if kind not in ("page", "text"):
            raise ReadError(page.url, f"{kind}, where the page of one article was expected")
        yield from self._document(kind, arrived, None, Where(page.url, page.url, page.charset))

    def feed_in(self, page: Page) -> bytes:
        """The bytes of the feed in a page that was fetched, unpacked. Raises ReadError where it is no feed."""
        arrived = _Arrived(io.BytesIO(page.body), page.url)
        if sniff(arrived.head) == "gzip":
            arrived = _Arrived(Gunzip(arrived, page.url), page.url)
        kind = sniff(arrived.head)
        if kind != "feed":
            raise ReadError(page.url, f"{'empty' if kind == 'empty' else f'of the kind {kind}'}, where a feed was expected",
                            todo="check the address")
        return self._whole(arrived, Where(page.url), self.settings.fetch_max_bytes)

    def _whole(
        self, arrived: _Arrived, where: Where, most: int, limit: str = "", name: str = "DATELINE_FETCH_MAX_BYTES",
    ) -> bytes:
        raw = bytearray()
        while part := arrived.read(CHUNK):
            raw += part
            if len(raw) > most:
                raise ReadError(where.source, f"longer than {limit or f'{most:,} bytes'}; it is left out",
                                todo=f"set {name} to read it")
        return bytes(raw)


class _Arrived(io.RawIOBase):
    """A stream of which the first bytes can be looked at, and the sum of all is kept."""

    def __init__(self, stream: BinaryIO | io.RawIOBase, source: str) -> None:
        super().__init__()
        self._stream, self._source = stream, source
        self._sum = hashlib.sha256()
        self._broken: ReadError | None = None
        self._position = 0
        held = bytearray()
        try:
            while len(held) < CHUNK and (part := self._take(CHUNK - len(held))):
                held += part
        except ReadError as broken:   # what came before it is still worth looking at
            if not held:
                raise
            self._broken = broken
        self.head = self._ahead = bytes(held)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:   # type: ignore[override]
        part = self.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, b"" at the end. Raises ReadError where the stream breaks."""
        size = CHUNK if size < 0 else size
        if self._ahead:
            part, self._ahead = self._ahead[:size], self._ahead[size:]
        elif self._broken is not None:
            raise self._broken
        else:
            part = self._take(size)
        self._position += len(part)
        return part

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Onwards only, by reading: a stream may be packed, or a pipe. fastwarc passes over large records by it."""
        ahead = offset - (self._position if whence == io.SEEK_SET else 0)
        if whence == io.SEEK_END or ahead < 0:
            raise OSError("cannot go back in a stream")
        while ahead > 0 and (part := self.read(min(ahead, CHUNK))):
            ahead -= len(part)
        return self._position

    def sha256(self) -> str:
        """Of all bytes read so far, in hexadecimal."""
        return self._sum.hexdigest()

    def _take(self, size: int) -> bytes:
        try:
            part = self._stream.read(size) or b""
        except OSError as error:
            raise ReadError(self._source, f"cannot be read ({_why(error)})") from None
        self._sum.update(part)
        return part


def file_name(path: str) -> str:
    """`path` as it can be printed and kept: bytes that are no UTF-8, line ends and control characters replaced."""
    printable = os.fsencode(path).decode("utf-8", "replace")
    return printable if printable.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in printable)


def _why(error: Exception) -> str:
    return one_line(getattr(error, "strerror", None) or error, 100).lower()
