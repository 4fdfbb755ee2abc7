"""What one report says, on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from dateline.publish.layout import put
from dateline.publish.ledger import put_figures
from dateline.publish.marks import put_sentences
from dateline.publish.safe import plain
from dateline.publish.words import day_words, statement_words, when_words, where_words
from dateline.records import Account, GroupStatement, Report

if TYPE_CHECKING:
    from dateline.extract import Extraction


def print_extraction(console: Console, report: Report, extraction: Extraction) -> None:
    """The accounts of `report` with their figures and sentences, then what it says about armed groups, then an empty line."""
    put(console, plain(report.title) or plain(report.source), style="bold")
    for line in _about(report):
        put(console, line, style="dim")
    for account in extraction.accounts:
        console.print()
        _put_account(console, account)
    if extraction.group_statements:
        console.print()
    for statement in extraction.group_statements:
        put(console, _statement(statement), indent=2)
    if not extraction.accounts and not extraction.group_statements:
        put(console, f"no incident and no statement about an armed group is read (language {report.language or 'unknown'})",
            indent=2, style="dim")
    console.print()


def _about(report: Report) -> list[str]:
    """Where it was read from, its dateline and the day it was written."""
    lines = [plain(report.source)] if report.title else []
    dateline = f"dateline {plain(report.dateline.text)}" if report.dateline else "no dateline"
    written = f"written {day_words(report.written.day)}" if report.written.day else "day of writing unsure"
    return [*lines, f"{dateline}; {written}"]


def _put_account(console: Console, account: Account) -> None:
    head = Text(plain(account.headline), style="bold")
    marks = [m for m in (account.status if account.status != "happened" else "",
                         account.told_as if account.told_as != "news" else "") if m]
    if marks:
        head.append(f"  [{', '.join(marks)}]", style="yellow")
    put(console, head, indent=2)
    put(console, f"{when_words(account.when)}; {plain(where_words(account.where))}", indent=4)
    put_figures(console, account, indent=4)
    put_sentences(console, account, indent=4)


def _statement(statement: GroupStatement) -> str:
    said = f"  [{plain(statement.speaker)}]" if statement.speaker else ""
    return f"{plain(statement.name)}, {statement.attribute}: {statement_words(statement)}{said}"
