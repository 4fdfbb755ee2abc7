"""The one door: incidents in, an export out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any

from dateline.errors import ExportError
from dateline.publish.beside import AT_ONCE
from dateline.publish.export.about import About, Written, about_object
from dateline.publish.export.acled import ACLED
from dateline.publish.export.geojson import GEOJSON
from dateline.publish.export.hxl import HXL
from dateline.publish.export.item import NOTHING_KNOWN, AroundOf, Known, LeftOut, ReportOf, item_of
from dateline.publish.export.lines import JSONL
from dateline.publish.export.parquet import PARQUET
from dateline.publish.export.parts import ABOUT, LEFT_OUT, OneStream, Parts
from dateline.publish.export.plover import PLOVER
from dateline.publish.export.shape import Shape, TextOut, json_words
from dateline.publish.export.sheets import CSV, XLSX
from dateline.publish.export.ucdp import UCDP
from dateline.publish.withhold import ALONE, Surroundings
from dateline.records import Incident

SHAPES: dict[str, Shape] = {shape.name: shape for shape in (CSV, XLSX, JSONL, GEOJSON, PARQUET, ACLED, UCDP, PLOVER, HXL)}


def write(incidents: Iterable[Incident], shape: Shape | str, to: Parts | IO[bytes], about: About, *, known: Known = NOTHING_KNOWN,
          report: ReportOf | None = None, around: AroundOf | None = None) -> Written:
    """Write `incidents`, as they are held, to `to` in a shape; what may not be published is withheld here, always.

    to: `FilesBeside(path)` or `Zipped(stream, name)`, as context managers; or a stream of bytes, which needs no more than `write`
    and gets the export alone, without the files beside it: for shapes of one file (`Shape.several` is False).
    known: the registers in force. report: looks a kept report up by its id; asked only where a shape needs a toll by another rule
    than the one that incidents are held under. around: what else the reports of some incidents tell (publish/beside.py): it says
    more of what may not be published: to be given for the incidents of a record. Incidents are taken a few at a time.
    Raises ExportError for a shape that nobody knows, or that cannot be written so.
    """
    chosen = shape_of(shape) if isinstance(shape, str) else shape
    if not hasattr(to, "open"):
        if chosen.several:
            raise ExportError(f"{chosen.name}: its tables are files of their own and do not fit one stream; write to a file")
        to = OneStream(to)
    writer = chosen.start(to, known)
    beside = _Beside(to)
    seen: Counter[str] = Counter()
    try:
        for incident, held in _with_around(incidents, around):
            item = item_of(incident, known, report, held)
            for one in writer.add(item):
                beside.put(one)
            shown = item.published
            seen.update(incidents=1, names=shown.withheld, passages=shown.passages, places=int(shown.sheltered))
    except BaseException:
        writer.abort()
        raise
    written = Written(chosen.name, seen["incidents"], writer.rows, beside.counts, seen["names"], seen["passages"], seen["places"])
    told = about_object(about, written)
    writer.close(told)
    beside.close(told)
    return written


def _with_around(incidents: Iterable[Incident], around: AroundOf | None) -> Iterator[tuple[Incident, Surroundings]]:
    waiting = iter(incidents)
    while some := list(islice(waiting, AT_ONCE)):
        found = around(some) if around is not None else {}
        for one in some:
            yield one, found.get(one.id, ALONE)


def shape_of(name: str) -> Shape:
    """Raises ExportError where no shape is called so."""
    if name.lower() not in SHAPES:
        raise ExportError(f"{name!r}: no such shape; the shapes are {', '.join(SHAPES)}")
    return SHAPES[name.lower()]


class _Beside:
    """The files that say what was left out, and what the export is."""

    def __init__(self, to: Parts) -> None:
        self._left, self._about = TextOut(to.open(LEFT_OUT)), TextOut(to.open(ABOUT))
        self.counts: Counter[str] = Counter()

    def put(self, one: LeftOut) -> None:
        self.counts.update(list(one.value) if one.what == "values" else [one.what])
        self._left.write(json_words({"incident_id": one.incident_id, "revision": one.revision, "what": one.what, "why": one.why,
                                     "value": one.value}) + "\n")

    def close(self, told: dict[str, Any]) -> None:
        self._left.flush()
        self._about.write(json_words(told) + "\n")
        self._about.flush()
