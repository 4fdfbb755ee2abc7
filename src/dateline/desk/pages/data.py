"""What maps and timelines draw, as JSON: the same filters as the pages. For our own modules; programs use the API."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from dateline.desk.answers import answer
from dateline.desk.asked import Asked, Number, filter_of
from dateline.desk.context import DeskHere, StoreHere
from dateline.desk.views.rows import row_of
from dateline.store.lists_map import Box, By, Points

router = APIRouter(prefix="/data", include_in_schema=False)
MOST_HEADLINES = 100


class OnMap(Asked):
    """The part of the map that is looked at; all of it where an edge is missing."""

    west: float | None = Field(None, ge=-180, le=180)
    south: float | None = Field(None, ge=-90, le=90)
    east: float | None = Field(None, ge=-180, le=180)
    north: float | None = Field(None, ge=-90, le=90)
    zoom: float = Field(1, ge=0, le=22)

    def box(self) -> Box | None:
        if self.west is None or self.south is None or self.east is None or self.north is None:
            return None
        return Box(self.west, self.south, self.east, self.north)


class OverTime(Asked):
    by: By | None = None


@router.get("/points")
def points(request: Request, asked: Annotated[OnMap, Query()], desk: DeskHere, store: StoreHere) -> Response:
    """Single incidents; where these are too many, how many there are in each field of a grid that suits the zoom."""
    wanted = filter_of(asked, desk)
    with store.at_one_moment():
        counts, found = store.lists.count(wanted), store.lists.points(wanted, asked.box())
        cells = store.lists.cells(wanted, round(asked.zoom), asked.box()) if found.total and not found.rows else None
    told = {"total": counts.total, "unplaced": counts.unplaced, "undated": counts.undated}
    return answer(request, (_short(found) if cells is None else {"cells": cells}) | told)


def _short(found: Points) -> dict[str, object]:
    """Kinds by their number: their names would be a third of the answer."""
    kinds = {kind: at for at, kind in enumerate(sorted({point.kind for point in found.rows}))}
    return {"points": [(*point[:5], kinds[point.kind], point.day) for point in found.rows], "kinds": list(kinds)}


@router.get("/days")
def days(request: Request, asked: Annotated[OverTime, Query()], desk: DeskHere, store: StoreHere) -> Response:
    wanted = filter_of(asked, desk)
    with store.at_one_moment():
        bars, undated = store.lists.days(wanted, by=asked.by), store.lists.count(wanted).undated
    step = (bars[1].start - bars[0].start).days if len(bars) > 1 else 1
    return answer(request, {
        "by": asked.by or {1: "day", 7: "week"}.get(step, "month"),
        "bars": [(bar.start, bar.incidents, bar.killed_low, bar.killed_high) for bar in bars],
        "undated": undated})


@router.get("/headlines")
def headlines(request: Request, desk: DeskHere, store: StoreHere,
              number: Annotated[list[Number], Query(max_length=MOST_HEADLINES)]) -> Response:
    """What a click on the map lists."""
    return answer(request, [row_of(one, desk.group_name) for one in store.lists.listed(number)])
