"""The queue: what waits for a person, the most doubtful and most harmful first; and what changed after it was approved."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from dateline.desk.asked import Asked, filter_of, query_of
from dateline.desk.context import DeskHere, StoreHere
from dateline.desk.views.rows import row_of
from dateline.desk.who import PersonHere

router = APIRouter(include_in_schema=False)
AskedHere = Annotated[Asked, Query()]
Queue = Literal["waiting", "changed", "mine", "queries"]
TABS: dict[Queue, str] = {"waiting": "Waiting", "changed": "Changed since approved", "mine": "Mine", "queries": "Questions"}


def asked_by(queue: Queue, person: str) -> dict[str, Any]:
    """What the queue sets of a filter."""
    sets: dict[Queue, dict[str, Any]] = {
        "waiting": {"review": ["unreviewed", "assigned", "coded", "query"]}, "changed": {"facts_changed": True},
        "mine": {"assigned_to": [person]}, "queries": {"review": ["query"]}}
    return sets[queue]


@router.get("/review")
def review(request: Request, asked: AskedHere, desk: DeskHere, store: StoreHere, person: PersonHere, queue: Queue = "waiting"
           ) -> Response:
    order = "doubt" if asked.order == "newest" else asked.order
    shown = asked.model_copy(update={"order": order, **asked_by(queue, person.name)})
    page = store.lists.page(filter_of(shown, desk), order=shown.order, after=shown.after, most=shown.most)
    here = f"/review?queue={queue}"
    return desk.pages.page(
        request, "review.html", section="review", rows=[row_of(one, desk.group_name) for one in page.rows], total=page.total,
        tabs=[*((words, None if key == queue else f"/review?queue={key}") for key, words in TABS.items()),
              ("To code twice", "/review/twice")],
        next=f"{here}&{query_of(asked, {'after': page.after})}" if page.after else None, first_page=here if asked.after else None)
