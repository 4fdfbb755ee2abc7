"""Reading one file of an archive, in the process that was made for it: reports, copies, extraction, tables. No ledger here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from dateline.backfill.copies import Within
from dateline.backfill.outcome import FileRead, Order
from dateline.backfill.reading import Reading
from dateline.backfill.tables import Told
from dateline.backfill.writing import TableWriter
from dateline.extract import Failed, reads
from dateline.extract.extractor import BATCH, Extractor
from dateline.extract.pool import outcomes_of
from dateline.records import Report
from dateline.settings import Settings


def read_file(order: Order, settings: Settings, extractor: Extractor, tell: Callable[[int, int], None]) -> FileRead:
    """Read the file of `order` and write its tables into the order's folder. tell: pages and bytes that were dealt with.

    Raises ReadError where nothing of it can be read, OSError for what the disk or its store refuses.
    """
    reading = Reading(order.unit, settings, order.names, tell)
    writer, counts, languages = TableWriter(Path(order.folder), order.unit.key), Counter[str](), Counter[str]()
    for one in told_by(reading.reports(), extractor):
        counts["reports"] += 1
        counts["copies"] += one.relation is not None and one.relation.kind == "copy"
        counts["versions"] += one.relation is not None and one.relation.kind == "version"
        counts["failed"] += isinstance(one.outcome, Failed)
        if not reads(one.report):
            languages[one.report.language or ""] += 1
        writer.add(one)
    parts = writer.close()
    return FileRead(
        reports=counts["reports"], copies=counts["copies"], versions=counts["versions"], failed=counts["failed"],
        **{name: writer.counts[name] for name in ("accounts", "figures", "statements", "evidence")},
        passed=dict(sorted(reading.passed.items())), not_extracted=dict(sorted(languages.items())),
        troubles=reading.troubles, first_troubles=tuple(reading.first_troubles), parts=parts)


def told_by(reports: Iterable[Report], extractor: Extractor) -> Iterator[Told]:
    """Each report, in the order given, with what it repeats, its sketch and what it tells."""
    within, fresh = Within(), _once(reports)
    while batch := list(islice(fresh, min(BATCH, extractor.at_once))):
        for report, outcome in outcomes_of(batch, extractor):
            yield Told(report, *within.relation(report), outcome)


def _once(reports: Iterable[Report]) -> Iterator[Report]:
    """An archive may hold the same page of the same address again; it is one report."""
    seen = set[str]()
    for report in reports:
        if report.id not in seen:
            seen.add(report.id)
            yield report
