"""The memory of a process that measures, and of one that is measured with all that it started."""

from __future__ import annotations

import threading
from pathlib import Path

BEAT_S = 0.1


def peak_mb(process: int | None = None) -> float:
    """The most memory that this process, or another, has had, of Linux; ru_maxrss counts that of the program which started it."""
    lines = Path(f"/proc/{process or 'self'}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def tree_mb(process: int) -> float:
    """The memory of a process and of all that it started, now; what they share is counted once. 0 where it is gone."""
    return sum(map(_pss_mb, _with_children(process)))


class Peak:
    """The most memory that a process has with all that it started, looked at ten times a second while this lasts."""

    def __init__(self, process: int) -> None:
        self.mb = 0.0
        self._process, self._ended = process, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Peak:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(BEAT_S):
            self.mb = max(self.mb, tree_mb(self._process))


def _with_children(process: int) -> list[int]:
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
            parents[int(status.parent.name)] = int(after_name.split()[1])
        except (OSError, IndexError, ValueError):     # it ended meanwhile
            continue
    found = [process]
    for one in found:                 # it grows while it is gone through
        found += [child for child, parent in parents.items() if parent == one]
    return found


def _pss_mb(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0) / 1024
