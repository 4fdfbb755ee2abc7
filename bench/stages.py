"""The stages of a bench that takes hours, in a folder that outlives it: what is done is not done again."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_DONE = "stages.json"


@dataclass
class Stages:
    """done: what each stage that is over found, by its name; kept in `folder`."""

    folder: Path
    done: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, run: Callable[[], Any]) -> Any:
        """What the stage found, now or when it was run. run: its result must go into JSON."""
        if name not in self.done:
            self.note(name, run())
        return self.done[name]

    def note(self, name: str, found: Any) -> None:
        """Keep what a stage has found so far."""
        self.done[name] = found
        draft = self.folder / f"{_DONE}.draft"
        draft.write_text(json.dumps(self.done, indent=1), encoding="utf-8")
        os.replace(draft, self.folder / _DONE)


@contextmanager
def stages_in(folder: Path | None) -> Iterator[Stages]:
    """The stages kept in `folder`, which is made where it is not there; without one in a folder that goes with the run."""
    if folder is None:
        with tempfile.TemporaryDirectory() as named:
            yield Stages(Path(named))
        return
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / _DONE
    yield Stages(folder, json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {})
