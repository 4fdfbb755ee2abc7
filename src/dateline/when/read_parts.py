"""What readers share: years as they are said, the edge of a span, and readings of fixed days."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from dateline.when import calendar
from dateline.when.calendar import Days
from dateline.when.readings import Anchor, Edge, Reading
from dateline.when.said import Said

EDGES = {"early": "early", "late": "late", "latter": "late", "mid": "mid", "earlier": "earlier", "later": "later",
         "beginning": "early", "start": "early", "opening": "early", "middle": "mid", "end": "late", "close": "late",
         "first half": "early", "last half": "late", "second half": "late", "latter half": "late", "latter part": "late",
         "early part": "early"}
PART_MODS = {"early": "START", "earlier": "START", "late": "END", "later": "END", "mid": "MID"}
YEAR_STEPS = {"last": -1, "this": 0, "next": 1, "that": 0, "that same": 0, "the same": 0, "the following": 1, "the next": 1,
              "the previous": -1}


def year_said(said: Said, group: str = "year") -> int | None:
    """The year of a group: "1989", "'89", "nineteen eighty-nine"."""
    words = said.words(group)
    if words[:1] in {"'", "\u2019", "\u2018", "`"} and words:
        return calendar.full_year(int(words[1:]), None)
    return said.whole(group)


def that_year(which: str) -> tuple[int, Anchor]:
    """How many years after its anchor's "last year" or "that year" is, and what its anchor is."""
    return YEAR_STEPS[which], "written" if which in {"last", "this", "next"} else "told"


def edged(said: Said, reading: Reading) -> Reading:
    """`reading` with the edge that the form's words give it: "early 1942", "the end of May"."""
    edge = cast(Edge | None, EDGES.get(said.words("edge") or said.words("edge2")))
    return replace(reading, edge=edge) if edge else reading


def fixed(days: Days | None) -> Reading | None:
    return Reading(fixed=(days,)) if days else None


def listed(days: Days | None) -> list[Days]:
    return [days] if days else []
