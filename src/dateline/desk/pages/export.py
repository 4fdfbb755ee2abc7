"""Exports: the page that offers them, and the files. The set is that of the filters in the address."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import IO, Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.exceptions import HTTPException

from dateline.desk.asked import Asked, filter_of, query_of
from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.streaming import Download, streamed
from dateline.desk.views.choices import parts_in_force
from dateline.desk.who import Needs
from dateline.publish.beside import beside_incidents
from dateline.publish.export import SHAPES, About, Known, Parts, Shape, Zipped, filter_told, shape_of, write
from dateline.reconcile.views import View, view_of
from dateline.records import Incident
from dateline.store import IncidentFilter, Store

router = APIRouter(dependencies=[Depends(Needs("export"))])
AskedHere = Annotated[Asked, Query()]
MOST_IDS = 1_000
AT_ONCE = threading.Semaphore(4)  # exports that are written; each holds a connection to the record
Ids = Annotated[list[str] | None, Query(max_length=MOST_IDS, description="Only these incidents, whatever the filters say")]


@router.get("/export", include_in_schema=False)
def page(request: Request, asked: AskedHere, desk: DeskHere, store: StoreHere, id: Ids = None) -> Response:
    wanted = filter_of(asked, desk)
    query = query_of(asked, {"id": id})
    return desk.pages.page(request, "export.html", section="overview", shapes=list(SHAPES.values()), query=query, ids=id or [],
                           total=len(id) if id else store.lists.count(wanted).total, parts=parts_in_force(asked, desk),
                           licence=desk.settings.licence)


@router.get("/export/{shape}", include_in_schema=False)
def archive(shape: str, asked: AskedHere, desk: DeskHere, id: Ids = None) -> Response:
    """The export with what it is about and what it could not hold beside it, in one ZIP archive."""
    chosen = shape_of(shape)
    name = f"incidents-{chosen.name}{chosen.suffix}"

    def zipped(to: IO[bytes]) -> None:
        with Zipped(to, name) as parts:
            write_export(desk, asked, id or [], chosen, parts)

    return download(zipped, f"dateline-{chosen.name}.zip", "application/zip")


def write_export(desk: Desk, asked: Asked, ids: list[str], shape: Shape, to: Parts) -> None:
    """The incidents that are asked for, in that shape. ids: these alone, whatever the filters say."""
    wanted, view = filter_of(asked, desk), asked.view(desk)
    told = {"ids": ids} if ids else filter_told(wanted)
    about = About(datetime.now(UTC), told, view, desk.settings.licence or None, desk.settings.handling or None)
    with desk.open() as store:
        known = Known(desk.register, desk.sources)
        write(_incidents(store, wanted, view, ids), shape, to, about, known=known, report=store.report,
              around=partial(beside_incidents, store))


def _incidents(store: Store, wanted: IncidentFilter, view: View, ids: list[str]) -> Iterator[Incident]:
    yield from view_of(store.incidents_in_order(ids) if ids else store.incidents(wanted), view, store.report)


def download(write_to: Callable[[IO[bytes]], object], name: str, media_type: str) -> Response:
    """Streamed. What goes wrong before the first byte is told as any problem; 503 while too many are written."""
    if not AT_ONCE.acquire(blocking=False):
        raise HTTPException(503, "four exports are being written; try again in a minute", {"retry-after": "60"})

    def blocks() -> Generator[bytes, None, None]:
        try:
            yield from streamed(write_to)
        finally:
            AT_ONCE.release()

    return Download(blocks(), media_type=media_type, headers={
        "content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"})
