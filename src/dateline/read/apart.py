"""Pages, archives and Parquet, which libraries in C parse, are read in a process of its own, with limits.

What crashes it, eats memory or never ends is told as what could not be read, and the next one gets a new process. The process is
begun when there is something for it, and ends with whoever began it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from dateline.children import bound_memory, live_as_child
from dateline.errors import ReadError
from dateline.read.article import Article, fetched_now
from dateline.records import Fetched
from dateline.settings import Settings

MOST_MB = 2_000                   # beside what is loaded; the largest page that is taken needs some 300
LONGEST_S = 300.0                 # for a page, and between two of an archive; the largest page takes some 10
BEGINS_WITHIN_S = 300.0           # on a busy machine
BEAT_S = 5.0
_WARMING = b"<html><body><article><p>Nothing happened in Port Verity on Friday, the police said.</p></article></body></html>"


@dataclass(frozen=True, slots=True)
class _Page:
    raw: bytes
    named: Mapping[str, Any]      # as article_from_page takes it


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    names: Mapping[str, str]
    arrived: datetime | None


class _Beat(Enum):
    """That the process is at work, where much is passed over and nothing found."""

    BEAT = "beat"


_BEAT = _Beat.BEAT
_Answer = Article | ReadError | _Beat | None      # None: it is ready; later, that the answer is whole


class Apart:
    """Reads in a process of its own; used by one thread at a time."""

    def __init__(self, settings: Settings, *, limit_s: float = LONGEST_S, prepare: Callable[[], None] | None = None) -> None:
        """limit_s: what one page may take. prepare: a function of a module, called in the process before it reads."""
        self._settings, self._limit_s, self._prepare = replace(settings, offline=True), limit_s, prepare
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def page(self, raw: bytes, *, source: str, fetched: Fetched, address: str | None, charset: str | None) -> Article:
        """As `page.article_from_page`. Raises ReadError, also where the process died of it."""
        named = {"source": source, "fetched": fetched, "address": address, "charset": charset}
        [found] = self._told(_Page(raw, named), source)
        if isinstance(found, ReadError):
            raise found
        return found

    def file(self, path: str, source: str, names: Mapping[str, str], arrived: datetime | None) -> Iterator[Article | ReadError]:
        """The articles of a file, and in their place what could not be read. source: the file's name in messages.

        Raises ReadError where the process died of it; what came before stays.
        """
        yield from self._told(_File(path, names, arrived), source)

    def close(self) -> None:
        """End the process, whatever it is at."""
        if self._process is not None and self._pipe is not None:
            self._process.kill()
            self._process.join()
            self._pipe.close()
        self._process = self._pipe = None

    def _told(self, asked: _Page | _File, source: str) -> Iterator[Article | ReadError]:
        pipe, ended = self._begun(source), False
        try:
            pipe.send(asked)
            while (found := self._next(pipe, source)) is not None:
                yield found
            ended = True
        except BrokenPipeError:
            raise self._died(source) from None
        finally:
            if not ended:             # it died, or nobody wants the rest
                self.close()

    def _next(self, pipe: Connection, source: str) -> Article | ReadError | None:
        found: _Answer = _BEAT
        while found is _BEAT:
            if not pipe.poll(self._limit_s):
                raise ReadError(source, f"it took longer than {self._limit_s:.0f} s; the rest is left out")
            try:
                found = pipe.recv()
            except (EOFError, ConnectionResetError):
                raise self._died(source) from None
        return found

    def _died(self, source: str) -> ReadError:
        return ReadError(source, "the process that read it died (a crash, or out of memory); the rest is left out",
                         todo="leave it out, and tell dateline's authors")

    def _begun(self, source: str) -> Connection:
        """The pipe of a process that is ready."""
        if self._pipe is None:
            ours, theirs = get_context("spawn").Pipe()       # spawned: threads of a library would be missing after a fork
            self._process = get_context("spawn").Process(target=_serve, daemon=True,
                                                         args=(theirs, self._settings, self._prepare))
            self._process.start()
            theirs.close()
            self._pipe = ours
            try:
                ready = ours.poll(BEGINS_WITHIN_S) and ours.recv() is None
            except (EOFError, ConnectionResetError):
                ready = False
            if not ready:
                self.close()
                raise ReadError(source, "no process could be begun that reads it")
        return self._pipe


def _serve(pipe: Connection, settings: Settings, prepare: Callable[[], None] | None) -> None:
    """The life of the process: answers what is asked until nobody asks."""
    live_as_child()
    # as it is by itself Arrow reserves more memory than the limit leaves
    os.environ |= {"ARROW_DEFAULT_MEMORY_POOL": "system", "ARROW_IO_THREADS": "1"}
    _load()
    if prepare is not None:
        prepare()
    bound_memory(MOST_MB)
    pipe.send(None)
    while True:
        try:
            asked = pipe.recv()
        except EOFError:
            return
        for found in _answer(asked, settings, _beats(pipe)):
            pipe.send(found)
        pipe.send(None)


def _beats(pipe: Connection) -> Callable[[str], None]:
    """To be called for what is passed over: tells now and then that the process is at work."""
    last = time.monotonic()

    def beat(_why: str) -> None:
        nonlocal last
        if time.monotonic() - last >= BEAT_S:
            last = time.monotonic()
            pipe.send(_BEAT)

    return beat


def _load() -> None:
    """Load what reading needs, so that the limit is counted from there."""
    import pyarrow.parquet  # noqa: F401

    from dateline.read.page import article_from_page

    article_from_page(_WARMING, source="warming", fetched=fetched_now(_WARMING))


def _answer(asked: _Page | _File, settings: Settings, beat: Callable[[str], None]) -> Iterator[Article | ReadError]:
    from dateline.read.fetch import Fetcher
    from dateline.read.page import article_from_page
    from dateline.read.sources import Reader

    source = asked.path if isinstance(asked, _File) else str(asked.named["source"])
    try:
        if isinstance(asked, _Page):
            yield article_from_page(asked.raw, **asked.named)
        else:
            yield from Reader(settings, Fetcher(settings), asked.names, asked.arrived, beat).articles(asked.path)
    except ReadError as problem:
        yield problem
    except MemoryError:
        yield ReadError(source, f"it takes more than {MOST_MB:,} MB of memory; the rest is left out")
    except Exception as error:    # a fault of ours costs this one alone too
        yield ReadError(source, f"{type(error).__name__}: {error}; the rest is left out", todo="tell dateline's authors")
