"""Sources of the register on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.publish.layout import put, put_table
from dateline.publish.safe import plain
from dateline.records import Source


def print_source(console: Console, source: Source) -> None:
    """One source in full; what is not known is left out."""
    put(console, Text.assemble((plain(source.name), "bold"), (f"  {plain(source.id)}", "dim")))
    rated = source.reliability
    trust = f"{rated.value}: {plain(rated.why)}" + (f" ({rated.at})" if rated and rated.at else "") if rated else ""
    for words, value in (("also", ", ".join(map(plain, source.names[1:]))), ("kind", source.kind),
                         ("country", source.country), ("language", source.language), ("scale", source.scale),
                         ("speaks for", plain(source.party_to)), ("reliability", trust)):
        if value:
            put(console, f"{words} {value}", indent=2)


def print_sources(console: Console, sources: Iterable[Source]) -> None:
    """A line each: id, name, kind, country, side, reliability."""
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for head in ("source", "kind", "in", "speaks for", "reliability"):
        table.add_column(head, overflow="fold")
    for source in sources:
        table.add_row(Text(plain(source.name)), Text(source.kind), Text(source.country or ""), Text(plain(source.party_to)),
                      Text(source.reliability.value if source.reliability else ""))
    put_table(console, table, indent=0)
