"""From the texts of a data set to dateline's records: how the bench calls dateline."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time

from dateline.errors import ReadError
from dateline.extract import Extraction, extract_all, nlp, pipeline
from dateline.extract.document import Document, PlaceMention, Step
from dateline.read.article import Article
from dateline.read.report import report_from
from dateline.records import Report
from dateline.records.report import Fetched

_NO_DAY = datetime(1970, 1, 1, tzinfo=UTC)


def a_report(source: str, text: str, *, title: str | None = None, day: str | None = None) -> Report:
    """The report that dateline reads out of one text of a data set. day: YYYY-MM-DD of publication."""
    # noon, so that the outlet's local day is the same day in nearly every zone
    published_at = datetime.combine(date.fromisoformat(day), time(12), UTC) if day else None
    fetched = Fetched(published_at or _NO_DAY, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())
    return report_from(Article(source=source, fetched=fetched, text=text, title=title, outlet=None, byline=None,
                               published_at=published_at))


def articles(texts: Iterable[tuple[str, str]]) -> Iterator[Report | None]:
    """The report of each text (source, text), in order; None where nothing of a text is taken for an article."""
    for source, text in texts:
        try:
            yield a_report(source, text)
        except ReadError:
            yield None


def extracted(reports: Iterable[Report]) -> Iterator[tuple[Report, Extraction]]:
    """Each report with what dateline reads out of it, in order."""
    return extract_all(reports)


def documents(reports: Iterable[Report]) -> Iterator[Document]:
    """The working document of each report after all steps, in order, for what is asked of more than its accounts."""
    return pipeline.read_documents(reports)


def read_as_written(texts: Iterable[tuple[str, str, str | None]], last: str) -> Iterator[Document]:
    """The working documents of texts as they stand, read as far as the step `last`, in order; the gate is left out.

    texts: source, text, and day of publication (YYYY-MM-DD). Nothing of a text is taken for furniture or a dateline, so
    that offsets are those of the set.
    """
    chosen: list[Step] = []
    for step in pipeline.steps():
        chosen.append(step)
        if step.name == last:
            break
    reports = [replace(a_report(source, text, day=day), text=text, dateline=None) for source, text, day in texts]
    docs = nlp.pipeline().pipe((pipeline._tokens(report, "") for report in reports), batch_size=pipeline.BATCH)
    for report, doc in zip(reports, docs, strict=True):
        document = Document(report, doc)
        for step in chosen:
            step.run(document)
        yield document


def places_of(text: str) -> list[PlaceMention]:
    """The places that dateline reads in `text`, in order: the product's own steps as far as places, its gate left out.

    The gate keeps reports that tell no violence from being read at all; what places a text names does not hang on it.
    """
    [document] = read_as_written([("text", text, None)], "places")
    return list(document.places)
