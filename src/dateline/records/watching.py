"""What is kept of a feed that `dateline watch` asks again and again: its rhythm, the shape of its pages, how it fares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

TroubleKind = Literal["silent", "changed shape", "unreachable"]
EntryState = Literal["done", "waiting", "given up"]


@dataclass(frozen=True, slots=True)
class Pace:
    """The rhythm of one feed. Seconds are those for which it was watched: no clock on a wall comes into them."""

    wait_s: float = 0.0           # from the last asking to the next
    usual_s: float | None = None  # between two new entries, smoothed; None: not known yet
    ask_after_s: float | None = None   # how long the feed itself asks to be left alone
    failures: int = 0             # in a row
    quiet_s: float = 0.0          # since the last new entry
    watched_s: float = 0.0        # altogether
    turns_with_news: int = 0      # the first, which finds all that the feed holds, left out
    silences: tuple[float, ...] = ()   # the longest of each of the last days that had news, oldest first
    silence_day: int = -1         # which watched day the last of them is of


@dataclass(frozen=True, slots=True)
class Shape:
    """What the pages of one feed give when they are read. Shares are of pages, smoothed."""

    pages: int = 0                # that the rest was learnt from
    chars: float = 0.0            # of an article's text
    titled: float = 0.0           # share with a title of their own
    dated: float = 0.0            # share that say when they were published
    odd: int = 0                  # pages in a row that are unlike the others
    why: str = ""                 # how the last of those was unlike them


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that a person should look at. since: when it was noticed; told: whether the operator was."""

    kind: TroubleKind
    since: datetime
    why: str
    told: bool = False


@dataclass(frozen=True, slots=True)
class WatchedFeed:
    """One feed. Times are stamps for people; what is to be done when follows from `pace` alone."""

    address: str
    title: str | None = None      # as the feed says, else as the list of feeds does
    folder: str | None = None     # in the list of feeds
    watched: bool = True          # False: it is on the list no more
    in_hand: bool = False         # it is being read; where no watcher runs, the last one died of it
    asked_at: datetime | None = None
    succeeded_at: datetime | None = None
    news_at: datetime | None = None    # the last time that it gave a new report
    reports: int = 0              # new ones that it gave
    problem: str | None = None    # why the last asking failed; None where it did not
    pace: Pace = Pace()
    shape: Shape = Shape()
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class WatchedEntry:
    """One entry of a feed. key: of its link. stamp: what tells a changed entry; link and the rest: of one that waits."""

    key: str
    feed: str
    state: EntryState
    stamp: str
    at: datetime                  # when it was met first, or dealt with again
    tries: int = 0
    reads: int = 0                # how many times it was dealt with: more than once where it changed
    due_at: datetime | None = None     # of one that waits
    link: str | None = None
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published_at: datetime | None = None
