"""Source: an outlet, agency or speaker that a person has put on record: what it is, and on whose side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scale = Literal["Local partner", "Other", "New media", "Subnational", "National", "Regional", "International"]   # ACLED's
Trust = Literal["high", "medium", "low"]
SourceKind = Literal[
    "outlet",                     # a paper, broadcaster or site; the others are the kinds of a speaker
    "hospital", "list", "official", "police", "military", "armed group", "monitor", "witness", "agency", "other",
]


@dataclass(frozen=True, slots=True)
class Reliability:
    """What a person thinks of a source. at: the day that they said so."""

    value: Trust
    why: str
    at: str | None


@dataclass(frozen=True, slots=True)
class Source:
    id: str                       # "syrian-observatory"
    names: tuple[str, ...]        # the first in print, the others as they are written too
    kind: SourceKind
    country: str | None           # ISO 3166 alpha-2, of its seat
    language: str | None          # ISO 639-1
    scale: Scale | None
    party_to: str | None          # the side of a conflict that it speaks for: a group's id, or "state:SY"; None: no side
    reliability: Reliability | None

    @property
    def name(self) -> str:
        return self.names[0]
