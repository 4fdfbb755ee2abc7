"""What whoever has no account may see: the pages of the briefing, the form to sign in, the packaged assets, and whether the
server answers. Nothing else.

This is the one place that says so. A public page sets no cookie and carries no token of a form: nothing is done in the name of
somebody's browser there. What may be changed, by whom, is proved by what the address or the form itself holds (a token that was
mailed). Whether an edition, one by invitation, is shown at all is decided by `may_see`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Request

from dateline.editions.keys import reader_of
from dateline.errors import DatelineError
from dateline.team.roles import may

if TYPE_CHECKING:
    from dateline.desk.context import Desk
    from dateline.records.mailing import Edition
    from dateline.store import Store

BRIEFING = "/briefing"
SIGN_IN = "/sign-in"
HEALTH = "/healthz"
ASSETS = "/static/"


def is_briefing(path: str) -> bool:
    """Whether the page at `path` is one of the briefing's: no seat, no cookie, the frame of readers. path: as routes match it."""
    return path == BRIEFING or path.startswith(f"{BRIEFING}/")


def is_public(path: str) -> bool:
    """Whether `path` is answered where nobody is signed in."""
    return path in (SIGN_IN, HEALTH) or path.startswith(ASSETS) or is_briefing(path)


def may_read_desk(desk: Desk, request: Request) -> bool:
    """Whether who looks at a public page may read the rest of the desk too, so that links to it lead somewhere."""
    try:
        person = desk.who.known(request)
    except DatelineError:         # a token that does not hold: on a public page they are just anybody
        return False
    return person is not None and may(person.role, "read")


def may_see(desk: Desk, request: Request, store: Store, edition: Edition, key: str) -> bool:
    """Whether `edition` may be shown: it is open, or the key is that of one of its subscribers, or they read the desk."""
    return edition.is_open or may_read_desk(desk, request) or reader_of(store, edition.slug, key) is not None


def root_of(desk: Desk, request: Request) -> str:
    """What absolute addresses begin with, without a slash at the end: setting public_url, else how the desk was called."""
    return desk.settings.public_url.rstrip("/") or f"{request.url.scheme}://{request.url.netloc}"
