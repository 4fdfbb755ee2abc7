"""The step that finds the time expressions of a report; how they are read is in `dateline.when`."""

from __future__ import annotations

from dateline.extract.document import Document
from dateline.when import read_times

OF_PEOPLE = frozenset(("former", "current", "recent"))      # "the former mayor": said of him, and not of what happened


def find_times(document: Document) -> None:
    """Add the report's time expressions to `document.times`, sorted and apart."""
    times = read_times(document.report.text, document.report.written, document.spacy)
    document.times.extend(time for time in times if time.text.lower() not in OF_PEOPLE)
