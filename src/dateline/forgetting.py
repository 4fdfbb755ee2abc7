"""Forgetting: a report, or a person, is taken out of the record's texts, index, decisions and histories, and out of its file.

A rehearsal tells what that would touch. What was forgotten leaves a tombstone without its words, so that the report is not read
again, and so that the copies of the record that hold it still can be named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from dateline.errors import DecisionError
from dateline.publish.names import Blanker
from dateline.publish.withhold import ADDRESS, WORDS, public_names
from dateline.records import Account, Report
from dateline.records.upkeep import BackupCopy, Forgotten

if TYPE_CHECKING:
    from dateline.records.incident import TollRule
    from dateline.settings import Settings
    from dateline.store import Store
    from dateline.store.forgetting import Forgetting, Taken

AT_ONCE = 500                     # accounts that are reconciled together
LEAST_QUOTE = 12                  # characters of a report's words that are looked for elsewhere: shorter ones are anybody's
# Fields of a report beside those that an incident has, in which single words of a name are blanked too.
OF_A_REPORT = WORDS | {"byline", "body", "person"}


@dataclass(frozen=True, slots=True)
class Done:
    """What was taken out. copies_of_it: other reports of the same story, which tell the same. gone: incidents held no more.

    places: table -> rows in which words were blanked. copies: of the record, that hold it still.
    """

    what: str
    reports: tuple[str, ...]
    accounts: int
    incidents: tuple[str, ...]
    gone: tuple[str, ...]
    places: dict[str, int]
    copies_of_it: tuple[str, ...]
    copies: tuple[BackupCopy, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for it, and why; neither may say what is forgotten."""

    who: str
    why: str = ""


def forget_report(store: Store, name: str, asked: Asked, settings: Settings, *, rehearse: bool = False,
                  at: datetime | None = None) -> Done:
    """Take out the report `name`: its id, or the path or address that it was read from.

    rehearse: say what it would do, and do nothing. Raises DecisionError where there is no such report, StoreError where the disk
    or another program refuses.
    """
    now = at or datetime.now(UTC)

    def take(forgetting: Forgetting) -> tuple[Taken, Callable[[str, str], str], Forgotten, str | None, tuple[str, ...]]:
        one = forgetting.report_called(name)
        if one is None:
            raise DecisionError(f"there is no report {name!r} here; dateline show lists the reports of an incident by their ids")
        also = tuple(forgetting.copies_of(one.id))
        blank = _quotes_of(one, store.accounts_of(one.id))
        taken = forgetting.take_report(one, now, blank)
        return taken, blank, Forgotten(0, now, asked.who, asked.why, "report", one.id, 1, taken.since), one.source, also

    return _forget(store, take, settings, now, rehearse)


def forget_person(store: Store, name: str, asked: Asked, settings: Settings, *, rehearse: bool = False,
                  at: datetime | None = None) -> Done:
    """Take the person called `name` out: in its place stand blocks, as many as it has letters, so that offsets stay true.

    The whole name is blanked wherever it stands, in any spelling that withholding knows; single words of it only in the reports
    that hold the whole, since they may be another person's elsewhere. Raises DecisionError for what is no whole name, or a name
    that nothing here holds.
    """
    now = at or datetime.now(UTC)
    name = " ".join(name.split())
    if len(name.split()) < 2:
        raise DecisionError(f"{name!r}: give the whole name, as reports print it; a single word may be anybody's")
    whole = Blanker([name])

    def take(forgetting: Forgetting) -> tuple[Taken, Callable[[str, str], str], Forgotten, str | None, tuple[str, ...]]:
        blank = _blank_of(whole, frozenset())
        taken = forgetting.take_person(blank, lambda accounts: _around(name, accounts), lambda words: _holds(whole, words))
        if not taken.reports and not taken.places:
            raise DecisionError("nothing here holds that name; look at how a report prints it")
        return taken, blank, Forgotten(0, now, asked.who, asked.why, "person", None, len(taken.reports), taken.since), None, ()

    return _forget(store, take, settings, now, rehearse)


def hold_still(copies: Sequence[BackupCopy], forgotten: Sequence[Forgotten]) -> dict[BackupCopy, int]:
    """The copies of the record that still hold something that was forgotten, and how much."""
    counted = {one: sum(one.holds(grave) for grave in forgotten) for one in copies}
    return {one: count for one, count in counted.items() if count}


def _forget(store: Store, take: Callable[[Forgetting], tuple[Taken, Callable[[str, str], str], Forgotten, str | None,
                                                             tuple[str, ...]]],
            settings: Settings, now: datetime, rehearse: bool) -> Done:
    from dateline.queries import sources_in_force

    sources = sources_in_force(settings)
    with store.forgetting(rehearse=rehearse) as forgetting:
        taken, blank, grave, address, also = take(forgetting)
        while waiting := forgetting.reconciling.unreconciled()[:AT_ONCE]:
            forgetting.reconciling.reconcile(waiting, cast("TollRule", settings.toll_rule), now, sources=sources)
        gone = forgetting.settle(taken.incidents, blank)
        store.upkeep.keep_forgotten(grave, address)
        copies = tuple(one for one in store.upkeep.copies() if one.holds(grave))
        touched = tuple(f"DTL-{number}" for number in sorted(taken.incidents) if f"DTL-{number}" not in gone)
    if not rehearse:
        store.erase_bytes()
    return Done(grave.what, taken.reports, taken.accounts, touched, tuple(gone), taken.places, also, copies)


def _quotes_of(one: Report, accounts: Sequence[Account]) -> Callable[[str, str], str]:
    """Blanks what a report says in its own words, wherever it was repeated: title, address, the quotes of its accounts."""
    quotes = {span.quote for account in accounts for span in account.evidence}
    quotes |= {span.quote for account in accounts for figure in account.figures for span in figure.evidence}
    quotes |= {said.text for account in accounts for said in account.responsibility}
    quotes |= {one.title or "", one.source}
    words = sorted((quote for quote in quotes if len(quote) >= LEAST_QUOTE), key=len, reverse=True)

    def blank(text: str, key: str) -> str:
        for quote in words:
            if quote in text:
                text = text.replace(quote, "\u2588" * len(quote))
        return text

    return blank


def _around(name: str, accounts: Sequence[Account]) -> Callable[[str, str], str]:
    """Blanks single words of a name too, but not in the names of places, bodies and other people that the accounts tell."""
    kept = public_names(accounts, [name]) - {name}
    return _blank_of(Blanker([name], kept), OF_A_REPORT)


def _blank_of(blanker: Blanker, in_parts: frozenset[str]) -> Callable[[str, str], str]:
    def blank(text: str, key: str) -> str:
        return blanker.blank_address(text) if key == ADDRESS else blanker.blank(text, parts=key in in_parts)

    return blank


def _holds(blanker: Blanker, words: str) -> bool:
    return blanker.blank(words, parts=False) != words
