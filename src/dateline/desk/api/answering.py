"""How API answers are declared and sent: JSON by msgspec, an ETag, a link to the next page, problem+json for what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response

from dateline.desk.answers import answer
from dateline.desk.api.asking import OnlyKnown
from dateline.desk.problems import PROBLEM
from dateline.desk.who import Needs

ROOT = "/api/v1"
PRIVATE = {"cache-control": "private, no-cache", "vary": "Authorization, Cookie"}     # kept by whoever asked alone


class Listing(Protocol):
    """A page of a list."""

    @property
    def after(self) -> str | None: ...


def router(tag: str) -> APIRouter:
    """A router of the API: only known parameters, and only for those who may read."""
    return APIRouter(prefix=ROOT, tags=[tag], dependencies=[OnlyKnown, Depends(Needs("read"))])


def send(request: Request, body: object) -> Response:
    """`body` as JSON; 304 where the caller holds it already."""
    return answer(request, body, headers=PRIVATE)


def send_page(request: Request, body: Listing) -> Response:
    """As `send`, with a link to the page after it."""
    link = {"link": f'<{request.url.path}?{_query_after(request, body.after)}>; rel="next"'} if body.after else {}
    return answer(request, body, headers=PRIVATE | link)


def _query_after(request: Request, cursor: str) -> str:
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    return urlencode([*kept, ("after", cursor)])


def gives(kind: type, description: str = "What is asked for", *, paged: bool = False, changes: bool = False
          ) -> dict[int | str, Any]:
    """The declared answers of an operation that gives `kind`. changes: it changes the record."""
    body = {"application/json": {"schema": {"$ref": f"#/components/schemas/{kind.__name__}"}}}
    found: dict[int | str, Any] = {200: {"description": description, "content": body}}
    if not changes:
        found[200]["headers"] = {"ETag": _header("Changes when the answer does; send it as If-None-Match")} | (
            {"Link": _header('The next page, rel="next"; none on the last one', required=False)} if paged else {})
        found[304] = {"description": "What you hold (If-None-Match) is what there is"}
    return found | {status: told(status) for status in PROBLEMS if changes or status not in OF_BODIES}


def gives_file(media_types: Iterable[str]) -> dict[int | str, Any]:
    """The declared answers of an operation that gives a file, in one of these types."""
    content: dict[str, Any] = {one.partition(";")[0]: {"schema": {}} for one in sorted(media_types)}
    found: dict[int | str, Any] = {200: {"description": "The file", "content": content}}
    return found | {status: told(status) for status in PROBLEMS if status not in OF_BODIES}


OF_BODIES = frozenset({400, 409})
PROBLEMS: Mapping[int, str] = {
    400: "The body is no JSON",
    401: "Sign in, or send a token: Authorization: Bearer",
    403: "Whoever asks may not do this",
    404: "Not held",
    409: "Could not be decided; after a change by somebody else `held` is the incident as it is now, `revision` its revision, "
         "`seen` the one that was sent",
    422: "A parameter is wrong: `errors` names each; or the cursor is none of this list",
    503: "The record cannot be reached now; try again after Retry-After seconds",
}


def told(status: int, words: str | None = None) -> dict[str, Any]:
    """The declaration of a problem."""
    shown: dict[str, Any] = {"description": words or PROBLEMS[status],
                             "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    if status == 503:
        shown["headers"] = {"Retry-After": {"description": "Seconds", "required": True, "schema": {"type": "integer"}}}
    return shown


def _header(words: str, *, required: bool = True) -> dict[str, Any]:
    return {"description": words, "required": required, "schema": {"type": "string"}}
