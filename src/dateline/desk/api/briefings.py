"""What readers were told, through the API: editions, and the issues of each that are out."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Request, Response

from dateline.desk.api.answering import gives, router, send, send_page
from dateline.desk.api.asking import BriefingsAsked
from dateline.desk.api.records import EditionList, IssueList, ListedEdition, ListedIssue, ShownIssue
from dateline.desk.api.showing import as_shown
from dateline.desk.context import DeskHere, StoreHere
from dateline.desk.problems import NotHeld
from dateline.desk.public import root_of
from dateline.desk.views.issues import named_in
from dateline.editions.issuing import shown
from dateline.editions.keys import archive_url, issue_url
from dateline.errors import CursorError
from dateline.records.mailing import Edition, Issue
from dateline.store import Store

api = router("briefings")
Slug = Annotated[str, Path(description="Of the edition, as addresses have it", max_length=80)]
Name = Annotated[str, Path(description="Of the issue: daily-2018-01-27", max_length=40)]


@api.get("/briefings", summary="List editions of the briefing", responses=gives(EditionList), operation_id="briefings")
def briefings(request: Request, desk: DeskHere, store: StoreHere) -> Response:
    """What one can subscribe to, each with what it covers and when it comes."""
    root = root_of(desk, request)
    items = tuple(_edition(one, root) for one in store.editions.all())
    return send(request, EditionList(items, len(items)))


@api.get("/briefings/{slug}", summary="The issues of an edition", responses=gives(IssueList, paged=True), operation_id="briefing")
def briefing(request: Request, slug: Slug, asked: Annotated[BriefingsAsked, Query()], desk: DeskHere, store: StoreHere
             ) -> Response:
    """Those that are out, the newest day first, each with its headline."""
    root = root_of(desk, request)
    with store.at_one_moment():
        edition = _held(store, slug)
        last = _out(store, slug, asked.after) if asked.after is not None else None
        if asked.after is not None and last is None:
            raise CursorError(asked.after)
        found = store.editions.issues(slug, states=("issued",), frequency=asked.frequency, before=last.id if last else None,
                                      most=asked.most + 1)
    rows = found[:asked.most]
    items = tuple(_listed(one, root) for one in rows)
    return send_page(request, IssueList(_edition(edition, root), items, rows[-1].name if len(found) > asked.most else None))


@api.get("/briefings/{slug}/{name}", summary="One issue", responses=gives(ShownIssue), operation_id="issue")
def issue(request: Request, slug: Slug, name: Name, desk: DeskHere, store: StoreHere) -> Response:
    """As its readers got it: what was composed, as an editor left it. It stays so when the record changes later."""
    _held(store, slug)
    one = _out(store, slug, name)
    if one is None:
        raise NotHeld(f"no issue {name[:40]!r} of {slug[:60]!r} is out; /api/v1/briefings/{slug[:60]} lists those that are")
    return send(request, ShownIssue(slug, one.name, one.frequency, one.day, one.issued_at, one.by,
                                    issue_url(root_of(desk, request), one), shown(one)))


def _held(store: Store, slug: str) -> Edition:
    found = store.editions.get(slug)
    if found is None:
        raise NotHeld(f"there is no edition {slug[:60]!r}; /api/v1/briefings lists those there are")
    return found


def _out(store: Store, slug: str, name: str) -> Issue | None:
    """The issue of that name, where it was issued."""
    asked = named_in(name)
    found = store.editions.issue(slug, asked.frequency, asked.day) if asked and not asked.form else None
    return found if found is not None and found.state == "issued" else None


def _edition(one: Edition, root: str) -> ListedEdition:
    return as_shown(ListedEdition, one, address=archive_url(root, one.slug))


def _listed(one: Issue, root: str) -> ListedIssue:
    told = shown(one)
    return ListedIssue(one.name, one.frequency, one.day, told.title, told.headline, len(told.items), one.issued_at,
                       issue_url(root, one))
