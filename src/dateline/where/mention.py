"""PlaceMention: words of a text that name a place, with what they were taken to mean."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.records import Where


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words that name a place; `where.evidence` is the same span. adjective: "Afghan", "Kabul-based"."""

    start: int
    end: int
    text: str
    where: Where
    adjective: bool
