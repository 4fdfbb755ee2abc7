"""One input through one reader, under its limit of time."""

from __future__ import annotations

import gc
import time

from fuzz.targets import Target


class TooSlow(AssertionError):
    """It took longer than an input of that size may."""


def try_one(target: Target, raw: bytes) -> None:
    """Raises whatever the reader did not document, Broken for an answer that cannot be, TooSlow.

    An input that takes too long is tried once more: the first one of a process loads what the reader needs.
    """
    limit = target.limit_s(len(raw))
    if _seconds(target, raw) > limit:
        gc.collect()
        again = _seconds(target, raw)
        if again > limit:
            raise TooSlow(f"{again:.1f} s for {len(raw):,} bytes, which may take {limit:.1f} s")


def where_of(error: BaseException) -> str:
    """What tells one mistake from another: its kind, and the places of our code and the last one that it came through."""
    places = []
    at = error.__traceback__
    while at is not None:
        code = at.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/')[2]}:{code.co_name}")
        at = at.tb_next
    if isinstance(error, TooSlow):
        return "TooSlow"
    return f"{type(error).__name__} {' '.join(places[-3:])}"


def _seconds(target: Target, raw: bytes) -> float:
    began = time.process_time()
    target.read(raw)
    return time.process_time() - began
