"""Account: what one report says about one incident, and the figures in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from dateline.records.source import Trust
from dateline.records.span import Evidence

Status = Literal[
    "happened", "alleged", "attempted", "foiled", "threatened", "planned", "hypothetical"
]
INCIDENT_STATUSES: tuple[Status, ...] = ("happened", "alleged", "attempted", "foiled")   # the rest are notices
ToldAs = Literal["news", "background", "anniversary", "legal", "other"]
Nature = Literal["political", "crime", "accident", "unknown"]
Role = Literal["attacker", "intended target", "victim", "side", "ally", "rescuer"]
Certainty = Literal["stated", "claimed", "admitted", "blamed", "suspected", "unknown"]
Effect = Literal[
    "killed", "injured", "casualties", "abducted", "captured", "arrested", "missing", "displaced", "released",
    "escaped", "surrendered",
]
Side = Literal[
    "civilians", "state forces", "foreign forces", "armed group", "pro-government militia", "protesters", "detained",
    "unknown",
]
Modifier = Literal["exact", "at_least", "more_than", "nearly", "up_to", "about", "range", "word"]
Scope = Literal["incident", "part", "increment", "one_site", "several_incidents", "cumulative"]
Standing = Literal["stands", "superseded", "retracted", "restated"]
Stance = Literal["claimed", "admitted", "blamed", "suspected", "denied", "withdrawn", "none_claimed"]
OWN_STANCES: tuple[Stance, ...] = ("claimed", "admitted", "denied", "withdrawn")     # what a group says of itself
Origin = str                      # what gave a value: "rule", "model", "rule+model", "person", "sheet", "endpoint:NAME"
BY_HAND = "+person"               # follows the origin of what a person has corrected since
OccurrenceStance = Literal["asserted", "denied", "unconfirmed"]
AffectedKind = Literal[
    "aid worker", "health", "school", "journalist", "religious site", "water or power", "displacement site",
    "peacekeeper", "women", "children",
]
SensitiveKind = Literal["minor", "sexual violence", "detainee", "victim or witness name", "private person", "shelter"]
WhenPrecision = Literal["day", "days", "week", "month", "year", "unknown"]
TimeOfDay = Literal["dawn", "morning", "midday", "afternoon", "evening", "night"]
SpeakerKind = Literal[
    "hospital", "list", "official", "police", "military", "armed group", "monitor", "witness", "agency", "other"
]


@dataclass(frozen=True, slots=True)
class Timex:
    """The words of a time as TIMEX3 annotates them. value: "2018-01-27TAF", "P3D", "PRESENT_REF"; mod: "APPROX", "EARLY"."""

    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str | None
    mod: str | None


@dataclass(frozen=True, slots=True)
class UtcSpan:
    """The instants between which it began, in UTC: "2018-01-27T08:20Z"."""

    earliest: str
    latest: str


@dataclass(frozen=True, slots=True)
class When:
    """When it happened. start/end/ongoing: how long it lasted; earliest/latest/candidates: doubt about its first day."""

    start: date | None            # None where told as one day
    end: date | None
    ongoing: bool
    earliest: date | None         # None: no lower bound ("on or before latest")
    latest: date | None
    candidates: tuple[date, ...]  # the only days possible, when they are few
    best: date | None             # the day exported; None where there is no ground to choose
    precision: WhenPrecision
    time_of_day: str | None       # a TimeOfDay or a local clock time "12:50"
    text: str | None              # the words that say it; None: nothing was said and the day is bounded by the report's
    evidence: Evidence
    timex: Timex | None = None    # of `text`
    zone: str | None = None       # IANA name of the local time at the place: "Asia/Kabul"; None: not known
    utc: UtcSpan | None = None    # where a time of day is told and the zone is known


@dataclass(frozen=True, slots=True)
class Where:
    """Where it happened. precision is UCDP's where_prec 1-7; WGS84 degrees; unplaced: why there is no point."""

    text: str | None
    name: str | None
    kind: str | None              # "city", "airport", "admin1", "admin2", "country", "region", "sea", "site"
    country: str | None           # ISO 3166 alpha-2
    admin1: str | None
    admin2: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None       # of doubt around the point
    gazetteer_id: str | None
    precision: int | None
    runners_up: tuple[str, ...]   # "Tripoli, LB (geonames:266826)", best first
    evidence: Evidence
    unplaced: str | None = None   # the reason, in words
    admin3: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever is said to act or suffer."""

    id: str                       # unique in its account: "a1"
    role: Role
    text: str                     # as written
    person: str | None
    organisation: str | None
    group: str | None             # id of a known armed group
    type: int | None              # ACLED 1-8
    country: str | None           # of a state actor or of civilians, where said
    certainty: Certainty
    evidence: Evidence
    number: int | None = None     # of people, where the words say it: "five suicide bombers", "a bomber"
    origin: Origin = "rule"
    likely: float | None = None   # 0 to 1: how likely the model finds it; None: it was not asked


@dataclass(frozen=True, slots=True)
class Target:
    """A thing attacked."""

    text: str
    type: str | None
    number: int | None
    effect: str | None            # "destroyed", "damaged", "none"
    evidence: Evidence
    origin: Origin = "rule"
    likely: float | None = None   # 0 to 1: how likely the model finds it; None: it was not asked


@dataclass(frozen=True, slots=True)
class Weapon:
    text: str
    type: str | None              # GTD's weapon type, lower case: "explosives", "firearms", "incendiary", ...
    evidence: Evidence
    origin: Origin = "rule"
    likely: float | None = None   # 0 to 1: how likely the model finds it; None: it was not asked


@dataclass(frozen=True, slots=True)
class Affected:
    kind: AffectedKind
    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who the report says gives a figure or a statement."""

    text: str                     # as written
    person: str | None
    office: str | None            # "spokesman"
    organisation: str | None      # "Public Health Ministry"
    kind: SpeakerKind
    party: str | None             # side of the conflict it belongs to: a group's id, or "state:AF"; None: no side
    reliability: Trust | None = None      # set by a person in the register of sources


