"""create_app: the desk as one ASGI application over a record."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

import anyio.to_thread
from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute

from dateline.desk.context import Desk
from dateline.desk.headers import SecurityHeaders
from dateline.desk.limits import BodyLimit
from dateline.desk.methods import ApiFromElsewhere, HeadAsGet, origins_of
from dateline.desk.metrics import Measured
from dateline.desk.problems import answer_problems
from dateline.desk.rendering import STATIC, Assets
from dateline.desk.who import Seats, SignedIn
from dateline.settings import Settings

AT_ONCE = 12                      # requests that are worked on: each may hold a connection, of which the engine has fifteen
LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")


def create_app(settings: Settings, *, hosts: tuple[str, ...] = LOOPBACK) -> FastAPI:
    """The desk over the record of `settings`, which is made where it is not there.

    hosts: the names by which browsers may call it: another name that leads here (DNS rebinding) is refused.
    Raises StoreError and SettingsError as `open_record` and the registers do.
    """
    desk = Desk(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
        desk.hold_columns()
        yield
        desk.close()

    app = FastAPI(title="dateline", version=desk.version, docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan,
                  dependencies=[SignedIn])
    app.state.desk = desk
    app.mount("/static", Assets(directory=STATIC), name="static")
    if settings.desk_boundaries:
        app.add_api_route("/boundaries", lambda: FileResponse(settings.desk_boundaries), include_in_schema=False)
    app.router.routes.extend(_routes())
    answer_problems(app, desk.pages)
    app.add_middleware(Measured, metrics=desk.metrics)
    app.add_middleware(BodyLimit, most_bytes=settings.fetch_max_bytes * 2)     # a file and what is sent around it
    app.add_middleware(Seats, who=desk.who)
    app.add_middleware(ApiFromElsewhere, origins=origins_of(settings.desk_cors))
    app.add_middleware(HeadAsGet)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    app.add_middleware(SecurityHeaders)
    return app


@cache
def _routes() -> tuple[BaseRoute, ...]:
    """Of all pages and lists. Put together once a process: what each route asks for takes longer to find out than a page."""
    from dateline.desk import api, pages

    together = APIRouter(dependencies=[SignedIn])
    for router in (*pages.ROUTERS, *api.ROUTERS):
        together.include_router(router)
    return tuple(together.routes)
