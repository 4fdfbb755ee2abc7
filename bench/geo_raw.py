"""geo-raw: places found in raw text, and resolved, by the product's own steps: tokens and parse, groups, places.

- A place that we name and a gold toponym are one where their words overlap; each stands for one at most, in the order of
  the text. Our words may be wider ("15 km north of Gao", "Gao region"). Demonyms and other adjectives count among ours,
  since LGL tags them too; GeoVirus tags none, nor buildings, streets and rivers, which lowers precision there.
- `acc161_found`: of the gold toponyms with coordinates that are found, those placed within 161 km. What the product
  leaves unplaced counts as wrong. `recall_x_acc161`: of all with coordinates, those found and placed so.
- The gate that passes over reports without violence is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bench.core import SHARED, Bench, Request, Result, load_lines, percent, shorten
from bench.geo import CLOSE_KM, SETS, Row
from bench.scores import Tally

BATCH = 32


@dataclass(frozen=True, slots=True)
class Reading:
    """One text: which gold toponym each of our places stands for."""

    row: Row
    places: Sequence[Any]
    pairs: Mapping[int, int]  # number of the gold toponym -> number of our place


def readings(rows: Sequence[Row]) -> Iterator[Reading]:
    """What the product reads in each text."""
    from bench.reading import a_report
    from dateline.extract.document import Document
    from dateline.extract.nlp import pipeline, tokens_of
    from dateline.extract.pipeline import steps
    from dateline.extract.tokens import dateline_end

    wanted = [step for step in steps() if step.name in ("groups", "places")]
    reports = [a_report(row["doc_id"], row["text"]) for row in rows]
    pairs = zip(reports, rows, strict=True)
    reports = [r if r.text == row["text"] else replace(r, text=row["text"], dateline=None) for r, row in pairs]
    docs = pipeline().pipe((tokens_of(report.text, dateline_end(report)) for report in reports), batch_size=BATCH)
    for row, report, doc in zip(rows, reports, docs, strict=True):
        document = Document(report, doc)
        for step in wanted:
            step.run(document)
        yield Reading(row, document.places, aligned(row["toponyms"], document.places))


def aligned(gold: Sequence[Row], places: Sequence[Any]) -> dict[int, int]:
    """Gold toponym -> the first place that overlaps it and stands for no other."""
    pairs: dict[int, int] = {}
    free = list(range(len(places)))
    for number, toponym in enumerate(gold):
        for at in free:
            if places[at].start < toponym["end"] and toponym["start"] < places[at].end:
                pairs[number] = at
                free.remove(at)
                break
    return pairs


def figures(given: Sequence[Reading]) -> dict[str, float]:
    tally = sum((Tally(len(r.pairs), len(r.places), len(r.row["toponyms"])) for r in given), Tally())
    judged = [(t, r.pairs.get(n), r) for r in given for n, t in enumerate(r.row["toponyms"]) if t["lat"] is not None]
    found = [(t, r.places[at]) for t, at, r in judged if at is not None]
    right = sum(_close(t, place) for t, place in found)
    return {
        "precision": tally.precision, "recall": tally.recall, "f1": tally.f1,
        "acc161_found": percent(right, len(found)), "recall_x_acc161": percent(right, len(judged)),
        "unplaced": percent(sum(place.where.lat is None for _, place in found), len(found)),
    }


def _close(toponym: Row, place: Any) -> bool:
    from dateline.where.place import distance_km

    where = place.where
    return where.lat is not None and distance_km(toponym["lat"], toponym["lon"], where.lat, where.lon) <= CLOSE_KM


def run(request: Request) -> Result:
    """Both sets where `request.data` is their folder, else the one file."""
    both = request.data.is_dir()
    of: dict[str, float] = {}
    errors: list[str] = []
    total = 0
    for name, file in SETS.items() if both else [("", request.data.name)]:
        rows = load_lines(request.data / file if both else request.data)[: request.limit]
        given = list(readings(rows))
        total += sum(len(row["toponyms"]) for row in rows)
        of |= {(f"{name}." if name else "") + figure: value for figure, value in figures(given).items()}
        errors += _error_lines(name, given)
    return Result(total, of, PUBLISHED, tuple(errors))


def _error_lines(name: str, given: Sequence[Reading]) -> Iterator[str]:
    lines = []
    for reading in given:
        text, doc_id = reading.row["text"], reading.row["doc_id"]
        used = set(reading.pairs.values())
        for at, place in enumerate(reading.places):
            if at not in used:
                around = _around(text, place.start, place.end)
                lines.append(("no toponym", doc_id, place.text, place.where.name or "unplaced", around))
        for number, toponym in enumerate(reading.row["toponyms"]):
            around = _around(text, toponym["start"], toponym["end"])
            if number not in reading.pairs:
                lines.append(("missed", doc_id, toponym["name"], "-", around))
            elif toponym["lat"] is not None and not _close(toponym, place := reading.places[reading.pairs[number]]):
                where = place.where
                lines.append(("misplaced" if where.lat is not None else "unplaced", doc_id, toponym["name"],
                              f"{where.name}/{where.kind}/{where.country}/{where.admin1}", around))
    for kind, count in Counter(line[0] for line in lines).most_common():
        yield f"{name} {count:5} {kind}"
    for kind, doc_id, words, read, around in sorted(lines, key=lambda line: line[0]):
        yield f"{name} {kind:10} {doc_id:>13} {words}: {read}: {around}"


def _around(text: str, start: int, end: int) -> str:
    return shorten(text[max(0, start - 40) : end + 40], 110)


PUBLISHED: Mapping[str, Mapping[str, float]] = {
    "CamCoder (EUPEG)": {"lgl.f1": 65.4, "lgl.acc161_found": 71.7, "geovirus.f1": 86.6, "geovirus.acc161_found": 77.0},
    "CLAVIN": {"lgl.f1": 57.3, "lgl.acc161_found": 70.1, "geovirus.f1": 75.0, "geovirus.acc161_found": 78.6},
    "Edinburgh": {"lgl.f1": 50.1, "lgl.acc161_found": 81.9, "geovirus.f1": 67.8, "geovirus.acc161_found": 80.7},
    "Stanford NER + population": {"lgl.f1": 67.7, "lgl.acc161_found": 59.0, "geovirus.f1": 91.5, "geovirus.acc161_found": 65.5},
}
BENCHES = {"geo-raw": Bench("geo-raw", SHARED / "bench/geo", "names", run)}
