"""Fetching over HTTP: politely (robots.txt, pauses, conditional requests) and safely (addresses, sizes, times)."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urljoin, urlsplit

from dateline.errors import ReadError
from dateline.read.article import fetched_now, one_line
from dateline.read.refusals import NotPublic, Refused, Unreached
from dateline.read.robots import Robots
from dateline.records import Fetched
from dateline.settings import Settings

if TYPE_CHECKING:
    import httpx

    from dateline.read.network import Allow, CheckedBackend, CheckedTransport, Resolve

REDIRECTS = frozenset({301, 302, 303, 307, 308})
DEADLINE_WAITS = 3                # one address, redirects included, may take this many times fetch_timeout_s
LONGEST_CRAWL_DELAY_S = 30.0      # a site that asks for more is asked no faster than this
LONGEST_ADDRESS = 4000            # characters
MOST_HOSTS = 1_000                # of which the last request is remembered
_SENT = {
    "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",   # brotli packs without a bound on how far a few bytes unpack
}
_NEXT_STEP = {401: "it asks for a password", 403: "it refuses to show it", 404: "check the address",
              410: "it was taken down", 451: "it is withheld for legal reasons"}


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask later whether a page has changed."""

    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """What a server sent."""

    url: str                      # after redirects
    asked: str                    # the address that was asked for
    body: bytes                   # as sent, its compression undone
    charset: str | None           # as its Content-Type declares
    fetched: Fetched
    validators: Validators


@dataclass(frozen=True, slots=True)
class NotModified:
    """The page has not changed since it was last read."""

    url: str


class FetchMemory(Protocol):
    """What is kept of earlier fetches."""

    def get(self, url: str) -> Validators | None: ...

    def put(self, url: str, validators: Validators) -> None: ...


