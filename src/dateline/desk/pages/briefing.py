"""The briefing on the web, for readers who have no account: its editions, the archive of each, every issue, feeds. See public.py.

Only what was issued is shown, as its editor left it. An edition by invitation is there for its subscribers (`?key=`, which their
mails carry) and for those who read the desk; for others it does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from dateline.desk.answers import answer_bytes
from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.pages.feeds import MEDIA_TYPE, record_name
from dateline.desk.problems import NotHeld
from dateline.desk.public import may_read_desk, may_see, root_of
from dateline.desk.views.briefing_feed import IssueEntry, issues_feed
from dateline.desk.views.editions import coverage_parts, when_words
from dateline.desk.views.issues import by_month, drawn, listed, named_in, on_the_web
from dateline.editions.issuing import shown
from dateline.editions.keys import archive_url, issue_url
from dateline.publish.brief.json import as_json
from dateline.publish.brief.links import Links
from dateline.publish.brief.markdown import as_markdown
from dateline.records.mailing import Edition, Issue
from dateline.store import Store

router = APIRouter(include_in_schema=False)
LAST = 3                          # issues of each edition on the first page
OF_A_PAGE = 60                    # issues: two months of a daily one
IN_A_FEED = 30
Key = Annotated[str, Query()]
# Pages differ by who looks (links to the desk); no server between keeps one for another.
VARYING = {"cache-control": "private, no-cache", "vary": "Cookie, Authorization"}
PICTURE_KEPT_FOR = "max-age=86400"        # seconds: an issue does not change, but its edition may be closed
HIDDEN = {"x-robots-tag": "noindex, nofollow"}


@dataclass(frozen=True, slots=True)
class Seen:
    """An edition that whoever asks may see. key: what their addresses go on carrying, "" for none."""

    edition: Edition
    key: str

    @property
    def headers(self) -> dict[str, str]:
        return dict(VARYING) if self.edition.is_open else VARYING | HIDDEN


@router.get("/briefing")
def editions(request: Request, desk: DeskHere, store: StoreHere) -> Response:
    reads = may_read_desk(desk, request)
    with store.at_one_moment():
        rows = [_edition_row(one, desk, store) for one in store.editions.all() if one.is_open or reads]
    return desk.pages.public(
        "briefing_editions.html", headers=VARYING, rows=[row for row in rows if not row["edition"].retired],
        retired=[row for row in rows if row["edition"].retired and row["issues"]])


@router.get("/briefing/{slug}")
def archive(request: Request, slug: str, desk: DeskHere, store: StoreHere, key: Key = "",
            before: Annotated[str, Query()] = "") -> Response:
    """before: the name of an issue; those that are older follow."""
    seen = _seen(request, slug, desk, store, key)
    last = _issued(store, slug, before).id if before else None
    found = store.editions.issues(slug, states=("issued",), before=last, most=OF_A_PAGE + 1)
    rows = [listed(one, shown(one)) for one in found[:OF_A_PAGE]]
    return desk.pages.public(
        "briefing_archive.html", headers=seen.headers, edition=seen.edition, key=seen.key, when=when_words(seen.edition),
        coverage=list(coverage_parts(seen.edition.coverage, desk.group_name)), months=list(by_month(rows)),
        older=rows[-1]["name"] if len(found) > OF_A_PAGE else None, is_first=not before,
        feed=f"{archive_url('', slug)}/feed.atom{_asked(seen.key)}")


@router.get("/briefing/{slug}/feed.atom")
def feed(request: Request, slug: str, desk: DeskHere, store: StoreHere, key: Key = "") -> Response:
    seen, root = _seen(request, slug, desk, store, key), root_of(desk, request)
    found = store.editions.issues(slug, states=("issued",), most=IN_A_FEED)
    entries = [_entry(one, desk, root, seen.key) for one in found]
    page = archive_url(root, slug)
    body = issues_feed(entries, record=record_name(store), slug=slug, title=seen.edition.title, about=seen.edition.about,
                       self_url=f"{page}/feed.atom{_asked(seen.key)}", page_url=archive_url(root, slug, seen.key))
    newest = max((one.issued_at for one in entries), default=None)
    at = {"last-modified": format_datetime(newest.replace(microsecond=0), usegmt=True)} if newest else {}
    return answer_bytes(request, body, media_type=MEDIA_TYPE, headers=seen.headers | at)


@router.get("/briefing/{slug}/{name}")
def issue(request: Request, slug: str, name: str, desk: DeskHere, store: StoreHere, key: Key = "") -> Response:
    """name: "daily-2018-01-27", and ".md" or ".json" after it for those forms."""
    seen = _seen(request, slug, desk, store, key)
    one = _issued(store, slug, name)
    form = name.removeprefix(one.name)
    if form:
        return _as_file(request, one, form, desk, seen)
    briefing, root = shown(one), root_of(desk, request)
    asked, here = _asked(seen.key), issue_url("", one)
    older = store.editions.issues(slug, states=("issued",), frequency=one.frequency, before=one.id, most=1)
    return desk.pages.public(
        "briefing_issue.html", headers=seen.headers, edition=seen.edition, issue=one, key=seen.key,
        leads=may_read_desk(desk, request), before=older[0].name if older else None, address=issue_url(root, one),
        **on_the_web(briefing, root, drawn(briefing), lambda picture: f"{here}/{picture.cid}.png{asked}"))


@router.get("/briefing/{slug}/{name}/map.png")
def map_picture(request: Request, slug: str, name: str, desk: DeskHere, store: StoreHere, key: Key = "") -> Response:
    return _picture(request, slug, name, "map", desk, store, key)


@router.get("/briefing/{slug}/{name}/timeline.png")
def timeline_picture(request: Request, slug: str, name: str, desk: DeskHere, store: StoreHere, key: Key = "") -> Response:
    return _picture(request, slug, name, "timeline", desk, store, key)


def _seen(request: Request, slug: str, desk: Desk, store: Store, key: str) -> Seen:
    """Raises NotHeld, in the same words whether there is no such edition or it is not for who asks."""
    found = store.editions.get(slug)
    if found is None or not may_see(desk, request, store, found, key):
        raise not_there()
    return Seen(found, "" if found.is_open else key)


def _issued(store: Store, slug: str, name: str) -> Issue:
    """The issue that was issued under this name. Raises NotHeld."""
    asked = named_in(name)
    found = store.editions.issue(slug, asked.frequency, asked.day) if asked else None
    if found is None or found.state != "issued":
        raise not_there()
    return found


def not_there() -> NotHeld:
    return NotHeld("there is no briefing at this address; /briefing lists those that there are")


def _as_file(request: Request, one: Issue, form: str, desk: Desk, seen: Seen) -> Response:
    root = root_of(desk, request)
    links = Links(root, issue_url(root, one, seen.key))
    write, media_type = (as_markdown, "text/markdown; charset=utf-8") if form == ".md" else (as_json, "application/json")
    return answer_bytes(request, write(shown(one), links).encode(), headers=seen.headers, media_type=media_type)


def _picture(request: Request, slug: str, name: str, cid: str, desk: Desk, store: Store, key: str) -> Response:
    seen, asked = _seen(request, slug, desk, store, key), named_in(name)
    if asked is None or asked.form:
        raise not_there()
    found = next((one for one in drawn(shown(_issued(store, slug, name))) if one.cid == cid), None)
    if found is None:
        raise not_there()
    kept = {"cache-control": f"{'public' if seen.edition.is_open else 'private'}, {PICTURE_KEPT_FOR}"}
    return answer_bytes(request, found.png, headers=seen.headers | kept, media_type="image/png")


def _edition_row(one: Edition, desk: Desk, store: Store) -> dict[str, Any]:
    issues = store.editions.issues(one.slug, states=("issued",), most=LAST)
    return {"edition": one, "when": when_words(one), "coverage": list(coverage_parts(one.coverage, desk.group_name)),
            "issues": [listed(issue, shown(issue)) for issue in issues]}


def _entry(one: Issue, desk: Desk, root: str, key: str) -> IssueEntry:
    briefing = shown(one)
    row: Mapping[str, Any] = listed(one, briefing)
    html = desk.pages.part("briefing_entry.html", **on_the_web(briefing, root, (), str))
    return IssueEntry(one.name, row["title"], one.issued_at or one.composed_at, issue_url(root, one, key), row["said"], html)


def _asked(key: str) -> str:
    return archive_url("", "", key).partition("/briefing/")[2]
