"""Paste and enter: a text, address or file is read on the spot and shown as drafts; what no report tells is entered by hand."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response, UploadFile
from pydantic import StringConstraints

from dateline.decisions import By
from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.flashes import go_to
from dateline.desk.views.drafts import cards_of, text_of
from dateline.desk.who import FromOurPage, Needs, PersonHere
from dateline.drafting import Draft, draft_of, drafts_of, keep_draft
from dateline.entered import Entered, EnteredFigure
from dateline.entering import Note, add_figure, enter
from dateline.errors import DatelineError, DecisionError, ReadError
from dateline.publish.export import Known
from dateline.records.account import Effect
from dateline.records.kinds import KINDS
from dateline.store import Store
from dateline.store.rows import numbers_in
from dateline.typed import typed_day

router = APIRouter(include_in_schema=False)
Drafts, Enters = [Depends(Needs("draft"))], [FromOurPage, Depends(Needs("enter"))]
MOST_REPORTS = 10                 # of one file or address that are drafted at once
Words = Annotated[str, StringConstraints(max_length=2_000, strip_whitespace=True)]
Text = Annotated[Words, Form()]


@router.get("/enter", dependencies=Drafts)
def form(request: Request, desk: DeskHere) -> Response:
    return _form(request, desk, {}, {})


@router.post("/enter/drafts", dependencies=[FromOurPage, *Drafts])
def drafts(request: Request, desk: DeskHere, store: StoreHere, text: Annotated[str, Form()] = "", outlet: Text = "",
           title: Text = "", address: Text = "", file: UploadFile | None = None) -> Response:
    """What a pasted text, an address or a file says, and which incidents that may belong to. Nothing is kept."""
    try:
        found = list(_read(desk, store, text, outlet, title, address, file))
    except DatelineError as wrong:
        given = {"text": text, "outlet": outlet, "title": title, "address": address}
        return _form(request, desk, given, {"text": str(wrong)}, 422)
    shown = []
    for draft in found:
        numbers = numbers_in(may.incident for one in draft.accounts for may in one.may_be)
        headlines = {one.id: one.headline for one in store.lists.listed(numbers)}
        known = Known(desk.register, desk.sources)
        shown.append({"draft": draft, "cards": cards_of(draft, headlines, known), "pieces": text_of(draft),
                      "packed": desk.drafts.pack(draft.report, draft.extraction),
                      "given": defaultdict(str, outlet=draft.report.outlet or "")})
    return desk.pages.page(request, "drafts.html", section="enter", drafts=shown, **_by_hand({}))


@router.post("/enter/keep", dependencies=Enters)
async def keep(request: Request, desk: DeskHere, person: PersonHere) -> Response:
    """Keep a draft; `into-ACCOUNT` says where the person puts each of its accounts."""
    from starlette.concurrency import run_in_threadpool

    given = await request.form()
    into = {name.removeprefix("into-"): str(value) for name, value in given.items() if name.startswith("into-") and value}
    report, extraction = desk.drafts.unpack(str(given.get("packed", "")))

    def kept() -> Response:
        with desk.open() as store:
            draft = draft_of(store, report, desk.settings, extract_all=lambda reports: ((one, extraction) for one in reports))
            done = keep_draft(store, draft, By(person.name), desk.settings, into=into)
        ids = list(dict.fromkeys(done.incidents.values()))
        words = f"Kept; it tells of {' and '.join(ids)}" if ids else "Kept; it tells of no incident"
        return go_to(request, f"/incidents/{ids[0]}" if ids else f"/reports/{done.report.id}", desk, words)

    return await run_in_threadpool(kept)


@router.post("/enter", dependencies=Enters)
def by_hand(request: Request, desk: DeskHere, store: StoreHere, person: PersonHere, note: Annotated[str, Form()], on: Text,
            outlet: Text = "", kind: Text = "", day: Text = "", place: Text = "", within: Text = "", country: Text = "",
            killed: Text = "", injured: Text = "", speaker: Text = "", attacker: Text = "", private: Text = "", into: Text = ""
            ) -> Response:
    given = {name: value for name, value in locals().items() if isinstance(value, str)}
    told: tuple[tuple[Effect, str], ...] = (("killed", killed), ("injured", injured))
    counts = tuple(EnteredFigure(words, effect, by=speaker or None) for effect, words in told if words)
    try:
        entered = Entered(
            note, typed_day(on), outlet or None, kind=kind or None, day=day or None, place=place or None, within=within or None,
            country=country or None, figures=counts, attackers=tuple(one.strip() for one in attacker.split(";") if one.strip()),
            private=tuple(one.strip() for one in private.split(";") if one.strip()), into=into or None)
        done = enter(store, entered, By(person.name), desk.settings)
    except DecisionError as wrong:
        return _form(request, desk, given, {"note": str(wrong)}, 422)
    where = done.incidents[0] if done.incidents else None
    words = f"held in {where}" if where else "in no incident"
    return go_to(request, f"/incidents/{where}" if where else "/", desk, f"Entered; {words}", undo=done.event)


@router.post("/enter/figure", dependencies=Enters)
def figure(request: Request, desk: DeskHere, store: StoreHere, person: PersonHere, incident: Text, words: Text, note: Text,
           date: Text, effect: Annotated[Effect, Form()] = "killed", speaker: Text = "", who: Text = "", outlet: Text = "",
           seen: Text = "") -> Response:
    count = EnteredFigure(f"{words} {who}".strip(), effect, by=speaker or None)
    done = add_figure(store, incident, count, Note(note, typed_day(date), outlet or None), By(person.name), desk.settings,
                      seen=seen or None)
    return go_to(request, f"/incidents/{incident}#ledger-title", desk, "Figure added", undo=done.event)


def _form(request: Request, desk: Desk, given: dict[str, Any], errors: dict[str, str], status: int = 200) -> Response:
    return desk.pages.page(request, "enter.html", status, section="enter", given=defaultdict(str, given),
                           offline=desk.settings.offline, sent_to=desk.sent_to, **_by_hand(errors))


def _by_hand(errors: dict[str, str]) -> dict[str, Any]:
    """What the form of entering by hand shows beside what is given."""
    return {"errors": defaultdict(str, errors), "kinds": list(KINDS), "today": date.today().isoformat()}


def _read(desk: Desk, store: Store, text: str, outlet: str, title: str, address: str, file: UploadFile | None) -> Iterator[Draft]:
    if text.strip():
        yield drafts_of(store, text, desk.settings, outlet=outlet or None, title=title or None,
                        extract_all=desk.extractor)
        return
    if file is not None and file.filename:
        with _kept_file(file, desk.settings.fetch_max_bytes) as path:
            yield from _drafted(desk, store, str(path))
        return
    if not address:
        raise ReadError("form", "nothing to read", todo="paste a text, give an address or choose a file")
    if not address.lower().startswith(("http://", "https://")):
        raise ReadError(address, "no address of the web", todo="it begins with https://")
    yield from _drafted(desk, store, address)


def _drafted(desk: Desk, store: Store, source: str) -> Iterator[Draft]:
    from dateline.read import read

    found = 0
    for report in read(source, settings=desk.settings):
        found += 1
        if found > MOST_REPORTS:
            return
        yield draft_of(store, report, desk.settings, extract_all=desk.extractor)
    if not found:
        raise ReadError(source.rsplit("/", 1)[-1], "no report in it", todo="paste the text itself")


@contextmanager
def _kept_file(file: UploadFile, most_bytes: int) -> Iterator[Path]:
    """The upload under its own name's ending in a folder of its own: kinds are told by content, archives by their name."""
    suffix = "".join(Path(Path(file.filename or "").name).suffixes[-2:])[-20:]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"pasted{suffix if suffix.replace('.', '').isalnum() else ''}"
        body = file.file.read(most_bytes + 1)
        if len(body) > most_bytes:
            raise ReadError(file.filename or "file", f"longer than {most_bytes:,} bytes", todo="read it with dateline run")
        path.write_bytes(body)
        yield path
