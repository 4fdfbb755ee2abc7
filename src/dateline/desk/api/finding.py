"""Search through the API, and the index of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query, Request, Response

from dateline.desk.api.answering import ROOT, gives, router, send
from dateline.desk.api.asking import SearchAsked
from dateline.desk.api.document import document_of
from dateline.desk.api.records import FoundIncident, FoundName, FoundReport, Index, IndexEntry, SearchResult
from dateline.desk.api.registers import all_sources, groups_called, is_called
from dateline.desk.api.showing import Beside
from dateline.desk.asked import Filters, filter_of
from dateline.desk.context import DeskHere, StoreHere
from dateline.publish.withhold import withhold_decided
from dateline.store.search import Found

api = router("changes")


@api.get("/search", summary="Search reports, incidents, groups and sources", responses=gives(SearchResult), operation_id="search")
def search(request: Request, asked: Annotated[SearchAsked, Query()], desk: DeskHere, store: StoreHere) -> Response:
    """Reports that hold all of the words, incidents whose headline or place does, groups and sources that are called so."""
    with store.at_one_moment():
        found = store.lists.search(asked.text, filter_of(Filters.model_validate({}), desk), asked.most)
        beside = Beside(store)
        beside.load_reports(one.report for one in found.reports)
        reports = tuple(_report(one, beside) for one in found.reports)
        names = [FoundName(one.id, one.name) for one in all_sources(desk, store) if is_called(one.name, asked.text)]
    groups = [FoundName(one.id, one.name) for one in groups_called(asked.text, desk).values()]
    incidents = tuple(FoundIncident(one.id, one.headline, one.best, one.country) for one in found.incidents)
    return send(request, SearchResult(reports, found.all_reports, incidents, found.all_incidents, tuple(groups[:asked.most]),
                                      tuple(names[:asked.most])))


@api.get("/", summary="Where everything is", responses=gives(Index), operation_id="index")
def index(request: Request, desk: DeskHere) -> Response:
    paths = document_of(request.app)["paths"]
    entries = tuple(IndexEntry(path, held["get"]["summary"]) for path, held in paths.items() if "get" in held)
    return send(request, Index(desk.version, f"{ROOT}/openapi.json", desk.settings.handling or None, entries))


@api.get("/openapi.json", include_in_schema=False)
def openapi(request: Request) -> Response:
    return send(request, document_of(request.app))


@dataclass(frozen=True, slots=True)
class _Words:
    """Named as what a report says, so that each word of a withheld name is looked for: a snippet may cut the name in two."""

    title: str | None
    text: str


def _report(one: Found, beside: Beside) -> FoundReport:
    shown = withhold_decided(_Words(one.title, one.snippet), beside.of_report(one.report))
    return FoundReport(one.report, shown.title, shown.text)
