"""What one report says, on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dateline.publish.terminal import marked, plain
from dateline.publish.words import figure_words, speaker_words, when_words, where_words
from dateline.records import Account, GroupStatement, Report

if TYPE_CHECKING:
    from dateline.extract import Extraction


def print_extraction(console: Console, report: Report, extraction: Extraction) -> None:
    console.print(Text(plain(report.title) or plain(report.source), style="bold"))
    if report.dateline is not None:
        console.print(Text(f"dateline {plain(report.dateline.text)}", style="dim"))
    for account in extraction.accounts:
        _print_account(console, account, report)
    for statement in extraction.group_statements:
        console.print(Text(f"  {plain(statement.name)}: {statement.attribute} {_value(statement)}"
                           + (f"  [{plain(statement.speaker)}]" if statement.speaker else "")))
    if not extraction.accounts and not extraction.group_statements:
        console.print(Text(f"  no incident and no statement about an armed group is read (language {report.language})", style="dim"))
    console.print()


def _print_account(console: Console, account: Account, report: Report) -> None:
    marks = [m for m in (account.status if account.status != "happened" else "",
                         account.told_as if account.told_as != "news" else "") if m]
    console.print(Text(f"  {account.headline}" + (f"  [{', '.join(marks)}]" if marks else ""), style="bold"))
    console.print(Text(f"    {when_words(account.when)}; {plain(where_words(account.where))}"))
    for figure in account.figures:
        console.print(Text(f"    {plain(figure_words(figure))}  [{plain(speaker_words(figure))}]"))
    for sentence in account.evidence:
        console.print(Padding(marked(sentence, account, report), (0, 0, 0, 4)))


def _value(statement: GroupStatement) -> str:
    return plain("; ".join(f"{k} {v}" for k, v in statement.value.items() if isinstance(v, str | int)))
