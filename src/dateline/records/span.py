"""Evidence: the words of a report that say a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a report: `report.text[start:end] == quote`, offsets in Python code points, end excluded."""

    start: int
    end: int
    quote: str


Evidence = tuple[Span, ...]


def span_of(text: str, start: int, end: int) -> Span:
    """The span [start, end) of `text`, without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end, text[start:end])
