"""dateline copy: the whole record from a file to PostgreSQL, or back."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

NAME = "copy"
SHORT = "Copy the whole record from a file to PostgreSQL, or back."
HELP = ("Copy the whole record into another that is empty: from a file to PostgreSQL, or back. History, decisions, people and "
        "mails go along. What was written is read back and compared before it is kept. Stop dateline serve and runs before, and "
        "let only one of the two records send mails afterwards.")
EXAMPLE = "dateline copy dateline.db postgresql://dateline@db.example.org/dateline"


def command(
    source: Annotated[str, typer.Argument(help="The record to copy: a path, or postgresql://...", metavar="FROM")],
    target: Annotated[str, typer.Argument(help="Where to: a path at which nothing is, or an empty database.", metavar="TO")],
) -> None:
    from dateline.store import open_record

    with open_record(source, create=False) as held, open_record(target) as to:
        copied = held.copy_into(to)
        rows = sum(copied.counts.values())
        print(f"{to.name}: copied and checked: {copied.counts['report']:,} reports, {copied.counts['incident']:,} incidents, "
              f"{copied.counts['decision']:,} decisions, {rows:,} rows in all")
        print(f"SHA-256 of the rows, here and there: {copied.digest}", file=sys.stderr)
