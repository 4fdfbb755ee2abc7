"""Subscribers, for editors: who there is, lists in and out, invitations, and deleting one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import StringConstraints
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from dateline.desk.asked import Number
from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.flashes import go_to
from dateline.desk.pages.account import NOT_KEPT
from dateline.desk.who import FromOurPage, Needs, Person, PersonHere
from dateline.errors import DatelineError, DecisionError
from dateline.records.mailing import SubscriberState
from dateline.store import Store
from dateline.subscribing import beside, leaving
from dateline.subscribing.bringing import import_lines
from dateline.subscribing.inviting import invite
from dateline.subscribing.sheet import STATES
from dateline.subscribing.taking import export_lines

router = APIRouter(include_in_schema=False)
Sees = Depends(Needs("subscribers"))
PAGE = "/editions/subscribers"
A_PAGE = 50
MOST_BYTES = 8_000_000            # of a file; longer ones are for the command line
MOST_SHOWN = 50                   # rows that were left out
Text = Annotated[str, StringConstraints(max_length=2_000), Form()]
Long = Annotated[str, StringConstraints(max_length=100_000), Form()]
State = Literal["", "unconfirmed", "confirmed", "suspended", "unsubscribed"]


async def _whole_form(request: Request) -> None:
    """Reads the form once, with room for the file that it carries."""
    await request.form(max_part_size=MOST_BYTES + 1)


@router.get(PAGE, dependencies=[Sees])
def subscribers(request: Request, desk: DeskHere, store: StoreHere, state: Annotated[State, Query()] = "",
                text: Annotated[str, Query(max_length=400)] = "", edition: Annotated[str, Query(max_length=100)] = "",
                after: Annotated[Number, Query()] = 0) -> Response:
    return _page(request, desk, store, state=state or None, text=text, edition=edition, after=after)


@router.post(f"{PAGE}/export", dependencies=[FromOurPage, Sees])
def export(desk: DeskHere, person: PersonHere) -> Response:
    """A form, because the audit log keeps that it was done."""
    now = datetime.now(UTC)

    def told() -> Iterator[str]:
        with desk.open() as store:
            yield from export_lines(store, by=person.name, at=now)

    named = {"content-disposition": f'attachment; filename="subscribers-{now:%Y-%m-%d}.csv"'}
    return StreamingResponse(told(), 200, NOT_KEPT | named, "text/csv; charset=utf-8")


@router.post(f"{PAGE}/import", dependencies=[Depends(_whole_form), FromOurPage, Sees])
async def bring_in(request: Request, desk: DeskHere, person: PersonHere) -> Response:
    given = await request.form()
    file = given.get("file")
    raw = await file.read(MOST_BYTES + 1) if isinstance(file, UploadFile) else b""
    named = (file.filename or "") if isinstance(file, UploadFile) else ""
    name = PurePath(named.replace("\\", "/")).name
    return await run_in_threadpool(_brought, request, desk, person, given, name, raw)


def _brought(request: Request, desk: Desk, person: Person, given: FormData, name: str, raw: bytes) -> Response:
    problems: list[tuple[int, str]] = []
    with desk.open() as store:
        try:
            if not raw or len(raw) > MOST_BYTES:
                raise DecisionError(f"choose a CSV file of {MOST_BYTES // 1_000_000} MB at most; "
                                    "dateline subscribers import takes longer ones")
            text = io.StringIO(raw.decode("utf-8-sig", "replace"), newline="")
            done = import_lines(
                store, text, name, desk.settings, consent=str(given.get("consent", "")), by=person.name, at=datetime.now(UTC),
                edition=str(given.get("edition", "")) or None, resubscribe=bool(given.get("resubscribe")),
                on_problem=lambda line, why: problems.append((line, why)))
        except DatelineError as wrong:
            return _page(request, desk, store, status=422, errors={"file": str(wrong)})
        words = (f"{done.rows:,} rows read, {done.added:,} subscribers added, {done.asked:,} asked to confirm, "
                 f"{done.left_out:,} left out")
        if not problems:
            return go_to(request, PAGE, desk, words)
        return _page(request, desk, store, brought=words, problems=problems[:MOST_SHOWN], more=max(0, len(problems) - MOST_SHOWN))


@router.post(f"{PAGE}/invite", dependencies=[FromOurPage, Sees])
def invited(request: Request, desk: DeskHere, store: StoreHere, person: PersonHere, edition: Text, addresses: Long) -> Response:
    """addresses: one a line."""
    try:
        lines = [line for line in addresses.splitlines() if line.strip()]
        if not lines:
            raise DecisionError("write the addresses, one a line")
        done = invite(store, edition, lines, desk.settings, by=person.name, at=datetime.now(UTC))
    except DecisionError as wrong:
        return _page(request, desk, store, status=422, errors={"addresses": str(wrong)}, addresses=addresses)
    return go_to(request, PAGE, desk, f"{done.mailed:,} invitations are on their way"
                 + (f"; {done.quiet:,} more get no mail: they get it already, have left, or are suspended" if done.quiet else ""))


@router.post(f"{PAGE}/forget", dependencies=[FromOurPage, Sees])
def forget(request: Request, desk: DeskHere, store: StoreHere, person: PersonHere, address: Text) -> Response:
    """address: in the form and not in the address of the page, which logs keep."""
    try:
        leaving.forget(store, address, by=person.name, at=datetime.now(UTC))
    except DecisionError as wrong:
        return _page(request, desk, store, status=422, errors={"forget": str(wrong)})
    return go_to(request, PAGE, desk, "The subscriber is deleted, with all that was held of them.")


def _page(request: Request, desk: Desk, store: Store, *, status: int = 200, state: SubscriberState | None = None, text: str = "",
          edition: str = "", after: int = 0, errors: dict[str, str] | None = None, **more: Any) -> Response:
    found = store.subscribers.page(after=after, most=A_PAGE + 1, state=state, words=text.strip().casefold(),
                                   edition=edition or None)
    shown = found[:A_PAGE]
    held: dict[int, list[str]] = {one.id: [] for one in shown}
    for subscription in store.subscribers.subscriptions_of(held):
        held[subscription.subscriber].append(f"{subscription.edition} ({subscription.choices.frequency})")
    counts = store.subscribers.counts()
    by_edition = store.subscribers.counts_by_edition()
    editions = [(one.slug, one.title, by_edition.get(one.slug, 0)) for one in beside.editions_of(store)]
    given: dict[str, Any] = {"brought": "", "problems": [], "more": 0, "addresses": ""} | more
    return desk.pages.page(
        request, "subscribers.html", status, NOT_KEPT, rows=[(one, held[one.id]) for one in shown], editions=editions,
        states=[(name, name, counts.get(name, 0)) for name in STATES], state=state or "", text=text, edition=edition,
        next=shown[-1].id if len(found) > A_PAGE else None, errors=errors or {}, **given)
