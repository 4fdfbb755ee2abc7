"""The working document that the steps of extraction fill in. All offsets are code points of `report.text`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from dateline.records import Account, GroupStatement, Report, Speaker, Where
from dateline.records.account import Modifier, WhenPrecision

if TYPE_CHECKING:
    from dateline.extract.acts import Act


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


@dataclass(frozen=True, slots=True)
class GroupMention:
    """Words that name an armed group."""

    start: int
    end: int
    text: str
    group: str                    # id in the register
    members: bool                 # "Taliban fighters", "a Houthi official": its people rather than the group itself


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words that name a place; `where.evidence` is the same span. adjective: "Afghan", "Kabul-based"."""

    start: int
    end: int
    text: str
    where: Where
    adjective: bool


@dataclass(frozen=True, slots=True)
class Count:
    """A number of something as written, with its bounds (docs/record.md, table of modifiers)."""

    start: int                    # of the words of the count with its modifier: "at least 13"
    end: int
    words: str
    low: int | None
    high: int | None
    value: int | None
    modifier: Modifier


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of text and who is said to say it."""

    start: int                    # of what is said
    end: int
    speaker: Speaker | None       # None: an unnamed "reports say"
    speaker_start: int
    speaker_end: int
    cue: str                      # "said", "according to"


@dataclass
class Document:
    """One report being read. Steps add to it in the order of the pipeline; none changes what another added."""

    report: Report
    spacy: Any = None             # spacy.tokens.Doc whose characters are those of report.text
    times: list[TimeMention] = field(default_factory=list)
    groups: list[GroupMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    group_statements: list[GroupStatement] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of extraction: a model can take it over by giving a Step of the same name."""

    name: str
    needs: tuple[str, ...]        # fields of Document
    adds: tuple[str, ...]
    run: Callable[[Document], None]