class Fetcher:
    """Fetches one address at a time. `allow` and `resolve` are for tests, which serve pages from this machine."""

    def __init__(
        self, settings: Settings, *, memory: FetchMemory | None = None, allow: Allow | None = None,
        resolve: Resolve | None = None, sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings, self._memory = settings, memory
        self._allow, self._resolve, self._sleep, self._clock = allow, resolve, sleep, clock
        self._transport: CheckedTransport | None = None
        self._backend: CheckedBackend | None = None
        self._last_asked: dict[str, float] = {}
        self._robots = Robots(settings.user_agent, self._ask_robots, clock)

    def fetch(self, url: str) -> Page | NotModified:
        """The page at `url`, or the word that it is as it was when last remembered.

        Raises ReadError in one line for whatever keeps it from being read.
        """
        if self._settings.offline:
            raise ReadError(url, "not fetched, because offline is set",
                            todo="leave out --offline and DATELINE_OFFLINE to fetch it")
        check_address(url, asked=url)
        self._open().deadline = self._clock() + DEADLINE_WAITS * self._settings.fetch_timeout_s
        known = self._memory.get(url) if self._memory else None
        at, seen = url, set[str]()
        while True:
            check_address(at, asked=url)
            self._check_name(at, url)
            if self._settings.fetch_robots:
                self._robots.check(at, asked=url)
            self._pause(at)
            answer = self._ask(at, url, known)
            if answer.status not in REDIRECTS:
                return self._page(answer, url, known)
            at, seen = self._next(answer, url), seen | {at}
            if at in seen:
                raise Unreached(url, "redirects in a circle", todo="check the address")
            if len(seen) > self._settings.fetch_max_redirects:
                raise Unreached(url, f"redirects more than {self._settings.fetch_max_redirects} times",
                                todo="give the address where it ends")

    def remember(self, page: Page) -> None:
        """Keep the validators of `page`: its reports are kept, so it need not be sent again while it is the same."""
        if self._memory is not None and (page.validators.etag or page.validators.last_modified):
            self._memory.put(page.asked, page.validators)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    def _open(self) -> CheckedBackend:
        if self._transport is None or self._backend is None:
            from dateline.read import network

            checked = not (self._settings.fetch_private or self._settings.proxy)
            self._backend = network.CheckedBackend(
                (self._allow or network.is_public) if checked else None, self._resolve or network.resolve, self._clock)
            self._transport = network.CheckedTransport(self._backend, self._settings.proxy)
        return self._backend

    def _check_name(self, at: str, asked: str) -> None:
        """Behind a proxy the name is resolved elsewhere, so what it says is all that can be checked here."""
        if not self._settings.proxy or self._settings.fetch_private:
            return
        import httpx

        from dateline.read import network

        try:
            host = httpx.URL(at).host   # as the proxy will be told it
        except httpx.InvalidURL:
            raise ReadError(asked, "not an address that can be fetched", todo="check the address") from None
        literal = network.literal_address(host)
        allowed = not network.is_name_at_home(host) if literal is None else (self._allow or network.is_public)(literal)
        if not allowed:
            raise _private(asked, host)

    def _pause(self, at: str) -> None:
        host = urlsplit(at).netloc
        pause = self._settings.fetch_delay_s
        if self._settings.fetch_robots:
            pause = max(pause, min(self._robots.crawl_delay_s(at) or 0.0, LONGEST_CRAWL_DELAY_S))
        last = self._last_asked.get(host)
        left = 0.0 if last is None else last + pause - self._clock()
        if left > 0:
            self._sleep(left)
            self._open().deadline += left   # waiting out of politeness is no fault of the server
        now = self._clock()
        self._last_asked[host] = now
        if len(self._last_asked) > MOST_HOSTS:
            longest = max(self._settings.fetch_delay_s, LONGEST_CRAWL_DELAY_S)
            self._last_asked = {one: at for one, at in self._last_asked.items() if now - at < longest}

    def _ask(self, at: str, asked: str, known: Validators | None, most: int | None = None) -> Answer:
        import httpcore
        import httpx

        from dateline.read.network import PrivateAddress

        assert self._transport is not None
        sent = {"User-Agent": self._settings.user_agent, **_SENT}
        if known and known.etag:
            sent["If-None-Match"] = known.etag
        if known and known.last_modified:
            sent["If-Modified-Since"] = known.last_modified
        most = self._settings.fetch_max_bytes if most is None else most
        waits = httpx.Timeout(self._settings.fetch_timeout_s).as_dict()
        try:                          # without httpx.Client, which keeps cookies and reads redirects by itself
            request = httpx.Request("GET", at, headers=sent, extensions={"timeout": waits})
            response = self._transport.handle_request(request)
            try:
                wanted = response.status_code in (200, 203)
                body = read_body(response, most, asked) if wanted else b""
                return Answer(at, response.status_code, dict(response.headers), body)
            finally:
                response.close()
        except PrivateAddress as private:
            raise _private(asked, str(private)) from None
        except (httpx.TimeoutException, httpcore.TimeoutException):
            raise Unreached(asked, f"{_host(at)} did not answer in time", todo="try again later") from None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpcore.UnsupportedProtocol, UnicodeError):
            raise ReadError(asked, "not an address that can be fetched", todo="check the address") from None
        except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError, OSError) as error:
            raise Unreached(asked, f"cannot be fetched from {_host(at)} ({one_line(error) or type(error).__name__})",
                            todo="check the address and the network") from None

    def _ask_robots(self, at: str, asked: str, most: int) -> tuple[int, str | None, bytes]:
        check_address(at, asked=asked)
        self._check_name(at, asked)
        answer = self._ask(at, asked, None, most)
        return answer.status, self._next(answer, asked) if answer.status in REDIRECTS else None, answer.body

    def _page(self, answer: Answer, asked: str, known: Validators | None) -> Page | NotModified:
        if answer.status == HTTPStatus.NOT_MODIFIED and known is not None:
            return NotModified(asked)
        if answer.status not in (200, 203):
            raise _refused(asked, answer)
        header = answer.headers
        charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", header.get("content-type", ""), re.ASCII)
        return Page(answer.url, asked, answer.body, charset[1] if charset else None, fetched_now(answer.body),
                    Validators(header.get("etag"), header.get("last-modified")))

    def _next(self, answer: Answer, asked: str) -> str:
        target = answer.headers.get("location", "").strip()
        if not target:
            raise ReadError(asked, f"the server answered {answer.status} (a redirect) without saying where to")
        try:
            return urljoin(answer.url, target).partition("#")[0]
        except ValueError:
            raise ReadError(asked, f"redirects to what is no address: {one_line(target)}") from None


