"""What things are: the plain typed records that every stage reads and returns (docs/record.md)."""

from dateline.records.account import (
    Account,
    Actor,
    Affected,
    AsOf,
    Figure,
    Occurrence,
    Responsibility,
    Sensitive,
    Speaker,
    Target,
    Timex,
    UtcSpan,
    Weapon,
    When,
    Where,
)
from dateline.records.codec import from_json, to_json, to_line
from dateline.records.group import ArmedGroup, GroupStatement
from dateline.records.incident import Disagreement, Incident, Joined, Reason, Related, ReportRef, Sources, Toll
from dateline.records.report import Dateline, Fetched, PageDate, Report, Written
from dateline.records.source import Reliability, Source
from dateline.records.span import Evidence, Span, span_of

__all__ = [
    "Account",
    "Actor",
    "Affected",
    "ArmedGroup",
    "AsOf",
    "Dateline",
    "Disagreement",
    "Evidence",
    "Fetched",
    "Figure",
    "GroupStatement",
    "Incident",
    "Joined",
    "Occurrence",
    "PageDate",
    "Reason",
    "Related",
    "Reliability",
    "Report",
    "ReportRef",
    "Responsibility",
    "Sensitive",
    "Source",
    "Sources",
    "Span",
    "Speaker",
    "Target",
    "Timex",
    "Toll",
    "UtcSpan",
    "Weapon",
    "When",
    "Where",
    "Written",
    "from_json",
    "span_of",
    "to_json",
    "to_line",
]
