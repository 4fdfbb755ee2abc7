"""Who asks, and whether a form came from our own page.

One person on one machine needs no login: they are its editor. As soon as the record knows persons (`dateline person add`),
everyone signs in. Either way each browser holds a signed cookie, and a form counts only with the token that belongs to it.
"""

from __future__ import annotations

import getpass
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, cast

from fastapi import Depends, Request
from itsdangerous import BadSignature, URLSafeSerializer
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.desk.problems import NotAllowed
from dateline.team.roles import may

if TYPE_CHECKING:
    from dateline.desk.context import Desk

COOKIE = "dateline"
CSRF_FIELD, CSRF_HEADER = "csrf_token", "x-csrf-token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks. name: as histories name them."""

    name: str
    role: str                     # "reader", "coder", "editor"


class Who:
    """Made once an application."""

    def __init__(self, desk: Desk, secret: bytes) -> None:
        self._desk, self._secret = desk, secret
        self._signer = URLSafeSerializer(secret, salt="seat")

    def seat_of(self, request: HTTPConnection) -> str | None:
        """What the browser's cookie holds, where we signed it."""
        try:
            return cast(str, self._signer.loads(request.cookies.get(COOKIE, "")))
        except BadSignature:
            return None

    def signed(self, seat: str) -> str:
        return str(self._signer.dumps(seat))

    def csrf_token(self, seat: str) -> str:
        return hmac.new(self._secret, seat.encode(), hashlib.sha256).hexdigest()

    def asks(self, request: Request) -> Person:
        """Who asks."""
        return Person(self._desk.settings.user or _login_name(), "editor")

    def check(self, request: Request, action: str) -> None:
        """Raises NotAllowed where who asks may not do `action`."""
        person = self.asks(request)
        if not may(person.role, action):
            raise NotAllowed(f"{person.name} is a {person.role} here, and may not {action}; ask an editor of this desk")

    def on_every_page(self, request: Request) -> dict[str, Any]:
        seat = request.scope.get("dateline.seat", "")
        person = self.asks(request)
        return {"person": person, "csrf_token": self.csrf_token(seat), "can": lambda action: may(person.role, action)}


class Seats:
    """Gives each browser its seat, and refuses what a page of another site sends in its name."""

    def __init__(self, app: ASGIApp, who: Who) -> None:
        self._app, self._who = app, who

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        held = self._who.seat_of(connection)
        seat = held or secrets.token_urlsafe(24)
        scope["dateline.seat"] = seat

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and held is None and not scope["path"].startswith(("/static/", "/api/")):
                MutableHeaders(scope=message).append("set-cookie", cookie_of(self._who.signed(seat), scope["scheme"] == "https"))
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def cookie_of(value: str, secure: bool) -> str:
    return f"{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")


async def _from_our_page(request: Request) -> None:
    """Raises NotAllowed for what changes something and does not carry the token of the browser's own seat."""
    if request.method in SAFE:
        return
    given = request.headers.get(CSRF_HEADER) or str((await request.form()).get(CSRF_FIELD, ""))
    who: Who = request.app.state.desk.who
    if not hmac.compare_digest(given.encode(), who.csrf_token(request.scope["dateline.seat"]).encode()):
        raise NotAllowed("this form is out of date, or was not sent from a page of the desk; open the page again and repeat it")


def _person(request: Request) -> Person:
    return cast(Person, request.app.state.desk.who.asks(request))


class Needs:
    """A dependency: who asks must be allowed to do `action` (team/roles.py lists them)."""

    def __init__(self, action: str) -> None:
        self._action = action

    def __call__(self, request: Request) -> None:
        who: Who = request.app.state.desk.who
        who.check(request, self._action)


FromOurPage = Depends(_from_our_page)
PersonHere = Annotated[Person, Depends(_person)]


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):                  # a process without a user's name
        return "unknown"
