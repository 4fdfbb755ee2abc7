"""Briefing: what readers are told of a day or a week. Sentences with their sources, ready to be laid out; no layout in them.

A briefing is composed once for all that an edition covers (publish/brief/), kept with the issue, and cut to what each reader
asked for. Everything in it may be shown: what record.md withholds was withheld before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

Frequency = Literal["daily", "weekly"]
Length = Literal["five lines", "one page", "everything"]
Section = Literal["new", "changed", "claims", "groups", "uncertain"]
FREQUENCIES: tuple[Frequency, ...] = get_args(Frequency)
LENGTHS: tuple[Length, ...] = get_args(Length)


@dataclass(frozen=True, slots=True)
class Window:
    """The reports that a briefing tells of.

    By their own days (kept_since None): those written on the days `first` to `last`, both included, in `zone`; what was known
    before is what earlier ones tell, and later ones do not exist. So any past day can be told as it was.
    By the record's clock: those kept from `kept_since` on and before `kept_until` (UTC); so what came late is told once, by the
    next briefing. `first` and `last` then name the issue, and reports written long before `first` are counted and not told.
    """

    first: date
    last: date
    zone: str = "UTC"             # IANA name
    kept_since: datetime | None = None
    kept_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which incidents are told. Empty leaves the question open; values of one field are alternatives; all fields must fit."""

    regions: tuple[str, ...] = ()         # ACLED's regions, as data/countries.csv has them
    countries: tuple[str, ...] = ()       # ISO 3166 alpha-2
    groups: tuple[str, ...] = ()          # ids of armed groups
    kinds: tuple[str, ...] = ()           # incident kinds
    affected: tuple[str, ...] = ()        # kinds of protected people and things: "aid worker", "school"
    killed: int = 0               # threshold: those alone of which at least so many may be dead (the most that anybody says)


EVERYTHING = Coverage()


@dataclass(frozen=True, slots=True)
class Bounds:
    """A toll as shown: the least, the best and the most. None: no number; of high: open."""

    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, and the outlets that it was read in, each once."""

    text: str
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is told: a new incident, what changed in one, a claim, a statement about a group, what stays uncertain."""

    id: str                       # "DTL-412", "DTL-412/changed", "DTL-412/claim/taliban", "statement/S1f…"; once in a briefing
    section: Section
    path: str                     # of the page that it leads to, on the desk: "/incidents/DTL-412"
    heading: str                  # "Suicide bombing, Kabul, Afghanistan, 27 Jan 2018"
    lines: tuple[Line, ...]
    importance: float             # what is told first, and what a short briefing keeps: publish/brief/importance.py
    incident: str | None = None   # id
    region: str | None = None     # ACLED's
    country: str | None = None    # ISO 3166 alpha-2
    groups: tuple[str, ...] = ()  # ids
    group_countries: tuple[str, ...] = ()    # of a statement: where its group is active, for want of a place
    kind: str | None = None
    affected: tuple[str, ...] = ()
    status: str | None = None     # of its incident
    killed: Bounds | None = None  # None: no incident's
    injured: Bounds | None = None
    counts: bool = False          # whether it enters the headline numbers: each new incident that is not alleged, once
    day: date | None = None       # its best day
    lat: float | None = None      # WGS84 degrees; None where unplaced, and for a shelter
    lon: float | None = None
    precision: int | None = None  # UCDP's where_prec
    review: str | None = None     # state of its incident's review
    withheld: int = 0             # names
    passages: int = 0             # withheld
    sheltered: bool = False       # shown by its district
    most_killed: int | None = None    # that anybody says, counts in words too; None: nobody says a number or "dozens"
    note: str | None = None       # an editor's
    of_approval: bool = False     # was approved within the window, and known before: told by editions of approved ones alone


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One row of the weekly table. weeks: this week first, then the four before, the latest first."""

    name: str                     # "incidents", "killed"
    weeks: tuple[Bounds, ...]     # one number stands three times


@dataclass(frozen=True, slots=True)
class DayBar:
    """A day of the timeline: how many incidents, and how many killed in them."""

    day: date
    incidents: int
    killed: Bounds


@dataclass(frozen=True, slots=True)
class Briefing:
    """items: those of one section together, in the order in which they are told. An editor's edits are applied already."""

    title: str                    # "Daily briefing, 27 January 2018"
    frequency: Frequency
    window: Window
    coverage: Coverage
    length: Length
    headline: tuple[str, ...]     # sentences with the numbers; never an alleged incident in them
    items: tuple[Item, ...]
    left_out: int                 # items that fit and that the length had no room for
    late: int                     # incidents that reports written long before the window tell, told nowhere in it
    weeks: tuple[WeekRow, ...]    # of a weekly one
    days: tuple[DayBar, ...]      # of the timeline
    withheld: str                 # in words, "" where nothing was
    note: str | None = None       # an editor's, above all items

    @property
    def is_empty(self) -> bool:
        return not self.items
