"""Places and sources of the gazetteer as they are printed."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.publish.safe import plain
from dateline.where.place import Place
from dateline.where.sources import SourceTold


def place_lines(place: Place) -> Iterator[str]:
    """Two lines: what and where it lies in; its point, size and source."""
    where = dict.fromkeys([place.name, place.admin3, place.admin2, place.admin1, place.country])
    yield f"{', '.join(plain(part) for part in where if part)}  ({place.kind}; {plain(place.id)})"
    facts = [f"{place.lat:.4f} {place.lon:.4f}", f"radius {place.radius_km:g} km"]
    facts += [f"{place.population:,} people"] if place.population else []
    facts += [plain(place.zone)] if place.zone else []
    yield f"  {'; '.join(facts)}; from {plain(place.source.replace('+', ', '))}"


def person_line(who: str, at: str, note: str | None) -> str:
    """Who added a point, when and why."""
    return f"  added by {plain(who)}, {plain(at)[:10]}" + (f": {plain(note)}" if note else "")


def source_lines(source: SourceTold) -> Iterator[str]:
    count = f"{source.places:,} {'place' if source.places == 1 else 'places'}" if source.places else "names only"
    yield plain(source.title)
    yield f"  {plain(source.version)}; {source.licence}; {count}"
    yield f"  {source.credit}"
