"""Report -> accounts and group statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.errors import ExtractError
from dateline.records import Account, GroupStatement
from dateline.verbs import callable_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.records import Report

VERSION = "rules-9, reader-1"     # of extraction: reports read by an older one are known by it

LANGUAGES = frozenset({"en"})     # that extraction reads


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a report says: its accounts and its statements about armed groups, in the order told."""

    accounts: tuple[Account, ...]
    group_statements: tuple[GroupStatement, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """A report that could not be read."""

    error: ExtractError


NOTHING = Extraction((), ())


def extract(report: Report) -> Extraction:
    """Read one report with the extractor in force. A report in a language not read yet gives nothing (`reads(report)` tells).

    Raises ExtractError when the report cannot be read, SettingsError as `extractor_of` does.
    """
    return next(iter(extract_all([report])))[1]


def reads(report: Report) -> bool:
    """Whether extraction reads the report's language."""
    return report.language is None or report.language in LANGUAGES


def extract_all(reports: Iterable[Report]) -> Iterator[tuple[Report, Extraction]]:
    """`extract` over many reports, parsed in batches; each report comes back with what it says."""
    from dateline.extract.extractor import extractor_of
    from dateline.settings import load_settings

    for report, outcome in extractor_of(load_settings())(reports):
        if isinstance(outcome, Failed):
            raise outcome.error
        yield report, outcome


callable_as(__name__, extract)
