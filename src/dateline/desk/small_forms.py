"""Forms of public pages: anybody may send one, and so they are small, and what is no form is one without fields."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends, Request
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

MOST_BYTES = 100_000              # all countries, groups and kinds ticked are 20 kB
MOST_FIELDS = 2_000
Fields = dict[str, list[str]]


async def small_form(request: Request) -> Fields:
    """The values under each name. Raises HTTPException 413 for more than MOST_BYTES."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(413, f"a form of more than {MOST_BYTES:,} bytes")
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        try:
            return parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except ValueError:
            return {}

    async def again() -> AsyncGenerator[bytes, None]:
        yield bytes(body)
        yield b""

    fields: Fields = {}
    try:
        form = await MultiPartParser(request.headers, again(), max_files=0, max_fields=MOST_FIELDS).parse()
    except (MultiPartException, KeyError, UnicodeError):
        return {}
    for name, value in form.multi_items():
        fields.setdefault(name, []).append(str(value))
    return fields


def first(fields: Fields, name: str) -> str:
    """The first value under that name; "" for none."""
    return next(iter(fields.get(name, ())), "")


SmallForm = Annotated[Fields, Depends(small_form)]
