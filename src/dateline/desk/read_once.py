"""What reads pasted texts by a model elsewhere: each text once, so that what is kept is what was shown, and few at a time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator

from dateline.errors import ExtractError
from dateline.extract import Extraction, Failed
from dateline.extract.extractor import Extractor
from dateline.records import Report

REMEMBERED = 200                  # texts: of those who paste at the same time
AT_ONCE = 4                       # requests of the desk that may wait for a model; the others must go on meanwhile


class ReadOnce:
    """An extractor that asks another one once about each report; a failure is asked about again."""

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor
        self._held: OrderedDict[str, tuple[Report, Extraction]] = OrderedDict()
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(AT_ONCE)

    @property
    def version(self) -> str:
        return self._extractor.version

    @property
    def at_once(self) -> int:
        return 1

    def __call__(self, reports: Iterable[Report], /) -> Iterator[tuple[Report, Extraction | Failed]]:
        for report in reports:
            with self._lock:
                held = self._held.get(report.id)
            yield report, held[1] if held is not None and held[0] == report else self._read(report)

    def _read(self, report: Report) -> Extraction | Failed:
        if not self._free.acquire(blocking=False):
            return Failed(ExtractError(report.id, report.source, f"{AT_ONCE} other texts are being read by the model now",
                                       todo="paste it again in a moment"))
        try:
            [(_, outcome)] = self._extractor([report])
        finally:
            self._free.release()
        if not isinstance(outcome, Failed):
            with self._lock:
                self._held[report.id] = (report, outcome)
                while len(self._held) > REMEMBERED:
                    self._held.popitem(last=False)
        return outcome
