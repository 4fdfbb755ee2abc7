"""What must hold of whatever a reader gives. A Broken is a mistake of ours, like any error that a reader does not document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from itertools import pairwise
from typing import TypeVar

from dateline.records import Account, Report, Span, to_line
from dateline.records.codec import from_line
from dateline.when.mention import TimeMention

T = TypeVar("T", Report, Account)


class Broken(AssertionError):
    """What a reader gave cannot be."""


def holds(is_so: bool, what: str) -> None:
    if not is_so:
        raise Broken(what)


def report_holds(report: Report) -> None:
    """It can be kept and read back, and its evidence stands in its text."""
    _comes_back(Report, report)
    holds(report.text.strip() != "", "a report without words")
    holds(report.published_at is None or report.published_at.tzinfo is not None, "published at a time without a zone")
    written = report.written
    holds(None in (written.earliest, written.latest) or written.earliest <= written.latest, "written after it was written")  # type: ignore[operator]
    for name in ("outlet", "agency", "byline", "title"):
        said = getattr(report, name)
        holds(said is None or "\n" not in said, f"{name} of several lines")
    spans_hold(report, report.text)


def account_holds(account: Account, text: str) -> None:
    _comes_back(Account, account)
    spans_hold(account, text)
    for figure in account.figures:
        holds(None in (figure.low, figure.high) or figure.low <= figure.high, f"from {figure.low} to {figure.high}")  # type: ignore[operator]
        holds((figure.low or 0) >= 0 and (figure.value or 0) >= 0, f"fewer than none: {figure.low}, {figure.value}")
        holds(figure.evidence != (), "a figure without evidence")
    when = account.when
    holds(None in (when.earliest, when.latest) or when.earliest <= when.latest, "it happened after it happened")  # type: ignore[operator]


def spans_hold(record: object, text: str) -> None:
    """Each span in `record` stands in `text`, with its words."""
    for span in spans_in(record):
        holds(0 <= span.start < span.end <= len(text), f"[{span.start}, {span.end}) of {len(text)} characters")
        holds(text[span.start:span.end] == span.quote, f"{span.quote[:50]!r} is not what stands there")


def times_hold(times: Sequence[TimeMention], text: str) -> None:
    for one in times:
        holds(0 <= one.start < one.end <= len(text) and text[one.start:one.end] == one.text, f"{one.text!r} is not there")
        holds(None in (one.earliest, one.latest) or one.earliest <= one.latest, f"{one.text!r}: its last day is before its first")  # type: ignore[operator]
        holds(one.best is None or one.best in one.candidates, f"{one.text!r}: the best day is none of those possible")
    apart(((one.start, one.end) for one in times), "times")


def apart(spans: Iterable[tuple[int, int]], of: str) -> None:
    """In the order of the text, and none within another."""
    holds(all(first[1] <= second[0] for first, second in pairwise(spans)), f"{of} that overlap")


def is_utc(time: datetime | None) -> bool:
    return time is None or (time.utcoffset() is not None and not time.utcoffset())


def spans_in(record: object) -> Iterator[Span]:
    if isinstance(record, Span):
        yield record
    elif isinstance(record, tuple | list):
        for one in record:
            yield from spans_in(one)
    elif is_dataclass(record) and not isinstance(record, type):
        for field in fields(record):
            yield from spans_in(getattr(record, field.name))


def _comes_back(kind: type[T], record: T) -> None:
    holds(from_line(kind, to_line(record)) == record, f"the {kind.__name__.lower()} does not come back as it was kept")
