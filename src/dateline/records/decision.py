"""What a person decided about the record: incidents put together or taken apart, fields corrected, incidents accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from dateline.records.span import Evidence

What = Literal["merge", "split", "apart", "accept", "reject", "correct", "undo", "assign", "code", "query", "confidence", "enter"]


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
    accept, reject, assign, code, query, confidence: all of the incident; enter: the account entered by hand.
    others: split: those they were taken from; apart: those of the other one; enter: those of the incident that it was
    put with, or kept apart from.
    field, value: correct: "kind", "where", "figures.F1.low" and what it is, as JSON; confidence: the word; enter: "with" or
    "apart" (from `others`), and the account. whole: whether an incident is corrected as a whole, or one account of it.
    evidence: the words that a person showed for it. to: whom an incident is assigned to, whom a query asks.
    facts: hash of the facts that were coded, accepted or rejected (records/revision.py).
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
    to: str | None = None
    facts: str | None = None

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """All accounts that it is about."""
        return self.accounts + self.others
