"""The step that finds the time expressions of a report; how they are read is in `dateline.when`."""

from __future__ import annotations

from dateline.extract.document import Document
from dateline.when import read_times


def find_times(document: Document) -> None:
    """Add the report's time expressions to `document.times`, sorted and apart."""
    document.times.extend(read_times(document.report.text, document.report.written, document.spacy))