@dataclass(frozen=True, slots=True)
class AsOf:
    """When a count was made: days (YYYY-MM-DD), with a local time (YYYY-MM-DDThh:mm) where told."""

    earliest: str | None
    latest: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One count as one speaker gives it. low None: no lower end said; high None: no upper end said."""

    id: str
    effect: Effect
    who: str | None               # as written: "US service members"
    of: str | None                # id of the account's actor that lost them
    side: Side
    low: int | None               # inclusive: "more than 20" is 21
    high: int | None              # inclusive: "nearly 200" is 200, with low None
    value: int | None             # the number said; None for words and ranges
    modifier: Modifier
    words: str                    # the words of the count: "at least 13"
    scope: Scope
    part_of: str | None           # id of the figure that it is a part of
    includes_attackers: bool | None
    standing: Standing
    supersedes: tuple[str, ...]   # ids of figures that this one replaces
    speaker: str | None           # as written; None: the report states it itself
    speakers: tuple[Speaker, ...]
    as_of: AsOf
    evidence: Evidence
    origin: Origin = "rule"


@dataclass(frozen=True, slots=True)
class Responsibility:
    stance: Stance
    text: str
    group: str | None
    speaker: str | None
    as_of: AsOf
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A statement about whether something happened; `what` is "act", "responsibility" or "victims"."""

    stance: OccurrenceStance
    what: Literal["act", "responsibility", "victims"]
    speaker: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Sensitive:
    """Words that published output leaves out."""

    kind: SensitiveKind
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Account:
    """What one report says about one incident; it may be wrong and it keeps its own words."""

    id: str                       # "A" and 16 hexadecimal digits of SHA-256 over report and evidence
    report: str
    kind: str                     # ACLED sub-event type, lower case
    acts: tuple[str, ...]         # kinds in the order told
    status: Status
    told_as: ToldAs
    nature: Nature
    headline: str
    when: When
    where: Where
    actors: tuple[Actor, ...]
    targets: tuple[Target, ...]
    weapons: tuple[Weapon, ...]
    affected: tuple[Affected, ...]
    figures: tuple[Figure, ...]
    responsibility: tuple[Responsibility, ...]
    occurrence: tuple[Occurrence, ...]
    sensitive: tuple[Sensitive, ...]
    evidence: Evidence
    main: bool = False            # what the report is mostly about; one account of a report, where it has any
    origin: Origin = "rule"       # of kind, status, told_as, when and where; parties and figures have their own
    likely: float | None = None   # 0 to 1: how likely the model finds that an incident is told here; None: it was not asked


def account_id(report: str, evidence: Evidence, again: int = 0) -> str:
    """The id of the account that those sentences of a report tell. again: how many of the same sentences were told before it."""
    told = (report, [(span.start, span.end) for span in evidence], *((again,) if again else ()))
    return "A" + hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def corrected_by_hand(origin: Origin) -> Origin:
    """The origin of what `origin` gave and a person has corrected."""
    return origin if origin == "person" or origin.endswith(BY_HAND) else origin + BY_HAND


def given_by(account: Account, origin: Origin) -> Account:
    """`account` with all its parts as `origin` gave them."""
    return replace(
        account, origin=origin, actors=tuple(replace(one, origin=origin) for one in account.actors),
        targets=tuple(replace(one, origin=origin) for one in account.targets),
        weapons=tuple(replace(one, origin=origin) for one in account.weapons),
        figures=tuple(replace(one, origin=origin) for one in account.figures))
