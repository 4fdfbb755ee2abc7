"""A reader with mistakes planted in it, each behind a word: what the fuzzers must find."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

from fuzz.targets import Target


def read(raw: bytes) -> None:
    if raw.startswith(b"Hello") and b"crash" in raw:
        ctypes.string_at(0)
    if b"wrong" in raw:
        raise ZeroDivisionError("planted")
    if b"long" in raw:
        sum(range(3_000_000))


@dataclass(frozen=True, slots=True)
class Planted(Target):
    def tokens(self) -> list[bytes]:
        return [b"crash", b"wrong", b"long", b"Hello"]


TARGET = Planted("planted", read, base_s=0.03, kb_s=0.0, most=64)
