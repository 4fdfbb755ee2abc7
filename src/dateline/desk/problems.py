"""What goes wrong on the desk, told as a page to people and as problem+json (RFC 9457) to programs."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from dateline.desk.headers import HEADERS
from dateline.desk.views.facts import changes_of
from dateline.errors import (
    CursorError,
    DatelineError,
    DecisionError,
    ExportError,
    ReadError,
    SettingsError,
    StaleEdit,
    StoreError,
)
from dateline.publish.beside import beside_incidents
from dateline.publish.safe import plain
from dateline.publish.withhold import ALONE, Surroundings, withhold

if TYPE_CHECKING:
    from dateline.desk.context import Desk
    from dateline.desk.rendering import Pages
    from dateline.records.incident import Change

API = "/api/"
FOR_PROGRAMS = (API, "/data/", "/metrics")    # answered in JSON; nobody who asks for these can be sent to a form
HIDDEN = frozenset({"csrf_token", "seen", "start", "end", "report"})      # of a form: nothing that a person wrote
PROBLEM = "application/problem+json"
RETRY_AFTER_S = 5
log = logging.getLogger("dateline.desk")


class NotHeld(DatelineError):
    """What was asked for is not in the record: 404, or 410 where it was there once."""

    def __init__(self, message: str, *, gone: bool = False, history: Sequence[Change] = ()) -> None:
        """history: of what is gone, as it may be shown."""
        super().__init__(message)
        self.gone, self.history = gone, history


class NotAllowed(DatelineError):
    """Who asks may not do this: 401 where nobody is signed in, else 403."""

    def __init__(self, message: str, *, sign_in: bool = False) -> None:
        super().__init__(message)
        self.sign_in = sign_in


@dataclass(frozen=True, slots=True)
class Problem:
    """status: of HTTP. fields: (parameter, what is wrong with it), where the request itself is wrong. more: for programs."""

    status: int
    title: str
    detail: str
    fields: Sequence[tuple[str, str]] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


def problem_of(error: Exception, beside: Surroundings = ALONE) -> Problem:
    """What an error is to whoever asked. beside: of the incident of a StaleEdit."""
    if isinstance(error, RequestValidationError):
        fields = [(".".join(str(part) for part in one["loc"][1:]) or str(one["loc"][0]), plain(str(one["msg"])))
                  for one in error.errors()]
        return Problem(422, "The request cannot be understood", "; ".join(f"{name}: {said}" for name, said in fields), fields)
    if isinstance(error, HTTPException):
        titles = {404: "There is no such page", 405: "This cannot be done here", 400: "The request cannot be understood"}
        return Problem(error.status_code, titles.get(error.status_code, "The request failed"), plain(str(error.detail)))
    said = str(error)
    if isinstance(error, NotHeld):
        more = {"history": error.history} if error.history else {}
        return Problem(410 if error.gone else 404, "Held no more" if error.gone else "Not held", said, more=more)
    if isinstance(error, NotAllowed):
        return Problem(401 if error.sign_in else 403, "Sign in first" if error.sign_in else "Not allowed", said)
    if isinstance(error, StaleEdit):
        return Problem(409, "Somebody else changed it", said, more=_held_now(error, beside))
    if isinstance(error, DecisionError):
        return Problem(409, "This could not be decided", said)
    if isinstance(error, SettingsError | CursorError | ExportError):
        return Problem(422, "The request cannot be understood", said)
    if isinstance(error, ReadError):
        return Problem(422, "This could not be read", said)
    if isinstance(error, StoreError):
        return Problem(503, "The record cannot be reached", said)
    if isinstance(error, DatelineError):
        return Problem(400, "This could not be done", said)
    return Problem(500, "Something broke", "This is a fault of dateline's; the server's log has it. Nothing was changed.")


def _held_now(error: StaleEdit, beside: Surroundings) -> Mapping[str, Any]:
    from dateline.desk.api.showing import shown_as_held

    held = shown_as_held(error.held, beside)
    return {"seen": error.seen, "revision": held.revision, "held": held}


def answer_problems(app: FastAPI, pages: Pages) -> None:
    """Have `app` answer every error in the form that was asked for."""

    def told(request: Request, error: Exception) -> Response:
        beside = _around(error, request) if isinstance(error, StaleEdit) else ALONE
        problem = problem_of(error, beside)
        if problem.status == 500:
            log.error("fault at %s", request.url.path, exc_info=error)
        headers = dict(HEADERS)       # a fault is answered outside all middleware
        if problem.status == 503:
            headers["retry-after"] = str(RETRY_AFTER_S)
        if isinstance(error, HTTPException) and error.headers:
            headers |= error.headers
        for_programs = request.url.path.startswith(FOR_PROGRAMS) or request.url.path.endswith((".atom", ".json"))
        if problem.status == 401:
            if not for_programs and "authorization" not in request.headers:
                return _to_sign_in(request, headers)
            headers["www-authenticate"] = 'Bearer realm="dateline"'
        if for_programs:
            return Response(msgspec.json.encode(as_json(problem, request)), problem.status, headers, PROBLEM)
        if isinstance(error, StaleEdit):
            shown = stale_shown(error, request, beside)
            return pages.page(request, "stale.html", problem.status, headers, problem=problem, **shown)
        return pages.problem(request, problem, headers)

    for kind in (RequestValidationError, HTTPException, DatelineError, Exception):
        app.add_exception_handler(kind, told)


def _to_sign_in(request: Request, headers: Mapping[str, str]) -> Response:
    """Where nobody is signed in: to the form, and from there back to the page that was asked for."""
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    back = {"next": asked} if request.method in ("GET", "HEAD") and asked != "/" else {}
    to = "/sign-in" + (f"?{urlencode(back)}" if back else "")
    if "hx-request" in request.headers:                    # a part of a page: the whole page has to go there
        return Response(status_code=401, headers={**headers, "hx-redirect": to})
    return RedirectResponse(to, 303, headers)


def _around(error: StaleEdit, request: Request) -> Surroundings:
    desk: Desk = request.app.state.desk
    with desk.open() as store:
        found = beside_incidents(store, [error.held])
    return found[error.held.id]


def stale_shown(error: StaleEdit, request: Request, beside: Surroundings) -> dict[str, Any]:
    """Both versions: what is held now, and what the person was about to set, which is not lost."""
    published = withhold(error.held, beside).incident
    sent = getattr(request, "_form", None)        # read already, by whoever checked the form's token
    meant = [(name, str(value)) for name, value in (sent.multi_items() if sent else ()) if name not in HIDDEN and value]
    return {"one": published, "meant": meant, "changes": list(changes_of(published))[:5]}


def as_json(problem: Problem, request: Request) -> dict[str, Any]:
    """The body of problem+json."""
    body = {"type": "about:blank", "title": problem.title, "status": problem.status, "detail": problem.detail,
            "instance": request.url.path}
    errors = [{"parameter": name, "detail": said} for name, said in problem.fields]
    return body | dict(problem.more) | ({"errors": errors} if errors else {})
