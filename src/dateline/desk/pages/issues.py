"""An issue, for editors: its draft arranged, noted, approved, sent or dropped; and as its readers will see it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Form, Query, Request, Response

from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.flashes import go_to
from dateline.desk.headers import OF_A_MAIL
from dateline.desk.pages.account import NOT_KEPT, address_of
from dateline.desk.pages.editions import held_edition, held_issue, revision
from dateline.desk.public import root_of
from dateline.desk.views.arranging import arranged, moved, noted, what_changed, with_again, without
from dateline.desk.views.issues import as_data, days_words, drawn, on_the_web
from dateline.desk.who import FromOurPage, Needs, PersonHere
from dateline.editions import issuing
from dateline.editions.keys import issue_url
from dateline.editions.mails import lay_out
from dateline.errors import DecisionError
from dateline.publish.brief.frame import LONGEST_NOTE, SECTIONS, mark_of, outlets_of
from dateline.publish.brief.links import Links
from dateline.publish.brief.text import as_text
from dateline.records.codec import from_line, to_line
from dateline.records.mailing import Edition, Edits, Issue
from dateline.store import Store

MOST_FIELDS = 20_000              # of the form of a draft: a note for each item


async def _whole_form(request: Request) -> None:
    """Reads the form, before it is asked whose it is, with room for the notes on every item."""
    if request.method == "POST":
        await request.form(max_fields=MOST_FIELDS)


router = APIRouter(include_in_schema=False, dependencies=[Depends(Needs("editions")), Depends(_whole_form), FromOurPage])
OPEN_STATES = ("draft", "approved")
As = Literal["draft", "web", "text"]
NOTE = "note:"                    # what the name of a field begins with that holds the note on an item
ABOVE = "note"
Seen = Annotated[str, Form(max_length=100)]
DONE = {"up": "is one up", "down": "is one down", "drop": "is left out", "keep": "is told again"}
NO_LINKS = "about:blank"          # of a preview: it is nobody's, so that nobody is unsubscribed by it


@dataclass(frozen=True, slots=True)
class Sent:
    """What the form of a draft sent: the edits that its editor saw, and what is done on top of them."""

    seen: Edits
    meant: Edits


@router.get("/editions/{slug}/{name}")
def issue(request: Request, slug: str, name: str, desk: DeskHere, store: StoreHere,
          shown_as: Annotated[As | None, Query(alias="as")] = None) -> Response:
    """as: the draft to be arranged, or how readers see it, on the web or as text."""
    edition, held = held_edition(store, slug), held_issue(store, slug, name)
    return _page(request, desk, store, edition, held, shown_as or ("draft" if held.state in OPEN_STATES else "web"))


@router.get("/editions/{slug}/{name}/mail")
def mail(request: Request, slug: str, name: str, desk: DeskHere, store: StoreHere) -> Response:
    """The HTML part of its mail, under a policy of its own: see headers.py. Pictures stand in it, as they do in the mail."""
    edition, held = held_edition(store, slug), held_issue(store, slug, name)
    made = lay_out(issuing.shown(held), _links(desk, request, held), title=edition.title)
    html = made.html
    for one in made.pictures:
        html = html.replace(f'src="cid:{one.cid}"', f'src="{as_data(one)}"')
    return Response(html, headers={"content-security-policy": OF_A_MAIL, **NOT_KEPT}, media_type="text/html; charset=utf-8")


async def _fields(request: Request) -> dict[str, str]:
    return {key: value for key, value in (await request.form()).multi_items() if isinstance(value, str)}


@router.post("/editions/{slug}/{name}")
def edit(request: Request, slug: str, name: str, desk: DeskHere, store: StoreHere, person: PersonHere,
         fields: Annotated[dict[str, str], Depends(_fields)]) -> Response:
    """Its `do`: "save" the notes, "up ID", "down ID", "drop ID", "keep ID" or "approve"; notes are kept with each of them.

    Refused with what is there now where another editor changed the draft since the page was opened.
    """
    edition, held = held_edition(store, slug), held_issue(store, slug, name)
    what, _, item = fields.get("do", "save").partition(" ")
    sent = _sent(held, what, item, fields)
    if held.state not in OPEN_STATES or sent.seen != held.edits:
        return _page(request, desk, store, edition, held, "draft", status=409,
                     others=what_changed(sent.seen, held.edits, held.briefing),
                     meant=what_changed(sent.seen, sent.meant, held.briefing))
    by, now, address = person.name, datetime.now(UTC), address_of(request)
    kept = held if sent.meant == held.edits else issuing.edit(store, held, sent.meant, by=by, at=now, address=address)
    here = f"/editions/{slug}/{name}"
    if what == "approve":
        issuing.approve(store, kept, by=by, at=now, address=address)
        return go_to(request, here, desk, f"{held.briefing.title} is approved; it can be sent now.")
    heading = next((one.heading for one in held.briefing.items if one.id == item), "")
    done = f"{heading} {DONE[what]}." if what in DONE else "The notes are kept."
    return go_to(request, f"{here}#{anchor(item)}" if item else here, desk, done)


@router.post("/editions/{slug}/{name}/send")
def send(request: Request, slug: str, name: str, desk: DeskHere, store: StoreHere, person: PersonHere, seen: Seen = ""
         ) -> Response:
    """Only what was approved, as it was when it was approved."""
    edition, held = held_edition(store, slug), held_issue(store, slug, name)
    if seen != revision((held.state, held.edits)):
        return _page(request, desk, store, edition, held, "draft", status=409, others=[])
    if held.state != "approved":
        raise DecisionError(f"{name} of {slug} is {held.state}; approve it first")
    issuing.issue_now(store, held, desk.settings, by=person.name, at=datetime.now(UTC), address=address_of(request))
    return go_to(request, f"/editions/{slug}/{name}", desk, f"{held.briefing.title} is out.")


@router.post("/editions/{slug}/{name}/drop")
def drop(request: Request, slug: str, name: str, desk: DeskHere, store: StoreHere, person: PersonHere, seen: Seen = ""
         ) -> Response:
    edition, held = held_edition(store, slug), held_issue(store, slug, name)
    if seen != revision((held.state, held.edits)):
        return _page(request, desk, store, edition, held, "draft", status=409, others=[])
    issuing.drop(store, held, by=person.name, at=datetime.now(UTC), address=address_of(request))
    return go_to(request, f"/editions/{slug}", desk, f"{held.briefing.title} is dropped; no reader gets it.")


def _sent(held: Issue, what: str, item: str, fields: dict[str, str]) -> Sent:
    """Raises DecisionError for what no form of ours sends."""
    try:
        before = from_line(Edits, fields.get("seen", ""))
    except msgspec.DecodeError:
        raise DecisionError("this form is out of date; open the draft again") from None
    meant = replace(before, note=_words(fields, ABOVE, before.note))
    for one in held.briefing.items:
        was = dict(before.notes).get(one.id, "")
        if (words := _words(fields, NOTE + one.id, was)) != was:
            meant = noted(meant, one.id, words)
    if item:
        _known(held, item)
    if what in ("up", "down"):
        meant = moved(held.briefing, meant, item, -1 if what == "up" else 1)
    elif what == "drop":
        meant = without(meant, item)
    elif what == "keep":
        meant = with_again(meant, item)
    elif what not in ("save", "approve"):
        raise DecisionError(f"{what[:40]!r}: there is no such button")
    return Sent(before, meant)


def _known(held: Issue, item: str) -> None:
    if not any(one.id == item for one in held.briefing.items):
        raise DecisionError(f"this draft has no item {item[:80]!r}; open it again")


def _words(fields: dict[str, str], name: str, otherwise: str) -> str:
    """The field as its editor wrote it; browsers send line ends as they like."""
    return " ".join(fields[name].split()) if name in fields else otherwise


def anchor(item: str) -> str:
    """The place of an item on the page: "item-DTL-412-changed"."""
    return "item-" + "".join(char if char.isascii() and char.isalnum() else "-" for char in item)


def _links(desk: Desk, request: Request, held: Issue) -> Links:
    root = root_of(desk, request)
    return Links(root, issue_url(root, held), NO_LINKS, NO_LINKS)


def _page(request: Request, desk: Desk, store: Store, edition: Edition, held: Issue, shown_as: As, *, status: int = 200,
          others: list[str] | None = None, meant: list[str] | None = None) -> Response:
    """others: what somebody else did meanwhile, where that refused a form; meant: what this editor was about to do."""
    told, root = issuing.shown(held), root_of(desk, request)
    more: dict[str, Any] = {}
    if shown_as == "web":
        more = on_the_web(told, root, drawn(told), as_data)
    elif shown_as == "text":
        more = {"text": as_text(told, _links(desk, request, held))}
    else:
        more = {"sections": _sections(held), "headline": told.headline}
    changes = store.team.audit(most=1, about=f"{held.edition} {held.name}")
    return desk.pages.page(
        request, "edition_issue.html", status, NOT_KEPT, section="editions", edition=edition, issue=held, shown_as=shown_as,
        days=days_words(held), title=held.briefing.title, seen=to_line(held.edits), seen_state=revision((held.state, held.edits)),
        others=others, meant=meant or [], by=changes[0][1].who if changes else None, is_open=held.state in OPEN_STATES,
        mails=store.editions.mails_of(held.id), longest=LONGEST_NOTE, **more)


def _sections(held: Issue) -> list[dict[str, Any]]:
    """The items of a draft by section, the dropped ones too."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for one in arranged(held.briefing, held.edits):
        item = one.item
        rows.setdefault(item.section, []).append({
            "id": item.id, "anchor": anchor(item.id), "heading": item.heading, "path": item.path, "mark": mark_of(item),
            "region": item.region, "review": item.review, "lines": [(line.text, outlets_of(line)) for line in item.lines],
            "dropped": one.is_dropped, "note": one.note, "first": one.is_first, "last": one.is_last})
    return [{"heading": SECTIONS[name], "rows": found} for name, found in rows.items()]  # type: ignore[index]  # a Section
