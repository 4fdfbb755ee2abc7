"""What maps and timelines draw, as JSON: the same filters as the pages. For our own modules; programs use the API."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Query, Request, Response

from dateline.desk.answers import answer
from dateline.desk.asked import Asked, filter_of
from dateline.desk.context import DeskHere, StoreHere
from dateline.desk.views.rows import row_of

router = APIRouter(prefix="/data", include_in_schema=False)
AskedHere = Annotated[Asked, Query()]
MOST_HEADLINES = 100


@router.get("/points")
def points(request: Request, asked: AskedHere, desk: DeskHere, store: StoreHere) -> Response:
    return answer(request, store.lists.points(filter_of(asked, desk)))


@router.get("/days")
def days(request: Request, asked: AskedHere, desk: DeskHere, store: StoreHere,
         by: Literal["day", "week", "month"] | None = None) -> Response:
    wanted = filter_of(asked, desk)
    drawn = store.lists.days(wanted, by=by)
    return answer(request, {"by": drawn.by, "bars": [msgspec.structs.astuple(one) if isinstance(one, msgspec.Struct) else one
                                                     for one in drawn.bars], "undated": store.lists.count(wanted).undated})


@router.get("/headlines")
def headlines(request: Request, desk: DeskHere, store: StoreHere,
              number: Annotated[list[int], Query(max_length=MOST_HEADLINES)]) -> Response:
    """What a click on the map lists."""
    return answer(request, [row_of(one, desk.group_name) for one in store.lists.listed(number)])
