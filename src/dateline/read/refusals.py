"""Why a page was not had, for whoever asks again later: each is a ReadError with the same words for a person."""

from __future__ import annotations

from dateline.errors import ReadError


class NotPublic(ReadError):
    """The address is one of a private network, whatever its robots.txt may say."""


class Unreached(ReadError):
    """The page, or robots.txt, could not be had for now: no answer, one that broke off, redirects that lead nowhere."""


class Refused(ReadError):
    """The server answered with another status than 200. retry_after: its header of that name, as it came."""

    def __init__(self, source: str, what: str, *, status: int, retry_after: str = "", todo: str | None = None) -> None:
        self.status, self.retry_after = status, retry_after
        super().__init__(source, what, todo=todo)