@dataclass(frozen=True, slots=True)
class Answer:
    """One response: header names in lower case; body b"" unless the status is 200 or 203."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def check_address(at: str, *, asked: str) -> None:
    """Raises ReadError when `at` is no http or https address, or carries a name and password."""
    by = "" if at == asked else f"redirects to {one_line(at)}, which is "
    try:
        parts = urlsplit(at)
        is_web = parts.scheme.lower() in ("http", "https")
        host, _port = (parts.hostname, parts.port) if is_web else (None, None)
        at.encode()               # an argument may hold bytes that are no UTF-8
    except ValueError:
        raise ReadError(one_line(asked), f"{by}not an address that can be fetched", todo="check the address") from None
    if not is_web or not host or len(at) > LONGEST_ADDRESS:
        raise ReadError(one_line(asked), f"{by}not an http or https address", todo="check the address")
    if parts.username is not None or parts.password is not None:
        raise ReadError(f"{parts.scheme}://{host}", "carries a name or password, which would end up in the record",
                        todo="give the address without it")


def read_body(response: httpx.Response, most: int, asked: str) -> bytes:
    """The body of `response`, unpacked and at most `most` bytes. Raises ReadError when it is longer or broken."""
    too_long = ReadError(asked, f"longer than {most:,} bytes; it is left out",
                         todo="set DATELINE_FETCH_MAX_BYTES to read it")
    length = response.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:18]) > most:
        raise too_long
    coding = response.headers.get("content-encoding", "identity").strip().lower() or "identity"
    if coding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise ReadError(asked, f"packed as {one_line(coding, 40)}, which was not asked for")
    body = bytearray()
    unpack = None if coding == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 32)
    for part in response.iter_raw():
        try:
            body += part if unpack is None else unpack.decompress(part, most + 1 - len(body))
        except zlib.error:
            if coding != "deflate" or body:
                raise Unreached(asked, f"its {coding} packing is broken", todo="try again later") from None
            unpack = zlib.decompressobj(-zlib.MAX_WBITS)   # some servers leave zlib's header out
            body += unpack.decompress(part, most + 1)
        if len(body) > most:
            raise too_long
    if unpack is not None and not unpack.eof and body:
        raise Unreached(asked, "cut: its packed body ends early", todo="try again later")
    return bytes(body)


def _host(at: str) -> str:
    return one_line(urlsplit(at).hostname or at, 100)


def _private(asked: str, address: str) -> NotPublic:
    return NotPublic(asked, f"{one_line(address)} is an address of a private network, so nothing was fetched",
                     todo="set DATELINE_FETCH_PRIVATE=1 if that is meant")


def _refused(asked: str, answer: Answer) -> Refused:
    try:
        phrase = HTTPStatus(answer.status).phrase.lower()
    except ValueError:
        phrase = "no known meaning"
    after = one_line(answer.headers.get("retry-after", ""), 40)
    step = f"try again after {after}{' seconds' if after.isdigit() else ''}" if after else _NEXT_STEP.get(
        answer.status, "try again later" if answer.status >= 500 or answer.status == 429 else "check the address")
    return Refused(asked, f"the server answered {answer.status} ({phrase})", status=answer.status, retry_after=after, todo=step)
