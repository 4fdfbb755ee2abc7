"""Messages that the next page shows: what was done, and how to take it back. Kept in a signed cookie until they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import Request
from fastapi.responses import RedirectResponse
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.responses import Response

if TYPE_CHECKING:
    from dateline.desk.context import Desk

COOKIE = "dateline_said"
KEPT_FOR_S = 120
LONGEST = 600                     # characters of a message: a cookie holds 4 kB


class Flashes:
    """Made once an application. secret: what its cookies are signed with."""

    def __init__(self, secret: bytes) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="flash")

    def put(self, response: Response, words: str, *, level: str = "done", undo: int | None = None, secure: bool = False) -> None:
        """Have the next page say `words`. level: done, note or problem. undo: the event that its button takes back."""
        said = self._signer.dumps({"words": words[:LONGEST], "level": level, "undo": undo})
        response.set_cookie(COOKIE, str(said), max_age=KEPT_FOR_S, httponly=True, samesite="lax", secure=secure)

    def take(self, request: Request) -> list[dict[str, Any]]:
        """What the page shows. Whoever shows it deletes the cookie."""
        try:
            said = self._signer.loads(request.cookies.get(COOKIE, ""), max_age=KEPT_FOR_S)
        except BadSignature:
            return []
        undo = undo_of(said["undo"]) if said["undo"] is not None else None
        return [{"level": said["level"], "words": said["words"], "undo": undo}]


def undo_of(event: int) -> dict[str, str]:
    """The button that takes a decision back."""
    return {"url": f"/decisions/{event}/undo", "label": "Undo"}


def go_to(request: Request, url: str, desk: Desk, words: str, *, level: str = "done", undo: int | None = None
          ) -> RedirectResponse:
    """Send the browser to the page `url` (of ours), which says `words`."""
    response = RedirectResponse(url, status_code=303)
    desk.flashes.put(response, words, level=level, undo=undo, secure=request.url.scheme == "https")
    return response
