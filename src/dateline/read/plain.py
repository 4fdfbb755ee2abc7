"""Plain text: one article a file, as it was copied or printed."""

from __future__ import annotations

from dateline.errors import ReadError
from dateline.read.article import Article, clean_text, host_of
from dateline.read.decode import decode
from dateline.records import Fetched

MOST_BYTES_A_CHAR = 4


def article_from_text(
    raw: bytes, *, source: str, fetched: Fetched, address: str | None = None, charset: str | None = None,
) -> Article:
    """The article that `raw` is. Raises ReadError when it is binary or empty."""
    text = clean_text(decode(raw, source=source, declared=charset))
    if not text:
        raise ReadError(source, "empty: there is nothing to read")
    return Article(source, fetched, text, outlet=host_of(address))
