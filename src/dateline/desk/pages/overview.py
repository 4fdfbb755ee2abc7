"""The overview: what is new, a list, a map and a timeline of one and the same set of incidents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from dateline.desk.asked import Asked, filter_of, query_of
from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.views.choices import options_of, parts_in_force
from dateline.desk.views.rows import row_of
from dateline.desk.who import PersonHere
from dateline.store import IncidentFilter, Store
from dateline.store.lists_values import Facet, Value

router = APIRouter()
AskedHere = Annotated[Asked, Query()]
ORDERS = [("newest", "newest first", None), ("day", "oldest first", None), ("changed", "last changed first", None),
          ("killed", "most killed first", None), ("doubt", "most doubtful first", None)]
ALTERNATIVES: dict[Facet, str] = {                # facet -> the field of the filter that holds the values chosen of it
    "country": "countries", "province": "provinces", "kind": "kinds", "group": "groups", "affected": "affected",
    "side killed": "sides_killed", "review": "reviews"}


@router.get("/", include_in_schema=False)
def overview(request: Request, asked: AskedHere, desk: DeskHere, store: StoreHere, person: PersonHere) -> Response:
    seen_at = store.team.visit(person.name, datetime.now(UTC))
    with store.at_one_moment():
        shown = list_shown(asked, desk, store)
        changed = store.lists.changed_since(seen_at) if seen_at else None
        facets = choosable(shown["wanted"], store)
    wanted = shown.pop("wanted")
    rows = [row_of(one, desk.group_name, seen_at) for one in shown.pop("page").rows]
    query = query_of(asked)
    chosen = {facet.replace(" ", "_"): list(getattr(wanted, field)) for facet, field in ALTERNATIVES.items()}
    return desk.pages.page(
        request, "overview.html", section="overview", asked=asked.model_copy(update=chosen), rows=rows, query=query,
        changed=changed, seen_at=seen_at, options=options_of(facets, chosen, desk) | {"order": ORDERS},
        parts=parts_in_force(asked, desk),
        days_src=f"/data/days?{query}", points_src=f"/data/points?{query}", under=desk.boundaries, **shown)


def choosable(wanted: IncidentFilter, store: Store) -> Mapping[Facet, Sequence[Value]]:
    """The values that each filter can be set to: those of a filter that is set as if it were not, since they are alternatives."""
    found = dict(store.lists.facets(wanted))
    for facet, field in ALTERNATIVES.items():
        if getattr(wanted, field):
            without: dict[str, Any] = {field: ()}
            found[facet] = store.lists.facets(replace(wanted, **without))[facet]
    return found


def list_shown(asked: Asked, desk: Desk, store: Store) -> dict[str, Any]:
    """The page of the list that `asked` means, with what is left out of map and timeline, and the addresses of other pages."""
    wanted = filter_of(asked, desk)
    page = store.lists.page(wanted, order=asked.order, after=asked.after, most=asked.most)
    counts = store.lists.count(wanted)
    left = [(counts.unplaced, "without a place", "/?" + query_of(asked, {"unplaced": "1"})),
            (counts.undated, "without a day", "/?" + query_of(asked, {"undated": "1"}))]
    return {"page": page, "wanted": wanted, "total": page.total, "left_out": left,
            "next": "?" + query_of(asked, {"after": page.after}) if page.after else None,
            "first_page": "?" + query_of(asked) if asked.after else None}
