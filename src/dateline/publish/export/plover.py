"""PLOVER: an event a line, as JSON. Readings: docs/exports.md."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dateline.publish.export.about import code_version
from dateline.publish.export.cells import WITHHELD, csv_cell, text
from dateline.publish.export.countries import country_of
from dateline.publish.export.item import Item, Known, LeftOut
from dateline.publish.export.parties import (
    CIVILIANS,
    EXTERNAL,
    PROTESTERS,
    REBEL,
    RIOTERS,
    STATE,
    Party,
    Sides,
    sides_of,
)
from dateline.publish.export.parts import MAIN, Parts
from dateline.publish.export.shape import Shape, TextOut, Unheld, Writer, json_words
from dateline.publish.export.tables import CLAIMS, FIGURES, SOURCES
from dateline.reconcile.words import word_set, words_of
from dateline.records import Incident
from dateline.records.kinds import event_type_of

# kind -> events with their modes (conventions, section 8). A kind that is not here has no event of PLOVER's.
EVENTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "government regains territory": (("ASSAULT",), ()),
    "non-state actor overtakes territory": (("ASSAULT",), ()),
    "armed clash": (("ASSAULT",), ()),
    "excessive force against protesters": (("ASSAULT", "PROTEST"), ("demo",)),
    "protest with intervention": (("PROTEST",), ("demo",)),
    "peaceful protest": (("PROTEST",), ("demo",)),
    "violent demonstration": (("PROTEST",), ("riot",)),
    "mob violence": (("ASSAULT",), ("beat",)),
    "chemical weapon": (("ASSAULT",), ("unconventional",)),
    "air/drone strike": (("ASSAULT",), ("aerial",)),
    "suicide bomb": (("ASSAULT",), ("suicide-attack",)),
    "shelling/artillery/missile attack": (("ASSAULT",), ("heavy-weapons",)),
    "remote explosive/landmine/ied": (("ASSAULT",), ("explosives",)),
    "grenade": (("ASSAULT",), ("explosives",)),
    "sexual violence": (("ASSAULT",), ("sexual",)),
    "attack": (("ASSAULT",), ()),
    "abduction/forced disappearance": (("ASSAULT",), ("abduct",)),
    "looting/property destruction": (("ASSAULT",), ("destroy",)),
    "arrests": (("COERCE",), ("arrest",)),
    "agreement": (("RETREAT",), ()),
}
OF_WEAPONS = {"firearms": "firearms", "explosives": "explosives", "melee": "primitive", "incendiary": "primitive"}
DRONE = word_set("drone drones uav uavs unmanned")
QUADS = {"ASSAULT": 4, "COERCE": 4, "PROTEST": 4, "RETREAT": 2}
SCALES = {"ASSAULT": -9.0, "COERCE": -7.0, "PROTEST": -5.0, "RETREAT": 6.5}
MODE_SCALES = {"abduct": -8.5, "beat": -7.5, "sexual": -8.5, "destroy": -8.5, "primitive": -8.0, "suicide-attack": -9.5,
               "aerial": -9.5, "drone": -9.5, "heavy-weapons": -9.5, "unconventional": -10.0, "riot": -7.0, "ceasefire": 7.5}
SECTORS = {REBEL: "REB", CIVILIANS: "CVL", PROTESTERS: "CVL", RIOTERS: "CVL"}
OF_AFFECTED = {"health": "MED", "journalist": "JRN", "school": "EDU"}
CONTEXTS = {"health": "health", "peacekeeper": "peacekeeping"}
RESOLUTION = {2: 3, 3: 3, 4: 2, 5: 2, 6: 1}       # of where_prec; an exact place is 4 (a town) or 5 (within one)
_CLOCK = re.compile(r"\d{2}:\d{2}")
_UNHELD = Unheld(
    ("killed_low", "killed_high", "civilians_killed_low", "civilians_killed_best", "civilians_killed_high", "injured_low",
     "injured_high", "when_candidates", "radius_km", "targets", "weapons", "affected", "done_by", "disagreements", "related"),
    (FIGURES, SOURCES, CLAIMS))


class PloverWriter(Writer):
    def __init__(self, parts: Parts, known: Known) -> None:
        self._out = TextOut(parts.open(MAIN))
        self.rows = {"incidents": 0}

    def add(self, item: Item) -> Iterator[LeftOut]:
        if why := why_not(item):
            yield item.left_out("incident", why, item.incident.headline)
            return
        self._out.write(json_words(event_of(item)) + "\n")
        self.rows["incidents"] += 1
        yield from _UNHELD.of(item)

    def close(self, told: Mapping[str, Any]) -> None:
        self._out.flush()


def why_not(item: Item) -> str | None:
    incident = item.incident
    if incident.review.state == "rejected":
        return "rejected by a person"
    if incident.kind not in EVENTS:
        return f"{incident.kind}: no event of PLOVER's"
    return "its day is not known to within a month" if incident.codes.event_date is None else None


def event_of(item: Item) -> dict[str, Any]:
    """One event; fields without a value are left out, as PLOVER has it, but for its required ones."""
    incident, sides = item.incident, sides_of(item)
    events, modes = EVENTS[incident.kind][0], modes_of(incident)
    two_sided = event_type_of(incident.kind) == "Battles" or incident.kind == "agreement"
    actors, recipients = _both(sides, two_sided, incident.kind)
    start = incident.codes.event_date
    told: dict[str, Any] = {
        "id": incident.id, "has_event": True, "date": start, "time": _clock(incident),
        "enddate": incident.when.end if incident.when.end != start else None,
        "actor": [_entity(item, party) for party in actors], "recipient": [_entity(item, party) for party in recipients],
        "event": list(events), "event_loc": _location(incident), "event_text": [text(incident.headline)],
        "quad_code": QUADS[events[0]], "event_scale": scale_of(events, modes), "mode": list(modes),
        "context": contexts_of(incident), "size": _size(incident), "link": _links(incident), "cite_info": _cited(incident),
        "coder": "dateline", "coded_date": incident.history[-1].at.date() if incident.history else None,
        "comment": _comment(incident), "revision": item.revision, "status": incident.status, "told_as": incident.told_as}
    required = {"id", "date", "actor", "event"}
    return {name: csv_cell(value) if not isinstance(value, str | list | dict | int | float) else value
            for name, value in told.items() if name in required or value not in (None, [], {})}


def modes_of(incident: Incident) -> tuple[str, ...]:
    """The modes that the kind implies, and those of weapons that reports name."""
    modes = [*EVENTS[incident.kind][1]]
    if incident.kind == "air/drone strike" and any(set(words_of(one.text)) & DRONE for one in incident.weapons):
        modes = ["drone"]
    if incident.kind in ("armed clash", "attack", "excessive force against protesters"):
        modes += [OF_WEAPONS[one.type] for one in incident.weapons if one.type in OF_WEAPONS]
    if incident.kind == "agreement":
        released = any(figure.effect == "released" for one in incident.accounts for figure in one.account.figures)
        modes = ["release" if released else "ceasefire"]
    return tuple(dict.fromkeys(modes))


def scale_of(events: Sequence[str], modes: Sequence[str]) -> float:
    """The strongest intensity of its event and modes."""
    return max([SCALES[events[0]], *(MODE_SCALES[mode] for mode in modes if mode in MODE_SCALES)], key=abs)


def contexts_of(incident: Incident) -> list[str]:
    found = [CONTEXTS[one.kind] for one in incident.affected if one.kind in CONTEXTS]
    found += ["cbrn"] * (incident.kind == "chemical weapon") + ["crime"] * (incident.nature == "crime")
    return list(dict.fromkeys(found))


def _both(sides: Sides, two_sided: bool, kind: str) -> tuple[list[Party], list[Party]]:
    """Actors and recipients: all parties of a fight are actors."""
    first = [party for party in (sides.first, *sides.with_first) if party is not None]
    second = [party for party in (sides.second, *sides.with_second) if party is not None]
    if two_sided:
        fighting = [party for party in [*first, *second] if party.type not in (CIVILIANS, PROTESTERS)]
        return fighting, []
    return (second, first) if kind == "excessive force against protesters" else (first, second)


def _entity(item: Item, party: Party) -> dict[str, Any]:
    group = item.known.group(party.group)
    words = None if party.person or (party.text and WITHHELD in party.text) else party.text
    told = {"code": _code(party.country), "sector": _sector(item, party), "entity_text": words or party.name,
            "identifier_id": group.wikidata if group else None, "identifier_text": group.name if group else None}
    return {name: value for name, value in told.items() if value is not None}


def _code(country: str | None) -> str | None:
    """ISO alpha-3; Kosovo is KOS in PLOVER."""
    found = country_of(country)
    return {"XKX": "KOS"}.get(found.alpha3, found.alpha3) if found is not None else None


def _sector(item: Item, party: Party) -> str | None:
    """PLOVER's sector. A militia whose side is not known has none."""
    if party.type in (STATE, EXTERNAL) and party.is_state:
        return "COP" if party.name.startswith("Police") else "GOV" if party.name.startswith("Government") else "MIL"
    if not party.named and party.type not in (CIVILIANS, PROTESTERS, RIOTERS):
        return "UAF"
    if party.type == CIVILIANS:
        return next((OF_AFFECTED[one.kind] for one in item.incident.affected if one.kind in OF_AFFECTED), "CVL")
    return SECTORS.get(party.type)


