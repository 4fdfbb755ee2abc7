"""UCDP GED's shape: 49 columns, a row an event in which somebody died. Readings: docs/exports.md."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.publish.export.cells import text
from dateline.publish.export.counted import deaths
from dateline.publish.export.countries import country_name, country_of
from dateline.publish.export.item import Item, Known, LeftOut
from dateline.publish.export.parties import ARMED, CIVILIANS, PROTESTERS, RIOTERS, Party, Sides, sides_of, unidentified
from dateline.publish.export.parts import MAIN, Parts
from dateline.publish.export.shape import CsvOut, Shape, Unheld, Writer
from dateline.publish.export.tables import CLAIMS, FIGURES
from dateline.publish.words import speaker_words
from dateline.reconcile.ranks import is_one_sided
from dateline.records import Joined
from dateline.records.incident import TollPart
from dateline.records.kinds import event_type_of

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id",
    "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude",
    "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
CLEAR = "Clear"
UNUSED = frozenset({"peaceful protest", "protest with intervention"})      # kinds in which no force kills
SEP = ";"
_UNHELD = Unheld(
    ("injured_low", "injured_best", "injured_high", "when_best", "when_candidates", "time_of_day", "radius_km", "targets",
     "weapons", "affected", "allies", "done_by", "disagreements", "related", "links"), (FIGURES, CLAIMS))


@dataclass(frozen=True, slots=True)
class Event:
    """Type of violence and its two sides, as UCDP orders them."""

    type: int
    a: Party
    b: Party
    attacker: Party               # a or b: who began it


@dataclass(frozen=True, slots=True)
class Deaths:
    """best is always a + b + civilians + unknown, and low <= best <= high."""

    a: int
    b: int
    civilians: int
    unknown: int
    low: int
    best: int
    high: int


class UcdpWriter(Writer):
    def __init__(self, parts: Parts, known: Known) -> None:
        self._out = CsvOut(parts.open(MAIN), COLUMNS)
        self.rows = {"incidents": 0}

    def add(self, item: Item) -> Iterator[LeftOut]:
        event = event_of(item)
        dead = deaths_of(item, event)
        if why := why_not(item, event, dead):
            yield item.left_out("incident", why, item.incident.headline)
            return
        assert event is not None
        self._out.row(_row(item, event, dead))
        self.rows["incidents"] += 1
        yield from _aside(item, event)
        yield from _UNHELD.of(item)

    def close(self, told: Mapping[str, Any]) -> None:
        self._out.close()


def why_not(item: Item, event: Event | None, dead: Deaths) -> str | None:
    """Why UCDP would not list the incident, in words; None: it would."""
    incident = item.incident
    if incident.review.state == "rejected":
        return "rejected by a person"
    if incident.nature in ("crime", "accident"):
        return f"{incident.nature}: no conflict"
    if event is None:
        return "no organised side used armed force"
    if dead.high == 0:
        return "nobody is told dead"
    if incident.codes.date_prec is None:
        return "its day is not known to within a year"
    if incident.codes.where_prec is None or (incident.where.country is None and incident.where.precision != 7):
        return "its place is not known"
    return None


def event_of(item: Item) -> Event | None:
    """The type of violence by its sides; None for crowds, and for what is no use of force by an organised side."""
    kind = event_type_of(item.incident.kind)
    sides = sides_of(item)
    if kind in (None, "Strategic developments", "Riots") or item.incident.kind in UNUSED:
        return None
    if kind == "Protests":                                   # force against protesters: the force acts
        return _one_sided(sides.second or unidentified(item.incident.where.country))
    first = sides.first
    if first is None or first.type in (RIOTERS, PROTESTERS, CIVILIANS):
        return None
    second = _opponent(sides)
    if second is None:
        return _one_sided(first)
    if second.is_state and not first.is_state:
        return Event(STATE_BASED, second, first, first)
    return Event(STATE_BASED if first.is_state else NON_STATE, first, second, first)


def _opponent(sides: Sides) -> Party | None:
    return sides.second if sides.second is not None and sides.second.type in ARMED else None


def _one_sided(by: Party) -> Event:
    return Event(ONE_SIDED, by, Party("Civilians", CIVILIANS, None, None, True, "stated", None), by)


def deaths_of(item: Item, event: Event | None) -> Deaths:
    """The dead by UCDP's idea (rule `reliable`). Where the sides' counts exceed the best total nobody knows whose they were.

    Attackers who died are apart from the toll where their act is one-sided; in an attack on soldiers they are a side's dead.
    """
    toll = item.toll("reliable")
    best = deaths(item, "reliable") or 0
    low = min(toll.low or 0, best)
    high = max(toll.high if toll.high is not None else 0, toll.low or 0, best)
    parts = {"a": 0, "b": 0, "civilians": 0}
    for part in toll.by_side:
        if (whose := _whose(part, event)) is not None:
            parts[whose] += _best(part)
    if sum(parts.values()) > best:
        parts = dict.fromkeys(parts, 0)
    unknown = best - sum(parts.values())
    if event is not None and event.type != ONE_SIDED and is_one_sided(item.incident.kind):
        lost = item.attackers_lost("reliable")
        own = sum(map(_best, lost))
        parts["b" if event.b is event.attacker else "a"] += own
        best, low = best + own, low + sum(part.low or 0 for part in lost)
        high = max(high + sum(max(part.high or 0, _best(part)) for part in lost), best)
    return Deaths(parts["a"], parts["b"], parts["civilians"], unknown, low, best, high)


def _best(part: TollPart) -> int:
    return part.best if part.best is not None else part.low or 0


def _whose(part: TollPart, event: Event | None) -> str | None:
    """The column of a side's dead; None: of no side that UCDP names."""
    if part.of in ("civilians", "protesters"):
        return "civilians"
    if event is None or event.type == ONE_SIDED:
        return None                                          # "Deaths of sides are 0 in one-sided violence"
    if event.type != STATE_BASED or event.b.is_state:
        return None                                          # of two states, or two groups: which one lost them is not told
    if part.of in ("state forces", "pro-government militia"):
        return "a"
    return "b" if part.of == "armed group" else None


