"""Article -> Report: furniture off, dateline and agency read, day of writing bounded. Pure."""

from __future__ import annotations

import hashlib
import re

from dateline.errors import ReadError
from dateline.read.article import Article, clean_text, said
from dateline.read.dateline import read_dateline
from dateline.read.furniture import credited_agency, strip_furniture
from dateline.read.language import language_of
from dateline.read.written import update_kind, written_on
from dateline.records import Dateline, Report, span_of

STUB_CHARS = 300         # a text so short is mostly no article: what stands beside a video, a box that asks for an address
FEWEST_WORDS = 3         # of a headline that says something
_SITE = re.compile(r"\s+[-–—|]\s+(?=.*(?:\.com|\.org|\.net|\b(?:news|tv|radio|fm)\b)).*$", re.IGNORECASE)   # "... - Verity TV"


def report_from(article: Article, *, most_chars: int | None = None) -> Report:
    """The report that `article` makes.

    most_chars: the longest text that is read, in characters.
    Raises ReadError when nothing is left of the article without page furniture, or it is too long.
    """
    text = clean_text(article.text)
    if most_chars is not None and len(text) > most_chars:
        raise ReadError(article.source, f"{len(text):,} characters, more than {most_chars:,}; it is left out",
                        todo="set DATELINE_MAX_TEXT_CHARS to read it")
    stripped = strip_furniture(text)
    if not stripped.text.strip():
        raise ReadError(article.source, "no article: nothing but page furniture")
    parsed = read_dateline(stripped.text)
    dateline = None if parsed is None else Dateline(
        parsed.text, parsed.place, parsed.date, (span_of(stripped.text, parsed.start, parsed.end),))
    agency = parsed.agency if parsed and parsed.agency else stripped.agency or credited_agency(stripped.text)
    title = article.title or said(stripped.title)
    page_date = article.page_date or stripped.page_date
    text = stripped.text if parsed else with_headline(stripped.text, title)
    return Report(
        id=report_id(article.source, stripped.text), source=article.source, fetched=article.fetched,
        outlet=article.outlet, agency=agency, byline=article.byline, title=title, language=language_of(stripped.text),
        dateline=dateline, published_at=article.published_at, page_date=page_date,
        written=written_on(parsed.date if parsed else None, article.published_at, page_date, stripped.text),
        text=text, update_kind=update_kind(title, stripped.lead_marks, stripped.text),
    )


def with_headline(text: str, title: str | None) -> str:
    """`text` after its headline, where it is too short to tell its story by itself: the page of a video, a cut-off teaser.

    Elsewhere the headline stays out of the text: it would tell every incident twice.
    """
    headline = _SITE.sub("", " ".join((title or "").split()))
    if len(text) >= STUB_CHARS or len(headline.split()) < FEWEST_WORDS or headline.casefold() in text.casefold():
        return text
    return f"{headline}\n\n{text}"


def report_id(source: str, text: str) -> str:
    """ "R" and 16 hexadecimal digits: the same article read twice is one report."""
    return "R" + hashlib.sha256(f"{source}\0{text}".encode("utf-8", "replace")).hexdigest()[:16]
