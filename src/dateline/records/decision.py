"""What a person decided about the record: incidents put together or taken apart, fields corrected, incidents accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from dateline.records.span import Evidence

What = Literal["merge", "split", "accept", "reject", "correct", "undo"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """An account, named by its report and the sentences that tell it, so that it is found again after a new extraction.

    kind: what it was coded as; it tells two accounts of the same sentences apart.
    """

    report: str
    evidence: Evidence
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One event. It is never changed; what takes it back is an event of its own.

    accounts: merge: those put together; split: those taken out; correct: the account corrected, or all of the incident;
    accept, reject: all of the incident. others: split: those they were taken from.
    field, value: correct: "kind", "where", "figures.F1.low" and what it is, as JSON. whole: whether an incident is
    corrected as a whole, or one account of it. evidence: the words that a person showed for it.
    """

    id: int
    at: datetime
    what: What
    who: str
    why: str
    incident: str | None          # as it was called then
    accounts: tuple[Anchor, ...] = ()
    others: tuple[Anchor, ...] = ()
    field: str | None = None
    value: Any = None
    whole: bool = True
    evidence: Evidence = ()
    undoes: int | None = None

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """All accounts that it is about."""
        return self.accounts + self.others