def _aside(item: Item, event: Event) -> Iterator[LeftOut]:
    """Attackers who died in one-sided violence, and a top that is open: columns hold neither."""
    if event.type == ONE_SIDED and (parts := item.attackers_lost("reliable")):
        lost = [{"low": part.low, "best": part.best, "high": part.high} for part in parts]
        yield item.left_out("attackers killed", "not counted in one-sided violence", lost)
    if item.toll("reliable").high is None:
        yield item.left_out("open high", "the sources give no most; high is the highest number that is told", None)


def _row(item: Item, event: Event, dead: Deaths) -> Iterator[Any]:
    incident = item.incident
    where, codes = incident.where, incident.codes
    country = country_of(where.country)
    start, end = codes.date_start, codes.date_end
    yield from (incident.id, incident.id, start.year if start else None, None, code_status(item, event), event.type)
    names = f"{_side(event.a)} - {_side(event.b)}"
    yield from (None, None, names if event.type != STATE_BASED else None)
    yield from (None, None, names)
    yield from (None, _actor_id(item, event.a), _side(event.a))
    yield from (None, _actor_id(item, event.b), _side(event.b))
    yield from _sources(item)
    yield from (codes.where_prec, text(where.name) or country_name(where.country), text(where.text), text(where.admin1),
                text(where.admin2))
    yield from _point(where.lat, where.lon)
    yield from ((country.ucdp_name or country.acled_name, country.gw, country.ucdp_region) if country else (None, None, None))
    yield 1 if incident.clarity == "single" else 2
    lasted = incident.when.start is not None and incident.when.end is not None and incident.when.start < incident.when.end
    yield max(codes.date_prec or 0, 2 if lasted else 1)
    yield from (_day(start), _day(end), dead.a, dead.b, dead.civilians, dead.unknown, dead.best, dead.high, dead.low)
    yield from (_gw(event.a), _gw(event.b))


def code_status(item: Item, event: Event) -> str:
    """ "Clear" only where a person approved the incident and both sides are named; else why not."""
    incident = item.incident
    if incident.status == "alleged":
        return "Not clear: alleged by one side"
    if not (event.a.named and event.b.named):
        return "Not clear: side unidentified"
    return CLEAR if incident.review.state == "approved" else "Not clear: not reviewed"


def _side(party: Party) -> str:
    if party.is_state:
        found = country_of(party.country)
        return f"Government of {found.ucdp_name or found.acled_name}" if found else party.name
    return party.name


def _actor_id(item: Item, party: Party) -> int | None:
    group = item.known.group(party.group)
    return int(group.ucdp) if group is not None and group.ucdp and group.ucdp.isdigit() else None


def _gw(party: Party) -> int | None:
    found = country_of(party.country) if party.is_state else None
    return found.gw if found is not None else None


def _sources(item: Item) -> Iterator[Any]:
    accounts = list({joined.report.id: joined for joined in item.incident.accounts}.values())
    said = dict.fromkeys(text(speaker_words(figure)) for joined in item.incident.accounts for figure in joined.account.figures
                         if figure.speaker)
    offices, days, titles = ([get(one) for one in accounts] for get in (_office, _printed, _title))
    yield item.incident.sources.reports
    yield SEP.join(f'"{office},{day},{title}"' for office, day, title in zip(offices, days, titles, strict=True)) or None
    yield from (SEP.join(parts) or None for parts in (offices, days, titles))
    yield SEP.join(_in_list(one) for one in said) or None


def _office(joined: Joined) -> str:
    return _in_list(joined.report.outlet or joined.report.agency)


def _title(joined: Joined) -> str:
    return _in_list(joined.report.title)


def _printed(joined: Joined) -> str:
    ref = joined.report
    written = ref.written_latest if ref.written_latest == ref.written_earliest else None
    day = ref.published_at.date() if ref.published_at else written
    return day.isoformat() if day else ""


def _in_list(words: str | None) -> str:
    """`words` as one of a list with semicolons, within quotation marks."""
    return (text(words) or "").replace(SEP, ",").replace('"', "'")


def _point(lat: float | None, lon: float | None) -> Iterator[Any]:
    if lat is None or lon is None:
        yield from (None, None, None, None)
        return
    yield from (lat, lon, f"POINT ({lon} {lat})", priogrid(lat, lon))


def priogrid(lat: float, lon: float) -> int:
    """The cell of PRIO-GRID: half a degree each way, counted from the south-west corner, 720 a row."""
    row, column = min(math.floor((lat + 90) * 2), 359), min(math.floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


def _day(day: date | None) -> str | None:
    return f"{day.isoformat()} 00:00:00.000" if day else None


UCDP = Shape("ucdp", ".ucdp.csv", "text/csv; charset=utf-8; header=present",
             "UCDP GED's 49 columns, a row an incident with deaths", UcdpWriter)
