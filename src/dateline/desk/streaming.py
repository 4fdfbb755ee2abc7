"""An answer that is written while it is sent: what writes goes on in a thread of its own, as fast as the browser takes it."""

from __future__ import annotations

import io
import itertools
import queue
import threading
from collections.abc import Callable, Generator, Mapping
from typing import IO, Any, cast

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

AHEAD = 16                        # blocks that are written before the browser has taken them
LONGEST_WAIT_S = 120.0            # for a browser that takes nothing


class Dropped(Exception):
    """Whoever asked has gone: nothing went wrong, and nobody wants the rest."""


class _Pipe(io.RawIOBase):
    """A stream whose blocks are taken from `blocks`. Writing waits for the taker, and raises Dropped when it has gone."""

    def __init__(self) -> None:
        self.blocks: queue.Queue[bytes | BaseException | None] = queue.Queue(AHEAD)
        self.dropped = threading.Event()

    def writable(self) -> bool:
        return True

    def write(self, block: Any) -> int:
        self.put(bytes(block))
        return len(block)

    def put(self, what: bytes | BaseException | None) -> None:
        waited = 0.0
        while not self.dropped.is_set():
            try:
                self.blocks.put(what, timeout=1.0)
            except queue.Full:
                waited += 1.0
                if waited >= LONGEST_WAIT_S:
                    break
            else:
                return
        raise Dropped


class Download(StreamingResponse):
    """An answer of blocks that are written while they are sent. Whatever becomes of it, what writes them is told at its end.

    Left to be found by the garbage collector, a dropped export wrote on for LONGEST_WAIT_S, and others had to wait for it.
    """

    def __init__(self, blocks: Generator[bytes, None, None], *, media_type: str, headers: Mapping[str, str]) -> None:
        """Raises what goes wrong before the first block, so that it is told as any problem."""
        first = next(blocks, b"")
        self._blocks = blocks
        super().__init__(itertools.chain([first], blocks), media_type=media_type, headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._blocks.close()


def streamed(write: Callable[[IO[bytes]], object]) -> Generator[bytes, None, None]:
    """The blocks that `write` writes. What it raises is raised here: the answer breaks off, and never looks whole."""
    pipe = _Pipe()

    def run() -> None:
        try:
            write(cast("IO[bytes]", pipe))
            pipe.put(None)
        except Dropped:
            return
        except BaseException as error:    # handed to whoever takes the blocks
            try:
                pipe.put(error)
            except Dropped:
                return

    threading.Thread(target=run, name="export", daemon=True).start()
    try:
        while (block := pipe.blocks.get()) is not None:
            if isinstance(block, BaseException):
                raise block
            if block:
                yield block
    finally:
        pipe.dropped.set()
