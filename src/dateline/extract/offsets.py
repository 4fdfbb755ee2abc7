"""Days told by their distance from another: "a week after gunmen attacked", "seven days earlier the hotel was stormed"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from dateline.extract.document import Document, TimeMention
from dateline.records.account import WhenPrecision

DURATION = re.compile(r"P(\d+)([DWMY])$")
FOLLOWING = re.compile(r"\s+(after|earlier|before|previously|later|afterwards)\b")
# unit -> days, days of doubt on either side, precision: "a week earlier" is seldom the very day
UNITS: dict[str, tuple[int, int, WhenPrecision]] = {
    "D": (1, 0, "day"), "W": (7, 1, "days"), "M": (30, 10, "month"), "Y": (365, 60, "year"),
}
LONGEST = {"D": 60, "W": 20, "M": 36, "Y": 80}


def offset_times(document: Document) -> dict[int, TimeMention]:
    """By where its words begin, each duration that stands for a day, resolved; those of clauses with "after" keep that word."""
    found = {}
    for mention in document.times:
        resolved = _resolved(document, mention) if mention.type == "DURATION" else None
        if resolved is not None:
            found[mention.start] = resolved
    return found


def _resolved(document: Document, mention: TimeMention) -> TimeMention | None:
    text = document.report.text
    length = DURATION.match(mention.value or "")
    following = FOLLOWING.match(text, mention.end)
    anchor = _anchor(document, mention)
    if length is None or following is None or anchor is None or int(length.group(1)) > LONGEST[length.group(2)]:
        return None
    days, doubt, precision = UNITS[length.group(2)]
    direction = 1 if following.group(1) in {"later", "afterwards"} else -1
    middle = anchor + timedelta(days=direction * days * int(length.group(1)))
    exact = doubt == 0
    return replace(mention, end=following.end(), text=text[mention.start:following.end()], type="DATE", value=None,
                   earliest=middle - timedelta(days=doubt), latest=middle + timedelta(days=doubt),
                   candidates=(middle,) if exact else (), best=middle if exact else None, precision=precision, anchored=True)


def _anchor(document: Document, mention: TimeMention) -> date | None:
    """The day told last before it, else the day the report was written."""
    told = [t.best for t in document.times if t.end <= mention.start and t.best is not None and t.type in {"DATE", "TIME"}]
    return told[-1] if told else document.report.written.day
