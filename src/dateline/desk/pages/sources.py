"""Outlets, agencies and speakers: what each gave, and what a person knows of it, which editors set here with a reason."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Annotated, Any, get_args
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import StringConstraints

from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.flashes import go_to
from dateline.desk.pages.account import address_of
from dateline.desk.pages.reports import published_titles
from dateline.desk.problems import NotHeld
from dateline.desk.views.choices import country_name
from dateline.desk.views.reports import extracted_words
from dateline.desk.views.sources import (
    alone_words,
    by_month,
    latest_days,
    outlet_rows,
    source_facts,
    sources_named,
    speaker_rows,
    speaks_in_public,
)
from dateline.desk.who import FromOurPage, Needs, PersonHere
from dateline.errors import SettingsError
from dateline.publish.feeds import FeedRow, feed_rows
from dateline.publish.words import day_words
from dateline.queries import country_code, party_id
from dateline.reconcile.sources import SourceRegister
from dateline.records import Source
from dateline.records.source import Scale, SourceKind, Trust
from dateline.store import Store
from dateline.trusting import set_known

router = APIRouter(include_in_schema=False)
Words = Annotated[str, StringConstraints(max_length=400, strip_whitespace=True)]
Text = Annotated[Words, Form()]
MOST = 100                        # of each on the index
LATEST = 20                       # reports on a source's page
CITING = 10                       # accounts that are looked at for who a speaker is, the last


@router.get("/sources")
def sources(request: Request, desk: DeskHere, store: StoreHere, text: Annotated[Words, Query()] = "") -> Response:
    index, register = store.lists.sources_index(), desk.sources
    looked = index.speakers if text else index.speakers[:2 * MOST]
    hidden = hidden_speakers(store, register, [one.name for one in looked])
    outlets = outlet_rows(index.outlets, register, desk.group_name, text)
    speakers = speaker_rows(looked, register, desk.group_name, hidden, text)
    agencies = outlet_rows(store.lists.agencies(), register, desk.group_name, text)
    held = {row.id for row in (*outlets, *agencies, *speakers)}
    known = [one for one in sources_named(register, text) if one.id not in held] if text else []
    languages = [(one.language or "not known", one) for one in store.lists.languages()]
    return desk.pages.page(
        request, "sources.html", section="sources", text=text, outlets=outlets[:MOST], agencies=agencies[:MOST],
        speakers=speakers[:MOST],
        known=known[:MOST], feeds=_feeds(store, text),
        all_outlets=index.all_outlets if not text else len(outlets), all_speakers=index.all_speakers if not text
        else len(speakers),
        unlisted=len(hidden) if not text else 0, languages=languages, register=len(register.sources))


def _feeds(store: Store, text: str) -> list[FeedRow]:
    """The watched feeds, those with troubles first: all, or those whose name or address holds the words."""
    wanted = text.casefold()
    return [row for row in feed_rows(store.feeds.all(watched=True)) if wanted in f"{row.name} {row.address}".casefold()]


@router.get("/sources/{name:path}")
def source(request: Request, name: str, desk: DeskHere, store: StoreHere) -> Response:
    """name: an id of the register, else a name as reports have it."""
    known = desk.sources.get(name)
    if known is not None and known.id != name:
        return RedirectResponse(f"/sources/{quote(known.id)}", 301)
    return _page(request, desk, store, known, name)


@router.post("/sources", dependencies=[FromOurPage, Depends(Needs("sources"))])
def set_source(request: Request, desk: DeskHere, store: StoreHere, person: PersonHere, name: Text, why: Text = "",
               kind: Text = "",
               country: Text = "", language: Text = "", scale: Text = "", party: Text = "", reliability: Text = "",
               also: Text = "") -> Response:
    """Fields that are left empty stay as they are; `none` takes a side away. Incidents that rest on the source follow."""
    known = desk.sources.get(name)
    try:
        if not why:
            raise SettingsError("say why: who reads it later must know")
        trust = {"value": reliability, "why": why, "at": date.today().isoformat()} if reliability else None
        given = {"kind": kind or None, "country": country_code(country) if country else None, "language": language or None,
                 "scale": scale or None, "party_to": party_id(party, desk.settings.groups_file) if party else None,
                 "reliability": trust}
        done = set_known(store, desk.settings, name, given, who=person.name, why=why, at=datetime.now(UTC),
                         also=[one.strip() for one in also.split(";") if one.strip()], address=address_of(request))
    except SettingsError as problem:
        return _page(request, desk, store, known, name, status=422, problem=str(problem))
    words = f"{len(done.incidents):,} incidents changed" if done.change.after != done.change.before else "Nothing was changed"
    waiting = f"; {done.waiting:,} more accounts wait for the next dateline run" if done.waiting else ""
    return go_to(request, f"/sources/{quote(done.change.after.id)}", desk, f"{words}{waiting}.")


def _page(request: Request, desk: Desk, store: Store, known: Source | None, name: str, *, status: int = 200, problem: str = ""
          ) -> Response:
    spelled = _spellings(desk, store, known, name)
    sums = store.lists.source(outlets=spelled["outlets"], speakers=spelled["speakers"])
    printed = store.lists.source_days(outlets=spelled["outlets"]) if spelled["outlets"] else ()
    if known is None and not printed and not (sums.speakers and _shown(store, desk, name)):
        raise NotHeld(f"neither the register nor a report has a source {name[:80]!r}; /sources lists them")
    told = store.lists.source_days(speakers=spelled["speakers"]) if spelled["speakers"] else ()
    standing, alone = sum(one.standing for one in sums.speakers), sum(one.alone for one in sums.speakers)
    history = store.team.audit(about=known.id) if known else []
    return desk.pages.page(
        request, "source.html", status, section="sources", source=known, name=known.name if known else name, problem=problem,
        facts=source_facts(known, desk.group_name, country_name) if known else [], outlets=sums.outlets, speakers=sums.speakers,
        languages=sums.languages,
        months=by_month(printed), days=latest_days(printed), told_months=by_month(told),
        figures=sum(one.figures for one in sums.speakers), alone=alone_words(standing, alone) if sums.speakers else "",
        reports=_reports(store, spelled["outlets"]) if spelled["outlets"] else [],
        failed=_reports(store, spelled["outlets"], extracted=("failed",)) if any(one.failed for one in sums.outlets) else [],
        history=[line for _, line in history], kinds=_pairs(SourceKind), scales=_pairs(Scale), trusts=_pairs(Trust),
        extracted_words=extracted_words)


def _spellings(desk: Desk, store: Store, known: Source | None, name: str) -> dict[str, list[str]]:
    """How reports spell the source: names that lead to the register's entry; else the one name."""
    if known is None:
        return {"outlets": [name], "speakers": [name]}
    houses, speakers = store.lists.spellings()

    def of(names: list[str]) -> list[str]:
        return [one for one in names if (found := desk.sources.get(one)) is not None and found.id == known.id]

    return {"outlets": of(houses), "speakers": of(speakers)}


def hidden_speakers(store: Store, register: SourceRegister, names: Collection[str]) -> set[str]:
    """Those of the speakers who may not be listed."""
    doubtful = [name for name in names if not speaks_in_public(name, register)]
    citing = store.lists.citing(doubtful, CITING)
    return {name for name in doubtful if not speaks_in_public(name, register, citing.get(name, ()))}


def _shown(store: Store, desk: Desk, name: str) -> bool:
    return not hidden_speakers(store, desk.sources, [name])


def _reports(store: Store, outlets: list[str], extracted: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The reports of the outlets that were kept last, their titles as they may be shown."""
    page = store.lists.reports_page(outlets=outlets, extracted=extracted, most=LATEST)
    titles = published_titles(store, [one.id for one in page.rows])
    return [{"id": one.id, "title": titles.get(one.id) or one.id, "day": day_words(one.written_latest) if one.written_latest
             else "",
             "language": one.language or "", "extracted": one.extracted, "incidents": one.incidents[:4]} for one in page.rows]


def _pairs(values: Any) -> list[tuple[str, str]]:
    return [(one, one) for one in get_args(values)]
