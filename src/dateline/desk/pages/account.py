"""Signing in and out, and what one keeps of oneself: the password, and tokens for programs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import StringConstraints

from dateline.desk.asked import Number
from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.flashes import go_to
from dateline.desk.problems import NotAllowed, NotHeld
from dateline.desk.public import SIGN_IN
from dateline.desk.who import COOKIE, FromOurPage, Person, PersonHere, is_ours
from dateline.errors import DecisionError
from dateline.records.team import ApiToken, NewToken, Refused, SignedIn
from dateline.store import Store
from dateline.store.team_people import key_of
from dateline.team import people
from dateline.team.roles import ROLES, lesser, may

router = APIRouter(include_in_schema=False, dependencies=[FromOurPage])
NOT_KEPT = {"cache-control": "no-store"}          # a page that shows a secret, or says who may enter
LONGEST_FIELD = 2_000             # characters of any field: more is no password (team/people.py)
Field = Annotated[str, StringConstraints(max_length=LONGEST_FIELD)]
Text = Annotated[Field, Form()]
DAYS = ((30, "30 days"), (90, "90 days"), (365, "a year"), (0, "does not expire"))


@router.get(SIGN_IN)
def sign_in_form(request: Request, desk: DeskHere, store: StoreHere, next: Annotated[Field, Query()] = "/") -> Response:
    """next: the page of ours that was asked for."""
    if desk.who.known(request) is not None:
        return RedirectResponse(_back(next), 303)
    return _sign_in_page(request, desk, next)


@router.post(SIGN_IN)
def sign_in(request: Request, desk: DeskHere, store: StoreHere, name: Text, password: Text, next: Text = "/") -> Response:
    done = people.sign_in(store, name, password, desk.settings, at=datetime.now(UTC), address=address_of(request))
    if isinstance(done, Refused):
        return _sign_in_page(request, desk, next, refused=done, name=name)
    response = RedirectResponse(_back(next), 303)
    return _seated(response, done, request, desk)


@router.post("/sign-out")
def sign_out(request: Request, desk: DeskHere, store: StoreHere) -> Response:
    token = desk.who.session_of(request)
    if token is not None:
        people.sign_out(store, token, at=datetime.now(UTC), address=address_of(request))
    response = RedirectResponse(SIGN_IN, 303)
    response.delete_cookie(COOKIE)
    return response


@router.get("/account")
def account(request: Request, desk: DeskHere, store: StoreHere, person: PersonHere) -> Response:
    return _account_page(request, desk, store, person)


@router.post("/account/password")
def change_password(request: Request, desk: DeskHere, store: StoreHere, person: PersonHere, held: Text, password: Text,
                    again: Text) -> Response:
    if not person.has_account or person.by_token:
        raise NotAllowed("there is no account here to change the password of")
    errors = {}
    try:
        if password != again:
            errors["again"] = "this is not what was written above"
        else:
            done = people.change_password(store, person.name, held, password, desk.settings, at=datetime.now(UTC),
                                          address=address_of(request))
            if isinstance(done, SignedIn):
                response = go_to(request, "/account", desk, "The password is changed; other browsers have to sign in again.")
                return _seated(response, done, request, desk)
            errors["held"] = "that is not the password you have" if done.until is None else f"{done.why} ({_clock(done.until)})"
    except DecisionError as problem:
        errors["password"] = str(problem)
    return _account_page(request, desk, store, person, status=422, errors=errors)


@router.post("/account/tokens")
def new_token(request: Request, desk: DeskHere, store: StoreHere, person: PersonHere, label: Text, role: Text,
              days: Annotated[int, Form(ge=0, le=3_650)] = 90) -> Response:
    """Made here, shown on this one answer and nowhere again."""
    now = datetime.now(UTC)
    if person.by_token:
        raise NotAllowed("a program makes no tokens; sign in as a person")
    try:
        made = people.new_token(
            store, label, lesser(people.checked_role(role), person.role), by=person.name, at=now,
            person=person.name if person.has_account else None, expires_at=now + timedelta(days=days) if days else None)
    except DecisionError as problem:
        return _account_page(request, desk, store, person, status=422, errors={"label": str(problem)})
    return _account_page(request, desk, store, person, made=made)


@router.post("/account/tokens/{number}/revoke")
def revoke_token(request: Request, number: Number, desk: DeskHere, store: StoreHere, person: PersonHere) -> Response:
    """One's own; an editor anybody's."""
    held = next((one for one in store.team.tokens() if one.id == number), None)
    if held is None or not (_is_of(held, person) or may(person.role, "people")):
        raise NotHeld(f"you have no token {number}")
    people.revoke_token(store, number, by=person.name, at=datetime.now(UTC))
    return go_to(request, "/account" if _is_of(held, person) else "/people", desk, f"Token {held.label} is revoked.")


def address_of(request: Request) -> str | None:
    """From which address the request came; behind another server, that server's."""
    return request.client.host if request.client else None


def _is_of(token: ApiToken, person: Person) -> bool:
    owner = key_of(person.name) if person.has_account else None
    return owner == (key_of(token.person) if token.person else None)


def _back(next: str) -> str:
    return next if is_ours(next) and not next.startswith(SIGN_IN) else "/"


def _seated(response: RedirectResponse, done: SignedIn, request: Request, desk: Desk) -> RedirectResponse:
    response.headers.append("set-cookie", desk.who.seat_for(done.token, secure=request.url.scheme == "https"))
    response.headers.update(NOT_KEPT)
    return response


def _sign_in_page(request: Request, desk: Desk, next: str, *, refused: Refused | None = None, name: str = "") -> Response:
    status = 200 if refused is None else 429 if refused.until else 422
    why = None if refused is None else refused.why + (f" (from {_clock(refused.until)} on)" if refused.until else "")
    return desk.pages.page(request, "sign_in.html", status, NOT_KEPT, next=_back(next), refused=why, name=name)


def _account_page(request: Request, desk: Desk, store: Store, person: Person, *, status: int = 200,
                  errors: dict[str, str] | None = None, made: NewToken | None = None) -> Response:
    own = [token_shown(one) for one in store.team.tokens() if _is_of(one, person) and one.revoked_at is None]
    return desk.pages.page(
        request, "account.html", status, NOT_KEPT, errors=errors or {}, tokens=own, made=made, days=DAYS,
        roles=[(role, role) for role in ROLES if lesser(role, person.role) == role], shortest=people.SHORTEST_PASSWORD)


def token_shown(one: ApiToken) -> dict[str, Any]:
    return {"id": one.id, "label": one.label, "role": one.role, "person": one.person, "created": _day(one.created_at),
            "expires": _day(one.expires_at) or "never", "used": _day(one.used_at) or "not yet", "revoked": _day(one.revoked_at)}


def _day(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d}" if at else ""


def _clock(at: datetime) -> str:
    return f"{at:%H:%M} UTC"
