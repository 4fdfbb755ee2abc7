"""Who asks, and whether a form came from our own page.

One person on one machine needs no login: they are its editor. As soon as the record knows persons (`dateline person add`),
everyone signs in. Either way each browser holds a signed cookie, its seat, and a form counts only with the token that belongs
to it (the pages for readers of the briefing have neither: public.py). The seat of somebody who is signed in is the token of
their session: signing in gives the browser another one (so that nobody can be made to use a seat that another knows), and
signing out ends it on the server. Programs send a token of their own in the header Authorization, which no page of another site
can make a browser do.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, cast

from fastapi import Depends, Request
from itsdangerous import BadSignature, URLSafeSerializer
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.desk.problems import NotAllowed
from dateline.desk.public import HEALTH, is_briefing, is_public
from dateline.errors import DatelineError
from dateline.records.team import Role
from dateline.settings import login_name
from dateline.team.roles import Action, may

if TYPE_CHECKING:
    from dateline.desk.context import Desk
    from dateline.store import Store

COOKIE = "dateline"
METRICS = "/metrics"
CSRF_FIELD, CSRF_HEADER = "csrf_token", "x-csrf-token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SIGNED_IN = "session:"            # what the seat of somebody who is signed in begins with; their token follows
ASKS = "dateline.asks"            # in the scope of a request: who asks, once it is known
_OURS = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\\]*")


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks. name: as histories name them. has_account: whether they signed in. by_token: it is a program."""

    name: str
    role: Role
    has_account: bool = False
    by_token: bool = False


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

    def known(self, request: HTTPConnection) -> Person | None:
        """Who asks; None: nobody is signed in. Raises NotAllowed for a token that does not hold."""
        if ASKS not in request.scope:
            request.scope[ASKS] = self._find(request)
        return cast("Person | None", request.scope[ASKS])

    def asks(self, request: HTTPConnection) -> Person:
        """Who asks. Raises NotAllowed where nobody is signed in."""
        person = self.known(request)
        if person is None:
            raise NotAllowed("nobody is signed in here; sign in, or send a token for programs", sign_in=True)
        return person

    def check(self, request: HTTPConnection, action: Action) -> None:
        """Raises NotAllowed where who asks may not do `action`."""
        person = self.asks(request)
        if not may(person.role, action):
            raise NotAllowed(f"{person.name} is a {person.role} here, and may not {action}; ask an editor of this desk")

    def on_every_page(self, request: Request) -> dict[str, Any]:
        seat = request.scope.get("dateline.seat", "")
        try:
            person = self.known(request)
        except DatelineError:     # it is told already: this may be the page that tells it
            person = None
        return {"person": person, "csrf_token": "" if is_briefing(request.scope["path"]) else self.csrf_token(seat),
                "can": lambda action: person is not None and may(person.role, action)}

    def session_of(self, request: HTTPConnection) -> str | None:
        """The token of the session that the browser holds, whether it still counts or not."""
        seat = request.scope.get("dateline.seat", "")
        return seat.removeprefix(SIGNED_IN) if seat.startswith(SIGNED_IN) else None

    def seat_for(self, token: str, *, secure: bool) -> str:
        """The cookie that gives a browser the session of `token`."""
        return cookie_of(self.signed(SIGNED_IN + token), secure)

    def _find(self, request: HTTPConnection) -> Person | None:
        from dateline.team import people

        now, token, sent = datetime.now(UTC), self.session_of(request), token_of_program(request)
        with self._desk.open() as store:
            if sent is not None:
                return self._of_program(store, sent, now)
            if token is not None and (one := people.person_of(store, token, self._desk.settings, at=now)):
                return Person(one.name, one.role, has_account=True)
            return None if store.team.people() else Person(self._desk.settings.user or login_name(), "editor")

    @staticmethod
    def _of_program(store: Store, token: str, now: datetime) -> Person:
        from dateline.team import people

        held = people.person_of_api_token(store, token, at=now)
        if held is None:
            raise NotAllowed("that token does not hold: it was never made, was revoked or has expired", sign_in=True)
        return Person(held.person or f"token {held.label}", held.role, has_account=held.person is not None, by_token=True)


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
            if message["type"] == "http.response.start" and held is None and not _has_no_forms(scope["path"]):
                MutableHeaders(scope=message).append("set-cookie", cookie_of(self._who.signed(seat), scope["scheme"] == "https"))
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def _has_no_forms(path: str) -> bool:
    """Where a browser needs no seat: assets, answers for programs, and the pages for readers of the briefing."""
    return path.startswith(("/static/", "/api/")) or path in (HEALTH, METRICS) or is_briefing(path)


def cookie_of(value: str, secure: bool) -> str:
    return f"{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")


def token_of_program(request: HTTPConnection) -> str | None:
    """What stands after "Authorization: Bearer". Other schemes are not ours: a server before us may ask for a password."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def is_ours(url: str) -> bool:
    """Whether a browser that is sent to `url` stays with us: "/review" does, "//elsewhere.example" and "/\\elsewhere" do not."""
    return _OURS.fullmatch(url) is not None


def is_from_elsewhere(request: HTTPConnection) -> bool:
    """Whether the browser says that a page of another site sends this. Programs, and old browsers, say nothing of it.

    Another port of this machine is another site too. A server before us may speak https and call us by http, so that of an
    origin the host and port alone are compared.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site.lower() not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and origin.lower().partition("://")[2] != request.headers.get("host", "").lower()


async def _from_our_page(request: Request) -> None:
    """Raises NotAllowed for what changes something and does not carry the token of the browser's own seat."""
    if request.method in SAFE or token_of_program(request) is not None:
        return                    # the token is looked at where it is asked what its program may do
    if is_from_elsewhere(request):
        raise NotAllowed("this form was sent from a page of another site; open the desk itself and repeat it")
    given = request.headers.get(CSRF_HEADER) or str((await request.form()).get(CSRF_FIELD, ""))
    who: Who = request.app.state.desk.who
    if not hmac.compare_digest(given.encode(), who.csrf_token(request.scope["dateline.seat"]).encode()):
        raise NotAllowed("this form is out of date, or was not sent from a page of the desk; open the page again and repeat it")


def _person(request: Request) -> Person:
    return cast(Person, request.app.state.desk.who.asks(request))


class Needs:
    """A dependency: who asks must be allowed to do `action` (team/roles.py lists them)."""

    def __init__(self, action: Action) -> None:
        self._action = action

    def __call__(self, request: Request) -> None:
        who: Who = request.app.state.desk.who
        who.check(request, self._action)


def _signed_in(request: Request) -> None:
    """Of every page and answer that is not public: raises NotAllowed where the desk has accounts and nobody is signed in."""
    if not is_public(request.scope["path"]):          # what the route was found by; an address may say other things
        who: Who = request.app.state.desk.who
        who.check(request, "read")


FromOurPage = Depends(_from_our_page)
SignedIn = Depends(_signed_in)
PersonHere = Annotated[Person, Depends(_person)]
