"""Templates and assets: every value is escaped, every asset's address changes with its content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from dateline.desk.flashes import COOKIE
from dateline.desk.headers import KEPT_FOR
from dateline.desk.public import is_briefing
from dateline.publish.safe import clean, plain
from dateline.publish.words import instant_words

if TYPE_CHECKING:
    from dateline.desk.context import Desk
    from dateline.desk.problems import Problem

HERE = Path(__file__).parent
STATIC = HERE / "static"
# What a browser obeys or XML forbids in any text: controls but for the line's end and the tab, and marks of direction.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@cache
def _environment() -> jinja2.Environment:
    """The templates, read once a process: they are the same for every application."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
        finalize=harmless, trim_blocks=True, lstrip_blocks=True)
    made.filters |= FILTERS
    made.globals["asset"] = asset
    return made


class Pages:
    """Renders the templates for a request. Made once an application."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._env = _environment()

    def page(self, request: Request, template: str, status: int = 200, headers: Mapping[str, str] | None = None,
             **shown: Any) -> HTMLResponse:
        """`template` with `shown`, and with what every page has: who reads, what they may do, the token of their forms."""
        flashes = [] if is_briefing(request.scope["path"]) else self._desk.flashes.take(request)      # those are of the desk
        shown = {"flashes": flashes} | shown | self._desk.on_every_page(request)
        response = HTMLResponse(self._env.get_template(template).render(request=request, **shown), status, dict(headers or {}))
        if shown["flashes"]:
            response.delete_cookie(COOKIE)
        return response

    def public(self, template: str, status: int = 200, headers: Mapping[str, str] | None = None, **shown: Any) -> HTMLResponse:
        """A page for everybody, in the frame briefing_base.html: it shows nothing of who reads, and sets no cookie."""
        shown = {"version": self._desk.version, "handling": self._desk.settings.handling} | shown
        return HTMLResponse(self._env.get_template(template).render(**shown), status, dict(headers or {}))

    def problem(self, request: Request, problem: Problem, headers: Mapping[str, str] | None = None) -> HTMLResponse:
        if is_briefing(request.scope["path"]):
            return self.public("briefing_problem.html", problem.status, headers, problem=problem)
        return self.page(request, "problem.html", problem.status, headers, problem=problem)

    def part(self, template: str, **shown: Any) -> str:
        """A piece of HTML that is no page: what a feed carries."""
        return self._env.get_template(template).render(**shown)


class Assets(StaticFiles):
    """The packaged files under /static, kept by browsers for as long as they like: `asset` gives each content its address."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 200 and b"v=" in scope.get("query_string", b""):
            response.headers["cache-control"] = KEPT_FOR
        return response


@cache
def asset(path: str) -> str:
    """The address of a packaged file: "/static/desk.css?v=1f0c…". Raises FileNotFoundError for one there is none of."""
    return f"/static/{path}?v={hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:12]}"


def harmless(value: Any) -> Any:
    """What every value goes through before it is escaped: words of a report cannot turn the letters of a page around."""
    return _OBEYED.sub("", value) if type(value) is str and not value.isprintable() else value


def _iso(at: date | datetime) -> str:
    """As <time datetime> has it; instants in UTC with Z."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z") if isinstance(at, datetime) else at.isoformat()


FILTERS = {"plain": plain, "clean": clean, "iso": _iso, "instant": instant_words}
