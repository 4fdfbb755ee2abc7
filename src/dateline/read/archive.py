"""WARC archives: the pages in them, record by record."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from dateline.errors import ReadError
from dateline.read.article import Article, fetched_now, one_line
from dateline.read.page import article_from_page
from dateline.read.plain import article_from_text
from dateline.records import Fetched

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
TEXT_TYPES = frozenset({"text/plain"})


def articles_from_archive(
    stream: io.RawIOBase, *, source: str, max_bytes: int, arrived: datetime | None = None,
    on_passed: Callable[[str], None] | None = None,
) -> Iterator[Article | ReadError]:
    """The article of each response with status 200 that holds HTML or plain text, or what is wrong with its record.

    stream: the archive from its beginning, gzipped or not. Other records are passed over, and on_passed is told why of each:
    "status 404", "image/png", "request". arrived: the time of fetching for a record that tells none.
    A record that ends early or is broken ends the reading, since nothing behind it can be found with certainty.
    """
    from fastwarc.warc import ArchiveIterator

    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(stream), 1):
            try:
                article = _article(record, number, source, max_bytes, arrived)
            except _CutError as cut:
                yield _ends(source, number, str(cut))
                return
            except ReadError as problem:
                if problem.source == source:   # not of the page, but of the file itself
                    yield _ends(source, number, problem.what)
                    return
                yield problem
                continue
            if isinstance(article, Article):
                yield article
            elif on_passed is not None:
                on_passed(article)
    except ReadError as problem:  # of the stream itself
        yield _ends(source, number + 1, problem.what)
        return
    except (OSError, ValueError, RuntimeError) as error:
        yield _ends(source, number + 1, f"is broken ({one_line(error, 100)})")
        return
    if number == 0:
        yield ReadError(source, "holds no WARC record that can be read", todo="check the file")


class _CutError(Exception):
    """The record ends before its length."""


def _ends(source: str, number: int, what: str) -> ReadError:
    before = "nothing of it was read" if number == 1 else (
        f"the {f'{number - 1:,} records' if number > 2 else 'record'} before it {'were' if number > 2 else 'was'} read, "
        "the rest of the file was not")
    return ReadError(source, f"{what}; {before}", where=f"record {number:,}", todo="copy the file again")


def _article(record: Any, number: int, source: str, max_bytes: int, arrived: datetime | None) -> Article | str:
    """The article of `record`, or why it is passed over: it is no page. Raises _CutError where it ends early."""
    length = record.headers.get("Content-Length") or ""
    if not length.strip().isdigit():
        raise _CutError("ends inside its own header")
    if (record.headers.get("WARC-Type") or "").lower() != "response" or not record.is_http:
        _skip(record, record.content_length)    # without the header of a request, which is read already
        return one_line(record.headers.get("WARC-Type") or "no kind of record", 40).lower()
    if record.http_headers is None or record.http_headers.status_code is None:
        raise _CutError(f"ends inside the header of its answer, before {int(length):,} bytes")
    address = one_line(record.headers.get("WARC-Target-URI") or "", 4000).strip("<>")
    kind = (record.http_content_type or "").lower()
    if record.http_headers.status_code != 200 or kind not in PAGE_TYPES | TEXT_TYPES:
        _skip(record, record.content_length)
        status = record.http_headers.status_code
        return f"status {status}" if status != 200 else one_line(kind, 40) or "no content type"
    name = f"{source}#{address}" if address else f"{source}#{number}"
    if record.content_length > max_bytes:
        raise ReadError(name, f"longer than {max_bytes:,} bytes; it is left out", where=f"record {number:,}",
                        todo="set DATELINE_FETCH_MAX_BYTES to read it")
    raw = record.reader.read(record.content_length)
    if len(raw) < record.content_length:
        raise _CutError(f"ends after {len(raw):,} of {record.content_length:,} bytes")
    body = _unpacked(raw, record.http_headers, name, number, max_bytes)
    make = article_from_page if kind in PAGE_TYPES else article_from_text
    return make(body, source=name, address=address or None, charset=record.http_charset,
                fetched=Fetched(_date(record, arrived), fetched_now(raw).sha256))


def _skip(record: Any, length: int) -> None:
    passed = record.reader.consume(length)
    if passed < length:
        raise _CutError(f"ends after {passed:,} of {length:,} bytes")


def _unpacked(raw: bytes, headers: Any, name: str, number: int, max_bytes: int) -> bytes:
    """`raw` without its transfer and content encoding, where it still has them: many crawlers undo them and keep
    the header."""
    from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader

    body = raw
    coding = (headers.get("Content-Encoding") or "").strip().lower()
    try:
        if (headers.get("Transfer-Encoding") or "").strip().lower() == "chunked" and _is_chunked(body):
            body = ChunkedReader(io.BytesIO(body)).read(max_bytes + 1)
        if coding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
            body = GzipReader(io.BytesIO(body)).read(max_bytes + 1)
        elif coding == "deflate" and body.lstrip()[:1] != b"<":
            body = GzipReader(io.BytesIO(body), zlib=True).read(max_bytes + 1)
        elif coding == "br" and body.lstrip()[:1] != b"<":
            body = BrotliReader(io.BytesIO(body)).read(max_bytes + 1)
    except (OSError, ValueError, RuntimeError) as error:
        raise ReadError(name, f"its {coding or 'chunked'} encoding is broken ({one_line(error, 100)})",
                        where=f"record {number:,}") from None
    if len(body) > max_bytes:
        raise ReadError(name, f"unpacks to more than {max_bytes:,} bytes; it is left out", where=f"record {number:,}",
                        todo="set DATELINE_FETCH_MAX_BYTES to read it")
    return body


def _is_chunked(body: bytes) -> bool:
    size, found, _ = body[:20].partition(b"\r\n")
    return bool(found) and all(byte in b"0123456789abcdefABCDEF" for byte in size.partition(b";")[0].strip())


def _date(record: Any, arrived: datetime | None) -> datetime:
    date = record.record_date
    if not isinstance(date, datetime):
        return arrived or datetime.now(UTC).replace(microsecond=0)
    return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
