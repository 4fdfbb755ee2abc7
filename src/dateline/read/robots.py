"""robots.txt, as RFC 9309 has it: asked for once a host and run, obeyed, and a ban when its server is broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from dateline.errors import ReadError
from dateline.read.article import one_line

MOST_BYTES = 512_000              # RFC 9309 asks to read at least 500 KiB
MOST_REDIRECTS = 5                # as the RFC has it

Ask = Callable[[str, str, int], tuple[int, str | None, bytes]]
"""(address, address asked for by the user, most bytes) -> (status, where it redirects to, body)"""


class NotPublic(ReadError):
    """The address is one of a private network, whatever its robots.txt may say."""


class Robots:
    """What each host allows the user agent, learnt as it is needed."""

    def __init__(self, user_agent: str, ask: Ask) -> None:
        self._agent = user_agent.split("/")[0].strip() or "dateline"
        self._ask = ask
        self._known: dict[str, Any | str | None] = {}   # origin -> Protego; None: all is allowed; str: why nothing is

    def check(self, at: str, *, asked: str) -> None:
        """Raises ReadError when the robots.txt of the host does not allow `at`, or cannot be read for now."""
        rules = self._rules(at, asked)
        if isinstance(rules, str):
            raise ReadError(asked, f"{rules}, so nothing was fetched", todo="try again later")
        if rules is not None and not _allows(rules, at, self._agent):
            raise ReadError(asked, f"{one_line(urlsplit(at).netloc)}/robots.txt does not allow it",
                            todo="ask the site, or save the page and read the file")

    def crawl_delay_s(self, at: str) -> float | None:
        """The pause that the host asks for, in seconds; None where it has not been asked or does not say."""
        rules = self._known.get(_origin(at))
        if rules is None or isinstance(rules, str):
            return None
        try:
            return float(rules.crawl_delay(self._agent) or 0) or None
        except (ValueError, OverflowError):
            return None

    def _rules(self, at: str, asked: str) -> Any | str | None:
        origin = _origin(at)
        if origin not in self._known:
            self._known[origin] = self._learn(origin, asked)
        return self._known[origin]

    def _learn(self, origin: str, asked: str) -> Any | str | None:
        address = f"{origin}/robots.txt"
        for _ in range(MOST_REDIRECTS + 1):
            try:
                status, target, body = self._ask(address, asked, MOST_BYTES)
            except NotPublic:
                raise
            except ReadError as failed:
                return f"its robots.txt: {failed.what}"
            if target is None:
                break
            address = target
        else:
            return None           # too many redirects: as if there were none (RFC 9309, 2.3.1.2)
        if status >= 500 or status == 429:
            return f"its robots.txt: the server answered {status}"
        if status >= 400:
            return None
        from protego import Protego

        try:
            return Protego.parse(body.decode("utf-8", "replace"))
        except Exception as error:   # a file that nobody can read is no leave to fetch
            return f"its robots.txt cannot be read ({one_line(error, 80)})"


def _origin(at: str) -> str:
    parts = urlsplit(at)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"


def _allows(rules: Any, at: str, agent: str) -> bool:
    return bool(rules.can_fetch(at, agent))
