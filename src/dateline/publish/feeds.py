"""Watched feeds for people: how each fares. Pure, but for printing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.publish.layout import put_table
from dateline.publish.safe import plain
from dateline.records.watching import WatchedFeed
from dateline.watching.troubles import span_words


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A line of the list. troubles: "silent: nothing new for 3 days"; usual: time between two entries."""

    address: str
    name: str
    folder: str
    succeeded: str
    news: str
    failures: int
    usual: str
    reports: int
    troubles: tuple[str, ...]
    problem: str


def feed_rows(feeds: Sequence[WatchedFeed]) -> list[FeedRow]:
    """Those with troubles first, then those that fail, then by name."""
    return sorted(map(_row, feeds), key=lambda row: (not row.troubles, -row.failures, row.name.casefold(), row.address))


def _row(one: WatchedFeed) -> FeedRow:
    return FeedRow(
        plain(one.address), plain(one.title or one.address), plain(one.folder), _when(one.succeeded_at), _when(one.news_at),
        one.pace.failures, span_words(one.pace.usual_s), one.reports,
        tuple(f"{trouble.kind}: {plain(trouble.why)}" for trouble in one.troubles), plain(one.problem))


def print_feeds(console: Console, feeds: Sequence[WatchedFeed]) -> None:
    """A line each, and below it what is wrong with it."""
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for head in ("feed", "last answer", "last new report", "failures", "usually every"):
        table.add_column(head, justify="right" if head == "failures" else "left", overflow="fold")
    for row in feed_rows(feeds):
        table.add_row(Text(row.name), row.succeeded, row.news, str(row.failures or ""), row.usual)
        for line in row.troubles or ((row.problem,) if row.problem else ()):
            table.add_row(Text(f"  {line}"), "", "", "", "")
    put_table(console, table, indent=0)


def _when(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else "never"
