"""Incident: what is held after reconciling accounts; it lists them and can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from dateline.records.account import (
    Account,
    Actor,
    Affected,
    Responsibility,
    Status,
    Target,
    ToldAs,
    Weapon,
    When,
    Where,
)
from dateline.records.codes import NO_CODES, Codes
from dateline.records.report import UpdateKind

TollRule = Literal["reliable", "lowest", "latest", "majority"]
AttributionRule = Literal["stated or claimed", "suspected too", "never on one enemy's word"]
AttributionStance = Literal["admitted", "claimed", "stated", "blamed", "suspected"]
ReviewState = Literal["unreviewed", "assigned", "coded", "query", "approved", "rejected"]
Confidence = Literal["low", "medium", "high"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One answer of the table of reasons: what was asked, what was seen, and its points."""

    question: str
    note: str
    points: float


@dataclass(frozen=True, slots=True)
class ReportRef:
    """What an incident shows of a report."""

    id: str
    outlet: str | None
    agency: str | None
    title: str | None
    source: str
    published_at: datetime | None
    written_earliest: date | None
    written_latest: date | None
    copy_of: str | None
    version_of: str | None
    update_kind: UpdateKind | None


@dataclass(frozen=True, slots=True)
class Joined:
    """An account of the incident, its report, and why it was joined."""

    account: Account              # its figures carry the standing that reconciling gave them
    report: ReportRef
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class TollPart:
    """The toll of one side, or of one actor."""

    of: str                       # a Side, or an actor as written
    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Toll:
    """A toll computed from standing figures. high None: open; best None: no number was given."""

    low: int | None
    best: int | None
    high: int | None
    rule: TollRule
    by_side: tuple[TollPart, ...]
    by_actor: tuple[TollPart, ...]  # attackers' deaths are counted here, apart
    figures: tuple[str, ...]      # ids of the figures it was computed from


@dataclass(frozen=True, slots=True)
class Tolls:
    killed: Toll
    injured: Toll


@dataclass(frozen=True, slots=True)
class Sources:
    reports: int
    stories: int                  # reports less copies
    origins: int                  # distinct speakers behind the figures
    origins_not_party: int


@dataclass(frozen=True, slots=True)
class HeldValue:
    value: str
    holders: tuple[str, ...]      # "Public Health Ministry (Hawk Wire)"


@dataclass(frozen=True, slots=True)
class Disagreement:
    field: str
    values: tuple[HeldValue, ...]


@dataclass(frozen=True, slots=True)
class Attributed:
    """One side that is said to have done it, by the strongest of what is said."""

    of: str                       # a group's id, or "state:SY"
    name: str                     # as written
    stance: AttributionStance
    as_of: str | None             # the latest day of that
    holders: tuple[str, ...]      # who says so: "the police (Verity Post)"
    stories: int                  # that say so
    denied_by: tuple[str, ...]    # holders of denials
    aside: str | None             # why the rule does not count it, in words; None: it counts


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who did it, by a named rule. by empty: nobody is known to have done it, by that rule."""

    rule: AttributionRule
    by: tuple[Attributed, ...]
    set_aside: tuple[Attributed, ...]


@dataclass(frozen=True, slots=True)
class Related:
    kind: Literal["part_of", "series", "follow_up", "possibly_same"]
    incident: str
    note: str


@dataclass(frozen=True, slots=True)
class Review:
    """What persons said of an incident: the state that they gave it last, by whom and when."""

    state: ReviewState
    reason: str | None            # of a query: the question
    who: str | None
    at: datetime | None
    assigned_to: str | None = None        # whose it is; holds until it is another's
    asked: str | None = None              # of a query: whom it asks; None: anyone
    confidence: Confidence | None = None  # set by a person only, never computed
    facts: str | None = None              # hash of the facts when it was coded, approved or rejected (records/revision.py)
    changed_at: datetime | None = None    # since when they are others than those; None: they are the same


@dataclass(frozen=True, slots=True)
class Change:
    """One line of an incident's history."""

    at: datetime
    what: str
    who: str                      # "dateline" for the machine
    why: str


@dataclass(frozen=True, slots=True)
class Incident:
    id: str                       # "DTL-" and digits
    kind: str
    status: Status
    told_as: ToldAs               # anything but news: known from background only
    nature: str
    headline: str
    when: When
    where: Where
    actors: tuple[Actor, ...]
    targets: tuple[Target, ...]
    weapons: tuple[Weapon, ...]
    affected: tuple[Affected, ...]
    responsibility: tuple[Responsibility, ...]
    accounts: tuple[Joined, ...]
    toll: Tolls
    sources: Sources
    disagreements: tuple[Disagreement, ...]
    related: tuple[Related, ...]
    clarity: Literal["single", "lumped"]
    review: Review
    history: tuple[Change, ...]
    codes: Codes = NO_CODES       # what ACLED and UCDP would write for its time and place
    attribution: Attribution | None = None    # None: kept before there were rules for it, and not computed since