def _location(incident: Incident) -> dict[str, Any]:
    where = incident.where
    country = country_of(where.country)
    number = (where.gazetteer_id or "").removeprefix("geonames:")
    finest = (4 if where.kind == "city" else 5) if where.precision == 1 else RESOLUTION.get(where.precision or 0)
    told = {"extracted_place": text(where.text), "resolved_place": text(where.name),
            "geonameid": int(number) if number.isdigit() else None, "lat": where.lat, "lon": where.lon,
            "city": text(where.name) if where.kind == "city" else None, "district": text(where.admin2),
            "province": text(where.admin1),
            "country": country.acled_name if country else None, "country_code": _code(where.country),
            "resolution": finest}
    return {name: value for name, value in told.items() if value is not None}


def _size(incident: Incident) -> dict[str, int]:
    """The dead and hurt by the rule in force; where no number is told nothing."""
    arrested = [figure.value for one in incident.accounts for figure in one.account.figures
                if figure.effect == "arrested" and figure.standing == "stands" and figure.value is not None]
    told = {"dead": incident.toll.killed.best, "injured": incident.toll.injured.best, "arrested": min(arrested, default=None)}
    return {name: value for name, value in told.items() if value is not None}


def _links(incident: Incident) -> list[str]:
    return list(dict.fromkeys(told for one in incident.accounts if (told := text(one.report.source))))


def _cited(incident: Incident) -> dict[str, Any]:
    if not incident.accounts:
        return {}
    ref = incident.accounts[0].report
    told = {"corpus": "dateline", "citation": ref.id, "url": text(ref.source), "title": text(ref.title),
            "publication": text(ref.outlet or ref.agency), "coder": "dateline", "codebook": "PLOVER 2.0",
            "version": code_version()}
    return {name: value for name, value in told.items() if value is not None}


def _comment(incident: Incident) -> str | None:
    status: str = "alleged by one side alone" if incident.status == "alleged" else incident.status
    told = [status] * (incident.status != "happened")
    told += [f"known from {incident.told_as} only"] * (incident.told_as != "news")
    return "; ".join(told) or None


def _clock(incident: Incident) -> str | None:
    told = incident.when.time_of_day or ""
    return told if _CLOCK.fullmatch(told) else None


PLOVER = Shape("plover", ".plover.jsonl", "application/x-ndjson", "PLOVER events, JSON Lines", PloverWriter)
