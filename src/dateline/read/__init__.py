"""Sources in, reports out: pages, feeds, archives, JSON and plain text (docs/record.md, Report)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import ReadError
from dateline.records import Report
from dateline.settings import Settings
from dateline.verbs import callable_as

if TYPE_CHECKING:
    from dateline.read.apart import Apart
    from dateline.read.fetch import Fetcher

__all__ = ["read"]


def read(
    source: str | Path,
    *,
    settings: Settings | None = None,
    on_problem: Callable[[ReadError], None] | None = None,
    fetcher: Fetcher | None = None,
    names: Mapping[str, str] | None = None,
    apart: Apart | None = None,
) -> Iterator[Report]:
    """Each report of `source`: a file, a folder, an http(s) address of a page or a feed, or "-" for standard input.

    on_problem: takes what could not be read, one ReadError each, and the rest goes on; without it the first is raised.
    fetcher: shared between sources, so that one host is asked once at a time; the caller closes it.
    names: for JSON, our name -> the name there: {"text": "content.body"}.
    apart: a process that reads what could crash this one; shared and closed as the fetcher is. Without it all is read here.
    Raises ReadError for a name in `names` that is none of ours.

    A report is taken to be dealt with when the next one is asked for: only then is its page remembered as read.
    """
    from dateline.read.fetch import Fetcher
    from dateline.read.jsonl import check_names
    from dateline.read.report import report_from
    from dateline.read.sources import Reader

    settings = settings or Settings()
    check_names(names or {})
    used = fetcher or Fetcher(settings)
    try:
        for found in Reader(settings, used, names or {}, apart=apart).articles(source):
            try:
                if isinstance(found, ReadError):
                    raise found
                report = report_from(found, most_chars=settings.max_text_chars)
            except ReadError as problem:
                if on_problem is None:
                    raise
                on_problem(problem)
                continue
            yield report
    finally:
        if fetcher is None:
            used.close()


callable_as(__name__, read)
