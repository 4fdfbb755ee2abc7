"""Changes to an input that bytes at random seldom make: words of the reader put in, a piece said again and again, lines mixed.

Pieces that are repeated find what takes quadratic time: an input of 30 kB with one form a thousand times.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

TIMES = (2, 2, 3, 3, 5, 10, 10, 30, 100, 2_000)      # a piece is said again: seldom so often that the input is at its longest


def changed(raw: bytes, most: int, tokens: Sequence[bytes], dice: random.Random) -> bytes:
    """`raw` after one to four changes, at most `most` bytes of it."""
    for _ in range(dice.randint(1, 4)):
        raw = dice.choice((_with_token, _with_token, _swollen, _shuffled, _without))(raw, tokens, dice)
        if len(raw) > most:
            raw = raw[:most]
    return raw


def _with_token(raw: bytes, tokens: Sequence[bytes], dice: random.Random) -> bytes:
    if not tokens:
        return raw
    at = dice.randint(0, len(raw))
    return raw[:at] + dice.choice(tokens) + raw[at + dice.choice((0, 0, 1, 4)):]


def _swollen(raw: bytes, tokens: Sequence[bytes], dice: random.Random) -> bytes:
    first, last = _piece(raw, dice, 60)
    piece = dice.choice(tokens) if tokens and dice.random() < 0.4 else raw[first:last]
    return raw[:last] + piece * dice.choice(TIMES) + raw[last:]


def _shuffled(raw: bytes, tokens: Sequence[bytes], dice: random.Random) -> bytes:
    lines = raw.splitlines(keepends=True)
    dice.shuffle(lines)
    return b"".join(lines)


def _without(raw: bytes, tokens: Sequence[bytes], dice: random.Random) -> bytes:
    first, last = _piece(raw, dice, 300)
    return raw[:first] + raw[last:]


def _piece(raw: bytes, dice: random.Random, longest: int) -> tuple[int, int]:
    first = dice.randint(0, len(raw))
    return first, min(len(raw), first + dice.randint(1, longest))
