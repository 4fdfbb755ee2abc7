"""Imports: a sheet is uploaded, shown as it is understood, and brought in; an edited export shows its differences first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from dateline.decisions import By
from dateline.desk.context import Desk, DeskHere
from dateline.desk.flashes import go_to
from dateline.desk.who import FromOurPage, Needs, Person, PersonHere
from dateline.errors import DatelineError, ReadError
from dateline.importing.columns import FIELDS
from dateline.importing.mapping import ColumnMap, checked_name, guess, pairs_of, with_given
from dateline.importing.own import apply_sheet, plan_sheet
from dateline.importing.returned import apply_return
from dateline.importing.returning import is_returning, plan_return
from dateline.importing.sheets import Sheet, read_sheets
from dateline.team.roles import may

MOST_BYTES = 4_000_000            # of a file: it goes to the page and back; longer ones are for the command line
MOST_SHOWN = 50                   # rows and differences of a page
MOST_FORM = 2 * MOST_BYTES


async def _whole_form(request: Request) -> None:
    """Reads the form once, with room for the file that it carries."""
    await request.form(max_part_size=MOST_FORM)


router = APIRouter(include_in_schema=False)
Sends = [Depends(_whole_form), FromOurPage, Depends(Needs("import"))]


@router.get("/import", dependencies=[Depends(Needs("import"))])
def form(request: Request, desk: DeskHere) -> Response:
    return _form(request, desk)


@router.post("/import/plan", dependencies=Sends)
async def plan(request: Request, desk: DeskHere, person: PersonHere) -> Response:
    """What would come of a file. Nothing is changed."""
    given = await request.form()
    name, raw = await _file(given, desk)
    return await run_in_threadpool(_planned, request, desk, person, given, name, raw)


@router.post("/import/apply", dependencies=Sends)
async def apply(request: Request, desk: DeskHere, person: PersonHere) -> Response:
    given = await request.form()
    name, raw = await _file(given, desk)
    return await run_in_threadpool(_applied, request, desk, person, given, name, raw)


def _planned(request: Request, desk: Desk, person: Person, given: FormData, name: str, raw: bytes) -> Response:
    shown: dict[str, Any] = {"packed": desk.files.pack(name, raw), "file": name, "most": MOST_SHOWN}
    try:
        sheets = read_sheets(raw, name)
        with desk.open() as store:
            if is_returning(sheets):
                told = plan_return(store, sheets, desk.settings)
                return desk.pages.page(request, "import_return.html", section="enter", plan=told, **shown)
            sheet = _chosen(sheets, given)
            map_ = _map_of(sheet, given)
            told_sheet = plan_sheet(store, sheet, map_, _by(person, given), desk.settings, apart=bool(given.get("apart")))
    except DatelineError as wrong:
        return _form(request, desk, str(wrong))
    kept = {key: str(given.get(key, "")) for key in ("always", "kinds")}
    return desk.pages.page(request, "import_sheet.html", section="enter", plan=told_sheet, map=map_, given=kept, fields=FIELDS,
                           sheets=[(one.name,) * 2 for one in sheets], columns=[(one,) * 2 for one in sheet.columns], **shown)


def _applied(request: Request, desk: Desk, person: Person, given: FormData, name: str, raw: bytes) -> Response:
    sheets, by = read_sheets(raw, name), _by(person, given)
    may_review = may(person.role, "review")
    with desk.open() as store:
        if is_returning(sheets):
            told = plan_return(store, sheets, desk.settings)
            done = apply_return(store, told, by, desk.settings, may_review=may_review)
            left = replace(told, edits=(), stale=(*told.stale, *done.stale), refused=(*told.refused, *done.refused))
            words = f"{_many(len(done.done), 'incident')} changed"
            if not left.stale and not left.refused:
                return go_to(request, "/import", desk, words)
            shown: dict[str, Any] = {"plan": left, "file": name, "packed": "", "most": MOST_SHOWN, "done": words}
            return desk.pages.page(request, "import_return.html", section="enter", **shown)
        sheet = _chosen(sheets, given)
        map_, apart = _map_of(sheet, given), bool(given.get("apart"))
        plan_ = plan_sheet(store, sheet, map_, by, desk.settings, apart=apart, with_joins=False)
        brought = apply_sheet(store, plan_, by, desk.settings, accept=may_review)
    joined = sum(row.joined for row in brought.rows)
    words = f"{_many(len(brought.rows), 'row')} brought in, {brought.accepted:,} accepted"
    words += f"; {joined:,} joined what others tell and wait for review" if joined else ""
    words += f"; {_many(len(plan_.unread), 'row')} left out" if plan_.unread else ""
    return go_to(request, "/import", desk, words)


async def _file(given: FormData, desk: Desk) -> tuple[str, bytes]:
    """The file's name and bytes: as it is uploaded, or as the page carries it. Raises ReadError."""
    file = given.get("file")
    if isinstance(file, UploadFile) and file.filename:
        raw = await file.read(MOST_BYTES + 1)
        name = PurePath(file.filename.replace("\\", "/")).name
        if len(raw) > MOST_BYTES:
            raise ReadError(name, f"larger than {MOST_BYTES // 1_000_000} MB", todo="bring it in with dateline import")
        return name, raw
    packed = given.get("packed")
    if not packed:
        raise ReadError("form", "no file", todo="choose an XLSX or CSV file")
    return desk.files.unpack(str(packed))


def _chosen(sheets: tuple[Sheet, ...], given: FormData) -> Sheet:
    return next((one for one in sheets if one.name == given.get("sheet")), sheets[0])


def _map_of(sheet: Sheet, given: FormData) -> ColumnMap:
    """The columns as the form says; before anybody said, as they are guessed."""
    guessed = guess(sheet)
    said = {key.removeprefix("map-"): str(value) for key, value in given.items() if key.startswith("map-")}
    columns = {ours: theirs for ours, theirs in said.items() if theirs != guessed.columns.get(ours, "")}
    lines = {key: [line for line in str(given.get(key, "")).splitlines() if line.strip()] for key in ("always", "kinds")}
    map_ = with_given(guessed, sheet, columns, pairs_of(lines["always"], "set"), pairs_of(lines["kinds"], "kind"))
    name = str(given.get("name", "")).strip()
    return replace(map_, name=checked_name(name)) if name else map_


def _by(person: Person, given: FormData) -> By:
    return By(person.name, str(given.get("why", ""))[:2_000].strip())


def _form(request: Request, desk: Desk, error: str = "") -> Response:
    return desk.pages.page(request, "import.html", 422 if error else 200, section="enter", error=error)


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' if count != 1 else ''}"
