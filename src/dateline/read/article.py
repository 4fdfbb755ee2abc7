"""Article: what was found in a source, before it is a report."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from dateline.records import Fetched, PageDate

LATEST_YEAR = 2200                # a year beyond it is a slip or a count of milliseconds
_WRITTEN_OUT = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d", "%Y%m%d", "%Y-%m-%d %H:%M:%S %z")
_COLONLESS_OFFSET = re.compile(r"([+-]\d{2})(\d{2})$")
LONGEST_GAP = 40                  # characters: forms that skip white space would try each way to share out thousands of it
KEPT_OF_GAP = 8                   # that a table's columns stay apart
_LONG_GAP = re.compile(rf"\s{{{LONGEST_GAP + 1},}}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Article:
    """One article as a source gives it; page furniture may still stand in `text`."""

    source: str
    fetched: Fetched
    text: str                     # paragraphs with an empty line between them
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published_at: datetime | None = None  # UTC; only from metadata that says so outright
    page_date: PageDate | None = None     # a date guessed from the page


def fetched_now(raw: bytes) -> Fetched:
    """The time now and the SHA-256 of `raw`, the bytes as they came."""
    return Fetched(datetime.now(UTC).replace(microsecond=0), hashlib.sha256(raw).hexdigest())


def one_line(words: object, most: int = 200) -> str:
    """`words` on one line, without control characters and no longer than `most`: fit to stand in a message."""
    line = " ".join(_CONTROL.sub(" ", _no_surrogates(str(words))).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def said(words: object, most: int = 500) -> str | None:
    """A title, name or byline as one line, None where there is none."""
    return one_line(words, most) or None if isinstance(words, str) else None


def clean_text(text: str) -> str:
    """`text` with line ends as \\n and without what is no character of a text: control characters, lone surrogates.

    White space that goes on for longer than LONGEST_GAP becomes a blank line, a line end, or spaces.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    return _LONG_GAP.sub(_shorter, _CONTROL.sub(" ", _no_surrogates(text)).removeprefix("\ufeff").strip())


def _shorter(gap: re.Match[str]) -> str:
    return "\n" * min(gap[0].count("\n"), 2) or " " * KEPT_OF_GAP


def parse_time(words: object) -> datetime | None:
    """The time that `words` says, in UTC; a day alone is its midnight, a time without a zone is read as UTC.

    words: ISO 8601, an e-mail's date, "August 30, 2021", or seconds (or milliseconds) since 1970. None: none of these.
    """
    try:
        if isinstance(words, bool) or words is None:
            return None
        if isinstance(words, int | float):
            return _in_range(datetime.fromtimestamp(words / 1000 if abs(words) > 1e11 else words, UTC))
        return _in_range(_parse_words(str(words).strip()[:64]))
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _parse_words(words: str) -> datetime | None:
    if not words or (words.isdigit() and len(words) != 8):
        return None
    try:
        return datetime.fromisoformat(_COLONLESS_OFFSET.sub(r"\1:\2", words) if "T" in words else words)
    except ValueError:
        pass
    for form in _WRITTEN_OUT:
        try:
            return datetime.strptime(words, form)
        except ValueError:
            continue
    return parsedate_to_datetime(words)


def _in_range(time: datetime | None) -> datetime | None:
    if time is None or not 1000 <= time.year <= LATEST_YEAR:
        return None
    return (time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)).replace(microsecond=0)


def page_date_from(day: str | None) -> PageDate | None:
    """The PageDate of a guessed day as YYYY-MM-DD, None where it is none."""
    try:
        return PageDate(date.fromisoformat(day), day) if day else None
    except ValueError:
        return None


def host_of(address: str | None) -> str | None:
    """The host of a web address without "www.", None where there is none."""
    match = re.match(r"https?://(?:[^/?#@]*@)?([^/?#:]+)", address or "", re.IGNORECASE)
    return match[1].lower().removeprefix("www.") or None if match else None


def _no_surrogates(text: str) -> str:
    # a JSON text may hold half of a surrogate pair, which no encoding can write
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
