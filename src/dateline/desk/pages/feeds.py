"""Atom feeds of the same sets of incidents that pages show."""

from __future__ import annotations

import hashlib
from email.utils import format_datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response

from dateline.desk.answers import answer_bytes
from dateline.desk.asked import Asked, filter_of, query_of
from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.views.choices import parts_in_force
from dateline.desk.views.feeds import Entry, feed_of, newest
from dateline.desk.views.rows import row_of
from dateline.publish.safe import plain
from dateline.store import IncidentFilter, Store

router = APIRouter(include_in_schema=False)
MEDIA_TYPE = "application/atom+xml; charset=utf-8"


@router.get("/feed.atom")
def feed(request: Request, asked: Annotated[Asked, Query()], desk: DeskHere, store: StoreHere) -> Response:
    """The incidents of a filter, what changed last first."""
    query = query_of(asked, {"order": None, "most": None})
    told = "; ".join(f"{label} {words}".strip() for label, words, _ in parts_in_force(asked, desk))
    return feed_answer(request, filter_of(asked, desk), desk, store, f"Incidents{f': {told}' if told else ''}",
                       f"incidents?{query}",
                       f"/?{query}" if query else "/", asked.most)


def feed_answer(request: Request, wanted: IncidentFilter, desk: Desk, store: Store, title: str, feed_id: str, page: str,
                most: int = 50) -> Response:
    """The feed of `wanted`. page: address of the page of the same set, on this desk."""
    rows = store.lists.page(wanted, order="changed", most=most).rows
    entries = [Entry(row_of(one, desk.group_name), one.held_at, one.changed_at, one.nature, one.country) for one in rows]
    root = f"{request.url.scheme}://{request.url.netloc}"
    body = feed_of(entries, record=record_name(store), title=f"dateline: {plain(title)}", feed_id=quote(feed_id, safe="/"),
                   self_url=str(request.url), page_url=f"{root}{page}", root=root)
    at = newest(entries)
    return answer_bytes(request, body, media_type=MEDIA_TYPE,
                        headers={"last-modified": format_datetime(at.replace(microsecond=0), usegmt=True)} if at else None)


def record_name(store: Store) -> str:
    """What this record's incidents are known by: made from its secret, which is kept in it; it does not give that away."""
    return hashlib.sha256(b"feed" + store.team.secret()).hexdigest()[:16]
