"""The queue: what waits for a person, the most doubtful and most harmful first; and what changed after it was approved."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from dateline.desk.asked import Asked, filter_of, query_of
from dateline.desk.context import DeskHere, StoreHere
from dateline.desk.views.rows import row_of
from dateline.desk.who import PersonHere

router = APIRouter(include_in_schema=False)
AskedHere = Annotated[Asked, Query()]
WAITING = ("unreviewed", "assigned", "coded", "query")
QUEUES: tuple[tuple[str, str, dict[str, Any]], ...] = (           # (key, words, what is asked)
    ("waiting", "Waiting", {"review": list(WAITING)}),
    ("changed", "Changed since approved", {"facts_changed": True}),
    ("mine", "Mine", {}),
    ("queries", "Questions", {"review": ["query"]}),
    ("twice", "To code twice", {}),
)


@router.get("/review")
def review(request: Request, asked: AskedHere, desk: DeskHere, store: StoreHere, person: PersonHere, queue: str = "waiting"
           ) -> Response:
    chosen = next((one for one in QUEUES if one[0] == queue), QUEUES[0])
    given: dict[str, Any] = dict(chosen[2])
    if chosen[0] == "mine":
        given = {"assigned_to": [person.name]}
    set_here = {"order": "doubt" if asked.order == "newest" else asked.order, **given}
    shown = asked.model_copy(update=set_here)
    if chosen[0] == "twice":
        return _twice(request, desk, store, person)
    page = store.lists.page(filter_of(shown, desk), order=shown.order, after=shown.after, most=shown.most)
    tabs = [(words, None if key == chosen[0] else f"/review?queue={key}") for key, words, _ in QUEUES]
    return desk.pages.page(
        request, "review.html", section="review", rows=[row_of(one, desk.group_name) for one in page.rows], total=page.total,
        tabs=tabs, queue=chosen[0], next=f"/review?queue={chosen[0]}&{query_of(asked, {'after': page.after})}" if page.after else None,
        first_page=f"/review?queue={chosen[0]}" if asked.after else None)
