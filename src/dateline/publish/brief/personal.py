"""One layout for all readers who get the same: what is a reader's own in it, two addresses, is put in afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace

from dateline.publish.brief.links import Links

_NOBODYS = secrets.token_hex(16)          # another in each process: no words can hold it, and so get a reader's address in them
_PREFERENCES, _UNSUBSCRIBE = (f"https://{_NOBODYS}.invalid/{what}" for what in ("preferences", "unsubscribe"))


def shared(links: Links) -> Links:
    """`links` with addresses that stand for a reader's own, where there are any."""
    return replace(links, preferences=_PREFERENCES if links.preferences else None,
                   unsubscribe=_UNSUBSCRIBE if links.unsubscribe else None)


def personal(laid_out: str, links: Links, escaped: Callable[[str], str] = str) -> str:
    """What was laid out with `shared(links)`, with the reader's own addresses in it, as `escaped` writes them."""
    for stand_in, own in ((_PREFERENCES, links.preferences), (_UNSUBSCRIBE, links.unsubscribe)):
        if own:
            laid_out = laid_out.replace(stand_in, escaped(own))
    return laid_out
