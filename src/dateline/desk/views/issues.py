"""An issue as the web shows it: which one an address means, how issues are listed, and their pictures."""

from __future__ import annotations

import re
import struct
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, cast

from dateline.publish.brief.frame import sheet_of, shown
from dateline.publish.brief.links import Links
from dateline.publish.safe import plain
from dateline.publish.words import span_words
from dateline.records.briefing import Briefing, Frequency
from dateline.records.mailing import Issue, Picture

NAME = re.compile(r"(daily|weekly)-(\d{4}-\d\d-\d\d)(\.md|\.json)?", re.ASCII)
LONGEST_HEADLINE = 400            # characters of what a list tells of an issue


@dataclass(frozen=True, slots=True)
class Named:
    """What the last part of an address names. form: "", ".md" or ".json"."""

    frequency: Frequency
    day: date
    form: str


def named_in(name: str) -> Named | None:
    """ "weekly-2018-01-28.md"; None where it names no issue that could be."""
    found = NAME.fullmatch(name)
    if found is None:
        return None
    try:
        return Named(cast("Frequency", found[1]), date.fromisoformat(found[2]), found[3] or "")
    except ValueError:
        return None


def days_words(issue: Issue) -> str:
    """The days that it tells of: "27 Jan 2018", "22-28 Jan 2018"."""
    window = issue.briefing.window
    return span_words(window.first, window.last)


def listed(issue: Issue, briefing: Briefing) -> dict[str, Any]:
    """An issue in a list. briefing: as its editor left it."""
    said = briefing.headline or (("Nothing new.",) if briefing.is_empty else ())
    return {"name": issue.name, "edition": issue.edition, "title": plain(briefing.title), "frequency": issue.frequency,
            "days": days_words(issue), "day": issue.day, "issued_at": issue.issued_at, "items": len(briefing.items),
            "said": shown(" ".join(said), LONGEST_HEADLINE), "state": issue.state, "by": issue.by}


def by_month(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """ ("January 2018", its rows) in the order in which they are given."""
    for month, found in groupby(rows, key=lambda row: (row["day"].year, row["day"].month)):
        yield f"{date(*month, 1):%B %Y}", list(found)


def on_the_web(briefing: Briefing, root: str, pictures: Sequence[Picture], src_of: Callable[[Picture], str]) -> dict[str, Any]:
    """What pages show of a briefing. root: of the addresses of items, absolute. src_of: where a picture is found."""
    sheet = sheet_of(briefing, Links(root, None))
    return {"sheet": sheet, "pictures": [{"src": src_of(one), "alt": one.alt, "size": size_of(one.png)} for one in pictures]}


def as_data(picture: Picture) -> str:
    """The picture as an address that holds it."""
    return f"data:image/png;base64,{b64encode(picture.png).decode('ascii')}"


def drawn(briefing: Briefing) -> tuple[Picture, ...]:
    """Its pictures; those of late are remembered."""
    from dateline.publish.brief.pictures import pictures_of

    return pictures_of(briefing)


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, as the head of the file says."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height
