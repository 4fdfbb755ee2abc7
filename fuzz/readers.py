"""Each reader as a function of bytes: what it documents to raise is caught, what must hold of its answer is looked at."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from dateline.errors import ReadError
from dateline.read.article import Article, said
from dateline.read.report import report_from
from dateline.records import Fetched, Written
from dateline.settings import Settings
from fuzz.holds import account_holds, apart, holds, is_utc, report_holds, spans_hold, times_hold

if TYPE_CHECKING:
    from dateline.importing.sheets import Sheet
    from dateline.importing.told import Reading

AT = datetime(2024, 3, 15, 9, 0, tzinfo=UTC)
FETCHED = Fetched(AT, "0" * 64)
SETTINGS = Settings(offline=True, fetch_max_bytes=1_000_000)
MOST_REPORTS = 50                 # of one input whose reports are made
MOST_ROWS = 30                    # of one sheet that are coded
FEED = "https://arden-post.example/rss"
DAYS = (date(2024, 3, 14), date(1990, 1, 3), date(2000, 2, 29), date.min, date.max, date(1, 12, 31), date(9999, 1, 1))
PART = b"\n=== "                  # begins a line that names a part of a workbook


def reports_hold(found: Iterable[Article | ReadError]) -> None:
    """The articles of a source make reports, or are refused."""
    for one in islice(found, MOST_REPORTS):
        if isinstance(one, Article):
            holds(is_utc(one.published_at), "published at a time that is not UTC")
            try:
                report_holds(report_from(one, most_chars=SETTINGS.max_text_chars))
            except ReadError as problem:
                _is_a_line(problem)
        else:
            _is_a_line(one)


def source(raw: bytes) -> None:
    """A file of any kind, which is told by its content."""
    from dateline.read.fetch import Fetcher
    from dateline.read.sources import Reader

    reports_hold(Reader(SETTINGS, Fetcher(SETTINGS), {}, arrived=AT).opened(io.BytesIO(raw), "made"))


def feed(raw: bytes) -> None:
    from dateline.read.feed import articles_of, read_feed

    try:
        read = read_feed(raw, FEED, most=MOST_REPORTS)
    except ReadError as problem:
        _is_a_line(problem)
        return
    links = [entry.link for entry in read.entries if entry.link]
    holds(len(links) == len(set(links)), "a link that comes twice")
    holds(all(link.lower().startswith(("http://", "https://")) for link in links), "a link to elsewhere than the web")
    holds(read.ask_after_s is None or read.ask_after_s > 0, f"ask after {read.ask_after_s} s")
    for number, entry in enumerate(read.entries, 1):
        holds(is_utc(entry.published_at) and is_utc(entry.updated_at), "a time that is not UTC")
        reports_hold(articles_of(entry, number, source=FEED, fetched=FETCHED, fetch=_not_there))


def page(raw: bytes) -> None:
    from dateline.read.page import article_from_page

    try:
        found = article_from_page(raw, source="made", fetched=FETCHED, address="https://arden-post.example/1")
    except ReadError as problem:
        _is_a_line(problem)
        return
    reports_hold([found])


def warc(raw: bytes) -> None:
    from dateline.read.archive import articles_from_archive

    reports_hold(articles_from_archive(io.BytesIO(raw), source="made", max_bytes=SETTINGS.fetch_max_bytes, arrived=AT))  # type: ignore[arg-type]


def json(raw: bytes) -> None:
    from dateline.read.jsonl import articles_from_json

    for names in ({}, {"text": "body.0.text", "published": "meta.day"}):
        stream = io.BytesIO(raw)
        reports_hold(articles_from_json(stream.read, raw[:65_536], source="made", max_text_chars=20_000, names=names, arrived=AT))


def parquet(raw: bytes) -> None:
    from dateline.read.parquet import articles_from_parquet

    reports_hold(articles_from_parquet(io.BytesIO(raw), source="made", names={}, arrived=AT))


def report(raw: bytes) -> None:
    """A text with all that is read at its head and foot: page furniture, dateline, days of writing, language."""
    text = _text(raw)
    reports_hold([Article("made", FETCHED, text, title=said(text[:60]), published_at=AT if len(raw) % 2 else None)])


def dateline(raw: bytes) -> None:
    from dateline.read.dateline import read_dateline

    text = _text(raw)
    read = read_dateline(text)
    if read is not None:
        holds(0 <= read.start <= read.end <= read.body <= len(text), f"{read.start}, {read.end}, {read.body} of {len(text)}")
        holds(text[read.start:read.end] == read.text, "the dateline is not what stands there")
        holds("\n" not in (read.place or ""), "a place of several lines")


def dates(raw: bytes) -> None:
    """The first byte chooses the day of writing, the rest is the text."""
    from dateline.when import read_times

    text = _text(raw[1:])
    times_hold(read_times(text, _written(raw[0] if raw else 0)), text)


def counts(raw: bytes) -> None:
    from dateline.extract.counts import read_counts

    text = _text(raw)
    found = read_counts(text)
    apart(((one.start, one.end) for one in found), "counts")
    for one in found:
        holds(text[one.start:one.end] == one.words, f"{one.words!r} is not what stands there")
        holds(None in (one.low, one.high) or one.low <= one.high, f"{one.words!r}: from {one.low} to {one.high}")  # type: ignore[operator]


def figures(raw: bytes) -> None:
    """A report through all steps of extraction."""
    from dateline.extract.pipeline import read_documents

    try:
        made = report_from(Article("made", FETCHED, _text(raw), published_at=AT))
    except ReadError:
        return
    [document] = read_documents([made])
    for account in document.accounts:
        account_holds(account, made.text)
    spans_hold(document.group_statements, made.text)


def sheet(raw: bytes) -> None:
    """A table as text: its columns are guessed, and its rows coded."""
    from dateline.importing.sheets import read_sheets

    try:
        tables = read_sheets(raw, "made.csv")
    except ReadError as problem:
        _is_a_line(problem)
        return
    for table in tables:
        _rows_hold(table)


def workbook(raw: bytes) -> None:
    """A workbook: as a file, or as its parts ("=== xl/workbook.xml" before each), which are packed here."""
    sheet(raw if raw.startswith(b"PK") else _packed(raw))


def opml(raw: bytes) -> None:
    from dateline.watching.opml import read_opml

    try:
        listed = read_opml(raw, "made.opml")
    except ReadError as problem:
        _is_a_line(problem)
        return
    addresses = [one.address for one in listed.feeds]
    holds(len(addresses) == len(set(addresses)) > 0, "an address that comes twice, or none")
    holds(all("\n" not in line for line in listed.left_out), "a line that is several")


def robots(raw: bytes) -> None:
    from dateline.read.robots import Robots

    read = Robots("dateline", lambda at, asked, most: (200, None, raw[:most]), lambda: 0.0)
    try:
        read.check("https://arden-post.example/news/1", asked="https://arden-post.example/news/1")
    except ReadError as problem:
        _is_a_line(problem)
    delay = read.crawl_delay_s("https://arden-post.example/news/1")
    holds(delay is None or delay >= 0, f"a pause of {delay} s")


def _not_there(url: str) -> Iterator[Article | ReadError]:
    yield ReadError(url, "not there")


def _is_a_line(problem: ReadError) -> None:
    holds("\n" not in str(problem), f"a problem of several lines: {str(problem)[:200]!r}")
    str(problem).encode()         # it can be printed


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _written(choice: int) -> Written:
    day, other = DAYS[choice % len(DAYS)], DAYS[choice // len(DAYS) % len(DAYS)]
    return (
        Written(day, day, (day,), "metadata"),
        Written(None, None, (), "unknown"),
        Written(None, day, (), "page"),
        Written(min(day, other), max(day, other), (), "text"),
        Written(min(day, other), max(day, other), tuple(sorted({day, other})), "dateline"),
    )[choice % 5]


def _rows_hold(table: Sheet) -> None:
    from dataclasses import replace

    from dateline.importing.mapping import guess
    from dateline.importing.rows import Coded, code_row, ids_of

    holds(len(set(table.columns)) == len(table.columns), "two columns of one name")
    try:
        reading = replace(_reading(), map=guess(table, "made"))
    except ReadError as problem:
        _is_a_line(problem)
        return
    rows = table.rows[:MOST_ROWS]
    for row, id in zip(rows, ids_of(rows, reading.map), strict=True):
        coded = code_row(row, id, reading)
        if isinstance(coded, Coded):
            report_holds(coded.report)
            account_holds(coded.account, coded.report.text)


@cache
def _reading() -> Reading:
    from dateline.entered import Known
    from dateline.importing.mapping import ColumnMap
    from dateline.importing.told import Reading
    from dateline.queries import register_in_force
    from dateline.where.gazetteer import load_gazetteer

    return Reading(ColumnMap("made", "plain", {}), Known(load_gazetteer(), register_in_force("")), "Ana", AT)


def _packed(raw: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for part in (b"\n" + raw).split(PART)[1:40]:
            name, _, content = part.partition(b"\n")
            archive.writestr(zipfile.ZipInfo(name.decode("ascii", "replace").strip()[:80] or "x"), content)
    return out.getvalue()
