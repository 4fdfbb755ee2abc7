"""Drafts of a text that was pasted: what it says, and which incidents held it may belong to, before anything is kept.

The text is read and extracted as any report; then it is kept and reconciled in a transaction that is taken back, so that what is
told ("already held as DTL-412") is what keeping it would do. Extraction comes before: the write lock is held some 10 ms.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from dateline.decisions import By, decide, decision, held_incident
from dateline.decisions import split as split_off
from dateline.entered import APART
from dateline.job import keep_report
from dateline.records import Account, Reason, Report
from dateline.store.rows import number_in

if TYPE_CHECKING:
    from dateline.extract import Extraction, Failed
    from dateline.records.incident import TollRule
    from dateline.settings import Settings
    from dateline.store import Reconciling, Store
    from dateline.store.reconciling import Link

ExtractAll = Callable[[Iterable[Report]], Iterator[tuple[Report, "Extraction | Failed"]]]
PASTED = "paste:"                 # how the source of a pasted text begins


@dataclass(frozen=True, slots=True)
class MayBe:
    """An incident that an account may belong to: the points and reasons of the likest of its accounts."""

    incident: str
    points: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class DraftAccount:
    """joins: the held incident that it would join if it were kept now; None: it would make one, or is a notice.
    may_be: the likeliest first, that which it would join before all others."""

    account: Account
    joins: str | None
    may_be: tuple[MayBe, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a text says. held: it is kept already, and its accounts are those held. is_read: extraction reads its language."""

    report: Report
    accounts: tuple[DraftAccount, ...]
    extraction: Extraction
    held: bool
    is_read: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """incidents: of the draft's accounts, by account; notices are in none. is_new: False where it was kept already."""

    report: Report
    incidents: Mapping[str, str]
    is_new: bool


def drafts_of(store: Store, text: str, settings: Settings, *, outlet: str | None = None, title: str | None = None,
              published_at: datetime | None = None, extract_all: ExtractAll | None = None) -> Draft:
    """The draft of a pasted text. Nothing is kept.

    outlet, title, published_at: as far as the person knows them. extract_all: what reads it, in the place of the extractor that
    the settings name. Raises ReadError for a text with nothing in it or too much, ExtractError where it cannot be extracted,
    StoreError.
    """
    from dateline.read.article import Article, clean_text, fetched_now, said
    from dateline.read.report import report_from

    text = clean_text(text)
    source = PASTED + hashlib.sha256(text.encode()).hexdigest()[:12]
    article = Article(source, fetched_now(text.encode()), text, title=said(title), outlet=said(outlet), published_at=published_at)
    return draft_of(store, report_from(article, most_chars=settings.max_text_chars), settings, extract_all=extract_all)


def draft_of(store: Store, report: Report, settings: Settings, *, extract_all: ExtractAll | None = None) -> Draft:
    """The draft of a report that was read from an address or a file. Nothing is kept. Raises ExtractError, StoreError."""
    from dateline.extract import NOTHING, Extraction, Failed, reads
    from dateline.extract.extractor import extractor_of

    is_read = reads(report)
    if store.known_report_ids([report.id]):
        accounts = tuple(store.accounts_of(report.id))
        held_in = store.incidents_of([one.id for one in accounts])
        told = tuple(DraftAccount(one, held_in.get(one.id), ()) for one in accounts)
        return Draft(store.report(report.id) or report, told, Extraction(accounts, ()), True, is_read)
    extraction = next(iter((extract_all or extractor_of(settings))([report])))[1] if is_read else NOTHING
    if isinstance(extraction, Failed):
        raise extraction.error
    return Draft(report, _rehearsed(store, report, extraction, settings), extraction, False, is_read)


def keep_draft(store: Store, draft: Draft, by: By, settings: Settings, *, into: Mapping[str, str] | None = None) -> Kept:
    """Keep a draft as a run would keep its report, in one transaction.

    into: account -> the incident that the person chose for it, or "new"; others go where reconciling puts them.
    Raises DecisionError for an incident that is not held, StoreError.
    """
    with store.writing():
        report, is_new = keep_report(store, draft.report)
        if is_new and draft.is_read:
            with store.reconciling() as reconciling:
                _reconciled(store, reconciling, report, draft.extraction, settings)
        for name, chosen in (into or {}).items():
            _put(store, name, chosen, by, settings)
        held = store.incidents_of([one.id for one in store.accounts_of(report.id)])
        return Kept(store.report(report.id) or report, held, is_new)


def _rehearsed(store: Store, report: Report, extraction: Extraction, settings: Settings) -> tuple[DraftAccount, ...]:
    if not extraction.accounts:
        return ()
    ids = [one.id for one in extraction.accounts]
    with store.writing():
        with store.rehearsing() as reconciling:
            first_new = reconciling.numbering()()
            kept, _ = keep_report(store, report)
            _reconciled(store, reconciling, kept, extraction, settings)
            joins, links = store.incidents_of(ids), reconciling.links_with(set(ids))
        held_in = store.incidents_of([link.other for link in links])          # as they are, not as the rehearsal left them
    return tuple(_drafted(one, _if_held(joins.get(one.id), first_new), links, held_in) for one in extraction.accounts)


def _drafted(one: Account, joins: str | None, links: Iterable[Link], held_in: Mapping[str, str]) -> DraftAccount:
    best: dict[str, MayBe] = {}
    for link in (link for link in links if link.account == one.id):
        incident = held_in.get(link.other)
        if incident is not None and (incident not in best or link.judgement.points > best[incident].points):
            best[incident] = MayBe(incident, link.judgement.points, link.judgement.reasons)
    if joins is not None and joins not in best:
        best[joins] = MayBe(joins, 0.0, ())               # put there by what a person decided, or through others
    likeliest = sorted(best.values(), key=lambda may: (may.incident != joins, -may.points, may.incident))
    return DraftAccount(one, joins, tuple(likeliest))


def _reconciled(store: Store, reconciling: Reconciling, report: Report, extraction: Extraction, settings: Settings) -> None:
    from dateline.extract.extractor import extractor_of
    from dateline.queries import sources_in_force

    store.keep_extracted([(report, extraction)], extractor_of(settings).version)
    ids = [one.id for one in extraction.accounts]
    if ids:
        reconciling.reconcile(ids, cast("TollRule", settings.toll_rule), datetime.now(UTC), sources=sources_in_force(settings))


def _put(store: Store, name: str, chosen: str, by: By, settings: Settings) -> None:
    """Put an account with the incident that a person chose, where it is not there by itself."""
    now_in = store.incidents_of([name]).get(name)
    held = held_incident(store, now_in) if now_in is not None else None
    if chosen == APART:
        if held is not None and len(held.accounts) > 1:
            split_off(store, held.id, [name], by, settings)
        return
    target = held_incident(store, chosen)
    own = next((joined.account for joined in held.accounts if joined.account.id == name), None) if held is not None else None
    if own is not None and target.id != now_in:
        given = decision("merge", by, target.id, [own, *(joined.account for joined in target.accounts)])
        decide(store, given, f"put an account with {target.id}", settings)


def _if_held(incident: str | None, first_new: str) -> str | None:
    """The incident, unless it was made in the rehearsal."""
    return incident if incident is not None and (number_in(incident) or 0) < (number_in(first_new) or 0) else None
