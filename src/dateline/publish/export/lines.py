"""JSON Lines: everything that is held of an incident, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from dateline.publish.export.item import Item, Known, LeftOut
from dateline.publish.export.parts import MAIN, Parts
from dateline.publish.export.shape import Shape, TextOut, Writer
from dateline.publish.safe import json_line


class JsonlWriter(Writer):
    """`dateline incidents --json`, with `revision`."""

    def __init__(self, parts: Parts, known: Known) -> None:
        self._out = TextOut(parts.open(MAIN))
        self.rows = {"incidents": 0}

    def add(self, item: Item) -> Iterator[LeftOut]:
        self._out.write(f'{{"revision":{json.dumps(item.revision)},{json_line(item.incident)[1:]}\n')
        self.rows["incidents"] += 1
        return iter(())

    def close(self, told: Mapping[str, Any]) -> None:
        self._out.flush()


JSONL = Shape("jsonl", ".jsonl", "application/x-ndjson", "JSON Lines: an incident a line, with everything that is held of it",
              JsonlWriter)
