"""robots.txt, as RFC 9309 has it: asked for once a host and day, obeyed, and a ban while its server is broken."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from dateline.errors import ReadError
from dateline.read.article import one_line
from dateline.read.refusals import NotPublic, Unreached

MOST_BYTES = 512_000              # RFC 9309 asks to read at least 500 KiB
MOST_REDIRECTS = 5                # as the RFC has it
HOLDS_S = 24 * 3600.0             # the RFC: no longer than a day
BROKEN_HOLDS_S = 600.0            # a server that is broken is asked again after so long
MOST_HOSTS = 5_000                # rules that are held: whoever watches feeds for months meets many hosts

Ask = Callable[[str, str, int], tuple[int, str | None, bytes]]
"""(address, address asked for by the user, most bytes) -> (status, where it redirects to, body)"""


class Robots:
    """What each host allows the user agent, learnt as it is needed, and again when it is old."""

    def __init__(self, user_agent: str, ask: Ask, clock: Callable[[], float] = time.monotonic) -> None:
        self._agent = user_agent.split("/")[0].strip() or "dateline"
        self._ask, self._clock = ask, clock
        self._known: dict[str, Any | str | None] = {}   # origin -> Protego; None: all is allowed; str: why nothing is
        self._until: dict[str, float] = {}              # how long that holds; in the order in which it was learnt

    def check(self, at: str, *, asked: str) -> None:
        """Raises ReadError when the robots.txt of the host does not allow `at`, or cannot be read for now."""
        rules = self._rules(at, asked)
        if isinstance(rules, str):
            raise Unreached(asked, f"{rules}, so nothing was fetched", todo="try again later")
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
        if origin not in self._known or self._clock() >= self._until[origin]:
            rules = self._learn(origin, asked)
            self._until.pop(origin, None)
            self._known[origin] = rules
            self._until[origin] = self._clock() + (BROKEN_HOLDS_S if isinstance(rules, str) else HOLDS_S)
            while len(self._until) > MOST_HOSTS:
                oldest = next(iter(self._until))
                del self._until[oldest], self._known[oldest]
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
