"""Incidents through the API: lists by the filters of the pages, one, its history, and what changed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query, Request, Response

from dateline.desk.answers import answer
from dateline.desk.api.answering import PRIVATE, gives, router, send, send_page, told
from dateline.desk.api.asking import ChangesAsked, IncidentsAsked, ViewAsked
from dateline.desk.api.records import ChangedIncident, ChangeList, IncidentHistory, IncidentList, ShownIncident
from dateline.desk.api.showing import shown_incidents
from dateline.desk.asked import filter_of
from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.held import held_incident, shown_history
from dateline.desk.problems import NotHeld
from dateline.reconcile.views import View
from dateline.records import Incident
from dateline.records.revision import revision_of
from dateline.store import Store
from dateline.store.lists import Changed
from dateline.store.rows import numbers_in

api = router("incidents")
changing = router("changes")
IncidentId = Annotated[str, Path(description="DTL-412; 412 and dtl-412 mean it too", max_length=40)]
GONE: dict[int | str, Any] = {410: told(410, "Held no more: `history` says what became of it")}


@api.get("/incidents", summary="List incidents", responses=gives(IncidentList, paged=True), operation_id="incidents")
def incidents(request: Request, asked: Annotated[IncidentsAsked, Query()], desk: DeskHere, store: StoreHere) -> Response:
    """Whole incidents, accounts and figures inline, in a stable order: a page never repeats or leaves out what stays as it is."""
    with store.at_one_moment():
        page = store.lists.page(filter_of(asked, desk), order=asked.order, after=asked.after, most=asked.most)
        items = tuple(shown_incidents(_whole([one.id for one in page.rows], store), asked.view(desk), store))
    return send_page(request, IncidentList(items, page.total, page.after, sum(one.withheld for one in items)))


@api.get("/incidents/{incident}", summary="One incident", responses=gives(ShownIncident) | GONE, operation_id="incident")
def incident(request: Request, incident: IncidentId, asked: Annotated[ViewAsked, Query()], desk: DeskHere, store: StoreHere
             ) -> Response:
    """410 with its history where it was merged into another or withdrawn."""
    [shown] = shown_incidents([held_incident(incident, store)], _view(asked, desk), store)
    return send(request, shown)


@api.get("/incidents/{incident}/history", summary="Every change of an incident", responses=gives(IncidentHistory),
         operation_id="incident_history")
def history(request: Request, incident: IncidentId, store: StoreHere) -> Response:
    """Also of one that is held no more."""
    kept = store.incident(incident)
    found = kept or store.incident(incident, deleted=True)
    if found is None:
        raise NotHeld(f"there is no incident {incident[:40]} in this record")
    revision = revision_of(kept) if kept else None
    return send(request, IncidentHistory(found.id, kept is None, revision, shown_history(found, store)))


@changing.get("/changes", summary="What changed since a cursor", responses=gives(ChangeList, paged=True), operation_id="changes")
def changes(request: Request, asked: Annotated[ChangesAsked, Query()], desk: DeskHere, store: StoreHere) -> Response:
    """Incidents that were added, changed or deleted, in the order in which the record did it.

    Ask from the beginning once, then again and again with the `after` of the last answer: nothing is missed, also while a run
    writes. An incident that changes again comes again.
    """
    with store.at_one_moment():
        found = store.lists.changes(asked.after, asked.most)
        shown = {one.id: one for one in shown_incidents(
            _whole([one.id for one in found.rows if one.listed], store) if asked.whole else (), desk.view, store)}
        items = tuple(_changed(one, shown.get(one.id), store) for one in found.rows)
    body = ChangeList(items, found.after, found.done)
    return answer(request, body, headers=PRIVATE) if found.done else send_page(request, body)


def _changed(one: Changed, shown: ShownIncident | None, store: Store) -> ChangedIncident:
    if one.listed is not None:
        return ChangedIncident(one.id, "changed", one.at, None, shown)
    gone = store.incident(one.id, deleted=True)
    lines = shown_history(gone, store) if gone else ()
    return ChangedIncident(one.id, "deleted", one.at, lines[-1].why if lines else None, None)


def _whole(ids: list[str], store: Store) -> list[Incident]:
    return store.lists.incidents(numbers_in(ids))


def _view(asked: ViewAsked, desk: Desk) -> View:
    held = desk.view
    return View(asked.rule or held.toll, asked.attribution or held.attribution)
