"""HXL: CSV with a row of hashtags under its heads, for humanitarian tools."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dateline.publish.export.countries import country_name, country_of
from dateline.publish.export.item import Item, Known, LeftOut
from dateline.publish.export.parties import Party, Sides, sides_of
from dateline.publish.export.parts import MAIN, Parts
from dateline.publish.export.shape import CsvOut, Shape, Unheld, Writer
from dateline.publish.export.tables import CLAIMS, FIGURES, INCIDENTS, SOURCES
from dateline.records.kinds import KINDS

_HELD = {column.name: column for column in INCIDENTS.columns}


def _held(name: str) -> Callable[[Item, Sides], Any]:
    """The value of that column of the table of incidents."""
    column = _HELD[name]
    return lambda item, _: column.of(item, None)


def _country(get: str) -> Callable[[Item, Sides], Any]:
    return lambda item, _: getattr(country_of(item.incident.where.country), get, None)


def _sub_type(item: Item, _: Sides) -> str:
    known = KINDS.get(item.incident.kind)
    return known.sub_event_type if known else item.incident.kind


def _year(item: Item, _: Sides) -> int | None:
    day = item.incident.codes.event_date or item.incident.when.best
    return day.year if day else None


def _name(party: Party | None) -> str | None:
    return party.name if party else None


def _names(parties: tuple[Party, ...]) -> tuple[str, ...]:
    return tuple(party.name for party in parties)


# (head, hashtag, value)
COLUMNS: tuple[tuple[str, str, Callable[[Item, Sides], Any]], ...] = (
    ("incident_id", "#event+code", _held("incident_id")),
    ("revision", "#event+code+x_revision", _held("revision")),
    ("event_type", "#event+type", _held("event_type")),
    ("sub_event_type", "#event+type+sub", _sub_type),
    ("status", "#status", _held("status")),
    ("date", "#date+occurred", lambda item, _: item.incident.codes.event_date),
    ("date_start", "#date+start", lambda item, _: item.incident.codes.date_start),
    ("date_end", "#date+end", lambda item, _: item.incident.codes.date_end),
    ("date_precision", "#date+precision", lambda item, _: item.incident.codes.time_precision),
    ("year", "#date+year", _year),
    ("actor1", "#group+name+first", lambda _, sides: _name(sides.first)),
    ("allies1", "#group+name+first+assoc", lambda _, sides: _names(sides.with_first)),
    ("actor2", "#group+name+second", lambda _, sides: _name(sides.second)),
    ("allies2", "#group+name+second+assoc", lambda _, sides: _names(sides.with_second)),
    ("country", "#country+name", lambda item, _: country_name(item.incident.where.country)),
    ("country_code", "#country+code", _country("alpha3")),
    ("region", "#region+name", _country("acled_region")),
    ("admin1", "#adm1+name", _held("admin1")),
    ("admin2", "#adm2+name", _held("admin2")),
    ("admin3", "#adm3+name", _held("admin3")),
    ("place", "#loc+name", _held("place")),
    ("latitude", "#geo+lat", _held("lat")),
    ("longitude", "#geo+lon", _held("lon")),
    ("location_precision", "#geo+precision", _held("location_precision")),
    ("killed", "#affected+killed", _held("killed_best")),
    ("killed_low", "#affected+killed+min", _held("killed_low")),
    ("killed_high", "#affected+killed+max", _held("killed_high")),
    ("injured_low", "#affected+injured+min", _held("injured_low")),
    ("injured_high", "#affected+injured+max", _held("injured_high")),
    ("abducted", "#affected+abducted", lambda item, _: _fewest(item, "abducted")),
    ("displaced", "#affected+displaced", lambda item, _: _fewest(item, "displaced")),
    ("sources", "#meta+source", _held("outlets")),
    ("links", "#meta+url", _held("links")),
    ("notes", "#description", _held("headline")),
)
_UNHELD = Unheld(
    ("told_as", "nature", "clarity", "review", "when_candidates", "ongoing", "time_of_day", "place_text", "unplaced", "targets",
     "weapons", "affected", "civilians_killed_low", "civilians_killed_high", "injured_best", "done_by", "disagreements",
     "related"), (FIGURES, SOURCES, CLAIMS))


def _fewest(item: Item, effect: str) -> int | None:
    """The lowest count of them that stands for the whole incident: no rule of tolls is for these."""
    counts = (figure.value if figure.value is not None else figure.low for joined in item.incident.accounts
              for figure in joined.account.figures
              if figure.effect == effect and figure.standing == "stands" and figure.scope == "incident")
    return min((count for count in counts if count is not None), default=None)


class HxlWriter(Writer):
    def __init__(self, parts: Parts, known: Known) -> None:
        self._out = CsvOut(parts.open(MAIN), [head for head, _, _ in COLUMNS], [tag for _, tag, _ in COLUMNS])
        self.rows = {"incidents": 0}

    def add(self, item: Item) -> Iterator[LeftOut]:
        sides = sides_of(item)
        self._out.row(of(item, sides) for _, _, of in COLUMNS)
        self.rows["incidents"] += 1
        return _UNHELD.of(item)

    def close(self, told: Mapping[str, Any]) -> None:
        self._out.close()


HXL = Shape("hxl", ".hxl.csv", "text/csv; charset=utf-8; header=present",
            "CSV with a row of HXL hashtags, for humanitarian tools", HxlWriter)
