"""Near-copies within one file, by the sketches that the record uses (reconcile/copies.py)."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict

from dateline.reconcile.copies import Relation, containment, looked_up_by, relate, related, sketch_of
from dateline.reconcile.stories import LIKELY_COPY
from dateline.records import Report, to_line
from dateline.records.codec import from_line

MOST_CANDIDATES = 50              # as the record compares one report with


class Within:
    """The reports of a file so far. They are held packed: the texts of a large file would not fit a small machine."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._sketches: list[frozenset[int]] = []
        self._filed: defaultdict[int, list[int]] = defaultdict(list)   # hash -> numbers of reports

    def relation(self, report: Report) -> tuple[Relation | None, frozenset[int]]:
        """What `report` is to those before it, and its sketch; it is one of them from now on."""
        sketch = sketch_of(report.text)
        relation = relate(report, sketch, self._near(sketch))
        for value in looked_up_by(sketch):
            self._filed[value].append(len(self._packed))
        self._packed.append(zlib.compress(to_line(related(report, relation)).encode(), 1))
        self._sketches.append(sketch)
        return relation, sketch

    def _near(self, sketch: frozenset[int]) -> list[tuple[Report, frozenset[int]]]:
        shared = Counter(number for value in sketch for number in self._filed.get(value, ()))
        best = sorted(shared, key=lambda number: (-shared[number], number))[:MOST_CANDIDATES]
        return [(from_line(Report, zlib.decompress(self._packed[number])), self._sketches[number]) for number in best
                if containment(sketch, self._sketches[number]) >= LIKELY_COPY]
