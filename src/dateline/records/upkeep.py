"""What is kept of keeping the record: what was taken out of it for good, and the copies that were made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

LONGEST_COPYING = timedelta(days=1)       # from when a copy is begun, which its time is, to the moment that it shows


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A tombstone: that something was taken out, and nothing of what it was.

    report: its id, a hash, by which it is known should it be read again; None: a person, of whom not even that is kept.
    reports: how many held it. since: when the first of these was kept: copies of the record made from then on hold it.
    """

    id: int                       # 0: not kept yet
    at: datetime
    who: str
    why: str
    what: Literal["report", "person"]
    report: str | None
    reports: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class BackupCopy:
    """A copy of the record that was made and checked. path: absolute; made_at: when it was begun."""

    path: str
    made_at: datetime
    bytes: int
    reports: int

    def holds(self, one: Forgotten) -> bool:
        """Whether what was forgotten may be in it still: it was made before, and after that had come."""
        return self.made_at <= one.at and (one.since is None or self.made_at + LONGEST_COPYING >= one.since)
