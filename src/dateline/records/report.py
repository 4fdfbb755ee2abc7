"""Report: one article as published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from dateline.records.span import Evidence

Basis = Literal["dateline", "metadata", "page", "text", "unknown"]
UpdateKind = Literal["update", "correction", "retraction"]
SHEET = "sheet:"                  # how the source of a row of a person's sheet begins: "sheet:march#X-12"


@dataclass(frozen=True, slots=True)
class Fetched:
    """When the bytes came (UTC) and their SHA-256, in hexadecimal."""

    at: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place and day printed at the head of a report: where it was filed, often not where it happened."""

    text: str
    place: str | None
    date: str | None              # as far as it says: "1990-01-03", or "--08-30" where it gives no year, "---03" a day alone
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PageDate:
    """A date printed on the page around the article. It may be the day of a crawl."""

    date: date
    words: str


@dataclass(frozen=True, slots=True)
class Written:
    """The day a report was written. Either end None: not bounded; candidates: the only days possible, if so few."""

    earliest: date | None
    latest: date | None
    candidates: tuple[date, ...]
    basis: Basis

    @property
    def day(self) -> date | None:
        """The one day it can be, or None."""
        return self.earliest if self.earliest is not None and self.earliest == self.latest else None


UNKNOWN_DAY = Written(None, None, (), "unknown")


@dataclass(frozen=True, slots=True)
class Report:
    """One article as published, its text without page furniture. Offsets elsewhere count into `text`."""

    id: str                       # "R" and 16 hexadecimal digits of SHA-256 over source and text
    source: str                   # address, feed, archive record ("a.warc.gz#https://..."), or path
    fetched: Fetched
    outlet: str | None
    agency: str | None            # the wire credited, not the outlet that carried it
    byline: str | None
    title: str | None
    language: str | None          # ISO 639-1
    dateline: Dateline | None
    published_at: datetime | None  # UTC
    page_date: PageDate | None
    written: Written
    text: str
    copy_of: str | None = None    # id of the report whose text it repeats
    version_of: str | None = None  # id of the earlier version of the same story
    update_kind: UpdateKind | None = None

    @property
    def sheet(self) -> str | None:
        """The person's sheet of which it is a row, "sheet:march"; None for any other report."""
        return self.source.partition("#")[0] if self.source.startswith(SHEET) else None
