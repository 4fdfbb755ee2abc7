"""Where the links of a briefing lead."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

AS_IT_IS = "/?#&=%:@!$'()*+,;~-._"        # of a path: what is an address already stays one


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of one briefing. root: of the desk, without a slash at its end; page: the same briefing on the web.

    preferences, unsubscribe: of the one reader whom a mail goes to; None: it goes to nobody in particular.
    """

    root: str
    page: str | None
    preferences: str | None = None
    unsubscribe: str | None = None

    def to(self, path: str) -> str:
        """The absolute address of `path` on the desk. No path leads to another host: it always begins with one slash."""
        return f"{self.root}/{quote(path.lstrip('/'), safe=AS_IT_IS, errors='ignore')}"
