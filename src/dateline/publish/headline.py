"""Headline numbers of a list of incidents: how many, how many killed and injured. What one side alone tells is outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dateline.publish.words import toll_words
from dateline.records import Incident, Toll


@dataclass
class Headline:
    """Adds up incidents as they pass by."""

    counted: int = 0
    alleged: int = 0              # by one side alone: outside the numbers
    tolls: dict[str, list[Toll]] = field(default_factory=lambda: {"killed": [], "injured": []})

    def add(self, incident: Incident) -> None:
        if incident.status == "alleged":
            self.alleged += 1
            return
        self.counted += 1
        self.tolls["killed"].append(incident.toll.killed)
        self.tolls["injured"].append(incident.toll.injured)

    def lines(self) -> Iterator[str]:
        """The numbers, where there is more than one incident to count; then what is outside them."""
        if self.counted > 1:
            totals = (f"{effect} {toll_words(total_of(tolls))}" for effect, tolls in self.tolls.items())
            yield f"{self.counted:,} incidents: {'; '.join(totals)}"
        if self.alleged:
            one = self.alleged == 1
            yield (f"{self.alleged:,} alleged by one side alone {'is' if one else 'are'} in no headline number")


def total_of(tolls: list[Toll]) -> Toll:
    """The tolls of several incidents added up. Where nobody counted, nothing is added and the high is open."""
    told = [toll for toll in tolls if toll.best is not None or toll.low is not None]
    highs = [toll.high for toll in tolls]
    best = sum(toll.best if toll.best is not None else toll.low or 0 for toll in told) if told else None
    return Toll(sum(toll.low or 0 for toll in told) if told else None, best,
                None if None in highs else sum(high or 0 for high in highs),
                tolls[0].rule if tolls else "reliable", (), (), ())
