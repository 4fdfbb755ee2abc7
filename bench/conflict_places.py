"""conflict-places: the points given to 400 places as conflict reports write them.

Each sentence is read as a report. The answer for a gold name is the place read that shares most characters with it.
- `resolved`: share of all that get a point, at whatever precision.
- `country_right`: of the resolved, share with the gold's country; where that is null, since the place lies across a
  border or is disputed, a point within 50 km and the place's own radius counts.
- `within_50km`: of the resolved, share whose point is within 50 km and the place's own radius of the gold point.
- `wrong`: share of all whose answer misleads: another country than the gold's, or the gold point farther from the answer
  than the answer's own radius (at least 50 km) and the place's own radius together. A village answered by its district's
  point, with a district's radius, is honest, hence not wrong; a confident point elsewhere is.
- `resolved.<kind>`, `within_50km.<kind>`: the same by kind of place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.core import Bench, BenchError, Request, Result, load_lines, percent
from dateline.extract.document import PlaceMention
from dateline.where.place import distance_km

GOLD = Path("bench/gold/conflict-places.jsonl")
NEAR_KM = 50.0
FIELDS = ("id", "name", "text", "start", "end", "kind", "country", "lat", "lon", "radius_km")


@dataclass(frozen=True, slots=True)
class Gold:
    """A name in its sentence and the place it names. WGS84 degrees; country None: across a border, or disputed."""

    id: str
    name: str
    text: str
    start: int                    # code points of `text`
    end: int
    kind: str
    country: str | None
    lat: float
    lon: float
    radius_km: float              # how far the place itself reaches


@dataclass(frozen=True, slots=True)
class Answer:
    """The point read for a name. radius_km: of doubt around it."""

    name: str | None
    country: str | None
    lat: float
    lon: float
    radius_km: float


@dataclass(frozen=True, slots=True)
class Scored:
    """A gold place with its answer, if it got a point; km is the distance between the two."""

    gold: Gold
    answer: Answer | None
    km: float | None

    @property
    def near(self) -> bool:
        return self.km is not None and self.km <= NEAR_KM + self.gold.radius_km

    @property
    def country_right(self) -> bool:
        if self.gold.country is None:
            return self.near
        return self.answer is not None and self.answer.country == self.gold.country

    @property
    def wrong(self) -> bool:
        if self.answer is None or self.km is None:
            return False
        elsewhere = None not in (self.answer.country, self.gold.country) and self.answer.country != self.gold.country
        return elsewhere or self.km > max(NEAR_KM, self.answer.radius_km) + self.gold.radius_km


def answer_for(gold: Gold, places: Sequence[PlaceMention]) -> Answer | None:
    """The point of the place that shares most characters with the gold name, the first of equals; None without a point."""
    best = max(places, key=lambda p: _shared(gold, p), default=None)
    if best is None or _shared(gold, best) <= 0:
        return None
    where = best.where
    if where.lat is None or where.lon is None:
        return None
    return Answer(where.name, where.country, where.lat, where.lon, where.radius_km or 0.0)


def score(gold: Gold, answer: Answer | None) -> Scored:
    """`answer` measured against `gold`."""
    if answer is None:
        return Scored(gold, None, None)
    return Scored(gold, answer, distance_km(gold.lat, gold.lon, answer.lat, answer.lon))


def figures_of(scored: Sequence[Scored]) -> dict[str, float]:
    """The figures named at the head of this module, each in percent."""
    found = [s for s in scored if s.answer]
    figures = {
        "resolved": percent(len(found), len(scored)),
        "country_right": percent(sum(s.country_right for s in found), len(found)),
        "within_50km": percent(sum(s.near for s in found), len(found)),
        "wrong": percent(sum(s.wrong for s in scored), len(scored)),
    }
    for kind in sorted({s.gold.kind for s in scored}):
        of_kind = [s for s in scored if s.gold.kind == kind]
        points = [s for s in of_kind if s.answer]
        figures[f"resolved.{kind}"] = percent(len(points), len(of_kind))
        figures[f"within_50km.{kind}"] = percent(sum(s.near for s in points), len(points))
    return figures


def errors_of(scored: Sequence[Scored]) -> tuple[str, ...]:
    """A line for each place that is unresolved, wrong, or coarse (right, but not near), in this order."""
    lines = [f"unresolved {_told(s)}" for s in scored if s.answer is None]
    lines += [f"wrong      {_told(s)}" for s in scored if s.wrong]
    return tuple(lines + [f"coarse     {_told(s)}" for s in scored if s.answer and not s.wrong and not s.near])


def run(request: Request) -> Result:
    from bench.reading import places_of

    golds = gold_places(request.data)[: request.limit]
    scored = [score(gold, answer_for(gold, places_of(gold.text))) for gold in golds]
    return Result(len(scored), figures_of(scored), errors=errors_of(scored))


def gold_places(path: Path) -> list[Gold]:
    """The lines of a gold file. Raises BenchError for one without a field it needs."""
    rows = load_lines(path)
    for number, row in enumerate(rows, 1):
        if missing := [field for field in FIELDS if field not in row]:
            raise BenchError(f"{path}: line {number} has no {missing[0]}")
    return [Gold(**{field: row[field] for field in FIELDS}) for row in rows]


def _shared(gold: Gold, place: PlaceMention) -> int:
    """Characters that the two spans share; below 1 where they do not meet."""
    return min(gold.end, place.end) - max(gold.start, place.start)


def _told(scored: Scored) -> str:
    gold, answer = scored.gold, scored.answer
    head = f"{gold.id} {gold.kind:8} {gold.name!r} ({gold.country or 'no country'})"
    if answer is None:
        return head
    read = f"{answer.name!r} ({answer.country or 'no country'})"
    return f"{head}: {read}, {scored.km or 0.0:.0f} km, radius {answer.radius_km:.0f} km"


BENCHES = {"conflict-places": Bench("conflict-places", GOLD, "places as conflict reports write them", run)}
