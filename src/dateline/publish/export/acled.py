"""ACLED's shape: 31 columns, a row an incident and day. Readings: docs/exports.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from dateline.publish.export.acled_notes import notes_of
from dateline.publish.export.cells import joined, text
from dateline.publish.export.counted import days_of, deaths, shares
from dateline.publish.export.countries import country_of
from dateline.publish.export.item import Item, Known, LeftOut
from dateline.publish.export.parties import CIVILIANS, INTER, PROTESTERS, Party, Sides, among_civilians, sides_of
from dateline.publish.export.parts import MAIN, Parts
from dateline.publish.export.shape import CsvOut, Shape, Unheld, Writer
from dateline.publish.export.tables import CLAIMS, FIGURES, SOURCES
from dateline.publish.ledger import source_name
from dateline.records.kinds import KINDS, Kind

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale",
    "notes", "fatalities", "tags", "timestamp",
)
SCALES = ("Local partner", "Other", "New media", "Subnational", "National", "Regional", "International")
DIGITS = 4                        # of a degree
DISORDER = {"Protests": "Demonstrations", "Strategic developments": "Strategic developments"}
_UNHELD = Unheld(
    ("killed_low", "killed_best", "killed_high", "civilians_killed_low", "civilians_killed_best", "civilians_killed_high",
     "injured_low", "injured_best", "injured_high", "when_candidates", "time_of_day", "place_text", "radius_km", "targets",
     "weapons", "affected", "done_by", "related", "links"), (FIGURES, SOURCES, CLAIMS))


class AcledWriter(Writer):
    def __init__(self, parts: Parts, known: Known) -> None:
        self._out = CsvOut(parts.open(MAIN), COLUMNS)
        self.rows = {"incidents": 0, "rows": 0}

    def add(self, item: Item) -> Iterator[LeftOut]:
        if why := why_not(item):
            yield item.left_out("incident", why, item.incident.headline)
            return
        for row in rows_of(item):
            self._out.row(row)
            self.rows["rows"] += 1
        self.rows["incidents"] += 1
        yield from _UNHELD.of(item)

    def close(self, told: Mapping[str, Any]) -> None:
        self._out.close()


def why_not(item: Item) -> str | None:
    """Why ACLED would not list the incident, in words; None: it would."""
    incident, codes = item.incident, item.incident.codes
    if incident.review.state == "rejected":
        return "rejected by a person"
    if incident.nature in ("crime", "accident"):
        return f"{incident.nature}: ACLED codes political violence alone"
    if incident.kind not in KINDS:
        return "a kind that is none of ACLED's"
    if codes.time_precision is None:
        return "its day is not known to within a month"
    if not days_of(item):
        return "it lasted more than a year, or its days are not known"
    if codes.geo_precision is None:
        return "its place is not known to within a province" if incident.where.country else "its country is not known"
    if country_of(incident.where.country) is None:
        return "its country is not known"
    return None


def rows_of(item: Item) -> Iterator[list[Any]]:
    """A row a day, with the deaths divided over the days."""
    days, sides, total = days_of(item), sides_of(item), deaths(item, "lowest")
    for number, (day, share) in enumerate(zip(days, shares(total or 0, len(days)), strict=True)):
        yield list(_row(item, sides, day, total, share, days, number))


def _row(item: Item, sides: Sides, day: date, total: int | None, share: int, days: Sequence[date], number: int) -> Iterator[Any]:
    incident = item.incident
    where, kind, country = incident.where, KINDS[incident.kind], country_of(incident.where.country)
    assert country is not None                               # `why_not`
    yield incident.id if len(days) == 1 else f"{incident.id}-{day.isoformat()}"
    yield from (day, day.year, incident.codes.time_precision)
    yield from (disorder_of(kind), kind.event_type, kind.sub_event_type)
    yield from (_name(sides.first), _allies(item, sides.first, sides.with_first), _inter(sides.first))
    yield from (_name(sides.second), _allies(item, sides.second, sides.with_second), _inter(sides.second))
    yield interaction_of(sides)
    yield "Civilian targeting" if targets_civilians(kind, sides) else None
    yield from (country.numeric, country.acled_region, country.acled_name)
    yield from (text(where.admin1), text(where.admin2), text(where.admin3), text(where.name) or text(where.text))
    yield from (_degrees(where.lat), _degrees(where.lon), incident.codes.geo_precision)
    yield joined(source_name(one.report) for one in incident.accounts)
    yield _scale(item)
    words_only = item.toll("lowest").best is None and not item.toll("lowest").low
    yield notes_of(item, sides, day, fatalities=total, days=len(days), words_only=words_only)
    yield share
    yield _tags(item)
    yield _changed_at(item)


def disorder_of(kind: Kind) -> str:
    if kind.sub_event_type == "Excessive force against protesters":
        return "Political violence; Demonstrations"
    if kind.sub_event_type == "Violent demonstration":
        return "Demonstrations"
    return DISORDER.get(kind.event_type, "Political violence")


def interaction_of(sides: Sides) -> str | None:
    """ "State forces-Rebel group", the lower code first; "Rebel group only" for one side."""
    codes = sorted(party.type for party in (sides.first, sides.second) if party is not None)
    if not codes:
        return None
    return "-".join(INTER[code] for code in codes) if len(codes) > 1 else f"{INTER[codes[0]]} only"


def targets_civilians(kind: Kind, sides: Sides) -> bool:
    """Whether civilians were the main target. An attack on soldiers keeps its kind and has no flag."""
    if kind.sub_event_type == "Excessive force against protesters":
        return True
    harmed = sides.second is not None and sides.second.type in (CIVILIANS, PROTESTERS)
    return harmed and kind.event_type in ("Violence against civilians", "Explosions/Remote violence", "Riots")


def _name(party: Party | None) -> str | None:
    return party.name if party is not None else None


def _inter(party: Party | None) -> str | None:
    return INTER[party.type] if party is not None else None


def _allies(item: Item, party: Party | None, others: Sequence[Party]) -> str | None:
    among = among_civilians(item, item.incident.where.country) if party is not None and party.type == CIVILIANS else []
    return joined([*(other.name for other in others), *among])


def _degrees(value: float | None) -> float | None:
    return round(value, DIGITS) if value is not None else None


def _scale(item: Item) -> str | None:
    """The scales of the outlets that the register knows, in ACLED's order."""
    known = {found.scale for one in item.incident.accounts if (found := item.known.outlet(one.report.outlet)) is not None}
    return "-".join(scale for scale in SCALES if scale in known) or None


def _tags(item: Item) -> str | None:
    """The size of a crowd where a number is told; that one side alone alleges it."""
    sizes = [actor.number for actor in item.incident.actors if actor.type == PROTESTERS and actor.number and actor.number > 1]
    crowd = f"crowd size={max(sizes)}" if sizes else None
    return joined([crowd, "alleged" if item.incident.status == "alleged" else None])


def _changed_at(item: Item) -> int | None:
    moments: list[datetime] = [change.at for change in item.incident.history]
    return int(moments[-1].timestamp()) if moments else None


ACLED = Shape("acled", ".acled.csv", "text/csv; charset=utf-8; header=present", "ACLED's 31 columns, a row an incident and day",
              AcledWriter)
