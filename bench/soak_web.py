"""A made web of feeds with faults, on this machine: what the soak watches. Times are hours of its own, fast clock.

Each site is a host name that stands for this machine, and prints stories at hours that its seed throws. What goes wrong follows
from site and hour alone. The web notes which stories it has listed in a feed that was sent whole: those can be known, so are due.
"""

from __future__ import annotations

import gzip
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bench.made_reports import a_text

LISTED = 15                       # entries of a feed
WINDOW_H = 0.5                    # a fault lasts so long
FAULTY = 0.25                     # share of windows in which a feed has a fault
FAULTY_PAGES = 0.12
VIOLENT = 0.2                     # share of stories with incidents; the others are passed over soon
SLOW_S = 4.0                      # of real time, after which whoever waits has gone
FEED_FAULTS = ("500", "503 later", "429", "no answer", "drip", "malformed", "cut", "short", "moved", "circle", "redirects",
               "bomb", "huge", "page", "laughs", "empty", "gone")
PAGE_FAULTS = ("500", "429", "no answer", "short", "circle", "404")
SILENT, BLANK, DEAD, LAID_OUT_ANEW, SHARING = "silent", "blank", "dead", "laid out anew", "sharing"
KINDS = {**dict.fromkeys(range(6), SILENT), **dict.fromkeys(range(6, 12), BLANK), **dict.fromkeys(range(12, 16), DEAD),
         **dict.fromkeys(range(16, 36), LAID_OUT_ANEW), **dict.fromkeys(range(36, 46), SHARING)}
_LAUGHS = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)) + (
    "]><rss version='2.0'><channel><title>&j;</title><item><title>&j;</title></item></channel></rss>")


@dataclass(frozen=True)
class Site:
    """One outlet. number: its place among the sites; hours: how long the run is."""

    number: int
    hours: float

    @property
    def host(self) -> str:
        return f"outlet-{self.number}.example"

    @property
    def kind(self) -> str:
        return KINDS.get(self.number, "")

    @cached_property
    def printed(self) -> tuple[float, ...]:
        """The hours at which its stories come."""
        dice = random.Random(f"stories-{self.number}")
        gap = dice.uniform(0.06, 0.2) * min(self.hours, 60.0)
        end = self.hours * (0.6 if self.kind == SILENT else 1.0)
        at, hours = -gap * dice.uniform(1, 6), []
        while at < end:
            hours.append(at)
            at += gap * dice.uniform(0.5, 1.5)
        return tuple(hours)

    def listed(self, hour: float) -> list[int]:
        """Its stories in the feed at that hour, newest first."""
        return [number for number, at in enumerate(self.printed) if at <= hour][::-1][:LISTED]

    def fault(self, hour: float, story: int | None = None) -> str:
        """What is wrong with its feed, or with a story's page, at that hour; "" for nothing."""
        dice = random.Random(f"{self.number}-{story}-{int(hour // WINDOW_H)}")
        if dice.random() >= (FAULTY if story is None else FAULTY_PAGES):
            return ""
        if story is None:
            return dice.choice(FEED_FAULTS)
        fault = dice.choice(PAGE_FAULTS)
        return "500" if fault == "404" and hour - self.printed[story] > WINDOW_H else fault     # a page comes late, if it comes

    def page(self, story: int) -> bytes:
        """A story's page; from half of the run on some sites are laid out anew, and some show no story any more."""
        later = self.printed[story] > self.hours / 2
        if self.kind == BLANK and later:
            return b"<html><body><div id='app'><p>Sign up to read this and more.</p></div><script>start()</script></body></html>"
        text = "".join(f"<p>{escape(part)}</p>" for part in words_of(self.number, story).split("\n\n"))
        date = "<meta property='article:published_time' content='2024-03-01T06:00:00Z'>"
        head = f"<title>{token(self.number, story)}</title>{date}"
        menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/more'>More</a></li></ul></nav>"
        if self.kind == LAID_OUT_ANEW and later:
            return f"<html><head>{head}</head><body>{menu}<main><section class='story-v2'>{text}</section></main></body>".encode()
        return f"<html><head>{head}</head><body>{menu}<article><h1>Story</h1>{text}</article></body></html>".encode()

    def is_due(self, story: int) -> bool:
        """Whether its page can give the story at all."""
        return self.kind != DEAD and not (self.kind == BLANK and self.printed[story] > self.hours / 2)


def token(site: int, story: int) -> str:
    """A word that stands in one story alone."""
    return f"Quillmark{site:03}x{story:05}"


@cache
def _patterned(seed: int) -> str:
    return a_text(random.Random(seed), quiet=seed % 100 >= 100 * VIOLENT)


def words_of(site: int, story: int) -> str:
    """A story like no other, with its token."""
    return f"{_patterned((site * 7919 + story) % 5000)}\n\nThe notice was numbered {token(site, story)}, the office said."


