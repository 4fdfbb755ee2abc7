"""TimeMention: one time expression of a text, resolved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.records.account import WhenPrecision


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression. type and value are TIMEX3's; days are resolved against the report's anchor."""

    start: int
    end: int
    text: str
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str | None
    earliest: date | None         # of the day meant; None: not bounded
    latest: date | None
    candidates: tuple[date, ...]  # when only some days are possible
    best: date | None
    precision: WhenPrecision
    time_of_day: str | None
    anchored: bool                # False: absolute ("27 January 2018"); True: it depends on the day of writing
    mod: str | None = None        # TIMEX3's: "APPROX", "START", "MID", "END", "LESS_THAN", "MORE_THAN", "EQUAL_OR_MORE", ...
    zone: str | None = None       # of a clock time, as said: "GMT", "EST", "local"
