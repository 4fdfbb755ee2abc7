"""The working document that the steps of extraction fill in. All offsets are code points of `report.text`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dateline.records import Account, GroupStatement, Report, Speaker
from dateline.records.account import Modifier
from dateline.when.mention import TimeMention
from dateline.where.mention import PlaceMention

if TYPE_CHECKING:
    from dateline.extract.acts import Act
    from dateline.extract.reader.step import Reading
    from dateline.extract.tables import Tables


__all__ = ["Attribution", "Count", "Document", "GroupMention", "PlaceMention", "Step", "TimeMention"]


@dataclass(frozen=True, slots=True)
class GroupMention:
    """Words that name an armed group."""

    start: int
    end: int
    text: str
    group: str                    # id in the register
    members: bool                 # "Taliban fighters", "a Houthi official": its people rather than the group itself
    country: str | None = None    # alpha-2; in which alone the group is active, None: in several
    tie: bool = False             # only says to whom another is tied: "the Taliban-backed Red Lantern", "a Taliban offshoot"


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
    cue_start: int


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
    reading: Reading | None = None    # None: it tells no act
    accounts: list[Account] = field(default_factory=list)
    group_statements: list[GroupStatement] = field(default_factory=list)

    def groups_meant(self) -> list[GroupMention]:
        """The groups that are named for themselves: those that can act, speak and be hit."""
        return [mention for mention in self.groups if not mention.tie]

    def is_in_a_place(self, start: int, end: int) -> bool:
        """Whether characters [start, end) stand in the name of a place that does nothing itself; a country acts."""
        return any(place.start <= start and end <= place.end and not place.adjective and place.where.kind != "country"
                   for place in self.places)

    @cached_property
    def tables(self) -> Tables:
        """What of the lexicon stands where; made when first asked for, after the parse."""
        from dateline.extract.tables import Tables

        return Tables.of(self.spacy)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of extraction: a model can take it over by giving a Step of the same name."""

    name: str
    needs: tuple[str, ...]        # fields of Document
    adds: tuple[str, ...]
    run: Callable[[Document], None]
