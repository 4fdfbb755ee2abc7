"""JSON answers: written by msgspec, with an ETag, so that what has not changed is not sent again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec
from fastapi import Request, Response

JSON = "application/json"


def answer(request: Request, body: object, *, headers: Mapping[str, str] | None = None, media_type: str = JSON) -> Response:
    """`body` as JSON; 304 without a body where the caller holds it already."""
    return answer_bytes(request, msgspec.json.encode(body), headers=headers, media_type=media_type)


def answer_bytes(request: Request, body: bytes, *, headers: Mapping[str, str] | None = None, media_type: str = JSON) -> Response:
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    sent = {**(headers or {}), "etag": tag}
    held = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if tag in held or "*" in held:
        return Response(status_code=304, headers=sent)
    return Response(body, headers=sent, media_type=media_type)