@dataclass
class Web:
    """All sites on one port. hour: the time in the made world; calm: nothing goes wrong any more."""

    sites: dict[str, Site]
    hour: Callable[[], float]
    port: int = 0
    calm: bool = False
    known: set[tuple[int, int]] = field(default_factory=set)      # (site, story) that a feed sent whole has listed
    asked: int = 0
    faults: dict[str, int] = field(default_factory=dict)

    def due(self) -> set[str]:
        """Tokens of the stories that whoever watched must have kept."""
        sites = {one.number: one for one in self.sites.values()}
        return {token(site, story) for site, story in self.known if sites[site].is_due(story)}

    def link(self, site: Site, story: int) -> str:
        return f"http://{site.host}:{self.port}/{'old/' if story % 7 == 3 else ''}{story}"

    def feed(self, site: Site, hour: float) -> tuple[bytes, list[tuple[int, int]]]:
        """Its feed at that hour, and the stories in it; some sites carry a neighbour's stories too."""
        stories = [(site, number) for number in site.listed(hour)]
        if site.kind == SHARING and (other := self.sites.get(f"outlet-{site.number + 20}.example")):
            stories += [(other, number) for number in other.listed(hour)[:5]]
        items = "".join(f"<item><title>{token(of.number, number)}</title><link>{self.link(of, number)}</link></item>"
                        for of, number in stories)
        more = "<ttl>10</ttl>" if site.number % 3 == 0 else ""
        text = f"<rss version='2.0'><channel><title>Outlet {site.number}</title>{more}{items}</channel></rss>"
        return text.encode(), [(of.number, number) for of, number in stories]


@contextmanager
def serving(web: Web) -> Iterator[Web]:
    """The web on a port of this machine, while this lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(web))
    server.daemon_threads = True
    web.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()


def _handler_of(web: Web) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.asked += 1
            self.path = self.path.partition("?")[0]      # each of endless redirects has another question
            site = web.sites.get((self.headers.get("Host") or "").partition(":")[0])
            try:
                if site is None or self.path == "/robots.txt":
                    self._send(404)
                elif self.path in ("/rss", "/rss-moved"):
                    self._feed(site)
                else:
                    self._story(site)
            except (BrokenPipeError, ConnectionResetError):
                pass                  # whoever asked has gone: it was killed, or has waited long enough

        def _feed(self, site: Site) -> None:
            hour = web.hour()
            body, stories = web.feed(site, hour)
            fault = "" if web.calm else site.fault(hour)
            if site.kind == DEAD:
                fault = "500"
            if fault == "moved" and self.path == "/rss-moved":
                fault = ""
            if fault:
                web.faults[fault] = web.faults.get(fault, 0) + 1
                self._wrong(fault, body)
                return
            etag = f'"{hash(body)}"'
            if self.headers.get("If-None-Match") == etag:
                self._send(304, ETag=etag)
                return
            self._send(200, body, ETag=etag, Content_Type="application/rss+xml")
            web.known.update(stories)

        def _story(self, site: Site) -> None:
            number = int(self.path.rpartition("/")[2])
            fault = "" if web.calm else site.fault(web.hour(), number)
            body = site.page(number)
            if fault:
                web.faults[f"page {fault}"] = web.faults.get(f"page {fault}", 0) + 1
                self._wrong(fault, body)
            elif self.path.startswith("/old/"):
                self._send(301, location=f"/{number}")
            else:
                self._send(200, body, Content_Type="text/html; charset=utf-8")

        def _wrong(self, fault: str, body: bytes) -> None:
            if fault == "no answer":
                time.sleep(SLOW_S)
            elif fault == "drip":
                self._head(200, Content_Length="1000000")
                until = time.monotonic() + SLOW_S
                while time.monotonic() < until:
                    self.wfile.write(b" ")
                    time.sleep(0.05)
            elif fault == "short":
                self._head(200, Content_Length=str(len(body)))
                self.wfile.write(body[:len(body) // 2])
            elif fault == "huge":
                self._head(200, Content_Length=str(10 * 2**30))
                self.wfile.write(body)
            elif fault == "bomb":
                self._send(200, _bomb(), Content_Encoding="gzip")
            else:
                self._send(*_ANSWERS[fault](self.path, body))

        def _head(self, status: int, **headers: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()

        def _send(self, status: int, body: bytes = b"", location: str | None = None, wait: str | None = None,
                  **headers: str) -> None:
            more = {"Location": location, "Retry_After": wait}
            self._head(status, Content_Length=str(len(body)), **headers, **{k: v for k, v in more.items() if v})
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


Sent = tuple[int, bytes, str | None, str | None]
_ANSWERS: dict[str, Callable[[str, bytes], Sent]] = {
    "500": lambda path, body: (500, b"", None, None),
    "503 later": lambda path, body: (503, b"", None, "1200"),
    "429": lambda path, body: (429, b"", None, "600"),
    "404": lambda path, body: (404, b"", None, None),
    "gone": lambda path, body: (410, b"", None, None),
    "malformed": lambda path, body: (200, b"<rss><channel><<item>&&&" + body[200:400], None, None),
    "cut": lambda path, body: (200, body[:len(body) * 2 // 3], None, None),
    "page": lambda path, body: (200, b"<html><body><p>We will be back soon, please try later.</p></body></html>", None, None),
    "laughs": lambda path, body: (200, _LAUGHS.encode(), None, None),
    "empty": lambda path, body: (200, b"", None, None),
    "moved": lambda path, body: (302, b"", "/rss-moved", None),
    "circle": lambda path, body: (302, b"", path, None),
    "redirects": lambda path, body: (302, b"", f"{path}?again={random.random()}", None),
}


@cache
def _bomb() -> bytes:
    """200 MB of spaces in 200 kB."""
    return gzip.compress(b" " * (200 * 2**20), 9)
