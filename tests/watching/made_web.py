"""A web that is a dictionary, and a clock that jumps: for tests of the watcher. No socket, no waiting."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

from dateline.errors import ReadError
from dateline.read.article import fetched_now
from dateline.read.fetch import NotModified, Page, Validators
from dateline.settings import Settings
from dateline.store import Store
from dateline.watching.watcher import Watcher
from store.made import extract_all

START = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)
FEED = "https://arden-post.example/rss"
MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0


def a_story(number: int, words: int = 60) -> str:
    """The text of an article like no other."""
    dice = hashlib.sha256(str(number).encode()).hexdigest()
    return " ".join(f"The {dice[at % 60:at % 60 + 4]}{at} of story {number} was told in Port Verity." for at in range(words // 8))


def a_page(text: str, title: str | None = "Shelling hits Port Verity", day: str | None = "2024-03-01T06:00:00Z") -> bytes:
    head = f"<title>{escape(title)}</title><meta property='og:title' content='{escape(title)}'>" if title else ""
    date = f"<meta property='article:published_time' content='{day}'>" if day else ""
    return f"<html><head>{head}{date}</head><body><article><p>{escape(text)}</p></article></body></html>".encode()


def a_feed(links: Iterable[str], *, more: str = "", closed: bool = True, titles: Mapping[str, str] | None = None) -> bytes:
    """An RSS feed of these links, newest first."""
    items = "".join(f"<item><title>{(titles or {}).get(link, link[-8:])}</title><link>{link}</link></item>" for link in links)
    return f"<rss version='2.0'><channel><title>Arden Post</title>{more}{items}{'</channel></rss>' if closed else ''}".encode()


@dataclass
class Web:
    """Pages by address: bytes, an error that is raised, or a function that gives either. asked: in order."""

    pages: dict[str, bytes | ReadError | Callable[[], bytes | ReadError]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetcher(self, settings: Settings, **given: Any) -> WebFetcher:
        return WebFetcher(self, given["memory"])


@dataclass
class WebFetcher:
    web: Web
    memory: Any

    def fetch(self, url: str) -> Page | NotModified:
        self.web.asked.append(url)
        held = self.web.pages.get(url, ReadError(url, "the server answered 404 (not found)"))
        body = held() if callable(held) else held
        if isinstance(body, ReadError):
            raise body
        etag = hashlib.sha256(body).hexdigest()
        known = self.memory.get(url)
        if known is not None and known.etag == etag:
            return NotModified(url)
        return Page(url, url, body, "utf-8", fetched_now(body), Validators(etag, None))

    def remember(self, page: Page) -> None:
        self.memory.put(page.asked, page.validators)

    def close(self) -> None:
        pass


@dataclass
class JumpingClock:
    """Waiting takes no time. It stops the watcher at `until`. wall: what the clock on the wall is off by, in seconds."""

    until: float = HOUR
    at: float = 0.0
    wall: float = 0.0
    told: list[tuple[float, Callable[[], None]]] = field(default_factory=list)    # what is done when

    def monotonic(self) -> float:
        return self.at

    def now(self) -> datetime:
        return START + timedelta(seconds=self.at + self.wall)

    def wait(self, seconds: float, stop: threading.Event) -> None:
        self.at += max(seconds, 0.001)
        while self.told and self.told[0][0] <= self.at:
            self.told.pop(0)[1]()
        if self.at >= self.until:
            stop.set()


def watching(store: Store, web: Web, hours: float, *sources: str, clock: JumpingClock | None = None,
             settings: Settings | None = None, **given: Any) -> JumpingClock:
    """Watch `sources` (FEED, where none are given) for so many hours; gives the clock that ran meanwhile."""
    clock = clock or JumpingClock()
    clock.until = clock.at + hours * HOUR
    given = {"chance": lambda: 0.5, "make_fetcher": web.fetcher, "extract_all": extract_all} | given
    Watcher(store, settings or Settings(), sources or (FEED,), clock=clock, **given).watch()
    return clock


def texts(store: Store) -> list[str]:
    return sorted(one.text for one in store.reports())
