"""What a list shows of an incident, and how lists go on: pages by key, with a cursor that says after which row."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Literal, NamedTuple, TypeVar

import sqlalchemy as sa

from dateline.errors import CursorError
from dateline.store.rows import incident_id
from dateline.store.schema import incident

T = TypeVar("T")
Order = Literal["day", "newest", "changed", "killed", "doubt", "first"]

MOST_ON_A_PAGE = 1_000
_LONGEST_CURSOR = 300             # characters; ours are shorter
_LARGEST = 2**63 - 1              # that SQLite compares


class Numbers(NamedTuple):
    """A toll: the least, the best and the most that standing figures allow. None: no number; of high: open."""

    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One incident as a list shows it; read from columns alone. No name of a person is in it.

    place, lat, lon, radius_km: None where unknown, and for a shelter, whose headline names the district at the finest.
    """

    id: str
    headline: str
    kind: str
    status: str
    told_as: str
    nature: str
    earliest: date | None
    latest: date | None
    best: date | None             # the day exported; None where there is no ground to choose
    day_precision: str
    country: str | None           # ISO 3166 alpha-2
    admin1: str | None
    place: str | None
    lat: float | None             # WGS84 degrees
    lon: float | None
    radius_km: float | None
    precision: int | None         # UCDP's where_prec 1-7
    shelter: bool
    killed: Numbers
    injured: Numbers
    groups: tuple[str, ...]       # ids of armed groups
    affected: tuple[str, ...]
    sides_killed: tuple[str, ...]
    accounts: int
    figures: int
    reports: int
    stories: int                  # reports less copies
    origins: int
    origins_not_party: int
    disagreements: int            # fields on which accounts differ
    review: str
    doubt: int                    # docs/design.md, "Doubt"
    held_at: datetime | None      # since when it is held
    changed_at: datetime | None


COLUMNS = tuple(incident.c[name] for name in (
    "number", "headline", "kind", "status", "told_as", "nature", "earliest", "latest", "best", "day_precision", "country",
    "admin1", "place", "lat", "lon", "radius_km", "precision", "shelter", "killed_low", "killed_best", "killed_high",
    "injured_low", "injured_best", "injured_high", "groups", "affected", "sides_killed", "accounts", "figures", "reports",
    "stories", "origins", "origins_not_party", "disagreements", "review", "doubt", "held_at", "changed_at", "deleted_at",
    "change", "day", "first_day", "deaths"))


def listed(row: sa.Row[Any]) -> Listed:
    """row: the columns COLUMNS."""
    return Listed(
        id=incident_id(row.number), headline=row.headline, kind=row.kind, status=row.status, told_as=row.told_as,
        nature=row.nature, earliest=row.earliest, latest=row.latest, best=row.best, day_precision=row.day_precision,
        country=row.country, admin1=row.admin1, place=row.place, lat=row.lat, lon=row.lon, radius_km=row.radius_km,
        precision=row.precision, shelter=row.shelter, killed=Numbers(row.killed_low, row.killed_best, row.killed_high),
        injured=Numbers(row.injured_low, row.injured_best, row.injured_high), groups=tuple(row.groups.splitlines()),
        affected=tuple(row.affected.splitlines()), sides_killed=tuple(row.sides_killed.splitlines()), accounts=row.accounts,
        figures=row.figures, reports=row.reports, stories=row.stories, origins=row.origins,
        origins_not_party=row.origins_not_party, disagreements=row.disagreements, review=row.review, doubt=row.doubt,
        held_at=moment(row.held_at), changed_at=moment(row.changed_at))


def moment(at: str | None) -> datetime | None:
    return datetime.fromisoformat(at) if at else None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list. after: the cursor with which the next page is asked for; None: there is none. total: of the list."""

    rows: tuple[T, ...]
    after: str | None
    total: int


def as_cursor(order: str, key: Sequence[int | str]) -> str:
    """What a person passes back to go on after the row with this key. Only `key_in` need understand it."""
    return base64.urlsafe_b64encode(json.dumps([order, *key], separators=(",", ":")).encode()).decode().rstrip("=")


def key_in(cursor: str, order: str, kinds: Sequence[type[int] | type[str]]) -> tuple[Any, ...]:
    """The key in a cursor of `order`, its parts of these kinds. Raises CursorError for what `as_cursor` did not give for it."""
    if len(cursor) > _LONGEST_CURSOR:
        raise CursorError(cursor[:40])
    try:
        given = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        raise CursorError(cursor) from None
    if not isinstance(given, list) or len(given) != 1 + len(kinds) or given[0] != order:
        raise CursorError(cursor)
    key = tuple(given[1:])
    for part, kind in zip(key, kinds, strict=True):
        if type(part) is not kind or (isinstance(part, int) and abs(part) > _LARGEST):
            raise CursorError(cursor)
    return key


def checked_most(most: int) -> int:
    """How many rows a page has: at least one, and no more than are read at once."""
    return max(1, min(most, MOST_ON_A_PAGE))

