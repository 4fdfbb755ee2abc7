"""HEAD as GET without its body, for every page and list; and who may read the API from a page of another site."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

API = "/api/v1"
SHOWN = ("ETag", "Link", "Retry-After")           # headers that a page of another site may read


class HeadAsGet:
    """Answers HEAD with what GET would be answered, less the body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_without_body)


class ApiFromElsewhere:
    """Lets pages of the origins of setting desk_cors read the API, with a token or none; never with the reader's cookies."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        self._app = app
        self._for_origins = CORSMiddleware(
            app, allow_origins=origins, allow_methods=("GET", "HEAD"), allow_headers=("Authorization", "If-None-Match"),
            expose_headers=SHOWN) if origins else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_api = scope["type"] == "http" and (scope["path"] == API or scope["path"].startswith(f"{API}/"))
        if not is_api or self._for_origins is None:
            await self._app(scope, receive, send)
            return

        async def send_varying(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).add_vary_header("Origin")
            await send(message)

        await self._for_origins(scope, receive, send_varying)


def origins_of(setting: str) -> tuple[str, ...]:
    """The origins of setting desk_cors; "*" is none: each is named."""
    return tuple(one.strip().rstrip("/") for one in setting.split(",") if one.strip() not in ("", "*"))
